//! Travellers who join or stay at home: "add one more adult", "finalement sans l'enfant".

use crate::text::words;
use std::ops::Range;

use super::{
    Reader,
    item::{Item, Who},
    list::List,
};
use crate::{reading::PartyMention, text::lexicon::Meaning, wish::Change};

/// Which way the party changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Add,
    Remove,
}

impl Reader<'_, '_> {
    /// The changes; their words are taken.
    pub(super) fn changes(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut at = 0;
        let mut counted = false;
        while at < self.tokens.len() {
            let Some(list) = self.changed(at) else {
                at += 1;
                continue;
            };
            let end = list.at.end;
            if let Some((turn, range)) = self.turn(&list, counted)
                && let Some(party) = self.party_of(&list, turn)
            {
                changes.push(match turn {
                    Turn::Add => Change::Add(party),
                    Turn::Remove => Change::Remove(party),
                });
                self.claims.take(range.clone());
                at = range.end.max(end);
                continue;
            }
            counted = counted || self.travels(&list);
            at = end;
        }
        changes
    }

    /// A list, or somebody who can leave one: "one of us", "Julie".
    fn changed(&self, at: usize) -> Option<List> {
        let one = self
            .simple(at, Meaning::PartyOneOfUs, Who::Adults(1))
            .map(|item| Item {
                known: true,
                ..item
            });
        one.filter(|_| !self.claims.taken(at))
            .map(List::of)
            .or_else(|| self.list(at))
    }

    /// Whether the words around the list say that its people join or leave, and where they stand.
    fn turn(&self, list: &List, counted: bool) -> Option<(Turn, Range<usize>)> {
        let tokens = self.tokens;
        let Range { start, end } = list.at;
        let known = list.items().all(|item| item.known || item.own);
        let more = list.items().any(|item| item.more);
        let speaker = list
            .items()
            .any(|item| matches!(item.who, Who::Speaker | Who::Pair | Who::Everyone(_)));
        let after = |meaning| tokens.means(end, meaning).map(|length| end + length);
        if speaker {
            return None;
        }
        // "my wife can't" stays at home; "my wife can't fly at night" wishes something.
        let at_end = after(Meaning::PartyRemoveAtEnd)
            .filter(|end| *end >= tokens.len() || tokens.is_symbol(*end));
        if let Some(after) = after(Meaning::PartyRemoveAfter).or(at_end) {
            return Some((Turn::Remove, start..after));
        }
        if let Some(before) = tokens.means_before(start, Meaning::PartyRemoveBefore) {
            // "pas 2 adultes mais 3" corrects a number; "sans les enfants" takes somebody away.
            let firm = !tokens.is(before.start, words::PARTY_NOT_FIRM);
            let nobody = list
                .items()
                .all(|item| matches!(item.who, Who::AllChildren | Who::AllInfants));
            if firm || known || nobody {
                return Some((Turn::Remove, before.start..end));
            }
        }
        let added = tokens.means_before(start, Meaning::PartyAddBefore);
        let joins = after(Meaning::PartyAddAfter);
        if !counted && (more || added.is_some()) && !self.companions(list) {
            let from = added.map_or(start, |added| added.start);
            return Some((Turn::Add, from..joins.unwrap_or(end)));
        }
        joins
            .filter(|_| !counted && known)
            .map(|after| (Turn::Add, start..after))
    }

    /// "avec 2 autres amis": those who travel with the one who writes.
    fn companions(&self, list: &List) -> bool {
        self.tokens
            .means_before(list.at.start, Meaning::PartyWith)
            .is_some()
    }

    /// Who joins or leaves. Leaving, an empty list of children means all of them.
    fn party_of(&self, list: &List, turn: Turn) -> Option<PartyMention> {
        let mut party = self
            .sum(list)
            .map_or_else(PartyMention::default, |sum| sum.party);
        for item in list.items() {
            match (&item.who, turn) {
                (Who::AllChildren, Turn::Remove) => party.children = Some(Vec::new()),
                (Who::AllInfants, Turn::Remove) => party.infants = Some(u8::MAX),
                (Who::AllChildren | Who::AllInfants, Turn::Add) => return None,
                _ => {}
            }
        }
        (party != PartyMention::default()).then_some(party)
    }
}
