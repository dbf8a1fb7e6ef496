//! Every chip's own message, sent as a turn, takes it back and nothing else: through the intent, the
//! reading and the merge, in both languages.

use std::sync::Arc;

use agent::{
    Agent,
    conversation::{ConversationState, PastMessage},
    event::TurnEvent,
    faults::Faults,
    intent::Intent,
    llm::Chain,
    locale::Locale,
    planner::Planner,
    turn::TurnRequest,
    understood::{Chip, Understood},
};
use futures::StreamExt;

use super::support::{PATIENT, TOOL_TIMEOUT, request};

/// Sunday, 29 November 2026.
const NOW: &str = "2026-11-29T09:00:00+01:00[Europe/Paris]";

/// Wishes, each of which is one chip or more beside the route and the days.
const FRENCH: &[&str] = &[
    "2 adultes et un enfant de 5 ans",
    "en classe affaires",
    "pas en business",
    "vol direct",
    "une escale maximum",
    "départ le matin",
    "pas le matin",
    "départ après 8h",
    "départ entre 8h et 11h",
    "arrivée avant 20h",
    "arrivée le soir",
    "vol de nuit",
    "pas de vol de nuit",
    "avec Air France",
    "surtout pas Ryanair",
    "ni Ryanair ni easyJet",
    "sans low-cost",
    "low-cost uniquement",
    "Star Alliance uniquement",
    "pas SkyTeam",
    "via Francfort",
    "sans passer par Zurich",
    "surtout pas par les États-Unis",
    "avec un bagage en soute",
    "bagage cabine uniquement",
    "billet remboursable",
    "peu polluant",
    "moins de 900 euros",
    "moins de 400 euros par personne",
    "environ 500 euros",
    "en classe affaires, sans Ryanair, départ après 8h, bagage en soute compris, moins de 3000 euros",
];
const ENGLISH: &[&str] = &[
    "2 adults and a child aged 5",
    "in business class",
    "not in business",
    "nonstop",
    "one stop at most",
    "departing in the morning",
    "not in the morning",
    "leaving after 8am",
    "leaving between 8am and 11am",
    "arriving before 8pm",
    "arriving in the evening",
    "overnight flight",
    "no red-eye",
    "with Air France",
    "no Ryanair please",
    "no Ryanair or easyJet",
    "no low-cost airlines",
    "low-cost airlines only",
    "Star Alliance only",
    "not SkyTeam",
    "via Frankfurt",
    "not through Zurich",
    "not through the US",
    "with a checked bag",
    "hand luggage only",
    "refundable ticket",
    "low emissions",
    "under 900 euros",
    "under 400 euros per person",
    "about 500 euros",
    "in business class, no Ryanair, leaving after 8am, checked bag included, under 3000 euros",
];
/// Whole trips.
const FRENCH_TRIPS: &[&str] = &[
    "De Nice à Londres le 3 mars à 2 jours près",
    "De Nice à Londres le 3 mars, retour le 10 mars",
    "De Nice à Londres du 3 au 10 mars, retour après 18h",
    "De Nice à Londres le 3 mars, retour le 10 mars, arrivée au retour avant 20h",
    "De Nice à Londres du 3 au 10 mars, pas le soir au retour",
    "De Paris à Rome le 3 mars, puis Athènes le 8 mars, puis retour à Paris le 14 mars",
    "Paris Rome le 3 mars, puis Athènes Lisbonne le 8 mars, sans Ryanair",
];
const ENGLISH_TRIPS: &[&str] = &[
    "From Nice to London on 3 March, give or take 2 days",
    "From Nice to London on 3 March, back on 10 March",
    "From Nice to London from 3 to 10 March, returning after 6pm",
    "From Nice to London on 3 March, back on 10 March, landing back before 8pm",
    "From Nice to London from 3 to 10 March, not in the evening on the way back",
    "Paris to Rome on 3 March, then Athens on 8 March, back to Paris on 14 March",
    "Paris to Rome on 3 March, then Athens to Lisbon on 8 March, no Ryanair",
];

struct Talk {
    agent: Arc<Agent>,
    locale: Locale,
}

/// Where a conversation is.
#[derive(Clone, Default)]
struct Place {
    state: ConversationState,
    history: Vec<Arc<PastMessage>>,
    intent: Option<Intent>,
    understood: Understood,
}

