package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"samkraft/pipeline"
)

// Ready is /readyz. Where not all is well it says in a line each what is not.
func (w *Watch) Ready() http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		faults := w.unready()
		if len(faults) > 0 {
			answer(out, http.StatusServiceUnavailable, strings.Join(faults, "\n"))
			return
		}
		answer(out, http.StatusOK, "ready")
	})
}

// unready says what keeps the server from being ready.
func (w *Watch) unready() (faults []string) {
	snapshots := pipeline.Snapshots{Disk: w.Disk}
	for _, p := range w.Plans() {
		id, err := snapshots.Latest(p.ID)
		switch {
		case err != nil:
			faults = append(faults, fmt.Sprintf("plan %s: %v", p.ID, err))
		case id == "":
			faults = append(faults, fmt.Sprintf("plan %s has no snapshot yet", p.ID))
		case !snapshots.Intact(p.ID, id):
			faults = append(faults, fmt.Sprintf("plan %s: snapshot %s is not whole: 'samkraft verify %s' says why", p.ID, id, p.ID))
		}
	}
	if err := w.write(); err != nil {
		faults = append(faults, fmt.Sprintf("the workspace cannot be written: %v", err))
	}
	return faults
}

// write tries whether the workspace can be written. The name is one that a run sweeps
// away, so that a server that is killed here leaves nothing.
func (w *Watch) write() error {
	name := pipeline.Temp("readyz")
	file, err := w.Disk.Create(name)
	if err != nil {
		return err
	}
	_, err = file.Write([]byte("written by /readyz\n"))
	gone := w.Disk.Remove(name)
	if errors.Is(gone, fs.ErrNotExist) { // by a run, or by another who asks
		gone = nil
	}
	return errors.Join(err, file.Close(), gone)
}
