package sources

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

func part(content string) pipeline.Part {
	return pipeline.Part{Name: "a", Bytes: int64(len(content)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(content)), nil
	}}
}

func TestEndsInLineBreak(t *testing.T) {
	for content, want := range map[string]bool{"a;b\n1;2\n": true, "\ufeffa;b\r\n1;2\r\n": true, "a;b\n1;2": false, "a;b\n1;2\r": false} {
		for _, encoding := range []Encoding{UTF8, Latin1} {
			c, err := OpenCSV(part(content), ';', encoding)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Each(context.Background(), func([]string) error { return nil }); err != nil || c.EndsInLineBreak() != want {
				t.Errorf("%q: %v, %v", content, c.EndsInLineBreak(), err)
			}
		}
	}
}

func TestEachStops(t *testing.T) {
	c, err := OpenCSV(part("a\n1\n2\n"), ';', UTF8)
	if err != nil {
		t.Fatal(err)
	}
	enough := errors.New("enough")
	if err := c.Each(context.Background(), func([]string) error { return enough }); err != enough {
		t.Errorf("the row's error is %v", err)
	}
}

func TestHead(t *testing.T) {
	for content, want := range map[string]string{"": "", "ab": "ab", "abcdef": "abcd"} {
		if head, err := Head(part(content), 4); err != nil || string(head) != want {
			t.Errorf("%q begins with %q, %v", content, head, err)
		}
	}
	for text, want := range map[string]string{"": "", "\ufeffa;b\r\n1;2": "a;b", "a,b": "a,b"} {
		if line := FirstLine([]byte(text)); line != want {
			t.Errorf("%q has the first line %q", text, line)
		}
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]bool{"1900": true, "2100": true, "1899": false, "2101": false, "02020": false, "+202": false, "": false, "20 4": false} {
		if _, ok := Year(text); ok != want {
			t.Errorf("%q is a year: %v", text, ok)
		}
	}
	for text, want := range map[string]string{"61": "1900-03-01", "73050": "2099-12-31", "60": "", "73051": "", "x": "", "": ""} {
		if day, ok := SerialDate(text); ok != (want != "") || ok && day.Format(time.DateOnly) != want {
			t.Errorf("%s is %v, %v", text, day, ok)
		}
	}
}
