//! How far following has come: what readiness says, what is logged, how long to wait after a failure.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::service::pulse::Readiness;

/// For how long the search may not have heard from the change log and still passes for current.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait before the next attempt after a failure, at first and at most.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What follows from a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// It is another one than before: say so in the log.
    pub(super) is_news: bool,
    /// How long to wait before the next attempt.
    pub(super) pause: Duration,
}

/// Shared between the follower, which writes it, and whoever asks.
#[derive(Debug)]
pub(in crate::service) struct Progress(Mutex<State>);

#[derive(Debug)]
struct State {
    /// When the change log was last taken in.
    heard: Instant,
    /// The number of the change up to which everything was taken in.
    up_to: i64,
    trouble: Option<Trouble>,
}

#[derive(Debug)]
struct Trouble {
    store_is_away: bool,
    what: String,
    /// Failures in a row.
    times: u32,
}

impl Progress {
    pub(in crate::service) fn new(now: Instant) -> Self {
        Self(Mutex::new(State { heard: now, up_to: 0, trouble: None }))
    }

    /// Some of what changed was taken in.
    pub(super) fn moved(&self, now: Instant) {
        self.state().heard = now;
    }

    /// Everything was taken in. Answers whether that is news: there was trouble before.
    pub(super) fn is_current(&self, now: Instant, up_to: i64) -> bool {
        let mut state = self.state();
        (state.heard, state.up_to) = (now, up_to);
        state.trouble.take().is_some()
    }

    /// Something failed. The store is asked again every second; what is broken otherwise will not
    /// mend itself so fast.
    pub(super) fn failed(&self, store_is_away: bool, what: String) -> Failure {
        let mut state = self.state();
        let same = state.trouble.take().filter(|before| before.store_is_away == store_is_away);
        let is_news = same.as_ref().is_none_or(|before| !store_is_away && before.what != what);
        let times = same.map_or(1, |before| before.times.saturating_add(1));
        state.trouble = Some(Trouble { store_is_away, what, times });
        let doubled = PAUSE * 2_u32.pow(times.saturating_sub(1).min(10));
        Failure { is_news, pause: if store_is_away { PAUSE } else { doubled.min(LONGEST_PAUSE) } }
    }

    pub(in crate::service) fn readiness(&self, now: Instant, has_index: bool) -> Readiness {
        let state = self.state();
        if state.trouble.as_ref().is_some_and(|trouble| trouble.store_is_away) {
            Readiness::StoreAway
        } else if !has_index {
            Readiness::Indexing
        } else if now.saturating_duration_since(state.heard) > PATIENCE {
            Readiness::Behind
        } else {
            Readiness::Ready
        }
    }

    /// The number of the change up to which everything was taken in, and how long ago the change log
    /// was last heard.
    pub(in crate::service) fn reached(&self, now: Instant) -> (i64, Duration) {
        let state = self.state();
        (state.up_to, now.saturating_duration_since(state.heard))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_search_that_has_not_heard_from_the_store_for_long_does_not_pass_for_current() {
        let start = Instant::now();
        let progress = Progress::new(start);
        assert_eq!(progress.readiness(start, false), Readiness::Indexing);
        assert_eq!(progress.readiness(start + PATIENCE, true), Readiness::Ready);
        progress.failed(false, "disk full".to_owned());
        assert_eq!(progress.readiness(start + PATIENCE, true), Readiness::Ready);
        assert_eq!(progress.readiness(start + PATIENCE + SECOND, true), Readiness::Behind);
        progress.moved(start + PATIENCE);
        assert_eq!(progress.readiness(start + PATIENCE + SECOND, true), Readiness::Ready);
        progress.failed(true, "away".to_owned());
        assert_eq!(progress.readiness(start + PATIENCE, true), Readiness::StoreAway);
        assert!(progress.is_current(start + PATIENCE, 7));
        assert_eq!(progress.readiness(start + PATIENCE, true), Readiness::Ready);
        assert_eq!(progress.reached(start + PATIENCE + SECOND), (7, SECOND));
    }

    #[test]
    fn a_failure_that_lasts_is_news_once_and_tried_ever_more_rarely() {
        let progress = Progress::new(Instant::now());
        let fails = |what: &str| progress.failed(false, what.to_owned());
        let pauses: Vec<u64> = (0..7).map(|_| fails("disk full").pause.as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30]);
        assert!(!fails("disk full").is_news);
        assert!(fails("worker panicked").is_news);
        assert!(progress.is_current(Instant::now(), 1));
        assert!(!progress.is_current(Instant::now(), 1), "nothing was wrong");
        assert_eq!(fails("disk full"), Failure { is_news: true, pause: SECOND });
    }

    #[test]
    fn a_store_that_is_away_is_asked_every_second_and_logged_once_whatever_it_says() {
        let progress = Progress::new(Instant::now());
        assert_eq!(progress.failed(true, "refused".to_owned()), Failure { is_news: true, pause: SECOND });
        assert_eq!(progress.failed(true, "timed out".to_owned()), Failure { is_news: false, pause: SECOND });
        assert!(progress.failed(false, "disk full".to_owned()).is_news);
    }
}
