//! All turns of a conversation: time, tokens, cost.

use agent::{
    answer::{Answer, AnswerStatus, UsageRecord},
    feedback::Score,
    locale::Locale,
    store::AnsweredTurn,
};
use askama::Template;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::{
    trace::{elapsed, moment},
    waterfall::AXIS,
};
use crate::{
    i18n::{
        session::SessionTexts,
        viewer::{self, ViewerTexts},
    },
    traces::{
        query::UNKNOWN_INTENT,
        stats::Percentiles,
        summary::{Status, first_of_each},
    },
    views::{Frame, format, totals::Totals},
};

/// The turns of a conversation.
#[derive(Debug, Template)]
#[template(path = "session.html")]
pub struct SessionPage {
    frame: Frame,
    id: Uuid,
    owns: bool,
    facts: Vec<(&'static str, String)>,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    trace_id: String,
    started_at: String,
    started: String,
    title: &'static str,
    /// Names its colour.
    class: &'static str,
    status: &'static str,
    duration: String,
    /// Length of its bar, against the longest of the conversation.
    bar: f64,
    first_text: String,
    rounds: String,
    tools: String,
    model: String,
    tokens_in: String,
    cached: Option<String>,
    tokens_out: String,
    cost: String,
    /// Thumb up or down.
    rating: Option<bool>,
}

impl SessionPage {
    /// The page in the frame, with times of the zone; `owns`: a link to the conversation leads there.
    #[must_use]
    pub fn new(
        frame: Frame,
        zone: &TimeZone,
        id: Uuid,
        turns: &[AnsweredTurn],
        owns: bool,
    ) -> Self {
        let locale = frame.locale;
        let longest = turns
            .iter()
            .fold(0.0, |most: f64, turn| most.max(turn.answer.latency_ms));
        Self {
            id,
            owns,
            facts: facts(turns, locale),
            lines: turns
                .iter()
                .map(|turn| Line::new(turn, longest, zone, locale))
                .collect(),
            frame,
        }
    }

    fn s(&self) -> &'static SessionTexts {
        SessionTexts::of(self.frame.locale)
    }
}

fn facts(turns: &[AnsweredTurn], locale: Locale) -> Vec<(&'static str, String)> {
    let s = SessionTexts::of(locale);
    let [turns_row, time_row, tokens_row, cost_row] =
        Totals::of(turns.iter().map(|turn| &turn.answer)).rows(locale);
    let usage: UsageRecord = turns.iter().map(|turn| &turn.answer.usage).sum();
    let number = |n: u64| format::integer(n, locale);
    let ended = turns.iter().filter(|turn| !is_running(&turn.answer));
    let time = Percentiles::of(ended.map(|turn| turn.answer.latency_ms).collect());
    let time = time.map_or_else(String::new, |p| {
        format!("{} · {}", elapsed(p.p50, locale), elapsed(p.p95, locale))
    });
    vec![
        turns_row,
        time_row,
        ("p50 · p95", time),
        tokens_row,
        (s.tokens_in, number(usage.prompt_tokens)),
        (s.tokens_out, number(usage.completion_tokens)),
        cost_row,
    ]
}

fn cost(usage: &UsageRecord, locale: Locale) -> String {
    let unknown = ViewerTexts::of(locale).unknown;
    usage
        .estimated_cost_usd
        .map_or_else(|| unknown.to_owned(), |usd| format::usd(usd, locale))
}

fn is_running(answer: &Answer) -> bool {
    answer.status == AnswerStatus::Running
}

impl Line {
    fn new(turn: &AnsweredTurn, longest: f64, zone: &TimeZone, locale: Locale) -> Self {
        let answer = &turn.answer;
        let number = |n: u64| format::integer(n, locale);
        let intent = answer.intent.map(|intent| intent.name.as_str());
        let (class, status) = match answer.status {
            AnswerStatus::Ok => ("ok", viewer::status(Status::Ok, locale)),
            AnswerStatus::Error => ("error", viewer::status(Status::Error, locale)),
            AnswerStatus::Stopped => ("stopped", viewer::status(Status::Stopped, locale)),
            AnswerStatus::Running => ("running", SessionTexts::of(locale).running),
        };
        let running = is_running(answer);
        // What is not known yet is no 0.
        let known = |text: String| if running { "–".to_owned() } else { text };
        let usage = &answer.usage;
        Self {
            trace_id: answer.trace_id.clone(),
            started_at: turn.created_at.to_string(),
            started: moment(turn.created_at, zone, locale),
            title: viewer::intent(intent.unwrap_or(UNKNOWN_INTENT), locale),
            class,
            status,
            duration: known(elapsed(answer.latency_ms, locale)),
            bar: (answer.latency_ms / longest.max(f64::MIN_POSITIVE) * AXIS)
                .clamp(4.0, AXIS)
                .round(),
            first_text: answer
                .time_to_first_text_ms
                .map_or_else(|| "–".to_owned(), |ms| elapsed(ms, locale)),
            rounds: known(answer.iterations.to_string()),
            tools: first_of_each(answer.tool_calls.iter().map(|call| &*call.name)).join(", "),
            model: answer
                .model
                .as_ref()
                .map_or_else(|| "–".to_owned(), |model| model.name.clone()),
            tokens_in: known(number(usage.prompt_tokens)),
            cached: (usage.cached_tokens > 0).then(|| number(usage.cached_tokens)),
            tokens_out: known(number(usage.completion_tokens)),
            cost: known(cost(usage, locale)),
            rating: turn.score.map(|score| score == Score::Up),
        }
    }
}
