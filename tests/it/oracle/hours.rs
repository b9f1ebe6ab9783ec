//! RST, HRS and BRK: what one person's work and rest look like over all that is known of them.

use std::collections::BTreeSet;

use cover_rota::checker::{Code, Severity};
use cover_rota::model::{DutyKind, Rules, SessionState, Status};

use super::Row;
use super::numbers::{AssignmentN, DAY, HOUR, Numbers, Stretch};

const WEEK: i64 = 7 * DAY;

/// A window and a unit, by place.
type Place = (usize, usize);

/// Work that touches or overlaps.
#[derive(Clone)]
struct Spell {
    from: i64,
    to: i64,
    is_night: bool,
    /// Where its assignments are.
    places: BTreeSet<Place>,
}

impl Spell {
    fn minutes(&self) -> i64 {
        self.to - self.from
    }

    fn rest_until(&self, next: &Self) -> i64 {
        next.from - self.to
    }
}

/// A finding and what makes it the same finding if all agree: its key beside window and unit.
struct Blame {
    row: Row,
    key: (Option<usize>, Option<(i64, i64)>, &'static str),
}

pub(super) fn findings(agreed: &Numbers, all: &Numbers) -> Vec<Row> {
    let now = blames(agreed);
    let known = |blame: &Blame| {
        now.iter().any(|b| {
            (b.row.code, &b.row.window, &b.row.unit, b.key)
                == (blame.row.code, &blame.row.window, &blame.row.unit, blame.key)
        })
    };
    let mut rows = Vec::new();
    for blame in blames(all).into_iter().filter(|blame| !known(blame)) {
        let severity = if blame.row.severity == Severity::Error { Severity::Warning } else { blame.row.severity };
        rows.push(Row { severity, ..blame.row });
    }
    rows.extend(now.into_iter().map(|blame| blame.row));
    rows.extend(after_on_call(agreed));
    rows
}

/// The findings of everybody, judged under S_agreed.
fn blames(numbers: &Numbers) -> Vec<Blame> {
    let mut found = Vec::new();
    let mut unbroken = Vec::new();
    for person in 0..numbers.people.len() {
        let work = Work::of(numbers, person);
        let spells = spells(numbers, person, &work);
        if spells.iter().all(|spell| spell.places.is_empty()) {
            continue;
        }
        let mut teller = Teller { numbers, person, found: &mut found };
        short_rest(&mut teller, &spells);
        weekly_rest(&mut teller, &work, &spells);
        rest_after_nights(&mut teller, &spells);
        long_spells(&mut teller, &spells);
        hours_in_7_days(&mut teller, &work, &spells);
        runs(&mut teller, &spells);
        unbroken.extend(unbroken_spells(numbers, person, &spells));
    }
    found.extend(breaks(numbers, unbroken));
    found
}

/// Tells findings of one person.
struct Teller<'a> {
    numbers: &'a Numbers<'a>,
    person: usize,
    found: &'a mut Vec<Blame>,
}

impl Teller<'_> {
    fn rules(&self) -> Rules {
        self.numbers.people[self.person].rules
    }

    /// Error for trainees, else a warning.
    fn by_rules(&self) -> Severity {
        if is_trainee(self.rules()) { Severity::Error } else { Severity::Warning }
    }

    /// Once for each place. `once` where the key is the person alone.
    fn tell(
        &mut self,
        code: Code,
        severity: Severity,
        span: (i64, i64),
        kind: &'static str,
        once: bool,
        places: BTreeSet<Place>,
    ) {
        for (w, u) in places {
            let row = Row {
                span: Some(span),
                people: self.numbers.people_names([self.person]),
                ..self.numbers.row(code, severity, Some(w), Some(u))
            };
            self.found.push(Blame { row, key: (Some(self.person), (!once).then_some(span), kind) });
        }
    }
}

fn is_trainee(rules: Rules) -> bool {
    matches!(rules, Rules::Trainee2016 | Rules::Trainee2019 | Rules::NewDeal)
}

/// Minute by minute, whether somebody works; free where nothing is known.
struct Work {
    start: i64,
    works: Vec<bool>,
}

impl Work {
    /// Agreed assignments to posts that are not on call, Resident duties, and sessions that run.
    fn of(numbers: &Numbers, person: usize) -> Self {
        let duties = numbers.people[person].duties.iter();
        let sessions = numbers.sessions.iter();
        let stretches: Vec<Stretch> = assignments(numbers, person)
            .map(|a| a.at)
            .chain(duties.filter(|(_, kind)| *kind == DutyKind::Resident).map(|(at, _)| *at))
            .chain(sessions.filter(|s| s.state != SessionState::Postponed && s.team.contains(&person)).map(|s| s.at))
            .collect();
        let start = stretches.iter().map(|s| s.from).min().unwrap_or(0);
        let end = stretches.iter().map(|s| s.to).max().unwrap_or(0);
        let mut works = vec![false; usize::try_from(end - start).expect("end is after start")];
        for minute in stretches.iter().flat_map(|s| s.from..s.to) {
            works[usize::try_from(minute - start).expect("not before the start")] = true;
        }
        Self { start, works }
    }

