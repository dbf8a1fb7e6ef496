//! What a quarter is like.

use std::str::FromStr;

use serde::{Serialize, Serializer};
use travel::Locale;

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident = $key:literal: $fr:literal, $en:literal; $why_fr:literal, $why_en:literal.)*) => {
        /// A trait of a quarter: a closed list of ours.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Tag {
            $($(#[$doc])* $name,)*
        }

        impl Tag {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The key in the table and in the API.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }

            /// One or two words.
            #[must_use]
            pub const fn label(self, locale: Locale) -> &'static str {
                match self {
                    $(Self::$name => locale.pick($fr, $en),)*
                }
            }

            /// Why one would stay in such a quarter, as the end of a sentence.
            #[must_use]
            pub const fn reason(self, locale: Locale) -> &'static str {
                match self {
                    $(Self::$name => locale.pick($why_fr, $why_en),)*
                }
            }
        }
    };
}

tags! {
    /// In the middle of things.
    Central = "central": "central", "central"; "tout est à portée de pas", "everything is a walk away".
    /// Old streets.
    Historic = "historic": "historique", "historic"; "les rues anciennes commencent à la porte", "old streets begin at the door".
    /// Places to eat.
    Food = "food": "bonnes tables", "good food"; "on y mange bien", "it is a good place to eat".
    /// Bars, music.
    Nightlife = "nightlife": "vie nocturne", "nightlife"; "les soirées y durent", "evenings go on late".
    /// Calm.
    Quiet = "quiet": "calme", "quiet"; "les nuits y sont calmes", "nights are quiet".
    /// In fashion.
    Trendy = "trendy": "tendance", "trendy"; "boutiques et cafés du moment", "shops and cafés of the moment".
    /// Cheaper.
    Budget = "budget": "petits prix", "good value"; "on y dort à moindre prix", "nights cost less".
    /// Dearer.
    Upscale = "upscale": "chic", "upscale"; "belles adresses et rues soignées", "smart addresses and tidy streets".
    /// Lived in.
    Local = "local": "vie de quartier", "local life"; "on y croise surtout des habitants", "most people you meet live there".
    /// Stations.
    Transport = "transport": "bien desservi", "well connected"; "trains et métros sont tout près", "trains and metros are close".
    /// Museums.
    Museums = "museums": "musées", "museums"; "les musées sont à côté", "museums are next door".
    /// Shops.
    Shopping = "shopping": "commerces", "shopping"; "les grandes rues commerçantes", "the main shopping streets".
    /// A view.
    View = "view": "belle vue", "views"; "la vue", "the view".
    /// A beach.
    Beach = "beach": "plage", "beach"; "la plage est au bout de la rue", "the beach is down the street".
    /// By the sea.
    Sea = "sea": "bord de mer", "seaside"; "la mer est toute proche", "the sea is close".
    /// New buildings.
    Modern = "modern": "moderne", "modern"; "immeubles récents et larges rues", "new buildings and wide streets".
    /// With children.
    Family = "family": "familial", "family-friendly"; "on y est bien avec des enfants", "it suits children".
    /// Offices.
    Business = "business": "affaires", "business"; "hôtels d'affaires, plus calmes le week-end", "business hotels, calmer at weekends".
    /// Resort hotels.
    Resorts = "resorts": "complexes hôteliers", "resorts"; "hôtels avec piscine et jardin", "hotels with pools and gardens".
    /// The main sights.
    Sights = "sights": "grands sites", "main sights"; "les grands sites sont à côté", "the main sights are next door".
    /// Students.
    Student = "student": "étudiant", "student life"; "l'ambiance est jeune", "the mood is young".
    /// Surf.
    Surf = "surf": "surf", "surf"; "les vagues", "the waves".
    /// Nature.
    Nature = "nature": "nature", "nature"; "la nature commence tout près", "nature begins nearby".
    /// Arts.
    Culture = "culture": "culture", "culture"; "arts et traditions", "arts and traditions".
    /// A harbour.
    Harbour = "harbour": "port", "harbour"; "les quais du port", "the quays of the harbour".
    /// A river.
    Riverside = "riverside": "bord du fleuve", "riverside"; "les berges", "the banks of the river".
    /// Water.
    Waterside = "waterside": "bord de l'eau", "waterside"; "l'eau est à la porte", "the water is at the door".
    /// Felt to be safe.
    Safe = "safe": "rassurant", "reassuring"; "on y marche tranquille", "one walks about at ease".
    /// Theatres.
    Theatre = "theatre": "théâtres", "theatres"; "les théâtres sont à pied", "theatres are within a walk".
    /// Wine cellars.
    Wine = "wine": "vin", "wine"; "les chais", "the wine cellars".
    /// Hot springs.
    Onsen = "onsen": "sources chaudes", "hot springs"; "les sources chaudes", "the hot springs".
    /// Moroccan houses.
    Riads = "riads": "riads", "riads"; "on y dort dans des riads", "one sleeps in riads".
}

impl FromStr for Tag {
    type Err = UnknownTag;

    fn from_str(key: &str) -> Result<Self, UnknownTag> {
        let found = Self::ALL.iter().find(|tag| tag.as_str() == key);
        found.copied().ok_or_else(|| UnknownTag(key.to_owned()))
    }
}

/// A key that is no tag of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no tag of a quarter")]
pub struct UnknownTag(pub String);

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
