//! What stands beside a name and says which place it is: a country, a state, an airport of the city.

use super::{
    gazetteer::{SAME_CITY_KM, is_ordinary, town_option},
    mentions::{Mention, Reader},
    regions::{self, Region},
    towns::{self, layout::kilometres},
};
use crate::text::words;
use crate::{ledger::Ledger, reading::PlaceKind, text::lexicon::Meaning};
use travel::airport;

/// A city is no farther from the middle of its region.
const WIDEST_KM: f64 = 900.0;

/// What a point of prominence is worth when two cities lie in a region.
const POINT_KM: f64 = 5.0;

/// The rank of airports of the largest cities.
const LARGE_RANK: u8 = 85;

impl Reader<'_> {
    /// Narrows the options by the country, state or code that follows the name.
    pub(crate) fn qualify(&self, mention: &mut Mention, claims: &Ledger) {
        let tokens = self.tokens;
        let mut at = mention.end;
        at += usize::from(tokens.is(at, words::PLACE_AIRPORT));
        let link = at;
        let linked = tokens.is(at, words::PLACE_QUALIFYING_LINK);
        at += usize::from(linked);
        at += usize::from(tokens.is(at, words::PLACE_COMMA_IN) && tokens.is(link, &[","]));
        at += usize::from(linked && tokens.is(at, words::PLACE_REGION_ARTICLE));
        if claims.any(link..at + 1) {
            return;
        }
        // "Vancouver, WA" and "Valence en Espagne" say more than "Vancouver Washington".
        let clear = tokens.is(link, words::PLACE_CLEAR_LINK);
        let found = self
            .in_region(mention, at, clear)
            .or_else(|| self.of_country(mention, at));
        // "La Réunion" is an article and a name, and a name.
        let found = found.or_else(|| {
            let article = linked && at > link + 1;
            article.then(|| self.of_country(mention, at - 1)).flatten()
        });
        if let Some((options, end)) = found {
            mention.options = options;
            mention.until = end + usize::from(tokens.is(end, &[")"]));
        }
    }

    /// The options in the region that is named at a token, and the end of its name.
    fn in_region(&self, mention: &Mention, at: usize, clear: bool) -> Option<(Vec<u32>, usize)> {
        let tokens = self.tokens;
        let name = tokens.slice(mention.start..mention.end);
        let read = regions::read(tokens, at);
        read.into_iter().find_map(|(region, length)| {
            let place = tokens.slice(at..at + length);
            // "de Montréal à Québec" goes there.
            let goes = tokens.is(at.wrapping_sub(1), words::PLACE_GOES);
            let city = place.len() > 3 && self.is_city(place, if goes { 50 } else { LARGE_RANK });
            let of_town = self.town_in(mention, name, region);
            // "from Vancouver Washington to Denver": a third place follows.
            let third = of_town.is_some() && self.arrow_follows(at + length);
            if city && !clear && !third {
                return None;
            }
            // In small letters "or" and "in" are no states.
            if place.len() == 2 && is_function(place) && !tokens.get(at)?.upper {
                return None;
            }
            let of_city = || self.city_in(mention, region).filter(|_| !city);
            Some((vec![of_town.or_else(of_city)?], at + length))
        })
    }

    /// Whether a region's name is that of a city to which one may as well fly.
    fn is_city(&self, name: &str, rank: u8) -> bool {
        let options = self.gazetteer.lookup(name, self.locale);
        options.is_some_and(|options| {
            let first = self.gazetteer.candidate(options[0]);
            first.rank >= rank && !matches!(first.kind, PlaceKind::Region | PlaceKind::Country)
        })
    }

    /// The town of that name in a region, or the city with an airport that it is.
    fn town_in(&self, mention: &Mention, name: &str, region: Region) -> Option<u32> {
        let town = towns::named(name).find(|town| town.region() == region)?;
        let city = mention.options.iter().copied().find(|option| {
            let known = self.gazetteer.candidate(*option);
            let city = !matches!(
                known.kind,
                PlaceKind::Country | PlaceKind::Region | PlaceKind::Town
            );
            let away = kilometres(town.position(), (known.latitude, known.longitude));
            city && known.country == region.country() && away < SAME_CITY_KM
        });
        Some(city.unwrap_or_else(|| town_option(town)))
    }

    /// The city that lies nearest to the middle of a region, where the table has no such town.
    fn city_in(&self, mention: &Mention, region: Region) -> Option<u32> {
        let away = |option: &u32| {
            let known = self.gazetteer.candidate(*option);
            kilometres(region.middle(), (known.latitude, known.longitude))
        };
        let inside = mention.options.iter().copied().filter(|option| {
            let known = self.gazetteer.candidate(*option);
            known.country == region.country()
                && !matches!(known.kind, PlaceKind::Country | PlaceKind::Town)
                && away(option) < WIDEST_KM
        });
        // A seaplane base in the river is not the city.
        let cost = |option: &u32| {
            away(option) - POINT_KM * f64::from(self.gazetteer.candidate(*option).rank)
        };
        inside.min_by(|a, b| cost(a).total_cmp(&cost(b)))
    }

    /// The options in the country that is named at a token, and the end of its name.
    fn of_country(&self, mention: &Mention, at: usize) -> Option<(Vec<u32>, usize)> {
        let tokens = self.tokens;
        let longest = 4.min(tokens.len().saturating_sub(at));
        let (country, length) = (1..=longest).rev().find_map(|length| {
            let name = tokens.slice(at..at + length);
            let options = self.gazetteer.lookup(name, self.locale)?;
            let known = options.iter().map(|id| self.gazetteer.candidate(*id));
            let found = known.into_iter().find(|c| c.kind == PlaceKind::Country);
            // "La Réunion" and "Puerto Rico" are islands with an airport and countries.
            let country = found.or_else(|| {
                let first = self.gazetteer.candidate(options[0]);
                let state = travel::country::by_code(first.country)?;
                state.is_named(name).then_some(first)
            })?;
            Some((country.country, length))
        })?;
        let inside = self.gazetteer.in_country(&mention.options, country);
        let narrower = !inside.is_empty() && mention.options != [inside[0]];
        (narrower || inside == mention.options && !inside.is_empty())
            .then_some((inside, at + length))
    }

    /// "Funchal à Madère": a town and its island by another name, and no way from one to the other.
    fn is_same_again(&self, last: &Mention, mention: &Mention, same: bool) -> bool {
        let tokens = self.tokens;
        let linked =
            tokens.is(last.until, words::PLACE_QUALIFYING_LINK) && last.until + 1 == mention.start;
        let leaves = tokens.is(last.start.wrapping_sub(1), words::PARTICLE_DE);
        let name = |place: &Mention| tokens.slice(place.start..place.end).to_owned();
        same && linked && !leaves && name(last) != name(mention)
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
        let wide = |kind| {
            matches!(
                kind,
                PlaceKind::Country | PlaceKind::Region | PlaceKind::Town
            )
        };
        if outer.kind == PlaceKind::Country && mention.start <= last.until + 2 {
            // "au Liban, à Tripoli"
            let inside = self.gazetteer.in_country(&mention.options, outer.country);
            if !inside.is_empty() {
                mention.options = inside;
            }
            return;
        }
        if self.is_same_again(last, mention, inner.codes == outer.codes) {
            let until = mention.until;
            *mention = Mention {
                start: last.start,
                end: last.end,
                until,
                options: last.options.clone(),
            };
            found.pop();
            return;
        }
        // "from Brussels, Charleroi or Lille"
        let listed = tokens.is(last.until, &[","])
            && tokens.means(mention.until, Meaning::ItineraryOr).is_some();
        if !adjacent || listed || wide(inner.kind) || wide(outer.kind) {
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

/// Whether a state's abbreviation is a word of its own in small letters.
fn is_function(short: &str) -> bool {
    is_ordinary(short) || words::PLACE_NOT_A_STATE.contains(&short)
}
