//! Arguments of the tools, from a trip.

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use serde_json::{Value, json};

use crate::{
    capability::flights::search_flights::{FurtherLeg, SearchFlightsArgs, TimesOfDay},
    language::{Feature, Leg, Place, Polarity, Scope, TimeWindow, TripRequest},
    travel::{Iata, Money, Party, Sort},
};

/// Most days around a day that a search looks at.
const MOST_FLEXIBLE: u8 = 3;

/// Arguments of a search on these days.
pub(super) fn flights(
    trip: &TripRequest,
    depart: Date,
    return_date: Option<Date>,
) -> SearchFlightsArgs {
    let party = trip.party.as_ref();
    let budget = budget(trip);
    let mut here = depart;
    let onward = trip.onward.iter().map(|leg| {
        // A day that is not said follows from the stay before it.
        let nights = i64::from(leg.nights.unwrap_or(0));
        let stay = here.saturating_add(nights.days());
        here = leg.date.as_ref().map_or(stay, |span| span.from);
        onward(trip, leg, here)
    });
    let mut search = SearchFlightsArgs {
        departure: codes(trip.origin.as_ref()),
        arrival: codes(trip.destination.as_ref()),
        date: depart,
        return_date,
        legs: onward.collect(),
        flexible_days: flexible_days(trip),
        adults: party.map(|party| party.adults),
        children_ages: party.map(children_ages).unwrap_or_default(),
        infants: party.map(|party| party.infants).filter(|count| *count > 0),
        cabin: trip.cabin,
        max_stops: trip.max_stops,
        airline: trip
            .airline
            .as_ref()
            .map(|airline| airline.code.to_string()),
        departure_time: trip.departure,
        departure_after: hour(trip.window.departure_after),
        departure_before: hour(trip.window.departure_before),
        arrival_after: hour(trip.window.arrival_after),
        arrival_before: hour(trip.window.arrival_before),
        return_window: return_date.and_then(|_| hours(trip.return_window)),
        max_price: budget.map(|budget| budget.decimal()),
        currency: budget.map(|budget| budget.currency.to_string()),
        sort: trip.sort,
        ..SearchFlightsArgs::default()
    };
    wishes(trip, &mut search);
    search
}

/// What the whole party may pay.
fn budget(trip: &TripRequest) -> Option<Money> {
    let Some(money) = trip.money else {
        return trip.budget;
    };
    match money.scope {
        Scope::All => Some(money.amount),
        Scope::Each => {
            let people = trip.party.as_ref().map_or(1, Party::size);
            let minor = money
                .amount
                .minor
                .saturating_mul(i64::try_from(people).unwrap_or(1));
            Some(Money {
                minor,
                ..money.amount
            })
        }
        // Nights are paid to hotels.
        Scope::Night => None,
    }
}

fn flexible_days(trip: &TripRequest) -> Option<u8> {
    let days = trip.depart_date.as_ref()?.flexible_days.min(MOST_FLEXIBLE);
    (days > 0).then_some(days)
}

/// A leg after the first; one that does not say where it begins or ends does so at home.
fn onward(trip: &TripRequest, leg: &Leg, date: Date) -> FurtherLeg {
    let end = |place: &Option<Place>| codes(place.as_ref().or(trip.origin.as_ref()));
    FurtherLeg {
        departure: end(&leg.origin),
        arrival: end(&leg.destination),
        date,
        departure_after: hour(leg.window.departure_after),
        departure_before: hour(leg.window.departure_before),
        arrival_after: hour(leg.window.arrival_after),
        arrival_before: hour(leg.window.arrival_before),
    }
}

fn hour(time: Option<Time>) -> Option<String> {
    time.map(|time| time.strftime("%H:%M").to_string())
}

fn hours(window: TimeWindow) -> Option<TimesOfDay> {
    (window != TimeWindow::default()).then(|| TimesOfDay {
        departure_after: hour(window.departure_after),
        departure_before: hour(window.departure_before),
        arrival_after: hour(window.arrival_after),
        arrival_before: hour(window.arrival_before),
    })
}

/// What is wanted or refused beyond the trip's own fields. A preference orders, it does not exclude:
/// the search has no order for it, so it is left to the choice among the offers.
fn wishes(trip: &TripRequest, search: &mut SearchFlightsArgs) {
    let (mut excluded, mut avoided, mut via) = (Vec::new(), Vec::new(), Vec::new());
    for wish in &trip.wishes {
        let wanted = match wish.polarity {
            Polarity::Wanted => true,
            Polarity::Refused => false,
            Polarity::Preferred | Polarity::Indifferent => continue,
        };
        match &wish.feature {
            Feature::Airline(Some(code)) if !wanted => excluded.push(code.to_string()),
            Feature::Via(codes) => {
                let list = if wanted { &mut via } else { &mut avoided };
                list.extend(codes.iter().map(ToString::to_string));
            }
            Feature::Alliance(alliance) if wanted => search.alliance = Some(*alliance),
            Feature::LowCost => search.low_cost = Some(wanted),
            Feature::CheckedBag if wanted => search.checked_bag = Some(true),
            Feature::Refundable if wanted => search.refundable = Some(true),
            Feature::Overnight if !wanted => search.overnight = Some(false),
            Feature::LowEmissions if wanted && search.sort.is_none() => {
                search.sort = Some(Sort::Emissions);
            }
            _ => {}
        }
    }
    let list = |codes: Vec<String>| (!codes.is_empty()).then(|| codes.join(","));
    search.exclude_airlines = list(excluded);
    search.avoid_via = list(avoided);
    search.via = list(via);
}

/// Arguments of a fare calendar; `back` = for the way back alone.
pub(super) fn calendar(
    trip: &TripRequest,
    month: Date,
    stay_days: Option<u16>,
    back: bool,
) -> Value {
    let search = flights(trip, month, None);
    let (departure, arrival) = if back {
        (search.arrival, search.departure)
    } else {
        (search.departure, search.arrival)
    };
    let ages = search.children_ages;
    json!({
        "departure": departure,
        "arrival": arrival,
        "month": month.strftime("%Y-%m").to_string(),
        "stay_days": stay_days,
        "adults": search.adults,
        "children_ages": (!ages.is_empty()).then_some(ages),
        "infants": search.infants,
        "cabin": search.cabin,
        "max_stops": search.max_stops,
        "airline": search.airline,
        "currency": search.currency,
    })
}

fn codes(place: Option<&Place>) -> String {
    let codes = place.map(|place| place.codes.as_slice());
    let codes: Vec<_> = codes.unwrap_or_default().iter().map(Iata::as_str).collect();
    codes.join(",")
}

fn children_ages(party: &Party) -> Vec<u8> {
    party
        .children
        .iter()
        .map(|age| age.unwrap_or(Party::ASSUMED_AGE))
        .collect()
}
