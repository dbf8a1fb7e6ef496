//! Several legs, alternatives, several trips.

use language::{Place, Reading, Route};

use super::{en, fr};

/// `PAR>ROM 2027-03-03 | ROM>ATH …`; trips parted by ` || `.
fn shown(reading: &Reading) -> String {
    let trips: Vec<_> = reading.trips().iter().map(route).collect();
    trips.join(" || ")
}

fn route(route: &Route) -> String {
    let home = &route.legs[0].origin;
    let codes = |place: &Option<Place>| match place.as_ref().or(home.as_ref()) {
        Some(place) => place
            .codes
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(","),
        None => "?".to_owned(),
    };
    let legs: Vec<_> = route
        .legs
        .iter()
        .map(|leg| {
            let date = leg
                .date
                .as_ref()
                .map_or(String::new(), |date| format!(" {}", date.from));
            format!("{}>{}{date}", codes(&leg.origin), codes(&leg.destination))
        })
        .collect();
    let back = route
        .return_date
        .as_ref()
        .map_or(String::new(), |date| format!(" back {}", date.from));
    legs.join(" | ") + &back
}

#[test]
fn english_legs() {
    for (text, trips) in [
        (
            "Paris to Rome on 3 March, then Athens on 8 March, back to Paris on the 14th",
            "PAR>ROM 2027-03-03 | ROM>ATH 2027-03-08 | ATH>PAR 2027-03-14",
        ),
        (
            "Delhi to Mumbai on 3 Feb, Mumbai to Hyderabad on 6 Feb, then Hyderabad back to Delhi on 10 Feb",
            "DEL>BOM 2027-02-03 | BOM>HYD 2027-02-06 | HYD>DEL 2027-02-10",
        ),
        (
            "London to Rome on 4 May, then on to Athens on 8 May, home on 15 May, 2 adults",
            "LON>ROM 2027-05-04 | ROM>ATH 2027-05-08 | ATH>LON 2027-05-15",
        ),
        (
            "fly from Paris to Bucharest on 4 May, return from Sofia on 12 May",
            "PAR>BUH 2027-05-04 | SOF>PAR 2027-05-12",
        ),
        (
            "on 4 May Paris to Rome, on 8 May Rome to Athens, on 12 May Athens to Paris",
            "PAR>ROM 2027-05-04 | ROM>ATH 2027-05-08 | ATH>PAR 2027-05-12",
        ),
        (
            "I need Lyon to Rome on 4 May and also Paris to Oslo on 9 June",
            "LYS>ROM 2027-05-04 || PAR>OSL 2027-06-09",
        ),
        (
            "Paris to Rome on 3 March, back on 10 March",
            "PAR>ROM 2027-03-03 back 2027-03-10",
        ),
        (
            "Paris to Rome on 3 March, Rome to Paris on 10 March",
            "PAR>ROM 2027-03-03 back 2027-03-10",
        ),
        ("Lyon or Geneva to Porto on 4 May", "LYS,GVA>OPO 2027-05-04"),
        (
            "from Brussels, Charleroi or Lille to Porto on 4 May",
            "BRU,CRL,LIL>OPO 2027-05-04",
        ),
        ("Leeds to Faro or Malaga on 4 May", "LBA>FAO,AGP 2027-05-04"),
        (
            "Lisbon - Madrid - Rome - Lisbon",
            "LIS>MAD | MAD>ROM | ROM>LIS",
        ),
        (
            "London to Milan on 3 March, returning from Venice on 10 March",
            "LON>MIL 2027-03-03 | VCE>LON 2027-03-10",
        ),
        (
            "fly into Milan on 3 March and out of Venice on 10 March",
            "?>MIL 2027-03-03 | VCE>? 2027-03-10",
        ),
    ] {
        assert_eq!(shown(&en(text)), trips, "{text}");
    }
}

