//! One item of a list of travellers: "2 adultes", "my wife", "un bébé de 8 mois", "nous deux".

use crate::text::words;
use std::ops::Range;

use super::{
    Reader,
    age::{self, Age},
    determiner::{Determiner, Kind},
};
use crate::text::{lexicon::Meaning, numbers::cardinal, tokens::Gap};

/// Who an item stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Said to be adults.
    Adults(u8),
    /// People, among whom there may be children.
    People(u8),
    /// Everyone who travels.
    Everyone(u8),
    /// Friends of the speaker.
    Friends(u8),
    /// Relatives of the speaker who are adults.
    Kin(u8),
    /// Children and infants.
    Minors(Vec<Age>),
    /// Infants whose age was not said.
    Infants(u8),
    /// Children or infants, all of them: "the kids".
    AllChildren,
    /// All the infants.
    AllInfants,
    /// The one who writes.
    Speaker,
    /// The one who writes and another one.
    Pair,
    /// Somebody by name.
    Name,
    /// A bare number of people: "me plus one".
    More(u8),
}

/// An item and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) who: Who,
    pub(super) at: Range<usize>,
    /// "my", "our": the speaker's own.
    pub(super) own: bool,
    /// "our", "nos": of two or more who speak.
    pub(super) ours: bool,
    /// "more", "another": besides those who travel already.
    pub(super) more: bool,
    /// "the", "le": those who travel already.
    pub(super) known: bool,
    /// Grown, and their ages were said: nobody tells the age of whom they visit.
    pub(super) aged: bool,
}

