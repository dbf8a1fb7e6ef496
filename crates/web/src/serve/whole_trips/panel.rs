//! What the panel holds, as `GET /api/trips/{conversation}` tells it.

use serde_json::Value;

/// What is wrong with the named parts, if anything.
pub(super) fn miss(parts: &[(String, String)], trip: &Value) -> Option<String> {
    let mut misses = Vec::new();
    for (name, wanted) in parts {
        let right = match &**name {
            "legs" => legs(wanted, &trip["wished"]["legs"]),
            "nights" => nights(wanted, trip),
            "party" => party(&trip["wished"]["party"]) == *wanted,
            "budget" => budget(&trip["wished"]["budget"]) == *wanted,
            other => panic!("{other}"),
        };
        if !right {
            misses.push(format!("{name}={wanted}"));
        }
    }
    (!misses.is_empty()).then(|| format!("panel: {} but {trip}", misses.join(" ")))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn has(place: &Value, wanted: &str) -> bool {
    let of_city = |code: &Value| {
        let code = code.as_str().and_then(|code| code.parse().ok());
        code.is_some_and(|code| agent::trip::city_of(code).as_str() == wanted)
    };
    list(&place["codes"])
        .iter()
        .any(|code| code == wanted || of_city(code))
}

fn legs(wanted: &str, legs: &Value) -> bool {
    if wanted == "-" {
        return list(legs).is_empty();
    }
    let wanted: Vec<_> = wanted.split(',').collect();
    let fits = |(wanted, leg): (&&str, &Value)| {
        let Some((route, day)) = wanted.split_once('@') else {
            return false;
        };
        let Some((from, to)) = route.split_once('>') else {
            return false;
        };
        let on = day == "*" || (leg["first"] == day && leg["last"] == day);
        has(&leg["from"], from) && has(&leg["to"], to) && on
    };
    wanted.len() == list(legs).len() && wanted.iter().zip(list(legs)).all(fits)
}

/// Nights that are planned, or that the ways leave.
fn nights(wanted: &str, trip: &Value) -> bool {
    let stays = list(&trip["planned"]["stays"]);
    if wanted == "-" {
        return stays.is_empty();
    }
    let days = |from: &Value, to: &Value| -> Option<i32> {
        let from: jiff::civil::Date = from.as_str()?.parse().ok()?;
        let to: jiff::civil::Date = to.as_str()?.parse().ok()?;
        Some(from.until(to).ok()?.get_days())
    };
    let planned = |city: &str, nights: i32| {
        stays.iter().any(|stay| {
            stay["city"] == city && days(&stay["check_in"], &stay["check_out"]) == Some(nights)
        })
    };
    let left = |city: &str, nights: i32| {
        let legs = list(&trip["wished"]["legs"]);
        legs.windows(2).any(|pair| {
            has(&pair[0]["to"], city) && days(&pair[0]["first"], &pair[1]["first"]) == Some(nights)
        })
    };
    wanted.split(',').all(|stay| {
        let Some((city, nights)) = stay.split_once(':') else {
            return false;
        };
        nights
            .parse()
            .is_ok_and(|nights| planned(city, nights) || left(city, nights))
    })
}

fn party(party: &Value) -> String {
    let Some(adults) = party["adults"].as_u64() else {
        return "-".to_owned();
    };
    let children = list(&party["children"]).iter();
    let mut ages: Vec<_> = children
        .map(|age| age.as_u64().map_or("?".to_owned(), |age| age.to_string()))
        .collect();
    let infants = party["infants"].as_u64().unwrap_or_default();
    ages.extend((0..infants).map(|_| "1".to_owned()));
    match ages.is_empty() {
        true => adults.to_string(),
        false => format!("{adults}+{}", ages.join(",")),
    }
}

fn budget(budget: &Value) -> String {
    let (amount, currency) = (&budget["amount"]["amount"], &budget["amount"]["currency"]);
    let Some(amount) = amount.as_str() else {
        return "-".to_owned();
    };
    let amount = amount.trim_end_matches(".00");
    let each = budget["scope"] == "each";
    format!(
        "{amount}{}{}",
        currency.as_str().unwrap_or_default(),
        if each { "/person" } else { "" }
    )
}
