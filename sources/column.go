package sources

import "samkraft/pipeline"

// Text declares a column of text.
func Text(name, description string) pipeline.Column {
	return pipeline.Column{Name: name, Kind: pipeline.Text, Description: description}
}

// The columns that tables about Danish and about Swedish municipalities begin
// with.
var (
	DanishCountry   = Text("country", "Country of the municipality, always DK")
	DanishMuniCode  = Text("muni_code", "Three-digit municipality code")
	SwedishCountry  = Text("country", "Country, always SE.")
	SwedishMuniCode = Text("muni_code", "Municipality, four digits.")
)
