//! Cuts a batch into requests that a collector takes: gRPC servers refuse messages above 4 MiB unless
//! they are told otherwise, and a refused batch is lost whole.

use opentelemetry::{Array, KeyValue, Value, logs::AnyValue, trace::Status};
use opentelemetry_sdk::{logs::SdkLogRecord, trace::SpanData};

/// Most bytes of a request (estimated before compression): what the estimates leave out fits between
/// this and the limit.
const MAX_REQUEST: usize = 3 << 20;
/// What a span or record takes beside its texts and attributes, in bytes: ids, times, the frame.
const FRAME: usize = 96;
/// What an attribute takes beside key and text, in bytes.
const PAIR: usize = 12;

/// The same items in order, in parts whose sizes add up to [`MAX_REQUEST`] at most; an item that is
/// larger by itself goes alone.
pub(crate) fn parts<T>(items: Vec<T>, size: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let sizes: Vec<usize> = items.iter().map(size).collect();
    if sizes.iter().sum::<usize>() <= MAX_REQUEST {
        return vec![items];
    }
    let (mut parts, mut part, mut filled) = (Vec::new(), Vec::new(), 0);
    for (item, size) in items.into_iter().zip(sizes) {
        if filled + size > MAX_REQUEST && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
            filled = 0;
        }
        part.push(item);
        filled += size;
    }
    parts.push(part);
    parts
}

/// About how many bytes a span takes on the wire.
pub(crate) fn of_span(span: &SpanData) -> usize {
    let events = span.events.iter();
    let events = events.map(|event| FRAME + event.name.len() + of_attributes(&event.attributes));
    let message = match &span.status {
        Status::Error { description } => description.len(),
        Status::Ok | Status::Unset => 0,
    };
    let links = span.links.iter();
    FRAME
        + span.name.len()
        + message
        + of_attributes(&span.attributes)
        + events.sum::<usize>()
        + links
            .map(|link| FRAME + of_attributes(&link.attributes))
            .sum::<usize>()
}

/// About how many bytes a log record takes on the wire.
pub(crate) fn of_record(record: &SdkLogRecord) -> usize {
    let attributes = record.attributes_iter();
    let attributes = attributes.map(|(key, value)| PAIR + key.as_str().len() + of_any(value));
    FRAME + record.body().map_or(0, of_any) + attributes.sum::<usize>()
}

fn of_attributes(attributes: &[KeyValue]) -> usize {
    let sizes = attributes.iter();
    let sizes = sizes.map(|pair| PAIR + pair.key.as_str().len() + of_value(&pair.value));
    sizes.sum()
}

fn of_value(value: &Value) -> usize {
    match value {
        Value::String(text) => text.as_str().len(),
        Value::Array(Array::String(texts)) => {
            texts.iter().map(|text| PAIR + text.as_str().len()).sum()
        }
        Value::Array(Array::I64(numbers)) => numbers.len() * PAIR,
        Value::Array(Array::F64(numbers)) => numbers.len() * PAIR,
        _ => PAIR,
    }
}

fn of_any(value: &AnyValue) -> usize {
    match value {
        AnyValue::String(text) => text.as_str().len(),
        AnyValue::Bytes(bytes) => bytes.len(),
        AnyValue::ListAny(values) => values.iter().map(|value| PAIR + of_any(value)).sum(),
        AnyValue::Map(pairs) => {
            let pairs = pairs.iter();
            let sizes = pairs.map(|(key, value)| PAIR + key.as_str().len() + of_any(value));
            sizes.sum()
        }
        _ => PAIR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_cut_only_where_it_must_be() {
        let cut = |sizes: &[usize]| {
            let parts = parts(sizes.to_vec(), |size| *size);
            assert_eq!(parts.concat(), sizes, "nothing is lost or moved");
            parts.iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(cut(&[]), [0]);
        assert_eq!(cut(&[MAX_REQUEST]), [1]);
        assert_eq!(cut(&[MAX_REQUEST / 2, MAX_REQUEST / 2]), [2]);
        assert_eq!(cut(&[MAX_REQUEST / 2, MAX_REQUEST / 2, 2]), [2, 1]);
        assert_eq!(cut(&[1, 2 * MAX_REQUEST, 1, 1]), [1, 1, 2]);
    }
}
