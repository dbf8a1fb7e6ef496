//! The classifier on sentences by another hand than the corpus, and on the sentences on which
//! selecting an offer depends.

use std::{error::Error, path::Path};

use language::intent::{Context, Intent, detect};

mod measure;

use measure::Measure;

/// Macro-F1, calibration error and safety of confirmations, bounded.
fn assert_measures(file: &str) -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/eval");
    let measure = Measure::of_file(&folder.join(file))?;
    assert!(measure.macro_f1() >= 0.90, "{measure}");
    assert!(measure.calibration_error() <= 0.05, "{measure}");
    assert_eq!(measure.false_confirmations(), Vec::<&str>::new());
    assert!(measure.confirmed() >= 0.70, "{measure}");
    assert!(measure.passed() >= 0.70, "{measure}");
    Ok(())
}

#[test]
fn french_held_out() -> Result<(), Box<dyn Error>> {
    assert_measures("intent_fr.jsonl")
}

#[test]
fn english_held_out() -> Result<(), Box<dyn Error>> {
    assert_measures("intent_en.jsonl")
}

const PROPOSED: Context<'_> = Context {
    previous: Some("Lyon – New York le 12 janvier, 640 €. Je retiens ce vol ?"),
    pending_proposal: true,
};
const ASKED_FR: Context<'_> = Context {
    previous: Some("Voulez-vous aussi le retour ?"),
    pending_proposal: false,
};
const ASKED_EN: Context<'_> = Context {
    previous: Some("Do you need a return flight?"),
    pending_proposal: false,
};
const NOTHING: Context<'_> = Context {
    previous: None,
    pending_proposal: false,
};

fn assert_intent(texts: &[&str], context: Context<'_>, expected: Intent) {
    for text in texts {
        let detection = detect(text, context);
        assert_eq!(detection.intent, expected, "{text}: {detection:?}");
    }
}

#[test]
fn a_go_ahead_confirms_what_is_proposed() {
    let texts = [
        "ok vas-y",
        "go for it",
        "fais le",
        "yes please",
        "parfait, on prend le deuxième",
        "oui",
        "yes",
        "c'est bon pour moi",
        "let's book it",
    ];
    for text in texts {
        let detection = detect(text, PROPOSED);
        assert!(detection.confirms(), "{text}: {detection:?}");
    }
}

#[test]
fn a_go_ahead_confirms_nothing_when_nothing_is_proposed() {
    for text in [
        "oui",
        "yes",
        "ok",
        "ok vas-y",
        "yes please",
        "sure",
        "d'accord",
    ] {
        for context in [NOTHING, ASKED_FR, ASKED_EN] {
            let detection = detect(text, context);
            assert!(!detection.confirms(), "{text}: {detection:?}");
        }
    }
    assert_intent(
        &["oui", "ok", "yes", "d'accord"],
        NOTHING,
        Intent::SmallTalk,
    );
}

#[test]
fn a_yes_to_the_agents_question_is_planning() {
    assert_intent(
        &["oui", "oui s'il te plaît", "ouais"],
        ASKED_FR,
        Intent::Planning,
    );
    assert_intent(&["yes", "yes please", "yep"], ASKED_EN, Intent::Planning);
}

#[test]
fn a_no_thanks_rejects() {
    for context in [NOTHING, PROPOSED] {
        assert_intent(
            &["non merci", "no thanks", "no thank you"],
            context,
            Intent::Rejection,
        );
    }
}

#[test]
fn a_consent_with_a_change_is_planning() {
    let texts = [
        "ok but the 16th",
        "ok mais le 16",
        "yes but for 3 people",
        "oui mais depuis Nantes",
    ];
    assert_intent(&texts, PROPOSED, Intent::Planning);
}
