//! `GET /api/flights` with legs, wishes and refusals.

use serde_json::Value;

use super::{dates::in_days, problem::refused_field, server::Server};

fn list<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name].as_array().unwrap()
}

fn carriers(found: &Value) -> Vec<&str> {
    let slices = list(found, "offers")
        .iter()
        .flat_map(|offer| list(offer, "slices"));
    let segments = slices.flat_map(|slice| list(slice, "segments"));
    segments
        .map(|segment| segment["carrier"]["iata"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn legs_wishes_and_refusals_are_searched() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let (first, second, third) = (in_days(40), in_days(45), in_days(51));
    let legs = format!("leg=ROM,ATH,{second}&leg=ATH,PAR,{third}");
    for path in [
        format!("/api/flights?from=PAR&to=ROM&depart={first}&{legs}&currency=USD"),
        format!("/api/flights?leg=PAR,ROM,{first}&{legs}&currency=USD"),
    ] {
        let found = visitor.get_json(&path).await;
        assert!(!list(&found, "offers").is_empty(), "{path}");
        for offer in list(&found, "offers") {
            assert_eq!(list(offer, "slices").len(), 3);
            assert_eq!(offer["total"]["currency"], "USD");
            let last = &list(offer, "slices")[2];
            assert_eq!(last["origin"]["iata"], "ATH");
            let day = last["segments"][0]["departing_at"].as_str().unwrap();
            assert!(day.starts_with(&third));
        }
    }
    let base = format!("/api/flights?from=NCE&to=LON&depart={first}");
    let all = visitor.get_json(&base).await;
    let refused = carriers(&all)[0].to_owned();
    for (wishes, holds) in [
        (
            format!("exclude_airlines={refused}"),
            !carriers(&all).is_empty(),
        ),
        (
            "low_cost=false&checked_bag=true&overnight=false".to_owned(),
            true,
        ),
        (
            "departure_after=08:00&arrival_before=22:00&sort=departure".to_owned(),
            true,
        ),
        (
            "max_price_per_person=900&refundable=true&sort=emissions".to_owned(),
            true,
        ),
        (
            "flexible_days=2&alliance=oneworld&avoid_via=ZRH,PAR".to_owned(),
            true,
        ),
    ] {
        let found = visitor.get_json(&format!("{base}&{wishes}")).await;
        assert_eq!(!list(&found, "offers").is_empty(), holds, "{wishes}");
        if wishes.starts_with("exclude") {
            assert!(!carriers(&found).contains(&&*refused), "{wishes}");
        }
    }
}

#[tokio::test]
async fn pages_go_on() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let base = format!(
        "/api/flights?from=NCE&to=LON&depart={}&limit=3",
        in_days(40)
    );
    let (one, two) = (
        visitor.get_json(&base).await,
        visitor.get_json(&format!("{base}&skip=3")).await,
    );
    assert_eq!(one["found"], two["found"]);
    assert!(one["found"].as_u64().unwrap() > 6);
    let ids = |page: &Value| -> Vec<String> {
        list(page, "offers")
            .iter()
            .map(|offer| offer["id"].to_string())
            .collect()
    };
    assert_eq!((ids(&one).len(), ids(&two).len()), (3, 3));
    assert!(ids(&one).iter().all(|id| !ids(&two).contains(id)));
}

#[tokio::test]
async fn what_cannot_be_searched_names_its_parameter() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let (day, later) = (in_days(40), in_days(45));
    let base = format!("/api/flights?from=LYS&to=LIS&depart={day}");
    let leg = format!("leg=LIS,OPO,{later}");
    let bad = |pair: &str, field: &'static str| (format!("{base}&{pair}"), field);
    let cases = [
        bad("leg=LIS", "leg"),
        bad("leg=LIS,OPO", "leg"),
        bad("leg=LIS,OPO,soon", "leg"),
        bad("leg=LIS,XXQ,2099-01-01", "leg"),
        bad("leg=LIS,OPO,2020-01-01", "leg"),
        bad(&format!("leg=LIS,OPO,{later},midday"), "leg"),
        bad(&format!("leg=LIS,OPO,{later},after=08:00"), "leg"),
        bad(&format!("leg=LIS,OPO,{later},departure_after=8h"), "leg"),
        bad(&format!("leg=NRT,HND,{later}"), "leg"),
        bad(&[&*leg; 6].join("&"), "leg"),
        bad(&[&*leg; 7].join("&"), "leg"),
        bad(&format!("{leg}&return={later}"), "return"),
        bad("return_departure_after=18:00", "return"),
        bad(
            &format!("return={later}&return_departure_after=late"),
            "return_departure_after",
        ),
        bad("flexible_days=9", "flexible_days"),
        bad("airline=Ryanair", "airline"),
        bad("exclude_airlines=Ryanair", "exclude_airlines"),
        bad("alliance=vanilla", "alliance"),
        bad("low_cost=maybe", "low_cost"),
        bad("via=Zurich", "via"),
        bad("avoid_via=XXQ", "avoid_via"),
        bad("departure_after=noon", "departure_after"),
        bad("arrival_before=25:00", "arrival_before"),
        bad("overnight=1", "overnight"),
        bad("checked_bag=two", "checked_bag"),
        bad("refundable=x", "refundable"),
        bad("max_price=cheap", "max_price"),
        bad("max_price_per_person=0", "max_price_per_person"),
        bad("limit=0", "limit"),
        bad("limit=21", "limit"),
        bad("skip=-1", "skip"),
        (format!("/api/flights?from=PAR&to=ORY&depart={day}"), "to"),
        (format!("/api/flights?leg=PAR,ORY,{day}"), "leg"),
        (format!("/api/flights?from=PAR&{leg}"), "to"),
        ("/api/flights".to_owned(), "from"),
    ];
    for (path, field) in cases {
        refused_field(visitor.get(&path).await, field, &path).await;
    }
}
