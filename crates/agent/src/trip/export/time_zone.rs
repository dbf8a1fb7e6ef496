//! VTIMEZONE: the rules of the zones that a calendar names, for the time that it covers.

use jiff::{
    SignedDuration, Timestamp,
    civil::DateTime,
    tz::{Dst, Offset, TimeZone, TimeZoneDatabase, TimeZoneTransition},
};

use super::content_line::ContentLines;

/// What is written before the first and after the last event: a reader may show them around.
const MARGIN: SignedDuration = SignedDuration::from_hours(24 * 200);

/// The zone of that name by the bundled rules.
pub(super) fn named(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// `20270325T144500`.
pub(super) fn local(time: DateTime) -> String {
    time.strftime("%Y%m%dT%H%M%S").to_string()
}

/// Writes the rules of a zone from the first to the last moment that the calendar holds.
pub(super) fn write(
    lines: &mut ContentLines,
    name: &str,
    zone: &TimeZone,
    first: Timestamp,
    last: Timestamp,
) {
    let begin = first.checked_sub(MARGIN).unwrap_or(first);
    let end = last.checked_add(MARGIN).unwrap_or(last);
    lines.raw("BEGIN", "VTIMEZONE");
    lines.raw("TZID", name);
    match zone.preceding(begin).next() {
        Some(before) => observance(lines, zone, &before),
        None => always(lines, zone, begin),
    }
    for change in zone
        .following(begin)
        .take_while(|change| change.timestamp() <= end)
    {
        observance(lines, zone, &change);
    }
    lines.raw("END", "VTIMEZONE");
}

/// From a change of the clocks on. It is told by the clocks as they were before.
fn observance(lines: &mut ContentLines, zone: &TimeZone, change: &TimeZoneTransition<'_>) {
    let at = change.timestamp();
    let before = zone.to_offset(at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(at));
    let daylight = change.dst() == Dst::Yes;
    part(
        lines,
        daylight,
        before.to_datetime(at),
        (before, change.offset()),
        change.abbreviation(),
    );
}

/// A zone that never changed its clocks before.
fn always(lines: &mut ContentLines, zone: &TimeZone, at: Timestamp) {
    let info = zone.to_offset_info(at);
    let offset = info.offset();
    let epoch = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
    part(lines, false, epoch, (offset, offset), info.abbreviation());
}

fn part(
    lines: &mut ContentLines,
    daylight: bool,
    onset: DateTime,
    (from, to): (Offset, Offset),
    abbreviation: &str,
) {
    let kind = if daylight { "DAYLIGHT" } else { "STANDARD" };
    lines.raw("BEGIN", kind);
    lines.raw("DTSTART", &local(onset));
    lines.raw("TZOFFSETFROM", &offset(from));
    lines.raw("TZOFFSETTO", &offset(to));
    lines.text("TZNAME", abbreviation);
    lines.raw("END", kind);
}

/// `+0530`; with seconds where there are any.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let (minutes, rest) = (seconds.abs() / 60, seconds.abs() % 60);
    let seconds = if rest == 0 {
        String::new()
    } else {
        format!("{rest:02}")
    };
    format!("{sign}{:02}{:02}{seconds}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(name: &str) -> String {
        let mut lines = ContentLines::default();
        let at: Timestamp = "2027-03-28T00:00:00Z".parse().unwrap();
        write(&mut lines, name, &named(name).unwrap(), at, at);
        lines.finish()
    }

    #[test]
    fn a_change_is_told_by_the_clocks_before_it() {
        let paris = rules("Europe/Paris");
        let summer = "BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n";
        assert!(paris.contains(summer), "{paris}");
        let winter = "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n";
        assert!(paris.contains(winter), "{paris}");
    }

    #[test]
    fn a_zone_without_changes_has_one_rule() {
        let tokyo = rules("Asia/Tokyo");
        assert_eq!(tokyo.matches("BEGIN:STANDARD").count(), 1, "{tokyo}");
        assert!(tokyo.contains("TZOFFSETTO:+0900"), "{tokyo}");
        assert!(rules("Asia/Kolkata").contains("TZOFFSETTO:+0530"));
    }
}
