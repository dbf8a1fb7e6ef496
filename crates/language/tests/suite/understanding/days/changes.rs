//! Changes of dates to the trip that is there.

use language::{Change, DateSpan, Reading, SlotName, TripRequest, Way};
use travel::locale::Locale;

use super::{super::day, dates, en, fr, read};

fn trip() -> TripRequest {
    let exact = |text: &str| Some(DateSpan::new(text, day(text), day(text)));
    TripRequest {
        depart_date: exact("2027-02-09"),
        return_date: exact("2027-02-16"),
        ..TripRequest::default()
    }
}

fn shift(way: Way, days: i32) -> Change {
    Change::Shift { way, days }
}

fn check(locale: Locale, table: &[(&str, Change)]) {
    let wrong: Vec<_> = table
        .iter()
        .filter_map(|(text, change)| {
            let reading = read(locale, text, None, &trip());
            let bare = dates(&reading).is_empty() && reading.stay_days.is_none();
            let right = reading.changes == [change.clone()] && bare;
            (!right).then(|| {
                format!(
                    "{text}: {:?} {} {:?}",
                    reading.changes,
                    dates(&reading),
                    reading.stay_days
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn shifts() {
    use Way::{Back, Both, Out};
    check(
        Locale::Fr,
        &[
            ("un jour plus tôt", shift(Both, -1)),
            ("et une semaine plus tard ?", shift(Both, 7)),
            ("plutôt deux jours avant", shift(Both, -2)),
            ("le lendemain plutôt", shift(Both, 1)),
            ("et la veille ?", shift(Both, -1)),
            ("la semaine d'après", shift(Both, 7)),
            ("retour un jour plus tard", shift(Back, 1)),
            ("décale le retour de deux jours", shift(Back, 2)),
            ("avance le départ d'un jour", shift(Out, -1)),
            ("repousse d'une semaine", shift(Both, 7)),
            ("24h plus tôt", shift(Both, -1)),
            ("un jour plus tard pour le retour", shift(Back, 1)),
            ("un jour plus tôt pour l'aller", shift(Out, -1)),
            ("on part deux jours plus tard", shift(Out, 2)),
            ("décale l'aller et le retour d'un jour", shift(Both, 1)),
            ("décale l'aller-retour d'une semaine", shift(Both, 7)),
            ("encore un jour plus tard", shift(Both, 1)),
        ],
    );
    check(
        Locale::En,
        &[
            ("make it a week later", shift(Both, 7)),
            ("what about the day before?", shift(Both, -1)),
            ("push the return back by two days", shift(Back, 2)),
            ("24h earlier", shift(Both, -1)),
            ("a day earlier please", shift(Both, -1)),
            ("can we leave two days later", shift(Out, 2)),
            ("come back a day later", shift(Back, 1)),
            ("push it back two days", shift(Both, 2)),
            ("bring it forward by a day", shift(Both, -1)),
            ("the following week instead", shift(Both, 7)),
            ("the next day", shift(Both, 1)),
            ("postpone by a week", shift(Both, 7)),
            ("a day earlier for the outbound", shift(Out, -1)),
            ("the outbound two days later please", shift(Out, 2)),
            ("push the outbound and the return by a day", shift(Both, 1)),
            ("another day later", shift(Both, 1)),
            ("one more day later", shift(Both, 1)),
        ],
    );
}

#[test]
fn months_and_stays() {
    let months = |months| Change::ShiftMonths {
        way: Way::Both,
        months,
    };
    let stay = |nights| Change::Stay { nights };
    check(
        Locale::Fr,
        &[
            ("le mois suivant, même jour", months(1)),
            ("un mois plus tard", months(1)),
            ("une nuit de moins", stay(-1)),
            ("reste une nuit de plus", stay(1)),
            ("encore deux nuits", stay(2)),
            ("prolonge le séjour de deux jours", stay(2)),
            ("deux nuits supplémentaires", stay(2)),
            ("raccourcis d'un jour", stay(-1)),
        ],
    );
    check(
        Locale::En,
        &[
            ("move it to the following month, same day", months(1)),
            ("a month later", months(1)),
            ("same day next month", months(1)),
            ("stay one more night", stay(1)),
            ("one night less", stay(-1)),
            ("two extra nights", stay(2)),
            ("another night", stay(1)),
            ("extend the stay by two days", stay(2)),
            ("stay two nights longer", stay(2)),
            ("one week longer", stay(7)),
        ],
    );
}

#[test]
fn both_ways_at_once() {
    let reading = read(
        Locale::En,
        "leave a day earlier and come back a day later",
        None,
        &trip(),
    );
    assert_eq!(reading.changes, [shift(Way::Out, -1), shift(Way::Back, 1)]);
}

#[test]
fn the_way_back_is_dropped() {
    check(
        Locale::Fr,
        &[
            ("supprime le retour", Change::DropReturn),
            ("finalement sans retour", Change::DropReturn),
            ("annule le vol retour svp", Change::DropReturn),
            ("laisse tomber le retour", Change::DropReturn),
            ("plus besoin du retour finalement", Change::DropReturn),
        ],
    );
    check(
        Locale::En,
        &[
            ("drop the return", Change::DropReturn),
            ("no return flight after all", Change::DropReturn),
            ("forget the way back", Change::DropReturn),
            ("I don't need the flight home", Change::DropReturn),
            ("please cancel the return leg", Change::DropReturn),
        ],
    );
    for text in ["pas de retour avant 18h", "no return before 6pm"] {
        let reading = read(Locale::En, text, None, &trip());
        assert!(!reading.changes.contains(&Change::DropReturn), "{text}");
    }
}

#[test]
fn what_is_no_change() {
    let none = |reading: Reading| assert_eq!(reading.changes, []);
    // No trip yet.
    none(fr("une semaine plus tard"));
    none(en("a week later"));
    // A date is what it counts from.
    let reading = read(
        Locale::En,
        "leave on 5 March, back a week later",
        None,
        &trip(),
    );
    assert_eq!(dates(&reading), "2027-03-05 > 2027-03-12");
    none(reading);
    // An answer to when to come back.
    let one_way = TripRequest {
        return_date: None,
        ..trip()
    };
    let asked = Some(SlotName::ReturnDate);
    none(read(Locale::En, "a week later", asked, &one_way));
    let reading = read(Locale::Fr, "le lendemain", asked, &one_way);
    assert_eq!(dates(&reading), " > 2027-02-10");
    none(reading);
    none(read(Locale::En, "two days before Christmas", None, &trip()));
}
