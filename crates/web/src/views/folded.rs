//! What of a reply stands on the card beside it, word by word: it is there for those who want to read
//! it, and nothing is said twice.

use agent::{
    answer::{Answer, AnswerStatus},
    event::Card,
    planner,
};

/// A reply in the parts that the page shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folded {
    /// What is read at once, in Markdown.
    pub(super) lead: String,
    /// What is read on demand; empty where nothing repeats a card.
    pub(super) rest: String,
}

impl Folded {
    /// The parts of the reply of `answer`.
    pub(super) fn of(answer: &Answer) -> Self {
        parts(answer).unwrap_or_else(|| Self {
            lead: answer.reply.clone(),
            rest: String::new(),
        })
    }
}

/// `None` where the reply is not what the built-in model says beside one card of offers.
fn parts(answer: &Answer) -> Option<Folded> {
    let offers = answer.cards.iter().filter_map(|card| match card {
        Card::FlightOffers { offers, .. } => Some(offers),
        Card::FareCalendar(_) | Card::Sheet(_) => None,
    });
    let offers: Vec<_> = offers.collect();
    let [offers] = offers[..] else {
        return None;
    };
    if answer.status != AnswerStatus::Ok {
        return None;
    }
    let proposed = answer.proposal.is_some();
    let [advice, question] = planner::beside_a_card(offers, proposed, answer.locale);
    let (before, after) = answer.reply.split_once(&advice)?;
    // The box of the proposal asks the same.
    let asked = proposed.then(|| after.split_once(&question)).flatten();
    let (rest, lead) = match asked {
        Some((between, after)) => (
            format!("{advice}{between}{question}"),
            format!("{before}{after}"),
        ),
        None => (advice, format!("{before}{after}")),
    };
    // A reply that is nothing else is read as it is.
    (!lead.trim().is_empty()).then_some(Folded { lead, rest })
}

#[cfg(test)]
mod tests {
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
        let folded = Folded::of(&answer(&reply));
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
        let folded = Folded::of(&answer(reply));
        assert_eq!((folded.lead.as_str(), folded.rest.as_str()), (reply, ""));
        let [advice, _] = said();
        assert_eq!(
            Folded::of(&answer(&advice)).lead,
            advice,
            "nothing else would be left"
        );
    }

    #[test]
    fn an_answer_with_several_cards_or_none_is_not_folded() {
        let [advice, question] = said();
        let reply = format!("A.\n\n{advice}\n\n{question}");
        let mut answer = answer(&reply);
        answer.cards.push(answer.cards[0].clone());
        assert_eq!(Folded::of(&answer).lead, reply);
        answer.cards.clear();
        assert_eq!(Folded::of(&answer).lead, reply);
    }
}
