//! How many rooms a party needs.

use travel::Party;

/// Rooms of a party that says nothing of them: two adults share one, and a child sleeps in their
/// room as a third. Infants sleep in a cot. A rule of ours.
#[must_use]
pub fn rooms(party: &Party) -> u8 {
    let (adults, children) = (usize::from(party.adults), party.children.len());
    let rooms = adults.div_ceil(2).max((adults + children).div_ceil(3));
    u8::try_from(rooms.max(1)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn couples_share_and_children_join() {
        let party = |adults, children| Party {
            adults,
            children: vec![Some(6); children],
            infants: 0,
        };
        for (adults, children, expected) in [
            (1, 0, 1),
            (2, 0, 1),
            (2, 1, 1),
            (2, 2, 2),
            (3, 0, 2),
            (4, 2, 2),
            (1, 2, 1),
            (9, 0, 5),
        ] {
            assert_eq!(
                rooms(&party(adults, children)),
                expected,
                "{adults}+{children}"
            );
        }
    }
}
