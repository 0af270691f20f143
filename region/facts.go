package region

import "strings"

// The pages that the facts below are from.
const (
	helpPage  = "Contact support for business products - Admin Help, 2020-05-27, https://docs.microsoft.com/en-us/microsoft-365/admin/contact-support-for-business-products"
	chinaPage = "Contact support for China (PRC), 2020-05-27, https://docs.microsoft.com/en-us/microsoft-365/admin/support/china-prc"
)

// listed are the countries of the help page's country list, by ISO 3166-1
// alpha-2 code: MicrosoftDocs/OfficeDocs-O365ITPro, Office365-Admin/support,
// commit 1b435f20 (2020-02-20).
const listed = "AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV " +
	"BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET " +
	"FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE " +
	"IL IM IN IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC " +
	"MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ " +
	"OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SE SG SH SI SJ SK SL SM SN " +
	"SO SR SS ST SV SX SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI " +
	"VN VU WF WS XK YE YT ZA ZM ZW"

// economicArea are the countries of the European Economic Area on the day of the
// page, without Germany: the 26 others of the European Union, and Iceland,
// Liechtenstein and Norway (EFTA, EEA Agreement, as of 2020-02-01).
const economicArea = "AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"

var (
	english       = []string{"English"}
	germanEnglish = []string{"German", "English"}
)

var worldwide = &facts{
	moniker:     Worldwide,
	name:        "Microsoft 365, worldwide",
	operator:    "Microsoft",
	adminCenter: "https://admin.microsoft.com",
	source:      helpPage,
	contacts: []Contact{
		{Countries: []string{"AU"}, Phone: "1 800 197 503", Languages: english},
		{Countries: []string{"CA"}, Phone: "1 800 865 9408", Languages: english},
		{Countries: []string{"GB"}, Phone: "0800 032 6417", Languages: english},
		{Countries: []string{"US"}, Phone: "1 800 865 9408", Languages: english},
	},
	// The page gives hours and no zones; the zones are those of the countries'
	// main cities, as in the country list.
	desks: map[desk]hours{
		{Technical, ""}:   once("UTC", "24/7", "worldwide, technical support"),
		{Technical, "AU"}: once("Australia/Sydney", "24/7", "Australia, technical support"),
		{Technical, "CA"}: once("America/Toronto", "24/7", "Canada, technical support"),
		{Technical, "GB"}: once("Europe/London", "24/7", "United Kingdom, technical support"),
		{Technical, "US"}: once("America/New_York", "24/7", "United States, technical support"),
		{Billing, "AU"}:   once("Australia/Sydney", "Mo-Fr 09:00-18:00", "Australia, billing support"),
		{Billing, "CA"}:   once("America/Toronto", "Mo-Fr 09:00-17:00", "Canada, billing support"),
		{Billing, "GB"}:   once("Europe/London", "Mo-Fr 09:00-17:00", "United Kingdom, billing support"),
		{Billing, "US"}:   once("America/New_York", "Mo-Fr 09:00-17:00", "United States, billing support"),
	},
}

var china = &facts{
	moniker:  China,
	name:     "Office 365 operated by 21Vianet",
	operator: "21Vianet",
	source:   helpPage + "; billing hours: " + chinaPage,
	contacts: []Contact{
		{Countries: []string{"CN"}, Phone: "(86) 400-089-0365"},
	},
	home: "CN",
	desks: map[desk]hours{
		// "9:00 ~24:00 (Beijing Time) a day, 365 days", for severities B and C.
		{Technical, "CN"}: once("Asia/Shanghai", "Mo-Su 09:00-24:00", "21Vianet, technical support"),
		// "China business hours (Beijing Time), Monday through Friday"; the times
		// are those of the page for China, which has them for billing. That the
		// days are the statutory working days is 21Vianet's wording for its other
		// products.
		{Billing, "CN"}: once("Asia/Shanghai", "Mo-Fr 09:00-18:00", "21Vianet, business hours", "CN"),
	},
}

var germany = &facts{
	moniker:      Germany,
	name:         "Office 365 Germany",
	operator:     "Microsoft",
	domainSuffix: "onmicrosoft.de",
	source:       helpPage,
	contacts: []Contact{
		{
			Countries: []string{"DE"}, Phone: "0800 589 2330", AlternativePhone: "069 380 789 305", Languages: germanEnglish,
			Note: "local call charges apply to the alternative number",
		},
		{
			Countries: strings.Fields(economicArea), Phone: "+49 69 380 789 305", Languages: germanEnglish,
			Note: "an international call to Germany; a request through the admin center costs no call",
		},
	},
	home: "DE",
	desks: map[desk]hours{
		{Technical, "DE"}: once("Europe/Berlin", "24/7", "Office 365 Germany, technical support"),
		{Billing, "DE"}:   once("Europe/Berlin", "Mo-Fr 09:00-17:00", "Office 365 Germany, business hours", "DE-BE"),
	},
}
