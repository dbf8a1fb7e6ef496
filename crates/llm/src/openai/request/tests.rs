use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::Settings;

fn request(messages: Vec<Message>) -> ChatRequest {
    ChatRequest {
        messages,
        tools: Arc::from([]),
        tool_choice: ToolChoice::Auto,
        settings: Settings::default(),
        thoughts: Arc::default(),
        extensions: http::Extensions::new(),
    }
}

fn of_dialect(dialect: &Dialect, model: &str, request: &ChatRequest, extras: &Extras) -> Value {
    let messages = messages(dialect, request);
    let tools = written(&request.tools);
    serde_json::to_value(render(dialect, model, request, (&messages, &tools), extras)).unwrap()
}

fn rendered(provider: &str, model: &str, request: &ChatRequest) -> Value {
    of_dialect(
        &Dialect::of(provider, model),
        model,
        request,
        &Extras::default(),
    )
}

fn called(id: &str, name: &str, arguments: &str) -> ToolCall {
    ToolCall {
        id: id.to_owned(),
        name: name.to_owned(),
        arguments: arguments.to_owned(),
    }
}

fn result(call_id: &str) -> Message {
    Message::Tool {
        call_id: call_id.to_owned(),
        name: "search_flights".to_owned(),
        text: "2 offers".to_owned(),
        failed: false,
    }
}

fn search() -> Vec<Message> {
    vec![
        Message::system("Be brief."),
        Message::User {
            text: "Paris–Rome".to_owned(),
            note: "Today is Sunday.".to_owned(),
        },
        Message::Assistant {
            text: String::new(),
            tool_calls: vec![
                called("call_a", "search_flights", r#"{"to":"FCO"}"#),
                called("call_b", "search_flights", ""),
            ],
        },
        result("call_a"),
        result("call_b"),
        Message::assistant("Two offers."),
        Message::user("Thanks"),
    ]
}

fn with_tool(mut request: ChatRequest) -> ChatRequest {
    request.tools = Arc::from([ToolSpec {
        name: "search_flights",
        description: "Finds flights.",
        parameters: json!({"type": "object", "properties": {}}).into(),
    }]);
    request
}

#[test]
fn a_whole_conversation() {
    let request = with_tool(request(search()));
    let render = || {
        let (dialect, model) = (
            Dialect::of("groq", "openai/gpt-oss-120b"),
            "openai/gpt-oss-120b",
        );
        let messages = messages(&dialect, &request);
        let tools = written(&request.tools);
        let body = render(
            &dialect,
            model,
            &request,
            (&messages, &tools),
            &Extras::default(),
        );
        serde_json::to_string(&body).unwrap()
    };
    let text = render();
    let expected = concat!(
        r#"{"model":"openai/gpt-oss-120b","messages":["#,
        r#"{"role":"system","content":"Be brief."},"#,
        r#"{"role":"user","content":"Paris–Rome\n\nToday is Sunday."},"#,
        r#"{"role":"assistant","content":null,"tool_calls":["#,
        r#"{"id":"call_a","type":"function","function":{"name":"search_flights","arguments":"{\"to\":\"FCO\"}"}},"#,
        r#"{"id":"call_b","type":"function","function":{"name":"search_flights","arguments":"{}"}}]},"#,
        r#"{"role":"tool","tool_call_id":"call_a","content":"2 offers"},"#,
        r#"{"role":"tool","tool_call_id":"call_b","content":"2 offers"},"#,
        r#"{"role":"assistant","content":"Two offers."},"#,
        r#"{"role":"user","content":"Thanks"}],"#,
        r#""tools":[{"type":"function","function":{"name":"search_flights","#,
        r#""description":"Finds flights.","parameters":{"properties":{},"type":"object"}}}],"#,
        r#""stream":true,"stream_options":{"include_usage":true}}"#,
    );
    assert_eq!(text, expected);
    assert_eq!(render(), text);
}

#[test]
fn the_messages_of_a_turn_begin_with_those_of_the_one_before() {
    let whole = search();
    let text = |messages: &[Message]| {
        let request = request(messages.to_vec());
        let messages = rendered("openai", "gpt-6.1-terra", &request)["messages"].to_string();
        messages.trim_end_matches(']').to_owned()
    };
    for end in 1..whole.len() {
        assert!(text(&whole[..=end]).starts_with(&text(&whole[..end])));
    }
}

#[test]
fn tools_may_be_told_but_forbidden() {
    let mut request = request(search());
    request.tool_choice = ToolChoice::None;
    let body = rendered("groq", "m", &request);
    assert!(body.get("tool_choice").is_none() && body.get("tools").is_none());
    let body = rendered("groq", "m", &with_tool(request));
    assert_eq!(body["tool_choice"], "none");
    assert_eq!(body["tools"].as_array().unwrap().len(), 1);
}

#[test]
fn settings_have_the_names_that_the_server_knows() {
    let mut request = request(search());
    request.settings = Settings {
        temperature: Some(0.5),
        max_tokens: Some(900),
    };
    let openai = rendered("openai", "gpt-6.1-terra", &request);
    assert_eq!(openai["max_completion_tokens"], 900);
    assert_eq!(openai["temperature"], 0.5);
    assert!(openai.get("max_tokens").is_none());
    assert!(openai.get("reasoning_effort").is_none());
    let request = with_tool(request);
    let openai = rendered("openai", "gpt-6.1-terra", &request);
    assert_eq!(openai["reasoning_effort"], "none");
    let mistral = rendered("mistral", "mistral-medium-latest", &request);
    assert_eq!(mistral["max_tokens"], 900);
    for absent in [
        "max_completion_tokens",
        "stream_options",
        "reasoning_effort",
    ] {
        assert!(mistral.get(absent).is_none(), "{absent}");
    }
}

#[test]
fn mistral_gets_nine_characters_in_calls_and_their_results() {
    let body = rendered("mistral", "mistral-medium-latest", &request(search()));
    let messages = body["messages"].as_array().unwrap();
    for (at, answer) in [(0, 3), (1, 4)] {
        let id = messages[2]["tool_calls"][at]["id"].as_str().unwrap();
        assert_eq!(id.len(), 9);
        assert_eq!(messages[answer]["tool_call_id"], id);
        assert_eq!(messages[answer]["name"], "search_flights");
    }
}

#[test]
fn gemini_gets_a_signature_on_the_first_of_calls_made_together() {
    let body = rendered("gemini", "gemini-3.8-flash", &request(search()));
    let calls = &body["messages"][2]["tool_calls"];
    assert_eq!(
        calls[0]["extra_content"]["google"]["thought_signature"],
        "skip_thought_signature_validator"
    );
    assert!(calls[1].get("extra_content").is_none());
}

#[test]
fn what_a_model_garbled_does_not_make_the_next_request_invalid() {
    for (arguments, sent) in [
        (r#"{"to": "#, "{}"),
        ("[1]", "{}"),
        ("null", "{}"),
        (r#" {"to":"FCO"}"#, r#" {"to":"FCO"}"#),
    ] {
        let messages = vec![Message::Assistant {
            text: "I search.".to_owned(),
            tool_calls: vec![called("c", "search flights, é!", arguments)],
        }];
        let body = rendered("openai", "gpt-6.1-terra", &request(messages));
        let message = &body["messages"][0];
        assert_eq!(message["content"], "I search.");
        let function = &message["tool_calls"][0]["function"];
        assert_eq!(function["arguments"], sent);
        assert_eq!(function["name"], "search_flights____");
    }
    assert_eq!(function_name(""), "_");
    assert_eq!(function_name(&"é".repeat(99)).len(), MAX_NAME);
}
