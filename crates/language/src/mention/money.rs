//! Budgets and their scope: "moins de 500 euros", "under $400 each", "1 500 €", "2k USD"; and the
//! currency that prices are wanted in.

use crate::text::words;
use std::{ops::Range, sync::LazyLock};

use rustc_hash::FxHashMap;

use crate::{
    ledger::Ledger,
    reading::Reading,
    text::{
        lexicon::Meaning,
        numbers::cardinal,
        tokens::{Gap, Tokens},
    },
    trip::TripRequest,
    wish::{Bound, Budget, Scope, Span},
};
use travel::{Currency, Money};

/// Words and signs of currencies by their first word; the longest match counts.
static CURRENCIES: LazyLock<FxHashMap<&'static str, Vec<(&'static str, Currency)>>> =
    LazyLock::new(|| {
        let mut by_first: FxHashMap<_, Vec<_>> = FxHashMap::default();
        let rows = include_str!("../../lexicon/currencies.tsv").lines();
        for (name, code) in rows.filter_map(|row| row.split_once('\t')) {
            if let Ok(currency) = code.parse() {
                let first = name.split(' ').next().unwrap_or(name);
                by_first.entry(first).or_default().push((name, currency));
            }
        }
        by_first
    });

/// Less than that is no budget unless a currency is named.
const LEAST_WITHOUT_CURRENCY: u32 = 50;

/// Reads the budget and the currency.
pub(crate) fn read(
    tokens: &Tokens<'_>,
    trip: &TripRequest,
    claims: &mut Ledger,
    reading: &mut Reading,
) {
    reading.currency = wanted_currency(tokens, claims);
    let usual = reading
        .currency
        .or_else(|| trip.money.map(|money| money.amount.currency))
        .or_else(|| trip.budget.map(|budget| budget.currency))
        .unwrap_or_else(Currency::eur);
    let mut at = 0;
    while at < tokens.len() {
        let found = amount(tokens, at, usual, trip.money.is_some());
        let Some((amount, range)) = found.filter(|(_, range)| !claims.any(range.clone())) else {
            at += 1;
            continue;
        };
        at = range.end;
        // "plus de 300 euros" bounds nothing from above; it is left to be told.
        let ceiling = tokens.means_before(range.start, Meaning::MoneyCeiling);
        let least = tokens.means_before(range.start, Meaning::MoneyAtLeast);
        if least.is_some() && ceiling.is_none() || is_exchanged(tokens, &range) {
            continue;
        }
        // "80 € par trajet" bounds one way of a trip that may have two: it is left to be told.
        let one_way = tokens.all(Meaning::WishOneWay).next().is_some();
        if !one_way && is_each_way(tokens, range.end) {
            continue;
        }
        let said = around(tokens, &range);
        claims.take(said.words.start..said.all.start);
        claims.take(said.all.end..said.words.end);
        // "à nous deux" also says who travels.
        claims.mark(said.all);
        claims.mark(ceiling.unwrap_or(0..0));
        // "between 300 and 500 euros": the later, higher one is the ceiling.
        let higher = reading
            .money
            .is_none_or(|known| known.amount.minor < amount.minor);
        if higher {
            let lower = lower(tokens, range.start);
            let fund = [Meaning::MoneyFund, Meaning::MoneyCeiling]
                .into_iter()
                .find_map(|meaning| tokens.means_before(lower.start, meaning));
            claims.mark(fund.filter(|_| !lower.is_empty()).unwrap_or(0..0));
            claims.mark(lower);
            reading.money = Some(Budget {
                amount,
                scope: said.scope,
                bound: said.bound,
                at: Span::of(tokens, range),
            });
        }
    }
    reading.budget = reading
        .money
        .filter(|money| money.scope == Scope::All && money.bound == Bound::AtMost)
        .map(|money| money.amount);
}

/// "combien font 200 euros en yens", "convert $50 to pounds": an amount that is asked about.
fn is_exchanged(tokens: &Tokens<'_>, amount: &Range<usize>) -> bool {
    let asked = tokens.all(Meaning::MoneyExchange).next().is_some();
    let into =
        tokens.is(amount.end, words::MONEY_INTO) && currency(tokens, amount.end + 1).is_some();
    let leads = tokens.means_before(amount.start, Meaning::MoneyExchange);
    asked && (into || leads.is_some_and(|words| words.len() > 1))
}

