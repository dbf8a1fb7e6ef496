//! What a tool does, in words: a sentence for people out of its name and the arguments that a model
//! wrote, and what became of it. Pure.
//!
//! The arguments may be anything: what is known is said, what cannot be read is named as left unsaid,
//! and nothing is shown as it was written but short texts.

mod outcome;
mod read;
mod route;
#[cfg(test)]
mod tests;
mod when;
mod who;
mod wish;

use serde_json::Value;

pub use outcome::{failure, source};

use crate::{capability, locale::Locale};
use read::{Arguments, bounded, says_something};

/// Most characters of a sentence.
const LONGEST: usize = 240;

/// A phrase: the arguments that it speaks of, and how it says them.
type Phrase = (
    &'static [&'static str],
    fn(&Arguments<'_>, Locale) -> Option<String>,
);

/// What nobody needs to read: sizes of lists, internal ids, and what stands in another phrase.
const SILENT: [&str; 6] = [
    "limit",
    "currency",
    "offer_id",
    "plan",
    "budget_per_person",
    "savings",
];

/// `Recherche de vols Lyon → New York, du 12 au 20 janvier, 2 adultes`.
#[must_use]
pub fn sentence(tool: &str, arguments: &Value, locale: Locale) -> String {
    let label = capability::labels().get(tool);
    let label = label.map_or_else(
        || locale.pick("Utilisation d’un outil", "Using a tool"),
        |(fr, en)| locale.pick(fr, en),
    );
    let Value::Object(written) = arguments else {
        return label.to_owned();
    };
    let arguments = Arguments(written);
    let mut said: Vec<&str> = SILENT.to_vec();
    let mut say = |phrases: &[Phrase]| -> Vec<String> {
        let phrases = phrases.iter().filter_map(|(names, phrase)| {
            let text = phrase(&arguments, locale)?;
            said.extend(*names);
            Some(text)
        });
        phrases.collect()
    };
    let way = say(route::WAY);
    let subject = say(route::SUBJECT);
    let mut rest = say(when::PHRASES);
    rest.extend(say(who::PHRASES));
    rest.extend(say(wish::PHRASES));
    let unsaid =
        |(name, value): (&String, &Value)| !said.contains(&name.as_str()) && says_something(value);
    if written.iter().any(unsaid) {
        rest.push(
            locale
                .pick("et d’autres précisions", "and other details")
                .to_owned(),
        );
    }
    // A way follows its label as it is; any other subject, or none, is set off.
    let (head, details) = if let Some(way) = way.first() {
        let more = subject.into_iter().chain(rest).collect::<Vec<_>>();
        (format!("{label} {way}"), more)
    } else {
        let mut all = subject.into_iter().chain(rest);
        let colon = locale.pick("\u{a0}:", ":");
        let head = all.next().map(|first| format!("{label}{colon} {first}"));
        (head.unwrap_or_else(|| label.to_owned()), all.collect())
    };
    let mut sentence = head;
    for detail in details {
        sentence.push_str(", ");
        sentence.push_str(&detail);
    }
    bounded(&sentence, LONGEST)
}
