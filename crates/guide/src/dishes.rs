//! Dishes to try in a country: names alone.

mod category;

use std::{cmp::Reverse, collections::HashMap, sync::LazyLock};

use serde::Serialize;
use travel::{Locale, country};

pub use category::Category;

use crate::{Source, destination, table::rows};

const TABLE: &str = include_str!("../data/dishes.tsv");
/// For most countries, their best-known dishes in an order of ours.
const SIGNATURE: &str = include_str!("../data/signature_dishes.tsv");

/// Where the table comes from. The order is ours, and so are the dishes that the source lacks.
pub const SOURCE: Source = Source {
    id: "dishes",
    name: (
        "WorldCuisines (noms de plats), complété et classé par le projet",
        "WorldCuisines (names of dishes), completed and ordered by the project",
    ),
    as_of: "2025-05",
    licence: "Apache-2.0",
    derived: false,
};

/// A dish.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Dish {
    /// The name that the source uses, mostly the local one.
    pub name: &'static str,
    /// The name in French, where there is an article in French about it.
    pub name_fr: Option<&'static str>,
    /// What sort of dish it is, most telling first.
    pub categories: Vec<Category>,
    /// Countries where it is eaten, ISO 3166 alpha-2.
    pub countries: Vec<&'static str>,
    /// Places that it comes from, in English.
    pub areas: Vec<&'static str>,
    /// Whether we added it: the source lacks it.
    pub compiled: bool,
}

impl Dish {
    /// Its name.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::Fr => self.name_fr.unwrap_or(self.name),
            Locale::En => self.name,
        }
    }

    /// Whether it makes a meal.
    #[must_use]
    pub fn is_main(&self) -> bool {
        self.categories.first().is_some_and(|first| first.is_main())
    }
}

static ALL: LazyLock<Vec<Dish>> = LazyLock::new(|| {
    let parsed = rows::<6>(TABLE).map(|[name, name_fr, categories, countries, areas, by]| Dish {
        name,
        name_fr: Some(name_fr).filter(|name| !name.is_empty()),
        categories: {
            let mut all: Vec<Category> = categories.split(',').filter_map(Category::of).collect();
            all.dedup();
            all
        },
        countries: list(countries),
        areas: list(areas),
        compiled: by == "ours",
    });
    parsed.collect()
});

fn list(cell: &'static str) -> Vec<&'static str> {
    cell.split(',').filter(|part| !part.is_empty()).collect()
}

/// The dishes of each country, best known first.
static BY_COUNTRY: LazyLock<HashMap<&'static str, Vec<&'static Dish>>> = LazyLock::new(|| {
    let mut by: HashMap<&str, Vec<&Dish>> = HashMap::new();
    for dish in ALL.iter() {
        for &country in &dish.countries {
            by.entry(country).or_default().push(dish);
        }
    }
    for (country, dishes) in &mut by {
        let home = home(country);
        let signature = SIGNATURES.get(country).map_or(&[][..], Vec::as_slice);
        let place = |dish: &Dish| signature.iter().position(|name| *name == dish.name);
        dishes.sort_by_key(|dish| {
            (
                place(dish).unwrap_or(usize::MAX),
                Reverse(origin(dish, &home)),
                dish.name_fr.is_none(),
                Reverse(dish.countries.len()),
                dish.name,
            )
        });
    }
    by
});

static SIGNATURES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    rows::<2>(SIGNATURE)
        .map(|[country, dishes]| (country, list(dishes)))
        .collect()
});

/// Names of a country and of its destinations, as the source writes areas.
fn home(code: &str) -> Vec<&'static str> {
    let own = country::by_code(code).map(|country| country.name(Locale::En));
    let cities = destination::all().iter();
    let cities = cities.filter(|place| place.country == code);
    let aliases = country::by_code(code).map(|country| country.aliases.iter().copied());
    own.into_iter()
        .chain(aliases.into_iter().flatten())
        .chain(cities.map(|place| place.name(Locale::En)))
        .collect()
}

/// 2 for a dish that comes from this country alone, 1 for one that comes from there among others.
fn origin(dish: &Dish, home: &[&str]) -> u8 {
    let own = |area: &&'static str| home.contains(area);
    if !dish.areas.is_empty() && dish.areas.iter().all(own) || dish.countries.len() == 1 {
        2
    } else {
        u8::from(dish.areas.iter().any(own))
    }
}

