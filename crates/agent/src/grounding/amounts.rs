//! Known amounts of money, and what follows from them.

use std::collections::{BTreeMap, BTreeSet};

use super::{price::Price, unit::Unit};
use crate::travel::{Currency, Money};

/// Thousandths of one unit.
const UNIT: i64 = 1_000;
/// From here on a round amount is not met by chance: yen, not euros.
const LARGE: i64 = 10_000 * UNIT;
/// Most travellers of one search.
const MAX_SHARES: i64 = 9;

/// Known amounts.
#[derive(Clone, Debug, Default)]
pub(super) struct Amounts {
    /// By currency, in thousandths of its unit.
    known: BTreeMap<Unit, BTreeSet<i64>>,
    /// Among how many people amounts are shared. Were it any number, then a month of fares would
    /// explain a third of all prices "per person".
    shares: BTreeSet<i64>,
}

impl Amounts {
    pub(super) fn add(&mut self, unit: Unit, milli: i64) {
        self.known.entry(unit).or_default().insert(milli);
    }

    pub(super) fn add_all(&mut self, other: &Self) {
        for (unit, known) in &other.known {
            self.known.entry(*unit).or_default().extend(known);
        }
        self.shares.extend(&other.shares);
    }

    pub(super) fn add_money(&mut self, money: Money) {
        self.add(Unit::of(money.currency), thousandths(money));
    }

    /// Adds a number of people; numbers that are none are ignored.
    pub(super) fn add_shares(&mut self, count: i64) {
        if (2..=MAX_SHARES).contains(&count) {
            self.shares.insert(count);
        }
    }

    /// Whether the amount is known, rounded as it may be said, or follows from known ones.
    pub(super) fn explain(&self, price: &Price) -> bool {
        self.known
            .iter()
            .filter(|(unit, _)| unit.may_be(price.unit))
            .any(|(_, known)| is_known(known, price) || self.is_derived(known, price))
            || self.exchange(price)
    }

    /// Whether a known amount of another currency comes to this one, at the table's rates.
    pub(super) fn exchange(&self, price: &Price) -> bool {
        let reach = tolerance(price).max(1);
        let comes_to = |from: Money, to: Currency| {
            let converted = thousandths(Currency::convert(from, to));
            from.currency != to && (converted - price.milli).abs() < reach
        };
        let is_exchange = |from: Currency, known: &BTreeSet<i64>| {
            let mut amounts = known.iter().filter_map(|milli| money(*milli, from));
            amounts.any(|amount| price.unit.currencies().any(|to| comes_to(amount, to)))
        };
        self.known
            .iter()
            .any(|(unit, known)| unit.currencies().any(|from| is_exchange(from, known)))
    }

    /// Whether an amount is a share, a multiple, a sum or a difference of known ones. With cents it is
    /// hardly so by chance; a round one must be said to be.
    fn is_derived(&self, known: &BTreeSet<i64>, price: &Price) -> bool {
        let telling = price.milli % UNIT != 0 || price.milli >= LARGE;
        let said = price.said;
        let rounding = tolerance(price);
        let rounded = |says: bool| match (says, telling) {
            (true, _) => Some(rounding),
            (false, true) => Some(0),
            (false, false) => None,
        };
        let shares = rounded(said.share).is_some_and(|rounding| {
            self.shares()
                .any(|count| is_share(known, price.milli, count, rounding))
        });
        let multiples = rounded(said.share || said.sum).is_some_and(|rounding| {
            self.shares()
                .any(|count| is_multiple(known, price.milli, count, rounding))
        });
        let sums = rounded(said.sum).is_some_and(|rounding| {
            let rest = |one: &i64| near(known, price.milli - one, rounding);
            known.iter().any(rest)
        });
        let differences = rounded(said.difference).is_some_and(|rounding| {
            let higher = |one: &i64| near(known, price.milli + one, rounding);
            known.iter().any(higher)
        });
        shares || multiples || sums || differences
    }

    /// Numbers of people, and the two ways of a return.
    fn shares(&self) -> impl Iterator<Item = i64> {
        std::iter::once(2).chain(self.shares.iter().copied())
    }
}

/// Whether an amount is known, or is a known one rounded.
fn is_known(known: &BTreeSet<i64>, price: &Price) -> bool {
    near(known, price.milli, tolerance(price))
}

/// A share is itself rounded to cents.
fn is_share(known: &BTreeSet<i64>, milli: i64, count: i64, rounding: i64) -> bool {
    const CENT: i64 = UNIT / 100;
    let total = milli.saturating_mul(count);
    near(known, total, rounding.max(CENT).saturating_mul(count))
}

fn is_multiple(known: &BTreeSet<i64>, milli: i64, count: i64, rounding: i64) -> bool {
    let reach = rounding.saturating_sub(1).max(0);
    let least = milli.saturating_sub(reach).saturating_add(count - 1) / count;
    let most = milli.saturating_add(reach) / count;
    least <= most && known.range(least..=most).next().is_some()
}

/// How far from the truth an amount may be, exclusively; 0: not at all.
fn tolerance(price: &Price) -> i64 {
    let ten = 10 * UNIT;
    if price.said.about && price.milli % ten == 0 {
        // "about 12 300 ¥": three digits are enough.
        let mut step = ten;
        while price.milli / step >= 1_000 {
            step *= 10;
        }
        if price.milli % step == 0 { step } else { ten }
    } else if price.milli % UNIT == 0 {
        UNIT
    } else {
        0
    }
}

/// Whether any known amount is less than `distance` away, or equal.
fn near(known: &BTreeSet<i64>, milli: i64, distance: i64) -> bool {
    let reach = distance.saturating_sub(1).max(0);
    let range = milli.saturating_sub(reach)..=milli.saturating_add(reach);
    milli >= 0 && known.range(range).next().is_some()
}

/// Thousandths of the currency's unit; the sign does not count.
pub(super) fn thousandths(money: Money) -> i64 {
    let minor = money.minor.saturating_abs();
    match money.currency.exponent() {
        0 => minor.saturating_mul(1_000),
        1 => minor.saturating_mul(100),
        2 => minor.saturating_mul(10),
        _ => minor,
    }
}

fn money(milli: i64, currency: Currency) -> Option<Money> {
    let scale = match currency.exponent() {
        0 => 1_000,
        1 => 100,
        2 => 10,
        _ => 1,
    };
    (milli % scale == 0).then(|| Money::new(milli / scale, currency))
}
