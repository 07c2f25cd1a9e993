package boundary

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxBytes leaves room for both countries in full detail and bounds what is
// held in memory.
const maxBytes = 512 << 20

// area is what is known of one municipality.
type area struct {
	municipality   pipeline.Municipality
	name, location string
	features       int
	shape          shape
}

// reader goes through a file feature by feature.
type reader struct {
	country country
	json    *sources.JSON
	areas   map[string]*area
}

type feature struct {
	Type       string
	Properties map[string]json.RawMessage
	Geometry   *struct {
		Type        string
		Coordinates json.RawMessage
	}
}

func (r *reader) read(ctx context.Context, part pipeline.Part) (err error) {
	if r.json, err = sources.OpenJSON(part, maxBytes, "a few megabytes", "GeoJSON"); err != nil {
		return err
	}
	defer r.json.Close()
	if err := r.json.Delim("", '{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for r.json.More() {
		key, err := r.json.Key("")
		if err != nil {
			return err
		}
		if seen[key] {
			return r.json.Problem(key, "the key stands twice", "it once")
		}
		seen[key] = true
		if err := r.member(ctx, key); err != nil {
			return err
		}
	}
	if err := r.json.Delim("", '}'); err != nil {
		return err
	}
	if err := r.json.End("the collection"); err != nil {
		return err
	}
	if len(r.areas) == 0 {
		return r.json.Problem("features", "there is no municipality in the file", "features of municipalities")
	}
	return nil
}

// member reads what stands at a key of the collection. GeoJSON lets programs add
// keys here (name, bbox), which say nothing about the municipalities.
func (r *reader) member(ctx context.Context, key string) error {
	switch key {
	case "features":
		return r.features(ctx)
	case "crs":
		var crs struct{ Properties struct{ Name string } }
		if err := r.json.Decode(&crs); err != nil {
			return r.json.Broken("crs", err)
		}
		if name := crs.Properties.Name; !strings.HasSuffix(name, ":CRS84") {
			return r.json.Problem("crs.properties.name", fmt.Sprintf("the coordinates are in %q", name), "urn:ogc:def:crs:OGC:1.3:CRS84, which is WGS 84 with longitude first")
		}
		return nil
	case "type":
		var kind string
		if err := r.json.Decode(&kind); err != nil {
			return r.json.Broken("type", err)
		}
		if kind != "FeatureCollection" {
			return r.json.Problem("type", fmt.Sprintf("the type is %q", kind), "FeatureCollection")
		}
		return nil
	}
	var passed json.RawMessage
	return r.json.Broken(key, r.json.Decode(&passed))
}

func (r *reader) features(ctx context.Context) error {
	if err := r.json.Delim("features", '['); err != nil {
		return err
	}
	for i := 0; r.json.More(); i++ {
		if ctx.Err() != nil {
			return r.json.Problem("features", ctx.Err().Error(), "")
		}
		path := fmt.Sprintf("features[%d]", i)
		var f feature
		if err := r.json.Decode(&f); err != nil {
			return r.json.Broken(path, err)
		}
		if err := r.feature(path, f); err != nil {
			return err
		}
	}
	return r.json.Delim("features", ']')
}

func (r *reader) feature(path string, f feature) error {
	if f.Type != "Feature" {
		return r.json.Problem(path+".type", fmt.Sprintf("the type is %q", f.Type), "Feature")
	}
	m, name, err := r.properties(path+".properties", f.Properties)
	if err != nil {
		return err
	}
	fail := func(err error) error {
		var p *pipeline.Problem
		if errors.As(err, &p) {
			p.Member = m.String()
		}
		return err
	}
	if f.Geometry == nil {
		return fail(r.json.Problem(path+".geometry", "is missing", "a Polygon or MultiPolygon"))
	}
	s, err := r.geometry(path+".geometry", f.Geometry.Type, f.Geometry.Coordinates)
	if err != nil {
		return fail(err)
	}
	a := r.areas[m.Code]
	switch {
	case a == nil:
		r.areas[m.Code] = &area{municipality: m, name: name, location: path, features: 1, shape: s}
		return nil
	case !r.country.several:
		return fail(r.json.Problem(path, "the municipality stands already at "+a.location, "every municipality once"))
	case a.name != name:
		return fail(r.json.Problem(path+".properties."+r.country.name, fmt.Sprintf("the municipality is named %q here and %q at %s", name, a.name, a.location), "one name"))
	}
	for _, p := range s {
		for _, q := range a.shape {
			if slices.EqualFunc(p, q, slices.Equal[ring]) {
				return fail(r.json.Problem(path+".geometry", "the same polygon stands already in the features of the municipality, which begin at "+a.location, "every part of a municipality once"))
			}
		}
	}
	a.shape = append(a.shape, s...)
	a.features++
	return nil
}

// properties resolves the municipality.
func (r *reader) properties(path string, properties map[string]json.RawMessage) (m pipeline.Municipality, name string, err error) {
	c := r.country
	for _, property := range c.properties {
		if _, ok := properties[property]; !ok {
			return m, "", r.json.Problem(path, fmt.Sprintf("the property %q is missing", property), strings.Join(c.properties, ", "))
		}
	}
	if len(properties) > len(c.properties) {
		var extra []string
		for property := range properties {
			if !slices.Contains(c.properties, property) {
				extra = append(extra, property)
			}
		}
		slices.Sort(extra)
		return m, "", r.json.Problem(path, fmt.Sprintf("unknown property %q", extra[0]), strings.Join(c.properties, ", "))
	}
	var code string
	if err := json.Unmarshal(properties[c.code], &code); err != nil || code == "" {
		return m, "", r.json.Problem(path+"."+c.code, fmt.Sprintf("%.60s is not a code", properties[c.code]), "the code of a municipality as text")
	}
	if m, err = pipeline.FindMunicipality(c.id, code); err != nil {
		return m, "", r.json.Problem(path+"."+c.code, err.Error(), "the code of a municipality")
	}
	if err := json.Unmarshal(properties[c.name], &name); err != nil || name == "" || strings.ContainsRune(name, utf8.RuneError) {
		p := r.json.Problem(path+"."+c.name, fmt.Sprintf("%.60q is not a name in UTF-8", strings.Trim(string(properties[c.name]), `"`)), "the name of the municipality")
		p.Member = m.String()
		return m, "", p
	}
	if c.latFirst != "" {
		var point []float64
		if err := json.Unmarshal(properties[c.latFirst], &point); err != nil || len(point) != 2 || !c.contains(point[1], point[0]) {
			p := r.json.Problem(path+"."+c.latFirst, fmt.Sprintf("%.60s does not lie in %s", properties[c.latFirst], c.id), "[latitude, longitude]")
			p.Member = m.String()
			return m, "", p
		}
	}
	return m, name, nil
}
