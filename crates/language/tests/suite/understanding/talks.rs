//! Sentences of whole-trip talks that were read as something else: by kind, in words of other people.

use jiff::Zoned;
use language::{DateSpan, Input, Manner, Reading, Topic, TripRequest, understand};
use travel::locale::Locale::{self, En, Fr};

fn now() -> Zoned {
    "2026-11-29T09:00:00+01:00[Europe/Paris]".parse().unwrap()
}

/// What the last message says, and the trip after it.
fn talked(locale: Locale, messages: &[&str]) -> (Reading, TripRequest) {
    let (mut trip, mut last) = (TripRequest::default(), Reading::default());
    for text in messages {
        last = understand(&Input {
            text,
            previous: None,
            locale,
            month_first: false,
            now: &now(),
            trip: &trip,
            asked: None,
        });
        trip = trip.merge(&last, None, now().date()).0;
    }
    (last, trip)
}

fn asked(locale: Locale, text: &str) -> Vec<Topic> {
    let (reading, _) = talked(locale, &[text]);
    let asked = reading.questions.iter();
    let asked = asked.filter(|said| said.value.manner == Manner::Asked);
    asked.map(|said| said.value.topic).collect()
}

fn day(span: Option<&DateSpan>) -> String {
    span.map_or("-".to_owned(), |span| match span.from == span.to {
        true => span.from.to_string(),
        false => format!("{}..{}", span.from, span.to),
    })
}

#[test]
fn a_word_without_its_apostrophe_is_no_town() {
    for (locale, text) in [
        (En, "heres what my aunt wrote down for us"),
        (En, "Wheres the catch"),
        (En, "theres one thing more"),
        (En, "thats all we need, cheers"),
        (En, "whens the cheapest"),
        (En, "theyre both vegetarian"),
        (Fr, "jaimerais encore y réfléchir"),
        (Fr, "cest parfait pour nous"),
        (Fr, "daccord, quil en soit ainsi"),
        (Fr, "jhesite encore un peu"),
        (Fr, "Jespere que ça ira"),
    ] {
        let (reading, _) = talked(locale, &[text]);
        let place = reading.origin.or(reading.destination);
        assert_eq!(place, None, "{text}");
    }
    for (locale, text, code) in [
        (En, "flights to Lodon", "LON"),
        (Fr, "un vol pour Marseile", "MRS"),
        (Fr, "je veux aller à Toulouze", "TLS"),
        (En, "from Barcelone to Pragu", "PRG"),
    ] {
        let (reading, _) = talked(locale, &[text]);
        let place = reading.destination.expect(text);
        assert_eq!(place.codes[0].as_str(), code, "{text}");
    }
}

#[test]
fn bad_weather_to_prepare_for_is_no_question_about_the_weather() {
    for (locale, text) in [
        (En, "which galleries are good when it rains?"),
        (En, "what do we do if it rains?"),
        (En, "what is there to visit on a rainy day?"),
        (En, "some museums in case it snows, please"),
        (Fr, "que faire s’il pleut ?"),
        (Fr, "des musées pour quand il pleut"),
        (Fr, "qu’est-ce qu’on peut visiter en cas de pluie ?"),
        (Fr, "tu as un plan B si jamais il pleut ?"),
    ] {
        assert_eq!(asked(locale, text), [Topic::Sights], "{text}");
    }
    for (locale, text) in [
        (En, "does it rain a lot in October?"),
        (En, "do I need an umbrella if I go in March?"),
        (Fr, "est-ce qu’il pleut beaucoup en avril ?"),
        (Fr, "quelle météo si je pars en mai ?"),
    ] {
        assert_eq!(asked(locale, text), [Topic::Weather], "{text}");
    }
}

#[test]
fn a_realistic_plan_is_wished_or_judged() {
    for (locale, text) in [
        (En, "give us a feasible itinerary for the stay"),
        (En, "could you make me a realistic plan?"),
        (Fr, "fais-moi un programme réaliste"),
        (Fr, "proposez-nous un itinéraire faisable"),
    ] {
        assert_eq!(asked(locale, text), [Topic::Itinerary], "{text}");
    }
    for (locale, text) in [
        (En, "is that realistic?"),
        (En, "is this a feasible plan?"),
        (Fr, "c’est réaliste ?"),
        (Fr, "est-ce que mon programme est faisable ?"),
    ] {
        assert_eq!(asked(locale, text), [Topic::Check], "{text}");
    }
}

