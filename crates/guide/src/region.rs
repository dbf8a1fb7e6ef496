//! Parts of the world as travellers name them, by country. They overlap: Turkey lies in Europe, in
//! Asia and by the Mediterranean.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use travel::{Country, Locale};

use crate::Destination;

/// A part of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// Europe, with the countries that lie in Asia as well.
    Europe,
    /// Countries and islands by the Mediterranean.
    Mediterranean,
    /// Denmark, Norway, Sweden, Finland, Iceland.
    Nordics,
    /// From Slovenia to Greece and Bulgaria.
    Balkans,
    /// Estonia, Latvia, Lithuania.
    Baltics,
    /// The Schengen area.
    Schengen,
    /// All of Africa.
    Africa,
    /// Africa by the Mediterranean.
    NorthAfrica,
    /// All of Asia.
    Asia,
    /// From Israel to Oman.
    MiddleEast,
    /// From Pakistan to Sri Lanka.
    SouthAsia,
    /// China, Japan, Korea, Mongolia, Taiwan.
    EastAsia,
    /// From Myanmar to the Philippines.
    SoutheastAsia,
    /// The United States, Canada and Mexico.
    NorthAmerica,
    /// Islands of the Caribbean Sea.
    Caribbean,
    /// From Guatemala to Panama.
    CentralAmerica,
    /// From Colombia to Argentina.
    SouthAmerica,
    /// Australia, New Zealand and the islands of the Pacific.
    Oceania,
}

impl Region {
    /// ISO codes of its countries.
    #[rustfmt::skip]
    const fn countries(self) -> &'static str {
        match self {
            Self::Europe => "AD AL AM AT AX AZ BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA XK",
            Self::Mediterranean => "AL CY DZ EG ES FR GI GR HR IL IT LB MA MC ME MT SI TN TR",
            Self::Nordics => "AX DK FI FO GL IS NO SE SJ",
            Self::Balkans => "AL BA BG GR HR ME MK RO RS SI XK",
            Self::Baltics => "EE LT LV",
            Self::Schengen => "AT BE BG CH CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK",
            Self::Africa => "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW",
            Self::NorthAfrica => "DZ EG EH LY MA TN",
            Self::Asia => "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA RU SA SG SY TH TJ TL TM TR TW UZ VN YE",
            Self::MiddleEast => "AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE",
            Self::SouthAsia => "AF BD BT IN LK MV NP PK",
            Self::EastAsia => "CN HK JP KP KR MN MO TW",
            Self::SoutheastAsia => "BN ID KH LA MM MY PH SG TH TL VN",
            Self::NorthAmerica => "BM CA GL MX PM US",
            Self::Caribbean => "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
            Self::CentralAmerica => "BZ CR GT HN NI PA SV",
            Self::SouthAmerica => "AR BO BR CL CO EC FK GF GY PE PY SR UY VE",
            Self::Oceania => "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PW SB TO TV UM VU WF WS",
        }
    }

    /// Whether a country belongs to it.
    #[must_use]
    pub fn contains(self, country: &str) -> bool {
        self.countries().split(' ').any(|code| code == country)
    }

    /// Its name.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Europe => locale.pick("Europe", "Europe"),
            Self::Mediterranean => locale.pick("Méditerranée", "Mediterranean"),
            Self::Nordics => locale.pick("pays nordiques", "Nordic countries"),
            Self::Balkans => locale.pick("Balkans", "Balkans"),
            Self::Baltics => locale.pick("pays baltes", "Baltic states"),
            Self::Schengen => locale.pick("espace Schengen", "Schengen area"),
            Self::Africa => locale.pick("Afrique", "Africa"),
            Self::NorthAfrica => locale.pick("Afrique du Nord", "North Africa"),
            Self::Asia => locale.pick("Asie", "Asia"),
            Self::MiddleEast => locale.pick("Moyen-Orient", "Middle East"),
            Self::SouthAsia => locale.pick("Asie du Sud", "South Asia"),
            Self::EastAsia => locale.pick("Asie de l’Est", "East Asia"),
            Self::SoutheastAsia => locale.pick("Asie du Sud-Est", "Southeast Asia"),
            Self::NorthAmerica => locale.pick("Amérique du Nord", "North America"),
            Self::Caribbean => locale.pick("Caraïbes", "Caribbean"),
            Self::CentralAmerica => locale.pick("Amérique centrale", "Central America"),
            Self::SouthAmerica => locale.pick("Amérique du Sud", "South America"),
            Self::Oceania => locale.pick("Océanie", "Oceania"),
        }
    }
}

/// Where one wants to go, or does not.
#[derive(Clone, Copy, Debug)]
pub enum Area {
    /// A country or territory.
    Country(&'static Country),
    /// A part of the world.
    Region(Region),
    /// One destination.
    Place(&'static Destination),
}

impl Area {
    /// Whether a destination lies in it.
    #[must_use]
    pub fn contains(&self, place: &Destination) -> bool {
        match self {
            Self::Country(country) => country.code == place.country,
            Self::Region(region) => region.contains(place.country),
            Self::Place(own) => own.code == place.code,
        }
    }

    /// Its name.
    #[must_use]
    pub fn label(&self, locale: Locale) -> &'static str {
        match self {
            Self::Country(country) => country.name(locale),
            Self::Region(region) => region.label(locale),
            Self::Place(place) => place.name(locale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::destination;

    const CONTINENTS: [Region; 8] = [
        Region::Europe,
        Region::Africa,
        Region::Asia,
        Region::NorthAmerica,
        Region::Caribbean,
        Region::CentralAmerica,
        Region::SouthAmerica,
        Region::Oceania,
    ];

    #[test]
    fn every_country_lies_somewhere() {
        for country in travel::country::all() {
            let lies = CONTINENTS.iter().any(|r| r.contains(country.code));
            assert!(lies || country.code == "AQ", "{}", country.code);
        }
    }

    #[test]
    fn parts_lie_within_their_continent() {
        for (part, whole) in [
            (Region::NorthAfrica, Region::Africa),
            (Region::Schengen, Region::Europe),
            (Region::SouthAsia, Region::Asia),
            (Region::EastAsia, Region::Asia),
            (Region::SoutheastAsia, Region::Asia),
        ] {
            for code in part.countries().split(' ') {
                assert!(whole.contains(code), "{code}");
            }
        }
    }

    #[test]
    fn an_area_is_a_country_a_region_or_a_place() {
        let at = |code: &str| destination::by_code(code.parse().unwrap()).unwrap();
        let spain = Area::Country(travel::country::by_code("ES").unwrap());
        assert!(spain.contains(at("MAD")) && !spain.contains(at("LIS")));
        assert!(Area::Region(Region::Caribbean).contains(at("FDF")));
        assert!(Area::Place(at("LIS")).contains(at("LIS")));
    }
}
