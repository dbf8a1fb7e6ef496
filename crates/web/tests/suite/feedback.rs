//! What people think of an answer: stored, counted, and told with the answer's trace.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::{
    Received, ReceivedLog, ReceivedSpan, Receiver,
    llm::{Answer, LlmRequest, LlmServer, Reply},
};

use super::{
    folder::Folder,
    html::{location, page, submit},
    problem::{refused, refused_field},
    server::Server,
    visitor::Visitor,
};

const PATIENCE: Duration = Duration::from_secs(30);
const EVENT: &str = "gen_ai.evaluation.result";
const COMMENT: &str = "beaucoup trop cher";

fn path(answer: &Value) -> String {
    let id = answer["message_id"].as_str().unwrap();
    format!("/api/messages/{id}/feedback")
}

async fn rate(visitor: &Visitor, answer: &Value, body: Value) -> Value {
    let response = visitor.post(&path(answer), &body).await;
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

/// What the conversation says of its answer.
async fn stored(visitor: &Visitor, answer: &Value) -> Value {
    let id = answer["conversation_id"].as_str().unwrap();
    let conversation = visitor.get_json(&format!("/api/conversations/{id}")).await;
    conversation["messages"][1]["feedback"].clone()
}

fn ratings(received: &Received) -> usize {
    received
        .logs
        .iter()
        .filter(|log| log.event_name == EVENT)
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_is_told_with_the_trace_of_its_answer() {
    let receiver = Receiver::start().await.unwrap();
    let endpoint = receiver.endpoint();
    let environment = [
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", &*endpoint),
    ];
    let mut server = Server::start(&environment).await;
    let visitor = server.visitor();
    let answer = visitor.say("Bonjour !", None).await;
    rate(&visitor, &answer, json!({"score": -1, "comment": COMMENT})).await;
    rate(&visitor, &answer, json!({"score": 1})).await;
    assert!(server.terminate().await.success());
    let received = receiver
        .wait_until(PATIENCE, |received| ratings(received) == 2)
        .await
        .unwrap();

    let trace = answer["trace_id"].as_str().unwrap();
    let root = received.named("agent.iteration")[0];
    assert_eq!(root.trace_id, trace);
    let records = received.logs.iter().filter(|log| log.event_name == EVENT);
    let mut told = Vec::new();
    for record in records {
        assert_eq!(record.trace_id, trace);
        assert_eq!(record.span_id, root.span_id);
        let (line, attributes) = (record.json(), &record.attributes);
        assert_eq!(line["message"], EVENT);
        assert_eq!(line["trace_id"], trace);
        let name = attributes.get("gen_ai.evaluation.name");
        assert_eq!(name, Some(&json!("user_feedback")));
        let label = attributes.get("gen_ai.evaluation.score.label");
        assert_eq!(Some(&line["gen_ai.evaluation.score.label"]), label);
        let value = attributes.get("gen_ai.evaluation.score.value");
        told.push((label.unwrap().clone(), value.unwrap().as_f64()));
        assert!(!record.body.contains(COMMENT), "{}", record.body);
    }
    assert_eq!(
        told,
        [(json!("down"), Some(-1.0)), (json!("up"), Some(1.0))]
    );
    for score in ["up", "down"] {
        let labels = [("score", score), ("intent", "small_talk")];
        assert_eq!(received.metrics.sum("agent.feedback", &labels), 1.0);
    }
}

/// What the record of the one rating says, and the root span of its turn.
async fn told(receiver: &Receiver) -> (ReceivedLog, ReceivedSpan) {
    let received = receiver
        .wait_until(PATIENCE, |received| {
            ratings(received) == 1 && !received.named("agent.iteration").is_empty()
        })
        .await
        .unwrap();
    let record = received.logs.iter().find(|log| log.event_name == EVENT);
    let root = received.named("agent.iteration")[0].clone();
    (record.unwrap().clone(), root)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_after_a_restart_still_belongs_to_its_turn() {
    // Without the viewer, no span of the turn is kept anywhere here.
    for viewer in ["true", "false"] {
        let receiver = Receiver::start().await.unwrap();
        let (endpoint, folder) = (receiver.endpoint(), Folder::new());
        let database = folder.database();
        let environment = [
            ("OTEL_SDK_DISABLED", "false"),
            ("OTLP_ENDPOINT", &*endpoint),
            ("DATABASE_URL", &*database),
            ("VIEWER", viewer),
        ];
        let mut server = Server::start(&environment).await;
        let visitor = server.visitor();
        let answer = visitor.say("Bonjour !", None).await;
        assert!(server.terminate().await.success());
        let mut server = Server::start(&environment).await;
        let visitor = visitor.moved_to(&server.url);
        rate(&visitor, &answer, json!({"score": 1})).await;
        assert!(server.terminate().await.success());
        let (record, root) = self::told(&receiver).await;
        assert_eq!(record.trace_id, answer["trace_id"].as_str().unwrap());
        assert_eq!(
            (record.trace_id, record.span_id),
            (root.trace_id, root.span_id)
        );
        assert_eq!(record.flags, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_names_the_response_and_says_whether_its_trace_is_exported() {
    let script = |_: &LlmRequest| Reply::from(Answer::text("Bonjour !"));
    let model = LlmServer::start(script).await.unwrap();
    let receiver = Receiver::start().await.unwrap();
    let (endpoint, base) = (receiver.endpoint(), model.base_url_openai());
    let environment = [
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", &*endpoint),
        ("OTEL_TRACES_SAMPLER", "always_off"),
        ("LLM_PROVIDER", "openai-compatible"),
        ("LLM_MODEL", "scripted"),
        ("LLM_BASE_URL", &*base),
    ];
    let mut server = Server::start(&environment).await;
    let visitor = server.visitor();
    let answer = visitor.say("Bonjour !", None).await;
    let path = format!("/api/traces/{}", answer["trace_id"].as_str().unwrap());
    let trace = visitor.get_json(&path).await;
    let spans = trace["spans"].as_array().unwrap();
    let call = spans
        .iter()
        .find(|span| span["name"] == "llm.call")
        .unwrap();
    let root = spans.iter().find(|span| span["name"] == "agent.iteration");
    rate(&visitor, &answer, json!({"score": 1})).await;
    assert!(server.terminate().await.success());
    let received = receiver
        .wait_until(PATIENCE, |received| ratings(received) == 1)
        .await
        .unwrap();
    let record = received.logs.iter().find(|log| log.event_name == EVENT);
    let record = record.unwrap();
    let response = record.attributes.get("gen_ai.response.id").unwrap();
    assert!(response.as_str().is_some_and(|id| !id.is_empty()));
    assert_eq!(response, &call["attributes"]["gen_ai.response.id"]);
    assert_eq!(record.span_id, root.unwrap()["span_id"].as_str().unwrap());
    assert_eq!(record.flags, 0, "nobody will find this trace");
}

#[tokio::test]
async fn the_last_word_is_kept_over_a_restart() {
    let folder = Folder::new();
    let database = folder.database();
    let mut server = Server::start(&[("DATABASE_URL", &database)]).await;
    let visitor = server.visitor();
    let answer = visitor.say("Bonjour !", None).await;
    assert_eq!(stored(&visitor, &answer).await, Value::Null);
    rate(&visitor, &answer, json!({"score": 1})).await;
    let last = rate(&visitor, &answer, json!({"score": -1, "comment": COMMENT})).await;
    assert_eq!(
        (&last["score"], &last["comment"]),
        (&json!(-1), &json!(COMMENT))
    );
    assert!(server.terminate().await.success());
    let server = Server::start(&[("DATABASE_URL", &database)]).await;
    let visitor = visitor.moved_to(&server.url);
    let kept = stored(&visitor, &answer).await;
    assert_eq!(
        (&kept["score"], &kept["comment"]),
        (&json!(-1), &json!(COMMENT))
    );
}

#[tokio::test]
async fn only_an_answer_of_ones_own_is_rated_and_only_up_or_down() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let answer = visitor.say("Bonjour !", None).await;
    let up = json!({"score": 1});
    let stranger = server.visitor();
    stranger.say("Bonjour !", None).await;
    refused(stranger.post(&path(&answer), &up).await, 404, "stranger").await;
    // The person's own message is no answer.
    let question = json!({"message_id": answer["user_message_id"]});
    refused(visitor.post(&path(&question), &up).await, 404, "question").await;
    for score in [json!(0), json!(2), json!(300), json!("up"), Value::Null] {
        let response = visitor.post(&path(&answer), &json!({"score": score})).await;
        refused_field(response, "score", &score.to_string()).await;
    }
    for comment in ["x".repeat(1_001), "a\0b".to_owned()] {
        let body = json!({"score": 1, "comment": comment});
        let response = visitor.post(&path(&answer), &body).await;
        refused_field(response, "comment", &comment).await;
    }
    assert_eq!(stored(&visitor, &answer).await, Value::Null);
}

#[tokio::test]
async fn the_buttons_work_without_script() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let answer = visitor.say("Bonjour !", None).await;
    let (id, conversation) = (&answer["message_id"], &answer["conversation_id"]);
    let form = format!("/messages/{}/feedback", id.as_str().unwrap());
    let response = submit(&visitor, &form, &[("score", "1")]).await;
    let path = format!("/c/{}", conversation.as_str().unwrap());
    let place = format!("m-{}", id.as_str().unwrap());
    assert_eq!(location(&response), (&*path, &*place));
    let (_, shown) = page(&visitor, &path, "en").await;
    assert!(
        shown.contains(r#"value="1" aria-pressed="true""#),
        "{shown}"
    );
    assert!(shown.contains(r#"value="-1" aria-pressed="false""#));
}

#[tokio::test]
async fn nobody_rates_without_end() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let answer = visitor.say("Bonjour !", None).await;
    let up = json!({"score": 1});
    let mut rated = 0;
    // One more is allowed each second, which a slow machine may need for some.
    let refusal = loop {
        let response = visitor.post(&path(&answer), &up).await;
        if response.status() == 429 {
            break response;
        }
        assert_eq!(response.status(), 200);
        rated += 1;
        assert!(rated < 1_000, "without end");
    };
    assert!(rated >= 60, "{rated}");
    let wait: u32 = refusal.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    refused(refusal, 429, "one too many").await;
    assert_eq!(stored(&visitor, &answer).await["score"], 1);
}

#[tokio::test]
async fn a_comment_is_its_owner_s_alone_and_an_empty_one_is_none() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor().with_header("x-forwarded-for", "1.2.3.4");
    let answer = visitor.say("Bonjour !", None).await;
    rate(&visitor, &answer, json!({"score": -1, "comment": COMMENT})).await;
    // What the owner takes along has it.
    assert_eq!(stored(&visitor, &answer).await["comment"], COMMENT);
    let id = answer["conversation_id"].as_str().unwrap();
    let (_, html) = page(&visitor, &format!("/c/{id}"), "fr").await;
    assert!(html.contains(&format!(">{COMMENT}</textarea>")), "{html}");
    let admin = server.visitor();
    let trace = answer["trace_id"].as_str().unwrap();
    for path in [
        "/traces".to_owned(),
        format!("/traces/sessions/{id}"),
        format!("/api/traces/{trace}"),
    ] {
        let text = admin.get(&path).await.text().await.unwrap();
        assert!(!text.contains(COMMENT), "{path}");
    }
    for log in server.log() {
        assert!(!log.to_string().contains(COMMENT), "{log}");
    }
    rate(&visitor, &answer, json!({"score": -1, "comment": " \r\n"})).await;
    assert_eq!(stored(&visitor, &answer).await.get("comment"), None);
}
