//! `GET /api/flights`: what is asked of the offers holds for each of them, and no offer breaks a
//! refusal. Each wish is tried against a search without it that has offers to refuse.

use std::collections::BTreeSet;

use agent::travel::{Alliance, airport, carrier};
use serde_json::Value;

use super::{dates::in_days, server::Server, visitor::Visitor};

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().unwrap()
}

fn slices(offer: &Value) -> &[Value] {
    list(offer, "slices")
}

fn segments(offer: &Value) -> impl Iterator<Item = &Value> {
    slices(offer)
        .iter()
        .flat_map(|slice| list(slice, "segments"))
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap()
}

fn amount(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

fn total(offer: &Value) -> f64 {
    amount(&offer["total"]["amount"])
}

fn carriers(offer: &Value) -> Vec<&str> {
    segments(offer)
        .map(|segment| text(segment, "/carrier/iata"))
        .collect()
}

/// Airports and their metropolitan areas where an offer changes planes.
fn connections(offer: &Value) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    for slice in slices(offer) {
        for segment in list(slice, "segments").iter().skip(1) {
            let code = text(segment, "/origin/iata");
            let known = airport::resolve(code.parse().unwrap());
            places.insert(code.to_owned());
            places.extend(
                known
                    .iter()
                    .filter_map(|known| Some(known.metro?.to_string())),
            );
        }
    }
    places
}

/// Day and clock of the nth leg: `("2027-01-08", "08:10")`.
fn departs(offer: &Value, leg: usize) -> (&str, &str) {
    moment(text(
        &list(&slices(offer)[leg], "segments")[0],
        "/departing_at",
    ))
}

fn arrives(offer: &Value, leg: usize) -> (&str, &str) {
    let last = list(&slices(offer)[leg], "segments").last().unwrap();
    moment(text(last, "/arriving_at"))
}

fn moment(at: &str) -> (&str, &str) {
    (&at[..10], &at[11..16])
}

/// All pages of a search that finds something.
async fn search(visitor: &Visitor, query: &str) -> Vec<Value> {
    let mut offers: Vec<Value> = Vec::new();
    loop {
        let page = format!("/api/flights?{query}&limit=20&skip={}", offers.len());
        let found = visitor.get_json(&page).await;
        let new = list(&found, "offers");
        offers.extend(new.iter().cloned());
        let all = found["found"].as_u64().unwrap() as usize;
        if new.is_empty() || offers.len() >= all {
            assert_eq!(offers.len(), all, "{query}");
            break;
        }
    }
    assert!(!offers.is_empty(), "nothing found: {query}");
    offers
}

/// A wish holds for every offer, and not for every offer without it.
async fn holds(visitor: &Visitor, base: &str, wish: &str, kept: impl Fn(&Value) -> bool) {
    let without = search(visitor, base).await;
    assert!(
        !without.iter().all(&kept),
        "{wish} refuses nothing of {base}"
    );
    let with = search(visitor, &format!("{base}&{wish}")).await;
    for offer in &with {
        assert!(kept(offer), "{wish}: {offer}");
    }
}

fn nice_london() -> String {
    format!("from=NCE&to=LON&depart={}", in_days(40))
}

fn paris_bangkok() -> String {
    format!("from=PAR&to=BKK&depart={}", in_days(40))
}

#[tokio::test]
async fn six_legs_are_searched_as_they_are_written() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let cities = ["PAR", "ROM", "ATH", "VIE", "PRG", "BER", "PAR"];
    let days: Vec<_> = (0..6).map(|leg| in_days(40 + 4 * leg)).collect();
    let legs: Vec<_> = cities
        .windows(2)
        .zip(&days)
        .map(|(ends, day)| format!("leg={},{},{day}", ends[0], ends[1]))
        .collect();
    let found = visitor
        .get_json(&format!("/api/flights?{}", legs.join("&")))
        .await;
    let offers = list(&found, "offers");
    assert!(!offers.is_empty());
    for offer in offers {
        assert_eq!(slices(offer).len(), 6);
        for (leg, day) in days.iter().enumerate() {
            assert_eq!(departs(offer, leg).0, day);
        }
    }
}

