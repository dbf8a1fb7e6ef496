//! Places, dates and offers for scenes.

use agent::{
    booking::{Proposal, ProposalId, ProposalStatus},
    capability::flights::search_flights::SearchFlightsArgs,
    conversation::Searched,
    language::{DateSpan, Place, PlaceKind},
    travel::{
        Cabin, Currency, FareCalendar, FareDay, FlightSearch, Leg, LocalTime, Money, Offer,
        OfferId, Segment, Slice, airport,
        offer::{Baggage, Conditions, OfferCarrier, OfferPlace, PassengerFare, PassengerKind},
    },
};
use jiff::{Timestamp, civil::Date, civil::DateTime};
use serde_json::Value;

/// The moment of every scene, in Paris.
pub(super) const NOW: &str = "2026-11-22T10:00:00+01:00[Europe/Paris]";

pub(super) fn place(surface: &str, kind: PlaceKind, codes: &[&str], country: &str) -> Place {
    Place {
        surface: surface.to_owned(),
        kind,
        codes: codes.iter().map(|code| code.parse().unwrap()).collect(),
        country: country.to_owned(),
        town: None,
    }
}

pub(super) fn lyon() -> Place {
    place("lyon", PlaceKind::City, &["LYS"], "FR")
}

pub(super) fn new_york() -> Place {
    place("new york", PlaceKind::Metro, &["NYC"], "US")
}

pub(super) fn span(from: &str, to: &str) -> DateSpan {
    DateSpan::new(from.to_owned(), from.parse().unwrap(), to.parse().unwrap())
}

pub(super) fn day(date: &str) -> DateSpan {
    span(date, date)
}

pub(super) fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::eur())
}

/// One flight: airports, local times, carrier.
pub(super) type Flight = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// Lyon to New York by Paris: 11 h 25 with one stop.
pub(super) const VIA_PARIS: &[Flight] = &[
    (
        "LYS",
        "2027-01-12T07:05",
        "CDG",
        "2027-01-12T08:15",
        "Air France",
    ),
    (
        "CDG",
        "2027-01-12T10:30",
        "JFK",
        "2027-01-12T12:30",
        "Delta Air Lines",
    ),
];
/// Lyon to New York nonstop: 9 h 25.
pub(super) const NONSTOP: &[Flight] = &[(
    "LYS",
    "2027-01-12T10:05",
    "JFK",
    "2027-01-12T13:30",
    "Air France",
)];
/// New York to Lyon overnight: 8 h 25.
pub(super) const OVERNIGHT: &[Flight] = &[(
    "JFK",
    "2027-01-20T19:00",
    "LYS",
    "2027-01-21T09:25",
    "Air France",
)];

pub(super) fn offer(id: &str, minor: i64, slices: &[&[Flight]]) -> Offer {
    Offer {
        id: OfferId(id.to_owned()),
        source: "offline".to_owned(),
        illustrative: true,
        fetched_at: timestamp("2026-11-22T08:59:00Z"),
        expires_at: timestamp("2026-11-22T09:30:00Z"),
        total: eur(minor),
        per_passenger: vec![PassengerFare {
            kind: PassengerKind::Adult,
            count: 1,
            amount: eur(minor).decimal(),
        }],
        slices: slices.iter().map(|flights| slice(flights)).collect(),
        baggage: Baggage {
            carry_on: 1,
            checked: 0,
        },
        emissions_kg: 1_240,
        conditions: Conditions {
            refundable: false,
            changeable: true,
        },
    }
}

/// The three offers of a usual search: a recommended nonstop, a cheap connection, a dear nonstop.
pub(super) fn three_offers() -> Vec<Offer> {
    vec![
        offer("off_best", 56_240, &[NONSTOP]),
        offer("off_cheap", 43_120, &[VIA_PARIS]),
        offer("off_dear", 123_450, &[NONSTOP]),
    ]
}

fn slice(flights: &[Flight]) -> Slice {
    let segments: Vec<_> = flights.iter().map(segment).collect();
    let (first, last) = (&segments[0], &segments[segments.len() - 1]);
    Slice {
        origin: first.origin.clone(),
        destination: last.destination.clone(),
        duration: last.arriving_at.at.duration_since(first.departing_at.at),
        stops: u8::try_from(segments.len() - 1).unwrap(),
        segments,
    }
}

fn segment(flight: &Flight) -> Segment {
    let (from, departure, to, arrival, carrier) = flight;
    let (departing_at, arriving_at) = (local(from, departure), local(to, arrival));
    Segment {
        origin: offer_place(from),
        destination: offer_place(to),
        duration: arriving_at.at.duration_since(departing_at.at),
        departing_at,
        arriving_at,
        carrier: OfferCarrier {
            iata: "AF".parse().unwrap(),
            name: (*carrier).to_owned(),
        },
        flight_number: None,
        aircraft: None,
        cabin: Cabin::Economy,
    }
}

fn offer_place(code: &str) -> OfferPlace {
    let airport = airport::by_code(code.parse().unwrap()).unwrap();
    OfferPlace {
        iata: airport.iata,
        city: airport.city(agent::locale::Locale::Fr).to_owned(),
    }
}

fn local(code: &str, time: &str) -> LocalTime {
    let airport = airport::by_code(code.parse().unwrap()).unwrap();
    let time: DateTime = time.parse().unwrap();
    LocalTime::from(&time.in_tz(airport.time_zone).unwrap())
}

pub(super) fn timestamp(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn search() -> FlightSearch {
    let codes = |code: &str| vec![code.parse().unwrap()];
    let leg = Leg::new(codes("LYS"), codes("NYC"), "2027-01-12".parse().unwrap());
    FlightSearch::new(vec![leg], Currency::eur())
}

/// The first page of a search.
pub(super) const fn searched(search: FlightSearch) -> Searched {
    Searched { search, skip: 0 }
}

/// The search that a call's arguments mean; any where they cannot be used.
pub(super) fn meant(arguments: &Value) -> Searched {
    let args: Option<SearchFlightsArgs> = serde_json::from_value(arguments.clone()).ok();
    let skip = args.as_ref().and_then(|args| args.skip).unwrap_or_default();
    let meant = args.and_then(|args| args.search(Currency::eur()).ok());
    Searched {
        search: meant.unwrap_or_else(search),
        skip: skip.into(),
    }
}

pub(super) fn proposal(offer: Offer, status: ProposalStatus) -> Proposal {
    Proposal {
        id: ProposalId("01938000-0000-7000-8000-000000000000".parse().unwrap()),
        expires_at: offer.expires_at,
        offer,
        search: search(),
        summary: "Lyon – New York".to_owned(),
        status,
    }
}

/// Fares of days, from an origin to a destination.
pub(super) fn calendar(from: &str, to: &str, days: &[(&str, i64)]) -> FareCalendar {
    let fare = |(date, minor): &(&str, i64)| FareDay {
        date: date.parse::<Date>().unwrap(),
        price: eur(*minor),
    };
    FareCalendar {
        origin: from.parse().unwrap(),
        destination: to.parse().unwrap(),
        stay_days: None,
        source: "offline".to_owned(),
        illustrative: true,
        days: days.iter().map(fare).collect(),
    }
}
