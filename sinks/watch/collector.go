package watch

import (
	"maps"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"samkraft/pipeline"
)

// collector measures a server when it is asked: what stands in its workspace is read
// then. A part that cannot be read is an error of that part alone.
type collector struct {
	*Watch
	tally *tally
	ages  *ages
}

func newCollector(w *Watch) *collector {
	c := &collector{w, newTally(pipeline.Records{Disk: w.Disk}, w.Plans, w.Sources), &ages{Options: w.Options, known: map[[2]string]knownState{}}}
	if _, err := c.tally.look(); err != nil {
		w.Log.Error("the runs before cannot be read", "error", err)
	}
	return c
}

func gauge(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("samkraft_"+name, help, labels, nil)
}

var (
	buildInfo   = gauge("build_info", "1, with the version of the program.", "version")
	turned      = gauge("scheduler_turn_timestamp_seconds", "When the scheduler looked at its times last.")
	nextRun     = gauge("next_run_timestamp_seconds", "When a job is due next.", "job")
	diskFree    = gauge("disk_free_bytes", "What is free where the workspace lies.")
	lastRun     = gauge("plan_last_run_timestamp_seconds", "When the last run of a plan ended.", "plan")
	lastSuccess = gauge("plan_last_success_timestamp_seconds", "When the last run of a plan ended that had code 0 for it.", "plan")
	lastCode    = gauge("plan_last_run_code", "The code of a plan's last run.", "plan")
	snapshotAge = gauge("snapshot_age_seconds", "Since when the snapshot that readers of a plan see has been there.", "plan")
	rows        = gauge("snapshot_rows", "Rows of the tables of the snapshot that readers of a plan see.", "plan")
	bytes       = gauge("snapshot_table_bytes", "Bytes of those tables.", "plan")
	dataSetAge  = gauge("dataset_age_seconds", "Since when a publisher has not confirmed the figures of a member; of files that were handed in, since when they have not changed.",
		"plan", "source", "dataset", "country", "muni_code")
	maxAge = gauge("dataset_max_age_seconds", "The age from which the plan calls a data set stale.", "plan", "source", "dataset")
)

// Describe implements prometheus.Collector.
func (c *collector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{buildInfo, turned, nextRun, diskFree, lastRun, lastSuccess, lastCode, snapshotAge, rows, bytes, dataSetAge, maxAge} {
		out <- d
	}
	for _, counted := range c.tally.collectors() {
		counted.Describe(out)
	}
}

// Collect implements prometheus.Collector.
func (c *collector) Collect(out chan<- prometheus.Metric) {
	now := c.Clock()
	tell := func(d *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	tell(buildInfo, 1, c.Version)
	tell(turned, seconds(*c.turned.Load()))
	next := c.Next()
	for _, job := range slices.Sorted(maps.Keys(next)) {
		tell(nextRun, seconds(next[job]), job)
	}
	if c.Free != nil {
		free, err := c.Free()
		if err == nil {
			tell(diskFree, float64(free))
		} else {
			out <- prometheus.NewInvalidMetric(diskFree, err)
		}
	}
	runs, err := c.tally.look()
	if err != nil {
		out <- prometheus.NewInvalidMetric(lastRun, err)
	}
	for _, counted := range c.tally.collectors() {
		counted.Collect(out)
	}
	for _, p := range c.Plans() {
		if last := runs[p.ID]; !last.ended.IsZero() {
			tell(lastRun, seconds(last.ended), p.ID)
			tell(lastCode, float64(last.code), p.ID)
			if !last.good.IsZero() {
				tell(lastSuccess, seconds(last.good), p.ID)
			}
		}
		if err := c.snapshot(p.ID, runs[p.ID], now, tell); err != nil {
			out <- prometheus.NewInvalidMetric(snapshotAge, err)
		}
		for _, source := range c.Sources {
			for _, set := range source.Publisher().DataSets {
				if age := pipeline.Span(p.MaxAge(source.Publisher().ID, set.ID)); age > 0 {
					tell(maxAge, age.Seconds(), p.ID, source.Publisher().ID, set.ID)
				}
			}
		}
	}
	ages, err := c.ages.look()
	if err != nil {
		out <- prometheus.NewInvalidMetric(dataSetAge, err)
	}
	for _, a := range ages {
		tell(dataSetAge, now.Sub(a.since).Seconds(), a.plan, a.source, a.dataSet, a.member.Country, a.member.Code)
	}
}

// snapshot tells of the snapshot that readers of a plan see. When it was published
// stands in the record of a run, or where that is gone it is the time of its last file.
func (c *collector) snapshot(plan string, runs planRuns, now time.Time, tell func(*prometheus.Desc, float64, ...string)) error {
	snapshots := pipeline.Snapshots{Disk: c.Disk}
	id, err := snapshots.Latest(plan)
	if err != nil || id == "" {
		return err
	}
	m, err := snapshots.Manifest(plan, id)
	if err != nil {
		return err
	}
	published := runs.published
	if runs.snapshot != id {
		info, err := c.Disk.Stat(snapshots.Folder(plan, id) + "/files.json")
		if err != nil {
			return err
		}
		published = info.ModTime()
	}
	var allRows, allBytes int64
	for _, t := range m.Tables {
		allRows += t.Rows
		allBytes += t.Bytes
	}
	tell(snapshotAge, now.Sub(published).Seconds(), plan)
	tell(rows, float64(allRows), plan)
	tell(bytes, float64(allBytes), plan)
	return nil
}

func seconds(at time.Time) float64 { return float64(at.UnixMilli()) / 1000 }
