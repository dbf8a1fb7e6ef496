//! A scripted model for demonstrations: it calls a tool, answers with a text that says it is scripted,
//! and fails often enough for retries, fallbacks and costs to show.

use std::time::Duration;

use serde_json::json;

use super::{Answer, Ending, Entry, Fault, LlmRequest, Reply, Usage};

const TEXT: &str = "Réponse scriptée de démonstration : la recherche a bien eu lieu, ses offres sont sur \
    les cartes, mais aucun modèle de langage n’a écrit ceci. (A scripted demo answer: the offers are \
    on the cards, and no language model wrote this.)";
/// Wait before each word, so that one sees it stream.
const PACE: Duration = Duration::from_millis(15);
const FIRST: Duration = Duration::from_millis(120);
/// Bytes of a request that make one token, roughly.
const BYTES_PER_TOKEN: usize = 4;
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
    if number % 13 == 0 {
        return Fault::status(429).retry_after(1).into();
    }
    if number % 19 == 0 {
        return Fault::status(401).into();
    }
    if number % 23 == 0 {
        return Fault::status(500).into();
    }
    let answer = if wants_tool(request) {
        let (departure, arrival) = ROUTES[number % ROUTES.len()];
        let search = json!({"departure": departure, "arrival": arrival, "date": date});
        Answer::call("search_flights", search)
    } else {
        Answer::text(TEXT)
    };
    let prompt = (request.body.to_string().len() / BYTES_PER_TOKEN) as u64;
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
    };
    let answer = answer.slow(FIRST, PACE).with_usage(usage);
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
