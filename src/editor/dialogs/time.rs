//! Dialogs about when: not free from, change time, swap, copy a day.

use crate::model::{Assignment, AssignmentId, Command, Instant, PersonId, PostId, Rota, Span, Status, WindowId, words};

use super::super::assign::{names, post_name};
use super::super::copy_day::{Copied, copied, copy_day};
use super::super::dates::{base_day, day_at, day_text, instant, parse_day, parse_time};
use super::super::env::Env;
use super::super::people_ops::{end_of_work, held_in, not_free_from};
use super::draft::{Afterwards, CommandDraft, DialogDraft};
use super::field::{FieldError, Part, SpanFields};

/// From when somebody is not free. Why is never asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFreeFromDraft {
    pub person: PersonId,
    pub day: String,
    pub time: String,
    /// The day of its end, as typed; empty for the same day, or with no time for the end of the walkout.
    pub until_day: String,
    /// The time of its end, as typed; empty for the end of the walkout.
    pub until_time: String,
    /// Take the person off what they hold from then on.
    pub release: bool,
}

impl NotFreeFromDraft {
    /// From now if a window is running, else from the start of the first window that has not ended.
    pub fn of(rota: &Rota, person: &PersonId, now: Instant) -> Self {
        let ahead = rota.windows.iter().filter(|w| w.span.to > now).map(|w| w.span.from).min();
        let from = ahead.or(rota.windows.iter().map(|w| w.span.from).min()).unwrap_or(now);
        if from <= now && ahead.is_some() {
            return Self::beginning(rota, person, now);
        }
        // A shift that begins a little before the day is handed over to, goes with it.
        let is_under_way = |a: &&Assignment| a.person == *person && a.span.contains(from) && a.span.from > now;
        let earlier = rota.assignments.iter().filter(is_under_way).map(|a| a.span.from).min();
        Self::beginning(rota, person, earlier.unwrap_or(from))
    }

    /// From that time on.
    pub fn beginning(rota: &Rota, person: &PersonId, from: Instant) -> Self {
        let zone = rota.zone();
        let day = day_text(day_at(zone, from));
        let (until_day, until_time) = (String::new(), String::new());
        Self { person: person.clone(), day, time: words::time(zone, from), until_day, until_time, release: true }
    }

    /// From when, and until when if that is typed.
    fn read(&self, rota: &Rota) -> Result<(Instant, Option<Instant>), Vec<FieldError>> {
        let from = self.read_from(rota)?;
        let typed = |text: &str| !text.trim().is_empty();
        if !typed(&self.until_day) && !typed(&self.until_time) {
            return Ok((from, None));
        }
        let one = |part, text: String| vec![FieldError::new(part, text)];
        let (zone, first) = (rota.zone(), day_at(rota.zone(), from));
        let day = match self.until_day.trim() {
            "" => first,
            day => parse_day(day, first).map_err(|e| one(Part::UntilDay, e.into()))?,
        };
        let (time, later) = parse_time(&self.until_time).map_err(|e| one(Part::UntilTime, e.into()))?;
        let until = instant(zone, day, time, later).map_err(|e| one(Part::UntilTime, e.into()))?;
        if until <= from {
            return Err(one(Part::UntilTime, "this is not after the start: write the day it ends".to_owned()));
        }
        Ok((from, Some(until)))
    }

    /// The time that is meant, to the end of the walkout if nothing else is said.
    fn span(&self, rota: &Rota) -> Option<Span> {
        let (from, until) = self.read(rota).ok()?;
        let walkout = || rota.windows.iter().map(|w| w.span.to).max();
        let end = until.or_else(|| walkout().map(|end| end_of_work(rota, &self.person, end)))?;
        (from < end).then_some(Span::new(from, end))
    }

    fn read_from(&self, rota: &Rota) -> Result<Instant, Vec<FieldError>> {
        let base = base_day(rota, Instant(0));
        let mut errors = Vec::new();
        let day = parse_day(&self.day, base).map_err(|e| errors.push(FieldError::new(Part::Day, e))).ok();
        let time = parse_time(&self.time).map_err(|e| errors.push(FieldError::new(Part::Time, e))).ok();
        let (Some(day), Some((time, later))) = (day, time) else { return Err(errors) };
        instant(rota.zone(), day, time, later).map_err(|e| vec![FieldError::new(Part::Time, e)])
    }

    /// Writes the day out as it is understood.
    pub fn write_out(&mut self, rota: &Rota) {
        let base = base_day(rota, Instant(0));
        let day = parse_day(&self.day, base);
        if let Ok(day) = day {
            self.day = day_text(day);
        }
        if let Ok(until) = parse_day(&self.until_day, day.unwrap_or(base)) {
            self.until_day = day_text(until);
        }
    }

