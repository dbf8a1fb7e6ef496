//! Texts of the comparison of two traces.

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    CompareTexts {
        title: "Comparaison", "Comparison";
        fact: "Mesure", "Fact";
        first: "Première", "First";
        second: "Seconde", "Second";
        difference: "Écart", "Difference";
        steps: "Étapes", "Steps";
        absent: "absent", "absent";
        same: "Les deux traces sont la même.", "Both traces are the same one.";
        swap: "Inverser", "Swap";
        llm_time: "Temps des modèles", "Time of models";
        tool_time: "Temps des outils", "Time of tools";
        tool_calls: "Appels d’outils", "Tool calls";
        llm_calls: "Appels de modèles", "Model calls";
    }
}
