package standin

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// book is a workbook that is made up: one sheet with titles, a header and rows.
type book struct {
	sheet  string
	above  [][]any
	header []any
	units  []any // below the header; nil for none
	rows   [][]any
	column int   // that a twist renames, and before which it puts another
	more   *book // a second sheet
}

// write writes the workbook, with what is to be wrong with it.
func (b book) write(twist Twist) ([]byte, error) {
	file := excelize.NewFile()
	defer file.Close()
	if err := file.SetSheetName("Sheet1", b.sheet); err != nil {
		return nil, err
	}
	if err := b.fill(file, twist); err != nil {
		return nil, err
	}
	if b.more != nil {
		if _, err := file.NewSheet(b.more.sheet); err != nil {
			return nil, err
		}
		if err := b.more.fill(file, ""); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	err := file.Write(&out)
	return out.Bytes(), err
}

func (b book) fill(file *excelize.File, twist Twist) error {
	header, rows := slices.Clone(b.header), b.rows
	above := b.above
	switch twist {
	case ChangedHeader:
		above = append(slices.Clone(above), []any{"Opdateret udgave"})
	case RenamedColumn:
		header[b.column] = "Nyt navn"
	case DuplicateRows:
		rows = append(slices.Clone(rows), rows[0])
	case NoRows:
		rows = nil
	}
	all := append(slices.Clone(above), header)
	if b.units != nil {
		all = append(all, b.units)
	}
	w, err := file.NewStreamWriter(b.sheet)
	if err != nil {
		return err
	}
	for i, row := range append(all, rows...) {
		if twist == ExtraColumn && i >= len(above) {
			value := any("ny")
			if i == len(above) {
				value = "Ny oplysning"
			}
			row = slices.Insert(slices.Clone(row), b.column, value)
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			return err
		}
	}
	return w.Flush()
}

// gsrn is the number of a made-up turbine: seventeen digits and a check digit.
func gsrn(n int) string {
	s := fmt.Sprintf("5707150%010d", n)
	sum := 0
	for i, d := range s {
		sum += int(d-'0') * []int{3, 1}[i%2]
	}
	return s + fmt.Sprint((10-sum%10)%10)
}

var ensPlaces = []string{"253 - Greve", "259 - Køge", "269 - Solrød", "336 - Stevns", "820 - Vesthimmerland", "1 - Kommune Ukendt"}

// vinddata is the register of today: text throughout, with decimal commas; what
// stands under Kommune and Type af placering has changed places. The production of
// every third turbine is withheld.
func vinddata(turbines int, newest time.Time) book {
	b := book{sheet: "Vinddatasæt", column: 4, above: [][]any{{"Stamdata"}, {nil, nil, nil, nil, "Tekniske oplysninger", nil, nil, nil, nil, "Placering"}},
		header: []any{"Møllenummer (GSRN)", "Parknummer (relation)", "Dato for oprindelig nettilslutning", "Dato for afmeldning", "Kapacitet (kW)", "Rotor-diameter (m)", "Navhøjde (m)", "Fabrikat", "Typebetegnelse",
			"Kommune", "Type af placering", "MatrikelLav", "Matrikel-nummer", "UTM x-koordinat ", "UTM y-koordinat ", "Koordinatoprindelse"}}
	months := ensMonths(newest)
	b.header = append(b.header, months...)
	for i := range turbines {
		gone := ""
		if i%50 == 49 {
			gone = "2023-05-31"
		}
		row := []any{gsrn(i), "", fmt.Sprintf("%d-06-15", 1985+i%37), gone, fmt.Sprint(150 + i%40*75), "47,5", "0,1", "Vestas Wind Systems A/S", "V 47", "LAND", ensPlaces[i%len(ensPlaces)], "Uoplyst", "2a",
			fmt.Sprintf("%d,5", 690000+i%9000), fmt.Sprint(6150000 + i%7000), "SDFE2018"}
		for m := range months {
			kwh := fmt.Sprintf("%d,25", 20000+(i*31+m*977)%90000)
			if i%3 == 2 || gone != "" && m > 4 {
				kwh = ""
			}
			row = append(row, kwh)
		}
		b.rows = append(b.rows, row)
	}
	return b
}

func ensMonths(newest time.Time) (months []any) {
	for m := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC); !m.After(newest); m = m.AddDate(0, 1, 0) {
		months = append(months, m.Format("2006-01"))
	}
	return months
}

// parkproduktion is the production of parks that are metered as one.
func parkproduktion(newest time.Time) book {
	b := book{sheet: "Vindmølleparkers produktion", above: [][]any{{"Anlægsdata", "Produktionsdata"}}, header: append([]any{"Parknummer (relation)"}, ensMonths(newest)...)}
	b.rows = [][]any{{"9FF2FEBA-CEFC-4570-9052-E430239F5A03", "70321,36"}}
	return b
}

