package download

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
)

// latest stands in an address for the snapshot that readers have.
const latest = "latest"

// Handler serves the files of snapshots.
type Handler struct {
	Snapshots pipeline.Snapshots
	// May reports whether who asks may read a plan; nil lets everybody.
	May func(r *http.Request, plan string) bool
	// Report is told what went wrong here, while the reader is told only that it did.
	Report func(error)
}

// kinds of the files of a snapshot, by their endings.
var kinds = map[string]string{
	".html":    "text/html; charset=utf-8",
	".json":    "application/json",
	".parquet": "application/vnd.apache.parquet",
	".xlsx":    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// errNone is the fault of an address at which there is nothing.
var errNone = errors.New("there is nothing at this address")

// ServeHTTP serves what the address of a request names.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "files can be read, with GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	err := h.serve(w, r)
	switch {
	case err == nil:
	case errors.Is(err, errNone), errors.Is(err, fs.ErrNotExist): // or it was pruned a moment ago
		http.Error(w, errNone.Error(), http.StatusNotFound)
	default:
		h.Report(fmt.Errorf("%s: %w", r.URL.Path, err))
		http.Error(w, "the server cannot read it at the moment", http.StatusInternalServerError)
	}
}

func (h *Handler) serve(w http.ResponseWriter, r *http.Request) error {
	rest, ok := strings.CutPrefix(r.URL.Path, "/snapshots/")
	if !ok {
		return errNone
	}
	if rest == "" {
		return h.listPlans(w, r)
	}
	plan, rest, folder := strings.Cut(rest, "/")
	plans, err := h.plans(r)
	if err != nil {
		return err
	}
	if !folder || !slices.Contains(plans, plan) {
		return errNone
	}
	now, ids, err := h.snapshots(plan)
	if err != nil {
		return err
	}
	if rest == "" {
		return listSnapshots(w, r, plan, now, ids)
	}
	id, name, folder := strings.Cut(rest, "/")
	if !folder {
		return errNone
	}
	moving := id == latest
	if moving {
		id = now
	}
	if !slices.Contains(ids, id) {
		return errNone
	}
	files, err := h.files(plan, id)
	if err != nil {
		return err
	}
	if name == "" {
		place(w, plan, id, name, moving)
		return listFiles(w, r, plan, id, files)
	}
	for _, f := range files {
		if f.Name == name {
			place(w, plan, id, name, moving)
			return h.file(w, r, h.Snapshots.Folder(plan, id), f)
		}
	}
	return errNone
}

// plans are the plans that the reader may read, by name.
func (h *Handler) plans(r *http.Request) ([]string, error) {
	all, err := h.Snapshots.Plans()
	var plans []string
	for _, plan := range slices.Sorted(slices.Values(all)) {
		if h.May == nil || h.May(r, plan) {
			plans = append(plans, plan)
		}
	}
	return plans, err
}

// snapshots are the snapshots of a plan, and the one that readers have. What lies in the
// plan's folder decides, so that no address leads out of it.
func (h *Handler) snapshots(plan string) (now string, ids []string, err error) {
	if ids, err = h.Snapshots.List(plan); err != nil {
		return "", nil, err
	}
	slices.Sort(ids)
	now, err = h.Snapshots.Latest(plan)
	return now, ids, err
}

// files are what a snapshot lists.
func (h *Handler) files(plan, id string) (list []pipeline.ListedFile, err error) {
	text, err := pipeline.ReadFile(h.Snapshots.Disk, h.Snapshots.Folder(plan, id)+"/files.json")
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	return list, err
}

// place says of which snapshot the answer is, and how long it holds. Whoever keeps it
// keeps it for one reader: not everybody may read every plan.
func place(w http.ResponseWriter, plan, id, name string, moving bool) {
	head := w.Header()
	head.Set("Samkraft-Snapshot", id)
	if moving {
		head.Set("Cache-Control", "no-cache")
		head.Set("Link", "<"+address(plan, id, name)+`>; rel="canonical"`)
		return
	}
	head.Set("Cache-Control", "private, max-age=31536000, immutable")
}

// file serves a file that the snapshot lists.
func (h *Handler) file(w http.ResponseWriter, r *http.Request, folder string, listed pipeline.ListedFile) error {
	content, err := os.Open(h.Snapshots.Disk.Path(path.Join(folder, listed.Name)))
	if err != nil {
		return err
	}
	defer content.Close()
	info, err := content.Stat()
	if err != nil {
		return err
	}
	if info.Size() != listed.Bytes {
		// Its tag would promise a content that it does not have.
		return fmt.Errorf("it has %d bytes, and files.json says %d", info.Size(), listed.Bytes)
	}
	head := w.Header()
	kind, known := kinds[path.Ext(listed.Name)]
	if !known {
		kind = "application/octet-stream"
	}
	head.Set("Content-Type", kind)
	head.Set("ETag", `"`+listed.SHA256+`"`)
	if path.Ext(listed.Name) == ".html" {
		// A page in a snapshot has its style and icon in itself, and nothing that runs.
		head.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	}
	http.ServeContent(w, r, "", time.Time{}, content)
	return nil
}
