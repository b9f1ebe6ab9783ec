//! How somebody is reached: the person's telephone, the post's bleep. Where one rings, both stand beside the name.

use crate::model::{PersonId, PostId, Rota, words};

/// The person's telephone number, made harmless; none if none is entered.
#[must_use]
pub fn phone_text(rota: &Rota, person: &PersonId) -> Option<String> {
    let phone = rota.person(person)?.phone.trim();
    (!phone.is_empty()).then(|| words::safe(phone).into_owned())
}

/// Such as `bleep 2145`; none if the post has none.
#[must_use]
pub fn bleep_text(rota: &Rota, post: &PostId) -> Option<String> {
    let bleep = rota.post(post)?.bleep.trim();
    (!bleep.is_empty()).then(|| format!("bleep {}", words::safe(bleep)))
}

/// Both together, such as `020 7946 0472, bleep 2145`; empty if neither is entered.
#[must_use]
pub fn reach_text(rota: &Rota, person: &PersonId, post: &PostId) -> String {
    let parts: Vec<String> = phone_text(rota, person).into_iter().chain(bleep_text(rota, post)).collect();
    parts.join(", ")
}
