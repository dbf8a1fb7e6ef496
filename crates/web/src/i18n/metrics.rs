//! Texts of the page of charts.

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    MetricsTexts {
        covers: "La dernière heure, minute par minute, d’après les traces encore en mémoire dans ce processus.",
            "The last hour, minute by minute, from the traces that are still in memory in this process.";
        oldest: "Les plus anciennes ont dû laisser la place : rien avant {time}.",
            "The oldest ones had to make room: nothing before {time}.";
        requests: "Échanges par minute", "Turns per minute";
        latency: "Durée des échanges", "Time of turns";
        tokens: "Jetons par minute", "Tokens per minute";
        cost: "Coût estimé par minute", "Estimated cost per minute";
        errors: "Erreurs par minute", "Errors per minute";
        tools: "Appels d’outils par minute", "Tool calls per minute";
        ok: "réussis", "ok";
        stopped: "arrêtés", "stopped";
        failed: "en échec", "failed";
        prompt: "lus", "read";
        completion: "écrits", "written";
        nothing: "Rien pendant cette heure.", "Nothing in this hour.";
        total: "Total", "Total";
        most: "max.", "max.";
        table: "Valeurs", "Values";
        minute: "Minute", "Minute";
        memory: "Mémoire des traces", "Memory of traces";
        memory_of: "{used} sur {budget}, {n} traces", "{used} of {budget}, {n} traces";
        memory_of_one: "{used} sur {budget}, une trace", "{used} of {budget}, one trace";
        lost: "Télémétrie non reçue", "Telemetry not received";
        lost_explained: "Spans, lignes de journal et mesures qu’aucun collecteur n’a reçus : sans collecteur, c’est normal, et OTEL_SDK_DISABLED=true y met fin. La visionneuse n’en a pas besoin.",
            "Spans, log lines and points that no collector received: without a collector this is normal, and OTEL_SDK_DISABLED=true ends it. The viewer needs none.";
        errors_explained: "D’échanges, d’appels de modèles et d’outils, tentatives comprises.", "Of turns, model calls and tool calls, retried ones included.";
        uptime: "En marche depuis", "Running for";
        reload: "Actualiser", "Refresh";
        others: "autres", "others";
        no_type: "sans type", "no type";
    }
}
