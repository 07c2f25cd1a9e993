package boundary

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"samkraft/pipeline"
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
	part    pipeline.Part
	json    *json.Decoder
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

func (r *reader) read(ctx context.Context) error {
	if r.part.Bytes > maxBytes {
		return r.problem("", fmt.Sprintf("holds %d bytes", r.part.Bytes), "a few megabytes")
	}
	body, err := r.part.Open()
	if err != nil {
		return r.problem("", err.Error(), "")
	}
	defer body.Close()
	buffered := bufio.NewReaderSize(body, 1<<16)
	if bom, _ := buffered.Peek(3); string(bom) == "\ufeff" {
		buffered.Discard(3)
	}
	r.json = json.NewDecoder(buffered)
	if err := r.delim("", '{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for r.json.More() {
		token, err := r.json.Token()
		if err != nil {
			return r.broken("", err)
		}
		key, _ := token.(string) // within an object the reader gives nothing else
		if seen[key] {
			return r.problem(key, "the key stands twice", "it once")
		}
		seen[key] = true
		if err := r.member(ctx, key); err != nil {
			return err
		}
	}
	if err := r.delim("", '}'); err != nil {
		return err
	}
	if _, err := r.json.Token(); !errors.Is(err, io.EOF) {
		return r.problem("", "something follows the collection", "the end of the file")
	}
	if len(r.areas) == 0 {
		return r.problem("features", "there is no municipality in the file", "features of municipalities")
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
			return r.broken("crs", err)
		}
		if name := crs.Properties.Name; !strings.HasSuffix(name, ":CRS84") {
			return r.problem("crs.properties.name", fmt.Sprintf("the coordinates are in %q", name), "urn:ogc:def:crs:OGC:1.3:CRS84, which is WGS 84 with longitude first")
		}
		return nil
	case "type":
		var kind string
		if err := r.json.Decode(&kind); err != nil {
			return r.broken("type", err)
		}
		if kind != "FeatureCollection" {
			return r.problem("type", fmt.Sprintf("the type is %q", kind), "FeatureCollection")
		}
		return nil
	}
	var passed json.RawMessage
	return r.broken(key, r.json.Decode(&passed))
}

func (r *reader) features(ctx context.Context) error {
	if err := r.delim("features", '['); err != nil {
		return err
	}
	for i := 0; r.json.More(); i++ {
		if ctx.Err() != nil {
			return r.problem("features", ctx.Err().Error(), "")
		}
		path := fmt.Sprintf("features[%d]", i)
		var f feature
		if err := r.json.Decode(&f); err != nil {
			return r.broken(path, err)
		}
		if err := r.feature(path, f); err != nil {
			return err
		}
	}
	return r.delim("features", ']')
}

func (r *reader) feature(path string, f feature) error {
	if f.Type != "Feature" {
		return r.problem(path+".type", fmt.Sprintf("the type is %q", f.Type), "Feature")
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
		return fail(r.problem(path+".geometry", "is missing", "a Polygon or MultiPolygon"))
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
		return fail(r.problem(path, "the municipality stands already at "+a.location, "every municipality once"))
	case a.name != name:
		return fail(r.problem(path+".properties."+r.country.name, fmt.Sprintf("the municipality is named %q here and %q at %s", name, a.name, a.location), "one name"))
	}
	for _, p := range s {
		for _, q := range a.shape {
			if slices.EqualFunc(p, q, slices.Equal[ring]) {
				return fail(r.problem(path+".geometry", "the same polygon stands already in the features of the municipality, which begin at "+a.location, "every part of a municipality once"))
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
			return m, "", r.problem(path, fmt.Sprintf("the property %q is missing", property), strings.Join(c.properties, ", "))
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
		return m, "", r.problem(path, fmt.Sprintf("unknown property %q", extra[0]), strings.Join(c.properties, ", "))
	}
	var code string
	if err := json.Unmarshal(properties[c.code], &code); err != nil || code == "" {
		return m, "", r.problem(path+"."+c.code, fmt.Sprintf("%.60s is not a code", properties[c.code]), "the code of a municipality as text")
	}
	if m, err = pipeline.FindMunicipality(c.id, code); err != nil {
		return m, "", r.problem(path+"."+c.code, err.Error(), "the code of a municipality")
	}
	if err := json.Unmarshal(properties[c.name], &name); err != nil || name == "" || strings.ContainsRune(name, utf8.RuneError) {
		p := r.problem(path+"."+c.name, fmt.Sprintf("%.60q is not a name in UTF-8", strings.Trim(string(properties[c.name]), `"`)), "the name of the municipality")
		p.Member = m.String()
		return m, "", p
	}
	if c.latFirst != "" {
		var point []float64
		if err := json.Unmarshal(properties[c.latFirst], &point); err != nil || len(point) != 2 || !c.contains(point[1], point[0]) {
			p := r.problem(path+"."+c.latFirst, fmt.Sprintf("%.60s does not lie in %s", properties[c.latFirst], c.id), "[latitude, longitude]")
			p.Member = m.String()
			return m, "", p
		}
	}
	return m, name, nil
}

func (r *reader) delim(path string, want json.Delim) error {
	token, err := r.json.Token()
	if err != nil {
		return r.broken(path, err)
	}
	if token != want {
		return r.problem(path, fmt.Sprintf("%v stands there", token), fmt.Sprintf("%q", want.String()))
	}
	return nil
}

// broken tells an error of the JSON reader; nil stays nil.
func (r *reader) broken(path string, err error) error {
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		p := r.problem(path, "the file ends in the middle", "a whole file")
		p.Remedy = "copy or download it again"
		return p
	case errors.As(err, &kind):
		return r.problem(path, fmt.Sprintf("%q is a %s", kind.Field, kind.Value), "GeoJSON")
	}
	return r.problem(path, "cannot be read further: "+err.Error(), "GeoJSON")
}

func (r *reader) problem(path, what, expected string) *pipeline.Problem {
	return &pipeline.Problem{File: r.part.Name, Path: path, What: what, Expected: expected}
}
