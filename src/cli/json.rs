//! What the JSON of `check` and of `plan` have in common.

use serde::Serialize;

use crate::file::Faults;

#[derive(Serialize)]
struct FaultsJson<'a> {
    format: &'static str,
    version: u32,
    faults: &'a [String],
}

/// What is printed for a file that cannot be read.
pub(super) fn of_faults(format: &'static str, version: u32, faults: &Faults) -> String {
    text_of(&FaultsJson { format, version, faults: faults.texts() })
}

/// Texts, numbers and lists of them: there is nothing that could fail to be written.
pub(super) fn text_of(json: &impl Serialize) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default()
}
