// Package keep says what stays in a workspace and takes away the rest: pins of snapshots,
// the rules by which things grow old, and the pruning itself.
//
// Whoever prunes holds the workspace. What goes is gone as a whole for a reader: a folder
// gets another name first. Cut off at any moment, the next pruning comes to the same end.
package keep
