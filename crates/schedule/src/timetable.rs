//! Departures of a route: how many on which weekdays, and at what local times.

use std::collections::BTreeMap;

use crate::hash::Hash;

/// A flight of the timetable: a local departure time on some weekdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Departure {
    /// Minutes after local midnight.
    pub(super) minute: u16,
    /// Weekdays with a flight: bit 0 is Monday.
    pub(super) days: u8,
    /// Position in the carrier's fleet.
    pub(super) aircraft: u8,
}

impl Departure {
    /// Whether it flies on this weekday, Monday being 0.
    pub(super) fn flies_on(self, weekday: u8) -> bool {
        self.days >> weekday & 1 == 1
    }
}

/// What shapes the departure times of a route.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Block time in minutes.
    pub(super) block: u16,
    /// Minutes that clocks at the destination are ahead.
    pub(super) shift: i16,
}

const EVERY_DAY: u8 = 0b111_1111;
/// Grid of departure times, in minutes.
const STEP: u16 = 5;

impl Shape {
    /// Whether a departure at this local minute suits passengers and curfews at both ends.
    fn suits(self, minute: u16) -> bool {
        let arrival = i32::from(minute) + i32::from(self.block) + i32::from(self.shift);
        let arrival = arrival.rem_euclid(1_440);
        let long = self.block >= 330;
        let eastward_night = self.shift >= 240 && (300..=620).contains(&self.block);
        match () {
            // A night eastwards over an ocean, as from New York to Paris.
            () if eastward_night => (990..=1_400).contains(&minute) && arrival >= 300,
            // And a day westwards.
            () if self.shift <= -240 && self.block < 900 => (480..=1_200).contains(&minute),
            () if self.block >= 620 => {
                !(90..450).contains(&minute) && (300..1_420).contains(&arrival)
            }
            () if long => !(70..420).contains(&minute) && !(60..300).contains(&arrival),
            () if self.block >= 200 => {
                (360..=1_410).contains(&minute) && !(90..300).contains(&arrival)
            }
            () => (360..=1_290).contains(&minute) && (390..=1_435).contains(&arrival),
        }
    }

    /// The suitable local minutes, in order; never empty.
    fn minutes(self) -> Vec<u16> {
        let grid = |from: u16, to: u16| (from..to).step_by(usize::from(STEP));
        let suitable: Vec<u16> = grid(0, 1_440)
            .filter(|&minute| self.suits(minute))
            .collect();
        if suitable.is_empty() {
            // Some time differences suit nobody: leave by day.
            return grid(480, 1_320).collect();
        }
        suitable
    }
}

/// The suitable minutes of every shape met so far: many routes share one.
#[derive(Debug, Default)]
pub(super) struct Windows(BTreeMap<(u16, i16), Vec<u16>>);

impl Windows {
    fn of(&mut self, shape: Shape) -> &[u16] {
        let known = self.0.entry((shape.block, shape.shift));
        known.or_insert_with(|| shape.minutes())
    }
}

/// Lays out `weekly` departures; `aircraft` picks the type of each.
pub(super) fn lay_out(
    weekly: u16,
    shape: Shape,
    hash: Hash,
    windows: &mut Windows,
    mut aircraft: impl FnMut(Hash) -> u8,
    into: &mut Vec<Departure>,
) {
    let minutes = windows.of(shape);
    let daily = usize::from(weekly / 7);
    let rest = u32::from(weekly % 7);
    let count = daily + usize::from(rest > 0);
    let start = into.len();
    // One flight a day of several routes should not always leave at noon: the phase is free.
    let phase = hash.number(0).below(1_000) as usize;
    for nth in 0..count {
        let own = hash.number(nth as u64 + 1);
        let spread = 300 + own.below(400) as usize;
        let position = if count == 1 { phase } else { spread };
        let at = (nth * 1_000 + position) * minutes.len() / (count * 1_000);
        into.push(Departure {
            minute: minutes[at.min(minutes.len() - 1)],
            days: if nth < daily {
                EVERY_DAY
            } else {
                weekdays(rest, own)
            },
            aircraft: aircraft(own),
        });
    }
    // The flight that runs on some days only may be any of them.
    if count > 1 && rest > 0 {
        let swap = start + hash.number(99).below(count as u32) as usize;
        let last = into.len() - 1;
        let (a, b) = (into[swap].days, into[last].days);
        into[swap].days = b;
        into[last].days = a;
    }
    into[start..].sort_unstable_by_key(|d| (d.minute, d.days));
}

/// `count` weekdays of seven, spread over the week.
fn weekdays(count: u32, hash: Hash) -> u8 {
    let phase = hash.number(7).below(7);
    (0..count).fold(0, |days, nth| days | 1 << ((phase + nth * 7 / count) % 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn departures(weekly: u16, shape: Shape) -> Vec<Departure> {
        let mut out = Vec::new();
        lay_out(
            weekly,
            shape,
            Hash::new("t").number(u64::from(weekly)),
            &mut Windows::default(),
            |_| 0,
            &mut out,
        );
        out
    }

    #[test]
    fn a_week_has_as_many_flights_as_asked() {
        for weekly in 1..60 {
            for block in [60, 150, 250, 400, 700] {
                let shape = Shape { block, shift: 60 };
                let days = departures(weekly, shape);
                let flights: u32 = days.iter().map(|d| d.days.count_ones()).sum();
                assert_eq!(flights, u32::from(weekly), "{block}: {days:?}");
            }
        }
    }

    #[test]
    fn short_flights_stay_out_of_the_night() {
        for weekly in 1..80 {
            for departure in departures(
                weekly,
                Shape {
                    block: 90,
                    shift: 0,
                },
            ) {
                assert!((360..=1_290).contains(&departure.minute));
            }
        }
    }

    #[test]
    fn the_atlantic_is_crossed_eastwards_at_night() {
        for departure in departures(
            21,
            Shape {
                block: 440,
                shift: 360,
            },
        ) {
            assert!(departure.minute >= 990, "{departure:?}");
        }
        for departure in departures(
            21,
            Shape {
                block: 500,
                shift: -360,
            },
        ) {
            assert!((420..=1_439).contains(&departure.minute), "{departure:?}");
        }
    }
}
