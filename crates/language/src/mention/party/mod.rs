//! Who travels: "2 adultes, un enfant de 5 ans et un bébé", "nous sommes 4", "for two".

use crate::text::words;
mod age;
mod change;
mod determiner;
mod item;
mod list;
mod sum;

use self::{item::Who, list::List, sum::Sum};
use crate::{
    ledger::Ledger,
    reading::{PartyMention, Problem, Reading, SlotName},
    text::{lexicon::Meaning, numbers::cardinal, tokens::Tokens},
};
use travel::Party;

/// Reads the party, and what changes in it; the lists of travellers one by one, in order.
pub(crate) fn read(
    tokens: &Tokens<'_>,
    claims: &mut Ledger,
    asked: Option<SlotName>,
    reading: &mut Reading,
) -> Vec<PartyMention> {
    let mut reader = Reader {
        tokens,
        claims,
        asked: asked == Some(SlotName::Passengers),
    };
    let changes = reader.changes();
    let sums = reader.lists();
    let parties = sums.iter().map(|sum| sum.party.clone()).collect();
    let torn = sums.iter().find_map(|sum| sum.torn);
    let mut party = together(sums);
    if changes.is_empty() {
        reader.alone(&mut party);
        reader.weak_total(&mut party);
        if reader.asked && party == PartyMention::default() {
            reader.answer(&mut party);
        }
    }
    if party != PartyMention::default() {
        // "en famille", "a group of": said again of those who are counted.
        for words in tokens.all(Meaning::PartyTogether) {
            reader.claims.mark(words);
        }
    }
    reading.changes.extend(changes);
    if party != PartyMention::default() {
        reading.passengers = Some(party);
    }
    if let Some((total, named)) = torn {
        reading
            .problems
            .push(Problem::PartyMismatch { total, named });
    }
    parties
}

/// Gives each of several trips its own travellers, where as many were counted: "2 adults Lyon to Rome and
/// 1 adult Paris to Oslo".
pub(crate) fn share(parties: Vec<PartyMention>, reading: &mut Reading) {
    let counted = parties.iter().all(|party| party.adults.is_some());
    if reading.also.is_empty() || parties.len() != reading.also.len() + 1 || !counted {
        return;
    }
    let mut parties = parties.into_iter();
    reading.passengers = parties.next();
    for (route, said) in reading.also.iter_mut().zip(parties) {
        let party = Party {
            adults: said.adults.unwrap_or(0),
            children: said.children.unwrap_or_default(),
            infants: said.infants.unwrap_or(0),
        };
        if party.seats() > Party::MAX_SEATS || party.infants > party.adults {
            reading.problems.push(Problem::BadParty);
        } else {
            route.party = Some(party);
        }
    }
}

struct Reader<'a, 'b> {
    tokens: &'a Tokens<'b>,
    claims: &'a mut Ledger,
    /// Who travels was asked for.
    asked: bool,
}

