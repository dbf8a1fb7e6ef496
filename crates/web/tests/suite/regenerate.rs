//! A question that is answered once more.

use reqwest::{Method, Response};
use serde_json::{Value, json};
use testkit::llm::{Answer, Ending, Entry, Fault, LlmRequest, LlmServer, Reply};

use super::{
    html::{location, page, submit},
    problem::{refused, refused_field},
    server::Server,
    stopping::conversation,
    streaming::names,
    visitor::{Events, Visitor},
};

/// What the model says before the connection breaks, and what it says the second time.
const BROKEN: &str = "Un début de réponse qui ne finit pas";
const WHOLE: &str = "Bonjour ! Où partons-nous ?";

/// A model whose first answer breaks off.
async fn breaks_once() -> LlmServer {
    model(|request| match request.number {
        0 => Answer::text(BROKEN).ending(Ending::ResetAfter(5)).into(),
        _ => Answer::text(WHOLE).into(),
    })
    .await
}

async fn model(script: impl Fn(&LlmRequest) -> Reply + Send + Sync + 'static) -> LlmServer {
    LlmServer::start(script).await.unwrap()
}

/// A server that asks this model, and nothing else.
async fn server(model: &LlmServer) -> Server {
    Server::start(&[
        ("LLM_PROVIDER", "openai-compatible"),
        ("LLM_MODEL", "scripted"),
        ("LLM_BASE_URL", &model.base_url_openai()),
        ("LLM_CLASSIFY", "off"),
    ])
    .await
}

fn path(answer: &Value) -> String {
    let id = answer["message_id"].as_str().unwrap();
    format!("/api/messages/{id}/regenerate")
}

async fn again(visitor: &Visitor, answer: &Value) -> Response {
    visitor
        .send(visitor.request(Method::POST, &path(answer)))
        .await
}

/// The prompt of a request, without the time of day.
fn prompt(request: &LlmRequest) -> Vec<Entry> {
    let timeless = |text: String| {
        let lines = text.lines().filter(|line| !line.starts_with("now: "));
        lines.collect::<Vec<_>>().join("\n")
    };
    let entries = request.conversation().into_iter().map(|entry| match entry {
        Entry::User(text) => Entry::User(timeless(text)),
        entry => entry,
    });
    entries.collect()
}

/// Begins a conversation whose answer breaks off.
async fn broken(visitor: &Visitor) -> Value {
    let answer = visitor.say("bonjour", None).await;
    assert_eq!(answer["status"], "error", "{answer}");
    let reply = answer["reply"].as_str().unwrap();
    assert!(
        !reply.is_empty() && BROKEN.starts_with(reply.trim()),
        "{reply}"
    );
    answer
}

#[tokio::test]
async fn a_new_answer_takes_the_place_of_a_broken_one() {
    let model = breaks_once().await;
    let server = server(&model).await;
    let visitor = server.visitor();
    let first = broken(&visitor).await;
    let open = format!("/c/{}", first["conversation_id"].as_str().unwrap());
    let button = path(&first).replace("/api", "");
    let (_, html) = page(&visitor, &open, "fr").await;
    assert!(
        html.contains(&button) && html.contains("Un début"),
        "{html}"
    );

    let second: Value = again(&visitor, &first).await.json().await.unwrap();
    assert_eq!(
        (&second["status"], &second["reply"]),
        (&json!("ok"), &json!(WHOLE))
    );
    assert_eq!(second["user_message_id"], first["user_message_id"]);
    assert_eq!(second["conversation_id"], first["conversation_id"]);
    assert_ne!(second["message_id"], first["message_id"]);
    let requests = model.requests();
    assert_eq!(
        requests.len(),
        2,
        "a broken stream is not tried again by itself"
    );
    assert_eq!(prompt(&requests[1]), prompt(&requests[0]));

    // The API lists both answers of the one question; the page shows the new one.
    let stored = conversation(&visitor).await;
    let messages = stored["messages"].as_array().unwrap();
    let roles: Vec<_> = messages.iter().map(|message| &message["role"]).collect();
    assert_eq!(roles, ["user", "agent", "agent"]);
    for (message, answer) in messages[1..].iter().zip([&first, &second]) {
        assert_eq!(message["id"], answer["message_id"]);
        assert_eq!(message["parent_id"], first["user_message_id"]);
    }
    let (_, html) = page(&visitor, &open, "fr").await;
    for (part, count) in [
        ("class=\"message user\" id=", 1),
        ("class=\"message agent\" id=", 1),
        (WHOLE, 1),
        ("Un début", 0),
        (&*button, 0),
    ] {
        assert_eq!(html.matches(part).count(), count, "{part} in {html}");
    }

    // The conversation goes on from the new answer.
    visitor.say("merci", Some(&first["conversation_id"])).await;
    let told = prompt(&model.requests()[2]);
    let said: Vec<_> = told
        .iter()
        .filter_map(|entry| match entry {
            Entry::Assistant { text, .. } => Some(&**text),
            _ => None,
        })
        .collect();
    assert_eq!(said, [WHOLE]);
}

