//! What a message asks about the shown offers, by keywords.

use super::{
    super::{clauses::clauses, view::View, words::Words},
    pick::{Order, Wish, With},
};
use crate::intent::Intent;

/// One question about the offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Ask {
    /// Why this one is recommended.
    Why,
    /// What the price covers.
    PerPerson,
    /// How one pays.
    Payment,
    /// What two offers differ in.
    Difference,
    /// The offer that fits a wish best.
    Pick(Wish),
    /// Baggage, conditions, emissions.
    Terms,
    /// Where and for how long it stops.
    Layover,
    /// The whole offer: times, carriers, duration.
    Whole,
}

const WHY: &str = "why that|why this|why it |why is it|why is that|why is this|why did you|why do you|\
     why would you|why number|why no |why the first|why not the|how come|what makes|\
     pourquoi celle|pourquoi celui|pourquoi cette|pourquoi ce |pourquoi l offre|pourquoi le |\
     pourquoi la |pourquoi pas|pourquoi as tu|pourquoi avez|pourquoi me |pourquoi vous|pourquoi tu |\
     pourquoi est ce|pourquoi c est";
const PER_PERSON: &str = "per person|per head|per adult|per passenger|per traveller|per traveler|a head |\
     each |for both|for all of us|for everyone|for everybody|for the two|in total|total price|\
     the total|price total|par personne|par tete|par adulte|par passager|par voyageur|chacun|\
     pour tout le monde|pour nous|pour les deux|pour toute la famille|au total|prix total|en tout ";
const PAYMENT: &str = "how do i pay|how can i pay|how to pay|how do we pay|where do i pay|when do i pay|\
     can i pay|pay with|pay by|payment|paypal|comment je paie|comment je paye|comment payer|\
     comment on paie|comment on paye|comment paie|comment paye|comment puis je payer|\
     comment regler|ou payer|ou est ce que je paie|quand est ce que je paie|je paie comment|\
     je paye comment|on paie comment|puis je payer|peut on payer|peux payer|paiement|\
     payer par|payer en plusieurs|payer avec";
const DIFFERENCE: &str = "difference|differ |differs|diff |compare|compares|comparer|comparez|comparison|\
     comparaison|versus|vs |contre la |contre le ";
const EMISSIONS: &str = "co2|emission|carbon|pollu|empreinte|footprint|climate impact";
const GREENEST: &str = "moins pollu|moins de co2|moins d emission|moins emet|plus ecolo|plus verte|plus vert |\
     least pollut|less pollut|least carbon|least co2|lowest co2|lowest emission|lowest carbon|\
     fewest emission|least emission|less co2|greenest|greener|eco friendl|most ecolog";
const LANDS_FIRST: &str = "lands earliest|lands first|arrives earliest|arrives first|land earliest|land first|\
     arrive earliest|arrive first|earliest arrival|gets in earliest|gets in first|gets there first|\
     gets there earliest|soonest|arrive le plus tot|arrive la premiere|arrive le premier|\
     arrive en premier|arrivee la plus tot|atterrit le plus tot|atterrit en premier|arrive plus tot";
const LANDS_LAST: &str = "lands latest|lands last|arrives latest|arrives last|latest arrival|\
     arrive le plus tard|arrive la derniere|arrive le dernier|arrive en dernier|atterrit le plus tard";
const LEAVES_FIRST: &str = "leaves earliest|leaves first|departs earliest|departs first|earliest departure|\
     earliest flight|part le plus tot|part la premiere|part en premier|decolle le plus tot|\
     depart le plus tot";
const LEAVES_LAST: &str = "leaves latest|leaves last|departs latest|departs last|latest departure|\
     part le plus tard|part la derniere|part en dernier|decolle le plus tard|depart le plus tard";
const SHORTEST_LAYOVER: &str = "shortest layover|shortest stop|shortest connection|escale la plus courte|\
     correspondance la plus courte|plus courte escale";
const FEWEST_STOPS: &str =
    "fewest stops|fewest connection|least stops|moins d escale|moins de correspondance";
const FASTEST: &str = "fastest|quickest|shortest|plus rapide|plus court";
const CHEAPEST: &str = "cheapest|least expensive|lowest price|moins cher|moins chere|meilleur prix|\
     meilleur marche|moins couteu";
const LAYOVER: &str = "layover|stopover|stop over|escale|correspondance|connection|connecting|\
     where does it stop|where is the stop|where do i change|how long is the stop|how long do i wait|\
     change planes|combien de temps j attends";
const BAG: &str = "bag |bags|bagage|valise|baggage|luggage|suitcase";
const WITH_BAG: &str = "with a bag|with bag|with one bag|with a checked|with checked|with luggage|with baggage|\
     with a suitcase|with hold|including bag|including a bag|including luggage|bag included|\
     avec bagage|avec un bagage|avec le bagage|avec valise|avec une valise|avec soute|\
     bagage inclus|bagage compris|bagages inclus|bagages compris|valise incluse|valise comprise|\
     includes a bag|include a bag|includes baggage|includes luggage";
const REFUND: &str = "refund|rembours|annulable|cancellable|cancelable|exchangeable|echangeable|modifiable|\
     changeable|can i cancel|can i change it|can it be changed|puis je annuler|puis je le modifier";
const WITH_REFUND: &str = "refundable one|refundable offer|cheapest refundable|refundable ticket|\
     which one is refundable|which is refundable|which ones are refundable|which are refundable|\
     laquelle est rembours|lequel est rembours|lesquelles sont rembours|offre remboursable|\
     billet remboursable|moins chere remboursable|moins cher remboursable";
const WHOLE: &str = "quelle compagnie|which airline|what airline|a quelle heure|what time|when does it|\
     quelle duree|combien de temps|how long|which airport|quel aeroport|what aircraft|quel avion";