/// All of them, by name.
#[must_use]
pub fn all() -> &'static [Dish] {
    &ALL
}

/// The dishes of a country (ISO 3166 alpha-2), best known first by a rule of ours: the dishes
/// that it is known for, as we list them; then those that come from there, and from there alone,
/// before the others; then those that French speakers have an article about; then those that are eaten
/// in more countries; then by name.
#[must_use]
pub fn of(country: &str) -> &'static [&'static Dish] {
    BY_COUNTRY.get(country).map_or(&[], Vec::as_slice)
}

/// Up to `limit` dishes of a country for a visitor: the best known, the sorts taking turns and no two
/// of a turn beginning with the same word, so that the list is not ten breads.
#[must_use]
pub fn to_try(country: &str, limit: usize) -> Vec<&'static Dish> {
    let signature = SIGNATURES.get(country).map_or(0, Vec::len);
    let mut left: Vec<&Dish> = of(country).to_vec();
    left.truncate(signature.max(limit));
    let mut chosen: Vec<&Dish> = Vec::new();
    while chosen.len() < limit && !left.is_empty() {
        let (mut sorts, mut words) = (Vec::new(), Vec::new());
        let before = chosen.len();
        left.retain(|dish| {
            let word = dish.name.split(' ').next();
            let sort = dish.categories.first();
            let fits = chosen.len() < limit && !sorts.contains(&sort) && !words.contains(&word);
            if fits {
                sorts.push(sort);
                words.push(word);
                chosen.push(dish);
            }
            !fits
        });
        if chosen.len() == before {
            break;
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::is_complete;

    #[test]
    fn every_row_is_read() {
        assert!(is_complete::<6>(TABLE));
        assert_eq!(all().len(), TABLE.lines().count() - 1);
        assert!(all().len() > 2_300);
        for dish in all() {
            assert!(
                !dish.name.is_empty() && !dish.countries.is_empty(),
                "{dish:?}"
            );
            assert!(!dish.categories.is_empty(), "{dish:?}");
            assert!(
                dish.countries.iter().all(|code| code.len() == 2),
                "{dish:?}"
            );
        }
        let known = all().iter().filter(|dish| dish.name_fr.is_some()).count();
        println!("dishes with a French name: {known}");
        assert!(known > 1_100);
    }

    #[test]
    fn the_dishes_that_a_country_is_known_for_are_in_the_table() {
        assert!(is_complete::<2>(SIGNATURE));
        assert!(SIGNATURES.len() >= 90);
        for (country, names) in SIGNATURES.iter() {
            let first: Vec<&str> = of(country).iter().map(|dish| dish.name).collect();
            assert!(first.starts_with(names), "{country} {names:?}");
        }
        let known = destination::all()
            .iter()
            .filter(|place| !of(place.country).is_empty());
        println!("destinations with dishes: {}", known.count());
    }

    #[test]
    fn categories_of_the_source_are_all_known() {
        for row in rows::<6>(TABLE) {
            assert!(
                row[2]
                    .split(',')
                    .all(|category| Category::of(category).is_some()),
                "{row:?}"
            );
        }
    }

    #[test]
    fn what_a_country_is_known_for_comes_first() {
        for (country, dish) in [
            ("PT", "Pastel de nata"),
            ("JP", "Sushi"),
            ("IT", "Pizza"),
            ("VN", "Pho"),
            ("ES", "Paella"),
        ] {
            let first: Vec<&str> = of(country).iter().take(15).map(|dish| dish.name).collect();
            println!("{country} {first:?}");
            let tried: Vec<&str> = to_try(country, 10).iter().map(|dish| dish.name).collect();
            println!("{country} {tried:?}");
            assert!(first.contains(&dish), "{country} {first:?}");
        }
    }

    #[test]
    fn a_list_to_try_is_varied() {
        for country in ["PT", "MA", "JP", "SN", "FR", "NO"] {
            let tried = to_try(country, 8);
            assert!(tried.len() >= 4, "{country}");
            let sorts: std::collections::HashSet<_> =
                tried.iter().map(|dish| dish.categories.first()).collect();
            assert!(sorts.len() >= 3, "{country} {tried:?}");
        }
        assert!(to_try("XX", 5).is_empty());
    }
}
