//! How the gazetteer is made from the tables.

use crate::text::words;
use std::collections::{HashMap, HashSet};

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{
    gazetteer::{COMPARABLE_RANK, Candidate, Gazetteer, Link, SAME_CITY_KM},
    names::NameFilter,
    regions,
    towns::{
        self, Row,
        layout::{SERVING_RANK, hash, kilometres},
    },
};
use crate::{reading::PlaceKind, text::typos::deletions};
use travel::locale::Locale;
use travel::{Airport, Iata, airport, country, fold::key};

/// Names that people shorten to one that several places share.
const SHORTENED: &[(&str, &[&str])] = &[
    ("santiago", &["SCL", "STI", "SCQ", "SCU"]),
    ("saint denis", &["RUN", "PAR"]),
    ("st denis", &["RUN", "PAR"]),
    ("georgetown", &["GEO", "GCM"]),
    ("george town", &["GCM", "GEO", "PEN"]),
    ("valencia", &["VLC", "VLN"]),
    ("saint pierre", &["FSP", "ZSE"]),
];

/// Heliports are known by their codes only.
const HELIPORT_RANK: u8 = 1;

/// Less known names are not guessed from a typing error.
const TYPO_RANK: u8 = 50;

impl Gazetteer {
    /// Reads all tables.
    pub(crate) fn build() -> Self {
        let mut this = Self {
            candidates: Vec::new(),
            names: FxHashMap::with_capacity_and_hasher(16_000, FxBuildHasher),
            known: Vec::new(),
            typos: FxHashMap::default(),
            filter: NameFilter::new(),
            typo_filter: NameFilter::new(),
        };
        this.add_cities();
        this.add_countries();
        this.add_aliases();
        this.add_airport_names();
        this.add_codes();
        this.sort();
        this.add_shortened();
        this.index_typos();
        this.filter_names();
        this
    }

    /// Notes every name of all tables.
    fn filter_names(&mut self) {
        let known = self.names.keys().map(|name| hash(name));
        let all = known.chain(towns::hashes()).chain(regions::hashes());
        all.for_each(|hash| self.filter.add(u64::from(hash)));
    }

    fn push(&mut self, candidate: Candidate) -> u32 {
        self.candidates.push(candidate);
        u32::try_from(self.candidates.len() - 1).unwrap_or_default()
    }

    fn name(&mut self, name: &str, candidate: u32, language: Option<Locale>) {
        let key = key(name);
        if key.is_empty() {
            return;
        }
        let links = self.names.entry(key).or_default();
        match links.iter_mut().find(|link| link.0 == candidate) {
            Some(link) if link.1 != language => link.1 = None,
            Some(_) => {}
            None => links.push((candidate, language)),
        }
    }

    /// One candidate for the airports that serve a city, under the city's names.
    fn add_cities(&mut self) {
        let mut cities: HashMap<(String, &str), Vec<Vec<&'static Airport>>> = HashMap::new();
        for airport in airport::all().iter().filter(|a| a.rank > HELIPORT_RANK) {
            let clusters = cities
                .entry((key(airport.city(Locale::En)), airport.country))
                .or_default();
            match clusters
                .iter_mut()
                .find(|cluster| cluster.iter().any(|other| near(airport, other)))
            {
                Some(cluster) => cluster.push(airport),
                None => clusters.push(vec![airport]),
            }
        }
        let mut clusters: Vec<_> = cities.into_values().flatten().collect();
        // The map's order is random, and ties must not be.
        clusters.sort_by_key(|cluster| cluster.iter().map(|airport| airport.iata).min());
        for mut cluster in clusters {
            cluster.sort_by_key(|airport| std::cmp::Reverse(airport.rank));
            let (kind, codes) = city_codes(&cluster);
            let main = cluster[0];
            let id = self.push(Candidate {
                weight: city_weight(main),
                ..candidate(kind, codes, main)
            });
            for airport in cluster {
                for (locale, other) in [(Locale::En, Locale::Fr), (Locale::Fr, Locale::En)] {
                    let city = airport.city(locale);
                    let both = key(city) == key(airport.city(other));
                    for part in city.split(['/', '(', ')', ',']) {
                        self.name(part, id, (!both).then_some(locale));
                    }
                }
            }
        }
    }

