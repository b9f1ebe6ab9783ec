//! HND, EDG, CON and DAT: the edges of windows, bleeps, names, windows and sessions.

use std::collections::{BTreeMap, BTreeSet};

use cover_rota::checker::{Code, Severity};
use cover_rota::model::{DutyKind, Person, Status};

use super::Row;
use super::names;
use super::numbers::{DAY, HOUR, LineN, Numbers, Stretch};
use super::runs::Runs;

pub(super) fn findings(numbers: &Numbers) -> Vec<Row> {
    let mut rows = Vec::new();
    for w in 0..numbers.windows.len() {
        rows.extend(no_handover(numbers, w));
        rows.extend(need_outlasts(numbers, w));
        rows.extend(bleeps(numbers, w));
        rows.extend(same_person_twice(numbers, w));
    }
    rows.extend(windows(numbers));
    rows.extend(sessions(numbers));
    rows
}

/// HND-1.
fn no_handover(numbers: &Numbers, w: usize) -> Vec<Row> {
    let Stretch { from, to } = numbers.windows[w].at;
    let edges = [(from, from - 15), (to - 1, to + 14)];
    let mut rows = Vec::new();
    for (edge, beyond) in edges {
        let moment = &numbers.moments[w][usize::try_from(edge - from).expect("inside the window")];
        for u in 0..numbers.unit_count() {
            let posts = || (0..numbers.posts.len()).filter(|q| numbers.posts[*q].unit == u);
            let present = || posts().filter(|q| !numbers.posts[*q].on_call);
            if present().all(|q| moment.needs[q] == 0) {
                continue;
            }
            let is_there_beyond = |person: usize| {
                let duties = &numbers.people[person].duties;
                let mut mine = numbers.assignments.iter().filter(|a| a.person == person && a.status == Status::Agreed);
                mine.any(|a| numbers.posts[a.post].unit == u && a.at.holds(beyond))
                    || duties.iter().any(|(at, kind)| *kind != DutyKind::Other && at.holds(beyond))
            };
            let counting = || present().flat_map(|q| &moment.counting[q]);
            // Where nobody counts COV-1 says it.
            if counting().next().is_some() && !counting().any(|person| is_there_beyond(*person)) {
                let span = if edge == from { Some((from, to.min(from + 15))) } else { Some((from.max(to - 15), to)) };
                rows.push(Row { span, ..numbers.row(Code::Hnd1, Severity::Info, Some(w), Some(u)) });
            }
        }
    }
    rows
}

/// EDG-1.
fn need_outlasts(numbers: &Numbers, w: usize) -> Vec<Row> {
    let window = &numbers.windows[w];
    let continues = numbers.windows.iter().enumerate().any(|(v, other)| v != w && other.at.holds(window.at.to));
    if continues {
        return vec![];
    }
    let around: Vec<(i64, i64)> = (window.at.from - DAY - 2 * HOUR..window.at.to + DAY + 2 * HOUR)
        .map(|minute| (minute, numbers.wall_clock(minute)))
        .collect();
    let mut latest: BTreeMap<usize, i64> = BTreeMap::new();
    for line in &window.lines {
        let post = &numbers.posts[line.post];
        if line.count == 0 || post.on_call || window.closed[post.unit] {
            continue;
        }
        for Stretch { from, to } in occurrences(line, &around) {
            if window.at.holds(from) && to > window.at.to {
                let end = latest.entry(post.unit).or_insert(to);
                *end = to.max(*end);
            }
        }
    }
    let rows = latest.into_iter().map(|(u, end)| Row {
        span: Some((window.at.to, end)),
        ..numbers.row(Code::Edg1, Severity::Info, Some(w), Some(u))
    });
    rows.collect()
}

