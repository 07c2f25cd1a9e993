package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"samkraft/pipeline"
)

// exchange is a call under way.
type exchange struct {
	call     pipeline.Call
	method   string
	address  *url.URL
	secret   string
	discreet discreet
	requests int
	retries  int
	waited   time.Duration // for turns, and after faults
	turn     *turn         // of the latest request
}

// How much an error tells of an address, and of what was wrong.
const (
	longAddress = 500
	longText    = 600
)

// newExchange checks what can be checked before anything is sent.
func (c *Client) newExchange(call pipeline.Call) (*exchange, error) {
	x := &exchange{call: call, method: cmp.Or(call.Method, http.MethodGet), discreet: newDiscreet("")}
	address, err := url.Parse(call.Address)
	if err != nil {
		// The error of url.Parse repeats the address, with what may be secret in it.
		return nil, &pipeline.Problem{What: "an address of the source " + call.Source + " is none", Remedy: "check the addresses that the plan sets"}
	}
	address.Fragment, address.RawFragment = "", ""
	x.address = address
	if call.Secret != nil {
		if x.secret, err = c.Secret(call.Source); err != nil {
			return nil, err
		}
	}
	proxy, err := c.Proxy(&http.Request{Method: x.method, URL: address})
	if err != nil {
		return nil, &pipeline.Problem{File: "HTTPS_PROXY", What: "the proxy that the environment names has no valid address"}
	}
	x.discreet = newDiscreet(x.secret, address, proxy)
	if x.method != http.MethodGet && x.method != http.MethodPost {
		return nil, x.refuse("the method is neither GET nor POST", "")
	}
	if bad := badAddress(address, c.Unencrypted, x.secret != ""); bad != "" {
		return nil, x.refuse(bad, "check the address that the plan sets for the service")
	}
	if call.Secret != nil && call.Secret.Required && x.secret == "" {
		variable := SecretVariable(call.Source)
		return nil, x.refuse("the service wants a key and there is none", "set "+variable+", or "+variable+"_FILE to the name of a file that holds it")
	}
	return x, nil
}

// place names the request.
func (x *exchange) place() string {
	return short(x.method+" "+x.discreet.text(x.address.String()), longAddress)
}

func (x *exchange) refuse(what, remedy string) *pipeline.Problem {
	return &pipeline.Problem{File: x.place(), What: what, Remedy: remedy}
}

// problem tells the last fault of a call that is given up.
func (x *exchange) problem(f *fault, left endurance, wait time.Duration) *pipeline.Problem {
	p := &pipeline.Problem{File: x.place(), What: short(x.discreet.text(f.what), longText), Expected: f.expected, Remedy: f.remedy}
	if left.attempts > 1 {
		p.What = fmt.Sprintf("%d attempts with %d requests failed, the last one so: %s", left.attempts, x.requests, p.What)
	}
	if p.Remedy == "" && f.passing {
		p.Remedy = "try again later; if it stays so, look at the publisher's page or ask it"
		if f.asked > 0 && left.attempts < left.Attempts {
			p.Remedy = fmt.Sprintf("the publisher asks to wait %.0f s: try again after that", wait.Seconds())
		}
	}
	return p
}
