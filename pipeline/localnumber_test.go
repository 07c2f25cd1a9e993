package pipeline

import "testing"

func TestLocalNumber(t *testing.T) {
	for _, c := range []struct{ plain, en, da, sv string }{
		{"9813.8", "9 813.8", "9.813,8", "9\u00a0813,8"},
		{"-1234567", "-1 234 567", "-1.234.567", "-1\u00a0234\u00a0567"},
		{"999", "999", "999", "999"},
		{"0.75", "0.75", "0,75", "0,75"},
		{"-0.0", "0.0", "0,0", "0,0"},
		{"-0.5", "-0.5", "-0,5", "-0,5"},
	} {
		for lang, want := range map[string]string{"en": c.en, "da": c.da, "sv": c.sv} {
			if got := LocalNumber(lang, c.plain); got != want {
				t.Errorf("%s in %s: got %q, want %q", c.plain, lang, got, want)
			}
		}
	}
}
