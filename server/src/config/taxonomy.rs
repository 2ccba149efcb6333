//! What a county changes in the list of care types.

use std::{collections::BTreeMap, path::Path};

use app::domain::care_type::{CareGroup, CareType, CareTypeSlug, LightKind, Taxonomy};
use serde::Deserialize;

use super::ConfigError;

/// Changes one care type, or adds it where the list has none of that slug.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CareTypeOverride {
    pub name: Option<String>,
    /// Hidden types are in no list.
    pub hidden: Option<bool>,
    /// How many days a capacity report stays valid.
    pub valid_days: Option<u16>,
    pub group: Option<Group>,
    pub light: Option<Light>,
    pub related: Option<Vec<String>>,
    /// The service comes to people.
    pub comes_to_people: Option<bool>,
}

/// The groups of the start page.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Residential,
    AtHome,
    Housing,
    Hospice,
    Advice,
    Medicine,
    Prevention,
}

/// What kind of light the offers have.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    Places,
    Intake,
    None,
}

/// The built-in list with the county's changes.
pub(super) fn build(
    overrides: &BTreeMap<String, CareTypeOverride>,
    file: &Path,
) -> Result<Taxonomy, ConfigError> {
    let mut taxonomy = Taxonomy::builtin();
    for (key, change) in overrides {
        let wrong = |reason: &str| ConfigError::Value {
            file: file.to_owned(),
            key: format!("care_types.{key}"),
            reason: reason.to_owned(),
        };
        let slug = CareTypeSlug::parse(key).ok_or_else(|| {
            wrong("der Name darf nur aus Kleinbuchstaben, Ziffern und Bindestrichen bestehen")
        })?;
        let mut care_type = match taxonomy.find(key) {
            Some(known) => known.clone(),
            None => added(slug, change)
                .ok_or_else(|| wrong("eine neue Angebotsart braucht name, group und light"))?,
        };
        apply(&mut care_type, change);
        match (care_type.light, care_type.valid_days) {
            (LightKind::None, Some(_)) => {
                return Err(wrong("ohne Ampel gibt es keine Gültigkeit (valid_days)"));
            }
            (LightKind::Places | LightKind::Intake, None | Some(0)) => {
                return Err(wrong("mit Ampel muss valid_days mindestens 1 sein"));
            }
            _ => {}
        }
        taxonomy.set(care_type);
    }
    check_related(&taxonomy, file)?;
    Ok(taxonomy)
}

fn added(slug: CareTypeSlug, change: &CareTypeOverride) -> Option<CareType> {
    Some(CareType {
        slug,
        group: change.group?.into(),
        name: change.name.clone()?,
        light: change.light?.into(),
        valid_days: None,
        related: Vec::new(),
        comes_to_people: false,
        hidden: false,
    })
}

fn apply(care_type: &mut CareType, change: &CareTypeOverride) {
    if let Some(name) = &change.name {
        care_type.name.clone_from(name);
    }
    if let Some(light) = change.light {
        care_type.light = light.into();
        if care_type.light == LightKind::None {
            care_type.valid_days = None;
        }
    }
    if let Some(related) = &change.related {
        care_type.related = related.iter().filter_map(|slug| CareTypeSlug::parse(slug)).collect();
    }
    care_type.valid_days = change.valid_days.or(care_type.valid_days);
    care_type.group = change.group.map_or(care_type.group, Into::into);
    care_type.hidden = change.hidden.unwrap_or(care_type.hidden);
    care_type.comes_to_people = change.comes_to_people.unwrap_or(care_type.comes_to_people);
}

fn check_related(taxonomy: &Taxonomy, file: &Path) -> Result<(), ConfigError> {
    for care_type in taxonomy.all() {
        if let Some(unknown) = care_type.related.iter().find(|slug| taxonomy.find(slug.as_str()).is_none()) {
            return Err(ConfigError::Value {
                file: file.to_owned(),
                key: format!("care_types.{}.related", care_type.slug),
                reason: format!("die Angebotsart „{unknown}“ gibt es nicht"),
            });
        }
    }
    Ok(())
}

impl From<Group> for CareGroup {
    fn from(group: Group) -> Self {
        match group {
            Group::Residential => Self::Residential,
            Group::AtHome => Self::AtHome,
            Group::Housing => Self::Housing,
            Group::Hospice => Self::Hospice,
            Group::Advice => Self::Advice,
            Group::Medicine => Self::Medicine,
            Group::Prevention => Self::Prevention,
        }
    }
}

impl From<Light> for LightKind {
    fn from(light: Light) -> Self {
        match light {
            Light::Places => Self::Places,
            Light::Intake => Self::Intake,
            Light::None => Self::None,
        }
    }
}
