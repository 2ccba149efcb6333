//! Work that keeps a processor busy, away from the threads that serve connections.

use std::{num::NonZeroUsize, sync::Arc, thread::available_parallelism};

use tokio::{sync::Semaphore, task::spawn_blocking};

/// Runs as much at once as there are processors. More would finish nothing earlier, but everything
/// that waits would hold memory; whoever gives up waiting costs nothing.
#[derive(Clone, Debug)]
pub struct Workers {
    free: Arc<Semaphore>,
}

/// The work did not end as it should.
#[derive(Debug, thiserror::Error)]
#[error("the work was cut off")]
pub struct CutOff;

impl Workers {
    /// As many as the machine has processors.
    pub fn of_machine() -> Self {
        Self::new(available_parallelism().map_or(1, NonZeroUsize::get))
    }

    fn new(count: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(count)) }
    }

    /// Waits for its turn and runs the work, to its end even when nobody waits for it any more.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, CutOff> {
        let turn = self.free.clone().acquire_owned().await.map_err(|_| CutOff)?;
        let running = spawn_blocking(move || {
            let result = work();
            drop(turn);
            result
        });
        running.await.map_err(|_| CutOff)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn no_more_runs_at_once_than_there_are_workers() {
        let workers = Workers::new(2);
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let jobs = (0..20).map(|_| {
            let (workers, running, most) = (workers.clone(), running.clone(), most.clone());
            tokio::spawn(async move {
                let work = move || {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(5));
                    running.fetch_sub(1, Ordering::SeqCst);
                };
                workers.run(work).await
            })
        });
        for job in jobs.collect::<Vec<_>>() {
            job.await.expect("a job").expect("its work");
        }
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_panic_gives_its_place_back() {
        let workers = Workers::new(1);
        assert!(workers.run(|| panic!("on purpose")).await.is_err());
        assert_eq!(workers.run(|| 7).await.expect("the next one"), 7);
    }
}
