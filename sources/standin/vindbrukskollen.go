package standin

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
)

// Vindbrukskollen is the ArcGIS map service of the Swedish register of wind
// turbines: a layer for every state, of which a request gets two thousand rows at
// most. It refuses with status 200.
type Vindbrukskollen struct {
	Page   int // the most rows of an answer
	layers [][]turbineFeature
}

// turbineFeature is a made-up turbine. Its row is its OBJECTID.
type turbineFeature struct {
	row, number int
	state       int
}

const (
	vbkPath     = "/VBK/lst_vbk_wms_vindbrukskollen/MapServer"
	vbkFirst    = 5 // the first layer of turbines
	vbkPage     = 2000
	vbkMidnight = int64(24 * time.Hour / time.Millisecond)
)

// vbkStates are the layers of turbines and the words for their state.
var vbkStates = []struct{ layer, status string }{
	{"Uppförda", "Uppfört"}, {"Beviljade", "Beviljat"}, {"Avslagna", "Avslag"}, {"Handläggs", "Handläggs"},
	{"Nedmonterade", "Nedmonterat"}, {"Överklagade", "Överklagat"}, {"Uppgift saknas", ""}, {"Inte aktuella", "Inte aktuellt eller återkallat"},
}

// vbkPlaces are where the made-up turbines stand.
var vbkPlaces = []struct{ code, name, county, zone string }{
	{"1278", "Båstad", "Skåne län", "Malmö"}, {"1315", "Hylte", "Hallands län", "Malmö"}, {"1380", "Halmstad", "Hallands län", "Malmö"},
	{"1381", "Laholm", "Hallands län", "Malmö"}, {"1382", "Falkenberg", "Hallands län", "Malmö"}, {"0980", "Gotland", "Gotlands län", "Stockholm"},
}

// NewVindbrukskollen makes a register of so many turbines. Every fourth stands;
// half of all were dropped.
func NewVindbrukskollen(turbines int) *Vindbrukskollen {
	v := &Vindbrukskollen{Page: vbkPage, layers: make([][]turbineFeature, len(vbkStates))}
	for i := range turbines {
		state := []int{0, 7, 7, 1 + i/4%6}[i%4]
		v.layers[state] = append(v.layers[state], turbineFeature{row: 10 + 3*i, number: i, state: state})
	}
	return v
}

// Count is how many turbines the register has.
func (v *Vindbrukskollen) Count() (n int) {
	for _, l := range v.layers {
		n += len(l)
	}
	return n
}

// Source is the publisher's id.
func (*Vindbrukskollen) Source() string { return "vindbrukskollen" }

// Service is the boards' ArcGIS server. That it takes two requests a second is an
// assumption: it states no limit.
func (*Vindbrukskollen) Service() pipeline.Service {
	return pipeline.Service{ID: "arcgis", Address: "https://ext-geodata-applikationer.lansstyrelsen.se/arcgis/rest/services",
		Limits: []pipeline.Limit{{Requests: 2, Window: time.Second, Scope: pipeline.PerHost}}}
}

// Twists are what can be wrong with pages.
func (*Vindbrukskollen) Twists() []Twist {
	return []Twist{ExtraColumn, RenamedColumn, DuplicateRows, MovingRows, NoRows}
}

// DataSet is the register.
func (*Vindbrukskollen) DataSet(*Request) string { return "Vindkraftverk" }

// Answer answers with the service's description, or with what a layer is asked for.
func (v *Vindbrukskollen) Answer(r *Request) Answer {
	rest, ok := strings.CutPrefix(r.URL.Path, vbkPath)
	query := r.URL.Query()
	switch {
	case !ok:
		return arcgisError(404, "Service not found")
	case query.Get("f") != "json":
		return Text(http.StatusOK, "text/html;charset=utf-8", "<html><body><h2>VBK/lst_vbk_wms_vindbrukskollen (MapServer)</h2></body></html>")
	case rest == "":
		return JSON(http.StatusOK, v.description())
	}
	var layer int
	if _, err := fmt.Sscanf(rest, "/%d/query", &layer); err != nil || layer < vbkFirst || layer >= vbkFirst+len(v.layers) {
		return arcgisError(400, "Invalid or missing input parameters.")
	}
	return v.query(v.layers[layer-vbkFirst], query, r.Twist)
}

func arcgisError(code int, message string) Answer {
	return JSON(http.StatusOK, map[string]any{"error": map[string]any{"code": code, "message": message, "details": []string{}}})
}

// description is what the service says of itself.
func (v *Vindbrukskollen) description() any {
	layer := func(id, parent int, name, geometry string, below ...int) map[string]any {
		kind := "Feature Layer"
		if below != nil {
			kind = "Group Layer"
		}
		return map[string]any{"id": id, "name": name, "parentLayerId": parent, "defaultVisibility": true, "subLayerIds": below, "minScale": 0, "maxScale": 0, "type": kind, "geometryType": geometry}
	}
	layers := []any{layer(1, -1, "Projekteringsområden", "", 2, 3), layer(2, 1, "Projekteringsområden, aktuella", "esriGeometryPolygon"), layer(3, 1, "Inte aktuella", "esriGeometryPolygon")}
	below := []int{}
	for i := range vbkStates {
		below = append(below, vbkFirst+i)
	}
	layers = append(layers, layer(4, -1, "Vindkraftverk", "", below...))
	for i, s := range vbkStates {
		layers = append(layers, layer(vbkFirst+i, 4, s.layer, "esriGeometryPoint"))
	}
	return map[string]any{"currentVersion": 10.91, "mapName": "Vindbrukskollen", "layers": layers, "tables": []any{}, "maxRecordCount": v.Page, "capabilities": "Map,Query,Data"}
}

