//! Return searches with one stop at most, between towns with few flights and with many.

use std::hint::black_box;

use anyhow::Context;
use jiff::civil::date;
use travel::{Currency, Filter, FlightQuery, FlightSearch, Leg, Locale};

const ROUTES: [(&str, &str); 3] = [("LYS", "NYC"), ("NCE", "LON"), ("PAR", "TYO")];
const OFFERS: usize = 10;

pub(crate) fn run(rounds: usize) -> anyhow::Result<()> {
    let queries: anyhow::Result<Vec<_>> = ROUTES.into_iter().map(query).collect();
    let queries = queries?;
    schedule::warm_up();
    for _ in 0..rounds {
        for query in &queries {
            let found = schedule::search(black_box(query))
                .ok()
                .context("the search failed")?;
            black_box(found);
        }
    }
    Ok(())
}

fn query((from, to): (&str, &str)) -> anyhow::Result<FlightQuery> {
    let out = Leg::new(vec![from.parse()?], vec![to.parse()?], date(2027, 1, 12));
    let back = out.back(date(2027, 1, 20));
    let filter = Filter {
        max_stops: Some(1),
        ..Filter::default()
    };
    Ok(FlightQuery {
        search: FlightSearch {
            filter,
            ..FlightSearch::new(vec![out, back], Currency::eur())
        },
        limit: OFFERS,
        skip: 0,
        locale: Locale::Fr,
        now: "2026-11-22T10:00:00Z".parse()?,
    })
}