    /// What they hold in that time, one sentence each.
    pub fn held(&self, rota: &Rota) -> Vec<String> {
        let Some(span) = self.span(rota) else { return Vec::new() };
        let line = |a: &Assignment| {
            let part = a.span.overlap(span).unwrap_or(a.span);
            let status = a.status.words();
            format!("{}, {}, {status}", post_name(rota, &a.post), words::span(rota.zone(), part))
        };
        held_in(rota, &self.person, span).into_iter().map(line).collect()
    }

    /// The first post they hold in that time, and when.
    pub fn first_held(&self, rota: &Rota) -> Option<(PostId, Span)> {
        let span = self.span(rota)?;
        let first = held_in(rota, &self.person, span).into_iter().min_by_key(|a| a.span.from)?;
        Some((first.post.clone(), first.span.overlap(span)?))
    }
}

impl DialogDraft for NotFreeFromDraft {
    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        let (from, _) = match self.read(rota) {
            Ok(read) => read,
            Err(errors) => return errors,
        };
        match rota.windows.iter().map(|w| w.span.to).max() {
            None => vec![FieldError::new(Part::Day, "enter the walkout times first")],
            Some(end) if from >= end => {
                let end = words::moment(rota.zone(), end);
                vec![FieldError::new(Part::Time, format!("the walkout ends before that, at {end}"))]
            }
            Some(_) => Vec::new(),
        }
    }
}

impl CommandDraft for NotFreeFromDraft {
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let (from, until) = self.read(rota)?;
        not_free_from(rota, &self.person, from, until, self.release, env)
            .map_err(|e| vec![FieldError::new(Part::Time, e)])
    }

    /// Whoever is released leaves gaps: the first is shown, with who could.
    fn afterwards(&self, rota: &Rota, _command: &Command) -> Afterwards {
        Afterwards { gap: self.first_held(rota).filter(|_| self.release), ..Afterwards::default() }
    }
}

/// Other times for a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeTimeDraft {
    /// The block.
    pub assignment: AssignmentId,
    /// When it is to be.
    pub when: SpanFields,
}

impl ChangeTimeDraft {
    /// As it is.
    pub fn of(rota: &Rota, id: &AssignmentId) -> Option<Self> {
        let assignment = rota.assignment(id)?;
        Some(Self { assignment: id.clone(), when: SpanFields::of(rota.zone(), assignment.span) })
    }

    /// Whether OK would make the block Proposed again, because it is moved or lengthened.
    pub fn asks_again(&self, rota: &Rota) -> bool {
        let before = rota.assignment(&self.assignment);
        match (before, self.when.read(rota.zone(), None)) {
            (Some(before), Ok(span)) => before.status != crate::model::Status::Proposed && !before.span.covers(span),
            _ => false,
        }
    }

    /// The time typed.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn span(&self, rota: &Rota) -> Result<Span, Vec<FieldError>> {
        self.when.read(rota.zone(), None)
    }
}

impl DialogDraft for ChangeTimeDraft {
    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        self.span(rota).err().unwrap_or_default()
    }
}

/// Which window to which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyDayDraft {
    pub from: WindowId,
    pub to: Option<WindowId>,
}

impl CopyDayDraft {
    /// From the window shown to the one after it; where nobody is in the window shown but in one before it, to the
    /// window shown.
    pub fn of(rota: &Rota, shown: Option<&WindowId>) -> Option<Self> {
        let at = shown.and_then(|id| rota.windows.iter().position(|w| w.id == *id)).unwrap_or(0);
        let is_covered = |at: &usize| {
            let held = |a: &Assignment| a.status != Status::Declined && a.span.overlaps(rota.windows[*at].span);
            rota.assignments.iter().any(held)
        };
        let before = (0..at.min(rota.windows.len())).rev().find(is_covered);
        let (from, to) = match before {
            Some(before) if !is_covered(&at) => (before, Some(at)),
            _ if at + 1 < rota.windows.len() => (at, Some(at + 1)),
            _ => (at, Some(0).filter(|to| *to != at)),
        };
        let id = |at: usize| rota.windows.get(at).map(|window| window.id.clone());
        Some(Self { from: id(from)?, to: to.and_then(id) })
    }

