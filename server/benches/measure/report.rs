//! The table of budgets.

/// One line: what was measured, what is allowed.
pub struct Row {
    what: String,
    value: String,
    bound: String,
    met: bool,
}

impl Row {
    pub fn at_most(what: &str, value: f64, bound: f64, unit: &str) -> Self {
        Self {
            what: what.to_owned(),
            value: format!("{value:.2} {unit}"),
            bound: format!("≤ {bound} {unit}"),
            met: value <= bound,
        }
    }

    pub fn at_least(what: &str, value: f64, bound: f64, unit: &str) -> Self {
        Self {
            what: what.to_owned(),
            value: format!("{value:.3} {unit}"),
            bound: format!("≥ {bound:.3} {unit}"),
            met: value >= bound,
        }
    }

    /// A figure without a bound.
    pub fn plain(what: &str, value: String) -> Self {
        Self { what: what.to_owned(), value, bound: "–".to_owned(), met: true }
    }
}

/// Prints the rows as a table.
pub fn print(rows: &[Row]) {
    println!("\n| what | measured | bound | met |\n|---|---|---|---|");
    for row in rows {
        let met = if row.bound == "–" {
            "–"
        } else if row.met {
            "yes"
        } else {
            "NO"
        };
        println!("| {} | {} | {} | {met} |", row.what, row.value, row.bound);
    }
}
