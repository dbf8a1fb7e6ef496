//! What a sight is.

use std::str::FromStr;

use serde::{Serialize, Serializer};
use travel::Locale;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $fr:literal, $en:literal;)*) => {
        /// The kind of a sight: a closed list of ours.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[$doc])* $name,)*
        }

        impl Kind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The key in the table and in the API, such as `theme_park`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }

            /// What people call it.
            #[must_use]
            pub const fn label(self, locale: Locale) -> &'static str {
                match self {
                    $(Self::$name => locale.pick($fr, $en),)*
                }
            }
        }
    };
}

kinds! {
    /// Museum of history, science, crafts.
    Museum = "museum", "musée", "museum";
    /// Museum of art.
    Gallery = "gallery", "musée d'art", "art museum";
    /// Church, cathedral, monastery.
    Church = "church", "église", "church";
    /// Mosque.
    Mosque = "mosque", "mosquée", "mosque";
    /// Temple, shrine, pagoda.
    Temple = "temple", "temple", "temple";
    /// Synagogue.
    Synagogue = "synagogue", "synagogue", "synagogue";
    /// Palace.
    Palace = "palace", "palais", "palace";
    /// Castle, fort, walls.
    Castle = "castle", "château fort", "castle";
    /// Monument, arch, statue, tomb.
    Monument = "monument", "monument", "monument";
    /// Ruins, excavations.
    Ruins = "ruins", "site archéologique", "archaeological site";
    /// Square.
    Square = "square", "place", "square";
    /// Street, promenade.
    Street = "street", "rue", "street";
    /// Neighbourhood to walk in.
    Quarter = "quarter", "quartier", "neighbourhood";
    /// Market, bazaar, shopping arcade.
    Market = "market", "marché", "market";
    /// Park.
    Park = "park", "parc", "park";
    /// Garden.
    Garden = "garden", "jardin", "garden";
    /// Landscape, reserve.
    Nature = "nature", "site naturel", "natural site";
    /// Beach.
    Beach = "beach", "plage", "beach";
    /// Viewpoint, cable car.
    Viewpoint = "viewpoint", "point de vue", "viewpoint";
    /// Bridge.
    Bridge = "bridge", "pont", "bridge";
    /// Tower to look at or to go up.
    Tower = "tower", "tour", "tower";
    /// Theatre, opera house.
    Theatre = "theatre", "théâtre", "theatre";
    /// Library.
    Library = "library", "bibliothèque", "library";
    /// Zoo.
    Zoo = "zoo", "zoo", "zoo";
    /// Aquarium.
    Aquarium = "aquarium", "aquarium", "aquarium";
    /// Theme park.
    ThemePark = "theme_park", "parc d'attractions", "theme park";
    /// Island.
    Island = "island", "île", "island";
    /// Lake.
    Lake = "lake", "lac", "lake";
    /// Waterfall.
    Waterfall = "waterfall", "cascade", "waterfall";
    /// Mountain, volcano.
    Mountain = "mountain", "montagne", "mountain";
    /// Cave, catacombs.
    Cave = "cave", "grotte", "cave";
    /// Cemetery.
    Cemetery = "cemetery", "cimetière", "cemetery";
    /// Harbour, marina.
    Harbour = "harbour", "port", "harbour";
    /// Building worth a look.
    Building = "building", "édifice", "building";
    /// Memorial.
    Memorial = "memorial", "mémorial", "memorial";
    /// Baths.
    Spa = "spa", "bains", "baths";
}

impl Kind {
    /// Whether one goes there for art, history or religion.
    #[must_use]
    pub const fn is_cultural(self) -> bool {
        use Kind::*;
        matches!(
            self,
            Museum
                | Gallery
                | Church
                | Mosque
                | Temple
                | Synagogue
                | Palace
                | Castle
                | Monument
                | Ruins
                | Theatre
                | Library
                | Memorial
                | Building
                | Tower
                | Cemetery
        )
    }

    /// Whether the visit is under a roof for the most part.
    #[must_use]
    pub const fn is_indoor(self) -> bool {
        use Kind::*;
        matches!(
            self,
            Museum
                | Gallery
                | Church
                | Mosque
                | Synagogue
                | Palace
                | Theatre
                | Library
                | Aquarium
                | Cave
                | Spa
        )
    }

    /// Whether children like it.
    #[must_use]
    pub const fn is_for_children(self) -> bool {
        use Kind::*;
        matches!(self, Zoo | Aquarium | ThemePark | Park | Garden | Beach)
    }

    /// Whether it is worth a walk after dinner, from outside.
    #[must_use]
    pub const fn is_for_evening(self) -> bool {
        use Kind::*;
        matches!(
            self,
            Square | Street | Quarter | Viewpoint | Bridge | Harbour
        )
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(key: &str) -> Result<Self, UnknownKind> {
        let found = Self::ALL.iter().find(|kind| kind.as_str() == key);
        found.copied().ok_or_else(|| UnknownKind(key.to_owned()))
    }
}

/// A key that is no kind of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no kind of sight")]
pub struct UnknownKind(pub String);

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        assert!("stadium".parse::<Kind>().is_err());
    }
}
