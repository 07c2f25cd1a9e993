// Package explore lets readers of a server look for themselves: search the tables of a
// plan, filter, sort, group and draw one, ask in SQL, and take the answer along.
//
//	/PLAN/LANGUAGE/explore/        the tables, and a search over them
//	/PLAN/LANGUAGE/explore/TABLE   one table
//	/PLAN/LANGUAGE/query           a question in SQL
//
// Everything is asked by GET, so the address is the whole state of a page and can be
// handed on; &snapshot=ID holds it to one snapshot and &format=csv (json, parquet, xlsx)
// gives the same rows as a file. No page needs script.
//
// Every answer is asked of sinks/query, which lets nothing be read but the snapshot. Two
// are worked out at a time, and of one reader one. A result is held in memory while its
// reader takes it, so what it may hold is bounded too.
//
// CSV and JSON hold the data as they are, also a text that begins with an equals sign;
// for a spreadsheet there is xlsx, in which texts are never formulas. A file is not given
// to a link on another server's page, nor is a question in SQL worked out for one: the
// page is shown, and its reader decides.
package explore