/// Words of a question.
const ASKING: &str = "what|which|how |why |is it|is the|is that|is there|are there|does |do |can i|quel|lequel|\
     laquelle|combien|comment|pourquoi|est ce|est il|est elle|c est |y a t il";
/// Words that point at the offer itself, which a general question does not.
const THIS_OFFER: &str = "ce vol|cette offre|l offre|le vol propose|this flight|this one|this offer|\
     the offer|that flight|that one|inclus|compris|included|include ";
/// Words of somebody who wants further offers of the same search; the second list does not count in
/// a message about something else.
const MORE: &str = "show more|show me more|more offers|more flights|more options|more results|more choice|\
     see more|any more|any others|any other|other offers|other flights|other options|other ones|\
     the others|the rest|what else|anything else|another one|another offer|something else|\
     d autres|les autres|autres offres|autres vols|autres options|autre chose|autre offre|autre vol|\
     en plus |plus d offre|plus de vol|plus de choix|plus d option|plus de resultat|voir plus|\
     affiche plus|montre plus|montrer plus|voir la suite|montre la suite|quoi d autre|m en plus";
const MORE_OF_A_WISH: &str = "autres|others|more |other flight|other offer|other option|plus d o";

/// Whether the person wants further offers of the same search.
pub(in super::super) fn wants_more(view: &View<'_>) -> bool {
    let context = view.context;
    if context.offers.is_empty() || context.reading.change_trip() {
        return false;
    }
    view.words.any(MORE) || (context.intent == Intent::Planning && view.words.any(MORE_OF_A_WISH))
}

/// What the message asks about the shown offers, each once, in order.
pub(in super::super) fn asks(view: &View<'_>) -> Vec<Ask> {
    let context = view.context;
    if context.reading.change_trip() || wants_more(view) {
        return Vec::new();
    }
    let mut asks = Vec::new();
    let clauses = clauses(&view.message);
    // "Between the first and the second": two halves of one question.
    let parted = clauses.iter().filter_map(|clause| ask(&clause.words));
    let whole = ask(&view.words).filter(|ask| *ask == Ask::Difference);
    match whole {
        Some(whole) => asks.push(whole),
        None => asks.extend(parted),
    }
    if asks.is_empty() {
        asks.extend(ask(&view.words));
    }
    asks.retain(|ask| is_about_the_offers(*ask, view));
    let mut seen = Vec::new();
    asks.retain(|ask| {
        !seen.contains(ask) && {
            seen.push(*ask);
            true
        }
    });
    asks
}

/// Whether a message is, by itself, a question about offers, or asks for more of them.
pub(in super::super) fn is_follow_up(words: &Words) -> bool {
    words.any(MORE) || ask(words).is_some_and(|ask| ask != Ask::Whole)
}

fn is_about_the_offers(ask: Ask, view: &View<'_>) -> bool {
    let (context, words) = (view.context, &view.words);
    // "I take the second one, without a bag" chooses.
    let asks = view.message.contains('?') || words.any(ASKING);
    let compares = matches!(ask, Ask::Difference | Ask::Pick(_));
    if context.reading.choice.is_some() && !asks && !compares {
        return false;
    }
    if context.offers.is_empty() {
        // How one pays here does not depend on offers.
        return ask == Ask::Payment && context.intent != Intent::TravelInfo;
    }
    match (ask, context.intent) {
        // How large a cabin bag may be is no question about an offer.
        (Ask::Terms, Intent::TravelInfo) if words.any(BAG) => words.any(THIS_OFFER),
        (Ask::Whole, Intent::TravelInfo) => words.any(THIS_OFFER),
        // "Any airline will do" is a wish.
        (Ask::Whole | Ask::Terms, Intent::Planning) => !words.any("importe quel|any "),
        (Ask::Whole, _) => false,
        _ => true,
    }
}

/// The narrow before the wide.
fn ask(words: &Words) -> Option<Ask> {
    let with = if words.any(WITH_BAG) {
        With::Bag
    } else if words.any(WITH_REFUND) {
        With::Refund
    } else {
        With::Any
    };
    let orders = [
        (GREENEST, Order::Greenest),
        (LANDS_FIRST, Order::LandsFirst),
        (LANDS_LAST, Order::LandsLast),
        (LEAVES_FIRST, Order::LeavesFirst),
        (LEAVES_LAST, Order::LeavesLast),
        (SHORTEST_LAYOVER, Order::ShortestLayover),
        (FEWEST_STOPS, Order::FewestStops),
    ];
    let order = orders.iter().find(|(stems, _)| words.any(stems));
    let order = order.map(|(_, order)| *order).or(match with {
        // Without a further wish, a choice by price or time is one that the reading names.
        With::Any => None,
        With::Bag | With::Refund if words.any(FASTEST) => Some(Order::Fastest),
        With::Bag | With::Refund => {
            let which = "which|what about|laquelle|lequel|lesquel|quelle offre|et avec|and with";
            (words.any(CHEAPEST) || words.any(which)).then_some(Order::Cheapest)
        }
    });
    if words.any(DIFFERENCE) {
        return Some(Ask::Difference);
    }
    if words.any(WHY) {
        return Some(Ask::Why);
    }
    if let Some(order) = order {
        return Some(Ask::Pick(Wish { order, with }));
    }
    let wide = [
        (PER_PERSON, Ask::PerPerson),
        (PAYMENT, Ask::Payment),
        (EMISSIONS, Ask::Terms),
        (REFUND, Ask::Terms),
        (LAYOVER, Ask::Layover),
        (BAG, Ask::Terms),
        (WHOLE, Ask::Whole),
    ];
    wide.iter()
        .find(|(stems, _)| words.any(stems))
        .map(|(_, ask)| *ask)
}