    fn add_countries(&mut self) {
        for country in country::all() {
            let Some(gateway) = country
                .gateways
                .iter()
                .find_map(|code| airport::resolve(*code).into_iter().next())
            else {
                continue;
            };
            let gateways = country.gateways.iter().copied();
            let codes = gateways.filter(|code| !is_heliport(*code)).collect();
            let id = self.push(Candidate {
                country: country.code,
                rank: 75,
                ..candidate(PlaceKind::Country, codes, gateway)
            });
            for (locale, other) in [(Locale::En, Locale::Fr), (Locale::Fr, Locale::En)] {
                let both = key(country.name(locale)) == key(country.name(other));
                self.name(country.name(locale), id, (!both).then_some(locale));
            }
            for alias in &country.aliases {
                self.name(alias, id, None);
            }
        }
    }

    /// Reviewed aliases come before what the name means besides.
    fn add_aliases(&mut self) {
        for line in travel::airport::ALIASES
            .lines()
            .filter(|l| !l.starts_with('#'))
        {
            let mut cells = line.split('\t');
            let (Some(alias), Some(codes)) = (cells.next(), cells.next()) else {
                continue;
            };
            let codes: Vec<Iata> = codes
                .split(',')
                .filter_map(|c| c.trim().parse().ok())
                .collect();
            let Some(first) = codes
                .first()
                .and_then(|code| airport::resolve(*code).into_iter().next())
            else {
                continue;
            };
            let kind = if codes.len() > 1 {
                PlaceKind::Region
            } else {
                code_kind(codes[0], PlaceKind::City)
            };
            let id = self.push(candidate(kind, codes, first));
            self.displace(&key(alias), id);
            self.name(alias, id, None);
        }
    }

    /// Ranks an alias no lower than the homonyms it has, and takes the place of its double.
    fn displace(&mut self, key: &str, alias: u32) {
        let Some(links) = self.names.get_mut(key) else {
            return;
        };
        let candidates = &mut self.candidates;
        let highest = links
            .iter()
            .map(|link| candidates[link.0 as usize].rank)
            .max();
        links.retain(|link| candidates[link.0 as usize].codes != candidates[alias as usize].codes);
        let own = &mut candidates[alias as usize].rank;
        *own = highest.unwrap_or(0).max(*own);
        links.insert(0, (alias, None));
    }

    /// Names of airports, with and without the city and the word "airport".
    fn add_airport_names(&mut self) {
        for airport in airport::all() {
            let full = key(airport.name);
            let mut short = full.as_str();
            while let Some(rest) = words::PLACE_AIRPORT_ADJECTIVE
                .iter()
                .find_map(|word| short.strip_suffix(word))
            {
                short = rest.trim_end();
            }
            let city = key(airport.city(Locale::En));
            let own = short.strip_prefix(&city).unwrap_or(short).trim_start();
            let mut names: Vec<&str> = vec![full.as_str()];
            names.extend([short, own].iter().filter(|name| name.contains(' ')));
            if airport.rank >= COMPARABLE_RANK && own.len() >= 5 {
                names.push(own);
            }
            names.retain(|name| !self.names.contains_key(*name));
            if names.is_empty() {
                continue;
            }
            let id = self.push(candidate(PlaceKind::Airport, vec![airport.iata], airport));
            for name in names {
                self.name(name, id, None);
            }
        }
    }

    /// Codes, under a form that no folded word has.
    fn add_codes(&mut self) {
        let metros: HashSet<Iata> = airport::all().iter().filter_map(|a| a.metro).collect();
        let mut codes: Vec<Iata> = metros
            .into_iter()
            .chain(airport::all().iter().map(|a| a.iata))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            if let Some(first) = airport::resolve(code).into_iter().next() {
                let id = self.push(candidate(
                    code_kind(code, PlaceKind::Airport),
                    vec![code],
                    first,
                ));
                self.names
                    .insert(code.as_str().to_owned(), vec![(id, None)]);
            }
        }
    }

    fn sort(&mut self) {
        let candidates = &self.candidates;
        for links in self.names.values_mut() {
            links.sort_by_key(|(id, _)| {
                let candidate = &candidates[*id as usize];
                (
                    candidate.kind == PlaceKind::Country,
                    std::cmp::Reverse(candidate.rank),
                )
            });
        }
    }

    fn add_shortened(&mut self) {
        for (name, codes) in SHORTENED {
            let mut options: Vec<Link> = Vec::new();
            for code in *codes {
                let Some(&(id, _)) = self.names.get(*code).and_then(|links| links.first()) else {
                    continue;
                };
                let known = &self.candidates[id as usize];
                let kind = match known.kind {
                    PlaceKind::Airport => PlaceKind::City,
                    kind => kind,
                };
                // The list is reviewed: all of it is meant, whatever the ranks.
                let copy = Candidate {
                    kind,
                    codes: known.codes.clone(),
                    town: None,
                    weight: 0,
                    rank: u8::MAX,
                    ..*known
                };
                options.push((self.push(copy), None));
            }
            self.names.insert((*name).to_owned(), options);
        }
    }

    fn index_typos(&mut self) {
        let prominent = |links: &[Link]| {
            links
                .iter()
                .any(|link| self.candidate(link.0).rank >= TYPO_RANK)
        };
        let is_code = |name: &str| name.starts_with(|c: char| c.is_ascii_uppercase());
        let names = self.names.iter();
        self.known = names
            .filter(|(name, links)| name.len() >= 5 && !is_code(name) && prominent(links))
            .map(|(name, _)| name.clone())
            .collect();
        // The map's order is random, and ties must not be.
        self.known.sort_unstable();
        for (at, name) in (0..).zip(&self.known) {
            deletions(name, |shorter| {
                self.typo_filter.add(shorter);
                let same = self.typos.entry(shorter).or_default();
                if same.last() != Some(&at) {
                    same.push(at);
                }
            });
        }
    }
}

