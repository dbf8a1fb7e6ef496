//! What one needs every day there: money, languages, plugs, the road, numbers to call.

use guide::{
    adapter::Adapter,
    country_facts::{self, CountryFacts},
    emergency::Service,
    rates::Basis,
    spoken::{Spoken, Status},
};

use super::{card::Part, found::ContextFound};
use crate::{
    locale::Locale,
    planner::phrases,
    sheet::Fact,
    travel::{Money, format},
};

/// Languages without a status that are told.
const MOST_SPOKEN: usize = 3;

fn and(items: &[String], locale: Locale) -> String {
    phrases::list(items, locale.pick("et", "and"))
}

fn unknown(what: (&str, &str), found: &ContextFound, locale: Locale) -> String {
    let country = found.country_name(locale);
    match locale {
        Locale::Fr => format!("{country}\u{a0}: je ne connais pas {}.", what.0),
        Locale::En => format!("{country}: I do not know {}.", what.1),
    }
}

/// An amount of the traveller's currency and what it is there: as many units as make at least one.
pub(super) fn exchanged(found: &ContextFound) -> Option<(Money, Money)> {
    let rate = found
        .context
        .rate
        .filter(|rate| rate.basis != Basis::Same)?;
    let unit = |count: i64| Money::new(count * 10_i64.pow(rate.from.exponent()), rate.from);
    let counts = [1, 10, 100, 1_000, 10_000];
    let enough = counts
        .into_iter()
        .find(|count| *count as f64 * rate.per_unit >= 1.0);
    let own = unit(enough.unwrap_or(10_000));
    Some((own, rate.convert(own)))
}

/// "1 € = 37,94 THB", and what the rate rests on.
fn rate(found: &ContextFound, locale: Locale) -> Option<(String, String)> {
    let (own, there) = exchanged(found)?;
    let amounts = format!(
        "{} = {}",
        format::whole_money(own, locale),
        format::money(there, locale)
    );
    let basis = found.context.rate?.basis;
    let basis = match (basis.date(), locale) {
        (Some(day), Locale::Fr) => format!("cours de la BCE du {}", format::date(day, locale)),
        (Some(day), Locale::En) => format!("ECB rate of {}", format::date(day, locale)),
        (None, _) => locale.pick("cours indicatif", "indicative rate").to_owned(),
    };
    Some((amounts, basis))
}

/// The sentence on the currency.
pub(super) fn currency(found: &ContextFound, locale: Locale) -> String {
    let Some(currency) = found.context.currency else {
        return unknown(("la monnaie", "the currency"), found, locale);
    };
    let (country, name) = (found.country_name(locale), currency.name(locale));
    let text = match locale {
        Locale::Fr => format!(
            "{country}\u{a0}: la monnaie est {} ({currency})",
            with_article(name)
        ),
        Locale::En => format!("{country}: the currency is the {name} ({currency})"),
    };
    match rate(found, locale) {
        Some((amounts, basis)) => format!("{text}\u{a0}; **{amounts}** ({basis}).")
            .replace("\u{a0};", locale.pick("\u{a0};", ";")),
        None => format!("{text}."),
    }
}

/// "le baht", "la livre turque", "l’euro".
fn with_article(name: &str) -> String {
    const FEMININE: [&str; 6] = ["livre", "couronne", "roupie", "lire", "rupiah", "pataca"];
    let first = name.split(' ').next().unwrap_or(name);
    let vowel = first.starts_with(['a', 'e', 'i', 'o', 'u', 'é']);
    match (vowel, FEMININE.contains(&first)) {
        (true, _) => format!("l’{name}"),
        (_, true) => format!("la {name}"),
        _ => format!("le {name}"),
    }
}

/// The currency as facts.
pub(super) fn currency_facts(found: &ContextFound, locale: Locale) -> Part {
    let Some(currency) = found.context.currency else {
        return Part::default();
    };
    let value = format!("{} ({currency})", currency.name(locale));
    let mut fact = Fact::new(locale.pick("Monnaie", "Currency"), value);
    fact.note = rate(found, locale).map(|(amounts, basis)| format!("{amounts}, {basis}"));
    Part {
        facts: vec![fact],
        sources: found
            .context
            .rate
            .and_then(|rate| rate.basis.source())
            .into_iter()
            .collect(),
        ..Part::default()
    }
}

