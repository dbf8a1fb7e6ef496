//! Refusals that no waiting mends, in the words of many servers: the operator reads which variable to
//! change, the person what to do, and nobody is asked in vain.

use serde_json::json;
use testkit::llm::{Entry, LlmServer, Raw, Reply};

use super::{ANTHROPIC, Case, KEY, OPENAI, Outcome, Server, answer, ask_all};

/// A refusal.
fn refused(status: u16, body: &str) -> Vec<Reply> {
    let kind = match body.as_bytes().first() {
        Some(b'{' | b'[') => "application/json",
        Some(b'<') => "text/html",
        _ => "text/plain",
    };
    vec![Raw::new(status, kind, body).into()]
}

/// The hints of the calls that failed.
fn hints(outcome: &Outcome) -> Vec<&str> {
    let failed = outcome
        .log
        .iter()
        .filter(|line| line["message"] == "model call failed");
    failed
        .map(|line| line["hint"].as_str().unwrap_or_default())
        .collect()
}

/// Asked once, refused with `http`; the person reads `told`, and the operator `hint`.
async fn all_refused(
    provider: &'static str,
    cases: &[(&'static str, Vec<Reply>)],
    http: u16,
    told: &str,
    hint: &[&str],
) {
    for (name, outcome) in ask_all(provider, cases).await {
        assert_eq!(outcome.http, http, "{name}: {outcome:?}");
        assert_eq!(outcome.requests.len(), 1, "{name}: {outcome:?}");
        let detail = outcome.body["detail"].as_str().unwrap();
        assert!(detail.contains(told), "{name}: {detail}");
        assert!(!detail.contains("in a moment"), "{name}: {detail}");
        let hints = hints(&outcome);
        assert_eq!(hints.len(), cases.len() * 2, "{name}");
        for said in hints {
            assert!(
                hint.iter().all(|word| said.contains(word)),
                "{name}: {said}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_is_too_long_is_told_in_the_words_of_every_server() {
    let cases = [
        ("openai", refused(400, r#"{"error":{"message":"no","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#)),
        ("vllm", refused(400, r#"{"error":{"message":"This model's maximum context length is 10 tokens. However, your prompt holds 11.","type":"BadRequestError","param":"input_tokens","code":400}}"#)),
        ("old vllm", refused(400, r#"{"object":"error","message":"This model's maximum context length is 10 tokens.","type":"BadRequestError","param":null,"code":400}"#)),
        ("llama.cpp", refused(400, r#"{"error":{"code":400,"message":"request (11 tokens) exceeds the available context size (10 tokens)","type":"exceed_context_size_error","n_prompt_tokens":11,"n_ctx":10}}"#)),
        ("mistral", refused(400, r#"{"object":"error","message":"Prompt contains 11 tokens and 0 draft tokens, too large for model with 10 maximum context length","type":"invalid_request_prompt","code":"3051"}"#)),
        ("gemini", refused(400, r#"[{"error":{"code":400,"message":"The input token count (11) exceeds the maximum number of tokens allowed (10).","status":"INVALID_ARGUMENT"}}]"#)),
        ("groq", refused(413, r#"{"error":{"message":"Request too large for model `m` on tokens per minute: Limit 10, Requested 11","type":"tokens","code":"rate_limit_exceeded"}}"#)),
        ("openrouter", refused(400, r#"{"error":{"message":"This endpoint's maximum context length is 10 tokens. However, you requested about 11.","code":400,"metadata":{"provider_name":null}}}"#)),
        ("litellm", refused(400, r#"{"error":{"message":"litellm.BadRequestError: litellm.ContextWindowExceededError: x","type":null,"param":null,"code":"400"}}"#)),
        ("tgi", refused(422, r#"{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 10","error_type":"validation"}"#)),
        ("proxy", refused(413, "<html><h1>413 Request Entity Too Large</h1></html>")),
        ("in the stream", vec![Raw::new(200, "text/event-stream", "data: {\"error\":{\"message\":\"prompt is too long: 11 tokens > 10 maximum\",\"type\":\"invalid_request_error\",\"code\":\"400\"}}\n\ndata: [DONE]\n\n").into()]),
    ];
    let names = ["LLM_HISTORY_TOKENS", "LLM_MAX_TOKENS"];
    all_refused(OPENAI, &cases, 413, "too long", &names).await;
    let anthropic = [
        (
            "long",
            refused(
                400,
                r#"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 11 tokens > 10 maximum"}}"#,
            ),
        ),
        (
            "limit",
            refused(
                400,
                r#"{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 11 + 2 > 10"}}"#,
            ),
        ),
        (
            "bedrock",
            refused(
                400,
                r#"{"message":"Input is too long for requested model."}"#,
            ),
        ),
    ];
    all_refused(ANTHROPIC, &anthropic, 413, "too long", &names).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_filter_withheld_is_told_so_and_asked_once() {
    let cases = [
        (
            "azure",
            refused(
                400,
                r#"{"error":{"message":"The response was filtered.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#,
            ),
        ),
        (
            "azure by litellm",
            refused(
                400,
                r#"{"error":{"message":"AzureException","type":null,"param":null,"code":"400","provider_specific_fields":{"innererror":{"code":"ResponsibleAIPolicyViolation"}}}}"#,
            ),
        ),
        (
            "deepseek",
            refused(
                400,
                r#"{"error":{"message":"Content Exists Risk","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}"#,
            ),
        ),
        (
            "dashscope",
            refused(
                400,
                r#"{"error":{"message":"Input data may contain inappropriate content.","type":"data_inspection_failed","code":"data_inspection_failed"}}"#,
            ),
        ),
        (
            "openrouter",
            refused(
                403,
                r#"{"error":{"message":"The model requires moderation and your input was flagged for \"x\"","code":403,"metadata":{"reasons":["x"]}}}"#,
            ),
        ),
        (
            "openai",
            refused(
                400,
                r#"{"error":{"message":"Invalid prompt: it was flagged as violating our usage policy.","type":"invalid_request_error","code":"invalid_prompt"}}"#,
            ),
        ),
        (
            "gateway",
            refused(
                400,
                r#"{"error":{"message":"Violated guardrail policy","type":"None","param":"None","code":"400"}}"#,
            ),
        ),
    ];
    all_refused(OPENAI, &cases, 422, "withheld", &["content filter"]).await;
    let anthropic = [(
        "anthropic",
        refused(
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}"#,
        ),
    )];
    all_refused(ANTHROPIC, &anthropic, 422, "withheld", &["content filter"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_names_its_variable() {
    let cases = [
        ("go", refused(404, "404 page not found")),
        ("plain", refused(404, "not found")),
        ("nginx", refused(404, "<html><h1>404 Not Found</h1></html>")),
        ("fastapi", refused(404, r#"{"detail":"Not Found"}"#)),
        (
            "openai",
            refused(
                404,
                r#"{"error":{"message":"Invalid URL (POST /chat/completions)","type":"invalid_request_error","param":null,"code":null}}"#,
            ),
        ),
        (
            "groq",
            refused(
                404,
                r#"{"error":{"message":"Unknown request URL: POST /chat/completions.","type":"invalid_request_error","code":"unknown_url"}}"#,
            ),
        ),
        (
            "azure",
            refused(
                404,
                r#"{"error":{"code":"404","message":"Resource not found"}}"#,
            ),
        ),
        (
            "lm studio",
            refused(
                200,
                r#"{"error":"Unexpected endpoint or method. (POST /chat/completions)"}"#,
            ),
        ),
        (
            "kong",
            refused(404, r#"{"message":"no Route matched with those values"}"#),
        ),
        (
            "a page",
            refused(200, "<!doctype html><title>Welcome</title>"),
        ),
        ("no post", refused(405, "Method Not Allowed")),
        (
            "tls",
            refused(400, "Client sent an HTTP request to an HTTPS server.\n"),
        ),
        ("moved", refused(308, "")),
    ];
    all_refused(OPENAI, &cases, 502, "operator", &["LLM_BASE_URL"]).await;
    let anthropic = [
        ("plain", refused(404, "404 page not found")),
        (
            "typed",
            refused(
                404,
                r#"{"type":"error","error":{"type":"not_found_error","message":"Not Found"}}"#,
            ),
        ),
    ];
    all_refused(
        ANTHROPIC,
        &anthropic,
        502,
        "operator",
        &["ANTHROPIC_BASE_URL"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_odd_about_an_address_is_told() {
    for (address, told) in [("@SERVER@", "no version"), ("@SERVER@/v1/v1", "twice")] {
        let case = Case::of(OPENAI, refused(404, "404 page not found"));
        for outcome in case.with("LLM_BASE_URL", address).ask().await {
            // What is certain is mended and told at the start, the rest when a call has failed.
            let hints = outcome.log.iter().filter_map(|line| line["hint"].as_str());
            let hints: Vec<_> = hints.collect();
            let tells = |hint: &&str| hint.contains("LLM_BASE_URL") && hint.contains(told);
            assert!(hints.iter().any(tells), "{hints:?}");
        }
    }
    let nowhere = Case::of(OPENAI, Vec::new()).with("LLM_BASE_URL", "http://models.invalid/v1");
    for outcome in nowhere.ask().await {
        let hints = hints(&outcome);
        assert!(hints[0].contains("LLM_BASE_URL"), "{hints:?}");
        assert_eq!(hints.len(), 1, "asked in vain: {hints:?}");
        let detail = outcome.body["detail"].as_str().unwrap();
        assert!(detail.contains("operator"), "{detail}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_model_and_a_refused_key_name_their_variables() {
    let cases = [
        (
            "openai",
            refused(
                404,
                r#"{"error":{"message":"The model `m` does not exist","type":"invalid_request_error","code":"model_not_found"}}"#,
            ),
        ),
        (
            "ollama",
            refused(
                404,
                r#"{"error":{"message":"model \"m\" not found, try pulling it first","type":"api_error","param":null,"code":null}}"#,
            ),
        ),
        (
            "deepseek",
            refused(
                400,
                r#"{"error":{"message":"Model Not Exist","type":"invalid_request_error","code":"invalid_request_error"}}"#,
            ),
        ),
        (
            "azure",
            refused(
                404,
                r#"{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}"#,
            ),
        ),
        (
            "openrouter",
            refused(
                400,
                r#"{"error":{"message":"m is not a valid model ID","code":400}}"#,
            ),
        ),
    ];
    all_refused(OPENAI, &cases, 502, "operator", &["LLM_MODEL"]).await;
    let keys = [
        (
            "openai",
            refused(
                401,
                r#"{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}}"#,
            ),
        ),
        (
            "gemini",
            refused(
                400,
                r#"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]"#,
            ),
        ),
    ];
    all_refused(OPENAI, &keys, 502, "operator", &["LLM_API_KEY"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_its_server_cannot_read_is_asked_for_once_more() {
    let cases = [
        ("groq", refused(400, r#"{"error":{"message":"Failed to call a function.","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"<function=search_flights{}</function>"}}"#)),
        ("ollama", refused(500, r#"{"error":{"message":"error parsing tool call: raw='{', err=unexpected end of JSON input","type":"api_error"}}"#)),
        ("in the stream", vec![Raw::new(200, "text/event-stream", "event: error\ndata: {\"error\":{\"message\":\"Failed to call a function.\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"status_code\":400}}\n\n").into()]),
    ];
    for (name, outcome) in ask_all(OPENAI, &cases).await {
        outcome.is_answer(super::ANSWER);
        assert_eq!(outcome.requests.len(), 2, "{name}: {outcome:?}");
    }
    let always: Vec<_> = (0..5)
        .flat_map(|_| {
            refused(
                400,
                r#"{"error":{"message":"no","code":"tool_use_failed"}}"#,
            )
        })
        .collect();
    for outcome in Case::of(OPENAI, always).ask().await {
        assert_eq!(
            (outcome.http, outcome.requests.len()),
            (502, 2),
            "{outcome:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn half_of_the_history_is_left_out_once() {
    let too_long = || {
        refused(
            400,
            r#"{"error":{"message":"no","code":"context_length_exceeded"}}"#,
        )
    };
    for (refusals, http, asked) in [(1, 200, 2), (2, 413, 2)] {
        let llm = LlmServer::start(move |request| match request.number {
            n if (1..=refusals).contains(&n) => too_long().remove(0),
            _ => answer(),
        })
        .await
        .unwrap();
        let server = Server::start(&[
            ("LLM_PROVIDER", OPENAI),
            ("LLM_BASE_URL", &llm.base_url_openai()),
            ("LLM_MODEL", "wire-1"),
            ("LLM_API_KEY", KEY),
            ("LLM_CLASSIFY", "off"),
        ])
        .await;
        let visitor = server.visitor();
        let long = "Bonjour, racontez-moi Lisbonne, s’il vous plaît. ".repeat(20);
        let first = visitor.say(&long, None).await;
        let body = json!({"message": "Et Porto ?", "conversation_id": first["conversation_id"]});
        let (status, answered) = visitor.chat(body).await;
        assert_eq!(status, http, "{answered}");
        let requests = llm.requests();
        assert_eq!(requests.len(), 1 + asked);
        let told = |nth: usize| requests[nth].body["messages"].to_string();
        assert!(told(1).contains(&long.trim()[..200]));
        assert!(told(2).len() < told(1).len() && !told(2).contains(long.trim()));
        let last = |nth: usize| match requests[nth].conversation().pop() {
            Some(Entry::User(text)) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(last(1), last(2), "what is asked now stays whole");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_of_nothing_are_estimated() {
    let told = |usage: &str| -> Reply {
        let body = format!(
            "data: {{\"id\":\"c\",\"model\":\"wire-1\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{}\"}},\"finish_reason\":\"stop\"}}]}}\n\ndata: {{\"id\":\"c\",\"choices\":[]{usage}}}\n\ndata: [DONE]\n\n",
            super::ANSWER
        );
        Raw::new(200, "text/event-stream", body).into()
    };
    let cases = [
        (
            "zeros",
            vec![told(
                r#","usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}"#,
            )],
        ),
        ("none", vec![told("")]),
        (
            "half",
            vec![told(
                r#","usage":{"prompt_tokens":700,"completion_tokens":0}"#,
            )],
        ),
    ];
    for (name, outcome) in ask_all(OPENAI, &cases).await {
        outcome.is_answer(super::ANSWER);
        let usage = &outcome.body["usage"];
        assert!(
            usage["prompt_tokens"].as_u64() >= Some(300),
            "{name}: {usage}"
        );
        assert!(
            usage["completion_tokens"].as_u64() >= Some(10),
            "{name}: {usage}"
        );
        if name == "half" {
            assert_eq!(usage["prompt_tokens"], 700, "what is told counts");
        }
    }
}
