use super::*;
use jiff::civil::time;

fn read(code: &str, text: &str, dates: Option<(&str, &str)>) -> Vec<Listed> {
    let destination = guide::destination::by_code(code.parse().unwrap()).unwrap();
    let dates = dates.map(|(first, last)| (first.parse().unwrap(), last.parse().unwrap()));
    days(destination, text, dates)
}

fn texts(day: &Listed) -> Vec<&str> {
    day.entries
        .iter()
        .map(|entry| entry.text.as_str())
        .collect()
}

#[test]
fn days_and_entries_are_parted() {
    for text in [
        "Day 1: Louvre, Eiffel Tower, Versailles\nDay 2: Orsay then Montmartre",
        "here is my plan for Paris. Day 1: Louvre, Eiffel Tower, Versailles. Day 2: Orsay then Montmartre. Doable?",
        "Day 1\n- Louvre\n- Eiffel Tower\n- Versailles\n\nDay 2\n- Orsay\n- Montmartre\n\nis that realistic?",
    ] {
        let days = read("PAR", text, Some(("2027-05-03", "2027-05-04")));
        assert_eq!(days.len(), 2, "{days:?}");
        assert_eq!(texts(&days[0]), ["Louvre", "Eiffel Tower", "Versailles"]);
        assert_eq!(texts(&days[1]), ["Orsay", "Montmartre"]);
        assert_eq!(days[1].date, "2027-05-04".parse().ok());
    }
}

#[test]
fn times_and_weekdays_are_read() {
    let text = "ok heres my thursday: 8am vatican museums, 10 colosseum, 11 galleria borghese, 12 \
                pantheon, 1pm castel sant'angelo. doable?";
    let days = read("ROM", text, Some(("2027-04-14", "2027-04-18")));
    assert_eq!(days.len(), 1, "{days:?}");
    assert_eq!(days[0].date, "2027-04-15".parse().ok());
    let from: Vec<_> = days[0].entries.iter().map(|entry| entry.from).collect();
    let hours = [8, 10, 11, 12, 13].map(|hour| Some(time(hour, 0, 0, 0)));
    assert_eq!(from, hours, "{days:?}");
    assert_eq!(texts(&days[0])[0], "vatican museums");
}

#[test]
fn french_plans_are_read() {
    let text = "Jour 1 : 9h30-11h tour de Belém, 14h monastère des Hiéronymites puis Alfama\n\
                Jour 2 : musée du chocolat, déjeuner, château Saint-Georges. C’est faisable ?";
    let days = read("LIS", text, None);
    assert_eq!(days.len(), 2, "{days:?}");
    assert_eq!(days[0].entries[0].to, Some(time(11, 0, 0, 0)));
    assert_eq!(days[0].entries.len(), 3, "{days:?}");
    // What is not known stays.
    assert_eq!(
        texts(&days[1]),
        ["musée du chocolat", "déjeuner", "château Saint-Georges"]
    );
}
