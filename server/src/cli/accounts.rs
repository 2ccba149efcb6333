//! Accounts and their log at the command line.

use std::{
    io::{self, IsTerminal},
    sync::Arc,
};

use app::domain::account::{CountyRole, Password};

use super::commands::{CommandError, clock};
use crate::{
    config::Config,
    service::{
        account::{AccountError, AccountService, NewAccount, Weak},
        mail::Mailbox,
    },
    startup::{self, StartError},
    store::{Chain, Store},
};

/// Why a command about accounts did not do its work: one German sentence.
#[derive(Debug, thiserror::Error)]
pub(super) enum AccountRefusal {
    #[error("Die Rolle „{0}“ gibt es nicht: erwartet wird administrator oder editor.")]
    Role(String),
    #[error("Ein Konto mit dieser E-Mail-Adresse gibt es schon.")]
    Taken,
    #[error("Name oder E-Mail-Adresse lassen sich so nicht verwenden.")]
    Unusable,
    #[error("Das Passwort braucht 12 bis 128 Zeichen.")]
    Length,
    #[error(
        "Das Passwort ist leicht zu erraten. Gut sind mehrere Wörter, die nichts miteinander zu tun haben."
    )]
    Guessable,
    #[error("Die beiden Eingaben sind nicht gleich.")]
    Different,
    #[error("Es wurde kein Passwort eingegeben.")]
    NoPassword,
    #[error("Ein Konto mit dieser E-Mail-Adresse gibt es nicht.")]
    Gone,
    #[error("Das Protokoll ist verändert: Eintrag {0} passt nicht zu den Einträgen davor.")]
    Broken(i64),
}

fn accounts(config: &Config, store: &Store) -> Result<AccountService, CommandError> {
    let mailbox = Mailbox::new(Arc::new(config.portal.clone()));
    Ok(AccountService::new(store.clone(), clock()?, mailbox))
}

pub(super) async fn add_user(
    config: &Config,
    email: String,
    name: String,
    role: &str,
) -> Result<(), CommandError> {
    let county_role = CountyRole::parse(role).ok_or_else(|| AccountRefusal::Role(role.to_owned()))?;
    let password = ask_password()?;
    let store = startup::open_store(config).await?;
    let accounts = accounts(config, &store)?;
    let new = NewAccount { email, name, password, county_role: Some(county_role) };
    let added = accounts.add(new).await.map_err(|error| refused(config, error))?;
    store.close().await;
    println!("Das Konto für {} ist angelegt.", added.email);
    println!(
        "Beim ersten Anmelden richtet die Person den zweiten Schritt ein: {}/anmelden",
        config.settings.base_url
    );
    Ok(())
}

pub(super) async fn reset_user(config: &Config, email: &str) -> Result<(), CommandError> {
    let password = ask_password()?;
    let store = startup::open_store(config).await?;
    let accounts = accounts(config, &store)?;
    let reset = accounts.reset(email, password).await.map_err(|error| refused(config, error))?;
    store.close().await;
    println!("Das Konto für {} hat ein neues Passwort und keinen zweiten Schritt mehr.", reset.email);
    Ok(())
}

pub(super) async fn dismiss_user(config: &Config, email: &str) -> Result<(), CommandError> {
    let store = startup::open_store(config).await?;
    let accounts = accounts(config, &store)?;
    let dismissed = accounts.dismiss(email).await.map_err(|error| refused(config, error))?;
    store.close().await;
    println!(
        "Das Konto für {} hat keine Rolle mehr, und seine Einladungen gelten nicht mehr.",
        dismissed.email
    );
    Ok(())
}

pub(super) async fn remove_user(config: &Config, email: &str) -> Result<(), CommandError> {
    let store = startup::open_store(config).await?;
    let accounts = accounts(config, &store)?;
    let removed = accounts.remove(email).await.map_err(|error| refused(config, error))?;
    store.close().await;
    println!("Das Konto für {} ist gelöscht. Das Protokoll nennt die Person nicht mehr.", removed.email);
    Ok(())
}

fn refused(config: &Config, error: AccountError) -> CommandError {
    match error {
        AccountError::Store(error) => StartError::store(&config.settings.database_url, error).into(),
        AccountError::Taken => AccountRefusal::Taken.into(),
        AccountError::Gone => AccountRefusal::Gone.into(),
        AccountError::Weak(Weak::Length) => AccountRefusal::Length.into(),
        AccountError::Weak(Weak::Guessable) => AccountRefusal::Guessable.into(),
        _ => AccountRefusal::Unusable.into(),
    }
}

/// Asks twice without showing it; a script gives one line on the standard input.
fn ask_password() -> Result<Password, AccountRefusal> {
    let line = if io::stdin().is_terminal() {
        let ask = |text| rpassword::prompt_password(text).map_err(|_| AccountRefusal::NoPassword);
        let (first, second) = (ask("Passwort: ")?, ask("Noch einmal: ")?);
        if first != second {
            return Err(AccountRefusal::Different);
        }
        first
    } else {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(|_| AccountRefusal::NoPassword)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    if line.is_empty() { Err(AccountRefusal::NoPassword) } else { Ok(Password::typed(&line)) }
}

pub(super) async fn verify_audit(config: &Config) -> Result<(), CommandError> {
    let store = startup::open_store(config).await?;
    let chain = store.verify_audit().await;
    let chain = chain.map_err(|error| StartError::store(&config.settings.database_url, error))?;
    store.close().await;
    match chain {
        Chain::Sound { entries: 0, .. } => println!("Das Protokoll ist leer."),
        Chain::Sound { entries, last } => {
            println!("Das Protokoll ist unverändert: {entries} Einträge.");
            println!("Letzte Prüfsumme: {}", last.unwrap_or_default());
        }
        Chain::Broken { sequence } => return Err(AccountRefusal::Broken(sequence).into()),
    }
    Ok(())
}
