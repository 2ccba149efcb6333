//! Passwords: hashed with argon2id, and refused where they are easy to guess.

use app::domain::account::Password;
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash,
};
use std::sync::Arc;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::AccountError;

/// OWASP Password Storage Cheat Sheet, argon2id: 46 MiB, one pass, one lane.
const MEMORY_KIB: u32 = 46 * 1024;
const PASSES: u32 = 1;
const LANES: u32 = 1;

/// Checked in the place of the hash of an account that does not exist: no password fits it.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$a3JlaXNsb3RzZWtyZWlz$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Of zxcvbn's scores 0 to 4, the lowest that is accepted: 10⁸ guesses or more.
const SCORE: zxcvbn::Score = zxcvbn::Score::Three;

/// Why a password is too easy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Shorter or longer than [`Password::LENGTH`].
    Length,
    /// Quickly guessed.
    Guessable,
}

pub(super) struct Passwords {
    argon2: Argon2<'static>,
    /// Each hash takes 46 MiB: there are never more than two at a time.
    turns: Arc<Semaphore>,
}

impl Passwords {
    pub fn new() -> Self {
        // These constants are within the bounds of argon2.
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
        let turns = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(2);
        Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            turns: Arc::new(Semaphore::new(turns)),
        }
    }

    /// Whether a new password will do. `personal` is what somebody who knows the person tries first.
    pub fn accept(password: &Password, personal: &[&str]) -> Result<(), Weak> {
        if !password.has_a_fitting_length() {
            return Err(Weak::Length);
        }
        let parts = personal.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        let tried: Vec<&str> = personal.iter().copied().chain(parts).filter(|part| part.len() > 2).collect();
        let guesses = zxcvbn::zxcvbn(password.as_str(), &tried);
        if guesses.score() < SCORE { Err(Weak::Guessable) } else { Ok(()) }
    }

    /// The hash of a password, in PHC string format.
    pub async fn hash(&self, password: Password) -> Result<String, AccountError> {
        let argon2 = self.argon2.clone();
        self.turn(move || {
            let hash: Result<PasswordHash, _> = argon2.hash_password(password.as_str().as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|_| AccountError::Hash)
        })
        .await?
    }

    /// Whether a password has this hash. Without one it takes as long, and does not fit.
    pub async fn verify(&self, password: Password, hash: Option<String>) -> Result<bool, AccountError> {
        let argon2 = self.argon2.clone();
        self.turn(move || {
            let exists = hash.is_some();
            let hash =
                PasswordHash::new(hash.as_deref().unwrap_or(NOBODY)).map_err(|_| AccountError::Hash)?;
            Ok(argon2.verify_password(password.as_str().as_bytes(), &hash).is_ok() && exists)
        })
        .await?
    }

    async fn turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AccountError> {
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| AccountError::Hash)?;
        let work = move || {
            let done = work();
            drop(turn);
            done
        };
        spawn_blocking(work).await.map_err(|_| AccountError::Hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_refused() {
        let accept = |text: &str| {
            Passwords::accept(&Password::typed(text), &["sonnenhof@heim.example", "Petra Sonnenhof"])
        };
        assert_eq!(accept("kurz"), Err(Weak::Length));
        assert_eq!(accept(&"ab1 ".repeat(40)), Err(Weak::Length));
        assert_eq!(accept("passwort1234"), Err(Weak::Guessable));
        assert_eq!(accept("petrasonnenhof"), Err(Weak::Guessable));
        assert_eq!(accept("aaaaaaaaaaaaaaaa"), Err(Weak::Guessable));
        assert_eq!(accept("Regenschirm tanzt lila"), Ok(()));
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_and_no_other() {
        let passwords = Passwords::new();
        let right = Password::typed("Regenschirm tanzt lila");
        let hash = passwords.hash(right.clone()).await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{hash}");
        assert!(passwords.verify(right.clone(), Some(hash.clone())).await.expect("an answer"));
        assert!(
            !passwords
                .verify(Password::typed("regenschirm tanzt lila"), Some(hash))
                .await
                .expect("an answer")
        );
        assert!(!passwords.verify(right, None).await.expect("an answer"));
    }

    #[test]
    fn nobody_is_hashed_like_everybody() {
        let nobody = PasswordHash::new(NOBODY).expect("a hash");
        let params = Params::try_from(&nobody).expect("parameters");
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (MEMORY_KIB, PASSES, LANES));
        assert_eq!(nobody.hash.map(|hash| hash.as_bytes().len()), Some(32));
    }
}
