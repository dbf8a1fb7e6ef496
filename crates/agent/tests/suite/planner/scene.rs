//! A turn as the planner sees it, round by round, with scripted tools.

use std::sync::Arc;

use agent::{
    capability::flights::FlightsFound,
    capability::flights::{
        check_price::CheckPrice, find_cheapest_dates::FindCheapestDates,
        get_airport_code::GetAirportCode, propose_offer::ProposeOffer,
        search_flights::SearchFlights,
    },
    capability::place::get_place_facts::GetPlaceFacts,
    context::{Handed, TurnContext},
    intent::Intent,
    language::{Input, Pending, TripRequest, understand},
    llm::{ChatRequest, Settings, ToolChoice, ToolSpec},
    locale::Locale,
    message::{Message, ToolCall},
    planner::{Call, Reply, Step, plan},
    tools::{Tool, ToolData, ToolError, ToolOutput, ToolResults},
    travel::Currency,
};
use serde_json::Value;

use super::fixtures;

/// What a scripted tool answers.
pub(super) type Outcome = Result<ToolData, ToolError>;

#[derive(Clone, Debug)]
pub(in crate::suite) struct Scene {
    pub(in crate::suite) context: TurnContext,
    pub(super) message: String,
    /// Calls that another model made in this turn before it failed, and what came of them.
    pub(super) called: Vec<(&'static str, Value, Outcome)>,
    pub(super) tools: Vec<&'static str>,
    pub(super) rounds: usize,
}

/// What a played turn came to.
#[derive(Debug)]
pub(super) struct Played {
    /// Calls of each round.
    pub(super) calls: Vec<Vec<Call>>,
    pub(super) text: String,
    pub(super) asks: Pending,
}

impl Scene {
    pub(in crate::suite) fn new(locale: Locale, intent: Intent, message: &str) -> Self {
        Self {
            context: TurnContext {
                confidence: 0.95,
                ..TurnContext::unread(
                    intent,
                    fixtures::NOW.parse().unwrap(),
                    locale,
                    Currency::eur(),
                )
            },
            message: message.to_owned(),
            called: Vec::new(),
            tools: vec![
                CheckPrice::NAME,
                FindCheapestDates::NAME,
                GetAirportCode::NAME,
                GetPlaceFacts::NAME,
                ProposeOffer::NAME,
                SearchFlights::NAME,
            ],
            rounds: 8,
        }
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut TurnContext)) -> Self {
        change(&mut self.context);
        self
    }

    /// Lyon to New York on 12 January, said in this message.
    pub(super) fn complete(self) -> Self {
        self.with(|context| {
            context.trip.origin = Some(fixtures::lyon());
            context.trip.destination = Some(fixtures::new_york());
            context.trip.depart_date = Some(fixtures::day("2027-01-12"));
            context.reading.depart_date = Some(fixtures::day("2027-01-12"));
        })
    }

    pub(super) fn without_tools(mut self) -> Self {
        self.tools.clear();
        self
    }

    /// The text of a turn that needs no tool.
    pub(super) fn says(self) -> String {
        let played = self.play(|call| panic!("unexpected call {call:?}"));
        played.text
    }

    /// The context with the questions of the message, as the turn reads them.
    fn read(&self) -> TurnContext {
        let read = understand(&Input {
            text: &self.message,
            previous: None,
            locale: self.context.locale,
            month_first: false,
            now: &self.context.now,
            trip: &TripRequest::default(),
            asked: self.context.asked.as_ref(),
        });
        let mut context = self.context.clone();
        context.reading.questions = read.questions;
        context
    }

    /// Plays the turn as `turn::Turn` does: results go back to the model, the last round has no
    /// tools.
    pub(super) fn play(self, mut tool: impl FnMut(&Call) -> Outcome) -> Played {
        let mut handed = handed(self.read());
        let mut messages = vec![Message::system("You are a travel agent.")];
        messages.push(Message::user(&self.message));
        for (at, (name, arguments, outcome)) in self.called.into_iter().enumerate() {
            let id = format!("call_0_{at}");
            messages.push(Message::Assistant {
                text: String::new(),
                tool_calls: vec![ToolCall {
                    id: id.clone(),
                    name: name.to_owned(),
                    arguments: arguments.to_string(),
                }],
            });
            messages.push(answered(&mut handed.results, id, name, outcome));
        }
        let mut calls = Vec::new();
        for round in 1..=self.rounds {
            let mut asked = request(messages.clone(), &self.tools);
            if round == self.rounds {
                asked.tool_choice = ToolChoice::None;
            }
            let step = plan(&asked, &handed);
            let called = match step {
                Step::Say(Reply { text, asks }) => return Played { calls, text, asks },
                Step::Call(called) => called,
            };
            assert!(!called.is_empty(), "a step without calls");
            let id = |at: usize| format!("call_{round}_{at}");
            messages.push(Message::Assistant {
                text: String::new(),
                tool_calls: called
                    .iter()
                    .enumerate()
                    .map(|(at, call)| ToolCall {
                        id: id(at),
                        name: call.name.to_owned(),
                        arguments: call.arguments.to_string(),
                    })
                    .collect(),
            });
            for (at, call) in called.iter().enumerate() {
                let is_offered = round < self.rounds && self.tools.contains(&call.name);
                assert!(is_offered, "{} is not offered", call.name);
                let outcome = tool(call);
                messages.push(answered(&mut handed.results, id(at), call.name, outcome));
            }
            calls.push(called);
        }
        panic!("the last round did not answer");
    }
}

