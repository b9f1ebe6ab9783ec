//! DBL, AVL, SCP, SKL, SES, DTY and EXC: what stands against single assignments, minute by minute.

use std::collections::BTreeSet;

use cover_rota::checker::{Code, Severity};
use cover_rota::model::{DutyKind, SessionState, Status};

use super::Row;
use super::numbers::{AssignmentN, Numbers};
use super::runs::Runs;

/// The key of a finding: what it names, by place in the lists.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    code: Code,
    severity: Severity,
    unit: Option<usize>,
    /// The assignment it is about, where it is about one.
    assignment: Option<usize>,
    other: Other,
    posts: BTreeSet<usize>,
    person: usize,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Other {
    None,
    Assignment(usize),
    Session(usize),
    /// By place among the person's duties.
    Duty(usize),
}

/// The assignments that stand at a minute, with their places in the list.
type Standing<'a> = Vec<(usize, &'a AssignmentN)>;

pub(super) fn findings(numbers: &Numbers) -> Vec<Row> {
    let mut rows = Vec::new();
    for (w, moments) in numbers.moments.iter().enumerate() {
        let mut runs: Runs<Key, ()> = Runs::new();
        for moment in moments {
            let mut found = Vec::new();
            let standing: Standing =
                numbers.assignments.iter().enumerate().filter(|(_, a)| a.stands_at(moment.minute)).collect();
            let people: BTreeSet<usize> = standing.iter().map(|(_, a)| a.person).collect();
            for person in people {
                on_two_posts(numbers, person, &standing, &mut found);
            }
            for (i, a) in &standing {
                against_assignment(numbers, *i, a, moment.minute, &mut found);
                beside_assignment(numbers, *i, a, &standing, moment.minute, &mut found);
            }
            sessions_that_cannot_run(numbers, moment.minute, &mut found);
            for key in found {
                runs.mark(moment.minute, key);
            }
        }
        for run in runs.finish() {
            let key = run.key;
            let session = if let Other::Session(s) = key.other { Some(s) } else { None };
            rows.push(Row {
                span: Some((run.from, run.to)),
                posts: numbers.post_names(key.posts),
                people: numbers.people_names([key.person]),
                sessions: numbers.session_names(session),
                ..numbers.row(key.code, key.severity, Some(w), key.unit)
            });
        }
    }
    rows
}

/// Error if the assignment is Agreed, else a warning.
fn by_status(a: &AssignmentN) -> Severity {
    if a.status == Status::Agreed { Severity::Error } else { Severity::Warning }
}

/// DBL-1 and DBL-2.
fn on_two_posts(numbers: &Numbers, person: usize, standing: &Standing, found: &mut Vec<Key>) {
    let mine = || standing.iter().map(|(_, a)| *a).filter(|a| a.person == person);
    let present = || mine().filter(|a| numbers.is_presence(a));
    let posts: BTreeSet<usize> = present().map(|a| a.post).collect();
    let agreed: BTreeSet<usize> = present().filter(|a| a.status == Status::Agreed).map(|a| a.post).collect();
    if posts.len() >= 2 {
        let units: BTreeSet<usize> = posts.iter().map(|q| numbers.posts[*q].unit).collect();
        for unit in units {
            let blocks = agreed.len() >= 2 && agreed.iter().any(|q| numbers.posts[*q].unit == unit);
            let severity = if blocks { Severity::Error } else { Severity::Warning };
            let unit = Some(unit);
            let posts = posts.clone();
            found.push(Key { code: Code::Dbl1, severity, unit, assignment: None, other: Other::None, posts, person });
        }
    }
    let all_posts: BTreeSet<usize> = mine().map(|a| a.post).collect();
    for post in all_posts {
        if mine().filter(|a| a.post == post).count() >= 2 {
            found.push(Key {
                code: Code::Dbl2,
                severity: Severity::Warning,
                unit: Some(numbers.posts[post].unit),
                assignment: None,
                other: Other::None,
                posts: BTreeSet::from([post]),
                person,
            });
        }
    }
}

