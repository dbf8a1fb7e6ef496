//! Whether a visitor writes the month first.

/// Zones of the United States besides those of `US/`, `America/Indiana/` and their like.
const AMERICAN: &[&str] = &[
    "America/Adak",
    "America/Anchorage",
    "America/Boise",
    "America/Chicago",
    "America/Denver",
    "America/Detroit",
    "America/Juneau",
    "America/Los_Angeles",
    "America/Menominee",
    "America/Metlakatla",
    "America/New_York",
    "America/Nome",
    "America/Phoenix",
    "America/Sitka",
    "America/Yakutat",
    "Pacific/Honolulu",
];

/// Whether "03/04" is the 4th of March to a visitor: `tag` is the BCP 47 tag of the language asked
/// for (`Accept-Language`, `locale`), `zone` the IANA name of the visitor's time zone.
#[must_use]
pub fn month_first(tag: Option<&str>, zone: Option<&str>) -> bool {
    let american = |zone: &str| {
        AMERICAN.contains(&zone)
            || [
                "US/",
                "America/Indiana/",
                "America/Kentucky/",
                "America/North_Dakota/",
            ]
            .iter()
            .any(|group| zone.starts_with(group))
    };
    match tag {
        Some(tag) if tag.contains(['-', '_']) => {
            tag.replace('_', "-").eq_ignore_ascii_case("en-US")
        }
        _ => zone.is_some_and(american),
    }
}

/// Whether words name a day in figures that may be read in either order: "03/04", and not "13/04".
#[must_use]
pub fn is_order_open(words: &str) -> bool {
    let figures = |text: &str| text.parse::<u8>().ok().filter(|n| (1..=12).contains(n));
    words.split_whitespace().any(|word| {
        let mut parts = word.split(['/', '.', '-']);
        let (first, second) = (
            parts.next().and_then(figures),
            parts.next().and_then(figures),
        );
        first.is_some() && second.is_some() && first != second
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_speaks_before_the_zone() {
        for (tag, zone, first) in [
            (Some("en-US"), None, true),
            (Some("en_us"), Some("Europe/Paris"), true),
            (Some("en-GB"), Some("America/New_York"), false),
            (Some("en"), Some("America/New_York"), true),
            (None, Some("America/Indiana/Knox"), true),
            (None, Some("America/Toronto"), false),
            (Some("en"), Some("Europe/London"), false),
            (None, None, false),
        ] {
            assert_eq!(month_first(tag, zone), first, "{tag:?} {zone:?}");
        }
    }

    #[test]
    fn figures_that_may_be_either() {
        for (words, open) in [
            ("03/04", true),
            ("on 3/4/2027", true),
            ("3-4-27", true),
            ("13/04", false),
            ("04/31", false),
            ("05/05", false),
            ("2027-03-04", false),
            ("3 April", false),
            ("", false),
        ] {
            assert_eq!(is_order_open(words), open, "{words}");
        }
    }
}
