package watch

import "github.com/prometheus/client_golang/prometheus"

func (w *Watch) Registry() *prometheus.Registry { return w.registry }
