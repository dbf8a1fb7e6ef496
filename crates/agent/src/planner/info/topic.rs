//! What a traveller's question is about, by keywords.

pub(super) use crate::understanding::Topic;

use super::super::words::Words;

/// Keywords between bars, in the order in which they are tried: the narrow before the wide.
const TOPICS: [(Topic, &str); 36] = [
    (
        Topic::Assistance,
        "wheelchair|wheel chair|fauteuil roulant|mobilite reduite|reduced mobility|\
         special assistance|assistance|disabled|disability|handicap|pmr |blind |deaf |malvoyant|\
         aveugle|sourd |sourde |oxygen|oxygene|unaccompanied|non accompagne|enfant seul|\
         child alone|pregnan|enceinte",
    ),
    (
        Topic::Pets,
        "pet |pets |dog |dogs |cat |cats |puppy|kitten|animal|animaux|chien|chat |chats |chaton|chiot",
    ),
    (
        Topic::Loyalty,
        "earn miles|my miles|mes miles|des miles|frequent flyer|flying blue|loyalty|fidelite|\
         bonus points|avios|use miles|use points",
    ),
    (
        Topic::Overview,
        "tell me about|know about|parle moi d|parlez moi d|infos sur|infos pratiques|\
         informations sur|renseignements sur|que sais tu|que savez vous|info on |information on|\
         information about|info about|practical info",
    ),
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
        Topic::Language,
        "quelle langue|quelles langues|what language|which language|languages spoken|\
         language is spoken|langue parle|do they speak|speak english there|parle t on|on parle quoi|\
         parlent ils|parlent anglais|parlent francais",
    ),
    (
        Topic::Driving,
        "side of the road|cote de la route|conduit a gauche|conduit a droite|roule a gauche|\
         roule a droite|drive on the|driving side|cote conduit|cote roule|on roule de quel|\
         de quel cote|driving licence|driving license|permis de conduire|speed limit|\
         limitation de vitesse|peage|toll ",
    ),
    // Not a plug.
    (Topic::Other, "prise en charge|prise de sang|prise de vue"),
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
        Topic::CheckIn,
        "check in|checkin|enregistrement|m enregistrer|boarding pass|carte d embarquement|lounge|\
         salon vip|salon d aeroport",
    ),
    (
        Topic::OnBoard,
        "legroom|seat |seats |siege|hublot|meal|repas|vegetarian|vegan|vegetarien|halal|kosher|casher|\
         wifi a bord|wifi on board|wifi on the|in flight",
    ),
    (
        Topic::Rights,
        "annule par|indemni|compensation|compensat|j ai droit|mes droits|quels droits|\
         my rights|overbook|surbook|cancelled by|my flight was cancelled|mon vol a ete annule",
    ),
    (
        Topic::FlightStatus,
        "statut|status|en retard|delayed|on time|landed|atterri|porte d embarquement|\
         boarding|gate|terminal|vol af|arrivees|departs en direct|en direct|\
         has my flight|l avion de|flight number|departed|track |is late|\
         flight late|what time will|a l heure ",
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
    (Topic::Insurance, "assurance|insurance|insured|rapatriement"),
    (
        Topic::Phone,
        "sim card|carte sim|esim|roaming|itinerance|internet|wifi|mobile data|forfait mobile",
    ),
    (
        Topic::Transfer,
        "transfer|navette|shuttle|taxi|uber|get to the cent|get from the airport|from the airport|\
         get to the airport|reach the airport|depuis l aeroport|de l aeroport|rejoindre le centre|\
         aller a l aeroport|centre ville|city cent|downtown|public transport|transport en commun|\
         transports en commun|airport to the|airport to down",
    ),
    (
        Topic::Hotel,
        "hotel|hebergement|auberge|airbnb|hostel|accommodation|logement|place to stay|\
         somewhere to stay|ou dormir|where to stay|where to sleep",
    ),
    (
        Topic::Car,
        "location de voiture|louer une voiture|louer un|rent a|rental|car hire|hire a car",
    ),
    (
        Topic::Ground,
        "train |trains |tgv|eurostar|bus |autocar|coach |ferry|bateau|cruise|croisiere",
    ),
    (
        Topic::Food,
        "to eat|eat |food|restaurant|manger|nourriture|gastronom|plats |plat |specialite|dish",
    ),
    (
        Topic::Sights,
        "what to see|to see |see in|should i see|must see|worth seeing|things to do|what to do|to visit|que faire|que voir|quoi faire|\
         quoi voir|a voir|a faire|visiter|sights|sightsee|attraction|museum|musee|a visiter",
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

/// The topic of a message or of one of its clauses.
pub(super) fn of(words: &Words, exchange: bool) -> Topic {
    let by_keyword = TOPICS.iter().find(|(_, stems)| words.any(stems));
    match by_keyword.map(|(topic, _)| *topic) {
        // "100 euros in local money" asks for more than the name of the currency.
        Some(Topic::Currency) | None if exchange => Topic::Exchange,
        None | Some(Topic::Time | Topic::Weather) if words.any_flight_number() => {
            Topic::FlightStatus
        }
        Some(topic) => topic,
        None => Topic::Other,
    }
}
