//! Which offers of a card stand out, and for what.

use agent::travel::Offer;

use super::offer::Badge;

/// The badges of each offer. Nothing stands out alone; the first of equals gets the badge.
pub(super) fn badges(offers: &[Offer]) -> Vec<Vec<Badge>> {
    let mut badges = vec![Vec::new(); offers.len()];
    if offers.len() < 2 {
        return badges;
    }
    let least = |key: &dyn Fn(&Offer) -> f64| {
        let by_key = |a: &(usize, &Offer), b: &(usize, &Offer)| key(a.1).total_cmp(&key(b.1));
        offers.iter().enumerate().min_by(by_key).map(|(at, _)| at)
    };
    let price = |offer: &Offer| offer.total.minor as f64;
    let time = |offer: &Offer| offer.duration().as_secs_f64();
    let lowest = offers
        .iter()
        .map(price)
        .fold(f64::INFINITY, f64::min)
        .max(1.0);
    let shortest = offers
        .iter()
        .map(time)
        .fold(f64::INFINITY, f64::min)
        .max(1.0);
    // Price against time, each relative to the lowest of the list; a stop weighs like 5 % of price.
    let weighed = |offer: &Offer| {
        price(offer) / lowest + time(offer) / shortest + 0.05 * f64::from(offer.stops())
    };
    let winners = [
        (Badge::Best, least(&weighed)),
        (Badge::Cheapest, least(&price)),
        (Badge::Fastest, least(&time)),
    ];
    for (badge, winner) in winners {
        if let Some(at) = winner {
            badges[at].push(badge);
        }
    }
    badges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::samples;

    #[test]
    fn badges_name_the_cheapest_and_the_fastest() {
        let offers = samples::offers();
        let badges = badges(&offers);
        let at = |badge| badges.iter().position(|of| of.contains(&badge)).unwrap();
        let cheapest = offers.iter().map(|offer| offer.total.minor).min().unwrap();
        let fastest = offers.iter().map(Offer::duration).min().unwrap();
        assert_eq!(offers[at(Badge::Cheapest)].total.minor, cheapest);
        assert_eq!(offers[at(Badge::Fastest)].duration(), fastest);
    }

    #[test]
    fn a_single_offer_has_no_badge() {
        assert!(badges(&samples::offers()[..1])[0].is_empty());
    }
}
