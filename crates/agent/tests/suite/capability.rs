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

/// What a capability is asked, and the tool that answers.
struct Asked {
    capability: &'static str,
    messages: [(Locale, &'static str); 2],
    tool: &'static str,
}

/// How it is said that something is not here, in French and in English.
const GONE: [&[&str]; 2] = [
    &[
        "pas disponible ici",
        "pas accès aux fiches des lieux ici",
        "ne peux pas répondre",
        "ne cherche pour l’instant que des vols",
        "ne sais pas choisir une destination",
        "Je n’ai ni la météo",
        "Je n’ai pas de données",
    ],
    &[
        "not available here",
        "cannot answer",
        "For now I search flights only",
        "cannot pick a destination",
        "I have neither live weather",
        "I have no reliable data",
    ],
];

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
    },
    Asked {
        capability: "place",
        messages: [
            (Fr, "Quelle heure est-il à Tokyo ?"),
            (En, "What time is it in Tokyo?"),
        ],
        tool: "get_place_facts",
    },
    Asked {
        capability: "stays",
        messages: [
            (Fr, "Un hôtel à Lisbonne du 3 au 6 mars"),
            (En, "A hotel in Lisbon from 3 to 6 March"),
        ],
        tool: "search_hotels",
    },
    Asked {
        capability: "map",
        messages: [
            (Fr, "Montre-moi Lyon – New York sur une carte"),
            (En, "Show me Lyon to New York on a map"),
        ],
        tool: "generate_travel_map",
    },
    Asked {
        capability: "destination",
        messages: [
            (Fr, "Quel temps fait-il à Bangkok en août ?"),
            (En, "What is the weather like in Bangkok in August?"),
        ],
        tool: "get_destination_context",
    },
    Asked {
        capability: "costs",
        messages: [
            (Fr, "Quel budget pour 10 jours à Lisbonne en mai à deux ?"),
            (En, "What budget for 10 days in Lisbon in May for two?"),
        ],
        tool: "calculate_total_cost",
    },
    Asked {
        capability: "sights",
        messages: [
            (Fr, "Que voir à Lisbonne ?"),
            (En, "What is there to see in Lisbon?"),
        ],
        tool: "find_cultural_activities",
    },
    Asked {
        capability: "restaurants",
        messages: [
            (Fr, "Que manger à Lisbonne ?"),
            (En, "What should I eat in Lisbon?"),
        ],
        tool: "recommend_restaurants",
    },
    Asked {
        capability: "trips",
        messages: [
            (Fr, "Exporte le voyage en markdown"),
            (En, "Export the trip as markdown"),
        ],
        tool: "export_trip",
    },
    Asked {
        capability: "suggest",
        messages: [
            (Fr, "Où partir au soleil en février depuis Lyon ?"),
            (En, "Somewhere warm in February from Lyon?"),
        ],
        tool: "suggest_destinations",
    },
    Asked {
        capability: "itinerary",
        messages: [
            (Fr, "Un itinéraire à Madrid du 4 au 6 mai"),
            (En, "Plan my days in Madrid from 4 to 6 May"),
        ],
        tool: "create_visit_itinerary",
    },
    Asked {
        capability: "window",
        messages: [
            (
                Fr,
                "Quand est-ce le moins cher pour 7 nuits à Lisbonne en mai depuis Lyon ?",
            ),
            (
                En,
                "When is it cheapest for seven nights in Lisbon in May from Lyon?",
            ),
        ],
        tool: "find_trip_window",
    },
    Asked {
        capability: "package",
        messages: [
            (
                Fr,
                "Une formule vol + hôtel Lyon – Lisbonne du 3 au 8 mars pour deux",
            ),
            (
                En,
                "A package with flight and hotel from Lyon to Lisbon, 3 to 8 March, for two",
            ),
        ],
        tool: "recommend_best_package",
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
            for ((locale, message), gone) in asked.messages.into_iter().zip(GONE) {
                let (tools, reply) = said(&agent, locale, message).await;
                let answered = tools.iter().any(|tool| tool == asked.tool);
                let is_gone = asked.capability == removed;
                assert_eq!(
                    answered, !is_gone,
                    "without {removed}: {message} -> {tools:?}"
                );
                assert_eq!(
                    gone.iter().any(|words| reply.contains(words)),
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
