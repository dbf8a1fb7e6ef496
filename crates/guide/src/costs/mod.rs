//! What a whole trip costs, by category. Flights are handed in, the rest is computed from the
//! ceilings of [`stays`].

mod meals;

use jiff::civil::Date;
use serde::Serialize;
use travel::{Currency, Locale, Money, Party};

pub use meals::{Meals, meals};

use crate::{
    Destination,
    stays::{self, Category, Stay, ceilings, dollars, meal_ceiling_cents},
};

/// Buses, entrance fees and small things a day and adult, in hundredths of the meal ceiling: a rule
/// of ours.
const VISITS: i64 = 20;

/// A kind of expense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expense {
    /// Flights, or whatever brings there and back.
    Flights,
    /// Nights.
    Stay,
    /// Meals.
    Meals,
    /// Local transport, visits and small things.
    Visits,
}

impl Expense {
    /// The name that people read.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Flights => locale.pick("Vols", "Flights"),
            Self::Stay => locale.pick("Hébergement", "Stay"),
            Self::Meals => locale.pick("Repas", "Meals"),
            Self::Visits => locale.pick(
                "Transports sur place et visites",
                "Local transport and visits",
            ),
        }
    }
}

/// One line of a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is for.
    pub expense: Expense,
    /// For the whole party.
    pub total: Money,
}

/// What a trip costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bill {
    /// By expense; what has no price here is missing.
    pub lines: Vec<Line>,
    /// The sum of the lines.
    pub total: Money,
    /// The total by everyone who sits or sleeps somewhere, rounded up.
    pub per_person: Money,
    /// The party.
    pub people: u8,
}

impl Bill {
    /// The bill of these lines, all of them in `currency`.
    #[must_use]
    pub fn of(lines: Vec<Line>, people: u8, currency: Currency) -> Self {
        let total: i64 = lines.iter().map(|line| line.total.minor).sum();
        let by = i64::from(people.max(1));
        let per_person = (total + by - 1).div_euclid(by);
        Self {
            lines,
            total: Money::new(total, currency),
            per_person: Money::new(per_person, currency),
            people,
        }
    }

    /// The line of an expense.
    #[must_use]
    pub fn line(&self, expense: Expense) -> Option<Money> {
        let line = self.lines.iter().find(|line| line.expense == expense);
        line.map(|line| line.total)
    }
}

/// How a stay is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Style {
    /// Rooms.
    pub category: Category,
    /// Meals.
    pub meals: Meals,
}

/// What a stay costs beside the way there: nights, meals, visits, in `currency`. `rooms` = `None`:
/// as many as the party needs.
#[must_use]
pub fn on_the_spot(
    place: &Destination,
    stay: Stay,
    party: &Party,
    rooms: Option<u8>,
    style: Style,
    currency: Currency,
) -> Option<Vec<Line>> {
    let rooms = rooms.unwrap_or_else(|| stays::rooms(party));
    let hotel = stays::hotel(place, stay, rooms, style.category, currency)?;
    let line = |expense, total| Line { expense, total };
    Some(vec![
        line(Expense::Stay, hotel.total),
        line(
            Expense::Meals,
            meals(place, stay, party, style.meals, currency)?,
        ),
        line(
            Expense::Visits,
            visits(place, stay.check_in, stay.check_out, party, currency)?,
        ),
    ])
}

/// Local transport and visits from one day to another, both included.
#[must_use]
pub fn visits(
    place: &Destination,
    from: Date,
    to: Date,
    party: &Party,
    currency: Currency,
) -> Option<Money> {
    let ceiling = meal_ceiling_cents(ceilings(place)?, from, to);
    dollars(
        ceiling * VISITS / 100 * meals::portions(party) / 100,
        currency,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_is_the_sum_of_its_lines() {
        let eur = Currency::eur();
        let line = |expense, minor| Line {
            expense,
            total: Money::new(minor, eur),
        };
        let bill = Bill::of(
            vec![line(Expense::Flights, 20_001), line(Expense::Stay, 9_999)],
            7,
            eur,
        );
        assert_eq!(bill.total.minor, 30_000);
        assert_eq!(bill.per_person.minor, 4_286);
        assert_eq!(bill.line(Expense::Stay).unwrap().minor, 9_999);
        assert_eq!(bill.line(Expense::Meals), None);
    }
}
