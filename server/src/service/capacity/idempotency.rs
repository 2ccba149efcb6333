//! Calls that may come twice: a program that has heard no answer asks again under the same key, and gets the answer of
//! the first time. Begin and end are two transactions, so that a second call at the same moment sees that the first one
//! runs; the end is in that of the reports, so that there is an answer if and only if they were written.

use app::domain::ids::ApiTokenId;
use time::{Duration, OffsetDateTime};

use super::{CapacityError, CapacityService, Reported, whole_microseconds};
use crate::store::{CallKey, Tx};

/// How long a key has its answer.
const KEPT: Duration = Duration::hours(24);
/// After that, a call that was begun has been forgotten by whoever worked on it: longer than any request may take.
const FORGOTTEN: Duration = Duration::minutes(4);

/// A call under a key, begun by whoever has this.
#[derive(Debug)]
pub struct Call {
    key: CallKey,
    begun_at: OffsetDateTime,
}

/// What is known of a call.
#[derive(Debug)]
pub enum Begun {
    /// It is new.
    New(Call),
    /// It was answered.
    Known(String),
    /// The key belongs to another one.
    Reused,
    /// It is being answered right now.
    Running,
}

/// A call that has the same answer when it comes again, and how the answer is made.
pub struct Once<'a> {
    pub call: &'a Call,
    pub answer: &'a (dyn Fn(&[Reported]) -> String + Sync),
}

impl Once<'_> {
    pub(super) async fn finish(&self, tx: &mut Tx, stands: &[Reported]) -> Result<(), CapacityError> {
        let Call { key, begun_at } = self.call;
        let is_mine = tx.finish_call(key, *begun_at, &(self.answer)(stands)).await?;
        if is_mine { Ok(()) } else { Err(CapacityError::Overtaken) }
    }
}

impl CapacityService {
    /// Begins a call of a program; `request` is the hash of all that it asks.
    pub async fn begin_call(
        &self,
        token: ApiTokenId,
        key: &str,
        request: &str,
    ) -> Result<Begun, CapacityError> {
        let key = CallKey { token, key: key.to_owned() };
        let now = whole_microseconds(self.clock.now().instant);
        let mut tx = self.store.begin().await?;
        tx.delete_old_calls(now - KEPT).await?;
        let begun = if tx.begin_call(&key, request, now).await? {
            Begun::New(Call { key, begun_at: now })
        } else {
            match tx.find_call(&key).await? {
                Some(known) if known.request_hash != request => Begun::Reused,
                Some(known) => match known.answer {
                    Some(answer) => Begun::Known(answer),
                    None if now - known.begun_at > FORGOTTEN
                        && tx.take_over_call(&key, known.begun_at, now).await? =>
                    {
                        Begun::New(Call { key, begun_at: now })
                    }
                    None => Begun::Running,
                },
                // It was given up a moment ago: whoever asks again begins it.
                None => Begun::Running,
            }
        };
        tx.commit().await?;
        Ok(begun)
    }

    /// Gives a call up that wrote nothing: its key is free again.
    pub async fn give_up_call(&self, Call { key, begun_at }: Call) -> Result<(), CapacityError> {
        let mut tx = self.store.begin().await?;
        tx.give_up_call(&key, begun_at).await?;
        tx.commit().await?;
        Ok(())
    }
}
