package pipeline_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// consistent checks a workspace after a run that ended well: nothing half made,
// the archive holds what its names and the fetch log say, staged rows are whole,
// and the records can be read.
func consistent(t *testing.T, disk pipeline.FS) {
	t.Helper()
	for name := range content(t, disk, ".") {
		if strings.Contains("/"+name, "/.new-") {
			t.Errorf("%s is left over", name)
		}
		if base, found := strings.CutSuffix(name, ".json"); found && strings.HasPrefix(name, "stage/") {
			if rows, err := stagedRows(disk, base+"."+path.Base(path.Dir(name))+".parquet"); err != nil || len(rows) != 2 {
				t.Errorf("%s: %d staged rows, %v", name, len(rows), err)
			}
		}
	}
	archive := pipeline.Archive{Disk: disk}
	receipts, err := archive.Receipts()
	if err != nil || len(receipts) == 0 {
		t.Errorf("%d receipts: %v", len(receipts), err)
	}
	for _, r := range receipts {
		x, err := archive.Extract(r.Source, r.DataSet, r.Extract)
		if err != nil {
			t.Error(err)
		}
		for _, p := range x.Parts {
			if sum, n, err := partHash(p); err != nil || sum != p.SHA256 || n != p.Bytes {
				t.Errorf("%s %s %s is not what its receipt says: %v", r.Source, r.DataSet, p.Name, err)
			}
		}
	}
	for _, id := range [][2]string{{"alpha", "energy"}, {"alpha", "people"}, {"beta", "trees"}} {
		last, err := pipeline.FetchLog{Disk: disk}.State(id[0], id[1])
		if err != nil || last.Last.IsZero() {
			t.Errorf("fetch log of %v: %v", id, err)
		}
		for _, sha := range last.Files {
			if _, err := archive.Extract(id[0], id[1], sha); err != nil {
				t.Error(err)
			}
		}
	}
	records, err := pipeline.Records{Disk: disk}.List()
	if err != nil || len(records) == 0 || records[len(records)-1].State != pipeline.Ended {
		t.Errorf("records: %v %+v", err, records)
	}
}

func partHash(p pipeline.Part) (string, int64, error) {
	r, err := p.Open()
	if err != nil {
		return "", 0, err
	}
	defer r.Close()
	h := sha256.New()
	n, err := io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), n, err
}
