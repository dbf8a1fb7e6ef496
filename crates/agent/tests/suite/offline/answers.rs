//! What single searches answer.

use agent::travel::Party;
use jiff::civil::date;

use super::{lines, query, search};

#[test]
fn show() {
    let mut q = query("LYS", "NYC", date(2027, 1, 12));
    q.return_date = Some(date(2027, 1, 20));
    q.party = Party {
        adults: 2,
        ..Party::default()
    };
    println!("{}", lines(&search(&q)));
    println!(
        "{}",
        lines(&search(&query("NCE", "LON", date(2027, 1, 12))))
    );
    println!(
        "{}",
        lines(&search(&query("PAR", "TYO", date(2027, 1, 12))))
    );
    println!(
        "{}",
        lines(&search(&query("PAR", "NYC", date(2027, 1, 12))))
    );
    println!(
        "{}",
        lines(&search(&query("LYS", "NTE", date(2027, 1, 12))))
    );
    println!(
        "{}",
        lines(&search(&query("CDG", "SYD", date(2027, 1, 12))))
    );
    println!(
        "{}",
        lines(&search(&query("BES", "KTN", date(2027, 1, 12))))
    );
}