#[test]
fn one_question_about_two_places_asks_twice() {
    for (locale, text, topic) in [
        (
            En,
            "what is the currency in Oslo and in Tokyo?",
            Topic::Currency,
        ),
        (En, "do I need a visa for India and for Nepal?", Topic::Visa),
        (Fr, "quelle météo à Rome et à Oslo ?", Topic::Weather),
        (Fr, "quelles prises à Londres et à Dublin ?", Topic::Plugs),
    ] {
        let (reading, _) = talked(locale, &[text]);
        let asked = reading.questions.iter().map(|said| &said.value);
        let of_topic = asked.filter(|question| question.topic == topic);
        let places: Vec<_> = of_topic
            .filter_map(|asked| asked.destination.clone())
            .collect();
        assert_eq!(places.len(), 2, "{text}: {:?}", reading.questions);
        assert_ne!(places[0].codes, places[1].codes, "{text}");
    }
}

#[test]
fn a_spot_before_its_question_is_near_it() {
    for (locale, text) in [
        (Fr, "aux alentours du Colisée, il y a autre chose ?"),
        (Fr, "et autour de la Sagrada Família, quoi voir ?"),
        (Fr, "près du Louvre, que peut-on voir d’intéressant ?"),
        (En, "near the Brandenburg Gate, is there anything else?"),
        (En, "around Covent Garden, what is worth seeing?"),
    ] {
        assert_eq!(asked(locale, text), [Topic::Nearby], "{text}");
        let (reading, _) = talked(locale, &[text]);
        assert!(
            reading.details.near.is_some(),
            "{text}: {:?}",
            reading.details
        );
    }
}

#[test]
fn a_file_is_asked_for_in_passing() {
    for (locale, text) in [
        (En, "thanks! as json please"),
        (En, "ok, can i have it in markdown"),
        (En, "great, now export it"),
        (En, "lovely, a pdf version for dad"),
        (Fr, "merci ! et en json ?"),
        (Fr, "super, un gpx pour ma montre"),
        (Fr, "exporte-moi tout ça"),
    ] {
        assert_eq!(asked(locale, text), [Topic::Export], "{text}");
    }
}

#[test]
fn the_money_of_a_place_is_asked_about_by_its_name() {
    for (locale, text) in [
        (En, "how warm is it, and is it euros over there?"),
        (En, "what plugs do they have and do they use the euro?"),
        (Fr, "il fait chaud là-bas, et c’est des euros ?"),
    ] {
        assert_eq!(asked(locale, text).last(), Some(&Topic::Currency), "{text}");
    }
}

#[test]
fn nights_on_other_days_than_the_flights_leave_them() {
    for (locale, trip, nights, days) in [
        (
            En,
            "Boston to Rome, 3 June to 12 June 2027",
            "hm, and what would a flat cost, from 4 June to 11 June?",
            "2027-06-04..2027-06-11",
        ),
        (
            Fr,
            "Lyon Porto du 3 au 12 juin 2027",
            "et un appartement, ça coûterait combien, du 4 juin au 11 juin ?",
            "2027-06-04..2027-06-11",
        ),
    ] {
        let (reading, after) = talked(locale, &[trip, nights]);
        let asked = reading
            .questions
            .iter()
            .find(|said| said.value.topic == Topic::Rental);
        let dates = asked.and_then(|said| said.value.dates.as_ref());
        assert_eq!(day(dates), days, "{nights}");
        assert_eq!(day(after.depart_date.as_ref()), "2027-06-03", "{nights}");
        assert_eq!(day(after.return_date.as_ref()), "2027-06-12", "{nights}");
    }
}

