//! What the buttons of a length of the stay say sets the day of return, and keeps the rest.

use agent::locale::Locale;
use serde_json::json;

use super::talk;

#[tokio::test]
async fn a_day_of_return_is_set_by_its_button() {
    for (locale, search, back) in [
        (
            Locale::Fr,
            "Un vol Lyon New York du 12 au 20 janvier, 2 adultes",
            "retour le 24 janvier 2027",
        ),
        (
            Locale::En,
            "A flight from Lyon to New York, 12 to 20 January, 2 adults",
            "back on 24 January 2027",
        ),
    ] {
        let said = talk(locale, &[search, back]).await;
        let search = said[1].only("search_flights");
        assert_eq!(search["date"], json!("2027-01-12"), "{search}");
        assert_eq!(search["return_date"], json!("2027-01-24"), "{search}");
        assert_eq!(search["adults"], json!(2));
    }
}

#[tokio::test]
async fn both_days_are_set_where_only_the_month_was_known() {
    for (locale, search, days) in [
        (
            Locale::Fr,
            "le jour le moins cher pour Rome en mars depuis Lyon, 7 nuits",
            "du 9 mars 2027 au 14 mars 2027",
        ),
        (
            Locale::En,
            "the cheapest day to Rome in March from Lyon for 7 nights",
            "from 9 March 2027 to 14 March 2027",
        ),
    ] {
        let said = talk(locale, &[search, days]).await;
        let search = said[1].only("search_flights");
        assert_eq!(search["date"], json!("2027-03-09"), "{search}");
        assert_eq!(search["return_date"], json!("2027-03-14"), "{search}");
    }
}