    fn end(&self) -> i64 {
        self.start + i64::try_from(self.works.len()).unwrap()
    }

    fn at(&self, minute: i64) -> bool {
        usize::try_from(minute - self.start).is_ok_and(|i| self.works.get(i).copied().unwrap_or(false))
    }
}

/// The person's assignments that are work.
fn assignments<'a>(numbers: &'a Numbers, person: usize) -> impl Iterator<Item = &'a AssignmentN> {
    let mine = numbers.assignments.iter().filter(move |a| a.person == person && a.status == Status::Agreed);
    mine.filter(|a| numbers.is_presence(a))
}

fn spells(numbers: &Numbers, person: usize, work: &Work) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    for minute in (work.start..work.end()).filter(|minute| work.at(*minute)) {
        match spells.last_mut() {
            Some(spell) if spell.to == minute => spell.to += 1,
            _ => spells.push(Spell { from: minute, to: minute + 1, is_night: false, places: BTreeSet::new() }),
        }
    }
    for spell in &mut spells {
        let at_night = |minute: &i64| !(6 * HOUR..23 * HOUR).contains(&numbers.time_of_day(*minute));
        spell.is_night = (spell.from..spell.to).filter(at_night).count() >= 3 * 60;
        let at = Stretch { from: spell.from, to: spell.to };
        let mine = assignments(numbers, person).filter(|a| a.at.overlaps(at));
        spell.places = mine.flat_map(|a| numbers.places(a)).collect();
    }
    spells
}

/// RST-1: duty days of two spells or more that last too long.
fn short_rest(teller: &mut Teller, spells: &[Spell]) {
    let (rest, most) = if teller.rules() == Rules::NewDeal { (8 * HOUR, 16 * HOUR) } else { (11 * HOUR, 13 * HOUR) };
    let mut first = 0;
    for last in 0..spells.len() {
        let goes_on = spells.get(last + 1).is_some_and(|next| spells[last].rest_until(next) < rest);
        if goes_on {
            continue;
        }
        let duty_day = &spells[first..=last];
        let (from, to) = (spells[first].from, spells[last].to);
        let blamed = duty_day.iter().rfind(|spell| !spell.places.is_empty());
        if let Some(blamed) = blamed
            && duty_day.len() >= 2
            && to - from > most
        {
            teller.tell(Code::Rst1, teller.by_rules(), (from, to), "", false, blamed.places.clone());
        }
        first = last + 1;
    }
}

/// RST-3: from some minute on, no 24 h free in 7 days and no 48 h free in the 14 days that end with them.
fn weekly_rest(teller: &mut Teller, work: &Work, spells: &[Spell]) {
    if work.end() - work.start < 2 * WEEK - 4 * DAY {
        return; // Then two days are free before or after all that is known.
    }
    let (first, end) = (work.start - 2 * WEEK, work.end() + 2 * WEEK);
    // How long it stays free from each minute on, as far as is looked at.
    let mut free_from = vec![0_i64; usize::try_from(end - first).expect("end is after first")];
    let mut free = 0;
    for minute in (first..end).rev() {
        free = if work.at(minute) { 0 } else { free + 1 };
        free_from[usize::try_from(minute - first).expect("not before first")] = free;
    }
    // The latest minute, up to each, from which so many minutes are free.
    let latest_free = |minutes: i64| -> Vec<Option<i64>> {
        let mut latest = None;
        let each = free_from.iter().zip(first..).map(|(free, minute)| {
            if *free >= minutes {
                latest = Some(minute);
            }
            latest
        });
        each.collect()
    };
    let (free_days, free_weekends) = (latest_free(DAY), latest_free(2 * DAY));
    let is_free_within = |latest: &[Option<i64>], minutes: i64, from: i64, to: i64| {
        let last_start = usize::try_from(to - minutes - first).expect("looked at from long before");
        latest[last_start].is_some_and(|start| start >= from)
    };
    let week = (work.start - DAY..work.end()).find(|t| {
        !is_free_within(&free_days, DAY, *t, t + WEEK)
            && !is_free_within(&free_weekends, 2 * DAY, t - WEEK, t + WEEK)
            && blamed_within(spells, *t, t + WEEK).is_some()
    });
    if let Some(t) = week {
        tell_last(teller, Code::Rst3, Severity::Warning, (t, t + WEEK), "", true, spells);
    }
}

