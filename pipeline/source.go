package pipeline

import (
	"context"
	"io"
)

// Source is one publisher: it knows its own files when it sees them and turns
// them into typed rows. Implementations are stateless and safe for concurrent
// use.
type Source interface {
	// Publisher describes the source and its data sets. The answer never changes.
	Publisher() Publisher

	// Recognise reports whether a file belongs to one of the source's data sets,
	// judged by content alone: never by the file's name or folder. It must not
	// claim what another publisher could have written.
	Recognise(f Sniff) (Claim, bool)

	// Decode turns an extract into rows. It is a pure function of the extract's
	// bytes and the data set's version: the same rows in the same order, always.
	// What cannot be decoded is an error of type *Problem; then nothing that was
	// written to out counts. Decode stops soon after ctx is done.
	Decode(ctx context.Context, x Extract, out Output) (Edition, error)
}

// Publisher describes a source to people and to the tables source and
// completeness.
type Publisher struct {
	ID              string // lower case, also the name of folders: "energidataservice"
	Title           string
	Name            string // the publishing body
	Licence         string // SPDX identifier or the publisher's own words
	Attribution     string // the credit line that the licence asks for
	Redistributable bool   // false: derived tables need the publisher's leave before they are passed on
	Address         string // where the data are found
	DataSets        []DataSet
}

// dataSet returns the declaration of a data set, which is empty for an id that
// the publisher does not have.
func (p Publisher) dataSet(id string) DataSet {
	for _, d := range p.DataSets {
		if d.ID == id {
			return d
		}
	}
	return DataSet{}
}

// DataSet is one thing that a publisher publishes, with one decoder.
type DataSet struct {
	ID        string // as the publisher calls it, where it has a name: "ConsumptionIndustry"
	Title     string
	Countries []string // DK, SE; both where it is about no municipality
	Mode      Mode
	Version   int      // of the decoder: raised whenever its output changes
	Roles     []string // the parts that an extract needs, in order; nil means just "data"
	Tables    []Table

	// Substitute is the data set of the same publisher that says the same in another
	// form, so that an extract of this one that is not whole does no harm; or "".
	Substitute string
}

// Mode says how the extracts of a data set add up to its current state.
type Mode string

const (
	// Replace: the newest whole extract is the state.
	Replace Mode = "replace"
	// Upsert: per key the latest edition wins.
	Upsert Mode = "upsert"
)

// Sniff is what Recognise sees of a file: enough to know it, not to read it.
type Sniff struct {
	Head   []byte   // the first 64 KiB, decompressed; of a workbook the container's bytes
	Whole  bool     // Head is the whole file
	Sheets []string // sheet names in order where the file is a workbook (XLSX), else nil
	Texts  string   // of a workbook: the first 64 KiB of its shared strings, as XML text
}

// Claim says what a file is.
type Claim struct {
	DataSet string
	Role    string // "" means "data"
	Group   string // files of one group belong together: data with their metadata
}

// Extract is what belongs together and is decoded as one: usually one file.
type Extract struct {
	Source, DataSet string
	SHA256          string // hex; of the part for a single part, else of the parts' hashes in order
	Parts           []Part // in the order of the data set's Roles
}

func (x Extract) bytes() (n int64) {
	for _, p := range x.Parts {
		n += p.Bytes
	}
	return n
}

// Part is one response or file of an extract.
type Part struct {
	Role   string
	Name   string // for errors and lineage: the file as its owner knows it
	SHA256 string
	Bytes  int64 // decompressed
	Open   func() (io.ReadCloser, error)
	Answer *KeptAnswer // how a publisher answered it; nil for a file that was handed in
}

// NewExtract puts parts together, in the order of the data set's Roles.
func NewExtract(source, dataSet string, parts []Part) Extract {
	return Extract{Source: source, DataSet: dataSet, SHA256: extractHash(parts), Parts: parts}
}

// Edition is what the decoder learned about the extract as a whole. AsOf
// (yyyy-mm-dd) orders editions: the publisher's own date in the content, else
// the last day of the last period that the extract covers, else empty.
type Edition struct {
	AsOf string
}

// Output receives the rows of one extract.
type Output interface {
	// Row appends a row. Values stand in the order of the table's columns; nil is
	// null. Types by kind: Text string; Integer int, int64; Number float64 or
	// Decimal; Decimal3 and Decimal6 Decimal; Instant and Date time.Time;
	// Flag bool. Status may be given for Text, and *Decimal for Decimal. Location says where in the extract
	// the row stands ("line 12", "sheet X, row 19"), for lineage. The values are not
	// kept: one list may serve all rows. An error is the caller's to return.
	Row(table, location string, values ...any) error
}
