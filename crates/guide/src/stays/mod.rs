//! What a night costs: indicative, by destination, month and category, never by house.
//!
//! The tables are lodging and meal ceilings that the US government pays its own staff (State
//! Department April 2026, Department of Defense April 2026, GSA fiscal year 2027), in whole dollars a
//! night or day. They are prices of good hotels. What other travellers pay is a share of them that
//! [`Category`] and [`Meals`](crate::costs::Meals) name; the shares rest on the German travel allowances of 2026, whose
//! quartiles are 0.48, 0.60 and 0.72 of the lodging and 0.32, 0.37 and 0.49 of the meal ceilings in
//! the 103 countries that both lists hold.

mod rental;
mod rooms;

use std::{collections::HashMap, sync::LazyLock};

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use travel::{Currency, Iata, Money};

pub use rental::{Rental, rental};
pub use rooms::rooms;
pub use travel::Category;

use crate::{Destination, Source, rates, table::rows};

const TABLE: &str = include_str!("../../data/stays.tsv");

/// Where prices of nights and meals come from.
pub const SOURCE: Source = Source {
    id: "stay_ceilings",
    name: (
        "plafonds d’hébergement du gouvernement américain",
        "lodging ceilings of the US government",
    ),
    as_of: "2026-04",
    licence: "works of the US government, public domain (17 USC 105)",
    derived: true,
};

/// Share of the lodging ceiling that a category pays, in hundredths.
const fn share(category: Category) -> i64 {
    match category {
        Category::Budget => 35,
        Category::Mid => 60,
        Category::Comfort => 100,
    }
}

/// What the ceilings of a destination are.
#[derive(Debug)]
pub struct Ceilings {
    /// Whether they are of the city; else of the rest of its country, which is lower than resorts
    /// really are.
    pub is_of_city: bool,
    /// A room a night in whole US dollars, January first.
    lodging: [i64; 12],
    /// Meals and incidentals a day and adult in whole US dollars, January first.
    meals: [i64; 12],
    /// Since when the figure stands.
    pub effective: Date,
}

impl Ceilings {
    /// Whether the source knows seasons here.
    #[must_use]
    pub fn has_seasons(&self) -> bool {
        self.lodging.iter().any(|price| *price != self.lodging[0])
    }
}

static ALL: LazyLock<HashMap<Iata, Ceilings>> = LazyLock::new(|| {
    let rows = rows::<6>(TABLE);
    let parsed = rows.filter_map(|[dest, level, lodging, meals, effective, _]| {
        let ceilings = Ceilings {
            is_of_city: level == "city",
            lodging: by_month(lodging)?,
            meals: by_month(meals)?,
            effective: effective.parse().ok()?,
        };
        Some((dest.parse().ok()?, ceilings))
    });
    parsed.collect()
});

/// One figure for the year, or twelve.
fn by_month(cell: &str) -> Option<[i64; 12]> {
    let values: Result<Vec<i64>, _> = cell.split(',').map(str::parse).collect();
    match *values.ok()?.as_slice() {
        [all_year] => Some([all_year; 12]),
        ref values => values.try_into().ok(),
    }
}

/// The ceilings of a destination.
#[must_use]
pub fn ceilings(place: &Destination) -> Option<&'static Ceilings> {
    ALL.get(&place.code)
}

/// A stay of some nights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// First night.
    pub check_in: Date,
    /// Day of departure.
    pub check_out: Date,
}

impl Stay {
    /// A stay that begins on a day; `None` = no such calendar day.
    #[must_use]
    pub fn of(check_in: Date, nights: u16) -> Option<Self> {
        let check_out = check_in.checked_add(i64::from(nights).days()).ok()?;
        Some(Self {
            check_in,
            check_out,
        })
    }

    /// Its nights, by the day on which each begins.
    pub fn nights(self) -> impl Iterator<Item = Date> {
        self.check_in
            .series(1.day())
            .take_while(move |day| *day < self.check_out)
    }
}

/// What a stay costs in rooms of one category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HotelPrice {
    /// Category.
    pub category: Category,
    /// Rooms.
    pub rooms: u8,
    /// Nights.
    pub nights: u16,
    /// A room and night, over the nights of the stay.
    pub per_night: Money,
    /// All rooms, all nights.
    pub total: Money,
}

/// The price of a stay in `rooms` rooms of a category, in `currency`; `None` where no figure is known
/// or the stay has no night.
#[must_use]
pub fn hotel(
    place: &Destination,
    stay: Stay,
    rooms: u8,
    category: Category,
    currency: Currency,
) -> Option<HotelPrice> {
    let cents = lodging_cents(ceilings(place)?, stay, category);
    let nights = u16::try_from(stay.nights().count()).ok()?;
    let total = dollars(cents * i64::from(rooms), currency)?;
    (nights > 0 && rooms > 0).then(|| HotelPrice {
        category,
        rooms,
        nights,
        per_night: Money::new(total.minor / i64::from(rooms) / i64::from(nights), currency),
        total,
    })
}

/// One room for all nights of a stay, in US cents.
fn lodging_cents(ceilings: &Ceilings, stay: Stay, category: Category) -> i64 {
    let of_month = |day: Date| ceilings.lodging[month(day)];
    stay.nights().map(of_month).sum::<i64>() * share(category)
}

/// Meals and incidentals of one adult for each day from `from` to `to`, both included, in US cents at
/// the whole ceiling.
pub(crate) fn meal_ceiling_cents(ceilings: &Ceilings, from: Date, to: Date) -> i64 {
    let days = from.series(1.day()).take_while(|day| *day <= to);
    days.map(|day| ceilings.meals[month(day)]).sum::<i64>() * 100
}

/// An amount of US cents in a currency.
pub(crate) fn dollars(cents: i64, currency: Currency) -> Option<Money> {
    let dollar: Currency = "USD".parse().ok()?;
    Some(rates::convert(Money::new(cents, dollar), currency).0)
}

fn month(day: Date) -> usize {
    usize::try_from(day.month() - 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{destination, table::is_complete};

    fn place(code: &str) -> &'static Destination {
        destination::by_code(code.parse().unwrap()).unwrap()
    }

    fn usd() -> Currency {
        "USD".parse().unwrap()
    }

    #[test]
    fn every_destination_has_its_row() {
        assert!(is_complete::<6>(TABLE));
        assert_eq!(ALL.len(), 350);
        assert!(
            destination::all()
                .iter()
                .all(|place| ceilings(place).is_some())
        );
        for ceilings in ALL.values() {
            assert!(
                ceilings
                    .lodging
                    .iter()
                    .all(|price| (20..2_000).contains(price))
            );
            assert!(ceilings.meals.iter().all(|price| (10..500).contains(price)));
        }
    }

    #[test]
    fn a_stay_over_two_seasons_pays_each_night_its_own() {
        // New York: 250 in August, 358 in September.
        let stay = Stay::of(date(2027, 8, 30), 4).unwrap();
        let comfort = hotel(place("NYC"), stay, 2, Category::Comfort, usd()).unwrap();
        assert_eq!(comfort.total.decimal(), "2432.00");
        assert_eq!(comfort.per_night.decimal(), "304.00");
        assert_eq!(comfort.nights, 4);
        let budget = hotel(place("NYC"), stay, 2, Category::Budget, usd()).unwrap();
        assert_eq!(budget.total.decimal(), "851.20");
    }

    #[test]
    fn a_stay_without_a_night_has_no_price() {
        let stay = Stay::of(date(2027, 8, 30), 0).unwrap();
        assert_eq!(hotel(place("LIS"), stay, 1, Category::Mid, usd()), None);
    }
}