/// Of each civil day, from the first to the last minute at which the line of that day holds.
fn occurrences(line: &LineN, around: &[(i64, i64)]) -> Vec<Stretch> {
    let mut by_day: BTreeMap<i64, Stretch> = BTreeMap::new();
    for (minute, wall_clock) in around {
        if line.holds(wall_clock.rem_euclid(DAY)) {
            let day = (wall_clock - line.from).div_euclid(DAY);
            by_day.entry(day).or_insert(Stretch { from: *minute, to: 0 }).to = minute + 1;
        }
    }
    by_day.into_values().collect()
}

/// CON-1.
fn bleeps(numbers: &Numbers, w: usize) -> Vec<Row> {
    let posts = &numbers.posts;
    let mut runs: Runs<(usize, BTreeSet<usize>), ()> = Runs::new();
    for moment in &numbers.moments[w] {
        let needed = || (0..posts.len()).filter(|q| moment.needs[*q] > 0);
        for q in needed() {
            let bleep = posts[q].bleep.trim();
            if posts[q].essential && bleep.is_empty() {
                runs.mark(moment.minute, (posts[q].unit, BTreeSet::from([q])));
            }
            for r in needed().filter(|r| *r > q && posts[*r].bleep.trim() == bleep && !bleep.is_empty()) {
                runs.mark(moment.minute, (posts[q].unit, BTreeSet::from([q, r])));
                runs.mark(moment.minute, (posts[r].unit, BTreeSet::from([q, r])));
            }
        }
    }
    let rows = runs.finish().into_iter().map(|run| Row {
        span: Some((run.from, run.to)),
        posts: numbers.post_names(run.key.1),
        ..numbers.row(Code::Con1, Severity::Warning, Some(w), Some(run.key.0))
    });
    rows.collect()
}

/// Groups of two or more who share a value, each value being its own.
fn sharing(people: &[usize], value: impl Fn(&Person) -> Option<String>, numbers: &Numbers) -> BTreeSet<Vec<usize>> {
    let mut by_value: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for person in people {
        if let Some(value) = value(&numbers.rota.people[*person]) {
            by_value.entry(value).or_default().push(*person);
        }
    }
    by_value.into_values().filter(|group| group.len() >= 2).collect()
}

/// Empty initials are nobody's.
fn initials(person: &Person) -> Option<String> {
    let initials = person.initials.trim().to_lowercase();
    (!initials.is_empty()).then_some(initials)
}

/// The digits, where there are enough of them for a telephone number.
fn telephone(person: &Person) -> Option<String> {
    let digits: String = person.phone.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 7).then_some(digits)
}

/// Groups of the same name: whoever has the same name as one of them belongs to them.
fn namesakes(people: &[usize], numbers: &Numbers) -> BTreeSet<Vec<usize>> {
    let mut groups: Vec<(BTreeSet<String>, Vec<usize>)> = Vec::new();
    for person in people {
        let mut names = names::of(&numbers.rota.people[*person]);
        let mut group = vec![*person];
        for (other_names, others) in
            groups.extract_if(.., |(others, _)| !others.is_disjoint(&names)).collect::<Vec<_>>()
        {
            names.extend(other_names);
            group.extend(others);
        }
        group.sort_unstable();
        groups.push((names, group));
    }
    groups.into_iter().map(|(_, group)| group).filter(|group| group.len() >= 2).collect()
}

