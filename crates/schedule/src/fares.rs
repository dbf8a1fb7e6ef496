//! Fares in euro cents: what one adult pays for a journey one way.
//!
//! A fare is a base (distance, kind of carrier, cabin, connection), times factors of the day
//! (advance purchase, season, weekday) and of the flight (time of day, a stable variation).
//! docs/offline-flights.md says what each constant rests on.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::{
    clock::{self, Day},
    connections::Bond,
    network::Network,
    operators::{Operator, OperatorId},
    paths::Path,
    places::Node,
    region::Region::{self, Africa, Europe, MiddleEast, NorthAfrica, NorthAmerica, Oceania},
    season,
};
use travel::{Cabin, Currency};

/// How a journey is sold, and its base fares.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tariff {
    /// Half of a return fare, in euro cents.
    half: u32,
    /// A one-way fare, in euro cents.
    single: u32,
    /// The carrier that sells it.
    pub(super) owner: OperatorId,
    /// Low-cost terms: children pay in full, bags are extra.
    pub(super) low_cost: bool,
}

/// What one adult pays, in euro cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fare {
    /// As half of a return of one carrier.
    pub(super) half: u32,
    /// As a one-way.
    pub(super) single: u32,
}

/// US DB1C medians of 2026, one way: 224 USD and 3.26 cents a kilometre, here in US cents; the
/// slope beyond the longest domestic routes is an assumption.
fn full_service_us_cents(km: u32) -> u32 {
    let (domestic, beyond) = (km.min(4_000), km.saturating_sub(4_000));
    22_400 + domestic * 326 / 100 + beyond * 220 / 100
}

/// European low-cost fares three weeks ahead, in euro cents: an assumption.
fn low_cost_cents(km: u32) -> u32 {
    1_900 + km * 42 / 10
}

/// Level of full-service fares between two regions, in thousandths of the US formula.
fn market(a: Region, b: Region) -> u32 {
    let either = |region| a == region || b == region;
    match () {
        () if a == b && a == NorthAmerica => 1_000,
        () if a == b && a == Europe => 480,
        () if a == b && (a == Africa || a == Oceania) => 850,
        () if a == b => 600,
        () if either(Europe) && (either(NorthAfrica) || either(MiddleEast)) => 600,
        () => 850,
    }
}

/// Fare of a cabin, in thousandths of economy.
fn cabin_factor(cabin: Cabin, km: u32) -> u32 {
    let long = km > 4_000;
    match cabin {
        Cabin::Economy => 1_000,
        Cabin::PremiumEconomy => {
            if long {
                1_750
            } else {
                1_500
            }
        }
        Cabin::Business => {
            if long {
                3_700
            } else {
                2_400
            }
        }
        Cabin::First => {
            if long {
                6_300
            } else {
                4_000
            }
        }
    }
}

/// Euro cents for US cents at the illustrative rate of the currency table.
fn euros(us_cents: u32) -> u32 {
    static RATE: LazyLock<f64> =
        LazyLock::new(|| "USD".parse().map_or(1.0, |usd: Currency| usd.per_euro()));
    (f64::from(us_cents) / *RATE).round() as u32
}

/// One adult's base one way on `operator` over a distance.
fn base(network: &Network, operator: &Operator, ends: (Node, Node), km: u32) -> u32 {
    let (from, to) = (&network.places[ends.0], &network.places[ends.1]);
    let level = market(from.region, to.region);
    let cents = if operator.carrier.low_cost && km < 4_500 && level < 1_000 {
        low_cost_cents(km)
    } else if operator.carrier.low_cost {
        euros(full_service_us_cents(km)) * level / 1_000 * 700 / 1_000
    } else {
        euros(full_service_us_cents(km)) * level / 1_000
    };
    // Carriers price themselves a little above or below the market.
    cents * (940 + operator.hash("price level").below(121)) / 1_000
}

impl Tariff {
    /// The tariff of a path.
    pub(super) fn new(network: &Network, path: &Path, cabin: Cabin) -> Self {
        let main = path.main_route(network);
        let operator = &network.operators[usize::from(main.operator)];
        let routes = path.routes();
        let ends = path.ends(network);
        let low_cost = operator.carrier.low_cost || path.bond == Bond::SelfTransfer;
        let through = path.bond <= Bond::Partners && !low_cost;
        let economy = if through {
            let km = u32::from(path.direct_km);
            // Passengers who connect pay less for their time; the extra way costs a little.
            let discount = match routes.len() {
                1 => 1_000 - competition(network, path),
                2 => 900,
                _ => 880,
            };
            let way = km + path.km.saturating_sub(km) / 3;
            base(network, operator, ends, way) * discount / 1_000
        } else {
            let legs = routes.iter().map(|&at| {
                let (route, operator) = (network.route(at), network.operator(at));
                base(
                    network,
                    operator,
                    (route.from, route.to),
                    u32::from(route.km),
                )
            });
            let sum: u32 = legs.sum();
            if path.bond == Bond::Interline {
                sum * 900 / 1_000
            } else {
                sum
            }
        };
        let half = economy * cabin_factor(cabin, u32::from(path.direct_km)) / 1_000;
        let premium = match () {
            () if low_cost => 1_000,
            () if path.direct_km > 4_500 => 1_350,
            () => 1_100,
        };
        Self {
            half,
            single: half * premium / 1_000,
            owner: main.operator,
            low_cost,
        }
    }

