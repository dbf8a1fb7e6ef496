//! The OpenAI-compatible adapter against a server in the same process.

use std::{
    convert::Infallible,
    future,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::{StreamExt, TryStreamExt, stream};
use http::HeaderMap;
use llm::{
    Answer, Assembler, ChatModel, ChatRequest, FinishReason, Message, ModelError, ModelErrorKind,
    ModelEvent, Settings, ToolCall, ToolChoice, Usage,
    endpoint::{Endpoint, client},
    extras::Extras,
    openai::OpenAi,
};
use proptest::prelude::*;
use reqwest::{Body, Request, Response};
use tower::service_fn;

const SSE: &str = "text/event-stream";
const KEY: &str = "sk-test-0123456789abcdef";

/// A recorded shape: comment, text of several bytes a character, two calls whose pieces mix, usage
/// in a chunk of its own, in both line endings.
const ANSWER: &str = concat!(
    ": OPENROUTER PROCESSING\n\n",
    "data: {\"id\":\"c-1\",\"model\":\"m-2026\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n",
    "data: {\"id\":\"c-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Très bien, 東京 \"}}]}\r\n\r\n",
    "data: {\"id\":\"c-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"✈️ à 99\u{a0}€\"}}]}\n\n",
    "event: message\ndata: {\"id\":\"c-1\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"search_flights\",\"arguments\":\"\"}}]}}]}\n\n",
    "data: {\"id\":\"c-1\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"from\\\":\\\"Orléans\\\",\"}}]}}]}\n\n",
    "data: {\"id\":\"c-1\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"call_b\",\"function\":{\"name\":\"get_airport_code\",\"arguments\":\"{\\\"city\\\":\\\"東京\\\"}\"}}]}}]}\n\n",
    "data: {\"id\":\"c-1\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"to\\\":\\\"TYO\\\"}\"}}]}}]}\n\n",
    "data: {\"id\":\"c-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n",
    "data: {\"id\":\"c-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":900,\"completion_tokens\":40,\"total_tokens\":940,\"prompt_tokens_details\":{\"cached_tokens\":512}}}\n\n",
    "data: [DONE]\n\n",
);

fn expected() -> Answer {
    let call = |id: &str, name: &str, arguments: &str| ToolCall {
        id: id.to_owned(),
        name: name.to_owned(),
        arguments: arguments.to_owned(),
    };
    Answer {
        text: "Très bien, 東京 ✈️ à 99\u{a0}€".to_owned(),
        tool_calls: vec![
            call(
                "call_a",
                "search_flights",
                r#"{"from":"Orléans","to":"TYO"}"#,
            ),
            call("call_b", "get_airport_code", r#"{"city":"東京"}"#),
        ],
        usage: Some(Usage {
            prompt: 900,
            completion: 40,
            cached: 512,
            cache_written: 0,
            reasoning: 0,
        }),
        id: Some("c-1".to_owned()),
        model: Some("m-2026".to_owned()),
        finish: Some(FinishReason::ToolCalls),
        reasoning: String::new(),
        markup: llm::markup::Markup::default(),
        beside: None,
    }
}

fn endpoint(key: Option<&str>) -> Endpoint {
    Endpoint {
        provider: "openai".to_owned(),
        model: "gpt-6.1-terra".to_owned(),
        extras: Extras::default(),
        base_url: "http://models.test/v1".to_owned(),
        key: key.map(|key| key.to_owned().into()),
        price: None,
        client: client(Duration::from_secs(1)).unwrap(),
        propagate: Arc::new(|headers: &mut HeaderMap| {
            headers.insert("traceparent", "00-1-2-01".parse().unwrap());
        }),
    }
}

fn request() -> Arc<ChatRequest> {
    Arc::new(ChatRequest {
        messages: vec![Message::user("Orléans to 東京")],
        tools: Arc::from([]),
        tool_choice: ToolChoice::Auto,
        settings: Settings::default(),
        thoughts: Arc::default(),
        extensions: http::Extensions::new(),
    })
}

fn response(status: u16, kind: &str, body: Body) -> Response {
    let response = http::Response::builder()
        .status(status)
        .header("content-type", kind);
    response.body(body).unwrap().into()
}

/// A model whose server answers every request so; the requests are kept.
fn model(
    key: Option<&str>,
    answer: impl Fn() -> Response + Clone + Send + Sync + 'static,
) -> (OpenAi, Arc<Mutex<Vec<Request>>>) {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&requests);
    let http = service_fn(move |request: Request| {
        kept.lock().unwrap().push(request);
        future::ready(Ok::<_, reqwest::Error>(answer()))
    });
    let model = OpenAi::with_service(endpoint(key), http).unwrap();
    (model, requests)
}

async fn events(model: &OpenAi) -> Vec<Result<ModelEvent, ModelError>> {
    model.stream(request()).collect().await
}

async fn answer(model: &OpenAi) -> Result<Answer, ModelError> {
    let assembled =
        model
            .stream(request())
            .try_fold(Assembler::default(), async |mut assembler, event| {
                assembler.push(&event)?;
                Ok(assembler)
            });
    assembled.await.map(Assembler::finish)
}

/// The failure of a server that answers so, which must be the end of the stream.
async fn failure(status: u16, kind: &'static str, body: &'static str) -> ModelError {
    let (model, requests) = model(Some(KEY), move || response(status, kind, Body::from(body)));
    let mut events = events(&model).await;
    assert_eq!(requests.lock().unwrap().len(), 1, "one attempt");
    events.pop().unwrap().unwrap_err()
}

fn cut(bytes: &[u8], cuts: &[usize]) -> Body {
    let mut cuts: Vec<_> = cuts.iter().map(|at| at % bytes.len()).collect();
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    let pieces: Vec<_> = cuts
        .windows(2)
        .map(|ends| Ok::<_, Infallible>(bytes[ends[0]..ends[1]].to_vec()))
        .collect();
    Body::wrap_stream(stream::iter(pieces))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_split_of_the_bytes_gives_the_same_answer(
        cuts in prop::collection::vec(any::<usize>(), 0..200),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (model, _) = model(None, move || response(200, SSE, cut(ANSWER.as_bytes(), &cuts)));
        prop_assert_eq!(runtime.block_on(answer(&model)), Ok(expected()));
    }
}

#[tokio::test]
async fn byte_after_byte_gives_the_same_answer() {
    let every: Vec<_> = (0..ANSWER.len()).collect();
    let (model, _) = model(None, move || {
        response(200, SSE, cut(ANSWER.as_bytes(), &every))
    });
    assert_eq!(answer(&model).await, Ok(expected()));
}

#[tokio::test]
async fn a_line_without_end_is_cut_off_and_so_named() {
    let (model, _) = model(None, || {
        let part = || Ok::<_, Infallible>("a".repeat(700_000));
        let parts = stream::iter([Ok("data: ".to_owned()), part(), part()]);
        // It never ends by itself.
        response(200, SSE, Body::wrap_stream(parts.chain(stream::pending())))
    });
    let error = answer(&model).await.unwrap_err();
    assert_eq!(error.kind, ModelErrorKind::AnswerTooLong);
    assert_eq!(error.detail, "the answer is longer than allowed");
}

#[tokio::test]
async fn the_request_names_its_target_its_trace_and_its_key() {
    let (model, requests) = model(Some(KEY), || response(200, SSE, Body::from(ANSWER)));
    assert_eq!(model.server(), Some(("models.test", 80)));
    answer(&model).await.unwrap();
    let requests = requests.lock().unwrap();
    let request = requests.first().unwrap();
    assert_eq!(
        request.url().as_str(),
        "http://models.test/v1/chat/completions"
    );
    assert_eq!(request.headers()["traceparent"], "00-1-2-01");
    let key = &request.headers()["authorization"];
    assert_eq!(key, &format!("Bearer {KEY}"));
    assert!(key.is_sensitive(), "or `Debug` of a request shows it");
    let body = request.body().and_then(Body::as_bytes).unwrap();
    let body: serde_json::Value = serde_json::from_slice(body).unwrap();
    assert_eq!(body["model"], "gpt-6.1-terra");
    assert_eq!(body["stream"], true);
    assert_eq!(body["stream_options"]["include_usage"], true);
}

#[tokio::test]
async fn a_server_without_a_key_is_sent_none() {
    for key in [None, Some("")] {
        let (model, requests) = model(key, || response(200, SSE, Body::from(ANSWER)));
        answer(&model).await.unwrap();
        let requests = requests.lock().unwrap();
        assert!(!requests[0].headers().contains_key("authorization"));
    }
}

#[test]
fn endpoints_that_can_never_work_are_refused_at_once() {
    let kind = |endpoint| OpenAi::new(endpoint).err().map(|error| error.kind);
    let mut nowhere = endpoint(None);
    nowhere.base_url = "models.test/v1".to_owned();
    assert_eq!(kind(nowhere), Some(ModelErrorKind::BadRequest));
    let broken_key = endpoint(Some("two\nlines"));
    assert_eq!(kind(broken_key), Some(ModelErrorKind::Authentication));
}

#[tokio::test]
async fn a_refusal_keeps_its_status_and_hides_the_key() {
    let json = "application/json";
    let error = failure(404, "text/html", "<h1>Not Found</h1>").await;
    assert_eq!(error.kind, ModelErrorKind::WrongAddress);
    assert!(!error.to_string().contains("body"), "{error}");
    assert_eq!(error.detail, "HTTP 404: a body of text/html");
    let echo = r#"{"error":{"message":"Incorrect API key provided: sk-test-0123456789abcdef"}}"#;
    let error = failure(401, json, echo).await;
    assert_eq!(error.kind, ModelErrorKind::Authentication);
    assert_eq!(error.detail, "HTTP 401: Incorrect API key provided: ***");
    let (model, _) = model(Some(KEY), || {
        let mut response = response(429, "application/json", Body::from("{}"));
        let wait = "12".parse().unwrap();
        response.headers_mut().insert("retry-after", wait);
        response
    });
    let error = events(&model).await.pop().unwrap().unwrap_err();
    assert_eq!(error.kind, ModelErrorKind::RateLimited);
    assert_eq!(error.retry_after, Some(Duration::from_secs(12)));
}

#[tokio::test]
async fn success_without_a_stream_is_no_answer() {
    let error = failure(200, "application/json", r#"{"id":"c","choices":[]}"#).await;
    assert_eq!(error.kind, ModelErrorKind::BadResponse);
    let late = r#"{"error":{"code":503,"message":"no provider"}}"#;
    let error = failure(200, "application/json; charset=utf-8", late).await;
    assert_eq!(error.kind, ModelErrorKind::Overloaded);
}

#[tokio::test]
async fn what_cannot_be_read_ends_the_stream() {
    let broken = "data: {\"id\":\n\ndata: {}\n\n";
    let error = failure(200, SSE, broken).await;
    assert_eq!(error.kind, ModelErrorKind::BadResponse);
    // What says nothing leaves the stream without an end.
    for body in [
        &b"data: {\"id\":[]}\n\n"[..],
        b"data: {\"id\":",
        b"data: \xff\xfe\n\n",
    ] {
        let (model, _) = model(None, move || response(200, SSE, Body::from(body)));
        let error = events(&model).await.pop().unwrap().unwrap_err();
        assert_eq!(error.kind, ModelErrorKind::Connection);
    }
    let body = "data: {\"error\":{\"code\":429,\"message\":\"x\"}}\n\ndata: {\"id\":\"c\"}\n\n";
    assert_eq!(
        failure(200, SSE, body).await.kind,
        ModelErrorKind::RateLimited
    );
}

/// A body that breaks after these bytes.
fn broken(bytes: &'static str) -> Body {
    let reset = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    Body::wrap_stream(stream::iter([Ok(bytes), Err(reset)]))
}

#[tokio::test]
async fn a_broken_stream_is_a_failure_until_the_answer_is_whole() {
    let text = "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"Oui\"}}]}\n\n";
    let (model, _) = model(None, move || response(200, SSE, broken(text)));
    let events = events(&model).await;
    assert!(matches!(&events[1], Ok(ModelEvent::Text(text)) if text == "Oui"));
    let error = events.last().unwrap().as_ref().unwrap_err();
    assert_eq!(error.kind, ModelErrorKind::Connection);
}

#[tokio::test]
async fn a_rude_end_takes_nothing_from_a_whole_answer() {
    let whole = ANSWER.trim_end_matches("data: [DONE]\n\n");
    let (model, _) = model(None, move || response(200, SSE, broken(whole)));
    assert_eq!(answer(&model).await, Ok(expected()));
}

#[tokio::test]
async fn a_stream_that_ends_without_a_reason_is_cut() {
    let text = "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"Oui\"}}]}\n\n";
    let (model, _) = model(None, move || response(200, SSE, Body::from(text)));
    let events = events(&model).await;
    assert!(events.contains(&Ok(ModelEvent::Text("Oui".to_owned()))));
    let error = events.last().unwrap().as_ref().unwrap_err();
    assert_eq!(error.kind, ModelErrorKind::Connection);
}

#[tokio::test]
async fn dropping_the_stream_drops_an_idle_response() {
    let (open, closed) = tokio::sync::oneshot::channel::<Infallible>();
    let open = Arc::new(Mutex::new(Some(open)));
    let (model, _) = model(None, move || {
        let open = open.lock().unwrap().take();
        let first = "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"Oui\"}}]}\n\n";
        let idle = stream::unfold(open, |open| async move {
            let nothing = future::pending::<Result<&str, Infallible>>().await;
            Some((nothing, open))
        });
        let body = stream::once(future::ready(Ok(first))).chain(idle);
        response(200, SSE, Body::wrap_stream(body))
    });
    let mut stream = model.stream(request());
    stream.next().await.unwrap().unwrap();
    drop(stream);
    // Its sender is gone once the response is.
    let closed = tokio::time::timeout(Duration::from_secs(5), closed).await;
    assert!(closed.unwrap().is_err());
}

#[tokio::test]
async fn dropping_the_stream_drops_a_request_without_response() {
    let (open, closed) = tokio::sync::oneshot::channel::<Infallible>();
    let open = Arc::new(Mutex::new(Some(open)));
    let http = service_fn(move |_: Request| {
        let open = open.lock().unwrap().take();
        async move {
            let _open = open;
            future::pending::<Result<Response, reqwest::Error>>().await
        }
    });
    let model = OpenAi::with_service(endpoint(None), http).unwrap();
    let mut stream = model.stream(request());
    assert!(futures::poll!(stream.next()).is_pending());
    drop(stream);
    let closed = tokio::time::timeout(Duration::from_secs(5), closed).await;
    assert!(closed.unwrap().is_err());
}

#[tokio::test]
async fn a_refused_connection_is_a_connection_failure() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut endpoint = endpoint(Some(KEY));
    endpoint.base_url = format!("http://127.0.0.1:{port}/v1");
    let model = OpenAi::new(endpoint).unwrap();
    let error = events(&model).await.pop().unwrap().unwrap_err();
    assert_eq!(error.kind, ModelErrorKind::Connection);
    assert!(error.detail.contains("refused"), "{error}");
    assert!(!error.detail.contains(KEY));
}
