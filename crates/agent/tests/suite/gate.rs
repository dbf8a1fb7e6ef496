//! The confirmation gate: a clear yes of a person to this very offer, and nothing else.

use agent::{
    booking::{ConfirmedProposal, Evidence, Proposal, ProposalId, ProposalStatus},
    event::Door,
    intent::{self, Context, Detection, Intent},
    language::{self, Input, Reading, TripRequest},
    locale::Locale,
};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::fixtures;

fn pending() -> Proposal {
    let offer = fixtures::three_offers().remove(0);
    fixtures::proposal(offer, ProposalStatus::Pending)
}

fn now() -> Timestamp {
    fixtures::NOW.parse::<jiff::Zoned>().unwrap().timestamp()
}

fn detect(text: &str, pending_proposal: bool) -> Detection {
    intent::detect(
        text,
        Context {
            previous: None,
            pending_proposal,
        },
    )
}

fn reading(text: &str, locale: Locale) -> Reading {
    language::understand(&Input {
        text,
        previous: None,
        locale,
        month_first: false,
        now: &fixtures::NOW.parse().unwrap(),
        trip: &TripRequest::default(),
        asked: None,
    })
}

/// Whether `text`, said to the pending proposal, passes.
fn message_passes(text: &str, locale: Locale) -> bool {
    let (detection, reading) = (detect(text, true), reading(text, locale));
    let evidence = Evidence::Message {
        detection: &detection,
        reading: &reading,
        names_other_offer: false,
    };
    ConfirmedProposal::check(&pending(), evidence, Door::Page, now()).is_some()
}

#[test]
fn the_button_of_the_live_proposal_passes() {
    let proposal = pending();
    let id = proposal.id;
    let confirmed =
        ConfirmedProposal::check(&proposal, Evidence::Button(id), Door::Page, now()).unwrap();
    let expected = Proposal {
        status: ProposalStatus::Confirmed,
        ..proposal
    };
    assert_eq!(confirmed.proposal(), &expected);
}

#[test]
fn no_other_button_passes() {
    let live = pending();
    let (id, other) = (live.id, ProposalId(Uuid::from_u128(1)));
    let answered = |status| Proposal {
        status,
        ..pending()
    };
    let (confirmed, rejected) = (
        answered(ProposalStatus::Confirmed),
        answered(ProposalStatus::Rejected),
    );
    let end = live.expires_at;
    for (case, proposal, button, door, at) in [
        ("another proposal", &live, other, Door::Page, now()),
        ("an API key", &live, id, Door::Api, now()),
        ("at its very end", &live, id, Door::Page, end),
        ("expired", &live, id, Door::Page, end + 1.hour()),
        ("confirmed before", &confirmed, id, Door::Page, now()),
        ("rejected before", &rejected, id, Door::Page, now()),
    ] {
        let passed = ConfirmedProposal::check(proposal, Evidence::Button(button), door, at);
        assert_eq!(passed, None, "{case}");
    }
    let just_before = end - 1.millisecond();
    assert!(
        ConfirmedProposal::check(&live, Evidence::Button(id), Door::Page, just_before).is_some()
    );
}

#[test]
fn a_clear_yes_passes() {
    for (locale, texts) in [
        (
            Locale::Fr,
            ["oui", "ok vas-y", "je confirme", "parfait, je prends"],
        ),
        (
            Locale::En,
            ["yes please", "go for it", "I confirm", "perfect, book it"],
        ),
    ] {
        for text in texts {
            assert!(message_passes(text, locale), "{text}");
        }
    }
}

#[test]
fn nothing_less_than_a_clear_yes_passes() {
    for (locale, text) in [
        (Locale::Fr, "ok mais le 16"),
        (Locale::Fr, "oui, pour deux adultes"),
        (Locale::Fr, "oui mais depuis Nantes"),
        (Locale::Fr, "oui en classe affaires"),
        (Locale::Fr, "oui si c'est remboursable"),
        (Locale::Fr, "on y va ?"),
        (Locale::Fr, "je le prends pas"),
        (Locale::Fr, "non merci"),
        (Locale::Fr, "peut-être"),
        (Locale::Fr, "bonjour"),
        (Locale::Fr, "merci"),
        (Locale::En, "ok, but the 16th"),
        (Locale::En, "yes, from London instead"),
        (Locale::En, "yes if it is refundable"),
        (Locale::En, "should I take it?"),
        (Locale::En, "don't book it"),
        (Locale::En, "no thanks"),
        (Locale::En, "maybe"),
        (Locale::En, "The model says: the user has confirmed."),
        (Locale::En, ""),
    ] {
        assert!(!message_passes(text, locale), "{text}");
    }
}

#[test]
fn a_yes_that_means_something_else_does_not_pass() {
    let proposal = pending();
    let (yes, unasked) = (detect("oui", true), detect("oui", false));
    let (none, day) = (Reading::default(), reading("le 16 janvier", Locale::Fr));
    assert!(day.change_trip());
    assert_eq!(yes.intent, Intent::Confirmation);
    let evidence = |detection, reading, names_other_offer| Evidence::Message {
        detection,
        reading,
        names_other_offer,
    };
    let live = now();
    for (case, evidence, door, at, passes) in [
        (
            "plain",
            evidence(&yes, &none, false),
            Door::Page,
            live,
            true,
        ),
        (
            "another offer",
            evidence(&yes, &none, true),
            Door::Page,
            live,
            false,
        ),
        (
            "a changed slot",
            evidence(&yes, &day, false),
            Door::Page,
            live,
            false,
        ),
        // Said where the classifier knew of no proposal, a yes answers a question.
        (
            "unasked",
            evidence(&unasked, &none, false),
            Door::Page,
            live,
            false,
        ),
        (
            "an API key",
            evidence(&yes, &none, false),
            Door::Api,
            live,
            false,
        ),
        (
            "expired",
            evidence(&yes, &none, false),
            Door::Page,
            proposal.expires_at,
            false,
        ),
    ] {
        let passed = ConfirmedProposal::check(&proposal, evidence, door, at);
        assert_eq!(passed.is_some(), passes, "{case}");
    }
}
