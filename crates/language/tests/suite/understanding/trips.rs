//! Accumulation over turns.

use language::{Problem, SlotName, TripRequest};
use travel::locale::Locale;

use super::{day, read_in};

/// The trip after the messages, and the problems of the last one.
fn after(messages: &[(&str, Option<SlotName>)]) -> (TripRequest, Vec<Problem>) {
    let mut trip = TripRequest::default();
    let mut problems = Vec::new();
    for (text, asked) in messages {
        let reading = read_in(Locale::Fr, text, *asked, &trip);
        (trip, problems) = trip.merge(&reading, *asked, day("2026-11-22"));
    }
    (trip, problems)
}

fn said(messages: &[&str]) -> (TripRequest, Vec<Problem>) {
    after(
        &messages
            .iter()
            .map(|text| (*text, None))
            .collect::<Vec<_>>(),
    )
}

fn surfaces(trip: &TripRequest) -> (&str, &str) {
    (
        trip.origin
            .as_ref()
            .map_or("", |place| place.surface.as_str()),
        trip.destination
            .as_ref()
            .map_or("", |place| place.surface.as_str()),
    )
}

#[test]
fn slots_accumulate() {
    let (trip, problems) = said(&[
        "Je veux aller à New York en janvier",
        "depuis Lyon, du 12 au 20, 2 adultes",
    ]);
    assert_eq!(problems, []);
    assert_eq!(surfaces(&trip), ("Lyon", "New York"));
    assert_eq!(trip.depart_date.as_ref().unwrap().from, day("2027-01-12"));
    assert_eq!(trip.return_date.as_ref().unwrap().to, day("2027-01-20"));
    assert_eq!(trip.one_way, Some(false));
    assert_eq!(trip.party.as_ref().unwrap().adults, 2);
    assert_eq!(trip.missing(), None);
}

#[test]
fn corrections_replace() {
    let first = "de Paris à Milan du 12 au 20 janvier, 2 personnes";
    let (trip, _) = said(&[first, "finalement depuis Nantes"]);
    assert_eq!(surfaces(&trip), ("Nantes", "Milan"));
    let (trip, _) = said(&[first, "no, to Rome instead of Milan"]);
    assert_eq!(surfaces(&trip), ("Paris", "Rome"));
    let (trip, _) = said(&[first, "pas Paris, Lyon"]);
    assert_eq!(surfaces(&trip), ("Lyon", "Milan"));
    let (trip, _) = said(&[first, "plutôt le 15"]);
    assert_eq!(trip.depart_date.unwrap().from, day("2027-01-15"));
    assert_eq!(trip.return_date.unwrap().from, day("2027-01-20"));
    let (trip, _) = said(&[first, "make it the 16th"]);
    assert_eq!(trip.depart_date.unwrap().from, day("2027-01-16"));
    let (trip, _) = said(&[first, "en fait 3 personnes"]);
    assert_eq!(trip.party.unwrap().adults, 3);
    let (trip, _) = said(&[first, "en fait un aller simple"]);
    assert_eq!((trip.return_date, trip.one_way), (None, Some(true)));
}

#[test]
fn the_return_moves_with_a_later_departure() {
    let (trip, problems) = said(&["Paris Rome du 12 au 20 janvier", "plutôt le 25 janvier"]);
    assert_eq!(problems, []);
    assert_eq!(trip.return_date.unwrap().from, day("2027-02-02"));
}

#[test]
fn a_stay_gives_the_return_of_an_exact_departure() {
    let (trip, _) = said(&["Paris Rome le 12 janvier pour une semaine"]);
    assert_eq!(trip.return_date.unwrap().from, day("2027-01-19"));
    let (trip, _) = said(&["Paris Rome en janvier pour une semaine"]);
    assert_eq!((trip.return_date, trip.stay_days), (None, Some(7)));
    let (trip, _) = said(&["Paris Rome en janvier pour une semaine", "le 12"]);
    assert_eq!(trip.return_date.unwrap().from, day("2027-01-19"));
}

