//! Spells of work as pure arithmetic over minutes: rest, sums over some 168 hours, weekly rest, nights and runs.
//!
//! A *spell* is the union of work that touches or overlaps. Every function here takes one person's spells in order
//! (none touching the next: [`super::spans::union`]) and answers exactly, minute for minute, by looking only where an answer can change; the
//! tests compare each with a walk over every minute. Lengths are elapsed minutes, so the night the clocks go back is
//! an hour longer; only [`night_minutes`] asks what the clocks on the wall show.

use std::ops::Range;

use super::spans;
use crate::model::{Clock, Instant, Span, TimeOfDay};

/// Minutes in an hour.
pub const HOUR: i64 = 60;
/// Elapsed minutes in 24 hours.
pub const DAY: i64 = 24 * HOUR;
/// Elapsed minutes in 168 hours.
pub const WEEK: i64 = 7 * DAY;
/// A spell with so much work between 23:00 and 06:00 is a night.
pub const NIGHT_MINUTES_MIN: i64 = 3 * HOUR;

/// The time between each spell and the next.
pub fn rests(spells: &[Span]) -> impl Iterator<Item = Span> + '_ {
    spells.windows(2).map(|pair| Span::new(pair[0].to, pair[1].from))
}

/// A duty day of two spells or more that leaves too little time free of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongDay {
    /// The places of its spells.
    pub spells: Range<usize>,
    /// From its first start to its last end.
    pub span: Span,
    /// Its longest time free of work; of two as long the earlier.
    pub free: Span,
}

/// The duty days of two spells or more that are so long that some 24 hours hold no `rest` minutes free of work in one
/// piece. A duty day is spells with under `rest` minutes free between each and the next.
pub fn long_days(spells: &[Span], rest: i64) -> Vec<LongDay> {
    let days = runs_of(spells, &vec![true; spells.len()], rest).into_iter();
    let days = days.filter_map(|day| {
        let of_day = &spells[day.clone()];
        let span = Span::new(of_day.first()?.from, of_day.last()?.to);
        // The last of those as long when looked at backwards is the first.
        let free = rests(of_day).collect::<Vec<_>>().into_iter().rev().max_by_key(|free| free.minutes())?;
        (span.minutes() > DAY - rest).then_some(LongDay { spells: day, span, free })
    });
    days.collect()
}

/// The earliest `length` minutes with the most work in them that hold a minute of one of `holding`, which are in order
/// like spells, and how much.
///
/// The work in `[t, t + length)` is a broken line over t. It bends only where an end of the stretch meets an end of a
/// spell, so the most, and the first moment of it, lie there or at the edge of what is asked.
pub fn most_work(spells: &[Span], length: i64, holding: &[Span]) -> Option<(Span, i64)> {
    let ends = spells.iter().flat_map(|s| [s.from.0, s.to.0, s.from.0 - length, s.to.0 - length]);
    let edges = holding.iter().flat_map(|h| [h.from.0 - length + 1, h.to.0 - 1]);
    let mut starts: Vec<i64> = ends.chain(edges).collect();
    starts.sort_unstable();
    starts.dedup();
    let sums = Sums::of(spells);
    let stretches = starts.into_iter().map(|t| Span::new(Instant(t), Instant(t + length)));
    let held = stretches.filter(|stretch| spans::within(holding, *stretch).next().is_some());
    held.map(|stretch| (stretch, sums.within(stretch))).reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// Work before any moment, by halving.
struct Sums<'a> {
    spells: &'a [Span],
    /// Minutes of work in all spells before each.
    before: Vec<i64>,
}

impl<'a> Sums<'a> {
    fn of(spells: &'a [Span]) -> Self {
        let before = spells.iter().scan(0, |sum, spell| {
            let before = *sum;
            *sum += spell.minutes();
            Some(before)
        });
        Self { spells, before: before.collect() }
    }

    fn until(&self, at: Instant) -> i64 {
        let place = self.spells.partition_point(|spell| spell.from < at);
        match place.checked_sub(1) {
            Some(last) => self.before[last] + self.spells[last].from.minutes_until(at.min(self.spells[last].to)),
            None => 0,
        }
    }

    fn within(&self, stretch: Span) -> i64 {
        self.until(stretch.to) - self.until(stretch.from)
    }
}

