package conformance

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/energidataservice"
	"samkraft/sources/standin"
)

// careless is a client that looks at nothing but the form of an answer.
type careless struct {
	energidataservice.Source
	limits []pipeline.Limit
}

func (c *careless) Services() []pipeline.Service {
	return []pipeline.Service{{ID: "api", Address: "https://api.energidataservice.dk", Limits: c.limits}}
}

func (c *careless) Pieces(_ string, w pipeline.Want) (pieces []pipeline.Piece) {
	for _, m := range w.Members {
		pieces = append(pieces, pipeline.Piece{Key: m.Code, Members: []pipeline.Municipality{m}})
	}
	return pieces
}

func (c *careless) Fetch(ctx context.Context, dataSet string, p pipeline.Piece, ask pipeline.Ask) error {
	filter := url.QueryEscape(fmt.Sprintf(`{"MunicipalityNo":[%q]}`, p.Members[0].Code))
	_, err := ask(ctx, pipeline.Request{Service: "api", Role: "data", Path: fmt.Sprintf("/dataset/%s?start=2024-05-01&end=2024-05-02&limit=0&filter=%s", dataSet, filter)})
	return err
}

// jury collects what a trial says against a client.
type jury struct {
	testing.TB
	said []string
}

func (j *jury) Errorf(format string, args ...any) {
	j.said = append(j.said, fmt.Sprintf(format, args...))
}
func (j *jury) Logf(string, ...any) {}

// TestTheTrialFindsWhatIsWrong proves that the trial can be lost.
func TestTheTrialFindsWhatIsWrong(t *testing.T) {
	live := &careless{limits: standin.NewEnergiDataService().Service().Limits}
	c := Client{Live: live, DataSet: "ConsumptionIndustry", Want: wanted(t, "253", "336"), Services: energiDataService}
	truth := c.truth(t)
	if len(truth.pieces) != 2 || len(truth.pieces[0].rows) != 24*3 {
		t.Fatalf("%d pieces", len(truth.pieces))
	}
	trial := func(name string, against Client) string {
		j := &jury{TB: t}
		for _, s := range scenes(c.twists()) {
			if s.name == name {
				s.play(j, against, truth)
				return strings.Join(j.said, "\n")
			}
		}
		t.Fatalf("no scene %q", name)
		return ""
	}
	if said := trial("no validators", c); said != "" {
		t.Errorf("a client against which nothing can be said: %s", said)
	}
	if said := trial("moving rows, for good", c); !strings.Contains(said, "a wrong answer is accepted: 253: 71 rows") {
		t.Errorf("rows that are missing are not noticed: %s", said)
	}
	rude := c
	rude.Live = &careless{}
	if said := trial("no validators", rude); !strings.Contains(said, "impolite: 2 requests") {
		t.Errorf("that limits are passed is not noticed: %s", said)
	}
	j := &jury{TB: t}
	takenUpAgain(j, c, truth, 8)
	if len(j.said) > 0 {
		t.Errorf("a fetch that is taken up again: %v", j.said)
	}
}

// wanted is what plans want of Danish municipalities.
func wanted(t testing.TB, codes ...string) pipeline.Want {
	t.Helper()
	w := pipeline.Want{Years: []int{2023}, From: time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		Now: time.Date(2026, 10, 24, 5, 0, 0, 0, time.UTC)}
	for _, code := range codes {
		m, err := pipeline.FindMunicipality("DK", code)
		if err != nil {
			t.Fatal(err)
		}
		w.Members = append(w.Members, m)
	}
	return w
}

func energiDataService() []standin.Dialect {
	return []standin.Dialect{standin.NewEnergiDataService("253", "336")}
}
