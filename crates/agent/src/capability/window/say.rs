//! What the built-in model says of the cheapest days.

use jiff::{ToSpan, civil::Date};

use super::{
    card,
    find_trip_window::{FindTripWindow, FindTripWindowArgs},
    found::WindowFound,
};
use crate::{
    capability::{arguments::ages, asking, wording},
    locale::Locale,
    planner::{Brief, LookUp, Progress, View},
};

/// Nights where nobody said how many.
const NIGHTS: u16 = 7;
/// A span of fewer days is a stay and not the time in which one is to be.
const A_WEEK: i32 = 8;

/// The next step for a question about the cheapest days.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let Some(place) = brief.destination else {
        return asking::which_place(view, brief);
    };
    let Some(home) = brief.home else {
        return asking::where_from(view, brief);
    };
    let nights = brief.nights.filter(|nights| *nights > 0);
    let span = span(view, brief);
    let mut args = FindTripWindowArgs {
        departure: home.to_string(),
        arrival: place.code.to_string(),
        month: None,
        from: None,
        to: None,
        nights: nights.unwrap_or(NIGHTS),
        adults: Some(brief.party.adults),
        children_ages: ages(&brief.party),
        rooms: brief.details.rooms,
        category: brief.details.category,
        currency: Some(asking::budget(view, brief).currency.to_string()),
    };
    match span {
        Span::Month(first) => args.month = Some(first.strftime("%Y-%m").to_string()),
        Span::Days(from, to) => (args.from, args.to) = (Some(from), Some(to)),
    }
    match view.look_up::<FindTripWindow, WindowFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => {
            let text = answer(found, nights.is_none(), view.locale());
            Progress::Say(asking::with_assumed_party(text, brief, view.locale()).into())
        }
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

/// When the trip may begin.
enum Span {
    /// Within a month.
    Month(Date),
    /// Within several, or a part of one.
    Days(Date, Date),
}

/// The span that was said; the month of days that are settled; else the next three months.
fn span(view: &View<'_>, brief: &Brief<'_>) -> Span {
    let today = view.context.now.date();
    match brief.within {
        Some((from, to)) => {
            let days = from.until(to).map_or(0, |days| days.get_days());
            let whole = from == from.first_of_month() && to == from.last_of_month();
            // A year at most is a season; "from 3 to 8" is a stay, of which the month is meant.
            match days < A_WEEK || whole {
                true => Span::Month(from),
                false => Span::Days(from, to),
            }
        }
        None => Span::Days(today, today.saturating_add(3.months())),
    }
}

fn answer(found: &WindowFound, nights_assumed: bool, locale: Locale) -> String {
    let at = wording::at(found.destination.name(locale), locale);
    let span = card::departures(found, locale);
    let nights = wording::nights(found.nights.into(), locale);
    let Some((first, others)) = found.windows.split_first() else {
        return match locale {
            Locale::Fr => format!("Je ne connais aucun vol pour {nights} {at} ({span})."),
            Locale::En => format!("I know of no flight for {nights} {at} ({span})."),
        };
    };
    let days = wording::days(first.depart, first.return_date, locale);
    let (total, flights, stay) = (
        wording::about(first.total, locale),
        wording::about(first.flights, locale),
        wording::about(first.stay, locale),
    );
    let mut text = match locale {
        Locale::Fr => format!(
            "Le moins cher pour {nights} {at} ({span}) : {days}, environ **{total}** pour tous, \
             vols ({flights}) et nuits ({stay}) compris."
        ),
        Locale::En => format!(
            "Cheapest for {nights} {at} ({span}): {days}, about **{total}** for all, flights \
             ({flights}) and nights ({stay}) included."
        ),
    };
    if let Some(next) = others.first() {
        let (days, total) = (
            wording::days(next.depart, next.return_date, locale),
            wording::about(next.total, locale),
        );
        text.push_str(&match locale {
            Locale::Fr => format!(" Ensuite : {days}, {total}."),
            Locale::En => format!(" Next: {days}, {total}."),
        });
    }
    text.push_str("\n\n");
    if nights_assumed {
        text.push_str(&match locale {
            Locale::Fr => format!("Faute de durée, j’ai compté {nights} : dites-moi la vôtre. "),
            Locale::En => format!("As no length was given, I took {nights}: tell me yours. "),
        });
    }
    text.push_str(locale.pick(
        "Prix indicatifs ; un bouton par période lance la recherche des vols.",
        "Indicative prices; a button for each period searches its flights.",
    ));
    text
}