#[tokio::test]
async fn the_new_answer_can_be_streamed() {
    let model = breaks_once().await;
    let server = server(&model).await;
    let visitor = server.visitor();
    let first = broken(&visitor).await;
    let body = json!({"stream": true, "mode": "fast", "locale": "en"});
    let response = visitor.post(&path(&first), &body).await;
    assert_eq!(response.status(), 200);
    let events = Events::new(response).collect().await;
    assert_eq!(names(&events).first(), Some(&"started"));
    assert_eq!(events[0].data["user_message_id"], first["user_message_id"]);
    let answer = &events.last().unwrap().data;
    assert_eq!(
        (&answer["status"], &answer["reply"], &answer["locale"]),
        (&json!("ok"), &json!(WHOLE), &json!("en"))
    );
}

#[tokio::test]
async fn the_button_works_without_script() {
    let model = breaks_once().await;
    let server = server(&model).await;
    let visitor = server.visitor();
    let first = broken(&visitor).await;
    let form = path(&first).replace("/api", "");
    let sent = submit(&visitor, &form, &[]).await;
    let stored = conversation(&visitor).await;
    let newest = stored["messages"][2]["id"].as_str().unwrap();
    let (to, anchor) = location(&sent);
    assert_eq!(
        to,
        format!("/c/{}", first["conversation_id"].as_str().unwrap())
    );
    assert_eq!(anchor, format!("m-{newest}"));
    let (_, html) = page(&visitor, to, "fr").await;
    assert!(html.contains(WHOLE) && !html.contains("Un début"), "{html}");
}

#[tokio::test]
async fn a_turn_that_failed_before_it_said_anything_can_be_had_again() {
    let model = model(|request| match request.number {
        0 => Fault::status(401).into(),
        _ => Answer::text(WHOLE).into(),
    })
    .await;
    let server = server(&model).await;
    let visitor = server.visitor();
    let failed = visitor
        .post("/api/chat", &json!({"message": "bonjour"}))
        .await;
    let problem = refused(failed, 502, "no model").await;
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("language model"), "{problem}");
    let stored = conversation(&visitor).await;
    let answer = &stored["messages"][1]["answer"];
    assert_eq!(answer["status"], "error");
    let reply = answer["reply"].as_str().unwrap();
    assert!(reply.contains("modèle de langage"), "{reply}");
    let second: Value = again(&visitor, answer).await.json().await.unwrap();
    assert_eq!(second["reply"], WHOLE);
    let requests = model.requests();
    assert_eq!(prompt(&requests[1]), prompt(&requests[0]));
}

