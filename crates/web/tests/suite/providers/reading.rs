//! Envelopes and calls of every shape are read.

use super::{ANSWER, ANTHROPIC, Case, OPENAI, answer, ask_all, call};

#[tokio::test(flavor = "multi_thread")]
async fn an_ordinary_server_of_either_protocol_is_understood() {
    for provider in [OPENAI, ANTHROPIC] {
        for outcome in Case::of(provider, vec![call()]).ask().await {
            outcome.is_answer(ANSWER);
            assert_eq!(outcome.tools(), ["search_flights"], "{outcome:?}");
        }
        let cases = [("one", vec![call(), answer()]), ("two", vec![answer()])];
        for (name, outcome) in ask_all(provider, &cases).await {
            outcome.is_answer(ANSWER);
            let requests = if name == "one" { 2 } else { 1 };
            assert_eq!(outcome.requests.len(), requests, "{outcome:?}");
        }
    }
}
