//! Each attempt carries the headers of its own span.

use std::sync::Arc;

use http::HeaderMap;
use testkit::llm::{Answer, Fault, Reply};
use tracing::Span;

use super::{
    super::{
        spans_of_a_turn::{named, rooted},
        spans_recorder::Recorder,
    },
    scene::{BOTH, CALM, WISH, agent, base_url, endpoint, model_at, play, serve},
};

fn header(span: u64) -> String {
    format!("00-{:032x}-{span:016x}-01", 7)
}

/// As the server's propagator: writes the span that is current.
fn propagate(headers: &mut HeaderMap) {
    let span = Span::current().id().map_or(0, |id| id.into_u64());
    headers.insert("traceparent", header(span).parse().unwrap());
}

#[tokio::test]
async fn each_request_names_the_span_of_its_attempt() {
    for protocol in BOTH {
        let (recorder, _guard) = Recorder::install();
        let server = serve(|request| match request.number {
            0 => Reply::from(Fault::status(503)),
            1 => Reply::Reset,
            2 => Answer::call("show", serde_json::json!({"city": "Rome"})).into(),
            _ => Answer::text("Voici.").into(),
        })
        .await;
        let mut endpoint = endpoint(protocol, base_url(protocol, &server));
        endpoint.propagate = Arc::new(propagate);
        let played = play(
            &agent(vec![model_at(protocol, endpoint)], CALM),
            rooted(WISH),
        )
        .await;
        assert_eq!(played.answer(), "Voici.");
        let requests = server.requests();
        let sent = requests.iter().map(|request| request.header("traceparent"));
        let sent: Vec<_> = sent.map(|header| header.unwrap().to_owned()).collect();
        let spans = recorder.spans();
        let spans = named(&spans, "llm.call").into_iter();
        let expected: Vec<_> = spans.map(|span| header(span.id)).collect();
        assert_eq!(sent.len(), 4);
        assert_eq!(sent, expected, "{protocol:?}");
    }
}
