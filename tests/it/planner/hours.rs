//! Hours and rest from `docs/planner.md` and `docs/checker.md`, hour by hour: what the planner may not make worse.

use cover_rota::model::Rules;

/// `[from, to)` in minutes.
pub(super) type Stretch = (i64, i64);

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// One person's work without what is proposed, what stays of it in the plan, and what is proposed.
pub(super) struct Week<'a> {
    pub rules: Rules,
    /// Minutes that the clocks are ahead of UTC.
    pub offset: i64,
    pub before: Vec<Stretch>,
    pub stays: Vec<Stretch>,
    pub proposed: &'a [Stretch],
}

/// The longest spell, the longest duty day of two spells or more, and the free time that ends a duty day.
fn daily(rules: Rules) -> (i64, i64, i64) {
    if rules == Rules::NewDeal { (14 * HOUR, 16 * HOUR, 8 * HOUR) } else { (13 * HOUR, 13 * HOUR, 11 * HOUR) }
}

/// Whether something is proposed where hours or rest forbid it, or, under trainee rules, worse than before by a session
/// that runs again or no longer.
pub(super) fn is_broken(week: &Week) -> bool {
    let trainee = matches!(week.rules, Rules::Trainee2016 | Rules::Trainee2019 | Rules::NewDeal);
    let before = united(&week.before);
    let mut all = week.stays.clone();
    all.extend(week.proposed);
    let after = united(&all);
    if trainee && is_worse_than_before(week, &before, &after) {
        return true;
    }
    let proposed_in = |part: Stretch| week.proposed.iter().any(|p| p.0 < part.1 && part.0 < p.1);
    let (spell_most, _, _) = daily(week.rules);
    after.iter().any(|spell| spell.1 - spell.0 > spell_most && proposed_in(*spell))
        || long_days(week.rules, &after).into_iter().any(proposed_in)
        || weeks(&[&before, &after, week.proposed]).any(|part| worked(&after, part) > 72 * HOUR && proposed_in(part))
        || runs(week, &after).iter().any(|run| run.blamed.iter().any(|spell| proposed_in(*spell)))
}

/// Every duty day of two spells or more that lasts too long, from its first start to its last end.
fn long_days(rules: Rules, spells: &[Stretch]) -> Vec<Stretch> {
    let (_, day_most, free) = daily(rules);
    let mut days = Vec::new();
    let mut first = 0;
    for last in 0..spells.len() {
        let is_end = spells.get(last + 1).is_none_or(|next| next.0 - spells[last].1 >= free);
        if is_end {
            let day = (spells[first].0, spells[last].1);
            if last > first && day.1 - day.0 > day_most {
                days.push(day);
            }
            first = last + 1;
        }
    }
    days
}

fn is_worse_than_before(week: &Week, before: &[Stretch], after: &[Stretch]) -> bool {
    let (spell_most, _, _) = daily(week.rules);
    let was = runs(week, before);
    let days_before = long_days(week.rules, before);
    after.iter().any(|spell| spell.1 - spell.0 > spell_most && !before.iter().any(|b| within(*spell, *b)))
        || long_days(week.rules, after).into_iter().any(|day| !days_before.iter().any(|was| within(day, *was)))
        || weeks(&[before, after]).any(|part| worked(after, part) > (72 * HOUR).max(worked(before, part)))
        || runs(week, after).iter().any(|run| {
            let no_worse = |w: &Run| match run.what {
                "rest" | "after long" => w.time.0 == run.time.0 && run.time.1 >= w.time.1,
                _ => within(run.time, w.time),
            };
            !was.iter().any(|w| w.what == run.what && no_worse(w))
        })
}

fn within(part: Stretch, whole: Stretch) -> bool {
    whole.0 <= part.0 && part.1 <= whole.1
}

