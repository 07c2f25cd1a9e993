// Package portal makes the pages of a plan: what the members gain together, where
// their energy goes, what is within reach, who would sign what, and how sure all of
// it is, in Danish, Swedish and English. There is one set of templates and two ways
// out: Files writes the pages into a snapshot, each of them whole in itself so that
// it can be mailed; Handler serves the same pages of the newest snapshots, with what
// only a server knows: ages, and what changed.
//
// Every figure on a page is written from a cell of a table, by the methods of a
// scribe: energy, money, mass and so on. It says in its markup which cell that is and
// leads to the page how/TABLE.html, which shows the whole row and the publishers'
// files behind it. Nothing else on a page has a digit: a test holds this.
//
// To add a page:
//
//  1. write templates/NAME.html with {{define "NAME"}}, its texts into texts.csv
//  2. write NAME.go with a function that gathers what the template needs from the
//     tables into a small struct: func nameOf(s *scribe) (any, error). Use s.at(row,
//     column) for figures, s.table for tables; charts take figures and text alone
//  3. add a sheet to the list in sheet.go, and its title to texts.csv as page_NAME
package portal
