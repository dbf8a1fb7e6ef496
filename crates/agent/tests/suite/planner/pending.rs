//! What each answer says that it waits for: the next message is read by that, and by no words of it.

use agent::{
    booking::ProposalStatus,
    intent::Intent::{self, Confirmation, OutOfScope, Planning, Rejection, SmallTalk, TravelInfo},
    language::{Ambiguity, Pending, Problem, SlotName, Topic},
    locale::Locale::{En, Fr},
    tools::ToolError,
};

use super::{
    fixtures::{self, lyon, new_york, three_offers},
    scene::{Scene, agency},
};

fn asks(
    intent: Intent,
    message: (&str, &str),
    change: impl Fn(&mut agent::context::TurnContext),
) -> Pending {
    let one = |locale, message| {
        let scene = Scene::new(locale, intent, message).with(&change);
        scene.play(|call| panic!("unexpected call {call:?}")).asks
    };
    let (french, english) = (one(Fr, message.0), one(En, message.1));
    assert_eq!(french, english, "{message:?}");
    french
}

#[test]
fn a_question_for_a_part_of_the_trip_names_it() {
    let wish = ("un vol svp", "a flight please");
    assert_eq!(
        asks(Planning, wish, |_| {}),
        Pending::slot(SlotName::Destination)
    );
    let to_new_york = |context: &mut agent::context::TurnContext| {
        context.trip.destination = Some(new_york());
    };
    let origin = Pending::slot(SlotName::Origin);
    assert_eq!(asks(Planning, wish, to_new_york), origin);
    // The same question after something else than a wish.
    assert_eq!(asks(SmallTalk, ("bonjour", "hello"), to_new_york), origin);
    assert_eq!(asks(Confirmation, ("oui", "yes"), to_new_york), origin);
    let route = |context: &mut agent::context::TurnContext| {
        context.trip.origin = Some(lyon());
        context.trip.destination = Some(new_york());
    };
    let departure = Pending::slot(SlotName::DepartDate);
    assert_eq!(asks(Planning, wish, route), departure);
    let recipe = ("une recette de crêpes", "a recipe for pancakes");
    assert_eq!(asks(OutOfScope, recipe, route), departure);
}

#[test]
fn a_problem_waits_for_what_would_solve_it() {
    for (problem, slot) in [
        (Problem::BadParty, SlotName::Passengers),
        (Problem::ReturnBeforeDeparture, SlotName::ReturnDate),
        (Problem::SamePlace, SlotName::Destination),
    ] {
        let pending = asks(Planning, ("un vol", "a flight"), |context| {
            context.problems = vec![problem.clone()];
        });
        assert_eq!(pending, Pending::slot(slot));
    }
}

#[test]
fn a_name_of_several_places_keeps_its_choices() {
    let open = Ambiguity {
        slot: SlotName::Origin,
        surface: "san jose".to_owned(),
        options: vec![lyon(), new_york()],
    };
    let pending = asks(Planning, ("san jose", "san jose"), |context| {
        context.trip.open_ambiguity = Some(open.clone());
    });
    assert_eq!(pending, Pending::WhichPlace(open));
}

#[test]
fn a_question_without_a_place_keeps_its_topic() {
    let message = ("quelle heure est-il ?", "what time is it?");
    for (locale, text) in [(Fr, message.0), (En, message.1)] {
        let scene = Scene::new(locale, TravelInfo, text);
        let played = scene.play(|call| panic!("unexpected call {call:?}"));
        let said = text.to_owned();
        let topic = Topic::Time;
        assert_eq!(played.asks, Pending::Topic { topic, said });
    }
}

#[test]
fn offers_wait_for_the_yes_to_the_one_that_is_proposed() {
    for locale in [Fr, En] {
        let scene = Scene::new(locale, Planning, "Lyon New York").complete();
        let played = scene.clone().play(agency(three_offers(), vec![]));
        let proposed = fixtures::proposal(three_offers().remove(0), ProposalStatus::Pending);
        let proposal = proposed.id.to_string();
        assert_eq!(played.asks, Pending::Yes { proposal });
        let mut alone = agency(three_offers(), vec![]);
        let played = scene.play(|call| match call.name {
            "propose_offer" => Err(ToolError::respond("no")),
            _ => alone(call),
        });
        assert_eq!(played.asks, Pending::WhichOffer);
    }
}

#[test]
fn nothing_found_waits_for_a_change_and_a_failure_for_a_yes() {
    for locale in [Fr, En] {
        let scene = Scene::new(locale, Planning, "Lyon New York").complete();
        let nothing = scene.clone().play(agency(vec![], vec![]));
        let bare = SlotName::Origin;
        assert_eq!(nothing.asks, Pending::Change { bare });
        let failed = scene.play(|_| Err(ToolError::TimedOut));
        assert_eq!(failed.asks, Pending::Search);
    }
    let dropped = asks(Rejection, ("non", "no"), |_| {});
    assert_eq!(dropped, Pending::slot(SlotName::Destination));
}

#[test]
fn thanks_and_facts_wait_for_nothing() {
    let bye = asks(SmallTalk, ("au revoir", "goodbye"), |_| {});
    assert_eq!(bye, Pending::Nothing);
    let visa = ("faut-il un visa ?", "do I need a visa?");
    assert_eq!(asks(TravelInfo, visa, |_| {}), Pending::Nothing);
}
