//! What the built-in model says where nobody knows where to go.

use guide::{kinds, suggest::Reason};
use jiff::{ToSpan, civil::Date};

use super::{
    arguments::{SuggestDestinationsArgs, WishedWeather},
    card::{self, city},
    found::{Suggested, SuggestionsFound},
    regions,
    suggest_destinations::SuggestDestinations,
};
use crate::{
    capability::{arguments::ages, asking, wording},
    language::{Kind, Place, PlaceKind, Reach, Scope, Taste, Warmth},
    locale::Locale,
    planner::{Brief, LookUp, Progress, Reply, View, phrases},
    travel::{Iata, format},
};

/// Suggestions that the reply names.
const MOST_NAMED: usize = 3;
/// Reasons that it tells of each.
const MOST_REASONS: usize = 2;
/// Longest span of days that is one month's.
const MONTH_DAYS: i32 = 31;

/// The next step for a question of where to go.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let args = arguments(view, brief);
    match view.look_up::<SuggestDestinations, SuggestionsFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => Progress::Say(answer(view, brief, found)),
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

fn arguments(view: &View<'_>, brief: &Brief<'_>) -> SuggestDestinationsArgs {
    let details = brief.details;
    let days = exact_days(view, brief);
    let month = brief.within.filter(|_| days.is_none()).map(month_of);
    let (mut max_price, mut each) = (None, None);
    if let Some(budget) = brief.budget {
        let amount = Some(budget.amount.decimal());
        match budget.scope {
            Scope::All => max_price = amount,
            Scope::Each => each = amount,
            // What a night may cost says nothing of flights.
            Scope::Night => {}
        }
    }
    let priced = max_price.is_some() || each.is_some();
    let currency = brief.budget.filter(|_| priced).map(|b| b.amount.currency);
    let refused = details.refused.iter().filter_map(|taste| match taste {
        Taste::Kind(kind) => wished(*kind),
        Taste::Interest(_) => None,
    });
    let (near, max_hours) = match details.reach {
        Some(Reach::Near) => (true, None),
        Some(Reach::Hours(hours)) => (false, Some(hours)),
        None => (false, None),
    };
    let trip = &view.context.trip;
    let not_there = trip.destination.as_ref();
    let not_there =
        not_there.filter(|place| !matches!(place.kind, PlaceKind::Country | PlaceKind::Region));
    let country = wide(view, PlaceKind::Country).map(|place| place.country.as_str());
    // An island or a province is its airports.
    let only = wide(view, PlaceKind::Region);
    let only = only.map(|place| codes(&place.codes));
    let (region, exclude_region) = regions::of(view);
    SuggestDestinationsArgs {
        departure: brief.home.map(|code| code.to_string()),
        month: month.map(|first| first.strftime("%Y-%m").to_string()),
        check_in: days.map(|(from, _)| from),
        check_out: days.map(|(_, to)| to),
        nights: brief
            .nights
            .filter(|_| brief.days.is_none())
            .or_else(|| weekend(view))
            .filter(|nights| *nights > 0 && days.is_none()),
        adults: Some(brief.party.adults),
        children_ages: ages(&brief.party),
        max_price,
        max_price_per_person: each,
        currency: Some(currency.unwrap_or_else(|| view.currency()).to_string()),
        warmth: details.warmth.map(weather),
        kinds: details
            .kinds
            .iter()
            .filter_map(|kind| wished(*kind))
            .collect(),
        exclude_kinds: refused.collect(),
        exclude: not_there
            .and_then(|place| place.codes.first())
            .map(ToString::to_string),
        country: country.map(str::to_owned),
        only,
        region,
        exclude_region,
        near,
        max_hours,
        limit: None,
    }
}

/// The nights of a weekend.
fn weekend(view: &View<'_>) -> Option<u16> {
    let long = view.words.any("long week|pont ");
    let short = view.words.any("week end|weekend");
    (long || short).then_some(if long { 3 } else { 2 })
}

/// The place within which it is to be, where one of this kind was named as where to go.
fn wide<'a>(view: &View<'a>, kind: PlaceKind) -> Option<&'a Place> {
    let named = view.context.reading.destination.as_ref();
    let named = named.or(view.context.trip.destination.as_ref())?;
    (named.kind == kind).then_some(named)
}

/// Codes as an argument has them.
fn codes(codes: &[Iata]) -> String {
    let codes: Vec<_> = codes.iter().map(|code| code.as_str()).collect();
    codes.join(",")
}

/// The days, where they are said as days: "the end of May" is when, not from when to when.
fn exact_days(view: &View<'_>, brief: &Brief<'_>) -> Option<(Date, Date)> {
    let depart = view.context.trip.depart_date.as_ref()?;
    let said = depart.from == depart.to || depart.surface.chars().any(|c| c.is_ascii_digit());
    brief.days.filter(|(from, to)| said && from < to)
}

/// The first day of the month that most of a span lies in.
fn month_of((from, to): (Date, Date)) -> Date {
    let days = from.until(to).map_or(0, |span| span.get_days());
    from.saturating_add((days / 2).days()).first_of_month()
}

const fn weather(warmth: Warmth) -> WishedWeather {
    match warmth {
        Warmth::Hot | Warmth::Mild => WishedWeather::Warm,
        Warmth::Warm => WishedWeather::Sunny,
        Warmth::Snow => WishedWeather::Snow,
        Warmth::Dry => WishedWeather::Dry,
    }
}