impl Talk {
    fn new(locale: Locale) -> Self {
        let tools = agent::capability::registry(
            TOOL_TIMEOUT,
            Faults::default(),
            &agent::capability::Sources::offline(),
        );
        let chain = Chain::new(vec![Arc::new(Planner)], PATIENT);
        let agent = Arc::new(Agent::new(tools, Faults::default()).on(chain));
        Self { agent, locale }
    }

    async fn say(&self, from: &Place, message: &str) -> Place {
        let turn = TurnRequest {
            history: from.history.clone(),
            state: from.state.clone(),
            locale: Some(self.locale),
            fallback_locale: self.locale,
            now: NOW.parse().unwrap(),
            ..request(message)
        };
        let (mut place, mut reply) = (from.clone(), String::new());
        for event in self.agent.run_turn(turn).collect::<Vec<_>>().await {
            match event {
                TurnEvent::Intent { name, .. } => place.intent = Some(name),
                TurnEvent::Understood(understood) => place.understood = understood,
                TurnEvent::Delta(text) => reply.push_str(&text),
                TurnEvent::Ended { state, .. } => place.state = *state,
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
        place.history.push(past(false, message));
        place.history.push(past(true, &reply));
        place
    }
}

fn labels(chips: &[Chip]) -> Vec<&str> {
    chips.iter().map(|chip| &*chip.label).collect()
}

/// What stands in the place of a chip that is gone, where a trip cannot be without.
fn instead(chip: &Chip) -> Option<&'static str> {
    Some(match chip.remove.as_deref()? {
        "Plutôt un aller simple" => "aller simple",
        "One-way, please" => "one-way",
        "Plutôt 1 adulte" => "1 adulte",
        "Just 1 adult" => "1 adult",
        "En classe économique" => "classe économique",
        "In economy" => "economy",
        _ => return None,
    })
}

/// Removes each chip of the trip in turn; how many there were, and what went wrong.
async fn removed_one_by_one(locale: Locale, text: &str) -> (usize, Vec<String>) {
    let talk = Talk::new(locale);
    let before = talk.say(&Place::default(), text).await;
    let chips = &before.understood.chips;
    let (mut tried, mut wrong) = (0, Vec::new());
    for (at, chip) in chips.iter().enumerate() {
        let Some(remove) = &chip.remove else { continue };
        tried += 1;
        let after = talk.say(&before, remove).await;
        let mut expected = labels(chips);
        match instead(chip) {
            Some(label) => expected[at] = label,
            None => _ = expected.remove(at),
        }
        // The first leg is two chips, its route and its day; the one after it becomes the first.
        if remove.ends_with(" 1") {
            let (route, day) = expected[1].split_once(", ").unwrap();
            expected.splice(..2, [route, day]);
        }
        // What is bound to the way back goes with it.
        let way_back = |label: &&str| label.starts_with("retour ") || label.starts_with("way back");
        if instead(chip).is_some_and(|label| label.ends_with("simple") || label == "one-way") {
            expected.retain(|label| !way_back(label));
        }
        let found = labels(&after.understood.chips);
        let left = &after.understood.left_over;
        if after.intent != Some(Intent::Planning) || !left.is_empty() || found != expected {
            wrong.push(format!(
                "{text:?}: {remove:?} is {:?}, left over {left:?}\n   gives {found:?}\n  wanted {expected:?}",
                after.intent.map(Intent::as_str)
            ));
        }
    }
    (tried, wrong)
}

async fn assert_removable(locale: Locale, trips: impl Iterator<Item = String>) {
    let (mut tried, mut wrong) = (0, Vec::new());
    for text in trips {
        let (chips, problems) = removed_one_by_one(locale, &text).await;
        if chips == 0 {
            wrong.push(format!("{text:?}: nothing can be removed"));
        }
        tried += chips;
        wrong.extend(problems);
    }
    assert!(wrong.is_empty(), "of {tried}:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn in_french_each_chip_is_removed_by_its_own_message() {
    let one = FRENCH
        .iter()
        .map(|wish| format!("De Nice à Londres le 3 mars, {wish}"));
    let all = one.chain(FRENCH_TRIPS.iter().map(|trip| (*trip).to_owned()));
    assert_removable(Locale::Fr, all).await;
}

#[tokio::test]
async fn in_english_each_chip_is_removed_by_its_own_message() {
    let one = ENGLISH
        .iter()
        .map(|wish| format!("From Nice to London on 3 March, {wish}"));
    let all = one.chain(ENGLISH_TRIPS.iter().map(|trip| (*trip).to_owned()));
    assert_removable(Locale::En, all).await;
}
