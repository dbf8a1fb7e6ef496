//! Under which heading a conversation stands in the list: by the day of its last change.

use agent::locale::Locale;
use jiff::civil::Date;

use crate::i18n::thread::ThreadTexts;

/// Days that are told apart from the months before.
const WEEK: i32 = 7;

/// The heading over a conversation that last changed on `day`.
pub(super) fn heading(day: Date, today: Date, pinned: bool, locale: Locale) -> String {
    let b = ThreadTexts::of(locale);
    if pinned {
        return b.pinned.to_owned();
    }
    let passed = (today - day).get_days();
    match passed {
        // A clock that is behind must not make a month of tomorrow.
        ..=0 => b.today.to_owned(),
        1 => b.yesterday.to_owned(),
        2..WEEK => b.this_week.to_owned(),
        _ => capitalised(&agent::travel::format::month(day, locale)),
    }
}

fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_weeks_and_months() {
        let today = date(2026, 11, 29);
        let fr = |day| heading(day, today, false, Locale::Fr);
        assert_eq!(fr(today), "Aujourd’hui");
        assert_eq!(fr(date(2026, 11, 30)), "Aujourd’hui", "a clock ahead");
        assert_eq!(fr(date(2026, 11, 28)), "Hier");
        assert_eq!(fr(date(2026, 11, 23)), "7 derniers jours");
        assert_eq!(fr(date(2026, 11, 22)), "Novembre 2026");
        assert_eq!(fr(date(2025, 8, 1)), "Août 2025");
        let en = |day, pinned| heading(day, today, pinned, Locale::En);
        assert_eq!(en(date(2025, 1, 1), false), "January 2025");
        assert_eq!(en(date(2025, 1, 1), true), "Pinned");
    }
}
