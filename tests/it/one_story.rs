//! One gap looked at by itself, everything at once, and *Who could* name the same first choice, or there is a reason.

use cover_rota::checker::{Candidate, Gap, who_could};
use cover_rota::editor::Document;
use cover_rota::editor::one_shift::shifts;
use cover_rota::model::{
    Assignment, AssignmentId, Change, Command, History, PersonId, Rota, Session, SessionState, Status, words,
};
use cover_rota::planner::{Patient, Scope, plan};

use crate::window::saved;

/// The empty places of a rota, shift by shift, each once.
fn gaps(rota: &Rota) -> Vec<Gap> {
    let doc = Document::unsaved(rota.clone());
    let mut found: Vec<Gap> = Vec::new();
    for post in doc.grid().windows.iter().flat_map(|w| w.units.iter().filter(|u| !u.closed).flat_map(|u| &u.posts)) {
        let spans = post.lanes.iter().flat_map(|lane| lane.gaps.iter().copied());
        for gap in spans.flat_map(|span| shifts(rota, &Gap { post: post.id.clone(), span }).collect::<Vec<_>>()) {
            if !found.contains(&gap) {
                found.push(gap);
            }
        }
    }
    found
}

/// The rota with somebody proposed for a gap for good, and with what that costs.
fn with_first(rota: &Rota, gap: &Gap, first: &Candidate) -> Rota {
    let mut history = History::new(rota.clone());
    let mut changes = vec![Change::add(Assignment {
        id: AssignmentId::new("first-choice").unwrap(),
        post: gap.post.clone(),
        person: first.person.clone(),
        span: gap.span,
        status: Status::Proposed,
        locked: true,
        note: String::new(),
    })];
    let sessions = first.price.sessions.iter().filter_map(|id| rota.session(id)).cloned();
    changes.extend(sessions.map(|s| Change::replace(Session { state: SessionState::ToPostpone, ..s })));
    history.run(Command::edit("first choice", changes)).unwrap();
    history.rota().clone()
}

fn scope(rota: &Rota, gap: &Gap) -> Scope {
    Scope {
        unit: rota.post(&gap.post).map(|post| post.unit.clone()),
        posts: vec![gap.post.clone()],
        span: Some(gap.span),
        ..Scope::default()
    }
}

/// What tells the stories apart, gap by gap.
fn differences(name: &str, rota: &Rota) -> Vec<String> {
    let all = plan(rota, &Scope::everything(), &Patient);
    let mut found = Vec::new();
    for gap in gaps(rota) {
        let could = who_could(rota, &gap).into_iter().filter(|it| it.obstacles.is_empty());
        let could: Vec<Candidate> = could.collect();
        let one = plan(rota, &scope(rota, &gap), &Patient);
        let whole = |a: &&Assignment| a.post == gap.post && a.span.covers(gap.span);
        let named: Vec<&PersonId> = one.assignments.iter().filter(whole).map(|a| &a.person).collect();
        let when = words::span(rota.zone(), gap.span);
        let Some(first) = could.first() else {
            if let Some(person) = named.first() {
                found.push(format!("{name}: {} {when}: nobody could, but {person} is suggested", gap.post));
            }
            continue;
        };
        if named.contains(&&first.person) {
            continue;
        }
        let with = plan(&with_first(rota, &gap, first), &scope(rota, &gap), &Patient);
        let (first_values, values) = (with.values(), one.values());
        let say = format!(
            "{name}: {} {when}: first {} ({}), suggested {:?}\n   {values:?}\n   {first_values:?} everything {:?}",
            gap.post,
            first.person,
            first.text,
            one.assignments.iter().map(|a| format!("{} {}", a.person, words::times(rota.zone(), a.span))).collect::<Vec<_>>(),
            all.assignments.iter().filter(|a| a.post == gap.post && a.span.overlaps(gap.span)).map(|a| a.person.to_string()).collect::<Vec<_>>()
        );
        found.push(say);
    }
    found
}

#[test]
fn zz_explore() {
    for name in ["norwich-2016-draft", "five-days-2025", "nights-2025", "nearest-free-2016", "every-rule"] {
        for line in differences(name, &saved(name)) {
            println!("{line}");
        }
    }
}
