//! Parameters that cannot be used are named.

use super::{problem::refused_field, server::Server};

#[tokio::test]
async fn parameters_that_cannot_be_used_are_named() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let flights = "/api/flights?from=LYS&to=JFK";
    let calendar = "/api/flights/calendar?from=LYS&to=JFK";
    let cases = [
        ("/api/airports".to_owned(), "q"),
        ("/api/airports?q=".to_owned(), "q"),
        (format!("/api/airports?q={}", "a".repeat(101)), "q"),
        ("/api/airports?q=ly&limit=0".to_owned(), "limit"),
        ("/api/airports?q=ly&limit=51".to_owned(), "limit"),
        ("/api/airports?q=ly&limit=ten".to_owned(), "limit"),
        ("/api/airports?q=ly&x=1".to_owned(), "x"),
        ("/api/airports?q=a%00b".to_owned(), "q"),
        ("/api/flights?from=LYS&depart=2099-01-01".to_owned(), "to"),
        (flights.to_owned(), "depart"),
        (format!("{flights}&depart=tomorrow"), "depart"),
        (format!("{flights}&depart=2020-01-01"), "depart"),
        (format!("{flights}&depart=2026-02-30"), "depart"),
        ("/api/conversations?limit=0".to_owned(), "limit"),
        ("/api/conversations?limit=101".to_owned(), "limit"),
        ("/api/conversations?limit=-1".to_owned(), "limit"),
        ("/api/conversations?cursor=x".to_owned(), "cursor"),
        ("/api/conversations?cursor=2.1.x".to_owned(), "cursor"),
        ("/api/conversations?q=a%00b".to_owned(), "q"),
        (format!("/api/conversations?q={}", "a".repeat(201)), "q"),
        ("/api/conversations?offset=2".to_owned(), "offset"),
        (calendar.to_owned(), "month"),
        (format!("{calendar}&month=2027-13"), "month"),
        (format!("{calendar}&month=2020-01"), "month"),
        (format!("{calendar}&month=January"), "month"),
        ("/api/traces?intent=holiday".to_owned(), "intent"),
        ("/api/traces?status=fine".to_owned(), "status"),
        ("/api/traces?min_ms=-1".to_owned(), "min_ms"),
        ("/api/traces?limit=0".to_owned(), "limit"),
        ("/api/traces?limit=201".to_owned(), "limit"),
        ("/api/traces?tool=a%00b".to_owned(), "tool"),
        ("/api/traces?colour=red".to_owned(), "colour"),
    ];
    for (path, field) in cases {
        refused_field(visitor.get(&path).await, field, &path).await;
    }
    let depart = super::dates::in_days(40);
    let (last, too_far) = (super::dates::in_days(331), super::dates::in_days(332));
    let next_month = &super::dates::in_days(331 + 31)[..7];
    for (path, field) in [
        (format!("{flights}&depart={too_far}"), "depart"),
        (format!("{flights}&depart=2099-01-01"), "depart"),
        (
            format!("{flights}&depart={depart}&return={too_far}"),
            "return",
        ),
        (
            format!("{flights}&depart={last}&return={too_far}"),
            "return",
        ),
        (format!("{calendar}&month={next_month}"), "month"),
        (format!("{calendar}&month=2099-01"), "month"),
    ] {
        refused_field(visitor.get(&path).await, field, &path).await;
    }
    visitor
        .get_json(&format!("{flights}&depart={depart}&return={last}"))
        .await;
    visitor.get_json(&format!("{flights}&depart={last}")).await;
    let shown = visitor
        .get_json(&format!("{calendar}&month={}", &last[..7]))
        .await;
    let days = shown["days"].as_array().unwrap();
    assert!(!days.is_empty());
    assert!(
        days.iter()
            .all(|day| day["date"].as_str().unwrap() <= &*last),
        "{shown}"
    );
    let cases = [
        ("from=Lyon", "from"),
        ("to=ZZZ", "to"),
        ("return=2020-01-01", "return"),
        ("adults=0", "adults"),
        ("adults=10", "adults"),
        ("adults=two", "adults"),
        ("children=300", "children"),
        ("infants=2", "infants"),
        ("cabin=luxury", "cabin"),
        ("max_stops=many", "max_stops"),
        ("sort=random", "sort"),
        ("currency=XXXX", "currency"),
    ];
    for (pair, field) in cases {
        let base = [("from", "LYS"), ("to", "JFK"), ("depart", &depart)];
        let rest = base
            .iter()
            .filter(|(name, _)| *name != field)
            .map(|(name, value)| format!("&{name}={value}"));
        let path = format!("/api/flights?{pair}{}", rest.collect::<String>());
        refused_field(visitor.get(&path).await, field, &path).await;
    }
    let path = format!("{flights}&depart={depart}");
    let found = visitor.get_json(&path).await;
    assert!(!found["offers"].as_array().unwrap().is_empty(), "{path}");
}
