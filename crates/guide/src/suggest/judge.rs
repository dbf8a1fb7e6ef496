//! Holds one candidate against the wishes.

use travel::Money;

use super::{
    Candidate, Miss, Reason, Suggestion, Wishes,
    weather::{Place, worth},
};
use crate::{
    Destination, Point, climate,
    distance::{airports, flying_minutes},
    kinds::{self, Character},
    rates,
};

/// A candidate that was judged.
pub(super) struct Judged {
    pub(super) suggestion: Suggestion,
    /// The greater the better, among those that miss as many wishes.
    pub(super) score: f64,
}

/// What a far place loses: at this distance in kilometres it keeps a third of what nearness gives.
const FAR_KM: f64 = 3_000.0;

/// Judges a destination; `price` is in the currency of the budget, where there is one.
pub(super) fn judge(
    wishes: &Wishes,
    place: &'static Destination,
    candidate: &Candidate,
    home: Option<Point>,
    cheapest: Option<f64>,
) -> Judged {
    let character = kinds::of(place.code);
    let mut judged = Judged {
        suggestion: Suggestion {
            destination: place.code,
            country: place.country,
            month: None,
            reasons: Vec::new(),
            misses: Vec::new(),
        },
        score: 0.6 * fame(place),
    };
    weather(&mut judged, wishes, place, character);
    purposes(&mut judged, wishes, character);
    way(&mut judged, wishes, home.map(|home| home.km_to(place.at())));
    cost(&mut judged, wishes, candidate.price, cheapest);
    judged
}

fn weather(
    judged: &mut Judged,
    wishes: &Wishes,
    place: &Destination,
    character: Option<&'static Character>,
) {
    if wishes.weather.is_empty() {
        return;
    }
    let of_weather = Place {
        climate: climate::of(place.code),
        kinds: character.map_or(&[], |character| &character.kinds),
        southern: place.lat < 0.0,
    };
    let asked = wishes.when.map(super::When::month);
    let month = asked.unwrap_or_else(|| of_weather.best_month(&wishes.weather));
    judged.suggestion.month = Some(month);
    for wish in &wishes.weather {
        let verdict = of_weather.judge(*wish, month);
        // Only how well counts: whether at all decides before the score does.
        judged.score += f64::from(match &verdict {
            Ok((_, quality)) => 1.5 * quality,
            Err(_) => worth(&verdict),
        });
        match verdict {
            Ok((reason, _)) => judged.suggestion.reasons.push(reason),
            Err((miss, _)) => judged.suggestion.misses.push(miss),
        }
    }
    let by_the_sea = character.is_some_and(|character| character.sunny_seaside);
    let sun = [super::Weather::Warm, super::Weather::Sunny];
    if by_the_sea && wishes.weather.iter().any(|wish| sun.contains(wish)) {
        judged.score += 0.4;
    }
}

fn purposes(judged: &mut Judged, wishes: &Wishes, character: Option<&Character>) {
    let own = character.map_or(&[][..], |character| &character.kinds);
    for wanted in &wishes.kinds {
        let met = own
            .iter()
            .enumerate()
            .find(|(_, kind)| wanted.contains(kind));
        if let Some((at, kind)) = met {
            // The table names the main reason to go first.
            judged.score += 0.4 / (1.0 + at as f64);
            let reason = Reason::Kind { kind: *kind };
            if !judged.suggestion.reasons.contains(&reason) {
                judged.suggestion.reasons.push(reason);
            }
        } else {
            let wanted = wanted.clone();
            judged.suggestion.misses.push(Miss::Kind { wanted });
        }
    }
}

fn way(judged: &mut Judged, wishes: &Wishes, km: Option<f64>) {
    let (longest, farthest) = (wishes.longest(), wishes.max_km);
    let Some(exact) = km else {
        if longest.is_some() || farthest.is_some() {
            judged.suggestion.misses.push(Miss::DistanceUnknown);
        }
        return;
    };
    let (minutes, km) = (flying_minutes(exact), exact.round() as u32);
    let Suggestion {
        reasons, misses, ..
    } = &mut judged.suggestion;
    let before = misses.len();
    if let Some(wanted) = longest.filter(|wanted| minutes > *wanted) {
        misses.push(Miss::TooLong { minutes, wanted });
        judged.score -= f64::from(minutes - wanted) / 300.0;
    }
    if let Some(wanted) = farthest.filter(|wanted| km > *wanted) {
        misses.push(Miss::TooFar { km, wanted });
        judged.score -= f64::from(km - wanted) / 4_000.0;
    }
    if misses.len() == before {
        reasons.push(Reason::Flight { minutes, km });
    }
    // For few nights one does not go far.
    let weight = match wishes.stays() {
        Some(..=3) => 2.5,
        Some(..=6) => 2.0,
        _ => 1.5,
    };
    judged.score += weight * libm::exp(-exact / FAR_KM);
}

fn cost(judged: &mut Judged, wishes: &Wishes, price: Option<Money>, cheapest: Option<f64>) {
    let Suggestion {
        reasons, misses, ..
    } = &mut judged.suggestion;
    let Some(price) = price else {
        if wishes.budget.is_some() {
            misses.push(Miss::PriceUnknown);
        }
        return;
    };
    if let Some(cheapest) = cheapest {
        judged.score += (cheapest / euros(price)).clamp(0.0, 1.0);
    }
    let budget = wishes.budget;
    let Some(limit) = budget else {
        reasons.push(Reason::Price { price, budget });
        return;
    };
    let (own, _) = rates::convert(price, limit.currency);
    if own.minor <= limit.minor {
        reasons.push(Reason::Price { price, budget });
    } else {
        let over = Money::new(own.minor - limit.minor, limit.currency);
        judged.score -= over.minor as f64 / limit.minor.max(1) as f64;
        misses.push(Miss::OverBudget { price, over });
    }
}

/// A price as a number that compares, at least one euro.
pub(super) fn euros(price: Money) -> f64 {
    let (euros, _) = rates::convert(price, travel::Currency::eur());
    (euros.minor as f64 / 100.0).max(1.0)
}

/// How prominent a destination is, from 0 to 1: the rank of its greatest airport.
fn fame(place: &Destination) -> f64 {
    let ranks = airports(place).into_iter().map(|airport| airport.rank);
    f64::from(ranks.max().unwrap_or_default()) / 100.0
}
