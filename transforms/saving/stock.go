package saving

import (
	"math"
	"strings"

	"samkraft/transforms/coalition"
)

// Stock is a part of a member's energy use on which measures act.
type Stock struct {
	Member    int    // the member's place in the plan
	Country   string // DK or SE
	Code      string // of the municipality
	Name      string // of the municipality
	ID        string // heat_fossil, electricity_service and so on
	Energy    float64
	Heat      float64 // useful heat, NaN for a stock that is no heat
	Industry  bool    // industry's or business' own
	HalfWidth float64 // how far Energy may be off, as a share of it, 95 %
	// Between these Energy must lie, MWh; NaN where no figure bounds it. The range
	// of its parameter reaches at least as far.
	Low, High float64
}

// supply names the factors of what a stock is supplied with.
type supply struct {
	stock, country string // no country: both
	price          string // EUR/MWh
	emission       string // kg CO2/MWh
	loss           string // share lost before delivery, where the emission is per MWh fed in
	demand         string // kWh per m2 of floor a year, where measures ask for the floor: the country's mean
}

const (
	electricityPrice    = "price_electricity_delivered"
	electricityEmission = "ef_electricity"
	danishFloor         = "heat_demand_dk_dwelling_mean"
	swedishFloor        = "heat_use_se_detached_mean"
	districtEmission    = "ef_dh_default"
	networkLoss         = "dh_loss_rate"
	houseHeat           = "heat_per_house"
)

// supplies say what a MWh of a stock costs and emits. Own boilers burn natural
// gas in Denmark and heating oil in Sweden.
var supplies = []supply{
	{"heat_fossil", "DK", "price_natural_gas_delivered", "ef_natural_gas", "", danishFloor},
	{"heat_fossil", "SE", "price_gas_oil", "ef_gas_oil", "", swedishFloor},
	{"heat_other", "DK", "price_wood_pellets", "ef_biogenic_in_total", "", danishFloor},
	{"heat_other", "SE", "price_wood_chips", "ef_biogenic_in_total", "", swedishFloor},
	{"heat_district", "DK", districtPrice, districtEmission, networkLoss, danishFloor},
	{"heat_district", "SE", districtPrice, districtEmission, "", swedishFloor},
	{"heat_electric", "DK", electricityPrice, electricityEmission, "", danishFloor},
	{"heat_electric", "SE", electricityPrice, electricityEmission, "", swedishFloor},
	{"heat_industry", "", "price_natural_gas", "ef_natural_gas", "", ""},
	{"electricity_household", "", electricityPrice, electricityEmission, "", ""},
	{"electricity_service", "", electricityPrice, electricityEmission, "", "service_electricity_per_m2"},
	{"electricity_business", "", electricityPrice, electricityEmission, "", ""},
}

func (s Stock) supply() (supply, bool) {
	for _, u := range supplies {
		if u.stock == s.ID && (u.country == "" || u.country == s.Country) {
			return u, true
		}
	}
	return supply{}, false
}

// fullLoad is the factor of the hours in which a supply of the stock's heat would
// give all that it gives in a year at full load.
func (s Stock) fullLoad() string {
	if s.ID == "heat_industry" {
		return "industry_full_load_hours"
	}
	return "heat_pump_full_load_hours"
}

const districtPrice = "price_district_heat"

// networkPrice is the id of the price of a municipality's own network.
func (s Stock) networkPrice() string {
	return districtPrice + "_" + strings.NewReplacer("ø", "oe", "æ", "ae", "å", "aa").Replace(strings.ToLower(s.Name))
}

// spread is how far the stock's energy may be off, as a share of it: as far as
// its grade says, and as far as the bounds of secret figures in it leave open.
func (s Stock) spread() coalition.Spread {
	spread := coalition.Spread{Low: 1 - s.HalfWidth, Mode: 1, High: 1 + s.HalfWidth}
	if s.Energy > 0 && s.Low < s.High {
		spread.Low = math.Min(spread.Low, s.Low/s.Energy)
		spread.High = math.Max(spread.High, s.High/s.Energy)
	}
	return spread
}
