//! A world for the tests: a clock that stands still and ids that count up.

use std::cell::Cell;

use super::Env;
use super::fixture::at;

/// Runs where it is 26-Apr-2016 07:00:00 and J Harris sits there.
pub fn env<T>(run: impl FnOnce(&mut Env<'_>) -> T) -> T {
    env_at(at("07:00"), 0, run)
}

/// The same at another time.
pub fn env_at<T>(now: crate::model::Instant, second: u8, run: impl FnOnce(&mut Env<'_>) -> T) -> T {
    thread_local!(static NEXT: Cell<u128> = const { Cell::new(0) });
    let mut random = || {
        NEXT.with(|next| {
            next.set(next.get() + 1);
            next.get()
        })
    };
    run(&mut Env { now, second, user: "j.harris", random: &mut random })
}
