//! One message of a conversation.

use agent::{
    answer::{Answer, AnswerStatus},
    booking::Proposal,
    feedback::{Feedback, Score},
    locale::Locale,
    understood::{Alternative, Chip},
};
use askama::Template;
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

use super::{
    cards::{CardView, Cards},
    folded::Folded,
    follow_ups, format,
    lengths::Journey,
    marks,
    proposal::ProposalBox,
    receipt::Receipt,
    siblings::{SiblingLinks, Siblings},
    step::StepView,
};
use crate::{
    i18n::{
        self, Texts, offers::OfferTexts, opinion::OpinionTexts, thread::ThreadTexts,
        transfer::TransferTexts,
    },
    markdown,
};

/// Most characters of a question in the name of a button.
const QUESTION_START: usize = 60;

/// What it takes, besides the answer, to show one.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Language of the page; the answer keeps its own.
    pub locale: Locale,
    /// Whose clocks moments are shown on.
    pub zone: &'a TimeZone,
    /// Now: proposals expire.
    pub now: Timestamp,
    /// The conversation's last proposal, whatever became of it.
    pub proposal: Option<&'a Proposal>,
    /// Whether there are traces to link to.
    pub has_viewer: bool,
    /// Address of Grafana, where there is one.
    pub grafana_url: Option<&'a str>,
}

/// What a person wrote.
#[derive(Template)]
#[template(path = "partials/user_message.html")]
pub struct UserMessage {
    t: &'static Texts,
    b: &'static ThreadTexts,
    id: Uuid,
    text: String,
    /// Its conversation, where it can be worded anew.
    conversation: Option<Uuid>,
    /// It decided on a proposal, and stays as it is.
    decided: bool,
    siblings: Option<SiblingLinks>,
}

impl UserMessage {
    /// The message `id`, its text as it was written.
    #[must_use]
    pub fn new(id: Uuid, text: impl Into<String>, locale: Locale) -> Self {
        let text = text.into();
        Self {
            t: Texts::of(locale),
            b: ThreadTexts::of(locale),
            id,
            text,
            conversation: None,
            decided: false,
            siblings: None,
        }
    }

    /// The same in its conversation, beside other wordings of it. `decided`: it decided on a proposal,
    /// and stays as it is.
    #[must_use]
    pub fn placed(self, conversation: Uuid, place: Option<Siblings>, decided: bool) -> Self {
        let links = place.map(|place| SiblingLinks {
            b: self.b,
            by_agent: false,
            conversation,
            place,
        });
        Self {
            conversation: Some(conversation),
            decided,
            siblings: links,
            ..self
        }
    }
}

/// What the agent answered.
#[derive(Template)]
#[template(path = "partials/agent_message.html")]
pub struct AgentMessage {
    t: &'static Texts,
    /// Texts in the language of the answer.
    o: &'static OfferTexts,
    b: &'static ThreadTexts,
    id: Uuid,
    conversation: Uuid,
    siblings: Option<SiblingLinks>,
    /// The answer's language.
    lang: &'static str,
    status: AnswerStatus,
    /// Its question decided on a proposal, and is not answered again.
    decided: bool,
    /// The question with which an answer that broke off can be gone on with: it is the last one.
    question: Option<String>,
    /// What the person thinks of it.
    score: Option<Score>,
    /// Why, in the person's words.
    comment: Option<String>,
    n: &'static OpinionTexts,
    /// The reply, sanitised.
    html: String,
    /// What of it a card says, too, and what opens it; empty where there is nothing.
    folded: String,
    folded_label: &'static str,
    /// Whether it looked for flights, after which earlier offers are no longer chosen from.
    searched: bool,
    understood: Option<String>,
    /// The reading of the message, part by part.
    chips: Vec<Chip>,
    /// Words that nothing was made of.
    left_over: Vec<String>,
    /// What stands before them, in the language of the answer.
    left_over_label: &'static str,
    /// Answers to the agent's question.
    choices: Vec<Alternative>,
    /// How many tool calls.
    steps: String,
    tools: Vec<StepView>,
    cards: Vec<CardView>,
    proposal: Option<ProposalBox>,
    /// Cards below the proposal.
    cards_after: Vec<CardView>,
    /// Whether what its journey costs by the length of the stay can be had.
    has_lengths: bool,
    /// Messages that go on from here.
    follow_ups: Vec<&'static str>,
    /// What the reply says and no tool result does.
    ungrounded: Vec<String>,
    /// That it was brought along in a file, in words.
    imported: Option<String>,
    /// What it says of a budget.
    budget: Option<&'static str>,
    /// Model, time, tokens, cost.
    facts: Vec<Fact>,
    trace_id: String,
    has_viewer: bool,
    receipt: Receipt,
}

/// An answer and its question: the body of `GET /fragments/messages/{id}`.
#[derive(Template)]
#[template(path = "partials/exchange.html")]
pub struct Exchange {
    /// What the person wrote, where it is known.
    pub question: Option<UserMessage>,
    /// What the agent answered.
    pub answer: AgentMessage,
}

/// A fact about the answer.
struct Fact {
    text: String,
    /// What there is to know besides.
    title: Option<String>,
}

