//! Facts on a destination as a sheet, and as a text for models.

use guide::Source;

use super::{aspect::Aspect, calendar, climate, daily, entry, found::ContextFound, way};
use crate::{
    capability::wording,
    event::Card,
    locale::Locale,
    sheet::{Block, Fact, Sheet},
    travel::format,
};

/// What an aspect adds to the sheet.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) facts: Vec<Fact>,
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<String>,
    pub(super) sources: Vec<Source>,
}

impl Part {
    pub(super) fn fact(fact: Fact, source: Source) -> Self {
        Self::facts(vec![fact], source)
    }

    pub(super) fn facts(facts: Vec<Fact>, source: Source) -> Self {
        Self {
            facts,
            sources: vec![source],
            ..Self::default()
        }
    }

    pub(super) fn block(block: Block, source: Source) -> Self {
        Self {
            blocks: vec![block],
            sources: vec![source],
            ..Self::default()
        }
    }

    pub(super) fn note(note: String) -> Self {
        Self {
            notes: vec![note],
            ..Self::default()
        }
    }
}

fn part(aspect: Aspect, found: &ContextFound, locale: Locale) -> Part {
    match aspect {
        Aspect::Climate => climate::table(found, locale),
        Aspect::Season => climate::season_fact(found, locale),
        Aspect::Entry => entry::facts(found, locale),
        Aspect::Currency => daily::currency_facts(found, locale),
        Aspect::Languages => daily::language_facts(found, locale),
        Aspect::Plugs => daily::plug_facts(found, locale),
        Aspect::Driving => daily::driving_facts(found, locale),
        Aspect::Emergency => daily::emergency_facts(found, locale),
        Aspect::Time => way::time_facts(found, locale),
        Aspect::Holidays => calendar::holiday_facts(found, locale),
        Aspect::SchoolHolidays => calendar::school_facts(found, locale),
        Aspect::Airports => way::airport_facts(found, locale),
    }
}

/// The sheet of what was asked; `None` = nothing of it is known.
pub(super) fn card(found: &ContextFound, locale: Locale) -> Option<Card> {
    let mut sheet = Sheet::new("get_destination_context", title(found, locale));
    let (mut facts, mut blocks) = (Vec::new(), Vec::new());
    for aspect in &found.about {
        let mut part = part(*aspect, found, locale);
        facts.append(&mut part.facts);
        blocks.append(&mut part.blocks);
        sheet.notes.append(&mut part.notes);
        for source in part.sources {
            let origin = wording::origin(&source, locale);
            if !sheet.sources.contains(&origin) {
                sheet.sources.push(origin);
            }
        }
    }
    if facts.is_empty() && blocks.is_empty() {
        return None;
    }
    if !facts.is_empty() {
        let heading = None;
        sheet.blocks.push(Block::Facts { heading, facts });
    }
    sheet.blocks.append(&mut blocks);
    sheet.lead = lead(found, locale);
    Some(Card::Sheet(Box::new(sheet)))
}

fn title(found: &ContextFound, locale: Locale) -> String {
    let (name, country) = (found.name(locale), found.country_name(locale));
    let only_school = found.about == [Aspect::SchoolHolidays];
    match (only_school, name == country || name.is_empty()) {
        (true, _) => locale
            .pick("Vacances scolaires françaises", "French school holidays")
            .to_owned(),
        (false, true) => country.to_owned(),
        (false, false) => format!("{name}, {country}"),
    }
}

/// When the facts are of, where it matters.
fn lead(found: &ContextFound, locale: Locale) -> Option<String> {
    let dated = [
        Aspect::Climate,
        Aspect::Holidays,
        Aspect::SchoolHolidays,
        Aspect::Time,
    ];
    let when = found.when;
    let counts = found.about.iter().any(|aspect| dated.contains(aspect));
    (counts && !when.assumed).then(|| span(when.from, when.to, locale))
}

/// "avril 2027", "du jeu. 29 avr. au mer. 5 mai".
pub(super) fn span(from: jiff::civil::Date, to: jiff::civil::Date, locale: Locale) -> String {
    if from == from.first_of_month() && to == from.last_of_month() {
        return format::month(from, locale);
    }
    match from == to {
        true => format::date(from, locale),
        false => format!("{} {}", wording::days(from, to, locale), to.year()),
    }
}

/// The same for models that read text.
pub(super) fn text(found: &ContextFound, locale: Locale) -> String {
    let mut text = format!(
        "{}, {} to {}{}:",
        title(found, locale),
        found.when.from,
        found.when.to,
        if found.when.assumed {
            " (no date was given)"
        } else {
            ""
        }
    );
    for aspect in &found.about {
        let part = part(*aspect, found, locale);
        for fact in part.facts {
            let note = fact.note.map(|note| format!(" ({note})"));
            let link = fact.link.map(|link| format!(" {link}"));
            text.push_str(&format!(
                "\n{}: {}{}{}",
                fact.label,
                fact.value,
                note.unwrap_or_default(),
                link.unwrap_or_default()
            ));
        }
        for block in part.blocks {
            if let Block::Table { head, rows, .. } = block {
                for row in rows {
                    let cells = head.iter().zip(row);
                    let cells: Vec<_> =
                        cells.map(|(head, cell)| format!("{head} {cell}")).collect();
                    text.push_str(&format!("\n{}", cells.join(", ")));
                }
            }
        }
        for note in part.notes {
            text.push_str(&format!("\n{note}"));
        }
        for source in part.sources {
            text.push_str(&format!("\n(source: {}, {})", source.id, source.as_of));
        }
    }
    text
}
