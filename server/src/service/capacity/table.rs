//! Tables of what is free: what one would do, and doing it. The same table twice on one day does nothing the second time.

use std::collections::{HashMap, HashSet};

use app::{
    backend::access::CapacityReporter,
    domain::{
        capacity::{Availability, Fault, RowChange, Statement, TableRow},
        ids::{OfferId, ReportId},
        offer::Offer,
    },
    text::{dates, light, report_faults},
};
use uuid::Uuid;

use super::{CapacityError, CapacityService, News, Said, Seen};
use crate::{
    import::{
        capacity::{CapacityRow, CapacityTable, Named, RowSays, headings, read},
        error::FileError,
    },
    store::digest,
};

/// What a table would do.
#[derive(Debug, Default)]
pub struct TablePlan {
    pub rows: Vec<TableRow>,
    /// What is wrong, by line. Where there is anything, nothing is taken over.
    pub faults: Vec<(usize, String)>,
    /// Headings that nobody knows.
    pub unknown: Vec<String>,
    /// Rows that say nothing.
    pub silent: usize,
    /// What was shown, for the decision.
    pub stamp: String,
    news: Vec<News>,
}

/// Why a table did nothing.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Capacity(#[from] CapacityError),
}

/// An offer that may be reported, and what it is called.
struct Known<'a> {
    offer: &'a Offer,
    name: String,
}

impl CapacityService {
    /// What a table would do.
    ///
    /// # Errors
    /// [`TableError::File`] where it cannot be read as a whole.
    pub async fn plan_table(
        &self,
        reporter: &CapacityReporter,
        bytes: &[u8],
    ) -> Result<TablePlan, TableError> {
        let CapacityTable { rows, faults, unknown, silent } = read(bytes)?;
        let desk = self.desk(reporter).await?;
        let portal = self.portal.get();
        let mut by_id = HashMap::new();
        let mut by_external_id: HashMap<&str, Vec<OfferId>> = HashMap::new();
        for view in &desk.facilities {
            for offer in &view.facility.offers {
                let label =
                    offer.label.as_deref().unwrap_or_else(|| portal.taxonomy.name_of(&offer.care_type));
                let name = format!("{}: {label}", view.facility.name);
                by_id.insert(offer.id, Known { offer, name });
                if let Some(id) = &offer.external_id {
                    by_external_id.entry(id).or_default().push(offer.id);
                }
            }
        }
        let mut plan = TablePlan { faults, unknown, silent, ..TablePlan::default() };
        let mut met = HashSet::new();
        for row in rows {
            let found = match &row.named {
                Named::Offer(id) => Ok(*id),
                Named::External(id) => match by_external_id.get(id.as_str()).map(Vec::as_slice) {
                    Some([one]) => Ok(*one),
                    None | Some([]) => Err(NO_OFFER),
                    Some(_) => Err(
                        "Mehrere Angebote haben diese Kennung. Nehmen Sie die Angebot-ID aus der Vorlage.",
                    ),
                },
            };
            let known = found.and_then(|id| by_id.get(&id).ok_or(NO_OFFER));
            let known =
                known.and_then(|known| if met.insert(known.offer.id) { Ok(known) } else { Err(TWICE) });
            match known {
                Ok(known) => self.plan_row(&mut plan, reporter, known, row),
                Err(text) => plan.faults.push((row.line, text.to_owned())),
            }
        }
        plan.faults.sort_by_key(|(line, _)| *line);
        let seen = plan.news.iter().map(|news| format!("{} {:?}\n", news.offer, news.seen));
        plan.stamp = digest(seen.collect::<String>().as_bytes());
        Ok(plan)
    }

