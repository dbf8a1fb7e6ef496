//! Ways back that are counted from the way out.

use super::{check, en, fr};

#[test]
fn returns_follow_from_the_way_out() {
    check(
        fr,
        &[
            (
                "départ vendredi 5 mars retour le lundi d'après",
                "2027-03-05 > 2027-03-08",
            ),
            ("le 5 mars, retour le lendemain", "2027-03-05 > 2027-03-06"),
            (
                "le 5 mars retour le mardi de la semaine d'après",
                "2027-03-05 > 2027-03-09",
            ),
            (
                "le 3 mars, retour cinq jours plus tard",
                "2027-03-03 > 2027-03-08",
            ),
            (
                "aller jeudi, retour après le week-end",
                "2026-12-03 > 2026-12-07",
            ),
            ("le 9 mars, retour le jour même", "2027-03-09 > 2027-03-09"),
            (
                "le 9 mars et retour le soir même",
                "2027-03-09 > 2027-03-09",
            ),
            (
                "demain, retour dans quinze jours",
                "2026-11-30 > 2026-12-14",
            ),
            (
                "le 5 mars, retour le week-end d'après",
                "2027-03-05 > 2027-03-06..2027-03-07",
            ),
        ],
    );
    check(
        en,
        &[
            ("5 March, home the day after", "2027-03-05 > 2027-03-06"),
            (
                "back after the weekend, leaving Thursday",
                "2026-12-03 > 2026-12-07",
            ),
            (
                "on 9 March, home the same evening",
                "2027-03-09 > 2027-03-09",
            ),
            (
                "leaving 5 March, back the following Monday",
                "2027-03-05 > 2027-03-08",
            ),
            (
                "leave on 5 March and return the next day",
                "2027-03-05 > 2027-03-06",
            ),
            (
                "out on Friday, home the Monday after",
                "2026-12-04 > 2026-12-07",
            ),
            ("3 March, returning a week later", "2027-03-03 > 2027-03-10"),
            ("3 March, back two days later", "2027-03-03 > 2027-03-05"),
            (
                "leaving 3 March, home the same day",
                "2027-03-03 > 2027-03-03",
            ),
        ],
    );
}
