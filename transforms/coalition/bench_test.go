package coalition

import (
	"fmt"
	"testing"
)

// Growth with the number of members, at 800 measures.
func BenchmarkMoneyGameMembers(b *testing.B) {
	for n := 8; n <= 20; n += 2 {
		p := pools(n, 800/n).Example(31).build(b)
		b.Run(fmt.Sprintf("members=%d", n), func(b *testing.B) {
			for b.Loop() {
				moneyGame(b, p)
			}
		})
	}
}

// Growth with the number of measures, at 20 members.
func BenchmarkMoneyGameMeasures(b *testing.B) {
	for _, measures := range []int{100, 200, 400, 800} {
		p := pools(20, measures/20).Example(32).build(b)
		b.Run(fmt.Sprintf("measures=%d", measures), func(b *testing.B) {
			for b.Loop() {
				moneyGame(b, p)
			}
		})
	}
}

// Growth with the number of members, at 40 options each, two targets and a resource.
func BenchmarkLinearMembers(b *testing.B) {
	for n := 3; n <= 9; n += 2 {
		l := linears(n, 40, 2, 1).Example(35).build(b)
		b.Run(fmt.Sprintf("members=%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, _, err := l.Costs(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Growth with the number of options, at 5 members, two targets and a resource.
func BenchmarkLinearOptions(b *testing.B) {
	for _, options := range []int{40, 80, 160, 320} {
		l := linears(5, options, 2, 1).Example(36).build(b)
		b.Run(fmt.Sprintf("options=%d", 5*options), func(b *testing.B) {
			for b.Loop() {
				if _, _, err := l.Costs(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The price point needs no table of coalitions.
func BenchmarkLinearPricePoint(b *testing.B) {
	l := linears(98, 40, 2, 1).Example(37).build(b)
	for b.Loop() {
		if _, err := l.PricePoint(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkShapley(b *testing.B) {
	for n := 8; n <= 20; n += 4 {
		g := moneyGame(b, pools(n, 20).Example(33).build(b))
		b.Run(fmt.Sprintf("members=%d", n), func(b *testing.B) {
			for b.Loop() {
				Shapley(g)
			}
		})
	}
}

func BenchmarkNucleolus(b *testing.B) {
	for n := 4; n <= 20; n += 4 {
		g := moneyGame(b, pools(n, 20).Example(34).build(b))
		b.Run(fmt.Sprintf("members=%d", n), func(b *testing.B) {
			for b.Loop() {
				if got, err := Nucleolus(g); err != nil || !got.Verified {
					b.Fatal(err, got.Verified)
				}
			}
		})
	}
}

func BenchmarkAggregateShapley(b *testing.B) {
	c := ladder(98)
	for b.Loop() {
		if _, err := c.ShapleyCharges(); err != nil {
			b.Fatal(err)
		}
	}
}
