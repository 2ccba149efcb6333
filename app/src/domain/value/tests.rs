use crate::domain::{
    facility::Contact,
    opening_hours::{OpenSpan, OpeningHours},
};
use proptest::prelude::*;

use super::*;

#[test]
fn a_slash_separates_numbers_only_where_each_is_a_whole_one() {
    assert_eq!(phones("03871 81025 / 03871 45 18 93"), ["03871 81025", "03871 45 18 93"]);
    assert_eq!(phones("038847 / 36125"), ["038847 / 36125"]);
    assert_eq!(phones("03872922/170"), ["03872922/170"]);
    assert!(phones("").is_empty());
}

#[test]
fn mail_and_web_addresses_are_checked() {
    assert_eq!(emails("a@haus.de/b@haus.de"), Some(vec!["a@haus.de".to_owned(), "b@haus.de".to_owned()]));
    assert_eq!(emails("haus.de"), None);
    assert_eq!(website("www.haus.de").as_deref(), Some("https://www.haus.de"));
    assert_eq!(website("http://www.haus.de/a?b").as_deref(), Some("http://www.haus.de/a?b"));
    for text in ["javascript:alert(1)", "haus", "https://a b.de", "data:text/html,x.y", "<b>.de"] {
        assert_eq!(website(text), None, "{text}");
    }
}

#[test]
fn numbers_are_read_as_germans_write_them() {
    assert_eq!(cents("1.234,50 €"), Some(123_450));
    assert_eq!(cents("1234"), Some(123_400));
    assert_eq!(cents("1234.5"), Some(123_450));
    assert_eq!(cents("viel"), None);
    assert_eq!(number("1.200"), Some(1200));
    assert_eq!(date("31.7.2026"), date("2026-07-31"));
    assert!(date("31.7.2026").is_some());
    assert_eq!(position("53,5", "11,9"), Position::new(53.5, 11.9));
    assert_eq!(position("0", "0"), None);
}

#[test]
fn control_characters_go_and_markup_stays_text() {
    assert_eq!(one_line(" Haus\u{0}\u{7}am\u{a0}See\t<b>\u{202e}x</b> "), "Haus am See <b>x</b>");
    assert_eq!(lines("a \n b\r\n\n"), "a\nb");
}

#[test]
fn what_an_export_writes_reads_the_same() {
    let hours = OpeningHours::Regular(vec![
        OpenSpan::new(1, 480, 720).expect("a span"),
        OpenSpan::new(7, 0, 1440).expect("a span"),
        OpenSpan::new(OpenSpan::HOLIDAY, 600, 720).expect("a span"),
    ]);
    for hours in [hours, OpeningHours::ByAppointment, OpeningHours::NotKnown] {
        assert_eq!(hours::parse(&hours::write(&hours)), Some(hours));
    }
    let contacts = vec![
        Contact { purpose: "Aufnahme".to_owned(), phone: Some("03871 1".to_owned()), email: None },
        Contact { purpose: "Lob".to_owned(), phone: Some("1".to_owned()), email: Some("a@b.de".to_owned()) },
    ];
    assert_eq!(contacts::parse(&contacts::write(&contacts)), Some(contacts));
    for area in [ServiceArea::RadiusKm(12.5), ServiceArea::Municipalities(vec!["13076001".to_owned()])] {
        assert_eq!(service_area(&write_service_area(&area)), Some(area));
    }
    let known = Accessibility([(Feature::Elevator, true), (Feature::HearingLoop, false)].into());
    assert_eq!(accessibility(&write_accessibility(&known)), Some(known.0));
}

proptest! {
    #[test]
    fn no_cell_makes_a_reader_fail(text in "\\PC{0,40}") {
        let _ = (phones(&text), emails(&text), website(&text), position(&text, &text), date(&text));
        let _ = (cents(&text), service_area(&text), accessibility(&text), hours::parse(&text), contacts::parse(&text));
        let _ = (number(&text), lines(&text), fold_name(&text));
    }
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for text in ["2.000", "2.000 €", "2000 Euro", "2000", "2000,00", "2.000,00 EUR"] {
        assert_eq!(cents(text), Some(200_000), "{text}");
    }
    for (text, wanted) in [("1234.5", 123_450), ("12.50", 1_250), ("1.234.567", 123_456_700)] {
        assert_eq!(cents(text), Some(wanted), "{text}");
    }
    for text in ["zweitausend", "2.00.0", "2,000", "-5", ""] {
        assert_eq!(cents(text), None, "{text}");
    }
}
