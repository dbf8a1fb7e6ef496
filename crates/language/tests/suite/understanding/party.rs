//! Who travels, and who joins or stays at home.

use language::{Change, PartyMention, Reading, SlotName, TripRequest};
use travel::locale::Locale;

use super::{en, fr, read_in};

fn party(adults: u8, children: &[Option<u8>], infants: u8) -> PartyMention {
    PartyMention {
        adults: (adults > 0).then_some(adults),
        children: (!children.is_empty()).then(|| children.to_vec()),
        infants: (infants > 0).then_some(infants),
    }
}

fn answer(locale: Locale, text: &str) -> Reading {
    read_in(
        locale,
        text,
        Some(SlotName::Passengers),
        &TripRequest::default(),
    )
}

#[test]
fn totals_include_those_who_are_among_them() {
    for (text, expected) in [
        ("5 personnes dont un bébé", party(4, &[], 1)),
        (
            "4 personnes dont 1 enfant de 6 ans",
            party(3, &[Some(6)], 0),
        ),
        ("on sera finalement 3, dont un bébé", party(2, &[], 1)),
        (
            "nous sommes 6 dont deux enfants de 4 et 7 ans",
            party(4, &[Some(4), Some(7)], 0),
        ),
        (
            "nous serons six au total, dont ma fille de 5 ans",
            party(5, &[Some(5)], 0),
        ),
        (
            "2 adultes, mon mari est allergique aux arachides",
            party(2, &[], 0),
        ),
        ("avec mon mari et notre bébé de 14 mois", party(2, &[], 1)),
        (
            "famille de 4 avec deux enfants de 3 et 5 ans",
            party(2, &[Some(3), Some(5)], 0),
        ),
        (
            "nous sommes 4, 2 adultes et 2 enfants",
            party(2, &[None, None], 0),
        ),
        ("4 personnes et un bébé", party(4, &[], 1)),
        ("3 passagers dont un ado de 14 ans", party(3, &[], 0)),
    ] {
        assert_eq!(fr(text).passengers, Some(expected), "{text}");
    }
    for (text, expected) in [
        (
            "family of 5 with kids aged 3, 7 and 12",
            party(3, &[Some(3), Some(7)], 0),
        ),
        (
            "4 people, one of them a 6 year old",
            party(3, &[Some(6)], 0),
        ),
        ("4 people: 2 adults and 2 kids", party(2, &[None, None], 0)),
        ("five of us including a baby", party(4, &[], 1)),
        (
            "a family of four, two of them children",
            party(2, &[None, None], 0),
        ),
        (
            "6 passengers including two toddlers aged 3 and 4",
            party(4, &[Some(3), Some(4)], 0),
        ),
        (
            "2 adults and two 5-year-olds",
            party(2, &[Some(5), Some(5)], 0),
        ),
    ] {
        assert_eq!(en(text).passengers, Some(expected), "{text}");
    }
}

#[test]
fn those_who_write_are_counted_with_those_they_take_along() {
    for (text, expected) in [
        ("trois copains et moi", party(4, &[], 0)),
        ("moi et mes 2 collègues", party(3, &[], 0)),
        ("moi et Julie", party(2, &[], 0)),
        ("moi et julie", party(2, &[], 0)),
        ("Julie et moi", party(2, &[], 0)),
        ("moi, ma femme et mon beau-père", party(3, &[], 0)),
        ("papa, maman et bébé", party(2, &[], 1)),
        ("nous deux et les jumeaux de 8 mois", party(2, &[], 2)),
        ("deux bambins et leurs parents", party(2, &[None, None], 0)),
        (
            "on part avec nos deux filles de 6 et 9 ans",
            party(2, &[Some(6), Some(9)], 0),
        ),
        (
            "je voyage avec mes deux ados de 13 et 16 ans",
            party(3, &[], 0),
        ),
        (
            "2 grandes personnes et une fillette de 4 ans",
            party(2, &[Some(4)], 0),
        ),
        ("2 adultes et 1 senior", party(3, &[], 0)),
        ("avec ma femme", party(2, &[], 0)),
        ("moi + 2", party(3, &[], 0)),
        ("je pars avec deux amis", party(3, &[], 0)),
    ] {
        assert_eq!(
            answer(Locale::Fr, text).passengers,
            Some(expected),
            "{text}"
        );
    }
    for (text, expected) in [
        ("my wife and I", party(2, &[], 0)),
        ("me, my husband and grandma", party(3, &[], 0)),
        ("me, my mum and my dad", party(3, &[], 0)),
        (
            "our kids of 8 and 10 and us two",
            party(2, &[Some(8), Some(10)], 0),
        ),
        ("me plus one", party(2, &[], 0)),
        ("my wife, our 14-year-old and I", party(3, &[], 0)),
        ("one adult and two lap infants", party(1, &[], 2)),
        ("my parents and me", party(3, &[], 0)),
        ("just my husband and me", party(2, &[], 0)),
        ("three friends and me", party(4, &[], 0)),
        ("me and Tom", party(2, &[], 0)),
        ("with my daughter aged 5", party(1, &[Some(5)], 0)),
        ("two seniors", party(2, &[], 0)),
    ] {
        assert_eq!(
            answer(Locale::En, text).passengers,
            Some(expected),
            "{text}"
        );
    }
}