    fn plan_row(
        &self,
        plan: &mut TablePlan,
        reporter: &CapacityReporter,
        known: &Known<'_>,
        row: CapacityRow,
    ) {
        let (portal, now) = (self.portal.get(), self.clock.now());
        let Known { offer, name } = known;
        let latest = offer.latest_report.as_ref();
        let (said, statement) = match (row.says, latest) {
            (RowSays::New(statement), _) => (Said::New((*statement).clone()), *statement),
            (RowSays::Unchanged, Some(report)) => (Said::Same, Statement::again(report, now.berlin_date)),
            (RowSays::Unchanged, None) => {
                return plan.faults.push((row.line, report_faults::fault(Fault::Nothing)));
            }
        };
        let faults = statement.faults(offer, &portal.taxonomy, now.berlin_date);
        if !faults.is_empty() {
            let texts = faults
                .into_iter()
                .map(|fault| (row.line, format!("{name}: {}", report_faults::fault(fault))));
            return plan.faults.extend(texts);
        }
        let is_same = latest.is_some_and(|report| Statement::of(report) == statement);
        let is_of_today =
            latest.is_some_and(|report| dates::berlin(report.reported_at).date() == now.berlin_date);
        let change = match (is_same, is_of_today) {
            // A light under review is, until somebody reports.
            (true, true) if !latest.is_some_and(|report| report.under_review) => RowChange::Known,
            (true, _) => RowChange::Confirmed,
            _ => RowChange::New,
        };
        let report = statement.into_report(
            ReportId(Uuid::nil()),
            offer.id,
            (reporter.by().to_owned(), reporter.source()),
            (now.instant, now.instant + time::Duration::DAY),
        );
        let kind = portal.taxonomy.light_of(&offer.care_type, offer.form);
        let says = Availability::of(kind, Some(&report), now).map(|own| light::text(&own, now.berlin_date));
        let (name, says) = (name.clone(), says.unwrap_or_default());
        plan.rows.push(TableRow { line: row.line, name, says, change });
        if change != RowChange::Known {
            let seen = Seen::Report(latest.map(|report| report.sequence));
            plan.news.push(News { offer: offer.id, seen, said });
        }
    }

    /// Takes a table over that was looked at. Gives how many offers were reported; the plan of now where it would do
    /// something else than what was seen, and nothing is done.
    ///
    /// # Errors
    /// As [`Self::plan_table`].
    pub async fn take_table(
        &self,
        reporter: &CapacityReporter,
        bytes: &[u8],
        stamp: &str,
    ) -> Result<Result<usize, TablePlan>, TableError> {
        let plan = self.plan_table(reporter, bytes).await?;
        if !plan.faults.is_empty() || plan.stamp != stamp {
            return Ok(Err(plan));
        }
        if plan.news.is_empty() {
            return Ok(Ok(0));
        }
        match self.report(reporter, plan.news).await {
            Ok(stands) => Ok(Ok(stands.iter().filter(|own| own.is_new).count())),
            // Something was reported, or changed, between the two.
            Err(CapacityError::Conflict(_) | CapacityError::Gone(_) | CapacityError::Faults(_)) => {
                Ok(Err(self.plan_table(reporter, bytes).await?))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// A table with all offers that somebody may report, to be filled in.
    pub async fn table_template(&self, reporter: &CapacityReporter) -> Result<Vec<u8>, CapacityError> {
        let desk = self.desk(reporter).await?;
        let portal = self.portal.get();
        let row = |cells: Vec<String>| cells.join(";") + "\r\n";
        let mut text = String::from("\u{feff}");
        text += &row(headings().map(str::to_owned).collect());
        for view in &desk.facilities {
            for offer in &view.facility.offers {
                let label =
                    offer.label.as_deref().unwrap_or_else(|| portal.taxonomy.name_of(&offer.care_type));
                let external_id = offer.external_id.as_deref().unwrap_or_default();
                let mut cells =
                    vec![offer.id.to_string(), cell(external_id), cell(&view.facility.name), cell(label)];
                cells.resize(headings().count(), String::new());
                text += &row(cells);
            }
        }
        Ok(text.into_bytes())
    }
}

const NO_OFFER: &str = "Dieses Angebot gibt es bei Ihnen nicht, oder es hat keine Ampel.";
const TWICE: &str = "Dieses Angebot steht schon weiter oben.";

/// A text that no spreadsheet computes (OWASP: CSV injection), in quotes.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}
