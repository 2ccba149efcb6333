//! Copies of the whole store: every table, row by row, in a form that both engines give and take.
//!
//! The statements are made from the list of tables, so that a backup cannot forget a column that the
//! list has, and a test compares the list with the schema.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures_util::TryStreamExt;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Postgres, QueryBuilder, Row as _, Sqlite, types::Json};
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Session, schema_version},
    transaction::Transaction,
};

mod table;
mod tables;

use table::Kind;
pub use table::Table;
pub use tables::{LEFT_OUT, TABLES};

/// Values of one row, in the order of their columns. Ids are texts of 32 digits.
pub type Row = Vec<Value>;

/// Parameters of one statement at most; SQLite takes 32,766.
const PARAMETERS: usize = 30_000;

/// The number of the newest migration: what a copy is a copy of.
pub fn schema() -> i64 {
    schema_version()
}

/// The store as it was at one moment, to be copied.
pub struct Moment(Transaction);

impl Store {
    /// Begins to read; whatever is written meanwhile is not seen, and nobody has to wait.
    pub async fn begin_copy(&self) -> Result<Moment, StoreError> {
        Ok(Moment(self.moment().await?))
    }
}

/// The columns of a row as values.
macro_rules! read {
    ($row:expr, $columns:expr) => {{
        let mut values = Row::with_capacity($columns.len());
        for (at, (_, kind)) in $columns.iter().enumerate() {
            values.push(match kind {
                Kind::Uuid => {
                    let id: Option<Uuid> = $row.try_get(at).map_err(StoreError::from)?;
                    Value::from(id.map(|id| id.simple().to_string()))
                }
                Kind::Text => Value::from($row.try_get::<Option<String>, _>(at).map_err(StoreError::from)?),
                Kind::Integer => Value::from($row.try_get::<Option<i64>, _>(at).map_err(StoreError::from)?),
                Kind::Real => Value::from($row.try_get::<Option<f64>, _>(at).map_err(StoreError::from)?),
                Kind::Bool => Value::from($row.try_get::<Option<bool>, _>(at).map_err(StoreError::from)?),
                Kind::Json => {
                    let json: Option<Json<Value>> = $row.try_get(at).map_err(StoreError::from)?;
                    json.map_or(Value::Null, |json| json.0)
                }
                Kind::Bytes => {
                    let bytes: Option<Vec<u8>> = $row.try_get(at).map_err(StoreError::from)?;
                    Value::from(bytes.map(|bytes| BASE64_STANDARD.encode(bytes)))
                }
            });
        }
        values
    }};
}

impl Moment {
    /// Gives every row of a table, in the order of its key, which is the same on both engines.
    ///
    /// # Errors
    /// Those of the store, and whatever `each` answers.
    pub async fn read<E: From<StoreError>>(
        &mut self,
        table: &Table,
        mut each: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let columns = table.columns().collect::<Vec<_>>().join(", ");
        let statement =
            |key: String| AssertSqlSafe(format!("SELECT {columns} FROM {} ORDER BY {key}", table.name));
        match self.0.session() {
            Session::Sqlite(connection) => {
                let query = sqlx::query::<Sqlite>(statement(table.key.join(", ")));
                let mut rows = query.fetch(connection);
                while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                    each(read!(row, table.columns))?;
                }
            }
            Session::Postgres(connection) => {
                // Else the order of texts would be that of the database's language.
                let key = table.key.iter().map(|name| match table.column(name) {
                    Some((_, Kind::Text)) => format!("{name} COLLATE \"C\""),
                    _ => (*name).to_owned(),
                });
                let query = sqlx::query::<Postgres>(statement(key.collect::<Vec<_>>().join(", ")));
                let mut rows = query.fetch(connection);
                while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                    each(read!(row, table.columns))?;
                }
            }
        }
        Ok(())
    }

    /// Ends the reading.
    pub async fn end(self) -> Result<(), StoreError> {
        self.0.rollback().await
    }
}

/// Writes rows in statements of many.
macro_rules! write {
    ($db:ty, $connection:expr, $head:expr, $columns:expr, $rows:expr) => {{
        for some in $rows.chunks((PARAMETERS / $columns.len().max(1)).clamp(1, 500)) {
            let mut query = QueryBuilder::<$db>::new($head);
            query.push_values(some, |mut list, row| {
                for ((_, kind), value) in $columns.iter().zip(row) {
                    match kind {
                        Kind::Uuid => list.push_bind(value.as_str().and_then(|id| id.parse::<Uuid>().ok())),
                        Kind::Text => list.push_bind(value.as_str().map(str::to_owned)),
                        Kind::Integer => list.push_bind(value.as_i64()),
                        Kind::Real => list.push_bind(value.as_f64()),
                        Kind::Bool => list.push_bind(value.as_bool()),
                        Kind::Bytes => list.push_bind(decode(value)),
                        Kind::Json => list.push_bind((!value.is_null()).then(|| Json(value.clone()))),
                    };
                }
            });
            query.build().persistent(false).execute(&mut *$connection).await?;
        }
    }};
}

