//! An entry in words, field by field, and what two versions of it differ in.

use crate::{
    domain::{
        accessibility::Feature,
        facility::Facility,
        offer::{Approval, Offer, ServiceArea},
        opening_hours::{OpenSpan, OpeningHours},
        place::PostalCode,
        portal::Portal,
    },
    text::{counts, dates, features, hours},
};

/// A field of an entry in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Names the field among all of an entry; offers are told apart by their ids.
    key: String,
    pub label: String,
    /// Empty: nothing is said.
    pub value: String,
}

/// A field that two versions say different things of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub label: String,
    /// Empty: nothing was said.
    pub before: String,
    /// Empty: nothing is said any more.
    pub after: String,
}

impl Change {
    /// Both say the same.
    pub fn is_none(&self) -> bool {
        self.before == self.after
    }
}

/// What is different, in the order of the later version; what only the earlier one has comes last.
pub fn changes(before: &Facility, after: &Facility, portal: &Portal) -> Vec<Change> {
    let mut all = beside(before, after, portal);
    all.retain(|change| !change.is_none());
    all
}

/// All that either of two versions says, field beside field, in the same order.
pub fn beside(before: &Facility, after: &Facility, portal: &Portal) -> Vec<Change> {
    let (before, after) = (describe(before, portal), describe(after, portal));
    let find =
        |lines: &[Line], key: &str| lines.iter().find(|line| line.key == key).map(|line| line.value.clone());
    let mut all: Vec<Change> = after
        .iter()
        .map(|line| Change {
            label: line.label.clone(),
            before: find(&before, &line.key).unwrap_or_default(),
            after: line.value.clone(),
        })
        .collect();
    let gone = before.iter().filter(|line| find(&after, &line.key).is_none());
    all.extend(gone.map(|line| Change {
        label: line.label.clone(),
        before: line.value.clone(),
        after: String::new(),
    }));
    all.retain(|change| !(change.before.is_empty() && change.after.is_empty()));
    all
}

/// Everything that editing may change, in words.
pub fn describe(facility: &Facility, portal: &Portal) -> Vec<Line> {
    let f = facility;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut lines = Vec::new();
    let mut say = |key: &str, label: &str, value: String| {
        lines.push(Line { key: key.to_owned(), label: label.to_owned(), value });
    };
    say("name", "Name", f.name.clone());
    say("strasse", "Straße und Hausnummer", text(&f.address.street));
    say("plz", "Postleitzahl", f.address.postal_code.as_ref().map_or("", PostalCode::as_str).to_owned());
    let municipality = f.address.municipality.as_ref();
    say("gemeinde", "Gemeinde", municipality.map_or_else(String::new, |own| own.name.clone()));
    say("ortsteil", "Ortsteil", text(&f.address.locality));
    let position = f.position.map(|place| format!("{:.5}, {:.5}", place.lat, place.lon));
    say("lage", "Lage auf der Karte", position.unwrap_or_default());
    say("telefon", "Telefon", text(&f.phone));
    say("email", "E-Mail", text(&f.email));
    say("website", "Website", text(&f.website));
    say("beschreibung", "Beschreibung", text(&f.description));
    let contacts = f.contacts.iter().map(|own| {
        let ways: Vec<_> = [&own.phone, &own.email].into_iter().flatten().cloned().collect();
        format!("{}: {}", own.purpose, ways.join(", "))
    });
    say("kontakt", "Ansprechstellen", contacts.collect::<Vec<_>>().join("\n"));
    say("zeiten", "Öffnungszeiten", week(&f.opening_hours));
    for feature in Feature::ALL {
        let value = f.accessibility.get(feature);
        let value = value.map_or_else(String::new, |value| features::known(Some(value)).to_owned());
        say(feature.key(), features::feature(feature), value);
    }
    let languages: Vec<_> = f.languages.iter().map(|code| features::language(code)).collect();
    say("sprachen", "Sprachen außer Deutsch", languages.join(", "));
    let pictures = f.pictures.iter().zip(1..).map(|(own, place)| format!("{place}. {}", own.alt));
    say("bilder", "Bilder", pictures.collect::<Vec<_>>().join("\n"));
    let documents = f.documents.iter().map(|own| format!("{}: {}", own.title, own.url));
    say("unterlagen", "Unterlagen", documents.collect::<Vec<_>>().join("\n"));
    say("eigentuemer", "Eigentümer des Gebäudes", text(&f.owner));
    say("rechtsform", "Rechtsform", text(&f.legal.legal_form));
    say("vertretung", "Vertreten durch", text(&f.legal.represented_by));
    say("register", "Register", text(&f.legal.register));
    say("aufsicht", "Aufsichtsbehörde", text(&f.legal.supervisory_authority));
    say("ik", "Institutionskennzeichen", text(&f.legal.institution_code));
    for offer in &f.offers {
        describe_offer(offer, f, portal, &mut lines);
    }
    lines
}

