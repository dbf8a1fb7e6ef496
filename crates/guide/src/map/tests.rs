use travel::{Iata, Locale};

use super::*;
use crate::{Destination, destination, quarters, sights};

const WORDS: Words<'_> = Words {
    title: "Votre voyage",
    text: "De Paris à Tokyo",
};

fn pin(place: &'static Destination) -> Pin<'static> {
    Pin {
        name: place.name(Locale::Fr),
        at: place.at(),
    }
}

fn pins(codes: &str) -> Vec<Pin<'static>> {
    let codes = codes.split(' ').map(|code| code.parse().unwrap());
    codes
        .map(|code: Iata| pin(destination::by_code(code).unwrap()))
        .collect()
}

fn sights_of(code: &str, count: usize) -> Vec<Pin<'static>> {
    let known = sights::of(code.parse().unwrap()).iter().take(count);
    let seen = known.map(|sight| Pin {
        name: sight.name(Locale::Fr),
        at: sight.at,
    });
    seen.collect()
}

fn quarters_of(code: &str) -> Vec<Pin<'static>> {
    let known = quarters::of(code.parse().unwrap()).iter();
    let named = known.map(|quarter| Pin {
        name: quarter.name(Locale::Fr),
        at: quarter.at,
    });
    named.collect()
}

/// Every tag is closed in its order, every attribute is quoted, and nothing is left unescaped.
fn assert_well_formed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        assert_text(&rest[..start]);
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        for value in tag.split('"').skip(1).step_by(2) {
            assert_text(value);
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        assert!(!tag.contains(" style=") && name != "script");
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.is_empty(), "{open:?}");
}

fn assert_text(text: &str) {
    for (at, _) in text.match_indices('&') {
        let entity = text[at + 1..].split(';').next().unwrap();
        assert!(
            ["amp", "lt", "gt", "quot", "#39"].contains(&entity),
            "{text}"
        );
    }
    assert!(!text.contains(|letter: char| letter < ' '), "{text:?}");
}

/// The values of an attribute of the elements of a class.
fn values(svg: &str, class: &str, attribute: &str) -> Vec<f64> {
    let marks = format!("class=\"{class}\"");
    let tags = svg.split('<').filter(|tag| tag.contains(&marks));
    let key = format!(" {attribute}=\"");
    let values = tags.filter_map(|tag| tag.split_once(&key)?.1.split('"').next()?.parse().ok());
    values.collect()
}

fn height(svg: &str) -> f64 {
    let (_, size) = svg.split_once("viewBox=\"0 0 640 ").unwrap();
    size.split('"').next().unwrap().parse().unwrap()
}

fn assert_inside(svg: &str, discs: usize) {
    let (lefts, uppers) = (values(svg, "map-disc", "x"), values(svg, "map-disc", "y"));
    let widths = values(svg, "map-disc", "width");
    assert!(lefts.len() >= discs, "{} < {discs}", lefts.len());
    for ((left, upper), width) in lefts.into_iter().zip(uppers).zip(widths) {
        assert!(left >= 0.0 && left + width <= WIDTH, "{left}");
        assert!(upper >= 0.0 && upper + 28.0 <= height(svg), "{upper}");
    }
}

#[test]
fn every_pair_of_destinations_is_on_its_map() {
    let all = destination::all();
    for (index, from) in all.iter().enumerate().step_by(7) {
        for to in all.iter().skip(index % 5).step_by(23) {
            let svg = route(&[pin(from), pin(to)], WORDS, Output::Page);
            assert_inside(&svg, 1);
            assert!(
                svg.len() < 60_000,
                "{} {} {}",
                from.code,
                to.code,
                svg.len()
            );
            assert!((330.0..700.0).contains(&height(&svg)));
        }
    }
}

#[test]
fn places_are_where_they_are() {
    let stops = pins("PAR TYO");
    let points = [stops[0].at, stops[1].at];
    let frame = view::Frame {
        top: 0.0,
        margin: 58.0,
        heights: (330.0, 560.0),
        least_km: 500.0,
    };
    let view = view::View::fit(&points, &points, frame);
    let (paris, tokyo) = (view.see(points[0]), view.see(points[1]));
    assert!(paris.x < tokyo.x && paris.y < tokyo.y);
    let lisbon = pins("LIS OPO");
    let points = [lisbon[0].at, lisbon[1].at];
    let view = view::View::fit(&points, &points, frame);
    let (a, b) = (view.see(points[0]), view.see(points[1]));
    let units = ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt();
    let km = units / view.units_a_km();
    assert!((km / points[0].km_to(points[1]) - 1.0).abs() < 0.02, "{km}");
}

#[test]
fn the_pacific_is_crossed_and_not_gone_round() {
    for codes in ["TYO LAX", "LAX TYO SYD", "AKL SCL", "NAN PPT"] {
        let stops = pins(codes);
        let ways: Vec<Point> = stops
            .windows(2)
            .flat_map(|pair| arc::arc(pair[0].at, pair[1].at))
            .collect();
        let points: Vec<Point> = stops.iter().map(|stop| stop.at).collect();
        let frame = view::Frame {
            top: 0.0,
            margin: 58.0,
            heights: (330.0, 560.0),
            least_km: 500.0,
        };
        let view = view::View::fit(&ways, &points, frame);
        assert!(view.degrees() < 200.0, "{codes} {}", view.degrees());
        let seen: Vec<_> = ways.iter().map(|point| view.see(*point)).collect();
        let steps = seen.windows(2).map(|pair| (pair[0].x - pair[1].x).abs());
        assert!(steps.fold(0.0, f64::max) < 60.0, "{codes}");
        assert_well_formed(&route(&stops, WORDS, Output::File));
    }
}

