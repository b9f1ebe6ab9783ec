//! Hours and rest of one person: what a Proposed assignment may not do (`docs/planner.md`), and what would be an error
//! of the checker for somebody under trainee rules.
//!
//! Working Time Regulations 1998, regulations 10 and 11 (11 hours' rest in 24); junior doctors' contract 2016,
//! schedule 3, as issued and as changed in 2019 (13 hours at a stretch, 72 hours in 168, runs); New Deal (14 hours at a
//! stretch, 8 hours' rest, so that a day of duties lasts 16 at the most).

use crate::model::{Instant, Rules, Span, TimeOfDay, Zone};

use super::reason::Reason;
use super::spans::merged;

/// Work that lies within so many minutes keeps all rules: the shortest spell and the shortest duty day that is too long
/// are both longer.
pub(super) const HARMLESS_MINUTES_MAX: i64 = 13 * 60;
/// The most work in [`WEEK_MINUTES`], in minutes.
pub(super) const WORK_IN_WEEK_MINUTES_MAX: i64 = 72 * 60;
/// A week of 168 hours, in minutes.
pub(super) const WEEK_MINUTES: i64 = 168 * 60;
/// The rest that ends a run of long days or of spells of any kind, in minutes.
const GAP_MINUTES: i64 = 48 * 60;

/// How long one person may work without rest, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Daily {
    /// The longest spell.
    pub spell_max: i64,
    /// The longest duty day of two spells or more, from its first start to its last end.
    pub day_max: i64,
    /// Less than this between two spells, and they are of one duty day.
    pub rest_min: i64,
}

impl Daily {
    /// What these rules permit.
    pub(super) fn of(rules: Rules) -> Self {
        let [spell_max, day_max, rest_min] =
            if rules == Rules::NewDeal { [14 * 60, 16 * 60, 8 * 60] } else { [13 * 60, 13 * 60, 11 * 60] };
        Self { spell_max, day_max, rest_min }
    }

    /// The spells of each duty day.
    pub(super) fn days(self, spells: &[Span]) -> impl Iterator<Item = &[Span]> {
        let rest_min = self.rest_min;
        spells.chunk_by(move |one, next| one.to.minutes_until(next.from) < rest_min)
    }

    /// Whether a duty day of these spells is too long.
    pub(super) fn is_too_long(self, day: &[Span]) -> bool {
        day.iter().any(|spell| spell.minutes() > self.spell_max) || day.len() > 1 && whole(day).minutes() > self.day_max
    }
}

/// From the first start to the last end of these spells.
fn whole(day: &[Span]) -> Span {
    Span::new(day[0].from, day[day.len() - 1].to)
}

/// A limit that the work of one person violates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Breach {
    pub reason: Reason,
    pub lasts: Lasts,
}

/// Whether more work could mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lasts {
    /// Violated whatever else the person works.
    Always,
    /// Violated as long as the person is at work and free at these times just as now.
    While(When),
}

/// The times at which work and free time make the violation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum When {
    At(Vec<Instant>),
    /// All of this time.
    In(Span),
}

/// One person's work.
pub(super) struct Work<'a> {
    pub rules: Rules,
    /// All work between 23:00 and 06:00; merged.
    pub nights: &'a [Span],
    /// The work before the planner proposes anything; merged.
    pub before: &'a [Span],
    /// The work that is kept, and the sessions that run; merged.
    pub stays: &'a [Span],
    /// The work that is proposed.
    pub proposed: &'a [Span],
}