/// Of the spells that overlap `[from, to)`, the last that has an assignment in a window: it is the one blamed.
fn blamed_within(spells: &[Spell], from: i64, to: i64) -> Option<&Spell> {
    spells.iter().rfind(|spell| spell.from < to && from < spell.to && !spell.places.is_empty())
}

/// Tells what many spells bring about together, and blames the last.
fn tell_last(
    teller: &mut Teller,
    code: Code,
    severity: Severity,
    span: (i64, i64),
    kind: &'static str,
    once: bool,
    spells: &[Spell],
) {
    if let Some(spell) = blamed_within(spells, span.0, span.1) {
        teller.tell(code, severity, span, kind, once, spell.places.clone());
    }
}

/// RST-4.
fn rest_after_nights(teller: &mut Teller, spells: &[Spell]) {
    let run_min = match teller.rules() {
        Rules::Trainee2019 => 1,
        Rules::Trainee2016 => 3,
        Rules::Wtr | Rules::Compensatory | Rules::NewDeal => return,
    };
    let mut nights_in_a_row = 0;
    for (i, spell) in spells.iter().enumerate() {
        let goes_on = i > 0 && spells[i - 1].rest_until(spell) < 46 * HOUR;
        nights_in_a_row = match (spell.is_night, goes_on) {
            (false, _) => 0,
            (true, false) => 1,
            (true, true) => nights_in_a_row + 1,
        };
        let Some(next) = spells.get(i + 1) else { break };
        if nights_in_a_row >= run_min && !next.is_night && spell.rest_until(next) < 46 * HOUR {
            let places = if next.places.is_empty() { &spell.places } else { &next.places };
            teller.tell(Code::Rst4, Severity::Error, (spell.to, next.from), "", false, places.clone());
        }
    }
}

/// HRS-1.
fn long_spells(teller: &mut Teller, spells: &[Spell]) {
    for spell in spells.iter().filter(|spell| spell.minutes() > 13 * HOUR) {
        let only_warns = teller.rules() == Rules::NewDeal && spell.minutes() <= 14 * HOUR;
        let severity = if only_warns { Severity::Warning } else { teller.by_rules() };
        teller.tell(Code::Hrs1, severity, (spell.from, spell.to), "", false, spell.places.clone());
    }
}

/// HRS-2: the earliest 168 h with the most work, if that is over 72 h. Weeks that no spell of the walkout reaches into
/// are left out: they would hide a lesser one that does.
fn hours_in_7_days(teller: &mut Teller, work: &Work, spells: &[Spell]) {
    if work.works.iter().filter(|works| **works).count() <= 72 * 60 {
        return;
    }
    let first = work.start - WEEK;
    let mut worked = 0_i64; // In [t, t + 168 h), of which none is known for the first t.
    let mut most = (0, first);
    for t in first..work.end() {
        if worked > most.0 && blamed_within(spells, t, t + WEEK).is_some() {
            most = (worked, t);
        }
        worked += i64::from(work.at(t + WEEK)) - i64::from(work.at(t));
    }
    let (worked, t) = most;
    if worked > 72 * HOUR {
        tell_last(teller, Code::Hrs2, teller.by_rules(), (t, t + WEEK), "", true, spells);
    }
}

/// HRS-3.
fn runs(teller: &mut Teller, spells: &[Spell]) {
    let (long, nights, any) = match teller.rules() {
        Rules::Trainee2019 => (4, 4, 7),
        Rules::Trainee2016 => (5, 4, 8),
        Rules::Wtr | Rules::Compensatory | Rules::NewDeal => return,
    };
    let long_ones = runs_of(spells, |spell| spell.minutes() > 10 * HOUR, 48 * HOUR);
    let mut too_many = |runs: &[Run], most: usize, kind| {
        for run in runs.iter().filter(|(first, last)| last - first + 1 > most) {
            let span = (spells[run.0].from, spells[run.1].to);
            tell_last(teller, Code::Hrs3, Severity::Error, span, kind, false, spells);
        }
    };
    too_many(&long_ones, long, "long");
    too_many(&runs_of(spells, |spell| spell.is_night, 46 * HOUR), nights, "nights");
    too_many(&runs_of(spells, |_| true, 48 * HOUR), any, "any");
    // After as many long ones as may be, any other within 48 h.
    for (first, last) in long_ones.into_iter().filter(|(first, last)| last - first + 1 >= long) {
        let next = spells.get(last + 1).filter(|next| spells[last].rest_until(next) < 48 * HOUR);
        if let Some(next) = next {
            let span = (spells[first].from, next.to);
            tell_last(teller, Code::Hrs3, Severity::Error, span, "long", false, spells);
        }
    }
}

