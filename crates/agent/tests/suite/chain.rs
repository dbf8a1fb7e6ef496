//! Retries, fallbacks and circuits, as a turn sees them.

use std::{sync::Arc, time::Duration};

use agent::{
    event::{TurnEnd, TurnEvent, TurnFailure},
    faults::Faults,
    llm::{Circuit, ModelError, ModelErrorKind, ModelEvent},
    turn::TurnRequest,
};
use futures::StreamExt;
use tracing::Level;

use super::{
    spans_of_a_turn::{errors, named, rooted},
    spans_recorder::Recorder,
    support::{ScriptedModel, Step, World, calls, piece, request, says},
};

fn fails(kind: ModelErrorKind) -> Vec<Step> {
    vec![Step::Fail(kind)]
}

fn chain(models: &[&Arc<ScriptedModel>]) -> World {
    let models = models.iter().map(|model| Arc::clone(model)).collect();
    World::on(models, &Faults::default())
}

/// Says `text` to everything.
fn well(provider: &'static str, text: &'static str) -> Arc<ScriptedModel> {
    ScriptedModel::new(provider, move |_| says(text))
}

fn failing(provider: &'static str, kind: ModelErrorKind) -> Arc<ScriptedModel> {
    ScriptedModel::new(provider, move |_| fails(kind))
}

/// What was said, who was asked (provider, round), and the end.
async fn run(world: &World, request: TurnRequest) -> (String, Vec<(String, u32)>, TurnEnd) {
    let (mut said, mut asked, mut ended) = (String::new(), Vec::new(), None);
    for event in world.run(request).await {
        match event {
            TurnEvent::Delta(text) => said.push_str(&text),
            TurnEvent::Round {
                number, provider, ..
            } => asked.push((provider, number)),
            TurnEvent::Ended { end, .. } => ended = Some(end),
            _ => {}
        }
    }
    (said, asked, ended.expect("an end"))
}

fn hello() -> TurnRequest {
    request("Bonjour")
}