impl Work<'_> {
    /// The first thing that the proposed work breaks, or makes worse than it was.
    pub(super) fn breach(&self) -> Option<Breach> {
        if self.proposed.is_empty() && (self.stays == self.before || !self.rules.is_trainee()) {
            return None;
        }
        let after = merged(self.stays.iter().chain(self.proposed).copied());
        let spell = self.has_long_spell(&after).then_some(Reason::Hours);
        let lasting = spell
            .or_else(|| self.has_long_day(&after).then_some(Reason::ShortRest))
            .or_else(|| self.has_long_week(&after).then_some(Reason::Hours));
        match lasting {
            Some(reason) => Some(Breach { reason, lasts: Lasts::Always }),
            None => self.parted_spell(&after).or_else(|| self.new_run(&after)),
        }
    }

    /// Whether something is proposed in that time.
    fn is_proposed_in(&self, span: Span) -> bool {
        self.proposed.iter().any(|p| p.overlaps(span))
    }

    fn has_long_spell(&self, after: &[Span]) -> bool {
        let most = Daily::of(self.rules).spell_max;
        let mut long = after.iter().filter(|spell| spell.minutes() > most);
        long.any(|spell| {
            self.is_proposed_in(*spell) || self.rules.is_trainee() && !self.before.iter().any(|b| b.covers(*spell))
        })
    }

    /// The duty days of two spells or more that are too long.
    fn long_days<'s>(&self, spells: &'s [Span]) -> impl Iterator<Item = &'s [Span]> {
        let daily = Daily::of(self.rules);
        daily.days(spells).filter(move |day| day.len() > 1 && whole(day).minutes() > daily.day_max)
    }

    fn has_long_day(&self, after: &[Span]) -> bool {
        let was = || Daily::of(self.rules).days(self.before);
        self.long_days(after).any(|day| {
            let day = whole(day);
            self.is_proposed_in(day) || self.rules.is_trainee() && !was().any(|was| whole(was).covers(day))
        })
    }

    /// A spell that was too long becomes a duty day that is too long when a session in its middle is postponed: for a
    /// trainee that is another error, until there is work in that time again.
    fn parted_spell(&self, after: &[Span]) -> Option<Breach> {
        let was = || self.long_days(self.before).map(whole);
        let parted = |day: &Span| self.rules.is_trainee() && !was().any(|was| was.covers(*day));
        let day = self.long_days(after).map(whole).find(parted)?;
        Some(Breach { reason: Reason::ShortRest, lasts: Lasts::While(When::In(day)) })
    }

    fn has_long_week(&self, after: &[Span]) -> bool {
        let after = Sums::of(after);
        if after.total() <= WORK_IN_WEEK_MINUTES_MAX {
            return false;
        }
        let before = Sums::of(self.before);
        let edges = |spans: &[Span]| -> Vec<Instant> {
            spans.iter().flat_map(|s| [s.from, s.to, s.from.plus(-WEEK_MINUTES), s.to.plus(-WEEK_MINUTES)]).collect()
        };
        let proposed = self.proposed.iter().flat_map(|span| [span.to.plus(-1), span.from.plus(1 - WEEK_MINUTES)]);
        edges(after.spells).into_iter().chain(edges(self.before)).chain(proposed).any(|from| {
            let week = Span::new(from, from.plus(WEEK_MINUTES));
            let work = after.within(week);
            work > WORK_IN_WEEK_MINUTES_MAX
                && (self.is_proposed_in(week) || self.rules.is_trainee() && work > before.within(week))
        })
    }

    fn new_run(&self, after: &[Span]) -> Option<Breach> {
        if !matches!(self.rules, Rules::Trainee2016 | Rules::Trainee2019) {
            return None;
        }
        let was = runs(self.rules, self.nights, self.before);
        let is_old = |run: &Run| was.iter().any(|w| run.is_no_worse_than(w));
        let is_ours = |run: &Run| run.blamed.iter().any(|spell| self.is_proposed_in(*spell));
        let run = runs(self.rules, self.nights, after).into_iter().find(|run| is_ours(run) || !is_old(run))?;
        Some(Breach { reason: run.reason, lasts: Lasts::While(self.when(&run, &was)) })
    }

    /// The times of the shortest part of the run that is too long by itself, among the parts with a proposal or with
    /// more work than before.
    fn when(&self, run: &Run, was: &[Run]) -> When {
        let Some(most) = run.most else { return When::In(run.reach) };
        let proposed = |spells: &[Span]| spells.iter().filter(|spell| self.is_proposed_in(**spell)).count();
        let hull = |part: &[Span]| Span::new(part[0].from, part[most].to);
        let is_new = |part: &[Span]| !was.iter().any(|w| w.kind == run.kind && w.span.covers(hull(part)));
        let parts = run.blamed.windows(most + 1).filter(|part| proposed(part) > 0 || is_new(part));
        let Some(part) = parts.min_by_key(|part| proposed(part)) else { return When::In(run.reach) };
        let hull = hull(part);
        if run.kind != Kind::Any {
            return When::In(hull);
        }
        // A run of spells of any kind: one moment of each spell and one between each two, unless the moments are too
        // far apart.
        let moment = |spell: &Span| {
            let own = self.proposed.iter().find(|p| p.overlaps(*spell));
            own.map_or(spell.from, |own| own.from)
        };
        let at_work: Vec<Instant> = part.iter().map(moment).collect();
        let between = part.windows(2).map(|pair| pair[0].to.plus(rest_between(pair) / 2));
        if at_work.windows(2).any(|pair| pair[0].minutes_until(pair[1]) >= GAP_MINUTES) {
            return When::In(hull);
        }
        When::At(at_work.iter().copied().chain(between).collect())
    }
}

