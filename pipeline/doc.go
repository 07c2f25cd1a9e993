// Package pipeline is the spine of Samkraft: it takes a plan and the files of
// publishers, and leaves immutable, content-named results behind.
//
// The way through it is fetch, archive, stage, model, check, publish. The
// package owns the contracts at each door (Source, Transform, Sink) and the
// stores on disk (Archive, Stage, Snapshots); what is behind the doors lives in
// the rooms sources, transforms and sinks, which import this package and never
// each other.
//
// Nothing here asks for the time, the working directory or randomness: a clock,
// a file system and a plan are handed in.
package pipeline
