//! The dialogues again, through the adapters of remote models: nothing above them may change.
//!
//! Each dialogue is had on the built-in model first. What that model did, round by round, becomes the
//! script of a server that speaks the provider's protocol, and a second application is put on it.

use std::collections::HashMap;

use futures::future::join_all;
use serde_json::{Value, json};
use testkit::llm::{Answer, Cuts, Entry, LlmRequest, LlmServer, Protocol, Usage};

use super::{
    dialogues::{Dialogue, dialogues},
    server::Server,
    visitor::{Events, SentEvent, Visitor},
};

/// Tokens of each scripted answer.
const USAGE: Usage = Usage {
    prompt: 1_000,
    completion: 50,
    cached: 600,
    cache_write: 0,
    reasoning: 0,
};

/// Fields that differ from run to run, or tell the model.
const VOLATILE: [&str; 11] = [
    "conversation_id",
    "user_message_id",
    "message_id",
    "trace_id",
    "id",
    "latency_ms",
    "time_to_first_text_ms",
    "expires_at",
    "fetched_at",
    "model",
    "usage",
];

/// What the model said in one round: its text, and the names and arguments of its calls.
#[derive(Clone, Debug, Default)]
struct Round {
    text: String,
    calls: Vec<(String, Value)>,
}

/// The rounds of a turn by everything that the person has written up to then: so are conversations
/// told apart that go on at the same time.
type Script = HashMap<Vec<String>, Vec<Round>>;

/// A dialogue on the built-in model.
struct Recorded {
    dialogue: Dialogue,
    answers: Vec<Value>,
}

/// Has the dialogues on the built-in model.
async fn record(language: &str) -> (Vec<Recorded>, Script) {
    let server = Server::start(&[]).await;
    let (mut recorded, mut script) = (Vec::new(), Script::new());
    // What was recorded is said again later, and checked against the tools of that moment.
    for dialogue in dialogues(language).into_iter().map(Dialogue::timeless) {
        let visitor = server.visitor();
        let answers = dialogue.play(&visitor, language).await;
        let texts = texts(&visitor, &answers[0]).await;
        assert_eq!(texts.len(), answers.len(), "{}", dialogue.name);
        for (answer, turn) in answers.iter().zip(1..) {
            let message = answer["message_id"].as_str().unwrap();
            let events = Events::new(visitor.resume(message, 0).await);
            let rounds = rounds(&events.collect().await);
            assert_eq!(answer["iterations"], json!(rounds.len()), "{answer}");
            // Dialogues that begin alike go on alike.
            script.insert(texts[..turn].to_vec(), rounds);
        }
        recorded.push(Recorded { dialogue, answers });
    }
    (recorded, script)
}

/// Everything that the person has written in the conversation of this answer.
async fn texts(visitor: &Visitor, answer: &Value) -> Vec<String> {
    let id = answer["conversation_id"].as_str().unwrap();
    let conversation = visitor.get_json(&format!("/api/conversations/{id}")).await;
    let messages = conversation["messages"].as_array().unwrap().iter();
    let of_user = messages.filter(|message| message["role"] == "user");
    of_user
        .map(|message| message["text"].as_str().unwrap().to_owned())
        .collect()
}

/// The rounds of a turn: tools of one round all start before the first of them has finished, and
/// what comes after that is another round.
fn rounds(events: &[SentEvent]) -> Vec<Round> {
    let mut rounds = vec![Round::default()];
    let mut answered = false;
    for event in events {
        let speaks = ["delta", "tool_started"].contains(&&*event.name);
        if speaks && std::mem::take(&mut answered) {
            rounds.push(Round::default());
        }
        let round = rounds.last_mut().unwrap();
        match &*event.name {
            "delta" => round.text += event.data["text"].as_str().unwrap(),
            "tool_started" => {
                let name = event.data["name"].as_str().unwrap().to_owned();
                round.calls.push((name, event.data["arguments"].clone()));
            }
            "tool_finished" => answered = true,
            _ => {}
        }
    }
    rounds
}