#[test]
fn who_joins_leaves_the_children_where_they_are() {
    let trip = |locale| match locale {
        En => "2 adults and 2 children aged 5 and 9, Leeds to Rome, 3 to 9 May",
        Fr => "2 adultes et 2 enfants de 5 et 9 ans, Lyon Rome du 3 au 9 mai",
    };
    for (locale, text, adults, children) in [
        (En, "my dad is joining us, so we're three adults now", 3, 2),
        (En, "add one adult, that makes 5 of us", 3, 2),
        (Fr, "ma mère vient avec nous, ça fait 3 adultes", 3, 2),
        (Fr, "en fait nous sommes 3", 3, 0),
        (En, "actually there are only 2 of us", 2, 0),
    ] {
        let (_, after) = talked(locale, &[trip(locale), text]);
        let party = after.party.expect(text);
        assert_eq!(
            (party.adults, party.children.len()),
            (adults, children),
            "{text}"
        );
    }
}

#[test]
fn days_there_and_days_of_the_flights() {
    for (locale, text, from, to, out, back) in [
        (
            En,
            "I'm in Madrid for a fair 7-11 June 2027. Flying out of Oslo on the 6th, home on the 12th",
            "OSL",
            "MAD",
            "2027-06-06",
            "2027-06-12",
        ),
        (
            En,
            "Wedding in Naples on 3 July 2027, from Dublin on the 1st, back on the 5th",
            "DUB",
            "NAP",
            "2027-07-01",
            "2027-07-05",
        ),
        (
            En,
            "The Easter fair in Seville, leaving Bristol on 2 April 2027 and coming back on the 6th",
            "BRS",
            "SVQ",
            "2027-04-02",
            "2027-04-06",
        ),
        (
            Fr,
            "Salon à Berlin du 10 au 14 mai 2027, départ de Lyon le 9, retour le 15",
            "LYS",
            "BER",
            "2027-05-09",
            "2027-05-15",
        ),
    ] {
        let (_, trip) = talked(locale, &[text]);
        let code = |place: Option<&language::Place>| place.map(|place| place.codes[0].to_string());
        assert_eq!(code(trip.origin.as_ref()).as_deref(), Some(from), "{text}");
        assert_eq!(
            code(trip.destination.as_ref()).as_deref(),
            Some(to),
            "{text}"
        );
        assert_eq!(day(trip.depart_date.as_ref()), out, "{text}");
        assert_eq!(day(trip.return_date.as_ref()), back, "{text}");
    }
}

#[test]
fn a_day_of_the_way_back_is_no_offer() {
    let trip = "Strasbourg Istanbul du 4 au 12 mai 2027";
    for (text, back) in [
        ("non, gardons le retour le 9", "2027-05-09"),
        ("finalement gardons le retour le 8.", "2027-05-08"),
        ("je prends plutôt le retour le 7", "2027-05-07"),
    ] {
        let (reading, after) = talked(Fr, &[trip, text]);
        assert_eq!(reading.choice, None, "{text}");
        assert_eq!(day(after.return_date.as_ref()), back, "{text}");
    }
    let (reading, _) = talked(Fr, &[trip, "je prends le 2"]);
    assert_eq!(reading.choice, Some(language::Choice::Nth(2)));
}

#[test]
fn a_region_before_its_towns_is_no_end() {
    for text in [
        "La Californie : Paris Los Angeles le 3 août, retour San Francisco Paris le 17 août",
        "andalousie : lyon séville le 3 mai, retour malaga lyon le 12 mai",
    ] {
        let (_, trip) = talked(Fr, &[text]);
        assert_eq!(trip.onward.len(), 1, "{text}: {trip:?}");
        let origin = trip.onward[0].origin.as_ref().expect(text);
        assert!(["SFO", "AGP"].contains(&origin.codes[0].as_str()), "{text}");
    }
}

