// Package dst reads answers of Statistics Denmark's StatBank in its CSV format, and
// asks for them: the area of the municipalities (table ARE207), their population
// (FOLK1A by quarter, FOLK1AM by month), their buildings and heated area by heating
// (BYGB40) and their dwellings by heating (BOL102).
//
// What such an answer holds is the choice of whoever asked, and the traps are
// these. The answer does not name its table: it is known by its variables and
// by its figures. Areas, sexes and ages come as texts ("Greve", "I alt") or as
// codes ("253", "TOT"), with semicolons or, once saved by other programs, with
// commas, with or without a byte order mark, and with columns in any order.
// Nation, regions and provinces stand among the municipalities. Population comes
// with its parts by sex, age and marital status, and only the rows of all of
// them together are the population. Numbers have a decimal comma.
//
// Codes are asked for, which are as good as the table's description (tableinfo)
// says they are: it is read first, and where a code has got another meaning, a
// variable is gone or the areas are others, nothing is asked. The registers of
// buildings and dwellings have many codes and are decoded together with it.
//
// Closed tables such as SKOV1 (forest, 1990 and 2000) have municipalities of
// before 2007 under the names of today's: their Køge and Stevns are other
// territories. Such tables are not read, and nothing before 2007 is accepted.
package dst