/// Whether "each way", "max par trajet" stands behind an amount.
fn is_each_way(tokens: &Tokens<'_>, end: usize) -> bool {
    let limit = tokens.means(end, Meaning::MoneyCeilingAfter).unwrap_or(0);
    let each = tokens.means(end, Meaning::MoneyEach).unwrap_or(0);
    [end, end + limit, end + each]
        .into_iter()
        .any(|at| tokens.means(at, Meaning::MoneyEachWay).is_some())
}

/// What the words around an amount say about it.
struct Around {
    scope: Scope,
    bound: Bound,
    /// The amount with those words.
    words: Range<usize>,
    /// Those among them that say that it is for all.
    all: Range<usize>,
}

fn around(tokens: &Tokens<'_>, amount: &Range<usize>) -> Around {
    let (mut scope, mut about, mut most) = (None, false, false);
    let Range { mut start, mut end } = *amount;
    let mut all = end..end;
    loop {
        let after = |meaning| tokens.means(end, meaning).filter(|length| *length > 0);
        if let Some(length) = after(Meaning::MoneyEach) {
            scope = scope.or(Some(Scope::Each));
            end += length;
        } else if let Some(length) = after(Meaning::MoneyNight) {
            scope = scope.or(Some(Scope::Night));
            end += length;
        } else if let Some(length) = after(Meaning::MoneyAll) {
            scope = scope.or(Some(Scope::All));
            all = end..end + length;
            end += length;
        } else if let Some(length) = after(Meaning::MoneyCeilingAfter) {
            most = true;
            end += length;
        } else if let Some(length) =
            after(Meaning::WishReturn).or_else(|| after(Meaning::TimeReturnNoun))
            && let Some(limit) = tokens.means(end + length, Meaning::MoneyCeilingAfter)
        {
            // "£150 return at most"
            (most, all) = (true, end..end + length);
            end += length + limit;
        } else if let Some(length) = after(Meaning::MoneyAboutAfter) {
            about = true;
            end += length;
        } else {
            break;
        }
    }
    loop {
        let before = |meaning| tokens.means_before(start, meaning);
        if let Some(words) = before(Meaning::MoneyAbout) {
            about = true;
            start = words.start;
        } else if let Some(words) = before(Meaning::MoneyEachBefore) {
            scope = scope.or(Some(Scope::Each));
            start = words.start;
        } else if let Some(words) = before(Meaning::MoneyFund) {
            start = words.start;
        } else if let Some(words) = before(Meaning::MoneyCeiling) {
            let budget = words.len() == 1 && tokens.is(words.start, words::MONEY_BUDGET);
            most |= !budget;
            start = words.start;
        } else if start > 0 && tokens.is(start - 1, words::MONEY_BUDGET_LINK) && {
            let scoped = tokens.means_before(start - 1, Meaning::MoneyEachBefore);
            scoped.is_some()
        } {
            start -= 1;
        } else {
            break;
        }
    }
    let bound = if about && !most {
        Bound::About
    } else {
        Bound::AtMost
    };
    Around {
        scope: scope.unwrap_or_default(),
        bound,
        words: start..end,
        all,
    }
}

/// "between 300 and" before the higher amount.
fn lower(tokens: &Tokens<'_>, start: usize) -> Range<usize> {
    let joined = start > 1 && tokens.is(start - 1, words::MONEY_JOINED);
    (start.saturating_sub(6)..start.saturating_sub(1))
        .rev()
        .find(|at| joined && tokens.means(*at, Meaning::MoneyBetween).is_some())
        .map_or(0..0, |at| at..start)
}

