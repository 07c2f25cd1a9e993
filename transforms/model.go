package transforms

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed models checks registry
var files embed.FS

// model is one table and how it comes about.
type model struct {
	name    string
	text    string   // the whole file: part of the cache key
	declare []string // CREATE TABLE; empty for an interim step in SQL
	comment []string // COMMENT ON: see declarations
	query   string   // what fills it; empty when Go does
	fill    *goModel // when Go fills it
	inputs  []string // names of the relations that it reads, sorted
	interim bool     // a step on the way, in models/interim, that is not published
}

// readModels reads the model files in order of their names.
func readModels() ([]model, error) {
	var models []model
	err := fs.WalkDir(files, "models", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".sql" {
			return err
		}
		text, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		m := model{name: strings.TrimSuffix(path.Base(name), ".sql"), text: string(text), interim: path.Base(path.Dir(name)) == "interim"}
		for _, s := range statements(m.text) {
			switch word := strings.ToUpper(strings.Fields(s)[0]); {
			case m.query != "":
				return fmt.Errorf("%s: a statement stands behind the SELECT", name)
			case word == "CREATE":
				m.declare = append(m.declare, s)
			case word == "COMMENT":
				m.comment = append(m.comment, s)
			case word == "SELECT" || word == "WITH" || word == "FROM":
				m.query = s
			default:
				return fmt.Errorf("%s: a model has no %s statement", name, word)
			}
		}
		if !strings.HasPrefix(m.text, "-- ") {
			return fmt.Errorf("%s: a model begins with a comment that says what one row is", name)
		}
		models = append(models, m)
		return nil
	})
	return models, err
}

// statements splits SQL at its semicolons, leaving alone those in texts and
// comments. Comments are dropped.
func statements(sql string) []string {
	var all []string
	var b strings.Builder
	for i := 0; i < len(sql); i++ {
		switch c := sql[i]; {
		case c == '-' && strings.HasPrefix(sql[i:], "--"):
			for i < len(sql) && sql[i] != '\n' {
				i++
			}
			b.WriteByte('\n')
		case c == '\'' || c == '"':
			end := strings.IndexByte(sql[i+1:], c)
			if end < 0 {
				end = len(sql) - i - 2
			}
			b.WriteString(sql[i : i+end+2])
			i += end + 1
		case c == ';':
			all = append(all, b.String())
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	all = append(all, b.String())
	kept := all[:0]
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}
