//! Holidays, school holidays, and parts of months.

use language::Problem;

use super::{check, en, fr};

#[test]
fn holidays_with_eve_and_day_after() {
    check(
        fr,
        &[
            ("la veille de Noël", "2026-12-24"),
            ("le lendemain de Noël", "2026-12-26"),
            ("le surlendemain de Noël", "2026-12-27"),
            ("le lundi de Pâques", "2027-03-29"),
            ("le jeudi de l'Ascension", "2027-05-06"),
            ("le vendredi de l'Ascension", "2027-05-07"),
            ("à l'Assomption", "2027-08-15"),
            ("le 14 juillet", "2027-07-14"),
            ("la veille du 14 juillet", "2027-07-13"),
            ("le lundi de Pentecôte", "2027-05-17"),
            ("le lundi avant Noël", "2026-12-21"),
            ("le week-end de Pâques", "2027-03-27..2027-03-29"),
            ("le pont de l'Ascension", "2027-05-06..2027-05-09"),
            ("à la Saint-Valentin", "2027-02-14"),
            ("pour le nouvel an chinois", "2027-02-06"),
            ("le jour de l'an", "2027-01-01"),
        ],
    );
    check(
        en,
        &[
            ("Xmas Eve", "2026-12-24"),
            ("on Boxing Day", "2026-12-26"),
            (
                "on Xmas Eve, returning New Year's Day",
                "2026-12-24 > 2027-01-01",
            ),
            ("Labor Day", "2027-09-06"),
            ("the day before Christmas", "2026-12-24"),
            ("the day after Easter", "2027-03-29"),
            ("Easter Monday", "2027-03-29"),
            ("the Tuesday after Easter", "2027-03-30"),
            ("Memorial Day weekend", "2027-05-29..2027-05-31"),
            ("the early May bank holiday", "2027-05-03"),
            (
                "over the August bank holiday weekend",
                "2027-08-28..2027-08-30",
            ),
            ("the Friday after 12 March", "2027-03-19"),
            ("Lunar New Year", "2027-02-06"),
            ("Easter 2027", "2027-03-28"),
        ],
    );
}

#[test]
fn a_holiday_beyond_the_horizon_is_said() {
    let far = |surface: &str| {
        [Problem::TooFar {
            surface: surface.to_owned(),
        }]
    };
    assert_eq!(fr("à la Toussaint").problems, far("la Toussaint"));
    assert_eq!(en("at Thanksgiving").problems, far("Thanksgiving"));
}

#[test]
fn school_holidays_by_zone() {
    check(
        fr,
        &[
            ("vacances de février zone B", "2027-02-20..2027-03-07"),
            (
                "pendant les vacances d'hiver (zone A)",
                "2027-02-13..2027-02-28",
            ),
            (
                "aux vacances de février, je suis en zone C",
                "2027-02-06..2027-02-21",
            ),
            ("vacances de février", "2027-02-06..2027-03-07"),
            ("vacances de Pâques zone C", "2027-04-03..2027-04-18"),
            ("vacances de la Toussaint", "2027-10-23..2027-11-07"),
            ("aux vacances de Noël", "2026-12-19..2027-01-03"),
        ],
    );
    check(
        en,
        &[("French winter holidays, zone B", "2027-02-20..2027-03-07")],
    );
}

#[test]
fn before_after_and_within() {
    check(
        fr,
        &[
            ("après le 15", "2026-12-16..2026-12-31"),
            ("après le 15 mars", "2027-03-16..2027-03-31"),
            ("avant Noël", "2026-11-29..2026-12-24"),
            ("pas avant le 10 mai", "2027-05-10..2027-05-31"),
            ("au plus tard le 20 décembre", "2026-11-29..2026-12-20"),
            (
                "départ le 3 mars, retour avant le 12 mars",
                "2027-03-03 > 2027-03-03..2027-03-11",
            ),
            ("mi-mars", "2027-03-10..2027-03-20"),
            ("fin mai", "2027-05-21..2027-05-31"),
            ("début juin", "2027-06-01..2027-06-10"),
            (
                "dans la première quinzaine de mai",
                "2027-05-01..2027-05-15",
            ),
        ],
    );
    check(
        en,
        &[
            ("before Christmas", "2026-11-29..2026-12-24"),
            ("after the 15th of March", "2027-03-16..2027-03-31"),
            ("any time after 28 March", "2027-03-29..2027-04-12"),
            ("in the first half of May", "2027-05-01..2027-05-15"),
            ("late March", "2027-03-21..2027-03-31"),
            ("no later than 20 December", "2026-11-29..2026-12-20"),
            (
                "leaving 3 March, back before 12 March",
                "2027-03-03 > 2027-03-03..2027-03-11",
            ),
        ],
    );
}
