//! How much of a turn's text each of its events brought, in about a byte for each delta.

/// For every event id, the length of the text up to and with that event, in bytes of UTF-8.
///
/// Each delta is a varint of its length, shifted by one bit that says whether other events stood
/// between it and the delta before; if so, a varint of the distance follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextOffsets {
    encoded: Vec<u8>,
    last_delta: u64,
}

impl TextOffsets {
    /// Notes that the event `id`, later than all so far, brought `bytes` of text.
    pub(super) fn push(&mut self, id: u64, bytes: usize) {
        let distance = id.saturating_sub(self.last_delta);
        let is_apart = distance != 1;
        write(&mut self.encoded, (bytes as u64) << 1 | u64::from(is_apart));
        if is_apart {
            write(&mut self.encoded, distance);
        }
        self.last_delta = id;
    }

    /// The length of the text that whoever has seen the events up to `id` has.
    #[must_use]
    pub fn at(&self, id: u64) -> usize {
        let mut rest = self.encoded.iter().copied();
        let (mut delta, mut offset) = (0, 0);
        while let Some(value) = read(&mut rest) {
            let distance = if value & 1 == 1 {
                read(&mut rest)
            } else {
                None
            };
            delta += distance.unwrap_or(1);
            if delta > id {
                break;
            }
            offset += (value >> 1) as usize;
        }
        offset
    }

    /// Gives back what was reserved for more.
    pub(super) fn shrink(&mut self) {
        self.encoded.shrink_to_fit();
    }

    /// Memory in use, in bytes, beside the value itself.
    pub(super) fn bytes(&self) -> usize {
        self.encoded.capacity()
    }
}

/// Seven bits a byte, lowest first; the eighth says that more follow.
fn write(bytes: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn read(bytes: &mut impl Iterator<Item = u8>) -> Option<u64> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes.next()?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_id_has_the_length_of_the_text_so_far(
            events in prop::collection::vec(prop::option::of(0_usize..70_000), 0..200),
        ) {
            let mut offsets = TextOffsets::default();
            for (id, bytes) in (1..).zip(&events) {
                if let Some(bytes) = bytes {
                    offsets.push(id, *bytes);
                }
            }
            let mut sum = 0;
            prop_assert_eq!(offsets.at(0), 0);
            for (id, bytes) in (1..).zip(&events) {
                sum += bytes.unwrap_or_default();
                prop_assert_eq!(offsets.at(id), sum);
            }
            prop_assert_eq!(offsets.at(u64::MAX), sum);
        }
    }

    #[test]
    fn a_word_costs_a_byte() {
        let mut offsets = TextOffsets::default();
        for id in 3..1003 {
            offsets.push(id, 7);
        }
        offsets.shrink();
        assert!(offsets.bytes() <= 1010, "{}", offsets.bytes());
    }
}
