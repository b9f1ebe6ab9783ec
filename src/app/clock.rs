//! The clock, the person at the keyboard and chance: what the rest of the program is handed.

use std::hash::{BuildHasher, RandomState};
use std::time::Instant as Ticking;

use chrono::{Timelike, Utc};

use crate::editor::Env;
use crate::model::Instant;

/// Who sits there, and random bits.
#[derive(Debug)]
pub(super) struct World {
    user: String,
    /// When the program began, by a clock that nobody can set.
    began: Ticking,
}

impl World {
    /// Looks who is signed in.
    pub(super) fn new() -> Self {
        let user = ["USERNAME", "USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
        let user = user.filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned());
        Self { user, began: Ticking::now() }
    }

    /// Who is signed in to the computer.
    pub(super) fn user(&self) -> &str {
        &self.user
    }

    /// Hands the world, as it is now, to `use_it`.
    pub(super) fn with_env<T>(&self, use_it: impl FnOnce(&mut Env<'_>) -> T) -> T {
        let (now, second) = now();
        use_it(&mut Env { now, second, running: self.began.elapsed(), user: &self.user, random: &mut random })
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

/// The minute it is, and the second of it.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
pub(super) fn now() -> (Instant, u8) {
    let now = Utc::now().naive_utc();
    (Instant::from_utc(now), u8::try_from(now.second()).unwrap_or(0))
}

/// 128 random bits from the system, or, where it has none, from the clock and a counter.
pub(super) fn random() -> u128 {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_ok() {
        return u128::from_le_bytes(bytes);
    }
    let half = || u128::from(RandomState::new().hash_one(Ticking::now()));
    half() << 64 | half()
}
