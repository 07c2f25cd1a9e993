package transforms

import "testing"

func TestPart(t *testing.T) {
	for _, c := range []struct {
		size    string
		sharing int
		want    string
	}{{"400MB", 0, "400MB"}, {"400MB", 1, "400MB"}, {"400MB", 2, "200MB"}, {"1GB", 2, "500MB"}} {
		if got := part(c.size, c.sharing); got != c.want {
			t.Errorf("%s for %d: %s, want %s", c.size, c.sharing, got, c.want)
		}
	}
}
