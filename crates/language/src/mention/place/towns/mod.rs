//! Towns of the world without an airport of their own (docs/data.md), found by name.

pub(crate) mod layout;
mod serving;

use std::sync::OnceLock;

use super::{gazetteer::Candidate, regions::Region};
use crate::reading::{PlaceKind, Town};
use layout::{TOWN_BYTES, hash, same};
use travel::fold::key;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/towns.bin"));
static NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/towns.txt"));

/// Towns that have been asked for: what stands for them is looked for once.
static ASKED: [OnceLock<Box<[OnceLock<Candidate>]>>; CHUNKS] = [const { OnceLock::new() }; CHUNKS];
const CHUNK: usize = 256;
const CHUNKS: usize = 65_536 / CHUNK;

/// One row of the table.
#[derive(Clone, Copy)]
pub(crate) struct Row(u32);

impl Row {
    /// The row of that number.
    pub(crate) fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its place in the table.
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    fn bytes<const N: usize>(self, from: usize) -> [u8; N] {
        let start = self.0 as usize * TOWN_BYTES + from;
        TABLE
            .get(start..start + N)
            .and_then(|bytes| bytes.try_into().ok())
            .unwrap_or([0; N])
    }

    fn hash(self) -> u32 {
        u32::from_le_bytes(self.bytes(0))
    }

    fn name_end(self) -> usize {
        u32::from_le_bytes(self.bytes(4)) as usize
    }

    /// Its name as written.
    pub(crate) fn name(self) -> &'static str {
        let start = self.0.checked_sub(1).map_or(0, |at| Row(at).name_end());
        NAMES.get(start..self.name_end()).unwrap_or_default()
    }

    /// Degrees north and east, to a hundredth.
    pub(crate) fn position(self) -> (f64, f64) {
        (
            f64::from(i16::from_le_bytes(self.bytes(8))) / 100.0,
            f64::from(i16::from_le_bytes(self.bytes(10))) / 100.0,
        )
    }

    pub(crate) fn region(self) -> Region {
        Region::new(u16::from_le_bytes(self.bytes(12)))
    }

    /// Inhabitants in hundreds; 65,535 and more are one.
    pub(crate) fn size(self) -> u16 {
        u16::from_le_bytes(self.bytes(14))
    }

    /// Its prominence on the scale of airports: below that of any city which airlines serve well.
    pub(crate) fn rank(self) -> u8 {
        match self.size() {
            10_000.. => 49,
            3_000.. => 45,
            1_000.. => 40,
            300.. => 30,
            100.. => 20,
            _ => 10,
        }
    }

    /// How likely it is meant among towns of one name: inhabitants, more where visitors live or go.
    pub(crate) fn weight(self) -> u32 {
        let known = match self.region().country() {
            "FR" | "GB" | "IE" | "BE" | "CH" | "LU" | "DE" | "AT" | "IT" | "ES" | "PT" | "NL"
            | "GR" | "DK" | "SE" | "NO" | "FI" | "MC" => 3,
            "US" | "CA" | "AU" | "NZ" | "JP" | "MA" | "TN" | "DZ" | "RE" | "GP" | "MQ" => 2,
            _ => 1,
        };
        u32::from(self.size()) * known
    }

    /// The place that the town is.
    pub(crate) fn candidate(self) -> &'static Candidate {
        static NOWHERE: OnceLock<Candidate> = OnceLock::new();
        let chunk = ASKED
            .get(self.0 as usize / CHUNK)
            .map(|chunk| chunk.get_or_init(|| (0..CHUNK).map(|_| OnceLock::new()).collect()));
        let slot = chunk.and_then(|chunk| chunk.get(self.0 as usize % CHUNK));
        slot.unwrap_or(&NOWHERE).get_or_init(|| self.build())
    }

    fn build(self) -> Candidate {
        let region = self.region();
        let (latitude, longitude) = self.position();
        let serving = serving::airports(
            (latitude, longitude),
            region.country(),
            region.code(),
            self.name(),
        );
        Candidate {
            kind: PlaceKind::Town,
            codes: serving.iter().map(|near| near.code).collect(),
            country: region.country(),
            rank: self.rank(),
            latitude,
            longitude,
            weight: self.weight(),
            town: Some(Town {
                name: self.name().to_owned(),
                region: region.names().0.to_owned(),
                km: serving.iter().map(|near| near.km).collect(),
            }),
        }
    }
}

/// How many towns there are.
fn len() -> u32 {
    (TABLE.len() / TOWN_BYTES) as u32
}

/// The towns of a folded name, largest first.
pub(crate) fn named(name: &str) -> impl Iterator<Item = Row> + use<'_> {
    let wanted = hash(name);
    let (mut low, mut high) = (0, len());
    while low < high {
        let middle = low + (high - low) / 2;
        if Row(middle).hash() < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (low..len())
        .map(Row)
        .take_while(move |row| row.hash() == wanted)
        .filter(move |row| same(&key(row.name()), name))
}

/// The hashes of all names.
pub(crate) fn hashes() -> impl Iterator<Item = u32> {
    (0..len()).map(|number| Row(number).hash())
}

/// Whether a folded name is that of a town.
pub(crate) fn contains(name: &str) -> bool {
    named(name).next().is_some()
}
