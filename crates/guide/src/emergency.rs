//! Emergency numbers, and what they are for where that is known.

use serde::Serialize;
use travel::Locale;

/// Whom a number calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Police.
    Police,
    /// Ambulance.
    Ambulance,
    /// Fire brigade.
    Fire,
    /// One number for all of them.
    General,
}

impl Service {
    /// Its name.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Police => locale.pick("police", "police"),
            Self::Ambulance => locale.pick("ambulance", "ambulance"),
            Self::Fire => locale.pick("pompiers", "fire brigade"),
            Self::General => locale.pick("toutes urgences", "all emergencies"),
        }
    }
}

/// The emergency numbers of a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Emergency {
    /// Every number that the numbering plan lists, former ones among them; empty = not known.
    pub numbers: Vec<&'static str>,
    /// The numbers whose service is known (compiled for this project; each is one of `numbers`).
    pub services: Vec<(Service, &'static str)>,
}

impl Emergency {
    pub(crate) fn read(
        numbers: Vec<&'static str>,
        police: &'static str,
        ambulance: &'static str,
        fire: &'static str,
        general: &'static str,
    ) -> Self {
        let known = [
            (Service::General, general),
            (Service::Police, police),
            (Service::Ambulance, ambulance),
            (Service::Fire, fire),
        ];
        let services = known.into_iter().filter(|(_, number)| !number.is_empty());
        Self {
            numbers,
            services: services.collect(),
        }
    }

    /// The number of a service, else the one for all of them.
    #[must_use]
    pub fn call(&self, service: Service) -> Option<&'static str> {
        let of = |wanted| self.services.iter().find(|(known, _)| *known == wanted);
        let found = of(service).or_else(|| of(Service::General));
        found.map(|(_, number)| *number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{country_facts::of, destination};

    #[test]
    fn the_number_of_a_service_is_one_of_the_country() {
        let mut split = 0;
        for place in destination::all() {
            let emergency = &of(place.country).unwrap().emergency;
            split += usize::from(!emergency.services.is_empty());
            for (_, number) in &emergency.services {
                assert!(emergency.numbers.contains(number), "{}", place.country);
            }
        }
        assert!(split * 100 >= destination::all().len() * 95, "{split}");
    }

    #[test]
    fn one_number_for_all_stands_for_each() {
        let france = &of("FR").unwrap().emergency;
        assert_eq!(france.call(Service::Ambulance), Some("15"));
        assert_eq!(france.call(Service::General), Some("112"));
        let portugal = &of("PT").unwrap().emergency;
        assert_eq!(portugal.call(Service::Fire), Some("112"));
        assert_eq!(of("NA").unwrap().emergency.call(Service::Police), None);
    }
}
