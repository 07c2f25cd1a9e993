// Package testdata holds what the program and its tests are fed: the built-in
// sample, golden decoder cases and golden plan files.
package testdata

import "embed"

// Sample is the small data set inside the program, below sample: published/ holds
// publishers' real figures, made-up/ figures that are plausible in size and not
// real.
//
//go:embed sample
var Sample embed.FS

// Own is a plan with files of its own data, one of each kind and more: the
// examples that docs/own-data.md explains. What they state is made up.
//
//go:embed own
var Own embed.FS
