//! What of an answer a stranger may see: its text and cards, with the redactor's kinds masked, and the
//! postal addresses that the traveller wrote, and nothing of the turn that made it.

use agent::{
    answer::{Answer, AnswerBuilder, TurnIds},
    event::Card,
    sheet::Block,
};
use serde_json::Value;
use uuid::Uuid;

use super::postal::{self, Addresses};
use crate::telemetry::redaction::redact;

/// What the traveller wrote, as a stranger may read it: personal data masked, postal addresses too, and
/// nothing in it that turns its direction around or that no one sees.
#[must_use]
pub fn own(text: &str) -> String {
    redact(&postal::masked(&readable(text)))
}

/// What the agent wrote to a traveller who had written `said`. Other addresses stay: they are sights.
fn plain(text: &str, said: &Addresses) -> String {
    redact(&said.masked(&readable(text)))
}

/// A text without what makes it read otherwise than it is, and without what no one sees.
#[must_use]
pub fn readable(text: &str) -> String {
    text.chars().filter(|c| is_shown(*c)).collect()
}

/// The same for every text of a document.
pub fn make_readable(value: &mut Value) {
    each_text(value, &readable);
}

/// Bidirectional overrides and isolates, which make a text read otherwise than it is, and controls
/// besides the ends of lines.
fn is_shown(c: char) -> bool {
    let turns =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    !turns && (!c.is_control() || matches!(c, '\n' | '\t'))
}

/// The answer as a stranger may see it, `number` in place of the ids that it had, without the addresses
/// that the traveller `said`. Left out are what was
/// understood, the tool calls' arguments, model, tokens, cost and trace, and whatever sends a message.
#[must_use]
pub fn answer(of: &Answer, number: u32, said: &Addresses) -> Answer {
    let plain = |text: &str| plain(text, said);
    let ids = TurnIds {
        conversation: Uuid::nil(),
        user_message: Uuid::nil(),
        message: Uuid::from_u128(number.into()),
        trace: String::new(),
    };
    let mut shown = AnswerBuilder::new(ids, of.locale).running();
    shown.status = of.status;
    shown.imported = of.imported;
    shown.reply = plain(&of.reply);
    shown.ungrounded = of.ungrounded.iter().map(|fact| plain(fact)).collect();
    shown.cards = of.cards.iter().filter_map(|of| card(of, &plain)).collect();
    shown.proposal.clone_from(&of.proposal);
    if let Some(proposal) = &mut shown.proposal {
        proposal.summary = plain(&proposal.summary);
    }
    shown
}

/// A card with every text of it masked; `None` where what is masked is no card any more, since what
/// cannot be masked is not shown.
fn card(of: &Card, plain: &impl Fn(&str) -> String) -> Option<Card> {
    let mut value = serde_json::to_value(of).ok()?;
    each_text(&mut value, plain);
    let mut card = serde_json::from_value(value).ok()?;
    match &mut card {
        Card::Sheet(sheet) => {
            sheet
                .blocks
                .retain(|block| !matches!(block, Block::Links { .. } | Block::Next { .. }));
            for block in &mut sheet.blocks {
                if let Block::Items { items, .. } = block {
                    items.iter_mut().for_each(|item| item.say = None);
                }
            }
        }
        Card::FlightOffers { more, .. } => *more = 0,
        Card::FareCalendar(_) => {}
    }
    Some(card)
}

fn each_text(value: &mut Value, change: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, change)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|field| each_text(field, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use agent::locale::Locale;

    use super::*;
    use crate::views::samples;

    fn unsaid(text: &str) -> String {
        plain(text, &Addresses::default())
    }

    #[test]
    fn a_text_is_masked_and_reads_as_it_is() {
        let text = "Zoé\u{202e} zoe@example.fr\u{2066},\0 06 12 34 56 78\n730 € le 12/01/2027";
        let expected = "Zoé [email], [phone]\n730 € le 12/01/2027";
        assert_eq!(own(text), expected);
    }

    #[test]
    fn every_card_of_ours_stays_a_card_and_says_what_it_said() {
        let cards = [
            Card::FlightOffers {
                offers: samples::offers(),
                more: 0,
            },
            Card::FareCalendar(samples::calendar()),
        ];
        for whole in cards {
            assert_eq!(card(&whole, &unsaid).as_ref(), Some(&whole));
        }
        for locale in [Locale::Fr, Locale::En] {
            let sheet = samples::sheet(locale);
            let whole = Card::Sheet(Box::new(sheet.clone()));
            let Some(Card::Sheet(shown)) = card(&whole, &unsaid) else {
                panic!("{whole:?}");
            };
            assert_eq!((&shown.title, &shown.notes), (&sheet.title, &sheet.notes));
            assert_eq!(shown.blocks.len() + 1, sheet.blocks.len(), "but for Next");
        }
    }

    #[test]
    fn a_card_holds_nobodys_data_and_no_button() {
        let mut sheet = samples::sheet(Locale::Fr);
        sheet.lead = Some("zoe@example.fr".to_owned());
        sheet.notes.push("+33 6 12 34 56 78".to_owned());
        let shown = card(&Card::Sheet(Box::new(sheet)), &unsaid).unwrap();
        let text = serde_json::to_string(&shown).unwrap();
        for hidden in ["zoe@", "12 34 56", "\"say\"", "\"next\""] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }
        assert!(text.contains("[email]") && text.contains("[phone]"));
    }

    #[test]
    fn an_address_that_was_said_is_in_no_answer_and_that_of_a_sight_is() {
        let said = Addresses::of(["je pars du 12 rue de la Paix, 75002 Paris"]);
        let mut whole = samples::answer();
        whole.reply = "De 12 rue de la Paix, 75002 Paris au 5 avenue Anatole France".to_owned();
        let mut sheet = samples::sheet(Locale::Fr);
        sheet.lead = Some(whole.reply.clone());
        whole.cards = vec![Card::Sheet(Box::new(sheet))];
        let shown = answer(&whole, 3, &said);
        let text = serde_json::to_string(&shown).unwrap();
        assert!(!text.contains("Paix"), "{text}");
        let kept = "De [address] au 5 avenue Anatole France";
        assert_eq!(shown.reply, kept);
        assert_eq!(text.matches(kept).count(), 2, "{text}");
    }

    #[test]
    fn nothing_of_the_turn_is_left() {
        let whole = samples::answer();
        let shown = answer(&whole, 3, &Addresses::default());
        let text = serde_json::to_string(&shown).unwrap();
        for id in [
            whole.conversation_id.to_string(),
            whole.user_message_id.to_string(),
            whole.message_id.to_string(),
        ] {
            assert!(!text.contains(&id), "{text}");
        }
        assert!(shown.trace_id.is_empty() && shown.model.is_none());
        assert!(shown.tool_calls.is_empty() && shown.understood.is_empty());
        assert_eq!(shown.usage.total_tokens, 0);
        assert_eq!(shown.reply, whole.reply);
    }
}
