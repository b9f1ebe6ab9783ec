//! What a proposal would do to sessions, before anything of it is taken.

use std::collections::BTreeMap;

use crate::model::{Assignment, PersonId, PostId, Rota, Session, SessionId, SessionState, Span, Status, words};

use super::super::assign::{initials, post_name};
use super::super::env::Env;
use super::super::sessions::set_state;
use super::Proposal;
use super::preview::after;

/// What becomes of a session with what is ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It runs, and would be put to postpone.
    Postponed,
    /// It is to be postponed, and could go ahead.
    Runs,
    /// It is to be postponed already, and somebody of its team would cover more.
    Used,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionMark {
    /// What becomes of it.
    pub fate: Fate,
    /// The number of the first change that does it.
    pub number: usize,
    /// Such as `to postpone, for FL 13:30–17:00, Majors SHO`.
    pub text: String,
    /// The same without times, where there is little room.
    pub short: String,
}

impl SessionMark {
    /// With who says so: `Suggestion 3: to postpone, …`.
    pub fn spoken(&self) -> String {
        format!("Suggestion {}: {}", self.number, self.text)
    }
}

impl Proposal {
    /// The sessions that what is ticked would move, or needs.
    pub fn session_marks(&self) -> BTreeMap<SessionId, SessionMark> {
        let mut marks = BTreeMap::new();
        for (at, item) in self.items.iter().enumerate().filter(|(at, _)| self.ticked.get(*at) == Some(&true)) {
            for session in item.postpone.iter().filter_map(|id| self.preview.rota.session(id)) {
                let held = held(&self.preview.rota, session);
                let with = |text: String| match text.as_str() {
                    "" => "to postpone".to_owned(),
                    text => format!("to postpone, for {text}"),
                };
                let (text, short) =
                    (with(told(&self.preview.rota, &held)), with(told_shortly(&self.preview.rota, &held)));
                marks.entry(session.id.clone()).or_insert(SessionMark {
                    fate: Fate::Postponed,
                    number: self.number(at),
                    text,
                    short,
                });
            }
            for session in item.restore.iter().filter_map(|id| self.preview.rota.session(id)) {
                let why = if held(&self.preview.rota, session).is_empty() {
                    ": its team is available and not needed elsewhere"
                } else {
                    ": there are enough without its team"
                };
                let text = format!("can go ahead{why}");
                let short = "can go ahead".to_owned();
                marks.entry(session.id.clone()).or_insert(SessionMark {
                    fate: Fate::Runs,
                    number: self.number(at),
                    text,
                    short,
                });
            }
        }
        self.used(&mut marks);
        marks
    }

    /// Sessions that are to be postponed as they were, whose people would cover more.
    fn used(&self, marks: &mut BTreeMap<SessionId, SessionMark>) {
        let stays = |s: &&Session| s.state == SessionState::ToPostpone && !marks.contains_key(&s.id);
        let sessions: Vec<&Session> = self.preview.rota.sessions.iter().filter(stays).collect();
        for (at, item) in self.items.iter().enumerate().filter(|(at, _)| self.ticked.get(*at) == Some(&true)) {
            let Some(new) = item.added.and_then(|at| self.plan.assignments.get(at)) else { continue };
            for session in sessions.iter().filter(|s| is_meanwhile(&self.preview.rota, new, s)) {
                let text = format!("covers {}", told(&self.preview.rota, &[new]));
                let short = format!("covers {}", told_shortly(&self.preview.rota, &[new]));
                marks.entry(session.id.clone()).or_insert(SessionMark {
                    fate: Fate::Used,
                    number: self.number(at),
                    text,
                    short,
                });
            }
        }
    }

    /// What to say before sessions are moved by hand: what the proposal would do to them, and what becomes of it.
    pub(in crate::editor) fn before_moving(
        &self,
        rota: &Rota,
        ids: &[SessionId],
        to: SessionState,
        propose: Option<&(PersonId, PostId, Span)>,
        env: &mut Env<'_>,
    ) -> Vec<String> {
        let marks = self.session_marks();
        let one = |id: &SessionId| {
            let title = words::safe(&rota.session(id)?.title).into_owned();
            let mark = marks.get(id)?;
            Some(match mark.fate {
                Fate::Postponed => format!("The suggestion would put {title} {}.", mark.text),
                Fate::Runs => format!("The suggestion would let {title} go ahead: nothing has been accepted yet."),
                Fate::Used => format!("With the suggestion, the team of {title} {}.", mark.text),
            })
        };
        let mut lines: Vec<String> = ids.iter().filter_map(one).collect();
        if lines.is_empty() {
            return lines;
        }
        let Some(command) = set_state(rota, ids, to, "", propose, env) else { return lines };
        lines.push(match self.fitting(&after(rota, command)) {
            Ok(left) if left.left_out > self.left_out => {
                let changes = words::count((left.left_out - self.left_out) as u64, "suggested change");
                format!("{changes} would no longer fit afterwards: {}.", super::joined(&left.whys))
            }
            Ok(left) if left.plan.figures == self.plan.figures => "The suggestion still fits afterwards.".to_owned(),
            Ok(_) => "The suggestion still fits afterwards, but may no longer be the best.".to_owned(),
            Err(why) => format!("The suggestion no longer fits afterwards: {why}."),
        });
        lines
    }
}

fn is_meanwhile(rota: &Rota, a: &Assignment, session: &Session) -> bool {
    a.status != Status::Declined
        && a.span.overlaps(session.span)
        && session.team.contains(&a.person)
        && rota.post(&a.post).is_none_or(|post| !post.on_call)
}

/// Who of the team is on a post meanwhile.
fn held<'a>(rota: &'a Rota, session: &Session) -> Vec<&'a Assignment> {
    let mut held: Vec<&Assignment> = rota.assignments.iter().filter(|a| is_meanwhile(rota, a, session)).collect();
    held.sort_by_key(|a| a.span);
    held
}

/// Such as `FL 13:30–17:00, Majors SHO`.
fn told(rota: &Rota, held: &[&Assignment]) -> String {
    let one = |a: &&Assignment| {
        let who = initials(rota, &a.person);
        format!("{who} {}, {}", words::times(rota.zone(), a.span), post_name(rota, &a.post))
    };
    held.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Such as `FL, Majors SHO`.
fn told_shortly(rota: &Rota, held: &[&Assignment]) -> String {
    let one = |a: &&Assignment| format!("{}, {}", initials(rota, &a.person), post_name(rota, &a.post));
    held.iter().map(one).collect::<Vec<_>>().join("; ")
}
