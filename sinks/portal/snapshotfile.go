package portal

import (
	"encoding/json"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
)

// kinds of the files of a snapshot, by their endings.
var kinds = map[string]string{".html": "text/html; charset=utf-8", ".parquet": "application/vnd.apache.parquet", ".json": "application/json"}

// file serves a file of a snapshot, PLAN/ID/NAME: one that the snapshot lists, and no
// other.
func (h *Handler) file(w http.ResponseWriter, r *http.Request, parts []string) {
	if len(parts) < 3 {
		http.NotFound(w, r)
		return
	}
	plan, id, name := parts[0], parts[1], strings.Join(parts[2:], "/")
	plans, err := h.site.Snapshots.Plans()
	if err != nil || !slices.Contains(plans, plan) {
		http.NotFound(w, r)
		return
	}
	if id == "latest" {
		if id, err = h.site.Snapshots.Latest(plan); err != nil || id == "" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-cache")
	} else {
		w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	ids, err := h.site.Snapshots.List(plan)
	if err != nil || !slices.Contains(ids, id) {
		http.NotFound(w, r)
		return
	}
	folder := h.site.Snapshots.Folder(plan, id)
	listed, ok := h.listed(folder, name)
	if !ok {
		http.NotFound(w, r)
		return
	}
	content, err := os.Open(h.site.Snapshots.Disk.Path(path.Join(folder, listed.Name)))
	if err != nil {
		h.site.Report(err)
		http.Error(w, "The file cannot be read.", http.StatusInternalServerError)
		return
	}
	defer content.Close()
	head := w.Header()
	head.Set("Content-Type", kinds[path.Ext(name)])
	head.Set("ETag", `"`+listed.SHA256[:min(len(listed.SHA256), 32)]+`"`)
	if path.Ext(name) == ".html" {
		// A page in a snapshot has its style in itself, and nothing that runs.
		head.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	}
	http.ServeContent(w, r, "", time.Time{}, content)
}

// listed finds a file in the list of a snapshot's files.
func (h *Handler) listed(folder, name string) (pipeline.ListedFile, bool) {
	if _, known := kinds[path.Ext(name)]; !known {
		return pipeline.ListedFile{}, false
	}
	text, err := pipeline.ReadFile(h.site.Snapshots.Disk, folder+"/files.json")
	var list []pipeline.ListedFile
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil {
		h.site.Report(err)
		return pipeline.ListedFile{}, false
	}
	i := slices.IndexFunc(list, func(f pipeline.ListedFile) bool { return f.Name == name })
	if i < 0 {
		return pipeline.ListedFile{}, false
	}
	return list[i], true
}
