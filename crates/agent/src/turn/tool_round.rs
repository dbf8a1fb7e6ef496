//! One round of tool calls, side by side.

use std::{borrow::Cow, collections::HashSet, sync::Arc};

use futures::{StreamExt, stream::FuturesUnordered};

use super::Turn;
use crate::{
    booking::{Proposal, ProposalStatus},
    capability::flights::FlightsFound,
    context::TurnContext,
    event::{TurnEvent, TurnFailure},
    language::{DateSpan, Place, TripRequest},
    llm::{Answer, assemble::MAX_CALLS},
    message::{Message, ToolCall},
    prompt::tier::Tier,
    tools::{Effect, Finished, ToolContext, ToolError},
    travel::{FlightSearch, Iata, Offer},
    trip::Part,
};

impl Turn<'_> {
    /// Runs the calls of an answer and adds them, with their results, to the prompt.
    pub(super) async fn run_tools(
        &mut self,
        answer: Answer,
        context: &TurnContext,
        tier: Tier,
    ) -> Result<(), TurnFailure> {
        let tool_context = ToolContext {
            now: context.now.clone(),
            locale: context.locale,
            currency: context.currency,
            state: Arc::new(self.state.clone()),
            confirmed: self.confirmed.clone(),
            tier,
            direct: None,
            conversation: Some(self.request.conversation_id),
            capture_content: self.request.capture_content,
        };
        let calls = answer.tool_calls.into_iter();
        let calls = calls.map(|call| self.agent.tools.understood(tier, call));
        let calls = self.with_unique_ids(calls);
        let (running, left) = calls.split_at(calls.len().min(MAX_CALLS));
        for call in running {
            self.emit(TurnEvent::ToolStarted {
                id: call.id.clone(),
                name: call.name.clone(),
                arguments: call.json().unwrap_or_default(),
            });
        }
        let left: Vec<_> = left.iter().map(not_run).collect();
        let mut running: FuturesUnordered<_> = running
            .iter()
            .enumerate()
            .map(|(at, call)| {
                let finished = self.agent.tools.dispatch(&tool_context, call.clone());
                async move { (at, finished.await) }
            })
            .collect();
        let mut finished = Vec::with_capacity(calls.len());
        while let Some((at, done)) = running.next().await {
            self.emit(tool_finished(&done));
            finished.push((at, done));
        }
        drop(running);
        // Cards, effects and results in the order of the calls, whichever tool was faster.
        finished.sort_by_key(|(at, _)| *at);
        if let Some(first) = calls.first().filter(|_| !answer.reasoning.is_empty()) {
            Arc::make_mut(&mut self.thoughts).insert(first.id.clone(), answer.reasoning);
        }
        // Some models put a blank before their calls: providers refuse a text of blanks.
        let text = if answer.text.trim().is_empty() {
            String::new()
        } else {
            answer.text
        };
        self.add(Message::Assistant {
            text,
            tool_calls: calls,
        });
        // Of several searches the conversation goes on with that of its own trip.
        let own = finished
            .iter()
            .position(|(_, done)| shown(done).is_some_and(|search| is_of(&context.trip, search)));
        for (at, (_, done)) in finished.into_iter().enumerate() {
            let aside = shown(&done).is_some() && own.is_some_and(|own| own != at);
            self.take(done, aside)?;
        }
        for message in left {
            self.add(message);
        }
        Ok(())
    }

    /// Ids are unique within the conversation, whatever the model says; one that is stays as it is.
    fn with_unique_ids(&self, calls: impl Iterator<Item = ToolCall>) -> Vec<ToolCall> {
        // The prompt may leave out what a later one of another tier holds.
        let earlier = self
            .request
            .history
            .iter()
            .flat_map(|past| &past.transcript);
        let told = earlier.chain(&self.messages);
        let answered = told.filter_map(|message| match message {
            Message::Tool { call_id, .. } => Some(Cow::from(call_id)),
            Message::System { .. } | Message::User { .. } | Message::Assistant { .. } => None,
        });
        let mut taken: HashSet<_> = answered.collect();
        let unique = |call: ToolCall| {
            let (mut id, mut nth) = (call.id.clone(), 1);
            while !taken.insert(Cow::from(id.clone())) {
                nth += 1;
                id = format!("{}_{nth}", call.id);
            }
            ToolCall { id, ..call }
        };
        calls.map(unique).collect()
    }

    /// Adds a result to the prompt; `aside`: the conversation does not go on with its offers.
    fn take(&mut self, done: Finished, aside: bool) -> Result<(), TurnFailure> {
        let ToolCall { id, name, .. } = done.call;
        let text = match &done.result {
            Ok(output) => {
                if let Some(card) = &output.card {
                    self.emit(TurnEvent::Card(card.clone()));
                }
                self.remember(output.effect.as_ref().filter(|_| !aside));
                output.text.clone()
            }
            Err(ToolError::Fatal(detail)) => {
                let detail = detail.clone();
                return Err(TurnFailure::Tool { name, detail });
            }
            Err(error) => error.to_string(),
        };
        self.add(Message::Tool {
            call_id: id.clone(),
            name,
            text,
            failed: done.result.is_err(),
        });
        self.results.add(id, done.result);
        Ok(())
    }

    fn remember(&mut self, effect: Option<&Effect>) {
        match effect {
            // No further page: those that were shown stay.
            Some(Effect::Shown(found)) if found.offers.is_empty() && found.searched.skip > 0 => {}
            Some(Effect::Shown(FlightsFound {
                offers, searched, ..
            })) => {
                self.state
                    .proposal
                    .take_if(|proposal| hides(offers, proposal));
                self.state.offers.clone_from(offers);
                self.state.search = Some(searched.clone());
            }
            Some(Effect::Proposed(proposal)) => {
                self.state.proposal = Some(proposal.clone());
                self.emit(TurnEvent::Proposed(Box::new(proposal.clone())));
            }
            Some(Effect::Planned(part)) => self.grow(part.clone()),
            None => {}
        }
    }

    /// Adds a part to the trip in the making.
    fn grow(&mut self, part: Part) {
        if part == Part::Undo {
            self.state.take_back();
        } else {
            // What follows from other wishes is taken back with them.
            let wished = self.wished_anew.then(|| self.state.plan.before.clone());
            self.state.plan = self.state.plan.with(part);
            if let Some(before) = wished {
                self.state.plan.before = before;
            }
        }
        self.emit(TurnEvent::Planned(Box::new(self.state.plan.clone())));
    }
}

