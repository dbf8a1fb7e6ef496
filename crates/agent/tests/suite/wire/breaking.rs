//! Connections and streams that stall, break or hold nonsense.

use std::time::{Duration, Instant};

use agent::llm::{
    Deadlines,
    ModelErrorKind::{self, BadResponse, Connection, Overloaded, Server, Timeout},
    endpoint::client,
};
use testkit::llm::{Answer, Ending, Noise, Outcome, Protocol, Raw, Reply};

use super::{
    super::{spans_of_a_turn::rooted, spans_recorder::Recorder, support::request},
    scene::{
        Attempt, BOTH, CALM, agent, alone, attempts, endpoint, model, model_at, other, play, serve,
    },
};

/// Longer than any test.
const NEVER: Duration = Duration::from_secs(600);

fn greeting() -> Answer {
    Answer::text("Bonjour à vous !")
}

fn ends(ending: Ending) -> Reply {
    greeting().ending(ending).into()
}

/// Kind of an error object in the stream, as each provider words its own.
const fn reported(protocol: Protocol) -> ModelErrorKind {
    match protocol {
        Protocol::OpenAi => Server,
        Protocol::Anthropic => Overloaded,
    }
}

#[tokio::test]
async fn what_breaks_before_the_first_token_is_tried_again_and_recovers() {
    for protocol in BOTH {
        for (reply, kind) in [
            (Reply::Reset, Connection),
            (ends(Ending::ResetAfter(0)), Connection),
            (ends(Ending::CloseAfter(0)), Connection),
            (ends(Ending::CutAfter(0)), Connection),
            (ends(Ending::ErrorEventAfter(0)), reported(protocol)),
        ] {
            let scene = format!("{protocol:?}: {reply:?}");
            let (recorder, _guard) = Recorder::install();
            let server = serve(move |request| match request.number {
                0 | 1 => reply.clone(),
                _ => greeting().into(),
            })
            .await;
            let played = play(&alone(protocol, &server), rooted("Bonjour")).await;
            assert_eq!(played.answer(), "Bonjour à vous !", "{scene}");
            assert_eq!(server.requests().len(), 3, "{scene}");
            let expected = [
                ("1", Some(kind.as_str()), Some("retry"), false),
                ("2", Some(kind.as_str()), Some("retry"), false),
                ("3", None, None, true),
            ];
            assert_eq!(attempts(&recorder.spans()), expected, "{scene}");
        }
    }
}

#[tokio::test]
async fn what_breaks_after_the_first_token_ends_the_turn_with_what_was_said() {
    for protocol in BOTH {
        for (reply, kind) in [
            (ends(Ending::ResetAfter(2)), Connection),
            (ends(Ending::CloseAfter(2)), Connection),
            (ends(Ending::CutAfter(2)), Connection),
            (ends(Ending::ErrorEventAfter(2)), reported(protocol)),
            (greeting().noisy(2, Noise::Malformed).into(), BadResponse),
        ] {
            let scene = format!("{protocol:?}: {reply:?}");
            let (recorder, _guard) = Recorder::install();
            let server = serve(move |_| reply.clone()).await;
            let spare = serve(|_| greeting()).await;
            let models = vec![model(protocol, &server), model(other(protocol), &spare)];
            let played = play(&agent(models, CALM), rooted("Bonjour")).await;
            assert_eq!(played.failure(), Some(kind), "{scene}");
            assert_eq!(played.said(), "Bonjour à ", "{scene}");
            assert_eq!(
                (server.requests().len(), spare.requests().len()),
                (1, 0),
                "{scene}"
            );
            let expected = [("1", Some(kind.as_str()), None, true)];
            assert_eq!(attempts(&recorder.spans()), expected, "{scene}");
        }
    }
}

#[tokio::test]
async fn nonsense_before_the_first_token_goes_to_the_next_model_at_once() {
    for protocol in BOTH {
        let (recorder, _guard) = Recorder::install();
        let server = serve(|_| greeting().noisy(0, Noise::Malformed)).await;
        let spare = serve(|_| greeting()).await;
        let models = vec![model(protocol, &server), model(other(protocol), &spare)];
        let played = play(&agent(models, CALM), rooted("Bonjour")).await;
        assert_eq!(played.answer(), "Bonjour à vous !");
        let expected = [
            ("1", Some("bad_response"), Some("fallback"), false),
            ("2", None, None, true),
        ];
        assert_eq!(attempts(&recorder.spans()), expected, "{protocol:?}");
    }
}

