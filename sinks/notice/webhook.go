package notice

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Limits of a webhook and of the call after a good run.
const (
	webhookLimit = 10 * time.Second // all in all, with every attempt
	attemptLimit = 4 * time.Second  // of one attempt: one that hangs leaves time for another
)

// pauses are the waits before the attempts.
var pauses = []time.Duration{0, time.Second, 3 * time.Second}

// post sends a message to a webhook.
func (t *Teller) post(ctx context.Context, address string, m Message) error {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	if err := e.Encode(m); err != nil {
		return err
	}
	return t.call(ctx, http.MethodPost, address, body.Bytes())
}

// call sends a request until it is taken, somebody says no, or ctx is done. Answers are
// not read: their status says all.
func (t *Teller) call(ctx context.Context, method, address string, body []byte) error {
	u, err := t.address(address)
	if err != nil {
		return err
	}
	client := &http.Client{
		Transport:     t.transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if client.Transport == nil {
		client.Transport = &http.Transport{
			Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{RootCAs: t.Authorities, MinVersion: tls.VersionTLS12},
			DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10,
		}
	}
	for i, pause := range pauses {
		if i > 0 && t.Clock.Sleep(ctx, pause) != nil {
			break
		}
		var again bool
		if again, err = t.attempt(ctx, client, method, u, body); !again {
			break
		}
	}
	if err != nil {
		return discreet(err, secretsOf(u)...)
	}
	return nil
}

// attempt sends a request once and says whether to try again.
func (t *Teller) attempt(ctx context.Context, client *http.Client, method string, u *url.URL, body []byte) (again bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, attemptLimit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, u.String(), bytes.NewReader(body))
	if err != nil {
		return false, err
	}
	request.Header.Set("User-Agent", "samkraft/"+t.Version)
	if body != nil {
		request.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	answer, err := client.Do(request)
	if err != nil {
		// Without what net/http puts around it: that has the address in it.
		if around := new(url.Error); errors.As(err, &around) {
			err = around.Err
		}
		if errors.Is(err, context.DeadlineExceeded) {
			err = fmt.Errorf("no answer within %s", attemptLimit)
		}
		return true, err
	}
	answer.Body.Close()
	status := fmt.Sprintf("HTTP %d %s", answer.StatusCode, http.StatusText(answer.StatusCode))
	switch code := answer.StatusCode; {
	case code/100 == 2:
		return false, nil
	case code/100 == 3:
		return false, fmt.Errorf("it leads elsewhere (%s), and is not followed; enter the address that it leads to", status)
	default:
		return code >= 500 || code == http.StatusTooManyRequests || code == http.StatusRequestTimeout, errors.New("it answers " + status)
	}
}