/// What a model is told of a call too many.
fn not_run(call: &ToolCall) -> Message {
    Message::Tool {
        call_id: call.id.clone(),
        name: call.name.clone(),
        text: format!("not run: {MAX_CALLS} calls run at once; call it again if it is needed"),
        failed: true,
    }
}

/// The search whose offers a call has shown.
fn shown(done: &Finished) -> Option<&FlightSearch> {
    match &done.result.as_ref().ok()?.effect {
        Some(Effect::Shown(found)) => Some(&found.searched.search),
        _ => None,
    }
}

/// Whether a search is of that trip.
fn is_of(trip: &TripRequest, search: &FlightSearch) -> bool {
    let Some(first) = search.legs.first() else {
        return false;
    };
    let codes = |place: &Option<Place>, searched: &[Iata]| {
        let place = place.as_ref();
        place.is_some_and(|place| place.codes == searched)
    };
    let within = |span: &DateSpan| span.from <= first.depart && first.depart <= span.to;
    codes(&trip.origin, &first.origins)
        && codes(&trip.destination, &first.destinations)
        && trip.depart_date.as_ref().is_some_and(within)
}

/// Whether a pending proposal is of an offer that is no longer among those shown: a yes after them
/// would mean one of them, or the search.
fn hides(shown: &[Offer], proposal: &Proposal) -> bool {
    proposal.status == ProposalStatus::Pending
        && shown.iter().all(|offer| offer.id != proposal.offer.id)
}

fn tool_finished(done: &Finished) -> TurnEvent {
    TurnEvent::ToolFinished {
        id: done.call.id.clone(),
        success: done.result.is_ok(),
        result_count: done.result.as_ref().map_or(0, |output| output.result_count),
        latency_ms: done.elapsed.as_secs_f64() * 1e3,
        error: done.result.as_ref().err().map(ToString::to_string),
        source: done.result.as_ref().ok().and_then(|output| output.source),
    }
}
