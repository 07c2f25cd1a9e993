// Package notice tells people what became of the runs of a server: by webhook, by
// mail, and by a call that comes after each good run, so that its silence is noticed.
//
// It tells of changes of state, once each, and remembers in the workspace which state
// was told. What could not be delivered waits for the next run, at most one message of
// a kind for each address: the newest state is what counts. A message may come twice
// where nobody can know whether it arrived; its id is the same then.
//
// Telling has a time limit, and nothing that goes wrong with it is an error of the run.
// Addresses that may be secret are shown by scheme and host alone; passwords nowhere.
package notice
