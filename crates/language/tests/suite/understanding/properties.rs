//! Properties: every way of writing a day reads back as that day; no text breaks the reader.

use jiff::{ToSpan, civil::Date};
use language::{SlotName, TripRequest, asked_slot};
use proptest::prelude::*;
use travel::locale::Locale;

use super::{day, read_in};

const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const JOURS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

fn suffix(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// The day as people write it; only days within the schedule's reach are unambiguous.
fn formats(locale: Locale, date: Date) -> Vec<String> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let index = usize::try_from(month - 1).unwrap();
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap();
    let mut all = vec![format!("{year}-{month:02}-{day:02}")];
    match locale {
        Locale::Fr => {
            let name = FRENCH[index];
            let plain = language::fold(name);
            all.extend([
                format!("le {day} {name}"),
                format!("le {day} {plain}"),
                format!("{day} {name} {year}"),
                format!("LE {day} {}", name.to_uppercase()),
                format!("le {day:02}/{month:02}"),
                format!("{day}/{month}/{year}"),
                format!("{day:02}.{month:02}.{year}"),
                format!("le {} {day} {name}", JOURS[weekday]),
                format!("départ le {day} {name} svp"),
            ]);
        }
        Locale::En => {
            let name = ENGLISH[index];
            let short = &name[..3];
            let suffix = suffix(day);
            all.extend([
                format!("{name} {day}"),
                format!("{name} {day}, {year}"),
                format!("{short} {day}{suffix}"),
                format!("{day} {short} {year}"),
                format!("the {day}{suffix} of {name}"),
                format!("on {day} {name}"),
                format!("{day:02}/{month:02}/{year}"),
                format!("{}, {name} {day}{suffix}", DAYS[weekday]),
                format!("{} the {day}{suffix} of {name}", DAYS[weekday]),
                format!(
                    "I'd leave on {} please",
                    format_args!("{name} {day}{suffix}")
                ),
            ]);
        }
    }
    all
}

proptest! {
    #[test]
    fn a_formatted_day_is_read_back(days in 0_i32..=331) {
        let date = day("2026-11-22").saturating_add(days.days());
        for locale in [Locale::Fr, Locale::En] {
            for text in formats(locale, date) {
                let reading = read_in(locale, &text, None, &TripRequest::default());
                let read = reading.depart_date.map(|span| (span.from, span.to));
                prop_assert_eq!(read, Some((date, date)), "{}", text);
            }
        }
    }

    #[test]
    fn a_formatted_range_is_read_back(start in 0_i32..=300, stay in 1_i32..=30) {
        let from = day("2026-11-22").saturating_add(start.days());
        let to = from.saturating_add(stay.days());
        for locale in [Locale::Fr, Locale::En] {
            for (a, b) in formats(locale, from).iter().zip(formats(locale, to)).take(4) {
                let text = match locale {
                    Locale::Fr => format!("aller {a}, retour {b}"),
                    Locale::En => format!("leaving {a} and returning {b}"),
                };
                let reading = read_in(locale, &text, None, &TripRequest::default());
                prop_assert_eq!(reading.depart_date.map(|span| span.from), Some(from), "{}", text);
                prop_assert_eq!(reading.return_date.map(|span| span.to), Some(to), "{}", text);
            }
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in any::<String>(), asked in 0_usize..6) {
        read_and_merge(&text, asked);
    }

    #[test]
    fn no_mix_of_known_words_breaks_the_reader(
        words in proptest::collection::vec(proptest::sample::select(WORDS), 0..25),
        separator in proptest::sample::select(&[" ", "-", ", ", "/", "'", ".", ""][..]),
        asked in 0_usize..6,
    ) {
        read_and_merge(&words.join(separator), asked);
    }
}

const WORDS: &[&str] = &[
    "le",
    "du",
    "12",
    "au",
    "20",
    "janvier",
    "31",
    "02",
    "2027",
    "99999999999",
    "0",
    "de",
    "Paris",
    "à",
    "Rome",
    "from",
    "to",
    "San José",
    "next",
    "friday",
    "vendredi",
    "en huit",
    "between",
    "and",
    "pour",
    "4",
    "adultes",
    "enfant de",
    "ans",
    "€",
    "$",
    "k",
    "500",
    "1,200",
    "first",
    "week",
    "of",
    "March",
    "fin",
    "mi",
    "month",
    "dans",
    "in",
    "weeks",
    "mille",
    "cents",
    "CDG",
    "jfk",
    "İ",
    "ß",
    "é",
    "🛫",
    "\u{301}",
    "?",
    "(",
    ")",
    "retour",
    "the",
    "deuxième",
    "not",
    "instead of",
    "semaine",
];

fn read_and_merge(text: &str, asked: usize) {
    let asked = [
        None,
        Some(SlotName::Origin),
        Some(SlotName::Destination),
        Some(SlotName::DepartDate),
        Some(SlotName::ReturnDate),
        Some(SlotName::Passengers),
    ][asked];
    let mut trip = TripRequest::default();
    let today = day("2026-11-22");
    for locale in [Locale::Fr, Locale::En] {
        let reading = read_in(locale, text, asked, &trip);
        for place in reading.origin.iter().chain(&reading.destination) {
            assert!(!place.codes.is_empty() && text.contains(&place.surface));
        }
        for span in reading.depart_date.iter().chain(&reading.return_date) {
            assert!(
                span.from <= span.to && span.from >= today,
                "{text}: {span:?}"
            );
        }
        (trip, _) = trip.merge(&reading, asked, today);
        assert!(trip.party.as_ref().is_none_or(|party| party.seats() <= 9));
    }
    let _ = asked_slot(text);
}
