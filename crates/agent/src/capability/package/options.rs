//! Flights to choose from, other days and other airports.

use guide::Point;
use jiff::civil::Date;

use crate::{
    capability::fares::Journey,
    sources::{FlightSource, SourceError},
    tools::ToolContext,
    travel::{Airport, Iata, Money, Offer, Sort, airport},
};

/// Flights of each order that are weighed.
const WEIGHED: usize = 10;
/// How far another airport may be, in kilometres in a straight line.
const NEAR_KM: f64 = 250.0;
/// How prominent it has to be.
const PROMINENT: u8 = 25;
/// Other airports that are looked at.
const AIRPORTS: usize = 3;

/// The cheapest flights and the fastest, each once.
pub(super) async fn flights(
    journey: &Journey,
    source: &dyn FlightSource,
    context: &ToolContext,
) -> Result<Vec<Offer>, SourceError> {
    let mut all = journey
        .offers(source, context, Sort::Price, WEIGHED)
        .await?;
    let fast = journey
        .offers(source, context, Sort::Duration, WEIGHED)
        .await?;
    for offer in fast {
        if all.iter().all(|known| known.id != offer.id) {
            all.push(offer);
        }
    }
    Ok(all)
}

/// The fares of the other days of the month, for a stay of as many nights.
pub(super) async fn other_days(
    journey: &Journey,
    source: &dyn FlightSource,
    context: &ToolContext,
) -> Result<Vec<(Date, Money)>, SourceError> {
    let first = journey.stay.check_in;
    let nights = u16::try_from(journey.stay.nights().count()).unwrap_or_default();
    let fares = journey.fares(source, context, first, nights).await?;
    let others = fares.into_iter().filter(|day| day.date != first);
    Ok(others.map(|day| (day.date, day.price)).collect())
}

/// The cheapest flights from other airports near the departure.
pub(super) async fn other_airports(
    journey: &Journey,
    source: &dyn FlightSource,
    context: &ToolContext,
) -> Result<Vec<(Iata, Money)>, SourceError> {
    let mut found = Vec::new();
    for code in near(&journey.departure) {
        let from = Journey {
            departure: vec![code],
            ..journey.clone()
        };
        if let Some(offer) = from.cheapest(source, context).await? {
            found.push((code, offer.total));
        }
    }
    Ok(found)
}

/// The most prominent airports of other towns near a departure.
fn near(departure: &[Iata]) -> Vec<Iata> {
    let homes: Vec<_> = departure
        .iter()
        .flat_map(|code| airport::resolve(*code))
        .collect();
    let Some(home) = homes.first() else {
        return Vec::new();
    };
    let point = |airport: &Airport| Point {
        lat: airport.latitude,
        lon: airport.longitude,
    };
    let others = airport::all().iter().filter(|other| {
        other.rank >= PROMINENT
            && homes.iter().all(|home| home.area != other.area)
            && point(home).km_to(point(other)) <= NEAR_KM
    });
    let mut others: Vec<_> = others.collect();
    others.sort_by_key(|other| (std::cmp::Reverse(other.rank), other.iata));
    others
        .iter()
        .take(AIRPORTS)
        .map(|other| other.iata)
        .collect()
}
