// Package parquet guards and describes the Parquet files of a snapshot: every
// file is read back by a reader that shares no code with its writer before
// anybody sees it, and a Frictionless Data Package says what the files hold.
package parquet
