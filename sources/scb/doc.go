// Package scb reads what Statistics Sweden (SCB) publishes: the municipal and
// regional energy statistics (KRE, EN0203; made for the Swedish Energy Agency)
// as downloaded from the statistical database, and the population workbook.
//
// What the files hold against their reader:
//
//   - The energy tables are wide, one column per year, and name categories and
//     fuels by their Swedish labels; only regions carry a code. The labels are
//     mapped to the codes that SCB uses in its interface.
//   - They come as ISO-8859-1 with commas (and labels that contain commas), as
//     UTF-8 with semicolons, and as UTF-8 in which a tool has replaced å, ä, ö and
//     é by U+FFFD. Labels are therefore compared by their ASCII letters alone.
//   - Secrecy is heavy, and a sum may be secret too, or silently leave secret
//     parts out (wind before 2012). A sum is never a check on its parts.
//   - Heby changed county in 2007 and its code from 1917 to 0331. Tables that span
//     the change list both codes for every year, with 0 or ".." where a code is not
//     in use: such a zero is no figure. The same holds for the counties 15 and 16,
//     which ceased in 1998.
//
// A file without region codes is not read: where its owner has removed the codes
// and emptied the cells marked "..", neither the area nor what an empty cell means
// can be known.
package scb
