//! Every fixture of the server through its adapter, however its bytes are cut.

use std::sync::Arc;

use agent::llm::{Answer, Assembler, ChatModel, ChatRequest, ModelError, Usage};
use futures::StreamExt;
use testkit::llm::{Cuts, Protocol, fixtures};

use super::{
    expected::{EXPECTED, Expected},
    scene::{chat_request, model, serve},
};

/// What a fixture gave: the answer as far as it came, and its failure.
type Came = (Answer, Option<ModelError>);

/// Plays each fixture with each of the cuts; what came, in this order.
async fn decoded(cuts: &[Cuts]) -> Vec<(&'static Expected, Vec<Came>)> {
    let request = chat_request().await;
    let mut all = Vec::with_capacity(EXPECTED.len());
    for (protocol, folder) in [
        (Protocol::Anthropic, "anthropic/"),
        (Protocol::OpenAi, "openai/"),
    ] {
        let of_protocol = |expected: &&Expected| expected.name.starts_with(folder);
        let expected: Vec<_> = EXPECTED.iter().filter(of_protocol).collect();
        let replies: Vec<_> = expected
            .iter()
            .flat_map(|expected| {
                let fixture = fixtures::load(expected.name).unwrap();
                cuts.iter()
                    .map(move |cuts| fixture.clone().cut(cuts.clone()))
            })
            .collect();
        let count = replies.len();
        let server = serve(move |request| replies[request.number].clone()).await;
        let model = model(protocol, &server);
        for expected in expected {
            let mut came = Vec::with_capacity(cuts.len());
            for _ in cuts {
                came.push(answer(&*model, Arc::clone(&request)).await);
            }
            all.push((expected, came));
        }
        assert_eq!(server.requests().len(), count, "one stream, one request");
    }
    all
}

async fn answer(model: &dyn ChatModel, request: Arc<ChatRequest>) -> Came {
    let mut stream = model.stream(request);
    let (mut assembler, mut failure) = (Assembler::default(), None);
    while let Some(event) = stream.next().await {
        assert_eq!(failure, None, "nothing comes after a failure");
        match event {
            Ok(event) => assembler.push(&event).unwrap(),
            Err(error) => failure = Some(error),
        }
    }
    (assembler.finish(), failure)
}

/// Tokens that were thought and not said; most fixtures tell of none.
fn reasoning(name: &str) -> u64 {
    match name {
        "openai/openrouter_reasoning.sse" => 22,
        "openai/cached_usage.sse" => 128,
        // Told by the total alone.
        "openai/gemini_call.sse" | "openai/gemini_calls_without_index.sse" => 21,
        "openai/deepseek_reasoning.sse" => 31,
        _ => 0,
    }
}

fn assert_is(expected: &Expected, (answer, failure): &Came) {
    let failure = failure.as_ref().map(|error| error.kind);
    let name = expected.name;
    assert_eq!(answer.text, expected.text, "{name}");
    let calls = answer.tool_calls.iter();
    let calls: Vec<_> = calls
        .map(|call| (&*call.id, &*call.name, &*call.arguments))
        .collect();
    assert_eq!(calls, expected.calls, "{name}");
    let usage = expected
        .usage
        .map(|[prompt, completion, cached, cache_written]| Usage {
            prompt,
            completion,
            cached,
            cache_written,
            reasoning: reasoning(name),
        });
    assert_eq!(answer.usage, usage, "{name}");
    assert_eq!(
        (answer.finish, failure),
        (expected.end.ok(), expected.end.err()),
        "{name}"
    );
    // Where anything was said, it is known by whom.
    let begun = expected.end.is_ok() || !expected.text.is_empty();
    for told in [&answer.id, &answer.model] {
        let is_told = told.as_ref().is_some_and(|told| !told.is_empty());
        assert_eq!(is_told, begun, "{name}: {told:?}");
    }
}

#[test]
fn every_fixture_is_expected() {
    let expected: Vec<_> = EXPECTED.iter().map(|expected| expected.name).collect();
    assert_eq!(fixtures::names().unwrap(), expected);
}

#[tokio::test]
async fn a_fixture_means_the_same_however_it_is_cut() {
    let cuts = [Cuts::Events, Cuts::None, Cuts::Random(1), Cuts::Random(2)];
    for (expected, came) in decoded(&cuts).await {
        assert_is(expected, &came[0]);
        for (cuts, other) in cuts.iter().zip(&came) {
            // Id, model and the operator's text too.
            assert_eq!(*other, came[0], "{}: {cuts:?}", expected.name);
        }
    }
}

#[tokio::test]
async fn a_fixture_means_the_same_byte_after_byte() {
    for (expected, came) in decoded(&[Cuts::Every(1)]).await {
        assert_is(expected, &came[0]);
    }
}