#[tokio::test(start_paused = true)]
async fn a_retry_recovers_and_each_attempt_is_a_span() {
    let model = ScriptedModel::new("one", |nth| match nth {
        0 => fails(ModelErrorKind::Server),
        1 => fails(ModelErrorKind::Overloaded),
        _ => says("Bonjour !"),
    });
    let (recorder, _guard) = Recorder::install();
    let start = tokio::time::Instant::now();
    let (said, asked, end) = run(&chain(&[&model]), rooted("Bonjour")).await;
    assert_eq!((&*said, end), ("Bonjour !", TurnEnd::Ok));
    // Retries are no rounds.
    assert!(asked.iter().all(|(_, round)| *round == 1), "{asked:?}");
    // Full jitter at its longest: 0.5 s, then 1 s.
    assert_eq!(start.elapsed(), Duration::from_millis(1_500));
    let spans = recorder.spans();
    let attempts = named(&spans, "llm.call");
    let seen: Vec<_> = attempts
        .iter()
        .map(|span| (span.value("llm.attempt"), span.value("llm.recovery")))
        .collect();
    assert_eq!(
        seen,
        [
            (Some("1"), Some("retry")),
            (Some("2"), Some("retry")),
            (Some("3"), None)
        ]
    );
    // The turn recovers: it is not marked, and nothing below it is louder than a warning.
    assert_eq!(
        errors(&spans),
        [("llm.call", "server_error"), ("llm.call", "overloaded")]
    );
    let levels = spans.iter().flat_map(|span| &span.events);
    assert!(levels.clone().any(|(level, _)| *level == Level::WARN));
    assert!(!levels.into_iter().any(|(level, _)| *level == Level::ERROR));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_put_otherwise_is_asked_again_at_once_three_times_at_most() {
    let otherwise = || {
        vec![Step::Refuse(ModelError {
            adapted: true,
            ..ModelError::new(ModelErrorKind::Server, "no such parameter")
        })]
    };
    let model = ScriptedModel::new("one", move |nth| match nth {
        0..3 => otherwise(),
        3..5 => fails(ModelErrorKind::Server),
        5 => says("Bonjour !"),
        _ => otherwise(),
    });
    let (recorder, _guard) = Recorder::install();
    let world = chain(&[&model]);
    let start = tokio::time::Instant::now();
    let (said, _, end) = run(&world, rooted("Bonjour")).await;
    assert_eq!((&*said, end), ("Bonjour !", TurnEnd::Ok));
    // It costs neither a wait nor one of the ordinary retries.
    assert_eq!(start.elapsed(), Duration::from_millis(1_500));
    let spans = recorder.spans();
    let seen: Vec<_> = named(&spans, "llm.call")
        .iter()
        .map(|span| (span.value("llm.attempt"), span.value("llm.recovery")))
        .collect();
    let (adapt, retry) = (Some("adapt"), Some("retry"));
    assert_eq!(
        seen,
        [
            (Some("1"), adapt),
            (Some("2"), adapt),
            (Some("3"), adapt),
            (Some("4"), retry),
            (Some("5"), retry),
            (Some("6"), None)
        ]
    );
    // A server that says what it does not take is there: none of these counts against it.
    for _ in 0..3 {
        let asked = model.asked();
        run(&world, hello()).await;
        assert!(model.asked() >= asked + 4);
        assert_eq!(circuit(&world), Circuit::Closed);
    }
}

#[tokio::test(start_paused = true)]
async fn the_next_model_answers_and_the_turn_stays_with_it() {
    let broken = failing("one", ModelErrorKind::Authentication);
    let spare = ScriptedModel::new("two", |nth| match nth {
        0 => calls(&[("a", "show", r#"{"city": "Rome"}"#)]),
        _ => says("Voici."),
    });
    let world = chain(&[&broken, &spare]);
    let (said, asked, end) = run(&world, request("Je veux aller à Rome")).await;
    assert_eq!((&*said, end), ("Voici.", TurnEnd::Ok));
    let asked: Vec<_> = asked.iter().map(|(who, round)| (&**who, *round)).collect();
    assert_eq!(asked, [("one", 1), ("two", 1), ("two", 2)]);
    // The next turn gives the preferred one another chance.
    run(&world, hello()).await;
    assert_eq!(broken.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_tried_again_after_the_first_token() {
    let breaks = ScriptedModel::new("one", |_| {
        vec![piece("Bon"), Step::Fail(ModelErrorKind::Connection)]
    });
    let spare = well("two", "Bonjour !");
    let (said, _, end) = run(&chain(&[&breaks, &spare]), hello()).await;
    assert_eq!(said, "Bon");
    assert!(matches!(end, TurnEnd::Failed(TurnFailure::Model(_))));
    assert_eq!((breaks.asked(), spare.asked()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_provider_says_how_long_to_wait() {
    let limited = |seconds| {
        let mut error = ModelError::new(ModelErrorKind::RateLimited, "429");
        error.retry_after = Some(Duration::from_secs(seconds));
        vec![Step::Refuse(error)]
    };
    let model = ScriptedModel::new("one", move |nth| match nth {
        0 => limited(3),
        _ => says("Bonjour !"),
    });
    let start = tokio::time::Instant::now();
    let (said, _, _) = run(&chain(&[&model]), hello()).await;
    assert_eq!(said, "Bonjour !");
    assert_eq!(start.elapsed(), Duration::from_millis(3_500));
    // Too long to wait for: the next model is asked at once.
    let busy = ScriptedModel::new("one", move |_| limited(600));
    let start = tokio::time::Instant::now();
    let (said, _, _) = run(&chain(&[&busy, &well("two", "Salut !")]), hello()).await;
    assert_eq!((&*said, start.elapsed()), ("Salut !", Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_keeps_failing_is_left_alone_until_a_probe_succeeds() {
    let model = ScriptedModel::new("one", |nth| match nth {
        0..=5 => fails(ModelErrorKind::Authentication),
        _ => says("Me revoilà."),
    });
    let spare = well("two", "Salut !");
    let world = chain(&[&model, &spare]);
    for _ in 0..8 {
        assert_eq!(run(&world, hello()).await.0, "Salut !");
    }
    assert_eq!((model.asked(), spare.asked()), (5, 8));
    let circuit = || world.agent.models().states()[0].circuit;
    assert_eq!(circuit(), Circuit::Open);
    tokio::time::advance(Duration::from_secs(15)).await;
    assert_eq!(circuit(), Circuit::HalfOpen);
    // The probe fails, and the pause is twice as long.
    run(&world, hello()).await;
    tokio::time::advance(Duration::from_secs(15)).await;
    run(&world, hello()).await;
    assert_eq!(model.asked(), 6);
    tokio::time::advance(Duration::from_secs(15)).await;
    assert_eq!(run(&world, hello()).await.0, "Me revoilà.");
    assert_eq!(circuit(), Circuit::Closed);
}

#[tokio::test(start_paused = true)]
async fn without_a_model_left_the_turn_fails_without_a_call() {
    let model = failing("one", ModelErrorKind::Authentication);
    let world = chain(&[&model]);
    for _ in 0..5 {
        run(&world, hello()).await;
    }
    let (recorder, _guard) = Recorder::install();
    let (_, _, end) = run(&world, rooted("Bonjour")).await;
    let TurnEnd::Failed(failure) = end else {
        panic!("{end:?}");
    };
    assert_eq!(failure.error_type(), "circuit_open");
    let spans = recorder.spans();
    assert_eq!(errors(&spans), [("agent.iteration", "circuit_open")]);
    assert!(named(&spans, "llm.call").is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_tokens_of_a_stopped_call_are_counted() {
    let model = ScriptedModel::new("one", |_| vec![piece("Bonjour à vous"), Step::Hang]);
    let world = chain(&[&model]);
    let (recorder, _guard) = Recorder::install();
    let mut events = world.agent.run_turn(rooted("Bonjour"));
    loop {
        match events.next().await {
            Some(TurnEvent::Delta(_)) => break,
            Some(_) => {}
            None => panic!("no text came"),
        }
    }
    events.stop();
    let rest: Vec<_> = events.collect().await;
    let [TurnEvent::Usage { usage, cost_usd }] = rest[..] else {
        panic!("{rest:#?}");
    };
    assert!(usage.prompt > 50 && usage.completion >= 4, "{usage:?}");
    assert_eq!(cost_usd, Some(0.25 * usage.completion as f64));
    let spans = recorder.spans();
    let call = named(&spans, "llm.call")[0];
    assert_eq!(
        call.value("llm.tokens.total"),
        Some(&*usage.total().to_string())
    );
    assert_eq!(call.value("llm.usage_estimated"), Some("true"));
    assert_eq!(call.value("llm.finish_reason"), None);
    assert!(errors(&spans).is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_may_cost_nothing_is_answered_by_the_built_in_model() {
    let model = well("one", "Bonjour !");
    let frugal = TurnRequest {
        use_builtin: true,
        ..hello()
    };
    let (said, asked, end) = run(&chain(&[&model]), frugal).await;
    assert_eq!((asked, end), (vec![("builtin".to_owned(), 1)], TurnEnd::Ok));
    assert!(!said.is_empty());
    assert_eq!(model.asked(), 0);
}

/// Fails each of its first requests, one a turn, until its circuit opens; then does what `then` says.
fn down(then: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static) -> Arc<ScriptedModel> {
    ScriptedModel::new("one", move |nth| match nth {
        0..5 => fails(ModelErrorKind::Authentication),
        _ => then(nth - 5),
    })
}

/// Opens the circuit of the first model, and waits until it may be probed.
async fn half_open(world: &World) {
    for _ in 0..5 {
        run(world, hello()).await;
    }
    tokio::time::advance(Duration::from_secs(15)).await;
    assert_eq!(circuit(world), Circuit::HalfOpen);
}

fn circuit(world: &World) -> Circuit {
    world.agent.models().states()[0].circuit
}

/// The kind of failure that a turn ended with.
fn kind(end: TurnEnd) -> &'static str {
    match end {
        TurnEnd::Failed(failure) => failure.error_type(),
        end => panic!("{end:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_begins_to_answer_lets_the_others_through() {
    let model = down(|nth| match nth {
        0 => vec![
            Step::Event(ModelEvent::Reasoning),
            piece("Long, very "),
            Step::Hang,
        ],
        _ => says("Me revoilà."),
    });
    let world = chain(&[&model]);
    half_open(&world).await;
    let mut probe = world.agent.run_turn(hello());
    while !matches!(probe.next().await, Some(TurnEvent::Delta(_))) {}
    assert_eq!(circuit(&world), Circuit::Closed);
    assert_eq!(run(&world, hello()).await.0, "Me revoilà.");
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_refuses_a_wrong_request_is_alive() {
    for refusal in [ModelErrorKind::BadRequest, ModelErrorKind::UnknownModel] {
        let world = chain(&[&down(move |_| fails(refusal))]);
        half_open(&world).await;
        assert_eq!(kind(run(&world, hello()).await.2), refusal.as_str());
        assert_eq!(circuit(&world), Circuit::Closed, "{refusal}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_depends_on_the_prompt_never_opens_the_circuit() {
    use ModelErrorKind as Kind;
    for kind in [
        Kind::BadRequest,
        Kind::UnknownModel,
        Kind::ContextLength,
        Kind::ContentFilter,
        Kind::ToolUseFailed,
        Kind::AnswerTooLong,
        Kind::WrongAddress,
    ] {
        let world = chain(&[&failing("one", kind)]);
        for _ in 0..12 {
            run(&world, hello()).await;
        }
        assert_eq!(circuit(&world), Circuit::Closed, "{kind}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_its_server_cannot_read_is_asked_for_once_more() {
    let model = ScriptedModel::new("one", |nth| match nth {
        0 => fails(ModelErrorKind::ToolUseFailed),
        _ => says("Bonjour !"),
    });
    let (said, _, end) = run(&chain(&[&model]), hello()).await;
    assert_eq!((&*said, end), ("Bonjour !", TurnEnd::Ok));
    let model = failing("one", ModelErrorKind::ToolUseFailed);
    run(&chain(&[&model]), hello()).await;
    assert_eq!(model.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_failure_that_opens_the_circuit_is_not_waited_for() {
    let model = failing("one", ModelErrorKind::Server);
    let world = chain(&[&model]);
    run(&world, hello()).await;
    let (recorder, _guard) = Recorder::install();
    let start = tokio::time::Instant::now();
    // The second of its attempts is the fifth failure.
    let (_, _, end) = run(&world, rooted("Bonjour")).await;
    assert_eq!((kind(end), model.asked()), ("server_error", 5));
    assert_eq!(start.elapsed(), Duration::from_millis(500));
    let spans = recorder.spans();
    let calls = named(&spans, "llm.call").into_iter();
    let recoveries: Vec<_> = calls.map(|span| span.value("llm.recovery")).collect();
    assert_eq!(recoveries, [Some("retry"), None]);
}

#[tokio::test(start_paused = true)]
async fn nobody_is_announced_whose_circuit_is_open() {
    // It does what is wrong with the request when the second one is down.
    let first = failing("one", ModelErrorKind::BadRequest);
    let second = failing("two", ModelErrorKind::Authentication);
    let world = chain(&[&first, &second]);
    for _ in 0..5 {
        assert_eq!(kind(run(&world, hello()).await.2), "authentication");
    }
    let (recorder, _guard) = Recorder::install();
    let (_, _, end) = run(&world, rooted("Bonjour")).await;
    assert_eq!(kind(end), "bad_request");
    let spans = recorder.spans();
    let [call] = named(&spans, "llm.call")[..] else {
        panic!("{spans:#?}");
    };
    assert_eq!(call.value("llm.recovery"), None);
    // A third one that is there is.
    let second = failing("two", ModelErrorKind::Authentication);
    let third = ScriptedModel::new("three", |nth| match nth {
        0..5 => fails(ModelErrorKind::BadRequest),
        _ => says("Bonjour !"),
    });
    let world = chain(&[&first, &second, &third]);
    for _ in 0..5 {
        assert_eq!(kind(run(&world, hello()).await.2), "bad_request");
    }
    let (said, asked, _) = run(&world, hello()).await;
    let asked: Vec<_> = asked.iter().map(|(who, _)| &**who).collect();
    assert_eq!((&*said, &asked[..]), ("Bonjour !", &["one", "three"][..]));
}

#[tokio::test(start_paused = true)]
async fn a_turn_whose_retry_nobody_takes_fails_as_its_last_attempt_did() {
    let model = ScriptedModel::new("one", |nth| match nth {
        0 => {
            let mut error = ModelError::new(ModelErrorKind::RateLimited, "429");
            error.retry_after = Some(Duration::from_secs(3));
            vec![Step::Refuse(error)]
        }
        _ => fails(ModelErrorKind::Authentication),
    });
    let world = chain(&[&model]);
    let others = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        for _ in 0..4 {
            assert_eq!(kind(run(&world, hello()).await.2), "authentication");
        }
    };
    let ((_, _, end), ()) = futures::join!(run(&world, hello()), others);
    assert_eq!(kind(end), "rate_limited");
    assert_eq!(model.asked(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_call_of_before_the_circuit_opened_does_not_judge_the_probe() {
    // Asked while the circuit is closed, it is stopped during the probe.
    let model = ScriptedModel::new("one", |nth| match nth {
        0 => vec![piece("Je ne "), Step::Hang],
        1..=5 => fails(ModelErrorKind::Authentication),
        6 => vec![Step::Hang],
        _ => says("Trop tôt."),
    });
    let world = chain(&[&model]);
    let mut stale = world.agent.run_turn(hello());
    while !matches!(stale.next().await, Some(TurnEvent::Delta(_))) {}
    half_open(&world).await;
    let mut probe = world.agent.run_turn(hello());
    while !matches!(probe.next().await, Some(TurnEvent::Round { .. })) {}
    let _ = futures::poll!(probe.next());
    assert_eq!(model.asked(), 7);
    stale.stop();
    stale.collect::<Vec<_>>().await;
    assert_eq!(kind(run(&world, hello()).await.2), "circuit_open");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_breaks_while_it_thinks_is_given_by_the_next_model() {
    let thinks = || {
        ScriptedModel::new("one", |_| {
            vec![
                Step::Event(ModelEvent::Reasoning),
                Step::Fail(ModelErrorKind::Connection),
            ]
        })
    };
    let (first, spare) = (thinks(), well("two", "Bonjour !"));
    let (recorder, _guard) = Recorder::install();
    let (said, _, end) = run(&chain(&[&first, &spare]), rooted("Bonjour")).await;
    assert_eq!((&*said, end), ("Bonjour !", TurnEnd::Ok));
    assert_eq!((first.asked(), spare.asked()), (1, 1));
    let spans = recorder.spans();
    let call = named(&spans, "llm.call")[0];
    assert_eq!(call.value("llm.recovery"), Some("fallback"));
    assert!(call.value("llm.time_to_first_token_ms").is_some());
    // Alone, it is not asked to think as long again.
    let alone = thinks();
    assert_eq!(kind(run(&chain(&[&alone]), hello()).await.2), "connection");
    assert_eq!(alone.asked(), 1);
    // A tool call that has begun is an answer.
    let begins = ScriptedModel::new("one", |_| {
        let mut steps = calls(&[("a", "show", r#"{"city": "Rome"}"#)]);
        steps.truncate(1);
        steps.push(Step::Fail(ModelErrorKind::Connection));
        steps
    });
    let spare = well("two", "Bonjour !");
    let (_, _, end) = run(&chain(&[&begins, &spare]), request("Je veux aller à Rome")).await;
    assert_eq!((kind(end), spare.asked()), ("connection", 0));
}
