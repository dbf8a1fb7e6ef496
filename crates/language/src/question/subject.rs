//! What a clause is about.

use std::ops::Range;

use super::{pairs, stands};
use crate::{
    mention::money,
    text::{
        lexicon::Meaning,
        numbers::cardinal,
        tokens::{Gap, Tokens},
        words,
    },
    topic::Topic,
};

/// The headings of `lexicon/{fr,en}/topic.txt` in the order in which they count: the narrow before the
/// wide.
const ORDER: &[(Meaning, Topic)] = &[
    (Meaning::TopicAssistance, Topic::Assistance),
    (Meaning::TopicPets, Topic::Pets),
    (Meaning::TopicLoyalty, Topic::Loyalty),
    (Meaning::TopicUndo, Topic::Undo),
    (Meaning::TopicExport, Topic::Export),
    (Meaning::TopicOfferDetails, Topic::OfferDetails),
    (Meaning::TopicCheck, Topic::Check),
    (Meaning::TopicRelax, Topic::Relax),
    (Meaning::TopicSchoolHolidays, Topic::SchoolHolidays),
    (Meaning::TopicHolidays, Topic::Holidays),
    (Meaning::TopicCost, Topic::Cost),
    (Meaning::TopicAllIn, Topic::Package),
    (Meaning::TopicMap, Topic::Map),
    (Meaning::TopicDays, Topic::Itinerary),
    (Meaning::TopicOverview, Topic::Overview),
    (Meaning::TopicPhrases, Topic::Phrases),
    (Meaning::TopicTimeDifference, Topic::TimeDifference),
    (Meaning::TopicSuggest, Topic::Suggest),
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
    (Meaning::TopicDistance, Topic::Distance),
    (Meaning::TopicTransfer, Topic::Transfer),
    (Meaning::TopicQuarters, Topic::Quarters),
    (Meaning::TopicRental, Topic::Rental),
    (Meaning::TopicHotel, Topic::Hotel),
    (Meaning::TopicQuartersWeak, Topic::Quarters),
    (Meaning::TopicCar, Topic::Car),
    (Meaning::TopicGround, Topic::Ground),
    (Meaning::TopicFood, Topic::Food),
    (Meaning::TopicSights, Topic::Sights),
    (Meaning::TopicCurrency, Topic::Currency),
    (Meaning::TopicTime, Topic::Time),
    (Meaning::TopicItinerary, Topic::Itinerary),
    (Meaning::TopicPackage, Topic::Package),
    (Meaning::TopicIdea, Topic::Suggest),
    (Meaning::QuestionInspiration, Topic::Suggest),
];

/// Most tokens from "if" to the weather that it supposes: "s'il y a de la pluie".
const CASE_WITHIN: usize = 6;

/// What a clause is about, and the words that tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) topic: Topic,
    /// The words that tell it.
    pub(super) words: Range<usize>,
    /// What of the words is used: others say of the trip as well what they say here.
    pub(super) used: Vec<Range<usize>>,
}

impl Subject {
    fn new(topic: Topic, words: Range<usize>) -> Self {
        Self {
            topic,
            used: vec![words.clone()],
            words,
        }
    }
}

/// The topic of a clause and the words that tell it; `None` where it has none.
pub(super) fn of(tokens: &Tokens<'_>, clause: &Range<usize>) -> Option<Subject> {
    but(tokens, clause, None)
}

/// What a clause is about where it is not about `other`.
pub(super) fn but(
    tokens: &Tokens<'_>,
    clause: &Range<usize>,
    other: Option<Topic>,
) -> Option<Subject> {
    let found = clause.clone().flat_map(|at| tokens.found_at(at));
    let whole = found.filter(|found| found.at + found.length <= clause.end);
    let ranked = whole.filter_map(|found| {
        let rank = ORDER
            .iter()
            .position(|(meaning, _)| *meaning == found.meaning)?;
        Some((rank, found.at..found.at + found.length))
    });
    let meant = ranked.filter(|(rank, words)| {
        let topic = ORDER[*rank].1;
        Some(topic) != other && !is_denied(tokens, clause, topic, words)
    });
    let best = meant.min_by_key(|(rank, words)| (*rank, words.start, usize::MAX - words.len()));
    let rank = best.as_ref().map(|(rank, _)| *rank);
    let named = best.map(|(rank, words)| Subject::new(ORDER[rank].1, words));
    let topic = named.as_ref().map(|named| named.topic);
    if let Some((before, paired)) = pairs::of(tokens, clause)
        && rank.is_none_or(|rank| before.is_none_or(|topic| rank >= place(topic)))
    {
        return Some(paired);
    }
    match topic {
        // "100 euros in local money" asks for more than the name of the currency.
        None | Some(Topic::Currency) if is_exchange(tokens, clause) => {
            let said = said_exchange(tokens, clause);
            let words = said.unwrap_or_else(|| clause.clone());
            Some(Subject::new(Topic::Exchange, words))
        }
        None | Some(Topic::Time | Topic::Weather) if has_flight_number(tokens, clause) => {
            Some(Subject::new(Topic::FlightStatus, clause.clone()))
        }
        Some(Topic::Other) => None,
        _ => named,
    }
}

