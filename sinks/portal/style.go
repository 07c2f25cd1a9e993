package portal

import "samkraft/sinks/packed"

// The style is served apart, at an address that changes with it.
var (
	styleKept    = packed.New([]byte(styleSheet()))
	styleAddress = "/style-" + styleKept.Tag() + ".css"
)

// StyleAddress is where a Handler serves the style of its pages, for pages beside them.
func StyleAddress() string { return styleAddress }

// styleAt returns the style where an address is its own.
func styleAt(address string) (*packed.Text, bool) { return styleKept, address == styleAddress }
