//! The built-in planner with the real tools: it says nothing that it does not know.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use agent::{
    Agent,
    context::Handed,
    conversation::{ConversationState, PastMessage},
    event::{Door, TurnEnd, TurnEvent},
    faults::Faults,
    grounding::{Ground, Ungrounded, WordGate, ungrounded},
    llm::{Chain, ChatModel, ChatRequest, Deadlines, ModelStream, Usage},
    locale::Locale,
    planner::Planner,
    prompt::tier::Mode,
    tools::ToolResults,
    travel::Currency,
    turn::TurnRequest,
};
use futures::StreamExt;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// The planner, and what it was asked last.
#[derive(Default)]
struct Overheard {
    request: Mutex<Option<Arc<ChatRequest>>>,
}

impl ChatModel for Overheard {
    fn provider(&self) -> &str {
        Planner.provider()
    }

    fn name(&self) -> &str {
        Planner.name()
    }

    fn server(&self) -> Option<(&str, u16)> {
        None
    }

    fn cost_usd(&self, usage: Usage) -> Option<f64> {
        Planner.cost_usd(usage)
    }

    fn stream(&self, request: Arc<ChatRequest>) -> ModelStream {
        *self.request.lock().unwrap() = Some(Arc::clone(&request));
        Planner.stream(request)
    }
}

struct Conversation {
    agent: Arc<Agent>,
    model: Arc<Overheard>,
    locale: Locale,
    history: Vec<Arc<PastMessage>>,
    state: ConversationState,
}

/// A reply, and the ground that it stands on.
struct Replied {
    text: String,
    tools: Vec<String>,
    request: Arc<ChatRequest>,
}

impl Replied {
    fn ground(&self) -> Ground {
        let handed = Handed::of(&self.request).unwrap();
        Ground::of(&self.request.messages, &handed.context, &handed.results)
    }

    fn ungrounded(&self) -> Vec<Ungrounded> {
        ungrounded(&self.text, &self.ground())
    }

    /// The same with the texts of tools only, as a stored prompt has them.
    fn ungrounded_in_texts(&self) -> Vec<Ungrounded> {
        let context = &Handed::of(&self.request).unwrap().context;
        let ground = Ground::of(&self.request.messages, context, &ToolResults::default());
        ungrounded(&self.text, &ground)
    }
}

impl Conversation {
    fn new(locale: Locale) -> Self {
        let tools = agent::capability::registry(
            Duration::from_secs(15),
            Faults::default(),
            &agent::capability::Sources::offline(),
        );
        let model = Arc::new(Overheard::default());
        let chain = Chain::new(vec![Arc::clone(&model) as _], Deadlines::default());
        Self {
            agent: Arc::new(Agent::new(tools, Faults::default()).on(chain)),
            model,
            locale,
            history: Vec::new(),
            state: ConversationState::default(),
        }
    }

    async fn say(&mut self, message: &str) -> Replied {
        let request = TurnRequest {
            conversation_id: Uuid::from_u128(1),
            message: message.to_owned(),
            decision: None,
            history: self.history.clone(),
            state: self.state.clone(),
            mode: Mode::Full,
            locale: Some(self.locale),
            fallback_locale: self.locale,
            month_first: false,
            now: "2026-11-22T10:00:00+01:00[Europe/Paris]".parse().unwrap(),
            currency: Currency::eur(),
            door: Door::Page,
            admitted_at: std::time::Instant::now(),
            deadline: Duration::from_secs(60),
            draining: CancellationToken::new(),
            use_builtin: false,
            capture_content: false,
            root: tracing::Span::none(),
        };
        let events: Vec<_> = self.agent.run_turn(request).collect().await;
        let (mut text, mut tools) = (String::new(), Vec::new());
        for event in events {
            match event {
                TurnEvent::Delta(more) => text.push_str(&more),
                TurnEvent::ToolStarted { name, .. } => tools.push(name),
                TurnEvent::Ended { end, state } => {
                    assert_eq!(end, TurnEnd::Ok);
                    self.state = *state;
                }
                _ => {}
            }
        }
        let past = |by_agent, text: &str| {
            Arc::new(PastMessage {
                by_agent,
                text: text.to_owned(),
                transcript: Vec::new(),
            })
        };
        self.history
            .extend([past(false, message), past(true, &text)]);
        let request = self.model.request.lock().unwrap().clone().unwrap();
        Replied {
            text,
            tools,
            request,
        }
    }
}

