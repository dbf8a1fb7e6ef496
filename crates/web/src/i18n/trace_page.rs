//! Texts of the page of one trace.

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    TracePageTexts {
        // Tabs
        views: "Vues de la trace", "Views of the trace";
        summary: "Résumé", "Summary";
        messages: "Messages", "Messages";
        raw: "JSON brut", "Raw JSON";
        // Actions
        all_turns: "Tous ses échanges", "All its turns";
        compare_with: "Comparer avec", "Compare with";
        compare: "Comparer", "Compare";
        curl: "Copier en curl", "Copy as curl";
        curl_read: "Lire cette trace (OTLP/JSON)", "Read this trace (OTLP/JSON)";
        curl_admin_key: "$ADMIN_KEY est la clé d’administration.", "$ADMIN_KEY is the admin key.";
        curl_visitor: "$VISITOR est la valeur du cookie travel_agent_visitor dans ce navigateur : elle dit qui vous êtes.",
            "$VISITOR is the value of the cookie travel_agent_visitor in this browser: it says who you are.";
        curl_ask: "Poser la même question", "Ask the same question";
        copy_command: "Copier la commande", "Copy the command";
        // Failures
        failures: "Ce qui a échoué", "What failed";
        // Critical path
        critical_path: "Chemin critique", "Critical path";
        critical_explained: "Ce que l’échange a attendu, moment par moment : le temps propre de chaque span. De deux appels parallèles, le plus rapide ne compte que jusqu’au début du plus lent. Le temps propre d’un span comprend les pauses entre ses appels. Dans le déroulement, c’est le trait fin sous les barres.",
            "What the turn waited for, moment by moment: the time each span took itself. Of two parallel calls, the faster one counts only until the slower one begins. A span’s own time includes the pauses between its calls. In the waterfall it is the thin line under the bars.";
        rest: "autres", "others";
        // Messages
        answer: "réponse", "answer";
        correction: "correction", "correction";
        classification: "intention", "intent";
        content_off: "Les textes ne sont pas enregistrés : c’est ainsi que l’application démarre. Avec CAPTURE_CONTENT=true, les messages des prochains échanges, expurgés des adresses et des numéros, se lisent ici.",
            "Texts are not recorded: that is how the application starts. With CAPTURE_CONTENT=true, the messages of the turns to come can be read here, rid of addresses and numbers.";
        no_content: "Aucun texte n’est enregistré sur cette trace.", "No text is recorded on this trace.";
        instructions: "Consignes", "Instructions";
        told: "Reçu", "Told";
        answered: "Répondu", "Answered";
        earlier: "Messages déjà vus plus haut :", "Messages already shown above:";
        person: "Personne", "Person";
        assistant: "Assistant", "Assistant";
        tool: "Outil", "Tool";
        // Tools
        no_tools: "Aucun outil n’a été appelé.", "No tool was called.";
        arguments: "Arguments", "Arguments";
        result: "Résultat", "Result";
        results: "Résultats", "Results";
        source: "Source", "Source";
        succeeded: "réussi", "succeeded";
        failed: "échoué", "failed";
        stopped: "arrêté", "stopped";
        // Raw
        download: "Ouvrir le fichier", "Open the file";
        raw_explained: "OTLP/JSON : un collecteur l’accepte sur /v1/traces.",
            "OTLP/JSON: a collector takes it at /v1/traces.";
        raw_cut: "Trop long pour cette page ; le fichier contient tout.",
            "Too long for this page; the file has all of it.";
    }
}
