//! What pages write in their own way; the rest is [`agent::travel::format`].

use agent::{
    locale::Locale,
    travel::{
        Money,
        format::{self, NBSP},
    },
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

pub(crate) use format::{integer, month as month_and_year, short_month, weekday_name};

/// `862,40 €`, `€862.40`; no decimals on a whole amount.
pub(crate) fn money(money: Money, locale: Locale) -> String {
    let text = format::money(money, locale);
    let decimals = money.currency.exponent() as usize;
    let zeros = format!("{}{:0<decimals$}", locale.pick(",", "."), "");
    if decimals > 0 && money.minor % 10_i64.pow(money.currency.exponent()) == 0 {
        return text.replacen(&zeros, "", 1);
    }
    text
}

/// The amount rounded to whole units, without a symbol: for narrow cells.
pub(crate) fn whole_units(money: Money, locale: Locale) -> String {
    let scale = 10_i64.pow(money.currency.exponent());
    let units = (money.minor + scale / 2).div_euclid(scale);
    let sign = if units < 0 { "-" } else { "" };
    format!("{sign}{}", integer(units.unsigned_abs(), locale))
}

/// What model calls cost: mostly far less than a cent. `$0.0123`, `0,0123 $US`.
pub(crate) fn usd(usd: f64, locale: Locale) -> String {
    let (less, amount) = match usd {
        usd if usd <= 0.0 => ("", "0".to_owned()),
        usd if usd < 0.000_05 => ("<", "0.0001".to_owned()),
        usd => ("", format!("{usd:.4}")),
    };
    match locale {
        Locale::En => format!("{less}${amount}"),
        Locale::Fr => {
            let space = if less.is_empty() { "" } else { "\u{a0}" };
            format!("{less}{space}{}{NBSP}$US", amount.replace('.', ","))
        }
    }
}

/// A share of 1 in hundredths: `43 %`, `43%`.
pub(crate) fn percent(share: f64, locale: Locale) -> String {
    format!("{:.0}{}%", share * 100.0, locale.pick("\u{a0}", ""))
}

/// Milliseconds below a second, else seconds.
pub(crate) fn latency(milliseconds: f64, locale: Locale) -> String {
    let (value, unit) = if milliseconds < 1000.0 {
        (milliseconds, "ms")
    } else {
        (milliseconds / 1000.0, "s")
    };
    let digits = usize::from(value < 100.0);
    let number = format!("{value:.digits$}");
    let number = number.strip_suffix(".0").unwrap_or(&number);
    let number = match locale {
        Locale::Fr => number.replace('.', ","),
        Locale::En => number.to_owned(),
    };
    format!("{number}{NBSP}{unit}")
}

/// `8 h 05`, `8h 05m`; no line breaks inside it.
pub(crate) fn duration(duration: SignedDuration, locale: Locale) -> String {
    format::duration(duration, locale).replace(' ', &NBSP.to_string())
}

/// `mar. 12 janv.`, `Tue 12 Jan`.
pub(crate) fn day_short(date: Date, locale: Locale) -> String {
    let weekday: String = weekday(date, locale).chars().take(3).collect();
    let dot = locale.pick(".", "");
    format!(
        "{weekday}{dot} {} {}",
        date.day(),
        format::short_month(date, locale)
    )
}

/// `12 janv.`, `12 Jan`.
pub(crate) fn day_of_month(date: Date, locale: Locale) -> String {
    format!("{}{NBSP}{}", date.day(), format::short_month(date, locale))
}

/// `mardi 12 janvier 2027`, `Tuesday 12 January 2027`.
pub(crate) fn day_long(date: Date, locale: Locale) -> String {
    format!("{} {}", weekday(date, locale), day_in_message(date, locale))
}

/// The date as a person would type it: `12 janvier 2027`, `1er mars 2027`, `12 January 2027`.
pub(crate) fn day_in_message(date: Date, locale: Locale) -> String {
    let ordinal = match (locale, date.day()) {
        (Locale::Fr, 1) => "er",
        _ => "",
    };
    format!("{}{ordinal} {}", date.day(), month_and_year(date, locale))
}

/// `12 janv. 14:05`, on clocks of `zone`.
pub(crate) fn moment(at: Timestamp, zone: &TimeZone, locale: Locale) -> String {
    let civil = zone.to_datetime(at);
    let time = civil.strftime("%H:%M");
    format!("{} {time}", day_of_month(civil.date(), locale))
}

fn weekday(date: Date, locale: Locale) -> &'static str {
    let index = date.weekday().to_monday_zero_offset();
    weekday_name(usize::from(index.unsigned_abs()), locale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn money_follows_the_language() {
        let price = |minor, code: &str| Money::new(minor, code.parse().unwrap());
        assert_eq!(
            money(price(123_456, "EUR"), Locale::Fr),
            "1\u{a0}234,56\u{a0}€"
        );
        assert_eq!(money(price(123_456, "EUR"), Locale::En), "€1,234.56");
        assert_eq!(money(price(86_200, "EUR"), Locale::Fr), "862\u{a0}€");
        assert_eq!(money(price(-5, "EUR"), Locale::En), "-€0.05");
        assert_eq!(
            money(price(1_000_000, "AED"), Locale::En),
            "AED\u{a0}10,000"
        );
        assert_eq!(whole_units(price(43_150, "EUR"), Locale::Fr), "432");
        assert_eq!(whole_units(price(-123_400, "EUR"), Locale::En), "-1,234");
    }

    #[test]
    fn costs_and_shares_follow_the_language() {
        assert_eq!(usd(0.012_34, Locale::Fr), "0,0123\u{a0}$US");
        assert_eq!(usd(0.012_34, Locale::En), "$0.0123");
        assert_eq!(usd(0.0, Locale::Fr), "0\u{a0}$US");
        assert_eq!(usd(0.000_01, Locale::Fr), "<\u{a0}0,0001\u{a0}$US");
        assert_eq!(usd(0.000_01, Locale::En), "<$0.0001");
        assert_eq!(percent(0.426, Locale::Fr), "43\u{a0}%");
        assert_eq!(percent(0.426, Locale::En), "43%");
    }

    #[test]
    fn durations_and_latencies_follow_the_language() {
        let of = SignedDuration::from_mins;
        assert_eq!(duration(of(485), Locale::Fr), "8\u{a0}h\u{a0}05");
        assert_eq!(duration(of(485), Locale::En), "8h\u{a0}05m");
        assert_eq!(duration(of(45), Locale::Fr), "45\u{a0}min");
        assert_eq!(duration(of(120), Locale::En), "2h");
        assert_eq!(latency(12.34, Locale::Fr), "12,3\u{a0}ms");
        assert_eq!(latency(2500.0, Locale::En), "2.5\u{a0}s");
        assert_eq!(latency(412.6, Locale::En), "413\u{a0}ms");
    }

    #[test]
    fn dates_follow_the_language() {
        let day = date(2027, 1, 12);
        assert_eq!(day_short(day, Locale::Fr), "mar. 12 janv.");
        assert_eq!(day_short(day, Locale::En), "Tue 12 Jan");
        assert_eq!(day_long(day, Locale::En), "Tuesday 12 January 2027");
        assert_eq!(
            day_in_message(date(2027, 3, 1), Locale::Fr),
            "1er mars 2027"
        );
        let at = "2027-01-12T23:30:00Z".parse().unwrap();
        let zone = TimeZone::get("Europe/Paris").unwrap();
        assert_eq!(moment(at, &zone, Locale::Fr), "13\u{a0}janv. 00:30");
    }
}
