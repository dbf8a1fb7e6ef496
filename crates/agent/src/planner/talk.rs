//! Small talk: a few words, and a step towards a trip.

use super::{ask, offer_text, phrases, plan, step::Reply, view::View};
use crate::{
    language::{Pending, SlotName},
    locale::Locale,
    travel::format,
};

/// What small talk is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    Thanks,
    Goodbye,
    Abilities,
    Identity,
    Mood,
    Greeting,
    Complaint,
    Apology,
    Languages,
    Acknowledgement,
}

/// Keywords of each topic, between bars, in the order in which they are tried: "thanks, bye" is a goodbye.
const TOPICS: [(Topic, &str); 9] = [
    (
        Topic::Goodbye,
        "au revoir|a bientot|a plus|bye|goodbye|ciao|adieu|bonne journee|bonne soiree|\
         bonne nuit|see you|see ya|have a nice|have a good|gotta go|good night|\
         je dois y aller|a demain|farewell|later ",
    ),
    (
        Topic::Thanks,
        "merci|thank|thx|thanx|mci |cheers|appreciate|ty ",
    ),
    (
        Topic::Languages,
        "speak english|speak french|parles anglais|parles francais|parlez anglais|\
         parlez francais|quelle langue|which language|what language",
    ),
    (
        Topic::Abilities,
        "que peux tu|que pouvez|que sais tu|que savez|tu fais quoi|ce que tu fais|\
         tu peux faire|peux tu m aider|tu peux m aider|comment ca marche|competences|\
         aide |what can you|what do you do|how do you work|how does this work|\
         can you help|help |your skills|understand|comprends pas|what do you mean",
    ),
    (
        Topic::Identity,
        "qui es tu|qui etes|t es qui|tu es qui|es tu un|etes vous un|ton nom|\
         comment tu t appelles|votre nom|robot|humain|who are you|who r u|what are you|\
         are you a|are you real|your name|who created|who made|what should i call you|\
         human|real person|a machine|a computer|a bot|are u real|about you",
    ),
    (
        Topic::Mood,
        "ca va|comment vas|comment allez|tu vas bien|la forme|how are you|how r u|\
         how is it going|how s it going|how do you do|you ok|what s up|wassup|whats up",
    ),
    (
        Topic::Complaint,
        "t es nul|tu es nul|nul |bug|stupid|useless|idiot|bete |you suck|hate you|\
         pas drole",
    ),
    (Topic::Apology, "sorry|desole|pardon|excuse|je m excuse"),
    (
        Topic::Greeting,
        "bonjour|bonsoir|salut|salu |coucou|hello|hell|hi |hey|good morning|\
         good evening|good afternoon|hola|cc |slt|rebonjour|bonjur|yo |howdy|greetings|\
         allo|tu es la|t es la|tes la|are you there|anyone there|me revoila",
    ),
];

/// The answer to small talk.
pub(super) fn small_talk(view: &View<'_>) -> Reply {
    let locale = view.locale();
    let topic = TOPICS.iter().find(|(_, stems)| view.words.any(stems));
    let topic = topic.map_or(Topic::Acknowledgement, |(topic, _)| *topic);
    let opening = vary(&view.message, &openings(topic, locale));
    let nudge = nudge(view, topic);
    Reply::asking(format!("{opening} {}", nudge.text), nudge.asks)
}

