// Package energimyndigheten reads what the Swedish Energy Agency
// (Energimyndigheten) publishes in its PxWeb database: grid-connected solar
// power (EN0123_1) and wind power (EN0105_4) by municipality.
//
// What the files hold against their reader:
//
//   - The codes of an answer are positions in lists: region "151" is Halmstad only
//     because Halmstad stands there in the list of that day. A new year or a new
//     municipality moves them. An answer is therefore read together with the
//     metadata answer of the same table, which gives each code its label, and
//     regions are known by the code that begins the label ("1380 Halmstad").
//   - Every number is a text with two decimals, counts too ("166.00").
//   - ".." is a figure kept secret; many in 2016-2018, some in the newest year.
//   - Some answers begin with a byte order mark.
//   - Nothing was seen of the table of wind power but what clients ask of it. Its
//     labels are checked: "antal" for turbines, a power in MW.
//
// Of the agency's other tables, wind power by electricity area, on land and at sea
// (EN0105_5) and solar power per inhabitant (EN0123_2) say nothing of a municipality
// that these two do not.
//
// The table of solar power is also read in the form that others have made of it, as a CSV file
// with municipality codes.
package energimyndigheten

import (
	"context"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source is the Swedish Energy Agency.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	pvAnswer = "EN0123_1"
	pvCSV    = "EN0123_1_csv"

	windAnswer = "EN0105_4"
)

// marks are the agency's signs: two points stand for a figure kept secret.
var marks = sources.Marks{"..": pipeline.Suppressed}

// Publisher describes the source.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "energimyndigheten",
		Title:           "Swedish Energy Agency: grid-connected solar power, wind power",
		Name:            "Energimyndigheten",
		Licence:         "Official statistics of Sweden: free to use, credit asked for",
		Attribution:     "Energimyndigheten (Swedish Energy Agency), EN0123 and EN0105, processed",
		Redistributable: true,
		Address:         "https://pxexternal.energimyndigheten.se",
		DataSets: []pipeline.DataSet{
			{
				ID: pvAnswer, Substitute: pvCSV, Title: "Grid-connected solar power by municipality (EN0123_1, answer of the database with its metadata)",
				Countries: []string{"SE"}, Mode: pipeline.Upsert, Version: 1, Roles: []string{"data", "metadata"}, Tables: []pipeline.Table{pvTable("em_pv")},
			},
			{
				ID: pvCSV, Substitute: pvAnswer, Title: "Grid-connected solar power by municipality (EN0123_1 as a CSV file with municipality codes)",
				Countries: []string{"SE"}, Mode: pipeline.Upsert, Version: 1, Tables: []pipeline.Table{pvTable("em_pv_csv")},
			},
			{
				ID: windAnswer, Title: "Wind turbines by municipality (EN0105_4, answer of the database with its metadata)",
				Countries: []string{"SE"}, Mode: pipeline.Upsert, Version: 1, Roles: []string{"data", "metadata"}, Tables: []pipeline.Table{windTable},
			},
		},
	}
}

// Decode turns an extract into rows.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	if x.DataSet == pvCSV {
		return decodeCSV(ctx, x.Parts[0], out)
	}
	t, ok := tableOf(x.DataSet)
	if !ok {
		return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: "energimyndigheten has no data set " + x.DataSet}
	}
	last := len(x.Parts) - 1
	if last == 0 {
		return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: "the answer stands alone: its codes are positions in lists, and without the lists nobody can say which municipality a code is",
			Expected: "the answer and the metadata of table " + t.dataSet, Remedy: "put the metadata (the answer to GET on the address of the table) beside it"}
	}
	return t.decode(ctx, x.Parts[:last], x.Parts[last], out)
}
