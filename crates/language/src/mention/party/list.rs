//! Lists of travellers: "me, my husband and grandma", "4 personnes dont 1 enfant de 6 ans".

use crate::text::words;
use std::ops::Range;

use super::{
    Reader, age,
    item::{Item, Who, under},
};
use crate::text::{lexicon::Meaning, numbers::cardinal};

/// How an item is joined to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// Besides them.
    Besides,
    /// With them: within a total that was said.
    With,
    /// Among them.
    Among,
}

/// Items that stand together.
#[derive(Debug)]
pub(super) struct List {
    pub(super) items: Vec<(Item, Joined)>,
    pub(super) at: Range<usize>,
    /// A total that was said is told one by one behind a colon or in brackets.
    pub(super) spelt_out: bool,
}

impl Reader<'_, '_> {
    /// The list that begins at `at`.
    pub(super) fn list(&self, at: usize) -> Option<List> {
        let first = self.item(at).or_else(|| self.opening(at))?;
        let mut list = List {
            at: first.at.clone(),
            spelt_out: self.tokens.is(first.at.end, &[":", "(", "–", "—"]),
            items: vec![(first, Joined::Besides)],
        };
        while let Some((item, joined)) = self.next(&list) {
            list.at.end = item.at.end;
            list.items.push((item, joined));
        }
        self.ages_behind(&mut list);
        // "papa demain" is no list, nor is somebody's name alone.
        let lone = list.items.len() == 1 && matches!(list.items[0].0.who, Who::Name)
            || self.only_family(&list) && list.items.len() < 2;
        (!lone).then_some(list)
    }

    /// "my son and daughter, 14 and 16": ages told in a row behind relatives, one each.
    fn ages_behind(&self, list: &mut List) {
        let single = |item: &Item| match &item.who {
            Who::Kin(1) => true,
            Who::Minors(ages) => matches!(ages.as_slice(), [None]),
            _ => false,
        };
        let relatives: Vec<usize> = (0..list.items.len())
            .filter(|at| single(&list.items[*at].0))
            .collect();
        let count = u8::try_from(relatives.len()).unwrap_or(0);
        if count < 2 {
            return;
        }
        let (ages, end) = age::after(self.tokens, list.at.end, Some(count));
        if ages.len() != relatives.len() {
            return;
        }
        for (at, age) in relatives.into_iter().zip(ages) {
            let item = &mut list.items[at].0;
            item.who = if age.is_adult() {
                Who::Kin(1)
            } else {
                Who::Minors(vec![Some(age)])
            };
            item.aged = true;
        }
        list.at.end = end;
        if let Some((last, _)) = list.items.last_mut() {
            last.at.end = end;
        }
    }

    fn only_family(&self, list: &List) -> bool {
        list.items.len() == 1
            && self
                .tokens
                .means(list.at.start, Meaning::PartyFamily)
                .is_some()
    }

    /// What only opens a list: "papa, maman et bébé", "Julie et moi".
    fn opening(&self, at: usize) -> Option<Item> {
        if self.claims.taken(at) {
            return None;
        }
        self.simple(at, Meaning::PartyFamily, Who::Kin(1))
            .filter(|item| !self.tokens.is(item.at.end, words::PARTY_POSSESSIVE))
            .or_else(|| self.kin_before_speaker(at))
            .or_else(|| {
                // "from New York and I need 4 seats" names nobody.
                let opens = at == 0
                    || self.tokens.is_symbol(at - 1)
                    || self.tokens.is(at - 1, words::PARTY_FOR_OR_WITH);
                let name = self.name(at, false).filter(|_| opens)?;
                let end = name.at.end;
                let joined = self.tokens.means(end, Meaning::PartyJoining)?;
                let speaker = self.tokens.means(end + joined, Meaning::PartySpeaker);
                speaker.map(|_| name)
            })
    }

    /// "husband, me and baby"
    fn kin_before_speaker(&self, at: usize) -> Option<Item> {
        let kin = self
            .simple(at, Meaning::PartyKin, Who::Kin(1))
            .or_else(|| self.simple(at, Meaning::PartyParents, Who::Kin(2)))?;
        let tokens = self.tokens;
        let end = kin.at.end + usize::from(tokens.is(kin.at.end, &[","]));
        let joined = end + tokens.means(end, Meaning::PartyJoining).unwrap_or(0);
        // "grand-mère, grand-père et deux petits-enfants"
        let next = [
            Meaning::PartySpeaker,
            Meaning::PartyKin,
            Meaning::PartyFamily,
        ];
        let child = cardinal(tokens, joined).is_some_and(|(_, length)| {
            tokens
                .means(joined + length, Meaning::PartyChildren)
                .is_some()
        });
        let speaker = child
            || next
                .into_iter()
                .any(|next| tokens.means(joined, next).is_some());
        let opens = at == 0 || !tokens.is_word(at - 1) || tokens.is(at - 1, words::PARTICLE_FOR);
        (speaker && opens && joined > kin.at.end).then_some(kin)
    }

