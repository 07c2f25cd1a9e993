package main

import (
	"context"
	"os"
	"path/filepath"

	"samkraft/pipeline"
	"samkraft/sources/own"
	"samkraft/transforms"
)

// declared are all whose tables models may read: the publishers, and the plans
// with their own data.
func declared() []pipeline.Publisher {
	return append(publishers(), own.Source{}.Publisher())
}

// readPlanFile reads a plan file and the files of its own data, and says what is
// wrong with any of them.
func readPlanFile(name string) (pipeline.Plan, error) {
	// Own files lie below the plan file's folder, and nowhere else.
	folder, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return pipeline.Plan{}, err
	}
	defer folder.Close()
	p, err := pipeline.ReadPlan(folder.FS(), filepath.Base(name))
	if err != nil {
		return p, err
	}
	if err := p.CheckBuiltin(filepath.Base(name)); err != nil {
		return p, err
	}
	return p, own.Check(context.Background(), p, transforms.Measures())
}
