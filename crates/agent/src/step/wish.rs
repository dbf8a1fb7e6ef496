//! What is wished besides places, days and travellers.

use guide::{kinds::Kind, package::Tier, region::Region};

use super::{
    Phrase,
    read::{Arguments, counted, joined, place},
};
use crate::{
    capability::destination::Aspect,
    locale::Locale,
    planner::wish_text,
    travel::{
        Alliance, Cabin, Category, Currency, DayPart, Interest, Money, Pace, Sort, country, format,
    },
};

/// In this order.
pub(super) const PHRASES: &[Phrase] = &[
    (&["cabin"], |a, locale| {
        let (fr, en) = match a.word("cabin")? {
            Cabin::Economy => ("classe économique", "economy class"),
            Cabin::PremiumEconomy => ("classe premium", "premium economy"),
            Cabin::Business => ("classe affaires", "business class"),
            Cabin::First => ("première classe", "first class"),
        };
        Some(locale.pick(fr, en).to_owned())
    }),
    (&["max_stops"], |a, locale| {
        Some(match a.count("max_stops")? {
            0 => locale.pick("vols directs", "direct flights").to_owned(),
            stops => {
                let stops = counted(stops, ["escale", "escales"], ["stop", "stops"], locale);
                format!("{stops}{}", locale.pick(" au plus", " at most"))
            }
        })
    }),
    (&["airline"], |a, locale| {
        let names = airlines(a, "airline", locale)?;
        Some(format!("{}{names}", locale.pick("avec ", "with ")))
    }),
    (&["exclude_airlines"], |a, locale| {
        let names = airlines(a, "exclude_airlines", locale)?;
        Some(format!("{}{names}", locale.pick("sans ", "without ")))
    }),
    (&["alliance"], |a, _| {
        let alliance: Alliance = a.word("alliance")?;
        Some(wish_text::alliance_name(alliance).to_owned())
    }),
    (&["low_cost"], |a, locale| {
        Some(
            match a.flag("low_cost")? {
                true => locale.pick("à bas prix seulement", "low-cost only"),
                false => locale.pick("sans compagnie à bas prix", "no low-cost airline"),
            }
            .to_owned(),
        )
    }),
    (&["via"], |a, locale| {
        let places = a.places("via", locale)?;
        Some(format!("{}{places}", locale.pick("via ", "via ")))
    }),
    (&["avoid_via"], |a, locale| {
        let places = a.places("avoid_via", locale)?;
        Some(format!(
            "{}{places}",
            locale.pick("sans passer par ", "not via ")
        ))
    }),
    (&["departure_time"], |a, locale| {
        let (fr, en) = match a.word("departure_time")? {
            DayPart::Morning => ("départ le matin", "leaving in the morning"),
            DayPart::Afternoon => ("départ l’après-midi", "leaving in the afternoon"),
            DayPart::Evening => ("départ le soir", "leaving in the evening"),
            DayPart::Night => ("départ la nuit", "leaving at night"),
        };
        Some(locale.pick(fr, en).to_owned())
    }),
    (&["departure_after", "departure_before"], |a, locale| {
        hours(a, "departure", ["départ", "departure"], locale)
    }),
    (&["arrival_after", "arrival_before"], |a, locale| {
        hours(a, "arrival", ["arrivée", "arrival"], locale)
    }),
    (&["return_window"], |a, locale| {
        let back = a.within("return_window")?;
        let leaves = hours(&back, "departure", ["départ", "departure"], locale);
        let arrives = hours(&back, "arrival", ["arrivée", "arrival"], locale);
        let both = joined(leaves.into_iter().chain(arrives), ", ")?;
        Some(format!(
            "{}{both}",
            locale.pick("au retour\u{a0}: ", "on the way back: ")
        ))
    }),
    (&["overnight"], |a, locale| {
        let text = locale.pick("sans vol de nuit", "no night flight");
        (!a.flag("overnight")?).then(|| text.to_owned())
    }),
    (&["checked_bag"], |a, locale| {
        let text = locale.pick("bagage en soute compris", "checked bag included");
        a.flag("checked_bag")?.then(|| text.to_owned())
    }),
    (&["refundable"], |a, locale| {
        let text = locale.pick("remboursable", "refundable");
        a.flag("refundable")?.then(|| text.to_owned())
    }),
    (&["max_price"], |a, locale| {
        at_most(a, "max_price", "", locale)
    }),
    (&["max_price_per_person"], |a, locale| {
        at_most(a, "max_price_per_person", each(locale), locale)
    }),
    (&["budget"], |a, locale| {
        let amount = amount(a, "budget", locale)?;
        let each = match a.flag("budget_per_person") {
            Some(true) => each(locale),
            _ => "",
        };
        Some(format!("budget {amount}{each}"))
    }),
    (&["sort"], |a, locale| {
        let (fr, en) = match a.word("sort")? {
            Sort::Best => ("les plus conseillés d’abord", "best first"),
            Sort::Price => ("les moins chers d’abord", "cheapest first"),
            Sort::Duration => ("les plus courts d’abord", "shortest first"),
            Sort::Emissions => ("les moins polluants d’abord", "lowest emissions first"),
            Sort::Departure => ("par heure de départ", "by departure"),
        };
        Some(locale.pick(fr, en).to_owned())
    }),
    (&["skip"], |a, locale| {
        let more = a.count("skip")? > 0;
        more.then(|| {
            locale
                .pick("la suite de la liste", "more of the list")
                .to_owned()
        })
    }),
    (&["category"], |a, locale| {
        let category: Category = a.word("category")?;
        let name = category.name(locale);
        Some(format!("{}{name}", locale.pick("gamme ", "category: ")))
    }),
    (&["tier"], |a, locale| {
        let tier: Tier = a.word("tier")?;
        let name = tier.name(locale);
        Some(format!(
            "{}{name}",
            locale.pick("formule choisie\u{a0}: ", "package taken: ")
        ))
    }),
    (&["pace"], |a, locale| {
        let pace: Pace = a.word("pace")?;
        let label = pace.label(locale);
        Some(format!("{}{label}", locale.pick("rythme ", "pace: ")))
    }),
    (&["warmth"], |a, locale| {
        let (fr, en) = match &*a.text("warmth")? {
            "warm" => ("au chaud", "warm"),
            "sunny" => ("au soleil", "sunny"),
            "dry" => ("au sec", "dry"),
            "cold" => ("au frais", "cool"),
            "snow" => ("avec de la neige", "with snow"),
            _ => return None,
        };
        Some(locale.pick(fr, en).to_owned())
    }),
    (&["kinds"], |a, locale| things(a, "kinds", locale)),
    (&["interests"], |a, locale| things(a, "interests", locale)),
    (&["about"], |a, locale| things(a, "about", locale)),
    (&["include"], |a, locale| {
        let things = things(a, "include", locale)?;
        Some(format!("{}{things}", locale.pick("avec ", "with ")))
    }),
    (&["exclude"], |a, locale| without(a, "exclude", locale)),
    (&["exclude_kinds"], |a, locale| {
        without(a, "exclude_kinds", locale)
    }),
    (&["only"], |a, locale| a.places("only", locale)),
    (&["country"], |a, locale| {
        named_country(a, "country", locale)
    }),
    (&["region"], |a, locale| {
        let region: Region = a.word("region")?;
        Some(region.label(locale).to_owned())
    }),
    (&["exclude_region"], |a, locale| {
        let region: Region = a.word("exclude_region")?;
        let label = region.label(locale);
        Some(format!(
            "{}{label}",
            locale.pick("hors\u{a0}: ", "outside: ")
        ))
    }),
    (&["max_hours"], |a, locale| {
        let hours = a.count("max_hours")?;
        Some(match locale {
            Locale::Fr => format!("{hours}\u{a0}h de vol au plus"),
            Locale::En => format!("{hours}\u{a0}h of flight at most"),
        })
    }),
    (&["passport"], |a, locale| {
        let country = named_country(a, "passport", locale)?;
        Some(format!(
            "{}{country}",
            locale.pick("passeport\u{a0}: ", "passport: ")
        ))
    }),
    (&["home"], |a, locale| {
        let home = a.places("home", locale)?;
        Some(format!("{}{home}", locale.pick("depuis ", "from ")))
    }),
];

