//! Killing portal and import at any moment, again and again; and looking what is left.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::program::{Serving, directory, kreislotse, succeeds};

/// How often everything is killed, where nobody says otherwise.
const ROUNDS: usize = 4;

/// Rows of one import.
const ROWS: usize = 80;
const MAPPING: &str = "source = \"Liste\"\nfacility = [\"name\"]\n[columns]\nid = \"external_id\"\n\
    name = \"name\"\ntype = \"care_type\"\nplace = \"municipality\"\n";

/// What the rounds came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Imports that had said that they were done before everything was killed.
    pub acknowledged: usize,
    /// Imports that had not and are there all the same, or are not there at all.
    pub interrupted: usize,
    /// Rows of acknowledged imports that are gone.
    pub lost: usize,
    /// Imports of which only a part is there.
    pub torn: usize,
    /// Rows that only the store or only the index knows.
    pub disagreeing: usize,
}

impl Outcome {
    /// Nothing that was acknowledged is lost, nothing is half there, and index and store agree.
    pub fn is_sound(&self) -> bool {
        (self.lost, self.torn, self.disagreeing) == (0, 0, 0)
    }
}

/// `KREISLOTSE_TEST_CRASHES`, else a few.
pub fn rounds() -> usize {
    std::env::var("KREISLOTSE_TEST_CRASHES").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS)
}

/// The program in one data directory, on one database.
struct County<'a> {
    data: &'a Path,
    /// `None`: the SQLite file in the data directory.
    url: Option<&'a str>,
}

impl County<'_> {
    fn environment(&self) -> Vec<(&str, &str)> {
        self.url.iter().map(|url| ("KREISLOTSE_DATABASE_URL", *url)).collect()
    }

    fn command(&self) -> Command {
        let mut command = kreislotse(self.data);
        command.envs(self.environment());
        command
    }

    fn serve(&self) -> Serving {
        let portal = Serving::start_with(self.data, &[], &self.environment());
        portal.wait_until_ready();
        portal
    }
}

/// Kills portal and import `rounds` times, each time at another moment, and starts again.
pub fn run(rounds: usize, url: Option<&str>) -> Outcome {
    let data = directory();
    let county = County { data: data.path(), url };
    fs::write(county.data.join("liste.toml"), MAPPING).expect("written");
    let mut outcome = Outcome::default();
    let mut acknowledged = BTreeSet::new();
    // The first one is left alone: it says how long an import takes.
    let started = Instant::now();
    assert!(import(&county, 0, Duration::from_mins(1)));
    let whole = started.elapsed();
    acknowledged.insert(0);
    for round in 1..=rounds {
        let portal = county.serve();
        // From its first moment to after its end.
        let share = 50 + u32::try_from(round - 1).unwrap_or(0) * 1_200 / u32::try_from(rounds).unwrap_or(1);
        if import(&county, round, whole * share / 1_000) {
            acknowledged.insert(round);
        }
        // Now at once, now while the portal takes the import in, now after that.
        std::thread::sleep(Duration::from_millis(round as u64 * 97 % 400));
        portal.kill();
        inspect(&county, round, &acknowledged, &mut outcome);
    }
    outcome.acknowledged = acknowledged.len() - 1;
    outcome.interrupted = rounds - outcome.acknowledged;
    // What is left can be read to the last row.
    let file = county.data.join("danach.kreislotse");
    succeeds(county.command().arg("backup").arg(&file));
    succeeds(county.command().arg("restore").arg(&file).arg("--check"));
    outcome
}

/// Starts an import and kills it after a time; whether it had said that it was done.
fn import(county: &County<'_>, round: usize, after: Duration) -> bool {
    let rows: Vec<_> =
        (0..ROWS).map(|n| format!("{round}-{n},Haus {round}-{n},tagespflege,Ort {round}\n")).collect();
    let file = county.data.join("liste.csv");
    fs::write(&file, format!("id,name,type,place\n{}", rows.concat())).expect("written");
    let mut command = county.command();
    command.arg("import").arg(&file).arg("--mapping").arg(county.data.join("liste.toml"));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a process");
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a state") {
            assert!(status.success(), "the import of round {round} failed");
            return true;
        }
        if started.elapsed() >= after {
            child.kill().expect("killed");
            // It may have ended well in this very moment.
            return child.wait().expect("its end").success();
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Compares what was acknowledged, what the store has, and what a started portal finds.
fn inspect(county: &County<'_>, round: usize, acknowledged: &BTreeSet<usize>, outcome: &mut Outcome) {
    let exported = succeeds(county.command().args(["export", "-"]));
    let stored: BTreeSet<String> = exported
        .split(|c: char| ",;\n\"".contains(c))
        .filter(|cell| cell.starts_with("Haus "))
        .map(str::to_owned)
        .collect();
    let of = |round: usize| (0..ROWS).filter(|n| stored.contains(&format!("Haus {round}-{n}"))).count();
    for number in 0..=round {
        let there = of(number);
        if acknowledged.contains(&number) {
            outcome.lost += ROWS - there;
        } else if there != 0 && there != ROWS {
            outcome.torn += 1;
        }
    }
    let portal = county.serve();
    let found = found(&portal);
    outcome.disagreeing += stored.symmetric_difference(&found).count();
    portal.kill();
}

/// The names of all facilities that a search lists.
fn found(portal: &Serving) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for page in 1.. {
        let answer = portal.get(&format!("/api/v1/search?limit=100&seite={page}"));
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
        let json: serde_json::Value = serde_json::from_str(body).unwrap_or_else(|_| panic!("JSON: {answer}"));
        let hits = json["results"].as_array().expect("results");
        if hits.is_empty() {
            break;
        }
        names.extend(hits.iter().filter_map(|hit| Some(hit["facility"]["name"].as_str()?.to_owned())));
    }
    names
}