/// Touching and overlapping stretches as one.
pub(super) fn united(parts: &[Stretch]) -> Vec<Stretch> {
    let mut sorted = parts.to_vec();
    sorted.sort_unstable();
    let mut spells: Vec<Stretch> = Vec::new();
    for (from, to) in sorted {
        if let Some(last) = spells.last_mut().filter(|last| from <= last.1) {
            last.1 = last.1.max(to);
        } else {
            spells.push((from, to));
        }
    }
    spells
}

fn worked(spells: &[Stretch], part: Stretch) -> i64 {
    spells.iter().map(|s| (s.1.min(part.1) - s.0.max(part.0)).max(0)).sum()
}

/// The 168 hours that begin at, or a minute beside, an edge (or 168 hours before one).
fn weeks(all: &[&[Stretch]]) -> impl Iterator<Item = Stretch> {
    let edges: Vec<i64> = all.iter().flat_map(|parts| parts.iter()).flat_map(|s| [s.0, s.1]).collect();
    let starts = edges.into_iter().flat_map(|at| [at, at - WEEK]).flat_map(|at| [at - 1, at, at + 1]);
    starts.map(|from| (from, from + WEEK))
}

struct Run {
    what: &'static str,
    time: Stretch,
    blamed: Vec<Stretch>,
}

/// Runs that are too long, and rests after long spells and after nights that are too short (HRS-3, RST-4), each with what
/// it is.
fn runs(week: &Week, spells: &[Stretch]) -> Vec<Run> {
    let (long_most, all_most, nights_from) = match week.rules {
        Rules::Trainee2016 => (5, 8, 3),
        Rules::Trainee2019 => (4, 7, 1),
        _ => return vec![],
    };
    let is_night = |s: &Stretch| {
        let day = (s.0 + week.offset).div_euclid(DAY);
        let nights = (day - 1..=day + (s.1 - s.0) / DAY + 1).map(|day| day * DAY - week.offset);
        nights.map(|midnight| worked(&[*s], (midnight - HOUR, midnight + 6 * HOUR))).sum::<i64>() >= 180
    };
    let nights: Vec<bool> = spells.iter().map(is_night).collect();
    let long: Vec<bool> = spells.iter().map(|s| s.1 - s.0 > 10 * HOUR).collect();
    let mut found = Vec::new();
    for (what, is_one, most, gap) in [
        ("long", &long, long_most, 48 * HOUR),
        ("nights", &nights, 4, 46 * HOUR),
        ("all", &vec![true; spells.len()], all_most, 48 * HOUR),
    ] {
        for (first, last) in chains(spells, is_one, gap) {
            if last - first + 1 > most {
                let time = (spells[first].0, spells[last].1);
                found.push(Run { what, time, blamed: spells[first..=last].to_vec() });
            }
            let rest = spells.get(last + 1).map_or(i64::MAX, |next| next.0 - spells[last].1);
            if what == "long" && last - first + 1 >= most && rest < 48 * HOUR {
                let time = (spells[last].1, spells[last + 1].0);
                found.push(Run { what: "after long", time, blamed: spells[first..=last + 1].to_vec() });
            }
            if what == "nights" && last - first + 1 >= nights_from && rest < 46 * HOUR && !nights[last + 1] {
                let time = (spells[last].1, spells[last + 1].0);
                found.push(Run { what: "rest", time, blamed: vec![spells[last], spells[last + 1]] });
            }
        }
    }
    found
}

/// First and last of each row of neighbours that are all one kind with less than `gap` between.
fn chains(spells: &[Stretch], is_one: &[bool], gap: i64) -> Vec<(usize, usize)> {
    let mut chains: Vec<(usize, usize)> = Vec::new();
    for n in (0..spells.len()).filter(|n| is_one[*n]) {
        match chains.last_mut() {
            Some(chain) if chain.1 + 1 == n && spells[n].0 - spells[n - 1].1 < gap => chain.1 = n,
            _ => chains.push((n, n)),
        }
    }
    chains
}
