//! Thoughts and calls that come as text.

use serde_json::json;
use testkit::llm::{Raw, Reply};

use super::{ANSWER, ANTHROPIC, Case, OPENAI, Outcome, answer, arguments, ask_all, call, date};

/// The body of OpenAI's protocol that streams these texts, and then this call.
fn streamed(texts: &[&str], call: bool) -> Reply {
    let mut events: Vec<_> = texts
        .iter()
        .map(|text| json!({ "content": text }))
        .collect();
    if call {
        let function = json!({"name": "search_flights", "arguments": arguments().to_string()});
        let calls = json!([{"index": 0, "id": "a", "type": "function", "function": function}]);
        events.push(json!({ "tool_calls": calls }));
    }
    let event = |delta, finish| {
        let choice = json!({"index": 0, "delta": delta, "finish_reason": finish});
        let event = json!({"id": "c-1", "object": "chat.completion.chunk", "model": "wire-1", "choices": [choice]});
        format!("data: {event}\n\n")
    };
    let mut body: String = events
        .into_iter()
        .map(|delta| event(delta, json!(null)))
        .collect();
    let finish = if call { "tool_calls" } else { "stop" };
    body += &event(json!({}), json!(finish));
    body += "data: [DONE]\n\n";
    Raw::new(200, "text/event-stream", body).into()
}

/// The same letter by letter, which cuts every marker everywhere.
fn spelled(text: &str) -> Reply {
    let letters: Vec<_> = text.split("").filter(|letter| !letter.is_empty()).collect();
    streamed(&letters, false)
}

fn named() -> String {
    json!({"name": "search_flights", "arguments": arguments()}).to_string()
}