fn answered(results: &mut ToolResults, call_id: String, name: &str, outcome: Outcome) -> Message {
    let text = outcome
        .as_ref()
        .err()
        .map(ToString::to_string)
        .unwrap_or_default();
    let failed = outcome.is_err();
    let result = outcome.map(|data| Arc::new(output(data)));
    results.add(call_id.clone(), result);
    Message::Tool {
        call_id,
        name: name.to_owned(),
        text,
        failed,
    }
}

impl Played {
    /// Names of the tools, round by round.
    pub(super) fn tools(&self) -> Vec<Vec<&'static str>> {
        let names = |calls: &Vec<Call>| calls.iter().map(|call| call.name).collect();
        self.calls.iter().map(names).collect()
    }

    /// The arguments of the first call of the nth round, from 0.
    pub(super) fn arguments(&self, round: usize) -> &Value {
        &self.calls[round][0].arguments
    }
}

/// The turn of a context, before any tool has answered.
pub(super) fn handed(context: TurnContext) -> Handed {
    Handed {
        context: Arc::new(context),
        results: ToolResults::default(),
    }
}

pub(super) fn request(messages: Vec<Message>, tools: &[&'static str]) -> ChatRequest {
    let spec = |name: &&'static str| ToolSpec {
        name,
        description: "",
        parameters: Value::Null.into(),
    };
    ChatRequest {
        messages,
        tools: tools.iter().map(spec).collect(),
        tool_choice: ToolChoice::Auto,
        settings: Settings::default(),
        extensions: http::Extensions::new(),
        thoughts: Arc::default(),
    }
}

fn output(data: ToolData) -> ToolOutput {
    ToolOutput {
        text: String::new(),
        data,
        card: None,
        result_count: 0,
        source: Some("offline"),
        effect: None,
    }
}

/// Answers calls from these offers and calendars: searches find the offers, a proposal proposes one
/// of them.
pub(super) fn agency(
    offers: Vec<agent::travel::Offer>,
    calendars: Vec<agent::travel::FareCalendar>,
) -> impl FnMut(&Call) -> Outcome {
    move |call| match call.name {
        SearchFlights::NAME => Ok(FlightsFound {
            offers: offers.clone(),
            found: offers.len(),
            searched: fixtures::meant(&call.arguments),
        }
        .into()),
        FindCheapestDates::NAME => {
            let month = call.arguments["month"].as_str().unwrap();
            let from = call.arguments["departure"].as_str().unwrap();
            let to = call.arguments["arrival"].as_str().unwrap();
            let known = calendars.iter().find(|calendar| {
                calendar.origin.as_str() == from && calendar.days[0].date.to_string()[..7] == *month
            });
            let calendar = known
                .cloned()
                .unwrap_or_else(|| fixtures::calendar(&from[..3], &to[..3], &[]));
            Ok(calendar.into())
        }
        ProposeOffer::NAME => {
            let id = call.arguments["offer_id"].as_str().unwrap();
            let offer = offers.iter().find(|offer| offer.id.0 == id);
            offer.map_or_else(
                || {
                    Err(ToolError::respond(
                        "no offer of the last search has this id",
                    ))
                },
                |offer| {
                    let pending = agent::booking::ProposalStatus::Pending;
                    Ok(fixtures::proposal(offer.clone(), pending).into())
                },
            )
        }
        other => panic!("unexpected call of {other}"),
    }
}

/// The departure's code is one that nobody knows.
pub(super) fn unknown(code: &str) -> ToolError {
    let problem = agent::tools::Problem::UnknownPlace(code.parse().unwrap());
    agent::tools::BadArgument::of("departure", problem).into()
}

/// Writes no-break spaces as blanks, to compare texts.
pub(super) fn blanks(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
