//! What every capability may have to ask or to own up to.

use jiff::{ToSpan, civil::Date};

use crate::{
    language::Pending,
    locale::Locale,
    planner::{Brief, Progress, Reply, View},
    tools::ToolError,
};

/// Asks for the place that a question left out, or says that the tables do not know the one named.
pub(crate) fn which_place(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let locale = view.locale();
    let text = match &brief.place {
        Some(place) => match locale {
            Locale::Fr => format!(
                "Je n’ai pas de données sur « {} » : mes tables tiennent 350 destinations. Quelle \
                 ville proche puis-je regarder ?",
                place.surface
            ),
            Locale::En => format!(
                "I have no data on “{}”: my tables hold 350 destinations. Which city near it shall \
                 I look at?",
                place.surface
            ),
        },
        None => locale
            .pick("Pour quelle ville ?", "For which city?")
            .to_owned(),
    };
    Progress::Say(Reply::asking(text, again(view, brief)))
}

/// Asks for the days of a stay.
pub(crate) fn which_days(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let locale = view.locale();
    let city = brief.place_name(view).unwrap_or_default();
    let text = match (brief.nights, locale) {
        (Some(nights), Locale::Fr) => format!(
            "{city} : à partir de quel jour ? Il me le faut pour le prix des {nights} nuits, qui \
             dépend du mois."
        ),
        (Some(nights), Locale::En) => format!(
            "{city}: from which day? I need it for the price of the {nights} nights, which depends \
             on the month."
        ),
        (None, Locale::Fr) => {
            format!(
                "{city} : quels jours ? Par exemple « du 12 au 15 mars », ou « 3 nuits en mai »."
            )
        }
        (None, Locale::En) => {
            format!("{city}: which days? Such as “12 to 15 March”, or “3 nights in May”.")
        }
    };
    Progress::Say(Reply::asking(text, again(view, brief)))
}

/// What the answer to a question completes.
pub(crate) fn again(view: &View<'_>, brief: &Brief<'_>) -> Pending {
    Pending::Topic {
        topic: brief.topic,
        said: view.message.clone().into_owned(),
    }
}

/// Says that a look-up failed.
pub(crate) fn failed(view: &View<'_>, error: &ToolError) -> Progress {
    let locale = view.locale();
    let text = match error {
        ToolError::BadArgument(bad) => match locale {
            Locale::Fr => format!("Je ne peux pas chercher cela : {bad}."),
            Locale::En => format!("I cannot look that up: {bad}."),
        },
        _ => locale
            .pick(
                "La recherche n’a pas abouti ; redemandez-moi dans un instant.",
                "The look-up did not succeed; ask me again in a moment.",
            )
            .to_owned(),
    };
    Progress::Say(text.into())
}

/// The text, with the party that was assumed where none was said.
pub(crate) fn with_assumed_party(text: String, brief: &Brief<'_>, locale: Locale) -> String {
    if brief.party_is_said {
        return text;
    }
    let note = locale.pick(
        "J’ai compté une personne : dites-moi combien vous êtes.",
        "I counted one person: tell me how many you are.",
    );
    format!("{text} {note}")
}

/// Days that stand for any: three nights, a month from now.
pub(crate) fn some_days(view: &View<'_>) -> Option<(Date, Date)> {
    let today = view.context.now.date();
    let first = today.checked_add(30.days()).ok()?;
    Some((first, first.checked_add(3.days()).ok()?))
}
