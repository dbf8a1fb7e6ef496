//! What holds for every context, whatever tools answer.

use std::sync::Arc;

use agent::{
    booking::ProposalStatus,
    capability::flights::{AirportsFound, PriceChecked},
    intent::Intent,
    language::{Ambiguity, Choice, PlaceKind, Problem, SlotName},
    llm::{Assembler, ChatModel, FinishReason, ModelEvent, Usage},
    locale::Locale,
    message::Message,
    planner::{Planner, Step, plan},
    tools::ToolError,
    travel::Party,
};
use futures::{StreamExt, executor::block_on};
use proptest::{option, prelude::*, sample::select};

use super::{
    fixtures::{calendar, day, lyon, new_york, place, proposal, span, three_offers},
    scene::{Outcome, Scene, agency, handed, request, unknown},
};

fn event(scene: &Scene) -> Vec<ModelEvent> {
    let messages = vec![Message::user(&scene.message)];
    let mut request = request(messages, &scene.tools);
    request.extensions = handed(scene.context.clone()).extensions();
    let events: Vec<_> = block_on(Planner.stream(Arc::new(request)).collect());
    events.into_iter().map(Result::unwrap).collect()
}

#[test]
fn text_streams_in_words_that_add_up() {
    let scene = Scene::new(Locale::Fr, Intent::SmallTalk, "bonjour");
    let events = event(&scene);
    let deltas: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            ModelEvent::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert!(deltas.len() > 2);
    assert!(
        deltas
            .iter()
            .all(|delta| delta.split_ascii_whitespace().count() <= 1)
    );
    assert_eq!(deltas.concat(), scene.says());
    assert_eq!(
        events[events.len() - 2..],
        [
            ModelEvent::Usage(Usage::default()),
            ModelEvent::Finish(FinishReason::Stop)
        ]
    );
}

#[test]
fn calls_stream_with_names_ids_and_arguments() {
    let scene = Scene::new(Locale::Fr, Intent::Planning, "…")
        .complete()
        .with(|context| context.trip.depart_date = Some(span("2027-01-20", "2027-02-10")));
    let mut assembler = Assembler::default();
    for event in event(&scene) {
        assembler.push(&event).unwrap();
    }
    let answer = assembler.finish();
    assert_eq!(answer.finish, Some(FinishReason::ToolCalls));
    let ids: Vec<_> = answer.tool_calls.iter().map(|call| &*call.id).collect();
    assert_eq!(ids, ["call_0", "call_1"]);
    let arguments: serde_json::Value =
        serde_json::from_str(&answer.tool_calls[1].arguments).unwrap();
    assert_eq!(arguments["month"], "2027-02");
}

#[test]
fn the_model_names_itself_and_costs_nothing() {
    assert_eq!(
        (Planner.provider(), Planner.name()),
        ("builtin", "planner-1")
    );
    assert_eq!(Planner.cost_usd(Usage::default()), Some(0.0));
    assert_eq!(Planner.server(), None);
}

#[test]
fn a_request_without_messages_is_answered() {
    let scene = Scene::new(Locale::En, Intent::SmallTalk, "");
    let step = plan(&request(vec![], &[]), &handed(scene.context));
    assert!(matches!(step, Step::Say(reply) if !reply.text.is_empty()));
}

fn date() -> impl Strategy<Value = agent::language::DateSpan> {
    select(vec![
        day("2027-01-12"),
        day("2026-11-01"),
        span("2027-01-01", "2027-01-31"),
        span("2026-11-15", "2027-06-30"),
        span("2027-01-15", "2027-02-02"),
    ])
}

fn party() -> impl Strategy<Value = Party> {
    let child = option::of(0_u8..18);
    (0_u8..11, prop::collection::vec(child, 0..4), 0_u8..5).prop_map(
        |(adults, children, infants)| Party {
            adults,
            children,
            infants,
        },
    )
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        any::<u8>().prop_map(Choice::Nth),
        select(vec![
            Choice::Last,
            Choice::Cheapest,
            Choice::Fastest,
            Choice::Best
        ]),
    ]
}

fn problems() -> impl Strategy<Value = Vec<Problem>> {
    let surface = "\\PC{0,80}";
    let problem = prop_oneof![
        surface.prop_map(|surface| Problem::PastDate { surface }),
        surface.prop_map(|surface| Problem::UnknownPlace {
            slot: SlotName::Origin,
            surface
        }),
        Just(Problem::SamePlace),
        Just(Problem::BadParty),
    ];
    prop::collection::vec(problem, 0..2)
}

