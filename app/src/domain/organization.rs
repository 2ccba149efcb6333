//! Träger: who answers legally, and the association it belongs to.

use serde::{Deserialize, Serialize};

use super::ids::{OrganizationId, Slug};

/// A provider organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    pub id: OrganizationId,
    pub slug: Slug,
    pub name: String,
    /// Dachverband, for example "Diakonie".
    pub umbrella: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
}
