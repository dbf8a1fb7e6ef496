//! Every page in the language of brackets: what stands outside of them is data, or has escaped the
//! tables.

use std::collections::{BTreeSet, HashSet};

use agent::step;

use super::*;
use crate::{
    i18n::pseudo::{BRACKETS, during},
    traces::samples::{request, turn},
    views::viewer,
};

/// Words that are the same in every language: units, marks of times, names and codes of formats.
const SIGNS: &str = "h m min s ms µs d kg km MiB UTC CO₂ JSON Grafana curl";
/// What the samples of the viewer hold besides their spans: a log line, a filter, an attack.
const SAMPLES: &str =
    "WARN agent timeout internal b img src x onerror alert it broke Bonjour détail";
/// Names and sentences of the sample trip: places, carriers, what people wrote.
const TRIP: &str = "Tokyo HND NRT LYS Lufthansa Meiji jingū Senso ji Asakusa Harajuku Ueno Un vol Je veux voir \
    Déjeuner à Musée national de Promenade ruelles marché souvent fermé le lundi Horaires et tarifs sont";
/// What the crate `agent` says of a trip, from tables of its own.
const OF_AGENT: &str = "Indicative prices and times: nothing is booked. planned, not booked \
    nights mid-range hotel travellers Meals Nights Visits";
/// Attributes that people read or hear.
const SAID: [&str; 6] = [
    "aria-label",
    "title",
    "placeholder",
    "alt",
    "data-done",
    "data-saved",
];
/// What is code or data is no text.
const NO_TEXT: [&str; 4] = ["script", "style", "code", "pre"];

/// What a page says: its texts between tags, and the attributes that are read.
fn said(html: &str) -> Vec<String> {
    let (mut texts, mut rest) = (Vec::new(), html);
    while let Some(open) = rest.find('<') {
        texts.push(rest[..open].to_owned());
        let close = open + rest[open..].find('>').expect("a tag ends");
        let tag = &rest[open..close];
        for name in SAID {
            if let Some((_, value)) = tag.split_once(&format!(" {name}=\"")) {
                texts.push(value.split('"').next().unwrap_or_default().to_owned());
            }
        }
        rest = &rest[close + 1..];
        let element = tag[1..].split([' ', '>']).next().unwrap_or_default();
        if NO_TEXT.contains(&element) {
            rest = &rest[rest.find(&format!("</{element}")).unwrap_or(rest.len())..];
        }
    }
    texts
}

/// What is left of a text without that of the tables; data that is filled in is within brackets.
fn outside(text: &str) -> String {
    let [open, close] = BRACKETS;
    let (mut depth, mut left) = (0_u32, String::new());
    for sign in text.chars() {
        match sign {
            _ if sign == open => depth += 1,
            _ if sign == close => depth = depth.saturating_sub(1),
            _ if depth == 0 => left.push(sign),
            _ => {}
        }
    }
    left
}

/// The words of a text, small, without the numbers of entities.
fn words(text: &str) -> Vec<String> {
    let mut plain = String::new();
    let text = text.replace("&nbsp;", " ");
    for (at, part) in text.split("&#").enumerate() {
        let end = part.find(';').filter(|_| at > 0);
        plain.push_str(end.map_or(part, |end| &part[end + 1..]));
        plain.push(' ');
    }
    let is_other = |sign: char| !sign.is_alphanumeric() && sign != '₂';
    plain
        .split(is_other)
        .filter(|word| word.chars().any(char::is_alphabetic))
        // A code or an id.
        .filter(|word| !word.chars().any(|sign| sign.is_ascii_digit()))
        .map(str::to_lowercase)
        .collect()
}

/// Names, numbers and codes that the pages are given, and what every language writes alike.
fn data() -> HashSet<String> {
    let mut texts = [SIGNS, SAMPLES, TRIP, OF_AGENT].map(str::to_owned).to_vec();
    for span in turn().into_iter().chain(request()) {
        texts.push(serde_json::to_string(&*span).unwrap());
    }
    let answer = samples::answer_in(Locale::En);
    // What a tool does, and what an empty page offers, is told by `agent`, whose tests read those texts.
    let calls = answer.tool_calls.iter();
    texts.extend(calls.map(|call| step::sentence(&call.name, &call.arguments, Locale::En)));
    for starter in starters(Locale::En) {
        texts.extend([starter.title.to_owned(), starter.message]);
    }
    texts.push(serde_json::to_string(&answer).unwrap());
    texts.push(serde_json::to_string(&samples::calendar()).unwrap());
    texts.push(serde_json::to_string(&samples::sheet(Locale::En)).unwrap());
    // Days and months are written by the language's calendar, not by a table of the page.
    for (month, day) in (1..=12).flat_map(|month| (1..=7).map(move |day| (month, day))) {
        let day = jiff::civil::date(2027, month, day);
        texts.push(crate::views::format::day_long(day, Locale::En));
        texts.push(crate::views::format::day_short(day, Locale::En));
    }
    texts.iter().flat_map(|text| words(text)).collect()
}

#[test]
fn no_text_of_a_page_escapes_the_tables() {
    let pages = during(|| {
        let mut pages = every_page(Locale::En);
        pages.extend(viewer::tests::every_page(Locale::En));
        pages
    });
    let known = data();
    let mut escaped = BTreeSet::new();
    for text in pages.iter().flat_map(|html| said(html)) {
        let left = outside(&text);
        if words(&left).iter().any(|word| !known.contains(word)) {
            escaped.insert(left.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    assert!(escaped.is_empty(), "in no table: {escaped:#?}");
}

#[test]
fn the_test_itself_finds_what_escapes() {
    let html = r#"<p title="bare">⟦told of ⟦x⟧⟧ 12 <b>left</b></p><code>code</code>"#;
    let left: Vec<String> = said(html).iter().map(|text| outside(text)).collect();
    assert_eq!(left.join("|"), "|bare| 12 |left|||");
    assert_eq!(words("a&#39;b 5 CO₂ p50"), ["a", "b", "co₂"]);
}
