//! What stands beside a name and says which place it is: a country, a state, an airport of the city.

use super::{
    gazetteer::Candidate,
    mentions::{Mention, Reader},
    regions,
};
use crate::{ledger::Ledger, slots::PlaceKind, text::lexicon::Meaning};
use travel::airport;

impl Reader<'_> {
    /// Narrows the options by the country, state or code that follows the name.
    pub(crate) fn qualify(&self, mention: &mut Mention, claims: &Ledger) {
        let tokens = self.tokens;
        let mut at = mention.end;
        at += usize::from(tokens.is(at, &["airport", "aeroport"]));
        let linked = tokens.is(at, &[",", "(", "in", "en", "au", "aux", "du", "dans"]);
        at += usize::from(linked);
        at += usize::from(linked && tokens.is(at, &["l", "le", "la", "les", "the", "etat"]));
        if claims.taken(at) {
            return;
        }
        let longest = 4.min(tokens.len().saturating_sub(at));
        let country = (1..=longest).rev().find_map(|length| {
            let options = self
                .gazetteer
                .lookup(tokens.slice(at..at + length), self.locale)?;
            let found = options.iter().map(|id| self.gazetteer.candidate(*id));
            let found = found.into_iter().find(|c| c.kind == PlaceKind::Country)?;
            Some((found.country, length))
        });
        let closed = |end: usize| end + usize::from(tokens.is(end, &[")"]));
        if let Some((region, length)) = regions::read(tokens, at) {
            let mut inside = mention.options.clone();
            inside.retain(|id| self.gazetteer.candidate(*id).country == region.country);
            inside.sort_by_key(|id| distance(self.gazetteer.candidate(*id), region));
            inside.truncate(1);
            if !inside.is_empty() && mention.options != inside
                || mention.options.len() == 1 && !inside.is_empty()
            {
                mention.options = inside;
                mention.until = closed(at + length);
                return;
            }
        }
        if let Some((country, length)) = country {
            let inside = self.gazetteer.in_country(&mention.options, country);
            if !inside.is_empty() && mention.options != [inside[0]] || inside == mention.options {
                mention.options = inside;
                mention.until = closed(at + length);
            }
        }
    }

    /// "Paris CDG", "Lyon (LYS)": a city and one of its airports are one place.
    pub(crate) fn narrow(&self, found: &mut Vec<Mention>, mention: &mut Mention) {
        let tokens = self.tokens;
        let Some(last) = found.last() else {
            return;
        };
        let bracket = tokens.is(last.until, &["("]) && last.until + 1 == mention.start;
        let adjacent = last.until == mention.start
            || bracket
            || (tokens.is(last.until, &["-", "–", ","]) && last.until + 1 == mention.start);
        let outer = self.gazetteer.candidate(last.options[0]);
        let inner = self.gazetteer.candidate(mention.options[0]);
        // "from Brussels, Charleroi or Lille"
        let listed = tokens.is(last.until, &[","])
            && tokens.means(mention.until, Meaning::ItineraryOr).is_some();
        if !adjacent
            || listed
            || inner.kind == PlaceKind::Country
            || outer.kind == PlaceKind::Country
        {
            return;
        }
        let airports: Vec<_> = outer
            .codes
            .iter()
            .flat_map(|code| airport::resolve(*code))
            .collect();
        let part = inner.codes.len() == 1 && airports.iter().any(|a| a.iata == inner.codes[0])
            || inner.codes == outer.codes;
        if part {
            let end = if bracket { last.end } else { mention.end };
            let comma = tokens.is(last.until, &[","]);
            let close = usize::from(bracket && tokens.is(mention.until, &[")"]));
            *mention = Mention {
                start: if comma { mention.start } else { last.start },
                end,
                until: mention.until + close,
                options: std::mem::take(&mut mention.options),
            };
            found.pop();
        }
    }
}

/// How far a candidate is from the middle of a region; good for comparing only.
fn distance(candidate: &Candidate, region: &regions::Region) -> u64 {
    let (north, east) = (
        candidate.latitude - region.latitude,
        candidate.longitude - region.longitude,
    );
    ((north * north + east * east) * 1e6) as u64
}
