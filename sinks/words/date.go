package words

import (
	"fmt"
	"time"
)

var months = map[Language][12]string{
	Danish:  {"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"},
	Swedish: {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"},
}

func (l Language) month(t time.Time) string {
	if names, ok := months[l]; ok {
		return names[t.Month()-1]
	}
	return t.Month().String()
}

// Date writes the day of a time, as it is in the time's own zone: "22. november
// 2026" in Danish, "22 november 2026" in Swedish.
func (l Language) Date(t time.Time) string {
	return fmt.Sprintf(l.pick("%d."+noBreak+"%s %d", "%d"+noBreak+"%s %d", "%d"+noBreak+"%s %d"), t.Day(), l.month(t), t.Year())
}

// Month writes the month of a time: "november 2026".
func (l Language) Month(t time.Time) string {
	return fmt.Sprintf("%s %d", l.month(t), t.Year())
}

// Time writes a time to the minute by the clocks of a zone: "22. november 2026 kl.
// 14.05" in Danish. Without a zone it is UTC, and says so.
func (l Language) Time(t time.Time, zone *time.Location) string {
	suffix := ""
	if zone == nil {
		zone, suffix = time.UTC, noBreak+"UTC"
	}
	t = t.In(zone)
	return l.Date(t) + t.Format(l.pick(" kl."+noBreak+"15.04", " kl."+noBreak+"15.04", ", 15:04")) + suffix
}