#[test]
fn french_legs() {
    for (text, trips) in [
        (
            "aller Paris Bucarest le 4 mai, retour depuis Sofia le 12",
            "PAR>BUH 2027-05-04 | SOF>PAR 2027-05-12",
        ),
        (
            "il me faut un Lyon-Rome le 4 mai et aussi un Paris-Oslo le 9 juin, une personne",
            "LYS>ROM 2027-05-04 || PAR>OSL 2027-06-09",
        ),
        (
            "Paris Rome le 3 mars, puis Athènes le 8 mars, retour à Paris le 14",
            "PAR>ROM 2027-03-03 | ROM>ATH 2027-03-08 | ATH>PAR 2027-03-14",
        ),
        (
            "Paris ou Lyon vers Athènes le 4 mai",
            "PAR,LYS>ATH 2027-05-04",
        ),
        (
            "de Nantes à Porto ou à Lisbonne le 4 mai",
            "NTE>OPO,LIS 2027-05-04",
        ),
        (
            "Lyon → Rome le 4 mai, Rome → Athènes le 8 mai, Athènes → Lyon le 12 mai",
            "LYS>ROM 2027-05-04 | ROM>ATH 2027-05-08 | ATH>LYS 2027-05-12",
        ),
        (
            "Lyon Rome le 4 mai, retour le 9",
            "LYS>ROM 2027-05-04 back 2027-05-09",
        ),
    ] {
        assert_eq!(shown(&fr(text)), trips, "{text}");
    }
}

#[test]
fn lists_and_chains_keep_every_city() {
    for (text, trips) in [
        (
            "We want to do Boston, London, Paris and back to Boston: 3 May, 8 May, 15 May",
            "BOS>LON 2027-05-03 | LON>PAR 2027-05-08 | PAR>BOS 2027-05-15",
        ),
        (
            "London → Vienna → Budapest → London: 3 May, 7 May, 12 May",
            "LON>VIE 2027-05-03 | VIE>BUD 2027-05-07 | BUD>LON 2027-05-12",
        ),
        (
            "From Boston I want to go to Dublin on June 14, to Edinburgh on June 18 and back to Boston on June 25",
            "BOS>DUB 2027-06-14 | DUB>EDI 2027-06-18 | EDI>BOS 2027-06-25",
        ),
        (
            "Start in Dublin on 2 June, first stop Lisbon, then Madrid on 6 June, then home on 11 June",
            "DUB>LIS 2027-06-02 | LIS>MAD 2027-06-06 | MAD>DUB 2027-06-11",
        ),
        (
            "Fly into Osaka and out of Tokyo, from Seattle, 3 April to 17 April",
            "SEA>OSA 2027-04-03 | TYO>SEA 2027-04-17",
        ),
    ] {
        assert_eq!(shown(&en(text)), trips, "{text}");
    }
    for (text, trips) in [
        (
            "Je fais Lyon → Vienne → Budapest → Lyon : 3 mai, 7 mai, 12 mai",
            "LYS>VIE 2027-05-03 | VIE>BUD 2027-05-07 | BUD>LYS 2027-05-12",
        ),
        (
            "Départ de Bruxelles le 2 juin pour Athènes, on enchaîne avec Santorin le 6 juin et retour à Bruxelles le 13",
            "BRU>ATH 2027-06-02 | ATH>JTR 2027-06-06 | JTR>BRU 2027-06-13",
        ),
        (
            "D'abord Toulouse-Berlin le 1er juin, de là Prague le 4, retour à Toulouse le 12",
            "TLS>BER 2027-06-01 | BER>PRG 2027-06-04 | PRG>TLS 2027-06-12",
        ),
        (
            "2 vols : 1) Nantes > Nice 5 fév, retour 8 fév. 2) Nantes > Lyon 1er mars, retour 3 mars",
            "NTE>NCE 2027-02-05 back 2027-02-08 || NTE>LYS 2027-03-01 back 2027-03-03",
        ),
    ] {
        assert_eq!(shown(&fr(text)), trips, "{text}");
    }
}

#[test]
fn alternatives_may_be_said_later() {
    for (text, trips) in [
        (
            "Boston to Tokyo on 3 July, Osaka would be fine too",
            "BOS>TYO,OSA 2027-07-03",
        ),
        (
            "Glasgow to Rome on 3 March, or Milan if it's cheaper",
            "GLA>ROM,MIL 2027-03-03",
        ),
        (
            "Leeds to either Alicante or Malaga on 5 July",
            "LBA>ALC,AGP 2027-07-05",
        ),
    ] {
        assert_eq!(shown(&en(text)), trips, "{text}");
    }
    for (text, trips) in [
        (
            "Lille Rome le 3 mars ; Milan ferait l'affaire aussi",
            "LIL>ROM,MIL 2027-03-03",
        ),
        (
            "Plutôt Porto, sinon Lisbonne, le 12 mai depuis Bordeaux",
            "BOD>OPO,LIS 2027-05-12",
        ),
    ] {
        assert_eq!(shown(&fr(text)), trips, "{text}");
    }
}
