//! The question on a line of the list, and the stretch of a waterfall.

use super::*;
use crate::views::viewer::zoom::Asked;

#[test]
fn a_line_has_the_question_where_the_reader_asked_it() {
    let html = list_page(Locale::Fr, Ok(entries()), false);
    for text in [
        "dir=\"auto\">Un vol &#34;",
        "31\u{a0}ms",
        r#"aria-label="mauvaise réponse""#,
        r#"<th scope="col" class="when" aria-sort="descending">"#,
        "préparer un voyage",
    ] {
        assert!(html.contains(text), "{text} is not in {html}");
    }
    let plain = summaries().into_iter().map(Entry::of_spans).collect();
    let without = list_page(Locale::Fr, Ok(plain), true);
    assert!(without.contains("dir=\"auto\">préparer un voyage</a>"));
    assert!(!without.contains("role=\"img\""), "no rating");
}

#[test]
fn a_stretch_is_shown_with_the_ways_to_others() {
    let stretch = |from: &str, to: &str| {
        page_of(
            Locale::En,
            false,
            Around {
                stretch: Asked {
                    from: from.to_owned(),
                    to: to.to_owned(),
                },
                ..around(Tab::Summary)
            },
        )
    };
    let zoomed = stretch("75", "95");
    let spans = &zoomed[zoomed.find("class=\"spans\"").unwrap()..];
    assert_eq!(spans.matches("<details id=\"span-").count(), 2, "{spans}");
    assert!(spans.contains(r#"x="0" y="4" width="1000""#));
    for text in [
        "From 75\u{a0}ms to 95\u{a0}ms · Spans outside this stretch: 5",
        "<li>80\u{a0}ms</li>",
        r#"data-way="in" href="/traces/4bf92f3577b34da6a3ce929d0e0e4736?from=80&#38;to=90#waterfall-title""#,
        r#"name="from" type="number" min="0" max="100" step="any" inputmode="decimal" value="75""#,
    ] {
        assert!(zoomed.contains(text), "{text} is not in {zoomed}");
    }
    let refused = stretch("95", "75");
    assert!(refused.contains("cannot be shown") && refused.contains("From 0\u{a0}ms to 100"));
    assert!(!stretch("", "").contains("cannot be shown"));
}
