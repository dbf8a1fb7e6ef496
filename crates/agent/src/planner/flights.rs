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
    capability::flights::{
        FlightsFound, find_cheapest_dates::FindCheapestDates, propose_offer::ProposeOffer,
        search_flights::SearchFlights,
    },
    tools::ToolError,
    travel::Offer,
};

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
        return match done.found() {
            Some(FlightsFound { offers, .. }) if offers.is_empty() && wants_more(view) => {
                Outcome::Text(more::none(view))
            }
            Some(FlightsFound {
                offers, searched, ..
            }) if offers.is_empty() => Outcome::Text(trouble::no_offers(view, &searched.search)),
            Some(FlightsFound {
                offers, searched, ..
            }) if view.is_part => {
                Outcome::Text(answer::brief(view, days, offers, &searched.search).into())
            }
            Some(FlightsFound {
                offers, searched, ..
            }) => match propose(view, offers) {
                Some(step) => Outcome::Step(step),
                None => {
                    let text = answer::offers(view, days, offers, &searched.search);
                    let text = more::opened(view, offers, text);
                    Outcome::Text(Reply::asking(text, ask::about_offers(view)))
                }
            },
            None => {
                // Offers of a further trip must not come after those of the first.
                let first = view.done::<SearchFlights>().count() == 1 && !view.is_part;
                let again = retry::corrected::<SearchFlights>(&done)
                    .filter(|_| first && view.can::<SearchFlights>());
                again.map_or_else(
                    || {
                        Outcome::Text(trouble::failed(
                            done.outcome.err().unwrap_or(&ToolError::Panicked),
                            view,
                        ))
                    },
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
    if !view.has::<SearchFlights>() {
        return Outcome::Text(trouble::no_search(view));
    }
    if !view.can::<SearchFlights>() {
        return Outcome::Text(trouble::cannot_search(view, Some(&chosen)));
    }
    let mut arguments = search::flights(&view.context.trip, chosen.depart, chosen.return_date);
    if let Some((from, to)) = arguments.same_city() {
        return Outcome::Text(trouble::same_city(view, from, to));
    }
    let here = u16::try_from(view.context.offers.len()).unwrap_or(u16::MAX);
    arguments.skip = wants_more(view).then_some(view.context.shown.max(here));
    Outcome::Step(Call::of::<SearchFlights>(arguments).into())
}

/// The call that proposes the offer that fits, unless it was made.
fn propose(view: &View<'_>, offers: &[Offer]) -> Option<Step> {
    let wanted =
        !view.is_part && view.can::<ProposeOffer>() && view.last::<ProposeOffer>().is_none();
    let offer = compare::recommended(offers).filter(|_| wanted)?;
    Some(compare::proposal(offer))
}
