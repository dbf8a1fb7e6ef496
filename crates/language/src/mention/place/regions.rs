//! Regions, states and provinces: they tell homonyms apart ("Portland, Maine"), and are places.

use std::sync::OnceLock;

use super::{
    gazetteer::Candidate,
    towns::layout::{REGION_AIRPORTS, REGION_BYTES, REGION_NAME_BYTES, hash, same},
};
use crate::{reading::PlaceKind, text::tokens::Tokens};
use travel::{Iata, airport, fold::key};

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/regions.bin"));
static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/regions.txt"));
static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/region_names.bin"));

static ASKED: [OnceLock<Option<Candidate>>; MOST] = [const { OnceLock::new() }; MOST];
const MOST: usize = 4_096;

/// Less than that of any city, more than that of most towns.
const RANK: u8 = 48;
/// The longest name in words.
const LONGEST_NAME: usize = 5;
/// Countries whose regions people shorten to the letters of their code.
const ABBREVIATING: [&str; 3] = ["US", "CA", "AU"];

/// A region of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region(u16);

impl Region {
    /// The region of that number.
    pub(crate) fn new(number: u16) -> Self {
        Self(number)
    }

    /// Its place in the table.
    pub(crate) fn number(self) -> u16 {
        self.0
    }

    fn bytes<const N: usize>(self, from: usize) -> Option<[u8; N]> {
        let start = usize::from(self.0) * REGION_BYTES + from;
        TABLE.get(start..start + N)?.try_into().ok()
    }

    fn end(self) -> usize {
        self.bytes(0).map_or(0, u32::from_le_bytes) as usize
    }

    fn line(self) -> &'static str {
        let start = self.0.checked_sub(1).map_or(0, |at| Self(at).end());
        TEXT.get(start..self.end()).unwrap_or_default()
    }

    /// Its code by ISO 3166-2, or the country's where the table knows no part of it.
    pub(crate) fn code(self) -> &'static str {
        self.line().split('\t').next().unwrap_or_default()
    }

    /// ISO 3166 alpha-2 country.
    pub(crate) fn country(self) -> &'static str {
        self.code().get(..2).unwrap_or_default()
    }

    /// Its English and its French name; empty where it has none.
    pub(crate) fn names(self) -> (&'static str, &'static str) {
        let mut cells = self.line().split('\t').skip(1);
        let mut next = || cells.next().unwrap_or_default();
        (next(), next())
    }

    /// Rough middle, in degrees north and east.
    pub(crate) fn middle(self) -> (f64, f64) {
        let degrees = |from| f64::from(self.bytes(from).map_or(0, i16::from_le_bytes)) / 100.0;
        (degrees(4), degrees(6))
    }

    fn airports(self) -> impl Iterator<Item = Iata> {
        (0..REGION_AIRPORTS).filter_map(move |nth| {
            let code = self.bytes::<3>(8 + 3 * nth)?;
            str::from_utf8(&code).ok()?.parse().ok()
        })
    }

    /// The region as a place, where airlines serve it.
    pub(crate) fn candidate(self) -> Option<&'static Candidate> {
        let asked = ASKED.get(usize::from(self.0))?;
        asked.get_or_init(|| self.build()).as_ref()
    }

    fn build(self) -> Option<Candidate> {
        let codes: Vec<Iata> = self.airports().collect();
        let first = airport::by_code(*codes.first()?)?;
        Some(Candidate {
            kind: PlaceKind::Region,
            codes,
            country: self.country(),
            rank: RANK,
            latitude: first.latitude,
            longitude: first.longitude,
            town: None,
            weight: 0,
        })
    }

    fn named(self, name: &str) -> bool {
        let mut names = self.line().split('\t').skip(1).flat_map(|c| c.split(','));
        names.any(|own| same(&key(own), name))
    }
}

/// The hashes of all names.
pub(crate) fn hashes() -> impl Iterator<Item = u32> {
    let rows = NAMES.chunks_exact(REGION_NAME_BYTES);
    rows.filter_map(|row| Some(u32::from_le_bytes(*row.first_chunk()?)))
}

/// The regions of a folded name.
pub(crate) fn named(name: &str) -> impl Iterator<Item = Region> + use<'_> {
    let wanted = hash(name);
    let entry = |at: usize| -> Option<(u32, u16)> {
        let bytes = NAMES.get(at * REGION_NAME_BYTES..(at + 1) * REGION_NAME_BYTES)?;
        let (hash, region) = bytes.split_at(4);
        Some((
            u32::from_le_bytes(hash.try_into().ok()?),
            u16::from_le_bytes(region.try_into().ok()?),
        ))
    };
    let (mut low, mut high) = (0, NAMES.len() / REGION_NAME_BYTES);
    while low < high {
        let middle = low + (high - low) / 2;
        if entry(middle).is_some_and(|(hash, _)| hash < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (low..)
        .map_while(entry)
        .take_while(move |(hash, _)| *hash == wanted)
        .map(|(_, region)| Region(region))
        .filter(move |region| region.named(name))
}

/// The region of an abbreviation in use: "FL", "BC", "NSW".
fn abbreviated(word: &str) -> impl Iterator<Item = Region> + use<'_> {
    let regions = (0..TABLE.len() / REGION_BYTES).map(|at| Region(at as u16));
    regions.filter(move |region| {
        ABBREVIATING.contains(&region.country())
            && region
                .code()
                .get(3..)
                .is_some_and(|short| short.eq_ignore_ascii_case(word))
    })
}

/// The regions that are named at `at`, each with how many tokens name it: the longest name, or an
/// abbreviation in capitals; after a comma in small letters too.
pub(crate) fn read(tokens: &Tokens<'_>, at: usize) -> Vec<(Region, usize)> {
    let Some(token) = tokens.get(at) else {
        return Vec::new();
    };
    let longest = LONGEST_NAME.min(tokens.len() - at);
    for length in (1..=longest).rev() {
        let found: Vec<_> = named(tokens.slice(at..at + length))
            .map(|region| (region, length))
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    let comma = tokens.is(at.wrapping_sub(1), &[","]);
    let short = (2..=3).contains(&tokens.word(at).len());
    if short && tokens.is_word(at) && (token.upper || comma) {
        return abbreviated(tokens.word(at))
            .map(|region| (region, 1))
            .collect();
    }
    Vec::new()
}
