//! All that is known of a destination for one stay.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use travel::{Currency, Iata, airport, country};

use crate::{
    Destination, Source,
    adapter::{self, Adapter},
    climate::{self, Month},
    country_facts::{self, CountryFacts},
    destination, distance,
    distance::Access,
    entry::{self, Entry, Passport},
    holidays::{self, Holiday},
    rates::{self, Rate},
    school::{self, SchoolBreak},
    time::{self, TimeDifference},
};

/// Who goes where and when.
#[derive(Clone, Copy, Debug)]
pub struct Stay {
    /// Where; `None` = somewhere of the country that the tables of destinations do not have.
    pub destination: Option<&'static Destination>,
    /// ISO 3166 alpha-2 code of the country.
    pub country: &'static str,
    /// A code whose clocks are those of the place.
    pub at: Iata,
    /// First day there.
    pub from: Date,
    /// Last day there.
    pub to: Date,
    /// The traveller's passport, where it was said.
    pub passport: Option<Passport>,
    /// Airport or city that the traveller comes from, where it was said.
    pub home: Option<Iata>,
    /// The traveller's currency; else that of the home's country.
    pub currency: Option<Currency>,
}

/// The climate of the months of a stay, and where it was measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StayClimate {
    /// The weather station.
    pub station: &'static str,
    /// Kilometres from the destination's centre to it.
    pub km: u16,
    /// Its height above the sea, in metres.
    pub elevation_m: i16,
    /// Years that the thinnest mean rests on.
    pub years: u8,
    /// The months of the stay, in its order.
    pub months: Vec<Month>,
}

/// What is known of a destination for a stay; `None` everywhere means that it is not known.
#[derive(Clone, Debug, Serialize)]
pub struct DestinationContext {
    /// The destination; `None` = only its country is known.
    pub destination: Option<Iata>,
    /// ISO 3166 alpha-2 code of the country.
    pub country: &'static str,
    /// First day of the stay.
    pub from: Date,
    /// Last day of the stay.
    pub to: Date,
    /// Climate; `None` = there is no station near.
    pub climate: Option<StayClimate>,
    /// Difference to the clocks at home, at noon UTC of the first day; `None` without a home.
    pub time: Option<TimeDifference>,
    /// The currency there.
    pub currency: Option<Currency>,
    /// What one unit of the traveller's currency is there.
    pub rate: Option<Rate>,
    /// Driving side, plugs, emergency numbers, languages, first day of the week, units.
    pub facts: Option<&'static CountryFacts>,
    /// Whether plugs from home need an adapter; `None` without a home.
    pub adapter: Option<Adapter>,
    /// Public holidays during the stay; `None` = the table does not reach so far.
    pub holidays: Option<Vec<Holiday>>,
    /// French school holidays during the stay; `None` = the calendar does not reach so far.
    pub school: Option<Vec<SchoolBreak>>,
    /// Entry rules; `None` without a passport, or when they are not known.
    pub entry: Option<Entry>,
    /// Airports of the destination, nearest first.
    pub airports: Vec<Access>,
    /// The tables that the above rests on.
    pub sources: Vec<Source>,
}

/// Gathers what is known of a destination for a stay.
#[must_use]
pub fn context(stay: &Stay) -> DestinationContext {
    let place = stay.destination;
    let home_country = stay.home.and_then(country_of);
    let facts = country_facts::of(stay.country);
    let currency = country::by_code(stay.country).and_then(country::Country::currency);
    let own_currency = stay
        .currency
        .or_else(|| country::by_code(home_country?)?.currency());
    let home_facts = home_country.and_then(country_facts::of);
    let mut found = DestinationContext {
        destination: place.map(|place| place.code),
        country: stay.country,
        from: stay.from,
        to: stay.to,
        climate: climate_of(stay),
        time: stay
            .home
            .and_then(|home| time::difference(home, stay.at, noon(stay.from)?)),
        currency,
        rate: own_currency
            .zip(currency)
            .map(|(from, to)| rates::rate(from, to)),
        facts,
        adapter: home_facts
            .zip(facts)
            .and_then(|(home, there)| Adapter::between(home, there)),
        holidays: holidays::during(stay.country, stay.from, stay.to),
        school: school::during(stay.from, stay.to),
        entry: stay
            .passport
            .and_then(|passport| entry::entry(passport, stay.country)),
        airports: place.map(distance::access).unwrap_or_default(),
        sources: Vec::new(),
    };
    found.sources = sources(&found);
    found
}