impl Reader<'_, '_> {
    /// The item at `at`.
    pub(super) fn item(&self, at: usize) -> Option<Item> {
        let tokens = self.tokens;
        let glued = tokens.gap(at) == Gap::None && at > 0 && !tokens.is_symbol(at - 1);
        if at >= tokens.len() || self.claims.taken(at) || glued && tokens.number(at).is_some() {
            return None;
        }
        self.everyone(at)
            .or_else(|| self.pair(at))
            .or_else(|| self.titled_pair(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.simple(at, Meaning::PartySpeaker, Who::Speaker))
            .filter(|item| !self.claims.any(item.at.clone()) && self.ends_there(item.at.end))
    }

    /// Whether the item is over: nothing is glued to it ("8P0A"), and it owns nothing ("my wife's car").
    fn ends_there(&self, end: usize) -> bool {
        let letters = self.tokens.gap(end) == Gap::None
            && end < self.tokens.len()
            && self.tokens.number(end).is_some();
        let owner =
            self.tokens.gap(end) == Gap::Apostrophe && self.tokens.is(end, words::PARTY_POSSESSIVE);
        !letters && !owner
    }

    pub(super) fn simple(&self, at: usize, meaning: Meaning, who: Who) -> Option<Item> {
        let length = self.tokens.means(at, meaning)?;
        Some(Item::plain(who, at..at + length))
    }

    /// "en couple", "nous deux".
    fn pair(&self, at: usize) -> Option<Item> {
        let item = self.simple(at, Meaning::PartyPair, Who::Pair)?;
        let counts = self.tokens.is(item.at.end, words::PARTICLE_OF);
        (!counts).then_some(item)
    }

    /// "Mr and Mrs Brandt", "M. et Mme Petit": two adults and their name.
    fn titled_pair(&self, at: usize) -> Option<Item> {
        let item = self.simple(at, Meaning::PartyTitledPair, Who::Kin(2))?;
        let end = item.at.end;
        let named = self.tokens.get(end).is_some_and(|token| token.capital);
        let named = named && self.tokens.is_word(end);
        Some(Item::plain(item.who, at..end + usize::from(named)))
    }

    /// "nous sommes 4", "family of five": the number in it.
    fn everyone(&self, at: usize) -> Option<Item> {
        let tokens = self.tokens;
        let mut from = at;
        from += tokens.means(from, Meaning::PartyAdverb).unwrap_or(0);
        let lead = tokens.means_before(at, Meaning::PartyTotal).or_else(|| {
            let colon = tokens.is(at.checked_sub(1)?, &[":"]).then(|| at - 1)?;
            tokens.means_before(colon, Meaning::PartyTotal)
        })?;
        let (count, length) = cardinal(tokens, from)?;
        let end = from + length;
        // "nous sommes 2 adultes": the noun says more.
        if from == at && self.counted(at).is_some() {
            return None;
        }
        let count = u8::try_from(count).ok().filter(|c| (1..=50).contains(c))?;
        let group = tokens.means(lead.start, Meaning::PartyGroup).is_some();
        let need = tokens.is(lead.end - 1, words::PARTY_NEED);
        let one = count == 1 && tokens.number(from).is_none() && !tokens.is(from, words::PARTY_ONE);
        let over = end >= tokens.len()
            || tokens.is_symbol(end) && !tokens.is(end, &["€", "$", "£", "%", "/"])
            || tokens.means(end, Meaning::PartyAfterTotal).is_some()
            || tokens.means(end, Meaning::PartyIncluding).is_some();
        let vague = need && end < tokens.len() && !tokens.is(end, &[".", "!"]);
        ((over || group) && !one && !vague)
            .then(|| Item::plain(Who::Everyone(count), lead.start..end))
    }

    /// A determiner or a number, and a noun.
    fn counted(&self, at: usize) -> Option<Item> {
        let tokens = self.tokens;
        let determiner = self.determiner(at)?;
        let mut noun = at + determiner.length;
        let mut more = tokens.is(at, words::PARTY_ANOTHER) || tokens.is(noun, words::PARTY_OTHER);
        while tokens.means(noun, Meaning::PartyFriends).is_none()
            && let Some(length) = tokens.means(noun, Meaning::PartyModifier)
        {
            more |= tokens.means(noun, Meaning::PartyMore).is_some();
            noun += length;
        }
        // "le petit" is somebody, "le petit garçon" is as well.
        let alone = || self.noun(at, at + determiner.length, determiner);
        let mut item = self
            .noun(at, noun, determiner)
            .or_else(|| self.size(at, noun, determiner))
            .or_else(alone)?;
        let after = item.at.end;
        if let Some(length) = tokens.means(after, Meaning::PartyMore)
            && length > 1
        {
            more = true;
            item.at.end += length;
        }
        item.more = more && !tokens.is(at, words::PARTY_MY);
        Some(item)
    }

    /// "3 grands", "un petit de 18 mois": a size that is the noun itself.
    fn size(&self, at: usize, end: usize, determiner: Determiner) -> Option<Item> {
        let tokens = self.tokens;
        let (count, noun) = (determiner.count?, at + determiner.length);
        if determiner.kind == Kind::Bare || noun + 1 != end {
            return None;
        }
        let closes = end >= tokens.len()
            || tokens.is_symbol(end)
            || tokens.number(end).is_some()
            || tokens.means(end, Meaning::PartyJoining).is_some();
        if determiner.numbered && closes && tokens.means(noun, Meaning::PartyGrown).is_some() {
            return Some(Item::plain(Who::Adults(count), at..end));
        }
        tokens.means(noun, Meaning::PartySmall)?;
        let (ages, after) = age::after(tokens, end, Some(count));
        if ages.is_empty() && !(determiner.numbered && closes) {
            return None;
        }
        let age = |nth: usize| {
            ages.get(nth)
                .or(ages.last().filter(|_| ages.len() == 1))
                .copied()
        };
        let minors = (0..usize::from(count)).map(age).collect();
        Some(Item::plain(Who::Minors(minors), at..after))
    }

    /// Whether a word that also means a child says how large the thing after it is: "un petit appartement".
    fn is_size_of_a_thing(&self, at: usize) -> bool {
        let things = [
            Meaning::TopicRental,
            Meaning::TopicHotel,
            Meaning::TopicCar,
            Meaning::DetailRooms,
            Meaning::TopicFood,
            Meaning::TopicDays,
        ];
        self.tokens.means(at, Meaning::PartyModifier) == Some(1)
            && things
                .iter()
                .any(|thing| self.tokens.means(at + 1, *thing).is_some())
    }

    fn noun(&self, at: usize, noun: usize, determiner: Determiner) -> Option<Item> {
        let tokens = self.tokens;
        let Determiner {
            count,
            kind,
            numbered,
            ..
        } = determiner;
        let means = |meaning| tokens.means(noun, meaning);
        let item = |who, end| {
            let mut item = Item::plain(who, at..end);
            item.own = kind == Kind::Own;
            item.ours = item.own && tokens.is(at, words::PARTY_OUR);
            item.known = kind == Kind::Definite;
            Some(item)
        };
        let minors = |count: usize, ages: &[age::Years]| {
            let age = |nth: usize| {
                ages.get(nth)
                    .or(ages.last().filter(|_| ages.len() == 1))
                    .copied()
            };
            (0..count).map(age).collect()
        };
        // "a 10-month-old baby", "our 14-year-old", "two 5-year-olds"
        if let Some((years, end)) = age::with_unit(tokens, noun) {
            let written =
                tokens.gap(noun + 1) == Gap::Hyphen || tokens.is(end - 1, words::PARTY_OLD);
            let noun = [
                Meaning::PartyInfants,
                Meaning::PartyChildren,
                Meaning::PartyTeens,
            ];
            let length = noun
                .iter()
                .filter_map(|noun| tokens.means(end, *noun))
                .max();
            if (!written && length.is_none()) || kind == Kind::Bare && length.is_none() && !written
            {
                return None;
            }
            let minors = minors(usize::from(count.unwrap_or(1)), &[years]);
            return item(Who::Minors(minors), end + length.unwrap_or(0));
        }
        let bare = kind == Kind::Bare;
        if let Some(length) = means(Meaning::PartyTwins) {
            let (ages, end) = age::after(tokens, noun + length, None);
            let taken_along = self.tokens.means_before(at, Meaning::PartyWith).is_some();
            let counts = !bare || taken_along || !ages.is_empty();
            return counts.then(|| item(Who::Minors(minors(2, &ages)), end))?;
        }
        if let Some(length) = means(Meaning::PartyInfants) {
            let (ages, end) = age::after(tokens, noun + length, count);
            let end = end + tokens.means(end, Meaning::PartyOnLap).unwrap_or(0);
            return match count {
                Some(count) if !bare && ages.is_empty() => item(Who::Infants(count), end),
                Some(count) if !bare => item(Who::Minors(minors(usize::from(count), &ages)), end),
                _ if kind == Kind::Definite => item(Who::AllInfants, end),
                _ => None,
            };
        }
        let teens = means(Meaning::PartyTeens);
        // "A small flat" is no child.
        let size_of_a_thing = self.is_size_of_a_thing(noun);
        // "We are 7 girls" counts those who write.
        let themselves = numbered
            && means(Meaning::PartyFriends).is_some_and(|length| {
                tokens.means_before(at, Meaning::PartyTotal).is_some()
                    && age::after(tokens, noun + length, count).0.is_empty()
            });
        if let Some(length) = means(Meaning::PartyChildren)
            .or(teens)
            .filter(|_| !size_of_a_thing && !themselves)
        {
            // "mon fils" is one.
            let last = noun + length - 1;
            let plural = tokens.word(last).ends_with(['s', 'x'])
                && !tokens.is(last, words::PARTY_SON)
                || tokens.is(noun, words::PARTY_IRREGULAR_PLURAL);
            let counted = count.filter(|_| numbered || !plural);
            let (ages, end) = age::after(tokens, noun + length, counted);
            if let (Some((limit, end)), Some(count)) = (age::under(tokens, end), counted)
                && !bare
                && ages.is_empty()
            {
                return item(under(limit, count), end);
            }
            let count = match counted {
                Some(count) if !bare => Some(usize::from(count)),
                _ => None,
            };
            return match count.or((!ages.is_empty()).then_some(ages.len())) {
                Some(count) if teens.is_some() && ages.is_empty() => {
                    item(Who::Adults(u8::try_from(count).ok()?), end)
                }
                Some(count) => item(Who::Minors(minors(count, &ages)), end),
                None if kind == Kind::Definite || kind == Kind::Own => item(Who::AllChildren, end),
                None => None,
            };
        }
        if let Some(length) = means(Meaning::PartyParents) {
            let (ages, end) = age::after(tokens, noun + length, Some(2));
            let grown = !ages.is_empty() && ages.iter().all(|age| age.is_adult());
            let end = if grown { end } else { noun + length };
            return (!bare).then(|| {
                item(Who::Kin(2), end).map(|item| Item {
                    aged: grown,
                    ..item
                })
            })?;
        }
        let count = count?;
        if let Some(length) = means(Meaning::PartyCouples)
            && numbered
        {
            return item(Who::Adults(count.saturating_mul(2)), noun + length);
        }
        if let Some(length) = means(Meaning::PartyAdults) {
            // "deux seniors de 70 et 72 ans"
            let (ages, end) = age::after(tokens, noun + length, Some(count));
            let grown = ages.iter().all(|age| age.is_adult());
            let end = if grown { end } else { noun + length };
            return (!bare).then(|| item(Who::Adults(count), end))?;
        }
        if kind == Kind::Own
            && let Some(length) = means(Meaning::PartyKin)
        {
            let (ages, end) = age::after(tokens, noun + length, Some(count));
            return match ages.first() {
                Some(years) if years.is_adult() => {
                    item(Who::Kin(count), end).map(|item| Item { aged: true, ..item })
                }
                Some(years) => item(Who::Minors(vec![Some(*years)]), end),
                None => item(Who::Kin(count), noun + length),
            };
        }
        if let Some(length) = means(Meaning::PartyFriends) {
            let end = noun + length;
            let end = end + tokens.means(end, Meaning::PartyPeople).unwrap_or(0);
            let several = !numbered && tokens.word(noun + length - 1).ends_with('s');
            return (matches!(kind, Kind::Number | Kind::Own | Kind::Article) && !several)
                .then(|| item(Who::Friends(count), end))?;
        }
        let length = means(Meaning::PartyPeople)?;
        let end = noun + length;
        // "un billet pour Rome" and "a place" count nobody; "one ticket" does.
        let thing = tokens.is(noun, words::PARTY_THING);
        let article = kind == Kind::Article || tokens.is(at, words::PARTY_UN);
        // "4 p.m." is an hour.
        let letter = tokens.is(noun, words::PARTY_P)
            && (tokens.gap(noun) != Gap::None || tokens.is(end, words::PARTY_METRE));
        let counts = match kind {
            Kind::Number => !(letter || article && thing),
            Kind::Article => !thing && !tokens.is(noun, words::PARTY_PEOPLE),
            Kind::Own | Kind::Definite | Kind::Theirs | Kind::Bare => false,
        };
        counts.then(|| item(Who::People(count), end))?
    }
}

/// So many travellers under an age.
pub(super) fn under(limit: age::Years, count: u8) -> Who {
    if limit.0 <= 2 {
        Who::Infants(count)
    } else {
        Who::Minors(vec![None; usize::from(count)])
    }
}

impl Item {
    /// Somebody who belongs to the one who writes: a relative, a friend, a name.
    pub(super) fn is_of_the_speaker(&self) -> bool {
        self.own || matches!(self.who, Who::Kin(_) | Who::Name | Who::Friends(_))
    }

    pub(super) fn plain(who: Who, at: Range<usize>) -> Self {
        Self {
            who,
            at,
            own: false,
            ours: false,
            more: false,
            known: false,
            aged: false,
        }
    }
}
