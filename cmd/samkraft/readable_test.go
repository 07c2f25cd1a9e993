package main

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"samkraft/pipeline"
)

// TestSnapshotsWhole has readers ask for pages and tables of a plan while readers are led
// to another snapshot: every answer is of one of the two, and from then on of the other.
func TestSnapshotsWhole(t *testing.T) {
	t.Parallel()
	const plan, other = "kobenhavn-syd", "0123456789abcdef"
	id, disk := latest(t, sampleWorkspace(t), plan), pipeline.Disk(t.TempDir())
	folder := filepath.Join(sampleWorkspace(t), "snapshots", plan, id)
	for _, name := range []string{id, other} {
		if err := os.CopyFS(disk.Path("snapshots/"+plan+"/"+name), os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	}
	lead := func(to string) {
		if err := pipeline.WriteFile(disk, "snapshots/"+plan+"/latest", func(w io.Writer) error { _, err := io.WriteString(w, to+"\n"); return err }); err != nil {
			t.Error(err)
		}
	}
	lead(id)
	s := &settings{program: program{clock: testTime}}
	pages, served := s.readable(disk, func(err error) { t.Errorf("reported: %v", err) })
	if err := pages.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	tags := map[string]map[string]bool{} // by address
	seen := func(address string) string {
		r, w := httptest.NewRequest(http.MethodGet, "/"+plan+"/da/"+address, nil), httptest.NewRecorder()
		r.Header.Set("Accept-Encoding", "gzip")
		served.ServeHTTP(w, r)
		z, err := gzip.NewReader(w.Body)
		if err != nil || w.Code != http.StatusOK {
			t.Errorf("%s: %d %v", address, w.Code, err)
			return ""
		}
		text, err := io.ReadAll(z)
		if err != nil {
			t.Errorf("%s: %v", address, err)
		}
		of := ""
		for _, one := range []string{id, other} {
			if strings.Contains(string(text), one) {
				of += one
			}
		}
		if of != id && of != other {
			t.Errorf("%s is of %q", address, of)
		}
		if tags[address] == nil {
			tags[address] = map[string]bool{}
		}
		tags[address][w.Header().Get("ETag")] = true
		return of
	}
	addresses := []string{"index.html", "account.html", "how/energy_balance.html", "explore/", "explore/energy_balance", "query"}
	ready := make(chan bool)
	var reading sync.WaitGroup
	reading.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-ready:
				return
			default:
				if of := seen(addresses[i%len(addresses)]); of != id {
					t.Errorf("before readers are led to it, %s is of %q", addresses[i%len(addresses)], of)
				}
			}
		}
	})
	if err := pages.Prepare(t.Context(), plan, other); err != nil {
		t.Fatal(err)
	}
	close(ready)
	reading.Wait()
	lead(other)
	for _, address := range addresses {
		if of := seen(address); of != other {
			t.Errorf("after readers are led to %s, %s is of %q", other, address, of)
		}
		if len(tags[address]) != 2 {
			t.Errorf("%s has the tags %v in two snapshots", address, tags[address])
		}
	}
}
