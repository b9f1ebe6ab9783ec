//! Spells of work as pure arithmetic over minutes: rest, sums over some 168 hours, weekly rest, nights and runs.
//!
//! A *spell* is the union of work that touches or overlaps. Every function here takes one person's spells in order
//! (none touching the next: [`super::spans::union`]) and answers exactly, minute for minute, by looking only where an answer can change; the
//! tests compare each with a walk over every minute. Lengths are elapsed minutes, so the night the clocks go back is
//! an hour longer; only [`night_minutes`] asks what the clocks on the wall show.

use std::ops::Range;

use super::spans;
use crate::model::{Instant, Span, TimeOfDay, Zone};

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

/// The longest time free of work that begins in the 24 hours from the start of some spell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DailyRest {
    /// The place of the spell before it.
    pub earlier: usize,
    /// The place of the spell after it; the same one where a spell leaves no free time at all.
    pub later: usize,
    /// The time free of work; empty, at the end of the spell, where there is none.
    pub free: Span,
}

/// The longest time free of work that begins in the 24 hours from the start of the spell at `first`; `None` where it
/// has no end that is known, after the last spell.
///
/// Of two as long the earlier is named. A spell of 24 hours or more has no free time that begins in its 24 hours:
/// that is a rest of nothing.
#[must_use]
pub fn daily_rest(spells: &[Span], first: usize) -> Option<DailyRest> {
    let spell = spells.get(first)?;
    let end = spell.from.plus(DAY);
    let mut longest = DailyRest { earlier: first, later: first, free: Span::new(spell.to, spell.to) };
    for at in (first..spells.len()).take_while(|&at| spells[at].to < end) {
        let free = Span::new(spells[at].to, spells.get(at + 1)?.from);
        if free.minutes() > longest.free.minutes() {
            longest = DailyRest { earlier: at, later: at + 1, free };
        }
    }
    Some(longest)
}

/// The daily rests of under `wanted` minutes: each free time once, in order.
#[must_use]
pub fn short_rests(spells: &[Span], wanted: i64) -> Vec<DailyRest> {
    let rests = (0..spells.len()).filter_map(|first| daily_rest(spells, first));
    let mut found: Vec<DailyRest> = rests.filter(|rest| rest.free.minutes() < wanted).collect();
    found.sort_unstable_by_key(|rest| (rest.free, rest.earlier));
    found.dedup();
    found
}

/// The earliest `length` minutes with the most work in them that hold a minute of one of `holding`, and how much.
///
/// The work in `[t, t + length)` is a broken line over t. It bends only where an end of the stretch meets an end of a
/// spell, so the most, and the first moment of it, lie there or at the edge of what is asked.
#[must_use]
pub fn most_work(spells: &[Span], length: i64, holding: &[Span]) -> Option<(Span, i64)> {
    let ends = spells.iter().flat_map(|s| [s.from.0, s.to.0, s.from.0 - length, s.to.0 - length]);
    let edges = holding.iter().flat_map(|h| [h.from.0 - length + 1, h.to.0 - 1]);
    let mut starts: Vec<i64> = ends.chain(edges).collect();
    starts.sort_unstable();
    starts.dedup();
    let sums = Sums::of(spells);
    let stretches = starts.into_iter().map(|t| Span::new(Instant(t), Instant(t + length)));
    let held = stretches.filter(|stretch| holding.iter().any(|h| h.overlaps(*stretch)));
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
#[must_use]
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
    forbidden.sort_unstable();
    let allowed_from =
        |start: i64| forbidden.iter().fold(start, |at, &(from, to)| if from <= at && at <= to { to + 1 } else { at });
    let starts = holding.iter().filter_map(|h| {
        let start = allowed_from(h.from.0 - WEEK + 1);
        (start < h.to.0).then_some(start)
    });
    starts.min().map(|start| Span::new(Instant(start), Instant(start + WEEK)))
}

