//! Every name of a place that the tables know, folded, with what it may stand for.

use std::{cmp::Reverse, sync::LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    names::NameFilter,
    regions::{self, Region},
    towns::{
        self, Row,
        layout::{hash, kilometres},
    },
};
use crate::{
    reading::{Place, PlaceKind, Town},
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
    pub(crate) town: Option<Town>,
    /// How likely a town, or a city with a little known airport, is meant; 0 for all others.
    pub(crate) weight: u32,
}

impl Candidate {
    /// Whether an airport with airline service is no farther from the town.
    fn is_served_within(&self, farthest: u16) -> bool {
        let km = self.town.as_ref().and_then(|town| town.km.first());
        km.is_some_and(|km| *km <= farthest)
    }

    pub(crate) fn place(&self, surface: &str) -> Place {
        Place {
            surface: surface.to_owned(),
            kind: self.kind,
            codes: self.codes.clone(),
            country: self.country.to_owned(),
            town: self.town.clone(),
        }
    }
}

/// A candidate under one of its names, and the language of that name where it has one.
pub(crate) type Link = (u32, Option<Locale>);

pub(crate) struct Gazetteer {
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) names: FxHashMap<String, Vec<Link>>,
    /// Names of well-known places.
    pub(crate) known: Vec<String>,
    /// Indexes of those by the key of the name less one letter.
    pub(crate) typos: FxHashMap<u64, Vec<u32>>,
    /// The hashes of all names, of towns and regions too.
    pub(crate) filter: NameFilter,
    /// The keys of `typos`.
    pub(crate) typo_filter: NameFilter,
}

/// Two places of one name are both meant when they are about as prominent as each other.
pub(crate) const COMPARABLE_RANK: u8 = 60;
const COMPARABLE_GAP: u8 = 20;

/// A name's language decides between places whose ranks are not farther apart.
const LANGUAGE_GAP: u8 = 30;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::build);

static ORDINARY: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../lexicon/ordinary.txt")
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

/// Towns and regions are in tables of their own: their numbers begin here.
const FIRST_TOWN: u32 = 1 << 24;
const FIRST_REGION: u32 = 1 << 25;

/// A town so near to an airport of its name is the city of that airport.
pub(crate) const SAME_CITY_KM: f64 = 60.0;

/// Two towns of one name are both meant unless one is so many times larger.
const LARGER: u32 = 3;

/// Below this rank an airport is a field; a town nearer than this to a better one uses that.
const FIELD_RANK: u8 = 5;
const BETTER_KM: u16 = 100;

/// The most choices that are offered between towns.
const MOST_CHOICES: usize = 3;

/// The number of a town among all options.
pub(crate) fn town_option(row: Row) -> u32 {
    FIRST_TOWN + row.number()
}

/// The town that an option is.
pub(crate) fn as_town(option: u32) -> Option<Row> {
    (FIRST_TOWN..FIRST_REGION)
        .contains(&option)
        .then(|| Row::new(option - FIRST_TOWN))
}

impl Gazetteer {
    pub(crate) fn candidate(&self, index: u32) -> &Candidate {
        if let Some(town) = as_town(index) {
            return town.candidate();
        }
        let region = index.checked_sub(FIRST_REGION);
        let region = region.and_then(|at| Region::new(u16::try_from(at).ok()?).candidate());
        region.unwrap_or_else(|| &self.candidates[index as usize])
    }

    /// What a folded name stands for in a language: cities that airlines serve, then towns, then
    /// countries and regions, each most prominent first.
    pub(crate) fn lookup(&self, name: &str, locale: Locale) -> Option<Vec<u32>> {
        if !self.may_be(hash(name)) {
            return None;
        }
        let mut found = self.served(name, locale).unwrap_or_default();
        let apart = |row: &Row, found: &[u32]| {
            found.iter().all(|id| {
                let known = self.candidate(*id);
                kilometres(row.position(), (known.latitude, known.longitude)) > SAME_CITY_KM
            })
        };
        let towns: Vec<Row> = match found.first().map(|first| self.candidate(*first)) {
            // Codes are written in capitals.
            _ if name.starts_with(|c: char| c.is_ascii_uppercase()) => Vec::new(),
            // A reviewed choice is complete, and a country is no town.
            Some(first) if first.rank == u8::MAX || first.kind == PlaceKind::Country => Vec::new(),
            _ => towns::named(name)
                .filter(|row| apart(row, &found))
                .collect(),
        };
        found.extend(towns.into_iter().map(town_option));
        self.replace_fields(&mut found, name);
        // Cities that airlines serve well come first, then towns by size, then countries.
        if found.len() > 1 {
            found.sort_by_cached_key(|id| self.order(*id));
        }
        if found.is_empty() {
            let regions = regions::named(name).filter(|region| region.candidate().is_some());
            found.extend(regions.map(|region| FIRST_REGION + u32::from(region.number())));
        }
        (!found.is_empty()).then_some(found)
    }

    /// Cities by class, then by how likely they are meant. What stands for a town is not yet sought.
    fn order(&self, option: u32) -> (u8, Reverse<u32>) {
        if let Some(town) = as_town(option) {
            return (1, Reverse(town.weight()));
        }
        let known = self.candidate(option);
        let class = match known.kind {
            PlaceKind::Country => 2,
            _ => u8::from(known.weight > 0),
        };
        (class, Reverse(known.weight))
    }

    /// A town with a mere field uses the airport with airline service that is near.
    fn replace_fields(&self, found: &mut [u32], name: &str) {
        for option in found.iter_mut().filter(|id| as_town(**id).is_none()) {
            let known = self.candidate(*option);
            if known.kind != PlaceKind::City || known.rank > FIELD_RANK {
                continue;
            }
            let at = (known.latitude, known.longitude);
            let town = towns::named(name)
                .find(|town| kilometres(town.position(), at) < SAME_CITY_KM)
                .filter(|town| town.candidate().is_served_within(BETTER_KM));
            *option = town.map_or(*option, town_option);
        }
    }

    /// The cities and countries of a folded name, most prominent first.
    fn served(&self, name: &str, locale: Locale) -> Option<Vec<u32>> {
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

    /// Whether a name of that hash may be in the tables.
    pub(crate) fn may_be(&self, hash: u32) -> bool {
        self.filter.may_have(u64::from(hash))
    }

    /// Whether a folded name is that of a place or of a town.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.may_be(hash(name)) && (self.contains(name) || towns::contains(name))
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The well-known name one letter away from a word that is no name.
    pub(crate) fn near(&self, word: &str) -> Option<&str> {
        let mut best: Option<(&str, u8)> = None;
        deletions(word, |shorter| {
            if !self.typo_filter.may_have(shorter) {
                return;
            }
            for at in self.typos.get(&shorter).into_iter().flatten() {
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
        if first.weight > 0 {
            let mut meant: Vec<&[Iata]> = vec![&first.codes];
            let close = options.iter().skip(1).take(MOST_CHOICES - 1);
            let close = close.take_while(|option| {
                let other = self.candidate(**option);
                let new = !meant.contains(&other.codes.as_slice());
                meant.push(&other.codes);
                new && other.weight * LARGER > first.weight
            });
            return &options[..1 + close.count()];
        }
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
