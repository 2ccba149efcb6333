//! "War doch nicht frei": what people say about a green light, without saying who they are.

use time::{Date, OffsetDateTime};

use super::{Availability, Light};
use crate::domain::{
    care_type::{CareTypeSlug, Taxonomy},
    ids::Slug,
    now::Now,
    offer::Offer,
};

/// Why nobody can say of a light that it was not free after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFreeRefusal {
    /// There is no such offer any more.
    #[error("there is no such offer")]
    Gone,
    /// Somebody has reported since.
    #[error("there is a newer report")]
    Outdated,
    /// The light is not green, or not any more.
    #[error("the light is not green")]
    NotGreen,
}

/// Whether somebody may say that it was not free after all: of a light that is green now, by the report they saw.
///
/// # Errors
/// Why not.
pub fn check_not_free(
    offer: Option<&Offer>,
    sequence: i64,
    taxonomy: &Taxonomy,
    now: Now,
) -> Result<(), NotFreeRefusal> {
    let offer = offer.ok_or(NotFreeRefusal::Gone)?;
    let latest = offer.latest_report.as_ref();
    if latest.is_none_or(|report| report.sequence != sequence) {
        return Err(NotFreeRefusal::Outdated);
    }
    let kind = taxonomy.light_of(&offer.care_type, offer.form);
    let light = Availability::of(kind, latest, now).map(|availability| availability.light);
    if light == Some(Light::Free) { Ok(()) } else { Err(NotFreeRefusal::NotGreen) }
}

/// An offer of which people say so, for those who report and for the county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFreeLine {
    /// Address and name.
    pub facility: (Slug, String),
    pub phone: Option<String>,
    /// Who runs it, by address and name.
    pub organization: Option<(Slug, String)>,
    /// What the offer is called; `None`: as its type.
    pub label: Option<String>,
    pub care_type: CareTypeSlug,
    /// When it was reported free.
    pub reported_at: OffsetDateTime,
    /// How often somebody said that it was not.
    pub times: u32,
    /// The last day on which somebody did.
    pub last: Date,
    /// The light carries "wird geprüft".
    pub under_review: bool,
}
