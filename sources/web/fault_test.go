package web_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gzipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, text)
	w.Close()
	return b.Bytes()
}

func zstandard(text string) []byte {
	w, _ := zstd.NewWriter(nil)
	defer w.Close()
	return w.EncodeAll([]byte(text), nil)
}

// packed serves bytes under an encoding.
func packed(encoding string, text []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", encoding)
		w.Write(text)
	}
}

// cut breaks the connection after so many bytes of a body that is said to be longer.
func cut(after int, length string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		connection, raw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		defer connection.Close()
		if after < 0 {
			return
		}
		fmt.Fprintf(raw, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%s\r\n\r\n", length)
		if strings.HasPrefix(length, "Transfer") {
			fmt.Fprintf(raw, "%x\r\n", len(records))
		}
		raw.WriteString(records[:after])
		raw.Flush()
	}
}

// stall serves the beginning of a body, and no more while the client waits.
func stall(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(records)))
	io.WriteString(w, records[:100])
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

func silent(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

const page = "\ufeff<?xml version=\"1.0\"?>\n<!-- kept -->\n<!DOCTYPE HTML>\n<html><head><title>Service\n  unavailable &amp; so on</title></head></html>"

var jsonType = []string{"Content-Type", "application/json"}

// passing are faults after which another attempt succeeds, with the wait before it
// where the publisher or the limits name one, and what is said of it.
var passing = []struct {
	name  string
	fault http.HandlerFunc
	wait  time.Duration
	said  string
}{
	{"429", answer(429, ""), 60500 * time.Millisecond, "HTTP 429 Too Many Requests"},
	{"429 with seconds", answer(429, "slow down", "Retry-After", "90"), 90500 * time.Millisecond, "HTTP 429 Too Many Requests: slow down"},
	{"429 in the words of Energi Data Service", answer(429, `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 210 seconds." }`), 210500 * time.Millisecond, "Try again in 210 seconds."},
	{"429 in other words", answer(429, `Please retry after 2 minutes`), 120500 * time.Millisecond, "2 minutes"},
	{"429 with both, the header shorter", answer(429, `Try again in 210 seconds`, "Retry-After", "1"), 210500 * time.Millisecond, ""},
	{"429 with status 200", answer(200, `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 70 seconds." }`, jsonType...), 70500 * time.Millisecond, "HTTP 429"},
	{"429 with a date", answer(429, "", "Date", "Sun, 01 Nov 2026 06:00:00 GMT", "Retry-After", "Sun, 01 Nov 2026 06:01:40 GMT"), 100500 * time.Millisecond, ""},
	{"429 with a date of a clock that is off", answer(429, "", "Date", "Fri, 01 Jan 2038 00:00:00 GMT", "Retry-After", "Fri, 01 Jan 2038 00:05:00 GMT"), 300500 * time.Millisecond, ""},
	{"503 with seconds", answer(503, "", "Retry-After", "120"), 120500 * time.Millisecond, "HTTP 503 Service Unavailable"},
	{"503 with a past date", answer(503, "", "Date", "Sun, 01 Nov 2026 06:00:00 GMT", "Retry-After", "Sun, 01 Nov 2026 05:00:00 GMT"), 0, ""},
	{"500", answer(500, "oh\x00 no\x1b[31m"), 0, "HTTP 500 Internal Server Error: oh no[31m"},
	{"502 as a page", answer(502, page), 0, "HTTP 502 Bad Gateway: a page with the title Service unavailable & so on"},
	{"520", answer(520, ""), 0, "HTTP 520"},
	{"408", answer(408, ""), 0, "HTTP 408"},
	{"no answer", cut(-1, ""), 0, "cut"},
	{"cut in the middle", cut(2000, "Content-Length: 5151"), 0, "cut"},
	{"cut at the beginning", cut(0, "Content-Length: 5151"), 0, "cut"},
	{"cut in the middle of a chunk", cut(2000, "Transfer-Encoding: chunked"), 0, "cut"},
	{"truncated gzip", packed("gzip", gzipped(records)[:60]), 0, "unpacked"},
	{"gzip without its foot", packed("gzip", gzipped(records)[:len(gzipped(records))-8]), 0, "unpacked"},
	{"gzip that is none", packed("gzip", []byte(records)), 0, "unpacked"},
	{"truncated zstd", packed("zstd", zstandard(records)[:60]), 0, "unpacked"},
	{"zstd that is none", packed("zstd", []byte(records)), 0, "unpacked"},
	{"stall", stall, 0, "standstill"},
	{"silence", silent, 0, "timeout awaiting response headers"},
	{"a page with status 200", answer(200, page, "Content-Type", "text/html"), 0, "no data but a page with the title Service unavailable & so on"},
	{"a page that calls itself JSON", answer(200, "<HTML lang=da>", jsonType...), 0, "no data but a page"},
	{"another type", answer(200, "a,b", "Content-Type", "text/csv; charset=utf-8"), 0, `"text/csv": a,b`},
	{"304 that was not asked for", answer(304, ""), 0, "HTTP 304"},
}
