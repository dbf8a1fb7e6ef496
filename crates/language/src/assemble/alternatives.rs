//! "Lyon or Geneva", "Bruxelles, Charleroi ou Lille": several places that are one end of a trip.

use crate::text::words;
use crate::{
    mention::place::{gazetteer, mentions::Mention},
    reading::{Place, PlaceKind},
    text::{lexicon::Meaning, tokens::Tokens},
};

/// One end of a trip: a place, or several of which any will do.
#[derive(Clone, Debug)]
pub(crate) struct End {
    /// The first of them, reaching to the end of the last.
    pub(crate) mention: Mention,
    /// The others, in the order said.
    pub(crate) others: Vec<Mention>,
}

/// The places of a message, those joined by "or" as one end each.
pub(crate) fn ends(tokens: &Tokens<'_>, found: &[Mention]) -> Vec<End> {
    let mut ends: Vec<End> = Vec::with_capacity(found.len());
    let mut at = 0;
    while at < found.len() {
        let members = run(tokens, &found[at..]);
        let mut mention = found[at].clone();
        let others: Vec<Mention> = found[at + 1..at + members].to_vec();
        if let Some(end) = ends.last_mut()
            && is_added(tokens, found, at, members)
        {
            end.others.extend_from_slice(&found[at..at + members]);
            at += members;
            continue;
        }
        if let Some(last) = others.last() {
            (mention.end, mention.until) = (last.end, last.until);
        }
        ends.push(End { mention, others });
        at += members;
    }
    ends
}

/// How many of the places from the first on are alternatives of each other; at least one.
fn run(tokens: &Tokens<'_>, found: &[Mention]) -> usize {
    let (mut members, mut listed) = (1, 1);
    for pair in found.windows(2) {
        let (left, right) = (pair[0].until, pair[1].start);
        listed += 1;
        let torn = is_torn(tokens, pair[0].start)
            && tokens.is(left, words::PARTICLE_AND)
            && left + 1 == right;
        if torn || is_or(tokens, left, right) {
            members = listed;
        } else if !(tokens.is(left, &[","]) && left + 1 == right) {
            break;
        }
    }
    members
}

/// "…, or Milan if it's cheaper", "Osaka would be fine too": one more of the end before.
fn is_added(tokens: &Tokens<'_>, found: &[Mention], at: usize, members: usize) -> bool {
    let (mention, last) = (&found[at], &found[at + members - 1]);
    let leads = found.get(at + members).is_some_and(|next| {
        let between = last.until..next.start;
        between.len() <= 1 && !tokens.is(last.until, &[",", ".", ";"])
    });
    let does = tokens
        .means(last.until, Meaning::ItineraryWouldDo)
        .is_some();
    let start = mention.start
        - usize::from(tokens.is(mention.start.wrapping_sub(1), words::TRIP_PREPOSITION));
    // "either" opens alternatives and adds none.
    let opens = tokens.is(start.wrapping_sub(1), words::TRIP_EITHER);
    let or = tokens.means_before(start, Meaning::ItineraryOr).is_some() && !opens;
    (does || or) && !leads
}

/// "on hésite entre Bali et Phuket"
fn is_torn(tokens: &Tokens<'_>, start: usize) -> bool {
    tokens.means_before(start, Meaning::ItineraryTorn).is_some()
}

/// Whether "or" and at most a preposition and an article stand between.
fn is_or(tokens: &Tokens<'_>, left: usize, right: usize) -> bool {
    let left = left + usize::from(tokens.is(left, &[","]));
    let Some(length) = tokens.means(left, Meaning::ItineraryOr) else {
        return tokens.is(left, &["/"]) && left + 1 == right;
    };
    (left + length..right).all(|at| tokens.is(at, words::TRIP_LITTLE_WORD))
}

impl End {
    /// The end as a value; of a name that stands for several places the most prominent.
    pub(crate) fn place(&self, tokens: &Tokens<'_>) -> Place {
        let places = gazetteer();
        let surface = tokens.surface(self.mention.start..self.mention.end);
        let mut place = places.candidate(self.mention.options[0]).place(surface);
        for other in &self.others {
            let other = places.candidate(other.options[0]);
            let new = other
                .codes
                .iter()
                .filter(|code| !place.codes.contains(code));
            let new: Vec<_> = new.copied().collect();
            place.codes.extend(new);
            place.kind = PlaceKind::City;
        }
        place
    }

    pub(crate) fn is_one(&self) -> bool {
        self.others.is_empty()
    }
}
