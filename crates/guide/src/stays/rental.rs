//! What a flat of one's own costs: a rule of ours on the price of a room, since no open table of
//! rents for visitors exists.

use serde::Serialize;
use travel::{Currency, Money, Party};

use super::{Category, Stay, ceilings, dollars, lodging_cents};
use crate::Destination;

/// A flat for two beside a mid-range room, in hundredths.
const FOR_TWO: i64 = 90;
/// What each further guest adds, in hundredths of the room.
const PER_GUEST: i64 = 27;
/// Cleaning, once, in hundredths of a night's room.
const CLEANING: i64 = 40;
/// Nights from which a week's discount is usual, and what is left of the price in hundredths.
const WEEK: (u16, i64) = (7, 90);
/// The same of a month.
const MONTH: (u16, i64) = (28, 75);

/// The price of a flat for a whole party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rental {
    /// People who sleep in a bed.
    pub guests: u8,
    /// Nights.
    pub nights: u16,
    /// A night, without cleaning, after the discount.
    pub per_night: Money,
    /// Cleaning, once.
    pub cleaning: Money,
    /// What longer stays save, in percent.
    pub discount_percent: u8,
    /// All nights and the cleaning.
    pub total: Money,
}

/// The price of a flat; `None` where no figure is known or the stay has no night.
#[must_use]
pub fn rental(
    place: &Destination,
    stay: Stay,
    party: &Party,
    currency: Currency,
) -> Option<Rental> {
    let nights = u16::try_from(stay.nights().count())
        .ok()
        .filter(|nights| *nights > 0)?;
    let guests = u8::try_from(party.seats()).ok()?;
    let room = lodging_cents(ceilings(place)?, stay, Category::Mid);
    let left = [MONTH, WEEK].into_iter().find(|(from, _)| nights >= *from);
    let left = left.map_or(100, |(_, left)| left);
    let share = FOR_TWO + PER_GUEST * i64::from(guests.saturating_sub(2));
    let sleeping = dollars(room * share / 100 * left / 100, currency)?;
    let cleaning = dollars(room / i64::from(nights) * CLEANING / 100, currency)?;
    Some(Rental {
        guests,
        nights,
        per_night: Money::new(sleeping.minor / i64::from(nights), currency),
        cleaning,
        discount_percent: u8::try_from(100 - left).unwrap_or_default(),
        total: Money::new(sleeping.minor + cleaning.minor, currency),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::destination;

    #[test]
    fn guests_and_length_count() {
        let place = destination::by_code("LIS".parse().unwrap()).unwrap();
        let usd: Currency = "USD".parse().unwrap();
        let party = |adults| Party {
            adults,
            ..Party::default()
        };
        let price = |nights, adults| {
            let stay = Stay::of(date(2027, 5, 3), nights).unwrap();
            rental(place, stay, &party(adults), usd).unwrap()
        };
        // A mid-range room is 168 dollars here.
        let two = price(4, 2);
        assert_eq!(two.per_night.decimal(), "151.20");
        assert_eq!(two.cleaning.decimal(), "67.20");
        assert_eq!(two.total.decimal(), "672.00");
        assert_eq!(price(4, 1).per_night, two.per_night);
        assert!(price(4, 3).total.minor > two.total.minor);
        let week = price(7, 2);
        assert_eq!(week.discount_percent, 10);
        assert_eq!(week.per_night.decimal(), "136.08");
        assert_eq!(price(28, 2).discount_percent, 25);
    }
}
