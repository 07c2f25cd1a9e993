package pipeline

import (
	"fmt"
	"net/url"
)

// badAddress says what is wrong with the address of a service, or nothing.
func badAddress(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "":
		return fmt.Sprintf("%.100q is no address", address)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "the address has a name, a key or a query in it"
	case Encrypted(u):
		return ""
	case u.Scheme == "http":
		return fmt.Sprintf("%.100q is not encrypted", address)
	}
	return fmt.Sprintf("%.100q is neither https nor http", address)
}