fn climate_of(stay: &Stay) -> Option<StayClimate> {
    let climate = climate::of(stay.destination?.code)?;
    Some(StayClimate {
        station: climate.station,
        km: climate.km,
        elevation_m: climate.elevation_m,
        years: climate.years,
        months: climate.during(stay.from, stay.to),
    })
}

fn noon(day: Date) -> Option<Timestamp> {
    let zoned = day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
    zoned.ok().map(|zoned| zoned.timestamp())
}

fn country_of(code: Iata) -> Option<&'static str> {
    let airport = airport::resolve(code)
        .first()
        .map(|airport| airport.country);
    airport.or_else(|| destination::by_code(code).map(|place| place.country))
}

fn sources(found: &DestinationContext) -> Vec<Source> {
    let known = [
        found.climate.as_ref().map(|_| climate::SOURCE),
        found.time.map(|_| time::SOURCE),
        found.rate.and_then(|rate| rate.basis.source()),
        found.facts.map(|_| country_facts::SOURCE),
        found.adapter.map(|_| adapter::SOURCE),
        found.holidays.as_ref().map(|_| holidays::SOURCE),
        found.school.as_ref().map(|_| school::SOURCE),
        found.entry.as_ref().map(|_| entry::SOURCE),
        Some(distance::SOURCE).filter(|_| !found.airports.is_empty()),
    ];
    known.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Requirement;

    fn stay(code: &str, from: &str, to: &str) -> Stay {
        let place = destination::by_code(code.parse().unwrap()).unwrap();
        Stay {
            destination: Some(place),
            country: place.country,
            at: place.code,
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            passport: Some(Passport::Fr),
            home: Some("LYS".parse().unwrap()),
            currency: None,
        }
    }

    #[test]
    fn a_stay_in_bangkok_in_august() {
        let found = context(&stay("BKK", "2027-08-10", "2027-08-20"));
        let climate = found.climate.unwrap();
        assert_eq!(climate.months.len(), 1);
        assert!(climate.months[0].max_c.unwrap() > 30.0);
        assert_eq!(found.time.unwrap().minutes, 300);
        assert_eq!(found.rate.unwrap().basis, rates::Basis::Ecb);
        assert_eq!(found.entry.unwrap().requirement, Requirement::Days(60));
        assert_eq!(found.adapter, Some(Adapter::Maybe));
        // Mother's Day is the birthday of the Queen Mother: two names of one day.
        let days = found.holidays.unwrap();
        assert_eq!(days.len(), 2);
        assert!(days.iter().all(|day| day.date.day() == 12));
        assert_eq!(found.school.unwrap().len(), 1);
        assert!(found.sources.contains(&climate::SOURCE));
    }

    #[test]
    fn a_place_of_no_table_has_the_facts_of_its_country() {
        let mut elsewhere = stay("PAR", "2027-05-01", "2027-05-08");
        (elsewhere.destination, elsewhere.country) = (None, "DE");
        elsewhere.at = "FMO".parse().unwrap();
        let found = context(&elsewhere);
        assert_eq!((found.destination, found.climate), (None, None));
        assert!(found.facts.is_some() && found.holidays.is_some() && found.airports.is_empty());
        assert_eq!(found.time.unwrap().minutes, 0);
    }

    #[test]
    fn what_is_not_known_is_none() {
        let mut bare = stay("CMB", "2029-01-10", "2029-01-20");
        (bare.passport, bare.home) = (None, None);
        let found = context(&bare);
        assert_eq!(found.holidays, None);
        assert_eq!(found.school, None);
        assert_eq!(found.entry, None);
        assert!(found.time.is_none() && found.rate.is_none() && found.adapter.is_none());
        assert!(!found.sources.contains(&entry::SOURCE));
    }

    #[test]
    fn every_destination_has_a_context_and_a_wire_form() {
        for place in destination::all() {
            let found = context(&stay(place.code.as_str(), "2027-05-01", "2027-05-08"));
            assert!(
                found.currency.is_some() && found.facts.is_some(),
                "{}",
                place.code
            );
            assert!(!found.airports.is_empty());
            assert_eq!(found.climate.is_none(), climate::of(place.code).is_none());
            assert!(serde_json::to_string(&found).is_ok());
        }
    }
}
