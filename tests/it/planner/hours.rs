//! Hours and rest from PLANNER.md 1 and CHECKER.md, hour by hour: what the planner may not make worse.

use cover_rota::model::Rules;

/// `[from, to)` in minutes.
pub type Stretch = (i64, i64);

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// One person's work without what is proposed, what stays of it in the plan, and what is proposed.
pub struct Week<'a> {
    pub rules: Rules,
    /// Minutes that the clocks are ahead of UTC.
    pub offset: i64,
    pub before: Vec<Stretch>,
    pub stays: Vec<Stretch>,
    pub proposed: &'a [Stretch],
}

/// Whether something is proposed where hours or rest forbid it, or, under trainee rules, worse than before by a session
/// that runs again.
pub fn is_broken(week: &Week) -> bool {
    let trainee = matches!(week.rules, Rules::Trainee2016 | Rules::Trainee2019 | Rules::NewDeal);
    let (before, stays) = (united(&week.before), united(&week.stays));
    let mut all = week.stays.clone();
    all.extend(week.proposed);
    let after = united(&all);
    if trainee && is_worse_than_before(week, &before, &after) {
        return true;
    }
    let proposed_in = |part: Stretch| week.proposed.iter().any(|p| p.0 < part.1 && part.0 < p.1);
    let limit = if week.rules == Rules::NewDeal { 8 * HOUR } else { 11 * HOUR };
    after.iter().any(|spell| spell.1 - spell.0 > 13 * HOUR && proposed_in(*spell))
        || after.iter().any(|spell| {
            let Rest { length, beside } = longest_rest(&after, spell.0);
            let shortened = !stays.iter().any(|s| s.0 == spell.0 && longest_rest(&stays, s.0).length <= length);
            length < limit
                && (shortened && proposed_in((spell.0, spell.0 + DAY + limit))
                    || trainee && beside.into_iter().any(proposed_in))
        })
        || weeks(&[&before, &after, week.proposed]).any(|part| worked(&after, part) > 72 * HOUR && proposed_in(part))
        || runs(week, &after).iter().any(|run| run.blamed.iter().any(|spell| proposed_in(*spell)))
}

fn is_worse_than_before(week: &Week, before: &[Stretch], after: &[Stretch]) -> bool {
    let limit = if week.rules == Rules::NewDeal { 8 * HOUR } else { 11 * HOUR };
    let was = runs(week, before);
    after.iter().any(|spell| spell.1 - spell.0 > 13 * HOUR && !before.iter().any(|b| within(*spell, *b)))
        || after.iter().any(|spell| {
            let now = longest_rest(after, spell.0).length;
            now < limit && !before.iter().any(|b| b.0 == spell.0 && longest_rest(before, b.0).length <= now)
        })
        || weeks(&[before, after]).any(|part| worked(after, part) > (72 * HOUR).max(worked(before, part)))
        || runs(week, after).iter().any(|run| {
            let no_worse = |w: &Run| match run.what {
                "rest" => w.time.0 == run.time.0 && run.time.1 >= w.time.1,
                _ => within(run.time, w.time),
            };
            !was.iter().any(|w| w.what == run.what && no_worse(w))
        })
}

fn within(part: Stretch, whole: Stretch) -> bool {
    whole.0 <= part.0 && part.1 <= whole.1
}

/// Touching and overlapping stretches as one.
pub fn united(parts: &[Stretch]) -> Vec<Stretch> {
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

/// The longest time free of work that begins in the 24 hours from `start`, and the spells beside it; forever is long.
struct Rest {
    length: i64,
    beside: Vec<Stretch>,
}

fn longest_rest(spells: &[Stretch], start: i64) -> Rest {
    let own = spells.iter().find(|spell| spell.0 == start);
    let mut longest = Rest { length: 0, beside: own.into_iter().copied().collect() };
    for (n, spell) in spells.iter().enumerate() {
        let length = spells.get(n + 1).map_or(i64::MAX, |next| next.0 - spell.1);
        if spell.1 > start && spell.1 < start + DAY && length > longest.length {
            longest = Rest { length, beside: spells[n..].iter().take(2).copied().collect() };
        }
    }
    longest
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

/// Runs that are too long and rests after nights that are too short (HRS-3, RST-4), each with what it is.
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
