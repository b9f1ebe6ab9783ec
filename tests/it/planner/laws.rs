//! What holds for every plan, tried on the hospital of a seed.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::Duration;

use cover_rota::checker::Code;
use cover_rota::model::{History, Rota, SessionState, Status};
use cover_rota::planner::{Desk, NoDeadline, Objective, Plan, Progress, Reason, Scope, plan};

use super::count;
use super::enumeration::{self, Best};
use super::hospitals::hospital;
use super::page::{Held, Page, overlap};

/// Two jobs at once, the last first.
struct TwoHands;

impl Desk for TwoHands {
    fn time_left(&self) -> Duration {
        Duration::MAX
    }

    fn progress(&self, _: &Progress) {}

    fn all(&self, jobs: Vec<Box<dyn FnOnce() + Send + '_>>) {
        let jobs = Mutex::new(jobs);
        let work = || {
            loop {
                let job = jobs.lock().expect("no panic").pop();
                let Some(job) = job else { break };
                job();
            }
        };
        std::thread::scope(|scope| (0..2).for_each(|_| _ = scope.spawn(work)));
    }
}

/// No time at all.
struct NoTime;

impl Desk for NoTime {
    fn time_left(&self) -> Duration {
        Duration::ZERO
    }

    fn progress(&self, _: &Progress) {}

    fn all(&self, jobs: Vec<Box<dyn FnOnce() + Send + '_>>) {
        for job in jobs {
            job();
        }
    }
}

/// The first hospital of the seed that is small enough, and the best plan there.
pub(crate) fn small(seed: u64) -> (Rota, Scope, Best) {
    for attempt in 0.. {
        let (rota, scope) = hospital(seed, attempt);
        if let Some(best) = enumeration::best(&Page::new(&rota, &scope)) {
            return (rota, scope, best);
        }
    }
    unreachable!("some hospital is small")
}

/// Everything that is wrong with the plan of that seed's hospital.
pub(crate) fn faults(seed: u64) -> Vec<String> {
    let (rota, scope, best) = small(seed);
    let first = plan(&rota, &scope, &NoDeadline);
    let mut faults = Vec::new();
    let mut expect = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    let again = plan(&rota, &scope, &NoDeadline) == first && plan(&rota, &scope, &TwoHands) == first;
    expect(again, "SAME not the same plan again".to_owned());
    let mut all = of_plan(&rota, &scope, &first, &best);
    let planned = planned(&rota, &first);
    all.extend(without_time(&rota, &scope, &best));
    let next = plan(&planned, &scope, &NoDeadline);
    let values = (next.values().in_order(), first.values().in_order());
    expect(next.is_empty(), format!("REPLAN the planned rota is planned otherwise: {values:?} {}", told(&next)));
    if next.is_empty() {
        expect(values.0 == values.1 || values.0[8..11] != values.1[8..11], "REPLANVALUES".to_owned());
    }
    all.extend(after_a_refusal(seed, &planned, &scope));
    all.extend(faults);
    all
}

fn planned(rota: &Rota, plan: &Plan) -> Rota {
    let mut history = History::new(rota.clone());
    history.run(plan.command(rota, "plan")).expect("a plan that fits its rota");
    history.rota().clone()
}

fn told(plan: &Plan) -> String {
    let place = |a: &cover_rota::model::Assignment| {
        format!("{} {} {}-{}", a.person, a.post, a.span.from.0 % 10080, a.span.to.0 % 10080)
    };
    let new: Vec<String> = plan.assignments.iter().map(place).collect();
    format!("add {new:?} remove {:?} postpone {:?} restore {:?}", plan.removed, plan.postpone, plan.restore)
}

