use proptest::prelude::*;

use super::*;

#[test]
fn addresses_of_both_languages_are_masked() {
    for (said, kept) in [
        (
            "J’habite 12 rue de la Paix, 75002 Paris.",
            "J’habite [address].",
        ),
        ("12, rue de la Paix 75002 Paris", "[address]"),
        ("au 12 bis rue Victor-Hugo à Lyon", "au [address] à Lyon"),
        (
            "12B avenue du Général de Gaulle\n69003 Lyon, merci",
            "[address], merci",
        ),
        (
            "je pars du 5 av. Jean Jaurès puis taxi",
            "je pars du [address] puis taxi",
        ),
        ("5 rue du 8 Mai 1945, 38000 Grenoble", "[address]"),
        ("3 place Bellecour 69002 Lyon", "[address]"),
        ("7 place de l’Église", "[address]"),
        ("1 place du Marché, 67000 Strasbourg", "[address]"),
        ("12 rue de la paix à paris", "[address] à paris"),
        ("12 rue victor hugo et demain", "[address] et demain"),
        (
            "10-12 boulevard Saint-Germain, bât. B, apt 4, 75005 Paris",
            "[address]",
        ),
        (
            "chez Zoé, 8 impasse des Lilas, 13100 Aix-en-Provence",
            "chez Zoé, [address]",
        ),
        ("n°4 quai d’Orsay", "n°[address]"),
        (
            "I live at 221B Baker Street, London NW1 6XE.",
            "I live at [address].",
        ),
        ("10 Downing St, London", "[address], London"),
        ("350 5th Avenue, New York, NY 10118", "[address]"),
        (
            "1600 Pennsylvania Avenue NW, Washington, DC 20500-0003",
            "[address]",
        ),
        (
            "from 12 baker street to Heathrow",
            "from [address] to Heathrow",
        ),
        ("14 Abbey Road, flat 3, London NW8 9AY", "[address]"),
        ("6 Kensington Palace Gardens", "[address]"),
        ("2 The Old Mill Lane and back", "[address] and back"),
    ] {
        assert_eq!(masked(said), kept, "{said}");
    }
}

#[test]
fn what_a_trip_is_made_of_stays() {
    for said in [
        "vol AF 1234 de Lyon à New York le 12 janvier, 2 adultes",
        "AF1234, BA 117 and BA2490 from Heathrow",
        "1 place Paris – Lyon, 2 places côté couloir, 3 cours de surf",
        "2 adultes, 1 enfant de 4 ans, 3 nuits rue de Rivoli",
        "un hôtel rue de Rivoli, avenue Foch ou boulevard Saint-Michel",
        "le 12 mars, 3 jours, 800 € et 2 rues plus loin",
        "bus 12 avenue Foch, ligne 4 rue de Rennes, room 5 Park Lane",
        "on 12 May Oxford Street, 5th Avenue and 42nd Street",
        "2 nights near Baker Street, 3 miles by road, 10 minutes down the lane",
        "2 Paris St Germain shirts, 3 days in St Ives",
        "à 10:30 rue de Rome; 12/01 rue de Rome; 1,5 rue",
        "Lyon 69003, 75002 Paris, NY 10118, NW1 6XE",
        "12 h, 30 rue, 4 avenue. 5 street",
        "the 2 lane road, 2 quiet roads, a 3 way split, 4 courts",
        "2 adults, 1 child, 12 to 20 March, under 3000 euros",
    ] {
        assert_eq!(masked(said), said);
    }
}

#[test]
fn what_the_traveller_wrote_is_masked_in_the_answer_and_a_sight_is_not() {
    let said = Addresses::of([
        "je suis 12 rue de la Paix, 75002 Paris",
        "12 rue de la Paix ?",
    ]);
    let answer = "De 12 rue de la Paix, 75002 Paris à la tour Eiffel (5 avenue Anatole France)";
    let kept = "De [address] à la tour Eiffel (5 avenue Anatole France)";
    assert_eq!(said.masked(answer), kept);
    assert_eq!(said.masked("12 rue de la Paix"), "[address]");
    assert_eq!(Addresses::default().masked(answer), answer);
}

/// Words around an address that are no part of one.
fn around() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        "je pars de chez moi : ",
        "Bonjour, ",
        "it is at ",
        "(",
        "— ",
    ])
    .prop_map(str::to_owned)
}

fn behind() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        ". Merci",
        ", puis Rome",
        " et Rome",
        " to Rome",
        ")",
        "\n\nRome",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #[test]
    fn no_french_address_survives(
        before in around(), after in behind(), number in 2..9999_u32, bis in "( bis| ter|B)?",
        street in "rue|avenue|boulevard|allée|impasse|chemin|quai|place|cours|route",
        article in "(de |du |de la |des |d’)?", name in "[A-Z][a-z]{3,9}(-[A-Z][a-z]{3,9})?( [A-Z][a-z]{3,9})?",
        town in "(, [1-9][0-9]{4} [A-Z][a-zé]{3,9}(-sur-[A-Z][a-z]{3,9})?)?",
    ) {
        let said = format!("{before}{number}{bis} {street} {article}{name}{town}{after}");
        prop_assert_eq!(masked(&said), format!("{before}[address]{after}"));
    }

    #[test]
    fn no_english_address_survives(
        before in around(), after in behind(), number in 1..9999_u32, letter in "[A-D]?",
        name in "[B-L][b-l]{4,9}( [B-L][b-l]{4,9})?", street in "Street|Road|Lane|Avenue|Boulevard|street|road",
        town in "(, [B-L][b-l]{3,9},? [A-Z]{2}[1-9] [1-9][A-Z]{2}|, [B-L][b-l]{3,9}, [A-Z]{2} [1-9][0-9]{4})?",
    ) {
        let said = format!("{before}{number}{letter} {name} {street}{town}{after}");
        prop_assert_eq!(masked(&said), format!("{before}[address]{after}"));
    }

    #[test]
    fn flights_days_and_prices_stay(
        carrier in "[A-Z]{2}", flight in 1..9999_u32, day in 1..29_u32, nights in 1..30_u32,
        price in 1..9999_u32, month in prop::sample::select(months().collect::<Vec<_>>()),
        street in prop::sample::select(vec!["rue de Rivoli", "Baker Street", "5th Avenue", "place Bellecour"]),
    ) {
        for said in [
            format!("{carrier} {flight} le {day} {month}, {nights} nuits, {price} €, {street}"),
            format!("{carrier}{flight} on {day} {month} for {nights} nights near {street}, €{price}"),
        ] {
            prop_assert_eq!(masked(&said), said);
        }
    }

    #[test]
    fn any_text_is_masked_once_and_for_all(text in any::<String>(), words in "([0-9A-Za-z,. ]|rue |street |é){0,80}") {
        for text in [text, words] {
            let once = masked(&text);
            prop_assert_eq!(masked(&once), once);
        }
    }
}
