//! Looks every minute who is to be reminded. Several programs may do so at once, and each may be killed at any moment:
//! what was written is written with the mail that says it.

use std::{convert::Infallible, sync::Arc};

use crate::service::reminder::{ReminderError, ReminderService};

const LOOK: std::time::Duration = std::time::Duration::from_mins(1);

/// Writes reminders.
pub struct ReminderJob(Arc<ReminderService>);

impl ReminderJob {
    pub fn new(reminders: Arc<ReminderService>) -> Self {
        Self(reminders)
    }

    pub async fn run(self) -> Infallible {
        loop {
            tokio::time::sleep(LOOK).await;
            match self.run_due().await {
                Ok(_) => {}
                // It will be said often enough elsewhere.
                Err(error) if error.is_unavailable() => {}
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "nobody can be reminded");
                }
            }
        }
    }

    /// Writes what is due by now. Gives how many people were written to.
    pub async fn run_due(&self) -> Result<usize, ReminderError> {
        self.0.remind_due().await
    }
}
