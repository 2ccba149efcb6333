//! What signing in costs beside the hash itself, and whether the time tells who has an account.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::{Duration, Instant},
};

use app::domain::{
    account::{CountyRole, Password},
    portal::Portal,
};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version, password_hash::phc::PasswordHash};
use server::{
    clock::SystemClock,
    service::{
        account::{AccountService, NewAccount},
        mail::Mailbox,
    },
    store::Store,
};

use crate::report::Row;

const PASSWORD: &str = "Regenschirm tanzt lila";
/// Fewer than an account is tried before it is slowed down.
const TIMES: u8 = 25;

/// Everything in turn, so that a noisy machine is noisy for all of them.
pub async fn run(store: &Store) -> Vec<Row> {
    let clock = Arc::new(SystemClock::new().expect("a clock"));
    let accounts = AccountService::new(store.clone(), clock, Mailbox::new(Arc::new(Portal::default())));
    let email = "petra@heim.example";
    let new = NewAccount {
        email: email.to_owned(),
        name: "Petra Muster".to_owned(),
        password: Password::typed(PASSWORD),
        county_role: Some(CountyRole::Editor),
    };
    accounts.add(new).await.expect("an account");
    let params = Params::new(46 * 1024, 1, 1, None).expect("parameters");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let (mut bare, mut known, mut twice, mut unknown) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for time in 0..TIMES {
        // A network of its own each time: nobody has to wait.
        let from = |kind| IpAddr::from(Ipv4Addr::new(203, 0, kind, time));
        let sign_in = async |email: &str, password: &str, kind| {
            let start = Instant::now();
            let answer = accounts.sign_in(email, &Password::typed(password), from(kind)).await;
            (start.elapsed(), answer.is_ok())
        };
        let start = Instant::now();
        let hash: Result<PasswordHash, _> = argon2.hash_password(PASSWORD.as_bytes());
        bare.push(start.elapsed());
        assert!(hash.is_ok());
        let (took, is_in) = sign_in(email, PASSWORD, 1).await;
        assert!(is_in, "the password is right");
        known.push(took);
        twice.push(sign_in(&format!("{time}@heim.example"), PASSWORD, 2).await.0);
        unknown.push(sign_in(&format!("{time}@nirgends.example"), PASSWORD, 3).await.0);
    }
    // Two kinds of unknown addresses: how far they are apart is noise.
    let (bare, known, noise, unknown) = (median(bare), median(known), median(twice), median(unknown));
    vec![
        Row::at_most("login per bare argon2id", known / bare, 1.3, "×"),
        Row::at_most(
            "login with an unknown address per known one, off by",
            (unknown / known - 1.0).abs(),
            0.1,
            "",
        ),
        Row::plain(
            "bare argon2id; two unknown addresses off by",
            format!("{:.1} ms; {:.3}", bare * 1e3, (noise / unknown - 1.0).abs()),
        ),
    ]
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
