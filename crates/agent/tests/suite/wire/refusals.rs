//! Providers that refuse: what is tried again, what is not, and who is asked then.

use std::time::{Duration, Instant};

use agent::llm::ModelErrorKind::{
    self, Authentication, BadRequest, BadResponse, Overloaded, QuotaExceeded, RateLimited, Server,
    UnknownModel,
};
use testkit::llm::{Answer, Fault, Protocol, Raw, Reply, fixtures};

use super::{
    super::{spans_of_a_turn::rooted, spans_recorder::Recorder, support::request},
    scene::{BOTH, CALM, agent, alone, attempts, model, other, play, serve},
};

/// Attempts at one model where it may be tried again.
const TRIES: usize = 3;

/// What a provider answers, its kind, and how often one model is asked.
fn refusals() -> Vec<(Fault, ModelErrorKind, usize)> {
    let status = Fault::status;
    vec![
        (status(408), Server, TRIES),
        (status(500), Server, TRIES),
        (status(502), Server, TRIES),
        (status(503), Overloaded, TRIES),
        (status(504), Server, TRIES),
        (status(529), Overloaded, TRIES),
        (status(501), BadResponse, 1),
        (status(505), BadResponse, 1),
        (status(400), BadRequest, 1),
        (status(401), Authentication, 1),
        (status(402), QuotaExceeded, 1),
        (status(403), Authentication, 1),
        (status(404), UnknownModel, 1),
        // Nobody knows when the limit ends,
        (status(429), RateLimited, 1),
        // and what is neither a number of seconds nor a date does not say it.
        (status(429).retry_after("-1"), RateLimited, 1),
        (status(429).retry_after("soon"), RateLimited, 1),
        // A date that is over: it may be asked at once.
        (
            status(429).retry_after("Sun, 06 Nov 1994 08:49:37 GMT"),
            RateLimited,
            TRIES,
        ),
        // Longer than a person waits.
        (
            status(503).retry_after("Mon, 31 Dec 2125 23:59:59 GMT"),
            Overloaded,
            1,
        ),
        (status(429).retry_after(600), RateLimited, 1),
        (status(503).retry_after(600), Overloaded, 1),
    ]
}

#[tokio::test]
async fn each_refusal_is_tried_again_or_not_and_each_attempt_has_its_span() {
    for protocol in BOTH {
        for (fault, kind, tries) in refusals() {
            let scene = format!("{protocol:?}: {fault:?}");
            let (recorder, _guard) = Recorder::install();
            let server = serve(move |_| fault.clone()).await;
            let played = play(&alone(protocol, &server), rooted("Bonjour")).await;
            assert_eq!(played.failure(), Some(kind), "{scene}");
            assert_eq!(played.said(), "", "{scene}");
            assert_eq!(server.requests().len(), tries, "{scene}");
            let spans = recorder.spans();
            let word = Some(kind.as_str());
            let expected = match tries {
                1 => vec![("1", word, None, false)],
                _ => vec![
                    ("1", word, Some("retry"), false),
                    ("2", word, Some("retry"), false),
                    ("3", word, None, false),
                ],
            };
            assert_eq!(attempts(&spans), expected, "{scene}");
            let requests = server.requests();
            // The same request, to the byte.
            assert!(requests.iter().all(|again| again.body == requests[0].body));
        }
    }
}