    /// The item that a connector joins to the list.
    fn next(&self, list: &List) -> Option<(Item, Joined)> {
        let tokens = self.tokens;
        // "nous serons six au total, dont ma fille"
        let end = list.at.end;
        let end = end + tokens.means(end, Meaning::PartyAdverb).unwrap_or(0);
        let (last, before) = list.items.last()?;
        let total = matches!(list.items[0].0.who, Who::People(_) | Who::Everyone(_));
        let mark = usize::from(tokens.is(end, &[",", ":", "(", "/", "-", "–", "—"]));
        let colon = mark > 0 && !tokens.is(end, &[",", "/"]);
        let from = end + mark;
        // "6 passengers (one under two)", "dont un de moins de 2 ans"
        if total && let Some(item) = self.under_an_age(from) {
            return Some((item, Joined::Among));
        }
        // "dont", "including", "two of them"
        if let Some((from, count)) = self.among(from, total) {
            return self.member(from, count).map(|item| (item, Joined::Among));
        }
        let joining = tokens.means(from, Meaning::PartyJoining);
        let with = tokens.means(from, Meaning::PartyWith).is_some();
        let from = from + joining.unwrap_or(0);
        let joined = match () {
            () if *before == Joined::Among => Joined::Among,
            () if total && colon => Joined::Among,
            () if total && (with || *before == Joined::With) => Joined::With,
            () if total && mark > 0 && joining.is_none() => Joined::With,
            () => Joined::Besides,
        };
        // "three seats, and I plan to": another sentence begins.
        let counts = !list.items.iter().any(|(item, _)| item.is_of_the_speaker());
        if counts && self.tokens.is(from, words::PARTY_I) && self.tokens.is_word(from + 1) {
            return None;
        }
        // "My father (68), two adults then" counts anew those who were named.
        let concluded = |item: &Item| {
            matches!(item.who, Who::Adults(_) | Who::People(_))
                && tokens.means(item.at.end, Meaning::PartyAdverb).is_some()
        };
        let anew = || self.item(from).as_ref().is_some_and(concluded);
        if !counts && mark > 0 && joining.is_none() && anew() {
            return None;
        }
        // "2 adultes, mon mari est allergique": another sentence begins.
        let speaker = list
            .items()
            .any(|item| matches!(item.who, Who::Speaker | Who::Pair));
        if counts
            && !speaker
            && mark > 0
            && !colon
            && joining.is_none()
            && *before == Joined::Besides
        {
            let item = self.item(from)?;
            let kin = matches!(item.who, Who::Kin(_) | Who::Speaker);
            return (!kin).then_some((item, joined));
        }
        if mark > 0 || joining.is_some() {
            let plus = tokens.is(from.wrapping_sub(1), words::PARTY_PLUS);
            return self
                .item(from)
                .or_else(|| self.follower(from, list, plus))
                .filter(|item| {
                    !item.known
                        || matches!(item.who, Who::Minors(_) | Who::Kin(2) | Who::AllChildren)
                })
                .map(|item| (item, joined));
        }
        // "2ad 2ch": numbers need no connector, a total goes on without one.
        let number = |at| cardinal(tokens, at).is_some();
        let short = number(last.at.start) && number(end);
        short
            .then(|| self.item(end))
            .flatten()
            .filter(|item| matches!(item.who, Who::Minors(_) | Who::Infants(_) | Who::Adults(_)))
            .map(|item| (item, joined))
    }

    /// A number of a total's people who are under an age.
    fn under_an_age(&self, at: usize) -> Option<Item> {
        let tokens = self.tokens;
        let lead = tokens
            .means(at, Meaning::PartyIncluding)
            .or_else(|| tokens.means(at, Meaning::PartyJoining))
            .unwrap_or(0);
        let (count, length) = cardinal(tokens, at + lead)?;
        let from = at + lead + length;
        let from = from + tokens.means(from, Meaning::PartyOfThem).unwrap_or(0);
        let from = from + usize::from(tokens.is(from, words::PARTY_BEING));
        let (limit, end) = age::under(tokens, from)?;
        let count = u8::try_from(count).ok().filter(|count| *count <= 9)?;
        let end = end + usize::from(tokens.is(end, &[")"]));
        Some(Item::plain(under(limit, count), at..end))
    }

    /// Where a member of a total follows: the token, and how many "two of them" are.
    ///
    /// `total`: everybody was counted before, so that "two are kids" are among them.
    fn among(&self, at: usize, total: bool) -> Option<(usize, Option<u8>)> {
        let tokens = self.tokens;
        if let Some(length) = tokens.means(at, Meaning::PartyIncluding) {
            let stop = usize::from(tokens.is(at + length, &["."]));
            return Some((at + length + stop, None));
        }
        let (count, length) = cardinal(tokens, at)?;
        let of = tokens.means(at + length, Meaning::PartyOfThem);
        let behind = at + length + of.unwrap_or(0);
        let verb = usize::from(tokens.is(behind, words::PARTY_BEING));
        let of = of.or((total && verb > 0).then_some(0))?;
        let verb = verb + usize::from(verb > 0 && tokens.is(behind + verb, words::PARTY_ARTICLE));
        Some((at + length + of + verb, u8::try_from(count).ok()))
    }

