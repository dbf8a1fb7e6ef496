//! Whole trips in three tiers: a flight, a stay, and how one lives there.

mod relax;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use travel::{Currency, Locale, Money, Party};

pub use relax::{Alternatives, Relaxation, relaxations};

use crate::{
    Destination,
    costs::{Bill, Expense, Line, Meals, Style, on_the_spot},
    rates,
    stays::{Category, Stay},
};

/// What an hour of travel is weighed at between price and comfort, in euro cents a person: a rule of
/// ours.
const HOUR_CENTS: i64 = 1_500;

/// How much a trip is to cost and to offer.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// As cheap as it gets.
    Thrifty,
    /// Price against comfort.
    Balanced,
    /// As comfortable as it gets.
    Comfort,
}

impl Tier {
    /// Cheapest first.
    pub const ALL: [Self; 3] = [Self::Thrifty, Self::Balanced, Self::Comfort];

    /// The name that people read.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Thrifty => locale.pick("Économique", "Thrifty"),
            Self::Balanced => locale.pick("Équilibrée", "Balanced"),
            Self::Comfort => locale.pick("Confort", "Comfort"),
        }
    }

    /// How one lives there.
    #[must_use]
    pub const fn style(self) -> Style {
        match self {
            Self::Thrifty => Style {
                category: Category::Budget,
                meals: Meals::Thrifty,
            },
            Self::Balanced => Style {
                category: Category::Mid,
                meals: Meals::Normal,
            },
            Self::Comfort => Style {
                category: Category::Comfort,
                meals: Meals::Generous,
            },
        }
    }
}

/// A flight that can be taken, as far as a package weighs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Flight {
    /// For the whole party.
    pub total: Money,
    /// All slices together, in minutes.
    pub minutes: u32,
    /// Most stops of a slice.
    pub stops: u8,
}

/// Why a flight was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// None is cheaper.
    Cheapest,
    /// None weighs less in price and hours together.
    Best,
    /// None has fewer stops, and of those none is faster.
    Smoothest,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Package {
    /// Tier.
    pub tier: Tier,
    /// Position of its flight among those handed in.
    pub flight: usize,
    /// Why that one.
    pub reason: Reason,
    /// Stay and meals.
    pub style: Style,
    /// What it costs.
    pub bill: Bill,
    /// What it costs more than the thriftiest.
    pub dearer_by: Money,
    /// Minutes of travel that it saves beside the thriftiest; negative = it takes longer.
    pub saves_minutes: i64,
}

/// The packages of a trip in their tiers, cheapest tier first; none where no flight or no price of
/// nights is known. All amounts are in `currency`.
#[must_use]
pub fn packages(
    place: &Destination,
    stay: Stay,
    party: &Party,
    rooms: Option<u8>,
    flights: &[Flight],
    currency: Currency,
) -> Vec<Package> {
    let all = Tier::ALL.into_iter();
    let made = all.filter_map(|tier| {
        let (flight, reason) = choose(tier, flights, party)?;
        let style = tier.style();
        let mut lines = vec![Line {
            expense: Expense::Flights,
            total: rates::convert(flights.get(flight)?.total, currency).0,
        }];
        lines.extend(on_the_spot(place, stay, party, rooms, style, currency)?);
        Some(Package {
            tier,
            flight,
            reason,
            style,
            bill: Bill::of(lines, people(party), currency),
            dearer_by: Money::new(0, currency),
            saves_minutes: 0,
        })
    });
    let mut packages: Vec<Package> = made.collect();
    let Some(first) = packages.first() else {
        return packages;
    };
    let (least, slow) = (first.bill.total.minor, minutes(flights, first.flight));
    for package in &mut packages {
        package.dearer_by.minor = package.bill.total.minor - least;
        package.saves_minutes = slow - minutes(flights, package.flight);
    }
    packages
}

/// The best package that a budget allows; `None` = none does.
#[must_use]
pub fn within(packages: &[Package], budget: Money) -> Option<&Package> {
    let fits = packages.iter().filter(|package| {
        let total = package.bill.total;
        total.minor <= Currency::convert(budget, total.currency).minor
    });
    fits.max_by_key(|package| package.tier)
}

fn choose(tier: Tier, flights: &[Flight], party: &Party) -> Option<(usize, Reason)> {
    let euros = |flight: &Flight| Currency::convert(flight.total, Currency::eur()).minor;
    let people = i64::from(people(party));
    let all = flights.iter().enumerate();
    let (at, reason) = match tier {
        Tier::Thrifty => (
            all.min_by_key(|(at, flight)| (euros(flight), flight.minutes, *at)),
            Reason::Cheapest,
        ),
        Tier::Balanced => (
            all.min_by_key(|(at, flight)| {
                let hours = i64::from(flight.minutes) * HOUR_CENTS * people / 60;
                (euros(flight) + hours, *at)
            }),
            Reason::Best,
        ),
        Tier::Comfort => (
            all.min_by_key(|(at, flight)| (flight.stops, flight.minutes, euros(flight), *at)),
            Reason::Smoothest,
        ),
    };
    at.map(|(at, _)| (at, reason))
}

fn minutes(flights: &[Flight], at: usize) -> i64 {
    flights
        .get(at)
        .map_or(0, |flight| i64::from(flight.minutes))
}

/// Everyone of a party who pays.
fn people(party: &Party) -> u8 {
    u8::try_from(party.seats()).unwrap_or(u8::MAX)
}
