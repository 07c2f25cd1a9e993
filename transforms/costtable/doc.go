// Package costtable shares any joint cost or saving that is given as a table of
// coalitions: one row for every group of members, with what it costs the group,
// or saves it, to do a thing together.
//
// # Files
//
// [Read] takes CSV (comma or semicolon, decimal point or comma, with or without
// byte order mark; [Options] state the decimal mark where the numbers do not tell) and XLSX with the columns coalition and cost, or coalition and
// saving. A coalition is its members joined by +, in any order. Members are
// numbered as they first appear. [Table.ReadWeights] takes a key with the columns
// member and weight.
//
// # Meaning
//
// Shares add up to the number of the whole group as it stands in the file; what
// the members cost or save alone is never subtracted. In a table of costs a share
// is what a member pays, in a table of savings what it receives, its own saving
// alone included.
//
// Core, convexity and the like are said of the savings game: of the table itself
// if it holds savings, and of v(S) = sum of C({i}) - C(S) if it holds costs. A
// stable division of the one is a stable division of the other, because the
// excess of a coalition is the same: v(S) - x(S) = y(S) - C(S) where the charges
// y and the gains x add up to what the members pay alone.
//
// # Exactness
//
// The numbers of a file are decimals and are kept as they are, but for cells that
// a spreadsheet has worked out: those keep six decimals, or as many as a number so
// large can have, and the answer says how many were rounded. Every rule is worked
// out in rationals; figures are rounded when they are written and at no other time.
// Answers depend on the file and on nothing else.
package costtable
