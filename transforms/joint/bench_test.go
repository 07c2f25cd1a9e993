package joint

import (
	"testing"

	"samkraft/pipeline"
)

// BenchmarkSolve is a plan of usual size with all its draws.
func BenchmarkSolve(b *testing.B) {
	in := uncertain(b, fiveMembers(), 0.2, doubtful(), agree("target", "pooled_target"), staff("office", "1278", "1381", "1315"), lampsOf(fiveMembers()), agree("hours", "netting"))
	in.Draws = 10000
	in.Hours = &Hours{Year: 2023}
	for i := range in.Members {
		var used, made []float64
		for h := range 8760 {
			used, made = append(used, float64(5+i+h%24)), append(made, float64((h*(7+i))%37))
		}
		in.Hours.Consumption, in.Hours.Production = append(in.Hours.Consumption, used), append(in.Hours.Production, made)
	}
	for b.Loop() {
		if _, err := Solve(in); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSolveTwelve is the largest whose groups are all published.
func BenchmarkSolveTwelve(b *testing.B) {
	in := crowded(b, 12)
	in.Draws = 10000
	for b.Loop() {
		if _, err := Solve(in); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSolveTwenty is the largest plan there may be: two agreements of all.
func BenchmarkSolveTwenty(b *testing.B) {
	in := crowded(b, 20)
	in.Draws = 10000
	for b.Loop() {
		if _, err := Solve(in); err != nil {
			b.Fatal(err)
		}
	}
}

// lampsOf is a joint purchase by population.
func lampsOf(members []toy) pipeline.Agreement {
	a := agree("lamps", "scale")
	a.Parameters = pipeline.Parameters{Kind: "procurement", Amount: "population", CostEUR: number(1e6), Reference: number(1e5)}
	return a
}

// crowded is a plan of n members with a ladder each on one of five stocks.
func crowded(t testing.TB, n int) Input {
	var members []toy
	for i := range n {
		m := fiveMembers()[i%5]
		m.Code, m.Name = string(rune('A'+i)), "Member "+string(rune('A'+i))
		m.Population += float64(1000 * i)
		for k := range m.ladder {
			m.ladder[k].gwh *= 1 + float64(i)/10
		}
		members = append(members, m)
	}
	target := agree("target", "pooled_target")
	target.Key.Shares = "gain"
	return uncertain(t, members, 0.2, doubtful(), target, lampsOf(members))
}
