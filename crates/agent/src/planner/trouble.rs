//! Searches that found nothing, failed, or could not be made.

use super::{answer, ask, calendar::Chosen, phrases, relax, step::Reply, view::View};
use crate::{
    language::{
        Change, PartyMention, Pending, Place,
        SlotName::{self, DepartDate, Destination, Origin, Passengers},
    },
    locale::Locale,
    sources::SourceError,
    tools::{BadArgument, ToolError, Within},
    travel::{FlightSearch, Iata, Party, airport, format},
};

use schedule::QueryError;

/// A bare place is another departure: it is the one that the texts name.
const OTHERWISE: Pending = Pending::Change {
    bare: SlotName::Origin,
};

/// No flight fits: what could be relaxed, and a question.
pub(super) fn no_offers(view: &View<'_>, search: &FlightSearch) -> Reply {
    let locale = view.locale();
    let route = answer::headline(view, search);
    let wishes = relax::wishes(view, search);
    let text = match locale {
        Locale::Fr => format!(
            "Je n’ai trouvé aucun vol : {route}. Que préférez-vous assouplir : {} ?",
            phrases::list(&wishes, "ou")
        ),
        Locale::En => format!(
            "I found no flight: {route}. What would you rather relax: {}?",
            phrases::list(&wishes, "or")
        ),
    };
    Reply::asking(text, OTHERWISE)
}

/// Both ends of a leg are one city: nobody flies there.
pub(super) fn same_city(view: &View<'_>, from: Iata, to: Iata) -> Reply {
    let locale = view.locale();
    let asks = Pending::slot(SlotName::Destination);
    let question = ask::question(SlotName::Destination, locale);
    let sentence = one_city(name(from, locale), name(to, locale), locale);
    Reply::asking(format!("{sentence} {question}"), asks)
}

/// The sentence for two ends that are one city, where the message named them both or changed one.
pub(super) fn same_place(view: &View<'_>) -> Option<String> {
    let (reading, locale) = (&view.context.reading, view.locale());
    let (from, to) = (reading.origin.as_ref()?, reading.destination.as_ref()?);
    let first = |place: &Place| place.codes.first().map(|code| name(*code, locale));
    (from.codes != to.codes).then(|| Some(one_city(first(from)?, first(to)?, locale)))?
}

fn one_city(from: String, to: String, locale: Locale) -> String {
    match locale {
        Locale::Fr => format!(
            "{from} et {to} sont au même endroit : aucun vol ne les relie, on y va par la route ou \
             le rail."
        ),
        Locale::En => {
            format!(
                "{from} and {to} are in the same city: no flight links them, one goes by road or rail."
            )
        }
    }
}

/// `Paris`, `Paris-Orly (ORY)`: an airport by its own name.
fn name(code: Iata, locale: Locale) -> String {
    match airport::by_code(code) {
        Some(known) if airport::of_metro(code).is_empty() => {
            format!("{} ({code})", known.name)
        }
        _ => phrases::city(&[code], locale).map_or_else(|| code.to_string(), str::to_owned),
    }
}

/// Whether the message asks for more seats than one booking has.
pub(super) fn is_group(view: &View<'_>) -> bool {
    let (reading, trip) = (&view.context.reading, &view.context.trip);
    let count = |party: &PartyMention| {
        let children = party.children.as_ref().map_or(0, Vec::len);
        usize::from(party.adults.unwrap_or(0)) + children
    };
    let known = trip.party.as_ref().map_or(1, Party::seats);
    let added: usize = reading
        .changes
        .iter()
        .map(|change| match change {
            Change::Add(more) => count(more),
            _ => 0,
        })
        .sum();
    let said = reading.passengers.as_ref().map_or(0, count);
    said > Party::MAX_SEATS || added > 0 && known + added > Party::MAX_SEATS
}

/// What a group of more than nine can do.
pub(super) const fn group(locale: Locale) -> &'static str {
    locale.pick(
        "Une recherche va jusqu’à 9 sièges. Pour un groupe plus grand, deux voies : réserver en \
         plusieurs fois (par exemple la moitié du groupe, puis l’autre, sur les mêmes vols), ou \
         demander un tarif au service groupes d’une compagnie, souvent dès 10 personnes.",
        "A search goes up to 9 seats. A larger group has two ways: several bookings (for instance \
         half of the group, then the other half, on the same flights), or a quote from an \
         airline’s group desk, usually from 10 people on.",
    )
}

/// No day of the window has a flight.
pub(super) fn no_day(view: &View<'_>) -> Reply {
    let (trip, locale) = (&view.context.trip, view.locale());
    let route = phrases::route(trip, locale).unwrap_or_default();
    let when = trip
        .depart_date
        .as_ref()
        .map(|span| phrases::when(span, locale));
    let when = when.unwrap_or_default();
    let text = match locale {
        Locale::Fr => format!(
            "Je n’ai trouvé aucun vol {when} pour **{route}**. Souhaitez-vous essayer un autre \
             mois ou un autre aéroport de départ ?"
        ),
        Locale::En => format!(
            "I found no flight {when} for **{route}**. Would you like to try another month or \
             another departure airport?"
        ),
    };
    Reply::asking(text, OTHERWISE)
}

