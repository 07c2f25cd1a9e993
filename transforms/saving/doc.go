// Package saving computes what saving measures on the members' stocks of energy
// use save and cost in a year.
//
// A [Stock] is a part of a member's energy use; a package is one measure on it or
// several. Packages on one stock exclude each other. Within a package each
// measure on demand acts on what the others leave, so that what remains is the
// product of the 1 - s, and a heat pump comes last, sized for what is left.
//
// Every coefficient is a [Param]: a row of the registry of factors, the rate of
// interest, or the use of a stock, which is known only as well as its grade says.
// [New] finds out once which there are and where each counts. A [Model] is then
// evaluated at their central values, or ten thousand times at drawn ones.
//
// Energy is in MWh per year, money in euro of the model's price year, net of what
// the saved energy is worth where it says so, CO2 in tonnes per year. A figure
// that is not there is NaN, and a stock without figure is left out: it is never
// zero.
package saving
