//! Which stretch of a trace its waterfall shows, and the ways to another one.

use agent::locale::Locale;

use super::{trace::elapsed, waterfall::Extent};
use crate::i18n::trace_list::TraceListTexts;

/// Shortest stretch, in milliseconds: a microsecond, below which times are not known.
const SHORTEST: f64 = 0.001;

/// The stretch that is asked for, as it was typed: milliseconds from the trace's start.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Its start; empty = that of the trace.
    pub from: String,
    /// Its end; empty = that of the trace.
    pub to: String,
}

/// What the waterfall shows.
#[derive(Debug)]
pub(super) struct Zoom {
    /// The stretch itself.
    pub(super) shown: Extent,
    /// What was asked for cannot be shown.
    pub(super) is_refused: bool,
    /// Fields of the form, in milliseconds.
    pub(super) from: String,
    pub(super) to: String,
    /// Length of the trace, in milliseconds, for scripts.
    pub(super) length: String,
    /// The same in words.
    pub(super) words: String,
    pub(super) ways: Vec<Way>,
}

/// A way to another stretch.
#[derive(Debug, PartialEq)]
pub(super) struct Way {
    /// For scripts.
    pub(super) name: &'static str,
    pub(super) sign: &'static str,
    pub(super) label: &'static str,
    /// Of this page; `None` where it leads nowhere else.
    pub(super) query: Option<String>,
}

/// A stretch in milliseconds from the trace's start.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    from: f64,
    to: f64,
}

impl Zoom {
    pub(super) fn new(asked: &Asked, whole: Extent, locale: Locale) -> Self {
        let length = whole.ms();
        let all = Stretch {
            from: 0.0,
            to: length,
        };
        let read = read(asked, length);
        let stretch = read.unwrap_or(all);
        let is_whole = stretch == all;
        let at = |ms: f64| whole.start_ns + (ms * 1e6).round() as u64;
        let texts = TraceListTexts::of(locale);
        let words = texts
            .shown
            .replace("{from}", &elapsed(stretch.from, locale))
            .replace("{to}", &elapsed(stretch.to, locale));
        Self {
            shown: match is_whole {
                true => whole,
                false => Extent {
                    start_ns: at(stretch.from),
                    end_ns: at(stretch.to).min(whole.end_ns),
                },
            },
            is_refused: read.is_none(),
            from: figure(stretch.from),
            to: figure(stretch.to),
            length: figure(length),
            words,
            ways: ways(stretch, length, texts),
        }
    }
}

/// `None` where it is no stretch of the trace.
fn read(asked: &Asked, length: f64) -> Option<Stretch> {
    let number = |text: &str, default: f64| match text.trim() {
        "" => Some(default),
        text => {
            let ms: f64 = text.replace(',', ".").parse().ok()?;
            ms.is_finite().then_some(ms)
        }
    };
    let (from, to) = (number(&asked.from, 0.0)?, number(&asked.to, length)?);
    let stretch = Stretch {
        from: from.max(0.0),
        to: to.min(length),
    };
    let is_all = stretch.from <= 0.0 && stretch.to >= length;
    (is_all || stretch.to - stretch.from >= SHORTEST / 2.0).then_some(stretch)
}

fn ways(now: Stretch, length: f64, t: &'static TraceListTexts) -> Vec<Way> {
    let width = now.to - now.from;
    let middle = now.from + width / 2.0;
    let around = |width: f64| within(middle - width / 2.0, width, length);
    let ways = [
        ("in", "+", t.zoom_in, around(width / 2.0)),
        ("out", "−", t.zoom_out, around(width * 2.0)),
        (
            "earlier",
            "←",
            t.earlier,
            within(now.from - width / 2.0, width, length),
        ),
        (
            "later",
            "→",
            t.later,
            within(now.from + width / 2.0, width, length),
        ),
        ("whole", t.whole, t.whole, within(0.0, length, length)),
    ];
    ways.map(|(name, sign, label, to)| Way {
        name,
        sign,
        label,
        query: (query(to, length) != query(now, length)).then(|| query(to, length)),
    })
    .into()
}

