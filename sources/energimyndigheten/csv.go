package energimyndigheten

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"samkraft/pipeline"
	"samkraft/sources"
	"samkraft/sources/pxweb"
)

// decodeCSV reads the table as others publish it: a row per municipality and
// year. Code and name must be of one municipality, as the file was made by hand
// or by a program that resolved positions.
func decodeCSV(ctx context.Context, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	content, err := pxweb.ReadAll(part)
	if err != nil {
		return pipeline.Edition{}, err
	}
	if len(content) > 0 && content[len(content)-1] != '\n' {
		// A cut may leave a figure that looks whole: 77.0 of 77.01.
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, What: "the last line has no end", Expected: "a whole file", Remedy: "copy it again, or end the last line if nothing is missing"}
	}
	part.Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
	file, err := sources.OpenCSV(part, ',', sources.UTF8)
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer file.Close()
	if err := file.Expect(csvHeader...); err != nil {
		return pipeline.Edition{}, err
	}
	last := 0
	err = file.Each(ctx, func(cells []string) error {
		m, err := pipeline.FindMunicipality("SE", cells[0])
		if err != nil || !sources.Digits(cells[0]) {
			return file.Problem(0, fmt.Sprintf("unknown municipality %q (%s)", cells[0], cells[1]), "a code such as 1380")
		}
		if named, err := pipeline.FindMunicipality("SE", cells[1]); err != nil || named.Code != m.Code {
			return file.Problem(1, fmt.Sprintf("%q is not municipality %s", cells[1], cells[0]), m.Name)
		}
		y, ok := sources.Year(cells[2])
		if !ok {
			return file.Problem(2, fmt.Sprintf("%q is no year", cells[2]), "a year such as 2024")
		}
		row := []any{"SE", m.Code, y, nil, nil, nil, nil}
		for q := installations; q <= capacity; q++ {
			i := 3 + int(q)
			if row[3+2*int(q)], row[4+2*int(q)], err = figure(cells[i], q); err != nil {
				return file.Problem(i, err.Error(), `a figure such as 77.01, or ".." for a secret one`)
			}
		}
		last = max(last, y)
		return out.Row("em_pv_csv", file.Location(), row...)
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	return pipeline.Edition{AsOf: sources.EndOfYear(last)}, nil
}
