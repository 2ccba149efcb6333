//! Offers of the example county.

use app::domain::{
    care_type::{CareTypeSlug, Taxonomy},
    ids::OfferId,
    now::Now,
    offer::{Approval, CostShare, Offer, OfferForm, ServiceArea, Source},
};
use time::{Date, Duration};

use super::{
    SOURCE,
    dice::Dice,
    facility::turn,
    lists::{Area, FacilityLine, Kind, ListError, OfferKind, Reports},
    report::Reporter,
};
use app::domain::ids::Slug;

/// Makes the offers of facilities, and lets them report.
pub(super) struct Offers<'a> {
    reporter: Reporter<'a>,
    /// Official keys of all municipalities.
    keys: Vec<String>,
    today: Date,
}

impl<'a> Offers<'a> {
    pub(super) fn new(reports: &'a Reports, taxonomy: &'a Taxonomy, keys: Vec<String>, now: Now) -> Self {
        Self { reporter: Reporter::new(reports, taxonomy, now), keys, today: now.berlin_date }
    }

    /// The offers of a facility in a municipality, given by its key.
    pub(super) fn build(
        &mut self,
        line: &FacilityLine,
        kind: &Kind,
        ags: &str,
    ) -> Result<Vec<Offer>, ListError> {
        let mut offers: Vec<Offer> = Vec::new();
        for (at, wanted) in kind.offers.iter().enumerate() {
            let dice = Dice::new(&format!("{}/{at}/{}", line.name, wanted.care_type));
            if dice.percent("offered", wanted.chance.unwrap_or(100)) {
                let mut offer = self.offer(line, wanted, dice, ags)?;
                offer.shares_places_with = wanted.shares.as_ref().and_then(|shared| {
                    offers.iter().find(|other| other.care_type.as_str() == shared).map(|other| other.id)
                });
                offer.latest_report = self.reporter.report(&offer, dice, wanted.rooms)?;
                offers.push(offer);
            }
        }
        Ok(offers)
    }

    fn offer(
        &self,
        line: &FacilityLine,
        wanted: &OfferKind,
        dice: Dice,
        ags: &str,
    ) -> Result<Offer, ListError> {
        let wrong = |what: &str| ListError::new("kinds.toml", format!("{}: {what}", line.kind));
        let care_type = CareTypeSlug::parse(&wanted.care_type).ok_or_else(|| wrong(&wanted.care_type))?;
        let form = match &wanted.form {
            None => None,
            Some(key) => Some(OfferForm::parse(key).ok_or_else(|| wrong(key))?),
        };
        // What the name promises: the field of a doctor, the specialisms of all others.
        let promised = line.about.as_deref();
        let is_field = promised.is_some_and(|text| text.starts_with(char::is_uppercase));
        let mut specialisms: Vec<String> =
            promised.filter(|_| !is_field).map(words).into_iter().flatten().collect();
        for specialism in dice.some("specialisms", &wanted.specialisms, [1, 2]) {
            if !specialisms.contains(&specialism) {
                specialisms.push(specialism);
            }
        }
        Ok(Offer {
            id: OfferId(dice.id("offer")),
            external_id: Some(format!(
                "{}-{}",
                Slug::from_name(&line.name),
                dice.between("row", [1000, 9999])
            )),
            care_type,
            label: turn(&wanted.labels, line.number).or(wanted.label.as_ref()).cloned(),
            form,
            specialty: promised.filter(|_| is_field).map(str::to_owned).or_else(|| wanted.specialty.clone()),
            specialisms,
            places_total: wanted.places.map(|range| dice.between("places", range)),
            service_area: wanted.area.as_ref().map(|area| self.area(area, ags)),
            cost_share: wanted.cost.map(|range| self.cost(dice, range)),
            approval: wanted.approved.then(|| {
                // A few are still negotiating.
                if dice.percent("approved", 94) { Approval::Approved } else { Approval::NotApproved }
            }),
            quality_report_url: wanted
                .report
                .then(|| format!("https://qualitaetsberichte.example/{}", Slug::from_name(&line.name))),
            conditions: turn(&wanted.conditions, line.number).cloned(),
            shares_places_with: None,
            source: Source::Import(SOURCE.to_owned()),
            latest_report: None,
        })
    }

    fn area(&self, area: &Area, ags: &str) -> ServiceArea {
        match area {
            Area::Km(km) => ServiceArea::RadiusKm(f64::from(*km)),
            Area::Named(name) if name == "gemeinde" => ServiceArea::Municipalities(vec![ags.to_owned()]),
            Area::Named(_) => ServiceArea::Municipalities(self.keys.clone()),
        }
    }

    /// Own shares change with the negotiations of a house: on the first of some month of the last year.
    fn cost(&self, dice: Dice, range: [u32; 2]) -> CostShare {
        let months_ago = i64::from(dice.between("as of", [1, 10]));
        let day = self.today.saturating_sub(Duration::days(months_ago * 30));
        CostShare {
            cents_per_month: i64::from(dice.between("cost", range)) * 100
                + i64::from(dice.between("cents", [0, 99])),
            as_of: day.replace_day(1).unwrap_or(day),
        }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