fn each(locale: Locale) -> &'static str {
    locale.pick(" par personne", " for each person")
}

/// Airlines by their names.
fn airlines(a: &Arguments<'_>, name: &str, locale: Locale) -> Option<String> {
    let named = |text: &String| match text.to_uppercase().parse() {
        Ok(code) => wish_text::airline(code),
        Err(_) => text.clone(),
    };
    joined(a.texts(name).iter().map(named), locale.pick(" ou ", " or "))
}

/// "départ après 9:00 et avant 12:00".
fn hours(a: &Arguments<'_>, way: &str, name: [&'static str; 2], locale: Locale) -> Option<String> {
    let bound = |end: &str, fr: &'static str, en: &'static str| {
        let time = a.text(&format!("{way}_{end}"))?;
        Some(format!("{} {time}", locale.pick(fr, en)))
    };
    let bounds = [
        bound("after", "après", "after"),
        bound("before", "avant", "before"),
    ];
    let bounds = joined(bounds.into_iter().flatten(), locale.pick(" et ", " and "))?;
    let [fr, en] = name;
    Some(format!("{} {bounds}", locale.pick(fr, en)))
}

/// An amount in its currency, where both can be read; else as it was written.
fn amount(a: &Arguments<'_>, name: &str, locale: Locale) -> Option<String> {
    let written = a.text(name)?;
    let currency = a.text("currency");
    let known: Option<Currency> = currency
        .as_ref()
        .and_then(|code| code.to_uppercase().parse().ok());
    let money = known.and_then(|currency| Money::parse(&written, currency));
    Some(match (money, currency) {
        (Some(money), _) => format::whole_money(money, locale),
        (None, Some(currency)) => format!("{written}\u{a0}{currency}"),
        (None, None) => written,
    })
}

