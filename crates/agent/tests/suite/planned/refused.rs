//! What a tool refuses is said in the language of the conversation, and names no argument.

use agent::locale::Locale::{En, Fr};

use super::talk;

#[tokio::test]
async fn a_refused_argument_is_told_in_the_words_of_the_person() {
    for (locale, messages, told) in [
        (
            Fr,
            [
                "vol Lyon Lisbonne le 3 mars 2027, retour le 3 juin 2027",
                "un hôtel là-bas ?",
            ],
            "de 1 à 60 nuits",
        ),
        (
            En,
            [
                "flight from Lyon to Lisbon on 3 March 2027, back on 3 June 2027",
                "a hotel there?",
            ],
            "1 to 60 nights",
        ),
        (
            Fr,
            [
                "vol Lyon Rome le 3 mars 2027, retour le 20 mai 2027",
                "quel budget au total ?",
            ],
            "de 1 à 60 nuits",
        ),
        (
            En,
            [
                "flight from Lyon to Rome on 3 March 2027, back on 20 May 2027",
                "what is the total budget?",
            ],
            "1 to 60 nights",
        ),
    ] {
        let said = talk(locale, &messages).await.remove(1);
        assert!(said.reply.contains(told), "{said:?}");
        assert!(
            !said.reply.contains('_') && said.sheets.is_empty(),
            "{said:?}"
        );
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}