/// A stretch of this width, moved so that it lies within the trace.
fn within(from: f64, width: f64, length: f64) -> Stretch {
    let width = width.max(SHORTEST).min(length);
    let from = from.min(length - width).max(0.0);
    Stretch {
        from,
        to: from + width,
    }
}

/// A stretch as the page's address has it; nothing for all of the trace.
fn query(stretch: Stretch, length: f64) -> String {
    let (from, to) = (figure(stretch.from), figure(stretch.to));
    match from == "0" && to == figure(length) {
        true => String::new(),
        false => format!("?from={from}&to={to}"),
    }
}

/// The way to a span: its own time, with a little on both sides so that its ends can be seen.
pub(super) fn around(start_ms: f64, duration_ms: f64, length: f64) -> String {
    let margin = (duration_ms * 0.05).max(SHORTEST);
    let stretch = within(start_ms - margin, duration_ms + 2.0 * margin, length);
    query(stretch, length)
}

/// Milliseconds down to the microsecond, without zeros at the end.
fn figure(ms: f64) -> String {
    let text = format!("{ms:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::turn;

    fn zoom(from: &str, to: &str) -> Zoom {
        let asked = Asked {
            from: from.to_owned(),
            to: to.to_owned(),
        };
        Zoom::new(&asked, Extent::of(&turn()), Locale::En)
    }

    fn is_whole(zoom: &Zoom) -> bool {
        zoom.shown == Extent::of(&turn())
    }

    fn way(zoom: &Zoom, name: &str) -> Option<String> {
        let way = zoom.ways.iter().find(|way| way.name == name);
        way.unwrap().query.clone()
    }

    fn said(query: &str) -> Option<String> {
        Some(query.to_owned())
    }

    #[test]
    fn a_trace_is_shown_whole_until_a_stretch_is_asked_for() {
        let whole = zoom("", "");
        assert!(is_whole(&whole) && !whole.is_refused);
        assert_eq!(way(&whole, "in"), said("?from=25&to=75"));
        for name in ["out", "earlier", "later", "whole"] {
            assert_eq!(way(&whole, name), None, "{name}");
        }
        let half = zoom("25", "75");
        assert_eq!(half.shown.ms(), 50.0);
        assert_eq!(half.words, "From 25\u{a0}ms to 75\u{a0}ms");
        assert_eq!(way(&half, "in"), said("?from=37.5&to=62.5"));
        assert_eq!(way(&half, "out"), said(""));
        assert_eq!(way(&half, "earlier"), said("?from=0&to=50"));
        assert_eq!(way(&half, "later"), said("?from=50&to=100"));
        assert_eq!(way(&half, "whole"), said(""));
        assert_eq!(way(&zoom("50", ""), "later"), None, "the end is shown");
    }

    #[test]
    fn what_is_no_stretch_shows_the_whole_trace_and_says_so() {
        for (from, to) in [
            ("x", ""),
            ("50", "50"),
            ("70", "20"),
            ("NaN", "1"),
            ("200", "300"),
        ] {
            let zoom = zoom(from, to);
            assert!(is_whole(&zoom) && zoom.is_refused, "{from} {to}");
        }
        assert!(!zoom("12,5", "20").is_refused, "a French number");
        let wide = zoom("-5", "1e9");
        assert!(is_whole(&wide) && !wide.is_refused);
    }

    #[test]
    fn zooming_in_ends_at_a_microsecond() {
        let mut zoom = zoom("", "");
        for _ in 0..60 {
            let Some(query) = way(&zoom, "in") else { break };
            let (from, to) = query[6..].split_once("&to=").unwrap();
            zoom = self::zoom(from, to);
            assert!(!zoom.is_refused, "{query}");
        }
        assert!(zoom.shown.ms() <= 0.002);
        assert!(way(&zoom, "out").is_some());
    }

    #[test]
    fn a_span_is_shown_with_both_its_ends() {
        assert_eq!(around(20.0, 40.0, 100.0), "?from=18&to=62");
        assert_eq!(around(0.0, 100.0, 100.0), "");
        assert_eq!(around(100.0, 0.0, 100.0), "?from=99.998&to=100");
    }
}