impl Reader<'_, '_> {
    /// What the lists of travellers add up to, one by one.
    fn lists(&mut self) -> Vec<Sum> {
        let mut sums = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let Some(list) = self.list(at) else {
                at += 1;
                continue;
            };
            let end = list.at.end;
            if self.travels(&list)
                && let Some(sum) = self.sum(&list)
            {
                let with = self
                    .tokens
                    .means_before(list.at.start, Meaning::PartyWith)
                    .filter(|_| !self.claims.taken(list.at.start - 1));
                self.claims.mark(with.unwrap_or(0..0));
                self.use_up(&list);
                // "group of 8, all adults"
                let comma = usize::from(self.tokens.is(end, &[",", "("]));
                if let Some(length) = self.tokens.means(end + comma, Meaning::PartyAllAdults) {
                    self.claims.take(end..end + comma + length);
                }
                sums.push(sum);
            }
            at = end;
        }
        sums
    }

    /// Takes the words of a list, but for those that count nobody ("my kids").
    fn use_up(&mut self, list: &List) {
        let mut end = list.at.start;
        for item in list.items() {
            if !matches!(item.who, Who::AllChildren | Who::AllInfants) {
                self.claims.take(end..item.at.end);
            }
            end = item.at.end;
        }
    }

    /// "solo", "just me".
    fn alone(&mut self, party: &mut PartyMention) {
        if party.adults.is_some() {
            return;
        }
        let alone = self.tokens.all(Meaning::PartyAlone).find(|range| {
            let one_stop = self
                .tokens
                .longest(range.end, words::PARTY_STOP_NOUN)
                .is_some();
            // "un enfant voyageant seul" has nobody with it.
            let child = (range.start.saturating_sub(3)..range.start)
                .any(|at| self.tokens.means(at, Meaning::PartyChildren).is_some());
            !one_stop && !child && !self.claims.any(range.clone())
        });
        if let Some(range) = alone {
            party.adults = Some(1);
            self.claims.take(range);
        }
    }

    /// "for two", "à trois": a number that counts nothing else.
    fn weak_total(&mut self, party: &mut PartyMention) {
        let known = party
            .adults
            .map(|adults| adults.saturating_add(minors(party)));
        let tokens = self.tokens;
        for lead in tokens.all(Meaning::PartyWeakTotal) {
            let at = lead.end;
            let Some((count, length)) = cardinal(tokens, at) else {
                continue;
            };
            let end = at + length;
            let over = end >= tokens.len()
                || tokens.is_symbol(end) && !tokens.is(end, &["€", "$", "£", "%", "/"])
                || tokens.means(end, Meaning::PartyAfterTotal).is_some();
            let one = count == 1 && tokens.number(at).is_none() && !tokens.is(at, words::PARTY_ONE);
            let count = u8::try_from(count).ok().filter(|c| (1..=20).contains(c));
            if let Some(count) = count
                && over
                && !one
                && !self.claims.any(at..end)
            {
                // "2 personnes, … pour deux" says it twice.
                if known.is_some() {
                    if known == Some(count) {
                        self.claims.take(lead.start..end);
                    }
                    continue;
                }
                let minors = minors(party);
                party.adults = Some(count.saturating_sub(minors).max(u8::from(minors > 0)));
                self.claims.take(lead.start..end);
                return;
            }
        }
    }

    /// "3" or "deux" in answer to "how many?".
    fn answer(&mut self, party: &mut PartyMention) {
        let tokens = self.tokens;
        let glued = |at: usize| {
            at > 0 && tokens.is_word(at - 1) && tokens.gap(at) == crate::text::tokens::Gap::None
        };
        let number = (0..tokens.len())
            .filter(|at| !self.claims.taken(*at) && !glued(*at))
            .find_map(|at| Some((at, cardinal(tokens, at)?)));
        if let Some((at, (count, length))) = number {
            party.adults = u8::try_from(count).ok().filter(|c| (1..=50).contains(c));
            if party.adults.is_some() {
                self.claims.take(at..at + length);
            }
        } else if let Some(speaker) = tokens.all(Meaning::PartySpeaker).next()
            && tokens.len() <= 3
        {
            party.adults = Some(1);
            self.claims.take(speaker);
        }
    }
}

fn minors(party: &PartyMention) -> u8 {
    let children = party.children.as_ref().map_or(0, Vec::len);
    u8::try_from(children)
        .unwrap_or(u8::MAX)
        .saturating_add(party.infants.unwrap_or(0))
}

/// Several lists of one message: adults as said, else everyone less the minors, else those named.
fn together(sums: Vec<Sum>) -> PartyMention {
    let mut party = PartyMention::default();
    for sum in &sums {
        if let Some(children) = &sum.party.children {
            let all = party.children.get_or_insert_default();
            all.extend(children.iter().copied());
        }
        if let Some(infants) = sum.party.infants {
            party.infants = Some(party.infants.unwrap_or(0).saturating_add(infants));
        }
    }
    let counted = sums.iter().rfind(|sum| sum.counted);
    let total = sums.iter().find(|sum| sum.total.is_some());
    party.adults = match (counted, total) {
        (Some(counted), _) => counted.party.adults,
        (None, Some(total)) => {
            let elsewhere = minors(&party).saturating_sub(minors(&total.party));
            let named = sums.iter().any(|sum| sum.speaker);
            let adults = total.party.adults.unwrap_or(0);
            // "nous sommes 4 … avec un bébé": everyone is everyone.
            if total.everyone || named {
                Some(adults.saturating_sub(elsewhere).max(1))
            } else {
                Some(adults)
            }
        }
        (None, None) => sums.iter().find_map(|sum| sum.party.adults),
    };
    party
}
