package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources/own"
	"samkraft/testdata"
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

// ownKinds lists what files of a plan's own data can hold.
func ownKinds() []string {
	var kinds []string
	for _, d := range (own.Source{}).Publisher().DataSets {
		kinds = append(kinds, d.ID)
	}
	return kinds
}

// ownExample is an example of a file of a plan's own data.
func ownExample(kind string) ([]byte, error) {
	text, err := testdata.Own.ReadFile("own/" + kind + ".csv")
	if err != nil {
		return nil, fmt.Errorf("there is no kind of own data %q; expected one of %s", kind, strings.Join(ownKinds(), ", "))
	}
	return text, nil
}
