package explore_test

import (
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"samkraft/sinks/explore"
)

// TestPrepared holds that pages that were made ahead are those that readers would get
// anyway, that readers who come meanwhile get them too, and that they need no table any
// more.
func TestPrepared(t *testing.T) {
	asked, _ := served(t)
	ahead, root := served(t)
	var addresses []string
	for _, l := range []string{"da", "sv", "en"} {
		for _, name := range []string{"explore/", "explore/energy_balance", "explore/emission", "explore/hourly", "explore/plan", "query"} {
			addresses = append(addresses, "/"+plan+"/"+l+"/"+name)
		}
	}
	handler := ahead.Config.Handler.(*explore.Handler)
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			if err := handler.Prepare(t.Context(), plan, snapshot); err != nil {
				t.Error(err)
			}
		})
	}
	for i, address := range addresses {
		readers.Go(func() {
			// One at a time has a turn, and four wait: the others wait for what is made.
			if answer, _ := ask(t, ahead, address, "X-Who", address[:i%2]); answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusTooManyRequests {
				t.Errorf("%s: %s", address, answer.Status)
			}
		})
	}
	readers.Wait()
	tables, err := filepath.Glob(filepath.Join(root, "snapshots", plan, snapshot, "*.parquet"))
	check(t, err)
	for _, file := range tables {
		check(t, os.Remove(file))
	}
	for _, address := range addresses {
		first, want := ask(t, asked, address)
		answer, got := ask(t, ahead, address, "X-Who", "late")
		if answer.StatusCode != http.StatusOK || first.StatusCode != http.StatusOK {
			t.Errorf("%s: %s, %s", address, answer.Status, first.Status)
		}
		equal(t, address, got, want)
		if again, _ := ask(t, ahead, address, "If-None-Match", answer.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s asked again: %s", address, again.Status)
		}
	}
	if answer, _ := ask(t, ahead, balance+"x"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a table that is not there: %s", answer.Status)
	}
}