/// The earliest 7 × 24 hours that hold a minute of one of `holding`, have no 24 hours free of work in them, and end
/// 14 × 24 hours that have no 48 hours free.
///
/// A free time long enough for rest forbids every stretch that would hold enough of it, which is one run of starts;
/// what no free time forbids is found by walking over those runs.
pub fn without_weekly_rest(spells: &[Span], holding: &[Span]) -> Option<Span> {
    const FAR: i64 = i64::MAX / 4;
    let (first, last) = (spells.first()?, spells.last()?);
    let before = Span::new(Instant(-FAR), first.from);
    let after = Span::new(last.to, Instant(FAR));
    let free_times = std::iter::once(before).chain(rests(spells)).chain(std::iter::once(after));
    let mut forbidden: Vec<(i64, i64)> = Vec::new();
    for free in free_times {
        if free.minutes() >= DAY {
            forbidden.push((free.from.0 + DAY - WEEK, free.to.0 - DAY));
        }
        if free.minutes() >= 2 * DAY {
            forbidden.push((free.from.0 + 2 * DAY - WEEK, free.to.0 - 2 * DAY + WEEK));
        }
    }
    // What touches or overlaps is one run of starts: the first allowed one is then looked up, not walked to.
    let forbidden = forbidden.into_iter().map(|(from, to)| Span::new(Instant(from), Instant(to + 1)));
    let forbidden = spans::union(forbidden.collect());
    let allowed_from = |start: i64| {
        let at = forbidden.partition_point(|run| run.to.0 <= start);
        forbidden.get(at).filter(|run| run.from.0 <= start).map_or(start, |run| run.to.0)
    };
    let starts = holding.iter().filter_map(|h| {
        let start = allowed_from(h.from.0 - WEEK + 1);
        (start < h.to.0).then_some(start)
    });
    starts.min().map(|start| Span::new(Instant(start), Instant(start + WEEK)))
}

/// Minutes of `span` between 23:00 and 06:00 by the clocks on the wall.
pub fn night_minutes(clock: impl Into<Clock>, span: Span) -> i64 {
    let (Some(from), Some(to)) = (TimeOfDay::from_minutes(23 * 60), TimeOfDay::from_minutes(6 * 60)) else { return 0 };
    clock.into().daily_parts(span, from, to).into_iter().map(Span::minutes).sum()
}

/// Whether a spell is a night: 3 hours or more of it lie between 23:00 and 06:00.
pub fn is_night(clock: impl Into<Clock>, spell: Span) -> bool {
    spell.minutes() >= NIGHT_MINUTES_MIN && night_minutes(clock, spell) >= NIGHT_MINUTES_MIN
}

