package energistyrelsen

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// agency answers from memory: bytes by path, nothing where there are none.
type agency map[string]string

func (a agency) fetch(t *testing.T, dataSet, path string) (parts []pipeline.Part, asked []string, err error) {
	t.Helper()
	pieces := Source{}.Pieces(dataSet, pipeline.Want{Now: time.Date(2026, 10, 3, 0, 0, 0, 0, time.UTC), Path: path})
	if len(pieces) != 1 {
		t.Fatalf("%d pieces", len(pieces))
	}
	err = Source{}.Fetch(context.Background(), dataSet, pieces[0], func(_ context.Context, r pipeline.Request) (pipeline.Answer, error) {
		asked = append(asked, r.Path)
		content, ok := a[r.Path]
		switch {
		case !ok && r.Absent:
			return pipeline.Answer{Absent: true}, nil
		case !ok:
			return pipeline.Answer{}, &pipeline.Problem{File: r.Path, What: "404"}
		}
		answer := pipeline.Answer{Part: sourcetest.Part(r.Path, []byte(content)), Address: "http://127.0.0.1:8080" + r.Path}
		if answer.Role = r.Role; r.Role != "" {
			parts = append(parts, answer.Part)
		}
		return answer, nil
	})
	return parts, asked, err
}

func workbooks(t *testing.T) map[string]string {
	books := map[string]string{}
	for name, file := range map[string]string{"new": "turbines-new/in/Vinddata.xlsx", "old": "turbines-old/in/anlaeg.xlsx", "plants": "plants/in/ept.xlsx", "networks": "networks/in/fjernvarmenet.xlsx"} {
		books[name] = string(sourcetest.Case(t, Source{}, file))
	}
	return books
}

const page = `<!DOCTYPE html><html><head><title>Data</title><script>var a = "<a href='/media/1/download'>Vinddata</a>"</script></head><body>
<nav><a href="/">Forside</a> <a href="/vind">Vinddata og havvind</a></nav>
<h2>Stamdataregister for vindkraftanlæg</h2>
<ul><li><a href="/media/8746/download" title="Historiske vinddata.xlsx">Historiske vinddata</a></li>
<li><a href="/media/9001/download?v=2&amp;t=3">Vind&shy;data <img alt="xlsx"></a></li>
<li><a href="https://ens.dk/media/8747/download">Parkproduktion</a></li></ul>
<h2>Energiproducenttælling</h2>
<p>Skema: <a href="/media/7000/download">Spørgeskema til energiproducenttælling (xlsx)</a></p>
<p>2020-2022: <a href="/media/7001/download">Produktion og brændselsforbrug per anlæg 2020-2022</a></p>
<p>2021-2023: <a href="https://www.ens.dk/media/7199/download">Produktion og brændselsforbrug per anlæg 2021-2023</a></p>
<p><a href="/media/7197/download">Stamdata for værker (EPT produktion)</a></p>
<div><h3>Data om fjernvarmenet, 125% metode</h3><p><span>Excel</span> <a href="/media/8519/download">Hent</a></p></div>
<div><h3>Data om fjernvarmenet, 200pct metode</h3><p><span>Excel</span> <a href="http://127.0.0.1:8080/media/8520/download">Hent</a></p></div>
</body></html>`

