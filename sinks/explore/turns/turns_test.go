package turns_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"samkraft/sinks/explore/turns"
)

// enter asks for a turn beside and notes who got one.
func enter(t *testing.T, q *turns.Queue, who string, got *[]string, held map[string]*turns.Turn) {
	t.Helper()
	go func() {
		turn, err := q.Enter(context.Background(), who)
		if err != nil {
			*got = append(*got, who+": "+err.Error())
			return
		}
		*got = append(*got, who)
		held[who] = turn
	}()
	synctest.Wait()
}

func TestOneWhoAsksForMuchKeepsNobodyWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := turns.New(2, 6, 3)
		var got []string
		held := map[string]*turns.Turn{}
		for _, who := range []string{"greedy", "greedy", "greedy", "greedy", "anna", "bent", "carl", "dora"} {
			enter(t, q, who, &got, held)
		}
		// Of greedy one runs, two wait, one more is refused; anna runs; six are there.
		want := []string{"greedy", "greedy: " + turns.ErrMine.Error(), "anna", "dora: " + turns.ErrBusy.Error()}
		if !slices.Equal(got, want) {
			t.Fatalf("got %q\nwant %q", got, want)
		}
		// A result that is being taken makes room for work, but none in the queue.
		held["anna"].Finish()
		synctest.Wait()
		held["anna"].Leave()
		synctest.Wait()
		held["bent"].Leave()
		held["bent"].Leave()
		synctest.Wait()
		if want = append(want, "bent", "carl"); !slices.Equal(got, want) {
			t.Fatalf("got %q\nwant %q", got, want)
		}
		for _, who := range []string{"carl", "greedy", "greedy", "greedy"} {
			held[who].Leave()
			synctest.Wait()
		}
		if want = append(want, "greedy", "greedy"); !slices.Equal(got, want) {
			t.Errorf("got %q\nwant %q", got, want)
		}
	})
}

// Who goes away while waiting leaves no place behind.
func TestGoingAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := turns.New(1, 2, 2)
		first, err := q.Enter(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { _, err := q.Enter(ctx, "b"); ended <- err }()
		synctest.Wait()
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		first.Leave()
		for i := range 5 {
			turn, err := q.Enter(t.Context(), fmt.Sprint(i))
			if err != nil {
				t.Fatal(err)
			}
			turn.Leave()
		}
	})
}
