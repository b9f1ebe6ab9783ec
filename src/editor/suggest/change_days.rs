//! On which days of the walkout the changes of a proposal are.

use crate::model::{Rota, Span, WindowId, words};
use crate::planner::SuggestedChange;

use super::Proposal;

impl Proposal {
    /// How many changes there are on each day that has any, in the order of the rota.
    pub fn days(&self) -> Vec<(WindowId, usize)> {
        self.days_of(&vec![true; self.items.len()])
    }

    /// The same of what is chosen.
    pub(super) fn days_of(&self, chosen: &[bool]) -> Vec<(WindowId, usize)> {
        let chosen = self.items.iter().zip(chosen).filter(|(_, chosen)| **chosen);
        let spans: Vec<Span> = chosen.filter_map(|(item, _)| self.span_of(item)).collect();
        let windows = &self.rota().windows;
        let first = |span: &Span| windows.iter().position(|window| window.span.overlaps(*span));
        let count = |at: usize| spans.iter().filter(|span| first(span) == Some(at)).count();
        let days = windows.iter().enumerate().map(|(at, window)| (window.id.clone(), count(at)));
        days.filter(|(_, count)| *count > 0).collect()
    }

    /// When a change is.
    fn span_of(&self, item: &SuggestedChange) -> Option<Span> {
        let added = item.added.and_then(|at| self.plan.assignments.get(at)).map(|a| a.span);
        let gone = || item.removed.first().and_then(|id| self.rota().assignment(id)).map(|a| a.span);
        let session = || item.postpone.first().or(item.restore.first()).and_then(|id| self.rota().session(id));
        added.or_else(gone).or_else(|| session().map(|session| session.span))
    }

    /// Such as `28 changes, all on Sun 27-Jul`; nothing where the walkout has one day.
    pub fn days_text(&self) -> Option<String> {
        let changes = words::count(self.items.len() as u64, "change");
        let days = on_days(self.rota(), &self.days())?;
        Some(if days.starts_with(|first: char| first.is_ascii_digit()) {
            format!("{changes}: {days}")
        } else {
            format!("{changes}, {days}")
        })
    }
}

/// Such as `all on Sun 27-Jul`, or `3 on Sat 26-Jul and 25 on Sun 27-Jul`; nothing where the walkout has one day.
pub(super) fn on_days(rota: &Rota, days: &[(WindowId, usize)]) -> Option<String> {
    if rota.windows.len() < 2 {
        return None;
    }
    let mut named: Vec<(String, usize)> = Vec::new();
    for (id, count) in days {
        let day = words::day(rota.zone(), rota.window(id)?.span.from);
        match named.last_mut() {
            Some((last, sum)) if *last == day => *sum += count,
            _ => named.push((day, *count)),
        }
    }
    match named.as_slice() {
        [] => None,
        [(day, 1)] => Some(format!("on {day}")),
        [(day, _)] => Some(format!("all on {day}")),
        days => Some(words::list(&days.iter().map(|(day, count)| format!("{count} on {day}")).collect::<Vec<_>>())),
    }
}
