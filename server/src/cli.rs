//! The command line. Texts are German, and every error is one sentence without a backtrace.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{
    CommandFactory, Parser, Subcommand,
    error::{
        ContextKind::{InvalidArg, InvalidSubcommand, InvalidValue},
        ErrorKind,
    },
};

use crate::{config::Config, telemetry};

mod accounts;
mod allocator;
mod commands;

use commands::CommandError;

/// What the shell gets when the command line itself is wrong.
const USAGE: u8 = 2;

const HELP: &str = "{about}\n\nAufruf: {usage}\n\n{all-args}{after-help}";

#[derive(Parser)]
#[command(
    name = "kreislotse",
    version,
    about = "Das Pflege- und Gesundheitsportal eines Landkreises.",
    help_template = HELP,
    subcommand_help_heading = "Befehle",
    subcommand_value_name = "BEFEHL",
    next_help_heading = "Optionen",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = "Einstellungen stehen in portal.toml und in den Umgebungsvariablen KREISLOTSE_*."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Zeigt diese Hilfe
    #[arg(short = 'h', long, action = clap::ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Zeigt die Version
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Subcommand)]
enum Command {
    /// Startet das Portal
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Serve {
        /// Füllt eine leere Datenbank mit einem Beispielkreis, dessen Einrichtungen erfunden sind
        #[arg(long)]
        demo: bool,
    },
    /// Bringt die Tabellen der Datenbank auf den neuesten Stand
    #[command(help_template = HELP)]
    Migrate,
    /// Baut das Suchverzeichnis neu auf
    #[command(help_template = HELP)]
    Reindex,
    /// Liest Angebote aus einer Tabelle (CSV) ein
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Import {
        /// Tabelle mit einer Zeile je Angebot
        #[arg(value_name = "DATEI")]
        file: PathBuf,
        /// Zuordnung der Spalten (TOML)
        #[arg(long, value_name = "ZUORDNUNG")]
        mapping: PathBuf,
        /// Prüft nur und schreibt nichts
        #[arg(long)]
        dry_run: bool,
        /// Wohin abgelehnte Zeilen kommen
        #[arg(long, value_name = "DATEI")]
        rejects: Option<PathBuf>,
    },
    /// Schreibt alle Angebote als CSV; einlesen mit: import DATEI --mapping kreislotse
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Export {
        /// Zieldatei, „-“ für die Standardausgabe
        #[arg(value_name = "DATEI")]
        file: PathBuf,
    },
    /// Sichert alles in eine Datei, auch während das Portal läuft
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Backup {
        /// Zieldatei; eine vorhandene wird ersetzt, sobald die neue vollständig ist
        #[arg(value_name = "DATEI")]
        file: PathBuf,
    },
    /// Spielt eine Sicherung in eine leere Datenbank ein; das Portal darf nicht laufen
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Restore {
        /// Sicherung
        #[arg(value_name = "DATEI")]
        file: PathBuf,
        /// Prüft nur, ob die Sicherung vollständig ist, und schreibt nichts
        #[arg(long)]
        check: bool,
    },
    /// Zieht in eine andere, leere Datenbank um; das Portal darf nicht laufen
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Move {
        #[arg(
            long,
            value_name = "ADRESSE",
            help = "Adresse der neuen Datenbank, etwa postgres://BENUTZER@RECHNER/DATENBANK"
        )]
        to: String,
    },
    /// Legt Konten an und setzt sie zurück
    #[command(help_template = HELP, subcommand_help_heading = "Befehle", subcommand_value_name = "BEFEHL")]
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Prüft das Protokoll der Konten
    #[command(help_template = HELP, subcommand_help_heading = "Befehle", subcommand_value_name = "BEFEHL")]
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Liest ein Ortsverzeichnis (CSV) ein
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Places {
        /// Ortsverzeichnis
        #[arg(value_name = "DATEI")]
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum UserCommand {
    /// Legt ein Konto des Landkreises an; das Passwort wird abgefragt oder von der Standardeingabe gelesen
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Add {
        #[arg(long, value_name = "ADRESSE", help = "E-Mail-Adresse zum Anmelden")]
        email: String,
        #[arg(long, value_name = "NAME", help = "Name der Person")]
        name: String,
        #[arg(long, value_name = "ROLLE", help = "administrator oder editor")]
        role: String,
    },
    /// Gibt einem Konto ein neues Passwort und nimmt den zweiten Schritt weg; alle Sitzungen enden
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Reset {
        #[arg(long, value_name = "ADRESSE", help = "E-Mail-Adresse des Kontos")]
        email: String,
    },
    /// Nimmt einem Konto alle Rollen, im Landkreis und in Einrichtungen; das Konto selbst bleibt
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Dismiss {
        #[arg(long, value_name = "ADRESSE", help = "E-Mail-Adresse des Kontos")]
        email: String,
    },
    /// Löscht ein Konto mit allem, was die Person nennt; das Protokoll bleibt prüfbar
    #[command(help_template = HELP, next_help_heading = "Angaben")]
    Remove {
        #[arg(long, value_name = "ADRESSE", help = "E-Mail-Adresse des Kontos")]
        email: String,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Prüft, ob jeder Eintrag des Protokolls unverändert ist
    #[command(help_template = HELP)]
    Verify,
}

/// Runs the command and gives what the shell gets: 0, 1 for an error, 2 for a wrong command line.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let line: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&line) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    if matches!(arguments.command, Command::Serve { .. }) {
        allocator::settle(&line);
    }
    let done = telemetry::init().map_err(CommandError::from).and_then(|()| execute(arguments.command));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Fehler: {error}");
            ExitCode::FAILURE
        }
    }
}

