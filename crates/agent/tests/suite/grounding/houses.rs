//! Names of hotels and the like: none that is invented passes, none that is true is flagged.
//!
//! The fixtures are by another hand than the checker's: a reply a line, `\n` for a line break, and for
//! the invented ones the names that must be flagged.

use std::fs;

use agent::{
    grounding::{Ground, Kind, ungrounded},
    language::fold,
    message::Message,
};

fn lines(file: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/eval/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let cells = |line: &str| {
        line.split('\t')
            .map(|cell| cell.replace("\\n", "\n"))
            .collect()
    };
    text.lines().map(cells).collect()
}

fn houses(reply: &str, ground: &Ground) -> Vec<String> {
    let facts = ungrounded(reply, ground).into_iter();
    let houses = facts.filter(|fact| fact.kind == Kind::House);
    houses.map(|fact| fact.text).collect()
}

/// The words of a name that say something.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(fold);
    words.filter(|word| word.chars().count() > 2).collect()
}

#[test]
fn invented_houses_are_flagged_by_name() {
    let (mut missed, mut all) = (Vec::new(), 0);
    for cells in lines("houses_invented.txt") {
        let flagged = houses(&cells[1], &Ground::default());
        let flagged_words: Vec<_> = flagged.iter().flat_map(|name| words(name)).collect();
        for name in cells[2].split(" | ") {
            all += 1;
            if !words(name).iter().all(|word| flagged_words.contains(word)) {
                missed.push(format!("{name}: {} -> {flagged:?}", cells[1]));
            }
        }
    }
    let reached = 1.0 - missed.len() as f64 / f64::from(all);
    assert!(reached >= 0.95, "{reached} of {all}\n{}", missed.join("\n"));
}

#[test]
fn true_replies_about_houses_are_not_flagged() {
    let replies = lines("houses_clean.txt");
    assert_eq!(replies.len(), 200);
    let flagged = replies.iter().filter_map(|cells| {
        let flagged = houses(&cells[1], &Ground::default());
        (!flagged.is_empty()).then(|| format!("{} -> {flagged:?}", cells[1]))
    });
    let flagged: Vec<_> = flagged.collect();
    assert!(
        flagged.is_empty(),
        "{}\n{}",
        flagged.len(),
        flagged.join("\n")
    );
}

#[test]
fn a_house_that_the_person_named_may_be_repeated() {
    let mut ground = Ground::default();
    ground.add_message(&Message::user("J’ai réservé l’hôtel Belle Étoile à Nice"));
    assert!(houses("À deux pas de l’hôtel Belle Étoile.", &ground).is_empty());
    assert_eq!(
        houses("Prenez l’hôtel Grand Large.", &ground),
        ["Grand Large"]
    );
}
