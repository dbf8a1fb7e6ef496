//! A chunk as the protocol says, read without a value in between. Whatever is otherwise is an error
//! here, and left to the lenient reader.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::Value;

use super::{Arguments, Chunk, Content, Finish};
use crate::loose_json::fields::Loose;

impl Chunk {
    /// A chunk as the protocol says, of the data of one event; `None` where it has more to it.
    pub(in super::super) fn usual(data: &str) -> Option<Self> {
        let Object(chunk) = serde_json::from_str(data).ok()?;
        Some(chunk)
    }
}

/// What only an object is read as: derived readers take a list for the fields in their order.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(object: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = T;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(fields))
            }
        }
        object.deserialize_map(Fields(PhantomData)).map(Self)
    }
}

pub(super) fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    field: D,
) -> Result<Option<T>, D::Error> {
    Ok(Option::deserialize(field)?.map(|Object(read)| read))
}

pub(super) fn objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    field: D,
) -> Result<Option<Vec<T>>, D::Error> {
    let list: Option<Vec<Object<T>>> = Option::deserialize(field)?;
    Ok(list.map(|list| list.into_iter().map(|Object(read)| read).collect()))
}

/// A field that [`Loose`] has to read, unless it is `null`.
pub(super) fn unusual<'de, D: Deserializer<'de>, T>(field: D) -> Result<Option<T>, D::Error> {
    match Option::<IgnoredAny>::deserialize(field)? {
        None => Ok(None),
        Some(_) => Err(D::Error::custom("unusual")),
    }
}

pub(super) fn text<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Content>, D::Error> {
    Ok(Option::deserialize(field)?.map(Content::Text))
}

pub(super) fn arguments<'de, D: Deserializer<'de>>(
    field: D,
) -> Result<Option<Arguments>, D::Error> {
    Ok(Option::deserialize(field)?.map(Arguments::Text))
}

pub(super) fn finish<'de, D: Deserializer<'de>>(field: D) -> Result<Option<String>, D::Error> {
    let word = Option::<String>::deserialize(field)?.map(Value::String);
    Ok(word.and_then(Finish::of).and_then(|Finish(word)| word))
}
