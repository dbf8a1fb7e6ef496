//! The events of a stream, out of the chunks that they came in.

use anyhow::Context;
use serde_json::Value;

/// One event.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) data: Value,
}

/// The events of a body that are there as a whole.
pub(crate) fn read(body: &[u8]) -> anyhow::Result<Vec<Event>> {
    let text = unchunked(body)?;
    let text = String::from_utf8_lossy(&text);
    let end = text.rfind("\n\n").map_or(0, |end| end + 2);
    let blocks = text[..end].split("\n\n");
    // Comments keep the connection alive.
    let events = blocks.filter(|block| block.contains("data:"));
    events.map(event).collect()
}

fn event(block: &str) -> anyhow::Result<Event> {
    let field = |name: &str| {
        let mut lines = block.lines();
        lines.find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(':')?.trim_start()))
    };
    Ok(Event {
        id: field("id").context("no id")?.parse()?,
        name: field("event").context("no name")?.to_owned(),
        data: serde_json::from_str(field("data").context("no data")?)?,
    })
}

/// What the chunks hold, the last of which may be there in part.
fn unchunked(mut body: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut all = Vec::new();
    while let httparse::Status::Complete((begin, size)) =
        httparse::parse_chunk_size(body).map_err(|_| anyhow::anyhow!("no size of a chunk"))?
    {
        let end = begin + usize::try_from(size)?;
        all.extend_from_slice(&body[begin..end.min(body.len())]);
        // Behind a chunk stands an empty line.
        match body.get(end + 2..) {
            Some(rest) if size > 0 => body = rest,
            _ => break,
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_across_chunks_and_only_whole() {
        let text = "id: 1\nevent: started\ndata: {\"n\":1}\n\n: alive\n\n\
            id: 2\nevent: delta\ndata: {\"n\":2}\n\nid: 3\nevent: de";
        let chunks = text.as_bytes().chunks(7);
        let chunked = chunks.flat_map(|chunk| {
            let size = format!("{:x}\r\n", chunk.len());
            [size.as_bytes(), chunk, b"\r\n"].concat()
        });
        let body: Vec<u8> = chunked.collect();
        for missing in 0..4 {
            let events = read(&body[..body.len() - missing]).unwrap();
            let told = events
                .iter()
                .map(|event| (event.id, &*event.name, event.data["n"].as_u64()));
            let told: Vec<_> = told.collect();
            assert_eq!(told, [(1, "started", Some(1)), (2, "delta", Some(2))]);
        }
        assert!(read(b"").unwrap().is_empty());
    }
}
