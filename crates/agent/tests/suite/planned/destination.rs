//! What is known of a destination.

use agent::{
    locale::Locale::{En, Fr},
    sheet::{Block, Fact, Sheet},
};
use guide::{climate, entry, holidays, rates, season};

use super::{Said, talk};

fn facts(sheet: &Sheet) -> Vec<&Fact> {
    let facts = sheet.blocks.iter().filter_map(|block| match block {
        Block::Facts { facts, .. } => Some(facts),
        _ => None,
    });
    facts.flatten().collect()
}

/// The only turn of a conversation of one message, with nothing ungrounded.
async fn one(locale: agent::locale::Locale, message: &str) -> Said {
    let said = talk(locale, &[message]).await.remove(0);
    assert!(said.ungrounded.is_empty(), "{said:?}");
    said
}

#[tokio::test]
async fn the_weather_of_a_month_is_that_of_the_table() {
    let bangkok = climate::of("BKK".parse().unwrap()).unwrap();
    let august = bangkok.month(8).unwrap();
    let range = format!(
        "{}–{}\u{a0}°C",
        august.min_c.unwrap().round(),
        august.max_c.unwrap().round()
    );
    for (locale, message) in [
        (Fr, "quel temps fait-il à Bangkok en août ?"),
        (En, "what is the weather like in Bangkok in August?"),
    ] {
        let said = one(locale, message).await;
        let call = said.only("get_destination_context");
        assert_eq!(
            (&call["city"], &call["month"]),
            (&"BKK".into(), &"2027-08".into())
        );
        assert!(said.reply.contains(&range), "{said:?}");
        let rain = format!("{}", august.rain_days.unwrap().round());
        assert!(said.reply.contains(&rain), "{said:?}");
        let Block::Table { rows, .. } = &said.sheets[0].blocks[0] else {
            panic!("{said:?}")
        };
        assert_eq!(rows.len(), 1, "only the month that was asked");
        assert!(!said.sheets[0].sources.is_empty());
    }
}

#[tokio::test]
async fn without_a_date_the_month_at_hand_is_taken_and_said() {
    for (locale, message, month) in [
        (Fr, "quel temps fait-il à Lisbonne ?", "décembre"),
        (En, "what is the weather like in Lisbon?", "December"),
    ] {
        let said = one(locale, message).await;
        assert!(said.only("get_destination_context").get("month").is_none());
        let told = said.reply.matches(month).count();
        assert!(told >= 2, "{said:?}");
    }
}

#[tokio::test]
async fn a_place_without_a_station_is_said_to_have_none() {
    let without = guide::destination::all()
        .iter()
        .filter(|place| climate::of(place.code).is_none());
    assert_eq!(without.count(), 55);
    let said = one(Fr, "quel temps fait-il à Marrakech en mars ?").await;
    let known = climate::of("RAK".parse().unwrap()).is_some();
    assert_eq!(said.reply.contains("°C"), known, "{said:?}");
}

#[tokio::test]
async fn the_best_months_are_a_rule_of_ours() {
    let lisbon = climate::of("LIS".parse().unwrap()).unwrap();
    assert!(season::best(lisbon).agreeable);
    for (locale, message, rule) in [
        (
            Fr,
            "quelle est la meilleure saison pour aller à Lisbonne ?",
            "règle à nous",
        ),
        (
            En,
            "what is the best season to visit Lisbon?",
            "rule of ours",
        ),
    ] {
        let said = one(locale, message).await;
        assert!(said.reply.contains(rule), "{said:?}");
    }
}

#[tokio::test]
async fn entry_is_told_for_the_passport_with_its_date_and_link() {
    for (locale, message, passport, country) in [
        (
            Fr,
            "il faut un visa pour la Thaïlande avec un passeport français ?",
            "FR",
            "TH",
        ),
        (
            En,
            "do I need a visa for Vietnam with a British passport?",
            "GB",
            "VN",
        ),
        (
            Fr,
            "je suis sénégalais, il me faut un visa pour le Maroc ?",
            "SN",
            "MA",
        ),
    ] {
        let said = one(locale, message).await;
        assert_eq!(said.only("get_destination_context")["passport"], passport);
        let rule = entry::entry(passport.parse().unwrap(), country).unwrap();
        let sheet = &said.sheets[0];
        let facts = facts(sheet);
        assert_eq!(facts[0].link.as_deref(), rule.link, "{said:?}");
        assert!(said.reply.contains("2026"), "dated: {said:?}");
        if let entry::Requirement::Days(days) = rule.requirement {
            assert!(said.reply.contains(&days.to_string()), "{said:?}");
        }
    }
}

