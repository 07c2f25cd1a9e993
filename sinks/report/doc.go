// Package report makes the report of a plan to the councils: three to six pages to
// print, in each language one file that is whole in itself. It begins with the answer
// and with what is asked of the council, and says then where the energy goes, what is
// within reach, who gains and who loses, how sure all of it is, and how it came about.
//
// It writes with a portal.Writer, so that figures, names and charts are those of the
// pages. Its sentences stand in texts.csv; which of them are said depends on the tables:
// a gain, a loss, nothing, or not known.
package report
