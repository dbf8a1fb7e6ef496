//! Which messages of a conversation the page shows: one branch of the tree that edits and further
//! answers make of it. Pure.

use std::collections::HashMap;

use agent::store::MessageRecord;
use uuid::Uuid;

use crate::views::siblings::Siblings;

/// A message of the branch and those in whose place it stands.
#[derive(Debug, PartialEq)]
pub struct Shown<'a> {
    /// The message.
    pub message: &'a MessageRecord,
    /// Its place among them; `None` where it is alone.
    pub siblings: Option<Siblings>,
}

/// The branch that goes through `chosen` and on to its newest end; without it, the one that ends in the
/// newest message. `messages`: in the order in which they came.
pub fn shown(messages: &[MessageRecord], chosen: Option<Uuid>) -> Vec<Shown<'_>> {
    let mut children: HashMap<Option<Uuid>, Vec<Uuid>> = HashMap::new();
    let mut by_id = HashMap::new();
    for message in messages {
        let of = children.entry(message.parent_id()).or_default();
        of.push(message.id());
        by_id.insert(message.id(), message);
    }
    let chosen = chosen.filter(|id| by_id.contains_key(id));
    let mut end = chosen.or_else(|| messages.last().map(MessageRecord::id));
    // Every child is newer than its parent, so this comes to an end.
    while let Some(newest) = end.and_then(|id| children.get(&Some(id))?.last()) {
        end = Some(*newest);
    }
    let mut branch = Vec::new();
    let mut next = end;
    while let Some(message) = next.and_then(|id| by_id.get(&id)) {
        let beside = children
            .get(&message.parent_id())
            .map_or(&[][..], Vec::as_slice);
        branch.push(Shown {
            message,
            siblings: Siblings::of(message.id(), beside),
        });
        next = message.parent_id();
    }
    branch.reverse();
    branch
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn said(id: u128, parent: Option<u128>) -> MessageRecord {
        MessageRecord::User {
            id: Uuid::from_u128(id),
            parent_id: parent.map(Uuid::from_u128),
            text: String::new(),
            decided: false,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn numbers(
        messages: &[MessageRecord],
        chosen: Option<u128>,
    ) -> Vec<(u128, Option<(usize, usize)>)> {
        shown(messages, chosen.map(Uuid::from_u128))
            .iter()
            .map(|shown| {
                let place = shown
                    .siblings
                    .as_ref()
                    .map(|place| (place.number, place.count));
                (shown.message.id().as_u128(), place)
            })
            .collect()
    }

    #[test]
    fn the_newest_branch_unless_another_is_chosen() {
        // 1 - 2 - 3 - 4, and 3 worded anew as 5 with two answers, 6 and 7; 8 begins anew.
        let all = [
            said(1, None),
            said(2, Some(1)),
            said(3, Some(2)),
            said(4, Some(3)),
            said(5, Some(2)),
            said(6, Some(5)),
            said(7, Some(5)),
        ];
        let newest = vec![(1, None), (2, None), (5, Some((2, 2))), (7, Some((2, 2)))];
        assert_eq!(numbers(&all, None), newest);
        assert_eq!(numbers(&all, Some(99)), newest, "unknown");
        assert_eq!(numbers(&all, Some(2)), newest, "on to its newest end");
        let old = vec![(1, None), (2, None), (3, Some((1, 2))), (4, None)];
        assert_eq!(numbers(&all, Some(3)), old);
        assert_eq!(numbers(&all, Some(6))[3], (6, Some((1, 2))));
        let mut more = all.to_vec();
        more.push(said(8, None));
        assert_eq!(numbers(&more, None), [(8, Some((2, 2)))]);
        assert_eq!(numbers(&more, Some(4)).len(), 4);
        assert_eq!(numbers(&[], None), []);
    }
}
