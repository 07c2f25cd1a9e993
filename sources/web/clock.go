package web

import (
	"context"
	"time"
)

// Clock tells the time and lets it pass.
type Clock interface {
	Now() time.Time
	// Sleep returns after d, or with the context's cause as soon as that is done.
	Sleep(ctx context.Context, d time.Duration) error
}

// NewClock returns the clock on the wall, which now reads.
func NewClock(now func() time.Time) Clock { return wall(now) }

type wall func() time.Time

func (w wall) Now() time.Time { return w() }

func (w wall) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