#[test]
fn many_are_kept_as_said() {
    for text in ["une dizaine de personnes", "nous sommes dix", "on est 10"] {
        assert_eq!(fr(text).passengers, Some(party(10, &[], 0)), "{text}");
    }
    for (text, many) in [
        ("group of twelve", 12),
        ("we're a group of twelve going Leeds to Prague in May", 12),
        ("we are ten", 10),
        ("a dozen people", 12),
    ] {
        assert_eq!(en(text).passengers, Some(party(many, &[], 0)), "{text}");
    }
}

#[test]
fn short_forms_are_read() {
    for text in [
        "2ad 2ch (5,8)",
        "2 ad, 2 ch (5, 8)",
        "2 adults 2 children (5 and 8)",
    ] {
        assert_eq!(
            en(text).passengers,
            Some(party(2, &[Some(5), Some(8)], 0)),
            "{text}"
        );
    }
}

#[test]
fn codes_visits_and_places_count_nobody() {
    for text in [
        "please cancel reservations QK4T2Z and LM8P0A",
        "my booking is LM8P0A",
        "I want to visit my mother in Rome",
        "a gift for my wife's birthday",
        "leaving at 4 p.m.",
        "a couple of days in Rome",
        "the kids love Rome",
    ] {
        assert_eq!(en(text).passengers, None, "{text}");
    }
    for text in [
        "je vais voir ma mère à Nice",
        "avec une escale à Rome",
        "je veux aller à Lyon",
        "avec Air France",
    ] {
        assert_eq!(fr(text).passengers, None, "{text}");
    }
}

#[test]
fn people_join_and_stay_at_home() {
    let add =
        |adults, children: &[Option<u8>], infants| Change::Add(party(adults, children, infants));
    let remove =
        |adults, children: &[Option<u8>], infants| Change::Remove(party(adults, children, infants));
    let all_children = Change::Remove(PartyMention {
        children: Some(Vec::new()),
        ..PartyMention::default()
    });
    for (text, expected) in [
        ("ajoute un adulte", add(1, &[], 0)),
        ("un adulte de plus", add(1, &[], 0)),
        ("ma mère vient aussi", add(1, &[], 0)),
        ("ajoutez un enfant de 6 ans", add(0, &[Some(6)], 0)),
        ("plus un bébé", add(0, &[], 1)),
        ("2 personnes de plus", add(2, &[], 0)),
        ("finalement sans l'enfant", remove(0, &[None], 0)),
        ("sans le bébé", remove(0, &[], 1)),
        ("l'un de nous ne vient plus", remove(1, &[], 0)),
        ("ma femme ne peut plus venir", remove(1, &[], 0)),
        ("sans les enfants", all_children.clone()),
        ("un adulte de moins", remove(1, &[], 0)),
    ] {
        let reading = fr(text);
        assert_eq!(reading.changes, [expected], "{text}");
        assert_eq!(reading.passengers, None, "{text}");
    }
    for (text, expected) in [
        ("add one more adult", add(1, &[], 0)),
        ("add a child of 4", add(0, &[Some(4)], 0)),
        ("plus a baby", add(0, &[], 1)),
        ("my sister is coming too", add(1, &[], 0)),
        ("another passenger", add(1, &[], 0)),
        ("one of us can't make it", remove(1, &[], 0)),
        ("my husband can't come", remove(1, &[], 0)),
        ("without the kids", all_children.clone()),
        ("remove the baby", remove(0, &[], 1)),
        ("one adult fewer", remove(1, &[], 0)),
    ] {
        let reading = en(text);
        assert_eq!(reading.changes, [expected], "{text}");
        assert_eq!(reading.passengers, None, "{text}");
    }
    for (text, adults) in [("make it 3 adults", 3), ("actually 2 adults", 2)] {
        let reading = en(text);
        assert_eq!(reading.passengers, Some(party(adults, &[], 0)), "{text}");
        assert_eq!(reading.changes, [], "{text}");
    }
}

