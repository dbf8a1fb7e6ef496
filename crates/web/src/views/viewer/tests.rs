//! The viewer's pages, rendered in both languages.

use agent::locale::Locale;
use askama::Template;
use jiff::tz::TimeZone;
use obs::{Line, Trace};

use super::{
    list::{Listing, TracesPage},
    trace::TracePage,
};
use crate::{
    problem::FieldError,
    traces::lookup::Found,
    traces::query::RawQuery,
    traces::samples::{TRACE, request, span, turn},
    traces::summary::{Summary, root},
    views::{
        Frame,
        login::{LoginPage, Refusal},
    },
};

const LOCALES: [Locale; 2] = [Locale::Fr, Locale::En];
const ATTACK: &str = r#""><img src=x onerror=alert(1)>"#;

fn trace() -> Trace {
    let mut spans = turn();
    let failed = format!(
        r#"{{"tool.name": {}, "error.type": "timeout"}}"#,
        serde_json::json!(ATTACK)
    );
    spans.push(span("d1", Some("dd"), "tool.call", 30, 60, &failed));
    let json = format!(
        r#"{{"level":"WARN","message":{},"target":"agent","n":1}}"#,
        serde_json::json!(ATTACK)
    );
    let line = Line {
        span_id: spans[0].span_id,
        at_ns: spans[0].start_ns,
        json: json.into(),
    };
    Trace {
        trace_id: TRACE.parse().unwrap(),
        spans,
        lines: vec![line],
        truncated: 2,
    }
}

fn trace_page(locale: Locale, is_running: bool, owns: bool) -> String {
    let mut trace = trace();
    if is_running {
        trace.spans.retain(|span| span.name != "agent.iteration");
    }
    let frame = Frame::new(locale, "/traces/1");
    let found = Found { trace, is_running };
    let page = TracePage::new(frame, &TimeZone::UTC, &found, owns);
    page.render().unwrap()
}

fn list_page(locale: Locale, traces: Result<Vec<Summary>, FieldError>, is_admin: bool) -> String {
    let listing = Listing {
        is_admin,
        can_sign_out: is_admin,
        query: RawQuery {
            tool: ATTACK.to_owned(),
            status: "error".to_owned(),
            ..RawQuery::default()
        },
        traces,
        tools: vec!["search_flights".to_owned()],
        overview: None,
    };
    let page = TracesPage::new(Frame::new(locale, "/traces"), &TimeZone::UTC, listing);
    page.render().unwrap()
}

fn summaries() -> Vec<Summary> {
    [turn(), request()]
        .iter()
        .map(|spans| Summary::new(root(spans, true).unwrap(), spans))
        .collect()
}

fn login_page(locale: Locale, refusal: Option<Refusal>) -> String {
    let page = LoginPage {
        frame: Frame::new(locale, "/admin/login"),
        next: "/traces".to_owned(),
        has_key: true,
        is_admin: false,
        refusal,
    };
    page.render().unwrap()
}

fn every_page(locale: Locale) -> Vec<String> {
    let bad = FieldError {
        field: "limit".to_owned(),
        message: ATTACK.to_owned(),
    };
    vec![
        trace_page(locale, false, true),
        trace_page(locale, true, false),
        list_page(locale, Ok(summaries()), true),
        list_page(locale, Ok(Vec::new()), false),
        list_page(locale, Err(bad), false),
        login_page(locale, None),
        login_page(locale, Some(Refusal::WrongKey)),
        login_page(locale, Some(Refusal::TooMany { seconds: 12 })),
    ]
}

#[test]
fn nothing_is_inline_and_everything_is_escaped_and_filled_in() {
    for html in LOCALES.into_iter().flat_map(every_page) {
        for forbidden in [
            " style=",
            "<style",
            " onclick=",
            "javascript:",
            "<img",
            "{n}",
            "{field}",
        ] {
            assert!(!html.contains(forbidden), "{forbidden} in {html}");
        }
        for script in html.split("<script").skip(1) {
            assert!(script.contains(r#"src="/static/js/"#), "{script}");
        }
    }
}

#[test]
fn a_trace_shows_spans_errors_orphans_and_log_lines() {
    let html = trace_page(Locale::En, false, true);
    for text in [
        "planning a trip",
        r#"<span class="badge ok">ok</span>"#,
        TRACE,
        "planner-1",
        "search_flights",
        "tool.departure",
        "orphan",
        "it broke",
        "WARN",
        r##"href="#span-00000000000000b1""##,
        r#"href="/c/0197a7c0-0000-7000-8000-000000000001""#,
        "22\u{a0}Nov 10:00:00",
        r#"x="270" y="4" width="430""#,
    ] {
        assert!(html.contains(text), "{text} is not in {html}");
    }
    assert_eq!(html.matches("<details").count(), 7);
    let orphan = html.find("badge orphan").unwrap();
    assert!(
        html.find("span-00000000000000b5").unwrap() < orphan,
        "orphans come last"
    );
    assert!(!html.contains("not ended"));
}

#[test]
fn a_running_turn_is_said_and_its_spans_are_no_orphans() {
    let html = trace_page(Locale::Fr, true, false);
    assert!(html.contains("n’est pas terminé") && html.contains(r#"href="/traces/1""#));
    assert!(!html.contains("badge orphan") && !html.contains("/c/"));
}

#[test]
fn the_conversation_of_someone_else_is_no_link() {
    assert!(!trace_page(Locale::En, false, false).contains("href=\"/c/"));
}

#[test]
fn a_bad_filter_is_named_in_the_page_s_language() {
    let bad = FieldError {
        field: "limit".to_owned(),
        message: "must be a whole number".to_owned(),
    };
    let html = list_page(Locale::Fr, Err(bad), false);
    assert!(html.contains("« Lignes »") && !html.contains("must be"));
}

#[test]
fn the_list_links_each_trace_and_keeps_the_filter() {
    let html = list_page(Locale::Fr, Ok(summaries()), true);
    assert_eq!(
        html.matches(&format!("href=\"/traces/{TRACE}\"")).count(),
        2
    );
    assert!(html.contains(r#"<option value="error" selected>"#));
    assert!(
        html.contains("<option selected>50</option>"),
        "the default limit"
    );
    assert!(html.contains("/api/airports") && html.contains("préparer un voyage"));
    assert!(
        html.contains("onerror=alert(1)"),
        "the typed filter stays readable"
    );
    let visitor = list_page(Locale::Fr, Ok(summaries()), false);
    assert!(!visitor.contains("name=\"kind\"") && visitor.contains("/admin/login"));
}