fn describe_offer(offer: &Offer, facility: &Facility, portal: &Portal, lines: &mut Vec<Line>) {
    let name = portal.taxonomy.name_of(&offer.care_type);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut say = |key: &str, label: &str, value: String| {
        lines.push(Line { key: format!("{}-{key}", offer.id), label: format!("{name}: {label}"), value });
    };
    say("art", "Art des Angebots", name.to_owned());
    say("bezeichnung", "Eigener Name", text(&offer.label));
    say("form", "Form", offer.form.map_or_else(String::new, |form| features::form(form).to_owned()));
    say("fachrichtung", "Fachrichtung", text(&offer.specialty));
    let specialisms: Vec<_> =
        offer.specialisms.iter().map(|slug| portal.taxonomy.specialism_name(slug)).collect();
    say("schwerpunkt", "Schwerpunkte", specialisms.join(", "));
    say(
        "plaetze",
        "Plätze insgesamt",
        offer.places_total.map_or_else(String::new, |places| places.to_string()),
    );
    let area = match &offer.service_area {
        None => String::new(),
        Some(ServiceArea::RadiusKm(km)) => format!("Umkreis von {} km", km.to_string().replace('.', ",")),
        Some(ServiceArea::Municipalities(keys)) => format!("Gemeinden {}", keys.join(", ")),
    };
    say("gebiet", "Einzugsgebiet", area);
    let share = offer.cost_share.as_ref().map(|share| {
        format!("{} im Monat, Stand {}", counts::euro(share.cents_per_month), dates::full_date(share.as_of))
    });
    say("eigenanteil", "Eigenanteil", share.unwrap_or_default());
    let approval = offer.approval.map_or("", |approval| match approval {
        Approval::Approved => "ja",
        Approval::NotApproved => "nein",
    });
    say("zulassung", "Von den Pflegekassen zugelassen", approval.to_owned());
    say("pruefbericht", "Bericht des Medizinischen Dienstes", text(&offer.quality_report_url));
    say("bedingungen", "Bedingungen", text(&offer.conditions));
    let shared = offer.shares_places_with.and_then(|id| facility.offers.iter().find(|own| own.id == id));
    let shared = shared.map_or_else(String::new, |own| portal.taxonomy.name_of(&own.care_type).to_owned());
    say("teilt", "Nutzt die Plätze von", shared);
}

fn week(opening_hours: &OpeningHours) -> String {
    match opening_hours {
        OpeningHours::NotKnown => String::new(),
        OpeningHours::ByAppointment => "nach Vereinbarung".to_owned(),
        OpeningHours::Regular(spans) => {
            let day = |day: u8| {
                let mut own: Vec<_> = spans.iter().copied().filter(|span| span.weekday == day).collect();
                own.sort_unstable();
                let name = if day == OpenSpan::HOLIDAY { "Feiertage" } else { dates::weekday(day) };
                (!own.is_empty()).then(|| format!("{name}: {}", hours::day(&own)))
            };
            (1..=OpenSpan::HOLIDAY).filter_map(day).collect::<Vec<_>>().join("\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{facility_view, portal};

    #[test]
    fn a_change_of_each_field_shows_and_nothing_else_does() {
        let before = facility_view().facility;
        let said = |change: &dyn Fn(&mut Facility)| {
            let mut after = before.clone();
            change(&mut after);
            changes(&before, &after, &portal()).into_iter().map(|change| change.label).collect::<Vec<_>>()
        };
        assert!(said(&|_| {}).is_empty());
        assert_eq!(said(&|f| f.name = "Anders".to_owned()), ["Name"]);
        assert_eq!(said(&|f| f.legal.register = Some("HRB 1".to_owned())), ["Register"]);
        assert_eq!(said(&|f| f.contacts.clear()), ["Ansprechstellen"]);
        assert_eq!(said(&|f| f.offers[0].places_total = Some(4_711)).len(), 1);
        // Reports go their own way.
        assert!(said(&|f| f.offers[0].latest_report = None).is_empty());
    }

    #[test]
    fn two_versions_beside_each_other_show_what_is_the_same_too() {
        let before = facility_view().facility;
        let mut after = before.clone();
        after.name = "Anders".to_owned();
        let all = beside(&before, &after, &portal());
        assert!(all.iter().all(|line| !(line.before.is_empty() && line.after.is_empty())));
        let different: Vec<_> = all.iter().filter(|line| !line.is_none()).collect();
        assert_eq!((different.len(), different[0].after.as_str()), (1, "Anders"));
        assert!(all.iter().any(|line| line.label == "Gemeinde" && line.is_none()));
    }

    #[test]
    fn an_offer_that_is_gone_shows_with_all_it_said() {
        let before = facility_view().facility;
        let mut after = before.clone();
        let gone = after.offers.remove(0);
        let name = portal().taxonomy.name_of(&gone.care_type).to_owned();
        let all = changes(&before, &after, &portal());
        let kind =
            all.iter().find(|change| change.label == format!("{name}: Art des Angebots")).expect("a change");
        assert_eq!((kind.before.as_str(), kind.after.as_str()), (name.as_str(), ""));
    }
}
