//! French school holidays by zone: `data/school_holidays.tsv`. Without a zone, the days on which any
//! of the three is on holiday.

use crate::text::words;
use jiff::civil::Date;

use super::{Context, Point};
use crate::{
    ledger::Ledger,
    text::{lexicon::Meaning, tokens::Tokens},
};

const PERIODS: &[(Meaning, &str)] = &[
    (Meaning::DaySchoolWinter, "winter"),
    (Meaning::DaySchoolSpring, "spring"),
    (Meaning::DaySchoolAutumn, "autumn"),
    (Meaning::DaySchoolChristmas, "christmas"),
    (Meaning::DaySchoolSummer, "summer"),
    (Meaning::DaySchoolAny, ""),
];

/// A line of the table: period, zone, first and last day.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, Date, Date)> {
    let lines = include_str!("../../../data/school_holidays.tsv").lines();
    lines.skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let (period, zone) = (cells.next()?, cells.next()?);
        Some((
            period,
            zone,
            cells.next()?.parse().ok()?,
            cells.next()?.parse().ok()?,
        ))
    })
}

/// Reads school holidays at `at`.
pub(super) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let from = at + tokens.longest(at, words::DAY_SCHOOL_ARTICLE).unwrap_or(0);
    let standing = PERIODS
        .iter()
        .filter_map(|(meaning, period)| Some((*period, tokens.means(from, *meaning)?)));
    let (period, length) = standing.max_by_key(|(_, length)| *length)?;
    let mut end = from + length;
    let year = tokens
        .number(end)
        .filter(|year| (2026..=2100).contains(year));
    end += usize::from(year.is_some());
    let zone = zone_at(tokens, &mut end).or_else(|| zone_anywhere(tokens));
    let fits = |row: &(&str, &str, Date, Date)| {
        let (name, of_zone, from, to) = *row;
        (period.is_empty() || name == period)
            && zone.is_none_or(|zone| zone.eq_ignore_ascii_case(of_zone))
            && to >= ctx.today
            && year.is_none_or(|year| {
                u32::try_from(from.year()) == Ok(year) || u32::try_from(to.year()) == Ok(year)
            })
    };
    let first = rows().filter(fits).min_by_key(|(_, _, from, _)| *from)?;
    // The zones' holidays of one name begin within two weeks of each other.
    let near = |row: &(&str, &str, Date, Date)| {
        row.0 == first.0 && row.2.year() == first.2.year() && row.3.year() == first.3.year()
    };
    let last = rows().filter(fits).filter(near).map(|(.., to)| to).max()?;
    Some((Point::Span(first.2.max(ctx.today), last), end))
}

/// "zone B", "(zone B)", "de la zone B" right behind the holidays.
fn zone_at<'a>(tokens: &'a Tokens<'_>, end: &mut usize) -> Option<&'a str> {
    let mut at = *end;
    at += tokens.longest(at, words::DAY_SCHOOL_ZONE_LEAD).unwrap_or(0);
    at += tokens.means(at, Meaning::DaySchoolZone)?;
    let zone = Some(tokens.word(at)).filter(|zone| matches!(*zone, "a" | "b" | "c"))?;
    *end = at + 1 + usize::from(tokens.is(at + 1, &[")"]));
    Some(zone)
}

/// Marks the zones of a message that names school holidays.
pub(super) fn mark_zones(tokens: &Tokens<'_>, claims: &mut Ledger) {
    let named = PERIODS
        .iter()
        .any(|(meaning, _)| tokens.all(*meaning).next().is_some());
    if named {
        for zone in tokens.all(Meaning::DaySchoolZone) {
            claims.mark(zone.start..zone.end + 1);
        }
    }
}

/// "je suis en zone C" elsewhere in the message.
fn zone_anywhere<'a>(tokens: &'a Tokens<'_>) -> Option<&'a str> {
    let mut zones = tokens.all(Meaning::DaySchoolZone);
    zones.find_map(|range| {
        Some(tokens.word(range.end)).filter(|zone| matches!(*zone, "a" | "b" | "c"))
    })
}
