package download_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"samkraft/pipeline"
	"samkraft/sinks/download"
)

const (
	plan   = "south"
	before = "00000000000000aa"
	now    = "00000000000000bb"
)

// served is a server of two snapshots of one plan, and of one of a plan that nobody may
// read. Beside them lie files that are nobody's business.
func served(t *testing.T) (*httptest.Server, string) {
	t.Helper()
	root := t.TempDir()
	snapshot(t, root, plan, before, map[string][]byte{"member.parquet": table(t, 2), "datapackage.json": []byte("{}\n")})
	snapshot(t, root, plan, now, map[string][]byte{"member.parquet": table(t, 5000), "datapackage.json": []byte(`{"name": "south"}`), "pages/da/index.html": []byte("<!DOCTYPE html>")})
	snapshot(t, root, "hidden", now, map[string][]byte{"member.parquet": table(t, 3)})
	for _, name := range []string{"secret.parquet", "snapshots/secret.parquet", "snapshots/south/secret.parquet", "snapshots/south/" + now + "/unlisted.parquet"} {
		write(t, root, name, []byte("secret"))
	}
	write(t, root, "snapshots/south/latest", []byte(now+"\n"))
	write(t, root, "snapshots/hidden/latest", []byte(now+"\n"))
	server := httptest.NewServer(&download.Handler{
		Snapshots: pipeline.Snapshots{Disk: pipeline.Disk(root)},
		May:       func(_ *http.Request, plan string) bool { return plan != "hidden" },
		Report:    func(err error) { t.Log(err) },
	})
	t.Cleanup(server.Close)
	return server, root
}

func snapshot(t *testing.T, root, plan, id string, files map[string][]byte) {
	t.Helper()
	var list []pipeline.ListedFile
	for name, text := range files {
		write(t, root, "snapshots/"+plan+"/"+id+"/"+name, text)
		sum := sha256.Sum256(text)
		list = append(list, pipeline.ListedFile{Bytes: int64(len(text)), Name: name, SHA256: hex.EncodeToString(sum[:])})
	}
	text, err := json.Marshal(list)
	check(t, err)
	write(t, root, "snapshots/"+plan+"/"+id+"/files.json", text)
}

func write(t *testing.T, root, name string, text []byte) {
	t.Helper()
	file := filepath.Join(root, filepath.FromSlash(name))
	check(t, os.MkdirAll(filepath.Dir(file), 0o755))
	check(t, os.WriteFile(file, text, 0o644))
}

// table is a Parquet file of one column of whole numbers.
func table(t *testing.T, rows int) []byte {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{{Name: "n", Type: arrow.PrimitiveTypes.Int64}}, nil)
	b := array.NewInt64Builder(memory.DefaultAllocator)
	for i := range rows {
		b.Append(int64(i * 7919 % 10007))
	}
	column := b.NewArray()
	var out bytes.Buffer
	writer, err := pqarrow.NewFileWriter(schema, &out, parquet.NewWriterProperties(), pqarrow.DefaultWriterProps())
	check(t, err)
	check(t, writer.WriteBuffered(array.NewRecordBatch(schema, []arrow.Array{column}, int64(rows))))
	check(t, writer.Close())
	return out.Bytes()
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ask asks for an address as it stands, without the client's own tidying.
func ask(t *testing.T, server *httptest.Server, method, address string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequest(method, server.URL, nil)
	check(t, err)
	r.URL.Opaque = "//" + r.URL.Host + address
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := server.Client().Do(r)
	check(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	check(t, err)
	return answer, text
}

func TestFile(t *testing.T) {
	server, _ := served(t)
	want := table(t, 5000)
	sum := sha256.Sum256(want)
	tag := `"` + hex.EncodeToString(sum[:]) + `"`
	for _, c := range []struct {
		name, method, id string
		headers          []string
		status           int
		body             []byte
	}{
		{"by id", "GET", now, nil, 200, want},
		{"latest", "GET", "latest", nil, 200, want},
		{"only the head", "HEAD", "latest", nil, 200, nil},
		{"already there", "GET", now, []string{"If-None-Match", tag}, 304, nil},
		{"already there, among others", "GET", now, []string{"If-None-Match", `"x", W/` + tag}, 304, nil},
		{"another is there", "GET", now, []string{"If-None-Match", `"x"`}, 200, want},
		{"the first bytes", "GET", now, []string{"Range", "bytes=0-3"}, 206, []byte("PAR1")},
		{"the last bytes", "GET", "latest", []string{"Range", "bytes=-4"}, 206, []byte("PAR1")},
		{"in the middle", "GET", now, []string{"Range", "bytes=100-199"}, 206, want[100:200]},
		{"a part of the same", "GET", "latest", []string{"Range", "bytes=4-7", "If-Range", tag}, 206, want[4:8]},
		{"a part of another", "GET", "latest", []string{"Range", "bytes=4-7", "If-Range", `"x"`}, 200, want},
		{"beyond the end", "GET", now, []string{"Range", "bytes=999999-"}, 416, []byte("invalid range: failed to overlap\n")},
		{"if it is the same", "GET", now, []string{"If-Match", `"x"`}, 412, nil},
	} {
		answer, text := ask(t, server, c.method, "/snapshots/south/"+c.id+"/member.parquet", c.headers...)
		if answer.StatusCode != c.status || !bytes.Equal(text, c.body) {
			t.Errorf("%s: %s with %d bytes; want %d with %d", c.name, answer.Status, len(text), c.status, len(c.body))
			continue
		}
		caching, link := "private, max-age=31536000, immutable", ""
		if c.id == "latest" {
			caching, link = "no-cache", "</snapshots/south/"+now+`/member.parquet>; rel="canonical"`
		}
		wanted := map[string]string{"Cache-Control": caching, "Link": link, "Samkraft-Snapshot": now, "Etag": tag, "Accept-Ranges": "bytes", "Content-Type": "application/vnd.apache.parquet", "Access-Control-Allow-Origin": ""}
		switch c.status {
		case 200, 206:
		case 416: // what is said of no content is taken back
			wanted = map[string]string{"Samkraft-Snapshot": now}
		default:
			delete(wanted, "Accept-Ranges")
			delete(wanted, "Content-Type")
		}
		for name, value := range wanted {
			if answer.Header.Get(name) != value {
				t.Errorf("%s: %s is %q; want %q", c.name, name, answer.Header.Get(name), value)
			}
		}
	}
	answer, _ := ask(t, server, "HEAD", "/snapshots/south/latest/member.parquet")
	if answer.ContentLength != int64(len(want)) {
		t.Errorf("a head tells %d bytes", answer.ContentLength)
	}
	if answer, _ := ask(t, server, "GET", "/snapshots/south/latest/pages/da/index.html"); answer.StatusCode != 200 || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("a page: %s, %v", answer.Status, answer.Header)
	}
}

