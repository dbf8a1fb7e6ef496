//! Which of the places is the origin and which the destination.

use super::{
    Setting,
    cues::{self, Cue},
    gazetteer::{COMPARABLE_RANK, gazetteer},
    mentions::{Mention, joined},
    towns::layout::kilometres,
};
use crate::text::words;
use crate::{
    assemble::alternatives::End,
    reading::{Ambiguity, Place, PlaceKind, Reading, SlotName},
    text::{lexicon::Meaning, tokens::Tokens},
};

/// The two ends as indexes of mentions.
#[derive(Default)]
struct Ends {
    origin: Option<usize>,
    destination: Option<usize>,
}

impl Ends {
    fn get(&mut self, slot: SlotName) -> &mut Option<usize> {
        match slot {
            SlotName::Origin => &mut self.origin,
            _ => &mut self.destination,
        }
    }
}

/// Fills origin and destination, or says between which places a name does not decide.
pub(crate) fn assign(setting: &Setting<'_>, all: &[End], reading: &mut Reading) {
    let cues = cues(setting, all);
    let found: Vec<Mention> = all.iter().map(|end| end.mention.clone()).collect();
    let found = found.as_slice();
    let mut ends = Ends::default();
    explicit(setting, found, &cues, &mut ends);
    pairs(setting, found, &cues, &mut ends);
    bare(setting, found, &cues, &mut ends);
    for (slot, chosen) in [
        (SlotName::Origin, ends.origin),
        (SlotName::Destination, ends.destination),
    ] {
        if let Some(end) = chosen.map(|at| &all[at]) {
            let other = match slot {
                SlotName::Origin => ends.destination,
                _ => ends.origin,
            };
            fill(setting, end, other.map(|at| &all[at]), slot, reading);
        }
    }
}

/// Kilometres that a flight within a part of the world has at most.
const NEAR_KM: f64 = 3_500.0;

/// Kilometres below which hardly anyone flies, so that the other place may be meant.
const TOO_NEAR_KM: f64 = 250.0;

/// How many times farther another place of the name must be, not to be meant.
const MUCH_FARTHER: f64 = 3.0;

/// Whether the best known of several places is the only one that is near the other end of the trip: who
/// flies from Birmingham to Dublin does not leave from Alabama. From Birmingham to Miami may be either.
fn is_near(close: &[u32], other: Option<&End>) -> bool {
    let places = gazetteer();
    let Some(other) = other.filter(|end| end.is_one()) else {
        return false;
    };
    let [other] = places.comparable(&other.mention.options) else {
        return false;
    };
    let other = places.candidate(*other);
    let away = |option: &u32| {
        let known = places.candidate(*option);
        kilometres(
            (known.latitude, known.longitude),
            (other.latitude, other.longitude),
        )
    };
    let [first, rest @ ..] = close else {
        return false;
    };
    let best = places.candidate(*first);
    let first = away(first);
    // Towns by their size alone are not known well enough.
    (COMPARABLE_RANK..u8::MAX).contains(&best.rank)
        && (TOO_NEAR_KM..=NEAR_KM).contains(&first)
        && rest.iter().all(|option| {
            places.candidate(*option).rank < best.rank && away(option) >= MUCH_FARTHER * first
        })
}

