package saving

// Resolve finds the factor of a country that counts in a year, by the rules of
// [New], and makes it a parameter of the same id: for models of other things
// that share factors with measures. Of an emission factor it is the average one.
// It reports false where there is no such factor, and fails on one whose range
// makes no sense.
func Resolve(factors []Factor, id, country string, year int) (Param, bool, error) {
	var rows []Factor
	for _, f := range factors {
		if f.ID == id {
			rows = append(rows, f)
		}
	}
	f, ok := find(rows, country, average, year)
	if !ok {
		return Param{}, false, nil
	}
	p := f.param()
	return p, true, p.check(anyNumber)
}

// param is the factor as a parameter. A country's own row is one parameter for
// all members there.
func (f Factor) param() Param {
	id := f.ID
	if f.Country != "" {
		id += "|" + f.Country
	}
	return Param{id, f.Spread, f.Distribution, f.Mark, f.Unit}
}
