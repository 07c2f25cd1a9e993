package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"
)

// Snapshots are the published results: snapshots/PLAN/ID, immutable, and
// snapshots/PLAN/latest with the id that readers are to have: the newest, unless a
// [Hold] says otherwise. Readers need no lock: a snapshot is there whole or not at all.
type Snapshots struct {
	Disk FS
}

// Manifest is what a snapshot is made of. Its canonical JSON decides the
// snapshot's id; it holds no time of day.
type Manifest struct {
	Inputs []ManifestInput `json:"inputs"`
	Models string          `json:"models"` // hash of what made the tables
	Plan   string          `json:"plan"`   // hash of the plan
	Tables []ManifestTable `json:"tables"`
}

// ManifestInput is one extract and the version of the decoder that read it.
type ManifestInput struct {
	DataSet string `json:"dataset"`
	Decoder int    `json:"decoder"`
	Extract string `json:"extract"`
	Source  string `json:"source"`
}

// ManifestTable is one table.
type ManifestTable struct {
	Bytes  int64  `json:"bytes"`
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// ListedFile is a file of a snapshot that files.json lists.
type ListedFile struct {
	Bytes  int64  `json:"bytes"`
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// ID is the snapshot's name: the first 16 hex digits of the manifest's hash.
func (m Manifest) ID() string { return Hash(m)[:16] }

// SameOrigin reports whether two manifests come from the same plan, inputs and
// models, so that their tables are the same too.
func (m Manifest) SameOrigin(o Manifest) bool {
	return m.Plan == o.Plan && m.Models == o.Models && slices.Equal(m.Inputs, o.Inputs)
}

// Folder is where the snapshot's files are, relative to the workspace.
func (s Snapshots) Folder(plan, id string) string { return path.Join("snapshots", plan, id) }

// Latest returns the id of the snapshot of a plan that readers are to have, or "".
func (s Snapshots) Latest(plan string) (string, error) {
	text, err := ReadFile(s.Disk, s.Folder(plan, "latest"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	id := strings.TrimSuffix(string(text), "\n")
	if err == nil && (!isSnapshotID(id) || len(text) != len(id)+1) {
		return "", fmt.Errorf("%s holds %q, which is no snapshot's id", s.Folder(plan, "latest"), id)
	}
	return id, err
}

func isSnapshotID(id string) bool {
	return len(id) == 16 && strings.Trim(id, "0123456789abcdef") == ""
}

// Manifest reads a snapshot's manifest.
func (s Snapshots) Manifest(plan, id string) (Manifest, error) {
	var m Manifest
	text, err := ReadFile(s.Disk, s.Folder(plan, id)+"/manifest.json")
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	return m, err
}

// Plans lists the plans that have a snapshot, and List a plan's snapshots, by name.
func (s Snapshots) Plans() ([]string, error) { return s.folders("snapshots") }

// List lists a plan's snapshots by id.
func (s Snapshots) List(plan string) ([]string, error) {
	return s.folders(path.Join("snapshots", plan))
}

func (s Snapshots) folders(name string) ([]string, error) {
	entries, err := s.Disk.ReadDir(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), tempPrefix) {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// Publish makes a snapshot of tables and what the sinks add, and then lets
// readers see it, unless they are held on another. The tables are given a second name, not rewritten.
// Before, which may be nil, is called in between: the snapshot stands, and readers are
// not led to it yet.
func (s Snapshots) Publish(ctx context.Context, m Manifest, draft Draft, sinks []Sink, before func(ctx context.Context, plan, id string)) (string, error) {
	id, err := s.stand(ctx, m, draft, sinks)
	if err != nil {
		return "", err
	}
	if before != nil {
		before(ctx, draft.Plan.ID, id)
	}
	return id, s.show(draft.Plan.ID, id)
}

// stand makes a snapshot that readers do not see yet.
func (s Snapshots) stand(ctx context.Context, m Manifest, draft Draft, sinks []Sink) (id string, err error) {
	id = m.ID()
	final := s.Folder(draft.Plan.ID, id)
	if Exists(s.Disk, final) {
		faults, err := s.Verify(draft.Plan.ID, id)
		if err != nil {
			return "", err
		}
		if len(faults) == 0 {
			// An older snapshot of the same content stands: back to it.
			return id, nil
		}
	}
	draft.Disk, draft.Folder, draft.ID = s.Disk, Temp(final), id
	if err := s.Disk.RemoveAll(draft.Folder); err != nil {
		return "", err
	}
	if err := s.Disk.MkdirAll(draft.Folder); err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Disk.RemoveAll(draft.Folder))
		}
	}()
	for _, t := range draft.Tables {
		if err := s.Disk.Link(t.File, draft.File(t.Name+".parquet")); err != nil {
			return "", err
		}
	}
	for _, sink := range sinks {
		if err := sink.Write(ctx, draft); err != nil {
			return "", err
		}
	}
	canonical, err := json.Marshal(m)
	if err != nil {
		return "", err
	}
	if err := WriteText(s.Disk, draft.File("manifest.json"), canonical); err != nil {
		return "", err
	}
	if err := s.writeFileList(draft.Folder); err != nil {
		return "", err
	}
	damaged := ""
	if Exists(s.Disk, final) {
		damaged = Temp(final + "-damaged")
		if err := s.Disk.Rename(final, damaged); err != nil {
			return "", err
		}
	}
	if err := s.Disk.Rename(draft.Folder, final); err != nil {
		return "", err
	}
	if err := s.Disk.Commit(path.Dir(final)); err != nil {
		return "", err
	}
	if damaged != "" {
		if err := s.Disk.RemoveAll(damaged); err != nil {
			return "", err
		}
	}
	return id, nil
}

// Intact reports whether every file of a snapshot is there in its length, which
// is quickly seen. Verify looks at every bit.
func (s Snapshots) Intact(plan, id string) bool {
	folder := s.Folder(plan, id)
	var list []ListedFile
	text, err := ReadFile(s.Disk, folder+"/files.json")
	if err != nil || json.Unmarshal(text, &list) != nil || len(list) == 0 {
		return false
	}
	for _, f := range list {
		info, err := s.Disk.Stat(path.Join(folder, f.Name))
		if err != nil || info.Size() != f.Bytes {
			return false
		}
	}
	return true
}

func (s Snapshots) point(plan, id string) error {
	return WriteFile(s.Disk, s.Folder(plan, "latest"), func(w io.Writer) error { _, err := io.WriteString(w, id+"\n"); return err })
}

func (s Snapshots) writeFileList(folder string) error {
	names, err := s.filesBelow(folder, "")
	if err != nil {
		return err
	}
	var list []ListedFile
	for _, name := range names {
		sum, size, err := HashFile(s.Disk, path.Join(folder, name))
		if err != nil {
			return err
		}
		list = append(list, ListedFile{size, name, sum})
		if err := s.Disk.Freeze(path.Join(folder, name)); err != nil {
			return err
		}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	if err := WriteText(s.Disk, folder+"/files.json", text); err != nil {
		return err
	}
	return s.Disk.Freeze(folder + "/files.json")
}

// filesBelow lists the files of a snapshot, also those in folders of it, by name.
func (s Snapshots) filesBelow(folder, within string) ([]string, error) {
	entries, err := s.Disk.ReadDir(path.Join(folder, within))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		name := path.Join(within, e.Name())
		if !e.IsDir() {
			names = append(names, name)
			continue
		}
		deeper, err := s.filesBelow(folder, name)
		if err != nil {
			return nil, err
		}
		names = append(names, deeper...)
	}
	return names, nil
}

// Verify compares every file of a snapshot with the manifest and the file list
// and returns what does not agree, in words; nothing means that it is whole and
// unchanged.
func (s Snapshots) Verify(plan, id string) ([]string, error) {
	folder := s.Folder(plan, id)
	m, err := s.Manifest(plan, id)
	if err != nil {
		return []string{fmt.Sprintf("%s/manifest.json cannot be read: %v", folder, err)}, nil
	}
	var faults []string
	if m.ID() != id {
		faults = append(faults, fmt.Sprintf("%s/manifest.json has been changed: its hash begins with %s", folder, m.ID()))
	}
	var list []ListedFile
	text, err := ReadFile(s.Disk, folder+"/files.json")
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil {
		return append(faults, fmt.Sprintf("%s/files.json cannot be read: %v", folder, err)), nil
	}
	if canonical, err := json.Marshal(list); err != nil || !bytes.Equal(canonical, text) {
		faults = append(faults, fmt.Sprintf("%s/files.json has been changed", folder))
	}
	want := map[string]ListedFile{}
	for _, f := range list {
		want[f.Name] = f
	}
	for _, t := range m.Tables {
		name := t.Name + ".parquet"
		if listed := want[name]; listed.SHA256 != t.SHA256 || listed.Bytes != t.Bytes {
			faults = append(faults, fmt.Sprintf("%s/%s: files.json and manifest.json disagree", folder, name))
		}
	}
	there, err := s.filesBelow(folder, "")
	if err != nil {
		return nil, err
	}
	for _, name := range there {
		if _, listed := want[name]; !listed && name != "files.json" {
			faults = append(faults, fmt.Sprintf("%s/%s does not belong to the snapshot", folder, name))
		}
	}
	names := make([]string, 0, len(want))
	for name := range want {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		sum, size, err := HashFile(s.Disk, path.Join(folder, name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			faults = append(faults, fmt.Sprintf("%s/%s is missing", folder, name))
		case err != nil:
			faults = append(faults, fmt.Sprintf("%s/%s cannot be read: %v", folder, name, err))
		case size != want[name].Bytes || sum != want[name].SHA256:
			faults = append(faults, fmt.Sprintf("%s/%s has been changed: SHA-256 %s, expected %s", folder, name, sum, want[name].SHA256))
		}
	}
	return faults, nil
}
