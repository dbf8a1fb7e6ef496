//! What is told of a panic: where it was. Its text may quote what people or models wrote.

use std::io::Write;

/// From here on, panics are told by their place alone; with their text where `with_text`.
pub fn tell_where(with_text: bool) {
    if with_text {
        return;
    }
    std::panic::set_hook(Box::new(|panic| {
        // Not by a log line: the panic may have come while one was written.
        let mut stderr = std::io::stderr().lock();
        let _ = match panic.location() {
            Some(place) => writeln!(stderr, "panicked at {place}"),
            None => writeln!(stderr, "panicked"),
        };
    }));
}
