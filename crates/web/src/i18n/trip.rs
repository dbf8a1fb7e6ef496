//! Texts of a trip: its panel, the list and the print page.

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    TripTexts {
        trip: "Votre voyage", "Your trip";
        trips: "Vos voyages", "Your trips";
        open: "Ouvrir le voyage", "Open the trip";
        close: "Fermer le voyage", "Close the trip";
        none: "Un voyage apparaît ici dès qu’une conversation en prépare un.",
            "A trip appears here as soon as a conversation plans one.";
        start: "Préparer un voyage", "Plan a trip";
        older: "Plus anciens", "Older";
        changed: "Modifié le {date}", "Changed on {date}";
        wished: "souhaité", "wished";
        route: "Trajet", "Route";
        flights: "Vols", "Flights";
        nights: "Nuits", "Nights";
        days: "Jours", "Days";
        day_of: "Jour {n}", "Day {n}";
        party: "Voyageurs", "Travellers";
        budget: "Budget", "Budget";
        left: "reste {price}", "{price} left";
        over: "dépassé de {price}", "{price} over";
        cost: "Coût", "Cost";
        total: "Total", "Total";
        so_far: "Total pour l’instant", "Total so far";
        each: "Par personne", "Per person";
        any_day: "date à choisir", "date to be chosen";
        anywhere: "à choisir", "to be chosen";
        rain: "S’il pleut\u{a0}: {place}", "If it rains: {place}";
        // The bar of the budget
        planned_of: "Prévu\u{a0}: {planned} sur un budget de {budget}{scope}, soit {percent}",
            "Planned: {planned} of a budget of {budget}{scope}, that is {percent}";
        share: "{percent} du budget", "{percent} of the budget";
        share_over: "Budget dépassé de {price} ({percent})", "Over budget by {price} ({percent})";
        // Reordering its days, its older versions
        of_version: "Le voyage de cette version de la conversation\u{a0}; envoyez un message pour le reprendre.",
            "The trip of this version of the conversation; send a message to go on with it.";
        reorder_hint: "Les dates restent, les programmes se déplacent.",
            "Dates stay, programmes move.";
        reorder_keys: "Au clavier\u{a0}: Alt + ↑ ou ↓.", "By keyboard: Alt + ↑ or ↓.";
        up: "Plus tôt", "Earlier";
        down: "Plus tard", "Later";
        move_up: "Déplacer plus tôt le programme\u{a0}: {day}", "Move the programme earlier: {day}";
        move_down: "Déplacer plus tard le programme\u{a0}: {day}", "Move the programme later: {day}";
        drag: "Glisser pour déplacer", "Drag to move";
        moved: "Programme déplacé\u{a0}: {day}.", "Programme moved: {day}.";
        shut: "Souvent fermé ce jour-là\u{a0}: {places}", "Often closed that day: {places}";
        undo: "Annuler le dernier changement", "Undo the last change";
        exports: "Emporter", "Take along";
        calendar: "Agenda (.ics)", "Calendar (.ics)";
        map: "Carte (.svg)", "Map (.svg)";
        gpx: "Tracé GPS (.gpx)", "GPS route (.gpx)";
        markdown: "Texte (.md)", "Text (.md)";
        json: "Données (.json)", "Data (.json)";
        print: "Imprimer", "Print";
        back: "Retour à la conversation", "Back to the conversation";
    }
}