#[track_caller]
fn shows_the_answer_alone(outcome: &Outcome) {
    outcome.is_answer(ANSWER);
    let mut body = outcome.body.clone();
    // The visitor's own words: the scene's name stands in the message.
    if let Some(fields) = body.as_object_mut() {
        fields.remove("left_over");
    }
    let stored = body.to_string();
    assert!(
        !stored.contains("secret thought") && !stored.contains("think"),
        "{outcome:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn recorded_thoughts_are_not_shown() {
    for case in ["closing-tag-alone", "harmony-in-content"] {
        for outcome in Case::openai(case).ask().await {
            shows_the_answer_alone(&outcome);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn recorded_calls_run_and_are_not_shown() {
    for case in ["call-as-text", "json-before-the-call"] {
        for outcome in Case::openai(case).ask().await {
            outcome.is_answer(ANSWER);
            assert_eq!(outcome.tools(), ["search_flights"], "{outcome:?}");
            assert_eq!(outcome.requests.len(), 2, "{outcome:?}");
            assert_eq!(outcome.requests[1].tool_results().len(), 1, "{outcome:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn thoughts_of_every_template_are_cut_out() {
    let texts = [
        (
            "think",
            format!("<think>secret thought</think>\n\n{ANSWER}"),
        ),
        (
            "thinking",
            format!("<THINKING>secret thought</THINKING>{ANSWER}"),
        ),
        ("brackets", format!("[THINK]secret thought[/THINK]{ANSWER}")),
        (
            "answer",
            format!("<reasoning>secret thought</reasoning><answer>{ANSWER}</answer>"),
        ),
        (
            "solution",
            format!(
                "<|begin_of_thought|>secret thought<|end_of_thought|><|begin_of_solution|>{ANSWER}<|end_of_solution|>"
            ),
        ),
        (
            "final",
            format!(
                "<|channel|>analysis<|message|>secret thought<|end|><|start|>assistant<|channel|>final<|message|>{ANSWER}<|return|>"
            ),
        ),
        (
            "lost",
            format!("analysisA secret thought.assistantfinal{ANSWER}"),
        ),
        (
            "seed",
            format!("<seed:think>secret thought</seed:think>{ANSWER}"),
        ),
        (
            "granite",
            format!("Here is my thought process: secret thought. Here is my response: {ANSWER}"),
        ),
    ];
    let cases: Vec<_> = texts
        .iter()
        .map(|(name, text)| (*name, vec![spelled(text)]))
        .collect();
    for (_, outcome) in ask_all(OPENAI, &cases).await {
        shows_the_answer_alone(&outcome);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_of_every_template_run_once() {
    let body = arguments().to_string();
    let named = named();
    let parameters = "<parameter=departure>PAR</parameter><parameter=arrival>LIS</parameter>\
        <parameter=date>@</parameter><parameter=adults>2</parameter><parameter=max_stops>0</parameter>"
        .replace('@', &date());
    let texts = [
        ("hermes", format!("<tool_call>\n{named}\n</tool_call>")),
        (
            "thought",
            format!("<think>hm</think><tool_call>{named}</tool_call>"),
        ),
        ("mistral", format!("[TOOL_CALLS][{named}]")),
        (
            "mistral-new",
            format!("[TOOL_CALLS]search_flights[ARGS]{body}"),
        ),
        (
            "function",
            format!("<function=search_flights>{body}</function>"),
        ),
        (
            "qwen",
            format!("<tool_call><function=search_flights>{parameters}</function></tool_call>"),
        ),
        ("llama", format!("<|python_tag|>{named}")),
        (
            "deepseek",
            format!(
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>search_flights<｜tool▁sep｜>{body}<｜tool▁call▁end｜><｜tool▁calls▁end｜>"
            ),
        ),
        (
            "kimi",
            format!(
                "<|tool_calls_section_begin|><|tool_call_begin|>functions.search_flights:0<|tool_call_argument_begin|>{body}<|tool_call_end|><|tool_calls_section_end|>"
            ),
        ),
        (
            "harmony",
            format!(
                "<|channel|>commentary to=functions.search_flights <|constrain|>json<|message|>{body}<|call|>"
            ),
        ),
        ("bare", named.clone()),
        ("fenced", format!("```json\n{named}\n```")),
    ];
    let cases: Vec<_> = texts
        .iter()
        .map(|(name, text)| (*name, vec![spelled(text), answer()]))
        .collect();
    for (name, outcome) in ask_all(OPENAI, &cases).await {
        outcome.is_answer(ANSWER);
        assert_eq!(outcome.tools(), ["search_flights"], "{name} {outcome:?}");
        assert_eq!(outcome.requests.len(), 2, "{name} {outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_run_is_asked_again_and_then_fails_by_its_name() {
    let text = || {
        streamed(
            &[
                "<tool_call>{\"name\": \"search_fl",
                "ights\", \"arg</tool_call>",
            ],
            false,
        )
    };
    for outcome in Case::of(OPENAI, vec![text(), call()]).ask().await {
        outcome.is_answer(ANSWER);
        assert_eq!(outcome.tools(), ["search_flights"], "{outcome:?}");
    }
    for outcome in Case::of(OPENAI, vec![text(), text()]).ask().await {
        assert_eq!(outcome.http, 502, "{outcome:?}");
        assert!(
            !outcome.body.to_string().contains("tool_call>"),
            "{outcome:?}"
        );
        assert!(
            outcome.body["detail"]
                .as_str()
                .unwrap()
                .contains("cannot be used"),
            "{outcome:?}"
        );
        assert!(outcome.logged("a call in its text"), "{outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_person_wrote_does_not_run() {
    let text = format!("<tool_call>{}</tool_call>", named());
    let case = Case::of(OPENAI, vec![spelled(&text)])
        .asking(&format!("A flight from Paris to Lisbon; say {text}"));
    for outcome in case.ask().await {
        outcome.is_answer(ANSWER);
        assert!(outcome.tools().is_empty(), "{outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_protocol_is_read_the_same_way() {
    let text = testkit::llm::Answer::text(format!("<think>secret thought</think>{ANSWER}"));
    for outcome in Case::of(ANTHROPIC, vec![text.into()]).ask().await {
        shows_the_answer_alone(&outcome);
    }
}
