//! Cards under an answer, in the order that a reader needs: offers, what asks for a decision on them,
//! then the days that they were chosen from.

use agent::{answer::Answer, event::Card, travel::FareCalendar};
use askama::Template;
use jiff::civil::Date;

use super::{
    calendar::CalendarView, flights::FlightsView, message::Surroundings, proposal::ProposalBox,
    sheet::SheetView,
};

/// A card, ready to print.
#[derive(Template)]
#[template(
    source = "{% match self %}{% when Self::Flights with (card) %}{{ card|safe }}\
    {% when Self::Calendar with (card) %}{{ card|safe }}\
    {% when Self::Sheet with (card) %}{{ card|safe }}{% endmatch %}",
    ext = "html"
)]
pub(crate) enum CardView {
    Flights(FlightsView),
    Calendar(CalendarView),
    Sheet(SheetView),
}

impl CardView {
    /// The same with nothing that sends a message: buttons of sheets are left out of their data.
    pub(crate) fn read_only(self) -> Self {
        match self {
            Self::Flights(card) => Self::Flights(card.read_only()),
            Self::Calendar(card) => Self::Calendar(card.read_only()),
            Self::Sheet(card) => Self::Sheet(card),
        }
    }
}

/// The cards of an answer.
pub(crate) struct Cards {
    pub(crate) first: Vec<CardView>,
    /// The proposal, where no card has its offer.
    pub(crate) proposal: Option<ProposalBox>,
    /// Below it: fare calendars beside offers.
    pub(crate) after: Vec<CardView>,
}

impl Cards {
    pub(crate) fn of(answer: &Answer, around: &Surroundings<'_>) -> Self {
        let locale = answer.locale;
        let shown = answer.proposal.as_ref();
        let mut cards = Self {
            first: Vec::new(),
            proposal: shown.map(|shown| ProposalBox::new(shown, answer, around)),
            after: Vec::new(),
        };
        for card in &answer.cards {
            cards.first.push(match card {
                Card::FlightOffers { offers, more } => {
                    let mut flights = FlightsView::new(offers, *more, answer, around.zone);
                    if flights.has_proposed() {
                        flights.propose(cards.proposal.take());
                    }
                    CardView::Flights(flights)
                }
                Card::Sheet(sheet) => CardView::Sheet(SheetView::new(sheet, locale)),
                Card::FareCalendar(_) => continue,
            });
        }
        let has_offers = cards
            .first
            .iter()
            .any(|card| matches!(card, CardView::Flights(_)));
        let calendars = calendars(answer)
            .into_iter()
            .enumerate()
            .map(|(at, months)| {
                let name = format!("{}-{at}", answer.message_id);
                CardView::Calendar(CalendarView::new(&months, departs(answer), &name, locale))
            });
        match has_offers {
            true => cards.after.extend(calendars),
            false => cards.first.extend(calendars),
        }
        cards
    }
}

/// The day on which the offers of an answer depart, where there are some.
fn departs(answer: &Answer) -> Option<Date> {
    answer.cards.iter().find_map(|card| match card {
        Card::FlightOffers { offers, .. } => {
            let segment = offers.first()?.slices.first()?.segments.first()?;
            Some(segment.departing_at.civil().date())
        }
        Card::FareCalendar(_) | Card::Sheet(_) => None,
    })
}

/// The fare calendars of an answer; those that differ by their months alone are one.
fn calendars(answer: &Answer) -> Vec<FareCalendar> {
    let mut found: Vec<FareCalendar> = Vec::new();
    for card in &answer.cards {
        let Card::FareCalendar(calendar) = card else {
            continue;
        };
        match found
            .iter_mut()
            .find(|other| is_of_same_trip(other, calendar))
        {
            Some(other) => {
                other.days.extend(calendar.days.iter().cloned());
                other.days.sort_by_key(|day| day.date);
                other.days.dedup_by_key(|day| day.date);
            }
            None => found.push(calendar.clone()),
        }
    }
    found
}

fn is_of_same_trip(one: &FareCalendar, other: &FareCalendar) -> bool {
    let trip = |calendar: &FareCalendar| {
        let FareCalendar {
            origin,
            destination,
            stay_days,
            source,
            illustrative,
            days,
        } = calendar;
        let currency = days.first().map(|day| day.price.currency);
        let source = source.clone();
        (
            *origin,
            *destination,
            *stay_days,
            source,
            *illustrative,
            currency,
        )
    };
    trip(one) == trip(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::samples;

    fn around() -> Surroundings<'static> {
        Surroundings {
            locale: agent::locale::Locale::Fr,
            zone: const { &jiff::tz::TimeZone::UTC },
            now: jiff::Timestamp::UNIX_EPOCH,
            proposal: None,
            has_viewer: false,
            grafana_url: None,
        }
    }

    fn answer(cards: Vec<Card>) -> Answer {
        Answer {
            cards,
            ..samples::answer()
        }
    }

    fn next_month() -> FareCalendar {
        let mut calendar = samples::calendar();
        for day in &mut calendar.days {
            day.date = day.date.saturating_add(jiff::ToSpan::days(31));
        }
        calendar
    }

    #[test]
    fn months_of_one_trip_are_one_calendar_and_trips_are_not() {
        let january = samples::calendar();
        let count = january.days.len() + next_month().days.len();
        let other_stay = FareCalendar {
            stay_days: None,
            ..next_month()
        };
        let cards = vec![
            Card::FareCalendar(next_month()),
            Card::FareCalendar(january),
            Card::FareCalendar(other_stay),
        ];
        let found = calendars(&answer(cards));
        let days: Vec<_> = found.iter().map(|calendar| calendar.days.len()).collect();
        assert_eq!(days, [count, next_month().days.len()]);
        assert!(found[0].days.is_sorted_by_key(|day| day.date));
    }

    #[test]
    fn days_come_after_the_offers_that_were_found_on_one() {
        let offers = Card::FlightOffers {
            offers: samples::offers(),
            more: 0,
        };
        let calendar = Card::FareCalendar(samples::calendar());
        let both = Cards::of(&answer(vec![calendar.clone(), offers]), &around());
        assert!(matches!(both.first[..], [CardView::Flights(_)]));
        assert!(matches!(both.after[..], [CardView::Calendar(_)]));
        let alone = Cards::of(&answer(vec![calendar]), &around());
        assert!(matches!(alone.first[..], [CardView::Calendar(_)]) && alone.after.is_empty());
    }

    #[test]
    fn a_proposal_stands_below_its_offer_and_by_itself_without_one() {
        let answer = samples::answer();
        let cards = Cards::of(&answer, &around());
        assert!(cards.proposal.is_none());
        let html = cards.first[0].render().unwrap();
        let proposed = html.split_once("class=\"proposal ").unwrap().0;
        assert_eq!(
            proposed.matches("<li class=\"offer-item").count(),
            1,
            "below the first offer"
        );
        let later = Answer {
            cards: Vec::new(),
            ..answer
        };
        assert!(Cards::of(&later, &around()).proposal.is_some());
    }
}
