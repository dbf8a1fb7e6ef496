//! Days and stays as people put them, by family; the length of the stay beside the dates.

use language::Reading;

use super::{dates, en, fr};

/// Dates, stay in days, and what is left over, for each text.
fn say(read: fn(&str) -> Reading, table: &[(&str, &str, Option<u16>)]) {
    let wrong: Vec<_> = table
        .iter()
        .filter_map(|(text, days, stay)| {
            let reading = read(text);
            let right = dates(&reading) == *days && reading.stay_days == *stay;
            (!right || !reading.left_over.is_empty()).then(|| {
                let (got, left) = (dates(&reading), &reading.left_over);
                format!(
                    "{text}: {days} {stay:?} expected, {got} {:?} {left:?}",
                    reading.stay_days
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn stays_stand_alone_or_are_led_to() {
    say(
        fr,
        &[
            ("le 4 mai, deux semaines", "2027-05-04", Some(14)),
            ("le 4 mai, 3 jours sur place", "2027-05-04", Some(3)),
            ("le 4 mai, on y reste six jours", "2027-05-04", Some(6)),
            ("le 4 mai pour toute une semaine", "2027-05-04", Some(7)),
            ("rester toute une semaine le 4 mai", "2027-05-04", Some(7)),
            ("le 4 mai, durée du séjour : 9 jours", "2027-05-04", Some(9)),
            ("séjour de 8 jours le 4 mai", "2027-05-04", Some(8)),
            ("2 semaines en août", "2027-08-01..2027-08-31", Some(14)),
            // With a way back the stay says the same once more.
            ("du 4 au 10 mai, 6 nuits", "2027-05-04 > 2027-05-10", None),
        ],
    );
    say(
        en,
        &[
            ("5 April, two weeks", "2027-04-05", Some(14)),
            ("5 April, staying 6 nights", "2027-04-05", Some(6)),
            ("5 April for about a week", "2027-04-05", Some(7)),
            ("5 April for 10 days or so", "2027-04-05", Some(10)),
            ("a 12-day trip starting 4 October", "2027-10-04", Some(12)),
            ("for 3 nights from 5 March", "2027-03-05", Some(3)),
            ("two weeks in August", "2027-08-01..2027-08-31", Some(14)),
        ],
    );
}

#[test]
fn a_stay_that_contradicts_the_way_back_is_told() {
    let reading = fr("du 4 au 10 mai, 3 semaines");
    assert_eq!(reading.stay_days, None);
    assert!(!reading.left_over.is_empty());
}

#[test]
fn weekdays_of_a_month_are_alternatives() {
    let saturdays = "2027-05-01 or 2027-05-08 or 2027-05-15 or 2027-05-22 or 2027-05-29";
    say(en, &[("any Saturday in May", saturdays, None)]);
    say(en, &[("Saturdays in May", saturdays, None)]);
    say(fr, &[("un samedi en mai", saturdays, None)]);
    say(fr, &[("n'importe quel samedi de mai", saturdays, None)]);
}

#[test]
fn days_that_say_one_thing_together() {
    say(
        fr,
        &[
            ("fin janvier début février", "2027-01-21..2027-02-10", None),
            (
                "départ le 5 au matin, retour le 9 au soir en mars",
                "2027-03-05 > 2027-03-09",
                None,
            ),
            ("vendredi pour le week-end", "2026-12-04 > 2026-12-06", None),
            ("le dernier jour de janvier", "2027-01-31", None),
            (
                "départ du 10 au 15 juin, retour du 20 au 25 juin",
                "2027-06-10..2027-06-15 > 2027-06-20..2027-06-25",
                None,
            ),
            (
                "départ 10 ou 11 juin, retour 17 ou 18",
                "2027-06-10 or 2027-06-11 > 2027-06-17 or 2027-06-18",
                None,
            ),
            ("4 jours fin juin", "2027-06-21..2027-06-30", Some(4)),
            (
                "mi-juin pour une petite semaine",
                "2027-06-10..2027-06-20",
                Some(7),
            ),
            (
                "le vingt-deux mai deux mille vingt-sept",
                "2027-05-22",
                None,
            ),
            (
                "dans les 15 prochains jours",
                "2026-11-29..2026-12-14",
                None,
            ),
        ],
    );
    say(
        en,
        &[
            ("the last day of January", "2027-01-31", None),
            (
                "late January, early February",
                "2027-01-21..2027-02-10",
                None,
            ),
            (
                "Mon 18 Jan out, Thu 21 Jan back",
                "2027-01-18 > 2027-01-21",
                None,
            ),
            (
                "departing June 10-15, returning June 20-25",
                "2027-06-10..2027-06-15 > 2027-06-20..2027-06-25",
                None,
            ),
            ("2 weeks starting June 3", "2027-06-03", Some(14)),
            ("some time in May", "2027-05-01..2027-05-31", None),
            ("in the next two weeks", "2026-11-29..2026-12-13", None),
            (
                "on April 1st through the 8th",
                "2027-04-01 > 2027-04-08",
                None,
            ),
            ("on March 8 one way", "2027-03-08", None),
        ],
    );
}

#[test]
fn dates_that_may_move() {
    say(
        fr,
        &[
            (
                "le 8 juin, je peux décaler de 3 jours",
                "2027-06-08 ±3",
                None,
            ),
            (
                "le 8 juin avec une souplesse de deux jours",
                "2027-06-08 ±2",
                None,
            ),
            ("aux alentours du 8 juin", "2027-06-08 ±2", None),
            ("le 8 juin pile, pas flexible", "2027-06-08", None),
            (
                "n'importe quel jour entre le 10 et le 15 mai",
                "2027-05-10..2027-05-15",
                None,
            ),
        ],
    );
    say(
        en,
        &[
            (
                "8 June, I can move by a day either way",
                "2027-06-08 ±1",
                None,
            ),
            ("8 June within two days either side", "2027-06-08 ±2", None),
            (
                "8 June (a day earlier or later is fine)",
                "2027-06-08 ±1",
                None,
            ),
        ],
    );
}

#[test]
fn a_weekday_that_is_not_wanted_is_told() {
    for reading in [
        en("5 March, not on a Monday"),
        fr("le 5 mars, pas un lundi"),
    ] {
        assert_eq!(dates(&reading), "2027-03-05");
        assert!(!reading.left_over.is_empty());
    }
}