#[test]
fn ages_and_sizes_as_people_write_them() {
    for (text, expected) in [
        (
            "deux adultes trois enfants 3 5 et 10 ans",
            party(2, &[Some(3), Some(5), Some(10)], 0),
        ),
        ("deux seniors de 70 et 72 ans", party(2, &[], 0)),
        (
            "maman solo avec jumeaux de 4 ans",
            party(1, &[Some(4), Some(4)], 0),
        ),
        (
            "4 voyageurs : 3 grands et un petit de 18 mois",
            party(3, &[], 1),
        ),
        ("6 personnes dont une de moins de 2 ans", party(5, &[], 1)),
        ("deux couples", party(4, &[], 0)),
        (
            "2 adultes, 1 enfant (3 ans), 1 bébé (6 mois)",
            party(2, &[Some(3)], 1),
        ),
        ("une seule personne", party(1, &[], 0)),
    ] {
        let reading = fr(text);
        assert_eq!(reading.passengers, Some(expected), "{text}");
        assert!(
            reading.left_over.is_empty(),
            "{text} {:?}",
            reading.left_over
        );
        assert_eq!(reading.stay_days, None, "{text}");
    }
    for (text, expected) in [
        ("6 passengers (one under two)", party(5, &[], 1)),
        ("group of 8, all adults", party(8, &[], 0)),
        (
            "with my two daughters, 3 and 5",
            party(1, &[Some(3), Some(5)], 0),
        ),
        ("me n my gf", party(2, &[], 0)),
        ("husband, me and baby", party(2, &[], 1)),
        ("two couples", party(4, &[], 0)),
        (
            "2 adults, 1 child (3), 1 baby (6 months)",
            party(2, &[Some(3)], 1),
        ),
    ] {
        let reading = en(text);
        assert_eq!(reading.passengers, Some(expected), "{text}");
        assert!(
            reading.left_over.is_empty(),
            "{text} {:?}",
            reading.left_over
        );
        assert_eq!(reading.stay_days, None, "{text}");
    }
}

#[test]
fn ages_of_relatives_count_them() {
    for (text, expected) in [
        ("mes parents, 71 et 74 ans", party(2, &[], 0)),
        ("my parents, 68 and 70 years old", party(2, &[], 0)),
        (
            "pour mon fils et ma fille, 7 et 9 ans",
            party(0, &[Some(7), Some(9)], 0),
        ),
        ("for my brother and my sister, 15 and 18", party(2, &[], 0)),
    ] {
        let reading = if text.is_ascii() && text.contains("my ") {
            en(text)
        } else {
            fr(text)
        };
        assert_eq!(reading.passengers, Some(expected), "{text}");
    }
    assert_eq!(fr("je rends visite à mes parents").passengers, None);
}

#[test]
fn some_of_a_total_are_children() {
    for text in [
        "six of us, three are kids (3, 5 and 8)",
        "there are six of us, three of them are children (3, 5 and 8)",
    ] {
        assert_eq!(
            en(text).passengers,
            Some(party(3, &[Some(3), Some(5), Some(8)], 0)),
            "{text}"
        );
    }
    assert_eq!(
        fr("nous sommes 4, deux sont des enfants (5 et 7 ans)").passengers,
        Some(party(2, &[Some(5), Some(7)], 0))
    );
}

