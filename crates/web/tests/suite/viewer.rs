//! What the viewer adds to a list and a waterfall: search, OTLP, live tail, sessions, comparison,
//! charts, messages; and its switch.

use std::time::Duration;

use reqwest::{Method, Response, header};
use serde_json::{Value, json};

use super::{
    html::page,
    problem::{refused, refused_field},
    server::Server,
    stopping::until,
    streaming::search,
    visitor::{Events, Visitor},
};

const PATIENCE: Duration = Duration::from_secs(30);

fn trace_of(answer: &Value) -> &str {
    answer["trace_id"].as_str().unwrap()
}

/// A visitor who is not on this machine, and so no admin.
fn remote(server: &Server) -> Visitor {
    server.visitor().with_header("x-forwarded-for", "1.2.3.4")
}

/// Waits until the trace of an answer is in the list.
async fn listed(visitor: &Visitor, answer: &Value) {
    until(async || {
        let list = visitor.get_json("/api/traces?limit=200").await;
        let traces = list["traces"].as_array().unwrap();
        let found = traces
            .iter()
            .any(|line| line["trace_id"] == answer["trace_id"]);
        found.then_some(())
    })
    .await;
}

#[tokio::test]
async fn words_are_looked_for_in_attributes_and_log_lines() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let answer = visitor.say(&search(), None).await;
    let hello = visitor.say("bonjour", None).await;
    listed(&visitor, &answer).await;
    listed(&visitor, &hello).await;
    let found = async |words: &str| {
        let list = visitor.get_json(&format!("/api/traces?q={words}")).await;
        let traces = list["traces"].as_array().unwrap();
        let ids = traces.iter().map(|line| line["trace_id"].as_str().unwrap());
        ids.collect::<Vec<_>>().join(" ")
    };
    let (search, hello) = (trace_of(&answer), trace_of(&hello));
    assert_eq!(found("SEARCH_FLIGHTS").await, search);
    assert_eq!(found("tool.name%3Dsearch_flights+planner-1").await, search);
    assert_eq!(found(&hello[..12]).await, hello);
    assert_eq!(found("planner-1").await, format!("{hello} {search}"));
    assert_eq!(found("nobody-wrote-this").await, "");
    let long = format!("/api/traces?q={}", "x".repeat(101));
    refused_field(visitor.get(&long).await, "q", "a bad q").await;
    let (status, html) = page(&visitor, "/traces?q=search_flights", "en").await;
    assert_eq!(status, 200);
    assert!(html.contains(search) && !html.contains(hello));
    assert!(html.contains(r#"name="q" value="search_flights""#));
}

#[tokio::test]
async fn a_trace_is_written_as_a_collector_reads_it() {
    let server = Server::start(&[("SERVICE_NAME", "our-agent")]).await;
    let visitor = remote(&server);
    let answer = visitor.say(&search(), None).await;
    listed(&visitor, &answer).await;
    let path = format!("/api/traces/{}", trace_of(&answer));
    let plain = visitor.get_json(&path).await;
    let otlp = visitor.get_json(&format!("{path}?format=otlp")).await;
    let resource = &otlp["resourceSpans"][0]["resource"]["attributes"];
    let name = json!({"key": "service.name", "value": {"stringValue": "our-agent"}});
    assert!(resource.as_array().unwrap().contains(&name), "{resource}");
    let spans = otlp["resourceSpans"][0]["scopeSpans"][0]["spans"].as_array();
    let spans = spans.unwrap();
    assert_eq!(spans.len(), plain["spans"].as_array().unwrap().len());
    for span in spans {
        assert_eq!(span["traceId"], answer["trace_id"]);
        assert!(
            span["startTimeUnixNano"].as_str().unwrap()
                <= span["endTimeUnixNano"].as_str().unwrap()
        );
    }
    let roots = spans
        .iter()
        .filter(|span| span["name"] == "agent.iteration");
    assert_eq!(roots.count(), 1);
    refused_field(
        visitor.get(&format!("{path}?format=xml")).await,
        "format",
        "a bad format",
    )
    .await;
    let stranger = remote(&server);
    refused(
        stranger.get(&format!("{path}?format=otlp")).await,
        404,
        "a stranger",
    )
    .await;
}

async fn live(visitor: &Visitor, query: &str) -> Response {
    visitor.get(&format!("/api/traces/live{query}")).await
}

#[tokio::test]
async fn turns_are_told_as_they_end_each_to_those_who_may_see_it() {
    let mut server = Server::start(&[]).await;
    let (own, other, admin) = (remote(&server), remote(&server), server.visitor());
    // Each must be known before it follows.
    own.get("/").await;
    other.get("/").await;
    let mut mine = Events::new(live(&own, "").await);
    let mut filtered = Events::new(live(&admin, "?intent=planning").await);
    let mut all = Events::new(live(&admin, "").await);
    let hello = own.say("bonjour", None).await;
    let theirs = other.say(&search(), None).await;
    let found = own.say(&search(), None).await;
    let next = async |events: &mut Events| {
        let event = tokio::time::timeout(PATIENCE, events.next()).await;
        let event = event.unwrap().unwrap();
        assert_eq!(event.name, "trace");
        event.data["trace_id"].clone()
    };
    assert_eq!(next(&mut mine).await, hello["trace_id"]);
    assert_eq!(
        next(&mut mine).await,
        found["trace_id"],
        "not that of another"
    );
    assert_eq!(next(&mut filtered).await, theirs["trace_id"]);
    assert_eq!(next(&mut filtered).await, found["trace_id"]);
    for answer in [&hello, &theirs, &found] {
        assert_eq!(next(&mut all).await, answer["trace_id"]);
    }
    refused(live(&own, "?kind=all").await, 403, "all kinds").await;
    refused_field(live(&own, "?status=fine").await, "status", "a bad status").await;
    // Readers do not hold up the end of the process, and hear of it.
    assert!(server.terminate().await.success());
    assert!(mine.next().await.is_none());
}

#[tokio::test]
async fn a_session_is_shown_to_its_owner_and_its_figures_to_the_admin() {
    let server = Server::start(&[]).await;
    let (own, stranger) = (remote(&server), remote(&server));
    let first = own.say(&search(), None).await;
    let second = own.say("merci", Some(&first["conversation_id"])).await;
    let id = first["conversation_id"].as_str().unwrap();
    let path = format!("/traces/sessions/{id}");
    for (visitor, owns) in [(&own, true), (&server.visitor(), false)] {
        let (status, html) = page(visitor, &path, "en").await;
        assert_eq!(status, 200);
        for answer in [&first, &second] {
            assert!(html.contains(&format!("/traces/{}", trace_of(answer))));
        }
        assert_eq!(html.contains(&format!("/c/{id}")), owns);
        assert!(!html.contains("merci"), "texts are not telemetry");
    }
    refused(stranger.get(&path).await, 404, "a stranger").await;
    let none = "/traces/sessions/0197a7c0-0000-7000-8000-000000000001";
    refused(own.get(none).await, 404, "none").await;
    refused(own.get("/traces/sessions/x").await, 404, "no id").await;
}

#[tokio::test]
async fn two_traces_are_compared_by_those_who_see_both() {
    let server = Server::start(&[]).await;
    let (own, stranger) = (remote(&server), remote(&server));
    let (a, b) = (
        own.say(&search(), None).await,
        own.say("bonjour", None).await,
    );
    let strange = stranger.say("bonjour", None).await;
    listed(&own, &b).await;
    let path = |a: &str, b: &str| format!("/traces/compare?a={a}&b={b}");
    let (status, html) = page(&own, &path(trace_of(&a), trace_of(&b)), "fr").await;
    assert_eq!(status, 200);
    assert!(html.contains("search_flights") && html.contains("absent"));
    let swapped = format!("a={}&amp;b={}", trace_of(&b), trace_of(&a));
    assert!(html.contains(&swapped), "{html}");
    let foreign = own.get(&path(trace_of(&a), trace_of(&strange))).await;
    refused(foreign, 404, "of a stranger").await;
    refused_field(own.get(&path(trace_of(&a), "1")).await, "b", "a bad b").await;
    refused_field(own.get("/traces/compare").await, "a", "a bad a").await;
    // The page of a trace offers the others, and commands for it.
    let (_, html) = page(&own, &format!("/traces/{}", trace_of(&a)), "en").await;
    assert!(html.contains(&format!("<option value=\"{}\">", trace_of(&b))));
    assert!(!html.contains(trace_of(&strange)));
    assert!(html.contains("/api/chat") && html.contains("travel_agent_visitor=$VISITOR"));
    assert!(html.contains(&format!("/api/traces/{}?format=otlp", trace_of(&a))));
}

#[tokio::test]
async fn the_charts_are_the_admin_s() {
    let server = Server::start(&[("VIEWER_MEMORY_MIB", "7")]).await;
    let (local, visitor) = (server.visitor(), remote(&server));
    let (status, html) = page(&local, "/metrics-view", "en").await;
    assert_eq!(status, 200);
    assert!(html.contains("Nothing in this hour") && html.contains("of 7\u{a0}MiB"));
    let answer = local.say(&search(), None).await;
    listed(&local, &answer).await;
    let (_, html) = page(&local, "/metrics-view", "fr").await;
    assert!(html.contains("réussis <b>1</b>"), "{html}");
    let response = visitor.get("/metrics-view").await;
    assert_eq!(response.status(), 303);
    let location = response.headers()[header::LOCATION].to_str().unwrap();
    assert_eq!(location, "/admin/login?next=%2Fmetrics-view");
    let stats = local.get_json("/api/stats").await;
    assert_eq!(stats["recent"]["budget_bytes"], 7 << 20);
}

#[tokio::test]
async fn messages_are_shown_where_they_are_recorded() {
    let text = "Un vol de Lyon à Lisbonne pour jean.dupont@example.fr";
    for captured in ["true", "false"] {
        let server = Server::start(&[("CAPTURE_CONTENT", captured)]).await;
        let visitor = remote(&server);
        let answer = visitor.say(text, None).await;
        listed(&visitor, &answer).await;
        let id = trace_of(&answer);
        let (_, html) = page(&visitor, &format!("/traces/{id}?tab=messages"), "en").await;
        assert!(!html.contains("jean.dupont"));
        let shown = html.contains("Un vol de Lyon à Lisbonne pour [email]");
        assert_eq!(shown, captured == "true", "{html}");
        assert_eq!(html.contains("CAPTURE_CONTENT=true"), captured == "false");
        let (_, html) = page(&visitor, &format!("/traces/{id}"), "en").await;
        assert_eq!(html.contains("?tab=messages"), captured == "true");
        for tab in ["tools", "logs", "raw"] {
            let (status, _) = page(&visitor, &format!("/traces/{id}?tab={tab}"), "en").await;
            assert_eq!(status, 200, "{tab}");
        }
        let wrong = visitor.get(&format!("/traces/{id}?tab=nothing")).await;
        refused_field(wrong, "tab", "a bad tab").await;
    }
}

#[tokio::test]
async fn the_viewer_can_be_switched_off() {
    let server = Server::start(&[("VIEWER", "false")]).await;
    let visitor = server.visitor();
    let answer = visitor.say(&search(), None).await;
    let id = trace_of(&answer);
    for path in [
        "/traces",
        "/api/traces",
        "/api/traces/live",
        "/api/stats",
        "/metrics-view",
        "/admin/login",
        &format!("/traces/{id}"),
        &format!("/api/traces/{id}"),
    ] {
        refused(visitor.get(path).await, 404, path).await;
    }
    let path = format!("/c/{}", answer["conversation_id"].as_str().unwrap());
    let (status, html) = page(&visitor, &path, "en").await;
    assert_eq!(status, 200);
    assert!(!html.contains("/traces"), "a link that leads nowhere");
    let path = format!(
        "/api/messages/{}/feedback",
        answer["message_id"].as_str().unwrap()
    );
    let rating = visitor
        .request(Method::POST, &path)
        .json(&json!({"score": 1}));
    assert_eq!(visitor.send(rating).await.status(), 200);
}

/// What no reader but its author may ever find on a page or in an answer of the viewer.
const SECRET: &str = "anniversaire-surprise-de-Camille";

/// A trace that a client puts its requests in.
const SHARED: &str = "00-5bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[tokio::test]
async fn the_list_shows_a_question_to_the_one_who_asked_it_alone() {
    let server = Server::start(&[]).await;
    let (a, b) = (remote(&server), remote(&server));
    let admin = server.visitor();
    let question = format!("Je veux aller à Rome pour l’{SECRET}");
    let asked = a.say(&question, None).await;
    let other = b.say("bonjour", None).await;
    listed(&admin, &asked).await;
    listed(&admin, &other).await;
    let id = trace_of(&asked);
    let message = asked["message_id"].as_str().unwrap();
    let rating = json!({"score": -1, "comment": SECRET});
    let path = format!("/api/messages/{message}/feedback");
    assert_eq!(a.post(&path, &rating).await.status(), 200);
    let (_, own) = page(&a, "/traces", "fr").await;
    assert!(own.contains(SECRET) && own.contains(id) && own.contains("mauvaise réponse"));
    let conversation = asked["conversation_id"].as_str().unwrap();
    let paths = [
        "/traces",
        "/traces?sort=question",
        "/traces?sort=-rating&limit=200",
        "/traces?q=planner-1",
        "/metrics-view",
        "/api/traces",
        "/api/stats",
    ];
    let of_a = [
        format!("/traces/{id}"),
        format!("/traces/{id}?tab=raw"),
        format!("/traces/{id}?tab=logs"),
        format!("/traces/{id}?tab=messages"),
        format!("/traces/sessions/{conversation}"),
        format!("/api/traces/{id}"),
    ];
    let paths: Vec<&str> = paths.into_iter().chain(of_a.iter().map(|p| &**p)).collect();
    for path in &paths {
        for (name, visitor) in [("B", &b), ("the admin", &admin)] {
            let text = visitor.get(path).await.text().await.unwrap();
            assert!(!text.contains(SECRET), "{name} reads it at {path}");
        }
    }
    // The admin sees that there is such a turn, and how it was rated.
    let (_, all) = page(&admin, "/traces", "fr").await;
    assert!(all.contains(id) && all.contains("mauvaise réponse"));
    let (_, theirs) = page(&b, "/traces", "fr").await;
    assert!(theirs.contains("bonjour") && !theirs.contains(id));
}

#[tokio::test]
async fn in_a_trace_of_two_visitors_each_sees_its_own_question() {
    let server = Server::start(&[]).await;
    let joined = |visitor: Visitor| visitor.with_header("traceparent", SHARED);
    let (a, b) = (joined(remote(&server)), joined(remote(&server)));
    a.say(&format!("bonjour {SECRET}"), None).await;
    b.say("merci", None).await;
    let seen = async |visitor: &Visitor, question: &str| {
        until(async || {
            let (_, html) = page(visitor, "/traces", "fr").await;
            html.contains(question).then_some(html)
        })
        .await
    };
    let theirs = seen(&b, ">merci</a>").await;
    assert!(!theirs.contains(SECRET));
    let own = seen(&a, SECRET).await;
    assert!(!own.contains(">merci</a>"));
    let (_, all) = page(&server.visitor(), "/traces", "fr").await;
    assert!(!all.contains(SECRET) && !all.contains(">merci</a>"));
}

#[tokio::test]
async fn the_list_is_ordered_and_bounded_in_time() {
    let server = Server::start(&[]).await;
    let visitor = remote(&server);
    let hello = visitor.say("bonjour", None).await;
    let found = visitor.say(&search(), None).await;
    listed(&visitor, &hello).await;
    listed(&visitor, &found).await;
    let order = async |query: &str| {
        let list = visitor.get_json(&format!("/api/traces?{query}")).await;
        let traces = list["traces"].as_array().unwrap().clone();
        let ids = traces.iter().map(|line| line["trace_id"].clone());
        ids.collect::<Vec<_>>()
    };
    let (hello, found) = (hello["trace_id"].clone(), found["trace_id"].clone());
    assert_eq!(order("sort=started").await, [hello.clone(), found.clone()]);
    assert_eq!(order("sort=-spans&limit=1").await[0], found);
    assert_eq!(order("sort=spans&limit=1").await[0], hello);
    assert_eq!(order("sort=question").await, [hello, found]);
    assert_eq!(order("since=hour").await.len(), 2);
    assert_eq!(order("to=2020-01-01T00:00").await.len(), 0);
    for (query, field) in [
        ("sort=door", "sort"),
        ("since=year", "since"),
        ("from=x", "from"),
    ] {
        let refused = visitor.get(&format!("/api/traces?{query}")).await;
        refused_field(refused, field, query).await;
    }
    let (status, html) = page(&visitor, "/traces?from=2030-01-01T00:00", "en").await;
    assert_eq!(status, 200);
    assert!(html.contains("No trace matches") && html.contains(r#"value="2030-01-01T00:00""#));
    let (status, html) = page(&visitor, "/traces?since=year", "en").await;
    assert_eq!(status, 422);
    assert!(html.contains("“Period”"));
}
