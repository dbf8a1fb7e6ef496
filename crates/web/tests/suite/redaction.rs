//! Personal data goes, what a trace is read for stays.

use proptest::prelude::*;
use web::telemetry::redaction::redact;

#[test]
fn personal_data_is_replaced_in_both_languages() {
    for (said, kept) in [
        (
            "Écrivez à jean-marc.o'neil+vols@mail.example.fr.",
            "Écrivez à [email].",
        ),
        ("zoé@exemple.québec et a@b.co", "[email] et [email]"),
        (
            "appelez le 06 12 34 56 78, ou le 0612345678",
            "appelez le [phone], ou le [phone]",
        ),
        ("06.12.34.56.78 / 01-23-45-67-89", "[phone] / [phone]"),
        (
            "+33 6 12 34 56 78 et +33 (0)6 12 34 56 78",
            "[phone] et [phone]",
        ),
        ("au +33612345678 2 adultes", "au [phone] 2 adultes"),
        ("0033 6 12 34 56 78", "[phone]"),
        (
            "call (212) 555-0123 or 212-555-0123 or 2125550123",
            "call [phone] or [phone] or [phone]",
        ),
        (
            "ring 020 7946 0958 or +44 20 7946 0958",
            "ring [phone] or [phone]",
        ),
        ("+49 30 901820 please", "[phone] please"),
        (
            "+3 3 6 1 2 3 4 5 6 7 8 / 00 3 3 6 1 2 3 4 5 6 7 8",
            "[phone] / [phone]",
        ),
        ("(+33) 6 12 34 56 78", "([phone]"),
        ("Tel.0612345678;n°0612345678", "Tel.[phone];n°[phone]"),
        (
            "carte 4111 1111 1111 1111 exp 12/27",
            "carte [card] exp 12/27",
        ),
        ("5555-5555-5555-4444, 378282246310005", "[card], [card]"),
        ("3782 822463 10005", "[card]"),
        ("passeport 12AB34567", "passeport [passport]"),
        (
            "my passport is 123456789 (C01X00T47)",
            "my passport is [passport] ([passport])",
        ),
        (
            "ya1234567, AB1234567, X12345678",
            "[passport], [passport], [passport]",
        ),
    ] {
        assert_eq!(redact(said), kept, "{said}");
    }
}

#[test]
fn what_a_trip_is_made_of_stays() {
    for said in [
        "Le vol AF 1234 part à 08:30 et arrive à 10 h 05, 1 250,50 € pour 2 adultes.",
        "Flight BA2490 leaves at 07:05, arrives 23:55 +1, £1,250.00 for 2.",
        "12 345 678 €, 1\u{202f}234\u{202f}567 FCFA, 450 000 XOF, XOF650000, 1.234.567 EUR",
        "du 2027-01-12 au 2027-02-03, 12/01/2027, 12.01.2027, 20270112",
        "dép. 10:00 2027-01-12 – 11:30 2027-01-13",
        "2027-01-12T08:30:00+01:00 and 2027-01-12 08:30",
        "les 03, 04, 05, 06 et 07 janvier; 1 2 3 4 5 6 7 8 9",
        "booking ABC123, XK7P2Q; offer lys-jfk-20270112-1; A320neo, B737-800, 77W",
        "environ 1 234 kg de CO₂, 6 150 km, 7 h 45, 23 kg",
        "0,92 € = 1 $; 1 EUR = 655,957 XOF; 0.0612345678",
        "4111 1111 1111 1112 is no card, @home is no address, a@b neither",
        "terminal 2E, gate 34, seat 12A, row 0",
        "call_0612345678 toolu_01A09q90qw90lq917835lq9",
        "01970000-0000-7000-8000-000000000000",
        "price 250 300 2027",
    ] {
        assert_eq!(redact(said), said);
    }
}

fn pairs(separator: &'static str) -> impl Strategy<Value = String> {
    (1..10_u32, prop::array::uniform4(0..100_u32)).prop_map(move |(first, rest)| {
        let rest = rest.map(|pair| format!("{pair:02}"));
        format!("0{first}{separator}{}", rest.join(separator))
    })
}

