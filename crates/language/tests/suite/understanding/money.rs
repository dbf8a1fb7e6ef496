//! What it may cost: amounts, whom they are for, how they bound, and the currency of the answers.

use language::{Bound, Scope};

use super::{en, fr};
use Bound::{About, AtMost};
use Scope::{All, Each, Night};

#[test]
fn amounts_have_a_scope_and_a_bound() {
    for (text, amount, scope, bound) in [
        (
            "pas plus de 300 euros par personne",
            "300.00 EUR",
            Each,
            AtMost,
        ),
        ("1,5k€ maximum", "1500.00 EUR", All, AtMost),
        ("pas plus de 180 balles", "180.00 EUR", All, AtMost),
        ("300 € par tête", "300.00 EUR", Each, AtMost),
        ("200 euros chacun", "200.00 EUR", Each, AtMost),
        ("autour de 400 euros", "400.00 EUR", All, About),
        ("environ 250 € par personne", "250.00 EUR", Each, About),
        ("dans les 500 euros", "500.00 EUR", All, About),
        ("80 euros par nuit", "80.00 EUR", Night, AtMost),
        ("600 euros pour nous deux", "600.00 EUR", All, AtMost),
        ("1000 euros au total", "1000.00 EUR", All, AtMost),
        (
            "budget par personne de 300 euros",
            "300.00 EUR",
            Each,
            AtMost,
        ),
        ("entre 300 et 500 euros", "500.00 EUR", All, AtMost),
        ("budget 500 par personne", "500.00 EUR", Each, AtMost),
        ("300€/pers max", "300.00 EUR", Each, AtMost),
        ("chacun met 120 €, pas plus", "120.00 EUR", Each, AtMost),
        ("pas un euro de plus que 90 €", "90.00 EUR", All, AtMost),
    ] {
        let money = fr(text).money;
        let money = money.unwrap_or_else(|| panic!("{text}"));
        let read = (money.amount.to_string(), money.scope, money.bound);
        assert_eq!(read, (amount.to_owned(), scope, bound), "{text}");
    }
    for (text, amount, scope, bound) in [
        ("under 90 euros each", "90.00 EUR", Each, AtMost),
        ("100 EUR pp max", "100.00 EUR", Each, AtMost),
        ("$1.2k tops", "1200.00 USD", All, AtMost),
        ("for under 600 dollars", "600.00 USD", All, AtMost),
        ("about 300 pounds", "300.00 GBP", All, About),
        ("around $450 per person", "450.00 USD", Each, About),
        ("£80 a night", "80.00 GBP", Night, AtMost),
        ("not a cent more than $90", "90.00 USD", All, AtMost),
        ("we can each spend £90", "90.00 GBP", Each, AtMost),
        ("$900 for the two of us", "900.00 USD", All, AtMost),
        ("max 200 per person", "200.00 EUR", Each, AtMost),
        ("500 euros or less", "500.00 EUR", All, AtMost),
        ("I have 700 dollars", "700.00 USD", All, AtMost),
        ("$300 a head", "300.00 USD", Each, AtMost),
    ] {
        let money = en(text).money;
        let money = money.unwrap_or_else(|| panic!("{text}"));
        let read = (money.amount.to_string(), money.scope, money.bound);
        assert_eq!(read, (amount.to_owned(), scope, bound), "{text}");
    }
}

#[test]
fn the_flat_budget_is_an_upper_bound_for_all() {
    assert!(fr("moins de 500 euros").budget.is_some());
    assert_eq!(fr("moins de 500 euros par personne").budget, None);
    assert_eq!(en("about 500 euros").budget, None);
    assert_eq!(en("more than 500 euros").money, None);
}

#[test]
fn a_currency_alone_is_that_of_the_answers() {
    for (text, code) in [
        ("prix en francs suisses", "CHF"),
        ("en dollars svp", "USD"),
        ("affiche en £", "GBP"),
        ("Lyon Rome demain, en dollars canadiens", "CAD"),
    ] {
        let reading = fr(text);
        assert_eq!(reading.currency.map(|c| c.as_str()), Some(code), "{text}");
        assert_eq!(reading.money, None, "{text}");
    }
    for (text, code) in [
        ("in dollars please", "USD"),
        ("show prices in GBP", "GBP"),
        ("Paris to Oslo tomorrow, in Swiss francs", "CHF"),
    ] {
        assert_eq!(en(text).currency.map(|c| c.as_str()), Some(code), "{text}");
    }
    let reading = en("prices in dollars, max 500");
    assert_eq!(reading.money.unwrap().amount.to_string(), "500.00 USD");
    for text in [
        "how much is 100 euros in dollars?",
        "can I pay in dollars?",
        "what is the exchange rate in yen?",
        "under 300 euros",
        "I went mad in try",
    ] {
        assert_eq!(en(text).currency, None, "{text}");
    }
}

#[test]
fn amounts_as_people_write_them() {
    for (text, amount, scope, bound) in [
        (
            "sous la barre des mille euros chacun",
            "1000.00 EUR",
            Each,
            AtMost,
        ),
        (
            "400 euros grand maximum à nous deux",
            "400.00 EUR",
            All,
            AtMost,
        ),
        ("on a autour de 500 euros", "500.00 EUR", All, About),
        (
            "je ne veux pas dépenser plus de 300 euros",
            "300.00 EUR",
            All,
            AtMost,
        ),
        ("budget de 600 à 700 euros", "700.00 EUR", All, AtMost),
        ("trois centaines d'euros max", "300.00 EUR", All, AtMost),
    ] {
        let money = fr(text).money.unwrap_or_else(|| panic!("{text}"));
        let read = (money.amount.to_string(), money.scope, money.bound);
        assert_eq!(read, (amount.to_owned(), scope, bound), "{text}");
    }
    for (text, amount, scope, bound) in [
        (
            "must cost under a hundred pounds per person",
            "100.00 GBP",
            Each,
            AtMost,
        ),
        ("we have about $900 between us", "900.00 USD", All, About),
        ("£150 return at most", "150.00 GBP", All, AtMost),
        ("a couple of hundred pounds tops", "200.00 GBP", All, AtMost),
    ] {
        let money = en(text).money.unwrap_or_else(|| panic!("{text}"));
        let read = (money.amount.to_string(), money.scope, money.bound);
        assert_eq!(read, (amount.to_owned(), scope, bound), "{text}");
    }
    assert_eq!(fr("combien font 200 euros en yens").money, None);
    assert_eq!(en("how much is 50 euros in dollars").money, None);
}
