//! Where a person's work is, and its summary that the People view shows.

use super::context::{Context, Judged, PersonIx, UnitIx, WindowIx};
use super::spans;
use super::spell::{self, WEEK};
use super::work::{Doing, REST_AFTER_NIGHTS, Work, rest_wanted};
use crate::model::{AssignmentId, Rota, Rules, SessionId, Span};

impl Work {
    /// The windows and units of a spell's assignments, in order, each once.
    pub fn places(&self, ctx: &Context, person: PersonIx, spell: usize) -> Vec<(WindowIx, UnitIx)> {
        let held = self.assignments(&ctx.people[person].assignments, spell);
        let places =
            held.flat_map(|held| ctx.windows_in(held.span).map(|(window, _)| (window, ctx.posts[held.post].unit)));
        let mut places: Vec<(WindowIx, UnitIx)> = places.collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Whether a spell has an assignment that shares a minute with a window.
    pub fn is_in_a_window(&self, ctx: &Context, person: PersonIx, spell: usize) -> bool {
        self.assignments(&ctx.people[person].assignments, spell).any(|held| ctx.windows_in(held.span).next().is_some())
    }

    /// The spells that have an assignment in a window.
    pub fn in_windows(&self, ctx: &Context, person: PersonIx) -> Vec<Span> {
        let spells = self.spells().iter().enumerate();
        spells.filter(|(at, _)| self.is_in_a_window(ctx, person, *at)).map(|(_, spell)| *spell).collect()
    }
}

/// What a line of the People view is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkItem {
    /// An assignment to a post that is not on call.
    Assignment(AssignmentId),
    /// A Resident duty: its place in the person's own list.
    Duty(usize),
    /// A session that runs.
    Session(SessionId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpellWork {
    /// From the first minute of it to the last.
    pub span: Span,
    /// What it is made of, by time.
    pub items: Vec<(Span, WorkItem)>,
}

/// The time between two spells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    pub span: Span,
    /// Minutes wanted.
    pub wanted: i64,
    /// Minutes missing, and owed back to who is under compensatory rest. 0 where the rest is enough, in a duty day that
    /// is not too long, and where it is not the longest of its duty day.
    pub missing: i64,
}

/// Minutes in one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WindowWork {
    /// On posts that are not on call.
    pub on_rota: i64,
    /// The same with Resident duties and sessions that run.
    pub at_work: i64,
}

/// What the People view says of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonWork {
    /// In order; none touches the next.
    pub spells: Vec<SpellWork>,
    /// Between each spell and the next.
    pub rests: Vec<Rest>,
    /// For each window of the rota.
    pub windows: Vec<WindowWork>,
    /// The most minutes of work in some 168 consecutive hours; the limit is [`super::MINUTES_IN_7_DAYS_MAX`].
    pub most_in_7_days: i64,
    /// The earliest 168 hours with the most.
    pub busiest_7_days: Option<Span>,
    /// The least of the rests between duty days and of the longest free times in those that are too long; `None` if no
    /// such rest has an end. Lunch is no rest.
    pub least_rest: Option<i64>,
    /// Minutes of rest missing, over all rests.
    pub missing: i64,
}

/// The summary of everybody's work, in the order of the rota; nothing of a rota that is unsound.
pub fn people_work(rota: &Rota, judged: Judged) -> Vec<PersonWork> {
    let ctx = Context::new(rota);
    (0..ctx.people.len()).map(|person| person_work(&ctx, person, judged)).collect()
}

/// The summary of one person's work.
pub fn person_work(ctx: &Context, person: PersonIx, judged: Judged) -> PersonWork {
    let Some(facts) = ctx.people.get(person) else { return PersonWork::default() };
    let Some(rules) = facts.rules else { return PersonWork::default() };
    let work = facts.work(judged);
    let spells = work.spells();
    let rests = rests(rules, work);
    let assigned = work.all_pieces().iter().filter(|piece| matches!(piece.doing, Doing::Assignment(_)));
    let on_rota = spans::union(assigned.map(|piece| piece.span).collect());
    let windows = ctx.windows.iter().map(|window| WindowWork {
        on_rota: spans::within(&on_rota, window.span).map(Span::minutes).sum(),
        at_work: spans::within(spells, window.span).map(Span::minutes).sum(),
    });
    let busiest = spell::most_work(spells, WEEK, spells);
    let least_rest = rests.iter().filter(|rest| rest.missing > 0 || rest.span.minutes() >= rest_wanted(rules));
    // The facts hold the duties by time, the record as they were entered.
    let mut duties: Vec<usize> = (0..facts.duties.len()).collect();
    duties.sort_by_key(|at| &ctx.rota.people[person].duties[*at]);
    PersonWork {
        spells: (0..spells.len()).map(|at| spell_work(ctx, person, work, (at, &duties))).collect(),
        windows: windows.collect(),
        most_in_7_days: busiest.map_or(0, |(_, minutes)| minutes),
        busiest_7_days: busiest.map(|(span, _)| span),
        least_rest: least_rest.map(|rest| rest.span.minutes()).min(),
        missing: rests.iter().map(|rest| rest.missing).sum(),
        rests,
    }
}