#[test]
fn a_place_before_its_question_moves_no_trip() {
    for (locale, trip, text, topic, from) in [
        (
            En,
            "Leeds to Rome, 3 to 9 May 2027",
            "and in Naples, what should we eat?",
            Topic::Food,
            "ROM",
        ),
        (
            Fr,
            "Lyon Rome du 3 au 9 mai 2027",
            "et à Naples, on mange quoi ?",
            Topic::Food,
            "ROM",
        ),
        (
            Fr,
            "Lyon Rome du 3 au 9 mai 2027",
            "À Oslo, quelle météo en mai ?",
            Topic::Weather,
            "ROM",
        ),
    ] {
        let (reading, after) = talked(locale, &[trip, text]);
        let asked = reading.questions.iter().map(|said| &said.value);
        let asked: Vec<_> = asked.filter(|asked| asked.topic == topic).collect();
        assert!(
            asked.iter().any(|asked| asked.destination.is_some()),
            "{text}: {asked:?}"
        );
        let destination = after.destination.expect(text);
        assert_eq!(destination.codes[0].as_str(), from, "{text}");
    }
}

#[test]
fn what_one_city_of_several_costs_moves_no_leg() {
    let trip = "Paris to Rome on 3 May, then Rome to Athens on 8 May, Athens to Paris on 14 May";
    let (reading, after) = talked(En, &[trip, "what budget do we need for Athens?"]);
    assert_eq!(
        after
            .destination
            .map(|place| place.codes[0].to_string())
            .as_deref(),
        Some("ROM")
    );
    let asked = reading
        .questions
        .iter()
        .find(|said| said.value.topic == Topic::Cost);
    assert!(asked.is_some_and(|said| said.value.destination.is_some()));
}

#[test]
fn home_is_reached_from_where_one_is() {
    for (locale, text, from) in [
        (
            En,
            "Paris to Rome on 3 May, then Rome to Athens on 8 May, back to Paris from Athens on 14 May",
            "ATH",
        ),
        (
            Fr,
            "Paris Rome le 3 mai, puis Rome Athènes le 8 mai, retour à Paris depuis Athènes le 14 mai",
            "ATH",
        ),
        (
            En,
            "London to Oslo on 3 May, then Oslo to Bergen on 6 May, home to London from Stavanger on 9 May",
            "SVG",
        ),
    ] {
        let (_, trip) = talked(locale, &[text]);
        assert_eq!(trip.onward.len(), 2, "{text}: {trip:?}");
        let last = &trip.onward[1];
        let begins = last.origin.as_ref().or(trip.onward[0].destination.as_ref());
        assert_eq!(begins.expect(text).codes[0].as_str(), from, "{text}");
        assert!(last.destination.is_none(), "{text}");
    }
}

#[test]
fn a_place_to_fit_into_a_plan_begins_no_trip() {
    let trip = "Lyon Rome du 3 au 9 mai 2027";
    for text in [
        "programme pour les 5 jours à Rome, j’aimerais y caser Naples",
        "un programme pour Rome, et glisse-nous Naples dedans",
    ] {
        let (reading, after) = talked(Fr, &[trip, text]);
        let code = |place: Option<&language::Place>| place.map(|place| place.codes[0].to_string());
        assert_eq!(
            code(after.origin.as_ref()).as_deref(),
            Some("LYS"),
            "{text}"
        );
        assert_eq!(
            code(after.destination.as_ref()).as_deref(),
            Some("ROM"),
            "{text}"
        );
        let left = reading
            .left_over
            .iter()
            .any(|left| left.text.contains("Naples"));
        assert!(left, "{text}: {:?}", reading.left_over);
    }
}

