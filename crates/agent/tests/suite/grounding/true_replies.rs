//! Replies that say only what is known, as models write them.

use super::found;

const FRENCH: [&str; 33] = [
    "L’offre la moins chère coûte 431,20 €, soit 215,60 € par personne.",
    "Environ 430 € ; l’autre à près de 560 €.",
    "**431** € avec Air France, **559 €** avec Lufthansa, 1 234,50 € avec KLM.",
    "L’offre 2 coûte 127,70 € de plus, soit environ 130 € de plus.",
    "Vous économisez 128 € avec la première.",
    "Total pour deux personnes : 431,20 € (environ 216 € chacun).",
    "Entre 430 et 560 €, sous votre budget de 900 €.",
    "À partir de 389 €, puis 402,70 EUR et 431 euros.",
    "Départ à 10h05, arrivée à 15 h 30 (11 h 25 de vol).",
    "Vol de 11h25 avec une escale ; durée : 12h20.",
    "LYS 10:05 → JFK 15:30, 11 h 25, 1 escale",
    "Le retour arrive à 9h15 +1, ou 09:15 (+1).",
    "Départ à 6 h 55, avant 18h comme demandé.",
    "Escale de 2h10 à Paris, 1 h 40 d’attente à Amsterdam.",
    "L’offre 2 dure 10 min de moins ; 1 h de plus pour l’offre 3.",
    "New York a 6 h de décalage ; comptez 7 heures de vol.",
    "Airbus A350-900 ou A321, Boeing B777, E190, A330neo.",
    "Le G7 et le G20 ; la salle A4 ; terminal 2E, porte K45.",
    "23 kg en soute, 1 050 kg de CO₂, remise de 10 %, 6 150 km.",
    "Le 12/01/2027 à 10:05, retour le 20 janvier 2027.",
    "Le vol AF 1234 ou AF1234, ou U24567, de CDG.",
    "ATTENTION : LE VOL PART DE LYON, PAS DE PARIS. SOYEZ À L’HEURE.",
    "La monnaie est le dollar (USD) ; au Maroc, le dirham (MAD).",
    "TAP, SAS, LOT et KLM sont des compagnies ; la TVA est incluse (TTC).",
    "Le PDG (CEO), les VIP, la FAQ, un PDF : rien à voir. UTC+01:00.",
    "L’offre 1 à 431,20 €, la n° 2 à 558,90 €.",
    "Le 12 à 431 €, le 13 à 389 €.",
    "| Offre | Prix | Départ |\n|---|---:|---|\n| 1 | 431,20 € | 10:05 |\n| 2 | 558,90 € | 06:55 |",
    "1. Air France – 431,20 € – LYS 10:05 – JFK 15:30",
    "Aller 431 € + retour 559 € = 990 €",
    "L’offre 431,20\u{202f}€ ; 1\u{202f}234,50\u{a0}€ ; 1.234,50 €",
    "En dollars, c’est environ 500 $ US au taux de la table.",
    "Deux adultes : 2 × 431,20 € = 862,40 €",
];

const ENGLISH: [&str; 33] = [
    "The cheapest offer costs €431.20, that is €215.60 per person.",
    "About €430; the other nearly €560.",
    "**€431** with Air France, **€559** with Lufthansa, €1,234.50 with KLM.",
    "Offer 2 costs €127.70 more, so about €130 more.",
    "You save €128 with the first one.",
    "Total for two people: €431.20 (about €216 each).",
    "Between €430 and €560, within your budget of €900.",
    "From €389, then EUR 402.70 and 431 euros.",
    "It leaves at 10:05 am and lands at 3:30 pm (11h 25m).",
    "An 11h25 flight with one stop; duration: 12h20.",
    "LYS 10:05 → JFK 15:30, 11h 25m, 1 stop",
    "The way back lands at 9:15 am +1, or 09:15 (+1).",
    "It leaves at 6:55, before 6 pm as you asked.",
    "A layover of 2h10 in Paris, a 1h40 wait in Amsterdam.",
    "Offer 2 is 10 minutes shorter; 1h more for offer 3.",
    "New York is 6h behind; count on 7 hours of flying, in 2h25.",
    "Airbus A350-900 or A321, Boeing B777, E190, MD-80, CRJ900.",
    "The G7 and the G20; room A4; terminal 2E, gate K45.",
    "23 kg in the hold, 1,050 kg of CO₂, 10% off, 6,150 km, 50 lbs.",
    "On 2027-01-12 at 10:05, back on January 20, 2027.",
    "Flight AF 1234 or AF1234, or U24567, from CDG.",
    "NOTE: THE FLIGHT LEAVES FROM LYON, NOT FROM PARIS. BE ON TIME.",
    "The currency is the dollar (USD); in Morocco the dirham (MAD).",
    "TAP, SAS, LOT and KLM are airlines; VAT is included.",
    "The CEO, a VIP, the FAQ, a PDF, the ETA: not codes. UTC-05:00.",
    "Offer 1 at €431.20, no. 2 at €558.90.",
    "The 12th at 431 €, the 13th at 389 €; the TOP 3, ALL 3 offers.",
    "| Offer | Price | Leaves |\n|---|---:|---|\n| 1 | €431.20 | 10:05 |\n| 2 | €558.90 | 06:55 |",
    "1. Air France - €431.20 - LYS 10:05 - JFK 15:30",
    "Out €431 + back €559 = €990",
    "431.20 EUR or EUR 431.20; 3:30 PM 1 stop; 3:30 p.m.",
    "In dollars that is about US$500 at the table’s rate.",
    "2 adults: 2 × €431.20 = €862.40",
];

#[test]
fn true_replies_are_grounded() {
    let mut faults = Vec::new();
    for reply in FRENCH.into_iter().chain(ENGLISH) {
        let found = found(reply);
        if !found.is_empty() {
            faults.push(format!("{reply:?}: {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
