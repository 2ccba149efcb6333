//! Municipalities and their localities.

use app::domain::{
    ids::MunicipalityId,
    place::{Ags, Locality, Municipality},
};
use sqlx::{FromRow, types::Json};
use uuid::Uuid;

use super::{
    ChangeKind, Store, StoreError, Tx,
    engine::{Session, Sql, run, sql},
};

const LIST: Sql = sql!("municipality/list");
const FIND_BY_AGS: Sql = sql!("municipality/find_by_ags");
const FIND_BY_NAME: Sql = sql!("municipality/find_by_name");
const INSERT: Sql = sql!("municipality/insert");
const UPDATE: Sql = sql!("municipality/update");
const LIST_POSTAL_CODES: Sql = sql!("municipality/list_postal_codes");
const LIST_LOCALITIES: Sql = sql!("municipality/list_localities");
const INSERT_LOCALITY: Sql = sql!("municipality/insert_locality");
const SAVE_LOCALITY: Sql = sql!("municipality/save_locality");
const LIST_FACILITY_IDS: Sql = sql!("facility/list_ids_of_municipality");

#[derive(FromRow)]
struct MunicipalityRow {
    id: Uuid,
    ags: Option<String>,
    name: String,
    aliases: Json<Vec<String>>,
}

impl TryFrom<MunicipalityRow> for Municipality {
    type Error = StoreError;

    fn try_from(row: MunicipalityRow) -> Result<Self, StoreError> {
        let ags = row.ags.map(|ags| Ags::parse(&ags).ok_or(StoreError::Unreadable("ags"))).transpose()?;
        Ok(Self { id: MunicipalityId(row.id), ags, name: row.name, aliases: row.aliases.0 })
    }
}

#[derive(FromRow)]
struct LocalityRow {
    municipality_id: Uuid,
    name: String,
    aliases: Json<Vec<String>>,
}

async fn list(session: Session<'_>) -> Result<Vec<Municipality>, StoreError> {
    let rows = run!(session, fetch_all MunicipalityRow = LIST, [])?;
    rows.into_iter().map(Municipality::try_from).collect()
}

impl Store {
    /// All municipalities by name.
    pub async fn list_municipalities(&self) -> Result<Vec<Municipality>, StoreError> {
        list(self.lease().await?.session()).await
    }

    /// All localities, those of one municipality together and by name.
    pub async fn list_localities(&self) -> Result<Vec<Locality>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all LocalityRow = LIST_LOCALITIES, [])?;
        Ok(rows
            .into_iter()
            .map(|row| Locality {
                municipality: MunicipalityId(row.municipality_id),
                name: row.name,
                aliases: row.aliases.0,
            })
            .collect())
    }
}

impl Tx {
    /// All municipalities by name.
    pub async fn list_municipalities(&mut self) -> Result<Vec<Municipality>, StoreError> {
        list(self.session()).await
    }

    /// The postcodes that the facilities of each municipality have.
    pub async fn list_postal_codes(&mut self) -> Result<Vec<(MunicipalityId, String)>, StoreError> {
        let rows = run!(self.session(), fetch_all(Uuid, String) = LIST_POSTAL_CODES, [])?;
        Ok(rows.into_iter().map(|(id, code)| (MunicipalityId(id), code)).collect())
    }

    pub async fn find_municipality_by_ags(&mut self, ags: &Ags) -> Result<Option<Municipality>, StoreError> {
        let row = run!(self.session(), fetch_optional MunicipalityRow = FIND_BY_AGS, [ags.as_str()])?;
        row.map(Municipality::try_from).transpose()
    }

    /// Finds by the name as it is written; where several have it, the one that came first.
    pub async fn find_municipality_by_name(
        &mut self,
        name: &str,
    ) -> Result<Option<Municipality>, StoreError> {
        let row = run!(self.session(), fetch_optional MunicipalityRow = FIND_BY_NAME, [name])?;
        row.map(Municipality::try_from).transpose()
    }

    pub async fn insert_municipality(&mut self, municipality: &Municipality) -> Result<(), StoreError> {
        let m = municipality;
        let ags = m.ags.as_ref().map(Ags::as_str);
        run!(self.session(), execute INSERT, [m.id.0, ags, &m.name, Json(&m.aliases)])?;
        self.record(ChangeKind::Municipality, m.id.0);
        Ok(())
    }

    /// Changes a municipality; its facilities count as changed, too.
    pub async fn update_municipality(&mut self, municipality: &Municipality) -> Result<(), StoreError> {
        let m = municipality;
        let ags = m.ags.as_ref().map(Ags::as_str);
        let touched = run!(self.session(), execute UPDATE, [m.id.0, ags, &m.name, Json(&m.aliases)])?;
        if touched == 0 {
            return Err(StoreError::NotFound);
        }
        self.record(ChangeKind::Municipality, m.id.0);
        let facilities = run!(self.session(), fetch_all(Uuid,) = LIST_FACILITY_IDS, [m.id.0])?;
        for (facility,) in facilities {
            self.record(ChangeKind::Facility, facility);
        }
        Ok(())
    }

    /// Inserts a locality, or replaces the aliases of the one with this name.
    pub async fn save_locality(&mut self, locality: &Locality) -> Result<(), StoreError> {
        let id = locality.municipality.0;
        run!(self.session(), execute SAVE_LOCALITY, [id, &locality.name, Json(&locality.aliases)])?;
        self.record(ChangeKind::Municipality, id);
        Ok(())
    }

    /// Makes sure that the locality an address names exists.
    pub(super) async fn ensure_locality(&mut self, municipality: Uuid, name: &str) -> Result<(), StoreError> {
        let known = (municipality, name.to_owned());
        if self.localities.contains(&known) {
            return Ok(());
        }
        let none: Json<[String; 0]> = Json([]);
        if run!(self.session(), execute INSERT_LOCALITY, [municipality, name, none])? > 0 {
            self.record(ChangeKind::Municipality, municipality);
        }
        self.localities.insert(known);
        Ok(())
    }
}
