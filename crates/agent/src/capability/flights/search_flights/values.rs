//! Single values of arguments: codes, times, prices, parties; each error names its argument.

use jiff::civil::{Date, Time};

use super::TimesOfDay;
use crate::{
    tools::{BadArgument, Problem, ToolContext, Within},
    travel::{CarrierCode, Currency, Iata, Money, Party, Window, horizon},
};

/// Checks that schedules reach as far as a day.
pub(crate) fn check_horizon(
    argument: &'static str,
    day: Date,
    context: &ToolContext,
) -> Result<(), BadArgument> {
    match day <= horizon(context.now.date()) {
        true => Ok(()),
        false => Err(BadArgument::of(argument, Problem::TooFar)),
    }
}

/// Reads codes separated by commas.
pub(crate) fn parse_codes(argument: &'static str, text: &str) -> Result<Vec<Iata>, BadArgument> {
    let codes: Result<Vec<Iata>, _> = text.split(',').map(|code| code.trim().parse()).collect();
    let codes = codes.map_err(|_| BadArgument::new(argument, "needs IATA codes, such as LYS"))?;
    match codes
        .iter()
        .find(|code| crate::travel::airport::resolve(**code).is_empty())
    {
        Some(code) => Err(BadArgument::of(argument, Problem::UnknownPlace(*code))),
        None => Ok(codes),
    }
}

/// Reads a party and checks that an airline would carry it.
pub(crate) fn parse_party(
    adults: Option<u8>,
    children_ages: &[u8],
    infants: Option<u8>,
) -> Result<Party, BadArgument> {
    let party = Party {
        adults: adults.unwrap_or(1),
        children: children_ages.iter().copied().map(Some).collect(),
        infants: infants.unwrap_or(0),
    };
    check_party(&party)?;
    if children_ages.iter().any(|age| !(2..12).contains(age)) {
        return Err(BadArgument::of("children_ages", Problem::Outside(2, 11)));
    }
    Ok(party)
}

/// Checks that an airline would carry a party.
pub(crate) fn check_party(party: &Party) -> Result<(), BadArgument> {
    if party.adults == 0 {
        return Err(BadArgument::of("adults", Problem::NoAdult));
    }
    if party.seats() > Party::MAX_SEATS {
        return Err(BadArgument::of("adults", Problem::Outside(1, 9)));
    }
    if party.infants > party.adults {
        return Err(BadArgument::of("infants", Problem::NoLap));
    }
    Ok(())
}

/// Reads a currency.
pub(crate) fn parse_currency(
    text: Option<&str>,
    default: Currency,
) -> Result<Currency, BadArgument> {
    text.map_or(Ok(default), |code| {
        code.parse()
            .map_err(|_| BadArgument::new("currency", "needs an ISO 4217 code, such as EUR"))
    })
}

/// Reads airlines' designators, separated by commas; none where the argument is absent.
pub(crate) fn parse_airlines(
    argument: &'static str,
    text: Option<&str>,
) -> Result<Vec<CarrierCode>, BadArgument> {
    let Some(text) = text else {
        return Ok(Vec::new());
    };
    let codes = text.split(',').map(|code| code.trim().parse());
    codes
        .collect::<Result<_, _>>()
        .map_err(|_| BadArgument::new(argument, "needs designators, such as AF"))
}

/// Reads codes of places to stop at or not; none where the argument is absent.
pub(crate) fn parse_stops(
    argument: &'static str,
    text: Option<&str>,
) -> Result<Vec<Iata>, BadArgument> {
    text.map_or_else(|| Ok(Vec::new()), |text| parse_codes(argument, text))
}

/// Reads a budget.
pub(crate) fn parse_price(
    argument: &'static str,
    text: Option<&str>,
    currency: Currency,
) -> Result<Option<Money>, BadArgument> {
    let parse = |amount: &str| {
        let money = Money::parse(amount, currency).filter(|money| money.minor > 0);
        money.ok_or_else(|| BadArgument::of(argument, Problem::NoAmount))
    };
    text.map(parse).transpose()
}

/// Reads the times of a leg; errors name the argument `within` which they stand, where there is one.
pub(super) fn parse_window(
    within: Option<Within>,
    times: &TimesOfDay,
) -> Result<Window, BadArgument> {
    let bad = |name: &'static str, problem: &str| BadArgument {
        within,
        ..BadArgument::new(name, problem)
    };
    let read = |name: &'static str, text: &Option<String>| {
        let text = text.as_deref();
        let read = |text| parse_time(text).ok_or_else(|| bad(name, "needs a local time, HH:MM"));
        text.map(read).transpose()
    };
    let window = Window {
        part: None,
        departure_after: read("departure_after", &times.departure_after)?,
        departure_before: read("departure_before", &times.departure_before)?,
        arrival_after: read("arrival_after", &times.arrival_after)?,
        arrival_before: read("arrival_before", &times.arrival_before)?,
    };
    let contradict = |after: Option<Time>, before: Option<Time>| {
        after
            .zip(before)
            .is_some_and(|(after, before)| before < after)
    };
    if contradict(window.departure_after, window.departure_before) {
        return Err(bad("departure_before", "is before departure_after"));
    }
    if contradict(window.arrival_after, window.arrival_before) {
        return Err(bad("arrival_before", "is before arrival_after"));
    }
    Ok(window)
}

/// Reads `HH:MM`; 24:00 is the last minute of the day.
fn parse_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || minute.len() != 2 || !digits(minute) {
        return None;
    }
    match (hour.parse().ok()?, minute.parse().ok()?) {
        (24, 0) => Time::new(23, 59, 0, 0).ok(),
        (hour, minute) => Time::new(hour, minute, 0, 0).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_checked() {
        for (text, expected) in [
            ("08:30", Some((8, 30))),
            ("8:30", Some((8, 30))),
            ("24:00", Some((23, 59))),
            ("0:00", Some((0, 0))),
            ("24:30", None),
            ("12:60", None),
            ("12", None),
            ("noon", None),
            ("+8:30", None),
            ("08:3", None),
        ] {
            let read = parse_time(text).map(|time| (time.hour(), time.minute()));
            assert_eq!(read, expected, "{text}");
        }
    }
}