fn openings(topic: Topic, locale: Locale) -> [&'static str; 3] {
    let pick = |fr: &'static str, en: &'static str| locale.pick(fr, en);
    match topic {
        Topic::Greeting => [
            pick("Bonjour !", "Hello!"),
            pick("Bonjour, ravi de vous lire !", "Hi there!"),
            pick("Bonjour et bienvenue !", "Hello and welcome!"),
        ],
        Topic::Thanks => [
            pick("Avec plaisir !", "You are welcome!"),
            pick("Je vous en prie.", "My pleasure."),
            pick("De rien !", "No problem at all!"),
        ],
        Topic::Goodbye => [
            pick("Au revoir et à bientôt !", "Goodbye, and see you soon!"),
            pick("À bientôt !", "See you soon!"),
            pick("Bonne continuation !", "Take care!"),
        ],
        Topic::Identity => {
            [pick(
                "Je suis un agent de voyage automatique, pas une personne : je cherche et je compare \
             des vols.",
                "I am an automatic travel agent, not a person: I find and compare flights.",
            ); 3]
        }
        Topic::Abilities => {
            [pick(
                "Je cherche et je compare des vols, je trouve les jours les moins chers d’un mois, et je \
             réponds sur l’heure, la monnaie, les prises, la distance ou le temps de vol d’un lieu.",
                "I find and compare flights, find the cheapest days of a month, and answer about the \
             time, currency, plugs, distance or flight time of a place.",
            ); 3]
        }
        Topic::Mood => [
            pick("Très bien, merci !", "Very well, thank you!"),
            pick("Tout va bien, merci !", "All good, thanks!"),
            pick("Prêt à décoller, merci !", "Ready for take-off, thanks!"),
        ],
        Topic::Complaint => [
            pick(
                "Je suis désolé de ne pas avoir mieux fait.",
                "I am sorry that I did not do better.",
            ),
            pick(
                "Désolé, je vais tâcher de faire mieux.",
                "Sorry, I will try to do better.",
            ),
            pick("Pardon pour la gêne.", "Sorry for the trouble."),
        ],
        Topic::Apology => [
            pick("Aucun souci.", "No worries."),
            pick("Ce n’est rien.", "That is quite all right."),
            pick("Pas de problème.", "No problem."),
        ],
        Topic::Languages => {
            [pick(
                "Je parle français et anglais : écrivez dans la langue que vous préférez.",
                "I speak English and French: write in the one that you prefer.",
            ); 3]
        }
        Topic::Acknowledgement => [
            pick("Très bien.", "Very well."),
            pick("Entendu.", "All right."),
            pick("C’est noté.", "Noted."),
        ],
    }
}

/// What could come next.
fn nudge(view: &View<'_>, topic: Topic) -> Reply {
    let (context, locale) = (view.context, view.locale());
    if topic == Topic::Goodbye {
        return locale
            .pick(
                "Revenez quand vous voulez pour votre prochain vol.",
                "Come back whenever you need your next flight.",
            )
            .to_owned()
            .into();
    }
    if let Some(proposal) = context.live_proposal() {
        let price = format::money(proposal.offer.total, locale);
        let stops = proposal.offer.slices.first();
        let stops = stops.map_or_else(String::new, |slice| offer_text::stops(slice, locale));
        let text = match locale {
            Locale::Fr => {
                format!("L’offre à {price} ({stops}) attend toujours : souhaitez-vous la retenir ?")
            }
            Locale::En => {
                format!("The offer at {price} ({stops}) is still open: would you like to take it?")
            }
        };
        return Reply::asking(text, ask::yes(proposal));
    }
    let route = phrases::route(&context.trip, locale);
    match (route, plan::needed(view), locale) {
        (Some(route), Some(slot), _) => {
            let question = ask::question(slot, locale);
            let about = locale.pick("Pour votre voyage", "About your trip");
            let text = format!("{about} ({route}) : {question}");
            Reply::asking(
                text.replace(" :", locale.pick(" :", ":")),
                Pending::slot(slot),
            )
        }
        (Some(route), None, locale) => {
            let text = match locale {
                Locale::Fr => format!("Voulez-vous que je cherche les vols {route} ?"),
                Locale::En => format!("Shall I search the flights {route}?"),
            };
            Reply::asking(text, Pending::Search)
        }
        (None, ..) => Reply::asking(
            ask::question(SlotName::Destination, locale),
            Pending::slot(SlotName::Destination),
        ),
    }
}

/// One of the variants, always the same for the same message.
pub(super) fn vary<'a>(message: &str, variants: &[&'a str]) -> &'a str {
    // FNV-1a: stable over builds and machines, which the standard hasher does not promise.
    let hash = message
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let at = hash % (variants.len().max(1) as u64);
    variants.get(at as usize).copied().unwrap_or_default()
}
