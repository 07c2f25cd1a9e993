// Package scb reads what Statistics Sweden (SCB) publishes: the municipal and
// regional energy statistics (KRE, EN0203; made for the Swedish Energy Agency)
// as downloaded from the pages of the statistical database or as answers of its
// services, and the population, as a workbook or as an answer.
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
// What answers of the services (live.go) hold against theirs:
//
//   - Codes are SCB's own and stay, labels differ from those of the files: sums are
//     "totalt", names come with the code before them or without. A code that is known
//     counts, unless its label is known for another; a new code counts by its label.
//   - In json-stat2 a secret figure is null, with ".." as its status. A null that no
//     status explains is refused. The format json has ".." among the figures, and no
//     labels: codes that are not known cannot be read from it.
//   - An edition's date is the day of the table's last change where the answer tells
//     it.
//
// A file without region codes is not read: where its owner has removed the codes
// and emptied the cells marked "..", neither the area nor what an empty cell means
// can be known.
package scb
