//! What the agent asked is known to the next turn, whatever happened to the process in between.

use serde_json::Value;

use super::{folder::Folder, server::Server, visitor::Visitor};

/// A question of the agent and its answer: what was said, what the answer is taken for.
struct Case {
    opening: &'static str,
    /// Part of the agent's question.
    question: &'static str,
    answer: &'static str,
    /// Part of the reply, once the server runs again.
    then: &'static str,
    intent: &'static str,
}

const CASES: [Case; 6] = [
    Case {
        opening: "je voudrais aller à New York",
        question: "D’où partez-vous ?",
        answer: "Lyon",
        then: "Lyon → New York",
        intent: "planning",
    },
    Case {
        opening: "I would like to go to New York",
        question: "Where are you leaving from?",
        answer: "Lyon",
        then: "Lyon → New York",
        intent: "planning",
    },
    Case {
        opening: "quelle heure est-il ?",
        question: "De quel pays ou de quelle ville",
        answer: "Tokyo",
        then: "À Tokyo, il est",
        intent: "travel_info",
    },
    Case {
        opening: "what time is it?",
        question: "For which country or city",
        answer: "Tokyo",
        then: "time zone Asia/Tokyo",
        intent: "travel_info",
    },
    Case {
        opening: "un vol de San José à Miami",
        question: "Duquel de ces lieux partez-vous ?",
        answer: "Costa Rica",
        then: "Quand souhaitez-vous partir ?",
        intent: "planning",
    },
    Case {
        opening: "a flight from San Jose to Miami",
        question: "Which one are you leaving from?",
        answer: "Costa Rica",
        then: "When would you like to leave?",
        intent: "planning",
    },
];

fn text(answer: &Value) -> String {
    answer["reply"].as_str().unwrap().replace('\u{a0}', " ")
}

#[tokio::test]
async fn an_answer_after_a_restart_is_one_to_the_question() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let mut server = Server::start(&[database]).await;
    let mut asked: Vec<(&Case, Visitor, Value)> = Vec::new();
    for case in &CASES {
        let visitor = server.visitor();
        let answer = visitor.say(case.opening, None).await;
        assert!(text(&answer).contains(case.question), "{answer}");
        asked.push((case, visitor, answer["conversation_id"].clone()));
    }
    server.kill().await;

    let server = Server::start(&[database]).await;
    for (case, visitor, conversation) in asked {
        let visitor = visitor.moved_to(&server.url);
        let answer = visitor.say(case.answer, Some(&conversation)).await;
        assert_eq!(answer["intent"]["name"], case.intent, "{answer}");
        assert!(text(&answer).contains(case.then), "{answer}");
    }
}