    /// Who is in the other window already, and would be there twice: to be read before anything is copied.
    pub fn clashes(&self, rota: &Rota) -> Vec<String> {
        let Some(to) = self.to.as_ref().and_then(|id| rota.window(id)) else { return Vec::new() };
        let here = |a: &&Assignment| a.status != Status::Declined && a.span.overlaps(to.span);
        let there: Vec<&Assignment> = rota.assignments.iter().filter(here).collect();
        let mut lines = Vec::new();
        if !there.is_empty() {
            let blocks = words::count(there.len() as u64, "block");
            let who = names(rota, there.iter().map(|a| &a.person));
            let is = if there.len() == 1 { "is" } else { "are" };
            lines.push(format!("{blocks} {is} on that day already: {who}. They stay, and the copies are added."));
        }
        let preview = self.preview(rota);
        let twice = preview.pieces.iter().filter(|piece| {
            there.iter().any(|a| a.person == piece.person && a.post != piece.post && a.span.overlaps(piece.span))
        });
        let twice: Vec<&PersonId> = twice.map(|piece| &piece.person).collect();
        if !twice.is_empty() {
            lines.push(format!("On two posts at once afterwards: {}.", names(rota, twice)));
        }
        lines
    }

    /// What it would do, for the dialog to say.
    pub fn preview(&self, rota: &Rota) -> Copied {
        let (Some(from), Some(to)) = (rota.window(&self.from), self.to.as_ref().and_then(|id| rota.window(id))) else {
            return Copied::default();
        };
        let mut none = || 0;
        let mut env =
            Env { now: Instant(0), second: 0, running: std::time::Duration::ZERO, user: "", random: &mut none };
        copied(rota, &rota.assignments, from, to, &mut env)
    }
}

impl DialogDraft for CopyDayDraft {
    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        match &self.to {
            None => vec![FieldError::new(Part::To, "choose the other day")],
            Some(to) if *to == self.from => vec![FieldError::new(Part::To, "choose another day than the first")],
            Some(_) => Vec::new(),
        }
    }
}

impl CommandDraft for CopyDayDraft {
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let to = self.to.as_ref().filter(|to| **to != self.from).and_then(|id| rota.window(id));
        let (Some(from), Some(to)) = (rota.window(&self.from), to) else { return Err(self.errors(rota)) };
        copy_day(rota, from, to, env).map(|(command, _)| command).map_err(|e| vec![FieldError::new(Part::To, e)])
    }

    fn afterwards(&self, rota: &Rota, _command: &Command) -> Afterwards {
        let could_not = self.preview(rota).could_not;
        Afterwards { not_done: ("Some of it was not copied".to_owned(), could_not), ..Afterwards::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{assignment_id, at, person_id, rota, span, window_id, with};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::Status;

    fn start() -> Rota {
        with(rota(), "a1", "mg", "kp", "08:00", "13:00", Status::Agreed)
    }

    #[test]
    fn not_free_from_begins_now_or_with_the_walkout() {
        let told = |now: &str| {
            let draft = NotFreeFromDraft::of(&start(), &person_id("kp"), at(now));
            format!("{} {}", draft.day, draft.time)
        };
        assert_eq!(told("2016-04-20T09:00"), "Tue 26-Apr-2016 08:00");
        assert_eq!(told("10:20"), "Tue 26-Apr-2016 10:20");
        assert_eq!(told("2016-05-20T09:00"), "Tue 26-Apr-2016 08:00");
        let mut draft = NotFreeFromDraft::of(&start(), &person_id("kp"), at("10:20"));
        assert_eq!(draft.held(&start()), ["Middle grade, 10:20–13:00 Tue 26-Apr-2016, agreed"]);
        assert_eq!(draft.errors(&start()), []);
        draft.time = "17".to_owned();
        assert_eq!(draft.errors(&start())[0].field.part, Part::Time);
        draft.day = "x".to_owned();
        assert_eq!(draft.errors(&start())[0].field.part, Part::Day);
        assert!(env(|env| draft.command(&start(), env)).is_err());
    }

    #[test]
    fn a_longer_time_asks_again_and_a_shorter_does_not() {
        let mut draft = ChangeTimeDraft::of(&start(), &assignment_id("a1")).unwrap();
        assert!(!draft.asks_again(&start()));
        draft.when.to_time = "12".to_owned();
        assert!(!draft.asks_again(&start()));
        draft.when.to_time = "14".to_owned();
        assert!(draft.asks_again(&start()));
        assert_eq!(draft.span(&start()), Ok(span("08:00", "14:00")));
    }

    #[test]
    fn a_day_is_copied_to_another_one_only() {
        let draft = CopyDayDraft::of(&start(), Some(&window_id())).unwrap();
        assert_eq!(draft.to, None, "there is one window only");
        assert_eq!(draft.errors(&start())[0].text, "choose the other day");
        let same = CopyDayDraft { to: Some(window_id()), ..draft };
        assert!(env(|env| same.command(&start(), env)).is_err());
        assert_eq!(CopyDayDraft::of(&Rota::empty(), None), None);
    }
}
