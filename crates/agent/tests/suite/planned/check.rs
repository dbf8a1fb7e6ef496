//! The visitor's own plan.

use agent::locale::Locale::{En, Fr};

use super::talk;

#[tokio::test]
async fn a_pasted_plan_is_judged_and_unknown_names_are_told() {
    for (locale, message) in [
        (
            Fr,
            "mon programme à Paris du 4 au 5 mai, c’est faisable ?\nJour 1 : Louvre, tour Eiffel, \
             château de Versailles\nJour 2 : musée d’Orsay, Zinzolin Café de Test, Montmartre",
        ),
        (
            En,
            "is my plan for Paris from 4 to 5 May doable?\nDay 1: Louvre, Eiffel Tower, Versailles\n\
             Day 2: Orsay, Zinzolin Spot, Montmartre",
        ),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        let call = said.only("check_itinerary");
        assert_eq!(call["city"], "PAR", "{said:?}");
        // 4 May 2027 is a Tuesday: the Louvre is closed.
        let often = locale.pick("souvent fermé", "often closed");
        let card = serde_json::to_string(&said.sheets).unwrap();
        assert!(card.contains(often), "{said:?}");
        assert!(card.contains("Zinzolin"), "{said:?}");
        assert!(said.ungrounded.is_empty(), "{said:?}");
        assert!(!said.tools.iter().any(|(name, _)| name == "search_flights"));
    }
}
