//! What is typed or pasted, held against what stands in the rota: the same text however it is written.

/// Small letters and figures alone.
pub(super) fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether both are the same but for capitals and for blanks around them.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
