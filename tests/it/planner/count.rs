//! The twelve figures of a rota, counted from the rota: 1 to 7 by the checker as if all had agreed, 8 to 12 by hand.

use std::collections::BTreeSet;

use cover_rota::checker::{self, Code};
use cover_rota::model::{Availability, DutyKind, Rota, SessionState, Status};

use super::hours::{Stretch, united};
use super::page::{Held, Page, overlap};
use crate::oracle;

const DAY: i64 = 24 * 60;

/// Of `rota`, which a plan has made of the rota that `page` reads.
pub fn values(page: &Page, rota: &Rota) -> [i64; 12] {
    let mut values = [0; 12];
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
    values[8] = (0..page.rota.people.len()).map(|person| newly_unknown(page, &of(&held, person), person)).sum();
    values[9] = changes(page, &held);
    values[10] = i64::try_from(held.len()).unwrap();
    values[11] = (0..page.rota.people.len()).map(|person| longest(page, &of(&held, person))).max().unwrap_or(0);
    values
}

/// Everything that is not declined.
pub fn held(page: &Page, rota: &Rota) -> Vec<Held> {
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
pub fn after_nights(page: &Page, mine: &[Held], person: usize) -> i64 {
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

/// 1 if the person was on nothing before, and it is not known whether they can.
pub fn newly_unknown(page: &Page, mine: &[Held], person: usize) -> i64 {
    let is_new = !page.kept.iter().chain(&page.loose).any(|h| h.person == person);
    i64::from(is_new && mine.iter().any(|h| page.is_ever(person, h.time, Availability::NotKnown)))
}

/// Proposals of before that nobody holds whole any more.
pub fn changes(page: &Page, held: &[Held]) -> i64 {
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
pub fn errors(rota: &Rota) -> BTreeSet<String> {
    let report = checker::check(&oracle::as_if_all_agreed(rota));
    let errors = report.findings.iter().filter(|f| f.severity == checker::Severity::Error);
    let errors = errors.filter(|f| !matches!(f.code, Code::Cov1 | Code::Cov2 | Code::Cov3 | Code::Cov4));
    errors
        .map(|f| format!("{:?} {:?} {:?} {:?} {:?} {:?}", f.code, f.window, f.unit, f.posts, f.people, f.sessions))
        .collect()
}
