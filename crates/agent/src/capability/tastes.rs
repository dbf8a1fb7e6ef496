//! What people like to see, and the kinds of sights that it means.

use guide::sights::{Kind, Sight};

use crate::{language::Taste, locale::Locale, planner::Brief, travel::Interest};

/// The kinds of sights that an interest means.
#[must_use]
pub const fn kinds(interest: Interest) -> &'static [Kind] {
    match interest {
        Interest::Museums => &[Kind::Museum, Kind::Gallery],
        Interest::Monuments => &[
            Kind::Monument,
            Kind::Castle,
            Kind::Palace,
            Kind::Ruins,
            Kind::Tower,
            Kind::Memorial,
            Kind::Building,
        ],
        Interest::Parks => &[
            Kind::Park,
            Kind::Garden,
            Kind::Nature,
            Kind::Lake,
            Kind::Waterfall,
        ],
        Interest::Religious => &[Kind::Church, Kind::Mosque, Kind::Temple, Kind::Synagogue],
        Interest::Views => &[Kind::Viewpoint, Kind::Tower, Kind::Mountain],
        Interest::Markets => &[Kind::Market, Kind::Street],
        Interest::Beaches => &[Kind::Beach, Kind::Island],
        Interest::Family => &[
            Kind::Zoo,
            Kind::Aquarium,
            Kind::ThemePark,
            Kind::Park,
            Kind::Garden,
            Kind::Beach,
        ],
    }
}

/// Whether a sight is of one of these.
pub(crate) fn meets(sight: &Sight, interests: &[Interest]) -> bool {
    let mut met = interests.iter().flat_map(|interest| kinds(*interest));
    met.any(|kind| *kind == sight.kind)
}

/// "musées, parcs et nature".
pub(crate) fn labels(interests: &[Interest], locale: Locale) -> String {
    let labels = interests.iter().map(|interest| interest.label(locale));
    labels.collect::<Vec<_>>().join(", ")
}

/// What was said that one likes.
pub(crate) fn liked(brief: &Brief<'_>) -> Vec<Interest> {
    brief.details.interests.clone()
}

/// What was said that one does not want to see.
pub(crate) fn refused(brief: &Brief<'_>) -> Vec<Interest> {
    let refused = brief.details.refused.iter();
    let of_sights = refused.filter_map(|taste| match taste {
        Taste::Interest(interest) => Some(*interest),
        Taste::Kind(_) => None,
    });
    of_sights.collect()
}
