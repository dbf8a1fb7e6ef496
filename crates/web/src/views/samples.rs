//! Data for the tests of the views.

mod sheet;
mod trip;

use agent::{
    answer::Answer,
    booking::{Proposal, ProposalStatus},
    event::Card,
    locale::Locale,
    travel::{Currency, FareCalendar, FareDay, FlightSearch, Leg, Money, Offer},
};
use jiff::civil::date;

pub(crate) use sheet::sheet;
pub(crate) use trip::{panel, trip, trip_pages};

/// An answer with flights, tool calls and a proposal.
pub(crate) fn answer() -> Answer {
    serde_json::from_str(include_str!("samples/answer.json")).unwrap()
}

/// The same in the other language, its reply aside.
pub(crate) fn answer_in(locale: Locale) -> Answer {
    Answer { locale, ..answer() }
}

/// Three return offers: one stop, two stops with a change of airport and +1, direct.
pub(crate) fn offers() -> Vec<Offer> {
    match answer().cards.remove(0) {
        Card::FlightOffers { offers, .. } => offers,
        Card::FareCalendar(_) | Card::Sheet(_) => Vec::new(),
    }
}

/// The proposal of [`answer`], as the conversation's state has it.
pub(crate) fn proposal(status: ProposalStatus) -> Proposal {
    let shown = answer().proposal.unwrap();
    Proposal {
        id: shown.id,
        offer: offers().remove(0),
        search: FlightSearch::new(
            vec![Leg::new(
                vec!["LYS".parse().unwrap()],
                vec!["NYC".parse().unwrap()],
                date(2027, 1, 12),
            )],
            Currency::eur(),
        ),
        summary: shown.summary,
        expires_at: shown.expires_at,
        status,
    }
}

/// January 2027 from its 4th day on, cheapest on the 14th, no flight on Sundays.
pub(crate) fn calendar() -> FareCalendar {
    let day = |number: i8| FareDay {
        date: date(2027, 1, number),
        price: Money::new(
            if number == 14 {
                39_950
            } else {
                42_000 + i64::from(number) * 1_250
            },
            Currency::eur(),
        ),
    };
    FareCalendar {
        origin: "PAR".parse().unwrap(),
        destination: "HND".parse().unwrap(),
        stay_days: Some(7),
        source: "offline".to_owned(),
        illustrative: true,
        days: (4..=31)
            .filter(|number| (number - 3) % 7 != 0)
            .map(day)
            .collect(),
    }
}
