//! Official pages of countries about entry, written down where the address is sure, and the names
//! of their electronic authorisations.

use super::Passport;

/// The page of the authority that decides on entry; `None` = no address is sure.
#[must_use]
#[rustfmt::skip]
pub fn link(country: &str) -> Option<&'static str> {
    let page = match country {
        "AE" => "https://u.ae/en/information-and-services/visa-and-emirates-id",
        "AL" => "https://e-visa.al",
        "AM" => "https://evisa.mfa.am",
        "AR" => "https://www.argentina.gob.ar/interior/migraciones",
        "AT" => "https://www.bmeia.gv.at",
        "AU" => "https://immi.homeaffairs.gov.au",
        "AZ" => "https://evisa.gov.az",
        "BD" => "https://www.visa.gov.bd",
        "BE" => "https://dofi.ibz.be",
        "BG" => "https://www.mfa.bg",
        "BO" => "https://www.migracion.gob.bo",
        "BR" => "https://www.gov.br/mre",
        "CA" => "https://www.canada.ca/en/immigration-refugees-citizenship.html",
        "CH" => "https://www.sem.admin.ch",
        "CL" => "https://serviciomigraciones.cl",
        "CN" => "https://en.nia.gov.cn",
        "CO" => "https://www.cancilleria.gov.co",
        "CR" => "https://www.migracion.go.cr",
        "CU" => "https://dviajeros.mitrans.gob.cu",
        "CV" => "https://www.ease.gov.cv",
        "CZ" => "https://mzv.gov.cz",
        "DE" => "https://www.auswaertiges-amt.de",
        "DK" => "https://www.nyidanmark.dk",
        "DO" => "https://eticket.migracion.gob.do",
        "EC" => "https://www.cancilleria.gob.ec",
        "EE" => "https://www.vm.ee",
        "EG" => "https://visa2egypt.gov.eg",
        "ES" => "https://www.exteriores.gob.es",
        "ET" => "https://www.evisa.gov.et",
        "FI" => "https://migri.fi",
        "FJ" => "https://www.immigration.gov.fj",
        "FR" | "GP" | "MQ" | "NC" | "PF" | "RE" | "YT" => "https://france-visas.gouv.fr",
        "GB" => "https://www.gov.uk/check-uk-visa",
        "GE" => "https://www.geoconsul.gov.ge",
        "GR" => "https://www.mfa.gr",
        "HK" => "https://www.immd.gov.hk",
        "HR" => "https://mvep.gov.hr",
        "ID" => "https://evisa.imigrasi.go.id",
        "IE" => "https://www.irishimmigration.ie",
        "IL" => "https://israel-entry.piba.gov.il",
        "IN" => "https://indianvisaonline.gov.in",
        "IS" => "https://island.is",
        "IT" => "https://vistoperitalia.esteri.it",
        "JM" => "https://www.pica.gov.jm",
        "JP" => "https://www.mofa.go.jp/j_info/visit/visa/index.html",
        "KE" => "https://www.etakenya.go.ke",
        "KH" => "https://www.evisa.gov.kh",
        "KR" => "https://www.k-eta.go.kr",
        "KZ" => "https://www.vmp.gov.kz",
        "LA" => "https://laoevisa.gov.la",
        "LK" => "https://eta.gov.lk",
        "LT" => "https://www.urm.lt",
        "LU" => "https://guichet.public.lu",
        "LV" => "https://www.mfa.gov.lv",
        "MA" => "https://www.acces-maroc.ma",
        "MM" => "https://evisa.moip.gov.mm",
        "MN" => "https://evisa.mn",
        "MT" => "https://identita.gov.mt",
        "MU" => "https://passport.govmu.org",
        "MV" => "https://immigration.gov.mv",
        "MX" => "https://www.inm.gob.mx",
        "MY" => "https://www.imi.gov.my",
        "NG" => "https://immigration.gov.ng",
        "NL" => "https://ind.nl/en",
        "NO" => "https://www.udi.no",
        "NP" => "https://www.immigration.gov.np",
        "NZ" => "https://www.immigration.govt.nz",
        "OM" => "https://evisa.rop.gov.om",
        "PA" => "https://www.migracion.gob.pa",
        "PE" => "https://www.gob.pe/migraciones",
        "PH" => "https://immigration.gov.ph",
        "PL" => "https://www.gov.pl/diplomacy",
        "PT" => "https://vistos.mne.gov.pt",
        "PY" => "https://migraciones.gov.py",
        "RO" => "https://www.mae.ro",
        "RS" => "https://www.mfa.gov.rs",
        "RU" => "https://electronic-visa.kdmid.ru",
        "RW" => "https://irembo.gov.rw",
        "SA" => "https://visa.visitsaudi.com",
        "SC" => "https://seychelles.govtas.com",
        "SE" => "https://www.migrationsverket.se",
        "SG" => "https://www.ica.gov.sg",
        "SI" => "https://www.gov.si",
        "SK" => "https://www.mzv.sk",
        "TH" => "https://www.thaievisa.go.th",
        "TN" => "https://www.diplomatie.gov.tn",
        "TR" => "https://www.evisa.gov.tr",
        "TW" => "https://www.boca.gov.tw",
        "TZ" => "https://visa.immigration.go.tz",
        "UG" => "https://visas.immigration.go.ug",
        "US" | "PR" => "https://travel.state.gov/content/travel/en/us-visas.html",
        "UZ" => "https://e-visa.gov.uz",
        "VN" => "https://evisa.gov.vn",
        "ZA" => "https://www.dha.gov.za",
        "ZW" => "https://www.evisa.gov.zw",
        _ => return None,
    };
    Some(page)
}

/// The page where an electronic authorisation is asked for, where it is another than [`link`]'s.
pub(super) fn authorisation_link(country: &str) -> Option<&'static str> {
    matches!(country, "US" | "PR").then_some("https://esta.cbp.dhs.gov")
}

/// The name of the authorisation that a country asks holders of a passport for.
pub(super) fn authorisation(passport: Passport, country: &str) -> Option<&'static str> {
    let overseas = matches!(passport, Passport::Us | Passport::Ca);
    match country {
        "US" => Some("ESTA"),
        "CA" => Some("eTA"),
        "AU" => Some(if overseas { "ETA" } else { "eVisitor" }),
        "NZ" => Some("NZeTA"),
        "GB" => Some("UK ETA"),
        "KE" => Some("eTA"),
        "IL" => Some("ETA-IL"),
        "KR" => Some("K-ETA"),
        "MA" => Some("AEVM"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::destination;

    #[test]
    fn pages_are_secure_and_most_destinations_have_one() {
        let pages = destination::all().iter().map(|place| link(place.country));
        let known: Vec<_> = pages.flatten().collect();
        assert!(known.iter().all(|page| page.starts_with("https://")));
        assert!(known.len() * 100 >= destination::all().len() * 85);
        assert_eq!(link("XX"), None);
    }
}
