// Package query answers one read-only SQL query over a published snapshot,
// whoever wrote it.
//
// A query gets a DuckDB of its own, in memory, which ends with its result. The
// text passes five gates, each of which would do alone for most attacks:
//
//  1. DuckDB's parser must find exactly one SELECT in it. At this point the text
//     is read, not run.
//  2. Its syntax tree may name the snapshot's tables and its own common table
//     expressions, and no other relation. Table functions are refused but for a
//     few that make rows from their arguments, and so are functions that look at
//     the engine instead of at data.
//  3. Views are made for the tables it names. Then external access is switched
//     off, but for reading those files, and the configuration is locked: neither
//     can be undone.
//  4. The driver must have prepared it as a SELECT. COPY and ATTACH could write
//     to the files of gate 3, which is why the files are also published without
//     the right to write them.
//  5. Rows, time and memory are bounded, and nothing spills to disk.
//
// The tables are views and not copies because an hourly table is larger than the
// memory that a query may use, while a query seldom needs more than a few of its
// columns and row groups.
//
// The memory bound is DuckDB's own and covers tables, sorting, grouping and
// results. DuckDB does not count the texts and lists that an expression builds on
// the way, and stops for a deadline only between two steps. Functions that build
// a large value in one call are therefore refused, but patient nesting of others
// can still take memory and time: a service open to strangers runs in a process
// whose memory the operating system bounds.
package query
