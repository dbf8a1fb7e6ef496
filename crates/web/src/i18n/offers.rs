//! Texts of the cards of offers, fares and proposals.

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    OfferTexts {
        // The line of an offer
        number: "n°", "No.";
        no_bag: "sans bagage en soute", "no checked bag";
        kilograms: "{n}\u{a0}kg CO₂", "{n}\u{a0}kg CO₂";
        choose: "Choisir l’offre {n}, {carriers}, {price}", "Choose offer {n}, {carriers}, {price}";
        computed: "programme calculé hors ligne", "computed offline schedule";
        // The card
        reasons: "Pourquoi ce choix", "Why this choice";
        in_words: "En toutes lettres", "In words";
        more: "Voir plus d’offres", "Show more offers";
        more_left: "encore {n}", "{n} more";
        usual: "Au plus bas {price}\u{a0}: {gap} sous la médiane du mois sur ce programme, {median}.",
            "From {price}: {gap} below the median of the month on this schedule, {median}.";
        usual_above: "Au plus bas {price}\u{a0}: {gap} au-dessus de la médiane du mois sur ce programme, {median}.",
            "From {price}: {gap} above the median of the month on this schedule, {median}.";
        usual_same: "Au plus bas {price}, la médiane du mois sur ce programme.",
            "From {price}, the median of the month on this schedule.";
        // Sorting and filtering
        tools: "Trier et filtrer les offres", "Sort and filter the offers";
        sort: "Trier", "Sort";
        by_advice: "par recommandation", "by recommendation";
        by_price: "par prix", "by price";
        by_duration: "par durée", "by duration";
        by_stops: "par escales", "by stops";
        by_departure: "par départ", "by departure";
        by_emissions: "par CO₂", "by CO₂";
        filter: "Filtrer", "Filter";
        all: "peu importe", "any";
        price: "Prix", "Price";
        duration: "Durée", "Duration";
        stops: "Escales", "Stops";
        direct: "direct", "direct";
        at_most_one: "1 au plus", "1 at most";
        leaves: "Départ", "Departure";
        morning: "le matin (5\u{a0}h – 12\u{a0}h)", "morning (05–12)";
        afternoon: "l’après-midi (12\u{a0}h – 18\u{a0}h)", "afternoon (12–18)";
        evening: "le soir (18\u{a0}h – 24\u{a0}h)", "evening (18–24)";
        night: "la nuit (0\u{a0}h – 5\u{a0}h)", "night (00–05)";
        carrier: "Compagnie", "Airline";
        emissions: "CO₂", "CO₂";
        bag: "Bagage en soute", "Checked bag";
        included: "compris", "included";
        up_to: "jusqu’à {value}", "up to {value}";
        reset: "Tout montrer", "Show all";
        shown: "Offres affichées\u{a0}: {n} sur {all}", "{n} of {all} offers shown";
        none: "Aucune de ces offres ne correspond", "None of these offers fits";
        kept: "l’offre proposée reste affichée", "the proposed offer stays";
        // Comparing
        compare: "Comparer", "Compare";
        compare_hint: "Cochez deux ou trois offres.", "Tick two or three offers.";
        compare_open: "Voir côte à côte ({n})", "See side by side ({n})";
        compare_title: "Offres côte à côte", "Offers side by side";
        pick: "Comparer l’offre {n}", "Compare offer {n}";
        close: "Fermer", "Close";
        terms: "Conditions", "Conditions";
        baggage: "Bagages", "Baggage";
        // The proposal
        travellers: "Voyageurs", "Travellers";
        total: "Total", "Total";
        confirm: "Confirmer\u{a0}: {what}", "Confirm: {what}";
        decline: "Non merci\u{a0}: {what}", "No thanks: {what}";
        left: "encore {time}", "{time} left";
        over: "Le délai est passé\u{a0}: cette proposition n’est plus ouverte.",
            "Time is up: this proposal is no longer open.";
        // The fare calendar
        months: "Mois", "Months";
        back_on: "retour le {date}", "back on {date}";
        show_back: "Dates de retour", "Return dates";
        legend: "Du moins cher au plus cher", "From the cheapest to the most expensive";
        least: "le moins cher", "the cheapest";
        low: "bas", "low";
        middle: "moyen", "middle";
        high: "haut", "high";
        // The climate of a year
        warmth: "Températures du jour (°C)", "Temperatures of a day (°C)";
        rain_days: "Jours de pluie", "Days of rain";
        in_figures: "Les douze mois en chiffres", "The twelve months in figures";
        month: "Mois", "Month";
        low_of_day: "Minimum", "Low";
        high_of_day: "Maximum", "High";
        own_month: "votre mois", "your month";
        // Prices by the length of the stay: three nights at least
        lengths: "Prix selon la durée du séjour", "Price by length of stay";
        lengths_open: "Comparer de 3 à 14 nuits", "Compare 3 to 14 nights";
        lengths_lead: "Total le moins cher, départ le {date}. Choisissez une durée\u{a0}: elle fixe le retour.",
            "Cheapest total, leaving on {date}. Choose a length: it sets the return.";
        lengths_none: "Aucun vol pour ces durées.", "No flight for these lengths.";
        lengths_back: "Retour à la conversation", "Back to the conversation";
        nights: "{n} nuits", "{n} nights";
        own_length: "votre durée", "your length";
        // What may come next
        follow_ups: "Pour continuer", "Go on";
        say_direct: "Vols directs seulement", "Direct flights only";
        say_earlier: "Un jour plus tôt", "A day earlier";
        say_later: "Un jour plus tard", "A day later";
        say_hotels: "Un hôtel sur place", "Hotels there";
        say_sights: "Que voir sur place\u{a0}?", "What to see there?";
        unverified: "Non vérifié\u{a0}: aucun résultat obtenu ici ne le contient.",
            "Not verified: no result obtained here holds it.";
    }
}

#[cfg(test)]
mod tests {
    /// French sets a space before these marks, at which no line may break.
    #[test]
    fn no_line_breaks_before_a_french_mark() {
        let (source, _) = include_str!("offers.rs")
            .split_once("#[cfg(test)]")
            .unwrap();
        for text in source.split('"').skip(1).step_by(2) {
            for mark in [" :", " ;", " !", " ?", " %", " »", "« "] {
                assert!(!text.contains(mark), "{text}");
            }
        }
    }
}
