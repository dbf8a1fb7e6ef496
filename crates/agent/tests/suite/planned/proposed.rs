//! An offer that waits for a yes stays in the panel until it is decided, whatever else is asked.

use agent::{
    booking::ProposalStatus,
    locale::Locale::{self, En, Fr},
    sheet::Block,
    trip::{Standing, Summary, words},
};

use super::{Said, talk};

/// Where the flight of the panel stands.
fn standing(said: &Said, locale: Locale) -> Option<Standing> {
    let panel = Summary::of(&said.state, locale)?;
    Some(panel.planned.flight?.standing)
}

const FRENCH: &str = "vols Lyon Lisbonne du 11 au 15 mars 2027 pour 2";
const ENGLISH: &str = "flights Lyon to Lisbon 11 to 15 March 2027 for 2";

#[tokio::test]
async fn a_proposal_stays_in_the_panel_while_other_things_are_asked() {
    for (locale, begin, asked) in [
        (
            Fr,
            FRENCH,
            [
                "un hôtel correct là-bas ?",
                "quel temps fait-il à Lisbonne en mars ?",
                "un programme tranquille pour ces jours",
                "combien coûte le voyage en tout ?",
                "il nous faut un visa avec un passeport belge ?",
                "où manger à Lisbonne ?",
                "on aime les musées, que voir ?",
                "un appartement plutôt, du 11 au 15 mars ?",
                "notre budget est de 2000 euros pour tout",
                "des chambres séparées, deux",
                "quels jours fériés au Japon en mai ?",
            ],
        ),
        (
            En,
            ENGLISH,
            [
                "a mid-range hotel there?",
                "what is the weather like in Lisbon in March?",
                "a relaxed itinerary for these days",
                "what does the trip cost in all?",
                "do we need a visa with a Belgian passport?",
                "where to eat in Lisbon?",
                "we like museums, what is there to see?",
                "rather an apartment, from 11 to 15 March?",
                "our budget is 2000 euros for everything",
                "two separate rooms",
                "which public holidays are there in Japan in May?",
            ],
        ),
    ] {
        for message in asked {
            let said = talk(locale, &[begin, message]).await;
            assert_eq!(
                standing(&said[0], locale),
                Some(Standing::Proposed),
                "{:?}",
                said[0]
            );
            let after = said.last().unwrap();
            assert_eq!(
                standing(after, locale),
                Some(Standing::Proposed),
                "{message}: {after:?}"
            );
        }
    }
}

#[tokio::test]
async fn other_days_another_place_or_a_no_take_it_out() {
    for (locale, begin, asked) in [
        (
            Fr,
            FRENCH,
            ["plutôt le 12 mars", "finalement Porto", "non merci"],
        ),
        (
            En,
            ENGLISH,
            ["rather on 12 March", "Porto instead", "no thanks"],
        ),
    ] {
        for message in asked {
            let said = talk(locale, &[begin, message]).await;
            let before = said[0].state.proposal.as_ref().unwrap().id;
            let after = said[1].state.proposal.as_ref();
            let waits = after.is_some_and(|proposal| {
                proposal.id == before && proposal.status == ProposalStatus::Pending
            });
            assert!(!waits, "{message}: {after:?}");
        }
    }
}

#[tokio::test]
async fn the_panel_has_the_total_of_the_card_while_the_offer_waits() {
    for (locale, begin, asked) in [
        (Fr, FRENCH, "combien coûte le voyage en tout ?"),
        (En, ENGLISH, "what does the trip cost in all?"),
    ] {
        let said = talk(locale, &[begin, asked]).await.remove(1);
        let panel = Summary::of(&said.state, locale).unwrap();
        let total = panel.planned.total.unwrap();
        assert!(total.complete, "{total:?}");
        let written = words::cost(&total, total.amount.unwrap(), locale);
        let Some(Block::Table { rows, .. }) = said.sheets[0].blocks.first() else {
            panic!("{said:?}")
        };
        assert_eq!(rows.last().unwrap()[1], written);
        assert!(said.reply.contains(&written), "{}", said.reply);
        for (line, row) in total.lines.iter().zip(rows) {
            assert_eq!(row[1], words::cost(&total, line.total, locale));
        }
    }
}
