//! How long somebody is on the rota in one walkout day: the one reckoning of People list, People view and status bar.

use crate::checker::spans;
use crate::model::{Assignment, Rota, Span, Status, words};

/// Minutes on the rota in some of the walkout times: whatever is not declined counts, agreed or not; time outside them
/// does not, nor do other duties and sessions. Time that is held twice counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct HeldHours {
    /// On posts where somebody is present.
    pub work: i64,
    /// On call from home, and not at work at that time.
    pub on_call: i64,
}

impl HeldHours {
    /// What all of `held`, the assignments of one person, come to within `day`.
    pub fn of<'a>(rota: &Rota, held: impl Iterator<Item = &'a Assignment> + Clone, day: Span) -> Self {
        let is_on_call = |a: &Assignment| rota.post(&a.post).is_some_and(|post| post.on_call);
        let in_day = |a: &Assignment| a.span.overlap(day).filter(|_| a.status != Status::Declined);
        let present = held.clone().filter(|a| !is_on_call(a));
        let at_home = spans::union(held.filter(|a| is_on_call(a)).filter_map(in_day).collect());
        let minutes = |set: &[Span]| set.iter().map(|span| span.minutes()).sum();
        let work = spans::union(present.filter_map(in_day).collect());
        Self { work: minutes(&work), on_call: minutes(&spans::without(&at_home, &work)) }
    }

    /// Both together.
    pub const fn minutes(self) -> i64 {
        self.work + self.on_call
    }

    /// Such as `12 h`, `15 h on call` or `12 h and 3 h on call`, each length said by `length`.
    pub fn said(self, length: impl Fn(i64) -> String) -> String {
        match (self.work, self.on_call) {
            (work, 0) => length(work),
            (0, on_call) => format!("{} on call", length(on_call)),
            (work, on_call) => format!("{} and {} on call", length(work), length(on_call)),
        }
    }

    /// Such as `12 h and 3 h on call`.
    pub fn text(self) -> String {
        self.said(words::length)
    }
}

impl std::iter::Sum for HeldHours {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self { work: sum.work + one.work, on_call: sum.on_call + one.on_call })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{rota, span, with};
    use super::*;

    #[test]
    fn time_outside_the_day_and_time_held_twice_count_for_nothing() {
        let mut rota = with(rota(), "a1", "mg", "kp", "07:00", "12:00", Status::Agreed);
        rota.posts[0].on_call = true;
        for (id, post, from, to, status) in [
            ("a2", "cons", "11:00", "13:00", Status::Proposed),
            ("a3", "sho", "12:00", "18:00", Status::Asked),
            ("a4", "mg", "14:00", "16:00", Status::Declined),
        ] {
            rota = with(rota, id, post, "kp", from, to, status);
        }
        let held = HeldHours::of(&rota, rota.assignments.iter(), span("08:00", "17:00"));
        assert_eq!(held, HeldHours { work: 5 * 60, on_call: 4 * 60 });
        assert_eq!(held.text(), "5 h and 4 h on call");
        let twice: HeldHours = [held, held].into_iter().sum();
        assert_eq!(twice.minutes(), 18 * 60);
        assert_eq!(HeldHours { work: 0, on_call: 15 }.text(), "15 min on call");
    }
}
