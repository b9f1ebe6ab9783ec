//! One part of what is asked about before cover goes out of sight, or less is needed.

/// One unit that is closed, all that lies outside the walkout times, all that is needed less, or all that figures leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutPart {
    /// What happens, in a sentence.
    pub about: String,
    /// A line for each post: who is on it, and when, where only some of the day is meant.
    pub lines: Vec<String>,
}
