package transforms

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"samkraft/pipeline"
)

// fixed is a relation whose rows are known before any model runs: what the plan
// says, and the registries. A cell is SQL text: a literal.
type fixed struct {
	name    string // with schema
	columns string // name and type, as in CREATE TABLE
	rows    [][]string
}

// loadFixed makes one of these relations.
func (b *build) loadFixed(ctx context.Context, relation string) error {
	for _, f := range b.fixed {
		if f.name == relation {
			return b.insert(ctx, f)
		}
	}
	return fmt.Errorf("there is no such relation")
}

func (b *build) insert(ctx context.Context, f fixed) error {
	if err := b.exec(ctx, fmt.Sprintf("CREATE TABLE %s (%s)", f.name, f.columns)); err != nil {
		return err
	}
	for start := 0; start < len(f.rows); start += 200 {
		var values []string
		for _, row := range f.rows[start:min(start+200, len(f.rows))] {
			values = append(values, "("+strings.Join(row, ", ")+")")
		}
		if err := b.exec(ctx, fmt.Sprintf("INSERT INTO %s VALUES %s", f.name, strings.Join(values, ", "))); err != nil {
			return err
		}
	}
	if f.name == "registry.factor" {
		return b.exec(ctx, macros...)
	}
	return nil
}

// planRelations says what the plan file says, as tables.
func planRelations(job pipeline.Job) []fixed {
	p := job.Plan
	id := quote(p.ID)
	plan := fixed{"plan.plan", "plan VARCHAR, name_da VARCHAR, name_sv VARCHAR, name_en VARCHAR, base_year SMALLINT, price_year SMALLINT, discount_rate DOUBLE, currency VARCHAR",
		[][]string{{id, quote(p.Name.DA), quote(p.Name.SV), quote(p.Name.EN), strconv.Itoa(p.BaseYear), strconv.Itoa(p.PriceYear), decimal(*p.DiscountRate), quote(p.Currency)}}}
	member := fixed{name: "plan.member", columns: "plan VARCHAR, bit INTEGER, country VARCHAR, muni_code VARCHAR, name VARCHAR, nuts3 VARCHAR, zone VARCHAR"}
	target := fixed{name: "plan.target", columns: "plan VARCHAR, country VARCHAR, muni_code VARCHAR, kind VARCHAR, counts VARCHAR, value DOUBLE, year SMALLINT, basis_wanted VARCHAR, industry BOOLEAN, one_stock VARCHAR, status VARCHAR"}
	agreement := fixed{name: "plan.agreement", columns: "plan VARCHAR, agreement_id VARCHAR, title_da VARCHAR, title_sv VARCHAR, title_en VARCHAR, status VARCHAR, mechanism VARCHAR, quorum INTEGER, key_type VARCHAR, key_shares VARCHAR, key_reason VARCHAR, valid_from SMALLINT, valid_to SMALLINT, definition VARCHAR"}
	signatory := fixed{name: "plan.signatory", columns: "plan VARCHAR, agreement_id VARCHAR, bit INTEGER, country VARCHAR, muni_code VARCHAR"}
	for bit, m := range p.Members {
		full, err := pipeline.FindMunicipality(m.Country, m.Code)
		if err != nil {
			panic(err) // the plan has been checked
		}
		member.rows = append(member.rows, []string{id, strconv.Itoa(bit), quote(m.Country), quote(m.Code), quote(full.Name), quote(full.NUTS3), quote(full.Zone)})
		for _, t := range p.Targets {
			if t.Members.Has(m.Code) {
				industry, stock, value := !slices.Contains(t.Scope, "no_industry"), "-", "NULL"
				if t.Kind == pipeline.FossilFreeHeat {
					stock = "heat_fossil"
				}
				if t.Value != nil {
					value = decimal(*t.Value)
				}
				target.rows = append(target.rows, []string{id, quote(m.Country), quote(m.Code), quote(t.Kind), quote(t.Counts()), value, strconv.Itoa(t.Year), quote(t.Basis), strconv.FormatBool(industry), quote(stock), quote(t.Status)})
			}
		}
	}
	for _, a := range p.Agreements {
		agreement.rows = append(agreement.rows, []string{id, quote(a.ID), quote(a.Title.DA), quote(a.Title.SV), quote(a.Title.EN), quote(a.Status), quote(a.Mechanism), strconv.Itoa(a.Quorum), quote(a.Key.Type), quote(a.Key.Shares), text(a.Key.Reason), year(a.From), year(a.To), quote(definition(a))})
		for bit, m := range p.Members {
			if a.Signatories.Has(m.Code) {
				signatory.rows = append(signatory.rows, []string{id, quote(a.ID), strconv.Itoa(bit), quote(m.Country), quote(m.Code)})
			}
		}
	}
	source := fixed{name: "plan.source", columns: "plan VARCHAR, source_id VARCHAR, title VARCHAR, publisher VARCHAR, licence VARCHAR, attribution VARCHAR, redistributable BOOLEAN, origin VARCHAR, address VARCHAR"}
	extract := fixed{name: "plan.extract", columns: "plan VARCHAR, source_id VARCHAR, dataset VARCHAR, extract_sha256 VARCHAR, as_of DATE, bytes BIGINT, made_up BOOLEAN"}
	d := p.DegreeDayDefinition()
	degreeDays := fixed{"plan.degree_days", "gd_definition_id VARCHAR, normal_from SMALLINT, normal_to SMALLINT",
		[][]string{{quote(d.ID), strconv.Itoa(d.NormalFrom), strconv.Itoa(d.NormalTo)}}}
	chp := fixed{"plan.chp", "chp_method VARCHAR", [][]string{{quote(p.CHPMethod)}}}
	seen := map[string]bool{}
	for _, s := range job.DataSets {
		pub := s.Publisher
		if !seen[pub.ID] {
			seen[pub.ID] = true
			source.rows = append(source.rows, []string{id, quote(pub.ID), quote(pub.Title), quote(pub.Name), quote(pub.Licence), quote(pub.Attribution), strconv.FormatBool(pub.Redistributable), quote(origin(job)), quote(pub.Address)})
		}
		for _, x := range s.Extracts {
			var size int64
			madeUp := false
			for _, part := range x.Extract.Parts {
				size += part.Bytes
				madeUp = madeUp || job.Origin == pipeline.FromSample && strings.HasPrefix(part.Name, pipeline.MadeUp)
			}
			extract.rows = append(extract.rows, []string{id, quote(pub.ID), quote(s.DataSet.ID), quote(x.Extract.SHA256), text(x.AsOf), strconv.FormatInt(size, 10), strconv.FormatBool(madeUp)})
		}
	}
	uncertainty := fixed{"plan.uncertainty", "plan VARCHAR, draws INTEGER, seed BIGINT",
		[][]string{{id, strconv.Itoa(*p.Uncertainty.Draws), strconv.FormatInt(p.Uncertainty.Seed, 10)}}}
	reference := fixed{name: "plan.reference", columns: "stock VARCHAR, growth DOUBLE"}
	for _, stock := range slices.Sorted(maps.Keys(p.Reference)) {
		reference.rows = append(reference.rows, []string{quote(stock), decimal(p.Reference[stock])})
	}
	ownFile, own := ownRelations(p)
	return []fixed{ownFile, own, plan, degreeDays, chp, member, target, reference, agreement, signatory, uncertainty, source, extract}
}

