//! What the planner makes of the examples, and what it says about them.

use std::path::Path;

use cover_rota::checker::{self, Code, Gap, Verdict};
use cover_rota::file;
use cover_rota::model::{Assignment, AssignmentId, Change, Command, History, Rota, Session, SessionState, Status};
use cover_rota::planner::{Objective, Patient, Plan, Reason, Scope, plan};

fn example(name: &str) -> Rota {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("saved_rotas").join(name);
    file::read(&std::fs::read(path).unwrap()).unwrap().rota
}

fn planned(rota: &Rota) -> (Plan, Rota) {
    let plan = plan(rota, &Scope::everything(), &Patient);
    let mut history = History::new(rota.clone());
    history.run(plan.command(rota, "accept suggested cover")).unwrap();
    (plan, history.rota().clone())
}

/// Appointments and operations that are to be postponed.
fn price(rota: &Rota) -> u32 {
    let sessions = rota.sessions.iter().filter(|session| session.state == SessionState::ToPostpone);
    sessions.map(|session| session.appointments + session.operations()).sum()
}

/// Fills gap after gap with the first person of "Who could", as somebody in a hurry would.
fn nearest_free(rota: &Rota) -> Rota {
    let mut history = History::new(rota.clone());
    for number in 0.. {
        let rota = history.rota().clone();
        let report = checker::check(&rota);
        let gap = report.findings.iter().find_map(|finding| {
            let is_open = finding.code == Code::Cov2 && finding.have_if_agreed < finding.need;
            let gap = Gap { post: finding.posts.first()?.clone(), span: finding.span? };
            let who = checker::who_could(&rota, &gap).into_iter().find(|it| it.obstacles.is_empty());
            is_open.then_some(())?;
            Some((gap, who?.person))
        });
        let Some((gap, person)) = gap else { return rota };
        let mut changes = vec![Change::add(Assignment {
            id: AssignmentId::new(&format!("naive-{number}")).unwrap(),
            post: gap.post,
            person: person.clone(),
            span: gap.span,
            status: Status::Proposed,
            locked: false,
            note: String::new(),
        })];
        let in_the_way = |session: &&Session| {
            session.state == SessionState::Running && session.team.contains(&person) && session.span.overlaps(gap.span)
        };
        let postponed = rota.sessions.iter().filter(in_the_way).cloned();
        changes
            .extend(postponed.map(|session| Change::replace(Session { state: SessionState::ToPostpone, ..session })));
        history.run(Command::edit("nearest free", changes)).unwrap();
    }
    unreachable!("the loop ends by returning")
}

#[test]
fn the_nearest_free_doctor_costs_twice_what_the_plan_does() {
    let rota = example("nearest-free-2016.ron");
    let naive = nearest_free(&rota);
    let (plan, planned) = planned(&rota);
    assert!(plan.is_optimal());
    assert_eq!(checker::check(&naive).verdict, Verdict::IfAgreed, "the hasty rota covers as well");
    assert_eq!(checker::check(&planned).verdict, Verdict::IfAgreed);
    assert!(price(&planned) > 0);
    assert!(price(&naive) >= 2 * price(&planned), "{} against {}", price(&naive), price(&planned));
}

#[test]
fn nights_that_nobody_can_cover_say_why() {
    let rota = example("nights-2025.ron");
    let (plan, planned) = planned(&rota);
    assert!(plan.is_optimal(), "that no plan covers is proven");
    assert_eq!(checker::check(&planned).verdict, Verdict::Short);
    assert!(!plan.gaps.is_empty());
    for gap in &plan.gaps {
        assert_eq!(gap.people.len(), rota.people.len(), "everybody is named");
        for it in gap.people.iter() {
            assert!(!it.reasons.is_empty() && !it.reasons.contains(&Reason::TimeRanOut), "{}", it.person);
            assert!(!it.text.is_empty(), "{}", it.person);
        }
    }
    let told = |words: &str| plan.gaps.iter().any(|gap| gap.bottleneck.iter().any(|text| text.contains(words)));
    assert!(told("posts need a resus lead at 20:00") && told("only 2 are free"));
}

#[test]
fn covered_examples_are_left_alone() {
    for name in ["dorset-2016.ron", "james-paget-2016.ron"] {
        let (plan, _) = planned(&example(name));
        assert!(plan.is_empty(), "{name}");
        assert!(plan.gaps.is_empty(), "{name}");
        assert_eq!(plan.values(), plan.before, "{name}");
    }
}

#[test]
fn the_draft_is_planned_and_the_plan_planned_again_stays() {
    let rota = example("norwich-2016-draft.ron");
    let (first, after) = planned(&rota);
    assert!(first.is_optimal());
    let minutes = |rota: &Rota| -> u64 { checker::check(rota).units.iter().map(|u| u.short_minutes_if_agreed).sum() };
    let short = first.figures.iter().find(|figure| figure.objective == Objective::Short).unwrap();
    assert_eq!(u64::try_from(short.value).unwrap(), minutes(&after), "the checker counts the same");
    let (second, _) = planned(&after);
    assert!(second.is_empty(), "{second:?}");
    assert_eq!(planned(&rota).0, first, "the same rota gives the same plan");
}