#[test]
fn a_couple_by_its_title() {
    assert_eq!(
        en("Mr and Mrs Tanaka with their son aged 8, Cork to Faro").passengers,
        Some(party(2, &[Some(8)], 0))
    );
    assert_eq!(
        en("for Mr & Mrs Lindqvist").passengers,
        Some(party(2, &[], 0))
    );
    assert_eq!(
        fr("pour M. et Mme Carpentier").passengers,
        Some(party(2, &[], 0))
    );
}

#[test]
fn nobody_else_comes() {
    for text in ["just little me", "only yours truly", "me myself and I"] {
        assert_eq!(en(text).passengers, Some(party(1, &[], 0)), "{text}");
    }
    for text in ["rien que moi", "juste ma pomme"] {
        assert_eq!(fr(text).passengers, Some(party(1, &[], 0)), "{text}");
    }
}

#[test]
fn those_who_stay_with_somebody_do_not_travel() {
    for text in ["ma fille reste avec papi", "le bébé reste chez ma sœur"] {
        let changes = fr(text).changes;
        assert!(matches!(changes[..], [Change::Remove(_)]), "{text}");
    }
    for text in [
        "the baby stays with my mum",
        "the kids will stay with grandpa",
    ] {
        let changes = en(text).changes;
        assert!(matches!(changes[..], [Change::Remove(_)]), "{text}");
    }
}

#[test]
fn those_who_write_count_themselves_and_are_counted_anew() {
    for (text, expected) in [
        ("on est 7 filles", party(7, &[], 0)),
        ("nous sommes 4 garçons", party(4, &[], 0)),
        ("5 cousines, Lyon Rome", party(5, &[], 0)),
        (
            "avec mon père (68 ans), deux adultes donc",
            party(2, &[], 0),
        ),
        (
            "2 filles de 5 et 7 ans et 2 adultes",
            party(2, &[Some(5), Some(7)], 0),
        ),
        (
            "nous sommes 2 adultes et 3 filles",
            party(2, &[None, None, None], 0),
        ),
    ] {
        assert_eq!(fr(text).passengers, Some(expected), "{text}");
    }
}

#[test]
fn children_counted_again_without_ages_are_the_same_ones() {
    let known = TripRequest {
        party: Some(travel::Party {
            adults: 2,
            children: vec![Some(5)],
            infants: 0,
        }),
        ..TripRequest::default()
    };
    for (text, children) in [
        ("avec un enfant", vec![Some(5)]),
        ("avec 2 enfants", vec![None, None]),
        ("avec un enfant de 7 ans", vec![Some(7)]),
    ] {
        let said = read_in(Locale::Fr, text, None, &known);
        let today = "2026-11-29".parse().unwrap();
        let trip = known.merge(&said, None, today).0;
        assert_eq!(trip.party.unwrap().children, children, "{text}");
    }
}

#[test]
fn days_of_work_and_continents_are_no_part_of_a_trip() {
    for text in [
        "je rebosse le 3, donc retour le 2 janvier",
        "lundi je travaille, retour le 2 janvier",
    ] {
        let said = fr(text);
        assert_eq!(said.depart_date, None, "{text}");
        let back = said.return_date.map(|back| back.from.to_string());
        assert_eq!(back.as_deref(), Some("2027-01-02"), "{text}");
    }
    for text in ["où pourrait-on aller en Asie", "un voyage en Afrique"] {
        assert_eq!(fr(text).destination, None, "{text}");
    }
    assert_eq!(en("where could we go in Asia").destination, None);
}

#[test]
fn a_country_whose_towns_follow_is_no_stop_of_its_own() {
    let said = fr(
        "Projet Vietnam : Genève - Hô Chi Minh-Ville le 2 avril, Hô Chi Minh-Ville - Da Nang le 8 avril, \
         Da Nang - Genève le 16 avril",
    );
    assert_eq!(said.onward.len(), 2, "{said:?}");
    let first = said.destination.unwrap();
    assert_eq!(first.codes[0].to_string(), "SGN");
}
