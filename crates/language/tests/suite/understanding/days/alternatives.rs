//! Alternatives, flexibility, and weekends of a month.

use language::{DateSpan, TripRequest};
use travel::locale::Locale;

use super::{super::day, check, dates, en, fr, read};

#[test]
fn alternatives() {
    check(
        fr,
        &[
            ("le 4 ou le 6 mai", "2027-05-04 or 2027-05-06"),
            ("le 4 mai ou le 6 mai", "2027-05-04 or 2027-05-06"),
            (
                "le 4, le 6 ou le 9 mai",
                "2027-05-04 or 2027-05-06 or 2027-05-09",
            ),
            ("vendredi ou samedi", "2026-12-04 or 2026-12-05"),
            ("en mai ou juin", "2027-05-01..2027-06-30"),
            (
                "en mai ou en septembre",
                "2027-05-01..2027-05-31 or 2027-09-01..2027-09-30",
            ),
            (
                "ce week-end ou le prochain",
                "2026-11-29 or 2026-12-05..2026-12-06",
            ),
            (
                "le 3 mars, retour le 8 ou le 10",
                "2027-03-03 > 2027-03-08 or 2027-03-10",
            ),
            ("2 ou 3 personnes", ""),
        ],
    );
    check(
        en,
        &[
            ("4 or 6 May", "2027-05-04 or 2027-05-06"),
            ("on 4 May or 6 May", "2027-05-04 or 2027-05-06"),
            ("May 4 or May 6", "2027-05-04 or 2027-05-06"),
            ("on the 4th or the 6th of May", "2027-05-04 or 2027-05-06"),
            ("4, 6 or 9 May", "2027-05-04 or 2027-05-06 or 2027-05-09"),
            ("Friday or Saturday", "2026-12-04 or 2026-12-05"),
            (
                "this weekend or next",
                "2026-11-29 or 2026-12-05..2026-12-06",
            ),
            ("next week or the week after", "2026-11-30..2026-12-13"),
            ("in May or June", "2027-05-01..2027-06-30"),
            ("two or three people", ""),
            ("one or two stops", ""),
        ],
    );
}

#[test]
fn flexibility() {
    check(
        fr,
        &[
            ("le 9 mars ± 2 jours", "2027-03-09 ±2"),
            ("le 9 mars +/- 3 jours", "2027-03-09 ±3"),
            ("le 9 mars, +/-2", "2027-03-09 ±2"),
            ("le 9 mars à deux jours près", "2027-03-09 ±2"),
            ("le 9 mars, plus ou moins un jour", "2027-03-09 ±1"),
            ("vers le 9 mars", "2027-03-09 ±2"),
            ("autour du 9 mars", "2027-03-09 ±2"),
            ("le 9 mars, dates flexibles", "2027-03-09 ±3"),
            ("le 9 mars, je suis flexible de 2 jours", "2027-03-09 ±2"),
            ("du 9 au 16 mars ± 2 jours", "2027-03-09 ±2 > 2027-03-16 ±2"),
            ("le 9 mars, billet flexible", "2027-03-09"),
            (
                "le 9 mars, un ou deux jours avant ou après",
                "2027-03-09 ±2",
            ),
        ],
    );
    check(
        en,
        &[
            ("9 March ± 2 days", "2027-03-09 ±2"),
            ("9 March +/- 3 days", "2027-03-09 ±3"),
            ("around 9 March, give or take two days", "2027-03-09 ±2"),
            ("9 March, give or take a day", "2027-03-09 ±1"),
            ("around 9 March", "2027-03-09 ±2"),
            ("9 March, my dates are flexible", "2027-03-09 ±3"),
            ("9 March, I'm flexible by two days", "2027-03-09 ±2"),
            ("9 March, two days either side", "2027-03-09 ±2"),
            ("9 March, flexible ticket", "2027-03-09"),
        ],
    );
}

#[test]
fn flexibility_is_said_of_the_date_that_the_trip_has() {
    let trip = TripRequest {
        depart_date: Some(DateSpan::new(
            "9 March",
            day("2027-03-09"),
            day("2027-03-09"),
        )),
        ..TripRequest::default()
    };
    for (locale, text) in [
        (Locale::En, "give or take two days"),
        (Locale::En, "I'm flexible by 2 days"),
        (Locale::Fr, "à deux jours près"),
        (Locale::Fr, "± 2 jours"),
    ] {
        assert_eq!(
            dates(&read(locale, text, None, &trip)),
            "2027-03-09 ±2",
            "{text}"
        );
    }
}

#[test]
fn some_weekend_of_a_month() {
    let march = "2027-03-05..2027-03-06 or 2027-03-12..2027-03-13 or 2027-03-19..2027-03-20 or \
                 2027-03-26..2027-03-27 > 2027-03-07 or 2027-03-14 or 2027-03-21 or 2027-03-28";
    check(
        en,
        &[
            ("some weekend in March", march),
            ("any weekend in March", march),
            (
                "Friday to Sunday, some weekend in March",
                "2027-03-05 or 2027-03-12 or 2027-03-19 or 2027-03-26 > \
                 2027-03-07 or 2027-03-14 or 2027-03-21 or 2027-03-28",
            ),
        ],
    );
    check(
        fr,
        &[
            ("un week-end en mars", march),
            ("n'importe quel week-end de mars", march),
        ],
    );
}

#[test]
fn two_ranges_are_alternatives() {
    check(
        en,
        &[
            (
                "from 3 to 10 May or 17 to 24",
                "2027-05-03 or 2027-05-17 > 2027-05-10 or 2027-05-24",
            ),
            (
                "3-10 May or 17-24 May",
                "2027-05-03 or 2027-05-17 > 2027-05-10 or 2027-05-24",
            ),
            (
                "from 28 April to 4 May or from 5 to 11 May",
                "2027-04-28 or 2027-05-05 > 2027-05-04 or 2027-05-11",
            ),
        ],
    );
    check(
        fr,
        &[
            (
                "du 3 au 10 mai ou du 17 au 24",
                "2027-05-03 or 2027-05-17 > 2027-05-10 or 2027-05-24",
            ),
            (
                "du 3 au 10 ou du 17 au 24 mai",
                "2027-05-03 or 2027-05-17 > 2027-05-10 or 2027-05-24",
            ),
            ("le 4 juillet à 2, on a 500 euros", "2027-07-04"),
        ],
    );
}
