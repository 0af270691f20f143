package sla

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/duetime/duetime/calendar"
)

// Published returns the catalog of the published terms of the three clouds, as
// they stood on 2020-05-27. Every call returns the same catalog.
//
//	moniker         plan        category   A            B            C
//	o365-21vianet   *advanced   technical  1h           1bd          3bd
//	                standard    technical  not offered  1bd          3bd
//	                both        billing    not offered  1bd adopted  3bd adopted
//	                both        pre-sales  no commitment
//	o365-germany    *standard   technical  1h adopted   1bd adopted  3bd adopted
//	                standard    billing    not offered  1bd adopted  3bd adopted
//	                standard    pre-sales  no commitment
//	o365-worldwide  business    technical  1h           no commitment
//	                *enterprise technical  1h           1bd          no commitment
//	                elevated    technical  1h           2h           4h
//	                all         others     not offered  no commitment
//
// The plan with the star is the moniker's default. Severity A counts round the
// clock, and so does everything worldwide; 21Vianet's technical support from
// 09:00 to 24:00 in Beijing, every day of the year, and its billing support from
// Monday to Friday, 09:00 to 18:00 on China's statutory working days; Germany's
// from Monday to Friday, 09:00 to 17:00 in Berlin, except Berlin's holidays.
//
// The catalog is read from published.json, which has the source of every figure.
//
// The page publishes Germany's technical support as 24/7, but no response times.
// As business days of round-the-clock hours would be no more than days, the
// adopted business days are those of Berlin's business hours.
//
// On a machine without time zone data, every method of the catalog that returns an
// error returns the one of [calendar.New], which says to import time/tzdata, and its
// lists are empty.
func Published() *Catalog { return published() }

// publishedText is a catalog as others are, in its canonical form. The Chinese
// column of the page has 1 hour for severity B. The English original has 1
// business day, and so have the eleven other translations that were compared
// (zh-TW, nl, de, ja, ru, fr, es, it, pt-BR, ko and sv) and 21Vianet's own page for
// Dynamics 365. 1 business day it is.
//
//go:embed published.json
var publishedText []byte

// publishedVersion is the version in publishedText.
const publishedVersion = "published 2020-05-27"

var published = sync.OnceValue(func() *Catalog {
	c, err := parseCatalog(publishedText, func() *Catalog { return new(Catalog) })
	if err == nil {
		return c
	}
	// The tests have read the text, so that this machine has no zone data.
	if _, noZones := calendar.New("Europe/Berlin", "24/7"); noZones != nil {
		err = noZones
	}
	return &Catalog{err: fmt.Errorf("sla: the published terms: %w", err)}
})
