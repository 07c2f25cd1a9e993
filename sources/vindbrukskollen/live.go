package vindbrukskollen

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"samkraft/pipeline"
)

var _ pipeline.Live = Source{}

const (
	serviceID  = "arcgis"
	mapService = "/VBK/lst_vbk_wms_vindbrukskollen/MapServer"
	pageSize   = 2000 // what the service gives at once
)

// jsonTypes are what the service serves JSON as; ArcGIS calls it text in some
// editions.
var jsonTypes = []string{"application/json", "text/plain", "text/json", "text/javascript"}

// Services is the boards' ArcGIS server. It states no limit: two requests a second
// are those of somebody who looks at its map.
func (Source) Services() []pipeline.Service {
	return []pipeline.Service{{ID: serviceID, Address: "https://ext-geodata-applikationer.lansstyrelsen.se/arcgis/rest/services",
		Limits: []pipeline.Limit{{Requests: 2, Window: time.Second, Scope: pipeline.PerHost}}}}
}

// Pieces is the whole register: a turbine that was dropped from it is only missed
// where all are asked for. Entries change every day, and one by one.
func (Source) Pieces(id string, _ pipeline.Want) []pipeline.Piece {
	if id != dataSet {
		return nil
	}
	return []pipeline.Piece{{Key: "register", Again: 7 * 24 * time.Hour}}
}

// Fetch asks for the layers of turbines, and for each how many it has, its pages,
// and where those are several, the numbers of all that it has then.
func (Source) Fetch(ctx context.Context, _ string, _ pipeline.Piece, ask pipeline.Ask) error {
	answer, err := ask(ctx, pipeline.Request{Service: serviceID, Path: mapService + "?f=json", Accept: jsonTypes, Max: maxPage})
	if err != nil {
		return err
	}
	layers, err := readLayers(answer.Part)
	if err != nil {
		return err
	}
	turbines := 0
	for _, l := range layers {
		n, err := fetchLayer(ctx, mapService+"/"+strconv.Itoa(l.ID)+"/query?", ask)
		if err != nil {
			return err
		}
		turbines += n
	}
	if turbines == 0 {
		return pipeline.ErrNothing
	}
	return nil
}

// fetchLayer returns how many turbines the layer has.
func fetchLayer(ctx context.Context, path string, ask pipeline.Ask) (int, error) {
	get := func(role string, query url.Values) (pipeline.Part, error) {
		query.Set("f", "json")
		answer, err := ask(ctx, pipeline.Request{Service: serviceID, Role: role, Path: path + query.Encode(), Accept: jsonTypes, Max: maxPage})
		return answer.Part, err
	}
	part, err := get(countRole, url.Values{"where": {"1=1"}, "returnCountOnly": {"true"}})
	if err != nil {
		return 0, err
	}
	l := layer{name: part.Name}
	if l.expected, err = readCount(part); err != nil {
		return 0, err
	}
	pages := 0
	for ; len(l.ids) < l.expected || l.more; pages++ {
		got := len(l.ids)
		part, err := get(pageRole, pageQuery(got))
		if err != nil {
			return 0, err
		}
		p, err := readPage(part)
		if err != nil {
			return 0, err
		}
		if _, err := p.find(); err != nil && len(p.features) > 0 {
			return 0, err
		}
		if err := l.add(p); err != nil {
			return 0, err
		}
		if len(l.ids) == got {
			break // there is nothing behind an empty page
		}
		if len(l.ids) > maxRows {
			return 0, &pipeline.Problem{File: part.Name, What: "the layer has no end", Expected: fmt.Sprintf("at most %d turbines", maxRows)}
		}
	}
	if err := l.whole(); err != nil || pages <= 1 {
		return len(l.ids), err // one page is one moment
	}
	// A turbine that went while pages were read moves all behind it up by one, and
	// one of them falls between two pages.
	if part, err = get("", url.Values{"where": {"1=1"}, "returnIdsOnly": {"true"}}); err != nil {
		return 0, err
	}
	return len(l.ids), l.same(part)
}

// pageQuery asks for the turbines behind so many others. Their order is that of
// their numbers, so that pages do not overlap.
func pageQuery(offset int) url.Values {
	return url.Values{"where": {"1=1"}, "outFields": {"*"}, "orderByFields": {"OBJECTID"}, "returnGeometry": {"true"}, "outSR": {strconv.Itoa(sweref99tm)},
		"geometryPrecision": {"2"}, "resultOffset": {strconv.Itoa(offset)}, "resultRecordCount": {strconv.Itoa(pageSize)}}
}
