//! Understanding of the message: language, intent, reading, and the confirmation gate.

use std::sync::Arc;

use tracing::Instrument;

use super::{Decision, Turn, journey};
use crate::{
    booking::{self, ConfirmedProposal, Proposal},
    context::{IntentSource, TurnContext},
    intent::{self, Detection, Evidence, Intent, settle},
    language::{self, Choice, Input, Pending, Polarity, Reading, Topic, Wish},
    locale::Locale,
    planner,
    telemetry::spans,
};

/// What the message wants, and how that is known.
pub(super) struct Verdict {
    pub(super) intent: Intent,
    pub(super) confidence: f32,
    /// Who decided; `None` when a button was pressed.
    pub(super) source: Option<IntentSource>,
    /// The classifier's own; `None` when a button was pressed.
    detection: Option<Detection>,
}

/// The message as it was read, before it changes anything.
struct Heard {
    locale: Locale,
    previous: Option<String>,
    /// What the agent waited for, as it said itself or as its words tell.
    asked: Option<Pending>,
    reading: Reading,
    /// The proposal that a yes would confirm.
    live: Option<Proposal>,
}

impl Turn<'_> {
    /// Understands the message and settles what it means for the live proposal.
    pub(super) async fn detect(&mut self) -> TurnContext {
        let guard = spans::detect_intent();
        let span = guard.span().clone();
        let context = self.understand().instrument(span).await;
        if let Some(source) = context.source {
            guard.record("agent.intent.source", source.as_str());
        }
        guard.record("agent.intent", context.intent.as_str());
        guard.record("agent.intent.confidence", f64::from(context.confidence));
        guard.record("agent.locale", context.locale.as_str());
        guard.succeed();
        context
    }

    async fn understand(&mut self) -> TurnContext {
        let heard = self.read();
        let previous = heard.previous.as_deref();
        let pending = heard.live.is_some();
        let mut verdict = self.verdict(&heard, previous, pending);
        if let Some(intent) = self.second_opinion(&verdict, previous, pending).await {
            verdict.intent = intent;
            verdict.source = Some(IntentSource::Model);
        }
        self.settle(heard, &verdict)
    }

    fn read(&self) -> Heard {
        let locale = self.locale();
        let previous = self.request.history.last().filter(|past| past.by_agent);
        let previous = previous.map(|past| past.text.clone());
        let asked = self.state.pending.clone().or_else(|| {
            let slot = previous.as_deref().and_then(language::asked_slot);
            slot.map(Pending::slot)
        });
        let mut reading = language::understand(&Input {
            text: &self.request.message,
            previous: previous.as_deref(),
            locale,
            month_first: self.request.month_first,
            now: &self.request.now,
            trip: &self.state.trip,
            asked: asked.as_ref(),
        });
        planner::quarter::settle(&mut reading, &self.state.trip, &self.request.message);
        // "actually no bag" refuses, and asks nothing.
        let asks = self.request.message.contains('?');
        let refuses = reading
            .wishes
            .iter()
            .any(|wish| wish.polarity == Polarity::Refused);
        if self.is_about_offers() && (asks || !refuses) && !self.takes_back(&reading) {
            let mut asked_of_offers = reading.clone();
            asked_of_offers.ask_of_offers();
            // "rather in economy, with a bag" is another search, and the bag belongs to it.
            if !asked_of_offers.change_trip() {
                reading = asked_of_offers;
            }
        }
        let now = self.request.now.timestamp();
        let live = self.state.proposal.clone();
        Heard {
            locale,
            previous,
            asked,
            reading,
            live: live.filter(|proposal| proposal.is_live(now)),
        }
    }

    /// What the verdict does to the state of the conversation.
    fn settle(&mut self, heard: Heard, verdict: &Verdict) -> TurnContext {
        let Heard {
            locale,
            asked,
            reading,
            live,
            ..
        } = heard;
        if live.is_some() && verdict.intent == Intent::Confirmation {
            tracing::info!("Confirmation intent detected");
        }
        self.confirmed = live
            .filter(|proposal| self.is_asked_for(proposal))
            .and_then(|proposal| self.confirmed(&proposal, verdict, &reading))
            .map(Arc::new);
        let mut problems = reading.problems.clone();
        let mut trip_changed = false;
        // "A week in the sun, for two": who asks where to go says as much of the trip.
        let says = reading.change_trip()
            && verdict.intent != Intent::BookingManagement
            && reading
                .asked()
                .any(|question| question.topic.takes_trip_facts());
        if says || matches!(verdict.intent, Intent::Planning | Intent::Confirmation) {
            let today = self.request.now.date();
            let slot = asked.as_ref().and_then(Pending::awaited_slot);
            let (trip, found) = self.state.trip.merge(&reading, slot, today);
            // What matters in the choice ("the cheapest") is no other trip.
            // An offer that waits is withdrawn by another journey; what is said anew can be taken back.
            trip_changed = reading.change_trip() && !journey::is_same(&self.state.trip, &trip);
            let said_anew = reading.change_trip() && trip != self.state.trip;
            let undoes = reading
                .asked()
                .any(|question| question.topic == Topic::Undo);
            if said_anew && !undoes {
                self.wished_anew = self.state.wish(trip);
            } else {
                self.state.trip = trip;
                self.state.plan = self.state.plan.following(&self.state.trip);
            }
            problems.extend(
                found
                    .into_iter()
                    .filter(|problem| !reading.problems.contains(problem)),
            );
        } else {
            // What only asks is no plan, but the next message may go on from it.
            self.state.trip = self.state.trip.remember(&reading);
        }
        self.state.locale = Some(locale);
        // The message answers it; what the agent asks next is not known yet.
        self.state.pending = None;
        let proposal = self.state.proposal.clone();
        self.settle_proposal(verdict.intent, trip_changed);
        let stays = self.state.plan.stays.iter();
        let stays = stays.map(|stay| (stay.city, stay.check_in, stay.check_out));
        TurnContext {
            stays: stays.collect(),
            intent: verdict.intent,
            confidence: verdict.confidence,
            source: verdict.source,
            reading,
            trip: self.state.trip.clone(),
            problems,
            asked,
            offers: self.state.offers.clone(),
            shown: self.shown(),
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

    /// The embedded classifier's verdict; a button needs none. What changes the trip
    /// that is being planned is a wish.
    fn verdict(&self, heard: &Heard, previous: Option<&str>, pending: bool) -> Verdict {
        let (reading, asked) = (&heard.reading, heard.asked.as_ref());
        let by_button = |intent| Verdict {
            intent,
            confidence: 1.0,
            source: None,
            detection: None,
        };
        match self.request.decision {
            Some(Decision::Confirm(_)) => by_button(Intent::Confirmation),
            Some(Decision::Reject(_)) => by_button(Intent::Rejection),
            None => {
                // "Shall I search again?" is answered like a proposal, and confirms none.
                let context = intent::Context {
                    previous,
                    pending_proposal: pending || asked == Some(&Pending::Search),
                };
                let detection = intent::detect(&self.request.message, context);
                let trip = &self.state.trip;
                let evidence = Evidence {
                    text: &self.request.message,
                    reading,
                    asked,
                    planned: trip.origin.is_some() && trip.destination.is_some(),
                    about_offers: self.is_about_offers(),
                };
                let mut intent = settle(detection.intent, detection.confidence, &evidence);
                if self.takes_back(reading) {
                    intent = Intent::Planning;
                }
                Verdict {
                    intent,
                    confidence: detection.confidence,
                    source: Some(IntentSource::Embedded),
                    detection: Some(detection),
                }
            }
        }
    }

    /// Whether a yes may mean the proposal: a button does, and words do unless the agent asked something
    /// else.
    fn is_asked_for(&self, proposal: &Proposal) -> bool {
        let id = proposal.id.to_string();
        let asked = self.state.pending.as_ref();
        self.request.decision.is_some() || asked.is_none_or(|asked| asked.may_confirm(&id))
    }

    /// The proposal, if the person has just said yes to it.
    fn confirmed(
        &self,
        proposal: &Proposal,
        verdict: &Verdict,
        reading: &Reading,
    ) -> Option<ConfirmedProposal> {
        let evidence = match (self.request.decision, &verdict.detection) {
            (Some(Decision::Confirm(id)), _) => booking::Evidence::Button(id),
            (None, Some(detection)) => booking::Evidence::Message {
                detection,
                reading,
                names_other_offer: self.names_other_offer(reading),
            },
            (Some(Decision::Reject(_)) | None, _) => return None,
        };
        let now = self.request.now.timestamp();
        ConfirmedProposal::check(proposal, evidence, self.request.door, now)
    }

    /// Whether the message is a question about the offers that are shown, or asks for more of them.
    fn is_about_offers(&self) -> bool {
        !self.state.offers.is_empty() && planner::is_about_shown_offers(&self.request.message)
    }

    /// Whether the message drops a wish of the trip, and does not merely ask: "any airline".
    fn takes_back(&self, reading: &Reading) -> bool {
        let indifferent = |wish: &Wish| wish.polarity == Polarity::Indifferent;
        let today = self.request.now.date();
        reading.wishes.iter().any(indifferent)
            && !self.request.message.trim_end().ends_with('?')
            && self.state.trip.merge(reading, None, today).0 != self.state.trip
    }

    /// How many offers of the last search the person has seen.
    fn shown(&self) -> u16 {
        let pages = self.state.search.as_ref().map_or(0, |search| search.skip);
        let shown = pages.saturating_add(self.state.offers.len());
        u16::try_from(shown).unwrap_or(u16::MAX)
    }

    /// Whether the message points at an offer that is not the proposed one.
    fn names_other_offer(&self, reading: &Reading) -> bool {
        let Some(choice) = reading.choice else {
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