impl AgentMessage {
    /// Makes an answer, running or over, ready to print.
    #[must_use]
    pub fn new(answer: &Answer, around: Surroundings<'_>) -> Self {
        let t = Texts::of(around.locale);
        let o = OfferTexts::of(answer.locale);
        let cards = Cards::of(answer, &around);
        let open = answer.proposal.as_ref().zip(around.proposal);
        let open = open.filter(|(shown, open)| shown.id == open.id && open.is_live(around.now));
        let folded = Folded::of(answer, open.map(|(_, open)| open));
        let html =
            |text: &str| marks::mark(&markdown::render(text), &answer.ungrounded, o.unverified);
        let today = around.zone.to_datetime(around.now).date();
        Self {
            t,
            o,
            b: ThreadTexts::of(around.locale),
            id: answer.message_id,
            conversation: answer.conversation_id,
            siblings: None,
            lang: answer.locale.as_str(),
            status: answer.status,
            decided: false,
            question: None,
            score: None,
            comment: None,
            n: OpinionTexts::of(around.locale),
            html: html(&folded.lead),
            folded: html(&folded.rest),
            folded_label: folded.label,
            searched: answer
                .tool_calls
                .iter()
                .any(|call| call.name == "search_flights"),
            understood: answer.intent.map(|intent| {
                let name = i18n::intent(intent.name, around.locale);
                let percent = format::percent(f64::from(intent.confidence), around.locale);
                format!("{} {name} ({} {percent})", t.understood, t.sure)
            }),
            chips: answer.understood.clone(),
            left_over: answer.left_over.clone(),
            left_over_label: Texts::of(answer.locale).left_over,
            choices: answer.choices.clone(),
            steps: t.steps.of(answer.tool_calls.len() as u64),
            tools: answer
                .tool_calls
                .iter()
                .map(|call| StepView::new(call, around.locale))
                .collect(),
            cards: cards.first,
            proposal: cards.proposal,
            cards_after: cards.after,
            has_lengths: Journey::of(answer).is_some(),
            follow_ups: follow_ups::of(answer, today),
            ungrounded: answer.ungrounded.clone(),
            imported: answer
                .imported
                .map(|imported| TransferTexts::mark(imported, around.locale)),
            budget: answer.budget.map(|note| t.budget.note(note)),
            facts: facts(answer, around.locale),
            trace_id: answer.trace_id.clone(),
            has_viewer: around.has_viewer,
            receipt: Receipt::new(answer, &around),
        }
    }

    /// The same, with or without a way to have it again.
    #[must_use]
    pub fn decided(self, decided: bool) -> Self {
        Self { decided, ..self }
    }

    /// The same beside other answers to its question.
    #[must_use]
    pub fn placed(self, place: Option<Siblings>) -> Self {
        let links = place.map(|place| SiblingLinks {
            b: self.b,
            by_agent: true,
            conversation: self.conversation,
            place,
        });
        Self {
            siblings: links,
            ..self
        }
    }

    /// The same as the last one of its branch: if it broke off, its question is asked further.
    #[must_use]
    pub fn continued_by(self, question: Option<&str>) -> Self {
        let broke_off = self.note().is_some() && !self.decided;
        Self {
            question: question.filter(|_| broke_off).map(str::to_owned),
            ..self
        }
    }

    /// The same, with what the person thinks of it.
    #[must_use]
    pub fn rated(self, feedback: Option<&Feedback>) -> Self {
        Self {
            score: feedback.map(|feedback| feedback.score),
            comment: feedback.and_then(|feedback| feedback.comment.clone()),
            ..self
        }
    }

    fn has_failed_step(&self) -> bool {
        self.tools.iter().any(|tool| tool.class == "failed")
    }

    fn is_good(&self) -> bool {
        self.score == Some(Score::Up)
    }

    fn is_bad(&self) -> bool {
        self.score == Some(Score::Down)
    }

    pub(super) fn is_running(&self) -> bool {
        self.status == AnswerStatus::Running
    }

    /// The beginning of the question, as the button's name has it.
    fn question_start(&self) -> String {
        let question = self.question.as_deref().unwrap_or_default();
        let mut start: String = question.chars().take(QUESTION_START).collect();
        if start.len() < question.len() {
            start.push('…');
        }
        start
    }

    fn status_name(&self) -> &'static str {
        match self.status {
            AnswerStatus::Running => "running",
            AnswerStatus::Ok => "ok",
            AnswerStatus::Stopped => "stopped",
            AnswerStatus::Error => "error",
        }
    }

    /// The note under an answer that did not end well and can be had again.
    fn note(&self) -> Option<&'static str> {
        match self.status {
            AnswerStatus::Stopped => Some(self.t.stopped),
            AnswerStatus::Error => Some(self.t.failed),
            AnswerStatus::Running | AnswerStatus::Ok => None,
        }
    }
}

/// Model, time, and tokens and cost where there are any.
fn facts(answer: &Answer, locale: Locale) -> Vec<Fact> {
    let t = Texts::of(locale);
    let usage = &answer.usage;
    let model = answer.model.as_ref();
    let (tokens, cached) = (usage.total_tokens, usage.cached_tokens);
    let cost = usage.estimated_cost_usd.filter(|usd| *usd > 0.0);
    let plain = |text| Fact { text, title: None };
    [
        model.map(|model| plain(format!("{}/{}", model.provider, model.name))),
        Some(plain(format::latency(answer.latency_ms, locale))),
        (tokens > 0).then(|| {
            let number = |tokens| format::integer(tokens, locale);
            let of_cache = || t.cached_tokens.replace("{n}", &number(cached));
            Fact {
                text: format!("{} {}", number(tokens), t.tokens),
                title: (cached > 0).then(of_cache),
            }
        }),
        cost.map(|usd| plain(format::usd(usd, locale))),
    ]
    .into_iter()
    .flatten()
    .collect()
}