/// The sum of work up to any moment: prefix sums and a binary search.
struct Sums<'a> {
    spells: &'a [Span],
    /// Minutes of work in all spells before each.
    before: Vec<i64>,
}

impl<'a> Sums<'a> {
    fn of(spells: &'a [Span]) -> Self {
        let minutes = spells.iter().scan(0, |sum, spell| {
            let before = *sum;
            *sum += spell.minutes();
            Some(before)
        });
        Self { spells, before: minutes.collect() }
    }

    fn total(&self) -> i64 {
        self.spells.last().zip(self.before.last()).map_or(0, |(spell, before)| before + spell.minutes())
    }

    fn until(&self, at: Instant) -> i64 {
        match self.spells.partition_point(|spell| spell.from < at).checked_sub(1) {
            Some(last) => self.before[last] + self.spells[last].from.minutes_until(at.min(self.spells[last].to)),
            None => 0,
        }
    }

    fn within(&self, week: Span) -> i64 {
        self.until(week.to) - self.until(week.from)
    }
}

fn minutes_in(spells: &[Span], part: Span) -> i64 {
    let first = spells.partition_point(|spell| spell.to <= part.from);
    let inside = spells[first..].iter().take_while(|spell| spell.from < part.to);
    inside.filter_map(|spell| spell.overlap(part)).map(Span::minutes).sum()
}

/// A run that is too long, or a rest after long spells that is too short (rule HRS-3) or after nights (RST-4).
struct Run {
    reason: Reason,
    span: Span,
    /// The time in which the work makes the run.
    reach: Span,
    /// The spells that are blamed for it.
    blamed: Vec<Span>,
    kind: Kind,
    /// The most spells that such a run may have; nothing for a rest.
    most: Option<usize>,
}

impl Run {
    /// Whether it lies within the run `was`, or is a rest after the same spell and as long.
    fn is_no_worse_than(&self, was: &Self) -> bool {
        (self.kind, self.most) == (was.kind, was.most)
            && if self.most.is_some() {
                was.span.covers(self.span)
            } else {
                self.span.from == was.span.from && self.span.to >= was.span.to
            }
    }
}

/// What a run is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Long,
    Night,
    Any,
}

/// Which spells make a run, what it is called, how many it may have, and the gap that ends it, in minutes.
type RunKind<'a> = (&'a dyn Fn(usize) -> bool, Kind, usize, i64);

/// Every run that is too long, and every rest after nights or long spells that is too short.
fn runs(rules: Rules, nights: &[Span], spells: &[Span]) -> Vec<Run> {
    const NIGHT_GAP: i64 = 46 * 60;
    let is_2016 = rules == Rules::Trainee2016;
    // A spell is a night with three hours or more of it.
    let nights: Vec<bool> = spells.iter().map(|spell| minutes_in(nights, *spell) >= 180).collect();
    let mut found = Vec::new();
    let long_most = if is_2016 { 5 } else { 4 };
    let all = |_: usize| true;
    let long = |at: usize| spells[at].minutes() > 10 * 60;
    let night = |at: usize| nights[at];
    let kinds: [RunKind; 3] = [
        (&long, Kind::Long, long_most, GAP_MINUTES),
        (&night, Kind::Night, 4, NIGHT_GAP),
        (&all, Kind::Any, if is_2016 { 8 } else { 7 }, GAP_MINUTES),
    ];
    for (is_one, kind, most, gap) in kinds {
        for run in runs_of(spells, is_one, gap).into_iter().filter(|run| run.len() > most) {
            let span = Span::new(spells[run[0]].from, spells[run[run.len() - 1]].to);
            let blamed = run.iter().map(|at| spells[*at]).collect();
            found.push(Run { reason: Reason::Hours, span, reach: span, blamed, kind, most: Some(most) });
        }
    }
    for run in runs_of(spells, &long, GAP_MINUTES).into_iter().filter(|run| run.len() >= long_most) {
        let last = run[run.len() - 1];
        if let Some(next) = spells.get(last + 1).filter(|next| spells[last].to.minutes_until(next.from) < GAP_MINUTES) {
            let reach = Span::new(spells[run[run.len() - long_most]].from, next.to.plus(1));
            let span = Span::new(spells[last].to, next.from);
            let blamed = run.iter().map(|at| spells[*at]).chain([*next]).collect();
            found.push(Run { reason: Reason::ShortRest, span, reach, blamed, kind: Kind::Long, most: None });
        }
    }
    for run in runs_of(spells, &night, NIGHT_GAP).into_iter().filter(|run| !is_2016 || run.len() >= 3) {
        let last = run[run.len() - 1];
        if let Some(next) = spells.get(last + 1).filter(|next| spells[last].to.minutes_until(next.from) < NIGHT_GAP)
            && !nights[last + 1]
        {
            // Nights before the last matter where it takes three; a minute after the next spell it might go on.
            let first = if is_2016 { run[run.len() - 3] } else { last };
            let reach = Span::new(spells[first].from, next.to.plus(1));
            let span = Span::new(spells[last].to, next.from);
            let blamed = vec![spells[last], *next];
            found.push(Run { reason: Reason::ShortRest, span, reach, blamed, kind: Kind::Night, most: None });
        }
    }
    found
}