/// The languages of the state and the others that many speak.
fn languages(facts: &CountryFacts, locale: Locale) -> (Vec<String>, Vec<String>) {
    let (national, other): (Vec<&Spoken>, Vec<_>) = facts
        .languages
        .iter()
        .partition(|spoken| spoken.is_national());
    let regional = |spoken: &&Spoken| spoken.status == Status::Regional;
    let (regional, spoken): (Vec<&Spoken>, Vec<_>) = other.into_iter().partition(regional);
    let others = regional.into_iter().chain(spoken).take(MOST_SPOKEN);
    let name = |spoken: &Spoken| spoken.name(locale).to_owned();
    (
        national.into_iter().map(name).collect(),
        others.map(name).collect(),
    )
}

/// The sentence on languages.
pub(super) fn language(found: &ContextFound, locale: Locale) -> String {
    let facts = found
        .context
        .facts
        .filter(|facts| !facts.languages.is_empty());
    let Some(facts) = facts else {
        return unknown(("les langues", "the languages"), found, locale);
    };
    let country = found.country_name(locale);
    let (national, others) = languages(facts, locale);
    let (several, named) = (national.len() > 1, and(&national, locale));
    let mut text = match (national.is_empty(), locale) {
        (true, _) => format!("{country}{}", locale.pick("\u{a0}:", ":")),
        (false, Locale::Fr) if several => {
            format!("{country}\u{a0}: les langues officielles sont **{named}**")
        }
        (false, Locale::Fr) => format!("{country}\u{a0}: la langue officielle est **{named}**"),
        (false, Locale::En) if several => {
            format!("{country}: the official languages are **{named}**")
        }
        (false, Locale::En) => format!("{country}: the official language is **{named}**"),
    };
    if !others.is_empty() {
        let others = and(&others, locale);
        let joint = if national.is_empty() {
            locale.pick(" on y parle", " people speak")
        } else {
            locale.pick("\u{a0}; on y parle aussi", "; people also speak")
        };
        text.push_str(&format!("{joint} {others}"));
    }
    format!("{text}.")
}

/// The languages as facts.
pub(super) fn language_facts(found: &ContextFound, locale: Locale) -> Part {
    let Some(facts) = found.context.facts else {
        return Part::default();
    };
    let (national, others) = languages(facts, locale);
    let mut told = Vec::new();
    for (label, names) in [
        (
            locale.pick("Langues officielles", "Official languages"),
            national,
        ),
        (locale.pick("Aussi parlées", "Also spoken"), others),
    ] {
        if !names.is_empty() {
            told.push(Fact::new(label, names.join(", ")));
        }
    }
    Part::facts(told, country_facts::SOURCE)
}

/// The sentence on plugs.
pub(super) fn plugs(found: &ContextFound, locale: Locale) -> String {
    let facts = found.context.facts.filter(|facts| !facts.plugs.is_empty());
    let Some(facts) = facts else {
        return unknown(("les prises", "the plugs"), found, locale);
    };
    let country = found.country_name(locale);
    let kinds: Vec<_> = facts.plugs.iter().map(|plug| (*plug).to_owned()).collect();
    let kinds = and(&kinds, locale);
    let text = match locale {
        Locale::Fr => format!("{country}\u{a0}: prises de type **{kinds}**"),
        Locale::En => format!("{country}: plug types **{kinds}**"),
    };
    let (adapter, home) = (found.context.adapter, found.home_name(locale));
    match (adapter.zip(home), locale) {
        (Some((adapter, home)), _) => format!("{text}{}.", fitting(adapter, home, locale)),
        (None, Locale::Fr) => format!("{text}. Pour comparer, la France a les types C et E."),
        (None, Locale::En) => format!(
            "{text}. For comparison, the United Kingdom has type G and France types C and E."
        ),
    }
}

fn fitting(adapter: Adapter, home: &str, locale: Locale) -> String {
    match (adapter, locale) {
        (Adapter::NotNeeded, Locale::Fr) => {
            format!(", pas besoin d’adaptateur en venant de {home}")
        }
        (Adapter::Maybe, Locale::Fr) => format!(
            "\u{a0}; en venant de {home}, emportez un adaptateur\u{a0}: toutes les fiches n’entrent \
             pas partout"
        ),
        (Adapter::Needed, Locale::Fr) => {
            format!("\u{a0}; il faut un adaptateur en venant de {home}")
        }
        (Adapter::NotNeeded, Locale::En) => format!(", no adapter needed coming from {home}"),
        (Adapter::Maybe, Locale::En) => {
            format!("; coming from {home}, bring an adapter: not every plug fits everywhere")
        }
        (Adapter::Needed, Locale::En) => format!("; coming from {home} you need an adapter"),
    }
}

