package vindbrukskollen

import (
	"fmt"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// serviceLayer is a layer as the map service lists it.
type serviceLayer struct {
	ID            int
	Name          string
	ParentLayerID *int
	SubLayerIDs   []int
	GeometryType  string
}

// states are the layers of turbines by what their names contain: one for every
// state that the register knows. Only the last need not be there.
var states = []string{"uppförd", "bevilja", "avsl", "handlägg", "nedmonter", "överklag", "inte aktuell", "uppgift saknas"}

// readLayers finds the layers of turbines in the service's description of itself.
// Their numbers are not kept: they change when the boards draw the map anew.
func readLayers(part pipeline.Part) ([]serviceLayer, error) {
	var all []serviceLayer
	err := readObject(part, func(j *sources.JSON, key string) error {
		if key == "layers" {
			return j.Broken(key, j.Decode(&all))
		}
		return skip(j, key)
	})
	if err != nil {
		return nil, err
	}
	var chosen []serviceLayer
	for i, state := range states {
		var fit []serviceLayer
		for _, l := range all {
			if l.turbines(all) && l.state() == state {
				fit = append(fit, l)
			}
		}
		if len(fit) != 1 && (i+1 < len(states) || len(fit) > 0) {
			return nil, layersProblem(part.Name, all, fmt.Sprintf("%d layers hold the turbines of the state %q", len(fit), state))
		}
		chosen = append(chosen, fit...)
	}
	// A state that is new would go missing without a sign.
	for _, l := range all {
		if l.turbines(all) && l.state() == "" && l.sibling(chosen) {
			return nil, layersProblem(part.Name, all, fmt.Sprintf("the layer %q stands beside those of turbines and is none of a known state", l.Name))
		}
	}
	return chosen, nil
}

func layersProblem(file string, all []serviceLayer, what string) error {
	var names []string
	for _, l := range all {
		names = append(names, l.Name)
	}
	return &pipeline.Problem{File: file, Path: "layers", What: what, Expected: fmt.Sprintf("a layer for each of %q among %.500q", states, names),
		Remedy: "the map service has changed: until its layers are known again, put the register's export into a mirror folder"}
}

// turbines reports whether a layer may hold turbines: points that are drawn, and
// not planning areas.
func (l serviceLayer) turbines(all []serviceLayer) bool {
	if len(l.SubLayerIDs) > 0 || l.GeometryType != "" && l.GeometryType != "esriGeometryPoint" {
		return false
	}
	for above, steps := l, 0; steps < len(all); steps++ {
		if strings.Contains(strings.ToLower(above.Name), "område") {
			return false
		}
		if above.ParentLayerID == nil {
			break
		}
		i := slices.IndexFunc(all, func(o serviceLayer) bool { return o.ID == *above.ParentLayerID })
		if i < 0 {
			break
		}
		above = all[i]
	}
	return true
}

// state is the state that a layer's name tells, "" where it tells none.
func (l serviceLayer) state() string {
	name := strings.ToLower(l.Name)
	for _, s := range states {
		if strings.Contains(name, s) {
			return s
		}
	}
	return ""
}

// sibling reports whether a layer stands in the group of one of the others.
func (l serviceLayer) sibling(others []serviceLayer) bool {
	return slices.ContainsFunc(others, func(o serviceLayer) bool {
		return l.ParentLayerID != nil && o.ParentLayerID != nil && *l.ParentLayerID >= 0 && *l.ParentLayerID == *o.ParentLayerID
	})
}