/// One spell; `duties` are the places of the person's duties in the record, by time.
fn spell_work(ctx: &Context, person: PersonIx, work: &Work, (spell, duties): (usize, &[usize])) -> SpellWork {
    let facts = &ctx.people[person];
    let item = |doing: Doing| match doing {
        Doing::Assignment(at) => WorkItem::Assignment(ctx.assignment_id(&facts.assignments[at]).clone()),
        Doing::Session(at) => WorkItem::Session(ctx.session(at).id.clone()),
        Doing::Duty(at) => WorkItem::Duty(duties.get(at).copied().unwrap_or(at)),
    };
    let items = work.pieces(spell).iter().map(|piece| (piece.span, item(piece.doing)));
    SpellWork { span: work.spells()[spell], items: items.collect() }
}

/// Every rest, with what is wanted by RST-1 and, after nights, by RST-4.
fn rests(rules: Rules, work: &Work) -> Vec<Rest> {
    let spells = work.spells();
    let daily = rest_wanted(rules);
    // Both in order of time.
    let long_days = spell::long_days(spells, daily);
    let after_nights = work.rests_after_nights(rules);
    let rest = |span: Span| {
        if after_nights.binary_search_by_key(&span, |rest| rest.free).is_ok() {
            let wanted = REST_AFTER_NIGHTS;
            return Rest { span, wanted, missing: wanted - span.minutes() };
        }
        let is_short = long_days.binary_search_by_key(&span, |day| day.free).is_ok();
        Rest { span, wanted: daily, missing: if is_short { daily - span.minutes() } else { 0 } }
    };
    spell::rests(spells).map(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::rota;
    use super::*;

    fn work_of(words: &str, judged: Judged) -> PersonWork {
        let rota = rota(&format!("post Resus: A&E consultant\npost Home: A&E consultant, on call\n{words}"));
        people_work(&rota, judged).remove(0)
    }

    #[test]
    fn the_summary_says_what_the_mock_up_shows() {
        let words = "person LR: Rahman, Laila; on duty Mon 17:00-23:30; on duty 21-Apr 08:00-22:00
day 08:00-17:00\nday Wed 08:00-17:00
session Clinic: LR; Wed 16:00-18:00
LR on Resus 08:00-17:00\nLR on Resus Wed 08:00-17:00\nLR on Home 17:00-Wed 08:00";
        let work = work_of(words, Judged::IfAllAgree);
        let told: Vec<(i64, i64, i64)> = work.rests.iter().map(|r| (r.span.minutes(), r.wanted, r.missing)).collect();
        assert_eq!(told, [(91 * 60, 660, 0), (510, 660, 150), (900, 660, 0)]);
        assert_eq!((work.least_rest, work.missing), (Some(510), 150));
        let windows: Vec<(i64, i64)> = work.windows.iter().map(|w| (w.on_rota, w.at_work)).collect();
        assert_eq!(windows, [(540, 540), (540, 540)]);
        assert_eq!(work.most_in_7_days, 14 * 60 + 390 + 540 + 600);
        let last = &work.spells[3];
        assert_eq!(last.span.minutes(), 600);
        let items: Vec<&WorkItem> = last.items.iter().map(|(_, item)| item).collect();
        let (assignment, session) = (AssignmentId::new("a2").unwrap(), SessionId::new("clinic").unwrap());
        assert_eq!(items, [&WorkItem::Assignment(assignment), &WorkItem::Session(session)]);
        assert_eq!(work.spells[1].items[0].1, WorkItem::Duty(0), "its place in the person's list, not by time");
    }

    #[test]
    fn what_is_not_agreed_is_work_only_if_all_agree() {
        let words = "session Clinic: LR; 08:00-09:00; to postpone\nLR on Resus 09:00-17:00, asked";
        let minutes = |judged| work_of(words, judged).windows[0];
        assert_eq!(minutes(Judged::Agreed), WindowWork { on_rota: 0, at_work: 60 });
        assert_eq!(minutes(Judged::IfAllAgree), WindowWork { on_rota: 480, at_work: 480 });
    }

    #[test]
    fn rest_after_nights_wants_more() {
        let words = "person LR: Trainee2019; on duty 24-Apr 20:00-08:00\nLR on Resus 08:00-17:00";
        let rest = work_of(words, Judged::Agreed).rests[0];
        assert_eq!((rest.span.minutes(), rest.wanted, rest.missing), (24 * 60, 46 * 60, 22 * 60));
    }

    #[test]
    fn nobody_at_work_has_no_rest_to_tell() {
        let work = work_of("person LR: on call 08:00-17:00\nLR on Home 08:00-17:00", Judged::Agreed);
        assert_eq!(work, PersonWork { windows: vec![WindowWork::default()], ..PersonWork::default() });
        let resident = work_of("LR on Resus 08:00-08:00", Judged::Agreed);
        assert_eq!((resident.least_rest, resident.missing), (None, 0));
    }

    #[test]
    fn lunch_is_no_rest_and_of_a_long_day_the_longest_free_time_is() {
        let lunch = work_of("LR on Resus 08:00-12:00\nLR on Resus 13:00-21:00", Judged::Agreed);
        assert_eq!((lunch.least_rest, lunch.missing), (None, 0));
        let split =
            work_of("LR on Resus 08:00-12:00\nperson LR: on duty 14:00-16:00; on duty 17:00-22:00", Judged::Agreed);
        assert_eq!((split.least_rest, split.missing), (Some(120), 540));
        let missing: Vec<i64> = split.rests.iter().map(|rest| rest.missing).collect();
        assert_eq!(missing, [540, 0]);
    }
}
