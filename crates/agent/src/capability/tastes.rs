//! What people like to see, as tools take it, and the kinds of sights that it means.

use guide::sights::{Kind, Sight};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    language::{self, Taste},
    locale::Locale,
    planner::Brief,
};

/// What one likes to see, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Interest {
    /// Museums and galleries.
    Museums,
    /// Monuments, castles, palaces, ruins.
    Monuments,
    /// Parks, gardens, nature.
    Parks,
    /// Churches, mosques, temples.
    Religious,
    /// Views from above.
    Views,
    /// Markets and shopping streets.
    Markets,
    /// Beaches.
    Beaches,
    /// What children like.
    Family,
}

impl Interest {
    /// The kinds of sights that it means.
    #[must_use]
    pub const fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Museums => &[Kind::Museum, Kind::Gallery],
            Self::Monuments => &[
                Kind::Monument,
                Kind::Castle,
                Kind::Palace,
                Kind::Ruins,
                Kind::Tower,
                Kind::Memorial,
                Kind::Building,
            ],
            Self::Parks => &[
                Kind::Park,
                Kind::Garden,
                Kind::Nature,
                Kind::Lake,
                Kind::Waterfall,
            ],
            Self::Religious => &[Kind::Church, Kind::Mosque, Kind::Temple, Kind::Synagogue],
            Self::Views => &[Kind::Viewpoint, Kind::Tower, Kind::Mountain],
            Self::Markets => &[Kind::Market, Kind::Street],
            Self::Beaches => &[Kind::Beach, Kind::Island],
            Self::Family => &[
                Kind::Zoo,
                Kind::Aquarium,
                Kind::ThemePark,
                Kind::Park,
                Kind::Garden,
                Kind::Beach,
            ],
        }
    }

    /// What people call it.
    #[must_use]
    pub(crate) const fn label(self, locale: Locale) -> &'static str {
        let (fr, en) = match self {
            Self::Museums => ("musées", "museums"),
            Self::Monuments => ("monuments", "monuments"),
            Self::Parks => ("parcs et nature", "parks and nature"),
            Self::Religious => ("lieux de culte", "churches, mosques and temples"),
            Self::Views => ("points de vue", "views"),
            Self::Markets => ("marchés et rues", "markets and streets"),
            Self::Beaches => ("plages", "beaches"),
            Self::Family => ("lieux pour enfants", "places that children like"),
        };
        locale.pick(fr, en)
    }
}

impl From<language::Interest> for Interest {
    fn from(interest: language::Interest) -> Self {
        match interest {
            language::Interest::Museums => Self::Museums,
            language::Interest::Monuments => Self::Monuments,
            language::Interest::Parks => Self::Parks,
            language::Interest::Religious => Self::Religious,
            language::Interest::Views => Self::Views,
            language::Interest::Markets => Self::Markets,
            language::Interest::Beaches => Self::Beaches,
            language::Interest::Family => Self::Family,
        }
    }
}

/// Whether a sight is of one of these.
pub(crate) fn meets(sight: &Sight, interests: &[Interest]) -> bool {
    let mut kinds = interests.iter().flat_map(|interest| interest.kinds());
    kinds.any(|kind| *kind == sight.kind)
}

/// "musées, parcs et nature".
pub(crate) fn labels(interests: &[Interest], locale: Locale) -> String {
    let labels = interests.iter().map(|interest| interest.label(locale));
    labels.collect::<Vec<_>>().join(", ")
}

/// What was said that one likes.
pub(crate) fn liked(brief: &Brief<'_>) -> Vec<Interest> {
    let said = brief.details.interests.iter();
    said.copied().map(Interest::from).collect()
}

/// What was said that one does not want to see.
pub(crate) fn refused(brief: &Brief<'_>) -> Vec<Interest> {
    let refused = brief.details.refused.iter();
    let of_sights = refused.filter_map(|taste| match taste {
        Taste::Interest(interest) => Some((*interest).into()),
        Taste::Kind(_) => None,
    });
    of_sights.collect()
}
