//! An offer as a sheet and as a text for models.

use super::OfferDetails;
use crate::{
    event::Card,
    locale::Locale,
    planner::offer_text,
    sheet::{Block, DayStop, Fact, Origin, Sheet},
    travel::{Money, Offer, Slice, format, offer::PassengerKind},
};

/// Everything that is known of an offer.
pub(super) fn sheet(found: &OfferDetails, locale: Locale) -> Card {
    let offer = &found.offer;
    let title = match (found.number, locale) {
        (Some(number), Locale::Fr) => format!("Offre n° {number}"),
        (Some(number), Locale::En) => format!("Offer no. {number}"),
        (None, _) => locale.pick("L’offre", "The offer").to_owned(),
    };
    let mut sheet = Sheet::new("get_flight_details", title);
    sheet.lead = Some(format!(
        "{} · {}",
        format::money(offer.total, locale),
        offer_text::carriers(offer)
    ));
    for slice in &offer.slices {
        sheet = sheet.with(direction(slice, locale));
    }
    let mut sheet = sheet.with(Block::Facts {
        heading: None,
        facts: facts(found, locale),
    });
    if offer.illustrative {
        sheet.notes.push(
            locale
                .pick(
                    "Horaires (heures locales) et tarifs illustratifs : ils ne sont pas réservables.",
                    "Times (local) and fares are illustrative: they cannot be booked.",
                )
                .to_owned(),
        );
    }
    sheet.sources = vec![Origin {
        name: offer.source.clone(),
        as_of: offer.fetched_at.strftime("%Y-%m-%d").to_string(),
        derived: offer.illustrative,
    }];
    Card::Sheet(Box::new(sheet))
}

/// The flights of a direction, and the waits between them.
fn direction(slice: &Slice, locale: Locale) -> Block {
    let day = slice.segments.first();
    let day = day.map(|first| format::short_date(first.departing_at.civil().date(), locale));
    let heading = [
        Some(format!(
            "{} → {}",
            slice.origin.city, slice.destination.city
        )),
        day,
        Some(format::duration(slice.duration, locale)),
    ];
    let mut stops = Vec::new();
    let mut waits = slice.layovers();
    for segment in &slice.segments {
        let (from, to) = (segment.departing_at.civil(), segment.arriving_at.civil());
        let later = match (to.date() - from.date()).get_days() {
            0 => String::new(),
            days => format!(" {days:+}"),
        };
        let aircraft = segment.aircraft.as_deref();
        let flight = [
            segment.flight_number.clone(),
            aircraft.map(str::to_owned),
            Some(format::duration(segment.duration, locale)),
        ];
        let flight: Vec<_> = flight.into_iter().flatten().collect();
        stops.push(DayStop {
            time: format!("{}–{}{later}", format::clock(from), format::clock(to)),
            name: format!(
                "{} → {}, {}",
                segment.origin.iata, segment.destination.iata, segment.carrier.name
            ),
            note: Some(flight.join(", ")),
        });
        if let Some((city, wait)) = waits.next() {
            stops.push(DayStop {
                time: format::duration(wait, locale),
                name: match locale {
                    Locale::Fr => format!("Escale : {city}"),
                    Locale::En => format!("Stop: {city}"),
                },
                note: None,
            });
        }
    }
    let heading: Vec<_> = heading.into_iter().flatten().collect();
    Block::Day {
        heading: heading.join(" · "),
        stops,
        note: None,
    }
}

