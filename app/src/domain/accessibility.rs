//! Accessibility of a facility: yes, no or not known, feature by feature.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A feature people ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Barrier-free as a whole, by the provider's own statement.
    BarrierFree,
    StepFreeEntrance,
    Elevator,
    AccessibleToilet,
    AccessibleParking,
    GuidanceForBlind,
    HearingLoop,
    SignLanguage,
    PlainLanguage,
}

impl Feature {
    pub const ALL: [Self; 9] = [
        Self::BarrierFree,
        Self::StepFreeEntrance,
        Self::Elevator,
        Self::AccessibleToilet,
        Self::AccessibleParking,
        Self::GuidanceForBlind,
        Self::HearingLoop,
        Self::SignLanguage,
        Self::PlainLanguage,
    ];

    /// The value in the store and in import mappings.
    pub fn key(self) -> &'static str {
        match self {
            Self::BarrierFree => "barrier_free",
            Self::StepFreeEntrance => "step_free_entrance",
            Self::Elevator => "elevator",
            Self::AccessibleToilet => "accessible_toilet",
            Self::AccessibleParking => "accessible_parking",
            Self::GuidanceForBlind => "guidance_for_blind",
            Self::HearingLoop => "hearing_loop",
            Self::SignLanguage => "sign_language",
            Self::PlainLanguage => "plain_language",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.key() == key)
    }
}

/// What is known: a feature that is missing here is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Accessibility(pub BTreeMap<Feature, bool>);

impl Accessibility {
    /// `Some(true)` yes, `Some(false)` no, `None` not known.
    pub fn get(&self, feature: Feature) -> Option<bool> {
        self.0.get(&feature).copied()
    }

    /// Whether the filter "barrierefrei" lists the facility: it says so of itself, or one gets in
    /// without steps.
    pub fn is_barrier_free(&self) -> bool {
        self.get(Feature::BarrierFree).or(self.get(Feature::StepFreeEntrance)) == Some(true)
    }
}