// definition is all that the plan says of an agreement.
func definition(a pipeline.Agreement) string {
	text, err := json.Marshal(a)
	if err != nil {
		panic(err) // made of texts and finite numbers: the plan has been checked
	}
	return string(text)
}

// origin says whether a plan's data are of the sample. Files from a mirror and
// the same files from the archive are the same data.
func origin(job pipeline.Job) string {
	if job.Origin == pipeline.FromSample {
		return string(pipeline.FromSample)
	}
	return string(pipeline.FromMirror)
}

// decimal, text and year write literals; an empty text and the year 0 are null.
func decimal(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) + "::DOUBLE" }
func text(s string) string {
	if s == "" {
		return "NULL"
	}
	return quote(s)
}
func year(y int) string {
	if y == 0 {
		return "NULL"
	}
	return strconv.Itoa(y)
}

// registryColumns declares the columns of the files in registry/, which are CSV
// with a header.
var registryColumns = map[string]string{
	"carrier": "carrier_id VARCHAR, level1 VARCHAR, parent VARCHAR, name VARCHAR, fossil BOOLEAN, biogenic BOOLEAN, memo BOOLEAN",
	"sector":  "sector_id VARCHAR, level1 VARCHAR, parent VARCHAR, name VARCHAR, memo BOOLEAN",
	"factor":  `factor_id VARCHAR, "group" VARCHAR, country VARCHAR, year SMALLINT, value DOUBLE, low DOUBLE, high DOUBLE, unit VARCHAR, price_base_year SMALLINT, currency VARCHAR, distribution VARCHAR, ef_role VARCHAR, source VARCHAR, mark VARCHAR, note VARCHAR`,
	"measure": "measure_id VARCHAR, stock VARCHAR, name VARCHAR, stage SMALLINT, carrier_from VARCHAR, carrier_to VARCHAR, invest VARCHAR, invest_per VARCHAR, saving VARCHAR, saving_per VARCHAR, life VARCHAR, upkeep VARCHAR, upkeep_per VARCHAR, variable VARCHAR, share VARCHAR",
	"plant":   "measure_id VARCHAR, part VARCHAR, resource VARCHAR, name VARCHAR, carrier_id VARCHAR, invest VARCHAR, upkeep VARCHAR, variable VARCHAR, life VARCHAR, hours VARCHAR, yield VARCHAR, fuel_price VARCHAR, cop VARCHAR",
	"package": "stock VARCHAR, package_id VARCHAR, measure_id VARCHAR",
}