    /// A member of a total: "a 6 year old"; after "two of them" also a bare noun.
    fn member(&self, at: usize, count: Option<u8>) -> Option<Item> {
        self.item(at).or_else(|| {
            let count = count?;
            let child = self.tokens.means(at, Meaning::PartyChildren);
            let infant = self.tokens.means(at, Meaning::PartyInfants);
            let (who, length) = match (child, infant) {
                (Some(length), _) => {
                    // "three are kids (3, 5 and 8)"
                    let (ages, end) = age::after(self.tokens, at + length, Some(count));
                    let age = |nth| ages.get(nth).copied();
                    let minors = (0..usize::from(count)).map(age).collect();
                    return Some(Item::plain(Who::Minors(minors), at..end));
                }
                (None, Some(length)) => (Who::Infants(count), length),
                (None, None) => return None,
            };
            Some(Item::plain(who, at..at + length))
        })
    }

    /// What only follows others: "bébé", "grandma", "plus one", "et Julie".
    fn follower(&self, at: usize, list: &List, plus: bool) -> Option<Item> {
        let tokens = self.tokens;
        if self.claims.taken(at) {
            return None;
        }
        let people = list.items.iter().any(|(item, _)| {
            matches!(
                item.who,
                Who::Speaker | Who::Kin(_) | Who::Name | Who::Pair | Who::Friends(_)
            )
        });
        if plus
            && people
            && let Some((count, length)) = cardinal(tokens, at)
            && (at + length >= tokens.len() || !tokens.is_word(at + length))
        {
            let count = u8::try_from(count).ok().filter(|count| *count <= 20)?;
            return Some(Item::plain(Who::More(count), at..at + length));
        }
        if !people {
            return None;
        }
        let bare = |meaning, who| self.simple(at, meaning, who);
        bare(Meaning::PartyFamily, Who::Kin(1))
            .or_else(|| bare(Meaning::PartyKin, Who::Kin(1)))
            .or_else(|| bare(Meaning::PartyInfants, Who::Infants(1)))
            .or_else(|| self.name(at, self.asked))
    }

    /// Somebody's name at `at`: a capital, and nothing that any table knows.
    fn name(&self, at: usize, asked: bool) -> Option<Item> {
        let tokens = self.tokens;
        let token = tokens.get(at).filter(|_| tokens.is_word(at))?;
        let word = tokens.word(at);
        let alone = at + 1 >= tokens.len()
            || !tokens.is_word(at + 1)
            || tokens.means(at + 1, Meaning::PartyJoining).is_some();
        let known = super::super::place::names_place(word) && !asked
            || token.upper
            || !tokens.found_at(at).is_empty()
            || word.len() < 3;
        let named = token.capital || asked && alone;
        (named && !known).then(|| Item::plain(Who::Name, at..at + 1))
    }

    /// Whether the list is of travellers, and not of people who are visited.
    pub(super) fn travels(&self, list: &List) -> bool {
        let tokens = self.tokens;
        let start = list.at.start;
        let people = list.items.iter().any(|(item, _)| {
            !item.own
                && !item.known
                && !matches!(
                    item.who,
                    Who::Kin(_) | Who::Name | Who::Speaker | Who::Friends(1)
                )
        });
        let with = tokens.means_before(start, Meaning::PartyWith).is_some();
        let speaker = list
            .items
            .iter()
            .any(|(item, _)| matches!(item.who, Who::Speaker | Who::Pair));
        let visited = tokens.means_before(start, Meaning::PartyVisited).is_some();
        let titled = tokens.means(start, Meaning::PartyTitledPair).is_some();
        let opens = start == 0 || tokens.is_symbol(start - 1);
        let for_them = tokens.preceded(start, words::PARTICLE_FOR) || titled && opens;
        let several = list.items.len() > 1;
        let lone_speaker = speaker && !several && matches!(list.items[0].0.who, Who::Speaker);
        if lone_speaker {
            return false;
        }
        let lone_name = matches!(list.items[0].0.who, Who::Name) && !speaker;
        // "We take the kids (8 and 11)": nobody tells the ages of children who stay at home.
        let told = |item: &Item| match &item.who {
            Who::Minors(ages) => {
                let theirs = item.known || item.own && ages.len() > 1;
                theirs && ages.iter().all(Option::is_some)
            }
            _ => false,
        };
        let aged = list.items().any(|item| item.aged || told(item)) && !visited;
        people
            || speaker
            || aged
            || with && !lone_name
            || for_them && !visited
            || (several && !visited)
    }
}

impl List {
    /// A list of one.
    pub(super) fn of(item: Item) -> Self {
        Self {
            at: item.at.clone(),
            spelt_out: false,
            items: vec![(item, Joined::Besides)],
        }
    }

    pub(super) fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().map(|(item, _)| item)
    }
}
