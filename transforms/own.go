package transforms

import (
	"strconv"

	"samkraft/pipeline"
)

// ownTables hold what plans state themselves. They are empty where a plan has no
// data of its own, and nothing is missing then.
var ownTables = []string{"correction", "own_building", "own_figure", "own_measure"}

// ownRelations say which files a plan's own data come from, and whether its
// catalogue takes the place of the program's measures.
func ownRelations(p pipeline.Plan) (file, catalogue fixed) {
	file = fixed{name: "plan.own_file", columns: "kind VARCHAR, file VARCHAR, extract_sha256 VARCHAR"}
	for _, f := range p.OwnFiles {
		file.rows = append(file.rows, []string{quote(f.Kind), quote(f.Name), quote(f.SHA256)})
	}
	replaces := p.Own != nil && p.Own.Catalogue != nil && p.Own.Catalogue.Replaces != ""
	return file, fixed{"plan.own_catalogue", "replaces BOOLEAN", [][]string{{strconv.FormatBool(replaces)}}}
}
