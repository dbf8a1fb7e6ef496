//! What clocks show at two places.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use travel::{Iata, LocalTime, airport};

use crate::{Source, destination, distance};

/// Where the rules of the clocks come from.
pub const SOURCE: Source = Source {
    id: "time_zones",
    name: (
        "base de fuseaux horaires de l'IANA",
        "IANA time zone database",
    ),
    as_of: "2026",
    licence: "public domain",
    derived: false,
};

/// Two clocks at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TimeDifference {
    /// Minutes that the clocks there are ahead of those here; negative = behind.
    pub minutes: i32,
    /// What clocks show here.
    pub here: LocalTime,
    /// What clocks show there.
    pub there: LocalTime,
}

/// The time zone of an airport, a metropolitan area or a destination.
#[must_use]
pub fn zone(code: Iata) -> Option<TimeZone> {
    let own = airport::resolve(code);
    let airport = own.first().copied().or_else(|| {
        let place = destination::by_code(code)?;
        distance::airports(place).first().copied()
    });
    airport.map(travel::Airport::zone)
}

/// The time difference at a moment; `None` = one of the places is not known.
#[must_use]
pub fn difference(here: Iata, there: Iata, at: Timestamp) -> Option<TimeDifference> {
    let clock = |code| Some(LocalTime::from(&at.to_zoned(zone(code)?)));
    let (here, there) = (clock(here)?, clock(there)?);
    Some(TimeDifference {
        minutes: (there.offset.seconds() - here.offset.seconds()) / 60,
        here,
        there,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(here: &str, there: &str, at: &str) -> Option<i32> {
        let code = |text: &str| text.parse().unwrap();
        let found = difference(code(here), code(there), at.parse().unwrap());
        found.map(|found| found.minutes)
    }

    #[test]
    fn every_destination_has_a_zone() {
        for place in destination::all() {
            assert!(zone(place.code).is_some(), "{}", place.code);
        }
    }

    #[test]
    fn the_difference_is_that_of_the_moment() {
        assert_eq!(minutes("PAR", "NYC", "2027-01-12T12:00:00Z"), Some(-360));
        // In March the clocks of New York change two weeks before those of Paris.
        assert_eq!(minutes("PAR", "NYC", "2027-03-20T12:00:00Z"), Some(-300));
        assert_eq!(minutes("CDG", "UKY", "2027-07-12T12:00:00Z"), Some(420));
        assert_eq!(minutes("PAR", "DEL", "2027-01-12T12:00:00Z"), Some(270));
        assert_eq!(minutes("PAR", "XXQ", "2027-01-12T12:00:00Z"), None);
    }
}
