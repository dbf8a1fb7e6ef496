//! Texts of what a person says of an answer, and of what a conversation took.

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    OpinionTexts {
        // Comment
        add_comment: "Ajouter un commentaire", "Add a comment";
        change_comment: "Modifier votre commentaire", "Change your comment";
        comment_label: "Votre commentaire, facultatif (1 000 caractères au plus)",
            "Your comment, optional (1,000 characters at most)";
        comment_kept: "Il reste avec cette conversation et disparaît avec elle.",
            "It stays with this conversation and goes with it.";
        save: "Enregistrer", "Save";
        comment_saved: "Commentaire enregistré.", "Comment saved.";
        comment_removed: "Commentaire supprimé.", "Comment removed.";
        can_comment: "Avis enregistré. Vous pouvez ajouter un commentaire.",
            "Rating saved. You can add a comment.";
        // Totals
        totals: "Cette conversation", "This conversation";
        turns: "Échanges", "Turns";
        tokens: "Jetons", "Tokens";
        time: "Temps de réponse", "Answering time";
        cost: "Coût", "Cost";
        estimated: "{usd} (estimation)", "{usd} (estimate, in US dollars)";
    }
}
