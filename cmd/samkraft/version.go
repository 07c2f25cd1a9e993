package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is the release; it is set here and in CHANGELOG.md together.
const version = "0.1.0"

func newVersion(s *settings) *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Say which version this is", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		revision := ""
		if info, ok := debug.ReadBuildInfo(); ok {
			for _, setting := range info.Settings {
				if setting.Key == "vcs.revision" {
					revision = ", revision " + setting.Value
				}
			}
		}
		_, err := fmt.Fprintf(s.out, "samkraft %s (%s, %s/%s%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, revision)
		return err
	}}
}
