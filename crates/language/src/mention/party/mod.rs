//! Who travels: "2 adultes, un enfant de 5 ans et un bébé", "nous sommes 4", "for two".

mod children;
mod words;

use self::words::{ADULTS, AFTER_TOTAL, ALONE, CHILDREN, COMPANIONS, COUPLE, INFANTS};
use crate::{
    ledger::Ledger,
    slots::{PartyMention, SlotName, Slots},
    text::numbers::cardinal,
    text::tokens::Tokens,
};

/// Reads the party.
pub(crate) fn read(
    tokens: &Tokens<'_>,
    claims: &mut Ledger,
    asked: Option<SlotName>,
    slots: &mut Slots,
) {
    let mut reader = Reader {
        tokens,
        claims,
        party: PartyMention::default(),
    };
    reader.counted();
    reader.phrases();
    reader.totals();
    if asked == Some(SlotName::Passengers) {
        reader.answer();
    }
    if reader.party != PartyMention::default() {
        slots.passengers = Some(reader.party);
    }
}

struct Reader<'a, 'b> {
    tokens: &'a Tokens<'b>,
    claims: &'a mut Ledger,
    party: PartyMention,
}

impl Reader<'_, '_> {
    /// Numbers before nouns: "2 adultes", "a baby", "mes deux enfants de 6 et 9 ans".
    fn counted(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            at = self.one_count(at).unwrap_or(at + 1);
        }
    }

    fn one_count(&mut self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        if self.claims.taken(at) {
            return None;
        }
        let (count, length) = match cardinal(tokens, at) {
            Some(found) => found,
            None if tokens.is(
                at,
                &["a", "an", "my", "ma", "mon", "notre", "our", "single"],
            ) =>
            {
                (1, 1)
            }
            None => return None,
        };
        let own = tokens.is(at, &["my", "ma", "mon", "notre", "our", "a", "an"]);
        let count = u8::try_from(count).ok().filter(|count| *count <= 50)?;
        let mut noun = at + length;
        while let Some(length) = tokens.longest(
            noun,
            &[
                "jeunes",
                "young",
                "petits",
                "petit",
                "petite",
                "more",
                "autres",
                "other",
                "little",
                "small",
                "additional",
                "economy",
                "business class",
                "round trip",
                "one way",
                "of my",
                "de mes",
                "premium economy",
                "flight",
                "plane",
                "air",
                "roundtrip",
                "economy class",
                "return",
            ],
        ) {
            noun += length;
        }
        // "a 10-month-old baby"
        if let Some(length) = tokens.longest(noun, &["month old", "months old"]) {
            let length = length + tokens.longest(noun + length, INFANTS).unwrap_or(0);
            self.child(Some(count), true);
            return Some(self.taken(at, noun + length));
        }
        if let Some(length) = tokens.longest(noun, INFANTS) {
            self.party.infants = Some(self.party.infants.unwrap_or(0).saturating_add(count));
            return Some(self.taken(at, self.skip_age(noun + length)));
        }
        if let Some(length) = tokens.longest(noun, CHILDREN) {
            let end = noun + length;
            // "5 year old": the number is the age.
            if tokens.is(noun, &["year"]) {
                self.child(Some(count), false);
                return Some(self.taken(at, end));
            }
            let (ages, end) = self.ages(end);
            for nth in 0..usize::from(count) {
                let (age, months) = ages.get(nth).copied().unwrap_or((None, false));
                self.child(age, months);
            }
            if own && self.party.adults.is_none() && self.together(at) {
                self.party.adults = Some(1);
            }
            return Some(self.taken(at, end));
        }
        // "a friend", "my friends" are companions; "a ticket" is one.
        let length = tokens.longest(noun, ADULTS)?;
        let end = noun + length;
        let vague = own && !tokens.is(at, &["a", "an"])
            || tokens.is(at, &["a", "an"]) && tokens.is(noun, &["place", "friends", "flight"]);
        let article = tokens.is(at, &["un", "une", "a", "an"])
            && tokens.is(noun, &["billet", "ticket", "place", "seat", "vol", "siege"]);
        if vague
            || article
                && tokens
                    .longest(end, &["pour", "for"])
                    .is_some_and(|l| cardinal(tokens, end + l).is_some())
        {
            return None;
        }
        // "un billet pour Rome" does not count passengers; "one ticket" does.
        if article && !tokens.is(at, &["one"]) {
            return None;
        }
        if self.party.adults.is_some()
            && !tokens.is(noun, &["adulte", "adultes", "adult", "adults"])
        {
            return Some(end);
        }
        let friends = tokens.is(
            noun,
            &[
                "amis",
                "friends",
                "copains",
                "copines",
                "collegues",
                "colleagues",
            ],
        ) && tokens.is(at.wrapping_sub(1), &["avec", "with", "et", "and"]);
        self.party.adults = Some(count.saturating_add(u8::from(friends)));
        Some(self.taken(at, end))
    }

    fn taken(&mut self, at: usize, end: usize) -> usize {
        self.claims.take(at..end);
        end
    }

    /// Whether "my daughter" travels along rather than being visited.
    fn together(&self, at: usize) -> bool {
        self.tokens.preceded(
            at,
            &[
                "avec", "with", "moi et", "me and", "moi plus", "i and", "me plus", "moi avec",
            ],
        ) || (0..self.tokens.len()).any(|at| {
            self.tokens
                .longest(
                    at,
                    &[
                        "and i",
                        "et moi",
                        "and me",
                        "moi et",
                        "me and",
                        "and myself",
                    ],
                )
                .is_some()
        })
    }

    /// "en couple", "avec ma femme", "solo".
    fn phrases(&mut self) {
        let tokens = self.tokens;
        if self.party.adults.is_none()
            && tokens.find(COUPLE).is_some_and(|range| {
                let days = tokens.longest(range.end, &["of", "de"]).is_some();
                !days && !self.claims.any(range)
            })
        {
            self.party.adults = Some(2);
        }
        if let Some(range) = tokens.find(COMPANIONS)
            && self.party.adults.is_none_or(|adults| adults == 1)
            && !self.claims.any(range.clone())
            && self.together(range.start)
        {
            self.party.adults = Some(2);
        }
        if self.party.adults.is_none()
            && tokens.find(ALONE).is_some_and(|range| {
                let one_stop = tokens.longest(range.end, &["escale", "arret"]).is_some();
                !one_stop && !self.claims.any(range)
            })
        {
            self.party.adults = Some(1);
        }
        let with_children = self.party.children.is_some() || self.party.infants.is_some();
        let me = tokens.find(&[
            "moi et",
            "me and",
            "and me",
            "et moi",
            "and i",
            "moi plus",
            "me plus",
            "just me and",
            "moi avec",
        ]);
        if self.party.adults.is_none() && with_children && me.is_some() {
            self.party.adults = Some(1);
        }
    }

    /// "nous sommes 4", "for two", "à trois", "famille de 4".
    fn totals(&mut self) {
        if self.party.adults.is_some() {
            return;
        }
        let tokens = self.tokens;
        let strong = [
            "nous sommes",
            "on est",
            "on sera",
            "nous serons",
            "we are",
            "we re",
            "there are",
            "there will be",
            "il y aura",
            "famille de",
            "family of",
            "group of",
            "groupe de",
            "party of",
            "on part a",
            "we will be",
            "we ll be",
            "nous voyageons a",
            "travelers is",
            "passengers is",
            "i need",
            "we need",
            "passagers",
            "passengers",
            "voyageurs",
            "travellers",
            "on y va a",
            "partir a",
            "tous les",
        ];
        let weak = ["for", "pour", "a", "plutot a"];
        for at in 1..tokens.len() {
            let is_strong = tokens.preceded(at, &strong);
            if self.claims.taken(at) || !(is_strong || tokens.preceded(at, &weak)) {
                continue;
            }
            // "passengers: 3"
            let at = at + usize::from(tokens.is(at, &[":"]));
            let Some((count, length)) = cardinal(tokens, at) else {
                continue;
            };
            let end = at + length;
            let alone = end >= tokens.len()
                || tokens.is_symbol(end) && !tokens.is(end, &["€", "$", "£", "%", "/"])
                || tokens.is(end, AFTER_TOTAL);
            let Some(count) = u8::try_from(count)
                .ok()
                .filter(|count| (1..=20).contains(count))
            else {
                continue;
            };
            let need = tokens.preceded(at, &["i need", "we need"]);
            let one = count == 1 && tokens.number(at).is_none() && !tokens.is(at, &["one"]);
            let vague = need && end < tokens.len() && !tokens.is(end, &[".", "!"]);
            if alone && !one && !vague && !self.claims.any(at..end) {
                self.total(count);
                self.claims.take(at..end);
                return;
            }
        }
    }

    /// A total includes the children that were counted apart.
    fn total(&mut self, count: u8) {
        let minors = self.party.children.as_ref().map_or(0, Vec::len)
            + usize::from(self.party.infants.unwrap_or(0));
        let minors = u8::try_from(minors).unwrap_or(u8::MAX);
        self.party.adults = Some(count.saturating_sub(minors).max(u8::from(minors > 0)));
    }

    /// "3" or "deux" in answer to "how many?".
    fn answer(&mut self) {
        if self.party != PartyMention::default() {
            return;
        }
        let found = (0..self.tokens.len())
            .filter(|at| !self.claims.taken(*at))
            .find_map(|at| cardinal(self.tokens, at));
        if let Some((count, _)) = found
            && let Some(count) = u8::try_from(count)
                .ok()
                .filter(|count| (1..=50).contains(count))
        {
            self.party.adults = Some(count);
        } else if self.tokens.find(&["moi", "me", "myself", "i"]).is_some()
            && self.tokens.len() <= 3
        {
            self.party.adults = Some(1);
        }
    }
}
