//! A clock that a test moves.

use std::sync::Mutex;

use app::{backend::Clock, domain::now::Now};
use time::{Duration, OffsetDateTime};

pub struct TestClock(Mutex<OffsetDateTime>);

impl Clock for TestClock {
    fn now(&self) -> Now {
        server::clock::berlin(self.instant())
    }
}

impl TestClock {
    pub fn at(instant: OffsetDateTime) -> Self {
        Self(Mutex::new(instant))
    }

    pub fn passes(&self, time: Duration) {
        *self.0.lock().expect("a lock") += time;
    }

    pub fn becomes(&self, instant: OffsetDateTime) {
        *self.0.lock().expect("a lock") = instant;
    }

    pub fn instant(&self) -> OffsetDateTime {
        *self.0.lock().expect("a lock")
    }
}
