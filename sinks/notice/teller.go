package notice

import (
	"cmp"
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"samkraft/pipeline"
)

// Clock is the time, and how it passes between attempts.
type Clock interface {
	Now() time.Time
	// Sleep returns after d, or with an error as soon as ctx is done.
	Sleep(ctx context.Context, d time.Duration) error
}

// Teller tells people what became of runs. Its exported fields are set before use and
// not changed after; it tells of one run at a time.
type Teller struct {
	Disk       pipeline.FS
	Clock      Clock
	Publishers []pipeline.Publisher // whose data sets can be too old
	// Lookup gives what the environment has under a name, or a file that it names; ""
	// where there is nothing. Its errors tell no secret.
	Lookup      func(name string) (string, error)
	Authorities *x509.CertPool // that are trusted; nil: the system's
	Version     string         // of the program, told to webhooks
	Lang        string         // where a notice has none
	// News says in a language what a plan's snapshot holds, and what is new since the
	// one before. With an error, what could be said is told all the same. Nil: nothing is.
	News func(ctx context.Context, o pipeline.PlanOutcome, lang string) (string, error)
	// Fault is told of what goes wrong with telling itself; what is not delivered is in
	// the results.
	Fault func(error)

	memory    memory // nil until it was read
	written   string // its hash, as the workspace has it
	transport http.RoundTripper
	dial      func(ctx context.Context, network, address string) (net.Conn, error)
}

// Report is what became of a plan in a run.
type Report struct {
	Plan    pipeline.Plan
	Run     string // "" where none came about
	Outcome pipeline.PlanOutcome
}

// Result is what became of a message.
type Result struct {
	Plan  string `json:"plan"`
	Event string `json:"event"` // as in [Message], or alive
	To    string `json:"to"`
	Tries int    `json:"tries"` // runs in which delivery was tried
	Fault string `json:"fault"` // "" when it was delivered
}

// Events that no plan can choose.
const (
	eventTest  = "test"
	eventAlive = "alive" // the call after a good run
)

// newsLimit is how long it may take to say what is new in a snapshot. Ways have limits
// of their own, and are used side by side.
const newsLimit = time.Minute

// Tell takes what became of plans into the memory, and sends what is to be told of
// them, and what waits of all plans that are named.
func (t *Teller) Tell(ctx context.Context, plans []pipeline.Plan, reports []Report) []Result {
	if t.memory == nil {
		var err error
		if t.memory, err = read(t.Disk); err != nil {
			t.Fault(err)
		}
		t.written = pipeline.Hash(t.memory)
	}
	for _, r := range reports {
		if len(r.Plan.Notices) > 0 {
			t.take(ctx, r)
		}
	}
	t.write() // before anything is sent: killed now, the next run sends it
	results := t.deliver(ctx, plans, reports)
	t.write()
	return results
}

// write keeps the memory where it has changed. One that cannot be written goes on in
// this process.
func (t *Teller) write() {
	now := pipeline.Hash(t.memory)
	if now == t.written {
		return
	}
	if err := pipeline.WriteSealed(t.Disk, memoryFile, t.memory); err != nil {
		t.Fault(err)
		return
	}
	t.written = now
}

// take judges a plan after a run and queues what is to be told.
func (t *Teller) take(ctx context.Context, r Report) {
	now, s, ways := t.Clock.Now().UTC(), t.memory.of(r.Plan.ID), t.ways(r.Plan)
	changes := s.judge(now, r.Outcome)
	if old, err := stale(r.Plan, t.Publishers, pipeline.FetchLog{Disk: t.Disk}, now); err == nil {
		changes = append(changes, s.judgeData(now, old)...)
	} else {
		t.Fault(err) // what cannot be judged has not become young
	}
	news := map[string]string{} // by language
	for _, c := range changes {
		for _, w := range ways {
			s.queue(w, c, func() Message {
				text, made := news[w.lang]
				if c.kind == ofNew && !made {
					text = t.news(ctx, r.Outcome, c.previous, w.lang)
					news[w.lang] = text
				}
				return newMessage(c, r, w, text, now)
			})
		}
	}
	s.keep(ways)
}

