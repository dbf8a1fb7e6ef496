//! What is not offered, said honestly, and what is offered instead.

use super::{ask, info, phrases, plan, step::Reply, talk, view::View};
use crate::{
    booking::ProposalStatus,
    capability::suggest::suggest_destinations::SuggestDestinations,
    language::{
        Pending, Topic,
        question::{seeks_a_destination, speaks_of_flights},
    },
    locale::Locale,
};

/// What there is none of here, in French and English; `None` for what is no service.
const fn service(topic: Topic) -> Option<(&'static str, &'static str)> {
    Some(match topic {
        Topic::Hotel | Topic::Rental | Topic::Quarters => ("d’hôtels", "hotels"),
        Topic::Car | Topic::Transfer => ("de voitures ni de transferts", "cars and transfers"),
        Topic::Ground => ("de trains, de bus ni de bateaux", "trains, buses and boats"),
        Topic::Sights | Topic::Food | Topic::Nearby => {
            ("d’activités ni de visites", "activities and sights")
        }
        Topic::Itinerary | Topic::Check => ("d’itinéraires", "itineraries"),
        Topic::Package | Topic::Window => ("de séjours complets", "package holidays"),
        Topic::Cost | Topic::Relax => ("de budgets", "budgets"),
        Topic::Map => ("de cartes", "maps"),
        _ => return None,
    })
}

/// Says what of the message is not about flights; `None` when all of it is, or is answered by itself.
pub(super) fn other_service(view: &View<'_>) -> Option<String> {
    let locale = view.locale();
    let questions = view.context.reading.brought_up();
    let open = questions.filter(|question| {
        view.capability(question).is_none() && !info::stands_beside(question, view)
    });
    let name = open.filter_map(|question| service(question.topic)).next();
    if let Some((french, english)) = name {
        return Some(match locale {
            Locale::Fr => {
                format!("Je ne cherche pour l’instant que des vols, pas {french}.")
            }
            Locale::En => format!("For now I search flights only, not {english}."),
        });
    }
    let undecided = view.context.trip.destination.is_none()
        && seeks_a_destination(&view.message)
        && !view.offers::<SuggestDestinations>();
    undecided.then(|| {
        locale
            .pick(
                "Je ne sais pas choisir une destination à votre place, mais dès que vous en avez \
                 une en tête, je compare les vols et les jours les moins chers.",
                "I cannot pick a destination for you, but as soon as you have one in mind, I \
                 compare flights and the cheapest days.",
            )
            .to_owned()
    })
}

/// Whether the message speaks of flights.
pub(super) fn mentions_flights(view: &View<'_>) -> bool {
    speaks_of_flights(&view.message)
}

/// After a wish that is not about flights, when the trip is complete.
pub(super) fn back_to_flights(view: &View<'_>, aside: &str) -> Reply {
    let (trip, locale) = (&view.context.trip, view.locale());
    let route = phrases::route(trip, locale).unwrap_or_default();
    let text = match locale {
        Locale::Fr => {
            format!("{aside} Voulez-vous que je reprenne la recherche de vols ({route}) ?")
        }
        Locale::En => format!("{aside} Shall I go back to the flight search ({route})?"),
    };
    Reply::asking(text, Pending::Search)
}

/// The status, change or cancellation of a booking.
pub(super) fn booking_management(view: &View<'_>) -> String {
    let (context, locale) = (view.context, view.locale());
    let selected = context
        .proposal
        .as_ref()
        .filter(|proposal| proposal.status == ProposalStatus::Confirmed);
    let opening = match selected {
        Some(_) => locale.pick(
            "L’offre que vous avez retenue ici n’est pas une réservation : il n’y a rien à \
             modifier ni à annuler.",
            "The offer that you selected here is not a booking: there is nothing to change or \
             cancel.",
        ),
        None => locale.pick(
            "Je ne gère pas encore de réservations : je ne peux ni les retrouver, ni les modifier, \
             ni les annuler.",
            "I do not handle bookings yet: I can neither find, change nor cancel one.",
        ),
    };
    let instead = locale.pick(
        "Pour un billet acheté ailleurs, adressez-vous à la compagnie ou à l’agence qui l’a vendu, \
         avec votre référence de dossier. De mon côté, je peux comparer des vols pour une nouvelle \
         date ou une autre destination.",
        "For a ticket bought elsewhere, contact the airline or agency that sold it, with your \
         booking reference. What I can do is compare flights for a new date or another destination.",
    );
    format!("{opening} {instead}")
}

/// Anything that is not travel.
pub(super) fn out_of_scope(view: &View<'_>) -> Reply {
    let locale = view.locale();
    let openings = [
        locale.pick(
            "Cela sort de mon domaine : je m’occupe de voyages.",
            "That is outside my field: I deal with travel.",
        ),
        locale.pick(
            "Là, je ne peux pas vous aider : je ne connais que les voyages.",
            "I cannot help with that one: travel is all I know.",
        ),
        locale.pick(
            "Je passe mon tour sur ce sujet ; mon métier, ce sont les vols.",
            "I will pass on that subject; flights are my trade.",
        ),
    ];
    let opening = talk::vary(&view.message, &openings);
    let (hint, asks) = match plan::needed(view) {
        Some(slot) if phrases::route(&view.context.trip, locale).is_some() => {
            let back = locale.pick("Revenons à votre voyage :", "Back to your trip:");
            let question = ask::question(slot, locale);
            let hint = format!("{back} {}", lower_first(question));
            (hint, Pending::slot(slot))
        }
        _ => {
            let hint = locale.pick(
                "Je peux par exemple chercher un vol, trouver le jour le moins cher d’un mois, ou \
                 vous donner l’heure et la monnaie d’un pays.",
                "I can, for instance, find a flight, find the cheapest day of a month, or tell you \
                 the time and the currency of a country.",
            );
            (hint.to_owned(), Pending::Nothing)
        }
    };
    Reply::asking(format!("{opening} {hint}"), asks)
}

/// The question inside a sentence.
fn lower_first(question: &str) -> String {
    let mut chars = question.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
