//! What a message asks besides its trip.

use language::{
    Manner, Reading, Topic,
    intent::{Evidence, Intent, settle},
};

use super::{en, fr};

/// Topics that are asked, with the first airport of the place that each clause names.
fn asked(reading: &Reading) -> Vec<(Topic, String)> {
    let questions = reading.asked().map(|question| {
        let place = question.destination.as_ref();
        let code = place.map_or_else(String::new, |place| place.codes[0].to_string());
        (question.topic, code)
    });
    questions.collect()
}

#[test]
fn each_question_has_the_place_of_its_clause_and_says_nothing_of_a_trip() {
    use Topic::{Currency, Exchange, Time, Visa, Weather};
    for (reading, questions) in [
        (
            en("what time is it in Tokyo and what is the currency in Oslo?"),
            vec![(Time, "TYO"), (Currency, "OSL")],
        ),
        (
            fr("quelle heure est-il à Tokyo et quelle est la monnaie à Oslo ?"),
            vec![(Time, "TYO"), (Currency, "OSL")],
        ),
        (
            fr("Quel est le taux de change à Oslo ?"),
            vec![(Exchange, "OSL")],
        ),
        (
            fr("faut-il un visa ? et quel temps fait-il à Rome ?"),
            vec![(Visa, ""), (Weather, "ROM")],
        ),
    ] {
        let questions: Vec<_> = questions
            .into_iter()
            .map(|(topic, code)| (topic, code.to_owned()))
            .collect();
        assert_eq!(asked(&reading), questions);
        assert!(!reading.change_trip(), "{reading:?}");
        assert!(reading.left_over.is_empty(), "{:?}", reading.left_over);
        assert!(!reading.may_be_yes());
    }
}

#[test]
fn a_trip_keeps_its_words_beside_a_question() {
    for reading in [
        en("Lyon to Oslo on 12 March for two, and what is the weather like in Rome?"),
        fr("Lyon Oslo le 12 mars pour deux, et quel temps fait-il à Rome ?"),
    ] {
        assert_eq!(asked(&reading), [(Topic::Weather, "ROM".to_owned())]);
        assert_eq!(reading.destination.unwrap().codes[0].as_str(), "OSL");
        assert_eq!(reading.passengers.unwrap().adults, Some(2));
        assert!(reading.depart_date.is_some());
    }
}

#[test]
fn a_wish_that_names_a_topic_asks_nothing() {
    for reading in [
        en("Lyon to Oslo on 12 March with a checked bag"),
        en("what is the cheapest day to fly to Oslo"),
        fr("Lyon Oslo le 12 mars avec bagage en soute"),
        fr("n'importe quelle heure"),
        fr("combien coûte un billet pour Oslo ?"),
    ] {
        assert_eq!(asked(&reading), [], "{:?}", reading.questions);
    }
    let named = fr("Lyon Oslo le 12 mars avec mon chien").questions;
    assert_eq!(
        (named[0].value.topic, named[0].value.manner),
        (Topic::Pets, Manner::Named)
    );
}

/// What a first message wants, that the classifier takes for `intent`.
fn settled_at_first(intent: Intent, confidence: f32, text: &str, reading: &Reading) -> Intent {
    let evidence = Evidence {
        text,
        reading,
        asked: None,
        planned: false,
        about_offers: false,
    };
    settle(intent, confidence, &evidence)
}

#[test]
fn a_route_with_a_budget_is_a_wish_and_one_with_a_question_is_not() {
    let settled =
        |text: &str, reading: Reading| settled_at_first(Intent::TravelInfo, 0.6, text, &reading);
    for text in [
        "Perth to Bali for under 600 dollars",
        "I have 700 dollars for Boston to Lisbon",
    ] {
        assert_eq!(settled(text, en(text)), Intent::Planning, "{text}");
    }
    let text = "j'ai 700 euros pour Lyon Lisbonne";
    assert_eq!(settled(text, fr(text)), Intent::Planning, "{text}");
    let text = "from Muscat to Doha, how many carry ons can I take";
    assert_eq!(settled(text, en(text)), Intent::TravelInfo);
    let text = "de Lyon à Lisbonne, combien de bagages ?";
    assert_eq!(settled(text, fr(text)), Intent::TravelInfo);
}

#[test]
fn where_to_and_when_is_a_trip_whatever_it_sounds_like() {
    let settled =
        |intent, text: &str, reading: Reading| settled_at_first(intent, 0.6, text, &reading);
    for intent in [Intent::TravelInfo, Intent::SmallTalk, Intent::OutOfScope] {
        for text in [
            "I want to go to Montreal in August",
            "we would like to visit Toronto in July",
            "to Oslo for 5 days",
        ] {
            assert_eq!(settled(intent, text, en(text)), Intent::Planning, "{text}");
        }
        for text in [
            "je veux aller à Montréal en août",
            "on aimerait partir à Porto à trois",
        ] {
            assert_eq!(settled(intent, text, fr(text)), Intent::Planning, "{text}");
        }
        // A question, with its mark or without, and a message of which a part was not understood.
        for text in [
            "is Montreal crowded in August?",
            "do I need a visa for Canada in August",
            "what is the weather like in Montreal in August",
            "the moonlit orchestra tours Montreal in August",
        ] {
            let settled = settled(intent, text, en(text));
            assert_ne!(settled, Intent::Planning, "{text}");
        }
    }
}

#[test]
fn what_a_tool_answers_is_a_question_of_travel() {
    let settled =
        |intent, text: &str, reading: Reading| settled_at_first(intent, 0.95, text, &reading);
    for intent in [Intent::SmallTalk, Intent::OutOfScope] {
        let text = "what's the damage in total";
        assert_eq!(settled(intent, text, en(text)), Intent::TravelInfo);
        let text = "quel temps fait-il à Lisbonne en mai ?";
        assert_eq!(settled(intent, text, fr(text)), Intent::TravelInfo);
        let text = "tell me a joke about cats";
        assert_eq!(settled(intent, text, en(text)), intent);
    }
    // Nor is a message that asks a yes or a no; one that only says so stays what it is.
    for intent in [Intent::Confirmation, Intent::Rejection] {
        let text = "what's the damage in total";
        assert_eq!(settled(intent, text, en(text)), Intent::TravelInfo);
        let text = "non merci, pas celle-là";
        assert_eq!(settled(intent, text, fr(text)), intent);
    }
}
