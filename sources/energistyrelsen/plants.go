package energistyrelsen

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// plantTexts, plantCapacities, plantEnergies and plantShares are the columns of
// the producer count that every edition must have. It is read by name: order
// differs between editions, and columns come and go.
var (
	plantTexts      = []string{"vaerk_id", "vrkanl_ny", "vaerk_navn", "aar", "vaerk_kommune", "fv_net", "fv_net_navn", "vrktypeid", "anlaegstype_navn", "DB07", "idriftdato", "skrotdato"}
	plantCapacities = []string{"indfyretkapacitet_MW", "elkapacitet_MW", "varmekapacitet_MW"}
	plantEnergies   = []string{"brutto_TJ", "varmeprod_TJ", "varmelev_TJ", "elprod_TJ", "ellev_TJ"}
	plantShares     = []string{"andel_varmelev", "andel_el", "andel_process"}
)

// fuels are the fuel columns; an edition has most of them.
var fuels = []struct{ column, fuel string }{
	{"kul_TJ", "coal"}, {"fuelolie_TJ", "fuel_oil"}, {"spildolie_TJ", "waste_oil"}, {"gasolie_TJ", "gas_oil"},
	{"raffinaderigas_TJ", "refinery_gas"}, {"lpg_TJ", "lpg"}, {"petrokoks_TJ", "petroleum_coke"}, {"naturgas_TJ", "natural_gas"},
	{"affald_TJ", "waste"}, {"biogas_TJ", "biogas"}, {"halm_TJ", "straw"}, {"skovflis_TJ", "wood_chips"},
	{"trae- og biomasseaffald_TJ", "wood_waste"}, {"traepiller_TJ", "wood_pellets"}, {"bio-olie_TJ", "bio_oil"},
	{"braendselsfrit_TJ", "fuel_free"}, {"solenergi_TJ", "solar"}, {"vandkraft_TJ", "hydro"},
	{"elektricitet_TJ", "electricity"}, {"omgivelsesvarme_TJ", "ambient_heat"},
}

// plantTypes are the agency's classes of plant.
var plantTypes = map[string]string{"CE": "central", "DC": "decentral", "FJ": "district_heating", "ER": "industrial", "LO": "local", "VA": "hydro"}

// plantReader carries what the rows need of the header and of those above them.
type plantReader struct {
	at       map[string]int
	fuels    []fuelColumn
	withheld map[string]int // how many units without a number share municipality, day and year
	newest   int
	ended    bool
	out      pipeline.Output
}

type fuelColumn struct {
	column int
	fuel   string
}

