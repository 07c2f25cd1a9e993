package saving

import (
	"math"
	"testing"
)

// A stock is uncertain by its grade, and at least by the bounds of secret figures
// in it.
func TestStockSpread(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		stock     Stock
		low, high float64
	}{
		{Stock{Energy: 1000, HalfWidth: 0.05, Low: nan, High: nan}, 0.95, 1.05},
		{Stock{Energy: 1000, HalfWidth: 0.05, Low: 1000, High: 1000}, 0.95, 1.05},
		{Stock{Energy: 1000, HalfWidth: 0.05, Low: 400, High: 1020}, 0.4, 1.05},
		{Stock{Energy: 1000, HalfWidth: 0.6, Low: 900, High: 2500}, 0.4, 2.5},
		{Stock{Energy: 0, HalfWidth: 0.3, Low: 0, High: 10}, 0.7, 1.3},
	} {
		if got := c.stock.spread(); math.Abs(got.Low-c.low) > 1e-12 || got.Mode != 1 || math.Abs(got.High-c.high) > 1e-12 {
			t.Errorf("%+v: %+v, want %v to %v", c.stock, got, c.low, c.high)
		}
	}
}
