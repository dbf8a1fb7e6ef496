//! Anthropic's Messages API: requests to the byte, and answers however their bytes are cut.

use std::sync::Arc;

use futures::{FutureExt, StreamExt, stream};
use llm::{
    Answer, Assembler, ChatRequest, FinishReason, Message, Settings, ToolCall, ToolChoice,
    ToolSpec, Usage,
    anthropic::{model_events, request_body},
};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

const ANSWER: &str = include_str!("anthropic/answer.sse");

/// The answer in these bytes, cut into chunks at these places.
fn answer(bytes: &[u8], mut cuts: Vec<usize>) -> Answer {
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    let chunks = cuts.windows(2).map(|cut| Ok(&bytes[cut[0]..cut[1]]));
    let events = model_events(
        stream::iter(chunks.collect::<Vec<_>>()),
        None,
        String::new(),
    )
    .collect::<Vec<_>>();
    let mut assembler = Assembler::default();
    for event in events.now_or_never().unwrap() {
        assembler.push(&event.unwrap()).unwrap();
    }
    assembler.finish()
}

fn expected() -> Answer {
    let call = |id: &str, arguments: &str| ToolCall {
        id: id.to_owned(),
        name: "search_flights".to_owned(),
        arguments: arguments.to_owned(),
    };
    Answer {
        text: "Je cherche : Lyon → Zürich, 東京 🛫\n\nUn instant…".to_owned(),
        tool_calls: vec![
            call(
                "toolu_01A",
                r#"{"from": "LYS", "to": "ZRH", "note": "côté fenêtre"}"#,
            ),
            call("toolu_01B", r#"{"from": "LYS", "to": "HND"}"#),
        ],
        usage: Some(Usage {
            prompt: 1_912,
            completion: 97,
            cached: 1_800,
            cache_written: 100,
            reasoning: 0,
        }),
        id: Some("msg_01X".to_owned()),
        model: Some("claude-sonnet-4-20250514".to_owned()),
        finish: Some(FinishReason::ToolCalls),
        reasoning: String::new(),
        markup: llm::markup::Markup::default(),
        beside: None,
    }
}

proptest! {
    #[test]
    fn any_cut_of_the_same_bytes_gives_the_same_answer(
        cuts in prop::collection::vec(any::<Index>(), 0..40),
        crlf in any::<bool>(),
    ) {
        let text = if crlf { ANSWER.replace('\n', "\r\n") } else { ANSWER.to_owned() };
        let cuts = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        prop_assert_eq!(answer(text.as_bytes(), cuts), expected());
    }
}

#[test]
fn a_chunk_for_each_byte_gives_the_same_answer() {
    for text in [ANSWER.to_owned(), ANSWER.replace('\n', "\r\n")] {
        assert_eq!(
            answer(text.as_bytes(), (1..text.len()).collect()),
            expected()
        );
    }
}

fn request(messages: Vec<Message>, tools: Arc<[ToolSpec]>) -> ChatRequest {
    ChatRequest {
        messages,
        tools,
        tool_choice: ToolChoice::Auto,
        settings: Settings::default(),
        thoughts: Arc::default(),
        extensions: http::Extensions::new(),
    }
}

fn tools() -> Arc<[ToolSpec]> {
    let tool = |name, description| ToolSpec {
        name,
        description,
        parameters: json!({"properties": {}, "type": "object"}).into(),
    };
    Arc::new([
        tool("check_price", "Checks."),
        tool("search_flights", "Searches."),
    ])
}

fn calls(text: &str, ids: &[String]) -> Message {
    let call = |id: &String| ToolCall {
        id: id.clone(),
        name: "search_flights".to_owned(),
        arguments: r#"{"from":"LYS","to":"ZRH"}"#.to_owned(),
    };
    Message::Assistant {
        text: text.to_owned(),
        tool_calls: ids.iter().map(call).collect(),
    }
}

fn result(id: &str, text: &str, failed: bool) -> Message {
    Message::Tool {
        call_id: id.to_owned(),
        name: "search_flights".to_owned(),
        text: text.to_owned(),
        failed,
    }
}

fn rendered(request: &ChatRequest) -> String {
    String::from_utf8(request_body("claude-sonnet-4", request).unwrap()).unwrap()
}

#[test]
fn a_request_is_rendered_to_the_byte() {
    let ids = ["call_0".to_owned(), "call:1".to_owned()];
    let messages = vec![
        Message::system("You are a travel agent."),
        Message::User {
            text: "Un vol pour Zürich ?".to_owned(),
            note: "Date: 2026-11-22.".to_owned(),
        },
        calls("Je cherche.", &ids),
        result("call_0", "AF1, 120 EUR", false),
        result("call:1", "", true),
    ];
    let mut request = request(messages, tools());
    let golden = include_str!("anthropic/request.json");
    // The file has a line for each part; the request has none.
    let golden: String = golden.lines().map(str::trim_start).collect();
    assert_eq!(rendered(&request), golden);

    request.tool_choice = ToolChoice::None;
    request.settings = Settings {
        temperature: Some(0.2),
        max_tokens: Some(300),
    };
    let forbidden: Value = serde_json::from_str(&rendered(&request)).unwrap();
    let mut free: Value = serde_json::from_str(&golden).unwrap();
    free["tool_choice"] = json!({"type": "none"});
    free["temperature"] = json!(0.2);
    free["max_tokens"] = json!(300);
    assert_eq!(forbidden, free);
}

#[test]
fn nothing_is_said_of_tools_where_there_are_none() {
    let mut request = request(vec![Message::user("Bonjour")], Arc::new([]));
    request.tool_choice = ToolChoice::None;
    let body: Value = serde_json::from_str(&rendered(&request)).unwrap();
    let expected = json!({
        "model": "claude-sonnet-4",
        "max_tokens": 4096,
        "stream": true,
        "messages": [{"role": "user", "content": [
            {"type": "text", "text": "Bonjour", "cache_control": {"type": "ephemeral"}},
        ]}],
    });
    assert_eq!(body, expected);
}

/// The blocks of all messages, each with its role, and how many breakpoints they hold.
fn blocks(body: &str) -> (Vec<(Value, Value)>, usize) {
    let mut body: Value = serde_json::from_str(body).unwrap();
    let (mut blocks, mut marks) = (Vec::new(), 0);
    for message in body["messages"].as_array_mut().unwrap() {
        let role = message["role"].clone();
        for block in message["content"].as_array_mut().unwrap() {
            let mark = block.as_object_mut().unwrap().remove("cache_control");
            marks += usize::from(mark.is_some());
            blocks.push((role.clone(), block.take()));
        }
    }
    (blocks, marks)
}

/// What the API demands of the order of messages.
fn assert_well_formed(body: &str) {
    let body: Value = serde_json::from_str(body).unwrap();
    let messages = body["messages"].as_array().unwrap();
    let mut open: Vec<Value> = Vec::new();
    for (nth, message) in messages.iter().enumerate() {
        let role = if nth % 2 == 0 { "user" } else { "assistant" };
        assert_eq!(message["role"], role);
        let blocks = message["content"].as_array().unwrap();
        assert!(!blocks.is_empty());
        let of = |kind: &str, id: &str| -> Vec<Value> {
            let blocks = blocks.iter().filter(|block| block["type"] == kind);
            blocks.map(|block| block[id].clone()).collect()
        };
        let results = of("tool_result", "tool_use_id");
        assert_eq!(
            results, open,
            "each call has its result in the next message"
        );
        let head = blocks.iter().take(results.len());
        assert!(head.into_iter().all(|block| block["type"] == "tool_result"));
        for text in of("text", "text") {
            assert!(!text.as_str().unwrap().trim().is_empty());
        }
        open = of("tool_use", "id");
    }
    assert_eq!(messages.last().unwrap()["role"], "user");
}

/// A turn: what the person says, how many calls each round makes, and the answer, which is empty where
/// the turn was stopped.
fn turn() -> impl Strategy<Value = (String, Vec<usize>, String)> {
    let rounds = prop::collection::vec(1..25_usize, 0..3);
    ("[a-zé ]{0,8}", rounds, "[a-zé ]{0,8}")
}

proptest! {
    /// At every request of every turn, the prompt begins with the one before.
    #[test]
    fn a_prompt_begins_with_the_one_before(turns in prop::collection::vec(turn(), 1..5)) {
        let mut request = request(vec![Message::system("Be brief.")], tools());
        let mut before = Vec::new();
        let mut id = 0;
        for (said, rounds, answered) in turns {
            request.messages.push(Message::User { text: said, note: "Sunday.".to_owned() });
            for calls_of_round in rounds.into_iter().map(Some).chain([None]) {
                let body = rendered(&request);
                prop_assert_eq!(&body, &rendered(&request.clone()));
                assert_well_formed(&body);
                let (now, marks) = blocks(&body);
                prop_assert!(now.starts_with(&before));
                // Two more stand after tools and system prompt: four is the limit.
                prop_assert!((1..=2).contains(&marks));
                before = now;
                let Some(count) = calls_of_round else { continue };
                let ids: Vec<_> = (id..id + count).map(|id| format!("call.{id}")).collect();
                id += count;
                request.messages.push(calls("", &ids));
                request.messages.extend(ids.iter().map(|id| result(id, " ", false)));
            }
            request.messages.push(Message::assistant(answered));
        }
    }
}