/// "in dollars please", "prix en francs suisses": the currency that prices are wanted in.
fn wanted_currency(tokens: &Tokens<'_>, claims: &mut Ledger) -> Option<Currency> {
    // "100 euros in dollars" and "can I pay in dollars?" are questions.
    if tokens.all(Meaning::MoneyExchange).next().is_some() {
        return None;
    }
    let found = tokens.all(Meaning::MoneyCurrencyLead).find_map(|lead| {
        let article = usize::from(tokens.is(lead.end, words::MONEY_ARTICLE));
        let (currency, end) = currency(tokens, lead.end + article)?;
        let amount = tokens.number(end).is_some()
            || lead.start > 0 && self::currency(tokens, lead.start - 1).is_some();
        // "in try", "en mad": codes that are words are written in capitals.
        let code = end == lead.end + article + 1
            && tokens.word(end - 1).eq_ignore_ascii_case(currency.as_str());
        let shouted = tokens.get(end - 1).is_some_and(|token| token.upper);
        (!amount && (!code || shouted)).then_some((currency, lead.start..end))
    })?;
    claims.take(found.1);
    Some(found.0)
}

/// An amount at `at`, and the tokens from its sign to its end.
/// `known`: the trip has a budget already, which "200 each" changes.
fn amount(
    tokens: &Tokens<'_>,
    at: usize,
    usual: Currency,
    known: bool,
) -> Option<(Money, Range<usize>)> {
    let before = currency(tokens, at).filter(|(_, end)| tokens.number(*end).is_some());
    let number_at = before.map_or(at, |(_, end)| end);
    let (text, mut end) = round_number(tokens, number_at).or_else(|| number(tokens, number_at))?;
    let mut scaled = text;
    if tokens.is(end, words::MONEY_THOUSANDS) && (tokens.gap(end) == Gap::None || before.is_some())
    {
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
        (None, None) => is_budget(tokens, at, end, known).then_some(usual)?,
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
    (money.minor > 0).then_some((money, at..end))
}

/// The currency that is named at a token, and where its name ends.
pub(crate) fn currency(tokens: &Tokens<'_>, at: usize) -> Option<(Currency, usize)> {
    let named = CURRENCIES.get(tokens.word(at))?.iter();
    let standing = named.filter_map(|(name, currency)| Some((tokens.phrase(at, name)?, *currency)));
    let (length, currency) = standing.max_by_key(|(length, _)| *length)?;
    Some((currency, at + length))
}

/// "une centaine d'euros", "un millier de dollars", "a couple of hundred pounds".
fn round_number(tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    if let Some(length) = tokens.means(at, Meaning::MoneyCoupleHundred) {
        return Some(("200".to_owned(), at + length));
    }
    let (count, length) = cardinal(tokens, at)?;
    let noun = at + length;
    let (unit, length) = [
        (100, Meaning::MoneyHundreds),
        (1000, Meaning::MoneyThousands),
    ]
    .into_iter()
    .find_map(|(unit, meaning)| Some((unit, tokens.means(noun, meaning)?)))?;
    Some(((count.checked_mul(unit)?).to_string(), noun + length))
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

/// Whether a number without a currency is a budget: words before or after it say so.
fn is_budget(tokens: &Tokens<'_>, at: usize, end: usize, known: bool) -> bool {
    let enough = tokens.number(at).is_some_and(|value| {
        value >= LEAST_WITHOUT_CURRENCY || tokens.is(end - 1, words::MONEY_THOUSANDS)
    });
    let about = tokens.means_before(at, Meaning::MoneyAbout);
    let from = about.map_or(at, |about| about.start);
    let colon = usize::from(from > 0 && tokens.is(from - 1, &[":"]));
    let each = tokens.means(end, Meaning::MoneyEach).is_some();
    let scoped = each || tokens.means(end, Meaning::MoneyAll).is_some();
    let capped = known && scoped
        || tokens.means_before(from, Meaning::MoneyCeiling).is_some()
        || tokens
            .means_before(from - colon, Meaning::MoneyCeiling)
            .is_some()
        || tokens.means(end, Meaning::MoneyCeilingAfter).is_some()
        || tokens
            .means_before(from, Meaning::MoneyEachBefore)
            .is_some();
    let bare = !tokens.is_word(end)
        || each
        || [
            Meaning::MoneyFollows,
            Meaning::MoneyCeilingAfter,
            Meaning::MoneyAll,
            Meaning::MoneyAboutAfter,
        ]
        .into_iter()
        .any(|meaning| tokens.means(end, meaning).is_some());
    enough && capped && bare
}