#[test]
fn words_of_other_subjects_steal_no_search() {
    for text in [
        "are there any flights over Easter from Leeds to Rome?",
        "we're over 60, flights from London to Malaga in May",
        "eating is included I hope, flights Dublin to Boston 3 May",
        "flights Bristol to Faro over the bank holiday weekend",
        "Manchester to Tenerife, over two weeks, leaving 3 May",
        "flight from Cork to Berlin on 9 June, over in time for dinner",
        "flight from Oslo to Prague on Friday 16 April, not over 200 euros",
        "Glasgow to Paris return, 3 to 9 May, are we over the luggage limit with two bags?",
        "tickets from Leeds to Milan on 3 May, we are not eating on board",
        "London to Naples 3 May, better than last year I hope",
        "cheapest flights from Edinburgh to Rome in May",
        "flights from Newcastle to Palma around 14 August",
        "from London to Venice near Christmas, which flights are there?",
        "Paris to Tokyo on 3 June, something more direct please",
        "flights Lisbon to Madrid 3 May to do some museums",
        "Boston to Dublin 3 May, by the evening if possible",
        "flights to Rome from Leeds for the four of us, 3 to 9 May",
        "plan to fly from London to Oslo on 3 May",
        "we plan on flying Leeds to Faro 3 May to 10 May",
        "next flight from Zurich to Vienna, in total 2 adults, 3 May",
        "the total of 3 adults, London to Rome on 3 May",
        "Berlin to Porto 3 May for everything under 200 euros",
        "flights Leeds to Nice the weekend of 8 May, home by the Sunday",
        "find flights from Miami to Lima on 20 August, with a map-loving husband",
        "flights London to Geneva on 3 January to ski in the snow",
        "flights from Stockholm to Milan for a conference, 7 to 9 June",
        "Vienna to Athens on 3 May, whichever is warmest",
        "is there a flight from Oslo to Bergen when it rains less, in May?",
        "from Rome to London on 3 May if possible early, else on the 4th",
        "flights from Dublin to Lisbon, 3 May, comfort is not needed",
    ] {
        searches(En, text);
    }
    for text in [
        "vols Lyon Rome pour Pâques, du 3 au 9 mai",
        "un vol Nantes Madrid le 3 mai, le total de 3 adultes",
        "vols Paris Oslo le 3 mai si possible le matin",
        "vols de Lille à Nice le 3 mai quand c'est le moins cher dans la journée",
        "vol Genève Porto le 3 mai, en tout 4 personnes",
        "billets Paris Tokyo le 3 juin, quelque chose de plus direct",
        "vols Bordeaux Lisbonne du 3 au 9 mai pour faire des musées",
        "vol Marseille Athènes le 3 mai pour y manger du poisson",
        "vols Toulouse Dublin du 3 au 9 juillet avec les enfants",
        "vols Lyon Berlin le 3 mai, tout compris 200 euros maximum",
        "Paris Montréal le 4 août, vol pas trop tard",
        "vols Strasbourg Istanbul du 4 au 9 mai, un peu moins chers",
        "vol Nice Londres le 20 février, retour au plus tard le 27",
        "vols Bruxelles Palerme du 9 au 14 juin pour cinq cousines",
        "vol Luxembourg Varsovie le 18 janvier, pour affaires",
        "on cherche un vol Paris Reykjavik le 3 mars, pour la neige",
        "vols Lyon Marrakech en avril, quand il fait bon",
        "vol Paris Alger le 3 mai, plutôt dans l'après-midi",
        "trouve des vols Nantes Funchal du 29 décembre au 3 janvier",
        "vols Paris New York le 3 mai autour de midi",
        "vol Rennes Barcelone le 21 janvier vers 10 h",
        "vols Paris Rome le 3 mai, près du hublot si possible",
        "un aller-retour Lyon Séville du 3 au 12 mai, le tout à moins de 300 euros",
        "vols Genève Da Nang le 2 avril pour voir papa",
        "vols Paris Le Caire le 10 avril, maman vient aussi",
        "vol Lille Lisbonne le 3 mai, retour le 9, en classe confort",
        "vol Lyon Prague le 3 mai, économique, 2 adultes",
        "vols Paris Dakar le 3 mai, avec bagages",
        "vols Paris Naples le 3 mai, on verra le programme après",
        "des vols Nice Rome du 3 au 5 mai, on garde le même budget",
    ] {
        searches(Fr, text);
    }
}

/// Asserts that a message looks for flights, and asks no tool for anything else.
fn searches(locale: Locale, text: &str) {
    let (reading, _) = talked(locale, &[text]);
    let asked: Vec<_> = reading.asked().map(|asked| asked.topic).collect();
    let stolen: Vec<_> = asked.iter().filter(|topic| topic.is_planned()).collect();
    assert!(stolen.is_empty(), "{text}: {asked:?}");
    assert!(
        reading.origin.is_some() && reading.destination.is_some(),
        "{text}: {reading:?}"
    );
    assert!(
        language::question::speaks_of_flights(text) || reading.depart_date.is_some(),
        "{text}"
    );
}
