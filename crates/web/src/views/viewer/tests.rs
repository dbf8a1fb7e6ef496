//! The viewer's pages, rendered in both languages.

use std::sync::Arc;

use agent::{answer::AnswerStatus, feedback::Score, locale::Locale, store::AnsweredTurn};
use askama::Template;
use jiff::tz::TimeZone;
use obs::{Line, Span, Trace};
use uuid::Uuid;

use super::{
    compare::ComparePage,
    list::{Listing, TracesPage},
    metrics::MetricsPage,
    session::SessionPage,
    tab::Tab,
    trace::{Around, TracePage},
};
use crate::{
    problem::FieldError,
    routes::viewer::stats::{Overview, Recent, Window},
    traces::{
        lookup::Found,
        query::RawQuery,
        samples::{TRACE, request, span, turn},
        series::{Buckets, series},
        stats::Stats,
        summary::{Summary, root, timestamp},
        table::Entry,
    },
    views::{
        Frame,
        login::{LoginPage, Refusal},
        samples,
    },
};

mod question_and_stretch;

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

fn around(tab: Tab) -> Around {
    Around {
        tab,
        sees_session: true,
        raw: format!("{{\"{ATTACK}\": 1}}"),
        curl_read: "curl 'http://localhost/api'".to_owned(),
        curl_ask: Some(format!("curl -d '{ATTACK}'")),
        others: summaries(),
        ..Around::default()
    }
}

fn trace_page(locale: Locale, is_running: bool, owns: bool) -> String {
    let around = Around {
        owns_conversation: owns,
        ..around(Tab::Summary)
    };
    page_of(locale, is_running, around)
}

fn page_of(locale: Locale, is_running: bool, around: Around) -> String {
    let mut trace = trace();
    if is_running {
        trace.spans.retain(|span| span.name != "agent.iteration");
    }
    let frame = Frame::new(locale, "/traces/1");
    let found = Found { trace, is_running };
    let page = TracePage::new(frame, &TimeZone::UTC, &found, around);
    page.render().unwrap()
}

fn tab(locale: Locale, tab: Tab) -> String {
    page_of(locale, false, around(tab))
}

fn metrics_page(locale: Locale, spans: &[Arc<Span>]) -> String {
    let now = turn().last().unwrap().end_ns;
    let overview = Overview {
        window: Window {
            from: timestamp(now - 3_600_000_000_000),
            to: timestamp(now),
            covers: "",
        },
        stats: Stats::of(spans.iter().map(|span| &**span), 0),
        recent: Recent {
            traces: 3,
            bytes: 3 << 19,
            budget_bytes: 64 << 20,
            evicted: 1,
            is_window_cut: !spans.is_empty(),
        },
        telemetry_lost: 0,
        running_turns: 0,
        uptime_seconds: 90,
    };
    let buckets = Buckets::until(now, 60_000_000_000, 60);
    let series = series(spans.iter().map(|span| &**span), buckets);
    let frame = Frame::new(locale, "/metrics-view");
    let page = MetricsPage::new(frame, &TimeZone::UTC, &overview, &series, buckets);
    page.render().unwrap()
}

fn session_page(locale: Locale) -> String {
    let mut answer = samples::answer();
    let rated = AnsweredTurn {
        created_at: "2026-11-22T10:00:00Z".parse().unwrap(),
        answer: answer.clone(),
        score: Some(Score::Down),
    };
    answer.usage.estimated_cost_usd = None;
    answer.status = AnswerStatus::Stopped;
    let unpriced = AnsweredTurn {
        answer,
        score: None,
        ..rated.clone()
    };
    let frame = Frame::new(locale, "/traces/sessions/1");
    let turns = [rated, unpriced];
    let page = SessionPage::new(frame, &TimeZone::UTC, Uuid::from_u128(1), &turns, true);
    page.render().unwrap()
}

fn compare_page(locale: Locale) -> String {
    let frame = Frame::new(locale, "/traces/compare");
    let other = Trace {
        spans: turn(),
        ..trace()
    };
    let page = ComparePage::new(frame, &TimeZone::UTC, &trace(), &other);
    page.render().unwrap()
}

