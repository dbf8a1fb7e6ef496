//! A file to a conversation. Everything in it may be anyone's: it is checked field by field, and nothing
//! that acts or that only a tool of ours can know is taken over.

use agent::{
    answer::{Answer, AnswerBuilder, AnswerStatus, Imported, TurnIds},
    card_number,
    locale::Locale,
    sheet::{Block, Climate, Sheet},
    store::{Import, ImportedMessage, Said},
};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Document, Entry, FORMAT, VERSION};
use crate::{
    extract, problem::Problem, routes::chat::MAX_MESSAGE_CHARS, routes::conversations, sharing,
};

/// Largest file, in bytes: some hundred answers with their cards.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
const MAX_MESSAGES: usize = 1_000;
const MAX_ANSWER_CHARS: usize = 32_000;
const MAX_CARDS: usize = 20;
/// Blocks of a sheet, and things in a block: more than any of ours has.
const MAX_PARTS: usize = 200;
/// By how much the clock of another server may be ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// Where new ids come from.
pub type NewIds<'a> = &'a mut dyn FnMut() -> Uuid;

/// What says which file it is.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: Value,
    #[serde(default)]
    version: Value,
}

/// Reads a file as a conversation that is brought at `now`.
///
/// # Errors
/// 400 where it is no JSON, 422 naming the field that does not fit.
pub fn read(bytes: &[u8], now: Timestamp, new_id: NewIds<'_>) -> Result<Import, Problem> {
    let head: Head = extract::parse(bytes)?;
    if head.format != FORMAT {
        return Err(Problem::field("format", format!("must be {FORMAT:?}")));
    }
    if head.version != VERSION {
        return Err(Problem::field("version", format!("must be {VERSION}")));
    }
    let document: Document = extract::parse(bytes)?;
    let title = conversations::title(&sharing::readable(&document.title))?;
    if document.messages.is_empty() || document.messages.len() > MAX_MESSAGES {
        let detail = format!("must hold 1 to {MAX_MESSAGES} messages");
        return Err(Problem::field("messages", detail));
    }
    let conversation = new_id();
    let mut question = Uuid::nil();
    let mut messages = Vec::with_capacity(document.messages.len());
    for (at, entry) in document.messages.into_iter().enumerate() {
        let field = Field(at);
        let id = new_id();
        // Questions and answers take turns, and a question comes first.
        if matches!(entry, Entry::User { .. }) != (at % 2 == 0) {
            return Err(field.problem("role", "user and agent must take turns, user first"));
        }
        let (said, created_at) = match entry {
            Entry::User { text, created_at } => {
                question = id;
                (Said::Person(field.question(&text)?), created_at)
            }
            Entry::Agent {
                text,
                locale,
                created_at,
                status,
                cards,
            } => {
                let ids = TurnIds {
                    conversation,
                    user_message: question,
                    message: id,
                    trace: String::new(),
                };
                let answer = field.answer(ids, locale, status, &text, cards)?;
                (Said::Agent(Box::new(answer)), created_at)
            }
        };
        if created_at < Timestamp::UNIX_EPOCH
            || created_at > now.saturating_add(AHEAD).unwrap_or(now)
        {
            return Err(field.problem("created_at", "must be a time that has passed"));
        }
        messages.push(ImportedMessage {
            id,
            created_at,
            said,
        });
    }
    if messages.len() % 2 != 0 {
        return Err(Problem::field("messages", "must end with an answer"));
    }
    Ok(Import {
        id: conversation,
        title,
        at: now,
        messages,
    })
}

/// A message of the file, by its number.
#[derive(Clone, Copy)]
struct Field(usize);

impl Field {
    fn problem(self, name: &str, detail: impl Into<String>) -> Problem {
        Problem::field(format!("messages[{}].{name}", self.0), detail)
    }

