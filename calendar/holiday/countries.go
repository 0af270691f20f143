package holiday

import (
	"maps"

	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cy"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/mt"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/us"
)

// sundays adds Easter Sunday and Whit Sunday, which the law lists and rickar/cal
// leaves out, as they matter only to who works on Sundays.
func sundays(easterName, whitName string) change {
	return add(easter(0, easterName), easter(49, whitName))
}

// countries returns what each set is made of: all lists that rickar/cal has, as
// they are or with changes, but China's, which it has not. Its list for the
// European Central Bank is left out: that is no country.
func countries() map[string]country {
	all := map[string]country{
		"AR":     argentina(),
		"AT":     {rules: at.Holidays},
		"AU-ACT": capitalTerritory(),
		"AU-NSW": newSouthWales(),
		"AU-NT":  northernTerritory(),
		"AU-QLD": queensland(),
		"AU-SA":  southAustralia(),
		"AU-TAS": tasmania(),
		"AU-VIC": victoria(),
		"AU-WA":  westernAustralia(),
		"BE":     {rules: be.Holidays},
		"BG":     bulgaria(),
		"BR":     brazil(),
		"CA":     canada(),
		"CA-AB":  alberta(),
		"CA-BC":  britishColumbia(),
		"CA-MB":  manitoba(),
		"CA-NB":  newBrunswick(),
		"CA-NL":  newfoundland(),
		"CA-NS":  novaScotia(),
		"CA-NT":  northwest(),
		"CA-NU":  nunavut(),
		"CA-ON":  ontario(),
		"CA-PE":  princeEdward(),
		"CA-QC":  quebec(),
		"CA-SK":  saskatchewan(),
		"CA-YT":  yukon(),
		"CH":     switzerland(ch.Holidays, add(ch.Allerheiligen)), // of most cantons
		"CH-AG":  aargau(),
		"CH-AI":  twoDays(ch.HolidaysAI),
		"CH-AR":  twoDays(ch.HolidaysAR),
		"CH-BE":  switzerland(ch.HolidaysBE),
		"CH-BL":  baselLandschaft(),
		"CH-BS":  switzerland(ch.HolidaysBS),
		"CH-FR":  fribourg(),
		"CH-GE":  geneva(),
		"CH-GL":  glarus(),
		"CH-GR":  grisons(),
		"CH-JU":  jura(),
		"CH-LU":  lucerne(),
		"CH-NE":  neuchatel(),
		"CH-NW":  switzerland(ch.HolidaysNW),
		"CH-OW":  obwalden(),
		"CH-SG":  switzerland(ch.HolidaysSG),
		"CH-SH":  switzerland(ch.HolidaysSH),
		"CH-SO":  solothurn(),
		"CH-SZ":  switzerland(ch.HolidaysSZ),
		"CH-TG":  switzerland(ch.HolidaysTG),
		"CH-TI":  ticino(),
		"CH-UR":  twoDays(ch.HolidaysUR),
		"CH-VD":  vaud(),
		"CH-VS":  switzerland(ch.HolidaysVS),
		"CH-ZG":  zug(),
		"CH-ZH":  switzerland(ch.HolidaysZH),
		"CY":     {rules: cy.Holidays, last: lastOrthodox},
		"CZ":     czechia(),
		"DE":     germany(de.Holidays, luther()),
		"DE-BB":  germany(de.HolidaysBB, sundays("Ostersonntag", "Pfingstsonntag")),
		"DE-BE":  berlin(),
		"DE-BW":  germany(de.HolidaysBW, luther()),
		"DE-BY":  germany(de.HolidaysBY, luther()),
		"DE-HB":  germany(de.HolidaysHB, northern(), luther()),
		"DE-HE":  germany(de.HolidaysHE, luther()),
		"DE-HH":  germany(de.HolidaysHH, northern(), luther()),
		"DE-MV":  germany(de.HolidaysMV, add(from(2023, de.Frauentag))), // its law of 2022
		"DE-NI":  germany(de.HolidaysNI, northern(), luther()),
		"DE-NW":  germany(de.HolidaysNW, luther()),
		"DE-RP":  germany(de.HolidaysRP, luther()),
		"DE-SH":  germany(de.HolidaysSH, northern(), luther()),
		"DE-SL":  germany(de.HolidaysSL, luther()),
		"DE-SN":  germany(de.HolidaysSN),
		"DE-ST":  germany(de.HolidaysST),
		"DE-TH":  germany(de.HolidaysTH),
		"DK":     denmark(),
		"EE":     estonia(),
		"ES":     {rules: es.Holidays},
		"FI":     {rules: fi.Holidays},
		"FR":     {rules: fr.Holidays},
		"FR-57":  alsaceMoselle(),
		"FR-67":  alsaceMoselle(),
		"FR-68":  alsaceMoselle(),
		"GB":     england(),
		"GB-ENG": england(),
		"GB-NIR": northernIreland(),
		"GB-SCT": scotland(),
		"GB-WLS": england(),
		"GR":     greece(),
		"HR":     croatia(),
		"HU":     hungary(),
		"IE":     ireland(),
		"IS":     iceland(),
		"IT":     italy(),
		"JP":     japan(),
		"KE":     kenya(),
		"LT":     lithuania(),
		"LU":     luxembourg(),
		"LV":     latvia(),
		"MT":     {rules: mt.Holidays},
		"MW":     malawi(),
		"MX":     mexico(),
		"NC":     {rules: nc.Holidays},
		"NL":     netherlands(),
		"NO":     {rules: no.Holidays, changes: []change{sundays("Første påskedag", "Første pinsedag")}},
		"NZ":     newZealand(),
		"PL":     poland(),
		"PT":     portugal(),
		"PT-20":  azores(),
		"PT-30":  madeira(),
		"RO":     romania(),
		"RS":     serbia(),
		"RU":     russia(),
		"SE":     sweden(),
		"SI":     slovenia(),
		"SK":     slovakia(),
		"TH":     thailand(),
		"UA":     ukraine(),
		"US":     {rules: us.Holidays}, // also the weekday for who works Monday to Friday (ca6.uscourts.gov, Federal Holidays)
		"ZA":     southAfrica(),
	}
	maps.Copy(all, communities())
	maps.Copy(all, provinces())
	return all
}
