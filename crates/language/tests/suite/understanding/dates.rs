//! Dates, out and back.

use language::{DateSpan, Problem, SlotName, TripRequest};
use travel::locale::Locale;

use super::{day, en, fr, read_in};

/// Departure and return as `from..to` or one day.
fn dates(reading: &language::Reading) -> (String, String) {
    let show = |span: &Option<DateSpan>| match span {
        Some(span) if span.from == span.to => span.from.to_string(),
        Some(span) => format!("{}..{}", span.from, span.to),
        None => String::new(),
    };
    (show(&reading.depart_date), show(&reading.return_date))
}

#[test]
fn french_dates() {
    for (text, depart, back) in [
        ("le 12 janvier", "2027-01-12", ""),
        ("le 12", "2026-12-12", ""),
        ("le 1er mai", "2027-05-01", ""),
        ("le quinze avril", "2027-04-15", ""),
        ("le 12/01", "2027-01-12", ""),
        ("12/01/2027", "2027-01-12", ""),
        ("12.01.2027", "2027-01-12", ""),
        ("2027-01-12", "2027-01-12", ""),
        ("vendredi 27 novembre", "2026-11-27", ""),
        ("demain", "2026-11-23", ""),
        ("après-demain", "2026-11-24", ""),
        ("apres demain", "2026-11-24", ""),
        ("ce soir", "2026-11-22", ""),
        ("vendredi", "2026-11-27", ""),
        ("vendredi prochain", "2026-11-27", ""),
        ("vendredi en huit", "2026-12-04", ""),
        ("le week-end prochain", "2026-11-28..2026-11-29", ""),
        ("ce week-end", "2026-11-22", ""),
        ("la semaine prochaine", "2026-11-23..2026-11-29", ""),
        ("mardi de la semaine prochaine", "2026-11-24", ""),
        ("le mois prochain", "2026-12-01..2026-12-31", ""),
        ("en janvier", "2027-01-01..2027-01-31", ""),
        ("en novembre", "2026-11-22..2026-11-30", ""),
        ("mi-mai", "2027-05-10..2027-05-20", ""),
        ("fin juin", "2027-06-21..2027-06-30", ""),
        ("début juillet", "2027-07-01..2027-07-10", ""),
        ("fin du mois", "2026-11-22..2026-11-30", ""),
        ("première semaine de mars", "2027-03-01..2027-03-07", ""),
        ("la semaine du 12 janvier", "2027-01-12..2027-01-18", ""),
        ("cet été", "2027-06-21..2027-09-22", ""),
        ("cet hiver", "2026-12-21..2027-03-19", ""),
        ("dans 15 jours", "2026-12-07", ""),
        ("dans deux semaines", "2026-12-06", ""),
        ("dans un mois", "2026-12-22", ""),
        ("à Noël", "2026-12-25", ""),
        ("pour le nouvel an", "2026-12-31", ""),
        ("à Pâques", "2027-03-28", ""),
        ("le jeudi de l'Ascension", "2027-05-06", ""),
        ("le 14 juillet", "2027-07-14", ""),
        ("du 12 au 20 janvier", "2027-01-12", "2027-01-20"),
        ("du 12 au 20", "2026-12-12", "2026-12-20"),
        ("12-20 janvier", "2027-01-12", "2027-01-20"),
        ("du 28 décembre au 4 janvier", "2026-12-28", "2027-01-04"),
        ("du 28 au 4 janvier", "2026-12-28", "2027-01-04"),
        ("entre le 5 et le 15 avril", "2027-04-05..2027-04-15", ""),
        ("en janvier, du 12 au 20", "2027-01-12", "2027-01-20"),
        ("de vendredi à dimanche", "2026-11-27", "2026-11-29"),
        ("vendredi soir, retour dimanche", "2026-11-27", "2026-11-29"),
        ("aller le 10 juin, retour le 24", "2027-06-10", "2027-06-24"),
        ("retour le 20 janvier", "", "2027-01-20"),
        ("aller-retour le 12 janvier", "2027-01-12", ""),
        ("jusqu'au 20 janvier", "", "2027-01-20"),
        ("départ le 3, je reviens le 9", "2026-12-03", "2026-12-09"),
        ("un week-end de mai", "2027-05-01", "2027-05-02"),
        ("le lendemain de Noël", "2026-12-26", ""),
        ("je reviens de Rome le 8", "", "2026-12-08"),
        ("le 31", "2026-12-31", ""),
        ("le 3 fevrir", "2027-02-03", ""),
    ] {
        assert_eq!(
            dates(&fr(text)),
            (depart.to_owned(), back.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn english_dates() {
    for (text, depart, back) in [
        ("Jan 12th", "2027-01-12", ""),
        ("January 12", "2027-01-12", ""),
        ("12th of January", "2027-01-12", ""),
        ("12 Jan", "2027-01-12", ""),
        ("on the 9th", "2026-12-09", ""),
        ("the 5th of next month", "2026-12-05", ""),
        ("Friday, January 15th, 2027", "2027-01-15", ""),
        ("12/01/2027", "2027-01-12", ""),
        ("25/01/2027", "2027-01-25", ""),
        ("tomorrow", "2026-11-23", ""),
        ("the day after tomorrow", "2026-11-24", ""),
        ("tonight", "2026-11-22", ""),
        ("next Friday", "2026-11-27", ""),
        ("this Friday", "2026-11-27", ""),
        ("Friday week", "2026-12-04", ""),
        ("Tuesday next week", "2026-11-24", ""),
        ("this weekend", "2026-11-22", ""),
        ("next weekend", "2026-11-28..2026-11-29", ""),
        ("next month", "2026-12-01..2026-12-31", ""),
        ("in two weeks", "2026-12-06", ""),
        ("a week from tomorrow", "2026-11-30", ""),
        ("in May", "2027-05-01..2027-05-31", ""),
        ("first week of March", "2027-03-01..2027-03-07", ""),
        ("mid-May", "2027-05-10..2027-05-20", ""),
        ("end of June", "2027-06-21..2027-06-30", ""),
        ("this summer", "2027-06-21..2027-09-22", ""),
        ("for Christmas", "2026-12-25", ""),
        ("New Year's Eve", "2026-12-31", ""),
        ("at Easter", "2027-03-28", ""),
        ("Thanksgiving", "2026-11-26", ""),
        ("Valentine's day", "2027-02-14", ""),
        ("from 12 to 20 January", "2027-01-12", "2027-01-20"),
        ("January 12 to 20", "2027-01-12", "2027-01-20"),
        ("Jan 12 - Jan 20", "2027-01-12", "2027-01-20"),
        (
            "leaving on the 3rd, back on the 9th",
            "2026-12-03",
            "2026-12-09",
        ),
        ("returning March 4th", "", "2027-03-04"),
        ("a return ticket on March 4th", "2027-03-04", ""),
        ("with a March 7th return", "", "2027-03-07"),
        ("febuary 3rd", "2027-02-03", ""),
        ("next wendesday", "2026-11-25", ""),
        ("I may go", "", ""),
        ("for 3 adults and 2 kids at 10 am", "", ""),
    ] {
        assert_eq!(
            dates(&en(text)),
            (depart.to_owned(), back.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn stays() {
    for (text, days) in [
        ("pour une semaine", 7),
        ("pendant 10 jours", 10),
        ("5 nuits", 5),
    ] {
        assert_eq!(fr(text).stay_days, Some(days), "{text}");
    }
    for (text, days) in [
        ("for 10 days", 10),
        ("5 nights in Rome", 5),
        ("a two week trip", 14),
    ] {
        assert_eq!(en(text).stay_days, Some(days), "{text}");
    }
    assert_eq!(fr("dans 10 jours").stay_days, None);
    assert_eq!(en("for two people").stay_days, None);
}

#[test]
fn dates_that_cannot_be() {
    let past = |s: &str| Problem::PastDate {
        surface: s.to_owned(),
    };
    let impossible = |s: &str| Problem::ImpossibleDate {
        surface: s.to_owned(),
    };
    let far = |s: &str| Problem::TooFar {
        surface: s.to_owned(),
    };
    assert_eq!(fr("hier").problems, [past("hier")]);
    assert_eq!(en("yesterday").problems, [past("yesterday")]);
    assert_eq!(fr("le 12/01/2020").problems, [past("le 12/01/2020")]);
    assert_eq!(fr("le 30 février").problems, [impossible("le 30 février")]);
    assert_eq!(en("on April 31").problems, [impossible("April 31")]);
    assert_eq!(en("December 1 2028").problems, [far("December 1 2028")]);
    assert_eq!(fr("le 19 octobre").problems, []);
    assert_eq!(fr("le 20 octobre").problems, [far("le 20 octobre")]);
}

#[test]
fn a_bare_day_takes_the_month_of_the_conversation() {
    let january = TripRequest {
        depart_date: Some(DateSpan::new(
            "en janvier".to_owned(),
            day("2027-01-01"),
            day("2027-01-31"),
        )),
        ..TripRequest::default()
    };
    let reading = read_in(
        Locale::Fr,
        "depuis Lyon, du 12 au 20, 2 adultes",
        None,
        &january,
    );
    assert_eq!(
        dates(&reading),
        ("2027-01-12".to_owned(), "2027-01-20".to_owned())
    );
    let reading = read_in(Locale::Fr, "le 20", Some(SlotName::ReturnDate), &january);
    assert_eq!(dates(&reading), (String::new(), "2027-01-20".to_owned()));
}

#[test]
fn the_visitors_day_counts() {
    // 23:30 on the 22nd in New York is the 23rd in Paris.
    let trip = TripRequest::default();
    let at = |now: &str| {
        let now: jiff::Zoned = now.parse().unwrap();
        let reading = language::understand(&language::Input {
            text: "tomorrow",
            previous: None,
            locale: Locale::En,
            month_first: false,
            now: &now,
            trip: &trip,
            asked: None,
        });
        reading.depart_date.unwrap().from
    };
    assert_eq!(
        at("2026-11-22T23:30:00-05:00[America/New_York]"),
        day("2026-11-23")
    );
    assert_eq!(
        at("2026-11-23T05:30:00+01:00[Europe/Paris]"),
        day("2026-11-24")
    );
}
