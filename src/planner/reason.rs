//! Why somebody cannot be on a post: the reasons, their codes and their words.

/// Why somebody cannot be on a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Not available at the time.
    NotAvailable,
    /// May not cover the unit, or not up to the post's tier.
    OutOfScope,
    /// Lacks a competency that the post requires.
    LacksCompetency,
    /// On another post, or already on this one.
    OnAnotherPost,
    /// Has a Resident or Other duty.
    OnDuty,
    /// The post is exclusive and the person has an on-call duty.
    OnCallDuty,
    /// Declined this post at this time.
    Declined,
    /// Would have too little rest.
    ShortRest,
    /// Would work too long at a stretch, or too much in seven days.
    Hours,
    /// A session that must not be postponed, or that is locked.
    ProtectedSession,
    /// Nobody has looked: the time ran out.
    TimeRanOut,
}

impl Reason {
    /// As in `plan --json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAvailable => "not-available",
            Self::OutOfScope => "out-of-scope",
            Self::LacksCompetency => "lacks-competency",
            Self::OnAnotherPost => "on-another-post",
            Self::OnDuty => "on-duty",
            Self::OnCallDuty => "on-call-duty",
            Self::Declined => "declined",
            Self::ShortRest => "short-rest",
            Self::Hours => "hours",
            Self::ProtectedSession => "protected-session",
            Self::TimeRanOut => "time-ran-out",
        }
    }

    /// As a person reads it, of one person or of several.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotAvailable => "not available",
            Self::OutOfScope => "not cleared for this grade",
            Self::LacksCompetency => "missing competency",
            Self::OnAnotherPost => "on another post",
            Self::OnDuty => "on duty",
            Self::OnCallDuty => "on call",
            Self::Declined => "declined",
            Self::ShortRest => "too little rest",
            Self::Hours => "too many hours",
            Self::ProtectedSession => "protected clinic or list",
            Self::TimeRanOut => "not looked at: the time ran out",
        }
    }
}
