//! What a search answers.

use serde::{Deserialize, Serialize};
use time::Weekday;

use super::{
    capacity::{Availability, Stretch},
    care_type::CareTypeSlug,
    ids::{FacilityId, OfferId, Slug},
    map::MapView,
    offer::OfferForm,
    place::Position,
    search::SearchQuery,
    unknown::UnknownValue,
};

/// One page of results with everything the page around it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchResults {
    /// Facilities in all, on every page.
    pub total: usize,
    /// How many of them have a place free (green light on a matching offer).
    pub total_free: usize,
    /// 1-based.
    pub page: u32,
    pub page_size: usize,
    /// The place the search is about, from its own field or from the text.
    pub place: Option<FoundPlace>,
    /// What the words were taken for, as far as it differs from them.
    pub understood: Vec<Understood>,
    /// Values of filters that nobody knows, whether they are no values at all or name nothing here.
    pub unknown: Vec<UnknownValue>,
    /// The times that were asked for.
    pub times: AskedTimes,
    /// Where the strict search found nothing, what is listed instead.
    pub widened: Option<Widened>,
    pub facets: Facets,
    pub hits: Vec<FacilityHit>,
    /// All of them on the map, where the search is shown as one.
    pub map: Option<MapView>,
    /// One change that brings results, where there are none.
    pub suggestion: Option<Suggestion>,
    /// More ways on, where nothing is just as it was asked: each with what it brings.
    pub ways: Vec<Suggestion>,
}

/// A place that a search names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundPlace {
    pub label: String,
    /// Centroid of the records there; `None` where no record has a position.
    pub position: Option<Position>,
    /// The search without this place: where the chip's cross leads.
    pub without: SearchQuery,
    /// The place was typed in its own field and nothing is known by that name.
    pub unknown: bool,
    /// It is where the device is; it has no name.
    pub is_device: bool,
}

/// The times that a search asks for, by its filters or in its words, as they count today.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AskedTimes {
    pub stretch: Option<Stretch>,
    pub weekdays: Vec<Weekday>,
    /// The days stand in the text: the search without those words.
    pub without_stretch: Option<SearchQuery>,
    /// The weekdays stand in the text: the search without those words.
    pub without_weekdays: Option<SearchQuery>,
    /// The search is about types whose guests stay for some weeks.
    pub stays: bool,
    /// The search is about types whose guests come on some weekdays.
    pub by_weekday: bool,
    /// Where few are free over the days asked for: who has a place today, whatever the times.
    pub free_today: Option<Suggestion>,
}

/// How words of the query were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Understood {
    /// A typing error: typed, read as.
    Corrected { typed: String, read_as: String },
    /// Words that stand for care types: typed, names of the types.
    CareTypes { typed: String, names: Vec<String> },
    /// A word nothing was found for; the rest was searched without it.
    Ignored { typed: String },
}

/// What is listed although the strict search found nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Widened {
    /// Offers of related types at the place.
    Related,
    /// The nearest ones outside the place.
    Nearest,
    /// Related ones at the place first, then the nearest of the asked type.
    RelatedThenNearest,
}

/// Counts per value, of facilities; zero counts are left out unless chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    pub care_types: Vec<FacetValue>,
    pub municipalities: Vec<FacetValue>,
    pub lights: Vec<FacetValue>,
    pub specialisms: Vec<FacetValue>,
    pub languages: Vec<FacetValue>,
    /// What would be listed with the filter on.
    pub barrier_free: usize,
    /// What would be listed with the filter on.
    pub open_now: usize,
    pub weekdays: Vec<FacetValue>,
    /// Reports not older than the days asked for, else [`Facets::REPORTED_DAYS`]: what would be listed with the
    /// filter on.
    pub reported: usize,
}

impl Facets {
    /// The age of reports that the filter offers, in days.
    pub const REPORTED_DAYS: u16 = 7;
}

/// One value of a facet: the count is what would be listed if it were the only one chosen in its
/// group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    pub value: String,
    pub label: String,
    pub count: usize,
    pub chosen: bool,
}

/// Why a facility is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// It matches what was asked, where it was asked.
    Match,
    /// It comes to the place: the place lies in its service area.
    ServesPlace,
    /// It has a related type at the place.
    Related,
    /// It matches outside the place.
    Nearest,
}

/// A facility in the results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacilityHit {
    pub id: FacilityId,
    pub slug: Slug,
    pub name: String,
    /// Name of the organization that runs it.
    pub organization: Option<String>,
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub municipality: Option<String>,
    pub locality: Option<String>,
    pub position: Option<Position>,
    pub phone: Option<String>,
    pub kind: HitKind,
    /// Distance from the place of the search in kilometres.
    pub distance_km: Option<f64>,
    /// The offers that matched.
    pub offers: Vec<OfferHit>,
    /// Names of the offers that did not match, folded on the card.
    pub other_offers: Vec<String>,
    /// At most three facts that answer the query ("Demenz", "barrierefrei").
    pub facts: Vec<String>,
}

/// An offer in the results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferHit {
    pub id: OfferId,
    pub external_id: Option<String>,
    pub care_type: CareTypeSlug,
    /// The offer's own name, else the name of its type.
    pub label: String,
    pub form: Option<OfferForm>,
    /// `None`: the type has no light.
    pub availability: Option<Availability>,
    /// The valid report's, else the agreed places, else unknown.
    pub total: Option<u32>,
    /// Its places are beds of another offer of the house ("Dauer- oder Kurzzeitpflege").
    pub shares_places: bool,
    /// Equal offers folded into this row, itself included ("4 ×").
    pub count: usize,
}

/// One change that brings results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What to do and what it brings, in words.
    pub text: String,
    /// The changed search.
    pub query: SearchQuery,
    pub change: Change,
}

/// What a suggestion changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    DropFilter,
    /// A larger circle around the place.
    WidenCircle,
    /// A municipality nearby.
    Neighbour,
    RelatedType,
    DropText,
}