#[tokio::test]
async fn each_end_may_be_one_of_several() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let day = in_days(40);
    let offers = search(&visitor, &format!("from=LYS,GVA&to=LIS,OPO&depart={day}")).await;
    let ends: BTreeSet<_> = offers
        .iter()
        .map(|offer| {
            let slice = &slices(offer)[0];
            (
                text(slice, "/origin/iata"),
                text(slice, "/destination/iata"),
            )
        })
        .collect();
    assert!(
        ends.iter()
            .all(|(from, to)| { ["LYS", "GVA"].contains(from) && ["LIS", "OPO"].contains(to) })
    );
    assert!(ends.len() >= 3, "{ends:?}");
    // Of a leg they are written with slashes.
    let legs = format!(
        "leg=LYS/GVA,LIS/OPO,{day}&leg=LIS/OPO,LYS/GVA,{}",
        in_days(47)
    );
    let found = visitor.get_json(&format!("/api/flights?{legs}")).await;
    for offer in list(&found, "offers") {
        let [out, back] = slices(offer) else {
            panic!("{offer}")
        };
        assert!(["LIS", "OPO"].contains(&text(out, "/destination/iata")));
        assert!(["LYS", "GVA"].contains(&text(back, "/destination/iata")));
    }
}

#[tokio::test]
async fn flexible_days_are_those_around_and_no_others() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let base = nice_london();
    let near: Vec<_> = (38..=42).map(in_days).collect();
    let offers = search(&visitor, &format!("{base}&flexible_days=2")).await;
    let days: BTreeSet<_> = offers.iter().map(|offer| departs(offer, 0).0).collect();
    assert!(
        days.iter().all(|day| near.contains(&(*day).to_owned())),
        "{days:?}"
    );
    assert!(days.len() > 1, "{days:?}");
}

#[tokio::test]
async fn refused_and_required_airlines() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let base = nice_london();
    for refused in [&["U2"][..], &["U2", "BA"]] {
        let wish = format!("exclude_airlines={}", refused.join(","));
        holds(&visitor, &base, &wish, |offer| {
            carriers(offer).iter().all(|code| !refused.contains(code))
        })
        .await;
    }
    for required in [&["BA"][..], &["BA", "U2"]] {
        let wish = format!("airline={}", required.join(","));
        holds(&visitor, &base, &wish, |offer| {
            carriers(offer).iter().all(|code| required.contains(code))
        })
        .await;
    }
}

#[tokio::test]
async fn alliances_and_low_cost_carriers() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let known = |code: &str| carrier::by_code(code.parse().unwrap()).unwrap();
    for (name, alliance) in [
        ("star_alliance", Alliance::StarAlliance),
        ("oneworld", Alliance::Oneworld),
        ("skyteam", Alliance::Skyteam),
    ] {
        holds(
            &visitor,
            &paris_bangkok(),
            &format!("alliance={name}"),
            |offer| {
                carriers(offer)
                    .iter()
                    .all(|code| known(code).alliance == Some(alliance))
            },
        )
        .await;
    }
    for only in [false, true] {
        holds(
            &visitor,
            &nice_london(),
            &format!("low_cost={only}"),
            |offer| {
                carriers(offer)
                    .iter()
                    .all(|code| known(code).low_cost == only)
            },
        )
        .await;
    }
}

#[tokio::test]
async fn through_a_place_and_around_it() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let base = paris_bangkok();
    let all = search(&visitor, &base).await;
    let seen: BTreeSet<_> = all.iter().flat_map(connections).collect();
    assert!(seen.len() > 3, "{seen:?}");
    let places: Vec<_> = seen.iter().take(3).collect();
    for place in &places {
        holds(&visitor, &base, &format!("avoid_via={place}"), |offer| {
            !connections(offer).contains(*place)
        })
        .await;
        holds(&visitor, &base, &format!("via={place}"), |offer| {
            connections(offer).contains(*place)
        })
        .await;
    }
    let wish = format!("avoid_via={},{}", places[0], places[1]);
    holds(&visitor, &base, &wish, |offer| {
        let through = connections(offer);
        !through.contains(places[0]) && !through.contains(places[1])
    })
    .await;
}

