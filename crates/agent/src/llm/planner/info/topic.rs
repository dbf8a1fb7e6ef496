//! What a traveller's question is about, by keywords.

use super::{super::view::View, exchange};

/// Subjects of questions. The first group has facts in the tables, the second has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Time,
    TimeDifference,
    Currency,
    Exchange,
    Distance,
    FlightTime,
    Plugs,
    Dialling,
    AirportCode,

    Visa,
    Health,
    Baggage,
    LostBaggage,
    Weather,
    WhenToGo,
    FlightStatus,
    Rights,
    Safety,
    Phrases,
    Money,

    /// Nothing in particular.
    Other,
}

impl Topic {
    pub(super) fn has_no_facts(self) -> bool {
        matches!(
            self,
            Self::Visa
                | Self::Health
                | Self::Baggage
                | Self::LostBaggage
                | Self::Weather
                | Self::WhenToGo
                | Self::FlightStatus
                | Self::Rights
                | Self::Safety
                | Self::Phrases
                | Self::Money
        )
    }

    pub(super) fn spans_two_places(self) -> bool {
        matches!(
            self,
            Self::Time | Self::TimeDifference | Self::Distance | Self::FlightTime | Self::Other
        )
    }
}

/// Keywords between bars, in the order in which they are tried: the narrow before the wide.
const TOPICS: [(Topic, &str); 19] = [
    (
        Topic::Phrases,
        "comment dit|comment dire|comment on dit|se dit|how do you say|how do u say|\
         how do i say|how to say|mean |means |que veut dire|que signifie|pronounce|\
         prononce|traduire|traduis|translate|phrase|vocabulaire|lexique|bonjour en |\
         merci en |hello in |thank you in |in japanese|in german|in spanish|in italian|\
         in arabic|in korean|in portuguese|en japonais|en allemand|en espagnol|\
         en italien|en arabe|en portugais|en anglais",
    ),
    (
        Topic::TimeDifference,
        "decalage|jet lag|jetlag|time diff|difference d heure|heures de difference|\
         hours ahead|hours behind|heures de plus|heures de moins|heure de plus|\
         heure de moins|moins combien d heure|plus combien d heure",
    ),
    (
        Topic::FlightTime,
        "temps de vol|duree vol|duree du vol|duree de vol|duree d un vol|heures de vol|\
         heures d avion|temps d avion|combien de temps en avion|\
         combien de temps dure le vol|combien de temps de vol|combien d heures de vol|\
         combien d heures d avion|flight time|flying time|flight duration|\
         long is the flight|long is a flight|long does it take to fly|long to fly|\
         hours to fly|hours is the flight|long are flights|long does the flight",
    ),
    (
        Topic::AirportCode,
        "code aeroport|code de l aeroport|code iata|code d aeroport|airport code|iata|\
         main airport|aeroport principal|quels aeroports|quel aeroport|which airport|\
         what airport",
    ),
    (
        Topic::Dialling,
        "indicatif|dialling|dialing|country code|area code|phone code|prefixe|\
         phone prefix|calling code|code telephone|code pays",
    ),
    (
        Topic::Plugs,
        "prise|plug|adaptat|adapter|adaptor|socket|outlet|voltage|volts|\
         courant electrique|power point|transformateur|hz |converter|hair dryer",
    ),
    (
        Topic::LostBaggage,
        "perdu|bagage retarde|bagage abime|bagage endommage|valise cassee|pir |\
         formulaire pir|lost|damaged|didn t arrive|never arrived|delayed bag|\
         missing bag|missing luggage|baggage claim|suitcase isn t|my bag is|loses your|\
         valise n est pas|perte de bagage|valise abime|pris ma valise|\
         litige bagage|objets trouves",
    ),
    (
        Topic::Visa,
        "visa|evisa|document|carte touristique|titre de sejour|passeport|passport|esta |eta |carte d identite|formalite|\
         entry requirement|identity card|id card|douane|customs|permis inter|\
         driving permit|global entry|duty free|papiers|residence permit",
    ),
    (
        Topic::Health,
        "vaccin|malaria|palud|malarone|fievre jaune|yellow fever|medica|moustique|\
         mosquito|eau du robinet|tap water|health insurance|dengue|jab|shots|\
         pills|zika|tourista|boire l eau|mal d altitude|mal des montagnes|altitude sickness",
    ),
    (
        Topic::Baggage,
        "bagage|valise|baggage|luggage|suitcase|carry on|carry a|carry an|hand bag|\
         cabin bag|cabine|soute|liquide|liquid|can i bring|can i take|can i carry|\
         can i pack|peut on prendre|puis je prendre|puis je emporter|dans l avion|\
         on board|hand lug|personal item|sac a|mon sac|briquet|batterie",
    ),
    (
        Topic::FlightStatus,
        "statut|status|en retard|delayed|on time|landed|atterri|porte d embarquement|\
         boarding|gate|terminal|vol af|arrivees|departs en direct|en direct|\
         has my flight|l avion de|flight number|departed|track |is late|\
         flight late|what time will|a l heure ",
    ),
    (
        Topic::Rights,
        "annule par|indemni|compensation|compensat|j ai droit|mes droits|quels droits|\
         my rights|overbook|surbook|cancelled by",
    ),
    (
        Topic::Weather,
        "meteo|weather|temperature|pleu|pluie|rain|sunny|sunshine|soleil|snow|neige|\
         forecast|prevision|climat|fait il chaud|fait il froid|fait chaud|fait froid|\
         fait tu chaud|temps fait|temps il fait|temps qu il fait|quel temps|how hot|\
         how cold|how warm|is it hot|is it cold|is it warm|it be cold|it be hot|\
         be warm|windy|wind |humid|umbrella|rainy|saison des pluies|tempete|storm|jacket|coat|cold in",
    ),
    (
        Topic::WhenToGo,
        "quand aller|quand partir|quand visiter|quand voir|quand est ce qu il faut|\
         meilleure periode|meilleure saison|meilleur moment|meilleur mois|best time|\
         best month|best season|best period|when to|when should|when is the best|\
         whens the best|quelles dates eviter|haute saison|high season|low season|\
         bonne idee|season|saison|good month|good time|bon mois|\
         quelle periode|month is the best|crowded",
    ),
    (
        Topic::Safety,
        "danger|securite|safe|pickpocket|risque|greve|strike|alerte|careful|\
         travel advice|travel warning|voyager seule|la nuit a",
    ),
    (
        Topic::Money,
        "pourboire|tipping|tip |tips|frais bancaires|bank fees|carte bancaire|\
         credit card|atm|distributeur",
    ),
    (
        Topic::Distance,
        "distance|kilometre|km |how far|miles|a quelle distance",
    ),
    (
        Topic::Currency,
        "monnaie|devise|currency|quel argent|money|cash|payer en|euros accept|\
         accept euros",
    ),
    (
        Topic::Time,
        "quelle heure|quel heure|koi comme heure|heure actuelle|heure a |heure est il|heure qu il|\
         heure locale|what time|whats the time|what s the time|what is the time|\
         local time|time zone|timezone|fuseau|time in|time is it|current time",
    ),
];

/// The topic of the message.
pub(super) fn detect(view: &View<'_>) -> Topic {
    let by_keyword = TOPICS.iter().find(|(_, stems)| view.words.any(stems));
    match by_keyword.map(|(topic, _)| *topic) {
        // "100 euros in local money" asks for more than the name of the currency.
        Some(Topic::Currency) | None if exchange::is_asked(view) => Topic::Exchange,
        None | Some(Topic::Time | Topic::Weather) if view.words.any_flight_number() => {
            Topic::FlightStatus
        }
        Some(topic) => topic,
        None => Topic::Other,
    }
}
