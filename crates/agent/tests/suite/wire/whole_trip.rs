//! A whole trip, every tool that plans it, through both adapters: the cards and the trip are those of
//! the built-in model.
//!
//! The trip is planned on the built-in model first. What that model did, round by round, becomes the
//! script of a server that speaks the provider's protocol.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use agent::{
    Agent,
    agent::{Classify, Options},
    capability::{self, Sources},
    conversation::{ConversationState, PastMessage},
    event::{Card, TurnEnd, TurnEvent},
    faults::Faults,
    llm::Chain,
    locale::Locale,
    transcript::TranscriptBuilder,
    trip::Trip,
    turn::TurnRequest,
};
use futures::StreamExt;
use serde_json::Value;
use testkit::llm::{Answer, Cuts, Entry, LlmRequest, Protocol};

use super::{
    super::support::{TOOL_TIMEOUT, request},
    scene::{CALM, model, serve},
};

/// Sunday, 29 November 2026.
const NOW: &str = "2026-11-29T09:00:00+01:00[Europe/Paris]";

const FRENCH: [&str; 17] = [
    "où partir 4 jours au soleil en mars depuis Lyon, à deux ?",
    "quelles sont les dates les moins chères en mars pour 4 nuits à Lisbonne ?",
    "alors du 11 au 15 mars, un vol aller-retour",
    "détaille-moi la deuxième offre",
    "un hôtel correct là-bas ?",
    "et un appartement ?",
    "quel temps fait-il à Lisbonne en mars ?",
    "que voir à Lisbonne comme musées ?",
    "qu’y a-t-il à voir autour de la tour de Belém ?",
    "où manger à Lisbonne ?",
    "fais-nous un programme pour ces jours",
    "voici mon programme, est-il faisable ? Jour 1 : matin Tour de Belém, après-midi Castelo de São Jorge",
    "le jour 2 sur une carte",
    "combien coûte le voyage en tout ?",
    "propose-nous un forfait complet, vol et hôtel",
    "va pour l’équilibrée",
    "exporte le voyage dans mon agenda",
];

const ENGLISH: [&str; 17] = [
    "where could we go for 4 days of sun in March from Lyon, two of us?",
    "which dates are cheapest in March for 4 nights in Lisbon?",
    "then 11 to 15 March, a return flight",
    "details of the second one?",
    "a mid-range hotel there?",
    "and an apartment?",
    "what is the weather like in Lisbon in March?",
    "which museums are there to see in Lisbon?",
    "what is there to see around Belém Tower?",
    "where to eat in Lisbon?",
    "make us an itinerary for these days",
    "here is my plan, is it feasible? Day 1: morning Belém Tower, afternoon Castelo de São Jorge",
    "day 2 on a map",
    "what does the trip cost in all?",
    "recommend us a complete package, flight and hotel",
    "let’s go for the balanced package",
    "export the trip to my calendar",
];

/// The tools that plan a trip.
const PLANNING: [&str; 15] = [
    "suggest_destinations",
    "find_trip_window",
    "search_flights",
    "get_flight_details",
    "search_hotels",
    "search_vacation_rentals",
    "get_destination_context",
    "find_cultural_activities",
    "find_nearby_attractions",
    "recommend_restaurants",
    "create_visit_itinerary",
    "check_itinerary",
    "generate_travel_map",
    "calculate_total_cost",
    "recommend_best_package",
];

/// What the model said in one round: its text, and its calls with their results.
#[derive(Clone, Debug, Default)]
struct Round {
    text: String,
    calls: Vec<(String, Value)>,
}

/// The rounds of a turn by all that the person has written up to then.
type Script = HashMap<Vec<String>, Vec<Round>>;

/// What a turn came to.
#[derive(Debug)]
struct Done {
    rounds: Vec<Round>,
    cards: Vec<Card>,
    /// The panel, each time that it changed.
    panels: Vec<Trip>,
    state: ConversationState,
    reply: String,
}

impl Done {
    fn of(events: &[TurnEvent]) -> Self {
        let mut done = Self {
            rounds: Vec::new(),
            cards: Vec::new(),
            panels: Vec::new(),
            state: ConversationState::default(),
            reply: String::new(),
        };
        for event in events {
            match event {
                TurnEvent::Round { .. } => done.rounds.push(Round::default()),
                TurnEvent::Delta(text) => {
                    done.reply += text;
                    done.rounds.last_mut().unwrap().text += text;
                }
                TurnEvent::ToolStarted {
                    name, arguments, ..
                } => {
                    let call = (name.clone(), arguments.clone());
                    done.rounds.last_mut().unwrap().calls.push(call);
                }
                TurnEvent::ToolFinished { success, error, .. } => {
                    assert!(success, "{error:?} {:?}", done.rounds);
                }
                TurnEvent::Card(card) => done.cards.push(card.clone()),
                TurnEvent::Planned(trip) => done.panels.push((**trip).clone()),
                TurnEvent::Ungrounded(facts) => panic!("{facts:?} in {}", done.reply),
                TurnEvent::Ended { end, state } => {
                    assert_eq!(end, &TurnEnd::Ok, "{events:#?}");
                    done.state = (**state).clone();
                }
                _ => {}
            }
        }
        done
    }
}

fn every_tool() -> Agent {
    let tools = capability::registry(TOOL_TIMEOUT, Faults::default(), &Sources::offline());
    Agent::new(tools, Faults::default())
}