fn list_page(locale: Locale, traces: Result<Vec<Entry>, FieldError>, is_admin: bool) -> String {
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

/// Lines as the list has them: the first one is the reader's own, and rated.
fn entries() -> Vec<Entry> {
    let mut entries: Vec<Entry> = summaries().into_iter().map(Entry::of_spans).collect();
    entries[0].question = Some(format!("Un vol {ATTACK}"));
    entries[0].first_text_ms = Some(31.0);
    entries[0].score = Some(Score::Down);
    entries
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

pub(crate) fn every_page(locale: Locale) -> Vec<String> {
    let bad = FieldError {
        field: "limit".to_owned(),
        message: ATTACK.to_owned(),
    };
    vec![
        trace_page(locale, false, true),
        trace_page(locale, true, false),
        tab(locale, Tab::Messages),
        tab(locale, Tab::Tools),
        tab(locale, Tab::Logs),
        tab(locale, Tab::Raw),
        metrics_page(locale, &trace().spans),
        metrics_page(locale, &[]),
        session_page(locale),
        compare_page(locale),
        list_page(locale, Ok(entries()), true),
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
            "{used}",
            "{time}",
            "{field}",
        ] {
            assert!(!html.contains(forbidden), "{forbidden} in {html}");
        }
        for script in html.split("<script").skip(1) {
            assert!(script.contains(r#"src="/static/"#), "{script}");
        }
    }
}

#[test]
fn a_trace_shows_its_critical_path_spans_errors_and_orphans() {
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
        "43\u{a0}ms · 43%",
        r#"href="/c/0197a7c0-0000-7000-8000-000000000001""#,
        r#"href="/traces/sessions/0197a7c0-0000-7000-8000-000000000001""#,
        "22\u{a0}Nov 10:00:00",
        r#"x="270" y="4" width="430""#,
        r#"class="critical" x="270" y="16" width="430""#,
    ] {
        assert!(html.contains(text), "{text} is not in {html}");
    }
    let waterfall = &html[html.find("class=\"spans\"").unwrap()..];
    assert_eq!(waterfall.matches("<details id=\"span-").count(), 7);
    let orphan = html.find("badge orphan").unwrap();
    assert!(
        html.find("id=\"span-00000000000000b5").unwrap() < orphan,
        "orphans come last"
    );
    assert!(!html.contains("not ended"));
}

#[test]
fn each_tab_has_an_address_and_says_that_it_is_open() {
    let html = tab(Locale::En, Tab::Logs);
    let open = format!(r#"<a href="/traces/{TRACE}?tab=logs" aria-current="page">"#);
    assert!(html.contains(&open), "{html}");
    assert_eq!(html.matches("aria-current").count(), 1);
    assert!(html.contains("WARN"));
    let span = format!(r#"href="/traces/{TRACE}#span-00000000000000b1""#);
    assert!(html.contains(&span), "{html}");
    let tools = tab(Locale::En, Tab::Tools);
    assert!(tools.contains("succeeded") && tools.contains("<code>timeout</code>"));
    assert!(tools.contains("<dt>tool.departure</dt><dd dir=\"auto\">LYS</dd>"));
}

#[test]
fn messages_are_offered_only_where_there_are_any_to_see() {
    let link = format!("/traces/{TRACE}?tab=messages");
    assert!(!tab(Locale::Fr, Tab::Summary).contains(&link));
    let captured = Around {
        captures_content: true,
        ..around(Tab::Summary)
    };
    assert!(page_of(Locale::Fr, false, captured).contains(&link));
    // Opened by its address all the same, it says what to do.
    assert!(tab(Locale::Fr, Tab::Messages).contains("CAPTURE_CONTENT=true"));
}

#[test]
fn charts_show_the_hour_and_what_is_missing_of_it() {
    let html = metrics_page(Locale::En, &trace().spans);
    assert!(
        html.contains("1.5\u{a0}MiB of 64\u{a0}MiB, 3 traces"),
        "{html}"
    );
    assert!(html.contains("nothing before 10:00"));
    assert!(html.contains("p95 <b>100\u{a0}ms</b>"), "{html}");
    assert!(html.contains("timeout <b>1</b>"));
    assert_eq!(
        html.matches("<svg viewBox=\"0 0 600 100\"").count(),
        5,
        "no cost, no chart"
    );
    assert!(html.contains("2 calls without a known price"), "{html}");
    let empty = metrics_page(Locale::Fr, &[]);
    assert!(!empty.contains("<svg viewBox=\"0 0 600 100\""));
    assert_eq!(empty.matches("Rien pendant cette heure").count(), 6);
}

#[test]
fn a_session_adds_up_and_an_unknown_cost_makes_the_sum_unknown() {
    let html = session_page(Locale::En);
    assert_eq!(html.matches("unknown").count(), 2, "{html}");
    assert!(html.contains("rating bad") && html.contains("badge stopped"));
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
    assert!(html.contains("«\u{a0}Lignes\u{a0}»") && !html.contains("must be"));
}

#[test]
fn the_list_says_when_there_is_more() {
    let many = |count: usize| {
        let entries = entries().into_iter().cycle().take(count).collect();
        list_page(Locale::En, Ok(entries), true)
    };
    assert!(!many(50).contains("The newest"));
    let cut = many(51);
    assert!(cut.contains("The newest 50"), "{cut}");
    assert_eq!(cut.matches("<td class=\"what\">").count(), 50);
}

#[test]
fn the_list_links_each_trace_and_keeps_the_filter() {
    let html = list_page(Locale::Fr, Ok(entries()), true);
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
    let visitor = list_page(Locale::Fr, Ok(entries()), false);
    assert!(!visitor.contains("name=\"kind\"") && visitor.contains("/admin/login"));
}
