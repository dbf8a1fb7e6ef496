//! An agent with one capability removed: the others answer as before, and what is gone is said to be
//! gone. Who adds a capability adds what it is asked.

use std::sync::Arc;

use agent::{
    Agent,
    capability::{self, Sources},
    event::{TurnEnd, TurnEvent},
    faults::Faults,
    llm::Chain,
    locale::Locale::{self, En, Fr},
    planner::Planner,
    turn::TurnRequest,
};
use futures::StreamExt;

use super::support::{PATIENT, TOOL_TIMEOUT, request};

/// What a capability is asked, the tool that answers, and words of which one says that it is not here.
struct Asked {
    capability: &'static str,
    messages: [(Locale, &'static str); 2],
    tool: &'static str,
    gone: [&'static str; 2],
}

const ALL: &[Asked] = &[
    Asked {
        capability: "flights",
        messages: [
            (Fr, "Un vol Lyon – New York le 12 janvier, retour le 20"),
            (
                En,
                "A flight from Lyon to New York on January 12, back on the 20th",
            ),
        ],
        tool: "search_flights",
        gone: ["pas disponible ici", "not available here"],
    },
    Asked {
        capability: "place",
        messages: [
            (Fr, "Quelle heure est-il à Tokyo ?"),
            (En, "What time is it in Tokyo?"),
        ],
        tool: "get_place_facts",
        gone: ["pas accès aux fiches des lieux ici", "not available here"],
    },
    Asked {
        capability: "stays",
        messages: [
            (Fr, "Un hôtel à Lisbonne du 3 au 6 mars"),
            (En, "A hotel in Lisbon from 3 to 6 March"),
        ],
        tool: "search_hotels",
        gone: ["pas d’hôtels", "not hotels"],
    },
];

fn without(names: &[&str]) -> Arc<Agent> {
    let sources = Sources::offline();
    let tools = capability::registry_without(names, TOOL_TIMEOUT, Faults::default(), &sources);
    let chain = Chain::new(vec![Arc::new(Planner)], PATIENT);
    Arc::new(Agent::new(tools, Faults::default()).on(chain))
}

/// The tools that answered, and the reply.
async fn said(agent: &Arc<Agent>, locale: Locale, message: &str) -> (Vec<String>, String) {
    let turn = TurnRequest {
        locale: Some(locale),
        ..request(message)
    };
    let (mut tools, mut reply) = (Vec::new(), String::new());
    let events: Vec<_> = agent.run_turn(turn).collect().await;
    for event in events {
        match event {
            TurnEvent::ToolStarted { name, .. } => tools.push(name),
            TurnEvent::Delta(text) => reply.push_str(&text),
            TurnEvent::Ended { end, .. } => assert_eq!(end, TurnEnd::Ok, "{message}"),
            _ => {}
        }
    }
    (tools, reply)
}

#[tokio::test]
async fn each_can_be_removed_and_the_others_still_answer() {
    for removed in ALL.iter().map(|asked| asked.capability) {
        let agent = without(&[removed]);
        for asked in ALL {
            for ((locale, message), gone) in asked.messages.into_iter().zip(asked.gone) {
                let (tools, reply) = said(&agent, locale, message).await;
                let answered = tools.iter().any(|tool| tool == asked.tool);
                let is_gone = asked.capability == removed;
                assert_eq!(
                    answered, !is_gone,
                    "without {removed}: {message} -> {tools:?}"
                );
                assert_eq!(
                    reply.contains(gone),
                    is_gone,
                    "without {removed}: {message} -> {reply}"
                );
            }
        }
    }
}

#[tokio::test]
async fn open_days_need_no_search_either() {
    let agent = without(&["flights"]);
    for (locale, message, gone) in [
        (
            Fr,
            "Un vol Lyon – Rome en mars, le moins cher",
            "pas disponible ici",
        ),
        (
            En,
            "The cheapest flight from Lyon to Rome in March",
            "not available here",
        ),
    ] {
        let (tools, reply) = said(&agent, locale, message).await;
        assert!(
            tools.is_empty() && reply.contains(gone),
            "{tools:?} {reply}"
        );
    }
}

#[test]
fn every_capability_of_the_list_is_asked() {
    let asked: Vec<_> = ALL.iter().map(|asked| asked.capability).collect();
    assert_eq!(capability::names().collect::<Vec<_>>(), asked);
}