func TestFetch(t *testing.T) {
	books := workbooks(t)
	site := agency{pages[0]: page, "/media/9001/download?v=2&t=3": books["new"], "/media/7199/download": books["plants"], "/media/8520/download": books["networks"]}
	for dataSet, want := range map[string]string{turbineRegister: "/media/9001/download?v=2&t=3", producerCount: "/media/7199/download", heatNetworks: "/media/8520/download"} {
		parts, asked, err := site.fetch(t, dataSet, "")
		if err != nil || len(parts) != 1 || len(asked) != 2 || asked[1] != want {
			t.Errorf("%s: asked %v, %d parts: %v", dataSet, asked, len(parts), err)
			continue
		}
		x := pipeline.Extract{Source: "energistyrelsen", DataSet: dataSet, Parts: parts}
		out := pipeline.Checked(x, sourcetest.Tables(Source{}, dataSet), func(pipeline.Table, string, []any) error { return nil })
		if edition, err := (Source{}).Decode(context.Background(), x, out); err != nil || edition.AsOf == "" {
			t.Errorf("%s: %v %v", dataSet, edition, err)
		}
	}
	// The page has moved back, and the plan knows better.
	older := agency{pages[1]: page[:strings.Index(page, "<h2>")] + `<a href="../../media/5/download">Vinddata 2026.xlsx</a>`, "/media/5/download": books["new"], "/media/6/download": books["new"]}
	for path, want := range map[string]string{"": pages[0] + " " + pages[1] + " /media/5/download", "https://ens.dk/media/6/download": "/media/6/download", "/media/6/download": "/media/6/download"} {
		if _, asked, err := older.fetch(t, turbineRegister, path); err != nil || strings.Join(asked, " ") != want {
			t.Errorf("path %q: asked %v: %v", path, asked, err)
		}
	}
}

func TestFetchRefuses(t *testing.T) {
	books := workbooks(t)
	download := func(content string) agency {
		return agency{pages[0]: `<a href="/media/5/download">Vinddata</a>`, "/media/5/download": content}
	}
	for name, c := range map[string]struct {
		site       agency
		path, want string
	}{
		"no page":          {site: agency{}, want: "at none of its known addresses"},
		"no link":          {site: agency{pages[0]: "<a href='/media/5/download'>Parkproduktion</a>"}, want: "none of 1 links leads to the register"},
		"other kind":       {site: agency{pages[0]: "<a href='/media/5/download'>Vinddata (pdf)</a>"}, want: "none of 1 links"},
		"other site":       {site: agency{pages[0]: "<a href='https://example.org/media/5/download'>Vinddata</a>"}, want: "leads to another site"},
		"other scheme":     {site: agency{pages[0]: "<a href='ftp:/media/5/download'>Vinddata</a>"}, want: "is not a page of the site"},
		"no address":       {site: agency{}, path: "https://ens.dk:x/", want: "is not an address"},
		"moved":            {site: agency{pages[0]: "<a href='/media/5/download'>Vinddata</a>"}, want: "404"},
		"an error page":    {site: download("\n<!DOCTYPE html><html><body>Siden findes ikke</body></html>"), want: "is a page of text and not the register"},
		"another workbook": {site: download(books["plants"]), want: "and not the register of wind turbines"},
		"an old state":     {site: download(books["old"]), want: "an old address that still answers"},
		"cut":              {site: download(books["new"][:2000]), want: "cannot be opened as a workbook"},
		"without months":   {site: download(string(sourcetest.Case(t, Source{}, "turbines-new-no-months/in/Vinddata.xlsx"))), want: "there are no months"},
		"without a header": {site: download(emptyRegister(t)), want: "the sheet ends before its header"},
	} {
		_, _, err := c.site.fetch(t, turbineRegister, c.path)
		var problem *pipeline.Problem
		if !errors.As(err, &problem) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; expected %q", name, err, c.want)
		}
	}
}

func emptyRegister(t *testing.T) string {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	if err := file.SetSheetName("Sheet1", newSheet); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := file.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Any page is read without a fall, and what is found lies on the site.
func FuzzLinks(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte("<a href=/media/1/download><h2><a href='//x'>Vinddata"))
	f.Add([]byte(strings.Repeat("<div>", 600) + "<a href='media/1/download'>Vinddata"))
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, want := range downloads {
			best, ok := want.choose(readLinks(content))
			if !ok {
				continue
			}
			if path, err := sitePath(pages[0], "", best.href); err == nil && (!strings.HasPrefix(path, "/") || strings.ContainsAny(path, " \r\n")) {
				t.Errorf("%q is not a path", path)
			}
		}
	})
}
