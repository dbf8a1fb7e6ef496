//! `GET /api/airports`: autocomplete.

use agent::{
    language::places,
    locale::Locale,
    travel::{Airport, country},
};
use axum::Json;
use serde::{Deserialize, Serialize};

use crate::{extract::StrictQuery, problem::Problem};

const DEFAULT_LIMIT: usize = 10;
const MAX_LIMIT: usize = 50;
const MAX_QUERY_CHARS: usize = 100;

/// Parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AirportQuery {
    q: String,
    limit: Option<usize>,
}

/// One airport, its names in both languages.
#[derive(Debug, Serialize)]
pub struct AirportView {
    iata: String,
    name: &'static str,
    city: Names,
    country: CountryView,
    time_zone: &'static str,
    metro: Option<String>,
    latitude: f64,
    longitude: f64,
}

/// A name in both languages.
#[derive(Debug, Serialize)]
pub struct Names {
    fr: &'static str,
    en: &'static str,
}

/// A country.
#[derive(Debug, Serialize)]
pub struct CountryView {
    code: &'static str,
    name: Option<Names>,
}

/// Answers `GET /api/airports?q&limit`.
pub async fn search(
    StrictQuery(query): StrictQuery<AirportQuery>,
) -> Result<Json<Vec<AirportView>>, Problem> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(Problem::field("limit", "must be from 1 to 50"));
    }
    let text = query.q.trim();
    if text.is_empty() || text.chars().count() > MAX_QUERY_CHARS {
        return Err(Problem::field("q", "must have 1 to 100 characters"));
    }
    Ok(Json(
        places::search(text, limit).into_iter().map(view).collect(),
    ))
}

fn view(airport: &'static Airport) -> AirportView {
    let country = country::by_code(airport.country);
    AirportView {
        iata: airport.iata.to_string(),
        name: airport.name,
        city: Names {
            fr: airport.city(Locale::Fr),
            en: airport.city(Locale::En),
        },
        country: CountryView {
            code: airport.country,
            name: country.map(|country| Names {
                fr: country.name(Locale::Fr),
                en: country.name(Locale::En),
            }),
        },
        time_zone: airport.time_zone,
        metro: airport.metro.map(|metro| metro.to_string()),
        latitude: airport.latitude,
        longitude: airport.longitude,
    }
}
