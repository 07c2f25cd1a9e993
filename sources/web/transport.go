package web

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"samkraft/pipeline"
)

// Timeouts bound the steps of an attempt. Zero values mean the defaults in brackets.
type Timeouts struct {
	Connect time.Duration // [15 s]
	TLS     time.Duration // [15 s]
	Answer  time.Duration // from the question to the first byte of the answer's head [2 min]
	Stall   time.Duration // without a byte of the body [1 min]
	Attempt time.Duration // of a request with its whole answer [1 h]
}

func (t Timeouts) withDefaults() Timeouts {
	for _, d := range []struct {
		value *time.Duration
		usual time.Duration
	}{
		{&t.Connect, 15 * time.Second}, {&t.TLS, 15 * time.Second}, {&t.Answer, 2 * time.Minute},
		{&t.Stall, time.Minute}, {&t.Attempt, time.Hour},
	} {
		if *d.value == 0 {
			*d.value = d.usual
		}
	}
	return t
}

// proxyRefusal is the status with which a proxy does not let a request through.
type proxyRefusal struct{ status string }

func (p *proxyRefusal) Error() string { return "HTTP " + p.status }

// newTransport makes connections that trust the system's authorities and those of a
// PEM file, if one is named.
func newTransport(t Timeouts, clock Clock, authorities string, proxy func(*http.Request) (*url.URL, error)) (*http.Transport, error) {
	pool, err := Authorities(authorities)
	if err != nil {
		return nil, err
	}
	only := &http.Protocols{}
	only.SetHTTP1(true)
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            (&net.Dialer{Timeout: t.Connect}).DialContext,
		TLSHandshakeTimeout:    t.TLS,
		TLSClientConfig:        &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12, Time: clock.Now},
		ResponseHeaderTimeout:  t.Answer,
		MaxResponseHeaderBytes: 1 << 20,
		DisableKeepAlives:      true, // see the package's comment
		DisableCompression:     true, // body.go unpacks, and bounds what it unpacks
		Protocols:              only,
		OnProxyConnectResponse: func(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
			if answer.StatusCode/100 == 4 {
				return &proxyRefusal{answer.Status}
			}
			return nil
		},
	}, nil
}

// Authorities is the system's pool of authorities, which SSL_CERT_FILE replaces on Unix,
// with those of a PEM file added. nil, for no file, stands for the system's own.
func Authorities(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, &pipeline.Problem{File: file, What: "it cannot be read: " + err.Error(), Expected: "certificates of authorities, as PEM"}
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		return nil, &pipeline.Problem{File: file, What: "it cannot be added to the system's authorities: " + err.Error()}
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, &pipeline.Problem{File: file, What: "it holds no certificate", Expected: "certificates of authorities, as PEM"}
	}
	return pool, nil
}
