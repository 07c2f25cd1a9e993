package pipeline

// ExitCode is what the program tells the one who called it.
type ExitCode int

// The exit codes. With several plans the worst counts, in the order of Worst.
const (
	Done        ExitCode = 0   // done, also when nothing was new
	Failed      ExitCode = 1   // a needed input is bad, or something broke
	Usage       ExitCode = 2   // the command line or a plan file is wrong
	Withheld    ExitCode = 3   // a check failed: the last good snapshot still stands
	Stale       ExitCode = 4   // published from a last good extract, because a live source failed
	Busy        ExitCode = 5   // another run holds the workspace
	Interrupted ExitCode = 130 // stopped by a signal
)

// Worst returns the code that counts of two.
func Worst(a, b ExitCode) ExitCode {
	for _, c := range []ExitCode{Interrupted, Busy, Usage, Failed, Withheld, Stale} {
		if a == c || b == c {
			return c
		}
	}
	return Done
}
