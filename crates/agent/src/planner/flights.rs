//! From a complete trip to offers: fare calendars where the days are open, then a search, then a
//! proposal, then the answer.

use super::{
    answer, ask, calendar, compare,
    days::Days,
    follow_up::wants_more,
    more, retry, search,
    step::{Call, Reply, Step},
    trouble,
    view::View,
};
use crate::{
    tools::{
        ToolData, find_cheapest_dates::FindCheapestDates, propose_offer::ProposeOffer,
        search_flights::SearchFlights,
    },
    travel::Offer,
};

/// Offers of a search that asked for more, and of one that asked for more again.
const MORE_OFFERS: [u8; 2] = [12, MOST_OFFERS];
/// Most offers that a search returns.
pub(super) const MOST_OFFERS: u8 = 20;

/// The next step of a search; `note` opens the answer.
pub(super) fn find(view: &View<'_>, note: Option<String>) -> Step {
    let Some(days) = Days::of(&view.context.trip, view.context.now.date()) else {
        return trouble::cannot_search(view, None).into();
    };
    match search(view, &days) {
        Outcome::Step(step) => step,
        Outcome::Text(reply) => reply.after(note).into(),
    }
}

/// What a round of the search comes to.
enum Outcome {
    Step(Step),
    Text(Reply),
}

fn search(view: &View<'_>, days: &Days) -> Outcome {
    if let Some(done) = view.last::<SearchFlights>() {
        return match done.outcome {
            Ok(ToolData::Flights { offers, search, .. }) if offers.is_empty() => {
                Outcome::Text(trouble::no_offers(view, search))
            }
            Ok(ToolData::Flights { offers, search, .. }) => match propose(view, offers) {
                Some(step) => Outcome::Step(step),
                None => {
                    let text = answer::offers(view, days, offers, search);
                    let text = more::opened(view, offers, text);
                    Outcome::Text(Reply::asking(text, ask::about_offers(view)))
                }
            },
            outcome => {
                let first = view.done::<SearchFlights>().count() == 1;
                let again = retry::corrected::<SearchFlights>(&done)
                    .filter(|_| first && view.can::<SearchFlights>());
                again.map_or_else(
                    || Outcome::Text(trouble::failed(outcome.err().unwrap_or_default(), view)),
                    |call| Outcome::Step(call.into()),
                )
            }
        };
    }
    let asked = view.last::<FindCheapestDates>().is_some();
    if days.flexible() && !asked && view.can::<FindCheapestDates>() {
        return Outcome::Step(Step::Call(calendar::calls(view, days)));
    }
    if asked {
        if let Some(step) = calendar::retry(view, days) {
            return Outcome::Step(step);
        }
        if let Some(error) = calendar::failure(view) {
            return Outcome::Text(trouble::failed(error, view));
        }
    }
    let Some(chosen) = calendar::choose(view, days) else {
        return Outcome::Text(trouble::no_day(view));
    };
    if !view.can::<SearchFlights>() {
        return Outcome::Text(trouble::cannot_search(view, Some(&chosen)));
    }
    let mut arguments = search::flights(&view.context.trip, chosen.depart, chosen.return_date);
    arguments.limit = wants_more(view).then(|| more_than(view.context.offers.len()));
    Outcome::Step(Call::of::<SearchFlights>(arguments).into())
}

/// How many offers to ask for where `shown` are there.
fn more_than(shown: usize) -> u8 {
    let more = MORE_OFFERS.into_iter();
    let more = more.filter(|limit| usize::from(*limit) > shown).min();
    more.unwrap_or(MOST_OFFERS)
}

/// The call that proposes the offer that fits, unless it was made.
fn propose(view: &View<'_>, offers: &[Offer]) -> Option<Step> {
    let wanted = view.can::<ProposeOffer>() && view.last::<ProposeOffer>().is_none();
    let offer = compare::recommended(offers).filter(|_| wanted)?;
    Some(compare::proposal(offer))
}