/// The first and the last of spells in a row, by place.
type Run = (usize, usize);

/// Spells of one kind in a row: none of another kind, and less than `rest` between them.
fn runs_of(spells: &[Spell], is_of_kind: impl Fn(&Spell) -> bool, rest: i64) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (i, spell) in spells.iter().enumerate().filter(|(_, spell)| is_of_kind(spell)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == i && spells[*last].rest_until(spell) < rest => *last = i,
            _ => runs.push((i, i)),
        }
    }
    runs
}

/// A spell in one place that needs a break, and nobody else counts there during all of it.
struct Unbroken {
    place: Place,
    person: usize,
    from: i64,
    to: i64,
}

fn unbroken_spells(numbers: &Numbers, person: usize, spells: &[Spell]) -> Vec<Unbroken> {
    let longest = match numbers.people[person].rules {
        Rules::Wtr | Rules::Compensatory => 6 * HOUR,
        Rules::Trainee2016 | Rules::Trainee2019 => 5 * HOUR,
        Rules::NewDeal => 4 * HOUR,
    };
    let mut unbroken = Vec::new();
    for spell in spells.iter().filter(|spell| spell.minutes() > longest) {
        // Nobody needs a break who is not there at all.
        if (spell.from..spell.to).all(|minute| numbers.is_not_available(person, minute)) {
            continue;
        }
        for place in &spell.places {
            if !another_counts(numbers, person, *place, spell) {
                unbroken.push(Unbroken { place: *place, person, from: spell.from, to: spell.to });
            }
        }
    }
    unbroken
}

/// Whether somebody else counts there at some minute of the spell in that window; outside it, who knows.
fn another_counts(numbers: &Numbers, person: usize, (w, u): Place, spell: &Spell) -> bool {
    let mut moments = numbers.moments[w].iter().filter(|m| spell.from <= m.minute && m.minute < spell.to);
    moments.any(|m| numbers.posts_from(u, 0).any(|q| m.counting[q].iter().any(|other| *other != person)))
}

/// BRK-1: one for each unit and window.
#[allow(clippy::needless_pass_by_value, reason = "each is asked once")]
fn breaks(numbers: &Numbers, unbroken: Vec<Unbroken>) -> Vec<Blame> {
    let places: BTreeSet<Place> = unbroken.iter().map(|u| u.place).collect();
    let found = places.into_iter().filter_map(|place| {
        let here = || unbroken.iter().filter(|u| u.place == place);
        let people: BTreeSet<usize> = here().map(|u| u.person).collect();
        let span = (here().map(|u| u.from).min()?, here().map(|u| u.to).max()?);
        let row = Row {
            span: Some(span),
            people: numbers.people_names(people),
            ..numbers.row(Code::Brk1, Severity::Info, Some(place.0), Some(place.1))
        };
        Some(Blame { row, key: (None, None, "") })
    });
    found.collect()
}

/// RST-2: on call in the night that ends on the morning of the day an assignment begins.
fn after_on_call(numbers: &Numbers) -> Vec<Row> {
    let mut rows = Vec::new();
    let standing = || numbers.assignments.iter().filter(|a| a.status != Status::Declined);
    for a in standing().filter(|a| numbers.is_presence(a)) {
        let places = numbers.places(a);
        if places.is_empty() {
            continue;
        }
        let midnight = numbers.wall_clock(a.at.from).div_euclid(DAY) * DAY;
        let is_that_night = |minute: i64| {
            let wall_clock = numbers.wall_clock(minute);
            midnight - HOUR <= wall_clock && wall_clock < midnight + 7 * HOUR
        };
        let duties = numbers.people[a.person].duties.iter().filter(|(_, kind)| *kind == DutyKind::OnCall);
        let on_call_posts = standing().filter(|b| b.person == a.person && !numbers.is_presence(b));
        let mut on_call = duties.map(|(at, _)| *at).chain(on_call_posts.map(|b| b.at));
        let on_call = on_call.any(|at| (at.from..at.to).any(is_that_night));
        for (w, u) in places.into_iter().filter(|_| on_call) {
            rows.push(Row {
                span: Some((a.at.from, a.at.to)),
                posts: numbers.post_names([a.post]),
                people: numbers.people_names([a.person]),
                ..numbers.row(Code::Rst2, Severity::Info, Some(w), Some(u))
            });
        }
    }
    rows
}
