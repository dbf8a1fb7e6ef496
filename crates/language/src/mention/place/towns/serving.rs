//! Which airports the people of a town use.

use super::layout::{SERVING_RANK, kilometres};
use travel::{Airport, Iata, airport};

/// By road it is so much farther than in a straight line.
const ROAD: f64 = 1.3;
/// No one goes farther, by road, if there is an airport with airline service nearer.
const FARTHEST_KM: f64 = 450.0;
/// What a border, and each point of prominence that an airport lacks, are worth in kilometres.
const BORDER_KM: f64 = 30.0;
const POINT_KM: f64 = 1.5;
/// An airport is another choice when it costs but little more than the best.
const SIMILAR: f64 = 1.1;
const SIMILAR_KM: f64 = 8.0;
/// Further airports of an area count as serving the town when they are not much farther.
const SAME_AREA: f64 = 1.6;
const SAME_AREA_KM: f64 = 40.0;
const MOST: usize = 3;

/// Towns for which mountains or the sea make the straight line a bad guide.
static REVIEWED: &str = include_str!("../../../../data/served.tsv");

/// An airport or metropolitan area near a town.
pub(super) struct Near {
    pub(super) code: Iata,
    /// About so many kilometres by road.
    pub(super) km: u16,
}

struct Weighed {
    airport: &'static Airport,
    km: f64,
    cost: f64,
}

/// One to three airports or areas for a town, the most usual first; empty only where the table of
/// airports is.
pub(super) fn airports(at: (f64, f64), country: &str, region: &str, town: &str) -> Vec<Near> {
    if let Some(codes) = reviewed(region, town) {
        return codes.filter_map(|code| near(at, code)).collect();
    }
    let weighed = weighed(at, country);
    let Some(best) = weighed.first() else {
        return nearest(at).into_iter().collect();
    };
    let mut found: Vec<Near> = Vec::with_capacity(MOST);
    let choices = weighed
        .iter()
        .take_while(|other| other.cost <= best.cost * SIMILAR + SIMILAR_KM);
    for choice in choices {
        let code = area(choice, &weighed).unwrap_or(choice.airport.iata);
        if found.len() < MOST && found.iter().all(|near| near.code != code) {
            found.push(Near {
                code,
                km: choice.km.round() as u16,
            });
        }
    }
    found
}

fn reviewed(region: &str, town: &str) -> Option<impl Iterator<Item = Iata>> {
    let mut rows = REVIEWED.lines().filter_map(|line| {
        let (key, codes) = line.rsplit_once('\t')?;
        let (of, name) = key.split_once('\t')?;
        (of == region && name == town).then_some(codes)
    });
    let codes = rows.next()?;
    Some(codes.split(',').filter_map(|code| code.parse().ok()))
}

fn near(at: (f64, f64), code: Iata) -> Option<Near> {
    let airport = airport::resolve(code).into_iter().next()?;
    let km = ROAD * kilometres(at, (airport.latitude, airport.longitude));
    Some(Near {
        code,
        km: km.round() as u16,
    })
}

/// The airports with airline service within reach, the most usual first.
fn weighed(at: (f64, f64), country: &str) -> Vec<Weighed> {
    // A degree of latitude is 111 km.
    let reach = FARTHEST_KM / ROAD / 111.0;
    let around = airport::all()
        .iter()
        .filter(|airport| airport.rank >= SERVING_RANK && (airport.latitude - at.0).abs() < reach);
    let mut weighed: Vec<Weighed> = around
        .map(|airport| {
            let km = ROAD * kilometres(at, (airport.latitude, airport.longitude));
            let border = if airport.country == country {
                0.0
            } else {
                BORDER_KM
            };
            let lacking = f64::from(100 - airport.rank.min(100));
            Weighed {
                airport,
                km,
                cost: km + border + lacking * POINT_KM,
            }
        })
        .filter(|weighed| weighed.km <= FARTHEST_KM)
        .collect();
    weighed.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    weighed
}

/// The metropolitan area of an airport where several of its airports serve the town.
fn area(choice: &Weighed, weighed: &[Weighed]) -> Option<Iata> {
    let metro = choice.airport.metro?;
    let serving = weighed.iter().filter(|other| {
        other.airport.metro == Some(metro) && other.cost <= choice.cost * SAME_AREA + SAME_AREA_KM
    });
    (serving.count() > 1).then_some(metro)
}

/// The nearest airport of any size, for the remotest towns; heliports (rank 1) left out.
fn nearest(at: (f64, f64)) -> Option<Near> {
    let away = |airport: &&Airport| kilometres(at, (airport.latitude, airport.longitude));
    let airport = airport::all()
        .iter()
        .filter(|airport| airport.rank > 1)
        .min_by(|a, b| away(a).total_cmp(&away(b)))?;
    Some(Near {
        code: airport.iata,
        km: (ROAD * away(&airport)).round() as u16,
    })
}
