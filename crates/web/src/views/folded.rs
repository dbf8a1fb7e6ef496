//! What of a reply stands on the card beside it, word by word: it is there for those who want to read
//! it, and nothing is said twice.

use agent::{
    answer::{Answer, AnswerStatus},
    booking::Proposal,
    event::Card,
    planner,
    travel::Offer,
};

use crate::i18n::offers::OfferTexts;

/// A reply in the parts that the page shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folded {
    /// What is read at once, in Markdown.
    pub(super) lead: String,
    /// What is read on demand; empty where nothing repeats a card.
    pub(super) rest: String,
    /// What opens it.
    pub(super) label: &'static str,
}

impl Folded {
    /// The parts of the reply of `answer`; `open` is the proposal whose box tells all of its offer.
    pub(super) fn of(answer: &Answer, open: Option<&Proposal>) -> Self {
        let o = OfferTexts::of(answer.locale);
        let whole = || Self {
            lead: answer.reply.clone(),
            rest: String::new(),
            label: o.reasons,
        };
        if answer.status != AnswerStatus::Ok {
            return whole();
        }
        let offers = answer.cards.iter().filter_map(|card| match card {
            Card::FlightOffers { offers, .. } => Some(offers.as_slice()),
            Card::FareCalendar(_) | Card::Sheet(_) => None,
        });
        let offers: Vec<_> = offers.collect();
        let parts = match offers[..] {
            [offers] => beside_a_card(answer, offers).map(|parts| (parts, o.reasons)),
            [] => open
                .and_then(|open| beside_a_proposal(answer, &open.offer))
                .map(|parts| (parts, o.in_words)),
            _ => None,
        };
        // A reply that is nothing else is read as it is.
        let parts = parts.filter(|((lead, _), _)| !lead.trim().is_empty());
        parts.map_or_else(whole, |((lead, rest), label)| Self { lead, rest, label })
    }
}

/// The rest of the reply, and why one of the offers is advised; `None` where it says nothing of it.
fn beside_a_card(answer: &Answer, offers: &[Offer]) -> Option<(String, String)> {
    let proposed = answer.proposal.is_some();
    let [advice, question] = planner::beside_a_card(offers, proposed, answer.locale);
    let (before, after) = answer.reply.split_once(&advice)?;
    // The box of the proposal asks the same.
    let asked = proposed.then(|| after.split_once(&question)).flatten();
    Some(match asked {
        Some((between, after)) => (
            format!("{before}{after}"),
            format!("{advice}{between}{question}"),
        ),
        None => (format!("{before}{after}"), advice),
    })
}

/// The same of one offer: what introduces it ends in a colon, and becomes a sentence of its own.
fn beside_a_proposal(answer: &Answer, offer: &Offer) -> Option<(String, String)> {
    let [said, question] = planner::beside_a_proposal(offer, answer.locale);
    let (before, after) = answer.reply.split_once(&said)?;
    let (between, after) = after.split_once(&question)?;
    let before = before.trim_end();
    let before = match before.strip_suffix(':') {
        Some(sentence) => format!("{}.", sentence.trim_end()),
        None => before.to_owned(),
    };
    Some((
        format!("{before}{between}{after}"),
        format!("{said}\n\n{question}"),
    ))
}

#[cfg(test)]
mod tests {
    use agent::{booking::ProposalStatus, locale::Locale};

    use super::*;
    use crate::views::samples;

    fn answer(reply: &str) -> Answer {
        let cards = vec![Card::FlightOffers {
            offers: samples::offers(),
            more: 0,
        }];
        Answer {
            reply: reply.to_owned(),
            cards,
            ..samples::answer()
        }
    }

    fn said() -> [String; 2] {
        planner::beside_a_card(&samples::offers(), true, samples::answer().locale)
    }

    #[test]
    fn what_the_card_and_the_proposal_say_is_folded_and_the_rest_is_not() {
        let [advice, question] = said();
        let reply = format!("Lyon → New York.\n\n{advice}\n\n{question}\n\nÀ Tokyo, il est midi.");
        let folded = Folded::of(&answer(&reply), None);
        assert_eq!(folded.rest, format!("{advice}\n\n{question}"));
        assert!(folded.lead.starts_with("Lyon → New York."));
        assert!(
            folded.lead.ends_with("À Tokyo, il est midi."),
            "another subject stays in sight"
        );
    }

    #[test]
    fn what_another_model_says_stays_as_it_is() {
        let reply = "Voici trois vols.\n\nJe prendrais le premier.";
        let folded = Folded::of(&answer(reply), None);
        assert_eq!((folded.lead.as_str(), folded.rest.as_str()), (reply, ""));
        let [advice, _] = said();
        let only = Folded::of(&answer(&advice), None);
        assert_eq!(only.lead, advice, "nothing else would be left");
    }

    #[test]
    fn an_answer_with_several_cards_or_none_is_not_folded() {
        let [advice, question] = said();
        let reply = format!("A.\n\n{advice}\n\n{question}");
        let mut answer = answer(&reply);
        answer.cards.push(answer.cards[0].clone());
        assert_eq!(Folded::of(&answer, None).lead, reply);
        answer.cards.clear();
        assert_eq!(Folded::of(&answer, None).lead, reply);
    }

    #[test]
    fn an_offer_that_its_proposal_tells_is_not_told_again() {
        let open = samples::proposal(ProposalStatus::Pending);
        for (locale, opening) in [(Locale::Fr, "Offre n° 2"), (Locale::En, "Offer no. 2")] {
            let [said, question] = planner::beside_a_proposal(&open.offer, locale);
            let colon = locale.pick("\u{a0}: ", ": ");
            let mut answer = answer(&format!(
                "{opening}{colon}{said}\n\nComputed.\n\n{question}"
            ));
            answer.locale = locale;
            answer.cards.clear();
            let folded = Folded::of(&answer, Some(&open));
            assert_eq!(folded.lead.trim_end(), format!("{opening}.\n\nComputed."));
            assert_eq!(folded.rest, format!("{said}\n\n{question}"));
            let closed = Folded::of(&answer, None);
            assert_eq!(closed.lead, answer.reply, "a closed box is one line");
        }
    }
}