/// DAT-1.
fn same_person_twice(numbers: &Numbers, w: usize) -> Vec<Row> {
    let window = numbers.windows[w].at;
    let is_there = |p: usize| {
        let mut mine = numbers.assignments.iter().filter(|a| a.person == p && a.status != Status::Declined);
        mine.any(|a| a.at.overlaps(window))
    };
    let people: Vec<usize> = (0..numbers.people.len()).filter(|p| is_there(*p)).collect();
    let same_name = namesakes(&people, numbers);
    let mut groups = same_name.clone();
    groups.extend(sharing(&people, initials, numbers));
    groups.extend(sharing(&people, telephone, numbers));
    let is_within = |group: &[usize], other: &[usize]| group != other && group.iter().all(|p| other.contains(p));
    let mut rows = Vec::new();
    for group in &groups {
        // Those of one name are always told together; others not where all of them are told together anyhow.
        if !same_name.contains(group) && groups.iter().any(|other| is_within(group, other)) {
            continue;
        }
        let names = numbers.people_names(group.iter().copied());
        let row = |severity, u| Row { people: names.clone(), ..numbers.row(Code::Dat1, severity, Some(w), u) };
        let (mut now, mut if_all) = (BTreeMap::new(), BTreeMap::new());
        if same_name.contains(group) {
            now = both_there(numbers, w, group, |status| status == Status::Agreed);
            if_all = both_there(numbers, w, group, |status| status != Status::Declined);
        }
        if if_all.is_empty() {
            rows.push(row(Severity::Warning, None));
        }
        if_all.retain(|u, _| !now.contains_key(u));
        for (severity, units) in [(Severity::Error, now), (Severity::Warning, if_all)] {
            let told = units.into_iter().map(|(u, at)| Row { span: Some((at.from, at.to)), ..row(severity, Some(u)) });
            rows.extend(told);
        }
    }
    rows
}

/// By unit, from the first to the last minute in the window at which one of the group is assigned there and another
/// anywhere.
fn both_there(
    numbers: &Numbers,
    w: usize,
    group: &[usize],
    counts: impl Fn(Status) -> bool,
) -> BTreeMap<usize, Stretch> {
    let window = numbers.windows[w].at;
    let theirs: Vec<_> = numbers.assignments.iter().filter(|a| group.contains(&a.person) && counts(a.status)).collect();
    let mut both: BTreeMap<usize, Stretch> = BTreeMap::new();
    for minute in window.from..window.to {
        let there = || theirs.iter().filter(|a| a.at.holds(minute));
        for a in there() {
            if there().any(|b| b.person != a.person) {
                let unit = numbers.posts[a.post].unit;
                both.entry(unit).or_insert(Stretch { from: minute, to: 0 }).to = minute + 1;
            }
        }
    }
    both
}

/// DAT-2: a pair belongs to the earlier of the two, of two that begin and end together to the first by name.
fn windows(numbers: &Numbers) -> Vec<Row> {
    let mut rows = Vec::new();
    for (w, window) in numbers.windows.iter().enumerate() {
        let row = || numbers.row(Code::Dat2, Severity::Warning, Some(w), None);
        if window.at.to - window.at.from > day_of_calendar(numbers, window.at) {
            rows.push(Row { span: Some((window.at.from, window.at.to)), ..row() });
        }
        let order = |w: usize| (numbers.windows[w].at.from, numbers.windows[w].at.to, &numbers.rota.windows[w].id);
        let later = (0..numbers.windows.len()).filter(|other| order(w) < order(*other));
        for other in later.map(|other| &numbers.windows[other]).filter(|other| window.at.overlaps(other.at)) {
            let span = (window.at.from.max(other.at.from), window.at.to.min(other.at.to));
            rows.push(Row { span: Some(span), ..row() });
        }
    }
    rows
}

/// The length of the day of the calendar that a window may fill: longer by as much as the clocks go back in it.
fn day_of_calendar(numbers: &Numbers, at: Stretch) -> i64 {
    let ahead = |minute: i64| numbers.wall_clock(minute) - minute;
    DAY + (at.from + 1..at.to).map(|minute| (ahead(minute - 1) - ahead(minute)).max(0)).sum::<i64>()
}

/// DAT-3.
fn sessions(numbers: &Numbers) -> Vec<Row> {
    let in_a_window = |at: Stretch| numbers.windows.iter().any(|window| window.at.overlaps(at));
    let odd: Vec<usize> = numbers
        .sessions
        .iter()
        .enumerate()
        .filter(|(_, s)| s.team.is_empty() || !in_a_window(s.at))
        .map(|(i, _)| i)
        .collect();
    if odd.is_empty() {
        return vec![];
    }
    vec![Row { sessions: numbers.session_names(odd), ..numbers.row(Code::Dat3, Severity::Info, None, None) }]
}