/// Minutes of `span` between 23:00 and 06:00 by the clocks on the wall.
#[must_use]
pub fn night_minutes(zone: Zone, span: Span) -> i64 {
    let (Some(from), Some(to)) = (TimeOfDay::from_minutes(23 * 60), TimeOfDay::from_minutes(6 * 60)) else { return 0 };
    zone.daily_parts(span, from, to).into_iter().map(Span::minutes).sum()
}

/// Whether a spell is a night: 3 hours or more of it lie between 23:00 and 06:00.
#[must_use]
pub fn is_night(zone: Zone, spell: Span) -> bool {
    spell.minutes() >= NIGHT_MINUTES_MIN && night_minutes(zone, spell) >= NIGHT_MINUTES_MIN
}

/// The runs of spells of some kind: each as long as possible, with under `rest` minutes between one and the next and
/// no spell of another kind between them. `is_kind` says of each spell whether it is of that kind.
#[must_use]
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
#[must_use]
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
#[must_use]
pub fn longest_free(spells: &[Span], stretch: Span) -> i64 {
    spans::gaps(stretch, spells).into_iter().map(Span::minutes).max().unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::cast_possible_wrap, reason = "the minutes of a few weeks")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::checker::spans::union;

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
    fn rest_of_eleven_hours_is_enough_and_a_minute_less_is_not() {
        let short = |from| short_rests(&[span(0, 9 * HOUR), span(from, from + 9 * HOUR)], 11 * HOUR);
        assert_eq!(short(20 * HOUR), []);
        let free = span(9 * HOUR, 20 * HOUR - 1);
        assert_eq!(short(20 * HOUR - 1), [DailyRest { earlier: 0, later: 1, free }]);
    }

    #[test]
    fn the_longest_free_time_of_the_day_is_what_counts() {
        // A split day with 11 h after it is rest enough; both halves end within 24 h of the first start.
        assert_eq!(short_rests(&hours(&[(0, 4), (6, 10), (21, 30)]), 11 * HOUR), []);
        // Free time that begins when the 24 h are over comes too late for them.
        let spells = hours(&[(0, 8), (14, 24), (48, 50)]);
        assert_eq!(
            short_rests(&spells, 11 * HOUR),
            [DailyRest { earlier: 0, later: 1, free: span(8 * HOUR, 14 * HOUR) }]
        );
    }

    #[test]
    fn of_two_rests_as_long_the_earlier_is_named() {
        let spells = hours(&[(0, 4), (9, 13), (18, 24), (48, 49)]);
        assert_eq!(daily_rest(&spells, 0), Some(DailyRest { earlier: 0, later: 1, free: span(4 * HOUR, 9 * HOUR) }));
    }

    #[test]
    fn a_spell_of_a_whole_day_has_no_rest_at_all() {
        assert_eq!(short_rests(&[span(0, DAY - 1)], 11 * HOUR), []);
        let none = DailyRest { earlier: 0, later: 0, free: span(DAY, DAY) };
        assert_eq!(short_rests(&[span(0, DAY)], 11 * HOUR), [none]);
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
        fn short_rest_is_what_every_minute_says(spells in spells()) {
            let minutes = Minutes::of(&spells);
            let wanted = 11 * HOUR;
            let mut expected: Vec<(i64, i64)> = Vec::new();
            for spell in &spells {
                let mut best: Option<(i64, i64)> = None;
                for at in spell.from.0..spell.from.0 + DAY {
                    if !minutes.is_work(at) && minutes.is_work(at - 1) {
                        let length = (at..at + 2 * WEEK).take_while(|m| !minutes.is_work(*m)).count() as i64;
                        if best.is_none_or(|(_, longest)| length > longest) {
                            best = Some((at, length));
                        }
                    }
                }
                let (from, length) = best.unwrap_or((spell.to.0, 0));
                if length < wanted {
                    expected.push((from, from + length));
                }
            }
            expected.sort_unstable();
            expected.dedup();
            let found: Vec<(i64, i64)> = short_rests(&spells, wanted).iter().map(|r| (r.free.from.0, r.free.to.0)).collect();
            prop_assert_eq!(found, expected);
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