fn of_plan(rota: &Rota, scope: &Scope, plan: &Plan, best: &Best) -> Vec<String> {
    let page = Page::new(rota, scope);
    let planned = planned(rota, plan);
    let mut faults = Vec::new();
    let mut expect = |holds: bool, what: &dyn Fn() -> String| {
        if !holds {
            faults.push(what());
        }
    };
    let values = plan.values().in_order();
    let counted = count::values(&page, &planned);
    expect(counted == values, &|| format!("VALUES says {values:?}, counted {counted:?}; {}", told(plan)));
    let before = count::values(&page, rota);
    let told_before = plan.before.in_order();
    expect(before == told_before, &|| format!("BEFORE says {told_before:?}, counted {before:?}"));
    expect(values[..7] == best[..7], &|| format!("BEST has {values:?}, best {best:?}; {}", told(plan)));
    expect(plan.is_optimal(), &|| "PROVEN not proven".to_owned());
    for (n, figure) in plan.figures.iter().enumerate() {
        let low = best.get(n).copied().unwrap_or(i64::MAX);
        let before = values[..n] == best[..n.min(12)];
        expect(figure.bound <= low || !before, &|| format!("BOUND {n}: {} above {low}", figure.bound));
        expect(figure.bound <= figure.value, &|| format!("BOUND {n}: {} above the value", figure.bound));
        expect(!figure.is_proven || n > 11 || values[..=n] == best[..=n], &|| {
            format!("CLAIM {n} is not the best: {values:?} {best:?}")
        });
    }
    let mut known = count::errors(rota);
    // What nobody can keep goes, even where it made a night of somebody's short work.
    known.extend(count::errors(&without_proposals(rota, &page)));
    let new = count::errors(&planned).difference(&known).cloned().collect::<Vec<_>>();
    expect(new.is_empty(), &|| format!("ERRORS new: {new:?}; {}", told(plan)));
    permitted(&page, plan, &planned, &mut expect);
    gaps(rota, scope, plan, &mut expect);
    faults
}

fn without_proposals(rota: &Rota, page: &Page) -> Rota {
    let mut rota = rota.clone();
    rota.assignments.retain(|a| {
        let post = page.rota.posts.iter().position(|p| p.id == a.post).unwrap();
        a.status != Status::Proposed || a.locked || !page.asked_for(post, (a.span.from.0, a.span.to.0))
    });
    rota
}

type Expect<'a> = dyn FnMut(bool, &dyn Fn() -> String) + 'a;

fn permitted(page: &Page, plan: &Plan, planned: &Rota, expect: &mut Expect) {
    let rota = page.rota;
    let postponed: Vec<bool> = planned.sessions.iter().map(|s| s.state != SessionState::Running).collect();
    for (s, session) in planned.sessions.iter().enumerate() {
        let was = &rota.sessions[s];
        let (may_be, may_run) = page.choices(s);
        expect(session.state == was.state || if postponed[s] { may_be } else { may_run }, &|| format!("SESSION {s}"));
        expect((session.state == SessionState::Postponed) == (was.state == SessionState::Postponed), &|| {
            format!("SESSION {s} Postponed")
        });
    }
    expect(page.may_run_together(&postponed), &|| format!("SESSIONS at once {}", told(plan)));
    for finding in cover_rota::checker::check(planned).findings {
        let is_back = finding.sessions.iter().any(|id| plan.restore.contains(id));
        expect(finding.code != Code::Ses2 || !is_back, &|| format!("RESTORED {}", finding.message));
    }
    let is_loose = |a: &cover_rota::model::Assignment| {
        let post = rota.posts.iter().position(|p| p.id == a.post).unwrap();
        a.status == Status::Proposed && !a.locked && page.asked_for(post, (a.span.from.0, a.span.to.0))
    };
    for was in rota.assignments.iter().filter(|a| !is_loose(a)) {
        expect(planned.assignments.contains(was), &|| format!("KEPT {} touched", was.id));
    }
    let ids: BTreeSet<_> = planned.assignments.iter().map(|a| &a.id).collect();
    expect(ids.len() == planned.assignments.len(), &|| "IDS twice".to_owned());
    expect(plan.removed.iter().all(|id| rota.assignments.iter().any(|a| a.id == *id && is_loose(a))), &|| {
        "REMOVED".to_owned()
    });
    for new in &plan.assignments {
        expect(is_loose(new), &|| format!("NEW {} out of scope or not Proposed", told(plan)));
        expect(!rota.assignments.iter().any(|a| a.id == new.id), &|| "IDS taken".to_owned());
    }
    let proposed: Vec<Held> = Page::new(planned, page.scope).loose;
    for (n, held) in proposed.iter().enumerate() {
        let cuts = page.cuts(page.posts[held.post].unit);
        let at_edge = |at: i64| {
            cuts.contains(&at)
                || page
                    .loose
                    .iter()
                    .any(|l| (l.person, l.post) == (held.person, held.post) && (l.time.0 == at || l.time.1 == at))
        };
        expect(at_edge(held.time.0) && at_edge(held.time.1), &|| format!("CUTS {held:?}"));
        expect(page.may_be(*held, &postponed), &|| format!("MAYBE {held:?} may not be there"));
        expect(!proposed[..n].iter().any(|o| page.same_name(o.person, held.person) && Page::clash(*o, *held)), &|| {
            format!("CLASH {held:?}")
        });
        let mine: Vec<Held> = proposed.iter().copied().filter(|h| h.person == held.person).collect();
        expect(!page.is_too_much(held.person, &mine, &postponed), &|| format!("TOOMUCH {held:?}"));
        for at in page.edges().into_iter().filter(|at| held.time.0 <= *at && *at < held.time.1) {
            let need = page.most_needed(held.post, at);
            let in_window = page.windows.iter().any(|w| w.0 <= at && at < w.1);
            let kept = page.kept_at(at, &postponed).get(&held.post).map_or(0, BTreeSet::len);
            let here = proposed.iter().filter(|h| h.post == held.post && overlap(h.time, (at, at + 1))).count();
            expect(!in_window || (kept + here) as i64 <= need, &|| {
                format!("CAP {held:?} at {at}: {kept} + {here} of {need}")
            });
        }
    }
}

