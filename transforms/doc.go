// Package transforms turns staged data into tables. The warehouse runs models
// and checks, which are SQL files below models and checks, in an embedded
// DuckDB that lives in memory for the length of one plan's build; where SQL is
// the wrong tool a model is a Go function. What it leaves are Parquet files named
// by the hash of everything that decided them.
//
// A model file holds the table's declaration (CREATE TABLE, COMMENT ON) and then
// one SELECT that fills it; a file without a SELECT declares a table that Go
// fills. Files in models/interim are steps on the way that are not published: a
// SELECT alone, or a CREATE TABLE that Go fills. A model reads
//
//	raw.NAME       the present state of a publisher's table, with _origin
//	plan.NAME      what the plan file says
//	registry.NAME  carriers, sectors, factors and the like, from files in here
//	NAME           another model
//
// and need not say so: the names are found in its SQL.
package transforms
