//! Every name of a place that the tables know, folded, with what it may stand for.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

use crate::{
    slots::{Place, PlaceKind},
    text::typos::{deletions, one_edit_apart},
};
use travel::Iata;
use travel::locale::Locale;

/// A place that a name may stand for.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) kind: PlaceKind,
    /// Most prominent first.
    pub(crate) codes: Vec<Iata>,
    pub(crate) country: &'static str,
    /// Prominence from 0 to 100.
    pub(crate) rank: u8,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

impl Candidate {
    pub(crate) fn place(&self, surface: &str) -> Place {
        Place {
            surface: surface.to_owned(),
            kind: self.kind,
            codes: self.codes.clone(),
            country: self.country.to_owned(),
        }
    }
}

/// A candidate under one of its names, and the language of that name where it has one.
pub(crate) type Link = (u32, Option<Locale>);

pub(crate) struct Gazetteer {
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) names: HashMap<String, Vec<Link>>,
    /// Names of well-known places.
    pub(crate) known: Vec<String>,
    /// Indexes of those by the hash of the name less one letter.
    pub(crate) typos: HashMap<u64, Vec<u32>>,
}

/// Two places of one name are both meant when they are about as prominent as each other.
pub(crate) const COMPARABLE_RANK: u8 = 60;
const COMPARABLE_GAP: u8 = 20;

/// A name's language decides between places whose ranks are not farther apart.
const LANGUAGE_GAP: u8 = 30;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::build);

static ORDINARY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("ordinary.txt")
        .split_whitespace()
        .filter(|w| *w != "#")
        .collect()
});

/// Whether a folded word also means something else in one of the two languages.
pub(crate) fn is_ordinary(word: &str) -> bool {
    ORDINARY.contains(word)
}

pub(crate) fn gazetteer() -> &'static Gazetteer {
    &GAZETTEER
}

impl Gazetteer {
    pub(crate) fn candidate(&self, index: u32) -> &Candidate {
        &self.candidates[index as usize]
    }

    /// What a folded name stands for in a language, most prominent first.
    pub(crate) fn lookup(&self, name: &str, locale: Locale) -> Option<Vec<u32>> {
        let links = self.names.get(name)?;
        let spoken = |link: &&Link| link.1.is_none_or(|language| language == locale);
        let rank = |link: &Link| self.candidate(link.0).rank;
        // "Mexico" is the city in French and the country in English; but "London" typed in French
        // is not the small London whose name no language changes.
        let best = links.iter().map(rank).max().unwrap_or_default();
        let kept = links
            .iter()
            .filter(spoken)
            .map(rank)
            .max()
            .unwrap_or_default();
        let all = kept.saturating_add(LANGUAGE_GAP) < best;
        let found = links
            .iter()
            .filter(|link| all || spoken(link))
            .map(|link| link.0)
            .collect();
        Some(found)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The well-known name one letter away from a word that is no name.
    pub(crate) fn near(&self, word: &str) -> Option<&str> {
        let mut best: Option<(&str, u8)> = None;
        deletions(word, |shorter| {
            for at in self.typos.get(&hash(shorter)).into_iter().flatten() {
                let name = self.known[*at as usize].as_str();
                let rank = self.names[name]
                    .first()
                    .map_or(0, |link| self.candidate(link.0).rank);
                if one_edit_apart(name, word) && best.is_none_or(|(_, known)| rank > known) {
                    best = Some((name, rank));
                }
            }
        });
        best.map(|(name, _)| name)
    }

    /// The options in a country.
    pub(crate) fn in_country(&self, options: &[u32], country: &str) -> Vec<u32> {
        let inside = options
            .iter()
            .filter(|id| self.candidate(**id).country == country);
        inside.copied().collect()
    }

    /// The candidates among which the words alone do not decide.
    pub(crate) fn comparable<'a>(&self, options: &'a [u32]) -> &'a [u32] {
        let Some(first) = options.first().map(|first| self.candidate(*first)) else {
            return options;
        };
        let close = options.iter().take_while(|option| {
            let other = self.candidate(**option);
            other.rank >= COMPARABLE_RANK
                && first.rank - other.rank.min(first.rank) <= COMPARABLE_GAP
                || other.rank == u8::MAX
        });
        let same_kind = |option: &&u32| {
            (self.candidate(**option).kind == PlaceKind::Country)
                == (first.kind == PlaceKind::Country)
        };
        &options[..close.filter(same_kind).count().max(1)]
    }
}

/// The key of a word in the index of typing errors.
pub(crate) fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}
