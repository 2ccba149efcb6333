//! What the county's IT can watch: counts and durations, never what somebody asked.

use std::{
    fmt,
    sync::atomic::{AtomicI64, AtomicU64},
    time::Duration,
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};

/// The media type of what [`Metrics::text`] gives.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds of durations in seconds.
const SECONDS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    class: &'static str,
    status: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ClassLabels {
    class: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct SourceLabels {
    from: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LightLabels {
    light: &'static str,
}

/// What is true at the moment somebody looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Present {
    pub ready: bool,
    /// Grows with every change that the search knows of.
    pub generation: u64,
    /// The number of the change up to which the search has taken everything in.
    pub index_change: i64,
    /// The number of the latest change of the store; `None`: it does not answer.
    pub store_change: Option<i64>,
    /// How long ago the search last heard from the change log.
    pub heard: Duration,
    /// Public facilities.
    pub facilities: usize,
    /// Their offers by light, in the words of addresses; those of types without a light are `ohne`.
    pub offers: Vec<(&'static str, usize)>,
    pub resident_bytes: Option<u64>,
}

/// All metrics of a program.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    durations: Family<ClassLabels, Histogram, fn() -> Histogram>,
    pages: Family<SourceLabels, Counter>,
    ready: Gauge,
    generation: Gauge<u64, AtomicU64>,
    index_change: Gauge,
    store_change: Gauge,
    lag: Gauge,
    heard: Gauge<f64, AtomicU64>,
    facilities: Gauge,
    offers: Family<LightLabels, Gauge>,
    memory: Gauge<i64, AtomicI64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(SECONDS);
        let mut metrics = Self {
            registry: Registry::default(),
            requests: Family::default(),
            durations: Family::new_with_constructor(histogram),
            pages: Family::default(),
            ready: Gauge::default(),
            generation: Gauge::default(),
            index_change: Gauge::default(),
            store_change: Gauge::default(),
            lag: Gauge::default(),
            heard: Gauge::default(),
            facilities: Gauge::default(),
            offers: Family::default(),
            memory: Gauge::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let own = self.registry.sub_registry_with_prefix("kreislotse");
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        own.register("build", "The program", version);
        own.register("requests", "Answers by kind of address and status", self.requests.clone());
        own.register_with_unit(
            "request",
            "How long answers took by kind of address",
            Unit::Seconds,
            self.durations.clone(),
        );
        own.register("pages", "Pages and search results, kept in memory or made", self.pages.clone());
        own.register("ready", "Whether people can be sent here", self.ready.clone());
        own.register(
            "index_generation",
            "Grows with every change the search knows of",
            self.generation.clone(),
        );
        own.register(
            "index_change",
            "Number of the last change the search has taken in",
            self.index_change.clone(),
        );
        own.register("store_change", "Number of the last change of the store", self.store_change.clone());
        own.register("index_lag_changes", "Changes the search has not taken in yet", self.lag.clone());
        own.register_with_unit(
            "index_heard",
            "Time since the search last heard from the store",
            Unit::Seconds,
            self.heard.clone(),
        );
        own.register("facilities", "Public facilities", self.facilities.clone());
        own.register("offers", "Offers of public facilities by light", self.offers.clone());
        self.registry.register_with_unit(
            "process_resident_memory",
            "Resident memory of the process",
            Unit::Bytes,
            self.memory.clone(),
        );
    }

    /// An answer was given.
    pub fn request(&self, class: &'static str, status: u16, took: Duration) {
        self.requests.get_or_create(&RequestLabels { class, status: status.into() }).inc();
        self.durations.get_or_create(&ClassLabels { class }).observe(took.as_secs_f64());
    }

    /// A page was taken from memory, or made.
    pub fn page(&self, from_memory: bool) {
        let from = if from_memory { "memory" } else { "rendering" };
        self.pages.get_or_create(&SourceLabels { from }).inc();
    }

    /// Everything in the text form of `OpenMetrics`, which Prometheus reads.
    ///
    /// # Errors
    /// Never, as long as memory lasts.
    pub fn text(&self, present: &Present) -> Result<String, fmt::Error> {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.ready.set(present.ready.into());
        self.generation.set(present.generation);
        self.index_change.set(present.index_change);
        if let Some(change) = present.store_change {
            self.store_change.set(change);
            self.lag.set((change - present.index_change).max(0));
        }
        self.heard.set(present.heard.as_secs_f64());
        self.facilities.set(number(present.facilities));
        for (light, count) in &present.offers {
            self.offers.get_or_create(&LightLabels { light }).set(number(*count));
        }
        self.memory
            .set(present.resident_bytes.and_then(|bytes| i64::try_from(bytes).ok()).unwrap_or_default());
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// Resident memory of this process in bytes, where the system says it.
pub fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
}