fn execute(command: Command) -> Result<(), CommandError> {
    let config = match command {
        Command::Serve { demo: true } => Config::load_or_example()?,
        _ => Config::load()?,
    };
    // A search for each processor, and some for what takes longer. Each thread keeps memory for itself, and
    // the usual 512 would double that of a portal under load.
    let blocking = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get) + 4;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().max_blocking_threads(blocking).enable_all().build();
    runtime.map_err(CommandError::Runtime)?.block_on(async {
        match command {
            Command::Serve { demo } => commands::serve(config, demo).await,
            Command::Migrate => commands::migrate(&config).await,
            Command::Reindex => commands::reindex(&config).await,
            Command::Import { file, mapping, dry_run, rejects } => {
                commands::import(&config, &file, &mapping, dry_run, rejects.as_deref()).await
            }
            Command::Export { file } => commands::export(&config, &file).await,
            Command::Backup { file } => commands::backup(&config, &file).await,
            Command::Restore { file, check: true } => commands::check(&file),
            Command::Restore { file, check: false } => commands::restore(&config, &file).await,
            Command::Move { to } => commands::move_to(&config, &to).await,
            Command::User { command: UserCommand::Add { email, name, role } } => {
                accounts::add_user(&config, email, name, &role).await
            }
            Command::User { command: UserCommand::Reset { email } } => {
                accounts::reset_user(&config, &email).await
            }
            Command::User { command: UserCommand::Dismiss { email } } => {
                accounts::dismiss_user(&config, &email).await
            }
            Command::User { command: UserCommand::Remove { email } } => {
                accounts::remove_user(&config, &email).await
            }
            Command::Audit { command: AuditCommand::Verify } => accounts::verify_audit(&config).await,
            Command::Places { file } => commands::places(&config, &file).await,
        }
    })
}

/// Says in German what is wrong with the command line.
fn usage(error: &clap::Error) -> ExitCode {
    let about = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let sentence = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print!("{}", error.render());
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            "Es fehlt ein Befehl".to_owned()
        }
        ErrorKind::InvalidSubcommand => format!("Den Befehl „{}“ gibt es nicht", about(InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("Die Angabe „{}“ gibt es hier nicht", about(InvalidArg)),
        ErrorKind::MissingRequiredArgument => format!("Es fehlt die Angabe {}", about(InvalidArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("„{}“ passt nicht zu {}", about(InvalidValue), about(InvalidArg))
        }
        _ => "Der Aufruf ist nicht vollständig".to_owned(),
    };
    let name = Arguments::command().get_name().to_owned();
    eprintln!("Fehler: {sentence}, „{name} --help“ zeigt, was geht.");
    ExitCode::from(USAGE)
}
