//! Replies with one invented fact each.

use super::found;

const FRENCH: [(&str, &str, &str); 42] = [
    (
        "L’offre la moins chère est à 415,20 €.",
        "price",
        "415,20 €",
    ),
    ("Comptez 612 € par personne.", "price", "612 €"),
    ("Le tarif est de 1 299,00 EUR.", "price", "1 299,00 EUR"),
    ("Un vol à **299 €** chez Air France.", "price", "299 €"),
    ("Cela fait environ 350 €.", "price", "350 €"),
    ("Prévoyez 78 euros de bagages.", "price", "78 euros"),
    ("Le prix en dollars : 519 $.", "price", "519 $"),
    ("Soit 640 $ US.", "price", "640 $ US"),
    ("Il y a un vol à 431,20 £.", "price", "431,20 £"),
    ("Les prix vont de 310 à 360 €.", "price", "310 à 360 €"),
    ("Entre 610 et 670 € selon le jour.", "price", "610 et 670 €"),
    ("Vous économisez 333 €.", "price", "333 €"),
    ("C’est 217 € de plus que l’offre 1.", "price", "217 €"),
    ("Le total est de 1 111,11 €.", "price", "1 111,11 €"),
    (
        "| Offre | Prix |\n|---|---|\n| 1 | 745 € |",
        "price",
        "745 €",
    ),
    ("Le supplément est de 45 CHF.", "price", "45 CHF"),
    ("Départ à 11h45.", "time", "11h45"),
    ("Départ à 7 h 20, arrivée à 15 h 30.", "time", "7 h 20"),
    ("Le vol décolle à 9h.", "time", "9h"),
    ("LYS 10:05 → JFK 16:30", "time", "16:30"),
    ("Arrivée le lendemain à 07:35 +1.", "time", "07:35"),
    ("L’enregistrement ferme à 9:20.", "time", "9:20"),
    ("Vous partez vers 19.45.", "time", "19.45"),
    ("Départ à 8 h du soir.", "time", "8 h"),
    ("De **10:05** à **14:55**.", "time", "14:55"),
    ("Le retour part à 22h10 et arrive à 13h50.", "time", "22h10"),
    ("Le vol AF 6543 est direct.", "flight_number", "AF 6543"),
    ("Vous prendrez le LH2245.", "flight_number", "LH2245"),
    ("Vol U2 7788 puis AF 1234.", "flight_number", "U2 7788"),
    ("(**KL 1412**)", "flight_number", "KL 1412"),
    ("C’est le vol 6E 123.", "flight_number", "6E 123"),
    ("AF1235, à 10:05", "flight_number", "AF1235"),
    (
        "Départ de Lyon (LYS) vers Boston (BOS).",
        "airport_code",
        "BOS",
    ),
    ("LYS → FRA → JFK", "airport_code", "FRA"),
    ("Escale à AMS puis JFK.", "airport_code", "AMS"),
    ("Vous partez d’ORY.", "airport_code", "ORY"),
    (
        "Correspondance à MUC, 1 h 40 d’attente.",
        "airport_code",
        "MUC",
    ),
    ("Vers Madrid (MAD) aussi.", "airport_code", "MAD"),
    ("LYS 10:05 → MAD 15:30", "airport_code", "MAD"),
    ("LYS → STN 15 h 30", "airport_code", "STN"),
    ("CDG-LHR-JFK à 431 €", "airport_code", "LHR"),
    (
        "TROIS OFFRES POUR NEW YORK : LYS → IAD",
        "airport_code",
        "IAD",
    ),
];

const ENGLISH: [(&str, &str, &str); 40] = [
    ("The cheapest offer is €415.20.", "price", "€415.20"),
    ("That is €612 per person.", "price", "€612"),
    ("The fare is EUR 1,299.00.", "price", "EUR 1,299.00"),
    ("A flight for **€299** with Air France.", "price", "€299"),
    ("It comes to about €350.", "price", "€350"),
    ("Add 78 euros for a bag.", "price", "78 euros"),
    ("In dollars: $519.", "price", "$519"),
    ("That is US$640.", "price", "US$640"),
    ("There is one for £431.20.", "price", "£431.20"),
    ("Fares go from 310 to 360 €.", "price", "310 to 360 €"),
    (
        "Between 610 and 670 EUR, by day.",
        "price",
        "610 and 670 EUR",
    ),
    ("You save €333.", "price", "€333"),
    ("It is 217 € more than offer 1.", "price", "217 €"),
    ("The total is €1,111.11.", "price", "€1,111.11"),
    (
        "| Offer | Price |\n|---|---|\n| 1 | €745 |",
        "price",
        "€745",
    ),
    ("The surcharge is CHF 45.", "price", "CHF 45"),
    ("€610–640 in January", "price", "€610–640"),
    ("It leaves at 11:45.", "time", "11:45"),
    (
        "It leaves at 7:20 am and lands at 3:30 pm.",
        "time",
        "7:20 am",
    ),
    ("Take-off is at 9 a.m.", "time", "9 a.m."),
    ("LYS 10:05 → JFK 16:30", "time", "16:30"),
    ("It lands the next day at 07:35 +1.", "time", "07:35"),
    ("Check-in closes at 9:20.", "time", "9:20"),
    ("You leave at 19.45.", "time", "19.45"),
    ("You leave at 8pm.", "time", "8pm"),
    ("From **10:05** to **14:55**.", "time", "14:55"),
    (
        "The flight back is at 22:10, landing at 13:50.",
        "time",
        "22:10",
    ),
    ("You leave at 5:15 in the evening.", "time", "5:15"),
    ("Flight AF 6543 is nonstop.", "flight_number", "AF 6543"),
    ("You will take LH2245.", "flight_number", "LH2245"),
    ("Flight U2 7788, then AF 1234.", "flight_number", "U2 7788"),
    ("(**KL 1412**)", "flight_number", "KL 1412"),
    ("It is flight 6E 123.", "flight_number", "6E 123"),
    ("AF1235, at 10:05", "flight_number", "AF1235"),
    ("From Lyon (LYS) to Boston (BOS).", "airport_code", "BOS"),
    ("LYS -> FRA -> JFK", "airport_code", "FRA"),
    ("A stop at AMS, then JFK.", "airport_code", "AMS"),
    ("You leave from ORY.", "airport_code", "ORY"),
    ("CDG-LHR-JFK for €431", "airport_code", "LHR"),
    (
        "THREE OFFERS FOR NEW YORK: LYS → IAD",
        "airport_code",
        "IAD",
    ),
];

#[test]
fn every_invented_fact_is_found_and_nothing_else() {
    let mut faults = Vec::new();
    for (reply, kind, text) in FRENCH.into_iter().chain(ENGLISH) {
        let found = found(reply);
        if found != [(kind, text.to_owned())] {
            faults.push(format!("{reply:?}: {found:?} instead of {text:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_is_named_once_and_in_order() {
    let found = found("À 299 €, départ à 9h de BOS. Oui : 299 €, à 9h, de BOS, vol BA 117.");
    let texts: Vec<_> = found.iter().map(|(_, text)| &**text).collect();
    assert_eq!(texts, ["299 €", "9h", "BOS", "BA 117"]);
}

#[test]
fn what_a_model_said_before_is_no_ground() {
    assert_eq!(found("77,77 € de BOS").len(), 2);
}
