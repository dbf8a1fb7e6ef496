//! Parts of the day, of the way out and the way back: "le matin", "arriving in the evening",
//! "pas le soir au retour".

use std::ops::Range;

use jiff::civil::Time;

use super::{Wishes, polarity};
use crate::{
    mention::day::{Days, Hours, cues, names},
    text::lexicon::Meaning,
    wish::{Feature, Polarity, Wish},
};
use travel::DayPart;

impl Wishes<'_, '_> {
    /// Reads the parts of the day; the one in which the way out is to depart. What they say of the
    /// other ends, and what they leave of the day where they are refused, becomes hours.
    pub(super) fn read_hours(&mut self, days: &mut Days<'_>) -> Option<DayPart> {
        let mut found: Vec<(Range<usize>, DayPart)> = [
            (Meaning::TimeMorning, DayPart::Morning),
            (Meaning::TimeAfternoon, DayPart::Afternoon),
            (Meaning::TimeEvening, DayPart::Evening),
            (Meaning::TimeNight, DayPart::Night),
        ]
        .into_iter()
        .flat_map(|(meaning, part)| self.parts(meaning, part, days))
        .collect();
        found.sort_by_key(|(range, _)| range.start);
        let (mut earlier, mut wanted) = (None, None);
        for (range, part) in found {
            let meant = polarity::of(self.tokens, &range, earlier);
            meant.mark(self.claims);
            earlier = Some((range.end, meant.polarity));
            let end = days.end_of(&range);
            for cue in cues(self.tokens, &range) {
                self.claims.mark(cue);
            }
            let feature = match (end.back, end.arrival) {
                (false, false) => Feature::Departure(part),
                (false, true) => Feature::Arrival(part),
                (true, false) => Feature::ReturnDeparture(part),
                (true, true) => Feature::ReturnArrival(part),
            };
            let out = matches!(feature, Feature::Departure(_));
            let is_wanted = matches!(meant.polarity, Polarity::Wanted | Polarity::Preferred);
            let (after, before) = match meant.polarity {
                Polarity::Refused => beside(part),
                Polarity::Wanted | Polarity::Preferred if !out => within(part),
                _ => (None, None),
            };
            if after.is_some() || before.is_some() {
                days.hours.push(Hours {
                    at: range.clone(),
                    end,
                    after,
                    before,
                });
            }
            if out && is_wanted {
                wanted = wanted.or(Some(part));
            }
            // "tomorrow morning, first thing" says it twice.
            let known = |wish: &Wish| wish.feature == feature && wish.polarity == meant.polarity;
            if self.said.iter().any(known) {
                self.claims.mark(range);
            } else {
                self.keep(feature, meant.polarity, range);
            }
        }
        wanted
    }

    /// Where a part of the day is meant, and not a greeting, a night's stay or a price.
    fn parts(
        &self,
        meaning: Meaning,
        part: DayPart,
        days: &Days<'_>,
    ) -> Vec<(Range<usize>, DayPart)> {
        let tokens = self.tokens;
        let all = tokens.all(meaning).filter(|range| {
            let before = |meaning| tokens.means_before(range.start, meaning).is_some();
            let overnight = tokens
                .all(Meaning::WishOvernight)
                .any(|night| night.start <= range.start && range.end <= night.end);
            // "two nights" are a stay, "Friday night" is not.
            let nights = part == DayPart::Night
                && range.len() == 1
                && !before(Meaning::TimeNightLead)
                && names::weekday(tokens.before(range.start, 1)).is_none();
            let inside = tokens.all(meaning).any(|other| {
                other.len() > range.len() && other.start <= range.start && range.end <= other.end
            });
            let taken = self.claims.any(range.clone()) && !days.names(range);
            !before(Meaning::TimeGreeting) && !overnight && !nights && !inside && !taken
        });
        all.map(|range| (range, part)).collect()
    }
}

/// The hours of a part of the day.
fn within(part: DayPart) -> (Option<Time>, Option<Time>) {
    let (from, to) = match part {
        DayPart::Morning => (5, Some(12)),
        DayPart::Afternoon => (12, Some(18)),
        DayPart::Evening => (18, None),
        DayPart::Night => (0, Some(5)),
    };
    let last = to.map_or_else(|| Time::new(23, 59, 0, 0).ok(), hour);
    (hour(from), last)
}

/// The hours that are left of the day without a part of it. Without the afternoon it is in two pieces,
/// which is no window: that wish is all that says it.
fn beside(part: DayPart) -> (Option<Time>, Option<Time>) {
    match part {
        DayPart::Morning => (hour(12), None),
        DayPart::Afternoon => (None, None),
        DayPart::Evening => (None, hour(18)),
        DayPart::Night => (hour(5), None),
    }
}

fn hour(hour: i8) -> Option<Time> {
    Time::new(hour, 0, 0, 0).ok()
}
