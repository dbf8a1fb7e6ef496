//! States and provinces, which tell homonyms apart ("Portland, Maine").

use crate::text::tokens::Tokens;

/// A state or province.
pub(crate) struct Region {
    /// Folded names, English first.
    names: &'static [&'static str],
    /// Postal abbreviation.
    abbreviation: &'static str,
    pub(crate) country: &'static str,
    /// Rough middle, in degrees: homonyms lie far apart.
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

macro_rules! regions {
    ($($country:literal $abbreviation:literal $latitude:literal $longitude:literal $($name:literal)|+;)*) => {
        &[$(Region {
            names: &[$($name),+],
            abbreviation: $abbreviation,
            country: $country,
            latitude: $latitude,
            longitude: $longitude,
        }),*]
    };
}

static REGIONS: &[Region] = regions! {
    "US" "AL" 32.8 -86.8 "alabama"; "US" "AK" 64.0 -152.0 "alaska";
    "US" "AZ" 34.3 -111.7 "arizona"; "US" "AR" 34.9 -92.4 "arkansas";
    "US" "CA" 37.2 -119.5 "california" | "californie" | "cali"; "US" "CO" 39.0 -105.5 "colorado";
    "US" "CT" 41.6 -72.7 "connecticut"; "US" "DE" 39.0 -75.5 "delaware";
    "US" "DC" 38.9 -77.0 "district of columbia"; "US" "FL" 28.6 -82.4 "florida" | "floride";
    "US" "GA" 32.6 -83.4 "georgia" | "georgie"; "US" "HI" 20.3 -156.4 "hawaii";
    "US" "ID" 44.4 -114.6 "idaho"; "US" "IL" 40.0 -89.2 "illinois";
    "US" "IN" 39.9 -86.3 "indiana"; "US" "IA" 42.1 -93.5 "iowa"; "US" "KS" 38.5 -98.4 "kansas";
    "US" "KY" 37.5 -85.3 "kentucky"; "US" "LA" 31.1 -92.0 "louisiana" | "louisiane";
    "US" "ME" 45.4 -69.2 "maine"; "US" "MD" 39.0 -76.8 "maryland";
    "US" "MA" 42.3 -71.8 "massachusetts"; "US" "MI" 44.3 -85.4 "michigan";
    "US" "MN" 46.3 -94.3 "minnesota"; "US" "MS" 32.7 -89.7 "mississippi";
    "US" "MO" 38.4 -92.5 "missouri"; "US" "MT" 47.0 -109.6 "montana";
    "US" "NE" 41.5 -99.8 "nebraska"; "US" "NV" 39.3 -116.6 "nevada";
    "US" "NH" 43.7 -71.6 "new hampshire"; "US" "NJ" 40.2 -74.7 "new jersey";
    "US" "NM" 34.4 -106.1 "new mexico" | "nouveau mexique";
    "US" "NY" 42.9 -75.5 "new york state" | "upstate new york";
    "US" "NC" 35.6 -79.4 "north carolina" | "caroline du nord";
    "US" "ND" 47.5 -100.5 "north dakota" | "dakota du nord"; "US" "OH" 40.3 -82.8 "ohio";
    "US" "OK" 35.6 -97.5 "oklahoma"; "US" "OR" 44.0 -120.5 "oregon";
    "US" "PA" 40.9 -77.8 "pennsylvania" | "pennsylvanie"; "US" "RI" 41.7 -71.6 "rhode island";
    "US" "SC" 33.9 -80.9 "south carolina" | "caroline du sud";
    "US" "SD" 44.4 -100.2 "south dakota" | "dakota du sud"; "US" "TN" 35.9 -86.4 "tennessee";
    "US" "TX" 31.5 -99.3 "texas"; "US" "UT" 39.3 -111.7 "utah"; "US" "VT" 44.1 -72.7 "vermont";
    "US" "VA" 37.5 -78.9 "virginia" | "virginie"; "US" "WA" 47.4 -120.4 "washington state";
    "US" "WV" 38.6 -80.6 "west virginia" | "virginie occidentale";
    "US" "WI" 44.6 -90.0 "wisconsin"; "US" "WY" 43.0 -107.6 "wyoming";
    "CA" "AB" 54.5 -115.0 "alberta"; "CA" "BC" 53.7 -125.0 "british columbia" | "colombie britannique";
    "CA" "MB" 55.0 -97.0 "manitoba"; "CA" "NB" 46.5 -66.4 "new brunswick" | "nouveau brunswick";
    "CA" "NL" 49.0 -56.0 "newfoundland" | "terre neuve"; "CA" "NS" 45.0 -63.0 "nova scotia" | "nouvelle ecosse";
    "CA" "ON" 44.5 -79.5 "ontario"; "CA" "QC" 47.0 -72.0 "quebec province";
    "CA" "SK" 54.0 -106.0 "saskatchewan"; "GB" "ENG" 52.5 -1.5 "england" | "angleterre";
    "GB" "SCT" 56.5 -4.2 "scotland" | "ecosse"; "AU" "VIC" -37.0 144.5 "victoria";
    "AU" "NSW" -32.0 147.0 "new south wales"; "AU" "TAS" -42.0 146.5 "tasmania" | "tasmanie";
    "FR" "IDF" 48.8 2.4 "ile de france" | "region parisienne" | "banlieue parisienne";
    "RE" "RE" -21.1 55.5 "la reunion" | "reunion island" | "ile de la reunion";
};

/// The region named at `at` and how many tokens name it; abbreviations in capitals only.
pub(crate) fn read(tokens: &Tokens<'_>, at: usize) -> Option<(&'static Region, usize)> {
    let token = tokens.get(at)?;
    REGIONS.iter().find_map(|region| {
        if let Some(length) = tokens.longest(at, region.names) {
            return Some((region, length));
        }
        let short = token.upper && tokens.word(at).eq_ignore_ascii_case(region.abbreviation);
        short.then_some((region, 1))
    })
}