/// The runs of spells of some kind: each as long as possible, with under `rest` minutes between one and the next and
/// no spell of another kind between them. `is_kind` says of each spell whether it is of that kind.
pub fn runs_of(spells: &[Span], is_kind: &[bool], rest: i64) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, spell) in spells.iter().enumerate().filter(|(at, _)| is_kind[*at]) {
        match runs.last_mut() {
            Some(run) if run.end == at && spells[at - 1].to.minutes_until(spell.from) < rest => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Too little rest after the last night of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestAfterNights {
    /// The places of the nights.
    pub nights: Range<usize>,
    /// The time free of work between the last of them and the next spell, which is not a night.
    pub free: Span,
}

/// The rests of under `wanted` minutes between the last night of a run of `nights_min` or more and a spell that is
/// not a night. `nights` says of each spell whether it is one; nights under `wanted` minutes apart, with no other
/// spell between them, are one run.
pub fn rests_after_nights(spells: &[Span], nights: &[bool], nights_min: usize, wanted: i64) -> Vec<RestAfterNights> {
    let mut found = Vec::new();
    for run in runs_of(spells, nights, wanted).into_iter().filter(|run| run.len() >= nights_min) {
        let free = spells.get(run.end).map(|next| Span::new(spells[run.end - 1].to, next.from));
        if let Some(free) = free.filter(|free| free.minutes() < wanted && !nights[run.end]) {
            found.push(RestAfterNights { nights: run, free });
        }
    }
    found
}

/// The longest time free of work in `stretch`.
pub fn longest_free(spells: &[Span], stretch: Span) -> i64 {
    spans::gaps(stretch, spells).into_iter().map(Span::minutes).max().unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::cast_possible_wrap, reason = "the minutes of a few weeks")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::checker::spans::union;
    use crate::model::Zone;

    fn span(from: i64, to: i64) -> Span {
        Span::new(Instant(from), Instant(to))
    }

    fn hours(pairs: &[(i64, i64)]) -> Vec<Span> {
        pairs.iter().map(|&(from, to)| span(from * HOUR, to * HOUR)).collect()
    }

    /// Free time, then work, over and over; minutes that are rarely round.
    fn spells() -> impl Strategy<Value = Vec<Span>> {
        let free = prop_oneof![1..300_i64, 300..1500_i64, 1400..3000_i64];
        let work = prop_oneof![1..300_i64, 400..900_i64, 1400..1800_i64];
        prop::collection::vec((free, work), 0..18).prop_map(|pairs| {
            let mut at = 0;
            let mut spells = Vec::new();
            for (free, work) in pairs {
                spells.push(span(at + free, at + free + work));
                at += free + work;
            }
            spells
        })
    }

    /// Which of the spells are asked about.
    fn some_of(spells: &[Span], picks: u32) -> Vec<Span> {
        spells.iter().enumerate().filter(|(i, _)| picks >> (i % 32) & 1 == 1).map(|(_, s)| *s).collect()
    }

    /// Every minute as work or not: the slow way that the fast ones are compared with.
    struct Minutes {
        first: i64,
        work: Vec<bool>,
    }

    impl Minutes {
        fn of(spells: &[Span]) -> Self {
            let first = -4 * WEEK;
            let end = spells.last().map_or(0, |s| s.to.0) + 4 * WEEK;
            let mut work = vec![false; (end - first) as usize];
            for spell in spells {
                work[(spell.from.0 - first) as usize..(spell.to.0 - first) as usize].fill(true);
            }
            Self { first, work }
        }

        fn is_work(&self, at: i64) -> bool {
            usize::try_from(at - self.first).ok().and_then(|i| self.work.get(i)).copied().unwrap_or(false)
        }

        /// For every start from the first minute on, whether `enough` free minutes follow within `length` from there.
        fn has_free(&self, length: i64, enough: i64) -> Vec<bool> {
            let mut free = 0;
            let mut is_start: Vec<bool> = Vec::with_capacity(self.work.len());
            for work in self.work.iter().rev() {
                free = if *work { 0 } else { free + 1 };
                is_start.push(free >= enough);
            }
            is_start.reverse();
            let mut nearest = i64::MAX;
            let mut found = vec![false; is_start.len()];
            for at in (0..is_start.len()).rev() {
                nearest = if is_start[at] { at as i64 } else { nearest };
                found[at] = nearest <= at as i64 + length - enough;
            }
            found
        }
    }

    #[test]
    fn what_touches_or_overlaps_is_one_spell() {
        let work = vec![span(30, 40), span(0, 10), span(10, 20), span(31, 33), span(21, 25)];
        assert_eq!(union(work), [span(0, 20), span(21, 25), span(30, 40)]);
        assert_eq!(union(vec![]), []);
    }

    #[test]
    fn a_duty_day_of_thirteen_hours_is_not_too_long_and_a_minute_more_is() {
        let days = |to| long_days(&[span(0, 4 * HOUR), span(6 * HOUR, to)], 11 * HOUR);
        assert_eq!(days(13 * HOUR), []);
        let (whole, free) = (span(0, 13 * HOUR + 1), span(4 * HOUR, 6 * HOUR));
        assert_eq!(days(13 * HOUR + 1), [LongDay { spells: 0..2, span: whole, free }]);
    }

    #[test]
    fn eleven_hours_free_end_a_duty_day_and_a_minute_less_does_not() {
        let days = |from| long_days(&[span(0, 9 * HOUR), span(from, from + 9 * HOUR)], 11 * HOUR);
        assert_eq!(days(20 * HOUR), []);
        let (whole, free) = (span(0, 29 * HOUR - 1), span(9 * HOUR, 20 * HOUR - 1));
        assert_eq!(days(20 * HOUR - 1), [LongDay { spells: 0..2, span: whole, free }]);
    }

    #[test]
    fn of_two_free_times_as_long_the_earlier_is_named() {
        let days = long_days(&hours(&[(0, 4), (9, 13), (18, 24), (48, 49)]), 11 * HOUR);
        let free = span(4 * HOUR, 9 * HOUR);
        assert_eq!(days, [LongDay { spells: 0..3, span: span(0, DAY), free }]);
    }

    #[test]
    fn one_spell_alone_is_no_duty_day_of_two_however_long() {
        assert_eq!(long_days(&hours(&[(0, 30), (41, 60)]), 11 * HOUR), []);
    }

    #[test]
    fn the_earliest_168_hours_with_the_most_may_begin_before_any_work() {
        let spells = hours(&[(100, 112), (124, 136)]);
        assert_eq!(most_work(&spells, WEEK, &spells), Some((span((136 - 168) * HOUR, 136 * HOUR), 24 * HOUR)));
        assert_eq!(most_work(&spells, WEEK, &[]), None);
        assert_eq!(most_work(&[], WEEK, &[]), None);
    }

    #[test]
    fn six_days_and_a_day_off_is_weekly_rest_and_so_are_two_days_in_a_fortnight() {
        let daily = |days: &[i64]| days.iter().map(|d| span(d * DAY, d * DAY + 9 * HOUR)).collect::<Vec<_>>();
        let every_day: Vec<i64> = (0..14).collect();
        let spells = daily(&every_day);
        assert!(without_weekly_rest(&spells, &spells).is_some());
        let one_off: Vec<i64> = (0..14).filter(|d| *d != 3 && *d != 10).collect();
        assert_eq!(without_weekly_rest(&daily(&one_off), &daily(&one_off)), None);
        let two_off: Vec<i64> = (0..14).filter(|d| *d != 1 && *d != 2).collect();
        assert_eq!(without_weekly_rest(&daily(&two_off), &daily(&two_off)), None);
        // One day off (39 h) in the first week helps only the stretches that hold 24 h of it.
        let early_off: Vec<i64> = (0..14).filter(|d| *d != 1).collect();
        assert!(without_weekly_rest(&daily(&early_off), &daily(&early_off)).is_some());
    }

    #[test]
    fn three_hours_between_23_and_6_make_a_night() {
        let at = |text: &str| {
            let civil = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
            Zone::LONDON.instant(civil, false).unwrap()
        };
        let night = |from: &str, to: &str| is_night(Zone::LONDON, Span::new(at(from), at(to)));
        assert!(night("2016-04-25T17:00", "2016-04-26T02:00"));
        assert!(!night("2016-04-25T17:00", "2016-04-26T01:59"));
        assert!(night("2016-04-26T03:00", "2016-04-26T12:00"));
        assert!(!night("2016-04-26T03:01", "2016-04-26T12:00"));
        // In parts: 23:00 to 23:30 and 03:30 to 06:00 of one long spell would still be one night.
        assert!(night("2016-04-25T08:00", "2016-04-26T08:00"));
        // The night the clocks go back has its second hour twice, the one they go forward has none.
        let back = at("2026-10-24T20:00");
        assert!(is_night(Zone::LONDON, Span::new(back, back.plus(6 * HOUR))), "until 01:00 the second time");
        assert!(!is_night(Zone::LONDON, Span::new(back, back.plus(6 * HOUR - 1))));
        assert!(!night("2026-03-28T20:00", "2026-03-29T02:59"));
        assert!(night("2026-03-28T20:00", "2026-03-29T03:00"));
    }

    #[test]
    fn a_run_is_broken_by_enough_rest_or_another_kind_and_by_nothing_less() {
        let spells = hours(&[(0, 8), (24, 32), (80, 88), (135, 140)]);
        assert_eq!(runs_of(&spells, &[true; 4], 48 * HOUR), [0..2, 2..4]);
        assert_eq!(runs_of(&spells, &[true; 4], 47 * HOUR), [0..2, 2..3, 3..4]);
        assert_eq!(runs_of(&spells, &[true, false, true, true], 100 * HOUR), [0..1, 2..4]);
        assert!(runs_of(&[], &[], HOUR).is_empty());
    }

    #[test]
    fn rest_after_nights_is_asked_of_the_last_of_a_run() {
        let spells = hours(&[(0, 10), (24, 34), (48, 58), (103, 110), (120, 130), (140, 150)]);
        let nights = [true, true, true, false, true, false];
        let found = |min| rests_after_nights(&spells, &nights, min, 46 * HOUR);
        let long = RestAfterNights { nights: 0..3, free: span(58 * HOUR, 103 * HOUR) };
        let single = RestAfterNights { nights: 4..5, free: span(130 * HOUR, 140 * HOUR) };
        assert_eq!(found(1), [long.clone(), single]);
        assert_eq!(found(3), [long]);
        let later = hours(&[(0, 10), (24, 34), (48, 58), (104, 110)]);
        assert_eq!(rests_after_nights(&later, &nights[..4], 1, 46 * HOUR), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn union_holds_the_same_minutes(pairs in prop::collection::vec((0..600_i64, 1..120_i64), 0..12)) {
            let work: Vec<Span> = pairs.iter().map(|&(from, length)| span(from, from + length)).collect();
            let spells = union(work.clone());
            for at in -5..900 {
                let expected = work.iter().any(|s| s.contains(Instant(at)));
                prop_assert_eq!(spells.iter().any(|s| s.contains(Instant(at))), expected);
            }
            prop_assert!(rests(&spells).all(|rest| rest.minutes() > 0));
        }

        #[test]
        fn a_long_duty_day_leaves_some_24_hours_without_rest(spells in spells(), rest in prop_oneof![8..9_i64, 11..12_i64]) {
            let (minutes, rest) = (Minutes::of(&spells), rest * HOUR);
            let days = long_days(&spells, rest);
            for day in &days {
                // 24 hours around it, or its first 24 where it is longer, hold no such rest even if all else is free.
                let spare = (DAY - day.span.minutes()).max(0) / 2;
                let (mut free, mut longest) = (0, 0);
                for at in day.span.from.0 - spare..day.span.from.0 - spare + DAY {
                    free = if minutes.is_work(at) { 0 } else { free + 1 };
                    longest = longest.max(free);
                }
                prop_assert!(longest < rest, "{day:?}: {longest}");
                prop_assert!(day.spells.len() > 1);
            }
            // Whatever two neighbours are near each other and reach too far lies in one of them, and nothing else does.
            for (at, pair) in spells.windows(2).enumerate() {
                let is_near = pair[1].from.0 - pair[0].to.0 < rest;
                let is_long = is_near && pair[1].to.0 - pair[0].from.0 > DAY - rest;
                let is_told = days.iter().any(|day| day.spells.contains(&at) && day.spells.contains(&(at + 1)));
                prop_assert!(is_near || !is_told);
                prop_assert!(is_told || !is_long);
            }
        }

        #[test]
        fn most_work_is_what_every_start_says(spells in spells(), picks in any::<u32>()) {
            let holding = some_of(&spells, picks);
            let minutes = Minutes::of(&spells);
            let end = spells.last().map_or(0, |s| s.to.0);
            let mut expected: Option<(i64, i64)> = None;
            let mut sum = 0;
            for start in -WEEK..=end {
                if start == -WEEK {
                    sum = (start..start + WEEK).filter(|m| minutes.is_work(*m)).count() as i64;
                } else {
                    sum += i64::from(minutes.is_work(start + WEEK - 1)) - i64::from(minutes.is_work(start - 1));
                }
                let holds = holding.iter().any(|h| h.from.0 < start + WEEK && start < h.to.0);
                if holds && expected.is_none_or(|(_, most)| sum > most) {
                    expected = Some((start, sum));
                }
            }
            let found = most_work(&spells, WEEK, &holding).map(|(stretch, sum)| (stretch.from.0, sum));
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn runs_and_nights_are_what_every_pair_and_minute_says(spells in spells(), rest in 1..3000_i64) {
            let found = runs_of(&spells, &vec![true; spells.len()], rest);
            let in_a_run = |a: usize| found.iter().any(|run| run.contains(&a) && run.contains(&(a + 1)));
            for a in 0..spells.len().saturating_sub(1) {
                prop_assert_eq!(in_a_run(a), spells[a + 1].from.0 - spells[a].to.0 < rest);
            }
            prop_assert_eq!(found.iter().map(ExactSizeIterator::len).sum::<usize>(), spells.len());
            // Four weeks around the autumn change of 2026, so that some spells lie across it.
            let base = 29_880_000;
            for spell in &spells {
                let moved = span(base + spell.from.0, base + spell.to.0);
                let expected = (moved.from.0..moved.to.0)
                    .filter(|m| !(6 * 60..23 * 60).contains(&Zone::LONDON.time_of_day(Instant(*m)).minutes()))
                    .count() as i64;
                prop_assert_eq!(night_minutes(Zone::LONDON, moved), expected);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

        #[test]
        fn weekly_rest_is_what_every_start_says(
            pairs in prop::collection::vec((prop_oneof![4 => 300..1500_i64, 1 => 1400..3000_i64], 400..900_i64), 8..26),
            picks in any::<u32>(),
        ) {
            let mut at = 0;
            let mut spells = Vec::new();
            for (free, work) in pairs {
                spells.push(span(at + free, at + free + work));
                at += free + work;
            }
            let holding = some_of(&spells, picks);
            let minutes = Minutes::of(&spells);
            let (day_in_week, two_in_fortnight) = (minutes.has_free(WEEK, DAY), minutes.has_free(2 * WEEK, 2 * DAY));
            let place = |at: i64| (at - minutes.first) as usize;
            let slow = (-WEEK..at).find(|&start| {
                holding.iter().any(|h| h.from.0 < start + WEEK && start < h.to.0)
                    && !day_in_week[place(start)]
                    && !two_in_fortnight[place(start - WEEK)]
            });
            prop_assert_eq!(without_weekly_rest(&spells, &holding).map(|stretch| stretch.from.0), slow);
        }
    }
}