fn trip() -> impl Strategy<Value = agent::language::TripRequest> {
    let region = place("bretagne", PlaceKind::City, &["RNS", "BES"], "FR");
    let ambiguity = Ambiguity {
        slot: SlotName::Origin,
        surface: "san jose".to_owned(),
        options: vec![lyon(), new_york()],
    };
    (
        option::of(select(vec![lyon(), region])),
        option::of(Just(new_york())),
        option::of(date()),
        option::of(date()),
        option::of(0_u16..400),
        option::of(any::<bool>()),
        option::of(party()),
        option::weighted(0.1, Just(ambiguity)),
    )
        .prop_map(
            |(origin, destination, out, back, stay, one_way, party, ambiguity)| {
                agent::language::TripRequest {
                    origin,
                    destination,
                    depart_date: out,
                    return_date: back,
                    stay_days: stay,
                    one_way,
                    party,
                    open_ambiguity: ambiguity,
                    ..Default::default()
                }
            },
        )
}

fn scene() -> impl Strategy<Value = Scene> {
    let message = prop_oneof![
        "\\PC{0,60}",
        select(vec![
            "un hôtel à Rome".to_owned(),
            "what time is it".to_owned(),
            "100 euros en yens".to_owned(),
            "which airline?".to_owned(),
        ]),
    ];
    let status = select(vec![
        ProposalStatus::Pending,
        ProposalStatus::Confirmed,
        ProposalStatus::Rejected,
    ]);
    let situation = (
        option::of(status),
        any::<bool>(),
        any::<bool>(),
        option::of(choice()),
    );
    let offered = prop::collection::vec(any::<bool>(), 6);
    (
        select(Intent::ALL.to_vec()),
        message,
        trip(),
        problems(),
        situation,
        offered,
        1_usize..9,
    )
        .prop_map(
            |(intent, message, trip, problems, situation, offered, rounds)| {
                let (status, confirmed, shown, choice) = situation;
                let mut scene = Scene::new(Locale::Fr, intent, &message);
                scene.rounds = rounds;
                let mut offered = offered.into_iter();
                scene.tools.retain(|_| offered.next().unwrap_or(true));
                scene.with(|context| {
                    context.reading.choice = choice;
                    context.reading.destination = trip.destination.clone().filter(|_| shown);
                    context.trip = trip;
                    context.problems = problems;
                    context.offers = if shown { three_offers() } else { vec![] };
                    context.proposal =
                        status.map(|status| proposal(three_offers().remove(1), status));
                    context.confirmed = confirmed && context.proposal.is_some();
                })
            },
        )
}

/// What a tool answers, by a die that may also make it fail.
fn outcome(call: &agent::planner::Call, die: u8) -> Outcome {
    let january = calendar("LYS", "NYC", &[("2027-01-14", 43_000)]);
    let offers = || if die == 1 { vec![] } else { three_offers() };
    match (call.name, die) {
        (_, 0) => Err(ToolError::TimedOut),
        (_, 2) => Err(unknown("BES")),
        ("check_price", _) => Ok(PriceChecked {
            before: three_offers().remove(0),
            now: offers().into_iter().nth(1),
        }
        .into()),
        ("get_place_facts" | "get_airport_code", _) => Ok(AirportsFound(vec![]).into()),
        _ => agency(offers(), vec![january])(call),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// `Scene::play` also asserts that only offered tools are called and that the last round answers.
    #[test]
    fn every_turn_ends_with_a_text(scene in scene(), dice in prop::collection::vec(0_u8..8, 40)) {
        let play = |locale| {
            let mut dice = dice.iter();
            let scene = scene.clone().with(|context| context.locale = locale);
            scene.play(|call| outcome(call, dice.next().copied().unwrap_or(7)))
        };
        let (fr, en) = (play(Locale::Fr), play(Locale::En));
        prop_assert_eq!(&fr.calls, &en.calls);
        prop_assert!(fr.calls.len() <= 6, "{} rounds", fr.calls.len());
        prop_assert!(!fr.text.trim().is_empty() && !en.text.trim().is_empty());
        // No text was left in one language.
        for (fr, en) in fr.text.split("\n\n").zip(en.text.split("\n\n")) {
            prop_assert_ne!(fr, en);
        }
        for mark in [" ;", " :", " !", " ?", " »", "« ", " €"] {
            prop_assert!(!fr.text.contains(mark), "{mark:?} in {:?}", fr.text);
        }
    }
}
