// Package chart draws charts as SVG on the server: bars, ranges, a tornado, a supply
// curve, flows of energy, time series and maps.
//
// They are pieces of our own and not a plotting library's, because a page needs more
// than the picture. A chart here follows the page's light and dark theme by CSS
// variables, stays readable on a phone and in grey print, carries its text for screen
// readers and the exact number of every mark, needs no script and no image file, has
// the same data as a table, and is the same bytes for the same data.
//
// The package knows no language: words and ways of writing numbers are handed in. A
// value that is not known is never drawn as zero: its place is marked, and the words
// say why. Where there is nothing to draw, the chart says so in words.
//
// A drawing is 440 units wide and its text 13 units high: 10 pixels on a phone of 380,
// and the page's own 16 on a desk. What does not fit is wrapped
// or laid out anew, not shrunk: widths of text are estimated by a wide typeface.
package chart
