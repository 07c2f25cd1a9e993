package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"samkraft/sinks/portal"
	"samkraft/sinks/words"
)

// pdfPage is what a PDF of Chromium has once for each page, and a4 the size of one.
var (
	pdfPage = regexp.MustCompile(`/Type /Page\b`)
	a4      = regexp.MustCompile(`/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]`)
)

// paper is how many CSS pixels of A4 are left between the margins.
const paper = 680

// breakable lists what a page break may fall into when the page is printed, of what it
// may not.
const breakable = `[...document.querySelectorAll('tr, figure, .gains li')].filter(e => getComputedStyle(e).breakInside !== 'avoid').map(e => e.outerHTML.slice(0, 80))`

// TestReportPrinted prints the reports of the sample's snapshots as SAMKRAFT_BROWSER
// does: each has three to six pages of A4,
// and nothing stands beyond their edge. Without SAMKRAFT_LONG it prints one language
// of each.
func TestReportPrinted(t *testing.T) {
	ctx := browser(t)
	for i, s := range sampleSnapshots(t) {
		languages := words.All
		if os.Getenv("SAMKRAFT_LONG") == "" {
			languages = words.All[i%3 : i%3+1]
		}
		for _, l := range languages {
			file, err := filepath.Abs(filepath.Join(s.folder, portal.ReportFile(l)))
			if err != nil {
				t.Fatal(err)
			}
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(paper, 1000), chromedp.Navigate("file://"+filepath.ToSlash(file)), printed()); err != nil {
				t.Fatal(err)
			}
			broken, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](breakable))
			if err != nil {
				t.Fatal(err)
			}
			wide, err := chromedp.Run(ctx, chromedp.Evaluate[float64]("document.documentElement.scrollWidth"))
			if err != nil {
				t.Fatal(err)
			}
			if wide > paper {
				t.Errorf("%s: it is %.0f pixels wide, the paper %d", file, wide, paper)
			}
			if len(broken) > 0 {
				t.Errorf("%s: a page may break within %q", file, broken[:min(3, len(broken))])
			}
			pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
			if err != nil {
				t.Fatal(err)
			}
			if n := len(pdfPage.FindAll(pdf, -1)); n < 3 || n > 6 || len(a4.FindAll(pdf, -1)) != n {
				t.Errorf("%s: %d pages, %d of them of A4: expected three to six", file, n, len(a4.FindAll(pdf, -1)))
			}
		}
	}
}

// printed shows a page as it is printed.
func printed() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	})
}
