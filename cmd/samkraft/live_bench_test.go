package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"samkraft/pipeline"
)

// BenchmarkYear takes a year of hours of all Danish municipalities, in five plans, the
// whole way on two processors: it asks a stand-in of Energi Data Service, whose limits
// hold by a clock that hastes, and stages, models and publishes what comes. Then
// everything is staged once more, from the archive, to see what that alone takes; and
// one month is revised, asked for again and published.
//
//	go test ./cmd/samkraft -run '^$' -bench Year -benchtime 1x -timeout 2h
func BenchmarkYear(b *testing.B) {
	const patience = "1000000h"
	var codes []string
	for _, m := range pipeline.Municipalities() {
		if m.Country == "DK" && m.Code != "411" { // Christiansø is none
			codes = append(codes, m.Code)
		}
	}
	// Those of which hourly tables are made, and the largest that there is.
	sets := []string{"ConsumptionIndustry", "ProductionMunicipalityHour", "ElectricityBalanceNonv", "Elspotprices", "PrivateConsumptionHeatingHour"}
	var year, archived, month cost
	var rows, ofMonth int64
	for b.Loop() {
		n := newNation(b, sets, slices.Collect(slices.Chunk(codes, 20))...)
		year = n.run(b, "--from", "2024-01-01", "--to", "2025-01-01", "--budget", patience)
		b.Logf("the year: %+v", year.without())
		rows = n.count(b, "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata('stage/*/*/*.parquet')")

		for _, folder := range []string{"stage", "snapshots"} {
			if err := os.RemoveAll(filepath.Join(n.workspace, folder)); err != nil {
				b.Fatal(err)
			}
		}
		archived = n.run(b, "--offline")
		b.Logf("from the archive: %+v", archived.without())
		if staged := n.count(b, "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata('stage/*/*/*.parquet')"); staged != rows {
			b.Errorf("%d rows are staged from the archive, %d were when they came", staged, rows)
		}

		n.service.Revise("2024-05")
		month = n.run(b, "--from", "2024-05-01", "--to", "2024-06-01", "--budget", patience)
		b.Logf("a revised month: %+v", month.without())
		ofMonth = n.count(b, "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata('stage/*/*/*.parquet')") - rows
	}
	if len(codes) != 98 || rows < 8_000_000 || len(year.asked) < 1000 {
		b.Errorf("%d municipalities, %d rows, %d requests", len(codes), rows, len(year.asked))
	}
	memory := max(year.memory, archived.memory, month.memory)
	if memory > 1<<30 {
		b.Errorf("at most %d MiB of memory", memory>>20)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(len(year.asked)), "requests")
	b.ReportMetric(float64(rows), "rows")
	b.ReportMetric(float64(year.bytes)/1e6, "MB-answers")
	b.ReportMetric(float64(rows)/year.fetch.Seconds(), "fetched-rows/s")
	b.ReportMetric(float64(rows)/archived.stage.Seconds(), "staged-rows/s")
	b.ReportMetric(float64(year.rows)/year.model.Seconds(), "modelled-rows/s")
	b.ReportMetric(float64(year.rows)/year.publish.Seconds(), "published-rows/s")
	b.ReportMetric(year.all.Seconds(), "s")
	b.ReportMetric(year.processor.Seconds(), "processor-s")
	b.ReportMetric(float64(memory)/(1<<20), "MiB-memory")
	b.ReportMetric(float64(len(month.asked)), "month-requests")
	b.ReportMetric(float64(month.decoded), "month-decoded")
	b.ReportMetric(float64(ofMonth), "month-rows")
	b.ReportMetric(month.all.Seconds(), "month-s")
	b.ReportMetric(month.processor.Seconds(), "month-processor-s")
	b.ReportMetric(month.processor.Seconds()/year.processor.Seconds(), "month/year")
}

// without is the cost in figures that can be read.
func (c cost) without() cost {
	c.out, c.asked = "", nil
	return c
}
