//! What several tools take: a city, days, a party. As a model or a program writes them, to values.

use guide::{Destination, destination, stays::Stay};
use jiff::{ToSpan, civil::Date};

use serde_json::Number;

use crate::{
    language::places,
    tools::{BadArgument, Problem, ToolContext},
    travel::{Currency, Iata, Money, Party, horizon},
};

/// Most nights of one stay.
const MOST_NIGHTS: i64 = 60;
/// Most rooms.
const MOST_ROOMS: u8 = 9;

/// Reads a city: a code or a name.
pub(crate) fn city(
    argument: &'static str,
    text: &str,
) -> Result<&'static Destination, BadArgument> {
    let code: Option<Iata> = text.trim().to_uppercase().parse().ok();
    let by_code = code.and_then(destination::by_code);
    let named = || {
        let found = places::search(text, 1);
        destination::by_code(found.first()?.iata)
    };
    by_code.or_else(named).ok_or_else(|| match code {
        Some(code) => BadArgument::of(argument, Problem::UnknownPlace(code)),
        None => BadArgument::of(argument, Problem::Unlisted),
    })
}

/// Reads a stay: at least one night, none of them past or beyond the horizon.
pub(crate) fn stay(
    check_in: Date,
    check_out: Date,
    context: &ToolContext,
) -> Result<Stay, BadArgument> {
    let today = context.now.date();
    if check_in < today {
        return Err(BadArgument::of("check_in", Problem::Past));
    }
    if check_out <= check_in {
        return Err(BadArgument::of("check_out", Problem::NotAfter("check_in")));
    }
    if check_out > horizon(today) {
        return Err(BadArgument::of("check_out", Problem::TooFar));
    }
    if check_in.saturating_add(MOST_NIGHTS.days()) < check_out {
        return Err(BadArgument::of("check_out", Problem::Outside(1, 60)));
    }
    Ok(Stay {
        check_in,
        check_out,
    })
}

/// Reads who sleeps somewhere: a child may be of any age below 18.
pub(crate) fn guests(adults: Option<u8>, children_ages: &[u8]) -> Result<Party, BadArgument> {
    let adults = adults.unwrap_or(1);
    if adults == 0 {
        return Err(BadArgument::of("adults", Problem::NoAdult));
    }
    if children_ages.iter().any(|age| *age > 17) {
        return Err(BadArgument::of("children_ages", Problem::Outside(0, 17)));
    }
    if usize::from(adults) + children_ages.len() > 20 {
        return Err(BadArgument::of("adults", Problem::Outside(1, 20)));
    }
    Ok(Party {
        adults,
        children: children_ages.iter().copied().map(Some).collect(),
        infants: 0,
    })
}

/// The ages of a party's children, as arguments have them; infants count as children of one year.
pub(crate) fn ages(party: &Party) -> Vec<u8> {
    let children = party.children.iter();
    let infants = std::iter::repeat_n(1, usize::from(party.infants));
    children
        .map(|age| age.unwrap_or(Party::ASSUMED_AGE))
        .chain(infants)
        .collect()
}

/// Reads what may be spent, in all; `each` = how many share an amount that is said for each person.
pub(crate) fn budget(
    amount: Option<&Number>,
    each: Option<usize>,
    currency: Currency,
) -> Result<Option<Money>, BadArgument> {
    let Some(amount) = amount else {
        return Ok(None);
    };
    let wrong = || BadArgument::of("budget", Problem::NoAmount);
    // "6000.0" is a whole number in a currency without decimals as well.
    let written = amount.to_string();
    let written = written.strip_suffix(".0").unwrap_or(&written);
    let money = Money::parse(written, currency).filter(|money| money.minor > 0);
    let money = money.ok_or_else(wrong)?;
    let people = i64::try_from(each.unwrap_or(1)).unwrap_or(1);
    let all = money.minor.checked_mul(people).ok_or_else(wrong)?;
    Ok(Some(Money::new(all, currency)))
}

/// An amount as the argument `budget` has it; a whole number where it is one.
pub(crate) fn number(amount: Money) -> Option<Number> {
    let decimal = amount.decimal();
    let whole = decimal
        .split_once('.')
        .filter(|(_, rest)| rest.bytes().all(|b| b == b'0'));
    whole.map_or(&*decimal, |(whole, _)| whole).parse().ok()
}

/// Reads a month, YYYY-MM: its first day.
pub(crate) fn month(argument: &'static str, text: &str) -> Result<Date, BadArgument> {
    let first: Option<Date> = format!("{text}-01").parse().ok();
    first
        .filter(|_| text.len() == 7)
        .ok_or_else(|| BadArgument::new(argument, "needs the form YYYY-MM"))
}

/// Reads a number of nights.
pub(crate) fn nights(argument: &'static str, count: u16) -> Result<u16, BadArgument> {
    match (1..=MOST_NIGHTS).contains(&i64::from(count)) {
        true => Ok(count),
        false => Err(BadArgument::of(argument, Problem::Outside(1, 60))),
    }
}

/// Reads a number of rooms.
pub(crate) fn rooms(count: Option<u8>) -> Result<Option<u8>, BadArgument> {
    match count.is_none_or(|rooms| (1..=MOST_ROOMS).contains(&rooms)) {
        true => Ok(count),
        false => Err(BadArgument::of("rooms", Problem::Outside(1, 9))),
    }
}