#[tokio::test]
async fn a_key_runs_it_once() {
    let model = breaks_once().await;
    let server = server(&model).await;
    let visitor = server.visitor();
    let first = broken(&visitor).await;
    let keyed = |path: &str| {
        visitor
            .request(Method::POST, path)
            .header("idempotency-key", "a")
    };
    let second: Value = visitor
        .send(keyed(&path(&first)))
        .await
        .json()
        .await
        .unwrap();
    let empty = keyed(&path(&first)).json(&json!({}));
    let replayed: Value = visitor.send(empty).await.json().await.unwrap();
    assert_eq!(replayed, second);
    assert_eq!(model.requests().len(), 2);
    // Of another message, of another kind, with another body.
    let chat = keyed("/api/chat").json(&json!({"message": "bonjour"}));
    let other = keyed(&path(&first)).json(&json!({"mode": "fast"}));
    for request in [keyed(&path(&second)), chat, other] {
        refused_field(visitor.send(request).await, "Idempotency-Key", "reused").await;
    }
    assert_eq!(
        conversation(&visitor).await["messages"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

#[tokio::test]
async fn a_running_answer_comes_first_and_a_stopped_one_can_be_had_again() {
    let model = model(|request| match request.number {
        0 => Answer::text(BROKEN).ending(Ending::StallAfter(5)).into(),
        _ => Answer::text(WHOLE).into(),
    })
    .await;
    let server = server(&model).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream("bonjour").await;
    let started = stream.next().await.unwrap();
    while stream.next().await.unwrap().name != "delta" {}
    refused(again(&visitor, &started.data).await, 409, "it runs").await;
    let id = started.data["message_id"].as_str().unwrap();
    let stop = visitor.request(Method::DELETE, &format!("/api/turns/{id}"));
    assert_eq!(visitor.send(stop).await.status(), 204);
    let second: Value = again(&visitor, &started.data).await.json().await.unwrap();
    assert_eq!(second["reply"], WHOLE);
    assert_eq!(second["user_message_id"], started.data["user_message_id"]);
}

#[tokio::test]
async fn only_an_answer_of_ones_own_can_be_had_again() {
    let server = Server::start(&[]).await;
    let (visitor, stranger) = (server.visitor(), server.visitor());
    let answer = visitor.say("bonjour", None).await;
    stranger.say("bonjour", None).await;
    refused(again(&stranger, &answer).await, 404, "a stranger's").await;
    let form = path(&answer).replace("/api", "");
    assert_eq!(submit(&stranger, &form, &[]).await.status(), 404);
    let question = json!({"message_id": answer["user_message_id"]});
    refused(again(&visitor, &question).await, 404, "a question").await;
    for id in ["01a2030e-e5dc-77f5-8755-42a7ca17f24c", "none"] {
        let unknown = json!({"message_id": id});
        refused(again(&visitor, &unknown).await, 404, id).await;
    }
    for (field, value) in [("message", "salut"), ("mode", "slow"), ("locale", "de")] {
        let body = json!({field: value});
        refused_field(visitor.post(&path(&answer), &body).await, field, value).await;
    }
    let plain = visitor.request(Method::POST, &path(&answer)).body("{}");
    refused(visitor.send(plain).await, 415, "no content type").await;
    let stored = conversation(&visitor).await;
    assert_eq!(
        stored["messages"].as_array().unwrap().len(),
        2,
        "nothing ran"
    );

    // One that ended well can be had again, too, by whoever knows how to ask.
    let second: Value = again(&visitor, &answer).await.json().await.unwrap();
    assert_eq!(second["status"], "ok");
    assert_eq!(second["user_message_id"], answer["user_message_id"]);
}

#[tokio::test]
async fn it_counts_as_a_turn() {
    let server = Server::start(&[("RATE_LIMIT_TURNS_PER_MINUTE", "1")]).await;
    let visitor = server.visitor();
    let answer = visitor.say("bonjour", None).await;
    let refusal = again(&visitor, &answer).await;
    assert!(refusal.headers().contains_key("retry-after"));
    refused(refusal, 429, "one turn a minute").await;
}
