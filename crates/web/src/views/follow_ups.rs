//! What a person may ask next, from what an answer leaves open: messages that the built-in model
//! understands as well.

use agent::{
    answer::{Answer, AnswerStatus},
    event::Card,
    travel::{Offer, horizon},
};
use jiff::{ToSpan, civil::Date};
use serde_json::Value;

use crate::i18n::offers::OfferTexts;

/// At most so many: they are an invitation, not a menu.
const MOST: usize = 4;

/// The messages, each of which is what its button says.
pub(super) fn of(answer: &Answer, today: Date) -> Vec<&'static str> {
    let o = OfferTexts::of(answer.locale);
    if answer.status != AnswerStatus::Ok || !answer.choices.is_empty() {
        return Vec::new();
    }
    let mut cards = answer.cards.iter();
    if cards.any(|card| matches!(card, Card::Sheet(_))) {
        // It says itself what may come next.
        return Vec::new();
    }
    let offers = answer.cards.iter().filter_map(|card| match card {
        Card::FlightOffers { offers, .. } => Some(offers.as_slice()),
        Card::FareCalendar(_) | Card::Sheet(_) => None,
    });
    let offers: Vec<_> = offers.collect();
    let mut found = match offers[..] {
        [offers] => after_offers(answer, offers, today, o),
        _ if is_confirmed(answer) => vec![o.say_hotels, o.say_sights],
        _ => Vec::new(),
    };
    found.truncate(MOST);
    found
}

fn after_offers(
    answer: &Answer,
    offers: &[Offer],
    today: Date,
    o: &'static OfferTexts,
) -> Vec<&'static str> {
    let some_direct = offers.iter().any(|offer| offer.stops() == 0);
    let some_not = offers.iter().any(|offer| offer.stops() > 0);
    let stops_said = searched(answer, "max_stops");
    let first = offers.first();
    let trip = first.filter(|offer| offer.slices.len() == 1 || offer.is_return());
    let day = |offer: &Offer, at: usize| {
        let slice = offer.slices.get(at)?;
        Some(slice.segments.first()?.departing_at.civil().date())
    };
    let out = trip.and_then(|offer| day(offer, 0));
    let last = trip.and_then(|offer| day(offer, offer.slices.len().saturating_sub(1)));
    let flexible = searched(answer, "flexible_days");
    let may_leave = |day: Date| day > today;
    let earlier = out.is_some_and(|day| !flexible && may_leave(day.saturating_sub(1.day())));
    let later = last.is_some_and(|day| !flexible && day < horizon(today));
    [
        (some_direct && some_not && !stops_said, o.say_direct),
        (earlier, o.say_earlier),
        (later, o.say_later),
        (first.is_some_and(Offer::is_return), o.say_hotels),
        (trip.is_some(), o.say_sights),
    ]
    .into_iter()
    .filter_map(|(open, message)| open.then_some(message))
    .collect()
}

/// Whether the search was already told something.
fn searched(answer: &Answer, argument: &str) -> bool {
    let mut searches = answer
        .tool_calls
        .iter()
        .filter(|call| call.name == "search_flights");
    searches.any(|call| {
        let said = call.arguments.get(argument);
        said.is_some_and(|value| !value.is_null() && value != &Value::from(0))
            || (argument == "max_stops" && said == Some(&Value::from(0)))
    })
}

/// Whether it answered a yes to a proposal.
fn is_confirmed(answer: &Answer) -> bool {
    let checked = answer
        .tool_calls
        .iter()
        .any(|call| call.name == "check_price" && call.success == Some(true));
    checked && answer.cards.is_empty()
}

#[cfg(test)]
mod tests {
    use agent::locale::Locale;
    use jiff::civil::date;
    use serde_json::json;

    use super::*;
    use crate::views::samples;

    const TODAY: Date = date(2026, 11, 22);

    fn answer() -> Answer {
        let mut answer = samples::answer_in(Locale::En);
        answer.cards = vec![Card::FlightOffers {
            offers: samples::offers(),
            more: 0,
        }];
        answer
    }

    #[test]
    fn what_is_open_after_a_search() {
        assert_eq!(
            of(&answer(), TODAY),
            [
                "Direct flights only",
                "A day earlier",
                "A day later",
                "Hotels there"
            ]
        );
        // The sample's trip is 12 to 20 January.
        let eve = of(&answer(), date(2027, 1, 11));
        assert!(
            !eve.contains(&"A day earlier"),
            "that day is today: {eve:?}"
        );
        assert!(eve.contains(&"What to see there?"));
    }

    #[test]
    fn what_was_said_is_not_asked_again() {
        let mut answer = answer();
        for call in &mut answer.tool_calls {
            call.arguments = json!({ "max_stops": 1, "flexible_days": 2 });
        }
        assert_eq!(of(&answer, TODAY), ["Hotels there", "What to see there?"]);
    }

    #[test]
    fn what_did_not_end_well_or_asks_a_question_invites_to_nothing() {
        let mut stopped = answer();
        stopped.status = AnswerStatus::Stopped;
        assert!(of(&stopped, TODAY).is_empty());
        let mut small_talk = answer();
        small_talk.cards.clear();
        small_talk.tool_calls.clear();
        assert!(of(&small_talk, TODAY).is_empty());
    }
}
