//! Exchange of amounts, at the rates by which everything else is converted.

use guide::rates;

use super::super::{phrases, view::View};
use crate::{
    capability::place::get_place_facts::PlaceFacts,
    locale::Locale,
    travel::{Country, Currency, Money, format},
};

/// Largest amount that is converted, in whole units.
const MAX_AMOUNT: f64 = 1e9;

/// Beginnings of the words for a currency, folded. The word alone means the best-known currency.
const NAMES: [(&str, &str); 33] = [
    ("euro", "EUR"),
    ("dollar", "USD"),
    ("buck", "USD"),
    ("livre", "GBP"),
    ("pound", "GBP"),
    ("sterling", "GBP"),
    ("quid", "GBP"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("renminbi", "CNY"),
    ("franc", "CHF"),
    ("baht", "THB"),
    ("roupie", "INR"),
    ("rupee", "INR"),
    ("dirham", "MAD"),
    ("won", "KRW"),
    ("real", "BRL"),
    ("reais", "BRL"),
    ("zloty", "PLN"),
    ("forint", "HUF"),
    ("koruna", "CZK"),
    ("krone", "NOK"),
    ("krona", "SEK"),
    ("couronne", "SEK"),
    ("dinar", "TND"),
    ("dong", "VND"),
    ("ringgit", "MYR"),
    ("rand", "ZAR"),
    ("lira", "TRY"),
    ("lire", "TRY"),
    ("peso", "MXN"),
    ("rouble", "RUB"),
    ("ruble", "RUB"),
];

/// What a message says about an exchange.
#[derive(Debug, Default)]
struct Mention {
    /// In whole units; 1 where none was said.
    amount: Option<f64>,
    /// Currencies in the order of the message, the one next to the amount first.
    currencies: Vec<Currency>,
}

/// The answer when the message names both currencies.
pub(super) fn between_named(view: &View<'_>) -> Option<String> {
    let reading = &view.context.reading;
    let place = reading.destination.as_ref().or(reading.origin.as_ref());
    let local = place
        .and_then(phrases::country_of)
        .and_then(Country::currency);
    let mention = Mention::of(&view.message, local);
    let (from, to) = (*mention.currencies.first()?, *mention.currencies.get(1)?);
    Some(converted(mention.amount, from, to, view.locale()))
}

/// The answer when one side is the currency of a place.
pub(super) fn at_place(facts: &PlaceFacts, view: &View<'_>) -> String {
    let locale = view.locale();
    let Some(local) = facts.country.and_then(|country| country.currency()) else {
        return locale
            .pick(
                "Je ne connais pas la monnaie de ce pays.",
                "I do not know the currency of that country.",
            )
            .to_owned();
    };
    let mention = Mention::of(&view.message, Some(local));
    let own = view.context.currency;
    match *mention.currencies {
        [from, to, ..] => converted(mention.amount, from, to, locale),
        [from] if from != local => converted(mention.amount, from, local, locale),
        _ if own != local && mention.currencies.is_empty() => {
            converted(mention.amount, own, local, locale)
        }
        _ if own != local => converted(mention.amount, local, own, locale),
        _ => match locale {
            Locale::Fr => format!("Là-bas aussi on paie en {} ({local}).", local.name(locale)),
            Locale::En => format!("They pay in {} ({local}) there too.", local.name(locale)),
        },
    }
}

#[expect(clippy::cast_possible_truncation, reason = "amounts are at most 1e9")]
fn converted(amount: Option<f64>, from: Currency, to: Currency, locale: Locale) -> String {
    let exponent = i32::try_from(from.exponent()).unwrap_or_default();
    let minor = amount.unwrap_or(1.0) * 10_f64.powi(exponent);
    let source = Money::new(minor.round() as i64, from);
    let (target, basis) = rates::convert(source, to);
    let (source, target) = (format::money(source, locale), format::money(target, locale));
    let day = basis.date().map(|day| format::date(day, locale));
    let rate = match (day, locale) {
        (Some(day), Locale::Fr) => format!("Le taux est celui du {day}, pas celui du jour"),
        (Some(day), Locale::En) => format!("The rate is that of {day}, not today’s"),
        (None, Locale::Fr) => "Le taux est illustratif, pas celui du jour".to_owned(),
        (None, Locale::En) => "The rate is illustrative, not today’s".to_owned(),
    };
    match locale {
        Locale::Fr => format!(
            "{source} font environ **{target}**. {rate} : vérifiez auprès de votre banque avant de \
             changer."
        ),
        Locale::En => format!(
            "{source} is about **{target}**. {rate}: check with your bank before you exchange."
        ),
    }
}

impl Mention {
    /// Reads the message; a word such as `dollar` means `local` where that is a kind of it.
    fn of(text: &str, local: Option<Currency>) -> Self {
        let mut mention = Self::default();
        let mut amount_at = None;
        for token in tokens(text) {
            if let Some(amount) = number(token).filter(|_| amount_at.is_none()) {
                mention.amount = Some(amount);
                amount_at = Some(mention.currencies.len());
            } else if let Some(currency) = currency(token, local)
                && !mention.currencies.contains(&currency)
            {
                mention.currencies.push(currency);
            }
        }
        // "How many euros are 5000 yen": the currency after the amount is the one it counts.
        let counted = amount_at.filter(|at| *at < mention.currencies.len());
        if let Some(at) = counted {
            mention.currencies.swap(0, at);
        }
        mention
    }
}

/// Numbers, words and symbols of a text.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let kind = |c: char| match c {
        c if c.is_ascii_digit() || c == '.' || c == ',' => 0,
        c if c.is_alphabetic() => 1,
        c if c.is_whitespace() => 2,
        _ => 3,
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (token, tail) = rest.split_at(end);
        rest = tail;
        Some(token)
    })
}

/// `12.50`, `12,50` or `1,000`.
fn number(token: &str) -> Option<f64> {
    let token = token.trim_matches(['.', ',']);
    let thousands = token
        .rsplit_once([',', '.'])
        .is_some_and(|(_, last)| last.len() == 3);
    let plain = if thousands {
        token.replace([',', '.'], "")
    } else {
        token.replace(',', ".")
    };
    let amount: f64 = plain.parse().ok()?;
    (amount <= MAX_AMOUNT).then_some(amount)
}

fn currency(token: &str, local: Option<Currency>) -> Option<Currency> {
    let by_symbol = match token {
        "€" => Some("EUR"),
        "$" => Some("USD"),
        "£" => Some("GBP"),
        "¥" => Some("JPY"),
        _ => None,
    };
    if let Some(code) = by_symbol {
        return code.parse().ok();
    }
    if token.len() == 3
        && let Ok(currency) = token.to_uppercase().parse()
        && (token.bytes().all(|b| b.is_ascii_uppercase()) || token == "eur" || token == "usd")
    {
        return Some(currency);
    }
    let folded = token.to_lowercase();
    let (stem, code) = NAMES.iter().find(|(stem, _)| {
        let ending = folded.strip_prefix(stem);
        ending.is_some_and(|ending| matches!(ending, "" | "s" | "es"))
    })?;
    let is_local = |currency: &Currency| {
        [Locale::Fr, Locale::En].iter().any(|locale| {
            let name = currency.name(*locale).to_lowercase();
            name.split(' ').any(|word| word == *stem)
        })
    };
    local.filter(is_local).or_else(|| code.parse().ok())
}
