// Package coalition computes what a group of municipalities gains by doing a
// thing together, and how that gain can be shared.
//
// # Games and signs
//
// A cooperative game gives one number to every coalition, that is to every set
// of players. Two forms are used:
//
//   - A cost game C(S) is what coalition S pays when its members meet their own
//     aims together and nobody else takes part.
//   - A savings game v(S) is what S gains compared with each of its members
//     acting alone: v(S) = sum of C({i}) over i in S, minus C(S).
//
// Every rule in this package works on the savings form, where more is better
// and a share x_i is what player i receives. A share of the cost follows as
// y_i = C({i}) - x_i. [FromCosts] turns the first form into the second.
//
// # Coalitions
//
// A coalition is a [Mask]: bit i is set when player i belongs to it. A game of n
// players is a table of 2^n values indexed by mask, so value 0 belongs to the
// empty coalition and value 2^n - 1 to everybody. Players are numbered from 0 in
// the order the caller chose, and that order also breaks ties, so a result never
// depends on the order in which files or maps were read.
//
// # Units
//
// The values of a [Game] are whole numbers: cents of euro per year, kWh per year
// or kg of CO2 per year. The mechanisms that produce games take EUR, MWh and
// tonnes, which is how the inputs are published, and round once.
//
// # Exactness
//
// Whole numbers make the rules exact. Shapley values, dividends and keys are
// rationals at every size. The linear programs of the nucleolus and the least
// core are solved in rationals up to [ExactPlayers] players; above, floating
// point only has to find the coalitions that bind, and the shares follow from
// those as rationals. Every nucleolus is then checked by a criterion that does
// not depend on how it was found, and says whether it passed. The programs of
// [Linear] are solved and verified in rationals at every size. [Round] turns exact
// shares into whole numbers that add up to the last cent.
//
// For hundreds of players no table of coalitions exists. What remains exact
// there are the price points of [PooledTarget] and [Linear], [AggregateShapley],
// the airport rules, [GroupSizes] and [Network.Bird]; [SampleShapley] estimates the
// rest.
//
// # Concurrency
//
// Nothing here keeps state between calls. Values are not changed after they are
// built, so any function may be called from several goroutines at once.
package coalition
