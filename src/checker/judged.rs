//! As it stands, or if all agree: the two sets of statuses that everything is judged under.

use crate::model::{SessionState, Status};

/// Which statuses count: the two sets that everything is judged under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judged {
    /// As it stands: only Agreed counts, and a session to postpone still runs.
    Agreed,
    /// If everybody asked or proposed agrees and every session to postpone is postponed.
    IfAllAgree,
}

impl Judged {
    /// Both, as it stands first.
    pub const BOTH: [Self; 2] = [Self::Agreed, Self::IfAllAgree];

    /// Whether an assignment of that status is looked at.
    pub const fn counts(self, status: Status) -> bool {
        match self {
            Self::Agreed => matches!(status, Status::Agreed),
            Self::IfAllAgree => !matches!(status, Status::Declined),
        }
    }

    /// Whether a session in that state is taken to run.
    pub const fn runs(self, state: SessionState) -> bool {
        match state {
            SessionState::Running => true,
            SessionState::ToPostpone => matches!(self, Self::Agreed),
            SessionState::Postponed => false,
        }
    }

    /// 0 or 1, for arrays of both.
    pub const fn ix(self) -> usize {
        self as usize
    }
}