/// A tool failed: what that means and what to do.
pub(super) fn failed(error: &ToolError, view: &View<'_>) -> Reply {
    let locale = view.locale();
    match error {
        ToolError::BadArgument(bad) => refused(bad, locale),
        ToolError::Query(QueryError::UnknownPlace(_)) => unknown_airport(Destination, locale),
        ToolError::Query(QueryError::SameCity(from, to)) => same_city(view, *from, *to),
        error => again(error, locale),
    }
}

/// The search does not take an argument: what to say instead.
fn refused(bad: &BadArgument, locale: Locale) -> Reply {
    let of_leg = matches!(bad.within, Some(Within::Leg(_)));
    match bad.argument {
        "adults" | "children_ages" | "infants" => {
            let text = locale.pick(
                "Cette recherche n’accepte pas ce groupe : il faut de 1 à 9 sièges, des enfants \
                 de 2 à 11 ans et un adulte pour chaque bébé. Combien d’adultes, d’enfants et de \
                 bébés voyagent ?",
                "The search does not take this party: it needs 1 to 9 seats, children aged 2 to \
                 11 and one adult per infant. How many adults, children and infants are \
                 travelling?",
            );
            Reply::asking(text, Pending::slot(Passengers))
        }
        "departure" if !of_leg => unknown_airport(Origin, locale),
        "departure" | "arrival" => unknown_airport(Destination, locale),
        "date" | "return_date" | "month" | "legs" => {
            let text = locale.pick(
                "La recherche a refusé ces dates. Quand souhaitez-vous partir ?",
                "The search refused these dates. When would you like to leave?",
            );
            Reply::asking(text, Pending::slot(DepartDate))
        }
        _ => again(&ToolError::BadArgument(bad.clone()), locale),
    }
}

fn unknown_airport(end: SlotName, locale: Locale) -> Reply {
    let text = locale.pick(
        "La recherche ne connaît pas l’un de ces aéroports. Pouvez-vous indiquer une grande ville \
         proche, ou un code comme LYS ?",
        "The search does not know one of these airports. Could you give a larger city nearby, or a \
         code such as LYS?",
    );
    Reply::asking(text, Pending::slot(end))
}

/// What happened, and whether to try again.
fn again(error: &ToolError, locale: Locale) -> Reply {
    let text = match error {
        ToolError::TimedOut | ToolError::Source(SourceError::Timeout) => locale.pick(
            "La recherche de vols a pris trop de temps et n’a rien rendu. Voulez-vous que je \
             réessaie ?",
            "The flight search took too long and returned nothing. Shall I try again?",
        ),
        ToolError::Source(SourceError::Unavailable) => locale.pick(
            "La source des vols ne répond pas en ce moment ; votre demande est bien notée. \
             Voulez-vous que je réessaie ?",
            "The source of flights does not answer at the moment; your request is noted. Shall I \
             try again?",
        ),
        ToolError::Source(SourceError::RateLimited) => locale.pick(
            "La source des vols n’accepte plus de recherche pour l’instant ; votre demande est \
             bien notée. Voulez-vous que je réessaie ?",
            "The source of flights takes no more searches for now; your request is noted. Shall I \
             try again?",
        ),
        _ => locale.pick(
            "La recherche de vols a échoué de notre côté ; votre demande est bien notée. \
             Voulez-vous que je réessaie ?",
            "The flight search failed on our side; your request is noted. Shall I try again?",
        ),
    };
    Reply::asking(text, Pending::Search)
}

/// This agent has no flight search at all: trying again would not help.
pub(super) fn no_search(view: &View<'_>) -> Reply {
    let locale = view.locale();
    let route = phrases::route(&view.context.trip, locale).unwrap_or_default();
    let text = match locale {
        Locale::Fr => format!(
            "Votre demande est notée ({route}), mais la recherche de vols n’est pas disponible \
             ici : je ne peux donner ni vol ni prix."
        ),
        Locale::En => format!(
            "Your request is noted ({route}), but flight search is not available here: I can give \
             neither flights nor prices."
        ),
    };
    text.into()
}

/// No search can be made in this round: says what is known so far.
pub(super) fn cannot_search(view: &View<'_>, chosen: Option<&Chosen>) -> Reply {
    let locale = view.locale();
    let route = phrases::route(&view.context.trip, locale).unwrap_or_default();
    let cheapest = chosen.and_then(|chosen| chosen.cheapest.first());
    let text = match (cheapest, locale) {
        (Some(day), _) => {
            let (date, price) = (
                format::date(day.date, locale),
                format::money(day.price, locale),
            );
            match locale {
                Locale::Fr => format!(
                    "**{route}** : le jour le moins cher est le {date}, dès {price} (tarif \
                     illustratif). Souhaitez-vous que je cherche les vols de ce jour ?"
                ),
                Locale::En => format!(
                    "**{route}**: the cheapest day is {date}, from {price} (an illustrative \
                     fare). Shall I search the flights of that day?"
                ),
            }
        }
        (None, Locale::Fr) => format!(
            "Votre demande est notée ({route}), mais je n’ai pas pu lancer la recherche cette \
             fois. Voulez-vous que je réessaie ?"
        ),
        (None, Locale::En) => format!(
            "Your request is noted ({route}), but I could not start the search this time. Shall \
             I try again?"
        ),
    };
    Reply::asking(text, Pending::Search)
}
