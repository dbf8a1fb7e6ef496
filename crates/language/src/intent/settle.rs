//! What a message wants in the end: the classifier's verdict against what the message says and where
//! it is said. The one place that decides.

use super::Intent;
use crate::{
    mention::correction::is_correction,
    pending::Pending,
    question::{Question, is_only_a_question},
    reading::{Reading, SlotName},
    topic::Topic,
    wish::{Polarity, Wish},
};

/// From this confidence on, a short answer that names nothing is taken for what it seems to be.
const SURE: f32 = 0.9;
/// Most words of an answer to a question.
const SHORT: usize = 2;

/// What is known of a message besides the classifier's verdict.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The message.
    pub text: &'a str,
    /// What it says.
    pub reading: &'a Reading,
    /// What the agent waited for.
    pub asked: Option<&'a Pending>,
    /// Both ends of the trip are known.
    pub planned: bool,
    /// It is a question about the offers that are shown, or asks for more of them.
    pub about_offers: bool,
}

/// What the message wants.
#[must_use]
pub fn settle(intent: Intent, confidence: f32, evidence: &Evidence<'_>) -> Intent {
    if evidence.completes_a_question(intent) || evidence.asks_of_the_whole(intent) {
        return Intent::TravelInfo;
    }
    // "cancel the return" is of the trip that is planned.
    if intent == Intent::BookingManagement
        && evidence.refines()
        && !evidence.reading.changes.is_empty()
    {
        return Intent::Planning;
    }
    let plans = intent != Intent::BookingManagement
        && (evidence.changes_the_trip(intent, confidence)
            || evidence.orders(intent)
            || evidence.goes_on(intent)
            || evidence.asks_beside_a_trip(intent)
            || evidence.says_a_trip(intent)
            || evidence.consents_to_search(intent));
    if plans || evidence.fills_a_trip(intent, confidence) {
        return Intent::Planning;
    }
    if evidence.asks_a_tool(intent) {
        return Intent::TravelInfo;
    }
    intent
}

