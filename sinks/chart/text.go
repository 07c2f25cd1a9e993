package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	fontSize   = 13.0
	lineHeight = 16.0
	ascent     = 12.5 // from the base line to above an Å
	descent    = 3.5
)

// advances are the widths of the characters from space to tilde in thousandths of the
// font size, of DejaVu Sans: wider than the typefaces that systems show pages in, so
// that what fits by it fits with them.
var advances = [...]int{
	318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
	636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
	1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
	603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
	500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
	635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
}

// width is how wide a text is at most.
func width(text string) float64 {
	sum := 0
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~':
			sum += advances[r-' ']
		case r == '\u00a0' || r == '\u202f':
			sum += 318
		case r >= 'ß' && r <= 'ÿ' && r != 'æ' && r != '÷':
			sum += 640
		case r >= 'À' && r <= 'Ý' && r != 'Æ' && r != '×':
			sum += 790
		default:
			sum += 1000
		}
	}
	return float64(sum) * fontSize / 1000
}

// plain is a text without line breaks, tabs and runs of spaces.
func plain(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r < 0x20 || r == ' ' || r == 0x7f }), " ")
}

// wrap breaks a text into lines no wider than room: between words, and within a word
// that is wider than a line. There is at least one line, and a character on each.
func wrap(text string, room float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(keepSpaces.Replace(plain(text))) {
		word = giveSpaces.Replace(word)
		if line != "" && width(line+" "+word) <= room {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; width(line) > room; {
			head := cut(line, room)
			if head == line {
				break
			}
			line = line[len(head):]
			if last, _ := utf8.DecodeLastRuneInString(head); unicode.IsLetter(last) {
				head += "-"
			}
			lines = append(lines, head)
		}
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// Within a number no-break spaces hold its groups together; strings.Fields would break
// there.
var (
	keepSpaces = strings.NewReplacer("\u00a0", "\ue000", "\u202f", "\ue001")
	giveSpaces = strings.NewReplacer("\ue000", "\u00a0", "\ue001", "\u202f")
)

// leastRest is how many letters of a broken word go to the next line at least.
const leastRest = 4

// cut is the beginning of a word that fits, after a hyphen, slash or bracket if there
// is one in its second half.
func cut(word string, room float64) string {
	end, good := 0, 0
	for i, r := range word {
		next := i + len(string(r))
		if i > 0 && width(word[:next]+"-") > room {
			break
		}
		end = next
		if strings.ContainsRune("-/,;_", r) {
			good = end
		}
	}
	if good*2 >= end {
		return word[:good]
	}
	// A rest of a letter or three reads badly: leave it more, if there is more.
	if rest := []rune(word[end:]); len(rest) > 0 && len(rest) < leastRest {
		head := []rune(word[:end])
		if keep := len(head) + len(rest) - leastRest; keep >= leastRest {
			return string(head[:keep])
		}
	}
	return word[:end]
}

// widest is the width of the widest of some texts.
func widest(texts []string) float64 {
	most := 0.0
	for _, text := range texts {
		most = max(most, width(text))
	}
	return most
}