#[tokio::test]
async fn after_each_refusal_the_next_model_answers() {
    for protocol in BOTH {
        for (fault, kind, tries) in refusals() {
            let scene = format!("{protocol:?}: {fault:?}");
            let (recorder, _guard) = Recorder::install();
            let broken = serve(move |_| fault.clone()).await;
            let spare = serve(|_| Answer::text("Bonjour !")).await;
            let models = vec![model(protocol, &broken), model(other(protocol), &spare)];
            let played = play(&agent(models, CALM), rooted("Bonjour")).await;
            assert_eq!(played.answer(), "Bonjour !", "{scene}");
            assert_eq!(
                (broken.requests().len(), spare.requests().len()),
                (tries, 1),
                "{scene}"
            );
            let spans = recorder.spans();
            let attempts = attempts(&spans);
            assert_eq!(attempts.len(), tries + 1, "{scene}");
            let (last, failed) = attempts.split_last().unwrap();
            assert_eq!(
                *last,
                (&*(tries + 1).to_string(), None, None, true),
                "{scene}"
            );
            for (at, attempt) in failed.iter().enumerate() {
                let recovery = if at + 1 == tries { "fallback" } else { "retry" };
                let number = (at + 1).to_string();
                let expected = (&*number, Some(kind.as_str()), Some(recovery), false);
                assert_eq!(*attempt, expected, "{scene}");
            }
        }
    }
}

#[tokio::test]
async fn a_provider_that_recovers_answers() {
    for protocol in BOTH {
        let (recorder, _guard) = Recorder::install();
        let server = serve(|request| match request.number {
            0 => Reply::from(Fault::status(529)),
            1 => Fault::status(500).into(),
            _ => Answer::text("Bonjour !").into(),
        })
        .await;
        let played = play(&alone(protocol, &server), rooted("Bonjour")).await;
        assert_eq!(played.answer(), "Bonjour !");
        // Attempts are no rounds of their own.
        assert!(played.asked().iter().all(|(_, round)| *round == 1));
        let expected = [
            ("1", Some("overloaded"), Some("retry"), false),
            ("2", Some("server_error"), Some("retry"), false),
            ("3", None, None, true),
        ];
        assert_eq!(attempts(&recorder.spans()), expected, "{protocol:?}");
    }
}

/// How long it took to get an answer from a provider that first refuses like this.
async fn waited(protocol: Protocol, refusal: impl Into<Reply>) -> Duration {
    let refusal = refusal.into();
    let server = serve(move |request| match request.number {
        0 => refusal.clone(),
        _ => Answer::text("Bonjour !").into(),
    })
    .await;
    let agent = alone(protocol, &server);
    let start = Instant::now();
    assert_eq!(play(&agent, request("Bonjour")).await.answer(), "Bonjour !");
    assert_eq!(server.requests().len(), 2);
    start.elapsed()
}

#[tokio::test]
async fn a_provider_is_waited_for_as_long_as_it_asks() {
    let limited = || Fault::status(429).retry_after(1);
    let (one, two) = futures::join!(
        waited(Protocol::OpenAi, limited()),
        waited(Protocol::Anthropic, limited())
    );
    assert!(one.min(two) >= Duration::from_secs(1), "{one:?}, {two:?}");
    for protocol in BOTH {
        let name = format!("{}/429.json", format!("{protocol:?}").to_lowercase());
        let limited = fixtures::load(&name).unwrap();
        let millis = waited(protocol, limited.header("retry-after-ms", "80")).await;
        assert!(millis >= Duration::from_millis(80), "{millis:?}");
    }
}

#[tokio::test]
async fn what_is_no_answer_of_the_protocol_is_not_tried_again() {
    for protocol in BOTH {
        for (status, kind, body, expected) in [
            (
                200,
                "text/html",
                "<h1>Sign in</h1>",
                ModelErrorKind::WrongAddress,
            ),
            (200, "application/json", "{}", ModelErrorKind::BadResponse),
            (302, "text/html", "", ModelErrorKind::WrongAddress),
            (
                404,
                "text/html",
                "<h1>Not Found</h1>",
                ModelErrorKind::WrongAddress,
            ),
            (401, "text/plain", "", Authentication),
        ] {
            let reply = Raw::new(status, kind, body).header("location", "http://127.0.0.1:9/");
            let server = serve(move |_| reply.clone()).await;
            let played = play(&alone(protocol, &server), request("Bonjour")).await;
            assert_eq!(
                played.failure(),
                Some(expected),
                "{protocol:?} {status} {kind}"
            );
            assert_eq!(server.requests().len(), 1, "{protocol:?} {status} {kind}");
        }
    }
}
