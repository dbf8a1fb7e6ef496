//! When a whole trip is cheapest: the flight and the nights, not the flight alone.

use jiff::civil::Date;
use serde::Serialize;
use travel::{Currency, FareDay, Money};

use crate::{
    Destination, rates,
    stays::{self, Category, Stay},
};

/// A trip that begins on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TripWindow {
    /// Day of departure and first night.
    pub depart: Date,
    /// Day of return.
    pub return_date: Date,
    /// Flights of the party.
    pub flights: Money,
    /// Nights of the party.
    pub stay: Money,
    /// Both.
    pub total: Money,
}

/// Trips of `nights` nights, one a day of the calendar, cheapest first, then earliest. The fares are
/// those of a return after as many days; all amounts are in `currency`.
#[must_use]
pub fn cheapest(
    place: &Destination,
    fares: &[FareDay],
    nights: u16,
    rooms: u8,
    category: Category,
    currency: Currency,
) -> Vec<TripWindow> {
    let priced = fares.iter().filter_map(|day| {
        let stay = Stay::of(day.date, nights)?;
        let rooms = stays::hotel(place, stay, rooms, category, currency)?;
        let flights = rates::convert(day.price, currency).0;
        Some(TripWindow {
            depart: stay.check_in,
            return_date: stay.check_out,
            flights,
            stay: rooms.total,
            total: Money::new(flights.minor + rooms.total.minor, currency),
        })
    });
    let mut windows: Vec<_> = priced.collect();
    windows.sort_by_key(|window| (window.total.minor, window.depart));
    windows
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::destination;

    #[test]
    fn dear_nights_outweigh_a_cheap_flight() {
        let place = destination::by_code("NYC".parse().unwrap()).unwrap();
        let usd: Currency = "USD".parse().unwrap();
        let fare = |date, minor| FareDay {
            date,
            price: Money::new(minor, usd),
        };
        // A night costs 250 dollars in August and 358 in September.
        let fares = [
            fare(date(2027, 9, 1), 40_000),
            fare(date(2027, 8, 2), 60_000),
        ];
        let found = cheapest(place, &fares, 7, 1, Category::Comfort, usd);
        assert_eq!(found[0].depart, date(2027, 8, 2));
        assert_eq!(found[0].return_date, date(2027, 8, 9));
        assert_eq!(found[0].total.decimal(), "2350.00");
        assert_eq!(found[1].total.decimal(), "2906.00");
    }
}
