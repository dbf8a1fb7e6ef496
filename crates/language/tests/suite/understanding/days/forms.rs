//! Weekdays with dates and parts of the day, nth weekdays, week words, numbers.

use language::{Input, Problem, TripRequest, understand};
use travel::locale::Locale;

use super::{check, dates, en, fr, now};

#[test]
fn a_weekday_a_part_of_the_day_and_a_date_are_one() {
    check(
        fr,
        &[
            ("vendredi soir 12 mars", "2027-03-12"),
            ("dimanche en fin de journée, le 14 mars", "2027-03-14"),
            ("le samedi matin 6 février", "2027-02-06"),
            ("Lyon Rome lundi après-midi le 8 mars 2027", "2027-03-08"),
            ("mercredi dans la soirée du 10 mars", "2027-03-10"),
            ("samedi 13/02", "2027-02-13"),
            ("départ le 12 mars, un vendredi", "2027-03-12"),
            ("le 12 mars (vendredi)", "2027-03-12"),
        ],
    );
    check(
        en,
        &[
            ("Sunday night 6th June 2027", "2027-06-06"),
            ("Monday morning, January 11", "2027-01-11"),
            ("Friday evening, the 12th of March", "2027-03-12"),
            ("on Saturday afternoon, 6 February", "2027-02-06"),
            ("Friday late evening 12 March", "2027-03-12"),
            ("5 March (Friday)", "2027-03-05"),
            ("Sat 13/02", "2027-02-13"),
        ],
    );
}

#[test]
fn nth_weekdays_of_a_month() {
    check(
        fr,
        &[
            ("le 3e jeudi de mars", "2027-03-18"),
            ("le premier mercredi du mois prochain", "2026-12-02"),
            ("le deuxième mardi d'avril", "2027-04-13"),
            ("le dernier dimanche de mai", "2027-05-30"),
            ("le 1er vendredi du mois de juin", "2027-06-04"),
            ("l'avant-dernier samedi de janvier", "2027-01-23"),
        ],
    );
    check(
        en,
        &[
            ("first Monday in March", "2027-03-01"),
            ("the last Sunday of May", "2027-05-30"),
            ("the 2nd Tuesday of next month", "2026-12-08"),
            ("on the third Friday of January 2027", "2027-01-15"),
            ("the second to last Saturday of January", "2027-01-23"),
        ],
    );
}

#[test]
fn week_words() {
    check(
        fr,
        &[
            ("vendredi en quinze", "2026-12-18"),
            ("lundi en huit", "2026-12-07"),
            ("vendredi de la semaine d'après", "2026-12-04"),
            ("en semaine 6", "2027-02-08..2027-02-14"),
            ("la semaine 12", "2027-03-22..2027-03-28"),
            ("semaine 2 de 2027", "2027-01-11..2027-01-17"),
            ("mardi dans trois semaines", "2026-12-22"),
            ("dans quinze jours", "2026-12-14"),
            (
                "la semaine prochaine pour 2 personnes",
                "2026-11-30..2026-12-06",
            ),
            ("deux jours avant le 5 mai", "2027-05-03"),
            ("une semaine après le 12 mars", "2027-03-19"),
        ],
    );
    check(
        en,
        &[
            ("a week on Tuesday", "2026-12-08"),
            ("Tuesday week", "2026-12-08"),
            ("a fortnight on Friday", "2026-12-18"),
            ("the Friday after next", "2026-12-11"),
            ("two weeks from Thursday", "2026-12-17"),
            ("Thursday a week from now", "2026-12-10"),
            ("Tuesday fortnight", "2026-12-15"),
            ("the weekend after next", "2026-12-12..2026-12-13"),
            ("in a fortnight", "2026-12-13"),
            ("in two weeks' time", "2026-12-13"),
            ("in week 6", "2027-02-08..2027-02-14"),
            ("calendar week 12", "2027-03-22..2027-03-28"),
            ("next week 2 adults", "2026-11-30..2026-12-06"),
            ("three days before 5 May", "2027-05-02"),
            ("a week after 12 March", "2027-03-19"),
        ],
    );
}

#[test]
fn numbers_for_day_and_month() {
    check(
        fr,
        &[
            ("26/12 -> 02/01", "2026-12-26 > 2027-01-02"),
            ("le 13-02", "2027-02-13"),
            ("le 4-5", "2027-05-04"),
            ("13-02-2027", "2027-02-13"),
            ("le 13.02", "2027-02-13"),
            ("le 4/5", "2027-05-04"),
            ("du 28 février au 4", "2027-02-28 > 2027-03-04"),
            ("12-20 janvier", "2027-01-12 > 2027-01-20"),
            ("4-5 personnes", ""),
        ],
    );
    check(
        en,
        &[
            ("on 13-02", "2027-02-13"),
            ("4/5", "2027-05-04"),
            ("26/12 -> 02/01", "2026-12-26 > 2027-01-02"),
            ("from 28 February to the 4th", "2027-02-28 > 2027-03-04"),
            ("4-5 people", ""),
        ],
    );
}

#[test]
fn the_month_comes_first_where_it_does() {
    let trip = TripRequest::default();
    for (text, locale, expected) in [
        ("4/5", Locale::En, "2027-04-05"),
        ("01/12/2027", Locale::En, "2027-01-12"),
        ("13/02", Locale::En, "2027-02-13"),
        ("le 4/5", Locale::Fr, "2027-05-04"),
        ("4 May", Locale::En, "2027-05-04"),
    ] {
        let reading = understand(&Input {
            text,
            previous: None,
            locale,
            month_first: true,
            now: &now(),
            trip: &trip,
            asked: None,
        });
        assert_eq!(dates(&reading), expected, "{text}");
    }
}

#[test]
fn a_weekday_that_is_not_the_days_is_asked() {
    for (reading, surface) in [
        (en("Monday 12 March 2027"), "Monday 12 March 2027"),
        (en("leaving Tuesday, March 12"), "Tuesday, March 12"),
        (fr("lundi soir 12 mars"), "lundi soir 12 mars"),
    ] {
        assert_eq!(
            reading.problems,
            [Problem::WeekdayMismatch {
                surface: surface.to_owned(),
                date: super::super::day("2027-03-12"),
            }]
        );
        assert_eq!(reading.depart_date, None);
    }
}
