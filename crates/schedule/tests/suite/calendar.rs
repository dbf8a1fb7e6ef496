//! The fare calendar agrees with the search.

use jiff::{ToSpan, civil::date};
use travel::{CalendarQuery, FareCalendar, Filter, Party, Sort};

use super::{codes, now, query, search, with_return};

fn calendar(
    from: &str,
    to: &str,
    stay_days: Option<u16>,
    month: jiff::civil::Date,
) -> FareCalendar {
    let query = CalendarQuery {
        origins: codes(from),
        destinations: codes(to),
        month,
        stay_days,
        party: Party {
            adults: 2,
            ..Party::default()
        },
        cabin: travel::Cabin::Economy,
        filter: Filter::default(),
        currency: "USD".parse().unwrap(),
        now: now(),
    };
    schedule::calendar(&query).unwrap()
}

#[test]
fn every_day_costs_what_the_cheapest_offer_of_a_search_costs() {
    let month = date(2027, 1, 15);
    for (from, to, stay) in [
        ("LYS", "NYC", Some(7)),
        ("PAR", "NCE", None),
        ("NCE", "LON", Some(0)),
        ("PAR", "SYD", Some(1)),
        ("BES", "RUN", None),
    ] {
        let days = calendar(from, to, stay, month).days;
        let mut at = days.iter().peekable();
        for offset in 0..31 {
            let depart = date(2027, 1, 1) + offset.days();
            let mut q = query(from, to, depart);
            q = with_return(q, stay.map(|days| depart + i64::from(days).days()));
            q.search.party.adults = 2;
            q.search.currency = "USD".parse().unwrap();
            q.search.sort = Sort::Price;
            q.limit = 1;
            let cheapest = search(&q).first().map(|offer| offer.total);
            let day = at.next_if(|day| day.date == depart).map(|day| day.price);
            assert_eq!(day, cheapest, "{from}-{to} {depart}");
        }
        assert!(at.next().is_none());
    }
}

#[test]
fn days_in_the_past_are_left_out() {
    let november = calendar("PAR", "NCE", None, date(2026, 11, 1));
    assert!(november.illustrative && november.source == "offline");
    assert!(
        november
            .days
            .iter()
            .all(|day| day.date >= date(2026, 11, 22))
    );
    assert!(november.days.len() >= 8);
    assert!(
        calendar("PAR", "NCE", None, date(2026, 10, 1))
            .days
            .is_empty()
    );
}
