// Package suppression reckons with the secret cells of a published table of
// counts or amounts with totals: between which bounds each must lie, what it
// probably is, and what has to be withheld so that nobody can work it out. It is
// mathematics: it knows nothing of energy, reads nothing and writes nothing.
//
// # The table as a flow
//
// Every figure of a table stands in two sums: a cell in that of its row and that
// of its column, a row's total in that of its row and that of all rows. Taken as
// flows from the sum of all rows through rows and columns to the sum of all
// columns and back, the figures are a circulation, in which what comes into a
// node also leaves it. A printed figure is a pipe that carries what is printed,
// give or take half of the unit that it is rounded to, a hidden one carries
// anything from zero up. What a hidden figure can be at most and at least are
// then maximum flows, in whole numbers and exact; no linear program has to be
// solved in fractions. A total that is hidden itself, while a higher one is
// printed, needs no case of its own.
//
// Figures are not negative. A printed zero is rounded as other figures are.
//
// # Protection
//
// A publisher hides a cell because it would tell of one or two respondents. Where
// the table leaves no doubt about a hidden cell, because of its sums, printing
// those sums again tells it. Protect therefore takes sums out of the table, as few
// as will do, until no hidden cell can be known closer than a share of itself. That
// always ends: with the totals of its row, of its column and of the table hidden,
// all three can grow together with a cell, which can then be anything.
//
// The rule that keeps protected cells safe is: everything that is published is
// worked out from what is published. Bounds and estimates are to be taken from the
// table that Protect returns, with seeds from such tables. They then tell nobody
// anything that the printed figures do not, and the bounds of that table are the
// best that anybody can find out about a protected cell. (That totals are withheld
// tells that the cell had narrow bounds with them, but not where.)
//
// Sources: Ford and Fulkerson (1962) for circulations; Edmonds and Karp (1972)
// for maximum flows; Gusfield (1988), A graph theoretic approach to statistical
// data security, for bounds of hidden cells as flows; Deming and Stephan (1940)
// for iterative proportional fitting; Cox and Ernst (1982), Controlled rounding.
package suppression
