package fetch

import (
	"cmp"
	"context"
	"io"
	"strings"
	"time"

	"samkraft/pipeline"
)

// resumeAge is how old an answer may be for an interrupted piece to go on behind
// it: an older one may not fit what the publisher says now.
const resumeAge = 24 * time.Hour

// asker answers the requests of one piece, and gathers its parts.
type asker struct {
	*dataSet
	piece  pipeline.Piece
	parts  []pipeline.Part
	last   string // the address that was asked last
	failed bool   // the last request got no answer
}

// ask implements pipeline.Ask.
func (a *asker) ask(ctx context.Context, r pipeline.Request) (pipeline.Answer, error) {
	r.Method = cmp.Or(r.Method, "GET")
	call, err := a.call(r)
	if err != nil {
		return pipeline.Answer{}, err
	}
	a.last = r.Method + " " + call.Address
	// One question may be asked twice, before and after another: then in another role.
	request := pipeline.Hash([]any{r.Method, call.Address, r.Header, r.Body, r.Role})
	state := a.state.Pieces[a.piece.Key]
	kept, known := state.Open[request]
	if age := a.Clock().Sub(kept.Time); known && -ahead <= age && age < resumeAge {
		if answer, there := a.answer(r.Role, kept); there {
			return answer, nil
		}
	}
	if a.spent() {
		return pipeline.Answer{}, errBudget
	}
	before, known := state.Kept[request]
	if known {
		if _, there := a.answer("", before); there {
			call.Known = before.Validator
		}
	}
	taken := pipeline.KeptAnswer{Request: request, Method: r.Method, Asked: call.Address, Body: string(r.Body)}
	reply, err := a.Web.Do(ctx, call, func(body io.Reader) (err error) {
		taken.SHA256, taken.Bytes, err = a.archive().Take(call.Source, call.DataSet, body)
		return err
	})
	a.report.Requests += reply.Requests
	a.report.Retries += reply.Retries
	a.report.Waited += reply.Waited.Seconds()
	a.report.Bytes += taken.Bytes
	if err != nil {
		a.failed = true
		return pipeline.Answer{}, err
	}
	taken.Address, taken.Status, taken.Type, taken.Validator, taken.Requests = reply.Address, reply.Status, reply.Type, reply.Validator, reply.Requests
	if reply.NotModified {
		taken.SHA256, taken.Bytes, taken.Type, taken.Validator = before.SHA256, before.Bytes, before.Type, before.Validator
	}
	if err := a.write(pipeline.Fetched{Event: pipeline.Answered, Piece: a.piece.Key, Answer: &taken}); err != nil {
		return pipeline.Answer{}, err
	}
	answer, _ := a.answer(r.Role, taken)
	return answer, nil
}

// answer makes a kept answer one to a request in a role, and a part where it has
// one. It reports whether the bytes are still there.
func (a *asker) answer(role string, k pipeline.KeptAnswer) (pipeline.Answer, bool) {
	k.Time = time.Time{} // a receipt says when an extract was first seen
	part, there := a.archive().Answer(a.live.Publisher().ID, a.set.ID, role, k)
	answer := pipeline.Answer{Part: part, Absent: k.SHA256 == "", Address: k.Address, Type: k.Type}
	if there && role != "" && !answer.Absent {
		a.parts = append(a.parts, part)
	}
	return answer, there
}

// call gives a request its address and its service's manners.
func (a *asker) call(r pipeline.Request) (pipeline.Call, error) {
	for _, service := range a.live.Services() {
		if service.ID != r.Service {
			continue
		}
		c := pipeline.Call{Request: r, Source: a.live.Publisher().ID, DataSet: a.set.ID, Limits: service.Limits, Secret: service.Secret}
		c.Address = strings.TrimSuffix(a.addresses[service.ID], "/") + r.Path
		return c, nil
	}
	return pipeline.Call{}, &pipeline.Problem{What: "the source has no service " + r.Service, Expected: "one of its own"}
}
