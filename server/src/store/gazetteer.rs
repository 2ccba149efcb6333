//! The imported gazetteer.

use app::domain::place::{GazetteerPlace, Position, PostalCode};
use serde::Serialize;
use sqlx::{FromRow, types::Json};

use super::{
    ChangeKind, Store, StoreError, Tx,
    engine::{Sql, run, sql, sql_pair},
};

const LIST: Sql = sql!("gazetteer/list");
const DELETE_ALL: Sql = sql!("gazetteer/delete_all");
const INSERT: Sql = sql_pair!("gazetteer/insert");

/// Places sent to the database in one statement.
const BATCH: usize = 1000;

#[derive(FromRow)]
struct GazetteerRow {
    postal_code: String,
    name: String,
    county: String,
    county_key: String,
    state: String,
    lat: f64,
    lon: f64,
}

/// How a place travels to the database.
#[derive(Serialize)]
struct NewGazetteerRow<'a> {
    postal_code: &'a str,
    name: &'a str,
    county: &'a str,
    county_key: &'a str,
    state: &'a str,
    lat: f64,
    lon: f64,
}

impl<'a> From<&'a GazetteerPlace> for NewGazetteerRow<'a> {
    fn from(place: &'a GazetteerPlace) -> Self {
        Self {
            postal_code: place.postal_code.as_str(),
            name: &place.name,
            county: &place.county,
            county_key: &place.county_key,
            state: &place.state,
            lat: place.position.lat,
            lon: place.position.lon,
        }
    }
}

impl TryFrom<GazetteerRow> for GazetteerPlace {
    type Error = StoreError;

    fn try_from(row: GazetteerRow) -> Result<Self, StoreError> {
        Ok(Self {
            postal_code: PostalCode::parse(&row.postal_code).ok_or(StoreError::Unreadable("postcode"))?,
            name: row.name,
            county: row.county,
            county_key: row.county_key,
            state: row.state,
            position: Position::new(row.lat, row.lon).ok_or(StoreError::Unreadable("position"))?,
        })
    }
}

impl Store {
    /// The gazetteer in the order of its file.
    pub async fn list_gazetteer(&self) -> Result<Vec<GazetteerPlace>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all GazetteerRow = LIST, [])?;
        rows.into_iter().map(GazetteerPlace::try_from).collect()
    }
}

impl Tx {
    /// Puts this gazetteer in the place of the one before.
    pub async fn replace_gazetteer(&mut self, places: &[GazetteerPlace]) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_ALL, [])?;
        for batch in places.chunks(BATCH) {
            let rows: Vec<NewGazetteerRow> = batch.iter().map(NewGazetteerRow::from).collect();
            run!(self.session(), execute INSERT, [Json(&rows)])?;
        }
        self.record(ChangeKind::Gazetteer, None);
        Ok(())
    }
}
