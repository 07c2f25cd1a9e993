// Package download serves the files of snapshots at addresses that stay, so that
// notebooks, DuckDB and Power BI read straight from a server:
//
//	/snapshots/                   the plans, as JSON
//	/snapshots/PLAN/              its snapshots
//	/snapshots/PLAN/ID/           the files of one, with their SHA-256
//	/snapshots/PLAN/ID/FILE       a file
//	/snapshots/PLAN/latest/FILE   the same of the snapshot that readers have
//
// Only what the snapshot itself lists in files.json can be had. The ETag of a file is
// its SHA-256, so parts of it can be asked for, and what a reader has can be confirmed.
// What an id names never changes and may be kept for good; what latest names is asked
// for anew, and the answer says in its headers which snapshot it is.
//
// Pages of other servers get nothing: there is no Access-Control-Allow-Origin. A
// notebook or Power BI is no page and needs none, while a page from anywhere could
// otherwise read, through the browser of somebody who may, what is not its own.
package download
