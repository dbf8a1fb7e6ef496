//! The page of a conversation: a question, an answer with offers and a proposal, the sidebar.

use std::hint::black_box;

use agent::{answer::Answer, locale::Locale};
use askama::Template;
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;
use web::views::{
    Frame,
    chat::{ChatPage, ConversationItem, History, MessageView, OpenConversation},
    message::{AgentMessage, Surroundings, UserMessage},
    totals::Totals,
    trip::TripPanel,
};

const ANSWER: &str = include_str!("../../../crates/web/src/views/samples/answer.json");
const QUESTION: &str = "Un vol Lyon New York du 12 au 20 janvier pour 2 adultes";
/// How many conversations the sidebar shows.
const CONVERSATIONS: u128 = 30;

pub(crate) fn run(rounds: usize) -> anyhow::Result<()> {
    let answer: Answer = serde_json::from_str(ANSWER)?;
    let now: Timestamp = "2026-11-22T10:05:00Z".parse()?;
    for _ in 0..rounds {
        black_box(page(&answer, now).render()?);
    }
    Ok(())
}

fn page(answer: &Answer, now: Timestamp) -> ChatPage {
    let (locale, zone) = (Locale::Fr, TimeZone::UTC);
    let frame = Frame::new(locale, "/c/1");
    let around = Surroundings {
        locale,
        zone: &zone,
        now,
        proposal: None,
        has_viewer: true,
        grafana_url: None,
    };
    let item = |id| ConversationItem::new(Uuid::from_u128(id), QUESTION, now, false, &frame, &zone);
    let history = History {
        conversations: (1..=CONVERSATIONS).map(item).collect(),
        ..History::default()
    };
    let id = Uuid::from_u128(1);
    ChatPage {
        history,
        frame,
        conversation: Some(OpenConversation {
            id,
            title: QUESTION.to_owned(),
            cost_usd: None,
            totals: Totals::of([answer]),
        }),
        messages: vec![
            MessageView::User(UserMessage::new(id, QUESTION, locale)),
            MessageView::Agent(Box::new(AgentMessage::new(answer, around))),
        ],
        trip: TripPanel::new(Some(id), None, locale),
        notice: None,
        draft: String::new(),
        branch_end: None,
        starters: Vec::new(),
    }
}
