//! Parts of the day, of the way out and the way back: "le matin", "arriving in the evening",
//! "pas le soir au retour".

use std::ops::Range;

use super::{Wishes, polarity};
use crate::{
    text::lexicon::Meaning,
    wish::{Feature, Polarity},
};
use travel::DayPart;

/// How far a word that says which flight is meant may be.
const REACH: usize = 12;

impl Wishes<'_, '_> {
    /// Reads the parts of the day; the one in which the way out is to depart.
    pub(super) fn read_hours(&mut self) -> Option<DayPart> {
        let mut found: Vec<(Range<usize>, DayPart)> = [
            (Meaning::WishMorning, DayPart::Morning),
            (Meaning::WishAfternoon, DayPart::Afternoon),
            (Meaning::WishEvening, DayPart::Evening),
            (Meaning::WishNight, DayPart::Night),
        ]
        .into_iter()
        .flat_map(|(meaning, part)| self.parts(meaning, part))
        .collect();
        found.sort_by_key(|(range, _)| range.start);
        let (mut earlier, mut wanted) = (None, None);
        for (range, part) in found {
            let meant = polarity::of(self.tokens, &range, earlier);
            meant.mark(self.claims);
            earlier = Some((range.end, meant.polarity));
            let (back, arriving) = self.flight(&range);
            let feature = match (back, arriving) {
                (false, false) => Feature::Departure(part),
                (false, true) => Feature::Arrival(part),
                (true, false) => Feature::ReturnDeparture(part),
                (true, true) => Feature::ReturnArrival(part),
            };
            let out = matches!(feature, Feature::Departure(_));
            if out && matches!(meant.polarity, Polarity::Wanted | Polarity::Preferred) {
                wanted = wanted.or(Some(part));
            }
            self.keep(feature, meant.polarity, range);
        }
        wanted
    }

    /// Where a part of the day is meant, and not a greeting or a night's stay.
    fn parts(&self, meaning: Meaning, part: DayPart) -> Vec<(Range<usize>, DayPart)> {
        let tokens = self.tokens;
        let all = tokens.all(meaning).filter(|range| {
            let greeting = tokens
                .means_before(range.start, Meaning::WishGreeting)
                .is_some();
            let overnight = tokens
                .all(Meaning::WishOvernight)
                .any(|night| night.start <= range.start && range.end <= night.end);
            let nights = tokens.is(range.start, &["nuit", "night"])
                && !tokens.is(
                    range.start.wrapping_sub(1),
                    &[
                        "la",
                        "at",
                        "friday",
                        "saturday",
                        "sunday",
                        "monday",
                        "tuesday",
                        "wednesday",
                        "thursday",
                        "tomorrow",
                        "late",
                        "the",
                    ],
                );
            let longest = tokens.means(range.start, meaning) == Some(range.len());
            let inside = range.start > 0
                && tokens
                    .means(range.start - 1, meaning)
                    .is_some_and(|length| length > 1);
            !greeting && !overnight && !nights && longest && !inside
        });
        all.map(|range| (range, part)).collect()
    }

    /// Whether the part of the day is of the way back, and whether of an arrival.
    fn flight(&self, part: &Range<usize>) -> (bool, bool) {
        let tokens = self.tokens;
        let after = |meaning| tokens.means(part.end, meaning).is_some();
        if after(Meaning::WishWayBackAfter) {
            return (true, self.arrives(part));
        }
        if after(Meaning::WishWayOutAfter) {
            return (false, false);
        }
        if after(Meaning::WishArrivingAfter) {
            return (self.is_back(part.start).unwrap_or(false), true);
        }
        let arriving = self.arrives(part);
        (self.is_back(part.start).unwrap_or(false), arriving)
    }

    /// Whether the last verb before says that it lands then.
    fn arrives(&self, part: &Range<usize>) -> bool {
        let tokens = self.tokens;
        let from = part.start.saturating_sub(REACH);
        let near = (from..part.start)
            .rev()
            .take_while(|at| !tokens.ends_sentence(*at));
        for at in near {
            if tokens.means(at, Meaning::WishArriving).is_some() {
                return true;
            }
            let leaves = tokens.means(at, Meaning::WishWayOut).is_some()
                || tokens.means(at, Meaning::WishWayBack).is_some()
                || tokens.is(at, &[","]);
            if leaves {
                return false;
            }
        }
        false
    }

    /// Whether the last word of going before the token is one of coming back.
    fn is_back(&self, at: usize) -> Option<bool> {
        let tokens = self.tokens;
        let from = at.saturating_sub(REACH);
        (from..at).rev().find_map(|at| {
            // "aller-retour demain matin" and "return ticket" name the kind of ticket.
            let ticket = self
                .tokens
                .all(Meaning::WishReturn)
                .any(|ticket| ticket.start <= at && at < ticket.end);
            if ticket {
                return None;
            }
            if tokens.means(at, Meaning::WishWayBack).is_some() {
                return Some(true);
            }
            tokens.means(at, Meaning::WishWayOut).map(|_| false)
        })
    }
}