/// The cue of each place, with "between X and Y" and "X to Y" read across the two.
pub(crate) fn cues(setting: &Setting<'_>, all: &[End]) -> Vec<Cue> {
    let found: Vec<&Mention> = all.iter().map(|end| &end.mention).collect();
    let tokens = setting.tokens;
    let mut cues: Vec<Cue> = Vec::with_capacity(found.len());
    let mut bound = 0;
    for mention in &found {
        let mut cue = cues::before(tokens, mention.start, bound);
        if cue == Cue::None {
            cue = cues::after(tokens, mention.until);
        }
        // "de là Prague"
        let onward = tokens
            .means_before(mention.start, Meaning::ItineraryThen)
            .is_some();
        if cue == Cue::Origin && onward {
            cue = Cue::None;
        }
        let leads = || found.iter().all(|other| other.start != mention.until + 1);
        if cue == Cue::None && leads() && cues::leads_to_a_name(tokens, mention.until) {
            cue = Cue::Origin;
        }
        bound = mention.until;
        cues.push(cue);
    }
    for at in 1..found.len() {
        let (first, second) = (found[at - 1], found[at]);
        // "remplace Amsterdam par Bruxelles"
        let replaced = tokens.preceded(first.start, words::PLACE_REPLACE);
        if replaced
            && tokens.is(first.until, words::PLACE_REPLACED_BY)
            && first.until + 1 == second.start
        {
            (cues[at - 1], cues[at]) = (Cue::Dropped, Cue::None);
        }
        let and = tokens.is(first.until, words::PARTICLE_AND) && second.start == first.until + 1;
        if and && tokens.is(first.start.wrapping_sub(1), words::PLACE_BETWEEN) {
            cues[at - 1] = Cue::Origin;
            cues[at] = Cue::Destination;
        }
        let arrow = joined(tokens, first.until, second.start)
            && tokens.is(second.start - 1, words::PLACE_TOWARDS);
        // "un vol pour Lyon-Dublin"
        let route = second.start == first.until
            || (second.start == first.until + 1
                && tokens.is(first.until, &["-", "–", "—", "→", "/"]));
        let about = is_about(tokens, first.start);
        if route && about && cues[at] == Cue::None {
            cues[at - 1] = Cue::Origin;
            cues[at] = Cue::Destination;
        }
        // "tickets for Oslo to Rome"
        let is_for =
            is_about(tokens, first.start) && tokens.is(second.start - 1, words::PLACE_ARROW_TO);
        // "à Paris à Rome" says nothing; "Paris à Rome" and "in Paris to Rome" do.
        // The third of "Lyon → Vienna → Budapest" is where one goes on to.
        let chained = at > 1 && joined(tokens, found[at - 2].until, first.start) && {
            let before = tokens.word(first.start - 1);
            tokens.word(second.start - 1) == before && !words::PLACE_TO.contains(&before)
        };
        if arrow && !chained && (cues[at - 1] == Cue::None || is_for) {
            cues[at - 1] = Cue::Origin;
            cues[at] = Cue::Destination;
        }
    }
    cues
}

/// Whether "for" stands before the place, or "for my": a trip is named by its two ends.
fn is_about(tokens: &Tokens<'_>, start: usize) -> bool {
    let nouns = |at: usize| tokens.means(at, Meaning::PlaceRouteNoun).is_some();
    let mut at = start;
    while at > 0 && (tokens.is(at - 1, words::PLACE_OWNED) || nouns(at - 1)) {
        at -= 1;
    }
    let said = tokens.preceded(at, words::PLACE_SAID_OF);
    said || tokens.preceded(start, words::PARTICLE_OF_ANY)
}

/// Places whose role the words say. The first counts, unless a later one corrects it.
fn explicit(setting: &Setting<'_>, found: &[Mention], cues: &[Cue], ends: &mut Ends) {
    let alone = cues
        .iter()
        .filter(|cue| !matches!(cue, Cue::Dropped | Cue::Via))
        .count()
        == 1;
    for (at, cue) in cues.iter().enumerate() {
        let slot = match cue {
            Cue::Origin => SlotName::Origin,
            Cue::Destination => SlotName::Destination,
            Cue::Towards if alone && setting.asked == Some(SlotName::Origin) && !moves(setting) => {
                SlotName::Origin
            }
            Cue::Towards => SlotName::Destination,
            Cue::Via | Cue::Dropped | Cue::None => continue,
        };
        let end = ends.get(slot);
        let replaces = end.is_none_or(|before| {
            corrected(setting, found, before, at)
                || (cues[before] == Cue::Towards && *cue == Cue::Destination)
                || inside(&found[before], &found[at])
        });
        if replaces {
            // "I'm in Paris, I want to get to Rome"
            let here =
                end.filter(|before| cues[*before] == Cue::Towards && *cue == Cue::Destination);
            *end = Some(at);
            if ends.origin.is_none() && here.is_some_and(|here| !inside(&found[here], &found[at])) {
                ends.origin = here;
            }
        }
    }
}

/// Whether a verb of going makes "à Lyon" a destination even where the origin was asked.
fn moves(setting: &Setting<'_>) -> bool {
    (0..setting.tokens.len()).any(|at| setting.tokens.is(at, words::PLACE_VERB))
}

/// Whether words of correction stand between two places.
fn corrected(setting: &Setting<'_>, found: &[Mention], before: usize, at: usize) -> bool {
    (found[before].until..found[at].start).any(|at| setting.tokens.is(at, words::PLACE_CORRECTION))
}

/// Whether the first place is a country and the second one lies in it: "en Italie, à Rome".
fn inside(outer: &Mention, inner: &Mention) -> bool {
    let places = gazetteer();
    let (outer, inner) = (
        places.candidate(outer.options[0]),
        places.candidate(inner.options[0]),
    );
    outer.kind == PlaceKind::Country
        && inner.kind != PlaceKind::Country
        && outer.country == inner.country
}