/// Where a topic stands in the order.
fn place(topic: Topic) -> usize {
    let place = ORDER.iter().position(|(_, other)| *other == topic);
    place.unwrap_or(ORDER.len())
}

/// Whether words that tell a topic elsewhere do not tell it here.
fn is_denied(
    tokens: &Tokens<'_>,
    clause: &Range<usize>,
    topic: Topic,
    words: &Range<usize>,
) -> bool {
    let says = |meanings: &[Meaning]| {
        meanings
            .iter()
            .any(|meaning| stands(tokens, clause, *meaning))
    };
    let asked_for = |meanings: &[Meaning]| {
        let before = clause.start..words.start;
        meanings
            .iter()
            .any(|meaning| stands(tokens, &before, *meaning))
    };
    match topic {
        // The "group chat" is no cat.
        Topic::Pets => tokens
            .all(Meaning::TopicNone)
            .any(|none| none.start <= words.start && words.end <= none.end),
        // "Does it fit in 300 per person" is of money.
        Topic::Check if says(&[Meaning::TopicCostAll]) && says(&[Meaning::TopicCost]) => true,
        // "Museums for days of snow"
        Topic::Weather => {
            let days = tokens.preceded(words.start, words::PARTICLE_DE);
            says(&[Meaning::TopicSightsNoun]) && days
                || says(&[Meaning::TopicSightsNoun, Meaning::TopicSights])
                    && is_a_case(tokens, words)
        }
        // "In which area do we eat?"
        Topic::Quarters => tokens.means(words.end, Meaning::TopicFood).is_some(),
        // "Make me a realistic itinerary" judges none.
        Topic::Check
            if asked_for(&[Meaning::QuestionRequest, Meaning::TopicPlanVerb])
                && tokens
                    .all(Meaning::TopicDays)
                    .any(|days| days.start <= words.start && words.end < days.end) =>
        {
            true
        }
        // "Not too expensive" asks for nothing to be left out, and "nothing too rushed" for no judgement.
        Topic::Relax | Topic::Check => tokens
            .means_before(words.start, Meaning::PolarityNegation)
            .is_some(),
        // "A 12-day trip" says how long.
        Topic::Itinerary => words
            .start
            .checked_sub(1)
            .is_some_and(|at| cardinal(tokens, at).is_some()),
        // "What is near the Brandenburg Gate" asks for no gate.
        Topic::FlightStatus => says(&[Meaning::TopicNearby]) && says(&[Meaning::TopicNearbyAsk]),
        // "Within walking distance of the Prado" asks for no distance.
        Topic::Distance => says(&[Meaning::TopicNearby]) && says(&[Meaning::TopicNearbyAsk]),
        // "The total of 3 adults" counts them, and "over the luggage limit" spends nothing.
        Topic::Cost
            if tokens.is(words.end, words::PARTICLE_OF)
                && tokens.number(words.end + 1).is_some()
                || says(&[Meaning::TopicBaggage]) && !says(&[Meaning::TopicCostAll]) =>
        {
            true
        }
        // A "map-loving husband" asks for none.
        Topic::Map if tokens.gap(words.end) == Gap::Hyphen => true,
        // "Flights, 200 euros all in" is of their price.
        Topic::Package => {
            let anywhere = |meaning| tokens.all(meaning).next().is_some();
            let nights = [
                Meaning::TopicHotel,
                Meaning::TopicRental,
                Meaning::TopicNights,
            ];
            let mut packages = tokens.all(Meaning::TopicAllIn);
            let all = tokens.means(words.start, Meaning::TopicCostAll).is_some();
            all && anywhere(Meaning::QuestionSpeaksOfFlights)
                && !nights.into_iter().any(anywhere)
                && packages.all(|other| other.start == words.start)
        }
        // What a flat or a car costs is said with it.
        Topic::Cost => says(&[
            Meaning::TopicRental,
            Meaning::TopicCar,
            Meaning::TopicGround,
            Meaning::TopicAllIn,
        ]),
        // "Somewhere to stay" says where to sleep, "somewhere" alone where to go.
        Topic::Suggest | Topic::Map | Topic::Safety | Topic::Visa => words.clone().any(|at| {
            tokens.found_at(at).iter().any(|found| {
                let other = ORDER.iter().find(|(meaning, _)| *meaning == found.meaning);
                let longer = found.at + found.length > words.end;
                other.is_some_and(|(_, other)| *other != topic) && longer
            })
        }),
        _ => false,
    }
}

/// Whether weather is a case to prepare for, as in "museums for when it rains", and no subject.
fn is_a_case(tokens: &Tokens<'_>, words: &Range<usize>) -> bool {
    let mut before = words.start.saturating_sub(CASE_WITHIN)..words.start;
    before.any(|at| tokens.is(at, words::QUESTION_IN_CASE))
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