#[tokio::test]
async fn a_passport_that_nobody_said_is_asked_for_once() {
    let turns = talk(Fr, &["faut-il un visa pour l’Inde ?", "belge"]).await;
    assert!(turns[0].tools.is_empty(), "{turns:?}");
    assert!(turns[0].reply.contains("quel passeport"), "{turns:?}");
    assert_eq!(
        turns[1].only("get_destination_context")["passport"],
        "BE",
        "{turns:?}"
    );
}

#[tokio::test]
async fn a_passport_of_no_table_is_said_to_be_unknown() {
    let said = one(
        En,
        "do I need a visa for Thailand with a Japanese passport?",
    )
    .await;
    assert!(said.tools.is_empty(), "{said:?}");
    assert!(
        said.reply.contains("Senegalese"),
        "the known ones: {said:?}"
    );
}

#[tokio::test]
async fn holidays_of_the_stay_are_those_of_the_table() {
    let (from, to) = ("2027-04-29".parse().unwrap(), "2027-05-05".parse().unwrap());
    let days = holidays::during("PL", from, to).unwrap();
    let said = one(
        Fr,
        "Y a-t-il des jours fériés à Cracovie entre le 29 avril et le 5 mai 2027 ?",
    )
    .await;
    assert_eq!(facts(&said.sheets[0]).len(), days.len());
    for day in days {
        assert!(said.reply.contains(day.name(Fr)), "{said:?}");
    }
}

#[tokio::test]
async fn money_has_a_dated_rate() {
    let said = one(En, "what is the currency in Prague?").await;
    let rate = rates::rate("EUR".parse().unwrap(), "CZK".parse().unwrap());
    assert_eq!(rate.basis, rates::Basis::Ecb);
    assert!(
        said.reply.contains(&format!("{:.2}", rate.per_unit)),
        "{said:?}"
    );
    assert!(said.reply.contains("2026"), "{said:?}");
}

#[tokio::test]
async fn each_subject_has_its_answer_and_no_other() {
    for (locale, message, told, not) in [
        (
            Fr,
            "quelles prises électriques au Japon ?",
            "type **A et B**",
            "°C",
        ),
        (Fr, "numéro des urgences au Portugal ?", "112", "visa"),
        (
            Fr,
            "en Islande, de quel côté de la route roule-t-on ?",
            "à droite",
            "112",
        ),
        (
            En,
            "what language do they speak in Mauritius?",
            "French and English",
            "plug",
        ),
        (
            En,
            "do people drive on the left in Cyprus?",
            "on the left",
            "112",
        ),
    ] {
        let said = one(locale, message).await;
        assert!(said.reply.contains(told), "{said:?}");
        assert!(!said.reply.contains(not), "{said:?}");
        assert!(said.reply.lines().count() <= 3, "{said:?}");
    }
}

#[tokio::test]
async fn several_subjects_of_one_place_are_one_look_up() {
    let said = one(
        Fr,
        "quelle est la monnaie et quelle langue on parle à Tokyo, et quelles prises ?",
    )
    .await;
    let call = said.only("get_destination_context");
    assert_eq!(call["about"].as_array().map(Vec::len), Some(3), "{said:?}");
    for told in ["JPY", "japonais", "A et B"] {
        assert!(said.reply.contains(told), "{said:?}");
    }
}

#[tokio::test]
async fn the_same_question_has_the_same_answer() {
    let ask = || one(En, "what is the weather like in Oslo in February?");
    let (first, second) = (ask().await, ask().await);
    assert_eq!((first.reply, first.sheets), (second.reply, second.sheets));
}
