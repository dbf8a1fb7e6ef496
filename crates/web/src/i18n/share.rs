//! Texts of links that share a conversation: the page that makes them and the page that they open.

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    ShareTexts {
        share: "Partager un lien…", "Share a link…";
        title: "Partager en lecture seule", "Share read-only";
        lead: "Toute personne qui a le lien peut lire cette conversation, jusqu’au dernier message de l’aperçu. Ce que vous écrirez ensuite n’y figurera pas. Personne ne peut y répondre, réserver ou confirmer quoi que ce soit.",
            "Anyone who has the link can read this conversation up to the last message of the preview. What you write later is not part of it. Nobody can answer, book or confirm anything there.";
        lasts: "Le lien fonctionne pendant", "The link works for";
        day: "1 jour", "1 day";
        week: "7 jours", "7 days";
        month: "30 jours", "30 days";
        make: "Créer le lien", "Create the link";
        made: "Votre lien est prêt", "Your link is ready";
        made_once: "Copiez-le maintenant\u{a0}: il n’est pas conservé et ne sera plus affiché.",
            "Copy it now: it is not kept and will not be shown again.";
        link: "Lien de partage", "Share link";
        copy: "Copier", "Copy";
        copied: "Copié", "Copied";
        links: "Liens actifs", "Active links";
        no_links: "Aucun lien actif.", "No active link.";
        made_on: "Créé le {date}", "Made on {date}";
        works_until: "fonctionne jusqu’au {date}", "works until {date}";
        unshare: "Ne plus partager", "Unshare";
        unshare_of: "Ne plus partager le lien créé le {date}", "Unshare the link made on {date}";
        preview: "Aperçu", "Preview";
        preview_hint: "Exactement ce qu’un inconnu verra. Adresses e-mail, numéros de téléphone, de carte et de passeport sont masqués, de même que les adresses postales que vous avez écrites\u{a0}; relisez le reste.",
            "Exactly what a stranger will see. E-mail addresses and phone, card and passport numbers are masked, and so are postal addresses that you wrote; read the rest before you share it.";
        nothing: "Il n’y a encore rien à partager\u{a0}: attendez la fin de la réponse.",
            "There is nothing to share yet: wait for the answer to end.";
        too_many: "Cette conversation a déjà 20 liens\u{a0}: supprimez-en un d’abord.",
            "This conversation has 20 links already: unshare one of them first.";
        back: "Retour à la conversation", "Back to the conversation";
        shared: "Conversation partagée", "Shared conversation";
        shared_on: "Lecture seule, telle qu’elle était le {date}. Les prix et les horaires ont pu changer.",
            "Read-only, as it was on {date}. Prices and times may have changed.";
        shared_until: "Le lien fonctionne jusqu’au {date}.", "The link works until {date}.";
        person: "Le voyageur", "The traveller";
        messages: "Messages partagés", "Shared messages";
        proposed: "Proposé dans cette conversation\u{a0}:", "Proposed in this conversation:";
        proposed_only: "Rien ne peut être confirmé ici.", "Nothing can be confirmed here.";
        start: "Préparer votre propre voyage", "Plan a trip of your own";
    }
}
