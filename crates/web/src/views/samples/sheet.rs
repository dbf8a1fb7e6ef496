//! A sheet that holds every block.

use agent::{
    locale::Locale,
    sheet::{Block, DayStop, Fact, Item, Map, MapKind, Origin, Pin, Say, Sheet},
};

/// Three days in Lisbon, in either language.
pub(crate) fn sheet(locale: Locale) -> Sheet {
    let t = |fr: &'static str, en: &'static str| locale.pick(fr, en);
    let say = |label: &str, message: &str| Say {
        label: label.to_owned(),
        message: message.to_owned(),
    };
    let mut sheet = Sheet::new(
        "create_visit_itinerary",
        t("Lisbonne en mars", "Lisbon in March"),
    );
    sheet.lead = Some(t("Du 3 au 6 mars, 2 voyageurs", "March 3 to 6, 2 travellers").to_owned());
    sheet.blocks = vec![
        facts(&t),
        Block::Items {
            heading: Some(t("Quartiers", "Quarters").to_owned()),
            items: vec![
                Item {
                    note: Some(
                        t(
                            "Ruelles et belvédères, à pied du centre.",
                            "Lanes and viewpoints, on foot from the centre.",
                        )
                        .to_owned(),
                    ),
                    say: Some(say(
                        t("Loger ici", "Stay here"),
                        t("un hôtel à Alfama", "a hotel in Alfama"),
                    )),
                    ..Item::new(
                        "Alfama",
                        t("vieille ville · 1,2 km", "old town · 1.2 km").to_owned(),
                    )
                },
                Item::new(
                    "Príncipe Real",
                    t("calme · 1,8 km", "quiet · 1.8 km").to_owned(),
                ),
            ],
        },
        Block::Table {
            heading: Some(t("Trois formules", "Three tiers").to_owned()),
            head: [
                t("Formule", "Tier"),
                t("Vols", "Flights"),
                t("Hôtel", "Hotel"),
                "Total",
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: [
                [
                    t("Économique", "Budget"),
                    "182,00 €",
                    "214,00 €",
                    "396,00 €",
                ],
                [
                    t("Équilibrée", "Balanced"),
                    "206,00 €",
                    "366,00 €",
                    "572,00 €",
                ],
                [t("Confort", "Comfort"), "206,00 €", "610,00 €", "816,00 €"],
            ]
            .map(|row| row.map(str::to_owned).to_vec())
            .to_vec(),
            best: Some(1),
        },
        day(&t),
        Block::Map(Map {
            kind: MapKind::Day,
            title: t("Mardi à Lisbonne", "Tuesday in Lisbon").to_owned(),
            pins: vec![Pin {
                name: "Torre de Belém".to_owned(),
                lat: 38.6916,
                lon: -9.216,
            }],
            labels: Vec::new(),
            text: t(
                "Belém, puis l’Alfama, à 6 km à l’est.",
                "Belém, then Alfama, 6 km to the east.",
            )
            .to_owned(),
        }),
        Block::Next {
            say: vec![
                say(
                    t("Plus détendu", "More relaxed"),
                    t("un rythme plus détendu", "a slower pace"),
                ),
                say(
                    t("Le coût total", "What it costs"),
                    t("combien coûte le tout ?", "what does it cost in all?"),
                ),
            ],
        },
    ];
    sheet.notes = vec![
        t(
            "Prix indicatifs : rien n’est réservé.",
            "Indicative prices: nothing is booked.",
        )
        .to_owned(),
    ];
    sheet.sources = vec![Origin {
        name: "US State Department".to_owned(),
        as_of: "2026-11".to_owned(),
        derived: true,
    }];
    sheet
}

fn facts(t: &dyn Fn(&'static str, &'static str) -> &'static str) -> Block {
    Block::Facts {
        heading: Some(t("À savoir", "Good to know").to_owned()),
        facts: vec![
            Fact {
                note: Some(t("de 9 à 17 °C", "from 9 to 17 °C").to_owned()),
                ..Fact::new(t("Température", "Temperature"), "13 °C")
            },
            Fact::new(t("Décalage horaire", "Time difference"), "−1 h"),
            Fact {
                link: Some("https://vistos.mne.gov.pt/".to_owned()),
                ..Fact::new(t("Entrée", "Entry"), t("carte d’identité", "identity card"))
            },
            Fact {
                link: Some("javascript:alert(1)".to_owned()),
                ..Fact::new(t("Prise", "Plug"), "C, F")
            },
        ],
    }
}

fn day(t: &dyn Fn(&'static str, &'static str) -> &'static str) -> Block {
    let stop = |time: &str, name: &str, note: Option<&str>| DayStop {
        time: time.to_owned(),
        name: name.to_owned(),
        note: note.map(str::to_owned),
    };
    Block::Day {
        heading: t("Jour 2 · jeu. 4 mars", "Day 2 · Thu, Mar 4").to_owned(),
        stops: vec![
            stop(
                "09:30–11:00",
                "Torre de Belém",
                Some(t("souvent fermé le lundi", "often closed on Monday")),
            ),
            stop(
                "11:20–12:45",
                "Mosteiro dos Jerónimos",
                Some(t("20 min à pied", "20 min on foot")),
            ),
            stop("13:00–14:15", t("Déjeuner à Belém", "Lunch in Belém"), None),
        ],
        note: Some(
            t(
                "S’il pleut : le musée des carrosses.",
                "If it rains: the coach museum.",
            )
            .to_owned(),
        ),
    }
}