/// What remains short of what was asked for is told, and everybody's reasons.
fn gaps(rota: &Rota, scope: &Scope, plan: &Plan, expect: &mut Expect) {
    let values = plan.values().in_order();
    let missing: i64 = values[..5].iter().sum::<i64>() - values[2];
    let is_everything = *scope == Scope::everything();
    let fits = if is_everything { (missing == 0) == plan.gaps.is_empty() } else { missing > 0 || plan.gaps.is_empty() };
    expect(fits, &|| format!("GAPS {} but {missing} minutes", plan.gaps.len()));
    for gap in &plan.gaps {
        let people: Vec<_> = gap.people.iter().map(|why| &why.person).collect();
        expect(people == rota.people.iter().map(|p| &p.id).collect::<Vec<_>>(), &|| "GAPS not everybody".to_owned());
        for why in gap.people.iter() {
            let fine = !why.reasons.is_empty() && !why.text.is_empty() && !why.reasons.contains(&Reason::TimeRanOut);
            expect(fine, &|| format!("GAPS {} has no reason: {:?}", why.person, why.reasons));
        }
    }
}

fn without_time(rota: &Rota, scope: &Scope, best: &Best) -> Vec<String> {
    let plan = plan(rota, scope, &NoTime);
    let mut faults = Vec::new();
    // Where there is nothing to search, or less is better, there is no need of time.
    let is_better = plan.values().in_order()[..7] < plan.before.in_order()[..7];
    if !plan.is_empty() && !plan.is_optimal() && !is_better {
        faults.push(format!("NOTIME changes: {}", told(&plan)));
    }
    let values = plan.values().in_order();
    for (n, figure) in plan.figures.iter().take(Objective::PROVEN).enumerate() {
        if figure.bound > best[n] && values[..n] == best[..n] {
            faults.push(format!("NOTIME bound {n}: {} above {}", figure.bound, best[n]));
        }
        if figure.is_proven && values[..=n] > best[..=n] {
            faults.push(format!("NOTIME claim {n}"));
        }
    }
    faults
}

/// One of those proposed says no.
fn after_a_refusal(seed: u64, planned: &Rota, scope: &Scope) -> Vec<String> {
    let mut rota = planned.clone();
    let loose = |a: &&mut cover_rota::model::Assignment| {
        a.status == Status::Proposed && !a.locked && scope.holds(planned, &a.post, a.span)
    };
    let mut proposed: Vec<_> = rota.assignments.iter_mut().filter(loose).collect();
    if proposed.is_empty() {
        return vec![];
    }
    let one = usize::try_from(seed).unwrap() % proposed.len();
    proposed[one].status = Status::Declined;
    let page = Page::new(&rota, scope);
    let Some(best) = enumeration::best(&page) else { return vec![] };
    let plan = plan(&rota, scope, &NoDeadline);
    let mut faults: Vec<String> = of_plan(&rota, scope, &plan, &best);
    let values = plan.values().in_order();
    if values[10] > best[10] && values[..10] == best[..10] {
        faults.push(format!("CHANGES {values:?}, best {best:?}; {}", told(&plan)));
    }
    faults.into_iter().map(|fault| format!("REFUSED {fault}")).collect()
}
