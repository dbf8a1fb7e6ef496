//! Servers that take less than what is sent: they are asked again in a dialect that fits; and what an
//! operator says of a server.

use serde_json::{Value, json};
use testkit::llm::{Fault, LlmServer, Raw, Reply};

use super::{ANSWER, ANTHROPIC, Case, KEY, OPENAI, Outcome, answer, call};

/// A refusal in the shape of OpenAI's.
fn refusal(message: &str, param: Option<&str>) -> Reply {
    let body =
        json!({"error": {"message": message, "type": "invalid_request_error", "param": param}});
    Raw::new(400, "application/json", body.to_string()).into()
}

fn roles(outcome: &Outcome, nth: usize) -> Vec<&str> {
    let messages = outcome.requests[nth].body["messages"].as_array().unwrap();
    messages
        .iter()
        .map(|message| message["role"].as_str().unwrap())
        .collect()
}

/// The assistant's message that called a tool.
fn calling(outcome: &Outcome, nth: usize) -> &Value {
    let mut messages = outcome.requests[nth].body["messages"]
        .as_array()
        .unwrap()
        .iter();
    messages
        .find(|message| message["role"] == "assistant")
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn three_parameters_of_one_answer_are_put_otherwise_and_a_fourth_is_not() {
    let replies = vec![
        refusal(
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.",
            Some("max_tokens"),
        ),
        refusal(
            "Unrecognized request argument supplied: stream_options",
            None,
        ),
        refusal(
            "Unsupported value: 'temperature'. Only the default (1) is supported.",
            None,
        ),
    ];
    let fourth = refusal("reasoning_effort is not supported here", None);
    let case = |replies| {
        Case::of(OPENAI, replies)
            .with("LLM_TEMPERATURE", "0.3")
            .with("LLM_REASONING_EFFORT", "low")
    };
    for outcome in case(replies.clone()).then(call()).ask().await {
        outcome.is_answer(ANSWER);
        assert_eq!(outcome.tools(), ["search_flights"], "{outcome:?}");
        let last = &outcome.requests[3].body;
        assert_eq!(last["max_completion_tokens"], 8_192, "{last}");
        for name in ["max_tokens", "stream_options", "temperature"] {
            assert!(outcome.requests[0].body.get(name).is_some(), "{name}");
            assert!(last.get(name).is_none(), "{name}");
        }
        // The second round speaks as the first has learnt.
        assert_eq!(outcome.requests.len(), 5);
        assert!(outcome.requests[4].body.get("stream_options").is_none());
        assert!(
            outcome.logged("is asked otherwise from now on"),
            "{outcome:?}"
        );
        assert!(outcome.logged("\"recovery\":\"adapt\""), "{outcome:?}");
    }
    for outcome in case(replies).then(fourth).ask().await {
        assert_eq!(
            (outcome.http, outcome.requests.len()),
            (502, 4),
            "{outcome:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_model_thought_goes_back_where_it_is_wanted_and_nowhere_else() {
    const THOUGHT: &str = "They want Lisbon, so I look for flights.";
    let chunk = |delta: Value, finish: Value| {
        let chunk = json!({"id": "t-1", "model": "wire-1",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]});
        format!("data: {chunk}\n\n")
    };
    let (first, rest) = THOUGHT.split_at(12);
    let arguments = super::arguments().to_string();
    let stream = [
        chunk(
            json!({"role": "assistant", "reasoning_content": first}),
            Value::Null,
        ),
        chunk(json!({"reasoning_content": rest}), Value::Null),
        chunk(
            json!({"tool_calls": [{"index": 0, "id": "c-1", "type": "function",
                "function": {"name": "search_flights", "arguments": arguments}}]}),
            Value::Null,
        ),
        chunk(json!({}), json!("tool_calls")),
        "data: [DONE]\n\n".to_owned(),
    ];
    let thinking: Reply = Raw::new(200, "text/event-stream", stream.concat()).into();
    let wanted = "The `reasoning_content` of the thinking mode must be passed back to the API.";
    for outcome in Case::of(OPENAI, vec![thinking, refusal(wanted, None)])
        .ask()
        .await
    {
        outcome.is_answer(ANSWER);
        assert_eq!(outcome.tools(), ["search_flights"], "{outcome:?}");
        assert!(calling(&outcome, 1).get("reasoning_content").is_none());
        assert_eq!(calling(&outcome, 2)["reasoning_content"], THOUGHT);
        let seen: Vec<_> = outcome
            .events
            .iter()
            .map(|event| event.data.to_string())
            .collect();
        assert!(!format!("{} {}", outcome.body, seen.concat()).contains("Lisbon, so"));
        assert!(!outcome.logged("Lisbon, so") && !outcome.stderr.contains("Lisbon, so"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_tools_answers_without_and_that_is_said() {
    let refused = [
        (
            OPENAI,
            refusal(
                "registry.ollama.ai/library/own does not support tools",
                None,
            ),
        ),
        (
            ANTHROPIC,
            Fault {
                message: "own does not support tools".into(),
                ..Fault::status(400)
            }
            .into(),
        ),
    ];
    for (provider, refused) in refused {
        for outcome in Case::of(provider, vec![refused.clone()]).ask().await {
            let said = "*This model cannot use tools: no flight was looked up.*";
            outcome.is_answer(&format!("{ANSWER}\n\n{said}"));
            let [with, without] = &outcome.requests[..] else {
                panic!("{outcome:?}");
            };
            assert!(!with.tool_names().is_empty() && without.tool_names().is_empty());
            assert!(without.body.to_string().contains("No tool can be called"));
            assert!(outcome.logged("--enable-auto-tool-choice"), "{outcome:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_take_the_form_that_the_server_wants() {
    let replies = vec![
        refusal("System role not supported", None),
        call(),
        refusal("invalid message content type: <nil>", None),
    ];
    for outcome in Case::of(OPENAI, replies).ask().await {
        outcome.is_answer(ANSWER);
        assert_eq!(roles(&outcome, 0), ["system", "user"]);
        assert_eq!(roles(&outcome, 1), ["user"]);
        assert_eq!(roles(&outcome, 2), ["user", "assistant", "tool"]);
        assert_eq!(calling(&outcome, 2)["content"], Value::Null);
        assert_eq!(calling(&outcome, 3)["content"], "");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_adds_headers_fields_and_an_effort() {
    for provider in [OPENAI, ANTHROPIC] {
        let case = Case::of(provider, Vec::new())
            .with(
                "LLM_EXTRA_HEADERS",
                "X-Org = tenant%201 , x-gateway-key=hunter2%3D,",
            )
            .with(
                "LLM_EXTRA_BODY",
                r#"{"top_k": 20, "metadata": {"user_id": "u"}}"#,
            )
            .with("LLM_REASONING_EFFORT", "high");
        for outcome in case.ask().await {
            outcome.is_answer(ANSWER);
            let request = &outcome.requests[0];
            assert_eq!(request.header("x-org"), Some("tenant 1"));
            assert_eq!(request.header("x-gateway-key"), Some("hunter2="));
            assert_eq!(request.body["top_k"], 20);
            assert_eq!(request.body["metadata"], json!({"user_id": "u"}));
            let effort = match provider {
                OPENAI => &request.body["reasoning_effort"],
                _ => &request.body["output_config"]["effort"],
            };
            assert_eq!(effort, "high");
            assert!(!outcome.logged("hunter2"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn azure_has_its_own_path_version_and_header() {
    let given = "@SERVER@/openai/deployments/d-1/chat/completions?api-version=2024-10-21";
    for address in [given, &given.replace("/chat/completions", "")] {
        let case = Case::of("azure", vec![call()]).with("LLM_BASE_URL", address);
        for outcome in case.ask().await {
            outcome.is_answer(ANSWER);
            for request in &outcome.requests {
                let path = "/openai/deployments/d-1/chat/completions?api-version=2024-10-21";
                assert_eq!(request.path, path);
                assert_eq!(request.header("api-key"), Some(KEY));
                assert_eq!(request.header("authorization"), None);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_was_pasted_whole_is_cut_and_told() {
    for (provider, given, path) in [
        (
            OPENAI,
            "@SERVER@/v1/chat/completions",
            "/v1/chat/completions",
        ),
        (OPENAI, "@SERVER@/v1/v1/", "/v1/chat/completions"),
        (ANTHROPIC, "@SERVER@/v1/messages", "/v1/messages"),
    ] {
        for outcome in Case::of(provider, Vec::new())
            .with("LLM_BASE_URL", given)
            .ask()
            .await
        {
            outcome.is_answer(ANSWER);
            assert_eq!(outcome.requests[0].path, path);
            assert!(outcome.logged("LLM_BASE_URL"), "{outcome:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_of_one_kind_follow_each_other_and_share_neither_key_nor_extras() {
    let second = LlmServer::start(|_| answer()).await.unwrap();
    let fallback = format!(
        "openai-compatible@{}:other/own:8b",
        second.base_url_openai()
    );
    let case = Case::of(OPENAI, vec![Fault::status(500).into(); 12])
        .with("LLM_FALLBACK", &fallback)
        .with("LLM_EXTRA_HEADERS", "x-org=first")
        .with("LLM_EXTRA_BODY", r#"{"top_k": 20}"#)
        .with("LLM_REASONING_EFFORT", "high");
    for outcome in case.ask().await {
        outcome.is_answer(ANSWER);
        assert_eq!(outcome.requests[0].header("x-org"), Some("first"));
    }
    let asked = second.requests();
    assert_eq!(asked.len(), 2);
    for request in &asked {
        assert_eq!(request.model(), "other/own:8b");
        assert_eq!(request.header("authorization"), None);
        assert_eq!(request.header("x-org"), None);
        assert!(request.body.get("top_k").is_none());
        assert!(request.body.get("reasoning_effort").is_none());
    }
    let named = format!("{}=sk-second", second.address());
    let case = Case::of(OPENAI, vec![Fault::status(401).into(); 2])
        .with("LLM_FALLBACK", &fallback)
        .with("LLM_API_KEYS", &named);
    for outcome in case.ask().await {
        outcome.is_answer(ANSWER);
    }
    let last = second.requests().pop().unwrap();
    assert_eq!(last.header("authorization"), Some("Bearer sk-second"));
}
