//! Stops: "direct", "one stop max", "I don't want two stops", "escales acceptées".

use crate::text::words;
use std::ops::Range;

use super::{Wishes, polarity};
use crate::{
    text::{lexicon::Meaning, numbers::cardinal},
    wish::{Feature, Polarity},
};

impl Wishes<'_, '_> {
    /// Reads how many stops may be; the most that is wanted.
    pub(super) fn read_stops(&mut self) -> Option<u8> {
        let mut most = None;
        for range in self.free(Meaning::WishDirect) {
            let meant = polarity::of(self.tokens, &range, None);
            // "not direct" asks for no stop: it only does not matter.
            let polarity = match meant.polarity {
                Polarity::Refused => Polarity::Indifferent,
                other => other,
            };
            meant.mark(self.claims);
            if polarity != Polarity::Indifferent {
                most = most.or(Some(0));
            }
            self.claims.take(range.clone());
            self.keep(Feature::Stops(0), polarity, range);
        }
        for at in 0..self.tokens.len() {
            let Some((count, range)) = self.counted_stops(at) else {
                continue;
            };
            let meant = polarity::of(self.tokens, &range, None);
            meant.mark(self.claims);
            most = most.or(match meant.polarity {
                Polarity::Wanted | Polarity::Preferred => Some(count),
                Polarity::Refused => count.checked_sub(1),
                Polarity::Indifferent => None,
            });
            self.claims.take(range.clone());
            self.keep(Feature::Stops(count), meant.polarity, range);
        }
        most
    }

    /// "one stop", "2 escales", "a two-stop flight" at `at`.
    fn counted_stops(&self, at: usize) -> Option<(u8, Range<usize>)> {
        let tokens = self.tokens;
        if self.claims.taken(at) {
            return None;
        }
        let (count, length) = match cardinal(tokens, at) {
            Some(found) => found,
            None if tokens.is(at, words::PARTICLE_A_ALONE) => (1, 1),
            None => return None,
        };
        let mut noun = at + length;
        noun += usize::from(tokens.is(noun, words::WISH_SINGLE));
        let stops = tokens.means(noun, Meaning::WishStops)?;
        let end = noun + stops;
        // "a stop in Doha" is a wish for Doha; "one stop" is a limit.
        let place = tokens.longest(end, words::WISH_STOP_PLACE).is_some()
            && !tokens.is(end + 1, words::WISH_STOP_MOST);
        let count = u8::try_from(count).ok().filter(|count| *count <= 2)?;
        let vague =
            tokens.is(at, words::PARTICLE_A_ALONE) && !tokens.preceded(at, words::WISH_STOP_CUE);
        // "one change to my booking" is about the booking.
        let change = tokens.is(noun, words::WISH_CHANGE_NOUN)
            && !tokens.preceded(at, words::WISH_STOP_LEAD)
            && !tokens.is(end, words::WISH_STOP_LIMIT);
        let bound = tokens.longest(end, words::WISH_AT_MOST).unwrap_or(0);
        (!place && !vague && !change).then_some((count, at..end + bound))
    }
}
