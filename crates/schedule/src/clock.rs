//! Local times to moments and back, remembering the offset of each airport for a few days.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::places::{Node, Places};

/// Minutes since 1970-01-01T00:00Z.
pub(super) type Minute = i32;
/// Days since 1970-01-01.
pub(super) type Day = i32;

/// Minutes of a day.
pub(super) const DAY: Minute = 1_440;

/// The day of a date.
pub(super) fn day_of(date: Date) -> Day {
    let midnight = TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0));
    let seconds = midnight.map(Timestamp::as_second).unwrap_or_default();
    seconds.div_euclid(86_400) as Day
}

/// The date of a day.
pub(super) fn date_of(day: Day) -> Date {
    let date = Date::constant(1970, 1, 1);
    let ahead = SignedDuration::from_hours(i64::from(day) * 24);
    date.checked_add(ahead).unwrap_or(date)
}

/// The weekday of a day, Monday being 0.
pub(super) fn weekday(day: Day) -> u8 {
    (day + 3).rem_euclid(7) as u8
}

/// The moment of a minute.
pub(super) fn timestamp(minute: Minute) -> Timestamp {
    Timestamp::from_second(i64::from(minute) * 60).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Days remembered for each airport.
const KEPT: usize = 4;

#[derive(Clone, Copy)]
struct Known {
    day: Day,
    /// The offset in minutes all day long; `None` on a day when clocks change.
    offset: Option<i16>,
}

/// Converts between local time and moments; one for each search.
pub(super) struct Clock<'a> {
    places: &'a Places,
    /// By node, from 1: where its days are in `known`; 0 = nowhere. A search meets few of the airports.
    met: Vec<u16>,
    known: Vec<[Known; KEPT]>,
}

impl<'a> Clock<'a> {
    pub(super) fn new(places: &'a Places) -> Self {
        Self {
            places,
            met: vec![0; places.len()],
            known: Vec::new(),
        }
    }

    /// The days that are remembered for an airport.
    fn known(&mut self, node: Node) -> &mut [Known; KEPT] {
        let nothing = Known {
            day: Day::MIN,
            offset: None,
        };
        let met = &mut self.met[usize::from(node)];
        if *met == 0 {
            self.known.push([nothing; KEPT]);
            *met = self.known.len() as u16;
        }
        &mut self.known[usize::from(*met) - 1]
    }

    /// Minutes that local clocks are ahead of UTC at a moment.
    pub(super) fn offset(&mut self, node: Node, at: Minute) -> i16 {
        let day = at.div_euclid(DAY);
        let places = self.places;
        let exact = |minute| (places[node].zone.to_offset(timestamp(minute)).seconds() / 60) as i16;
        let known = &mut self.known(node)[day.rem_euclid(KEPT as i32) as usize];
        if known.day != day {
            let (first, last) = (exact(day * DAY), exact(day * DAY + DAY - 1));
            *known = Known {
                day,
                offset: (first == last).then_some(first),
            };
        }
        known.offset.unwrap_or_else(|| exact(at))
    }

    /// The moment of a local time. A time that clocks skip is that much later, one that they
    /// show twice is the first.
    pub(super) fn moment(&mut self, node: Node, day: Day, minute: u16) -> Minute {
        let local = day * DAY + Minute::from(minute);
        let guess = self.offset(
            node,
            local - Minute::from(self.places[node].standard_offset),
        );
        // Offsets before and after a change nearby differ: take the one before.
        let early = self.offset(node, local - Minute::from(guess) - 180);
        let at = local - Minute::from(early);
        if early == guess {
            return at;
        }
        let late = self.offset(node, at);
        let alternative = local - Minute::from(late);
        if late != early && self.offset(node, alternative) == late {
            alternative
        } else {
            at
        }
    }

    /// The local day and the minute in it at a moment.
    pub(super) fn local(&mut self, node: Node, at: Minute) -> (Day, u16) {
        let local = at + Minute::from(self.offset(node, at));
        (local.div_euclid(DAY), local.rem_euclid(DAY) as u16)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn utc(places: &Places, code: &str, day: Date, hour: u16, minute: u16) -> String {
        let node = places.node(code.parse().unwrap()).unwrap();
        let at = Clock::new(places).moment(node, day_of(day), hour * 60 + minute);
        timestamp(at).to_string()
    }

    #[test]
    fn days_and_dates_agree() {
        for day in [0, 20_000, 20_830, 21_184] {
            assert_eq!(day_of(date_of(day)), day);
            let monday_first = date_of(day).weekday().to_monday_zero_offset();
            assert_eq!(weekday(day), monday_first as u8);
        }
    }

    #[test]
    fn clocks_jump_and_repeat() {
        let places = Places::load();
        let (spring, autumn) = (date(2027, 3, 28), date(2027, 10, 31));
        assert_eq!(utc(&places, "CDG", spring, 1, 30), "2027-03-28T00:30:00Z");
        assert_eq!(
            utc(&places, "CDG", spring, 2, 30),
            "2027-03-28T01:30:00Z",
            "skipped"
        );
        assert_eq!(utc(&places, "CDG", spring, 3, 30), "2027-03-28T01:30:00Z");
        assert_eq!(utc(&places, "CDG", autumn, 1, 30), "2027-10-30T23:30:00Z");
        assert_eq!(
            utc(&places, "CDG", autumn, 2, 30),
            "2027-10-31T00:30:00Z",
            "the first"
        );
        assert_eq!(utc(&places, "CDG", autumn, 3, 30), "2027-10-31T02:30:00Z");
    }

    #[test]
    fn every_quarter_of_an_hour_is_what_the_time_zone_says() {
        let places = Places::load();
        for code in [
            "CDG", "JFK", "SYD", "LDH", "SCL", "CAI", "AKL", "KTM", "HNL", "CMN",
        ] {
            let node = places.node(code.parse().unwrap()).unwrap();
            let mut clock = Clock::new(&places);
            for start in [date(2027, 3, 1), date(2027, 9, 1)] {
                for day in day_of(start)..day_of(start) + 70 {
                    for minute in (0..1_440).step_by(15) {
                        let at = clock.moment(node, day, minute);
                        let (hour, rest) = (minute / 60, minute % 60);
                        let civil = date_of(day).at(hour as i8, rest as i8, 0, 0);
                        let zoned = places[node].zone.to_timestamp(civil).unwrap();
                        assert_eq!(timestamp(at), zoned, "{code} {civil}");
                    }
                }
            }
        }
    }
}
