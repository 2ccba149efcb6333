//! The lists in `server/example/`, as they are written.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};

const KINDS: &str = include_str!("../../example/kinds.toml");
const REPORTS: &str = include_str!("../../example/reports.toml");
const OPERATORS: &str = include_str!("../../example/operators.csv");
const FACILITIES: &str = include_str!("../../example/facilities.csv");

/// A list that is wrong: a defect of the program.
#[derive(Debug, thiserror::Error)]
#[error("Der Beispielkreis ist nicht vollständig: {list}: {problem}.")]
pub struct ListError {
    list: &'static str,
    problem: String,
}

impl ListError {
    pub(super) fn new(list: &'static str, problem: impl ToString) -> Self {
        Self { list, problem: problem.to_string() }
    }
}

/// All of them.
pub(super) struct Lists {
    pub(super) common: Common,
    pub(super) kinds: BTreeMap<String, Kind>,
    pub(super) reports: Reports,
    pub(super) operators: Vec<OperatorLine>,
    pub(super) facilities: Vec<FacilityLine>,
}

#[derive(Deserialize)]
struct KindsFile {
    common: Common,
    #[serde(flatten)]
    kinds: BTreeMap<String, Kind>,
}

/// What facilities of all kinds share.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Common {
    pub(super) streets: Vec<String>,
    /// The last sentence of a description.
    pub(super) last: Vec<String>,
}

/// What facilities of one kind are like; the head of `kinds.toml` explains each key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kind {
    pub(super) about: Vec<String>,
    pub(super) more: Vec<String>,
    pub(super) hours: Vec<String>,
    pub(super) contacts: Vec<String>,
    pub(super) languages: Vec<String>,
    pub(super) access: Vec<String>,
    #[serde(default)]
    pub(super) documents: Vec<String>,
    pub(super) offers: Vec<OfferKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfferKind {
    #[serde(rename = "type")]
    pub(super) care_type: String,
    pub(super) form: Option<String>,
    pub(super) label: Option<String>,
    #[serde(default)]
    pub(super) labels: Vec<String>,
    pub(super) specialty: Option<String>,
    pub(super) places: Option<[u32; 2]>,
    /// Euro a month.
    pub(super) cost: Option<[u32; 2]>,
    pub(super) chance: Option<u32>,
    #[serde(default)]
    pub(super) specialisms: Vec<String>,
    #[serde(default)]
    pub(super) conditions: Vec<String>,
    pub(super) area: Option<Area>,
    pub(super) shares: Option<String>,
    #[serde(default)]
    pub(super) rooms: bool,
    #[serde(default)]
    pub(super) approved: bool,
    #[serde(default)]
    pub(super) report: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Area {
    Km(u32),
    /// `kreis` or `gemeinde`
    Named(String),
}

/// What offers report, by the kind of their light.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reports {
    pub(super) places: Vec<ReportLine>,
    pub(super) intake: Vec<ReportLine>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ReportLine {
    pub(super) never: bool,
    pub(super) age: u32,
    pub(super) free: Option<u32>,
    pub(super) free_in: Option<i64>,
    pub(super) intake: Option<String>,
    pub(super) waiting: Option<String>,
    pub(super) weeks: Option<(u16, u16)>,
    pub(super) stop: bool,
    pub(super) stop_in: Option<i64>,
    pub(super) assessment: bool,
    pub(super) rooms: Option<String>,
    pub(super) for_whom: Option<String>,
    pub(super) remark: Option<String>,
    pub(super) stays: Vec<[i64; 3]>,
    pub(super) week: Option<[i32; 7]>,
    pub(super) by: String,
    pub(super) via: String,
}

#[derive(Deserialize)]
pub(super) struct OperatorLine {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) umbrella: Option<String>,
    /// Its place in the list.
    #[serde(skip)]
    pub(super) number: usize,
}

#[derive(Deserialize)]
pub(super) struct FacilityLine {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) operator: Option<String>,
    pub(super) about: Option<String>,
    /// Its place among those of its kind.
    #[serde(skip)]
    pub(super) number: usize,
}

impl Lists {
    pub(super) fn read() -> Result<Self, ListError> {
        let file: KindsFile = toml::from_str(KINDS).map_err(|error| ListError::new("kinds.toml", error))?;
        let reports = toml::from_str(REPORTS).map_err(|error| ListError::new("reports.toml", error))?;
        let mut operators: Vec<OperatorLine> = table("operators.csv", OPERATORS)?;
        for (number, line) in operators.iter_mut().enumerate() {
            line.number = number;
        }
        let mut facilities: Vec<FacilityLine> = table("facilities.csv", FACILITIES)?;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for line in &mut facilities {
            let number = seen.entry(line.kind.clone()).or_default();
            line.number = *number;
            *number += 1;
        }
        Ok(Self { common: file.common, kinds: file.kinds, reports, operators, facilities })
    }
}

fn table<T: DeserializeOwned>(list: &'static str, text: &str) -> Result<Vec<T>, ListError> {
    csv::ReaderBuilder::new()
        .delimiter(b';')
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| ListError::new(list, error))
}