/// Spells that follow one another, all of the kind, with less than `gap` minutes between them.
fn runs_of(spells: &[Span], is_one: &dyn Fn(usize) -> bool, gap: i64) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for at in (0..spells.len()).filter(|at| is_one(*at)) {
        match runs.last_mut() {
            Some(run) if run.last() == Some(&(at.wrapping_sub(1))) && rest_between(&spells[at - 1..]) < gap => {
                run.push(at);
            }
            _ => runs.push(vec![at]),
        }
    }
    runs
}

/// Between the first two of them.
fn rest_between(spells: &[Span]) -> i64 {
    spells[0].to.minutes_until(spells[1].from)
}

/// What of these spans lies between 23:00 and 06:00.
pub(super) fn nights_in(zone: Zone, spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let (Some(from), Some(to)) = (TimeOfDay::from_minutes(23 * 60), TimeOfDay::from_minutes(6 * 60)) else {
        return Vec::new();
    };
    merged(spans.flat_map(|span| zone.daily_parts(span, from, to)))
}

/// The 23:00–07:00 that ends on the morning of the civil day on which `at` lies (rule RST-2).
pub fn night_before(zone: Zone, at: Instant) -> Span {
    let date = zone.civil(at).local.date();
    let hour = |date: chrono::NaiveDate, hour| zone.instant_or_next(date.and_hms_opt(hour, 0, 0).unwrap_or_default());
    Span::new(hour(date.pred_opt().unwrap_or(date), 23), hour(date, 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(from: i64, to: i64) -> Span {
        Span::new(Instant(from * 60), Instant(to * 60))
    }

    fn breach(rules: Rules, stays: &[Span], proposed: &[Span]) -> Option<Reason> {
        let nights = nights_in(Zone::UTC, stays.iter().chain(proposed).copied());
        let stays = &merged(stays.iter().copied());
        let work = Work { rules, nights: &nights, before: stays, stays, proposed };
        work.breach().map(|breach| breach.reason)
    }

    #[test]
    fn thirteen_hours_at_a_stretch_and_not_a_minute_more() {
        assert_eq!(breach(Rules::Wtr, &[hours(8, 12)], &[hours(12, 21)]), None);
        let more = Span::new(Instant(12 * 60), Instant(21 * 60 + 1));
        assert_eq!(breach(Rules::Wtr, &[hours(8, 12)], &[more]), Some(Reason::Hours));
        assert_eq!(breach(Rules::NewDeal, &[hours(8, 12)], &[hours(12, 22)]), None);
        assert_eq!(breach(Rules::NewDeal, &[hours(8, 12)], &[hours(12, 23)]), Some(Reason::Hours));
        assert_eq!(breach(Rules::Wtr, &[hours(8, 22)], &[hours(48, 50)]), None, "what was so before is not blamed");
        assert_eq!(breach(Rules::Wtr, &[hours(8, 22)], &[hours(9, 10)]), Some(Reason::Hours), "whoever began it");
    }

    #[test]
    fn a_duty_day_of_two_spells_lasts_thirteen_hours() {
        assert_eq!(breach(Rules::Wtr, &[hours(9, 17)], &[hours(20, 32)]), Some(Reason::ShortRest), "a day and a night");
        assert_eq!(breach(Rules::Wtr, &[hours(8, 17)], &[hours(28, 40)]), None, "eleven hours from 17:00 to 04:00");
        assert_eq!(breach(Rules::Wtr, &[hours(8, 18)], &[hours(28, 31)]), Some(Reason::ShortRest), "ten hours");
        assert_eq!(breach(Rules::Wtr, &[hours(8, 10)], &[hours(13, 21)]), None, "a split day keeps within 13 hours");
        assert_eq!(breach(Rules::Wtr, &[hours(8, 10)], &[hours(13, 22)]), Some(Reason::ShortRest));
        assert_eq!(breach(Rules::NewDeal, &[hours(8, 10)], &[hours(13, 24)]), None, "16 hours under the New Deal");
        assert_eq!(breach(Rules::NewDeal, &[hours(8, 10)], &[hours(13, 25)]), Some(Reason::ShortRest));
        assert_eq!(breach(Rules::NewDeal, &[hours(8, 18)], &[hours(26, 38)]), None, "eight hours are rest enough");
        let apart = [hours(8, 10), hours(20, 30)];
        assert_eq!(breach(Rules::Wtr, &apart, &[hours(12, 13)]), Some(Reason::ShortRest), "whoever began it");
        assert_eq!(breach(Rules::Wtr, &apart, &[hours(41, 50)]), None, "what was so before is not blamed");
        assert_eq!(breach(Rules::Wtr, &apart, &[hours(40, 50)]), Some(Reason::ShortRest));
    }

    #[test]
    fn a_session_taken_out_of_the_middle_makes_no_error_of_a_trainees() {
        let of = |rules: Rules, stays: &[Span]| {
            let work = Work { rules, nights: &[], before: &[hours(8, 22)], stays, proposed: &[] };
            work.breach().map(|breach| (breach.reason, breach.lasts != Lasts::Always))
        };
        assert_eq!(of(Rules::Trainee2016, &[hours(8, 12), hours(13, 22)]), Some((Reason::ShortRest, true)));
        assert_eq!(of(Rules::Trainee2016, &[hours(8, 12), hours(13, 20)]), None, "the day became shorter");
        assert_eq!(of(Rules::Compensatory, &[hours(8, 12), hours(13, 22)]), None);
    }

    #[test]
    fn after_four_long_days_come_48_hours() {
        let days = |count: i64| -> Vec<Span> { (0..count).map(|day| hours(day * 24 + 8, day * 24 + 19)).collect() };
        let short = |from: i64| [hours(from, from + 4)];
        let (fourth, fifth) = (3 * 24 + 19, 4 * 24 + 19);
        assert_eq!(breach(Rules::Trainee2019, &days(4), &short(fourth + 47)), Some(Reason::ShortRest));
        assert_eq!(breach(Rules::Trainee2019, &days(4), &short(fourth + 48)), None);
        assert_eq!(breach(Rules::Trainee2019, &days(3), &short(fourth)), None);
        assert_eq!(breach(Rules::Trainee2016, &days(4), &short(fourth + 24)), None);
        assert_eq!(breach(Rules::Trainee2016, &days(5), &short(fifth + 47)), Some(Reason::ShortRest));
        assert_eq!(breach(Rules::Wtr, &days(4), &short(fourth + 24)), None);
    }

    #[test]
    fn seventy_two_hours_in_seven_days() {
        let days: Vec<Span> = (0..6).map(|day| hours(day * 24, day * 24 + 11)).collect();
        assert_eq!(breach(Rules::Wtr, &days, &[hours(6 * 24, 6 * 24 + 6)]), None, "72 hours exactly");
        assert_eq!(breach(Rules::Wtr, &days, &[hours(6 * 24, 6 * 24 + 7)]), Some(Reason::Hours));
    }

    #[test]
    fn four_nights_in_a_row_for_trainees_only() {
        let nights: Vec<Span> = (0..4).map(|day| hours(day * 24 + 21, day * 24 + 30)).collect();
        let fifth = [hours(4 * 24 + 21, 4 * 24 + 30)];
        assert_eq!(breach(Rules::Trainee2019, &nights, &fifth), Some(Reason::Hours));
        assert_eq!(breach(Rules::Wtr, &nights, &fifth), None);
        assert_eq!(breach(Rules::Trainee2019, &nights, &[hours(4 * 24 + 12, 4 * 24 + 16)]), Some(Reason::ShortRest));
    }
}
