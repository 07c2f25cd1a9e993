package costtable_test

import (
	"bytes"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"samkraft/transforms/coalition"
	"samkraft/transforms/costtable"
)

// random is the rows of a table with members M1, M2 and so on, whose singles come
// first. Large steps make ties unlikely.
func random(rng *rand.Rand, n int) (singles, others []string) {
	for _, mask := range bySize(n) {
		var names []string
		for _, i := range mask.Members() {
			names = append(names, fmt.Sprintf("M%d", i+1))
		}
		row := fmt.Sprintf("%s,%d.%02d", strings.Join(names, "+"), rng.Intn(1_000_000)*mask.Size(), rng.Intn(100))
		if mask.Size() == 1 {
			singles = append(singles, row)
		} else {
			others = append(others, row)
		}
	}
	return singles, others
}

func joined(rows ...[]string) string {
	return "coalition,cost\n" + strings.Join(slices.Concat(rows...), "\n") + "\n"
}

// TestRowOrder holds that the order of rows decides the order of members, and how
// ties are told, and nothing else.
func TestRowOrder(t *testing.T) {
	rng := rand.New(rand.NewSource(5))
	for n := 2; n <= 6; n++ {
		singles, others := random(rng, n)
		first := allocate(t, joined(singles, others))
		rng.Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
		second := allocate(t, joined(singles, others))
		for name, write := range map[string][2][]byte{
			"JSON": {written(t, first.WriteJSON), written(t, second.WriteJSON)},
			"text": {written(t, inWords(first, "en")), written(t, inWords(second, "en"))},
			"CSV":  {written(t, first.WriteCSV), written(t, second.WriteCSV)},
		} {
			if !bytes.Equal(write[0], write[1]) {
				t.Errorf("%d members: the %s differs with the order of rows", n, name)
			}
		}
		slices.Reverse(singles)
		third := allocate(t, joined(others, singles))
		for _, rule := range []string{"equal", "standalone", "separable", "gately", "shapley", "nucleolus", "percapita_nucleolus"} {
			before, _ := first.Exact.Get(rule)
			after, _ := third.Exact.Get(rule)
			for _, member := range first.Members {
				x, _ := before.Get(member)
				y, _ := after.Get(member)
				if x != y {
					t.Errorf("%d members, %s: %s has %s, and %s in another order", n, rule, member, x, y)
				}
			}
		}
	}
}

// TestSameNumbers holds that the form of a file does not matter.
func TestSameNumbers(t *testing.T) {
	const plain = "coalition,cost\nGreve,10.5\nKøge,20.25\nGreve+Køge,24\n"
	want := written(t, allocate(t, plain).WriteJSON)
	for name, text := range map[string]string{
		"byte order mark":   "\ufeff" + plain,
		"semicolons":        strings.ReplaceAll(plain, ",", ";"),
		"decimal commas":    strings.ReplaceAll(strings.ReplaceAll(plain, ",", ";"), ".", ","),
		"quoted commas":     "coalition,cost\nGreve,\"10,5\"\nKøge,\"20,25\"\nGreve+Køge,24\n",
		"Windows lines":     strings.ReplaceAll(plain, "\n", "\r\n"),
		"no last line end":  strings.TrimSuffix(plain, "\n"),
		"blank lines":       strings.ReplaceAll(plain, "\n", "\n\n"),
		"blanks":            "  Coalition , COST \n Greve , 10.5 \nKøge,\t20.25\nKøge  + Greve,24\n",
		"empty last column": "coalition,cost,\nGreve,10.5,\nKøge,20.25,\nGreve+Køge,24,\n,,\n",
		"zeros":             "coalition,cost\nGreve,0010.50000000\nKøge,20.25\nGreve+Køge,+24.\n",
		"powers of ten":     "coalition,cost\nGreve,1.05e1\nKøge,2025E-2\nGreve+Køge,0.24e+2\n",
		"letters in parts":  strings.ReplaceAll(plain, "Greve", "Gre\u0301ve"),
	} {
		if name == "letters in parts" {
			a := written(t, allocate(t, strings.Replace(text, "e\u0301", "\u00e9", 1)).WriteJSON)
			if b := written(t, allocate(t, text).WriteJSON); !bytes.Equal(a, b) {
				t.Errorf("%s: %s", name, b)
			}
			continue
		}
		if got := written(t, allocate(t, text).WriteJSON); !bytes.Equal(got, want) {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
}

func BenchmarkTwentyMembers(b *testing.B) {
	// A joint saving that grows faster than the group, so that it is superadditive.
	const n = 20
	values := tabulated(n, func(s coalition.Mask) int64 {
		sum := int64(0)
		for _, i := range s.Members() {
			sum += int64(i*i%17 + 3)
		}
		return sum * sum * int64(s.Size()-1)
	})
	content := []byte(file(costtable.Saving, n, values))
	for b.Loop() {
		table, err := costtable.Read("table.csv", content, costtable.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := table.Allocate(nil, ""); err != nil {
			b.Fatal(err)
		}
	}
}

// TestMostMembers: a million coalitions, of which only those of one member are written.
func TestMostMembers(t *testing.T) {
	text := "coalition,cost\n"
	for i := range costtable.MaxMembers {
		text += fmt.Sprintf("M%d,%d\n", i+1, i+1)
	}
	_, err := costtable.Read("most.csv", []byte(text), costtable.Options{})
	if want := `1048555 coalitions are missing, the first of them "M1+M2", "M1+M3", "M1+M4", "M1+M5" and "M1+M6"`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
	table, err := costtable.Read("most.csv", []byte(text), costtable.Options{Additive: true})
	if err != nil || len(table.Members()) != costtable.MaxMembers {
		t.Fatalf("%v", err)
	}
}
