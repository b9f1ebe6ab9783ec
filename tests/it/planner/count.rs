//! The thirteen figures of a rota, counted from the rota: 1 to 7 by the checker as if all had agreed, 8 to 13 by hand.

use std::collections::BTreeSet;

use cover_rota::checker::{self, Code};
use cover_rota::model::{Availability, DutyKind, Rota, SessionState, Status};

use super::hours::{Stretch, united};
use super::page::{Held, Page, overlap};
use crate::oracle;

const DAY: i64 = 24 * 60;

/// Of `rota`, which a plan has made of the rota that `page` reads.
pub(super) fn values(page: &Page, rota: &Rota) -> [i64; 13] {
    let mut values = [0; 13];
    let report = checker::check(&oracle::as_if_all_agreed(rota));
    for finding in &report.findings {
        let minutes = finding.span.map_or(0, |span| span.to.0 - span.from.0);
        let short = i64::from(finding.short.unwrap_or(0));
        match finding.code {
            Code::Cov2 => {
                let post = rota.posts.iter().find(|p| finding.posts.contains(&p.id)).unwrap();
                let place = if post.essential || !post.requires.is_empty() { 0 } else { 4 };
                values[place] += short * minutes;
            }
            Code::Cov3 => values[1] += minutes,
            _ => {}
        }
    }
    values[3] = report.units.iter().map(|unit| i64::try_from(unit.short_minutes_if_agreed).unwrap()).sum();
    for session in rota.sessions.iter().filter(|s| s.state == SessionState::ToPostpone) {
        let (operations, appointments) =
            (i64::from(session.inpatient + session.day_case), i64::from(session.appointments));
        values[2] += if session.protected { operations + appointments } else { 0 };
        values[5] += operations;
        values[6] += appointments;
    }
    let held = held(page, rota);
    values[7] = (0..page.rota.people.len()).map(|person| after_nights(page, &of(&held, person), person)).sum();
    let new = Page::new(rota, page.scope).loose;
    let postponed: Vec<bool> = rota.sessions.iter().map(|s| s.state != SessionState::Running).collect();
    values[8] = (0..page.rota.people.len()).map(|person| not_known(page, &of(&new, person), person)).sum();
    values[9] = short_stints(page, &new, &holes(page, &postponed));
    values[10] = changes(page, &held);
    values[11] = i64::try_from(held.len()).unwrap();
    values[12] = (0..page.rota.people.len()).map(|person| longest(page, &of(&held, person))).max().unwrap_or(0);
    values
}

/// Everything that is not declined.
pub(super) fn held(page: &Page, rota: &Rota) -> Vec<Held> {
    let held = rota.assignments.iter().filter(|a| a.status != Status::Declined).map(|a| Held {
        person: page.rota.people.iter().position(|p| p.id == a.person).unwrap(),
        post: page.rota.posts.iter().position(|p| p.id == a.post).unwrap(),
        time: (a.span.from.0, a.span.to.0),
    });
    held.collect()
}

fn of(held: &[Held], person: usize) -> Vec<Held> {
    held.iter().copied().filter(|h| h.person == person).collect()
}

/// Assignments of the person that begin on a morning after a night on call.
pub(super) fn after_nights(page: &Page, mine: &[Held], person: usize) -> i64 {
    let duties = page.rota.people[person].duties.iter().filter(|d| d.kind == DutyKind::OnCall);
    let mut nights: Vec<Stretch> = duties.map(|d| (d.span.from.0, d.span.to.0)).collect();
    nights.extend(mine.iter().filter(|h| page.posts[h.post].on_call).map(|h| h.time));
    let is_after = |held: &&Held| {
        let midnight = (held.time.0 + page.offset).div_euclid(DAY) * DAY - page.offset;
        nights.iter().any(|night| overlap(*night, (midnight - 60, midnight + 7 * 60)))
    };
    let at_work = mine.iter().filter(|held| !page.posts[held.post].on_call);
    i64::try_from(at_work.filter(is_after).count()).unwrap()
}

/// In how many windows it is not known whether the person can do what is new, and they are neither Asked nor Agreed.
pub(super) fn not_known(page: &Page, new: &[Held], person: usize) -> i64 {
    let is_asked = |window: Stretch| page.asked.iter().any(|(who, time)| *who == person && overlap(*time, window));
    let is_unknown = |window: Stretch| {
        let parts = new.iter().map(|h| (h.time.0.max(window.0), h.time.1.min(window.1)));
        parts.filter(|part| part.0 < part.1).any(|part| page.is_ever(person, part, Availability::NotKnown))
    };
    let windows = page.windows.iter().filter(|window| !is_asked(**window) && is_unknown(**window));
    i64::try_from(windows.count()).unwrap()
}

/// When each post lacks somebody once those kept are counted, with these sessions postponed.
pub(super) fn holes(page: &Page, postponed: &[bool]) -> Vec<Vec<Stretch>> {
    let edges = page.edges();
    let lacks = |post: usize, at: i64| {
        let kept = page.kept_at(at, postponed).get(&post).map_or(0, BTreeSet::len);
        (kept as i64) < page.most_needed(post, at)
    };
    let of_post = |post: usize| {
        let parts = edges.windows(2).map(|pair| (pair[0], pair[1])).filter(|part| lacks(post, part.0));
        united(&parts.collect::<Vec<_>>())
    };
    (0..page.posts.len()).map(of_post).collect()
}

/// New assignments under 2 hours that touch no other of the same person and post, and do not fill the whole of a hole.
pub(super) fn short_stints(page: &Page, new: &[Held], holes: &[Vec<Stretch>]) -> i64 {
    let is_short = |n: &usize| {
        let Held { person, post, time } = new[*n];
        let others = new.iter().enumerate().filter(|(m, _)| m != n).map(|(_, other)| other);
        let mut others = page.kept.iter().chain(others).filter(|k| (k.person, k.post) == (person, post));
        time.1 - time.0 < 120
            && !others.any(|k| k.time.0 <= time.1 && time.0 <= k.time.1)
            && !holes[post].iter().any(|hole| time.0 <= hole.0 && hole.1 <= time.1)
    };
    i64::try_from((0..new.len()).filter(is_short).count()).unwrap()
}

/// Proposals of before that nobody holds whole any more.
pub(super) fn changes(page: &Page, held: &[Held]) -> i64 {
    let still = |was: &&Held| {
        held.iter()
            .any(|h| (h.person, h.post) == (was.person, was.post) && h.time.0 <= was.time.0 && was.time.1 <= h.time.1)
    };
    i64::try_from(page.loose.iter().filter(|was| !still(was)).count()).unwrap()
}

fn longest(page: &Page, mine: &[Held]) -> i64 {
    let times: Vec<Stretch> = mine.iter().filter(|h| !page.posts[h.post].on_call).map(|h| h.time).collect();
    united(&times).into_iter().map(|time| time.1 - time.0).sum()
}

/// Errors outside the COV rules if all agree: rule, window, unit, posts, people, sessions.
pub(super) fn errors(rota: &Rota) -> BTreeSet<String> {
    let report = checker::check(&oracle::as_if_all_agreed(rota));
    let errors = report.findings.iter().filter(|f| f.severity == checker::Severity::Error);
    let errors = errors.filter(|f| !matches!(f.code, Code::Cov1 | Code::Cov2 | Code::Cov3 | Code::Cov4));
    errors
        .map(|f| format!("{:?} {:?} {:?} {:?} {:?} {:?}", f.code, f.window, f.unit, f.posts, f.people, f.sessions))
        .collect()
}