/// Says the messages one after the other.
async fn have(agent: Agent, locale: Locale, messages: &[&str]) -> Vec<Done> {
    let agent = Arc::new(agent);
    let (mut state, mut history) = (ConversationState::default(), Vec::new());
    let mut turns = Vec::new();
    for message in messages {
        let turn = TurnRequest {
            history: history.clone(),
            state,
            locale: Some(locale),
            fallback_locale: locale,
            now: NOW.parse().unwrap(),
            ..request(message)
        };
        let events: Vec<_> = agent.run_turn(turn).collect().await;
        let mut transcript = TranscriptBuilder::default();
        events.iter().for_each(|event| transcript.push(event));
        let done = Done::of(&events);
        state = done.state.clone();
        let past = |by_agent, text: &str, transcript| {
            Arc::new(PastMessage {
                by_agent,
                text: text.to_owned(),
                transcript,
            })
        };
        history.push(past(false, message, Vec::new()));
        history.push(past(true, &done.reply, transcript.finish()));
        turns.push(done);
    }
    turns
}

/// What the script says to a request; the results of the round before are in it, one for each call.
fn reply(script: &Script, request: &LlmRequest) -> Answer {
    let entries = request.conversation();
    let said: Vec<_> = entries.iter().filter_map(written).collect();
    let is_user = |entry: &Entry| matches!(entry, Entry::User(_));
    let last = entries.iter().rposition(is_user).expect("a person");
    let is_answer = |entry: &&Entry| matches!(entry, Entry::Assistant { .. });
    let made = entries[last..].iter().filter(is_answer).count();
    let rounds = script.get(&said).unwrap_or_else(|| panic!("{said:?}"));
    let results = request.tool_results();
    let asked = made.checked_sub(1).map_or(0, |at| rounds[at].calls.len());
    assert_eq!(results.len(), asked, "{results:?}");
    assert!(results.iter().all(|result| !result.text.trim().is_empty()));
    let offered = request.tool_names();
    let mut answer = Answer::text(&rounds[made].text);
    for (name, arguments) in &rounds[made].calls {
        assert!(offered.contains(&&**name), "{name} is none of {offered:?}");
        answer = answer.and_call(name, arguments.clone());
    }
    answer.cut(Cuts::Random(request.number as u64))
}

/// What the person has written, without the agent's note after it.
fn written(entry: &Entry) -> Option<String> {
    let Entry::User(text) = entry else {
        return None;
    };
    let (said, _) = text.split_once("\n\n<context>").expect("a note");
    Some(said.to_owned())
}

/// The trip on a remote model comes to what it came to on the built-in one.
async fn assert_the_same(protocol: Protocol, locale: Locale, messages: &'static [&'static str]) {
    let before = have(every_tool(), locale, messages).await;
    let called: BTreeSet<&str> = before
        .iter()
        .flat_map(|turn| &turn.rounds)
        .flat_map(|round| round.calls.iter().map(|(name, _)| &**name))
        .collect();
    let missing: Vec<_> = PLANNING
        .iter()
        .filter(|tool| !called.contains(*tool))
        .collect();
    let rounds = before.iter().map(|turn| (&turn.rounds, &turn.state.trip));
    let rounds: Vec<_> = rounds.zip(messages).collect();
    assert!(missing.is_empty(), "{missing:?} in {rounds:#?}");
    let said = |upto: usize| messages[..=upto].iter().map(|text| (*text).to_owned());
    let script: Script = (0..)
        .zip(&before)
        .map(|(at, turn)| (said(at).collect(), turn.rounds.clone()))
        .collect();
    let server = serve(move |request| reply(&script, request)).await;
    let chain = Chain::new(vec![model(protocol, &server)], CALM).with_random(|| 0.0);
    let options = Options {
        classify: Classify::Off,
        ..Options::default()
    };
    let again = have(every_tool().on(chain).with(options), locale, messages).await;
    for ((again, before), message) in again.iter().zip(&before).zip(messages) {
        assert_eq!(again.cards, before.cards, "{message}");
        assert_eq!(again.panels, before.panels, "{message}");
        assert_eq!(again.state.plan, before.state.plan, "{message}");
        assert_eq!(again.reply, before.reply, "{message}");
    }
    let rounds: usize = before.iter().map(|turn| turn.rounds.len()).sum();
    assert_eq!(server.requests().len(), rounds);
    // What was planned is a trip and no list of answers.
    let plan = &again.last().unwrap().state.plan;
    let is_whole = plan.flight.is_some() && plan.stays.len() == 1 && plan.days.len() == 1;
    assert!(is_whole, "{plan:#?}");
    assert!(plan.cost.is_some(), "{plan:?}");
}

#[tokio::test]
async fn a_model_of_openai_plans_the_trip_of_the_built_in_one() {
    assert_the_same(Protocol::OpenAi, Locale::Fr, &FRENCH).await;
    assert_the_same(Protocol::OpenAi, Locale::En, &ENGLISH).await;
}

#[tokio::test]
async fn a_model_of_anthropic_plans_the_trip_of_the_built_in_one() {
    assert_the_same(Protocol::Anthropic, Locale::Fr, &FRENCH).await;
    assert_the_same(Protocol::Anthropic, Locale::En, &ENGLISH).await;
}
