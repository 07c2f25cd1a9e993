package web

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"unicode"
)

// shortText is how many characters of a publisher's words an error tells.
const shortText = 200

// plain makes one line of what a publisher wrote: without control and formatting
// characters, with single blanks.
func plain(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// short cuts a text to n characters.
func short(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n]) + "…"
}

var (
	prologue = regexp.MustCompile(`^(?s:<\?xml.*?\?>|<!--.*?-->|\s)+`)
	title    = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
)

// isHTML reports whether a text begins as a page does, whatever it is called.
func isHTML(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	head = prologue.ReplaceAll(head, nil)
	for _, begin := range []string{"<!doctype html", "<html"} {
		if len(head) >= len(begin) && strings.EqualFold(string(head[:len(begin)]), begin) {
			return true
		}
	}
	return false
}

// words are what an answer says to a person: the title of a page, else its text.
func words(body []byte) string {
	if isHTML(body) {
		if m := title.FindSubmatch(body); m != nil {
			return "a page with the title " + plain(html.UnescapeString(string(m[1])))
		}
		return "a page"
	}
	return plain(string(body))
}
