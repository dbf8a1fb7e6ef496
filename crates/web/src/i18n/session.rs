//! Texts of the page of a session.

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    SessionTexts {
        title: "Conversation", "Conversation";
        explained: "Tous les échanges d’une conversation, du premier au dernier, d’après la base de données. Les durées vont de l’admission à la fin de la réponse, sans son enregistrement.",
            "All turns of a conversation, first to last, from the database. Times run from admission to the end of the answer, without storing it.";
        turn: "Échange", "Turn";
        first_text: "Premier mot", "First word";
        tokens_in: "Jetons lus", "Tokens read";
        tokens_out: "Jetons écrits", "Tokens written";
        cached: "dont en cache", "of them cached";
        running: "en cours", "running";
        rating: "Avis", "Rating";
    }
}
