// Package pxweb is what publishers with a PxWeb database have in common: the
// metadata of a table, answers in two formats, and questions that stay below the
// service's limits. Like package sources it is no publisher itself: it
// serves those, and knows no table.
//
// A table has variables (region, year, ...), each with values that have a code and
// a label. Metadata list them. An answer in the format json gives codes alone, as
// texts; one in the format json-stat2 gives codes and labels, with the figures in
// one row-major list. Version 1 of the interface has metadata of its own and
// answers in either format; in version 2 metadata are a json-stat2 data set
// without figures. Some services write a byte order mark before any of them.
//
// What a code means is the publisher's matter: some give codes of their own, with
// others a code is the place of a value in a list that moves.
package pxweb