fn at_most(a: &Arguments<'_>, name: &str, each: &str, locale: Locale) -> Option<String> {
    let amount = amount(a, name, locale)?;
    Some(match locale {
        Locale::Fr => format!("{amount} au plus{each}"),
        Locale::En => format!("{amount} at most{each}"),
    })
}

fn aspect_label(aspect: Aspect, locale: Locale) -> &'static str {
    let (fr, en) = match aspect {
        Aspect::Climate => ("climat", "climate"),
        Aspect::Season => ("meilleurs mois", "best months"),
        Aspect::Entry => ("formalités d’entrée", "entry rules"),
        Aspect::Currency => ("monnaie", "currency"),
        Aspect::Languages => ("langues", "languages"),
        Aspect::Plugs => ("prises électriques", "plugs"),
        Aspect::Driving => ("conduite", "driving"),
        Aspect::Emergency => ("numéros d’urgence", "emergency numbers"),
        Aspect::Time => ("décalage horaire", "time difference"),
        Aspect::Holidays => ("jours fériés", "public holidays"),
        Aspect::SchoolHolidays => ("vacances scolaires", "school holidays"),
        Aspect::Airports => ("aéroports", "airports"),
    };
    locale.pick(fr, en)
}

/// What one likes, by the names of this page; what is not known as it was written.
fn things(a: &Arguments<'_>, name: &str, locale: Locale) -> Option<String> {
    joined(a.texts(name).iter().map(|text| thing(text, locale)), ", ")
}

fn without(a: &Arguments<'_>, name: &str, locale: Locale) -> Option<String> {
    let things = things(a, name, locale)?;
    Some(format!(
        "{}{things}",
        locale.pick("sans\u{a0}: ", "without: ")
    ))
}

fn thing(written: &str, locale: Locale) -> String {
    let value = || serde_json::Value::String(written.to_owned());
    if let Ok(interest) = serde_json::from_value::<Interest>(value()) {
        return interest.label(locale).to_owned();
    }
    if let Ok(kind) = serde_json::from_value::<Kind>(value()) {
        return kind.label(locale).to_owned();
    }
    if let Ok(aspect) = serde_json::from_value::<Aspect>(value()) {
        return aspect_label(aspect, locale).to_owned();
    }
    place(written, locale)
}

fn named_country(a: &Arguments<'_>, name: &str, locale: Locale) -> Option<String> {
    let written = a.text(name)?;
    let known = country::by_code(&written.to_uppercase());
    Some(known.map_or(written, |country| country.name(locale).to_owned()))
}
