//! What the planner makes of the examples, and what it says about them.

use std::path::Path;

use cover_rota::checker::{self, Code, Gap, Verdict};
use cover_rota::file;
use cover_rota::model::{
    Assignment, AssignmentId, Availability, Available, Change, Command, Duty, DutyKind, History, Person, Rota, Session,
    SessionId, SessionState, Span, Status,
};
use cover_rota::planner::{Misfit, NoDeadline, Objective, Plan, Reason, Scope, plan};

fn example(name: &str) -> Rota {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("saved_rotas").join(name);
    file::read(&std::fs::read(path).unwrap()).unwrap().rota
}

fn planned(rota: &Rota) -> (Plan, Rota) {
    let plan = plan(rota, &Scope::everything(), &NoDeadline);
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
            is_open.then_some(())?;
            let free = checker::who_could(&rota, &gap).into_iter().filter(|it| it.obstacles.is_empty());
            let free: Vec<_> = free.collect();
            let cheapest = free.iter().filter(|it| it.price == free[0].price);
            // Nobody in a hurry looks at grades: whoever covers least, then the first in the list.
            let covers = |it: &&checker::Candidate| {
                let held = rota.assignments.iter().filter(|a| a.person == it.person);
                let place = rota.people.iter().position(|person| person.id == it.person);
                (held.map(|a| a.span.minutes()).sum::<i64>(), place)
            };
            let who = cheapest.min_by_key(covers).cloned();
            Some((gap, who?.person))
        });
        let Some((gap, person)) = gap else { return rota };
        let mut changes = vec![Change::add(Assignment::new(
            AssignmentId::new(&format!("naive-{number}")).unwrap(),
            gap.post,
            person.clone(),
            gap.span,
        ))];
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

/// On the Monday the one doctor of the antenatal clinic, which is to be postponed, says no to a post.
fn with_the_only_doctor(change: impl FnOnce(&mut Rota, Span)) -> (Plan, Rota) {
    let mut rota = example("five-days-2025.ron");
    let clinic = rota.sessions.iter().find(|session| session.id.as_str() == "s9").unwrap();
    assert_eq!((clinic.team.len(), clinic.team[0].as_str(), clinic.state), (1, "bl", SessionState::ToPostpone));
    let span = clinic.span;
    let asked = |a: &&mut Assignment| a.person.as_str() == "bl" && a.span.overlaps(span);
    rota.assignments.iter_mut().find(asked).unwrap().status = Status::Declined;
    change(&mut rota, span);
    let plan = plan(&rota, &Scope::everything(), &NoDeadline);
    (plan, rota)
}

fn bl(rota: &mut Rota) -> &mut Person {
    rota.people.iter_mut().find(|person| person.id.as_str() == "bl").unwrap()
}

#[test]
fn a_session_goes_ahead_only_with_a_team_that_is_there() {
    let appointments =
        |plan: &Plan| plan.figures.iter().find(|f| f.objective == Objective::Appointments).unwrap().value;
    let (free, _) = with_the_only_doctor(|_, _| {});
    assert_eq!(
        free.restore.iter().map(cover_rota::model::SessionId::as_str).collect::<Vec<_>>(),
        ["s9"],
        "whoever is free can run it"
    );
    let part = |span: Span| Span::new(span.from.plus(60), span.from.plus(120));
    let available =
        |is: Availability| move |rota: &mut Rota, span| bl(rota).availability.push(Available { span: part(span), is });
    let duty =
        |kind| move |rota: &mut Rota, span| bl(rota).duties.push(Duty { span: part(span), kind, label: String::new() });
    let at_once = |rota: &mut Rota, span| {
        let other = rota.sessions.iter().find(|session| session.id.as_str() == "s9").unwrap().clone();
        rota.sessions.push(Session {
            id: SessionId::new("other").unwrap(),
            span: part(span),
            protected: true,
            state: SessionState::Running,
            ..other
        });
    };
    let away = with_the_only_doctor(available(Availability::NotAvailable));
    let all = [
        ("not available", away),
        ("not known", with_the_only_doctor(available(Availability::NotKnown))),
        ("at work", with_the_only_doctor(duty(DutyKind::Resident))),
        ("elsewhere", with_the_only_doctor(duty(DutyKind::Other))),
        ("in another session", with_the_only_doctor(at_once)),
    ];
    for (why, (plan, rota)) in all {
        assert!(!plan.restore.iter().any(|id| id.as_str() == "s9"), "{why}");
        assert!(appointments(&plan) >= appointments(&free) + 24, "{why}: nothing is saved");
        assert!(plan.prices.iter().all(|price| price.person.as_str() != "bl"), "{why}: {:?}", plan.prices);
        let mut history = History::new(rota.clone());
        history.run(plan.command(&rota, "accept suggested cover")).unwrap();
        let cannot_run = checker::check(history.rota()).findings.into_iter().filter(|f| f.code == Code::Ses2);
        assert_eq!(cannot_run.map(|f| f.message).collect::<Vec<_>>(), Vec::<String>::new(), "{why}");
    }
}

/// A clinic comes back for somebody who then cannot run it: it is left out, and no part of the plan has both of one team.
#[test]
fn what_an_edit_keeps_from_running_is_left_out() {
    let (plan, rota) = with_the_only_doctor(|_, _| {});
    let mut now = rota.clone();
    let span = now.sessions.iter().find(|session| session.id.as_str() == "s9").unwrap().span;
    bl(&mut now).availability.push(Available { span, is: Availability::NotAvailable });
    let fitting = plan.fitting(&rota, &now).map(|fitting| (fitting.plan.restore, fitting.whys));
    match fitting {
        Ok((restore, whys)) => {
            assert!(restore.is_empty(), "{restore:?}");
            assert_eq!(whys, [Misfit::TeamUnsure("Antenatal clinic".to_owned())]);
        }
        Err(why) => assert_eq!(why.to_string(), "Antenatal clinic may lack somebody of its team"),
    }
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

#[test]
fn whoever_is_on_two_posts_at_once_could_be_taken_off_one() {
    let rota = example("norwich-2016-draft.ron");
    let (plan, _) = planned(&rota);
    let of_al = |gap: &&cover_rota::planner::Gap| {
        gap.releases.iter().any(|release| release.text.starts_with("if AL were taken off "))
    };
    let gap = plan.gaps.iter().find(of_al).expect("a gap that AL could close");
    assert!(gap.releases[0].text.starts_with("if AL were taken off "), "the least comes first: {:?}", gap.releases);
    let why = gap.people.iter().find(|why| why.person.as_str() == "al").unwrap();
    assert!(
        why.text.contains(" at once, and so counts on neither") && why.reasons == [Reason::OnAnotherPost],
        "{}",
        why.text
    );
    let post = gap.releases[0].text.trim_start_matches("if AL were taken off ");
    let mut off = rota.clone();
    let posts = rota.posts.clone();
    let is_it = |a: &Assignment| {
        let name = posts.iter().find(|p| p.id == a.post).map(|p| p.name.as_str());
        a.person.as_str() == "al" && name == Some(post) && a.span.overlaps(gap.span)
    };
    off.assignments.retain(|a| !is_it(a));
    let short =
        |plan: &Plan| plan.values().in_order()[..5].iter().sum::<i64>() - plan.values()[Objective::ProtectedPostponed];
    let (then, _) = planned(&off);
    assert!(short(&then) + gap.span.minutes() <= short(&plan), "{} and then {}", short(&plan), short(&then));
}
