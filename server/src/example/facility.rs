//! Facilities of the example county.

use app::domain::{
    accessibility::Accessibility,
    care_type::Taxonomy,
    facility::{Address, Contact, Document, Facility, LegalParticulars, Visibility},
    ids::{FacilityId, Slug},
    now::Now,
    offer::Source,
    opening_hours::OpeningHours,
    organization::Organization,
    place::{Municipality, Position},
};
use time::Duration;

use super::{
    SOURCE,
    dice::Dice,
    lists::{FacilityLine, Kind, ListError, Lists},
    offer::Offers,
};
use crate::{config::ConfiguredMunicipality, import::value};

/// Degrees around the middle of a village in which its facilities lie: about 300 metres.
const AROUND: (f64, f64) = (0.0025, 0.004);

/// A number that the Bundesnetzagentur keeps free for films and books: it belongs to nobody.
pub(super) fn phone(number: usize) -> String {
    const RANGES: [&str; 4] = ["030 23125", "069 90009", "040 66969", "0221 4710"];
    // The numbers from 900 on are those of the county itself, in portal.toml.
    let range = RANGES.get(number / 900).unwrap_or(&RANGES[0]);
    format!("{range} {:03}", number % 900)
}

/// Makes facilities of lines, one after the other.
pub(super) struct Builder<'a> {
    lists: &'a Lists,
    configured: &'a [ConfiguredMunicipality],
    municipalities: &'a [Municipality],
    organizations: &'a [(String, Organization)],
    offers: Offers<'a>,
    now: Now,
    phones: usize,
}

/// Where a line puts its facility.
struct Site<'a> {
    municipality: &'a Municipality,
    configured: &'a ConfiguredMunicipality,
    locality: Option<String>,
    middle: Position,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        lists: &'a Lists,
        configured: &'a [ConfiguredMunicipality],
        municipalities: &'a [Municipality],
        organizations: &'a [(String, Organization)],
        taxonomy: &'a Taxonomy,
        now: Now,
    ) -> Self {
        let keys = configured.iter().map(|known| known.ags.as_str().to_owned()).collect();
        let offers = Offers::new(&lists.reports, taxonomy, keys, now);
        // The first numbers are those of the operators.
        Self { lists, configured, municipalities, organizations, offers, now, phones: organizations.len() }
    }

    pub(super) fn build(&mut self, line: &FacilityLine) -> Result<Facility, ListError> {
        let unknown = |what: &str| ListError::new("facilities.csv", format!("{}: {what}", line.name));
        let kind = self.lists.kinds.get(&line.kind).ok_or_else(|| unknown(&line.kind))?;
        let site = self.site(&line.place).ok_or_else(|| unknown(&line.place))?;
        let organization = match &line.operator {
            None => None,
            Some(key) => Some(self.operator(key).ok_or_else(|| unknown(key))?.clone()),
        };
        let dice = Dice::new(&line.name);
        let slug = Slug::from_name(&line.name);
        let hours = turn(&kind.hours, line.number).map_or("", String::as_str);
        let access = turn(&kind.access, line.number).map_or("", String::as_str);
        Ok(Facility {
            id: FacilityId(dice.id("facility")),
            visibility: Visibility::Public,
            name: line.name.clone(),
            organization,
            owner: None,
            address: Address {
                street: dice
                    .pick("street", &self.lists.common.streets)
                    .map(|street| format!("{street} {}", dice.between("house", [1, 68]))),
                postal_code: site.configured.postal_codes.first().cloned(),
                municipality: Some(site.municipality.clone()),
                locality: site.locality.clone(),
            },
            position: Position::new(
                round(site.middle.lat + AROUND.0 * dice.offset("north")),
                round(site.middle.lon + AROUND.1 * dice.offset("east")),
            ),
            phone: Some(self.next_phone()),
            email: Some(format!("kontakt@{slug}.example")),
            website: Some(format!("https://{slug}.example")),
            description: Some(self.description(line, kind, &site)),
            contacts: kind
                .contacts
                .iter()
                .map(|purpose| Contact {
                    purpose: purpose.clone(),
                    phone: Some(self.next_phone()),
                    email: None,
                })
                .collect(),
            opening_hours: opening_hours(hours).ok_or_else(|| unknown(hours))?,
            languages: dice.some("languages", &kind.languages, [0, 2]),
            accessibility: Accessibility(value::accessibility(access).ok_or_else(|| unknown(access))?),
            pictures: Vec::new(),
            documents: dice
                .some("documents", &kind.documents, [1, 3])
                .into_iter()
                .map(|title| Document {
                    url: format!("https://{slug}.example/{}.pdf", Slug::from_name(&title)),
                    title,
                })
                .collect(),
            source: Source::Import(SOURCE.to_owned()),
            updated_at: self.now.instant - Duration::days(i64::from(dice.between("updated", [2, 240]))),
            confirmed_at: None,
            legal: LegalParticulars::default(),
            offers: self.offers.build(line, kind, site.configured.ags.as_str())?,
            slug,
        })
    }

    fn site(&self, place: &str) -> Option<Site<'a>> {
        self.configured.iter().zip(self.municipalities).find_map(|(configured, municipality)| {
            if configured.name == place {
                return Some(Site { municipality, configured, locality: None, middle: configured.position? });
            }
            let known = configured.localities.iter().find(|locality| locality.name == place)?;
            let locality = Some(known.name.clone());
            Some(Site { municipality, configured, locality, middle: known.position? })
        })
    }

    fn operator(&self, key: &str) -> Option<&'a Organization> {
        self.organizations.iter().find(|(known, _)| known == key).map(|(_, organization)| organization)
    }

    fn next_phone(&mut self) -> String {
        self.phones += 1;
        phone(self.phones - 1)
    }

    /// One sentence of each list, in turn: lists of different lengths give ever new texts.
    fn description(&self, line: &FacilityLine, kind: &Kind, site: &Site<'_>) -> String {
        let last = Dice::new(&line.name).below("last", self.lists.common.last.len());
        [
            turn(&kind.about, line.number),
            turn(&kind.more, line.number + line.number / kind.about.len().max(1)),
            self.lists.common.last.get(last),
        ]
        .into_iter()
        .flatten()
        .map(|text| {
            text.replace("{name}", &line.name)
                .replace("{ort}", &line.place)
                .replace("{gemeinde}", &site.municipality.name)
        })
        .collect::<Vec<_>>()
        .join(" ")
    }
}

