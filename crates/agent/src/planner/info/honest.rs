//! Subjects of travel that nothing here knows: each is named, with who would know.

use crate::{language::Topic, locale::Locale};

/// The honest no on a subject; `None` for one that is answered elsewhere.
pub(super) fn no(topic: Topic, locale: Locale) -> Option<&'static str> {
    let (fr, en) = texts(topic)?;
    Some(locale.pick(fr, en))
}

const fn texts(topic: Topic) -> Option<(&'static str, &'static str)> {
    Some(match topic {
        Topic::Assistance => (
            "Je ne peux pas organiser d’assistance ici (fauteuil roulant, mobilité réduite, enfant \
             seul, grossesse) : c’est la compagnie qui l’enregistre, le plus tôt possible après \
             l’achat du billet.",
            "I cannot arrange assistance here (wheelchair, reduced mobility, child alone, pregnancy): \
             the airline registers it, as early as possible after the ticket is bought.",
        ),
        Topic::Pets => (
            "Je ne peux pas répondre ici sur les animaux à bord : les règles dépendent de la \
             compagnie et du pays d’arrivée ; la compagnie et les services vétérinaires font foi.",
            "I cannot answer on pets on board here: the rules depend on the airline and the country \
             of arrival; the airline and the veterinary authorities are the reference.",
        ),
        Topic::Transfer => (
            "Je ne peux pas répondre ici sur les trajets entre l’aéroport et la ville : le site de \
             l’aéroport donne les trains, bus et taxis.",
            "I cannot answer on ways between the airport and the city here: the airport’s website \
             lists trains, buses and taxis.",
        ),
        Topic::Sights => (
            "Je ne peux pas répondre ici sur ce qu’il y a à voir ou à faire sur place : l’office de \
             tourisme ou un guide vous conseillera mieux.",
            "I cannot answer on what to see or do there: the tourist office or a guidebook will \
             advise you better.",
        ),
        Topic::Food => (
            "Je ne peux pas répondre ici sur la cuisine et les restaurants : l’office de tourisme ou \
             un guide vous conseillera mieux.",
            "I cannot answer on food and restaurants here: the tourist office or a guidebook will \
             advise you better.",
        ),
        Topic::OnBoard => (
            "Je ne peux pas répondre ici sur les sièges, les repas et le wifi à bord : la compagnie \
             les propose avec le billet.",
            "I cannot answer on seats, meals and wifi on board here: the airline offers them with \
             the ticket.",
        ),
        Topic::CheckIn => (
            "Je ne peux pas répondre ici sur l’enregistrement et les salons : la compagnie en donne \
             les heures et les conditions.",
            "I cannot answer on check-in and lounges here: the airline gives times and conditions.",
        ),
        Topic::Loyalty => (
            "Je ne peux pas répondre ici sur les miles et les programmes de fidélité : le programme \
             de la compagnie fait foi.",
            "I cannot answer on miles and loyalty programmes here: the airline’s programme is the \
             reference.",
        ),
        Topic::Insurance => (
            "Je ne peux pas répondre ici sur l’assurance voyage : votre assureur ou votre banque \
             vous dira ce qui est couvert.",
            "I cannot answer on travel insurance here: your insurer or your bank can tell what is \
             covered.",
        ),
        Topic::Phone => (
            "Je ne peux pas répondre ici sur le téléphone et l’internet à l’étranger : votre \
             opérateur connaît ses tarifs.",
            "I cannot answer on phones and internet abroad here: your operator knows its rates.",
        ),
        Topic::Language => (
            "Je ne peux pas répondre ici sur les langues parlées sur place : je n’ai pas cette \
             information.",
            "I cannot answer on the languages spoken there: I do not have this information.",
        ),
        Topic::Driving => (
            "Je ne peux pas répondre ici sur la conduite à l’étranger : l’ambassade ou le loueur \
             vous renseignera sur le permis et le côté de la route.",
            "I cannot answer on driving abroad here: the embassy or the rental company can tell about \
             licences and the side of the road.",
        ),
        Topic::Hotel => (
            "Je ne peux pas répondre ici sur les hôtels et logements : je ne cherche pour l’instant \
             que des vols.",
            "I cannot answer on hotels and places to stay here: for now I search flights only.",
        ),
        Topic::Car => (
            "Je ne peux pas répondre ici sur la location de voitures : je ne cherche pour l’instant \
             que des vols.",
            "I cannot answer on car hire here: for now I search flights only.",
        ),
        Topic::Ground => (
            "Je ne peux pas répondre ici sur les trains, bus et bateaux : je ne cherche pour \
             l’instant que des vols.",
            "I cannot answer on trains, buses and boats here: for now I search flights only.",
        ),
        Topic::Itinerary => (
            "Je ne peux pas composer d’itinéraire jour par jour ici : je cherche les vols, étape par \
             étape si vous me donnez les villes et les dates.",
            "I cannot plan an itinerary day by day here: I search the flights, leg by leg where you \
             give me cities and dates.",
        ),
        Topic::Package => (
            "Je ne peux pas répondre ici sur les séjours tout compris : je ne cherche pour l’instant \
             que des vols.",
            "I cannot answer on package holidays here: for now I search flights only.",
        ),
        Topic::Emergency => (
            "Je n’ai pas les numéros d’urgence de chaque pays. Dans toute l’Union européenne, c’est le \
             112 ; ailleurs, vérifiez-le avant de partir auprès de votre ministère des Affaires \
             étrangères.",
            "I do not have the emergency numbers of every country. All over the European Union it is \
             112; elsewhere, check with your foreign ministry before you leave.",
        ),
        _ => return None,
    })
}
