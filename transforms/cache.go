package transforms

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"

	"samkraft/pipeline"
)

// meta is what is kept beside a built table.
type meta struct {
	Table  pipeline.BuiltTable
	Origin string // file with the rows' origins, "" when the model gives none
	SHA256 string // of that file
}

// originFile returns the file with the origins of a table's rows, when its model
// gives any.
func (b *build) originFile(table string) (string, bool) {
	var kept meta
	known := pipeline.ReadSealed(b.Disk, path.Join("models", table, b.keys[table]+".json"), &kept)
	return kept.Origin, known && kept.Origin != ""
}

// cached returns a table that was built before, if its file is still what it was.
func (b *build) cached(table, key string) (pipeline.BuiltTable, bool) {
	var kept meta
	if !pipeline.ReadSealed(b.Disk, path.Join("models", table, key+".json"), &kept) {
		return pipeline.BuiltTable{}, false
	}
	if sum, _, err := pipeline.HashFile(b.Disk, kept.Table.File); err != nil || sum != kept.Table.SHA256 {
		return pipeline.BuiltTable{}, false
	}
	if kept.Origin != "" {
		if sum, _, err := pipeline.HashFile(b.Disk, kept.Origin); err != nil || sum != kept.SHA256 {
			return pipeline.BuiltTable{}, false
		}
	}
	kept.Table.Fresh = false
	return kept.Table, true
}

// keep writes a table to models/TABLE/KEY.parquet, its rows' origins beside it,
// and KEY.json last.
func (b *build) keep(ctx context.Context, m model, key string) error {
	folder := path.Join("models", m.name)
	if err := b.Disk.MkdirAll(folder); err != nil {
		return err
	}
	// Nobody asks what an interim table is: it has no declaration to be kept.
	kept := meta{Table: b.tables[m.name]}
	kept.Table.Name = m.name
	kept.Table.Columns = slices.Clone(kept.Table.Columns) // which get digests
	kept.Table.File = path.Join(folder, key+".parquet")
	if err := b.writeTable(ctx, m, &kept.Table); err != nil {
		return err
	}
	traced, err := b.traced(ctx, m)
	if err != nil {
		return err
	}
	if traced {
		kept.Origin = path.Join(folder, key+".origin.parquet")
		query := fmt.Sprintf("SELECT DISTINCT row_key, left(o, 64) AS extract_sha256, substr(o, 66) AS location FROM (SELECT row_key, unnest(_origin) AS o FROM %s) ORDER BY ALL", name(m.name+originSuffix))
		if err := b.copy(ctx, query, kept.Origin, ""); err != nil {
			return err
		}
		if kept.SHA256, _, err = pipeline.HashFile(b.Disk, kept.Origin); err != nil {
			return err
		}
	}
	if kept.Table.SHA256, kept.Table.Bytes, err = pipeline.HashFile(b.Disk, kept.Table.File); err != nil {
		return err
	}
	if err := pipeline.WriteSealed(b.Disk, path.Join(folder, key+".json"), kept); err != nil {
		return err
	}
	kept.Table.Fresh = true
	b.built[m.name] = kept.Table
	return nil
}

// traced reports whether the model names the places in extracts from which its
// rows come. Where it names none, lineage leads to all that is behind the table.
func (b *build) traced(ctx context.Context, m model) (bool, error) {
	if m.interim || m.query == "" {
		return false, nil
	}
	var any bool
	err := b.conn.QueryRowContext(ctx, fmt.Sprintf("SELECT EXISTS (SELECT 1 FROM %s)", name(m.name+originSuffix))).Scan(&any)
	return any, err
}

// copy writes a query's rows as Parquet, whole or not at all.
func (b *build) copy(ctx context.Context, query, file, metadata string) error {
	if metadata != "" {
		metadata = ", KV_METADATA {'ARROW:schema': " + quote(metadata) + "}"
	}
	target := pipeline.Temp(file)
	err := b.exec(ctx, fmt.Sprintf("COPY (%s) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880%s)", query, quote(b.Disk.Path(target)), metadata))
	if err != nil {
		return errors.Join(err, b.Disk.RemoveAll(target))
	}
	if err := b.Disk.Sync(target); err != nil {
		return err
	}
	if err := b.Disk.Freeze(target); err != nil {
		return err
	}
	return pipeline.Settle(b.Disk, file)
}