/// Conversations: messages, and the last tool of each turn ("" = none).
const FRENCH: &[&[(&str, &str)]] = &[
    &[
        (
            "Je cherche un vol Lyon New York du 12 au 20 janvier pour 2 adultes et un enfant de 5 ans",
            "propose_offer",
        ),
        ("Compare les offres, et la plus rapide ?", ""),
        ("Pourquoi celle-là ?", ""),
        ("c’est par personne ?", ""),
        (
            "quelle est la différence entre la première et la deuxième ?",
            "",
        ),
        ("laquelle arrive le plus tôt ?", "propose_offer"),
        ("combien de temps dure l’escale ?", ""),
        ("combien de CO2 ?", ""),
        ("d’autres offres ?", "propose_offer"),
        ("comment je paie ?", ""),
        ("la deuxième", "propose_offer"),
        ("oui, je confirme", "check_price"),
    ],
    &[
        (
            "Un vol Paris Tokyo en mars, le moins cher, une semaine",
            "propose_offer",
        ),
        ("plutôt en avril, moins de 900 euros", "propose_offer"),
        ("non merci", ""),
    ],
    &[(
        "Paris Marrakech le 3 février, direct, en soirée",
        "propose_offer",
    )],
    &[("Un vol Paris Madrid le 20 février", "propose_offer")],
    &[("Combien font 5000 yens en euros ?", "")],
    &[("Combien font 250 euros en couronnes norvégiennes ?", "")],
    &[("Quel est le taux de change au Maroc ?", "get_place_facts")],
    &[("Quelle heure est-il à New York ?", "get_place_facts")],
    &[(
        "Quel est le décalage horaire entre Paris et Sydney ?",
        "get_place_facts",
    )],
    &[(
        "Quel est le temps de vol entre Lyon et Montréal ?",
        "get_place_facts",
    )],
    &[(
        "Quelle est la monnaie au Maroc ?",
        "get_destination_context",
    )],
    &[("Quel est le code aéroport de Londres ?", "get_airport_code")],
    &[("Je veux aller de Londres à Birmingham le 12 janvier", "")],
    &[(
        "Paris Sydney le 10 juin en classe affaires pour 3 personnes, budget 12000 euros",
        "propose_offer",
    )],
];

const ENGLISH: &[&[(&str, &str)]] = &[
    &[
        (
            "I need a flight from London to New York, 12 to 20 January, 2 adults and a child of 5",
            "propose_offer",
        ),
        ("the fastest one", ""),
        ("number 2", "propose_offer"),
        ("yes, I confirm", "check_price"),
    ],
    &[
        (
            "A flight from Paris to Tokyo in March, the cheapest, for a week",
            "propose_offer",
        ),
        ("rather in April, under $1200", "propose_offer"),
        ("no thanks", ""),
    ],
    &[(
        "London to Marrakesh on 3 February, nonstop, in the afternoon",
        "propose_offer",
    )],
    &[
        (
            "London to New York on 3 February for 2 adults",
            "propose_offer",
        ),
        ("why that one?", ""),
        ("is that per person?", ""),
        (
            "what is the difference between the first and the second?",
            "",
        ),
        ("how long is the layover?", ""),
        ("is it refundable?", ""),
        ("which one has the lowest emissions?", "propose_offer"),
        ("show more", "propose_offer"),
        ("how do I pay?", ""),
    ],
    &[(
        "what plugs do they use in Japan, and find me Lyon to Tokyo on 9 March one way for one",
        "propose_offer",
    )],
    &[(
        "A flight from Dublin to London on January 16",
        "propose_offer",
    )],
    &[("How much is 5000 yen in euros?", "")],
    &[("How many dollars are 250 pounds?", "")],
    &[("What is the exchange rate in Morocco?", "get_place_facts")],
    &[("What time is it in New York?", "get_place_facts")],
    &[(
        "What is the time difference between Paris and Sydney?",
        "get_place_facts",
    )],
    &[(
        "How long is the flight from Lyon to Montreal?",
        "get_place_facts",
    )],
    &[(
        "What is the currency in Morocco?",
        "get_destination_context",
    )],
    &[("What is the airport code of London?", "get_airport_code")],
    &[("I want to fly from London to Birmingham on 12 January", "")],
    &[(
        "Paris to Sydney on 10 June in business class for 3 people, budget 12000 euros",
        "propose_offer",
    )],
];

#[tokio::test]
async fn the_planner_says_nothing_ungrounded() {
    let mut faults = Vec::new();
    let mut checked = 0;
    for (locale, conversations) in [(Locale::Fr, FRENCH), (Locale::En, ENGLISH)] {
        for turns in conversations {
            let mut conversation = Conversation::new(locale);
            for (message, tool) in *turns {
                let replied = conversation.say(message).await;
                let last = replied.tools.last().map_or("", |tool| &**tool);
                if last != *tool {
                    faults.push(format!(
                        "{message}: {last:?}, not {tool:?}: {}",
                        replied.text
                    ));
                }
                checked += ungrounded(&replied.text, &Ground::default()).len();
                let mut gate = WordGate::new(Arc::default());
                let sent = gate.push(&replied.text) + &gate.finish();
                assert_eq!(sent, replied.text);
                for found in [replied.ungrounded(), replied.ungrounded_in_texts()] {
                    if !found.is_empty() {
                        faults.push(format!("{message}: {found:?} in {}", replied.text));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    // The replies do state facts.
    assert!(checked > 200, "{checked}");
}

/// Thirty days of fares and five offers: were all that can be worked out of them true, then nearly
/// every round price would be.
#[tokio::test]
async fn a_month_of_fares_explains_few_prices_by_chance() {
    let mut conversation = Conversation::new(Locale::Fr);
    let replied = conversation
        .say("Un vol Paris Tokyo en mars pour 3 personnes, le moins cher, aller simple")
        .await;
    let ground = replied.ground();
    for (before, after, most) in [
        ("Ce vol coûte ", " €.", 0.02),
        ("Environ ", " €.", 0.03),
        ("C’est ", " € de plus.", 0.06),
        ("Soit ", " € par personne.", 0.15),
    ] {
        let invented = |price: &u32| {
            let reply = format!("{before}{price}{after}");
            ungrounded(&reply, &ground).is_empty()
        };
        let explained = (500..4_000).step_by(7).filter(invented).count();
        let share = explained as f64 / 500.0;
        assert!(share < most, "{before}{after}: {share}");
    }
}