#[tokio::test]
async fn what_a_client_must_get_over_changes_nothing() {
    for protocol in BOTH {
        for noise in [Noise::UnknownEvent, Noise::EmptyChoices, Noise::Comment] {
            let server = serve(move |_| (0..4).fold(greeting(), |a, at| a.noisy(at, noise))).await;
            let played = play(&alone(protocol, &server), request("Bonjour")).await;
            assert_eq!(
                played.answer(),
                "Bonjour à vous !",
                "{protocol:?} {noise:?}"
            );
            assert_eq!(server.requests().len(), 1);
        }
    }
}

#[tokio::test]
async fn a_provider_without_a_first_token_is_left_at_its_deadline() {
    let hasty = Deadlines {
        first_token: Duration::from_millis(100),
        ..CALM
    };
    for protocol in BOTH {
        for reply in [
            Reply::Stall,
            // The head comes, and nothing else;
            ends(Ending::StallAfter(0)),
            // the stream begins, and no token comes.
            greeting().slow(NEVER, NEVER).into(),
        ] {
            let scene = format!("{protocol:?}: {reply:?}");
            let (recorder, _guard) = Recorder::install();
            let server = serve(move |_| reply.clone()).await;
            let played = play(
                &agent(vec![model(protocol, &server)], hasty),
                rooted("Bonjour"),
            )
            .await;
            assert_eq!(played.failure(), Some(Timeout), "{scene}");
            // Waiting as long again would help nobody.
            assert_eq!(server.requests().len(), 1, "{scene}");
            server.wait_for_hang_up(0).await.unwrap();
            let expected = [("1", Some("timeout"), None, false)];
            assert_eq!(attempts(&recorder.spans()), expected, "{scene}");
        }
    }
}

#[tokio::test]
async fn a_stalled_answer_ends_at_its_deadline_and_the_connection_with_it() {
    let between = Deadlines {
        between_tokens: Duration::from_millis(100),
        ..CALM
    };
    let whole = Deadlines {
        call: Duration::from_secs(1),
        ..CALM
    };
    let endless = || Answer::text("encore ".repeat(1_000));
    for protocol in BOTH {
        for (reply, deadlines, beginning) in [
            (ends(Ending::StallAfter(1)), between, "Bonjour "),
            // Each token comes in time, but they do not end.
            (
                endless()
                    .slow(Duration::ZERO, Duration::from_millis(20))
                    .into(),
                whole,
                "encore ",
            ),
        ] {
            let (recorder, _guard) = Recorder::install();
            let server = serve(move |_| reply.clone()).await;
            let agent = agent(vec![model(protocol, &server)], deadlines);
            let played = play(&agent, rooted("Bonjour")).await;
            assert_eq!(played.failure(), Some(Timeout), "{protocol:?}");
            assert!(played.said().starts_with(beginning), "{}", played.said());
            assert_eq!(server.requests().len(), 1);
            server.wait_for_hang_up(0).await.unwrap();
            let expected = [("1", Some("timeout"), None, true)];
            assert_eq!(attempts(&recorder.spans()), expected, "{protocol:?}");
        }
    }
}

#[tokio::test]
async fn a_slow_provider_is_alive() {
    // In all they take longer than each may.
    let limit = Duration::from_secs(2);
    let deadlines = Deadlines {
        between_tokens: limit,
        ..CALM
    };
    let scene = async |protocol| {
        let pause = Duration::from_millis(200);
        let server = serve(move |_| Answer::text("a ".repeat(11)).slow(pause, pause)).await;
        let start = Instant::now();
        let played = play(
            &agent(vec![model(protocol, &server)], deadlines),
            request("Bonjour"),
        )
        .await;
        assert_eq!(played.answer(), "a ".repeat(11));
        assert!(start.elapsed() > limit);
        assert_eq!(server.requests()[0].outcome, Outcome::Done);
    };
    futures::join!(scene(Protocol::OpenAi), scene(Protocol::Anthropic));
}