// A new snapshot is what latest names from then on, and the one before stays.
func TestLatestMoves(t *testing.T) {
	server, root := served(t)
	write(t, root, "snapshots/south/latest", []byte(before+"\n"))
	answer, text := ask(t, server, "GET", "/snapshots/south/latest/datapackage.json")
	if string(text) != "{}\n" || answer.Header.Get("Samkraft-Snapshot") != before {
		t.Errorf("latest is %q of %s", text, answer.Header.Get("Samkraft-Snapshot"))
	}
	if _, text := ask(t, server, "GET", "/snapshots/south/"+now+"/datapackage.json"); string(text) != `{"name": "south"}` {
		t.Errorf("the one before is %q", text)
	}
}

func TestLists(t *testing.T) {
	server, _ := served(t)
	var plans []struct {
		Plan, Address, Latest string
		Snapshots             int
	}
	list(t, server, "/snapshots/", &plans)
	if len(plans) != 1 || plans[0].Plan != plan || plans[0].Latest != now {
		t.Fatalf("%+v", plans)
	}
	var ids []struct {
		ID, Address string
		Latest      bool
	}
	list(t, server, plans[0].Address, &ids)
	if len(ids) != 2 || ids[0].ID != before || ids[0].Latest || ids[1].ID != now || !ids[1].Latest {
		t.Fatalf("%+v", ids)
	}
	var files []struct {
		Name, Address, Kind, SHA256 string
		Bytes                       int64
	}
	list(t, server, ids[1].Address, &files)
	if len(files) != 3 {
		t.Fatalf("%+v", files)
	}
	for _, f := range files {
		answer, text := ask(t, server, "GET", f.Address)
		sum := sha256.Sum256(text)
		if answer.StatusCode != 200 || int64(len(text)) != f.Bytes || hex.EncodeToString(sum[:]) != f.SHA256 || !strings.HasPrefix(answer.Header.Get("Content-Type"), f.Kind) {
			t.Errorf("%+v: %s, %d bytes", f, answer.Status, len(text))
		}
	}
}

func list(t *testing.T, server *httptest.Server, address string, into any) {
	t.Helper()
	answer, text := ask(t, server, "GET", address)
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s: %s", address, answer.Status)
	}
	check(t, json.Unmarshal(text, into))
}

