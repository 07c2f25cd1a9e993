// Package boundary reads the boundaries of municipalities from two GeoJSON
// files: the Danish mapping agency's as magnuslarsen/geoJSON-Danish-municipalities
// keeps them, and the Swedish ones of okfse/sweden-geojson, simplified there to
// two per cent. They serve for maps and to tell at the scale of a kilometre where
// a point lies, not to measure areas.
//
// A Danish municipality of several islands stands as several Polygon features
// that are far apart in the file; a third coordinate, -999, says that there is
// no height. A Swedish one is one feature, Polygon or MultiPolygon, whose
// geometry is [longitude, latitude] while the property geo_point_2d beside it is
// [latitude, longitude].
//
// The whole country and a cut of some municipalities give the same rows for
// them: a row depends on nothing but the municipality's own features and their
// order. The files bear no date.
package boundary

import (
	"bytes"
	"context"
	"fmt"
	"sort"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source reads boundaries of municipalities.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	danish  = "dk_municipalities"
	swedish = "se_municipalities"
)

// country is what differs between the two files.
type country struct {
	id, dataSet, table             string
	code, name                     string   // the properties
	properties                     []string // all that there are
	west, east, south, north       float64  // the box that its land lies in
	several                        bool     // a municipality may stand as several features
	latFirst                       string   // the property that is [latitude, longitude]
	title, nameDescription, origin string
}

var countries = []country{
	{
		id: "DK", dataSet: danish, table: "dk_boundary", code: "lau_1", name: "label_dk",
		properties: []string{"lau_1", "label_en", "label_dk", "iso_3166_2"},
		west:       7.5, east: 15.6, south: 54, north: 58.2, several: true,
		title: "Boundaries of Danish municipalities", nameDescription: "Danish name of the municipality as the file writes it", origin: "as of 2019",
	},
	{
		id: "SE", dataSet: swedish, table: "se_boundary", code: "id", name: "kom_namn",
		properties: []string{"lan_code", "kom_namn", "id", "geo_point_2d"},
		west:       10, east: 25, south: 54.5, north: 69.5, latFirst: "geo_point_2d",
		title: "Boundaries of Swedish municipalities", nameDescription: "Name of the municipality as the file writes it", origin: "simplified to two per cent",
	},
}

// Publisher describes the two files.
func (Source) Publisher() pipeline.Publisher {
	p := pipeline.Publisher{
		ID:              "boundary",
		Title:           "Municipality boundaries",
		Name:            "Danish mapping agency (Geodatastyrelsen) and municipalities; okfse/sweden-geojson",
		Licence:         "Danish data: free public data, to be credited; Swedish data: \"feel free to reuse\"",
		Attribution:     "Geodatastyrelsen & Danske Kommuner (github.com/magnuslarsen/geoJSON-Danish-municipalities); okfse/sweden-geojson",
		Redistributable: true,
		Address:         "https://github.com/okfse/sweden-geojson",
	}
	for _, c := range countries {
		p.DataSets = append(p.DataSets, pipeline.DataSet{ID: c.dataSet, Title: c.title, Countries: []string{c.id}, Mode: pipeline.Upsert, Version: 1, Tables: []pipeline.Table{c.declare()}})
	}
	return p
}

func (c country) declare() pipeline.Table {
	return pipeline.Table{
		Name:        c.table,
		Description: c.title + ", " + c.origin + ".",
		Key:         []string{"country", "muni_code"},
		Columns: []pipeline.Column{
			{Name: "country", Kind: pipeline.Text, Description: "Country of the municipality, " + c.id},
			{Name: "muni_code", Kind: pipeline.Text, Description: "Code of the municipality"},
			{Name: "name", Kind: pipeline.Text, Description: c.nameDescription},
			{Name: "geojson", Kind: pipeline.Text, Description: "Boundary as one GeoJSON MultiPolygon, longitude before latitude, WGS 84, six decimals"},
			{Name: "lon_deg", Kind: pipeline.Number, Unit: "deg", Description: "Longitude of the centre of the area, degrees east"},
			{Name: "lat_deg", Kind: pipeline.Number, Unit: "deg", Description: "Latitude of the centre of the area, degrees north"},
		},
	}
}

// Recognise knows a file by two of its properties, so that it still knows one
// with a renamed property. The Danish file gives properties before the geometry;
// the Swedish one after it, and its longest geometry fills a third of what is
// seen of a file. A file whose first geometry hides every property is not
// claimed: nothing tells it from any other map.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	head := sources.Begin(f.Head)
	if !bytes.HasPrefix(head, []byte("{")) || !bytes.Contains(head, []byte(`"FeatureCollection"`)) {
		return pipeline.Claim{}, false
	}
	for _, c := range countries {
		found := 0
		for _, property := range c.properties {
			// "id" alone is a key of many files
			if property != "id" && bytes.Contains(head, []byte(`"`+property+`"`)) {
				found++
			}
		}
		if found >= 2 {
			return pipeline.Claim{DataSet: c.dataSet}, true
		}
	}
	return pipeline.Claim{}, false
}

// Decode turns a file into a row per municipality, by code.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	c := countries[0]
	if x.DataSet == swedish {
		c = countries[1]
	}
	part := x.Parts[0]
	r := reader{country: c, areas: map[string]*area{}}
	if err := r.read(ctx, part); err != nil {
		return pipeline.Edition{}, err
	}
	codes := make([]string, 0, len(r.areas))
	for code := range r.areas {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	for _, code := range codes {
		a := r.areas[code]
		lon, lat, ok := a.shape.centroid()
		if !ok {
			return pipeline.Edition{}, &pipeline.Problem{File: part.Name, Path: a.location, Member: a.municipality.String(), What: "the boundary encloses no area", Expected: "rings around the municipality"}
		}
		location := a.location
		if a.features > 1 {
			location += fmt.Sprintf(" and %d more", a.features-1)
		}
		if err := out.Row(c.table, location, c.id, code, a.name, a.shape.geoJSON(), lon, lat); err != nil {
			return pipeline.Edition{}, err
		}
	}
	return pipeline.Edition{}, nil
}