// oldRegister is the register as it was in October 2021.
func oldRegister() book {
	above := make([][]any, 17)
	above[1] = []any{"Stamdataregister for vindkraftanlæg"}
	above[3] = []any{"2021.10.30"}
	head := []any{"Møllenummer (GSRN)", "Dato for oprindelig nettilslutning", "Kapacitet (kW)", "Rotor-diameter (m)", "Navhøjde (m)", "Fabrikat", "Model", "Kommune-nr.", "Kommune", "Type af placering", "Ejerlav",
		"Matrikel-nummer", "X (øst) koordinat UTM 32 Euref89", "Y (nord) koordinat UTM 32 Euref89", "Koordinatoprindelse", "Netselskabets installations-nummer"}
	years := make([]any, len(head))
	row := []any{gsrn(1), 37000, 660, 47, 45, "Vestas", "V47", 253, "Greve", "LAND", "Karlslunde", "2a", 700000, 6160000, "KMS", "123"}
	for y := 2018; y <= 2020; y++ {
		years, row = append(years, y), append(row, 1_000_000+y)
	}
	above[16] = years
	gone := slices.Insert(slices.Clone(head), 2, any("Dato for afmeldning"))
	gone[7] = "Typebetegnelse"
	goneAbove := slices.Clone(above)
	goneAbove[16] = slices.Insert(slices.Clone(years), 2, any(nil))
	return book{sheet: "IkkeAfmeldte-Existing turbines", above: above, header: head, rows: [][]any{row}, column: 2,
		more: &book{sheet: "Afmeldte-Decommissioned", above: goneAbove, header: gone}}
}

// plantCount is the producer count of three years, the last as given: one row a
// unit and year, and blank rows at the foot.
func plantCount(last int) book {
	names := "vaerk_id,vrkanl_ny,vaerk_navn,aar,vaerk_postnr,vaerk_kommune,fv_net,fv_net_navn,vrktypeid,vrktypenavn,anlaegstype_navn,DB07,idriftdato,skrotdato,indfyretkapacitet_MW,elkapacitet_MW,varmekapacitet_MW,brutto_TJ," +
		"varmeprod_TJ,varmelev_TJ,elprod_TJ,ellev_TJ,andel_varmelev,andel_el,andel_process,naturgas_TJ,halm_TJ,skovflis_TJ,elektricitet_TJ"
	b := book{sheet: fmt.Sprintf("EPT%d-%d", last-2, last), column: 17}
	for _, n := range strings.Split(names, ",") {
		b.header = append(b.header, n)
	}
	for year := last - 2; year <= last; year++ {
		for i, muni := range []int{253, 259, 269, 336} {
			heat := 100 + 50*i + year%10
			b.rows = append(b.rows, []any{fmt.Sprintf("V%d", i), fmt.Sprintf("%d01", 100+i), "Varmeværk", year, 4600, muni, 2, "Storkøbenhavns Fjernvarme", "FJ", "Fjernvarmeværk", "Kedel", 353000, 36526, 0,
				20.5, 0, 18, heat + 10, heat, heat, 0, 0, 1, 0, 0, 10, heat, 0, nil})
		}
	}
	b.rows = append(b.rows, []any{nil}, []any{nil})
	return b
}

// heatNets are the district heating nets of three years by the 200 % method.
func heatNets(last int) book {
	b := book{sheet: "200pct metode", above: [][]any{{"Fjernvarmenet, brændsler og CO2"}}, column: 3}
	b.header, b.units = []any{nil, "År", "FV_NetID"}, []any{nil, nil, nil}
	values := []any{}
	for _, c := range []struct {
		unit, names string
		value       any
	}{
		{"GJ", "Varme_Lev_til_net", 18907200.5}, {"kg CO2/GJvarme", "CO2 - Varme,CO2 - El,CO2 - El&Varme", 6.25}, {"GJel/GJvarme", "Ellev (el/varme)", 0.5}, {"p.u.", "andel kraftvarme,andel kedler,andel andet", 0.25},
		{"GJ/GJleveret", "Kul,Olie,Gas,Affald (fossil),Halm,Skovflis,Brænde,Træpiller,Træaffald,Affald (bio),Biobrændsler (bioolie),Biogas,Overskudsvarme,Solvarme,El", 0.125},
	} {
		for _, n := range strings.Split(c.names, ",") {
			b.header, b.units, values = append(b.header, n), append(b.units, c.unit), append(values, c.value)
		}
	}
	for _, net := range []struct {
		id   int
		name string
	}{{2, "Storkøbenhavns Fjernvarme"}, {339, "Havdrup Fjernvarme"}} {
		for year := last - 2; year <= last; year++ {
			b.rows = append(b.rows, append([]any{net.name, year, net.id}, values...))
		}
	}
	return b
}
