package transforms

// units bring publishers' energy to MWh: exact factors (1 TJ is 10 000/36 MWh).
var units = []string{
	"CREATE MACRO mwh_of_gj(gj) AS (gj / 3.6)",
	"CREATE MACRO mwh_of_tj(tj) AS (tj * 10000 / 36)",
	"CREATE MACRO mwh_of_toe(toe) AS (mwh_of_gj(toe * 41.868))",
}

// quality puts half-widths together: u and e are lists of the parts' relative
// half-widths and of their amounts, in a stated order. The errors of parts that rest
// on the same coefficient are one error and add up; others make up for each other
// in part. The answer is relative to the sum; null where a part is not known, or
// where the sum is nothing. Both are to be called with columns: a list cannot hold
// an aggregate while it is gone through.
var quality = []string{
	`CREATE MACRO shared_half_width(u, e) AS (CASE WHEN len(list_filter(list_concat(u, e), lambda x: x IS NULL)) = 0 THEN
		list_aggregate([abs(u[i] * e[i]) FOR i IN range(1, len(e) + 1)], 'fsum') / nullif(abs(list_aggregate(e, 'fsum')), 0) END)`,
	`CREATE MACRO independent_half_width(u, e) AS (CASE WHEN len(list_filter(list_concat(u, e), lambda x: x IS NULL)) = 0 THEN
		sqrt(list_aggregate([u[i] * e[i] * u[i] * e[i] FOR i IN range(1, len(e) + 1)], 'fsum')) / nullif(abs(list_aggregate(e, 'fsum')), 0) END)`,
}
