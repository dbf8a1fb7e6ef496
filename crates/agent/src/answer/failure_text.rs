//! What people read of a turn that failed.

use crate::{event::TurnFailure, llm::Remedy, locale::Locale};

impl TurnFailure {
    /// What people read instead of an answer.
    #[must_use]
    pub const fn public_text(&self, locale: Locale) -> &'static str {
        match self {
            Self::Deadline => locale.pick(
                "La réponse a pris trop de temps. Réessayez dans un instant.",
                "The answer took too long. Try again in a moment.",
            ),
            Self::Draining => locale.pick(
                "Le serveur redémarre. Réessayez dans un instant.",
                "The server is restarting. Try again in a moment.",
            ),
            Self::Model(error) => model_text(error.kind.remedy(), locale),
            Self::Unusable => locale.pick(
                "Désolé, la réponse du modèle de langage est inutilisable. Posez votre question autrement.",
                "Sorry, the language model’s answer cannot be used. Put your question another way.",
            ),
            Self::Tool { .. } | Self::Panic => locale.pick(
                "Une erreur est survenue de notre côté. Réessayez dans un instant.",
                "Something went wrong on our side. Try again in a moment.",
            ),
        }
    }
}

/// What people read where the model could not answer: only where time helps are they asked to wait.
const fn model_text(remedy: Remedy, locale: Locale) -> &'static str {
    match remedy {
        Remedy::Wait => locale.pick(
            "Désolé, le modèle de langage est injoignable pour le moment. Réessayez dans un instant.",
            "Sorry, the language model cannot be reached at the moment. Try again in a moment.",
        ),
        Remedy::Operator => locale.pick(
            "Désolé, le modèle de langage n’est pas bien configuré sur ce site. Seul son exploitant peut y remédier.",
            "Sorry, the language model is not set up correctly on this site. Only its operator can mend that.",
        ),
        Remedy::Rephrase => locale.pick(
            "Le fournisseur du modèle a retenu cette demande : son filtre de contenu ne l’a pas laissée passer. Formulez-la autrement.",
            "The provider of the model withheld this request: its content filter did not let it pass. Please put it another way.",
        ),
        Remedy::Shorten => locale.pick(
            "Cette conversation est trop longue pour le modèle de langage. Commencez-en une nouvelle, ou raccourcissez votre message.",
            "This conversation is too long for the language model. Start a new one, or shorten your message.",
        ),
        Remedy::AskLess => locale.pick(
            "La réponse du modèle dépassait la longueur permise. Demandez-en moins à la fois.",
            "The model's answer was longer than allowed. Ask for less at once.",
        ),
        Remedy::Unclear => locale.pick(
            "Le modèle de langage n’a pas accepté cette demande. Formulez-la autrement ; si cela persiste, prévenez l’exploitant du site.",
            "The language model did not accept this request. Put it another way; if that does not help, tell the operator of the site.",
        ),
    }
}
