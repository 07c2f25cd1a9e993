package eurostat

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxAnswer and maxCells bound what is held in memory: many times all regions of a
// country in all months since 1979.
const (
	maxAnswer = 64 << 20
	maxCells  = 4_000_000
)

// cube is an answer in JSON-stat: cells in the order of its dimensions, the last
// changing fastest.
type cube struct {
	json       *sources.JSON
	updated    time.Time
	dimensions []dimension
	cells      int
	values     map[int]string // by flat index; what is absent or null is not known
	flags      map[int]string
}

// dimension is one side of the cube: its categories in order.
type dimension struct {
	id    string
	codes []string
}

// readCube reads an answer. A refusal that came in its place is told in Eurostat's
// own words.
func readCube(ctx context.Context, part pipeline.Part) (*cube, error) {
	j, err := sources.OpenJSON(part, maxAnswer, "the degree days of a country", "JSON-stat, as the service gives it")
	if err != nil {
		return nil, err
	}
	defer j.Close()
	j.UseNumber()
	c := &cube{json: j}
	var raw struct {
		updated, class string
		id             []string
		size           []int
		dimension      map[string]struct {
			Category struct{ Index map[string]int }
		}
	}
	fields := map[string]any{"updated": &raw.updated, "class": &raw.class, "id": &raw.id, "size": &raw.size, "dimension": &raw.dimension}
	err = j.Object("", func(key string) error {
		if ctx.Err() != nil {
			return j.Problem("", ctx.Err().Error(), "")
		}
		var skipped json.RawMessage
		switch key {
		case "value":
			c.values, err = c.sparse(ctx, key)
			return err
		case "status":
			c.flags, err = c.sparse(ctx, key)
			return err
		case "error", "warning":
			return c.refusal(key)
		}
		if target := fields[key]; target != nil {
			return j.Broken(key, j.Decode(target))
		}
		return j.Broken(key, j.Decode(&skipped))
	})
	if err != nil {
		return nil, err
	}
	if err := j.End("the answer"); err != nil {
		return nil, err
	}
	if raw.class != "dataset" || c.values == nil {
		return nil, j.Problem("class", fmt.Sprintf("is %q, or there is no value", raw.class), "a dataset of JSON-stat 2.0 with values")
	}
	if c.updated, err = time.Parse("2006-01-02T15:04:05-0700", raw.updated); err != nil || c.updated.Year() < 2000 || c.updated.Year() > 2100 {
		return nil, j.Problem("updated", fmt.Sprintf("%q is not a time", raw.updated), "2024-05-06T23:00:00+0200")
	}
	if len(raw.id) == 0 || len(raw.id) != len(raw.size) || len(raw.id) > 20 {
		return nil, j.Problem("size", fmt.Sprintf("there are %d dimensions and %d sizes", len(raw.id), len(raw.size)), "a size for every dimension")
	}
	c.cells = 1
	for i, id := range raw.id {
		codes, what := inOrder(raw.dimension[id].Category.Index, raw.size[i])
		if what != "" {
			return nil, j.Problem("dimension."+id+".category.index", what, "every place from 0 once")
		}
		c.dimensions = append(c.dimensions, dimension{id, codes})
		if c.cells *= len(codes); c.cells > maxCells {
			return nil, j.Problem("size", "there are too many cells", "the degree days of a country")
		}
	}
	return c, c.inside()
}

// inside checks that the cells lie within the sizes.
func (c *cube) inside() error {
	for i := range c.values {
		if i >= c.cells {
			return c.json.Problem("value", fmt.Sprintf("a cell lies outside the %d of the answer", c.cells), "indices of its cells")
		}
	}
	for i := range c.flags {
		if i >= c.cells {
			return c.json.Problem("status", fmt.Sprintf("a flag lies outside the %d cells of the answer", c.cells), "indices of its cells")
		}
	}
	return nil
}

// inOrder returns the codes of a category by their place.
func inOrder(index map[string]int, size int) (codes []string, what string) {
	if size < 0 || len(index) != size {
		return nil, fmt.Sprintf("%d codes and a size of %d", len(index), size)
	}
	codes = make([]string, size)
	for code, place := range index {
		if place < 0 || place >= size || codes[place] != "" || code == "" {
			return nil, fmt.Sprintf("the places are not 0 to %d", size-1)
		}
		codes[place] = code
	}
	return codes, ""
}

// sparse reads cells by their flat index: an object, or, where none is missing, an
// array. Null is what is not known.
func (c *cube) sparse(ctx context.Context, path string) (map[int]string, error) {
	j := c.json
	cells := map[int]string{}
	token, err := j.Token()
	if err != nil {
		return nil, j.Broken(path, err)
	}
	if token != json.Delim('{') && token != json.Delim('[') {
		return nil, j.Problem(path, fmt.Sprintf("%v stands there", token), "an object of cells or an array")
	}
	object := token == json.Delim('{')
	for i := 0; j.More(); i++ {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, j.Problem("", ctx.Err().Error(), "")
		}
		at := i
		if object {
			key, err := j.Key(path)
			if err != nil {
				return nil, err
			}
			if at, err = strconv.Atoi(key); err != nil || at < 0 || strconv.Itoa(at) != key {
				return nil, j.Problem(path, fmt.Sprintf("%q is not the index of a cell", key), "0, 1, 2 ...")
			}
		}
		if _, twice := cells[at]; twice || i >= maxCells {
			return nil, j.Problem(fmt.Sprintf("%s.%d", path, at), "the cell stands twice, or the cells do not end", "every cell once")
		}
		switch token, err := j.Token(); v := token.(type) {
		case json.Number:
			cells[at] = v.String()
		case string:
			cells[at] = v
		case nil:
			if err != nil {
				return nil, j.Broken(path, err)
			}
		default:
			return nil, j.Problem(fmt.Sprintf("%s.%d", path, at), fmt.Sprintf("%v stands there", v), "a figure or a flag")
		}
	}
	_, err = j.Token()
	return cells, j.Broken(path, err)
}

// refusal tells what Eurostat says in place of figures.
func (c *cube) refusal(key string) error {
	var raw json.RawMessage
	if err := c.json.Broken(key, c.json.Decode(&raw)); err != nil {
		return err
	}
	type message struct{ Label string }
	var all []message
	var one message
	switch {
	case json.Unmarshal(raw, &all) == nil && len(all) > 0:
		one = all[0]
	case json.Unmarshal(raw, &one) != nil || one.Label == "":
		one.Label = string(raw)
	}
	words := []rune(strings.Join(strings.Fields(one.Label), " "))
	return c.json.Problem(key, "Eurostat says: "+string(words[:min(200, len(words))]), "figures")
}

// dimension returns the place of a dimension, or -1.
func (c *cube) dimension(id string) int {
	return slices.IndexFunc(c.dimensions, func(d dimension) bool { return d.id == id })
}

// codes returns the category of each dimension at a flat index, in row-major order.
func (c *cube) codes(flat int, into []string) {
	for i := len(c.dimensions) - 1; i >= 0; i-- {
		d := c.dimensions[i]
		into[i] = d.codes[flat%len(d.codes)]
		flat /= len(d.codes)
	}
}
