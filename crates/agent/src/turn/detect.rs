//! Understanding of the message: language, intent, slots, and the confirmation gate.

use std::sync::Arc;

use super::{Decision, Turn};
use crate::{
    booking::{ConfirmedProposal, Evidence},
    intent::{self, Detection, Intent},
    llm::TurnContext,
    locale::Locale,
    telemetry::spans,
    understanding::{self, Choice, Input, Slots},
};

impl Turn<'_> {
    /// Understands the message and settles what it means for the live proposal.
    pub(super) fn detect(&mut self) -> TurnContext {
        let guard = spans::detect_intent();
        let span = guard.span().clone();
        let context = span.in_scope(|| self.understand());
        guard.record("agent.intent", context.intent.as_str());
        guard.record("agent.intent.confidence", f64::from(context.confidence));
        guard.record("agent.locale", context.locale.as_str());
        guard.succeed();
        context
    }

    fn understand(&mut self) -> TurnContext {
        let locale = self.locale();
        let previous = self.request.history.last().filter(|past| past.by_agent);
        let previous = previous.map(|past| past.text.as_str());
        let asked = previous.and_then(understanding::asked_slot);
        let slots = understanding::understand(&Input {
            text: &self.request.message,
            previous,
            locale,
            now: &self.request.now,
            trip: &self.state.trip,
            asked,
        });
        let now = self.request.now.timestamp();
        let live = self
            .state
            .proposal
            .clone()
            .filter(|proposal| proposal.is_live(now));
        let detection = self.intent(&slots, previous, live.is_some());
        self.confirmed = live.as_ref().and_then(|proposal| {
            let evidence = match self.request.decision {
                Some(Decision::Confirm(id)) => Evidence::Button(id),
                Some(Decision::Reject(_)) => return None,
                None => Evidence::Message {
                    detection: &detection,
                    slots: &slots,
                    names_other_offer: self.names_other_offer(&slots),
                },
            };
            ConfirmedProposal::check(proposal, evidence, self.request.door, now).map(Arc::new)
        });
        if detection.intent == Intent::Confirmation {
            tracing::info!("Confirmation intent detected");
        }
        let mut problems = slots.problems.clone();
        if matches!(detection.intent, Intent::Planning | Intent::Confirmation) {
            let today = self.request.now.date();
            let (trip, found) = self.state.trip.merge(&slots, asked, today);
            self.state.trip = trip;
            problems.extend(
                found
                    .into_iter()
                    .filter(|problem| !slots.problems.contains(problem)),
            );
        }
        self.state.locale = Some(locale);
        let proposal = self.state.proposal.clone();
        self.settle_proposal(detection.intent);
        TurnContext {
            intent: detection.intent,
            confidence: detection.confidence,
            slots,
            trip: self.state.trip.clone(),
            problems,
            asked,
            offers: self.state.offers.clone(),
            proposal,
            confirmed: self.confirmed.is_some(),
            now: self.request.now.clone(),
            locale,
            currency: self.request.currency,
        }
    }

    fn locale(&self) -> Locale {
        self.request
            .locale
            .or_else(|| intent::language::detect_language(&self.request.message))
            .or(self.state.locale)
            .unwrap_or(self.request.fallback_locale)
    }

    /// The embedded classifier's verdict; a button needs none. A yes that changes the trip is a wish.
    fn intent(&self, slots: &Slots, previous: Option<&str>, pending: bool) -> Detection {
        match self.request.decision {
            Some(Decision::Confirm(_)) => Detection {
                intent: Intent::Confirmation,
                confidence: 1.0,
            },
            Some(Decision::Reject(_)) => Detection {
                intent: Intent::Rejection,
                confidence: 1.0,
            },
            None => {
                let context = intent::Context {
                    previous,
                    pending_proposal: pending,
                };
                let detection = intent::detect(&self.request.message, context);
                let wish = detection.intent == Intent::Confirmation && slots.change_trip();
                if wish {
                    Detection {
                        intent: Intent::Planning,
                        ..detection
                    }
                } else {
                    detection
                }
            }
        }
    }

    /// Whether the message points at an offer that is not the proposed one.
    fn names_other_offer(&self, slots: &Slots) -> bool {
        let Some(choice) = slots.choice else {
            return false;
        };
        let offers = &self.state.offers;
        let meant = match choice {
            Choice::Nth(n) => offers.get(usize::from(n).wrapping_sub(1)),
            Choice::Last => offers.last(),
            Choice::Cheapest => offers.iter().min_by_key(|offer| offer.total.minor),
            Choice::Fastest => offers.iter().min_by_key(|offer| offer.duration()),
            Choice::Best => offers.first(),
        };
        let proposed = self
            .state
            .proposal
            .as_ref()
            .map(|proposal| &proposal.offer.id);
        meant.map(|offer| &offer.id) != proposed
    }
}
