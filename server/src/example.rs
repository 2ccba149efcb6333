//! The example county: real municipalities of Landkreis St. Wendel, invented facilities.
//!
//! The lists in `server/example/` say what there is; this module makes facilities, offers and capacity
//! reports of them. No I/O and no chance: the same moment gives the same county, and at any moment the
//! texts, slugs and ids are the same. `service::demo` writes it into a store.

use app::domain::{
    care_type::Taxonomy,
    facility::Facility,
    ids::{MunicipalityId, OrganizationId, Slug},
    now::Now,
    organization::Organization,
    place::{Locality, Municipality},
};

use self::{
    dice::Dice,
    facility::Builder,
    lists::{Lists, OperatorLine},
};
use crate::config::{ConfiguredLocality, ConfiguredMunicipality, PortalFile};

mod dice;
mod facility;
mod lists;
mod offer;
mod report;

pub use lists::ListError;

/// What the entries are imported from, in the words of their pages.
pub const SOURCE: &str = "Beispieldaten (erfunden)";

/// Everything that goes into an empty store.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleCounty {
    pub municipalities: Vec<Municipality>,
    pub localities: Vec<Locality>,
    pub organizations: Vec<Organization>,
    /// With their offers and the latest report of each.
    pub facilities: Vec<Facility>,
}

impl ExampleCounty {
    /// The county as it looks at a moment: ages of reports and dates are reckoned back from it.
    ///
    /// # Errors
    /// Where the built-in lists contradict each other: a defect that the tests find.
    pub fn at(now: Now, taxonomy: &Taxonomy) -> Result<Self, ListError> {
        let lists = Lists::read()?;
        let configured =
            PortalFile::example().map_err(|error| ListError::new("portal.toml", error))?.municipalities;
        let municipalities: Vec<Municipality> = configured.iter().map(municipality).collect();
        let localities = configured.iter().zip(&municipalities).flat_map(localities).collect();
        let organizations: Vec<(String, Organization)> =
            lists.operators.iter().map(|line| (line.key.clone(), organization(line))).collect();
        let mut builder = Builder::new(&lists, &configured, &municipalities, &organizations, taxonomy, now);
        let facilities = lists.facilities.iter().map(|line| builder.build(line)).collect::<Result<_, _>>()?;
        Ok(Self {
            municipalities,
            localities,
            organizations: organizations.into_iter().map(|(_, organization)| organization).collect(),
            facilities,
        })
    }
}

fn municipality(configured: &ConfiguredMunicipality) -> Municipality {
    Municipality {
        id: MunicipalityId(Dice::new(&configured.name).id("municipality")),
        ags: Some(configured.ags.clone()),
        name: configured.name.clone(),
        aliases: configured.aliases.clone(),
    }
}

fn localities((configured, municipality): (&ConfiguredMunicipality, &Municipality)) -> Vec<Locality> {
    let locality = |known: &ConfiguredLocality| Locality {
        municipality: municipality.id,
        name: known.name.clone(),
        aliases: known.aliases.clone(),
    };
    configured.localities.iter().map(locality).collect()
}

fn organization(line: &OperatorLine) -> Organization {
    let slug = Slug::from_name(&line.name);
    Organization {
        id: OrganizationId(Dice::new(&line.name).id("organization")),
        name: line.name.clone(),
        umbrella: line.umbrella.clone(),
        phone: Some(facility::phone(line.number)),
        email: Some(format!("info@{slug}.example")),
        website: Some(format!("https://{slug}.example")),
        slug,
    }
}
