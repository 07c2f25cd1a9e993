package words

import (
	"fmt"
	"html/template"
	"strings"
)

// HTML is Text for a page: what is already template.HTML among the values, such as a
// figure with its markup, is written as it is, and all else is escaped.
func (c Catalogue) HTML(l Language, key string, pairs ...any) template.HTML {
	if len(pairs) == 0 {
		return template.HTML(template.HTMLEscapeString(c.Text(l, key)))
	}
	given := make([]any, len(pairs))
	var held []string
	for i, v := range pairs {
		given[i] = v
		if i%2 == 0 {
			continue
		}
		text, ready := v.(template.HTML)
		if !ready {
			text = template.HTML(template.HTMLEscapeString(fmt.Sprint(v)))
		}
		given[i] = fmt.Sprintf("\x00%d\x00", i)
		held = append(held, fmt.Sprintf("\uFFFD%d\uFFFD", i), string(text)) // escaping writes the zero byte as the replacement character
	}
	text := template.HTMLEscapeString(c.Text(l, key, given...))
	return template.HTML(strings.NewReplacer(held...).Replace(text))
}