/// What the tables judge; whether a place is for families they do not say.
const fn wished(kind: Kind) -> Option<kinds::Kind> {
    Some(match kind {
        Kind::Beach => kinds::Kind::Beach,
        Kind::City => kinds::Kind::City,
        Kind::Mountain => kinds::Kind::Mountain,
        Kind::Culture => kinds::Kind::Culture,
        Kind::Nature => kinds::Kind::Nature,
        Kind::Nightlife => kinds::Kind::Nightlife,
        Kind::Food => kinds::Kind::Food,
        Kind::Family => return None,
    })
}

fn answer(view: &View<'_>, brief: &Brief<'_>, found: &SuggestionsFound) -> Reply {
    let locale = view.locale();
    if found.suggestions.is_empty() {
        let text = locale.pick(
            "Je ne trouve aucune destination une fois retiré ce que vous excluez.",
            "I find no destination once what you exclude is left out.",
        );
        return text.to_owned().into();
    }
    let named = found.suggestions.iter().take(MOST_NAMED);
    let named: Vec<_> = named.map(|one| told(one, found, locale)).collect();
    let mut text = format!(
        "{}{} {}.",
        opening(found, locale),
        locale.pick("\u{a0}:", ":"),
        named.join(locale.pick(" ; ", "; "))
    );
    let family = brief.details.kinds.contains(&Kind::Family);
    let notes = [
        (found.month_assumed).then(|| {
            let month = format::month(found.from, locale);
            match locale {
                Locale::Fr => format!("Sans date de votre part, j’ai pris {month}."),
                Locale::En => format!("You gave no date, so I took {month}."),
            }
        }),
        wide_span(brief, found, locale),
        family.then(|| {
            locale
                .pick(
                    "Si l’endroit convient aux enfants, mes tables ne le disent pas.",
                    "Whether it suits children my tables do not say.",
                )
                .to_owned()
        }),
        ignored(view, found),
        priced(found, locale),
    ];
    for note in notes.into_iter().flatten() {
        text.push_str(&format!(" {note}"));
    }
    if found.departure.is_some() {
        return text.into();
    }
    let question = locale.pick(
        "D’où partez-vous ? J’ajouterai le prix des vols.",
        "Where do you leave from? I will add the price of the flights.",
    );
    Reply::asking(format!("{text} {question}"), asking::again(view, brief))
}

/// What of the wish was not understood: a valley or a coast that the tables do not know must not be
/// passed over.
fn ignored(view: &View<'_>, found: &SuggestionsFound) -> Option<String> {
    let locale = view.locale();
    let kept = found.region.is_some() || found.exclude_region.is_some();
    let words = view.context.left_over();
    let words = words.filter(|words| !(kept && regions::is_one(words)));
    phrases::not_taken_into_account(words, locale)
}

/// "Pour février 2027 au départ de Lyon".
fn opening(found: &SuggestionsFound, locale: Locale) -> String {
    let when = card::when(found, locale);
    let within = card::within(found, locale);
    let when = match within {
        Some(within) => format!("{when} ({within})"),
        None => when,
    };
    let from = found.departure.and_then(|code| city(code, locale));
    match (from, locale) {
        (Some(from), Locale::Fr) => format!("Pour {when} au départ de {from}"),
        (Some(from), Locale::En) => format!("For {when} from {from}"),
        (None, Locale::Fr) => format!("Pour {when}"),
        (None, Locale::En) => format!("For {when}"),
    }
}

/// "**Marrakech** (22 °C en février, vols dès 123 €)"; the price is always told, and every miss.
fn told(one: &Suggested, found: &SuggestionsFound, locale: Locale) -> String {
    let reasons = one.suggestion.reasons.iter();
    let telling = reasons.filter(|reason| !matches!(reason, Reason::Price { .. }));
    let labels = telling.map(|reason| reason.label(locale).replace('\'', "’"));
    let mut facts: Vec<String> = labels.take(MOST_REASONS).collect();
    facts.extend(one.price.map(|price| card::price_text(price, locale)));
    if one.price.is_none() && found.departure.is_some() {
        let unpriced = locale.pick("vols sans prix connu", "flights of unknown price");
        facts.push(unpriced.to_owned());
    }
    facts.extend(card::misses(one, locale));
    format!("**{}** ({})", one.name(locale), facts.join(", "))
}

/// Which month of a longer span was taken.
fn wide_span(brief: &Brief<'_>, found: &SuggestionsFound, locale: Locale) -> Option<String> {
    let (from, to) = brief.within?;
    let days = from.until(to).map_or(0, |span| span.get_days());
    (days > MONTH_DAYS && !found.exact).then(|| {
        let month = format::month(found.from, locale);
        match locale {
            Locale::Fr => format!("J’ai regardé {month}."),
            Locale::En => format!("I looked at {month}."),
        }
    })
}

/// What the prices are of.
fn priced(found: &SuggestionsFound, locale: Locale) -> Option<String> {
    found.departure?;
    let nights = wording::nights(found.nights.into(), locale);
    let people = wording::counted(
        found.party.size(),
        ["personne", "personnes"],
        ["person", "people"],
        locale,
    );
    let assumed = match found.nights_assumed {
        true => locale.pick(" (à défaut)", " (assumed)"),
        false => "",
    };
    Some(match locale {
        Locale::Fr => format!(
            "Prix des vols seuls, aller-retour, {nights}{assumed}, {people}, calculés et non cotés."
        ),
        Locale::En => format!(
            "Prices of the flights alone, return, {nights}{assumed}, {people}, computed and not \
             quoted."
        ),
    })
}
