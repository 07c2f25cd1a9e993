package web

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"samkraft/pipeline"
)

// SecretVariable is the environment variable that holds the key of a source:
// SAMKRAFT_KEY_KLIMAREGNSKABET. The same name with _FILE after it names a file that
// holds it.
func SecretVariable(source string) string {
	return "SAMKRAFT_KEY_" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, source)
}

// Secrets looks keys up in an environment, which lookup reads as os.LookupEnv does. The
// func that it returns gives the key of a source, or "" where there is none.
func Secrets(lookup func(name string) (string, bool)) func(source string) (string, error) {
	return func(source string) (string, error) { return Secret(lookup, SecretVariable(source)) }
}

// Secret looks a secret up: it stands in a variable of the environment, or in a file
// that the variable with _FILE names; "" where there is none. A file is refused unless
// it gives nothing to its group and to others (which Windows does not tell in this way,
// and is not asked).
func Secret(lookup func(name string) (string, bool), variable string) (string, error) {
	key, there := lookup(variable)
	name, inFile := lookup(variable + "_FILE")
	there, inFile = there && key != "", inFile && name != ""
	switch {
	case there && inFile:
		return "", &pipeline.Problem{
			File: variable, What: "both it and " + variable + "_FILE are set", Expected: "one of them", Remedy: "unset the other",
		}
	case inFile:
		var err error
		if key, err = secretFile(name); err != nil {
			return "", err
		}
		variable = name
	}
	key = strings.TrimSpace(key)
	if (there || inFile) && (key == "" || strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' })) {
		return "", &pipeline.Problem{File: variable, What: "it holds no key", Expected: "one line of printable ASCII"}
	}
	return key, nil
}

// secretFile reads a small file that only its owner may read.
func secretFile(name string) (string, error) {
	refuse := func(what, remedy string) (string, error) {
		return "", &pipeline.Problem{File: name, What: what, Expected: "a file that only its owner may read, with a key in it", Remedy: remedy}
	}
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() { // opening a pipe would wait for ever
		if err == nil {
			return refuse("it is no regular file", "")
		}
		return refuse("it cannot be read: "+err.Error(), "")
	}
	f, err := os.Open(name)
	if err != nil {
		return refuse("it cannot be read: "+err.Error(), "")
	}
	defer f.Close()
	info, err := f.Stat() // of what was opened, not of what has the name now
	if err != nil {
		return refuse("it cannot be read: "+err.Error(), "")
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return refuse(fmt.Sprintf("it is open to its group or to others (%#o)", mode), "chmod 600 "+name)
	}
	text, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return refuse("it cannot be read: "+err.Error(), "")
	}
	return string(text), nil
}