    /// The fare with all factors of a day and a flight, each in thousandths.
    pub(super) fn fare(&self, factors: [u32; 3]) -> Fare {
        let times = |cents: u32| {
            let exact = factors
                .iter()
                .fold(u64::from(cents) * 1_000, |product, &factor| {
                    product * u64::from(factor) / 1_000
                });
            (exact / 1_000) as u32
        };
        Fare {
            half: times(self.half),
            single: times(self.single),
        }
    }
}

/// What rivals on a non-stop route take off its fare, in thousandths.
fn competition(network: &Network, path: &Path) -> u32 {
    let route = network.route(path.routes()[0]);
    let carriers = network.between(route.from, route.to).len() as u32;
    (carriers.saturating_sub(1) * 25).min(100)
}

/// Factors of a day of departure, in thousandths.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayFactors {
    /// Season times weekday.
    pub(super) demand: u32,
    /// Advance purchase with network carriers.
    pub(super) advance: u32,
    /// Advance purchase on low-cost terms.
    pub(super) advance_low_cost: u32,
}

/// Advance purchase: days before departure and the factor, in thousandths, with straight lines
/// in between. Both are assumptions in the shape that fare studies agree on: cheapest one to three
/// months ahead, steep in the last two weeks.
const ADVANCE: [(i32, u32); 9] = [
    (0, 1_900),
    (3, 1_650),
    (7, 1_350),
    (14, 1_120),
    (21, 1_000),
    (45, 920),
    (90, 900),
    (180, 960),
    (330, 1_020),
];
const ADVANCE_LOW_COST: [(i32, u32); 9] = [
    (0, 2_600),
    (3, 2_100),
    (7, 1_600),
    (14, 1_250),
    (21, 1_000),
    (45, 800),
    (90, 720),
    (180, 780),
    (330, 850),
];
/// By weekday from Monday.
const WEEKDAYS: [u32; 7] = [1_030, 930, 930, 1_000, 1_100, 970, 1_110];

impl DayFactors {
    /// The factors of departing on `day` from one place to another, bought on `today`.
    pub(super) fn new(network: &Network, ends: (Node, Node), day: Day, today: Day) -> Self {
        let date: Date = clock::date_of(day);
        let (from, to) = (&network.places[ends.0], &network.places[ends.1]);
        let season = season::factor(date, from, to);
        Self {
            demand: season * WEEKDAYS[usize::from(clock::weekday(day))] / 1_000,
            advance: interpolate(&ADVANCE, day - today),
            advance_low_cost: interpolate(&ADVANCE_LOW_COST, day - today),
        }
    }
}

fn interpolate(points: &[(i32, u32)], at: i32) -> u32 {
    let after = points.partition_point(|&(x, _)| x <= at);
    match (after.checked_sub(1).map(|i| points[i]), points.get(after)) {
        (Some((x0, y0)), Some(&(x1, y1))) => {
            let (y0, y1) = (y0 as i32, y1 as i32);
            (y0 + (y1 - y0) * (at - x0) / (x1 - x0)) as u32
        }
        (Some((_, y)), None) | (None, Some(&(_, y))) => y,
        (None, None) => 1_000,
    }
}

/// The factor of a local departure time, in thousandths: dawn and night sell for less.
pub(super) fn time_of_day(minute: u16) -> u32 {
    match minute / 60 {
        0..=6 => 930,
        7..=9 | 17..=19 => 1_050,
        21.. => 940,
        _ => 1_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_reproduces_the_medians_that_it_rests_on() {
        // Band (km, median USD) of DB1C: within a tenth everywhere.
        for (km, median) in [(500, 263), (1_200, 271), (2_050, 291), (3_250, 331)] {
            let cents = full_service_us_cents(km);
            assert!(
                cents.abs_diff(median * 100) < median * 10,
                "{km} km: {cents}"
            );
        }
    }

    #[test]
    fn factors_lie_on_straight_lines() {
        assert_eq!(interpolate(&ADVANCE, 0), 1_900);
        assert_eq!(interpolate(&ADVANCE, 5), 1_500);
        assert_eq!(interpolate(&ADVANCE, 1_000), 1_020);
        assert_eq!(interpolate(&ADVANCE, -3), 1_900);
    }
}
