//! The style sheet of each page: the small files that it needs, one after the other.

/// What every page begins with.
const BASE: &str = "base";

const SHEETS: [(&str, &[&str]); 6] = [
    (
        "chat.css",
        &[
            "layout",
            "sidebar",
            "menu",
            "composer",
            "chat",
            "branches",
            "queue",
            "keys",
            "chips",
            "steps",
            "cards",
            "slice",
            "details",
            "opinion",
            "offer_tools",
            "fares",
            "decide",
            "sheet",
            "map",
            "charts",
            "trip",
            "trip_panel",
        ],
    ),
    (
        "viewer.css",
        &[
            "viewer",
            "traces",
            "trace",
            "trace_tabs",
            "waterfall",
            "figures",
            "metrics",
        ],
    ),
    (
        "shared.css",
        &[
            "layout", "viewer", "chat", "cards", "slice", "details", "fares", "sheet", "map",
            "shared",
        ],
    ),
    (
        "trips.css",
        &["layout", "viewer", "cards", "charts", "trip", "trips"],
    ),
    ("paper.css", &["details", "charts", "trip", "trip_print"]),
    ("error.css", &["error"]),
];

/// The files of a sheet, in their order.
pub(super) fn parts(sheet: &str) -> Option<Vec<String>> {
    let (_, parts) = SHEETS.iter().find(|(name, _)| *name == sheet)?;
    let named = std::iter::once(&BASE).chain(*parts);
    Some(named.map(|part| format!("css/{part}.css")).collect())
}

/// The files of all sheets, in the order of each.
pub(super) fn all_parts() -> impl Iterator<Item = &'static str> {
    let named = |(name, parts): &(&'static str, &'static [&'static str])| {
        std::iter::once(*name).chain(parts.iter().copied())
    };
    SHEETS.iter().flat_map(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::files::Files;

    #[test]
    fn every_file_of_styles_is_in_a_sheet_and_every_part_is_a_file() {
        let named: Vec<_> = SHEETS
            .iter()
            .flat_map(|(sheet, _)| parts(sheet).unwrap())
            .collect();
        for part in &named {
            assert!(Files::get(part).is_some(), "{part}");
        }
        for file in Files::iter().filter(|file| file.ends_with(".css")) {
            assert!(named.iter().any(|part| *part == file), "{file}");
        }
        assert_eq!(parts("base.css"), None);
    }
}