/// Text and reason, and after a long pause the end of the stream.
fn whole_then_silent(protocol: Protocol) -> Raw {
    let whole = match protocol {
        Protocol::OpenAi => concat!(
            r#"data: {"id":"c","choices":[{"delta":{"content":"Oui."},"finish_reason":"stop"}]}"#,
            "\n\ndata: [DONE]\n\n",
        ),
        Protocol::Anthropic => concat!(
            r#"data: {"type":"content_block_delta","index":0,"#,
            r#""delta":{"type":"text_delta","text":"Oui."}}"#,
            "\n\ndata: {\"type\":\"message_stop\"}\n\ndata: {\"type\":\"ping\"}\n\n",
        ),
    };
    let mut raw = Raw::new(200, "text/event-stream", whole);
    raw.pace.between = match protocol {
        Protocol::OpenAi => NEVER,
        Protocol::Anthropic => Duration::from_millis(20),
    };
    raw
}

#[tokio::test]
async fn a_whole_answer_is_one_though_the_stream_does_not_end() {
    let deadlines = Deadlines {
        between_tokens: Duration::from_millis(300),
        ..CALM
    };
    for protocol in BOTH {
        let server = serve(move |_| whole_then_silent(protocol)).await;
        let agent = agent(vec![model(protocol, &server)], deadlines);
        let played = play(&agent, request("Bonjour")).await;
        assert_eq!(played.answer(), "Oui.", "{protocol:?}");
    }
}

/// A base address whose connections are never accepted, for as long as the rest is kept: where the
/// queue is full, Linux drops what asks for a place in it.
#[cfg(target_os = "linux")]
async fn unaccepting() -> (String, tokio::net::TcpListener, Vec<tokio::net::TcpStream>) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    let connect = || tokio::net::TcpStream::connect(address);
    while let Ok(connected) = tokio::time::timeout(Duration::from_millis(200), connect()).await {
        queue.push(connected.unwrap());
        assert!(queue.len() < 100, "the queue takes any number");
    }
    (format!("http://{address}/v1"), listener, queue)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connection_that_does_not_come_about_in_time_is_tried_again() {
    for protocol in BOTH {
        let (recorder, _guard) = Recorder::install();
        let (base_url, _listener, _queue) = unaccepting().await;
        let mut slow = endpoint(protocol, base_url);
        slow.client = client(Duration::from_millis(100)).unwrap();
        let spare = serve(|_| greeting()).await;
        let models = vec![model_at(protocol, slow), model(other(protocol), &spare)];
        let played = play(&agent(models, CALM), rooted("Bonjour")).await;
        assert_eq!(played.answer(), "Bonjour à vous !");
        assert_eq!(attempts(&recorder.spans()), UNREACHABLE, "{protocol:?}");
        assert_eq!(charged(&recorder), 1);
    }
}

/// The attempts at a provider that cannot be reached, and the one at the next.
const UNREACHABLE: [Attempt<'static>; 4] = [
    ("1", Some("connection"), Some("retry"), false),
    ("2", Some("connection"), Some("retry"), false),
    ("3", Some("connection"), Some("fallback"), false),
    ("4", None, None, true),
];

/// How many calls have tokens on their spans: where nothing was sent, nothing is charged.
fn charged(recorder: &Recorder) -> usize {
    let spans = recorder.spans();
    let tokens = spans
        .iter()
        .filter_map(|span| span.value("llm.tokens.total"));
    tokens.count()
}

/// A base address that nobody listens at.
async fn nowhere() -> String {
    let server = serve(|_| greeting()).await;
    format!("http://{}/v1", server.address())
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_and_then_another_model_is_asked() {
    for protocol in BOTH {
        let (recorder, _guard) = Recorder::install();
        let spare = serve(|_| greeting()).await;
        let closed = model_at(protocol, endpoint(protocol, nowhere().await));
        let models = vec![closed, model(other(protocol), &spare)];
        let played = play(&agent(models, CALM), rooted("Bonjour")).await;
        assert_eq!(played.answer(), "Bonjour à vous !");
        assert_eq!(attempts(&recorder.spans()), UNREACHABLE, "{protocol:?}");
        assert_eq!(charged(&recorder), 1);
    }
}