/// The plugs as facts.
pub(super) fn plug_facts(found: &ContextFound, locale: Locale) -> Part {
    let Some(facts) = found.context.facts else {
        return Part::default();
    };
    let mut fact = Fact::new(locale.pick("Prises", "Plugs"), facts.plugs.join(", "));
    fact.note = found.context.adapter.map(|adapter| {
        let label = adapter.label(locale).replace('\'', "’");
        let home = found.home_name(locale).unwrap_or_default();
        match locale {
            Locale::Fr => format!("{label} en venant de {home}"),
            Locale::En => format!("{label} coming from {home}"),
        }
    });
    Part::fact(fact, country_facts::SOURCE)
}

/// The sentence on the road; `rules` where more than the side was asked.
pub(super) fn driving(found: &ContextFound, rules: bool, locale: Locale) -> String {
    let Some(side) = found.context.facts.and_then(|facts| facts.driving) else {
        return unknown(
            ("le côté de la route", "the side of the road"),
            found,
            locale,
        );
    };
    let (country, side) = (found.country_name(locale), side.label(locale));
    let text = match locale {
        Locale::Fr => format!("{country}\u{a0}: on roule **{side}**."),
        Locale::En => format!("{country}: people drive **{side}**."),
    };
    if !rules {
        return text;
    }
    let unknown = locale.pick(
        "Les limitations de vitesse, les péages et les permis exigés, je ne les connais pas\u{a0}: \
         l’office de tourisme ou l’ambassade les donne.",
        "Speed limits, tolls and the licences required I do not know: the tourist office or the \
         embassy can tell.",
    );
    format!("{text} {unknown}")
}

/// The side of the road as a fact.
pub(super) fn driving_facts(found: &ContextFound, locale: Locale) -> Part {
    let side = found.context.facts.and_then(|facts| facts.driving);
    side.map_or_else(Part::default, |side| {
        let label = locale.pick("On roule", "Traffic");
        Part::fact(Fact::new(label, side.label(locale)), country_facts::SOURCE)
    })
}

/// The sentence on numbers to call; `service`: the one asked for.
pub(super) fn emergency(found: &ContextFound, service: Option<Service>, locale: Locale) -> String {
    let country = found.country_name(locale);
    let colon = locale.pick("\u{a0}:", ":");
    let known = found.context.facts.map(|facts| &facts.emergency);
    let Some(known) = known.filter(|known| !known.numbers.is_empty()) else {
        return unknown(
            ("les numéros d’urgence", "the emergency numbers"),
            found,
            locale,
        );
    };
    if let Some((service, number)) = service.and_then(|s| Some((s, known.call(s)?))) {
        let label = phrases::capitalised(service.label(locale));
        return match locale {
            Locale::Fr => format!(
                "{country}\u{a0}: {}, appelez le **{number}**.",
                label.to_lowercase()
            ),
            Locale::En => format!("{country}: {}, call **{number}**.", label.to_lowercase()),
        };
    }
    if known.services.is_empty() {
        let numbers: Vec<_> = known.numbers.iter().map(|n| format!("**{n}**")).collect();
        let numbers = and(&numbers, locale);
        return match locale {
            Locale::Fr => format!(
                "{country}\u{a0}: numéros d’urgence {numbers} (je ne sais pas lequel est pour quoi)."
            ),
            Locale::En => {
                format!("{country}: emergency numbers {numbers} (which is for what I do not know).")
            }
        };
    }
    let each = known
        .services
        .iter()
        .map(|(service, number)| format!("{} **{number}**", service.label(locale)));
    let each: Vec<_> = each.collect();
    format!("{country}{colon} {}.", each.join(", "))
}

/// The numbers to call as facts.
pub(super) fn emergency_facts(found: &ContextFound, locale: Locale) -> Part {
    let Some(known) = found.context.facts.map(|facts| &facts.emergency) else {
        return Part::default();
    };
    let facts = known
        .services
        .iter()
        .map(|(service, number)| Fact::new(phrases::capitalised(service.label(locale)), *number));
    let mut facts: Vec<_> = facts.collect();
    if facts.is_empty() && !known.numbers.is_empty() {
        let label = locale.pick("Numéros d’urgence", "Emergency numbers");
        facts.push(Fact::new(label, known.numbers.join(", ")));
    }
    Part::facts(facts, country_facts::SOURCE)
}
