//! What the county changed of care types, specialisms and the words of the search.

use app::domain::{
    care_type::{CareGroup, CareTypeSlug, LightKind},
    ids::LexiconLineId,
    vocabulary::{CareTypeChange, LexiconLine, SpecialismChange, Targets, Vocabulary},
};
use sqlx::{FromRow, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    ChangeKind, Store, StoreError, Tx,
    draft::author,
    engine::{Session, Sql, run, sql},
    values::{Instant, Keyed, read, read_count},
};

const LIST_CARE_TYPES: Sql = sql!("vocabulary/list_care_types");
const SAVE_CARE_TYPE: Sql = sql!("vocabulary/save_care_type");
const DELETE_CARE_TYPE: Sql = sql!("vocabulary/delete_care_type");
const LIST_SPECIALISMS: Sql = sql!("vocabulary/list_specialisms");
const SAVE_SPECIALISM: Sql = sql!("vocabulary/save_specialism");
const DELETE_SPECIALISM: Sql = sql!("vocabulary/delete_specialism");
const LIST_LINES: Sql = sql!("vocabulary/list_lines");
const SAVE_LINE: Sql = sql!("vocabulary/save_line");
const DELETE_LINE: Sql = sql!("vocabulary/delete_line");

#[derive(FromRow)]
struct CareTypeRow {
    slug: String,
    name: Option<String>,
    care_group: Option<String>,
    light: Option<String>,
    valid_days: Option<i64>,
    related: Option<Json<Vec<CareTypeSlug>>>,
    comes_to_people: Option<bool>,
    is_hidden: Option<bool>,
}

impl TryFrom<CareTypeRow> for CareTypeChange {
    type Error = StoreError;

    fn try_from(row: CareTypeRow) -> Result<Self, StoreError> {
        Ok(Self {
            slug: CareTypeSlug::parse(&row.slug).ok_or(StoreError::Unreadable("a care type"))?,
            name: row.name,
            group: row.care_group.as_deref().map(read::<CareGroup>).transpose()?,
            light: row.light.as_deref().map(read::<LightKind>).transpose()?,
            valid_days: row.valid_days.map(read_count).transpose()?,
            related: row.related.map(|related| related.0),
            comes_to_people: row.comes_to_people,
            hidden: row.is_hidden,
        })
    }
}

#[derive(FromRow)]
struct LineRow {
    id: Uuid,
    words: Json<Vec<String>>,
    care_types: Json<Vec<CareTypeSlug>>,
    specialisms: Json<Vec<String>>,
    same_as: Json<Vec<String>>,
    author_id: Option<Uuid>,
    author_name: Option<String>,
    changed_at: Instant,
}

impl TryFrom<LineRow> for LexiconLine {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: LexiconLineId(row.id),
            words: row.words.0,
            targets: Targets {
                care_types: row.care_types.0,
                specialisms: row.specialisms.0,
                same_as: row.same_as.0,
            },
            author: author(row.author_id, row.author_name),
            changed_at: row.changed_at.read()?,
        })
    }
}

async fn care_types(session: Session<'_>) -> Result<Vec<CareTypeChange>, StoreError> {
    let rows = run!(session, fetch_all CareTypeRow = LIST_CARE_TYPES, [])?;
    rows.into_iter().map(CareTypeChange::try_from).collect()
}

async fn specialisms(session: Session<'_>) -> Result<Vec<SpecialismChange>, StoreError> {
    let rows = run!(session, fetch_all(String, Option<String>, Option<bool>) = LIST_SPECIALISMS, [])?;
    Ok(rows.into_iter().map(|(slug, name, hidden)| SpecialismChange { slug, name, hidden }).collect())
}

async fn lines(session: Session<'_>) -> Result<Vec<LexiconLine>, StoreError> {
    let rows = run!(session, fetch_all LineRow = LIST_LINES, [])?;
    rows.into_iter().map(LexiconLine::try_from).collect()
}

impl Store {
    /// All that the county has changed.
    pub async fn list_vocabulary(&self) -> Result<Vocabulary, StoreError> {
        let mut moment = self.moment().await?;
        Ok(Vocabulary {
            care_types: care_types(moment.session()).await?,
            specialisms: specialisms(moment.session()).await?,
            lines: lines(moment.session()).await?,
        })
    }
}

impl Tx {
    /// See [`Store::list_vocabulary`], as this transaction sees it.
    pub async fn list_vocabulary(&mut self) -> Result<Vocabulary, StoreError> {
        Ok(Vocabulary {
            care_types: care_types(self.session()).await?,
            specialisms: specialisms(self.session()).await?,
            lines: lines(self.session()).await?,
        })
    }

    /// Writes what differs of a care type, in the place of what differed before.
    pub async fn save_care_type_change(
        &mut self,
        change: &CareTypeChange,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.record(ChangeKind::Vocabulary, None);
        run!(self.session(), execute SAVE_CARE_TYPE, [
            change.slug.as_str(),
            change.name.as_deref(),
            change.group.map(Keyed::key),
            change.light.map(Keyed::key),
            change.valid_days.map(i64::from),
            change.related.as_ref().map(Json),
            change.comes_to_people,
            change.hidden,
            Instant::from(now),
        ])?;
        Ok(())
    }

    /// The care type is as it was configured again.
    pub async fn delete_care_type_change(&mut self, slug: &CareTypeSlug) -> Result<(), StoreError> {
        self.record(ChangeKind::Vocabulary, None);
        run!(self.session(), execute DELETE_CARE_TYPE, [slug.as_str()])?;
        Ok(())
    }

    /// Writes what differs of a specialism, in the place of what differed before.
    pub async fn save_specialism_change(
        &mut self,
        change: &SpecialismChange,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.record(ChangeKind::Vocabulary, None);
        run!(self.session(), execute SAVE_SPECIALISM, [
            change.slug.as_str(),
            change.name.as_deref(),
            change.hidden,
            Instant::from(now),
        ])?;
        Ok(())
    }

    /// The specialism is as it was configured again.
    pub async fn delete_specialism_change(&mut self, slug: &str) -> Result<(), StoreError> {
        self.record(ChangeKind::Vocabulary, None);
        run!(self.session(), execute DELETE_SPECIALISM, [slug])?;
        Ok(())
    }

    /// Writes a line of words, in the place of what it was before.
    pub async fn save_line(&mut self, line: &LexiconLine) -> Result<(), StoreError> {
        self.record(ChangeKind::Vocabulary, None);
        run!(self.session(), execute SAVE_LINE, [
            line.id.0,
            Json(&line.words),
            Json(&line.targets.care_types),
            Json(&line.targets.specialisms),
            Json(&line.targets.same_as),
            line.author.as_ref().map(|author| author.id.0),
            Instant::from(line.changed_at),
        ])?;
        Ok(())
    }

    pub async fn delete_line(&mut self, id: LexiconLineId) -> Result<(), StoreError> {
        self.record(ChangeKind::Vocabulary, None);
        run!(self.session(), execute DELETE_LINE, [id.0])?;
        Ok(())
    }
}
