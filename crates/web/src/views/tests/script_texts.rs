//! The texts that a page hands to its scripts.

use super::LOCALES;

#[test]
fn scripts_find_every_text_and_use_each() {
    let scripts = [
        include_str!("../../../../../static/js/chat.js"),
        include_str!("../../../../../static/js/commands.js"),
        include_str!("../../../../../static/js/day_groups.js"),
        include_str!("../../../../../static/js/deletion.js"),
        include_str!("../../../../../static/js/queue.js"),
        include_str!("../../../../../static/js/main.js"),
        include_str!("../../../../../static/js/notices.js"),
        include_str!("../../../../../static/js/opinion.js"),
        include_str!("../../../../../static/js/rating.js"),
        include_str!("../../../../../static/js/sidebar.js"),
        include_str!("../../../../../static/js/thread.js"),
        include_str!("../../../../../static/js/composer.js"),
        include_str!("../../../../../static/js/trip.js"),
        include_str!("../../../../../static/js/trip_days.js"),
        include_str!("../../../../../static/js/lengths.js"),
    ];
    for locale in LOCALES {
        let json = crate::i18n::Texts::of(locale).script_json();
        let texts: serde_json::Value = serde_json::from_str(&json).unwrap();
        let mut used = std::collections::BTreeSet::new();
        let lines = scripts.iter().flat_map(|script| script.lines());
        let code = lines.filter(|line| !line.starts_with("import"));
        for piece in code.flat_map(|line| line.split("texts.").skip(1)) {
            let key: String = piece
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            assert!(texts.get(&key).is_some(), "texts.{key}");
            used.insert(key);
        }
        let all: std::collections::BTreeSet<String> =
            texts.as_object().unwrap().keys().cloned().collect();
        assert_eq!(used, all, "no script uses the rest");
    }
}
