// Package joint computes what the members of a plan gain by doing things
// together instead of each alone: every agreement as a cooperative game, the
// ways of sharing its gain with their certificates, the agreements together as
// one promise to each member, and how sure all of that is.
//
// It knows nothing of files or tables: [Solve] takes an [Input] and returns rows.
// The mathematics is that of package coalition; what measures save and cost is
// that of package saving. Here the two meet the plan.
//
// # Parameters
//
// Everything uncertain is one vector of parameters: the factors that measures
// and mechanisms use, and how far off each stock of energy use may be. The
// published figures are those at the most likely values. Draws and the tornado
// change the vector and play the same games again, alone and together with the
// same values, because a gain is a small difference of large numbers.
//
// # Units
//
// Money is EUR per year, energy MWh per year, CO2 t per year; the games are
// played in whole cents, kWh and kg.
package joint
