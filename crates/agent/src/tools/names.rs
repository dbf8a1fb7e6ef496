//! Which tool a model means by the name that it wrote. Pure.

use super::arguments::folded;

/// The one of `offered` that `written` means: itself, within what servers and templates put around it
/// (`functions.NAME`, `NAME<|channel|>commentary`, `NAME:0`), or in another spelling.
pub(super) fn meant(written: &str, offered: &[&'static str]) -> Option<&'static str> {
    let find = |name: &str| offered.iter().copied().find(|offered| *offered == name);
    if let Some(name) = find(written) {
        return Some(name);
    }
    let name = without_tokens(written);
    let name = name.split(['(', '{']).next().unwrap_or_default();
    let name = name.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    // A position after it.
    let name = match name.rsplit_once([':', '#']) {
        Some((name, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => name,
    };
    let last = name.rsplit(['.', ':', '/']).next().unwrap_or_default();
    let last = last.rsplit("__").next().unwrap_or_default();
    find(last).or_else(|| {
        let mut alike = offered
            .iter()
            .filter(|offered| folded(offered) == folded(last));
        alike.next().copied()
    })
}

/// The text outside of the tokens of a template, `<|…|>`; what stands before the first of them, where
/// anything does.
fn without_tokens(written: &str) -> &str {
    let mut rest = written.trim();
    while let Some(inner) = rest.strip_prefix("<|") {
        rest = inner
            .split_once("|>")
            .map_or("", |(_, rest)| rest)
            .trim_start();
    }
    rest.split('<').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_within_what_stands_around_it() {
        let offered = ["check_price", "search_flights"];
        for written in [
            "search_flights",
            "functions.search_flights",
            "functions.search_flights:0",
            "search_flights<|channel|>commentary",
            "<|channel|>search_flights",
            "<|start|>functions.search_flights<|message|>",
            " search_flights \n",
            "search_flights()",
            "\"search_flights\"",
            "default_api:search_flights",
            "mcp__travel__search_flights",
            "tools/search_flights",
            "searchFlights",
            "Search-Flights",
            "search_flights</function>",
        ] {
            assert_eq!(
                meant(written, &offered),
                Some("search_flights"),
                "{written}"
            );
        }
        for written in [
            "",
            "search",
            "functions.",
            "<|channel|>",
            "search_flights_now",
            "é",
        ] {
            assert_eq!(meant(written, &offered), None, "{written}");
        }
    }
}
