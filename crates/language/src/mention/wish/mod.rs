//! How to travel: one-way or return, and what is wanted, preferred or refused.

use crate::text::words;
mod cabin;
mod fare;
mod hours;
pub(crate) mod polarity;
mod sort;
mod stops;
mod via;

use std::ops::Range;

use crate::{
    ledger::Ledger,
    mention::day::Days,
    reading::Reading,
    text::{lexicon::Meaning, tokens::Tokens},
    wish::{Feature, Polarity, Span, Wish},
};
use travel::locale::Locale;

/// Reads the wishes; `locale` is the language of the message.
pub(crate) fn read(
    tokens: &Tokens<'_>,
    locale: Locale,
    days: &mut Days<'_>,
    claims: &mut Ledger,
    reading: &mut Reading,
) {
    reading.one_way = one_way(tokens, claims);
    let mut wishes = Wishes {
        tokens,
        claims,
        said: std::mem::take(&mut reading.wishes),
    };
    wishes.read_via(locale);
    reading.cabin = wishes.read_cabins();
    reading.max_stops = wishes.read_stops();
    wishes.read_fares();
    wishes.read_indifference();
    let overnight = wishes.read_overnight();
    reading.departure = wishes.read_hours(days).or(overnight);
    reading.sort = wishes.read_sort();
    wishes.said.sort_by_key(|wish| wish.at.start);
    reading.wishes = wishes.said;
}

/// What is being read, and the wishes so far.
struct Wishes<'a, 'b> {
    tokens: &'a Tokens<'b>,
    claims: &'a mut Ledger,
    said: Vec<Wish>,
}

impl Wishes<'_, '_> {
    /// Keeps a wish that stands at `range`; its words are used.
    fn keep(&mut self, feature: Feature, polarity: Polarity, range: Range<usize>) {
        self.claims.mark(range.clone());
        self.said.push(Wish {
            feature,
            polarity,
            at: Span::of(self.tokens, range),
        });
    }

    /// The phrases of a meaning that nobody has taken, the longest at each place.
    fn free(&self, meaning: Meaning) -> Vec<Range<usize>> {
        let mut free: Vec<Range<usize>> = Vec::new();
        for range in self.tokens.all(meaning) {
            let Some(length) = self.tokens.means(range.start, meaning) else {
                continue;
            };
            let longest = range.len() == length;
            let inside = free.last().is_some_and(|last| range.start < last.end);
            if longest && !inside && !self.claims.any(range.clone()) {
                free.push(range);
            }
        }
        free
    }

    /// "peu importe la compagnie", "any class", "no budget limit": earlier wishes are dropped.
    fn read_indifference(&mut self) {
        for (noun, feature) in [
            (Meaning::WishAirlineNoun, Feature::Airline(None)),
            (
                Meaning::WishCabinNoun,
                Feature::Cabin(travel::Cabin::Economy),
            ),
            (Meaning::WishStopsNoun, Feature::Stops(2)),
            (Meaning::WishBudgetNoun, Feature::Budget),
            // The longer ones first: "heure d'arrivée" begins with "heure".
            (
                Meaning::HourReturnArrival,
                Feature::ReturnArrival(travel::DayPart::Morning),
            ),
            (
                Meaning::HourArrival,
                Feature::Arrival(travel::DayPart::Morning),
            ),
            (
                Meaning::HourReturn,
                Feature::ReturnDeparture(travel::DayPart::Morning),
            ),
            (
                Meaning::WishAllianceNoun,
                Feature::Alliance(travel::Alliance::StarAlliance),
            ),
            (
                Meaning::WishHourNoun,
                Feature::Departure(travel::DayPart::Morning),
            ),
        ] {
            for range in self.free(noun) {
                let limitless = feature == Feature::Budget && self.is_limitless(&range);
                let said = polarity::indifferent(self.tokens, &range)
                    .or_else(|| limitless.then(|| range.clone()));
                let known = Span::of(self.tokens, range.clone());
                // "any airline except Wizz": what is refused says it.
                let except = self.tokens.means(range.end, Meaning::PolarityNegation);
                let within = self
                    .tokens
                    .all(Meaning::PolarityNegation)
                    .any(|phrase| phrase.start < range.start && range.end < phrase.end);
                if let (Some(words), true) = (&said, except.is_some() || within) {
                    self.claims.mark(words.clone());
                    continue;
                }
                let twice = self.said.iter().any(|wish| wish.at.start == known.start);
                if let Some(words) = said.filter(|_| !twice) {
                    self.claims.mark(words);
                    self.keep(feature.clone(), Polarity::Indifferent, range);
                }
            }
        }
    }

    /// "no budget limit", "budget is open".
    fn is_limitless(&mut self, range: &Range<usize>) -> bool {
        let limit = self.tokens.longest(range.end, words::WISH_LIMIT);
        let denied = self
            .tokens
            .means_before(range.start, Meaning::PolarityNegation);
        match (limit, denied) {
            (Some(length), Some(denied)) => {
                self.claims.mark(denied.start..range.end + length);
                true
            }
            _ => false,
        }
    }
}

fn one_way(tokens: &Tokens<'_>, claims: &mut Ledger) -> Option<bool> {
    let negated = |at: usize| tokens.preceded(at, words::WISH_DENIAL);
    let first = |meaning| {
        let at = tokens.all(meaning).next()?.start;
        Some(at..at + tokens.means(at, meaning)?)
    };
    let (one, both) = (first(Meaning::WishOneWay), first(Meaning::WishReturn));
    for range in one.iter().chain(&both) {
        claims.mark(range.clone());
    }
    match (one, both) {
        // "a round trip or one way?" says neither, unless one of them is denied.
        (Some(one), Some(both)) if negated(one.start) == negated(both.start) => None,
        (Some(one), _) => Some(!negated(one.start)),
        (None, Some(both)) => Some(negated(both.start)),
        (None, None) => None,
    }
}
