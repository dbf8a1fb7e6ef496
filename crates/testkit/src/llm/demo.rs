//! A scripted model for demonstrations: it calls a tool, answers with a text that says it is scripted,
//! and fails often enough for retries, fallbacks and costs to show.

use std::time::Duration;

use serde_json::json;

use super::{Answer, Ending, Entry, Fault, LlmRequest, Reply, Usage};

const TEXT: &str = "Réponse scriptée de démonstration : la recherche a bien eu lieu, ses offres sont sur \
    les cartes, mais aucun modèle de langage n’a écrit ceci. (A scripted demo answer: the offers are \
    on the cards, and no language model wrote this.)";
/// What it adds now and then: a price that no tool returned, which the application must flag.
const UNFOUNDED: &str =
    " Un prix inventé pour la démonstration : 123,45 €. (A price made up for the demo: €123.45.)";
/// Wait before each word, so that one sees it stream.
const PACE: Duration = Duration::from_millis(15);
const FIRST: Duration = Duration::from_millis(120);
/// Longer than the demonstration waits for a first word.
const STALL: Duration = Duration::from_secs(30);
/// Where the searches go, in turn.
const ROUTES: [(&str, &str); 6] = [
    ("PAR", "NYC"),
    ("LYS", "LIS"),
    ("GVA", "BCN"),
    ("LON", "TYO"),
    ("NCE", "ROM"),
    // No such airport: the tool refuses, and the model has to say so.
    ("PAR", "XQX"),
];

/// What the model of the demonstration says to a request, on a day (`YYYY-MM-DD`) to search for.
#[must_use]
pub fn reply(request: &LlmRequest, date: &str) -> Reply {
    let number = request.number + 1;
    if number.is_multiple_of(13) {
        return Fault::status(429).retry_after(1).into();
    }
    if number.is_multiple_of(19) {
        return Fault::status(401).into();
    }
    if number.is_multiple_of(23) {
        return Fault::status(500).into();
    }
    let answer = if wants_tool(request) {
        let (departure, arrival) = ROUTES[number % ROUTES.len()];
        let search = json!({"departure": departure, "arrival": arrival, "date": date});
        Answer::call("search_flights", search)
    } else if number.is_multiple_of(11) {
        Answer::text(format!("{TEXT}{UNFOUNDED}"))
    } else {
        Answer::text(TEXT)
    };
    let prompt = request.rough_tokens();
    let usage = Usage {
        prompt,
        completion: 24 + answer.text.len() as u64,
        // A conversation's later requests repeat its beginning.
        cached: if request.conversation().len() > 3 {
            prompt * 7 / 10
        } else {
            0
        },
        cache_write: 0,
        reasoning: 8,
    };
    let first = if number.is_multiple_of(29) {
        STALL
    } else {
        FIRST
    };
    let answer = answer.slow(first, PACE).with_usage(usage);
    match number % 31 {
        0 => answer.ending(Ending::ResetAfter(5)).into(),
        _ => answer.into(),
    }
}

/// The search is offered, and the last thing said was the person's.
fn wants_tool(request: &LlmRequest) -> bool {
    request.tool_names().contains(&"search_flights")
        && matches!(request.conversation().last(), Some(Entry::User(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::{Outcome, Protocol};

    fn request(number: usize, last: &serde_json::Value) -> LlmRequest {
        let tool = json!({"type": "function", "function": {"name": "search_flights"}});
        LlmRequest {
            number,
            connection: 0,
            protocol: Protocol::OpenAi,
            path: "/v1/chat/completions".to_owned(),
            headers: Vec::new(),
            body: json!({"model": "m", "messages": [last], "tools": [tool]}),
            outcome: Outcome::Answering,
        }
    }

    #[test]
    fn it_searches_first_and_then_says_that_it_is_scripted() {
        let asked = request(0, &json!({"role": "user", "content": "Lisbon?"}));
        let Reply::Answer(answer) = reply(&asked, "2027-01-05") else {
            unreachable!("a call was expected")
        };
        assert_eq!(answer.calls[0].name, "search_flights");
        assert!(answer.calls[0].arguments.concat().contains("2027-01-05"));
        let found = json!({"role": "tool", "tool_call_id": "1", "content": "5 offers"});
        let Reply::Answer(answer) = reply(&request(1, &found), "2027-01-05") else {
            unreachable!("a text was expected")
        };
        let text = answer.text.concat();
        assert!(answer.calls.is_empty() && text.contains("scripted") && text.contains("scriptée"));
    }

    #[test]
    fn among_a_hundred_requests_some_fail_in_each_way() {
        let asked = json!({"role": "user", "content": "Lisbon?"});
        let replies: Vec<_> = (0..100)
            .map(|n| reply(&request(n, &asked), "2027-01-05"))
            .collect();
        let status = |wanted| {
            replies
                .iter()
                .any(|reply| matches!(reply, Reply::Fault(fault) if fault.status == wanted))
        };
        assert!([429, 401, 500].into_iter().all(status));
        let broken = |reply: &Reply| matches!(reply, Reply::Answer(answer) if answer.ending == Ending::ResetAfter(5));
        assert!(replies.iter().any(broken));
        let stalled =
            |reply: &Reply| matches!(reply, Reply::Answer(answer) if answer.pace.first == STALL);
        assert!(replies.iter().any(stalled));
    }
}
