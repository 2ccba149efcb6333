//! Tells citizens what has become free. Several programs may do so at once: each change is taken by one of them, and
//! each alert writes in one of them. What a program that dies has not committed is done by the next.

use std::{convert::Infallible, sync::Arc};

use crate::service::alert::{AlertError, AlertService};

/// How often the change log is looked at: a letter is in the queue long before two minutes are over.
const LOOK: std::time::Duration = std::time::Duration::from_secs(10);

/// Follows the change log for alerts, and deletes those that are over.
pub struct AlertJob {
    alerts: Arc<AlertService>,
}

impl AlertJob {
    pub fn new(alerts: Arc<AlertService>) -> Self {
        Self { alerts }
    }

    pub async fn run(self) -> Infallible {
        loop {
            match self.run_due().await {
                Ok(()) => {}
                // It will be said often enough elsewhere.
                Err(error) if error.is_unavailable() => {}
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "alerts cannot be told");
                }
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Does what is due by now.
    pub async fn run_due(&self) -> Result<(), AlertError> {
        self.alerts.purge().await?;
        self.alerts.find_news().await?;
        self.alerts.tell().await
    }
}