fn facts(found: &OfferDetails, locale: Locale) -> Vec<Fact> {
    let offer = &found.offer;
    let mut facts: Vec<_> = fares(offer, locale);
    let yes = |is: bool| {
        locale.pick(
            if is { "oui" } else { "non" },
            if is { "yes" } else { "no" },
        )
    };
    let mut change = Fact::new(
        locale.pick("Dates modifiables", "Dates can be changed"),
        yes(offer.conditions.changeable),
    );
    change.note = offer.conditions.changeable.then(|| {
        locale
            .pick("des frais peuvent s’appliquer", "a fee may apply")
            .to_owned()
    });
    let kg = offer_text::emissions(offer, locale);
    let mut co2 = Fact::new("CO₂", kg);
    co2.note = Some(
        locale
            .pick("tous les voyageurs", "all travellers")
            .to_owned(),
    );
    facts.extend([
        Fact::new(
            locale.pick("Bagage cabine", "Cabin bag"),
            match offer.baggage.carry_on {
                0 => locale
                    .pick("un petit sac seulement", "a small bag only")
                    .to_owned(),
                bags => bags.to_string(),
            },
        ),
        Fact::new(
            locale.pick("Bagage en soute", "Checked bag"),
            offer_text::bags(offer, locale),
        ),
        Fact::new(
            locale.pick("Remboursable", "Refundable"),
            yes(offer.conditions.refundable),
        ),
        change,
        co2,
        Fact::new(
            locale.pick("Le prix tient-il ?", "Does the price stand?"),
            standing(found, locale),
        ),
    ]);
    facts
}

/// The price of each kind of passenger.
fn fares(offer: &Offer, locale: Locale) -> Vec<Fact> {
    let fares = offer.per_passenger.iter().map(|fare| {
        let kind = match fare.kind {
            PassengerKind::Adult => locale.pick("Par adulte", "Per adult"),
            PassengerKind::Child => locale.pick("Par enfant", "Per child"),
            PassengerKind::InfantWithoutSeat => locale.pick("Par bébé", "Per infant"),
        };
        let amount = Money::parse(&fare.amount, offer.currency());
        let amount = amount.map_or_else(
            || format!("{} {}", fare.amount, offer.currency()),
            |amount| format::money(amount, locale),
        );
        Fact::new(format!("{kind} (× {})", fare.count), amount)
    });
    fares.collect()
}

/// Whether the price still stands, as the source says now.
pub(super) fn standing(found: &OfferDetails, locale: Locale) -> String {
    let before = found.offer.total;
    match (&found.now, locale) {
        (None, _) => locale
            .pick("je n’ai pas pu le vérifier", "I could not check it")
            .to_owned(),
        (Some(None), _) => locale
            .pick("non, elle n’est plus vendue", "no, it is no longer sold")
            .to_owned(),
        (Some(Some(now)), _) if now.total == before => locale
            .pick("oui, vérifié à l’instant", "yes, just checked")
            .to_owned(),
        (Some(Some(now)), Locale::Fr) => {
            format!("non, c’est maintenant {}", format::money(now.total, locale))
        }
        (Some(Some(now)), Locale::En) => {
            format!("no, it is now {}", format::money(now.total, locale))
        }
    }
}

/// The same for models that read text.
pub(super) fn text(found: &OfferDetails) -> String {
    let offer = &found.offer;
    let mut text = format!(
        "{}: {}, {}",
        offer.id.0,
        offer_text::line(offer, Locale::En),
        offer_text::terms(offer, Locale::En)
    );
    for slice in &offer.slices {
        for segment in &slice.segments {
            text.push_str(&format!(
                "\n{} {} to {} {}, {}, {}",
                segment.origin.iata,
                segment.departing_at.civil(),
                segment.destination.iata,
                segment.arriving_at.civil(),
                segment.carrier.name,
                segment.aircraft.as_deref().unwrap_or("aircraft not known")
            ));
        }
        for (city, wait) in slice.layovers() {
            let wait = format::duration(wait, Locale::En);
            text.push_str(&format!("\nstop in {city}: {wait}"));
        }
    }
    for fare in &offer.per_passenger {
        text.push_str(&format!(
            "\n{} of {:?}: {} {} each",
            fare.count,
            fare.kind,
            fare.amount,
            offer.currency()
        ));
    }
    text.push_str(&format!(
        "\nDoes the price stand? {}. Stands until {}.",
        standing(found, Locale::En),
        offer.expires_at
    ));
    text
}