// Nothing but listed files can be had, however the address is written.
func TestNothingElse(t *testing.T) {
	server, _ := served(t)
	addresses := []string{
		"/snapshots", "/snapshots/south", "/snapshots/south/" + now, "/snapshots/south/latest",
		"/snapshots/hidden/", "/snapshots/hidden/latest/", "/snapshots/hidden/latest/member.parquet", "/snapshots/hidden/" + now + "/member.parquet",
		"/snapshots/secret.parquet", "/snapshots/south/secret.parquet", "/snapshots/south/secret.parquet/", "/snapshots/south/latest/unlisted.parquet",
		"/snapshots/south/latest/files.json", "/snapshots/south/latest/latest", "/snapshots/south/latest/pages", "/snapshots/south/latest/pages/",
		"/snapshots/south/latest/pages/da", "/snapshots/south/latest/member.parquet/", "/snapshots/south/latest/member.parquet%00", "/snapshots/south/latest/MEMBER.PARQUET",
		"/snapshots/south/latest/./member.parquet", "/snapshots/south/latest//member.parquet", "/snapshots/south/latest/pages/../member.parquet",
		"/snapshots/south/latest/pages/da/..%2f..%2f../member.parquet", "/snapshots/south/latest/..%5cmember.parquet", "/snapshots/south/latest/%6dember%2eparquet%20",
	}
	for _, up := range []string{"..", "%2e%2e", "..%2f", "..%2f..", "%2e%2e%2f", "..%5c", "..;", "%252e%252e", "..%c0%af", "%u002e%u002e", "....", "~", "C:", "%ef%bc%8e%ef%bc%8e"} {
		for _, shape := range []string{"/snapshots/%s/secret.parquet", "/snapshots/south/%s/secret.parquet", "/snapshots/south/latest/%s/secret.parquet", "/snapshots/south/%s/%s/secret.parquet",
			"/snapshots/south/" + now + "/%s/unlisted.parquet", "/snapshots/%s/south/" + now + "/unlisted.parquet", "/snapshots/%s%s%ssecret.parquet"} {
			addresses = append(addresses, strings.ReplaceAll(shape, "%s", up))
		}
	}
	for _, address := range addresses {
		if _, err := url.ParseRequestURI(address); err != nil {
			continue // the server of net/http takes no such request
		}
		answer, text := ask(t, server, "GET", address)
		if answer.StatusCode != 404 || strings.Contains(string(text), "secret") {
			t.Errorf("%s: %s, %.100q", address, answer.Status, text)
		}
		if answer.Header.Get("Samkraft-Snapshot") != "" || answer.Header.Get("Cache-Control") != "" {
			t.Errorf("%s: what is not there is kept: %v", address, answer.Header)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"} {
		if answer, _ := ask(t, server, method, "/snapshots/south/latest/member.parquet"); answer.StatusCode != 405 || answer.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %s", method, answer.Status)
		}
	}
}

// A file that is not what its tag promises is not given out.
func TestChangedFile(t *testing.T) {
	server, root := served(t)
	write(t, root, "snapshots/south/"+now+"/datapackage.json", []byte("{}"))
	answer, text := ask(t, server, "GET", "/snapshots/south/latest/datapackage.json")
	if answer.StatusCode != 500 || answer.Header.Get("Etag") != "" || strings.Contains(string(text), root) {
		t.Errorf("%s, %v, %q", answer.Status, answer.Header, text)
	}
}

// A reader of Parquet takes the parts it needs of the file, as DuckDB and polars do.
func TestParquetOverRanges(t *testing.T) {
	server, _ := served(t)
	remote := &remoteFile{client: server.Client(), address: server.URL + "/snapshots/south/latest/member.parquet"}
	size, err := remote.Seek(0, io.SeekEnd)
	check(t, err)
	reader, err := file.NewParquetReader(remote)
	check(t, err)
	defer reader.Close()
	into, err := pqarrow.NewFileReader(reader, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	check(t, err)
	content, err := into.ReadTable(context.Background())
	check(t, err)
	defer content.Release()
	first := content.Column(0).Data().Chunk(0).(*array.Int64)
	if content.NumRows() != 5000 || first.Value(3) != 3*7919%10007 || remote.requests < 2 || size != int64(len(table(t, 5000))) {
		t.Errorf("%d rows, the fourth is %d, in %d requests of %d bytes", content.NumRows(), first.Value(3), remote.requests, size)
	}
}

// remoteFile reads a file by range requests that hold to one version of it.
type remoteFile struct {
	client   *http.Client
	address  string
	tag      string
	at       int64
	requests int
}

func (f *remoteFile) ReadAt(p []byte, at int64) (int, error) {
	r, err := http.NewRequest("GET", f.address, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Range", fmt.Sprintf("bytes=%d-%d", at, at+int64(len(p))-1))
	r.Header.Set("If-Match", f.tag)
	f.requests++
	answer, err := f.client.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusPartialContent {
		return 0, errors.New(answer.Status)
	}
	return io.ReadFull(answer.Body, p)
}

func (f *remoteFile) Read(p []byte) (int, error) {
	n, err := f.ReadAt(p, f.at)
	f.at += int64(n)
	return n, err
}

func (f *remoteFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		answer, err := f.client.Head(f.address)
		if err != nil {
			return 0, err
		}
		answer.Body.Close()
		f.tag = answer.Header.Get("Etag")
		offset += answer.ContentLength
	}
	f.at = offset
	return f.at, nil
}