#[test]
fn contradictions_are_problems() {
    let (trip, problems) = said(&["Paris Rome le 20 janvier", "retour le 12 janvier"]);
    assert_eq!(problems, [Problem::ReturnBeforeDeparture]);
    assert_eq!((trip.depart_date.is_some(), trip.return_date), (true, None));
    let (trip, problems) = said(&["un vol pour Rome", "depuis Rome"]);
    assert_eq!(problems, [Problem::SamePlace]);
    assert_eq!(surfaces(&trip), ("Rome", ""));
    for text in ["12 adultes", "un adulte et deux bébés"] {
        let (trip, problems) = said(&[text]);
        assert_eq!(
            (problems.as_slice(), trip.party),
            ([Problem::BadParty].as_slice(), None),
            "{text}"
        );
    }
}

#[test]
fn a_homonym_opens_and_closes() {
    let (trip, _) = said(&["de Paris à San José"]);
    assert_eq!(trip.open_ambiguity.as_ref().unwrap().options.len(), 2);
    assert_eq!(trip.missing(), Some(SlotName::Destination));
    let (trip, _) = said(&["de Paris à San José", "Costa Rica"]);
    assert_eq!(trip.open_ambiguity, None);
    assert_eq!(trip.destination.unwrap().codes[0].as_str(), "SJO");
    let (trip, _) = said(&["de Paris à San José", "non, à Rome"]);
    assert_eq!(
        (
            trip.open_ambiguity.is_none(),
            trip.destination.unwrap().surface.as_str()
        ),
        (true, "Rome")
    );
}

#[test]
fn answers_fill_what_was_asked() {
    let (trip, _) = after(&[
        ("je veux aller à Lisbonne", None),
        ("Lyon", Some(SlotName::Origin)),
        ("le 12 janvier", Some(SlotName::DepartDate)),
        ("une semaine", Some(SlotName::ReturnDate)),
        ("2", Some(SlotName::Passengers)),
    ]);
    assert_eq!(surfaces(&trip), ("Lyon", "Lisbonne"));
    assert_eq!(trip.return_date.unwrap().from, day("2027-01-19"));
    assert_eq!(trip.party.unwrap().adults, 2);
}

#[test]
fn a_trip_goes_on_comes_back_from_elsewhere_and_widens() {
    let first = "Paris Rome le 3 mars, aller simple, 1 adulte";
    let (trip, _) = said(&[first, "puis Rome Athènes le 8 mars"]);
    assert_eq!(surfaces(&trip), ("Paris", "Rome"));
    let codes = |place: &Option<language::Place>| place.as_ref().map(|p| p.codes[0].to_string());
    assert_eq!(codes(&trip.onward[0].destination).as_deref(), Some("ATH"));
    assert_eq!(
        trip.onward[0].date.as_ref().unwrap().from,
        day("2027-03-08")
    );

    let there = "Genève Milan le 12 mars, retour le 19 mars, 2 adultes";
    let (trip, _) = said(&[there, "on rentre plutôt de Venise"]);
    assert_eq!(surfaces(&trip), ("Genève", "Milan"));
    assert_eq!(codes(&trip.onward[0].origin).as_deref(), Some("VCE"));
    assert_eq!(
        trip.onward[0].date.as_ref().unwrap().from,
        day("2027-03-19")
    );
    assert_eq!(trip.return_date, None);

    let (trip, _) = said(&["Lyon Dublin le 17 mars", "je peux aussi partir de Genève"]);
    let origins: Vec<_> = trip.origin.iter().flat_map(|place| &place.codes).collect();
    assert_eq!(origins.len(), 2);

    let (trip, _) = said(&[
        "Nantes Amsterdam du 12 au 15 mars",
        "remplace Amsterdam par Bruxelles",
    ]);
    assert_eq!(surfaces(&trip), ("Nantes", "Bruxelles"));
    let (trip, _) = said(&[there, "non, dans l'autre sens"]);
    assert_eq!(surfaces(&trip), ("Milan", "Genève"));
}
