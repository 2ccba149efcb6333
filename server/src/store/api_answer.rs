//! What programs were answered, for those that ask the same twice.

use app::domain::ids::ApiTokenId;
use time::OffsetDateTime;

use super::{
    StoreError, Tx,
    engine::{Sql, run, sql},
    values::Instant,
};

const BEGIN: Sql = sql!("api_answer/begin");
const FIND: Sql = sql!("api_answer/find");
const TAKE_OVER: Sql = sql!("api_answer/take_over");
const FINISH: Sql = sql!("api_answer/finish");
const GIVE_UP: Sql = sql!("api_answer/give_up");
const DELETE_OLD: Sql = sql!("api_answer/delete_old");

/// A call that was begun under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunCall {
    pub request_hash: String,
    pub begun_at: OffsetDateTime,
    /// `None`: it still runs.
    pub answer: Option<String>,
}

/// Whose call it is, and the key it came with.
#[derive(Clone, Debug)]
pub struct CallKey {
    pub token: ApiTokenId,
    pub key: String,
}

/// No citizen sees them, so no change is recorded.
impl Tx {
    /// Begins a call; `false`: there is one of this key.
    pub async fn begin_call(
        &mut self,
        call: &CallKey,
        request_hash: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let rows = run!(
            self.session(),
            execute BEGIN,
            [call.token.0, &call.key, request_hash, Instant::from(at)]
        )?;
        Ok(rows > 0)
    }

    pub async fn find_call(&mut self, call: &CallKey) -> Result<Option<BegunCall>, StoreError> {
        let row = run!(
            self.session(),
            fetch_optional(String, Instant, Option<String>) = FIND,
            [call.token.0, &call.key]
        )?;
        row.map(|(request_hash, begun_at, answer)| {
            Ok(BegunCall { request_hash, begun_at: begun_at.read()?, answer })
        })
        .transpose()
    }

    /// Takes a call over that was begun at an instant and never ended; `false`: somebody else was faster.
    pub async fn take_over_call(
        &mut self,
        call: &CallKey,
        begun_at: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let (begun, now) = (Instant::from(begun_at), Instant::from(now));
        Ok(run!(self.session(), execute TAKE_OVER, [call.token.0, &call.key, begun, now])? > 0)
    }

    /// Keeps the answer of a call; `false`: somebody has taken it over.
    pub async fn finish_call(
        &mut self,
        call: &CallKey,
        begun_at: OffsetDateTime,
        answer: &str,
    ) -> Result<bool, StoreError> {
        let begun = Instant::from(begun_at);
        Ok(run!(self.session(), execute FINISH, [call.token.0, &call.key, begun, answer])? > 0)
    }

    /// Forgets a call that wrote nothing: its key is free again.
    pub async fn give_up_call(&mut self, call: &CallKey, begun_at: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute GIVE_UP, [call.token.0, &call.key, Instant::from(begun_at)])?;
        Ok(())
    }

    /// Forgets calls that were begun before an instant.
    pub async fn delete_old_calls(&mut self, before: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OLD, [Instant::from(before)])?;
        Ok(())
    }
}
