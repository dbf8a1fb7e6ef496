//! Currencies as texts name them: codes, signs and words.

use super::tokens::Line;
use crate::travel::Currency;

/// The currency of an amount, as far as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Unit {
    /// This currency, by its ISO code.
    Code(&'static str),
    /// Some currency whose symbol holds this sign: `$` is that of two dozen.
    Sign(&'static str),
}

/// Signs that several currencies share, with those that an exchange is told in.
const SHARED: [(&str, &[&str]); 6] = [
    ("$", &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN"]),
    ("£", &["GBP"]),
    ("¥", &["JPY", "CNY"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
    ("CFA", &["XOF", "XAF"]),
    ("Rs", &["MUR", "LKR", "NPR", "PKR"]),
];

/// Signs by which people write amounts. The table's other symbols are letters that mean too many
/// other things.
const SIGNS: [(&str, Unit); 22] = [
    ("€", Unit::Code("EUR")),
    ("$", Unit::Sign("$")),
    ("£", Unit::Sign("£")),
    ("¥", Unit::Sign("¥")),
    ("₩", Unit::Code("KRW")),
    ("₹", Unit::Code("INR")),
    ("₽", Unit::Code("RUB")),
    ("₺", Unit::Code("TRY")),
    ("₫", Unit::Code("VND")),
    ("₪", Unit::Code("ILS")),
    ("฿", Unit::Code("THB")),
    ("₱", Unit::Code("PHP")),
    ("₴", Unit::Code("UAH")),
    ("kr", Unit::Sign("kr")),
    ("Kč", Unit::Code("CZK")),
    ("zł", Unit::Code("PLN")),
    ("Ft", Unit::Code("HUF")),
    ("FCFA", Unit::Sign("CFA")),
    ("CFA", Unit::Sign("CFA")),
    ("Rs", Unit::Sign("Rs")),
    ("KSh", Unit::Code("KES")),
    ("DH", Unit::Code("MAD")),
];

/// Longest of them that is a word, in bytes.
const LONGEST_SIGN: usize = 4;

/// Names of currencies that follow an amount.
const NAMES: [(&str, Unit); 8] = [
    ("euro", Unit::Code("EUR")),
    ("euros", Unit::Code("EUR")),
    ("dollar", Unit::Sign("$")),
    ("dollars", Unit::Sign("$")),
    ("yen", Unit::Code("JPY")),
    ("yens", Unit::Code("JPY")),
    ("yuan", Unit::Code("CNY")),
    ("baht", Unit::Code("THB")),
];

/// Codes that are also words which capitals stress: "the TOP 3", "ALL 5 offers".
const WORDS: [&str; 2] = ["ALL", "TOP"];

impl Unit {
    pub(super) fn of(currency: Currency) -> Self {
        Self::Code(currency.as_str())
    }

    /// The currency, or the main ones that share the sign.
    pub(super) fn currencies(&self) -> impl Iterator<Item = Currency> + use<'_> {
        let codes = match self {
            Self::Code(code) => std::slice::from_ref(code),
            Self::Sign(sign) => {
                let shared = SHARED.iter().find(|(known, _)| known == sign);
                shared.map_or(&[][..], |(_, codes)| codes)
            }
        };
        codes.iter().filter_map(|code| code.parse().ok())
    }

    /// Whether both may name the same currency.
    pub(super) fn may_be(self, other: Self) -> bool {
        match (self, other) {
            (Self::Code(one), Self::Code(other)) => one == other,
            (Self::Sign(one), Self::Sign(other)) => one == other,
            (Self::Sign(sign), Self::Code(code)) | (Self::Code(code), Self::Sign(sign)) => code
                .parse::<Currency>()
                .is_ok_and(|currency| currency.symbol().contains(sign)),
        }
    }
}

/// The ISO code at a token.
fn code(line: &Line<'_>, at: usize) -> Option<Unit> {
    let word = line.word(at).filter(|word| word.len() == 3)?;
    if WORDS.contains(&word) {
        return None;
    }
    word.parse().ok().map(Unit::of)
}

/// A sign at a token.
fn sign(line: &Line<'_>, at: usize) -> Option<Unit> {
    let mark = line.mark(at);
    // Most tokens are words of the text or marks of its sentences.
    let may_be = match mark {
        Some(mark) => mark == '$' || !mark.is_ascii(),
        None => line.word(at).is_some_and(|word| word.len() <= LONGEST_SIGN),
    };
    if !may_be {
        return None;
    }
    let typed = |sign: &str| match mark {
        Some(mark) => sign.chars().eq(std::iter::once(mark)),
        None => line.word(at) == Some(sign),
    };
    let found = SIGNS.iter().find(|(sign, _)| typed(sign));
    found.map(|(_, unit)| *unit)
}

/// A code, a sign or a sign with letters (`CA$`), and the token after it.
fn symbol(line: &Line<'_>, at: usize) -> Option<(Unit, usize)> {
    if let Some(unit) = sign(line, at) {
        // "$ CA", "$US", "€ EUR".
        let country = line.word(at + 1).and_then(|word| dollars_of(unit, word));
        return Some(match country.or_else(|| code(line, at + 1)) {
            Some(closer) if closer.may_be(unit) => (closer, at + 2),
            _ => (unit, at + 1),
        });
    }
    let word = line.word(at)?;
    if line.is_glued(at + 1)
        && line.mark(at + 1).is_some()
        && let Some(unit) = sign(line, at + 1)
        && word.len() <= 3
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
    {
        return Some((dollars_of(unit, word).unwrap_or(unit), at + 2));
    }
    code(line, at).map(|unit| (unit, at + 1))
}

/// The currency that letters next to a dollar sign mean.
fn dollars_of(sign: Unit, letters: &str) -> Option<Unit> {
    let code = match letters {
        _ if sign != Unit::Sign("$") => return None,
        "US" => "USD",
        "CA" | "C" => "CAD",
        "A" | "AU" => "AUD",
        "NZ" => "NZD",
        "HK" => "HKD",
        "S" => "SGD",
        "R" => "BRL",
        "MX" => "MXN",
        _ => return None,
    };
    Some(Unit::Code(code))
}

/// The currency written before a number that begins at the second value.
pub(super) fn before(line: &Line<'_>, at: usize) -> Option<(Unit, usize)> {
    let found = symbol(line, at)?;
    line.number(found.1).map(|_| found)
}

/// The currency written after a number that ends before token `at`.
pub(super) fn after(line: &Line<'_>, at: usize) -> Option<(Unit, usize)> {
    let named = || {
        let (_, unit) = NAMES.iter().find(|(name, _)| line.is_any(at, *name))?;
        Some((*unit, at + 1))
    };
    let sterling = || {
        let pounds = line.is_any(at, "livres|pounds") && line.is_any(at + 1, "sterling");
        pounds.then_some((Unit::Code("GBP"), at + 2))
    };
    symbol(line, at).or_else(named).or_else(sterling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_name_a_currency() {
        for (text, unit) in [
            ("€", Unit::Code("EUR")),
            ("EUR", Unit::Code("EUR")),
            ("euros", Unit::Code("EUR")),
            ("$", Unit::Sign("$")),
            ("$ CA", Unit::Code("CAD")),
            ("$US", Unit::Code("USD")),
            ("$ USD", Unit::Code("USD")),
            ("CA$", Unit::Code("CAD")),
            ("FJ$", Unit::Sign("$")),
            ("livres sterling", Unit::Code("GBP")),
            ("FCFA", Unit::Sign("CFA")),
        ] {
            let line = Line::new(text);
            assert_eq!(after(&line, 0), Some((unit, line.len())), "{text}");
        }
        for text in ["TOP", "livres", "km", "%", "Le"] {
            assert_eq!(after(&Line::new(text), 0), None, "{text}");
        }
    }

    #[test]
    fn an_ambiguous_sign_may_be_any_of_its_currencies() {
        assert!(Unit::Sign("$").may_be(Unit::Code("CAD")));
        assert!(Unit::Code("XOF").may_be(Unit::Sign("CFA")));
        assert!(!Unit::Sign("$").may_be(Unit::Code("EUR")));
        assert!(!Unit::Code("USD").may_be(Unit::Code("CAD")));
    }
}