/// What the script says to a request.
fn reply(script: &Script, request: &LlmRequest) -> Answer {
    let entries = request.conversation();
    let texts: Vec<_> = entries.iter().filter_map(written).collect();
    let is_user = |entry: &Entry| matches!(entry, Entry::User(_));
    let last = entries.iter().rposition(is_user).expect("a person");
    let is_answer = |entry: &&Entry| matches!(entry, Entry::Assistant { .. });
    let made = entries[last..].iter().filter(is_answer).count();
    let rounds = script.get(&texts).unwrap_or_else(|| panic!("{texts:?}"));
    let round = rounds
        .get(made)
        .unwrap_or_else(|| panic!("round {} of {texts:?}", made + 1));
    let offered = request.tool_names();
    let mut answer = Answer::text(&round.text);
    for (name, arguments) in &round.calls {
        assert!(offered.contains(&&**name), "{name} is none of {offered:?}");
        answer = answer.and_call(name, arguments.clone());
    }
    answer
        .with_usage(USAGE)
        .cut(Cuts::Random(request.number as u64))
}

/// What the person has written, without the agent's note after it.
fn written(entry: &Entry) -> Option<String> {
    let Entry::User(text) = entry else {
        return None;
    };
    let (said, _) = text.split_once("\n\n<context>").expect("a note");
    Some(said.to_owned())
}

/// Has the recorded dialogues through the adapter of this protocol, all at once; everything that
/// went wrong, a line each.
async fn replay(
    protocol: Protocol,
    language: &str,
    recorded: &[Recorded],
    script: Script,
) -> String {
    let llm = LlmServer::start(move |request| reply(&script, request));
    let llm = llm.await.unwrap();
    let (provider, base_url) = match protocol {
        Protocol::OpenAi => ("openai-compatible", llm.base_url_openai()),
        Protocol::Anthropic => ("anthropic", llm.base_url_anthropic()),
    };
    let server = Server::start(&[
        ("LLM_PROVIDER", provider),
        ("LLM_MODEL", "scripted-1"),
        ("LLM_BASE_URL", &base_url),
        ("ANTHROPIC_API_KEY", "sk-ant-of-a-test"),
        ("LLM_CLASSIFY", "off"),
    ])
    .await;
    let playing = recorded.iter().map(async |recorded| {
        let Recorded { dialogue, answers } = recorded;
        let again = dialogue.play(&server.visitor(), language).await;
        let mut wrong = dialogue.verdict(language, &again);
        for ((answer, before), turn) in again.iter().zip(answers).zip(1..) {
            let name = json!({"provider": provider, "name": "scripted-1"});
            assert_eq!(answer["model"], name, "{answer}");
            assert_eq!(answer["usage"], usage(answer), "{answer}");
            let (is, was) = (stable(answer), stable(before));
            if is != was {
                let name = &dialogue.name;
                wrong += &format!("{name}, turn {turn} changes:\n    {was}\n    {is}\n");
            }
        }
        wrong
    });
    let wrong = join_all(playing).await.concat();
    let rounds = recorded.iter().flat_map(|recorded| &recorded.answers);
    let rounds = rounds.map(|answer| answer["iterations"].as_u64().unwrap());
    let asked = llm.requests();
    assert_eq!(asked.len() as u64, rounds.sum::<u64>(), "{provider}");
    assert!(asked.iter().all(|request| request.protocol == protocol));
    let violations = llm.take_violations();
    let lines = wrong.lines().map(str::to_owned).chain(violations);
    lines.map(|line| format!("{provider}: {line}\n")).collect()
}

/// The tokens of as many calls as the answer took rounds; the model's price is unknown.
fn usage(answer: &Value) -> Value {
    let rounds = answer["iterations"].as_u64().unwrap();
    json!({
        "prompt_tokens": rounds * USAGE.prompt,
        "completion_tokens": rounds * USAGE.completion,
        "cached_tokens": rounds * USAGE.cached,
        "total_tokens": rounds * (USAGE.prompt + USAGE.completion),
        "estimated_cost_usd": null,
    })
}

/// An answer without what differs from run to run. What names an offer stays: its id comes from its
/// contents.
fn stable(answer: &Value) -> Value {
    match answer {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !VOLATILE.contains(&&***name))
            .map(|(name, value)| (name.clone(), stable(value)))
            .collect(),
        Value::Array(values) => values.iter().map(stable).collect(),
        other => other.clone(),
    }
}

async fn run(language: &str) {
    let (recorded, script) = record(language).await;
    let ways = [Protocol::OpenAi, Protocol::Anthropic];
    let ways = ways.map(|protocol| replay(protocol, language, &recorded, script.clone()));
    let wrong = join_all(ways).await.concat();
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[tokio::test(flavor = "multi_thread")]
async fn dialogues_in_french_over_both_protocols() {
    run("fr").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dialogues_in_english_over_both_protocols() {
    run("en").await;
}
