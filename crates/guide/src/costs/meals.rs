//! What people eat for.

use serde::{Deserialize, Serialize};
use travel::{Currency, Locale, Money, Party};

use crate::{
    Destination,
    stays::{Stay, ceilings, dollars, meal_ceiling_cents},
};

/// What a child of 2 to 11 eats beside an adult, in hundredths: a rule of ours.
const CHILD: i64 = 60;

/// How people eat.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Meals {
    /// Markets and street food: 0.25 of the ceiling.
    Thrifty,
    /// One restaurant a day: 0.37 of it.
    #[default]
    Normal,
    /// Good restaurants: 0.6 of it.
    Generous,
}

impl Meals {
    /// Share of the meal ceiling, in hundredths.
    const fn share(self) -> i64 {
        match self {
            Self::Thrifty => 25,
            Self::Normal => 37,
            Self::Generous => 60,
        }
    }

    /// The name that people read.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Thrifty => locale.pick("économes", "thrifty"),
            Self::Normal => locale.pick("ordinaires", "ordinary"),
            Self::Generous => locale.pick("généreux", "generous"),
        }
    }
}

/// Portions of a party in hundredths of an adult's; infants have none.
pub(super) fn portions(party: &Party) -> i64 {
    let children = i64::try_from(party.children.len()).unwrap_or_default();
    i64::from(party.adults) * 100 + children * CHILD
}

/// Meals of a party from the day of arrival to that of departure, both included.
#[must_use]
pub fn meals(
    place: &Destination,
    stay: Stay,
    party: &Party,
    style: Meals,
    currency: Currency,
) -> Option<Money> {
    let ceiling = meal_ceiling_cents(ceilings(place)?, stay.check_in, stay.check_out);
    dollars(
        ceiling * style.share() / 100 * portions(party) / 100,
        currency,
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::destination;

    #[test]
    fn days_people_and_style_count() {
        let place = destination::by_code("LIS".parse().unwrap()).unwrap();
        let usd: Currency = "USD".parse().unwrap();
        let stay = Stay::of(date(2027, 5, 3), 2).unwrap();
        let family = Party {
            adults: 2,
            children: vec![Some(4)],
            infants: 1,
        };
        let cost = |style| meals(place, stay, &family, style, usd).unwrap().decimal();
        // 112 dollars a day, three days, 2.6 portions.
        assert_eq!(cost(Meals::Normal), "323.23");
        assert_eq!(cost(Meals::Thrifty), "218.40");
        assert_eq!(cost(Meals::Generous), "524.16");
    }
}
