//! Texts of the list of traces that its columns, its stretch of time and the zoom of one trace need.

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    TraceListTexts {
        // Columns
        question: "Question", "Question";
        first_text: "Premier mot", "First word";
        tokens: "Jetons", "Tokens";
        cost: "Coût", "Cost";
        rating: "Avis", "Rating";
        good: "bonne réponse", "good answer";
        bad: "mauvaise réponse", "bad answer";
        sort_by: "Trier par", "Sort by";
        // Stretch of time
        period: "Période", "Period";
        any_time: "toute la mémoire", "all in memory";
        last_hour: "dernière heure", "last hour";
        last_day: "dernières 24 heures", "last 24 hours";
        last_week: "7 derniers jours", "last 7 days";
        exact_period: "De… à…", "From… to…";
        from: "Début", "From";
        to: "Fin", "To";
        more_sorted: "Les {n} premières ; le filtre en montre d’autres.", "The first {n}; the filter shows others.";
        // Zoom
        zoom: "Zoom sur le déroulement", "Zoom of the waterfall";
        zoom_in: "Agrandir", "Zoom in";
        zoom_out: "Réduire", "Zoom out";
        earlier: "Plus tôt", "Earlier";
        later: "Plus tard", "Later";
        whole: "Toute la trace", "Whole trace";
        shown: "De {from} à {to}", "From {from} to {to}";
        hidden: "Spans hors de cet intervalle : {n}", "Spans outside this stretch: {n}";
        from_ms: "De (ms)", "From (ms)";
        to_ms: "À (ms)", "To (ms)";
        show: "Afficher", "Show";
        zoom_to: "Zoomer sur ce span", "Zoom to this span";
        axis_help: "Glisser sur l’axe pour agrandir ; + et − agrandissent et réduisent, les flèches déplacent, 0 montre tout.",
            "Drag over the axis to zoom; + and − zoom in and out, the arrows move, 0 shows everything.";
        bad_stretch: "Cet intervalle ne peut pas être affiché : voici toute la trace.",
            "This stretch cannot be shown: here is the whole trace.";
    }
}

impl TraceListTexts {
    /// The name of a span of time that ends now.
    pub(crate) fn period_of(&self, name: &str) -> &'static str {
        match name {
            "hour" => self.last_hour,
            "day" => self.last_day,
            _ => self.last_week,
        }
    }
}
