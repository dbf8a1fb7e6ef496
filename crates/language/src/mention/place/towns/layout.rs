//! The form of the tables of towns and regions: written by the build, read by the program.

/// Bytes of a town: hash of its key, end of its name, latitude, longitude, region, size.
pub(crate) const TOWN_BYTES: usize = 16;
/// Bytes of a region: end of its line, latitude, longitude, airports.
pub(crate) const REGION_BYTES: usize = 4 + 2 + 2 + 3 * REGION_AIRPORTS;
/// Bytes of a region's name: hash of its key, region.
pub(crate) const REGION_NAME_BYTES: usize = 4 + 2;
/// The most airports of a region.
pub(crate) const REGION_AIRPORTS: usize = 6;
/// The least rank of an airport that people of another town go to.
pub(crate) const SERVING_RANK: u8 = 35;

/// FNV-1a of a folded name; "st" and "ste" are "saint" and "sainte".
pub(crate) fn hash(key: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    };
    for (at, word) in key.as_bytes().split(|byte| *byte == b' ').enumerate() {
        if at > 0 {
            feed(b" ");
        }
        feed(match word {
            b"st" => b"saint",
            b"ste" => b"sainte",
            other => other,
        });
    }
    hash
}

/// Whether two folded names are one, however "saint" is written.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a == b || a.split(' ').map(saint).eq(b.split(' ').map(saint))
}

fn saint(word: &str) -> &str {
    match word {
        "st" => "saint",
        "ste" => "sainte",
        other => other,
    }
}

/// Kilometres between two points in degrees, on a sphere.
pub(crate) fn kilometres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (north, south) = (from.0.to_radians(), to.0.to_radians());
    let (up, across) = (
        libm::sin((south - north) / 2.0),
        libm::sin((to.1 - from.1).to_radians() / 2.0),
    );
    let half = up * up + libm::cos(north) * libm::cos(south) * across * across;
    2.0 * 6371.0 * libm::asin(libm::sqrt(half.min(1.0)))
}