func readRegistries() ([]fixed, error) {
	muni := fixed{name: "registry.municipality", columns: "country VARCHAR, muni_code VARCHAR, name VARCHAR, nuts3 VARCHAR, zone VARCHAR"}
	for _, m := range pipeline.Municipalities() {
		muni.rows = append(muni.rows, []string{quote(m.Country), quote(m.Code), quote(m.Name), quote(m.NUTS3), text(m.Zone)})
	}
	all := []fixed{muni}
	entries, err := files.ReadDir("registry")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		id := strings.TrimSuffix(e.Name(), ".csv")
		f := fixed{name: "registry." + id, columns: registryColumns[id]}
		r, err := files.Open(path.Join("registry", e.Name()))
		if err != nil {
			return nil, err
		}
		records, err := csv.NewReader(r).ReadAll()
		r.Close()
		if err != nil {
			return nil, fmt.Errorf("registry/%s: %w", e.Name(), err)
		}
		if want := strings.Count(f.columns, ", ") + 1; f.columns == "" || len(records[0]) != want {
			return nil, fmt.Errorf("registry/%s: %d columns, %d are declared", e.Name(), len(records[0]), want)
		}
		for _, record := range records[1:] {
			row := make([]string, len(record))
			for i, cell := range record {
				row[i] = text(cell)
			}
			f.rows = append(f.rows, row)
		}
		all = append(all, f)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].name < all[j].name })
	return all, nil
}

// Measures lists the ids of the saving measures that the program knows.
func Measures() []string {
	r, err := files.Open("registry/measure.csv")
	if err != nil {
		panic(err) // embedded at build time: cannot fail at run time
	}
	defer r.Close()
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		panic(err)
	}
	var ids []string
	for _, record := range records[1:] {
		ids = append(ids, record[0])
	}
	return ids
}

func registryHash(registries []fixed) string {
	var parts []any
	for _, f := range registries {
		parts = append(parts, f.name, f.columns, f.rows)
	}
	return pipeline.Hash(parts)
}