impl Evidence<'_> {
    /// It says more of the trip that is being planned: "under 900 euros", "rather in August". With a
    /// yes or a no, what it changes is what it is about.
    fn changes_the_trip(&self, intent: Intent, confidence: f32) -> bool {
        self.reading.change_trip()
            && match intent {
                Intent::Confirmation | Intent::Rejection => true,
                Intent::SmallTalk | Intent::OutOfScope | Intent::TravelInfo => {
                    self.refines() && (confidence < SURE || self.changes_or_refuses())
                        || self.corrects_a_place()
                }
                Intent::Planning | Intent::BookingManagement => false,
            }
    }

    /// It asks for something that a tool of its own answers, whatever else it sounds like: "great, and
    /// what shall we see there?" A message that asks is no yes, so nothing is confirmed less.
    fn asks_a_tool(&self, intent: Intent) -> bool {
        let other = !matches!(intent, Intent::Planning | Intent::TravelInfo);
        other
            && self
                .reading
                .asked()
                .any(|question| question.topic.is_planned())
    }

    /// It only says in which order the flights are wanted: "sort by price".
    fn orders(&self, intent: Intent) -> bool {
        let reading = self.reading;
        let other = matches!(
            intent,
            Intent::Rejection | Intent::SmallTalk | Intent::OutOfScope | Intent::TravelInfo
        );
        let only = reading.sort.is_some() && reading.choice.is_none() && !reading.change_trip();
        other && only && self.refines() && !self.text.contains('?')
    }

    /// It is about the trip that is planned, and names no place.
    const fn refines(&self) -> bool {
        self.planned && self.reading.origin.is_none() && self.reading.destination.is_none()
    }

    /// It changes the trip, or drops or refuses something of it, and asks nothing.
    fn changes_or_refuses(&self) -> bool {
        let drops =
            |wish: &Wish| matches!(wish.polarity, Polarity::Refused | Polarity::Indifferent);
        let asks = self.text.contains('?');
        !self.reading.changes.is_empty() || !asks && self.reading.wishes.iter().any(drops)
    }

    /// It corrects a place of the trip that is planned: "I mean Naples in Florida".
    fn corrects_a_place(&self) -> bool {
        let names = self.reading.origin.is_some() || self.reading.destination.is_some();
        self.planned && names && is_correction(self.text)
    }

    /// It goes on from the offers that were shown.
    fn goes_on(&self, intent: Intent) -> bool {
        matches!(intent, Intent::SmallTalk | Intent::OutOfScope)
            && self.about_offers
            && !self.reading.change_trip()
    }

    /// The place that the agent asked for, to answer the question before.
    fn completes_a_question(&self, intent: Intent) -> bool {
        let asks = matches!(self.asked, Some(Pending::Topic { .. }));
        let open = matches!(
            intent,
            Intent::Planning | Intent::SmallTalk | Intent::OutOfScope
        );
        asks && open && !self.reading.change_trip() && self.reading.asked().next().is_some()
    }

    /// It asks what the trip that is planned costs or could do without, or what an offer is: "too dear, what can go?" needs
    /// what small talk does not.
    fn asks_of_the_whole(&self, intent: Intent) -> bool {
        let of_the_whole = |question: &Question| {
            matches!(
                question.topic,
                Topic::Cost | Topic::Relax | Topic::Package | Topic::Window | Topic::OfferDetails
            )
        };
        self.planned
            && matches!(intent, Intent::SmallTalk | Intent::OutOfScope)
            && self.reading.asked().any(of_the_whole)
    }

    /// A whole trip stands beside the question.
    fn asks_beside_a_trip(&self, intent: Intent) -> bool {
        let whole = self.reading.origin.is_some() && self.reading.destination.is_some();
        intent == Intent::TravelInfo && whole && !is_only_a_question(self.text)
    }

    /// It says where to and when, for how long or for whom, nothing of it is left over, and it asks
    /// nothing: "I want to go to Montreal in August".
    fn says_a_trip(&self, intent: Intent) -> bool {
        let reading = self.reading;
        let open = matches!(
            intent,
            Intent::SmallTalk | Intent::OutOfScope | Intent::TravelInfo
        );
        let more = reading.depart_date.is_some()
            || reading.stay_days.is_some()
            || reading.passengers.is_some();
        let asks = self.text.contains('?') || reading.asked().next().is_some();
        open && more && reading.destination.is_some() && reading.left_over.is_empty() && !asks
    }

    /// A yes to the question whether to search.
    fn consents_to_search(&self, intent: Intent) -> bool {
        intent == Intent::Confirmation
            && self.asked == Some(&Pending::Search)
            && self.reading.may_be_yes()
    }

    /// A route alone is a request, and so is what answers a question about the trip.
    fn fills_a_trip(&self, intent: Intent, confidence: f32) -> bool {
        let reading = self.reading;
        let asked = self.asked.and_then(Pending::awaited_slot);
        let read = reading.left_over.is_empty();
        let route = reading.origin.is_some() && reading.destination.is_some();
        // "For a flight from Muscat to Doha, how many bags can I take": the route belongs to the question.
        let asks = reading.asked().next().is_some();
        let of_a_question = intent == Intent::TravelInfo && asks && is_only_a_question(self.text);
        let route = route && !of_a_question;
        let answers = asked.is_some_and(|asked| fills(reading, asked));
        let is_short = self.text.split_whitespace().count() <= SHORT;
        let unclear = asked.is_some()
            && is_short
            && confidence < SURE
            && !matches!(intent, Intent::Confirmation | Intent::Rejection);
        let reserved = matches!(intent, Intent::Confirmation) && !reading.change_trip();
        !reserved && (read && (route || answers) || unclear)
    }
}

/// Whether the message says what was asked for.
fn fills(reading: &Reading, asked: SlotName) -> bool {
    match asked {
        SlotName::Origin | SlotName::Destination => {
            reading.origin.is_some()
                || reading.destination.is_some()
                || !reading.ambiguities.is_empty()
        }
        SlotName::DepartDate | SlotName::ReturnDate => {
            reading.depart_date.is_some()
                || reading.return_date.is_some()
                || reading.stay_days.is_some()
        }
        SlotName::Passengers => reading.passengers.is_some(),
    }
}