#[test]
fn a_journey_round_the_world_leaves_at_one_side_and_comes_back_at_the_other() {
    let svg = route(&pins("PAR BKK SYD LAX NYC PAR"), WORDS, Output::Page);
    assert_well_formed(&svg);
    assert_inside(&svg, 5);
    assert!(svg.contains(">1·6<"));
    assert!(svg.len() < 60_000, "{}", svg.len());
}

#[test]
fn europe_has_its_land() {
    let svg = route(&pins("PAR AMS BER PRG VIE BUD ROM"), WORDS, Output::Page);
    let (_, land) = svg.split_once("class=\"map-land\"").unwrap();
    let land = land.split("/>").next().unwrap();
    assert!(land.len() > 6_000, "{}", land.len());
}

#[test]
fn one_stop_the_same_stop_twice_and_none() {
    for stops in [
        pins("LIS"),
        pins("LIS LIS"),
        Vec::new(),
        pins("KEF"),
        pins("USH"),
    ] {
        for output in [Output::Page, Output::File] {
            let svg = route(&stops, WORDS, output);
            assert_well_formed(&svg);
            assert_inside(&svg, stops.len().min(1));
            assert!(!svg.contains("NaN") && !svg.contains("inf"));
            let svg = day(&stops, &[], WORDS, output);
            assert_well_formed(&svg);
            assert!(!svg.contains("NaN") && !svg.contains("inf"));
        }
    }
    assert!(route(&pins("LIS LIS"), WORDS, Output::Page).contains(">1·2<"));
}

#[test]
fn names_hide_neither_each_other_nor_discs() {
    let frame = view::Frame {
        top: 52.0,
        margin: 60.0,
        heights: (300.0, 460.0),
        least_km: 0.3,
    };
    let border = boxes::Area {
        left: 5.0,
        upper: 57.0,
        right: 635.0,
        lower: 600.0,
    };
    for place in destination::all() {
        let stops = sights_of(&place.code.to_string(), 8);
        let points: Vec<Point> = stops.iter().map(|stop| stop.at).collect();
        let view = view::View::fit(&points, &points, frame);
        let (markers, order) = markers::of(&stops, &view);
        assert_eq!(order.len(), stops.len());
        let labels = labels::beside(&markers, &[], &[], &border);
        let named: Vec<_> = labels.iter().flatten().map(|label| label.area).collect();
        for (index, area) in named.iter().enumerate() {
            assert!(border.holds(area));
            assert!(!named[..index].iter().any(|other| other.meets(area)));
            assert!(!markers.iter().any(|marker| marker.area().meets(area)));
        }
        for (index, marker) in markers.iter().enumerate() {
            let area = marker.area();
            let hidden = markers[..index]
                .iter()
                .find(|other| other.area().meets(&area));
            // Discs are round: only their corners may meet.
            assert!(
                hidden.is_none_or(|other| {
                    let (dx, dy) = (other.at.x - marker.at.x, other.at.y - marker.at.y);
                    (dx * dx + dy * dy).sqrt() > 2.0 * markers::RADIUS - 0.5
                }),
                "{}",
                place.code
            );
        }
    }
}

#[test]
fn days_of_every_destination_are_drawn() {
    for place in destination::all() {
        let code = place.code.to_string();
        let svg = day(
            &sights_of(&code, 6),
            &quarters_of(&code),
            WORDS,
            Output::File,
        );
        assert_well_formed(&svg);
        assert_inside(&svg, sights_of(&code, 6).len());
        assert!(svg.len() < 20_000, "{code} {}", svg.len());
    }
}

#[test]
fn stops_on_one_spot_are_told_apart() {
    let names = [
        "Place du Marché",
        "Musée & Trésor",
        "La Boutique <Bleue>",
        "Fontaine",
    ];
    let at = Point {
        lat: 45.76,
        lon: 4.835,
    };
    let stops: Vec<Pin<'_>> = names.iter().map(|name| Pin { name, at }).collect();
    let svg = day(&stops, &[], WORDS, Output::Page);
    assert_well_formed(&svg);
    for number in 1..=4 {
        assert!(svg.contains(&format!(">{number}</text>")), "{svg}");
    }
    assert!(svg.contains("La Boutique &lt;Bleue&gt;"));
}

#[test]
fn any_name_is_text_and_no_markup() {
    let name = "Chez \"Léa\" & <script>alert('1')</script> 🏖\u{7}";
    let mut stops = sights_of("LIS", 2);
    stops[0].name = name;
    let words = Words {
        title: name,
        text: name,
    };
    for output in [Output::Page, Output::File] {
        for svg in [
            route(&stops, words, output),
            day(&stops, &stops, words, output),
        ] {
            assert_well_formed(&svg);
            assert!(svg.contains("&quot;Léa&quot; &amp; &lt;script&gt;") && svg.contains('🏖'));
        }
    }
}

#[test]
fn the_same_places_give_the_same_drawing() {
    let stops = pins("PAR BKK SYD");
    assert_eq!(
        route(&stops, WORDS, Output::Page),
        route(&stops, WORDS, Output::Page)
    );
    assert!(!route(&stops, WORDS, Output::Page).contains("<style>"));
    let file = route(&stops, WORDS, Output::File);
    assert!(
        file.contains("prefers-color-scheme:dark")
            && file.contains("<desc>De Paris à Tokyo</desc>")
    );
}