// news says what a new snapshot holds, as far as that can be said.
func (t *Teller) news(ctx context.Context, o pipeline.PlanOutcome, previous, lang string) string {
	if t.News == nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, newsLimit)
	defer cancel()
	o.Previous = cmp.Or(previous, o.Previous)
	text, err := t.News(ctx, o, lang)
	if err != nil {
		t.Fault(err)
	}
	return text
}

// deliver sends what waits, and calls the addresses of good runs.
func (t *Teller) deliver(ctx context.Context, plans []pipeline.Plan, reports []Report) []Result {
	var uses []func() []Result
	for _, r := range reports {
		if r.Plan.Alive != "" && condition(r.Outcome) == well {
			uses = append(uses, func() []Result { return []Result{t.alive(ctx, r.Plan)} })
		}
	}
	for _, p := range plans {
		s := t.memory[p.ID]
		if s == nil {
			continue
		}
		for _, w := range t.ways(p) {
			if mine := s.of(w); len(mine) > 0 {
				uses = append(uses, func() []Result { return w.deliver(ctx, p.ID, mine) })
			}
		}
	}
	results := sideBySide(uses)
	for _, p := range plans {
		if s := t.memory[p.ID]; s != nil {
			s.Waiting = slices.DeleteFunc(s.Waiting, func(w *waiting) bool { return w.Tries > 0 && w.Fault == "" })
		}
	}
	return results
}

// sideBySide uses ways, so that one that hangs holds up no other, and returns what
// became of it in the order in which they are given.
func sideBySide(uses []func() []Result) []Result {
	all := make([][]Result, len(uses))
	var group sync.WaitGroup
	for i, use := range uses {
		group.Go(func() { all[i] = use() })
	}
	group.Wait()
	return slices.Concat(all...)
}

// of lists what waits for a way.
func (s *state) of(w way) []*waiting {
	var mine []*waiting
	for _, o := range s.Waiting {
		if o.To == w.name {
			mine = append(mine, o)
		}
	}
	return mine
}

// deliver sends messages one after another, within the way's limit for all of them.
func (w way) deliver(ctx context.Context, plan string, messages []*waiting) []Result {
	ctx, cancel := context.WithTimeout(ctx, w.limit)
	defer cancel()
	var results []Result
	for _, o := range messages {
		o.Tries++
		o.Fault = ""
		if ctx.Err() != nil {
			o.Fault = "no time was left for it"
		} else if err := w.send(ctx, o.Message); err != nil {
			o.Fault = err.Error()
		}
		results = append(results, Result{plan, o.Message.Event, w.name, o.Tries, o.Fault})
	}
	return results
}

// alive calls the address that is to be called after a good run.
func (t *Teller) alive(ctx context.Context, p pipeline.Plan) Result {
	ctx, cancel := context.WithTimeout(ctx, webhookLimit)
	defer cancel()
	r := Result{Plan: p.ID, Event: eventAlive, To: shown(p.Alive), Tries: 1}
	if err := t.call(ctx, http.MethodGet, p.Alive, nil); err != nil {
		r.Fault = err.Error()
	}
	return r
}

// Test sends a message by each of a plan's ways, and calls the address of good runs.
// Nothing of it is remembered.
func (t *Teller) Test(ctx context.Context, p pipeline.Plan) []Result {
	var uses []func() []Result
	for _, w := range t.ways(p) {
		m := newMessage(change{event: eventTest}, Report{Plan: p}, w, "", t.Clock.Now())
		uses = append(uses, func() []Result { return w.deliver(ctx, p.ID, []*waiting{{Message: m}}) })
	}
	if p.Alive != "" {
		uses = append(uses, func() []Result { return []Result{t.alive(ctx, p)} })
	}
	return sideBySide(uses)
}