/// The entry of a list whose turn it is.
pub(super) fn turn<T>(list: &[T], number: usize) -> Option<&T> {
    list.get(number.checked_rem(list.len())?)
}

/// Five decimals are a metre.
fn round(degrees: f64) -> f64 {
    (degrees * 100_000.0).round() / 100_000.0
}

/// Hours as `kinds.toml` writes them: as in imports, and `Mo-Fr` for several days.
fn opening_hours(text: &str) -> Option<OpeningHours> {
    const DAYS: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
    let position = |day: &str| DAYS.iter().position(|known| *known == day);
    let mut spans = Vec::new();
    for part in text.split(';').map(str::trim) {
        let several = part.split_once(' ').and_then(|(days, times)| Some((days.split_once('-')?, times)));
        match several {
            Some(((first, last), times)) => {
                let days = DAYS.get(position(first)?..=position(last)?)?;
                spans.extend(days.iter().map(|day| format!("{day} {times}")));
            }
            None => spans.push(part.to_owned()),
        }
    }
    value::hours::parse(&spans.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_days_are_written_once() {
        let short = opening_hours("Mo-Mi 08:00-12:00; Sa 09:00-10:00").expect("hours");
        let long = value::hours::parse("Mo 08:00-12:00; Di 08:00-12:00; Mi 08:00-12:00; Sa 09:00-10:00");
        assert_eq!(Some(short), long);
        assert_eq!(opening_hours("nach Vereinbarung"), Some(OpeningHours::ByAppointment));
        assert_eq!(opening_hours(""), Some(OpeningHours::NotKnown));
        assert_eq!(opening_hours("Mo-Xx 08:00-12:00"), None);
    }

    #[test]
    fn telephone_numbers_belong_to_nobody() {
        assert_eq!(phone(7), "030 23125 007");
        assert_eq!(phone(900), "069 90009 000");
    }
}
