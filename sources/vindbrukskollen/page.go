package vindbrukskollen

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxPage bounds an answer of the map service: two thousand turbines take three
// megabytes.
const maxPage = 16 << 20

// page is a part of a layer of the map service: turbines as ArcGIS gives them.
type page struct {
	name     string // of the file, for errors
	fields   []field
	features []feature
	exceeded bool // more turbines follow
	grid     grid
}

type field struct{ Name, Type, Alias string }

type feature struct {
	attributes map[string]any
	geometry   struct{ X, Y any }
}

// grid is the reference system of the positions.
type grid struct{ Wkid, LatestWkid int }

// refusal is how the service says no, with status 200.
type refusal struct {
	Code    int
	Message string
	Details []string
}

func (r refusal) problem(j *sources.JSON) error {
	said := []rune(strings.TrimSpace(r.Message + " " + strings.Join(r.Details, " ")))
	return j.Problem("error", fmt.Sprintf("the service refuses with code %d: %s", r.Code, string(said[:min(len(said), 200)])), "an answer")
}

// readPage reads an answer that holds turbines.
func readPage(part pipeline.Part) (page, error) {
	p := page{name: part.Name}
	found := false
	err := readObject(part, func(j *sources.JSON, key string) error {
		switch key {
		case "fields":
			return j.Broken(key, j.Decode(&p.fields))
		case "exceededTransferLimit":
			return j.Broken(key, j.Decode(&p.exceeded))
		case "spatialReference":
			return j.Broken(key, j.Decode(&p.grid))
		case "features":
			found = true
			return p.readFeatures(j)
		}
		return skip(j, key)
	})
	if err == nil && !found {
		err = &pipeline.Problem{File: part.Name, What: "there is no list of features", Expected: "a page of a layer as JSON: fields and features"}
	}
	return p, err
}

// readObject reads an answer of the service, which is one object.
func readObject(part pipeline.Part, each func(j *sources.JSON, key string) error) error {
	j, err := sources.OpenJSON(part, maxPage, "16 MiB at most", "an answer of an ArcGIS map service as JSON")
	if err != nil {
		return err
	}
	defer j.Close()
	j.UseNumber()
	err = j.Object("", func(key string) error {
		if key != "error" {
			return each(j, key)
		}
		var r refusal
		if err := j.Decode(&r); err != nil {
			return j.Broken(key, err)
		}
		return r.problem(j)
	})
	if err != nil {
		return err
	}
	return j.End("the answer")
}

func skip(j *sources.JSON, path string) error {
	var left json.RawMessage
	return j.Broken(path, j.Decode(&left))
}

func (p *page) readFeatures(j *sources.JSON) error {
	if err := j.Delim("features", '['); err != nil {
		return err
	}
	for j.More() {
		path := fmt.Sprintf("features[%d]", len(p.features))
		f := feature{attributes: map[string]any{}}
		err := j.Object(path, func(key string) error {
			switch key {
			case "attributes":
				return j.Object(path+".attributes", func(name string) error {
					var value any
					err := j.Decode(&value)
					f.attributes[name] = value
					return j.Broken(path+".attributes."+name, err)
				})
			case "geometry":
				return j.Broken(path+".geometry", j.Decode(&f.geometry))
			}
			return skip(j, path+"."+key)
		})
		if err != nil {
			return err
		}
		p.features = append(p.features, f)
	}
	return j.Delim("features", ']')
}

// readCount reads how many turbines a layer has.
func readCount(part pipeline.Part) (int, error) {
	count := -1
	err := readObject(part, func(j *sources.JSON, key string) error {
		if key == "count" {
			return j.Broken(key, j.Decode(&count))
		}
		return skip(j, key)
	})
	if err == nil && (count < 0 || count > maxRows) {
		err = &pipeline.Problem{File: part.Name, Path: "count", What: "says no number of turbines", Expected: fmt.Sprintf(`{"count": 0 to %d}`, maxRows)}
	}
	return count, err
}

// readIDs reads the service's numbers of all rows of a layer.
func readIDs(part pipeline.Part) ([]int64, error) {
	var ids []int64
	err := readObject(part, func(j *sources.JSON, key string) error {
		if key == "objectIds" {
			return j.Broken(key, j.Decode(&ids))
		}
		return skip(j, key)
	})
	if err == nil && ids == nil {
		err = &pipeline.Problem{File: part.Name, Path: "objectIds", What: "there is no list of numbers", Expected: "the numbers of the layer's rows"}
	}
	return ids, err
}

// objectID returns the number by which the service puts a layer's rows in order.
func (p page) objectID(i int) (int64, error) {
	for _, f := range p.fields {
		if f.Type != "esriFieldTypeOID" {
			continue
		}
		if n, ok := p.features[i].attributes[f.Name].(json.Number); ok {
			if id, err := n.Int64(); err == nil {
				return id, nil
			}
		}
	}
	return 0, &pipeline.Problem{File: p.name, Path: fmt.Sprintf("features[%d].attributes", i), What: "the row has no whole number of its own", Expected: "a field of type esriFieldTypeOID, as OBJECTID"}
}

// cell returns an attribute as the register's export would write it, "" where there
// is none.
func cell(value any, fieldType string) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		if fieldType == "esriFieldTypeDate" && sources.Digits(v) && len(v) == len("20060102") {
			return v[:4] + "-" + v[4:6] + "-" + v[6:], nil
		}
		return v, nil
	case json.Number:
		f, err := v.Float64()
		switch {
		case err != nil:
			return "", fmt.Errorf("%s is too large", v)
		case fieldType == "esriFieldTypeDate":
			return day(f)
		case fieldType == "esriFieldTypeSingle":
			return strconv.FormatFloat(f, 'f', -1, 32), nil
		}
		return strconv.FormatFloat(f, 'f', -1, 64), nil
	}
	return "", fmt.Errorf("a %T stands there", value)
}

// day returns the day of a time in milliseconds since 1970. ArcGIS tells times in
// UTC. A day is saved as its midnight, and where that is Swedish midnight it lies
// at 22 or 23 hours of the day before.
func day(ms float64) (string, error) {
	if math.Abs(ms) > 1e14 {
		return "", fmt.Errorf("%g is not a time in milliseconds", ms)
	}
	at := time.UnixMilli(int64(ms)).UTC()
	if clock := at.Format("150405.000"); clock == "220000.000" || clock == "230000.000" {
		at = at.Add(2 * time.Hour)
	}
	return at.Format(time.DateOnly), nil
}

// coordinate returns a coordinate in metres to the centimetre, which is what the
// register keeps; "" for the NaN of an empty point.
func coordinate(value any) (string, error) {
	text, err := cell(value, "")
	if err != nil || text == "" || text == "NaN" {
		return "", err
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(f) > 1e9 {
		return "", fmt.Errorf("%q is not a coordinate", text)
	}
	return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64), nil
}
