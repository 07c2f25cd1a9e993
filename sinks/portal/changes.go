package portal

import (
	"context"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"

	"samkraft/sinks/packed"
	"samkraft/sinks/words"
)

// Changes is what a snapshot changed, compared with the one before.
type Changes struct {
	Method   bool // the program's models or coefficients
	PlanFile bool // what the plan says
	Gains    []GainChange
	Figures  []TableChange // of publishers, and of the plan's own data
	Tables   []TableChange // of the snapshot
	Skipped  []string      // what could not be compared, and why
}

// GainChange is the gain of an agreement before and after, in euro a year; nil where
// there is none.
type GainChange struct {
	Agreement string
	Old, New  *float64
}

// TableChange is how a table differs: how many rows, and the cells that changed most.
type TableChange struct {
	Source, DataSet, Table  string // Source and DataSet are empty for a table of the snapshot
	Changed, Added, Removed int64
	Largest                 []CellChange
}

// CellChange is a cell that changed. A value is nil where the cell is empty.
type CellChange struct {
	Key          []string
	Column, Unit string
	Old, New     *string
}

// changes is the page of what changed since the snapshot before. Until it is worked
// out it says so.
type changes struct {
	Before   string
	Ready    bool
	What     []template.HTML
	Gains    grid
	Figures  grid
	Cells    grid
	Tables   grid
	Skipped  []string
	Unworked template.HTML // why it could not be worked out
}

// changesOf writes the page of a comparison; nil is one that goes on, fault one that
// failed.
func changesOf(s *scribe, c *Changes, fault error) (any, error) {
	page := changes{Before: s.stage.known.previous}
	if fault != nil {
		page.Unworked = plainText(fault.Error())
		return page, nil
	}
	if c == nil {
		return page, nil
	}
	page.Ready, page.Skipped = true, c.Skipped
	if c.Method {
		page.What = append(page.What, s.say("changed_method"))
	}
	if c.PlanFile {
		page.What = append(page.What, s.say("changed_plan"))
	}
	if len(c.Figures) == 0 {
		page.What = append(page.What, s.say("changed_no_figures"))
	}
	page.Gains = grid{Caption: s.say("changed_gains"), Head: s.heads("agreement", "#before", "#now")}
	for _, g := range c.Gains {
		now := s.say("no_figure")
		if r, ok := s.table("joint_savings").First("agreement_id", g.Agreement); ok && g.New != nil {
			now = s.money(at(r, "gain_eur"))
		}
		page.Gains.Rows = append(page.Gains.Rows, line{Name: s.titleOf(g.Agreement), Cells: []field{num(s.earlier(g.Old)), num(now)}})
	}
	page.Figures, page.Cells = s.changed("changed_figures", c.Figures)
	page.Tables, _ = s.changed("changed_tables", c.Tables)
	return page, nil
}

// earlier writes euro of the snapshot before, which has no place in this one's tables.
func (s *scribe) earlier(v *float64) template.HTML {
	if v == nil {
		return s.say("no_figure")
	}
	return template.HTML(fmt.Sprintf(`<data class="earlier" value="%s">%s</data>`, exact(*v), beside(s.lang.Currency(*v, s.rate.value, s.rate.currency))))
}

// changed lists how many rows of tables changed, and the cells that changed most.
func (s *scribe) changed(caption string, all []TableChange) (tables, cells grid) {
	count := func(n int64) field {
		return num(template.HTML(fmt.Sprintf(`<data class="earlier" value="%d">%s</data>`, n, s.lang.Number(float64(n), 0))))
	}
	tables = grid{Caption: s.say(caption), Head: s.heads("data_set", "#rows_changed", "#rows_added", "#rows_removed")}
	cells = grid{Caption: s.say("changed_cells"), Head: s.heads("row", "column", "#before", "#now", "unit")}
	for _, t := range all {
		name := strings.TrimSpace(t.Source + " " + t.DataSet)
		if name == "" {
			name, _ = s.lang.Table(t.Table)
		}
		tables.Rows = append(tables.Rows, line{Name: template.HTML(`<span class="extract">` + template.HTMLEscapeString(name) + `</span>`), Cells: []field{count(t.Changed), count(t.Added), count(t.Removed)}})
		for _, c := range t.Largest {
			label, _ := s.lang.Column(t.Table, c.Column)
			cells.Rows = append(cells.Rows, line{Name: template.HTML(`<span class="key">` + template.HTMLEscapeString(strings.Join(c.Key, " · ")) + `</span>`), Cells: []field{
				word(plainText(label)), num(s.other(c.Old)), num(s.other(c.New)), word(template.HTML(`<span class="definition">` + template.HTMLEscapeString(s.lang.Unit(c.Unit)) + `</span>`)),
			}})
		}
	}
	return tables, cells
}

// other writes a value of a comparison: a number as the language does, else as it is.
func (s *scribe) other(v *string) template.HTML {
	if v == nil {
		return s.say("empty")
	}
	if f, err := strconv.ParseFloat(*v, 64); err == nil {
		return template.HTML(fmt.Sprintf(`<data class="earlier" value="%s">%s</data>`, exact(f), s.lang.Number(f, decimals(*v))))
	}
	return template.HTML(`<span class="place">` + template.HTMLEscapeString(*v) + `</span>`)
}

// decimals counts the decimals of a number as it is written.
func decimals(text string) int {
	_, after, _ := strings.Cut(text, ".")
	return len(after)
}

// addChanges works out what a snapshot changed, and puts the page of it in the place
// of the one that says that this goes on.
func (h *Handler) addChanges(ctx context.Context, plan string, m made) error {
	c, fault := h.site.Compare(ctx, plan, m.on.known.previous, m.id)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	with := *m.shelf
	with.pages = maps.Clone(m.pages)
	for _, l := range words.All {
		page, err := m.book.single(l, m.on, "changes", func(s *scribe) (any, error) { return changesOf(s, &c, fault) })
		if err != nil {
			return err
		}
		with.pages[string(l)+"/changes.html"] = packed.New(page)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if (*h.shelf.Load())[plan] == m.shelf { // and no newer one has come meanwhile
		h.put(plan, &with)
	}
	return fault
}

// single writes one page of a book again.
func (b *book) single(l words.Language, on stage, file string, fill func(*scribe) (any, error)) ([]byte, error) {
	s, t, err := b.scribe(l, on)
	if err != nil {
		return nil, err
	}
	sheets := s.contents()
	i := slices.IndexFunc(sheets, func(one sheet) bool { return one.file == file })
	s.sheet = sheets[i]
	s.sheet.fill = fill
	return s.page(t, sheets)
}
