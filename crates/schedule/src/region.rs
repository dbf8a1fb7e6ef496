//! World regions, territories and historical ties: what shapes who flies where.

/// A part of the world between whose countries air travel is dense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    Europe,
    NorthAfrica,
    MiddleEast,
    Africa,
    NorthAmerica,
    Caribbean,
    SouthAmerica,
    CentralAsia,
    SouthAsia,
    EastAsia,
    SoutheastAsia,
    Oceania,
}

use Region::{
    Africa, Caribbean, CentralAsia, EastAsia, Europe, MiddleEast, NorthAfrica, NorthAmerica,
    Oceania, SouthAmerica, SouthAsia, SoutheastAsia,
};

/// The region of a country; Caribbean includes Central America and Mexico.
#[rustfmt::skip]
pub(super) fn of(country: &str) -> Region {
    match country {
        "DZ" | "EG" | "EH" | "LY" | "MA" | "TN" => NorthAfrica,
        "AE" | "BH" | "IL" | "IQ" | "IR" | "JO" | "KW" | "LB" | "OM" | "PS" | "QA" | "SA" | "SY"
        | "YE" => MiddleEast,
        "US" | "CA" | "BM" | "PM" | "GL" => NorthAmerica,
        "AG" | "AI" | "AW" | "BB" | "BL" | "BQ" | "BS" | "BZ" | "CR" | "CU" | "CW" | "DM" | "DO"
        | "GD" | "GP" | "GT" | "HN" | "HT" | "JM" | "KN" | "KY" | "LC" | "MF" | "MQ" | "MS" | "MX"
        | "NI" | "PA" | "PR" | "SV" | "SX" | "TC" | "TT" | "VC" | "VG" | "VI" => Caribbean,
        "AR" | "BO" | "BR" | "CL" | "CO" | "EC" | "FK" | "GF" | "GY" | "PE" | "PY" | "SR" | "UY"
        | "VE" => SouthAmerica,
        "KZ" | "KG" | "TJ" | "TM" | "UZ" => CentralAsia,
        "AF" | "BD" | "BT" | "IN" | "LK" | "MV" | "NP" | "PK" => SouthAsia,
        "CN" | "HK" | "JP" | "KP" | "KR" | "MN" | "MO" | "TW" => EastAsia,
        "BN" | "CC" | "CX" | "ID" | "KH" | "LA" | "MM" | "MY" | "PH" | "SG" | "TH" | "TL" | "VN" => {
            SoutheastAsia
        }
        "AQ" | "AS" | "AU" | "CK" | "FJ" | "FM" | "GU" | "KI" | "MH" | "MP" | "NC" | "NF" | "NR"
        | "NU" | "NZ" | "PF" | "PG" | "PW" | "SB" | "TO" | "TV" | "UM" | "VU" | "WF" | "WS" => Oceania,
        "AD" | "AL" | "AM" | "AT" | "AX" | "AZ" | "BA" | "BE" | "BG" | "BY" | "CH" | "CY" | "CZ"
        | "DE" | "DK" | "EE" | "ES" | "FI" | "FO" | "FR" | "GB" | "GE" | "GG" | "GI" | "GR" | "HR"
        | "HU" | "IE" | "IM" | "IS" | "IT" | "JE" | "LI" | "LT" | "LU" | "LV" | "MC" | "MD" | "ME"
        | "MK" | "MT" | "NL" | "NO" | "PL" | "PT" | "RO" | "RS" | "RU" | "SE" | "SI" | "SJ" | "SK"
        | "SM" | "TR" | "UA" | "VA" | "XK" => Europe,
        _ => Africa,
    }
}

/// Whether short and medium-haul networks span both regions.
pub(super) fn adjacent(a: Region, b: Region) -> bool {
    let near = |from, to| {
        matches!(
            (from, to),
            (Europe, NorthAfrica | MiddleEast | CentralAsia)
                | (NorthAfrica, MiddleEast | Africa)
                | (MiddleEast, Africa | SouthAsia | CentralAsia)
                | (NorthAmerica, Caribbean)
                | (Caribbean, SouthAmerica)
                | (CentralAsia, SouthAsia | EastAsia)
                | (SouthAsia, SoutheastAsia)
                | (EastAsia, SoutheastAsia)
                | (SoutheastAsia, Oceania)
        )
    };
    a == b || near(a, b) || near(b, a)
}

/// How many points fewer a route needs where air travel is thin: ranks there are low, but the
/// region's carriers fly between its cities all the same.
pub(super) fn thinness(region: Region) -> i32 {
    match region {
        Africa => 20,
        Oceania => 16,
        CentralAsia => 12,
        Caribbean | SouthAmerica | NorthAfrica | SouthAsia => 6,
        Europe | MiddleEast | NorthAmerica | EastAsia | SoutheastAsia => 0,
    }
}

/// Whether the cheapest economy fares of network carriers between two regions usually include a
/// hold bag: long routes other than those over the North Atlantic, where they do not.
pub(super) fn includes_bag(a: Region, b: Region) -> bool {
    let atlantic = |from, to| from == Europe && matches!(to, NorthAmerica | Caribbean);
    !adjacent(a, b) && !atlantic(a, b) && !atlantic(b, a)
}

