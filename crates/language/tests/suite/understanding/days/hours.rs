//! Hours of departure and arrival, out and back apart.

use language::{Feature, Polarity, Reading, TimeWindow};
use travel::DayPart;

use super::{dates, en, fr};

/// `dep 08:00-11:00 arr -10:00 | ...`: out, then back.
fn hours(reading: &Reading) -> String {
    let time = |time: Option<jiff::civil::Time>| {
        time.map_or(String::new(), |time| time.strftime("%H:%M").to_string())
    };
    let leg = |window: &TimeWindow| {
        let ends = [
            ("dep", window.departure_after, window.departure_before),
            ("arr", window.arrival_after, window.arrival_before),
        ];
        let said = ends
            .into_iter()
            .filter(|(_, a, b)| a.is_some() || b.is_some());
        said.map(|(name, a, b)| format!("{name} {}-{}", time(a), time(b)))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (out, back) = (leg(&reading.window), leg(&reading.return_window));
    match &*back {
        "" => out,
        back => format!("{out} | {back}").trim_start().to_owned(),
    }
}

fn check(read: fn(&str) -> Reading, table: &[(&str, &str, &str)]) {
    let wrong: Vec<_> = table
        .iter()
        .filter_map(|(text, window, days)| {
            let reading = read(text);
            let right = hours(&reading) == *window && dates(&reading) == *days;
            (!right).then(|| {
                format!(
                    "{text}: {window} expected, {} {}",
                    hours(&reading),
                    dates(&reading)
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn windows_in_french() {
    check(
        fr,
        &[
            (
                "le 9 février, arrivée avant 10h",
                "arr -10:00",
                "2027-02-09",
            ),
            (
                "le 9 février, départ entre 8h et 11h",
                "dep 08:00-11:00",
                "2027-02-09",
            ),
            ("départ après 18h30 vendredi", "dep 18:30-", "2026-12-04"),
            (
                "partir vendredi à partir de 17h",
                "dep 17:00-",
                "2026-12-04",
            ),
            ("le 9 février, pas avant 9h", "dep 09:00-", "2027-02-09"),
            (
                "le 9 février, arriver au plus tard à 14h",
                "arr -14:00",
                "2027-02-09",
            ),
            ("le 9 février à 8h", "dep 07:00-09:00", "2027-02-09"),
            ("le 9 février, pas le soir", "dep -18:00", "2027-02-09"),
            (
                "le 9 février, retour le 12 avant 20h",
                "| arr -20:00",
                "2027-02-09 > 2027-02-12",
            ),
            (
                "le 9 février, retour le 12 au soir",
                "| dep 18:00-23:59",
                "2027-02-09 > 2027-02-12",
            ),
            ("le 9 février, 10h de vol maximum", "", "2027-02-09"),
            ("le 9 février, une escale de 2h max", "", "2027-02-09"),
            ("je ne peux pas décoller avant 10h", "dep 10:00-", ""),
            (
                "le 9 février, pas de départ avant 9h",
                "dep 09:00-",
                "2027-02-09",
            ),
            (
                "le 9 février, surtout pas d'arrivée après 22h",
                "arr -22:00",
                "2027-02-09",
            ),
            ("le 9 février, rien avant 11h", "dep 11:00-", "2027-02-09"),
            (
                "aller le 9 février, retour le 12, départ après 17h",
                "| dep 17:00-",
                "2027-02-09 > 2027-02-12",
            ),
            ("pour le retour, départ après 17h", "| dep 17:00-", ""),
            ("pour le retour, départ le 12 février", "", " > 2027-02-12"),
            (
                "départ le 9 février avant 9h et retour le 12 après 18h",
                "dep -09:00 | dep 18:00-",
                "2027-02-09 > 2027-02-12",
            ),
            (
                "le 9 février avant 9h, le retour le 12 en soirée",
                "dep -09:00 | dep 18:00-23:59",
                "2027-02-09 > 2027-02-12",
            ),
            (
                "retour le 12 février, départ le 9 après 8h",
                "dep 08:00-",
                "2027-02-09 > 2027-02-12",
            ),
            (
                "le 9 février, arrivée avant midi",
                "arr -12:00",
                "2027-02-09",
            ),
            ("le 9 février, départ après 18h", "dep 18:00-", "2027-02-09"),
            (
                "le 9 février pas trop tôt, genre après 10h",
                "dep 10:00-",
                "2027-02-09",
            ),
            ("le 9 février, pas de vol de nuit", "", "2027-02-09"),
        ],
    );
}

#[test]
fn windows_in_english() {
    check(
        en,
        &[
            ("9 February, in Berlin by 10", "arr -10:00", "2027-02-09"),
            ("leaving after 6pm on Friday", "dep 18:00-", "2026-12-04"),
            (
                "9 February, arriving before 10:30",
                "arr -10:30",
                "2027-02-09",
            ),
            ("9 February, not in the evening", "dep -18:00", "2027-02-09"),
            ("9 February, not in the morning", "dep 12:00-", "2027-02-09"),
            (
                "9 February, departing between 8 and 11 am",
                "dep 08:00-11:00",
                "2027-02-09",
            ),
            ("9 February, no later than 2 pm", "dep -14:00", "2027-02-09"),
            (
                "9 February, in Berlin by 10, home the same evening",
                "arr -10:00 | arr 18:00-23:59",
                "2027-02-09 > 2027-02-09",
            ),
            ("9 February, layover under 3 hours", "", "2027-02-09"),
            (
                "I can't leave before 10am on 9 February",
                "dep 10:00-",
                "2027-02-09",
            ),
            (
                "9 February, no departure before 9",
                "dep 09:00-",
                "2027-02-09",
            ),
            (
                "9 February, nothing before 11am",
                "dep 11:00-",
                "2027-02-09",
            ),
            (
                "9 February, don't want to arrive after 10pm",
                "arr -22:00",
                "2027-02-09",
            ),
            (
                "9 February leaving before 8am, back on 12 February leaving after 19:00",
                "dep -08:00 | dep 19:00-",
                "2027-02-09 > 2027-02-12",
            ),
            (
                "out 9 February before 8am, home the same day after 6pm",
                "dep -08:00 | dep 18:00-",
                "2027-02-09 > 2027-02-09",
            ),
            (
                "9 February, back 12 February, after 5pm on the way back",
                "| dep 17:00-",
                "2027-02-09 > 2027-02-12",
            ),
            (
                "9 February, landing before noon",
                "arr -12:00",
                "2027-02-09",
            ),
            (
                "9 February, a 10am arrival",
                "arr 09:00-11:00",
                "2027-02-09",
            ),
            (
                "9 February, not too early, after 10am",
                "dep 10:00-",
                "2027-02-09",
            ),
            (
                "leaving on 9 February, back on 12 February by 8pm",
                "| arr -20:00",
                "2027-02-09 > 2027-02-12",
            ),
        ],
    );
}

#[test]
fn parts_of_the_day_out_and_back_are_apart() {
    assert_eq!(en("9 February, not in the evening").departure, None);
    assert_eq!(
        en("9 February in the morning").departure,
        Some(DayPart::Morning)
    );
    assert_eq!(
        fr("vendredi matin, retour dimanche soir").departure,
        Some(DayPart::Morning)
    );
    assert_eq!(fr("vendredi, retour dimanche soir").departure, None);
}

#[test]
fn a_refused_afternoon_is_a_wish() {
    for reading in [
        en("9 February, not in the afternoon"),
        fr("le 9 février, pas l'après-midi"),
    ] {
        let refused = reading.wishes.iter().any(|wish| {
            wish.feature == Feature::Departure(DayPart::Afternoon)
                && wish.polarity == Polarity::Refused
        });
        assert!(refused, "{:?}", reading.wishes);
    }
}

#[test]
fn hours_of_later_legs_are_theirs() {
    let legs = [
        en("Paris to Rome on 3 March before 9am, then Athens on the 8th in the evening"),
        fr("Paris-Rome le 3 mars avant 9h, puis Athènes le 8 au soir"),
    ];
    for reading in legs {
        let hour = |hour| jiff::civil::Time::new(hour, 0, 0, 0).ok();
        assert_eq!(reading.window.departure_before, hour(9));
        assert_eq!(reading.departure, None);
        assert_eq!(reading.onward[0].window.departure_after, hour(18));
        assert_eq!(reading.return_window, TimeWindow::default());
    }
}

#[test]
fn hours_that_contradict_each_other_are_told() {
    let reading = fr("le 9 février, départ avant 9h ou après 18h");
    assert_eq!(reading.window.departure_after, None);
    assert!(!reading.left_over.is_empty());
}

#[test]
fn appointments_bound_the_flight() {
    check(
        en,
        &[
            (
                "5 March, I have a meeting at 2pm",
                "arr -14:00",
                "2027-03-05",
            ),
            ("5 March, I finish work at 5", "dep 17:00-", "2027-03-05"),
            (
                "5 March between noon and 3",
                "dep 12:00-15:00",
                "2027-03-05",
            ),
            (
                "5 March between 6 and 9 in the morning",
                "dep 06:00-09:00",
                "2027-03-05",
            ),
            (
                "5 March, never before 10am or after 8pm",
                "dep 10:00-20:00",
                "2027-03-05",
            ),
            ("5 March, can't fly before 9", "dep 09:00-", "2027-03-05"),
            ("5 March 8-9am", "dep 08:00-09:00", "2027-03-05"),
            ("11 March in the morning", "", "2027-03-11"),
            ("March 11 in the evening", "", "2027-03-11"),
        ],
    );
    check(
        fr,
        &[
            ("le 5 mars, réunion à 14h", "arr -14:00", "2027-03-05"),
            ("le 5 mars, je finis à 17h", "dep 17:00-", "2027-03-05"),
            (
                "le 5 mars entre 6 et 9 heures du matin",
                "dep 06:00-09:00",
                "2027-03-05",
            ),
            (
                "le 5 mars, rentré le 7 pour 20h",
                "| arr -20:00",
                "2027-03-05 > 2027-03-07",
            ),
        ],
    );
}
