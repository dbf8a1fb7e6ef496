//! The tables of towns and regions, sorted by the hash of their names, so that the program finds a
//! name in them without building anything at its start.

use std::{collections::HashMap, error::Error, fs, path::Path};

use crate::{
    fold::key,
    layout::{REGION_AIRPORTS, SERVING_RANK, hash, kilometres},
};

/// A town of `data/towns.tsv`.
struct Town {
    hash: u32,
    name: String,
    at: (f64, f64),
    region: u16,
    /// Inhabitants in hundreds.
    size: u16,
}

/// An airport of the table of airports.
struct Airport {
    code: String,
    country: String,
    at: (f64, f64),
    rank: u8,
}

/// The airports of a region, by rank.
type Served = HashMap<u16, Vec<(u8, String)>>;

/// Writes `towns.bin`, `towns.txt`, `regions.bin`, `regions.txt` and `region_names.bin`.
pub(crate) fn generate(data: &Path, airports: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let lines = rows(&data.join("regions.tsv"))?;
    let codes: HashMap<&str, u16> = (0..)
        .zip(&lines)
        .filter_map(|(at, line)| Some((line.split('\t').next()?, at)))
        .collect();
    let towns = towns(
        &rows(&data.join("towns.tsv"))?,
        &rows(&data.join("town_names.tsv"))?,
        &codes,
    )?;
    let served = served(&airport_rows(airports)?, &towns, &lines);

    let (mut table, mut names) = (Vec::new(), String::new());
    for town in &towns {
        names.push_str(&town.name);
        table.extend(town.hash.to_le_bytes());
        table.extend(u32::try_from(names.len())?.to_le_bytes());
        table.extend(hundredths(town.at.0).to_le_bytes());
        table.extend(hundredths(town.at.1).to_le_bytes());
        table.extend(town.region.to_le_bytes());
        table.extend(town.size.to_le_bytes());
    }
    fs::write(out.join("towns.bin"), table)?;
    fs::write(out.join("towns.txt"), names)?;
    regions(&lines, &towns, &served, out)
}

fn rows(path: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    Ok(rows.map(str::to_owned).collect())
}

/// The towns, each once under each of its names.
fn towns(
    rows: &[String],
    other_names: &[String],
    codes: &HashMap<&str, u16>,
) -> Result<Vec<Town>, Box<dyn Error>> {
    let mut towns = Vec::with_capacity(rows.len());
    let others: HashMap<&str, &str> = other_names
        .iter()
        .filter_map(|row| row.rsplit_once('\t'))
        .collect();
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let [region, name, latitude, longitude, size] = cells[..] else {
            return Err(format!("no town: {row}").into());
        };
        let others = others.get(&*format!("{region}\t{name}"));
        let others = others.into_iter().flat_map(|names| names.split(','));
        for name in std::iter::once(name).chain(others) {
            towns.push(Town {
                hash: hash(&key(name)),
                name: name.to_owned(),
                at: (latitude.parse()?, longitude.parse()?),
                region: *codes
                    .get(region)
                    .ok_or_else(|| format!("no region: {row}"))?,
                size: size.parse::<u32>()?.min(u32::from(u16::MAX)).try_into()?,
            });
        }
    }
    towns.sort_by_key(|town| (town.hash, std::cmp::Reverse(town.size)));
    Ok(towns)
}

fn airport_rows(path: &Path) -> Result<Vec<Airport>, Box<dyn Error>> {
    let mut airports = Vec::new();
    for row in rows(path)? {
        let cells: Vec<&str> = row.split('\t').collect();
        if let [code, _, _, _, country, latitude, longitude, _, _, _, rank] = cells[..] {
            airports.push(Airport {
                code: code.to_owned(),
                country: country.to_owned(),
                at: (latitude.parse()?, longitude.parse()?),
                rank: rank.parse()?,
            });
        }
    }
    Ok(airports)
}

/// The airports with airline service of each region: that of the nearest town of their country.
fn served(airports: &[Airport], towns: &[Town], lines: &[String]) -> Served {
    let mut served = Served::new();
    for airport in airports.iter().filter(|a| a.rank >= SERVING_RANK) {
        let near = towns.iter().filter(|town| {
            (town.at.0 - airport.at.0).abs() < 1.5
                && lines[usize::from(town.region)].starts_with(&airport.country)
        });
        let away = |town: &&Town| kilometres(town.at, airport.at);
        if let Some(town) = near.min_by(|a, b| away(a).total_cmp(&away(b))) {
            let of_region = served.entry(town.region).or_default();
            of_region.push((airport.rank, airport.code.clone()));
        }
    }
    for of_region in served.values_mut() {
        of_region.sort_by(|a, b| b.cmp(a));
    }
    served
}

fn regions(
    lines: &[String],
    towns: &[Town],
    served: &Served,
    out: &Path,
) -> Result<(), Box<dyn Error>> {
    let (mut table, mut text) = (Vec::new(), String::new());
    let mut names: Vec<(u32, u16)> = Vec::new();
    for (at, line) in (0..).zip(lines) {
        let inside: Vec<&Town> = towns.iter().filter(|town| town.region == at).collect();
        let count = inside.len().max(1) as f64;
        let north = inside.iter().map(|town| town.at.0).sum::<f64>() / count;
        let east = inside.iter().map(|town| town.at.1).sum::<f64>() / count;
        text.push_str(line);
        table.extend(u32::try_from(text.len())?.to_le_bytes());
        table.extend(hundredths(north).to_le_bytes());
        table.extend(hundredths(east).to_le_bytes());
        let airports = served.get(&at).map_or(&[][..], Vec::as_slice);
        for nth in 0..REGION_AIRPORTS {
            let code = airports.get(nth).map_or("   ", |(_, code)| code);
            table.extend(code.as_bytes());
        }
        for name in line.split('\t').skip(1).flat_map(|cell| cell.split(',')) {
            let name = key(name);
            if !name.is_empty() {
                names.push((hash(&name), at));
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    let mut index = Vec::new();
    for (hash, region) in names {
        index.extend(hash.to_le_bytes());
        index.extend(region.to_le_bytes());
    }
    fs::write(out.join("regions.bin"), table)?;
    fs::write(out.join("regions.txt"), text)?;
    fs::write(out.join("region_names.bin"), index)?;
    Ok(())
}

/// Degrees in hundredths, about a kilometre.
fn hundredths(degrees: f64) -> i16 {
    (degrees * 100.0).round() as i16
}
