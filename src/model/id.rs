//! Ids: 1 to 64 of `a-z 0-9 -`, one type for each kind of record, so that a person is never taken for a post.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("an id is 1 to 64 of the characters a-z, 0-9 and -")]
pub struct IdError;

fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// An id text of `prefix`, a dash and 80 of the random bits, in 16 letters and digits.
///
/// 80 bits are enough that two people who add records at once never clash.
pub fn random_id(prefix: &str, random: u128) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let letters = (0..16).map(|i| char::from(DIGITS[((random >> (5 * i)) & 31) as usize]));
    format!("{prefix}-{}", letters.collect::<String>())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id that `text` spells.
            ///
            /// # Errors
            /// [`IdError`] where `text` is not 1 to 64 of `a-z 0-9 -`.
            pub fn new(text: &str) -> Result<Self, IdError> {
                if is_id(text) { Ok(Self(text.into())) } else { Err(IdError) }
            }

            /// A new id made from 80 of the random bits.
            pub fn random(random: u128) -> Self {
                Self(random_id($prefix, random).into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )* };
}

ids! {
    /// Names a [`crate::model::Window`].
    WindowId "w",
    /// Names a [`crate::model::Competency`].
    CompetencyId "c",
    /// Names a [`crate::model::Unit`].
    UnitId "u",
    /// Names a [`crate::model::Tier`] within its unit.
    TierId "t",
    /// Names a [`crate::model::Post`].
    PostId "post",
    /// Names a [`crate::model::Normal`].
    NormalId "n",
    /// Names a [`crate::model::Person`].
    PersonId "p",
    /// Names a [`crate::model::Session`].
    SessionId "s",
    /// Names an [`crate::model::Assignment`].
    AssignmentId "a",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_and_plain() {
        for good in ["a", "ae-mg", "0", "-", &"x".repeat(64)] {
            assert!(PostId::new(good).is_ok(), "{good}");
        }
        for bad in ["", "A", "a b", "é", "a_b", &"x".repeat(65)] {
            assert!(PostId::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_random_id_is_an_id_and_uses_80_bits() {
        let id = PersonId::random(u128::MAX);
        assert_eq!(id.as_str(), "p-7777777777777777");
        assert!(PersonId::new(id.as_str()).is_ok());
        assert_ne!(PersonId::random(1), PersonId::random(1 << 79));
    }
}