#[tokio::test]
async fn hours_of_each_leg() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let (out, back) = (in_days(40), in_days(47));
    let base = nice_london();
    holds(
        &visitor,
        &base,
        "departure_after=09:00&departure_before=15:00",
        |offer| ("09:00"..="15:00").contains(&departs(offer, 0).1),
    )
    .await;
    holds(&visitor, &base, "arrival_before=14:00", |offer| {
        arrives(offer, 0).0 == out && arrives(offer, 0).1 <= "14:00"
    })
    .await;
    holds(&visitor, &base, "arrival_after=12:00", |offer| {
        arrives(offer, 0).1 >= "12:00"
    })
    .await;
    let both = format!("{base}&return={back}");
    holds(&visitor, &both, "return_departure_after=16:00", |offer| {
        departs(offer, 1).1 >= "16:00"
    })
    .await;
    let legs = |window: &str| format!("leg=NCE,LON,{out}&leg=LON,LIS,{back}{window}");
    let found = visitor
        .get_json(&format!(
            "/api/flights?{}",
            legs(",departure_after=12:00,departure_before=20:00")
        ))
        .await;
    let offers = list(&found, "offers");
    assert!(!offers.is_empty());
    assert!(
        offers
            .iter()
            .all(|offer| ("12:00"..="20:00").contains(&departs(offer, 1).1))
    );
}

#[tokio::test]
async fn no_flight_through_the_night() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let base = format!("from=PAR&to=TLV&depart={}", in_days(40));
    holds(&visitor, &base, "overnight=false", |offer| {
        segments(offer).all(|segment| {
            let (from, departs) = moment(text(segment, "/departing_at"));
            let (to, _) = moment(text(segment, "/arriving_at"));
            from == to && departs >= "05:00"
        })
    })
    .await;
}

#[tokio::test]
async fn bags_and_refunds_are_in_the_fare() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let base = nice_london();
    holds(&visitor, &base, "checked_bag=true", |offer| {
        offer["baggage"]["checked"].as_u64().unwrap() > 0
    })
    .await;
    holds(&visitor, &base, "refundable=true", |offer| {
        offer["conditions"]["refundable"] == true
    })
    .await;
}

#[tokio::test]
async fn budgets_of_the_party_and_of_each() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let base = format!("{}&adults=2&children=1", nice_london());
    let offers = search(&visitor, &base).await;
    let middle = |mut prices: Vec<f64>| {
        prices.sort_by(f64::total_cmp);
        prices[prices.len() / 2].floor()
    };
    let dearest = |offer: &Value| {
        let fares = list(offer, "per_passenger").iter();
        fares
            .map(|fare| amount(&fare["amount"]))
            .fold(0.0, f64::max)
    };
    let most = middle(offers.iter().map(total).collect());
    holds(&visitor, &base, &format!("max_price={most}"), |offer| {
        total(offer) <= most
    })
    .await;
    let each = middle(offers.iter().map(dearest).collect());
    let wish = format!("max_price_per_person={each}");
    holds(&visitor, &base, &wish, |offer| dearest(offer) <= each).await;
}

/// What offers are put in order by.
type Key = fn(&Value) -> f64;

fn minutes(offer: &Value) -> f64 {
    let all = slices(offer).iter().map(|slice| {
        let duration: jiff::SignedDuration = text(slice, "/duration").parse().unwrap();
        duration.as_secs_f64() / 60.0
    });
    all.sum()
}

#[tokio::test]
async fn orders_of_the_offers() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let keys: [(&str, Key); 3] = [
        ("price", total),
        ("duration", minutes),
        ("emissions", |offer| offer["emissions_kg"].as_f64().unwrap()),
    ];
    for (sort, key) in keys {
        let path = format!("/api/flights?{}&sort={sort}&limit=20", paris_bangkok());
        let found = visitor.get_json(&path).await;
        let values: Vec<_> = list(&found, "offers").iter().map(key).collect();
        // The cheapest and the fastest of all are among the first page's, at its end if need be.
        let sorted = &values[..values.len().saturating_sub(2)];
        assert!(sorted.len() > 3 && sorted.is_sorted(), "{sort}: {values:?}");
    }
    let path = format!("/api/flights?{}&sort=departure&limit=20", nice_london());
    let found = visitor.get_json(&path).await;
    let clocks: Vec<_> = list(&found, "offers")
        .iter()
        .map(|offer| departs(offer, 0))
        .collect();
    let sorted = &clocks[..clocks.len().saturating_sub(2)];
    assert!(sorted.len() > 3 && sorted.is_sorted(), "{clocks:?}");
}