fn phone() -> impl Strategy<Value = String> {
    prop_oneof![
        pairs(""),
        pairs(" "),
        pairs("."),
        pairs("-"),
        pairs("\u{a0}"),
        "\\+33 ?[1-9]( ?[0-9]{2}){4}",
        "\\+[2-9][0-9]{8,12}",
        "\\([2-9][0-9]{2}\\) [2-9][0-9]{2}-[0-9]{4}",
        "020 7[0-9]{3} [0-9]{4}",
    ]
}

/// Fifteen digits of a card and the one that checks them.
fn card() -> impl Strategy<Value = String> {
    (
        2..7_u32,
        prop::collection::vec(0..10_u32, 14),
        prop::sample::select(vec!["", " ", "-"]),
    )
        .prop_map(|(first, rest, separator)| {
            let digits: Vec<u32> = std::iter::once(first).chain(rest).collect();
            let sum: u32 = digits
                .iter()
                .enumerate()
                .map(|(at, digit)| match at % 2 {
                    0 => digit * 2 / 10 + digit * 2 % 10,
                    _ => *digit,
                })
                .sum();
            let check = (10 - sum % 10) % 10;
            let digits: Vec<_> = digits
                .into_iter()
                .chain([check])
                .map(|d| d.to_string())
                .collect();
            digits
                .chunks(4)
                .map(<[String]>::concat)
                .collect::<Vec<_>>()
                .join(separator)
        })
}

/// Words and signs as they stand around a number, without digits of their own.
fn around() -> impl Strategy<Value = String> {
    "([a-zéà€£ ]{0,12} )?"
}

fn behind() -> impl Strategy<Value = String> {
    "([ .,;!?)€\n][a-zéà€£ ]{0,12})?"
}

proptest! {
    #[test]
    fn no_phone_survives(before in around(), phone in phone(), after in behind()) {
        let kept = redact(&format!("{before}{phone}{after}"));
        prop_assert!(kept.contains("[phone]"), "{kept}");
        prop_assert!(!kept.bytes().any(|byte| byte.is_ascii_digit()), "{kept}");
        prop_assert!(kept.starts_with(&before) && kept.ends_with(&after), "{kept}");
    }

    #[test]
    fn no_card_survives(before in around(), card in card(), after in behind()) {
        prop_assert_eq!(redact(&format!("{before}{card}{after}")), format!("{before}[card]{after}"));
    }

    #[test]
    fn no_address_survives(
        before in around(), local in "[a-z0-9][a-z0-9._+-]{0,12}", host in "[a-z][a-z0-9-]{0,8}[a-z]", after in behind()
    ) {
        let kept = redact(&format!("{before}{local}@{host}.example.org{after}"));
        prop_assert!(!kept.contains('@') && kept.contains("[email]"), "{kept}");
    }

    #[test]
    fn no_passport_survives(before in around(), number in "[0-9]{2}[A-Z]{2}[0-9]{5}|[A-Z]{2}[0-9]{7}|[0-9]{9}", after in behind()) {
        prop_assert_eq!(redact(&format!("{before}{number}{after}")), format!("{before}[passport]{after}"));
    }

    #[test]
    fn clocks_days_prices_and_flights_stay(
        hour in 0..24_u32, minute in 0..60_u32, day in 1..29_u32, month in 1..13_u32, year in 2024..2035_u32,
        thousands in 1..999_u32, units in 0..1000_u32, cents in 0..100_u32,
        carrier in "[A-Z]{2}", number in 1..9999_u32,
    ) {
        for said in [
            format!("{hour:02}:{minute:02} {day:02}/{month:02}/{year}, {thousands} {units:03},{cents:02} €"),
            format!("{thousands}\u{202f}{units:03},{cents:02}\u{a0}€ le {day} à {hour} h {minute:02}"),
            format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02} {carrier}{number}"),
            format!("{carrier} {number} {year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"),
            format!("${thousands},{units:03}.{cents:02} on {day:02}.{month:02}.{year} at {hour:02}.{minute:02}"),
        ] {
            prop_assert_eq!(redact(&said), said);
        }
    }

    #[test]
    fn any_text_is_redacted_once_and_for_all(text in any::<String>()) {
        let once = redact(&text);
        prop_assert_eq!(redact(&once), once);
    }
}
