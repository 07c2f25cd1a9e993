package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/crypto/bcrypt"
	"golang.org/x/term"

	"samkraft/pipeline"
	"samkraft/sinks/gate"
)

// hashCost is what a password's hash costs to try: a quarter of a second.
const hashCost = 12

// A password of an access file: bcrypt looks at no more.
const shortestPassword, longestPassword = 10, 72

func newAccess(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "access", Short: "Say who may read what a server serves", Args: cobra.NoArgs}
	c.AddCommand(&cobra.Command{
		Use: "hash", Short: "Make the hash of a password, for an access file", Args: cobra.NoArgs,
		Long: `Reads a password of 10 to 72 bytes from standard input (a terminal does not show it) and prints its bcrypt
hash for the key 'users' of an access file. The password itself is kept nowhere.`,
		Example: `  samkraft access hash
  samkraft access hash < password.txt`,
		RunE: func(*cobra.Command, []string) error {
			password, err := s.password()
			if err != nil {
				return fails(err)
			}
			if len(password) < shortestPassword || len(password) > longestPassword {
				return exit{pipeline.Usage, fmt.Errorf("the password has %d bytes; expected %d to %d", len(password), shortestPassword, longestPassword)}
			}
			hash, err := bcrypt.GenerateFromPassword([]byte(password), hashCost)
			if err != nil {
				return fails(err)
			}
			fmt.Fprintln(s.out, string(hash))
			return nil
		},
	}, &cobra.Command{
		Use: "check FILE", Short: "Check an access file", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := gate.Read(args[0])
			if err != nil {
				return exit{pipeline.Usage, err}
			}
			who := counted(len(a.Users), "user", "users")
			switch {
			case a.Open:
				who = "everybody"
			case a.Proxy != nil && a.Proxy.Identity != "":
				who += ", and whom the proxy names in " + a.Proxy.Identity
			}
			fmt.Fprintf(s.out, "%s is a good access file: %s may come in\n", args[0], who)
			return nil
		},
	})
	return c
}

// password reads a line from standard input, which a terminal does not show.
func (s *settings) password() (string, error) {
	if file, ok := s.in.(*os.File); ok && isTerminal(file) {
		fmt.Fprint(s.err, "Password: ")
		text, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(s.err)
		return string(text), err
	}
	if s.in == nil {
		return "", errors.New("there is no standard input to read a password from")
	}
	text, err := bufio.NewReader(s.in).ReadString('\n')
	if text == "" {
		return "", fmt.Errorf("no password on standard input: %w", err)
	}
	return strings.TrimRight(text, "\r\n"), nil
}