// query answers what a layer is asked for.
func (v *Vindbrukskollen) query(rows []turbineFeature, query url.Values, twist Twist) Answer {
	if query.Get("where") != "1=1" {
		return arcgisError(400, "Unable to complete operation.")
	}
	if query.Get("returnCountOnly") == "true" {
		return JSON(http.StatusOK, map[string]int{"count": len(rows)})
	}
	if query.Get("returnIdsOnly") == "true" {
		ids := []int{}
		for _, f := range rows {
			ids = append(ids, f.row)
		}
		return JSON(http.StatusOK, map[string]any{"objectIdFieldName": "OBJECTID", "objectIds": ids})
	}
	offset, err := number(query, "resultOffset", 0)
	size, err2 := number(query, "resultRecordCount", v.Page)
	if err != nil || err2 != nil || query.Get("outFields") != "*" || query.Get("outSR") != "3006" {
		return arcgisError(400, "'resultOffset' parameter is invalid")
	}
	rows = slices.Clone(rows)
	if query.Get("orderByFields") != "OBJECTID" { // then the database's order is any
		slices.SortFunc(rows, func(a, b turbineFeature) int {
			return int(draw(uint64(offset), a.row)*1e6) - int(draw(uint64(offset), b.row)*1e6)
		})
	}
	switch {
	case twist == DuplicateRows && offset > 0:
		offset--
	case twist == MovingRows && offset > 0: // one of those before has gone
		offset++
	case twist == NoRows:
		rows = nil
	}
	from := min(offset, len(rows))
	to := min(from+min(size, v.Page), len(rows))
	return Answer{Type: "application/json;charset=utf-8", Body: func(w io.Writer) error { return writeFeatures(w, rows[from:to], to < len(rows), twist) }}
}

func number(query url.Values, name string, usual int) (int, error) {
	if query.Get(name) == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(query.Get(name))
	if err == nil && n < 0 {
		err = strconv.ErrRange
	}
	return n, err
}

// vbkFields are the fields of a layer of turbines, in the order of the service.
var vbkFields = []struct{ name, kind string }{
	{"OBJECTID", "OID"}, {"VERKID", "String"}, {"OMRID", "String"}, {"PROJNAMN", "String"}, {"STATUS", "String"}, {"PLACERING", "String"}, {"TOTALHOJD", "Double"},
	{"NAVHOJD", "Double"}, {"ROTDIAMETER", "Double"}, {"MAXEFFEKT", "Double"}, {"CALPROD", "Double"}, {"FABRIKAT", "String"}, {"MODELL", "String"},
	{"ORGNAMN", "String"}, {"KOMNAMN", "String"}, {"LANSNAMN", "String"}, {"EL_NAMN", "String"}, {"UPPFORT", "Date"}, {"SenasteUppdatering", "Date"},
}

// writeFeatures writes a page of turbines, row by row.
func writeFeatures(w io.Writer, rows []turbineFeature, more bool, twist Twist) error {
	fields := []map[string]any{}
	for _, f := range vbkFields {
		name := f.name
		if twist == RenamedColumn && name == "ROTDIAMETER" {
			name = "ROTORDIAM_M"
		}
		fields = append(fields, map[string]any{"name": name, "type": "esriFieldType" + f.kind, "alias": name})
	}
	if twist == ExtraColumn {
		fields = append(fields, map[string]any{"name": "GRANSKAD", "type": "esriFieldTypeString", "alias": "Granskad", "length": 5})
	}
	head, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, `{"displayFieldName":"PROJNAMN","geometryType":"esriGeometryPoint","spatialReference":{"wkid":3006,"latestWkid":3006},"fields":%s,"features":[`, head); err != nil {
		return err
	}
	for i, f := range rows {
		values := f.values()
		attributes := map[string]any{}
		for k, field := range fields {
			attributes[field["name"].(string)] = any("Ja")
			if k < len(values) {
				attributes[field["name"].(string)] = values[k]
			}
		}
		x, y := 350000+float64(f.number%1000)*97.31, 6250000+float64(f.number/1000)*1003.27
		row, err := json.Marshal(map[string]any{"attributes": attributes, "geometry": map[string]float64{"x": x, "y": y}})
		if err != nil {
			return err
		}
		if i > 0 {
			row = append([]byte(",\n"), row...)
		}
		if _, err := w.Write(row); err != nil {
			return err
		}
	}
	tail := "]}"
	if more {
		tail = `],"exceededTransferLimit":true}`
	}
	_, err = io.WriteString(w, tail)
	return err
}

// values are a turbine's, in the order of vbkFields.
func (f turbineFeature) values() []any {
	place := vbkPlaces[f.number%len(vbkPlaces)]
	area := fmt.Sprintf("%s-V-%04d", place.code, f.number/20)
	status, built, capacity := any(vbkStates[f.state].status), any(nil), any(0.66+float64(f.number%7)*0.9)
	if status == "" {
		status = nil
	}
	if f.state == 0 {
		built = (9000 + int64(f.number)%9000) * vbkMidnight
	} else if f.number%3 == 0 {
		capacity = nil
	}
	return []any{f.row, fmt.Sprintf("%s-%04d", area, f.number%10000), area, "Park " + strconv.Itoa(f.number/20), status, "Land", 150.5, 95, 110, capacity, 8.25, "Vestas", "V110",
		"Vind AB", place.name, place.county, fmt.Sprintf("%-20s", place.zone), built, (19000 + int64(f.number)%900) * vbkMidnight}
}
