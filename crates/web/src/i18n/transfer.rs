//! Texts of conversations as files: exported and imported.

use agent::{answer::Imported, locale::Locale};

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    TransferTexts {
        export: "Exporter (JSON)", "Export (JSON)";
        import: "Importer", "Import";
        title: "Importer une conversation", "Import a conversation";
        lead: "Choisissez un fichier que «\u{a0}Exporter (JSON)\u{a0}» a produit, ici ou ailleurs. Il devient une nouvelle conversation, à vous seul.",
            "Choose a file that “Export (JSON)” made, here or elsewhere. It becomes a new conversation of your own.";
        left_out: "Le texte et les fiches sont repris et marqués «\u{a0}importé\u{a0}». Les vols, les prix par jour, les cartes géographiques, les liens et les boutons ne le sont pas\u{a0}: rien d’un fichier ne peut être choisi ni confirmé.",
            "Texts and sheets are taken over and marked as imported. Flights, fares by day, maps, links and buttons are not: nothing of a file can be chosen or confirmed.";
        file: "Fichier (2 Mio au plus)", "File (2 MiB at most)";
        send: "Importer le fichier", "Import the file";
        imported: "Importé d’un fichier\u{a0}: ni vérifié, ni réservé ici.",
            "Imported from a file: neither checked nor booked here.";
        one_card: "Une carte de vols ou de prix n’a pas été reprise\u{a0}: redemandez-la.",
            "One card of flights or fares was not taken over: ask for it again.";
        cards: "{n} cartes de vols ou de prix n’ont pas été reprises\u{a0}: redemandez-les.",
            "{n} cards of flights or fares were not taken over: ask for them again.";
    }
}

impl TransferTexts {
    /// What is said below an answer that was brought along.
    pub(crate) fn mark(imported: Imported, locale: Locale) -> String {
        let i = Self::of(locale);
        match imported.cards_left_out {
            0 => i.imported.to_owned(),
            1 => format!("{} {}", i.imported, i.one_card),
            n => format!("{} {}", i.imported, i.cards.replace("{n}", &n.to_string())),
        }
    }
}