    fn question(self, text: &str) -> Result<String, Problem> {
        let text = sharing::readable(text).trim().to_owned();
        let length = text.chars().count();
        if length == 0 || length > MAX_MESSAGE_CHARS {
            let detail = format!("must have 1 to {MAX_MESSAGE_CHARS} characters");
            return Err(self.problem("text", detail));
        }
        Ok(card_number::without(text))
    }

    fn answer(
        self,
        ids: TurnIds,
        locale: Locale,
        status: AnswerStatus,
        text: &str,
        cards: Vec<Value>,
    ) -> Result<Answer, Problem> {
        if text.chars().count() > MAX_ANSWER_CHARS {
            let detail = format!("must have at most {MAX_ANSWER_CHARS} characters");
            return Err(self.problem("text", detail));
        }
        if status == AnswerStatus::Running {
            return Err(self.problem("status", "must be that of an answer that has ended"));
        }
        if cards.len() > MAX_CARDS {
            return Err(self.problem("cards", format!("must be at most {MAX_CARDS}")));
        }
        let mut answer = AnswerBuilder::new(ids, locale).running();
        let mut left_out = 0;
        for (at, card) in cards.into_iter().enumerate() {
            let name = format!("cards[{at}]");
            match card.get("type").and_then(Value::as_str) {
                Some("sheet") => answer.cards.push(self.sheet(&name, card)?),
                Some("flight_offers" | "fare_calendar") => left_out += 1,
                _ => return Err(self.problem(&format!("{name}.type"), "must be a kind of card")),
            }
        }
        answer.reply = card_number::without(sharing::readable(text));
        answer.status = status;
        answer.imported = Some(Imported {
            cards_left_out: left_out,
        });
        Ok(answer)
    }

    /// A sheet without its map, its links and its buttons.
    fn sheet(self, name: &str, mut card: Value) -> Result<agent::event::Card, Problem> {
        sharing::make_readable(&mut card);
        let mut sheet: Sheet =
            serde_json::from_value(card).map_err(|error| self.problem(name, error.to_string()))?;
        let too_many = || self.problem(name, format!("must have at most {MAX_PARTS} parts"));
        if sheet.blocks.len() + sheet.notes.len() + sheet.sources.len() > MAX_PARTS {
            return Err(too_many());
        }
        sheet.blocks.retain(|block| {
            !matches!(
                block,
                Block::Links { .. } | Block::Next { .. } | Block::Map(_)
            )
        });
        for block in &mut sheet.blocks {
            let parts = match block {
                Block::Facts { facts, .. } => {
                    facts.iter_mut().for_each(|fact| fact.link = None);
                    facts.len()
                }
                Block::Items { items, .. } => {
                    items.iter_mut().for_each(|item| item.say = None);
                    items.len()
                }
                Block::Table { head, rows, .. } => {
                    if rows.iter().any(|row| row.len() != head.len()) {
                        return Err(self.problem(name, "rows must have as many cells as the head"));
                    }
                    rows.len().max(head.len())
                }
                Block::Climate(climate) => {
                    if !is_drawable(climate) {
                        let detail = "months must be 12, with temperatures and days that there are";
                        return Err(self.problem(name, detail));
                    }
                    climate.months.len()
                }
                Block::Day { stops, .. } => stops.len(),
                Block::Links { .. } | Block::Next { .. } | Block::Map(_) => 0,
            };
            if parts > MAX_PARTS {
                return Err(too_many());
            }
        }
        Ok(agent::event::Card::Sheet(Box::new(sheet)))
    }
}

/// Whether bars can be drawn of it: a year, within what weather does.
fn is_drawable(climate: &Climate) -> bool {
    let warmth = |degrees: Option<i32>| degrees.is_none_or(|it| (-100..=100).contains(&it));
    climate.months.len() == 12
        && climate.months.iter().all(|month| {
            let is_ordered = month
                .low
                .zip(month.high)
                .is_none_or(|(low, high)| low <= high);
            let rain = month.rain_days.is_none_or(|days| days <= 31);
            warmth(month.low) && warmth(month.high) && is_ordered && rain
        })
}

#[cfg(test)]
mod tests;
