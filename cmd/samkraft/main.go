// Command samkraft turns open energy data into the shared energy plan of a group
// of municipalities. 'samkraft help' explains it.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // local time must work on machines without a time-zone database
)

func main() {
	keepSmall()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(int(execute(ctx, program{
		args: os.Args[1:], in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv, clock: time.Now, pid: os.Getpid(),
		terminal: isTerminal(os.Stderr), terminalOut: isTerminal(os.Stdout), hangups: hangups, views: views(),
	})))
}

// hangups begins to take SIGHUP, which would otherwise end the program.
func hangups() <-chan os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	return c
}

// keepSmall says when garbage is collected: decoding makes much that is short-lived, so
// less often than usual, but the process stays small.
func keepSmall() {
	debug.SetGCPercent(300)
	debug.SetMemoryLimit(512 << 20)
}
