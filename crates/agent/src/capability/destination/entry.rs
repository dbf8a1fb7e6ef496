//! Entry rules in words.

use guide::entry::{self, Entry, Passport, Remark, Requirement};
use jiff::civil::Date;

use super::{card::Part, found::ContextFound};
use crate::{locale::Locale, planner::phrases, sheet::Fact, travel::format};

/// "français", "French": a passport as an adjective.
pub(super) const fn adjective(passport: Passport, locale: Locale) -> &'static str {
    match passport {
        Passport::Fr => locale.pick("français", "French"),
        Passport::Be => locale.pick("belge", "Belgian"),
        Passport::Ch => locale.pick("suisse", "Swiss"),
        Passport::Lu => locale.pick("luxembourgeois", "Luxembourg"),
        Passport::Ca => locale.pick("canadien", "Canadian"),
        Passport::Gb => locale.pick("britannique", "British"),
        Passport::Us => locale.pick("américain", "US"),
        Passport::Ma => locale.pick("marocain", "Moroccan"),
        Passport::Tn => locale.pick("tunisien", "Tunisian"),
        Passport::Dz => locale.pick("algérien", "Algerian"),
        Passport::Sn => locale.pick("sénégalais", "Senegalese"),
        Passport::Ci => locale.pick("ivoirien", "Ivorian"),
    }
}

/// The passports whose rules are known, in words.
pub(super) fn known(locale: Locale) -> String {
    let names = Passport::ALL.map(|passport| adjective(passport, locale).to_owned());
    phrases::list(&names, locale.pick("et", "and"))
}

/// The sentence on entry.
pub(super) fn sentence(found: &ContextFound, locale: Locale) -> String {
    let country = found.country_name(locale);
    let Some(entry) = &found.context.entry else {
        return match locale {
            Locale::Fr => format!(
                "{country}\u{a0}: je ne connais pas la règle d’entrée pour ce passeport\u{a0}; le \
                 consulat fait foi."
            ),
            Locale::En => format!(
                "{country}: I do not know the entry rule for this passport; the consulate is the \
                 reference."
            ),
        };
    };
    let passport = adjective(entry.passport, locale);
    let rule = rule(entry, locale);
    let opening = match locale {
        Locale::Fr => format!("{country}, passeport {passport}\u{a0}: **{rule}**"),
        Locale::En => format!("{country}, {passport} passport: **{rule}**"),
    };
    if entry.requirement == Requirement::Home {
        return format!("{opening}.");
    }
    let day = as_of(locale);
    let basis = match locale {
        Locale::Fr => format!("(indicatif, relevé du {day})"),
        Locale::En => format!("(indicative, as of {day})"),
    };
    let check = match entry.link {
        Some(_) => locale.pick(
            "Vérifiez sur le site officiel, dans la fiche.",
            "Check on the official site, on the card.",
        ),
        None => locale.pick("Vérifiez auprès du consulat.", "Check with the consulate."),
    };
    let mut text = format!("{opening} {basis}.");
    for more in [too_long(found, entry, locale), waiver(entry, locale)] {
        text.extend(more.map(|more| format!(" {more}")));
    }
    format!("{text} {check}")
}

fn rule(entry: &Entry, locale: Locale) -> String {
    if let Some(right) = entry.right {
        return right.label(locale).replace('\'', "’");
    }
    let label = match entry.requirement {
        Requirement::Home => locale
            .pick(
                "c’est le pays du passeport, sans visa",
                "it is the country of the passport, no visa",
            )
            .to_owned(),
        Requirement::Visa => locale
            .pick("visa à demander au consulat", "a visa from the consulate")
            .to_owned(),
        Requirement::Eta => locale
            .pick(
                "sans visa, mais avec une autorisation de voyage électronique",
                "no visa, but an electronic travel authorisation",
            )
            .to_owned(),
        other => other.label(locale).replace('\'', "’"),
    };
    match entry.authorisation {
        Some(name) => format!("{label} ({name})"),
        None => label,
    }
}

/// That the stay is longer than the rule allows.
fn too_long(found: &ContextFound, entry: &Entry, locale: Locale) -> Option<String> {
    let Requirement::Days(allowed) = entry.requirement else {
        return None;
    };
    let when = found.when;
    let days = when.from.until(when.to).ok()?.get_days() + 1;
    let exceeds = !when.assumed && entry.right.is_none() && days > i32::from(allowed);
    exceeds.then(|| match locale {
        Locale::Fr => format!("Vos {days} jours dépassent cette durée."),
        Locale::En => format!("Your {days} days are longer than that."),
    })
}

fn waiver(entry: &Entry, locale: Locale) -> Option<String> {
    let dated = entry.remarks.contains(&Remark::ChinaWaiver);
    dated.then(|| {
        let label = Remark::ChinaWaiver.label(locale);
        format!("{}.", phrases::capitalised(label).replace('\'', "’"))
    })
}

/// The day of the rules.
fn as_of(locale: Locale) -> String {
    let day: Option<Date> = entry::SOURCE.as_of.parse().ok();
    day.map_or_else(
        || entry::SOURCE.as_of.to_owned(),
        |day| format::date(day, locale),
    )
}

/// Entry as facts of a sheet.
pub(super) fn facts(found: &ContextFound, locale: Locale) -> Part {
    let Some(entry) = &found.context.entry else {
        return Part::default();
    };
    let passport = adjective(entry.passport, locale);
    let label = match locale {
        Locale::Fr => format!("Entrée, passeport {passport}"),
        Locale::En => format!("Entry, {passport} passport"),
    };
    let mut first = Fact::new(label, rule(entry, locale));
    first.note = Some(match locale {
        Locale::Fr => format!("indicatif, relevé du {}", as_of(locale)),
        Locale::En => format!("indicative, as of {}", as_of(locale)),
    });
    first.link = entry.link.map(str::to_owned);
    let remarks = entry.remarks.iter().map(|remark| Fact {
        link: remark.link().map(str::to_owned),
        note: Some(match locale {
            Locale::Fr => format!("état du {}", remark.as_of()),
            Locale::En => format!("as of {}", remark.as_of()),
        }),
        ..Fact::new(
            locale.pick("À savoir", "To know"),
            remark.label(locale).replace('\'', "’"),
        )
    });
    let facts = std::iter::once(first).chain(remarks).collect();
    Part::facts(facts, entry::SOURCE)
}
