package costtable_test

import (
	"strings"
	"testing"

	"samkraft/transforms/costtable"
)

// Numbers with more decimals than are kept are rounded half away from zero, and
// counted.
func TestRounding(t *testing.T) {
	for number, want := range map[string]string{
		"1.0000005": "1000001/1000000", "-1.0000005": "-1000001/1000000", "1.00000049999": "1", "0.0000004": "0", "5e-7": "1/1000000", "4e-300": "0",
		"33.333333333333336": "33333333/1000000", "0.9999999": "1", "4398046.0000010000001": "4398046000001/1000000", "8796093.0222085": "879609302221/100000",
		"43980465111.0712": "4398046511107/100", // with its total too large for four decimals, not for two
	} {
		answer := allocate(t, "coalition,saving\nA,"+number+"\n")
		if got := answer.Total.RatString(); got != want || answer.Rounded == nil || answer.Rounded.Numbers != 1 {
			t.Errorf("%s: %s, %+v; want %s", number, got, answer.Rounded, want)
		}
	}
	for language, want := range map[string]string{"en": "Rounded to 6 decimals: 1 of the 3 numbers of the file.", "da": "Afrundet til 6 decimaler: 1 af filens 3 tal.", "sv": "Avrundat till 6 decimaler: 1 av filens 3 tal."} {
		answer := allocate(t, "coalition,cost\nA,1.5\nB,2.25\nA+B,3.3333333333\n")
		if got := answer.Notice(language); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
		if text := string(written(t, inWords(answer, language))); !strings.HasSuffix(text, want+"\n") {
			t.Errorf("%s: the notice is missing in\n%s", language, text)
		}
	}
	if answer := allocate(t, "coalition,cost\nA,1.5\nB,2.25\nA+B,3.333333\n"); answer.Rounded != nil || answer.Notice("en") != "" {
		t.Errorf("nothing is rounded: %+v", answer.Rounded)
	}
	if _, err := costtable.Read("table.csv", []byte("coalition,cost\nA,1e13\n"), costtable.Options{}); err == nil {
		t.Error("a number that is too large was accepted")
	}
}