/// AVL-1, SCP-1, SKL-1, SES-1, and DTY-1 with a duty.
fn against_assignment(numbers: &Numbers, i: usize, a: &AssignmentN, minute: i64, found: &mut Vec<Key>) {
    let mut tell = |code, severity, other| {
        found.push(Key {
            code,
            severity,
            unit: Some(numbers.posts[a.post].unit),
            assignment: Some(i),
            other,
            posts: BTreeSet::from([a.post]),
            person: a.person,
        });
    };
    let status = by_status(a);
    if numbers.is_not_available(a.person, minute) {
        tell(Code::Avl1, status, Other::None);
    }
    if !numbers.is_in_scope(a.person, a.post) {
        tell(Code::Scp1, status, Other::None);
    }
    if numbers.lacks_competency(a.person, a.post) {
        tell(Code::Skl1, status, Other::None);
    }
    for (s, session) in numbers.sessions.iter().enumerate() {
        if !session.at.holds(minute) || !session.team.contains(&a.person) {
            continue;
        }
        let runs = session.state == SessionState::Running;
        let may_run = session.state == SessionState::ToPostpone && a.status == Status::Agreed;
        if numbers.is_presence(a) && (runs || may_run) {
            tell(Code::Ses1, status, Other::Session(s));
        }
        if !numbers.is_presence(a) && runs {
            tell(Code::Dty1, Severity::Warning, Other::Session(s));
        }
    }
    for (d, (at, kind)) in numbers.people[a.person].duties.iter().enumerate() {
        if at.holds(minute) {
            let either_on_call = !numbers.is_presence(a) || *kind == DutyKind::OnCall;
            tell(Code::Dty1, if either_on_call { Severity::Warning } else { status }, Other::Duty(d));
        }
    }
}

/// DTY-1 of an on-call post with another assignment, and EXC-1.
fn beside_assignment(
    numbers: &Numbers,
    i: usize,
    a: &AssignmentN,
    standing: &Standing,
    minute: i64,
    found: &mut Vec<Key>,
) {
    let mut tell = |code, severity, other, posts: &[usize]| {
        found.push(Key {
            code,
            severity,
            unit: Some(numbers.posts[a.post].unit),
            assignment: Some(i),
            other,
            posts: posts.iter().copied().collect(),
            person: a.person,
        });
    };
    let exclusive = numbers.posts[a.post].exclusive;
    for (j, b) in standing.iter().filter(|(_, b)| b.person == a.person && b.post != a.post) {
        let j = *j;
        // Of two on-call posts it is told once, of the assignment that is first in time.
        let order = |a: &AssignmentN| (a.at.from, a.at.to, a.post);
        let told_from_the_other_side = !numbers.is_presence(b) && order(b) < order(a);
        if !numbers.is_presence(a) && !told_from_the_other_side {
            tell(Code::Dty1, Severity::Warning, Other::Assignment(j), &[a.post, b.post]);
        }
        if exclusive && !numbers.is_presence(b) {
            let severity = if b.status == Status::Agreed { by_status(a) } else { Severity::Warning };
            tell(Code::Exc1, severity, Other::Assignment(j), &[a.post, b.post]);
        }
    }
    for (d, (at, kind)) in numbers.people[a.person].duties.iter().enumerate() {
        if exclusive && *kind == DutyKind::OnCall && at.holds(minute) {
            tell(Code::Exc1, by_status(a), Other::Duty(d), &[a.post]);
        }
    }
}

/// SES-2: "Running" is the state as entered, for it would be told to go ahead.
fn sessions_that_cannot_run(numbers: &Numbers, minute: i64, found: &mut Vec<Key>) {
    let running: Vec<usize> = (0..numbers.sessions.len())
        .filter(|s| numbers.sessions[*s].state == SessionState::Running && numbers.sessions[*s].at.holds(minute))
        .collect();
    for s in &running {
        for person in numbers.sessions[*s].team.iter().copied() {
            let elsewhere = running.iter().any(|other| other != s && numbers.sessions[*other].team.contains(&person));
            if elsewhere
                || numbers.is_not_available(person, minute)
                || numbers.is_on_duty_at_work_or_elsewhere(person, minute)
            {
                found.push(Key {
                    code: Code::Ses2,
                    severity: Severity::Warning,
                    unit: None,
                    assignment: None,
                    other: Other::Session(*s),
                    posts: BTreeSet::new(),
                    person,
                });
            }
        }
    }
}
