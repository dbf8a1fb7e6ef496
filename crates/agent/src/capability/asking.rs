//! What every capability may have to ask or to own up to.

use guide::stays::Stay;
use jiff::{ToSpan, civil::Date};
use schedule::QueryError;

use super::wording;
use crate::{
    language::{Pending, Scope},
    locale::Locale,
    planner::{Brief, Progress, Reply, View},
    tools::{BadArgument, Problem, ToolError, refusal},
    travel::{Currency, Money},
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

/// Asks where the trip begins.
pub(crate) fn where_from(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let text = view.locale().pick(
        "D’où partez-vous ? Il me le faut pour le prix des vols.",
        "Where are you leaving from? I need it for the price of the flights.",
    );
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
        ToolError::BadArgument(bad) => refusal::sentence(bad, locale),
        ToolError::Query(QueryError::UnknownPlace(code)) => {
            let bad = BadArgument::of("city", Problem::UnknownPlace(*code));
            refusal::sentence(&bad, locale)
        }
        ToolError::Query(QueryError::SameCity(from, to)) => {
            let bad = BadArgument::of("city", Problem::SameCity(*from, *to));
            refusal::sentence(&bad, locale)
        }
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

/// The days of a trip, and whether they were said.
pub(crate) struct When {
    /// First and last.
    pub(crate) days: (Date, Date),
    /// They stand for others: only a length or a month was said.
    pub(crate) assumed: bool,
}

/// The days of a trip: as said, else as many nights as were said from the first day of the span that
/// was said, or a month from now; `None` = neither days nor a length are known.
pub(crate) fn days_or_some(view: &View<'_>, brief: &Brief<'_>) -> Option<When> {
    if let Some(days) = brief.days.filter(|(first, last)| first < last) {
        return Some(When {
            days,
            assumed: false,
        });
    }
    let nights = brief.nights.filter(|nights| *nights > 0)?;
    let today = view.context.now.date();
    let first = match brief.within {
        Some((from, _)) => from.max(today.tomorrow().ok()?),
        None => some_days(view)?.0,
    };
    let last = Stay::of(first, nights)?.check_out;
    Some(When {
        days: (first, last),
        assumed: true,
    })
}

/// Tells the days that were taken where none were said.
pub(crate) fn assumed_days(stay: Stay, locale: Locale) -> String {
    let days = wording::days(stay.check_in, stay.check_out, locale);
    match locale {
        Locale::Fr => format!("Faute de dates, j’ai compté {days} : dites-moi les vôtres."),
        Locale::En => format!("As no dates were given, I took {days}: tell me yours."),
    }
}

/// What may be spent, and in which currency everything is told.
pub(crate) struct Spending {
    /// As said.
    pub(crate) amount: Option<Money>,
    /// It is for each person.
    pub(crate) each: bool,
    /// Currency of the answer.
    pub(crate) currency: Currency,
}

/// The budget of a trip; an amount for a night is none.
pub(crate) fn budget(view: &View<'_>, brief: &Brief<'_>) -> Spending {
    let budget = brief.budget.filter(|budget| budget.scope != Scope::Night);
    let said = view.context.reading.currency;
    let of_budget = budget.map(|budget| budget.amount.currency);
    let currency = said.or(of_budget).unwrap_or(view.currency());
    Spending {
        amount: budget.map(|budget| guide::rates::convert(budget.amount, currency).0),
        each: budget.is_some_and(|budget| budget.scope == Scope::Each),
        currency,
    }
}
