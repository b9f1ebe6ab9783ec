//! Why a plan, or one of its changes, no longer fits the rota: a sentence without a full stop.

use thiserror::Error;

/// What an edit of the rota has done to a plan. Initials, posts and titles are safe to print.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Misfit {
    #[error("it would now make cover worse")]
    Worse,
    #[error("a proposal that it would replace has been changed")]
    ProposalChanged,
    #[error("a session that it would move has been changed")]
    SessionChanged,
    #[error("part of it is already in the rota")]
    AlreadyThere,
    #[error("somebody or something in it is no longer there")]
    Gone,
    #[error("nothing of it is left to do")]
    NothingLeft,
    #[error("{0} is no longer free for it")]
    NotFree(String),
    #[error("{0} has a session then that runs")]
    SessionRuns(String),
    #[error("{0} would now work too long or rest too little")]
    HoursOrRest(String),
    #[error("the place of {initials} on {post} has been taken")]
    PlaceTaken { initials: String, post: String },
    #[error("{0} need no longer be postponed")]
    NeedNotStop(String),
    #[error("{0} may lack somebody of its team")]
    TeamUnsure(String),
    #[error("somebody of {0} is in another session then")]
    TeamInSession(String),
    #[error("somebody of {0} is needed meanwhile")]
    TeamNeeded(String),
}
