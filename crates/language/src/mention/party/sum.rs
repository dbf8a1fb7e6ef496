//! What a list of travellers adds up to.

use super::{
    Reader,
    item::{Item, Who},
    list::{Joined, List},
};
use crate::{reading::PartyMention, text::lexicon::Meaning};

/// What a list adds up to.
#[derive(Debug, Default)]
pub(super) struct Sum {
    pub(super) party: PartyMention,
    /// Everybody was counted, without saying who is an adult.
    pub(super) total: Option<u8>,
    /// The total is of all who travel.
    pub(super) everyone: bool,
    /// Somebody was said to be an adult, by number.
    pub(super) counted: bool,
    /// The one who writes is among them.
    pub(super) speaker: bool,
    /// All were counted, and then named one by one, but not as many: so many in all, so many named.
    pub(super) torn: Option<(u8, u8)>,
}

impl Reader<'_, '_> {
    /// What a list adds up to; `None` where it counts nobody.
    pub(super) fn sum(&self, list: &List) -> Option<Sum> {
        let mut sum = Sum::default();
        let (mut besides, mut among, mut minors_among) = (0_u8, 0_u8, 0_u8);
        let mut some = false;
        for (item, joined) in &list.items {
            let (adults, minors) = self.adults_and_minors(item, &mut sum);
            if matches!(item.who, Who::AllChildren | Who::AllInfants) {
                continue;
            }
            some = true;
            match &item.who {
                Who::People(count) | Who::Everyone(count) => {
                    sum.everyone |= matches!(item.who, Who::Everyone(_));
                    sum.total = Some(sum.total.unwrap_or(0).saturating_add(*count));
                    continue;
                }
                Who::Adults(_) => sum.counted = true,
                Who::Speaker | Who::Pair => sum.speaker = true,
                _ => {}
            }
            let within = *joined == Joined::Among
                || *joined == Joined::With && sum.everyone
                || *joined == Joined::With && matches!(item.who, Who::Adults(_));
            if within {
                among = among.saturating_add(adults);
                minors_among = minors_among.saturating_add(minors);
            } else {
                besides = besides.saturating_add(adults);
            }
        }
        if !some {
            return None;
        }
        let named = among.saturating_add(minors_among);
        let adults_named = sum.speaker || sum.counted;
        sum.torn = sum.total.map(|total| (total, named)).filter(|(total, _)| {
            // Who names the adults as well, behind a colon, names everyone.
            named > *total || list.spelt_out && adults_named && besides == 0 && named < *total
        });
        let adults = match sum.total {
            // The ones who were named count until it is known which is right.
            Some(_) if sum.torn.is_some() && adults_named => among.saturating_add(besides),
            // "4 people: 2 adults and 2 kids" says it twice.
            Some(_) if sum.counted && among > 0 => among.saturating_add(besides),
            Some(total) => total
                .saturating_sub(minors_among)
                .max(u8::from(total > 0))
                .saturating_add(besides),
            None => besides.saturating_add(self.implied(list, &sum)),
        };
        sum.party.adults = (adults > 0).then_some(adults);
        Some(sum)
    }

    /// The adults of an item and the number of its minors, who are put into the sum.
    fn adults_and_minors(&self, item: &Item, sum: &mut Sum) -> (u8, u8) {
        let party = &mut sum.party;
        match &item.who {
            Who::Adults(count) | Who::Friends(count) | Who::Kin(count) | Who::More(count) => {
                (*count, 0)
            }
            Who::Speaker | Who::Name => (1, 0),
            Who::Pair => (2, 0),
            Who::Infants(count) => {
                party.infants = Some(party.infants.unwrap_or(0).saturating_add(*count));
                (0, *count)
            }
            Who::Minors(ages) => {
                let (mut adults, mut minors) = (0_u8, 0_u8);
                for age in ages {
                    if age.is_some_and(|age| age.is_adult()) {
                        adults = adults.saturating_add(1);
                        continue;
                    }
                    minors = minors.saturating_add(1);
                    if age.is_some_and(|age| age.is_infant()) {
                        party.infants = Some(party.infants.unwrap_or(0).saturating_add(1));
                    } else {
                        let children = party.children.get_or_insert_default();
                        children.push(age.map(|age| age.0));
                    }
                }
                (adults, minors)
            }
            Who::People(_) | Who::Everyone(_) | Who::AllChildren | Who::AllInfants => (0, 0),
        }
    }

    /// Those who speak, where the list is only of those whom they take along: "avec ma fille".
    fn implied(&self, list: &List, sum: &Sum) -> u8 {
        if sum.speaker || sum.counted {
            return 0;
        }
        let tokens = self.tokens;
        let with = tokens.means_before(list.at.start, Meaning::PartyWith);
        let Some(with) = with else {
            return 0;
        };
        let companions = list.items.iter().all(|(item, _)| {
            item.own || matches!(item.who, Who::Friends(_) | Who::Name | Who::Kin(_))
        });
        let own = list.items.iter().any(|(item, _)| item.own);
        let minors = sum.party.children.is_some() || sum.party.infants.is_some();
        if !(companions || own) {
            return 0;
        }
        let ours = list.items.iter().any(|(item, _)| item.ours);
        let we = (with.start.saturating_sub(4)..with.start)
            .any(|at| tokens.means(at, Meaning::PartyWeSpeak).is_some());
        let kin = list.items().any(|item| matches!(item.who, Who::Kin(_)));
        if minors && (ours || we) && own && !kin {
            2
        } else {
            1
        }
    }
}
