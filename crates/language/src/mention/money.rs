//! Budgets: "moins de 500 euros", "under $400", "1 500 €", "2k USD".

use crate::{
    ledger::Ledger,
    slots::Slots,
    text::numbers::cardinal,
    text::tokens::{Gap, Tokens},
    trip::TripRequest,
};
use travel::{Currency, Money};

/// Folded words and signs of currencies; the longest match counts.
const CURRENCIES: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("eur", "EUR"),
    ("balles", "EUR"),
    ("$", "USD"),
    ("usd", "USD"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("bucks", "USD"),
    ("us dollars", "USD"),
    ("dollars americains", "USD"),
    ("dollars us", "USD"),
    ("us $", "USD"),
    ("£", "GBP"),
    ("gbp", "GBP"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("quid", "GBP"),
    ("livre", "GBP"),
    ("livres", "GBP"),
    ("livres sterling", "GBP"),
    ("pounds sterling", "GBP"),
    ("¥", "JPY"),
    ("jpy", "JPY"),
    ("yen", "JPY"),
    ("yens", "JPY"),
    ("chf", "CHF"),
    ("swiss francs", "CHF"),
    ("francs suisses", "CHF"),
    ("francs", "CHF"),
    ("cad", "CAD"),
    ("canadian dollars", "CAD"),
    ("dollars canadiens", "CAD"),
    ("cad $", "CAD"),
    ("c $", "CAD"),
    ("ca $", "CAD"),
    ("$ ca", "CAD"),
    ("aud", "AUD"),
    ("australian dollars", "AUD"),
    ("dollars australiens", "AUD"),
    ("a $", "AUD"),
    ("au $", "AUD"),
    ("nzd", "NZD"),
    ("new zealand dollars", "NZD"),
    ("mad", "MAD"),
    ("dirhams", "MAD"),
    ("moroccan dirhams", "MAD"),
    ("dirhams marocains", "MAD"),
    ("aed", "AED"),
    ("tnd", "TND"),
    ("dinars tunisiens", "TND"),
    ("xof", "XOF"),
    ("fcfa", "XOF"),
    ("francs cfa", "XOF"),
    ("cfa", "XOF"),
    ("inr", "INR"),
    ("rupees", "INR"),
    ("roupies", "INR"),
    ("cny", "CNY"),
    ("yuan", "CNY"),
    ("yuans", "CNY"),
    ("hkd", "HKD"),
    ("hong kong dollars", "HKD"),
    ("sgd", "SGD"),
    ("singapore dollars", "SGD"),
    ("brl", "BRL"),
    ("reais", "BRL"),
    ("mxn", "MXN"),
    ("pesos", "MXN"),
    ("zar", "ZAR"),
    ("rand", "ZAR"),
    ("sek", "SEK"),
    ("nok", "NOK"),
    ("dkk", "DKK"),
    ("pln", "PLN"),
    ("zlotys", "PLN"),
    ("czk", "CZK"),
    ("huf", "HUF"),
    ("try", "TRY"),
    ("krw", "KRW"),
    ("won", "KRW"),
    ("thb", "THB"),
    ("baht", "THB"),
];

/// Words that make a number without a currency a budget.
const CEILINGS: &[&str] = &[
    "budget",
    "budget de",
    "budget of",
    "budget is",
    "budget max",
    "budget maximum",
    "moins de",
    "pas plus de",
    "under",
    "less than",
    "below",
    "max",
    "maximum",
    "maximum de",
    "at most",
    "no more than",
    "jusqu a",
    "up to",
    "budget est de",
    "mon budget est",
    "my budget is",
    "pas plus cher que",
    "cheaper than",
    "within",
    "spend",
];

/// Reads the budget.
pub(crate) fn read(
    tokens: &Tokens<'_>,
    trip: &TripRequest,
    claims: &mut Ledger,
    slots: &mut Slots,
) {
    let mut at = 0;
    while at < tokens.len() {
        let Some((money, start, end)) = amount(tokens, at, trip) else {
            at += 1;
            continue;
        };
        // "between 300 and 500 euros": the later, higher one is the ceiling.
        let higher = slots.budget.is_none_or(|known| known.minor < money.minor);
        if higher {
            slots.budget = Some(money);
        }
        claims.take(start..end);
        at = end;
    }
}

/// An amount at `at`: the money, and the tokens from its sign to its end.
fn amount(tokens: &Tokens<'_>, at: usize, trip: &TripRequest) -> Option<(Money, usize, usize)> {
    let before = currency(tokens, at).filter(|(_, end)| tokens.number(*end).is_some());
    let number_at = before.map_or(at, |(_, end)| end);
    let (text, mut end) = number(tokens, number_at)?;
    let mut scaled = text;
    if tokens.is(end, &["k"]) && (tokens.gap(end) == Gap::None || before.is_some()) {
        scaled = thousand(&scaled)?;
        end += 1;
    }
    let after = currency(tokens, end);
    let currency = match (before, after) {
        (_, Some((currency, after))) => {
            end = after;
            currency
        }
        (Some((currency, _)), None) => currency,
        (None, None) => assumed(tokens, at, end, trip)?,
    };
    let fraction = scaled.split_once('.').map(|(whole, fraction)| {
        let digits = usize::try_from(currency.exponent())
            .unwrap_or(0)
            .min(fraction.len());
        if digits == 0 {
            whole.to_owned()
        } else {
            format!("{whole}.{}", &fraction[..digits])
        }
    });
    let money = Money::parse(fraction.as_deref().unwrap_or(&scaled), currency)?;
    // "800 euros 50" and amounts of nothing are no budgets.
    (money.minor > 0).then_some((money, at, end))
}

fn currency(tokens: &Tokens<'_>, at: usize) -> Option<(Currency, usize)> {
    let mut best: Option<(&str, usize)> = None;
    for (phrase, code) in CURRENCIES {
        if let Some(length) = tokens.phrase(at, phrase)
            && best.is_none_or(|(_, longest)| length > longest)
        {
            best = Some((code, length));
        }
    }
    let (code, length) = best?;
    Some((code.parse().ok()?, at + length))
}

/// A number with separators of thousands and decimals: "1 500", "1,200.50", "1.200", "499,90".
fn number(tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    if tokens.number(at).is_none() {
        let (value, length) = cardinal(tokens, at).filter(|(value, _)| *value >= 20)?;
        return Some((value.to_string(), at + length));
    }
    let mut digits = tokens.word(at).to_owned();
    let mut end = at + 1;
    while tokens.number(end).is_some() {
        let three = tokens.digits(end) == 3;
        let grouped = matches!(
            tokens.gap(end),
            Gap::Space | Gap::Mark(',' | '.') | Gap::Apostrophe
        );
        if three && grouped && digits.len() <= 9 && !digits.contains('.') {
            digits.push_str(tokens.word(end));
        } else if matches!(tokens.gap(end), Gap::Mark(',' | '.')) && tokens.digits(end) <= 2 {
            digits.push('.');
            digits.push_str(tokens.word(end));
            end += 1;
            break;
        } else {
            break;
        }
        end += 1;
    }
    (digits.len() <= 12).then_some((digits, end))
}

/// "1.5" times a thousand.
fn thousand(digits: &str) -> Option<String> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    (fraction.len() <= 3).then(|| format!("{whole}{fraction:0<3}"))
}

/// The currency of a ceiling without one: that of the budget so far, else the euro.
fn assumed(tokens: &Tokens<'_>, at: usize, end: usize, trip: &TripRequest) -> Option<Currency> {
    let value = tokens.number(at)?;
    let capped = tokens.preceded(at, CEILINGS)
        || tokens.preceded(at, &["budget :"])
        || tokens
            .longest(
                end,
                &["max", "maximum", "maxi", "de budget", "tops", "at most"],
            )
            .is_some();
    let bare = !tokens.is_word(end)
        || tokens.is(
            end,
            &[
                "pour", "for", "max", "maximum", "maxi", "de", "tops", "from", "depuis", "total",
                "at",
            ],
        );
    (capped && bare && value >= 50).then(|| {
        trip.budget
            .map_or_else(Currency::eur, |budget| budget.currency)
    })
}
