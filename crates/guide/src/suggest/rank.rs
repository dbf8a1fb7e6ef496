//! Puts judged candidates in order.

use std::collections::{BTreeMap, HashMap};

use travel::Iata;

use super::{
    Candidate, Suggestion, Wishes,
    judge::{Judged, euros, judge},
};
use crate::{destination, distance::locate};

/// What is nearer to home than this is home, in kilometres.
const HOME_KM: f64 = 40.0;
/// What a further suggestion of a country loses, so that not all are of one.
const SAME_COUNTRY: f64 = 0.3;

/// At most `limit` candidates, those that miss the fewest wishes first, then the best. Areas that
/// were left out, the place one starts from and codes that are no destination never come back; of
/// a destination that is handed in twice the cheaper price counts.
#[must_use]
pub fn suggest(wishes: &Wishes, candidates: &[Candidate], limit: usize) -> Vec<Suggestion> {
    let home = wishes.home.and_then(locate);
    let own = wishes.home.and_then(destination::by_code);
    let mut unique: BTreeMap<Iata, (&'static crate::Destination, Candidate)> = BTreeMap::new();
    for candidate in candidates {
        let Some(place) = destination::by_code(candidate.destination) else {
            continue;
        };
        let at_home = own.is_some_and(|own| own.code == place.code)
            || home.is_some_and(|home| home.km_to(place.at()) < HOME_KM);
        if at_home || !wishes.allows(place) {
            continue;
        }
        let known = unique.entry(place.code).or_insert((place, *candidate));
        let cheaper = match (candidate.price, known.1.price) {
            (Some(new), Some(old)) => euros(new) < euros(old),
            (new, old) => new.is_some() && old.is_none(),
        };
        if cheaper {
            known.1 = *candidate;
        }
    }
    let prices = unique.values().filter_map(|(_, candidate)| candidate.price);
    let cheapest = prices.map(euros).min_by(f64::total_cmp);
    let judged = unique.values();
    let judged = judged.map(|(place, candidate)| judge(wishes, place, candidate, home, cheapest));
    order(judged.collect(), limit)
}

/// Takes the best again and again; a country that was taken falls back a little each time.
fn order(mut left: Vec<Judged>, limit: usize) -> Vec<Suggestion> {
    let mut taken: Vec<Suggestion> = Vec::new();
    let mut countries: HashMap<&'static str, f64> = HashMap::new();
    while taken.len() < limit {
        let value = |judged: &Judged| {
            let again = countries.get(judged.suggestion.country);
            judged.score - again.copied().unwrap_or_default()
        };
        let best = left.iter().enumerate().min_by(|(_, a), (_, b)| {
            let misses = |judged: &Judged| judged.suggestion.misses.len();
            let fewest = misses(a).cmp(&misses(b));
            fewest
                .then_with(|| value(b).total_cmp(&value(a)))
                .then_with(|| a.suggestion.destination.cmp(&b.suggestion.destination))
        });
        let Some(at) = best.map(|(at, _)| at) else {
            break;
        };
        let next = left.swap_remove(at).suggestion;
        *countries.entry(next.country).or_default() += SAME_COUNTRY;
        taken.push(next);
    }
    taken
}
