//! What sort of dish it is.

use serde::Serialize;
use travel::Locale;

/// A sort of dish: the many of the source, grouped by us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Meat.
    Meat,
    /// Fish and seafood.
    Fish,
    /// Stew, curry, casserole.
    Stew,
    /// Soup.
    Soup,
    /// Rice, grain, porridge.
    Rice,
    /// Noodles.
    Noodles,
    /// Pasta, pizza.
    Pasta,
    /// Dumplings, filled dough.
    Dumplings,
    /// Vegetables, beans, salads, tofu.
    Vegetables,
    /// Eggs.
    Eggs,
    /// Cheese, dairy.
    Cheese,
    /// Sandwich, wrap, snack.
    Snack,
    /// Bread.
    Bread,
    /// Pancakes.
    Pancake,
    /// Pastry, cake.
    Pastry,
    /// Dessert, sweets.
    Dessert,
    /// A sauce, a condiment, a side dish.
    Side,
    /// A drink.
    Drink,
}

impl Category {
    /// The group of a category of the source; `None` for one that we do not know.
    #[must_use]
    pub fn of(source: &str) -> Option<Self> {
        Some(match source {
            "meat" | "chicken" | "lamb" | "mutton" | "meatball" | "sausage" | "skewer"
            | "cutlet" | "platter" => Self::Meat,
            "fish" | "seafood" | "caviar" | "canned food" => Self::Fish,
            "stew" | "curry" | "casserole" | "hot pot" => Self::Stew,
            "soup" | "stock" | "gravy" => Self::Soup,
            "rice" | "grain" | "porridge" | "cereal" | "corn" => Self::Rice,
            "noodle" | "stir fry" => Self::Noodles,
            "pasta" | "pizza" => Self::Pasta,
            "dumpling" | "dim sum" | "stuffed food" | "pie" | "dough" => Self::Dumplings,
            "vegetable" | "vegetables" | "beans" | "salad" | "tofu" | "soybeans" | "potato"
            | "peas" | "lentil" | "carrot" | "seaweed" | "nuts" | "seed" => Self::Vegetables,
            "egg" | "omelette" => Self::Eggs,
            "cheese" | "dairy" | "butter" => Self::Cheese,
            "snack" | "sandwich" | "wrap" | "finger food" | "fritter" | "roll" => Self::Snack,
            "bread" | "flatbread" | "tortilla" => Self::Bread,
            "pancake" | "crepe" => Self::Pancake,
            "pastry" | "cake" | "biscuit" | "cookies" | "doughnut" | "rice cake" => Self::Pastry,
            "dessert" | "sweets" | "candy" | "confectionery" | "pudding" | "jelly" | "fruit"
            | "banana" | "sugar" | "sweet paste" | "sweetener" => Self::Dessert,
            "side dish" | "sauce" | "condiment" | "dip" | "spread" | "paste" | "spice" => {
                Self::Side
            }
            "beverages" => Self::Drink,
            _ => return None,
        })
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        let (fr, en) = match self {
            Self::Meat => ("viande", "meat"),
            Self::Fish => ("poisson et fruits de mer", "fish and seafood"),
            Self::Stew => ("plat mijoté", "stew"),
            Self::Soup => ("soupe", "soup"),
            Self::Rice => ("riz et céréales", "rice and grains"),
            Self::Noodles => ("nouilles et sautés", "noodles and stir-fries"),
            Self::Pasta => ("pâtes et pizzas", "pasta and pizza"),
            Self::Dumplings => ("raviolis et pâtes farcies", "dumplings and pies"),
            Self::Vegetables => ("légumes et salades", "vegetables and salads"),
            Self::Eggs => ("œufs", "eggs"),
            Self::Cheese => ("fromage", "cheese"),
            Self::Snack => ("sur le pouce", "snack"),
            Self::Bread => ("pain", "bread"),
            Self::Pancake => ("crêpes et galettes", "pancakes"),
            Self::Pastry => ("pâtisserie", "pastry"),
            Self::Dessert => ("dessert et douceurs", "dessert and sweets"),
            Self::Side => ("accompagnement", "side dish"),
            Self::Drink => ("boisson", "drink"),
        };
        locale.pick(fr, en)
    }

    /// Whether it makes a meal.
    #[must_use]
    pub const fn is_main(self) -> bool {
        !matches!(
            self,
            Self::Bread | Self::Pastry | Self::Dessert | Self::Side | Self::Drink | Self::Cheese
        )
    }
}