// decodePlants reads the producer count. It names no day of its own: its state is
// the end of its last year.
func decodePlants(ctx context.Context, book *sources.Workbook, out pipeline.Output) (pipeline.Edition, error) {
	name := ""
	for _, s := range book.Sheets() {
		if name == "" || producerSheet(s) && !producerSheet(name) {
			name = s
		}
	}
	p := plantReader{withheld: map[string]int{}, out: out}
	s := &sheet{book: book, name: name, mark: '.'}
	err := s.each(ctx, func(r row) error {
		switch {
		case r.number == 1:
			return p.header(r)
		case r.blank():
			p.ended = true // the recorded edition has formatted blank rows at its foot
			return nil
		case p.ended:
			return r.problem(-1, "a row stands below the blank rows at the foot", "nothing")
		}
		return p.unit(r)
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	if p.newest == 0 {
		return pipeline.Edition{}, book.Problem(name, 1, "", "there are no units", "a header and rows")
	}
	return pipeline.Edition{AsOf: sources.EndOfYear(p.newest)}, nil
}

func (p *plantReader) header(r row) error {
	r.sheet.header = headings(r.cells)
	p.at = map[string]int{}
	for i, name := range r.sheet.header {
		if _, twice := p.at[name]; twice && name != "" {
			return r.problem(i, fmt.Sprintf("column %q stands twice", name), "every column once")
		}
		p.at[name] = i
	}
	known := map[string]bool{}
	for _, group := range [][]string{plantTexts, plantCapacities, plantEnergies, plantShares} {
		for _, name := range group {
			if _, ok := p.at[name]; !ok {
				return r.problem(-1, fmt.Sprintf("column %q is missing", name), "the columns of the producer count, by name")
			}
			known[name] = true
		}
	}
	for _, f := range fuels {
		known[f.column] = true
		if i, ok := p.at[f.column]; ok {
			p.fuels = append(p.fuels, fuelColumn{i, f.fuel})
		}
	}
	if len(p.fuels) == 0 {
		return r.problem(-1, "there are no fuel columns", "kul_TJ, naturgas_TJ and so on")
	}
	// Editions add columns that describe plants, and those do no harm. A quantity
	// that is not known would be lost from the sums.
	for i, name := range r.sheet.header {
		if !known[name] && (strings.HasSuffix(name, "_TJ") || strings.HasSuffix(name, "_MW")) {
			return r.problem(i, fmt.Sprintf("%q is not a known quantity", name), "a known fuel or quantity")
		}
	}
	return nil
}

func (p *plantReader) unit(r row) error {
	at := func(name string) int { return p.at[name] }
	year, err := r.year(at("aar"))
	if err != nil {
		return err
	}
	municipality, err := r.municipality(at("vaerk_kommune"))
	if err != nil {
		return err
	}
	kind, ok := plantTypes[r.text(at("vrktypeid"))]
	if !ok {
		return r.problem(at("vrktypeid"), fmt.Sprintf("%q is not a type of plant", r.text(at("vrktypeid"))), "CE, DC, FJ, ER, LO or VA")
	}
	industry, err := industryCode(r, at("DB07"))
	if err != nil {
		return err
	}
	commissioned, err := r.date(at("idriftdato"))
	if err != nil {
		return err
	}
	scrapped, err := r.date(at("skrotdato"))
	if err != nil {
		return err
	}
	// Where a name or a number is 0 the agency means none.
	plant := r.words(at("vaerk_id"), "0")
	unit := r.words(at("vrkanl_ny"), "0")
	withheld := unit == nil
	if withheld != (plant == nil) {
		return r.problem(at("vrkanl_ny"), "only one of vaerk_id and vrkanl_ny is stated", "both or neither")
	}
	if withheld {
		unit = p.nameWithheld(municipality, commissioned, year)
	}
	values := []any{plant, unit, year, "DK", municipality, r.words(at("vaerk_navn"), "0"), r.words(at("fv_net"), "0"), r.words(at("fv_net_navn"), "0"),
		kind, r.words(at("anlaegstype_navn"), "0"), industry, commissioned, scrapped}
	for _, group := range []struct {
		columns   []string
		low, high float64
	}{{plantCapacities, 0, 100_000}, {plantEnergies, -1e6, 1e6}, {plantShares, -0.01, 1.01}} {
		for _, name := range group.columns {
			v, err := r.quantity(at(name), group.low, group.high)
			if err != nil {
				return err
			}
			values = append(values, v)
		}
	}
	p.newest = max(p.newest, year)
	location := r.location()
	if err := p.out.Row("ens_plant_year", location, append(values, withheld)...); err != nil {
		return err
	}
	for _, f := range p.fuels {
		v, err := r.quantity(f.column, -1e6, 1e6)
		if err != nil {
			return err
		}
		if v == nil || v.(pipeline.Decimal).IsZero() {
			continue // blank or 0: not used
		}
		if err := p.out.Row("ens_plant_fuel_year", location, unit, year, f.fuel, v); err != nil {
			return err
		}
	}
	return nil
}

// nameWithheld names a unit that the agency lists without a number, so that the
// same unit has the same name in the next edition.
func (p *plantReader) nameWithheld(municipality, commissioned any, year int) string {
	name := "withheld-unknown"
	if m, ok := municipality.(string); ok {
		name = "withheld-" + m
	}
	if d, ok := commissioned.(time.Time); ok {
		name += "-" + d.Format(time.DateOnly)
	}
	key := name + " " + strconv.Itoa(year)
	p.withheld[key]++
	return name + "-" + strconv.Itoa(p.withheld[key])
}

// industryCode reads a DB07 code, from which a spreadsheet has taken the leading
// zero.
func industryCode(r row, column int) (any, error) {
	s := r.text(column)
	if s == "" || s == "0" {
		return nil, nil
	}
	if len(s) == 5 {
		s = "0" + s
	}
	if len(s) != 6 || !sources.Digits(s) {
		return nil, r.problem(column, fmt.Sprintf("%q is not an industry", r.text(column)), "a DB07 code of six digits")
	}
	return s, nil
}
