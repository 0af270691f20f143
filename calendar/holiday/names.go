package holiday

import (
	"strings"
	"sync"
)

// Name returns the name of the place whose days a code has, in English, such as "Germany,
// Berlin", or "" for an unknown code. If the days are not those of everybody there, the name
// says whose they are: "Canada, federal public service".
func Name(code string) string {
	if name := placeNames()[code]; name != "" {
		return name
	}
	set := announcedSets()[code]
	if set == nil {
		return ""
	}
	a := set()
	switch {
	case a.name == "":
		return Name(a.base)
	case a.base != "":
		return Name(a.base) + ", " + a.name
	}
	return a.name
}

// placeNames has the places of the codes that have rules.
var placeNames = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"AR": "Argentina", "AT": "Austria",
		"AU-ACT": "Australia, Capital Territory", "AU-NSW": "Australia, New South Wales", "AU-NT": "Australia, Northern Territory",
		"AU-QLD": "Australia, Queensland", "AU-SA": "Australia, South Australia", "AU-TAS": "Australia, Tasmania",
		"AU-VIC": "Australia, Victoria", "AU-WA": "Australia, Western Australia",
		"BE": "Belgium", "BG": "Bulgaria", "BR": "Brazil",
		"CA":    "Canada, federal public service",
		"CA-AB": "Canada, Alberta", "CA-BC": "Canada, British Columbia", "CA-MB": "Canada, Manitoba", "CA-NB": "Canada, New Brunswick",
		"CA-NL": "Canada, Newfoundland and Labrador", "CA-NS": "Canada, Nova Scotia", "CA-NT": "Canada, Northwest Territories",
		"CA-NU": "Canada, Nunavut", "CA-ON": "Canada, Ontario", "CA-PE": "Canada, Prince Edward Island", "CA-QC": "Canada, Quebec",
		"CA-SK": "Canada, Saskatchewan", "CA-YT": "Canada, Yukon",
		"CH":    "Switzerland, a mixture that no canton keeps",
		"CH-AG": "Switzerland, Aargau", "CH-AI": "Switzerland, Appenzell Innerrhoden", "CH-AR": "Switzerland, Appenzell Ausserrhoden",
		"CH-BE": "Switzerland, Bern", "CH-BL": "Switzerland, Basel-Landschaft", "CH-BS": "Switzerland, Basel-Stadt",
		"CH-FR": "Switzerland, Fribourg", "CH-GE": "Switzerland, Geneva", "CH-GL": "Switzerland, Glarus", "CH-GR": "Switzerland, Graubünden",
		"CH-JU": "Switzerland, Jura", "CH-LU": "Switzerland, Lucerne", "CH-NE": "Switzerland, Neuchâtel", "CH-NW": "Switzerland, Nidwalden",
		"CH-OW": "Switzerland, Obwalden", "CH-SG": "Switzerland, St. Gallen", "CH-SH": "Switzerland, Schaffhausen",
		"CH-SO": "Switzerland, Solothurn", "CH-SZ": "Switzerland, Schwyz", "CH-TG": "Switzerland, Thurgau", "CH-TI": "Switzerland, Ticino",
		"CH-UR": "Switzerland, Uri", "CH-VD": "Switzerland, Vaud", "CH-VS": "Switzerland, Valais", "CH-ZG": "Switzerland, Zug",
		"CH-ZH": "Switzerland, Zurich",
		"CY":    "Cyprus", "CZ": "Czechia",
		"DE":    "Germany, the days that all states have",
		"DE-BB": "Germany, Brandenburg", "DE-BE": "Germany, Berlin", "DE-BW": "Germany, Baden-Württemberg", "DE-BY": "Germany, Bavaria",
		"DE-HB": "Germany, Bremen", "DE-HE": "Germany, Hesse", "DE-HH": "Germany, Hamburg", "DE-MV": "Germany, Mecklenburg-Vorpommern",
		"DE-NI": "Germany, Lower Saxony", "DE-NW": "Germany, North Rhine-Westphalia", "DE-RP": "Germany, Rhineland-Palatinate",
		"DE-SH": "Germany, Schleswig-Holstein", "DE-SL": "Germany, Saarland", "DE-SN": "Germany, Saxony", "DE-ST": "Germany, Saxony-Anhalt",
		"DE-TH": "Germany, Thuringia",
		"DK":    "Denmark", "EE": "Estonia",
		"ES":    "Spain, national days",
		"ES-AN": "Spain, Andalusia", "ES-AR": "Spain, Aragon", "ES-AS": "Spain, Asturias", "ES-CB": "Spain, Cantabria", "ES-CE": "Spain, Ceuta",
		"ES-CL": "Spain, Castile and León", "ES-CM": "Spain, Castilla-La Mancha", "ES-CN": "Spain, Canary Islands", "ES-CT": "Spain, Catalonia",
		"ES-EX": "Spain, Extremadura", "ES-GA": "Spain, Galicia", "ES-IB": "Spain, Balearic Islands", "ES-MC": "Spain, Murcia",
		"ES-MD": "Spain, Madrid", "ES-ML": "Spain, Melilla", "ES-NC": "Spain, Navarre", "ES-PV": "Spain, Basque Country",
		"ES-RI": "Spain, La Rioja", "ES-VC": "Spain, Valencian Community",
		"FI": "Finland", "FR": "France, metropolitan",
		"FR-57": "France, Moselle", "FR-67": "France, Bas-Rhin", "FR-68": "France, Haut-Rhin",
		"GB": "United Kingdom, England and Wales", "GB-ENG": "United Kingdom, England", "GB-NIR": "United Kingdom, Northern Ireland",
		"GB-SCT": "United Kingdom, Scotland", "GB-WLS": "United Kingdom, Wales",
		"GR": "Greece", "HR": "Croatia", "HU": "Hungary", "IE": "Ireland", "IS": "Iceland", "IT": "Italy", "JP": "Japan", "KE": "Kenya",
		"LT": "Lithuania", "LU": "Luxembourg", "LV": "Latvia", "MT": "Malta", "MW": "Malawi", "MX": "Mexico", "NC": "New Caledonia",
		"NL": "Netherlands", "NO": "Norway",
		"NZ":     "New Zealand, national days",
		"NZ-AUK": "New Zealand, Auckland", "NZ-CAN": "New Zealand, Canterbury", "NZ-CIT": "New Zealand, Chatham Islands",
		"NZ-HKB": "New Zealand, Hawke's Bay", "NZ-MBH": "New Zealand, Marlborough", "NZ-NSN": "New Zealand, Nelson",
		"NZ-OTA": "New Zealand, Otago", "NZ-STL": "New Zealand, Southland", "NZ-TKI": "New Zealand, Taranaki",
		"NZ-WGN": "New Zealand, Wellington", "NZ-WTC": "New Zealand, West Coast",
		"PL": "Poland", "PT": "Portugal, national days", "PT-20": "Portugal, Azores", "PT-30": "Portugal, Madeira",
		"RO": "Romania", "RS": "Serbia", "RU": "Russia", "SE": "Sweden", "SI": "Slovenia", "SK": "Slovakia", "TH": "Thailand",
		"UA": "Ukraine", "US": "United States, federal holidays", "ZA": "South Africa",
	}
})

// placesNamed returns the codes of places with a name, such as "Germany" or "Scotland".
func placesNamed(name string, codes []string) (found []string) {
	if name == "" {
		return nil
	}
	for _, code := range codes {
		country, part, _ := strings.Cut(Name(code), ", ")
		if strings.EqualFold(name, part) || strings.EqualFold(name, country) && !strings.Contains(code, "-") {
			found = append(found, code)
		}
	}
	return found
}
