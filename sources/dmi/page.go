package dmi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxPage is far above the longest page that can be asked for, 300 000 features.
const maxPage = 512 << 20

// feature is one value of an answer.
type feature struct {
	ID         string `json:"id"`
	Properties struct {
		MunicipalityID, MunicipalityName string
		ParameterID, TimeResolution      string
		From, To                         string
		Value                            json.RawMessage
		CalculatedAt                     string
		Validity                         *bool
		QCStatus                         string
	} `json:"properties"`
}

// page is what an answer has beside its features.
type page struct {
	Returned  *int   `json:"numberReturned"`
	Matched   *int   `json:"numberMatched"` // seen in the service's other collections only
	TimeStamp string `json:"timeStamp"`
	Links     []struct{ Rel, Href string }
	features  int
}

// readPage reads an answer and hands its features to each, one by one, with their
// paths.
func readPage(part pipeline.Part, each func(path string, f feature, j *sources.JSON) error) (page, error) {
	var p page
	if err := refused(part); err != nil {
		return p, err
	}
	j, err := sources.OpenJSON(part, maxPage, "an answer of one page", "an answer of climateData")
	if err != nil {
		return p, err
	}
	defer j.Close()
	var kind string
	found := false
	err = j.Object("", func(key string) error {
		switch key {
		case "type":
			return j.Broken(key, j.Decode(&kind))
		case "numberReturned":
			return j.Broken(key, j.Decode(&p.Returned))
		case "numberMatched":
			return j.Broken(key, j.Decode(&p.Matched))
		case "timeStamp":
			return j.Broken(key, j.Decode(&p.TimeStamp))
		case "links":
			return j.Broken(key, j.Decode(&p.Links))
		case "features":
			found = true
			if err := j.Delim(key, '['); err != nil {
				return err
			}
			for ; j.More(); p.features++ {
				path := fmt.Sprintf("features[%d]", p.features)
				var f feature
				if err := j.Broken(path, j.Decode(&f)); err != nil {
					return err
				}
				if strings.ContainsRune(f.Properties.MunicipalityName, utf8.RuneError) {
					return j.Problem(path+".properties.municipalityName", fmt.Sprintf("%q is not UTF-8 text", f.Properties.MunicipalityName), "UTF-8, as the publisher writes it")
				}
				if err := each(path, f, j); err != nil {
					return err
				}
			}
			return j.Delim(key, ']')
		}
		var skipped json.RawMessage
		return j.Broken(key, j.Decode(&skipped))
	})
	if err != nil {
		return p, err
	}
	if err := j.End("the answer"); err != nil {
		return p, err
	}
	if !found || kind != "FeatureCollection" {
		return p, j.Problem("type", fmt.Sprintf("the answer is a %q", kind), "a FeatureCollection with features")
	}
	if p.Returned != nil && *p.Returned != p.features {
		return p, j.Problem("numberReturned", fmt.Sprintf("says %d, and there are %d features", *p.Returned, p.features), "the number of features")
	}
	return p, nil
}

// value reads the figure of a feature; nil where there is none or it is invalid.
// what says what is wrong with it.
func (f feature) value(p parameter) (value any, status pipeline.Status, what string) {
	if f.Properties.Validity == nil {
		return nil, "", "validity is missing"
	}
	text := string(f.Properties.Value)
	if text == "" {
		return nil, "", "value is missing"
	}
	if text == "null" {
		return nil, pipeline.NotAvailable, ""
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, "", fmt.Sprintf("%s is no number", words(text))
	}
	switch {
	case !*f.Properties.Validity:
		return nil, pipeline.NotAvailable, "" // and need not be possible
	case n < p.lowest || n > p.highest:
		return nil, "", fmt.Sprintf("%s is not possible in %s", text, p.unit)
	case n == 0:
		return 0.0, pipeline.Zero, ""
	}
	return n, pipeline.Observed, ""
}

// day is the date of an answer; "" where it does not say.
func (p page) day() string {
	t, err := time.Parse(time.RFC3339, p.TimeStamp)
	if err != nil {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// refused tells an answer that is an error or somebody's page, in the words that
// came; nil where it is neither.
func refused(part pipeline.Part) error {
	head, err := sources.Head(part, 4096)
	if err != nil {
		return err
	}
	text := sources.Begin(head)
	p := &pipeline.Problem{File: part.Name, Expected: "an answer of climateData"}
	var said struct{ Message, Description, Detail, Error string }
	switch {
	case bytes.HasPrefix(text, []byte("<")):
		p.What = "a page came instead of an answer: " + words(string(text))
	case json.Unmarshal(text, &said) == nil && said.Message+said.Description+said.Detail+said.Error != "":
		p.What = "DMI says: " + words(strings.Join([]string{said.Message, said.Description, said.Detail, said.Error}, " "))
	default:
		return nil
	}
	return p
}

// words cuts what somebody said to a line.
func words(text string) string {
	runes := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(text, "?")), " "))
	return string(runes[:min(len(runes), 200)])
}
