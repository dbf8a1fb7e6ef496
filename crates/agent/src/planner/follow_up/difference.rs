//! What two offers differ in.

use jiff::SignedDuration;

use super::{
    super::{compare, offer_text, phrases, view::View},
    Numbered, named,
};
use crate::{
    language::Choice,
    locale::Locale,
    travel::{Money, Offer, format},
};

/// Names every difference of the two offers that the message names, or of the recommended one and
/// the cheapest other.
pub(super) fn text(view: &View<'_>) -> String {
    let locale = view.locale();
    let Some((one, other)) = pair(view) else {
        return locale
            .pick(
                "Il n’y a qu’une offre affichée : je n’ai rien à quoi la comparer.",
                "Only one offer is shown: there is nothing to compare it with.",
            )
            .to_owned();
    };
    let figures = [price(one, other, locale), duration(one, other, locale)];
    let (here, there) = (one.name(locale), other.name(locale));
    let figures = phrases::list(&figures, locale.pick("et", "and"));
    let opening = match locale {
        Locale::Fr => format!(
            "Par rapport à la n° {}, la n° {} {figures}.",
            other.number, one.number
        ),
        Locale::En => format!("Compared with {there}, {here} {figures}."),
    };
    let aspects = aspects(locale);
    let rows = aspects.iter().map(|(name, of)| {
        let (a, b) = (of(one.offer, locale), of(other.offer, locale));
        (*name, a, b)
    });
    let (differ, same): (Vec<_>, Vec<_>) = rows.partition(|(_, a, b)| a != b);
    let differ: Vec<_> = differ
        .into_iter()
        .map(|(name, a, b)| match locale {
            Locale::Fr => format!("{name} : {a} contre {b}"),
            Locale::En => format!("{name}: {a} against {b}"),
        })
        .collect();
    let same: Vec<_> = same.into_iter().map(|(name, ..)| name.to_owned()).collect();
    let mut text = opening;
    if !differ.is_empty() {
        let differ = phrases::capitalised(&differ.join(" ; "));
        text.push_str(&format!(" {differ}."));
    }
    if !same.is_empty() {
        let same = phrases::list(&same, locale.pick("et", "and"));
        let label = locale.pick("Identiques :", "The same:");
        text.push_str(&format!(" {label} {same}."));
    }
    text.replace(" ;", locale.pick(" ;", ";"))
}

fn pair<'a>(view: &View<'a>) -> Option<(Numbered<'a>, Numbered<'a>)> {
    let offers = &view.context.offers;
    let named = named::all(view);
    let one = named.first().copied().or_else(|| named::nth(view, 1))?;
    let cheapest = compare::position(offers, Choice::Cheapest).map(|at| at + 1);
    let other = named.get(1).map(|other| other.number).or_else(|| {
        let mut candidates = cheapest.into_iter().chain(1..=offers.len());
        candidates.find(|number| *number != one.number)
    })?;
    Some((one, named::nth(view, other)?))
}

fn price(one: Numbered<'_>, other: Numbered<'_>, locale: Locale) -> String {
    let (a, b) = (one.offer.total, other.offer.total);
    if a.currency != b.currency {
        let (a, b) = (format::money(a, locale), format::money(b, locale));
        return match locale {
            Locale::Fr => format!("coûte {a} contre {b}"),
            Locale::En => format!("costs {a} against {b}"),
        };
    }
    let gap = format::money(Money::new((a.minor - b.minor).abs(), a.currency), locale);
    match (a.minor.cmp(&b.minor), locale) {
        (std::cmp::Ordering::Equal, _) => locale.pick("coûte autant", "costs the same").to_owned(),
        (std::cmp::Ordering::Greater, Locale::Fr) => format!("coûte {gap} de plus"),
        (std::cmp::Ordering::Less, Locale::Fr) => format!("coûte {gap} de moins"),
        (std::cmp::Ordering::Greater, Locale::En) => format!("costs {gap} more"),
        (std::cmp::Ordering::Less, Locale::En) => format!("costs {gap} less"),
    }
}

fn duration(one: Numbered<'_>, other: Numbered<'_>, locale: Locale) -> String {
    let gap = one.offer.duration() - other.offer.duration();
    let time = format::duration(SignedDuration::from_secs(gap.as_secs().abs()), locale);
    match (gap.signum(), locale) {
        (0, _) => locale.pick("dure autant", "takes as long").to_owned(),
        (1, Locale::Fr) => format!("dure {time} de plus"),
        (1, Locale::En) => format!("takes {time} longer"),
        (_, Locale::Fr) => format!("dure {time} de moins"),
        (_, Locale::En) => format!("takes {time} less"),
    }
}

/// What else is compared, and how it is said of an offer.
type Aspect = (&'static str, fn(&Offer, Locale) -> String);

fn aspects(locale: Locale) -> [Aspect; 6] {
    [
        (locale.pick("escales", "stops"), stops),
        (locale.pick("horaires", "times"), times),
        (locale.pick("compagnie", "airline"), |offer, _| {
            offer_text::carriers(offer)
        }),
        (locale.pick("bagages", "baggage"), offer_text::bags),
        (
            locale.pick("conditions", "conditions"),
            offer_text::conditions,
        ),
        (locale.pick("émissions", "emissions"), offer_text::emissions),
    ]
}

fn stops(offer: &Offer, locale: Locale) -> String {
    let stops = offer
        .slices
        .iter()
        .map(|slice| offer_text::stops(slice, locale));
    stops.collect::<Vec<_>>().join(" + ")
}

fn times(offer: &Offer, _: Locale) -> String {
    let times = offer.slices.iter().filter_map(offer_text::times);
    times.collect::<Vec<_>>().join(" + ")
}
