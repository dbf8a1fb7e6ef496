//! What a clause is about.

use std::ops::Range;

use crate::{
    mention::money,
    text::{
        lexicon::Meaning,
        tokens::{Gap, Tokens},
    },
    topic::Topic,
};

/// The headings of `lexicon/{fr,en}/topic.txt` in the order in which they count: the narrow before the
/// wide.
const ORDER: &[(Meaning, Topic)] = &[
    (Meaning::TopicAssistance, Topic::Assistance),
    (Meaning::TopicPets, Topic::Pets),
    (Meaning::TopicLoyalty, Topic::Loyalty),
    (Meaning::TopicOverview, Topic::Overview),
    (Meaning::TopicPhrases, Topic::Phrases),
    (Meaning::TopicTimeDifference, Topic::TimeDifference),
    (Meaning::TopicFlightTime, Topic::FlightTime),
    (Meaning::TopicAirportCode, Topic::AirportCode),
    (Meaning::TopicDialling, Topic::Dialling),
    (Meaning::TopicLanguage, Topic::Language),
    (Meaning::TopicDriving, Topic::Driving),
    (Meaning::TopicNone, Topic::Other),
    (Meaning::TopicPlugs, Topic::Plugs),
    (Meaning::TopicLostBaggage, Topic::LostBaggage),
    (Meaning::TopicVisa, Topic::Visa),
    (Meaning::TopicHealth, Topic::Health),
    (Meaning::TopicBaggage, Topic::Baggage),
    (Meaning::TopicCheckIn, Topic::CheckIn),
    (Meaning::TopicOnBoard, Topic::OnBoard),
    (Meaning::TopicRights, Topic::Rights),
    (Meaning::TopicFlightStatus, Topic::FlightStatus),
    (Meaning::TopicWeather, Topic::Weather),
    (Meaning::TopicWhenToGo, Topic::WhenToGo),
    (Meaning::TopicEmergency, Topic::Emergency),
    (Meaning::TopicSafety, Topic::Safety),
    (Meaning::TopicMoney, Topic::Money),
    (Meaning::TopicInsurance, Topic::Insurance),
    (Meaning::TopicPhone, Topic::Phone),
    (Meaning::TopicTransfer, Topic::Transfer),
    (Meaning::TopicHotel, Topic::Hotel),
    (Meaning::TopicCar, Topic::Car),
    (Meaning::TopicGround, Topic::Ground),
    (Meaning::TopicFood, Topic::Food),
    (Meaning::TopicSights, Topic::Sights),
    (Meaning::TopicDistance, Topic::Distance),
    (Meaning::TopicCurrency, Topic::Currency),
    (Meaning::TopicTime, Topic::Time),
    (Meaning::TopicItinerary, Topic::Itinerary),
    (Meaning::TopicPackage, Topic::Package),
];

/// The topic of a clause and the words that tell it; `None` where it has none.
pub(super) fn of(tokens: &Tokens<'_>, clause: &Range<usize>) -> Option<(Topic, Range<usize>)> {
    let found = clause.clone().flat_map(|at| tokens.found_at(at));
    let whole = found.filter(|found| found.at + found.length <= clause.end);
    let ranked = whole.filter_map(|found| {
        let rank = ORDER
            .iter()
            .position(|(meaning, _)| *meaning == found.meaning)?;
        Some((rank, found.at..found.at + found.length))
    });
    let named = ranked
        .min_by_key(|(rank, words)| (*rank, words.start, usize::MAX - words.len()))
        .map(|(rank, words)| (ORDER[rank].1, words));
    let topic = named.as_ref().map(|(topic, _)| *topic);
    match topic {
        // "100 euros in local money" asks for more than the name of the currency.
        None | Some(Topic::Currency) if is_exchange(tokens, clause) => {
            let said = said_exchange(tokens, clause);
            Some((Topic::Exchange, said.unwrap_or_else(|| clause.clone())))
        }
        None | Some(Topic::Time | Topic::Weather) if has_flight_number(tokens, clause) => {
            Some((Topic::FlightStatus, clause.clone()))
        }
        Some(Topic::Other) => None,
        _ => named,
    }
}

/// Whether a clause is about an exchange: two currencies, an amount of one, or the words for it.
fn is_exchange(tokens: &Tokens<'_>, clause: &Range<usize>) -> bool {
    let named = clause.clone().filter_map(|at| money::currency(tokens, at));
    let mut currencies: Vec<_> = named.map(|(currency, _)| currency).collect();
    currencies.dedup();
    let counted = clause.clone().any(|at| tokens.number(at).is_some());
    currencies.len() > 1
        || (counted && !currencies.is_empty())
        || said_exchange(tokens, clause).is_some()
}

/// The words for an exchange.
fn said_exchange(tokens: &Tokens<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let said = |at| Some(at..at + tokens.means(at, Meaning::TopicExchange)?);
    clause.clone().find_map(said)
}

/// Whether a flight is named by its number: `AF225`, `U21234`.
fn has_flight_number(tokens: &Tokens<'_>, clause: &Range<usize>) -> bool {
    clause.clone().any(|at| {
        let letters = tokens.word(at).len();
        let digits = match tokens.gap(at + 1) {
            Gap::None => tokens.digits(at + 1),
            _ => 0,
        };
        tokens.is_word(at) && matches!((letters, digits), (2, 2..) | (1, 3..))
    })
}
