// Package workbook makes the Excel workbook of a plan, one for each language: a cover
// that says what the members gain together and what the terms mean, charts, a sheet for
// each table, and lists of all columns and codes. It reads the tables of a snapshot and
// nothing else, and every cell of a table's sheet equals the table's cell.
//
// The cells of a table are the same in all languages: only headings, notes and the
// sheets around the tables are said in a language. So the rows are written once, in the
// form that they have in the file (rows.go), and put into each language's workbook when
// it is packed (pack.go); excelize makes all the rest.
package workbook
