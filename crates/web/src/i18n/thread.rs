//! Texts of the thread, the input and the list of conversations.

use super::bilingual::bilingual;

bilingual! {
    /// What templates show, in one language.
    ThreadTexts {
        answers: "Réponse", "Answer";
        wordings: "Formulation", "Wording";
        previous: "Version précédente", "Previous version";
        next: "Version suivante", "Next version";
        edit: "Modifier ce message", "Edit this message";
        edit_label: "Votre message, à reformuler", "Your message, to be reworded";
        edit_send: "Envoyer à la place", "Send instead";
        cancel: "Annuler", "Cancel";
        again: "Répondre à nouveau", "Answer again";
        copy_link: "Copier le lien de cette réponse", "Copy the link to this answer";
        link_copied: "Lien copié.", "Link copied.";
        pin: "Épingler", "Pin";
        unpin: "Détacher", "Unpin";
        pinned: "Épinglées", "Pinned";
        today: "Aujourd’hui", "Today";
        yesterday: "Hier", "Yesterday";
        this_week: "7 derniers jours", "Last 7 days";
        queue: "Messages en attente", "Messages waiting";
        queued: "En attente", "Waiting";
        send_now: "Envoyer maintenant", "Send now";
        take_back: "Reprendre ce message", "Take this message back";
        keys: "Raccourcis clavier", "Keyboard shortcuts";
        close: "Fermer", "Close";
        key_send: "Envoyer, ou mettre en attente pendant une réponse", "Send, or queue while an answer comes";
        key_line: "Nouvelle ligne", "New line";
        key_edit: "Modifier votre dernier message, si le champ est vide",
            "Edit your last message, when the input is empty";
        key_input: "Aller au champ de saisie", "Go to the input";
        key_commands: "Commandes, au début du message", "Commands, at the start of a message";
        key_stop: "Arrêter la réponse, fermer un menu", "Stop the answer, close a menu";
        key_help: "Afficher cette aide", "Show this help";
        enter: "Entrée", "Enter";
        shift: "Maj", "Shift";
        escape: "Échap", "Esc";
        commands: "Commandes", "Commands";
        quote: "Citer", "Quote";
        go_on: "Continuer", "Continue";
        go_on_named: "Continuer\u{a0}: {question}", "Continue: {question}";
        step_failed: "échec\u{a0}: {why}", "failed: {why}";
    }
}

bilingual! {
    /// What scripts show; it travels with the other texts for scripts.
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    ThreadScript {
        pinned: "Épinglées", "Pinned";
        today: "Aujourd’hui", "Today";
        yesterday: "Hier", "Yesterday";
        this_week: "7 derniers jours", "Last 7 days";
        queued_said: "Message mis en attente.", "Message queued.";
        taken_back: "Message repris.", "Message taken back.";
        deleting: "La conversation est supprimée.", "The conversation is deleted.";
        undo: "Annuler", "Undo";
        restored: "Conversation rétablie.", "Conversation restored.";
        command_new: "Nouvelle conversation", "New conversation";
        command_export: "Exporter le voyage (texte)", "Export the trip (text)";
        command_trips: "Vos voyages", "Your trips";
        command_traces: "Traces", "Traces";
        command_theme: "Changer de thème", "Change the theme";
        command_help: "Raccourcis clavier", "Keyboard shortcuts";
    }
}