/// The weight of the town that a little known airport lies at.
fn city_weight(airport: &Airport) -> u32 {
    if airport.rank >= COMPARABLE_RANK {
        return 0;
    }
    let name = key(airport.city(Locale::En));
    let at = (airport.latitude, airport.longitude);
    let here = towns::named(&name).find(|town| kilometres(town.position(), at) < SAME_CITY_KM);
    here.map_or(1, Row::weight)
}

fn candidate(kind: PlaceKind, codes: Vec<Iata>, airport: &'static Airport) -> Candidate {
    Candidate {
        kind,
        codes,
        country: airport.country,
        rank: airport.rank,
        latitude: airport.latitude,
        longitude: airport.longitude,
        town: None,
        weight: 0,
    }
}

fn is_heliport(code: Iata) -> bool {
    airport::by_code(code).is_some_and(|airport| airport.rank <= HELIPORT_RANK)
}

/// A metropolitan area of several airports, or else one airport: as `single`.
fn code_kind(code: Iata, single: PlaceKind) -> PlaceKind {
    match (airport::of_metro(code).len(), airport::by_code(code)) {
        (2.., _) | (1, None) => PlaceKind::Metro,
        (_, Some(airport)) if shares_metro(airport) => PlaceKind::Airport,
        _ => single,
    }
}

fn shares_metro(airport: &Airport) -> bool {
    airport
        .metro
        .is_some_and(|metro| airport::of_metro(metro).len() > 1)
}

/// The codes of a city's airports, most prominent first: its metropolitan code where the area is
/// named after it.
fn city_codes(cluster: &[&'static Airport]) -> (PlaceKind, Vec<Iata>) {
    let area = cluster
        .iter()
        .filter_map(|airport| airport.metro)
        .find(|metro| is_named_after(*metro, cluster));
    match area {
        Some(metro) => (PlaceKind::Metro, vec![metro]),
        None => (PlaceKind::City, served_codes(cluster)),
    }
}

/// Whether most of an area's main airports are the city's: Washington's and not Baltimore's.
fn is_named_after(metro: Iata, cluster: &[&'static Airport]) -> bool {
    let members = airport::of_metro(metro);
    let highest = members.iter().map(|airport| airport.rank).max();
    let main = members.iter().filter(|a| Some(a.rank) == highest);
    let (own, others): (Vec<&Airport>, Vec<&Airport>) = main
        .copied()
        .partition(|a| cluster.iter().any(|own| own.iata == a.iata));
    members.len() > 1 && own.len() > others.len()
}

/// The airports of a city; a mere field beside one with much airline service is left out: who says
/// Denver does not mean the airfield of Broomfield.
fn served_codes(cluster: &[&'static Airport]) -> Vec<Iata> {
    let main = cluster.iter().map(|airport| airport.rank).max();
    let is_served = main.is_some_and(|rank| rank >= COMPARABLE_RANK);
    let served = cluster
        .iter()
        .filter(|airport| !is_served || airport.rank >= SERVING_RANK);
    served.map(|airport| airport.iata).collect()
}

/// Whether two airports serve one city: the same area, or within a degree and a half.
fn near(a: &Airport, b: &Airport) -> bool {
    (a.metro.is_some() && a.metro == b.metro)
        || ((a.latitude - b.latitude).abs() < 1.5 && (a.longitude - b.longitude).abs() < 1.5)
}
