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
