package own

// The words of the program that own files use: stocks of table end_use, carriers,
// sectors of final use, and technologies of table capacity. A test holds them to
// the program's registries.
var (
	stocks = []string{"heat_fossil", "heat_other", "heat_district", "heat_electric", "heat_industry", "electricity_household", "electricity_service", "electricity_business"}

	carriers = []string{"LIQ_F", "LIQ_R", "SOL_F", "SOL_R", "GAS_F", "GAS_R", "OTHER", "TOTAL", "gas_oil", "diesel", "petrol", "fuel_oil", "lpg", "kerosene", "biodiesel", "hvo", "ethanol", "bio_oil",
		"coal", "coke", "peat", "waste_fossil", "waste_bio", "wood_chips", "wood_pellets", "wood_waste", "firewood", "straw", "natural_gas", "town_gas", "biogas", "biomethane",
		"district_heat", "district_cooling", "electricity", "ambient_heat", "solar_heat", "geothermal_heat"}

	sectors = []string{"HOUS", "SERV", "IND", "AGR", "TRA", "BUS", "HOUS_DET", "HOUS_APT", "HOUS_SUM", "SERV_PUB", "SERV_PRV", "TRA_ROAD", "TRA_OTHER", "TOTAL"}

	technologies = []string{"pv", "wind_onshore", "wind_offshore", "wind", "thermal"}
)

// warm are the stocks of heat whose floor area is known from their use, lit the
// one whose floor is known though it is no heat.
var warm, lit = []string{"heat_fossil", "heat_other", "heat_district", "heat_electric"}, "electricity_service"
