package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
)

// reporter draws progress on a terminal, and writes a line per stage to a log.
type reporter struct {
	mu       sync.Mutex
	out      io.Writer
	terminal bool
	begun    map[string]bool // stages of which a log has its line
	drawn    bool
}

func newReporter(out io.Writer, terminal bool) *reporter {
	return &reporter{out: out, terminal: terminal, begun: map[string]bool{}}
}

// Step implements pipeline.Reporter.
func (r *reporter) Step(stage string, done, total int, what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.terminal {
		if !r.begun[stage] {
			r.begun[stage] = true
			fmt.Fprintf(r.out, "%s: %d\n", stage, total)
		}
		return
	}
	const width = 24
	filled := 0
	if total > 0 {
		filled = width * done / total
	}
	fmt.Fprintf(r.out, "\r\x1b[K%-24s [%s%s] %d/%d %s", stage, strings.Repeat("=", filled), strings.Repeat(" ", width-filled), done, total, what)
	r.drawn = true
}

// Note implements pipeline.Reporter.
func (r *reporter) Note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clear()
	fmt.Fprintf(r.out, format+"\n", args...)
}

func (r *reporter) clear() {
	if r.drawn {
		fmt.Fprint(r.out, "\r\x1b[K")
		r.drawn = false
	}
}

// done removes the bar.
func (r *reporter) done() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clear()
}
