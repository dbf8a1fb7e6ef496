//! How long the stay is: "pour une semaine", "for 10 days", "5 nights".

use jiff::ToSpan;

use super::{Context, relative::duration};
use crate::ledger::Ledger;

const BEFORE: &[&str] = &[
    "for",
    "pour",
    "pendant",
    "during",
    "durant",
    "sejour de",
    "sejour d",
    "rester",
    "reste",
    "stay",
    "staying",
    "stay of",
    "stay for",
    "trip of",
    "voyage de",
    "passer",
    "spend",
    "spending",
    "for about",
    "pour environ",
    "environ",
    "about",
    "duree",
    "duree de",
    "vacances de",
    "rester toute",
    "passer toute",
    "reste toute",
];

/// "a whole week": what stands between the article and the unit.
const WHOLE: &[&str] = &["whole", "full", "entire"];

const AFTER: &[&str] = &[
    "sur place",
    "plus tard",
    "later",
    "apres",
    "after",
    "la bas",
    "there",
    "stay",
    "trip",
    "de vacances",
    "de sejour",
    "of holiday",
    "holiday",
    "vacation",
    "getaway",
    "entiere",
    "complete",
];

/// Days of stay. `asked`: the agent has just asked when to come back.
pub(crate) fn read(ctx: &Context<'_>, claims: &mut Ledger, asked: bool) -> Option<u16> {
    let tokens = ctx.tokens;
    for at in 0..tokens.len() {
        if claims.taken(at) {
            continue;
        }
        let whole = tokens.is(at, &["a", "one", "the"]) && tokens.is(at + 1, WHOLE);
        let Some((span, end)) = duration(ctx, at).or_else(|| {
            let unit = match tokens.word(at + 2) {
                "week" => 1.week(),
                "month" => 1.month(),
                "fortnight" => 2.weeks(),
                _ => return None,
            };
            whole.then_some((unit, at + 3))
        }) else {
            continue;
        };
        let nights = tokens.is(end - 1, &["nuit", "nuits", "night", "nights"]);
        let ago = tokens
            .longest(end, &["ago", "a l avance", "in advance", "before", "avant"])
            .is_some()
            || tokens.longest(end, &["old", "d age"]).is_some();
        let stays = nights
            || asked
            || tokens.preceded(at, BEFORE)
            || tokens.longest(end, AFTER).is_some()
            || (at == 0 && tokens.is(end, &["a", "au", "aux", "en", "in", "at"]));
        if ago || !stays || (at..end).any(|at| claims.taken(at)) {
            continue;
        }
        claims.take(at..end);
        return u16::try_from(ctx.today.until(ctx.after(span)).ok()?.get_days()).ok();
    }
    None
}
