//! The admin key: what proves it, and what a wrong one costs.

use std::time::Duration;

use axum::http::{HeaderMap, header};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::{
    client::Client,
    guesses::Guess,
    visitor::{cookie, hex},
};
use crate::state::AppState;

/// Name of the admin's cookie.
pub const ADMIN_COOKIE: &str = "travel_agent_admin";

/// A wrong key where too many were tried: the time until the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyGuesses(pub Duration);

/// The proofs that a request carries, by `Authorization` and by cookie.
#[must_use]
pub fn proofs(headers: &HeaderMap) -> Vec<String> {
    let bearer = headers.get(header::AUTHORIZATION);
    let bearer = bearer.and_then(|value| value.to_str().ok()?.split_once(' '));
    let bearer = bearer
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, key)| admin_proof(key));
    let cookie = cookie(headers, ADMIN_COOKIE).map(str::to_owned);
    bearer.into_iter().chain(cookie).collect()
}

/// Whether one of the proofs is the admin's. A right one is accepted whatever was tried before from
/// the same address, so that nobody locks the admin out; wrong ones are counted and logged.
pub fn prove(state: &AppState, client: &Client, proofs: &[String]) -> Result<bool, TooManyGuesses> {
    let key = state.config.admin_key.as_ref();
    let key = key.map(ExposeSecret::expose_secret);
    // An empty key would open everything to everyone.
    let Some(key) = key.filter(|key| !key.is_empty()) else {
        return Ok(false);
    };
    let right = admin_proof(key);
    let is_right = |is_right, proof: &String| is_right | equal(proof, &right);
    if proofs.iter().fold(false, is_right) {
        return Ok(true);
    }
    let mut refused = None;
    for proof in proofs {
        match state.limits.count_guess(client.key(), digest(proof)) {
            Guess::First => tracing::warn!(
                client.address = %client.address,
                "a wrong admin key was sent; further ones from this address are not logged"
            ),
            Guess::Further => {}
            Guess::TooMany { wait } => refused = Some(TooManyGuesses(wait)),
        }
    }
    refused.map_or(Ok(false), Err)
}

/// What the admin's cookie holds: a digest of the key, so that a stolen cookie is not the key.
#[must_use]
pub fn admin_proof(key: &str) -> String {
    hex(&Sha256::digest(
        format!("travel-agent admin {key}").as_bytes(),
    ))
}

/// Tells wrong proofs apart, without keeping what someone may have mistyped.
fn digest(proof: &str) -> u64 {
    let digest = Sha256::digest(proof.as_bytes());
    digest
        .iter()
        .take(8)
        .fold(0, |acc, byte| (acc << 8) | u64::from(*byte))
}

/// Compares in a time that does not depend on where the texts differ.
fn equal(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |acc, (x, y)| acc | (x ^ y))
            == 0
}
