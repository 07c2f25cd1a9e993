package main

import (
	"context"
	"fmt"

	"samkraft/pipeline"
)

func (s *settings) summarise(ctx context.Context, disk pipeline.Disk, order pipeline.Order, outcome pipeline.Outcome) error {
	fmt.Fprintf(s.out, "%+v\n", outcome)
	return nil
}
