package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/energidataservice"
)

// BenchmarkDecode stages a large answer of Energi Data Service on two processors
// and compares the time with that of a stream through encoding/json to the same
// staged file, and with that of DuckDB for reading the same records as lines and
// writing them as Parquet with zstd. Each is the best of several rounds, taken in
// turns, so that a busy machine is as hard on one as on the other.
//
//	go test ./cmd/samkraft -run '^$' -bench Decode -benchtime 1x
func BenchmarkDecode(b *testing.B) {
	const rows, rounds = 3_500_000, 3
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	size, err := io.Copy(io.Discard, newConsumptionAnswer(rows, false))
	if err != nil || size < 450e6 {
		b.Fatalf("the answer has %d bytes: %v", size, err)
	}
	lines := linesFile(b, rows)
	var own, plain, duckdb, half, whole measured
	for b.Loop() {
		for range rounds {
			half.best(stage(b, energidataservice.Source{}, rows/2))
			whole.best(stage(b, energidataservice.Source{}, rows))
			own.best(whole)
			duckdb.best(throughDuckDB(b, lines))
			plain.best(stage(b, plainDecoder{}, rows))
		}
	}
	if own.sum != plain.sum {
		b.Error("encoding/json leads to another staged file")
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(own.time.Seconds(), "s")
	b.ReportMetric(plain.time.Seconds(), "s-encoding/json")
	b.ReportMetric(duckdb.time.Seconds(), "s-duckdb")
	b.ReportMetric(rows/own.time.Seconds(), "rows/s")
	b.ReportMetric(float64(size)/1e6/own.time.Seconds(), "MB/s")
	b.ReportMetric(plain.time.Seconds()/own.time.Seconds(), "times-encoding/json")
	b.ReportMetric(own.time.Seconds()/duckdb.time.Seconds(), "times-the-time-of-duckdb")
	b.ReportMetric(float64(whole.memory)/1e6, "MB-memory")
	b.ReportMetric(float64(half.memory)/1e6, "MB-memory-of-half")
}

// measured is what a round took.
type measured struct {
	time   time.Duration
	memory uint64 // bytes that the program had of the system, at most
	sum    string // of the staged file
}

// best keeps the shorter time and the larger memory.
func (m *measured) best(other measured) {
	if m.time == 0 || other.time < m.time {
		m.time = other.time
	}
	m.memory, m.sum = max(m.memory, other.memory), other.sum
}

func stage(b *testing.B, source pipeline.Source, rows int) measured {
	b.Helper()
	disk := pipeline.Disk(b.TempDir())
	debug.FreeOSMemory()
	memory := watchMemory()
	begin := time.Now()
	staged, err := pipeline.Stage{Disk: disk}.Decode(context.Background(), source, source.Publisher().DataSets[0], consumptionExtract(fmt.Sprintf("%T", source), rows))
	took := time.Since(begin)
	if err != nil || staged.Rows["eds_consumption"] != int64(rows) {
		b.Fatalf("%d rows: %v", staged.Rows["eds_consumption"], err)
	}
	m := measured{took, memory(), staged.SHA256["eds_consumption"]}
	if err := os.RemoveAll(string(disk)); err != nil {
		b.Fatal(err)
	}
	return m
}

// watchMemory looks every few milliseconds at how much memory the program has of
// the system; the function that it returns ends that and tells the most.
func watchMemory() func() uint64 {
	stop, most := make(chan bool), make(chan uint64)
	go func() {
		var peak uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.Sys-m.HeapReleased)
			select {
			case <-stop:
				most <- peak
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { stop <- true; return <-most }
}

func linesFile(b *testing.B, rows int) string {
	b.Helper()
	name := filepath.Join(b.TempDir(), "lines.json")
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(f, newConsumptionAnswer(rows, true)); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return name
}

func throughDuckDB(b *testing.B, lines string) measured {
	b.Helper()
	db, err := sql.Open("duckdb", "?threads=2")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	out := filepath.Join(filepath.Dir(lines), "out.parquet")
	begin := time.Now()
	_, err = db.Exec(fmt.Sprintf(`COPY (SELECT * FROM read_json('%s', format = 'newline_delimited', columns = {HourUTC: 'TIMESTAMP', HourDK: 'TIMESTAMP',
		MunicipalityNo: 'VARCHAR', Branche: 'VARCHAR', ConsumptionkWh: 'DECIMAL(18,6)'})) TO '%s' (FORMAT parquet, COMPRESSION zstd)`, lines, out))
	if err != nil {
		b.Fatal(err)
	}
	return measured{time: time.Since(begin)}
}
