//! Texts of the trace viewer.

use agent::{intent::Intent, locale::Locale};

use super::bilingual::{bilingual, pick};
use crate::traces::summary::Status;

bilingual! {
    /// The viewer's texts in one language.
    ViewerTexts {
        // Frame
        skip: "Aller au contenu", "Skip to the content";
        conversations: "Conversations", "Conversations";
        sign_in: "Connexion administrateur", "Admin sign-in";
        sign_out: "Se déconnecter", "Sign out";
        copy: "Copier l’identifiant", "Copy the id";
        copied: "Copié", "Copied";
        // List
        own_only: "Les traces de vos propres échanges.",
            "The traces of your own turns.";
        everything: "Les traces de tous les échanges.",
            "The traces of all turns.";
        filter: "Filtrer", "Filter";
        reset: "Effacer", "Clear";
        any: "toutes", "any";
        any_status: "tous", "any";
        intent: "Intention", "Intent";
        status: "Statut", "Status";
        min_ms: "Durée min. (ms)", "At least (ms)";
        tool: "Outil", "Tool";
        model: "Modèle", "Model";
        limit: "Lignes", "Lines";
        search: "Contient", "Contains";
        more_lines: "Les {n} plus récentes ; le filtre en montre d’autres.", "The newest {n}; the filter shows others.";
        search_hint: "LYS, tool.name=search_flights, timeout…", "LYS, tool.name=search_flights, timeout…";
        live: "En direct", "Live";
        live_title: "Ajouter les échanges dès qu’ils se terminent", "Add turns as they end";
        metrics: "Mesures", "Metrics";
        memory: "Mémoire", "Memory";
        all_kinds: "Toutes les requêtes", "All requests";
        started: "Début", "Started";
        duration: "Durée", "Duration";
        rounds: "Itérations", "Rounds";
        tools: "Outils", "Tools";
        door: "Entrée", "Door";
        spans: "Spans", "Spans";
        none: "Pas encore de trace.", "No trace yet.";
        no_match: "Aucune trace ne correspond à ce filtre.", "No trace matches this filter.";
        ask: "Poser une question", "Ask a question";
        bad_filter: "« {field} » : cette valeur ne peut pas être utilisée.",
            "“{field}”: this value cannot be used.";
        // Figures
        last_hour: "Dernière heure", "Last hour";
        turns: "Échanges", "Turns";
        errors: "En échec", "Failed";
        running: "En cours", "Running";
        tokens: "Jetons", "Tokens";
        cost: "Coût estimé", "Estimated cost";
        unknown: "inconnu", "unknown";
        unpriced: "{n} appels sans prix connu", "{n} calls without a known price";
        unpriced_one: "un appel sans prix connu", "one call without a known price";
        figures_of: "D’après les traces encore en mémoire",
            "From the traces that are still in memory";
        // Trace
        trace: "Trace", "Trace";
        back: "Toutes les traces", "All traces";
        conversation: "Voir la conversation", "Open the conversation";
        as_json: "JSON", "JSON";
        still_running: "Cet échange n’est pas terminé : sa trace est encore incomplète.",
            "This turn has not ended: its trace is not complete yet.";
        reload: "Recharger", "Reload";
        truncated: "Cette trace était trop longue ; éléments non conservés :",
            "This trace was too long; items that were not kept:";
        waterfall: "Déroulement", "Waterfall";
        expand_all: "Tout déplier", "Expand all";
        collapse_all: "Tout replier", "Collapse all";
        error: "erreur", "error";
        orphan: "orphelin", "orphan";
        orphan_title: "Le span parent n’a pas été conservé", "The parent span was not kept";
        attributes: "Attributs", "Attributes";
        events: "Événements", "Events";
        links: "Liens", "Links";
        span_id: "Span", "Span";
        parent: "Parent", "Parent";
        kind: "Type", "Kind";
        offset: "Début", "Start";
        not_exported: "non exporté (échantillonnage)", "not exported (sampling)";
        logs: "Journal", "Log";
        no_logs: "Aucune ligne de journal dans cette trace.", "No log line in this trace.";
        // Login
        login_title: "Connexion administrateur", "Admin sign-in";
        login_text: "La clé d’administration donne accès aux traces de tous les échanges et aux statistiques.",
            "The admin key opens the traces of all turns and the statistics.";
        key: "Clé d’administration", "Admin key";
        wrong_key: "Cette clé n’est pas la bonne.", "This is not the key.";
        too_many: "Trop de tentatives. Réessayez dans {n} s.",
            "Too many attempts. Try again in {n} s.";
        no_key: "Aucune clé d’administration n’est configurée : seul un accès direct depuis cette machine peut tout voir.",
            "No admin key is configured: only direct access from this machine can see everything.";
        signed_in: "Vous avez déjà accès à tout.", "You already have access to everything.";
    }
}

/// A status, as people say it.
pub(crate) fn status(status: Status, locale: Locale) -> &'static str {
    match status {
        Status::Ok => "ok",
        Status::Error => pick(locale, "erreur", "error"),
        Status::Stopped => pick(locale, "arrêté", "stopped"),
    }
}

/// The intent of a span, as people say it.
pub(crate) fn intent(name: &str, locale: Locale) -> &'static str {
    let known = Intent::ALL.into_iter().find(|known| known.as_str() == name);
    known.map_or(pick(locale, "inconnue", "unknown"), |known| {
        super::intent(known, locale)
    })
}
