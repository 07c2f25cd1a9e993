package main

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// said is a line of the log of a server.
type said struct {
	Message string `json:"msg"`
	Level   string `json:"level"`
	Job     string `json:"job"`
	Error   string `json:"error"`
	Code    int    `json:"code"`
}

// life is one process of a server, from its start to its end.
type life struct {
	*exec.Cmd
	lines   chan said // of its log; closed at its end
	runs    int       // that ended
	weights []weight  // one at the end of each run
	last    string    // line of its log
}

// weight is what a process holds.
type weight struct{ memory, files int } // KiB that are resident, open files

// live starts a program with a hasty clock.
func live(t *testing.T, clock hasty, args ...string) *life {
	t.Helper()
	l := &life{Cmd: exec.Command(os.Args[0], args...), lines: make(chan said, 100)}
	l.Env = append(os.Environ(), hastyEnv+"="+clock.begin.Format(time.RFC3339Nano))
	log, err := l.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Process.Kill() })
	go func() {
		defer close(l.lines)
		for r := bufio.NewReader(log); ; {
			line, err := r.ReadBytes('\n')
			if err != nil {
				return
			}
			var s said
			if json.Unmarshal(line, &s) != nil {
				s = said{Message: string(line), Level: "ERROR"}
			}
			l.lines <- s
		}
	}()
	return l
}

// hear takes a line of the log, and weighs the process at the end of a run.
func (l *life) hear(s said) {
	l.last = s.Level + " " + s.Message
	if s.Job == "" || s.Message != "ended" && s.Message != "failed" {
		return
	}
	l.runs++
	if w, ok := weigh(l.Process.Pid); ok {
		l.weights = append(l.weights, w)
	}
}

// weigh looks at a process, where the system shows it.
func weigh(pid int) (s weight, ok bool) {
	folder := "/proc/" + strconv.Itoa(pid)
	text, err := os.ReadFile(folder + "/status")
	if err != nil {
		return s, false
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			s.memory, _ = strconv.Atoi(fields[1]) // 0 of a process that has just gone
		}
	}
	files, err := os.ReadDir(folder + "/fd")
	s.files = len(files)
	return s, err == nil && s.memory > 0
}
