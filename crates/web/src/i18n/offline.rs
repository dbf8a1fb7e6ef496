//! Texts of what is shown without a connection, and of the switch that keeps a copy for it.

use super::bilingual::bilingual;

bilingual! {
    /// The texts in one language.
    OfflineTexts {
        title: "Hors connexion", "You are offline";
        what: "Cap Horizon ne joint pas son serveur. Vos conversations y sont en sûreté et reviendront avec la connexion.",
            "Cap Horizon cannot reach its server. Your conversations are safe there, and come back with the connection.";
        again: "Réessayer", "Try again";
        keep: "Garder la dernière conversation hors connexion", "Keep the last conversation offline";
        keep_hint: "Une copie reste sur cet appareil, lisible par qui l’utilise. Elle est effacée quand vous décochez cette case ou supprimez la conversation.",
            "A copy stays on this device, for whoever uses it to read. It is erased when you untick this or delete the conversation.";
        copy: "Copie hors connexion", "Offline copy";
        copy_of: "Copie du {date}, en lecture seule\u{a0}; adresses e-mail et numéros personnels y sont masqués.",
            "Copy of {date}, read-only; e-mail addresses and personal numbers are masked in it.";
        copy_again: "Elle est remplacée dès que la connexion revient.", "It is replaced as soon as the connection is back.";
    }
}
