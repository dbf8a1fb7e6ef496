//! Exports of a whole trip, in both languages, and of one that tries to be markup.

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::{conversation::ConversationState, trip::tests::tokyo};

/// A way to write a trip.
type Write = dyn Fn(&Export<'_>) -> String;

fn exported(state: &ConversationState, locale: Locale, write: &Write) -> String {
    let trip = Summary::of(state, locale).unwrap();
    write(&Export {
        trip: &trip,
        conversation: Uuid::from_u128(1),
        changed: "2026-11-29T10:00:00Z".parse::<Timestamp>().unwrap(),
        locale,
    })
}

fn calendar(state: &ConversationState) -> String {
    exported(state, Locale::Fr, &|export| export.calendar())
}

/// A trip whose names end a value, a line and an element.
fn hostile() -> ConversationState {
    let mut state = tokyo();
    let name = "a,b;c\\\r\nEND:VEVENT\r\n<b>&\"|*x*".to_owned();
    let days = &mut state.plan.days[0];
    days.name.clone_from(&name);
    days.days[0].stops[0].name = name;
    state
}

#[test]
fn events_are_in_the_zones_of_their_places() {
    let ics = calendar(&tokyo()).replace("\r\n ", "");
    for line in [
        "DTSTART;TZID=Europe/Paris:20270325T144500",
        "DTEND;TZID=Europe/Berlin:20270325T155500",
        "DTEND;TZID=Asia/Tokyo:20270326T120500",
        "DTSTART;VALUE=DATE:20270326",
        "DTEND;VALUE=DATE:20270402",
        "DTSTART;TZID=Asia/Tokyo:20270327T093000",
        "DTSTAMP:20261129T100000Z",
        "SUMMARY:Promenade à Asakusa \\; ruelles\\, marché",
        "UID:stay-TYO-2027-03-26@00000000-0000-0000-0000-000000000001",
    ] {
        assert!(
            ics.contains(&format!("{line}\r\n")),
            "{line} is not in {ics}"
        );
    }
    for zone in ["Europe/Paris", "Europe/Berlin", "Asia/Tokyo"] {
        assert_eq!(
            ics.matches(&format!("TZID:{zone}\r\n")).count(),
            1,
            "{zone}"
        );
    }
    let events = ics.matches("BEGIN:VEVENT").count();
    assert_eq!(events, 4 + 1 + 6);
    let uids: std::collections::BTreeSet<_> = ics
        .lines()
        .filter(|line| line.starts_with("UID:"))
        .collect();
    assert_eq!(uids.len(), events, "each has an identity of its own");
}

#[test]
fn the_same_trip_gives_the_same_bytes() {
    assert_eq!(calendar(&tokyo()), calendar(&tokyo()));
}

#[test]
fn names_are_text_in_every_file() {
    let state = hostile();
    let ics = calendar(&state);
    assert_eq!(
        ics.matches("END:VEVENT\r\n").count(),
        ics.matches("BEGIN:VEVENT\r\n").count()
    );
    assert!(
        ics.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains(['\n', '\r']))
    );
    let gpx = exported(&state, Locale::Fr, &|export| export.gpx(None).unwrap());
    assert!(
        !gpx.contains("<b>") && gpx.contains("&lt;b&gt;&amp;&quot;"),
        "{gpx}"
    );
    let markdown = exported(&state, Locale::Fr, &|export| export.markdown());
    assert!(
        !markdown.contains("<b>\\&") && markdown.contains("\\<b\\>\\&"),
        "{markdown}"
    );
}

#[test]
fn a_day_is_a_route_through_its_places() {
    let state = tokyo();
    let gpx = |day| {
        exported(&state, Locale::Fr, &move |export| {
            export.gpx(day).unwrap_or_default()
        })
    };
    let first = gpx(Some(1));
    assert_eq!(
        (
            first.matches("<wpt").count(),
            first.matches("<rtept").count()
        ),
        (3, 3),
        "{first}"
    );
    assert!(
        first.contains("<rte><name>Tokyo, sam. 27 mars</name>"),
        "{first}"
    );
    assert!(
        first.contains("lat=\"35.714800\" lon=\"139.796700\""),
        "{first}"
    );
    let all = gpx(None);
    assert_eq!(
        (all.matches("<wpt").count(), all.matches("<rte>").count()),
        (4, 2),
        "{all}"
    );
    assert_eq!((gpx(Some(3)), gpx(Some(0))), (String::new(), String::new()));
}

#[test]
fn a_text_is_in_the_language_of_the_conversation() {
    let markdown = |locale| exported(&tokyo(), locale, &|export| export.markdown());
    let fr = markdown(Locale::Fr);
    for part in [
        "# Tokyo · 25 mars – 2 avr. · 2 voyageurs\n",
        "- jeu. 25 mars, 14:45 Lyon (LYS) → 15:55 Francfort (FRA), Lufthansa\n",
        "→ 12:05 Tokyo (NRT) (ven. 26 mars)",
        "- Tokyo (Asakusa), 26 mars – 2 avr., 7 nuits, hôtel de gamme moyenne, 1\u{a0}047\u{a0}€\n",
        "- 14:00–16:30 Musée national de Tokyo (souvent fermé le lundi)\n",
        "| **Total** | **3\u{a0}041\u{a0}€** |\n",
        "rien n’est réservé",
    ] {
        assert!(fr.contains(part), "{part} is not in {fr}");
    }
    let en = markdown(Locale::En);
    for part in [
        "7 nights, mid-range hotel",
        "**€3,041**",
        "nothing is booked",
    ] {
        assert!(en.contains(part), "{part} is not in {en}");
    }
}

#[test]
fn a_trip_that_is_only_wished_is_written_too() {
    let mut state = tokyo();
    state.plan = crate::trip::Trip::default();
    let markdown = exported(&state, Locale::En, &|export| export.markdown());
    assert!(
        markdown.contains("## Wishes\n\n- Lyon → Tokyo: March 25\n- Tokyo → Lyon: April 2\n"),
        "{markdown}"
    );
    assert_eq!(calendar(&state).matches("BEGIN:VEVENT").count(), 0);
    assert_eq!(
        exported(&state, Locale::En, &|export| export
            .gpx(None)
            .unwrap_or_default()),
        ""
    );
}

#[test]
fn a_map_is_of_the_way_or_of_a_day() {
    let map = |state: &ConversationState, day| {
        exported(state, Locale::Fr, &move |export| {
            export.map(day).unwrap_or_default()
        })
    };
    let way = map(&tokyo(), None);
    assert!(way.starts_with("<svg") && way.contains("Lyon") && way.contains("Tokyo"));
    let day = map(&tokyo(), Some(1));
    assert!(day.contains("Senso-ji") && !day.contains("Meiji"), "{day}");
    assert_eq!(map(&tokyo(), Some(3)), "");
    assert!(!map(&hostile(), Some(1)).contains("<b>"));
}

#[test]
fn names_of_files_are_ascii() {
    let name =
        |state: &ConversationState| exported(state, Locale::Fr, &|export| export.file_name());
    assert_eq!(name(&tokyo()), "trip-tokyo-2027-03-25");
    let mut state = tokyo();
    state.trip.destination = None;
    state.plan.stays[0].name = "Málaga/../São Paulo ✈".to_owned();
    let odd = name(&state);
    assert!(
        odd.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
        "{odd}"
    );
    assert!(odd.starts_with("trip-malaga-sao"), "{odd}");
}
