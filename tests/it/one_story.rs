//! One gap looked at by itself, everything at once, and *Who could* name the same first choice, or there is a reason.

use cover_rota::checker::{Candidate, Code, Gap, check, count_gaps, spans, who_could};
use cover_rota::editor::Document;
use cover_rota::editor::one_shift::shifts;
use cover_rota::editor::verdict_text::{VerdictCard, verdict_cards};
use cover_rota::model::{
    Assignment, AssignmentId, Change, Command, History, PersonId, Rota, Session, SessionState, Span, words,
};
use cover_rota::planner::{NoDeadline, Plan, Scope, plan};

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
    // What somebody holds who does not count is empty too.
    let empty = check(rota).findings.into_iter().filter(|of| of.code == Code::Cov2 && of.have_if_agreed < of.need);
    let empty = empty.filter_map(|of| Some(Gap { post: of.posts.first()?.clone(), span: of.span? }));
    // Whoever is there and has a clinic stops it: a plan changes hands only at its cuts, which clinics do not make.
    let has_clinic = |gap: &Gap| {
        let there = rota.assignments.iter().filter(|a| a.post == gap.post && a.span.overlaps(gap.span));
        let mut sessions = there.flat_map(|a| rota.sessions.iter().filter(|s| s.team.contains(&a.person)));
        sessions.any(|s| s.state == SessionState::Running && s.span.overlaps(gap.span))
    };
    for gap in empty.filter(|gap| !has_clinic(gap)) {
        found.extend(shifts(rota, &gap));
    }
    found.sort_by_key(|gap| (gap.span, gap.post.clone()));
    found.dedup();
    found
}

/// The rota with somebody proposed for a gap for good, and with what that costs.
fn with_first(rota: &Rota, gap: &Gap, first: &Candidate) -> Rota {
    let mut history = History::new(rota.clone());
    let mut changes = vec![Change::add(Assignment {
        locked: true,
        ..Assignment::new(AssignmentId::new("first-choice").unwrap(), gap.post.clone(), first.person.clone(), gap.span)
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

/// Who is proposed for all of a gap.
fn named<'a>(plan: &'a Plan, gap: &Gap) -> Vec<&'a PersonId> {
    let whole = plan.assignments.iter().filter(|a| a.post == gap.post && a.span.covers(gap.span));
    whole.map(|a| &a.person).collect()
}

/// Where a plan names somebody else for a gap than *Who could* does first, though that would be as good.
fn differs(rota: &Rota, gap: &Gap, first: &Candidate, plan_of: (&Plan, &Scope)) -> Option<String> {
    let (made, scope) = plan_of;
    // Too many hours or too little rest is a warning for a consultant, and never proposed.
    if named(made, gap).contains(&&first.person) || first.price.tired_minutes() > 0 || first.price.on_call_clash {
        return None;
    }
    // Or needed for another gap at the same time.
    let is_needed = |a: &Assignment| a.person == first.person && a.span.overlaps(gap.span);
    if made.assignments.iter().any(is_needed) {
        return None;
    }
    let with = plan(&with_first(rota, gap, first), scope, &NoDeadline);
    // Of all gaps at once, equals are told apart by what else is proposed for them.
    let is_tie = with.values() == made.values() && *scope != Scope::everything();
    (is_tie || with.values() < made.values()).then(|| {
        let when = words::span(rota.zone(), gap.span);
        let here = made.assignments.iter().filter(|a| a.post == gap.post && a.span.overlaps(gap.span));
        let here: Vec<String> = here.map(|a| format!("{} {}", a.person, words::times(rota.zone(), a.span))).collect();
        format!(
            "{} {when}: first {} ({}), suggested {here:?}\n{:?}\n{:?}",
            gap.post,
            first.person,
            first.text,
            made.values(),
            with.values()
        )
    })
}

#[test]
fn who_could_one_gap_and_everything_name_the_same_first_choice_or_have_a_reason() {
    let mut compared = 0;
    let mut found = Vec::new();
    for name in ["norwich-2016-draft", "nights-2025", "nearest-free-2016", "every-rule"] {
        let rota = saved(name);
        let all = plan(&rota, &Scope::everything(), &NoDeadline);
        for gap in gaps(&rota) {
            let of_gap = scope(&rota, &gap);
            let one = plan(&rota, &of_gap, &NoDeadline);
            let first = who_could(&rota, &gap).into_iter().find(|it| it.obstacles.is_empty());
            let Some(first) = first else {
                assert_eq!(named(&one, &gap), [] as [&PersonId; 0], "{name}: nobody could, but somebody is suggested");
                continue;
            };
            compared += 1;
            found.extend(differs(&rota, &gap, &first, (&one, &of_gap)).map(|it| format!("{name}, one gap: {it}")));
            let everything = Scope::everything();
            found.extend(differs(&rota, &gap, &first, (&all, &everything)).map(|it| format!("{name}, all: {it}")));
        }
    }
    assert!(compared > 30, "{compared} gaps");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// How many gaps the grid shows: stretches of a post, whatever lanes they are on.
fn shown(rota: &Rota) -> usize {
    let doc = Document::unsaved(rota.clone());
    let posts = doc.grid().windows.iter().flat_map(|w| w.units.iter().filter(|u| !u.closed).flat_map(|u| &u.posts));
    let stretches = |spans: Vec<Span>| spans::union(spans).len();
    posts.map(|post| stretches(post.lanes.iter().flat_map(|lane| lane.gaps.iter().copied()).collect())).sum()
}

#[test]
fn the_cards_count_the_gaps_that_the_grid_shows() {
    let rota = saved("nights-2025");
    let report = check(&rota);
    let counted = count_gaps(&rota, &report, |_| true);
    assert_eq!(counted, shown(&rota));
    let of_cards = |card: &VerdictCard| {
        let more = card.sentence.split(" and ").find_map(|part| part.split_once(" more gap")?.0.parse::<usize>().ok());
        more.map_or(1, |more| more + 1)
    };
    assert_eq!(verdict_cards(&rota, &report).iter().map(of_cards).sum::<usize>(), counted);
}
