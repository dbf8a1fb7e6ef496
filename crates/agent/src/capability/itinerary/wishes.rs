//! Sights that are to be in a plan or not, by their names.

use guide::{
    Destination,
    nearby::{self, Place},
    sights::{self, Sight},
};

use crate::{capability::tastes, travel::Interest};

/// Names as sights.
#[derive(Clone, Debug, Default)]
pub(super) struct Wishes {
    pub(super) sights: Vec<&'static Sight>,
    /// Names that mean no sight there.
    pub(super) unknown: Vec<String>,
}

/// The sights that names mean; a quarter is no sight.
pub(super) fn named(destination: &Destination, names: &[String]) -> Wishes {
    let mut wishes = Wishes::default();
    for name in names {
        let hits = nearby::search(destination.code, name).into_iter();
        let sight = hits.filter_map(|hit| match hit.place {
            Place::Sight(sight) => Some(sight),
            Place::Quarter(_) => None,
        });
        match sight.into_iter().next() {
            Some(sight) => wishes.sights.push(sight),
            None => wishes.unknown.push(name.clone()),
        }
    }
    wishes
}

/// The sights that are to be left out: by name, or all of a kind that is not wanted.
pub(super) fn refused(destination: &Destination, exclude: &[String]) -> Wishes {
    let (mut kinds, mut names) = (Vec::new(), Vec::new());
    for said in exclude {
        match interest(said) {
            Some(interest) => kinds.push(interest),
            None => names.push(said.clone()),
        }
    }
    let mut wishes = named(destination, &names);
    let all = sights::of(destination.code).iter();
    wishes
        .sights
        .extend(all.filter(|sight| tastes::meets(sight, &kinds)));
    wishes
}

/// The interest that a key such as `museums` means.
fn interest(key: &str) -> Option<Interest> {
    serde_json::from_value(key.trim().to_lowercase().into()).ok()
}

/// The key of an interest.
pub(super) fn key(interest: Interest) -> Option<String> {
    let key = serde_json::to_value(interest).ok()?;
    key.as_str().map(str::to_owned)
}

/// Words before a sight that is to be added.
const ADDING: &[&str] = &[
    "ajoute",
    "ajoutez",
    "ajouter",
    "rajoute",
    "rajouter",
    "inclus",
    "inclure",
    "mets",
    "add",
    "include",
    "put in",
    "squeeze in",
];
/// Words before a sight that is to go.
const DROPPING: &[&str] = &[
    "enleve",
    "enlève",
    "enlever",
    "retire",
    "retirer",
    "supprime",
    "saute",
    "remove",
    "drop",
    "skip",
    "leave out",
    "take out",
];

/// The sights that a message adds to a plan, and those that it drops, by name.
pub(super) fn said(destination: &Destination, message: &str) -> (Vec<String>, Vec<String>) {
    (
        after(destination, message, ADDING),
        after(destination, message, DROPPING),
    )
}

fn after(destination: &Destination, message: &str, verbs: &[&str]) -> Vec<String> {
    let lower = message.to_lowercase();
    let found = verbs.iter().filter_map(|verb| {
        let at = lower.find(verb)?;
        let end = at + verb.len();
        let before = lower[..at].chars().next_back();
        let next = lower[end..].chars().next();
        let is_word = before.is_none_or(|before| !before.is_alphanumeric())
            && next.is_some_and(|next| !next.is_alphanumeric());
        // As typed, for its capitals; a letter that changes its length is rare, and then case goes.
        let rest = message.get(end..).filter(|_| lower.len() == message.len());
        is_word.then(|| rest.unwrap_or(&lower[end..]).to_owned())
    });
    let Some(rest) = found.into_iter().next() else {
        return Vec::new();
    };
    let clause = rest.split(['.', ';', '!', '?', '\n']).next();
    let parts = clause.unwrap_or_default().split(',');
    let names = parts
        .flat_map(|part| part.split(" et "))
        .flat_map(|part| part.split(" and "))
        .map(str::trim);
    // What is no sight that we know is one when it is written as a name: it is then said.
    let is_name = |name: &str| {
        !nearby::search(destination.code, name).is_empty()
            || name
                .split(' ')
                .any(|word| word.starts_with(char::is_uppercase))
    };
    names
        .filter(|name| !name.is_empty() && is_name(name))
        .map(str::to_owned)
        .collect()
}
