package download

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"samkraft/pipeline"
)

// address is where a file of a snapshot is, or its list for no name.
func address(plan, id, name string) string {
	return (&url.URL{Path: "/snapshots/" + plan + "/" + id + "/" + name}).EscapedPath()
}

type planEntry struct {
	Plan      string `json:"plan"`
	Address   string `json:"address"`
	Latest    string `json:"latest"`
	Snapshots int    `json:"snapshots"`
}

// listPlans lists the plans that the reader may read.
func (h *Handler) listPlans(w http.ResponseWriter, r *http.Request) error {
	plans, err := h.plans(r)
	if err != nil {
		return err
	}
	list := []planEntry{}
	for _, plan := range plans {
		id, ids, err := h.snapshots(plan)
		if err != nil {
			return err
		}
		list = append(list, planEntry{plan, "/snapshots/" + plan + "/", id, len(ids)})
	}
	return answer(w, r, list)
}

type snapshotEntry struct {
	ID      string `json:"id"`
	Address string `json:"address"`
	Latest  bool   `json:"latest"`
}

func listSnapshots(w http.ResponseWriter, r *http.Request, plan, now string, ids []string) error {
	list := []snapshotEntry{}
	for _, id := range ids {
		list = append(list, snapshotEntry{id, address(plan, id, ""), id == now})
	}
	return answer(w, r, list)
}

type fileEntry struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Kind    string `json:"kind"`
	Bytes   int64  `json:"bytes"`
	SHA256  string `json:"sha256"`
}

func listFiles(w http.ResponseWriter, r *http.Request, plan, id string, files []pipeline.ListedFile) error {
	list := []fileEntry{}
	for _, f := range files {
		kind, _, _ := strings.Cut(kinds[path.Ext(f.Name)], ";")
		list = append(list, fileEntry{f.Name, address(plan, id, f.Name), kind, f.Bytes, f.SHA256})
	}
	return answer(w, r, list)
}

// answer writes a list as JSON. One that nobody said how long it holds changes.
func answer(w http.ResponseWriter, r *http.Request, list any) error {
	text, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	head := w.Header()
	head.Set("Content-Type", "application/json")
	head.Set("ETag", `"`+hex.EncodeToString(sum[:])+`"`)
	if head.Get("Cache-Control") == "" {
		head.Set("Cache-Control", "no-cache")
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(append(text, '\n')))
	return nil
}
