package portal

import (
	_ "embed"
	"html/template"
	"net/url"
	"strings"

	"samkraft/sinks/packed"
)

// icon is the sign of the pages in a browser's tab.
//
//go:embed favicon.svg
var icon string

// IconAddress is where a Handler serves the icon, for pages beside its own.
const IconAddress = "/favicon.svg"

// usualIcon is where browsers look for the icon of what names none, such as a file of a
// snapshot.
const usualIcon = "/favicon.ico"

var iconKept = packed.New([]byte(icon))

// iconAt returns the icon where an address is its own.
func iconAt(address string) (*packed.Text, bool) {
	return iconKept, address == IconAddress || address == usualIcon
}

// iconMark leads to the icon, or holds it where the page stands alone.
func iconMark(served bool) template.HTML {
	address := IconAddress
	if !served {
		address = "data:image/svg+xml," + url.PathEscape(strings.TrimSpace(icon))
	}
	return template.HTML(`<link rel="icon" href="` + template.HTMLEscapeString(address) + `">`)
}
