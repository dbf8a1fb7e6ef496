//! Honest answers where there are no facts: what is missing, and who would know.

use super::{super::view::View, honest};
use crate::{language::Topic, locale::Locale};

/// Says that nothing reliable is known on the topic, and where to ask.
pub(super) fn text(topic: Topic, view: &View<'_>) -> String {
    let locale = view.locale();
    if let Some(text) = honest::no(topic, locale) {
        return text.to_owned();
    }
    let pick = |fr: &'static str, en: &'static str| locale.pick(fr, en);
    let text = match topic {
        Topic::Visa => pick(
            "Je n’ai pas d’information à jour sur les visas et les formalités d’entrée : elles \
             dépendent de votre nationalité et changent souvent. Le consulat du pays ou le site de \
             votre ministère des Affaires étrangères fait foi.",
            "I have no up-to-date information on visas and entry rules: they depend on your \
             nationality and change often. The country’s consulate or your foreign ministry’s \
             website is the reference.",
        ),
        Topic::Health => pick(
            "Je n’ai pas d’information médicale à jour. Un centre de vaccination ou votre médecin \
             vous dira ce qui est conseillé ; prenez rendez-vous plusieurs semaines avant le départ.",
            "I have no up-to-date medical information. A travel clinic or your doctor can tell what \
             is advised; book an appointment several weeks before you leave.",
        ),
        Topic::Baggage => pick(
            "Les règles de bagages dépendent de la compagnie et du tarif, et je n’ai pas leurs \
             règlements à jour : la page « bagages » du site de la compagnie fait foi. Sur mes \
             offres, j’indique les bagages inclus à titre illustratif.",
            "Baggage rules depend on the airline and the fare, and I do not have their current \
             rules: the baggage page of the airline’s website is the reference. On my offers I show \
             the included bags, as an illustration.",
        ),
        Topic::LostBaggage => pick(
            "Je ne peux pas suivre un bagage. Déclarez-le au comptoir bagages de l’aéroport avant \
             d’en sortir, si possible, gardez le numéro de dossier et l’étiquette, puis suivez le \
             dossier auprès de la compagnie.",
            "I cannot trace a bag. Report it at the airport’s baggage desk, before you leave the \
             airport if you can, keep the file number and the tag, then follow it up with the \
             airline.",
        ),
        Topic::Weather => pick(
            "Je n’ai ni la météo en direct ni de prévisions. Le service météorologique national du \
             pays est la source la plus sûre.",
            "I have neither live weather nor forecasts. The country’s national weather service is \
             the most reliable source.",
        ),
        Topic::WhenToGo => pick(
            "Je n’ai pas de données fiables sur le climat ni sur les saisons : l’office de tourisme \
             du pays vous renseignera. Pour le prix, en revanche, donnez-moi une destination, un \
             départ et un mois : je trouve les jours les moins chers.",
            "I have no reliable data on climate and seasons: the country’s tourist office can tell. \
             For the price, though, give me a destination, a departure and a month: I find the \
             cheapest days.",
        ),
        Topic::FlightStatus => pick(
            "Je ne vois pas les vols en temps réel. Le site de la compagnie ou de l’aéroport donne \
             l’état du vol, le terminal et la porte à partir du numéro de vol.",
            "I cannot see flights in real time. The airline’s or the airport’s website gives the \
             status, terminal and gate for the flight number.",
        ),
        Topic::Rights => pick(
            "Je ne peux pas vous dire ce qui vous est dû. Gardez vos justificatifs et adressez-vous \
             d’abord à la compagnie, puis, si besoin, au médiateur ou à l’autorité des droits des \
             passagers.",
            "I cannot tell what you are owed. Keep your receipts and turn to the airline first, then, \
             if needed, to the ombudsman or the authority for passenger rights.",
        ),
        Topic::Safety => pick(
            "Je n’ai pas d’information à jour sur la sécurité ni sur les alertes. Les conseils aux \
             voyageurs de votre ministère des Affaires étrangères sont la référence.",
            "I have no up-to-date information on safety or alerts. Your foreign ministry’s travel \
             advice is the reference.",
        ),
        Topic::Phrases => pick(
            "Je ne suis pas traducteur et je préfère ne pas vous apprendre une erreur : un guide de \
             conversation ou une application de traduction fera mieux.",
            "I am no translator and would rather not teach you a mistake: a phrasebook or a \
             translation app will do better.",
        ),
        Topic::Money => pick(
            "Je n’ai pas d’information fiable sur les usages et les frais de paiement sur place : \
             votre banque connaît ses frais, et un guide récent les usages.",
            "I have no reliable information on local customs and payment fees: your bank knows its \
             fees, and a recent guidebook the customs.",
        ),
        _ => pick(
            "Je ne peux pas répondre à cette question ici. Je connais l’heure, la monnaie, les \
             prises, l’indicatif, la distance et le temps de vol d’un lieu.",
            "I cannot answer that question here. I know the time, currency, plugs, dialling \
             code, distance and flight time of a place.",
        ),
    };
    text.to_owned()
}

/// Asks for the place that a question left out, where the topic has a name to ask with.
pub(super) fn which_place(topic: Topic, view: &View<'_>) -> Option<String> {
    let locale = view.locale();
    let subject = subject(topic, locale)?;
    Some(match locale {
        Locale::Fr => {
            format!("De quel pays ou de quelle ville voulez-vous connaître {subject} ?")
        }
        Locale::En => format!("For which country or city do you need to know {subject}?"),
    })
}

/// The same where another question ends the message.
pub(super) fn lacks_place(topic: Topic, view: &View<'_>) -> String {
    let locale = view.locale();
    match (subject(topic, locale), locale) {
        (None, _) => text(topic, view),
        (Some(subject), Locale::Fr) => {
            format!("Pour vous dire {subject}, il me faut aussi un pays ou une ville.")
        }
        (Some(subject), Locale::En) => {
            format!("To tell you {subject}, I also need a country or city.")
        }
    }
}

const fn subject(topic: Topic, locale: Locale) -> Option<&'static str> {
    Some(match topic {
        Topic::Time => locale.pick("l’heure", "the time"),
        Topic::TimeDifference => locale.pick("le décalage horaire", "the time difference"),
        Topic::Currency => locale.pick("la monnaie", "the currency"),
        Topic::Exchange => locale.pick(
            "la monnaie et son cours",
            "the currency and its exchange rate",
        ),
        Topic::Plugs => locale.pick("les prises électriques", "the plug type"),
        Topic::Dialling => locale.pick("l’indicatif téléphonique", "the dialling code"),
        Topic::Distance => locale.pick("la distance", "the distance"),
        Topic::FlightTime => locale.pick("le temps de vol", "the flight time"),
        Topic::AirportCode => locale.pick("le code d’aéroport", "the airport code"),
        _ => return None,
    })
}

/// The look-up answered with an error.
pub(super) fn lookup_failed(view: &View<'_>) -> String {
    view.locale()
        .pick(
            "Je n’ai pas trouvé ce lieu dans mes tables. Essayez une grande ville proche.",
            "I did not find this place in my tables. Try a larger city nearby.",
        )
        .to_owned()
}

/// The look-up is not offered in this turn.
pub(super) fn no_lookup(view: &View<'_>) -> String {
    view.locale()
        .pick(
            "Je n’ai pas accès aux fiches des lieux ici. Si vous êtes en réponse rapide, reposez la \
             question en mode complet.",
            "Place facts are not available here. If this is a quick answer, ask again in full mode.",
        )
        .to_owned()
}