/// Countries where an airline of any member may fly any route: the European Common Aviation
/// Area and the agreements of Switzerland and the United Kingdom (documented simplification).
#[rustfmt::skip]
pub(super) fn in_single_market(country: &str) -> bool {
    matches!(
        country,
        "AL" | "AT" | "BA" | "BE" | "BG" | "CH" | "CY" | "CZ" | "DE" | "DK" | "EE" | "ES" | "FI"
            | "FR" | "GB" | "GI" | "GR" | "HR" | "HU" | "IE" | "IS" | "IT" | "LT" | "LU" | "LV"
            | "ME" | "MK" | "MT" | "NL" | "NO" | "PL" | "PT" | "RO" | "RS" | "SE" | "SI" | "SK"
            | "XK" | "GG" | "JE" | "IM" | "FO" | "MD"
    )
}

/// The state that a territory belongs to; for all others the country itself.
pub(super) fn sovereign(country: &str) -> &str {
    match country {
        "BL" | "GF" | "GP" | "MF" | "MQ" | "NC" | "PF" | "PM" | "RE" | "WF" | "YT" => "FR",
        "AI" | "BM" | "FK" | "GG" | "GI" | "IM" | "JE" | "KY" | "MS" | "SH" | "TC" | "VG" => "GB",
        "AS" | "GU" | "MP" | "PR" | "UM" | "VI" => "US",
        "AW" | "BQ" | "CW" | "SX" => "NL",
        "FO" | "GL" => "DK",
        "CC" | "CX" | "NF" => "AU",
        "CK" | "NU" => "NZ",
        other => other,
    }
}

/// Countries that share language, migration or history with this one: its flag carriers serve
/// them further down in size. Territories count by their own code.
pub(super) fn ties(country: &str) -> &'static str {
    match country {
        "FR" => {
            "RE GP MQ GF YT NC PF PM BL MF SX SN CI ML BF NE TD CF CG GA CM TG BJ GN MG DZ MA TN \
             DJ KM MR MU LB CD HT"
        }
        "GB" => "KE NG GH UG ZA ZM SL JM BB TT AG LC GD BM KY BS TC MU SC IN PK BD LK CY MT GI FK",
        "ES" => "MX CO PE EC VE AR CL UY PY BO CR PA GT SV HN DO CU PR GQ MA",
        "PT" => "BR AO MZ CV GW ST VE",
        "NL" => "SR AW CW BQ SX ID",
        "BE" => "CD RW BI CM CI SN TG BJ BF GM SL LR GN",
        "US" => "PH PR GU MP AS FM MH PW VI",
        "DK" => "GL FO",
        "IT" => "AR SN",
        "TR" => "AZ KZ UZ KG TM",
        "MA" => "SN CI ML GN BF BJ TG GA CM CG CF NE MR CD",
        "PF" => "FR",
        "RE" => "FR YT MG MU KM",
        "MU" | "MG" | "SN" | "CI" | "DZ" | "TN" => "FR",
        "CV" | "BR" | "AO" | "MZ" => "PT",
        "CO" | "EC" | "AR" | "VE" | "DO" | "CU" => "ES",
        "NZ" => "CK NU WS TO FJ",
        "AU" => "NF CX FJ PG NC VU",
        "FJ" => "WS TO KI TV",
        _ => "",
    }
}

/// Destinations whose traffic is above what the size of the airport suggests: sun and islands.
#[rustfmt::skip]
const LEISURE: [&str; 71] = [
    "ACE", "AGA", "AGP", "ALC", "ANU", "AUA", "AYT", "BGI", "BJV", "BOB", "CAG", "CFU", "CHQ", "CMF",
    "CNS", "CTA", "CUN", "DBV", "DJE", "DLM", "DPS", "EFL", "FAO", "FDF", "FNC", "FUE",
    "HAV", "HER", "HKT", "HNL", "HRG", "IBZ", "JMK", "JTR", "KGS", "KOA", "LAS", "LCA", "LIH",
    "LPA", "MAH", "MBJ", "MCO", "MIR", "MLA", "MLE", "MRU", "NAN", "NAS", "OGG", "OLB", "PFO",
    "PMI", "PPT", "PTP", "PUJ", "POP", "RAK", "RHO", "RUN", "SEZ", "SID", "SJD", "SSH", "SXM",
    "TFS", "USM", "UVF", "VRA", "ZNZ", "ZTH",
];

/// Whether an airport mostly serves holidays.
pub(super) fn is_leisure(iata: &str) -> bool {
    LEISURE.contains(&iata)
}

#[cfg(test)]
mod tests {
    use super::*;
    use travel::airport;

    #[test]
    fn regions_are_what_people_expect() {
        assert_eq!(of("FR"), Europe);
        assert_eq!(of("RE"), Africa);
        assert_eq!(of("GP"), Caribbean);
        assert_eq!(of("JP"), EastAsia);
        assert!(adjacent(Europe, NorthAfrica) && adjacent(NorthAfrica, Europe));
        assert!(!adjacent(Europe, NorthAmerica));
    }

    #[test]
    fn every_leisure_destination_is_an_airport() {
        for code in LEISURE {
            assert!(airport::by_code(code.parse().unwrap()).is_some(), "{code}");
        }
    }
}
