package standin

import (
	"slices"
	"time"

	"samkraft/pipeline"
)

// group is what a limit counts a request under, or "" if it does not.
func group(l pipeline.Limit, host, dataSet string) string {
	if l.Scope == pipeline.PerHost {
		return host
	}
	if dataSet == "" {
		return ""
	}
	return host + " " + dataSet
}

// gate lets through what a limit allows. What it refuses does not count.
type gate struct {
	limit pipeline.Limit
	times map[string][]time.Time // of the last requests of a group, that were let through
}

// wait is the time until a request of the group would be let through.
func (g *gate) wait(group string, now time.Time) time.Duration {
	times := g.times[group]
	if group == "" || len(times) < g.limit.Requests {
		return 0
	}
	return max(0, times[0].Add(g.limit.Window).Sub(now))
}

func (g *gate) pass(group string, now time.Time) {
	times := append(g.times[group], now)
	g.times[group] = times[max(0, len(times)-g.limit.Requests):]
}

// admit is the time that a request has come too early; 0 lets it through all
// limits.
func (s *Server) admit(e *Entry) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	longest := time.Duration(0)
	for _, g := range s.gates {
		longest = max(longest, g.wait(group(g.limit, e.Host, e.DataSet), e.Time))
	}
	if longest == 0 || s.options.NoLimits {
		for _, g := range s.gates {
			g.pass(group(g.limit, e.Host, e.DataSet), e.Time)
		}
		return 0
	}
	return longest
}

// Excess is a window of time with more requests than a limit allows.
type Excess struct {
	Limit    pipeline.Limit
	Group    string    // the host, or the host and the data set
	From, To time.Time // of the first and the last request
	Requests int
}

// Excess returns every window in which more requests came than a limit of the
// service allows, refused ones and redirected ones included. Windows of one limit
// and group do not overlap. A client is polite if there are none.
func (s *Server) Excess() []Excess {
	var found []Excess
	for _, l := range s.limits {
		times := map[string][]time.Time{}
		var groups []string
		for _, e := range s.Log() {
			g := group(l, e.Host, e.DataSet)
			if g == "" {
				continue
			}
			if times[g] == nil {
				groups = append(groups, g)
			}
			times[g] = append(times[g], e.Time)
		}
		for _, g := range groups {
			slices.SortFunc(times[g], time.Time.Compare)
			found = append(found, excess(l, g, times[g])...)
		}
	}
	return found
}

// excess looks at one group. A window begins with a request and excludes its end.
func excess(l pipeline.Limit, group string, times []time.Time) []Excess {
	var found []Excess
	for first := 0; first < len(times); first++ {
		end := first
		for end < len(times) && times[end].Sub(times[first]) < l.Window {
			end++
		}
		if n := end - first; n > l.Requests {
			found = append(found, Excess{Limit: l, Group: group, From: times[first], To: times[end-1], Requests: n})
			first = end - 1
		}
	}
	return found
}