/// "Paris Rome", "Paris-Rome", "CDG JFK": two places side by side are origin and destination.
fn pairs(setting: &Setting<'_>, found: &[Mention], cues: &[Cue], ends: &mut Ends) {
    for at in 1..found.len() {
        let (first, second) = (&found[at - 1], &found[at]);
        let link = second.start - first.until;
        let beside = link == 0
            || (link == 1
                && setting
                    .tokens
                    .is(first.until, &["-", "–", "—", "/", ",", ">", "→"]));
        let open = matches!(cues[at - 1], Cue::None) && matches!(cues[at], Cue::None);
        let listed = setting.tokens.is(first.until, &[","])
            && (ends.origin.is_some() || ends.destination.is_some());
        // "Rome Paris le 20" after "Paris Rome le 12" is the way back.
        let back = ends
            .origin
            .is_some_and(|origin| found[origin].options == second.options);
        if beside && open && !listed && !back && !inside(second, first) && !inside(first, second) {
            ends.origin = Some(at - 1);
            ends.destination = Some(at);
            return;
        }
    }
}

/// Places without a cue: the slot that was asked for, that a dropped place leaves, or that is free.
fn bare(setting: &Setting<'_>, found: &[Mention], cues: &[Cue], ends: &mut Ends) {
    let left = dropped_slot(setting, found, cues);
    in_order(found, cues, ends);
    for (at, cue) in cues.iter().enumerate() {
        let used = [ends.origin, ends.destination].contains(&Some(at));
        let known =
            |end: Option<usize>| end.is_some_and(|end| found[end].options == found[at].options);
        if *cue != Cue::None || used || known(ends.origin) || known(ends.destination) {
            continue;
        }
        let asked = setting
            .asked
            .filter(|slot| matches!(slot, SlotName::Origin | SlotName::Destination));
        let wanted = left.or(asked).unwrap_or(SlotName::Destination);
        let other = match wanted {
            SlotName::Origin => SlotName::Destination,
            _ => SlotName::Origin,
        };
        if let Some(slot) = [wanted, other]
            .into_iter()
            .find(|slot| ends.get(*slot).is_none())
        {
            *ends.get(slot) = Some(at);
        } else if let Some(before) = *ends.get(wanted)
            && corrected(setting, found, before, at)
        {
            *ends.get(wanted) = Some(at);
        }
    }
}

/// Two places without a cue and nothing else: where from, then where to, whatever was asked.
fn in_order(found: &[Mention], cues: &[Cue], ends: &mut Ends) {
    let open: Vec<usize> = (0..found.len())
        .filter(|at| cues[*at] == Cue::None)
        .collect();
    if let [first, second] = open[..]
        && ends.origin.is_none()
        && ends.destination.is_none()
        && found[first].options != found[second].options
        && !inside(&found[first], &found[second])
        && !inside(&found[second], &found[first])
    {
        *ends = Ends {
            origin: Some(first),
            destination: Some(second),
        };
    }
}

/// The end of the trip that the place which is said to be wrong has held.
fn dropped_slot(setting: &Setting<'_>, found: &[Mention], cues: &[Cue]) -> Option<SlotName> {
    let dropped = cues.iter().position(|cue| *cue == Cue::Dropped)?;
    let codes = &gazetteer().candidate(found[dropped].options[0]).codes;
    let held = |place: &Option<Place>| place.as_ref().is_some_and(|place| place.codes == *codes);
    if held(&setting.trip.origin) {
        return Some(SlotName::Origin);
    }
    held(&setting.trip.destination).then_some(SlotName::Destination)
}

fn fill(
    setting: &Setting<'_>,
    end: &End,
    other: Option<&End>,
    slot: SlotName,
    reading: &mut Reading,
) {
    let mention = &end.mention;
    let surface = setting.tokens.surface(mention.start..mention.end);
    let places = gazetteer();
    let close = places.comparable(&mention.options);
    if let [_, _, ..] = close
        && end.is_one()
        && !is_near(close, other)
    {
        let options = close
            .iter()
            .map(|id| places.candidate(*id).place(surface))
            .collect();
        reading.ambiguities.push(Ambiguity {
            slot,
            surface: surface.to_owned(),
            options,
        });
        return;
    }
    let place = end.place(setting.tokens);
    match slot {
        SlotName::Origin => reading.origin = Some(place),
        _ => reading.destination = Some(place),
    }
}