/// Fills an empty store.
pub struct Filling {
    tx: Tx,
    /// Table, column, the row's id, what it refers to.
    late: Vec<(&'static str, &'static str, Uuid, Uuid)>,
}

impl Store {
    /// Begins to fill a store from a copy. `None`: a portal serves from this PostgreSQL.
    pub async fn begin_filling(&self) -> Result<Option<Filling>, StoreError> {
        let mut tx = self.begin_alone().await?;
        Ok(tx.lock_out_portals().await?.then_some(Filling { tx, late: Vec::new() }))
    }
}

impl Filling {
    /// Whether there is no row in any table.
    pub async fn is_empty(&mut self) -> Result<bool, StoreError> {
        for table in TABLES {
            let statement = format!("SELECT EXISTS (SELECT 1 FROM {})", table.name);
            let (any,) = match self.tx.session() {
                Session::Sqlite(connection) => {
                    sqlx::query_as::<Sqlite, (bool,)>(AssertSqlSafe(statement)).fetch_one(connection).await?
                }
                Session::Postgres(connection) => {
                    sqlx::query_as::<Postgres, (bool,)>(AssertSqlSafe(statement))
                        .fetch_one(connection)
                        .await?
                }
            };
            if any {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Inserts rows with these columns; columns that are missing get what the schema says.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where a column is unknown or a value is of another kind.
    pub async fn insert(
        &mut self,
        table: &'static Table,
        columns: &[String],
        mut rows: Vec<Row>,
    ) -> Result<(), StoreError> {
        let known = columns.iter().map(|name| table.column(name));
        let columns: Vec<_> = known.collect::<Option<_>>().ok_or(StoreError::Unreadable("a column"))?;
        for row in &mut rows {
            check(&columns, row)?;
            self.put_off(table, &columns, row);
        }
        let names = columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let head = format!("INSERT INTO {} ({names}) ", table.name);
        match self.tx.session() {
            Session::Sqlite(connection) => write!(Sqlite, connection, head.as_str(), columns, rows),
            Session::Postgres(connection) => {
                let head = format!("{head}OVERRIDING SYSTEM VALUE ");
                write!(Postgres, connection, head.as_str(), columns, rows);
            }
        }
        Ok(())
    }

    /// A row cannot refer to one that comes after it.
    fn put_off(&mut self, table: &'static Table, columns: &[(&'static str, Kind)], row: &mut Row) {
        let Some(late) = table.late else { return };
        let at = |name: &str| columns.iter().position(|(column, _)| *column == name);
        let id_in = |row: &Row, at: usize| row.get(at)?.as_str()?.parse::<Uuid>().ok();
        let Some((id, other)) = at("id").zip(at(late)) else { return };
        if let Some((id, other_id)) = id_in(row, id).zip(id_in(row, other)) {
            self.late.push((table.name, late, id, other_id));
            row[other] = Value::Null;
        }
    }

    /// Makes everything lasting and visible.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        for (table, column, id, other) in std::mem::take(&mut self.late) {
            let statement = format!("UPDATE {table} SET {column} = $2 WHERE id = $1");
            match self.tx.session() {
                Session::Sqlite(connection) => {
                    let query = sqlx::query::<Sqlite>(AssertSqlSafe(statement)).bind(id).bind(other);
                    query.execute(connection).await?;
                }
                Session::Postgres(connection) => {
                    let query = sqlx::query::<Postgres>(AssertSqlSafe(statement)).bind(id).bind(other);
                    query.execute(connection).await?;
                }
            }
        }
        // SQLite looks at the highest number by itself.
        if let Session::Postgres(connection) = self.tx.session() {
            for (table, column) in TABLES.iter().filter_map(|table| Some((table.name, table.numbered?))) {
                let statement = format!(
                    "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), COALESCE(MAX({column}), 1), \
                     COUNT(*) > 0) FROM {table}"
                );
                sqlx::query::<Postgres>(AssertSqlSafe(statement)).execute(&mut *connection).await?;
            }
        }
        self.tx.commit().await
    }
}

fn decode(value: &Value) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(value.as_str()?).ok()
}

/// Whether values are what their columns hold.
fn check(columns: &[(&'static str, Kind)], row: &Row) -> Result<(), StoreError> {
    let fits = |((_, kind), value): (&(&str, Kind), &Value)| match kind {
        _ if value.is_null() => true,
        Kind::Uuid => value.as_str().is_some_and(|id| id.parse::<Uuid>().is_ok()),
        Kind::Text => value.is_string(),
        Kind::Integer => value.is_i64(),
        Kind::Real => value.is_number(),
        Kind::Bool => value.is_boolean(),
        Kind::Bytes => decode(value).is_some(),
        Kind::Json => true,
    };
    let fit = row.len() == columns.len() && columns.iter().zip(row).all(fits);
    if fit { Ok(()) } else { Err(StoreError::Unreadable("a row")) }
}
