//! Going to a problem: the ring and Who could go to the post that its line names, whatever the rota is.

use std::collections::BTreeSet;

use cover_rota::checker::{Code, Finding, Reach, empty_places, needs_answer};
use cover_rota::editor::{Action, CellRange, Editor, Selection, Settings, View};
use cover_rota::model::{
    Assignment, AssignmentId, Availability, Available, PersonId, PostId, Rota, Span, Status, WindowId,
};

use crate::random::rota;
use crate::window::{Window, saved};

fn on(rota: Rota) -> Window {
    Window::on(rota, Settings::default())
}

fn findings(window: &Window) -> Vec<Finding> {
    window.editor.doc().unwrap().report().findings.clone()
}

fn chosen(editor: &Editor) -> &CellRange {
    let Selection::Cells(range) = editor.selection() else { panic!("{:?}", editor.selection()) };
    range
}

/// The posts that a finding names, by itself, by its blocks or by what it lacks.
fn named(rota: &Rota, finding: &Finding) -> BTreeSet<PostId> {
    let of_blocks = finding.assignments.iter().filter_map(|id| rota.assignment(id)).map(|a| a.post.clone());
    let lacking = finding.lacking.iter().map(|one| one.post.clone());
    finding.posts.iter().cloned().chain(of_blocks).chain(lacking).collect()
}

/// The posts of a shortage's grade or above.
fn at_grade(rota: &Rota, finding: &Finding) -> BTreeSet<PostId> {
    let unit = finding.unit.as_ref().and_then(|id| rota.unit(id)).unwrap();
    let from = finding.tier.as_ref().and_then(|tier| unit.tier_index(tier));
    let posts = rota.posts.iter().filter(|post| post.unit == unit.id && unit.tier_index(&post.tier) >= from);
    posts.map(|post| post.id.clone()).collect()
}

#[test]
fn going_to_any_finding_of_any_rota_stays_on_the_posts_and_the_day_that_it_names() {
    let (mut checked, mut asked) = (0, 0);
    for seed in 0..160 {
        let mut window = on(rota(seed));
        let rota = window.rota().clone();
        for (at, finding) in findings(&window).into_iter().enumerate() {
            let posts = match finding.code {
                // The shortage that somebody could move to.
                Code::Cov5 => at_grade(&rota, &finding),
                _ => named(&rota, &finding),
            };
            if posts.is_empty() {
                continue;
            }
            window.act(Action::GoToFinding(at));
            let about = || format!("seed {seed}: {}", finding.message);
            let post = match window.editor.selection() {
                Selection::Cells(range) => {
                    assert_eq!(Some(&range.window), finding.window.as_ref(), "{}", about());
                    assert_eq!(range.anchor, range.last, "{}", about());
                    let day = rota.window(&range.window).unwrap().span;
                    assert!(day.covers(range.span()), "{}", about());
                    let on_day = finding.span.and_then(|span| span.overlap(day));
                    // Of somebody's hours and rest the block is shown that they begin or end with.
                    let is_there = on_day.is_none_or(|span| span.overlaps(range.span()));
                    assert!(is_there || finding.code.rule().reach != Reach::Moment, "{}", about());
                    range.last.row.post.clone()
                }
                Selection::Post(post) => post.clone(),
                _ => continue,
            };
            assert!(posts.contains(&post), "{}: {post}", about());
            let is_shortage = matches!(finding.code, Code::Cov1 | Code::Cov2);
            if let (true, Some(first)) = (is_shortage, empty_places(&rota, &finding).first())
                && !needs_answer(&finding, window.editor.doc().unwrap().report())
            {
                assert_eq!(post, first.post, "{}", about());
            }
            checked += 1;
            let Some(who) = window.editor.who_could() else {
                assert!(!is_shortage, "{}", about());
                continue;
            };
            assert_eq!(who.gap.post, post, "{}", about());
            let day = finding.window.as_ref().and_then(|id| rota.window(id)).unwrap().span;
            assert!(who.gap.span.overlaps(day), "{}", about());
            asked += 1;
        }
    }
    assert!(checked > 1000 && asked > 500, "{checked} {asked}");
}

/// Norwich with EV asked for a post all of Wednesday, and away from 08:00.
fn with_ev(post: &str) -> (Rota, Span) {
    let mut rota = saved("norwich-2016-draft");
    let wednesday = rota.windows[1].span;
    let ev = PersonId::new("ev").unwrap();
    rota.assignments.retain(|a| a.person != ev && !(a.post.as_str() == post && a.span.overlaps(wednesday)));
    let held =
        Assignment::new(AssignmentId::new("ev-there").unwrap(), PostId::new(post).unwrap(), ev.clone(), wednesday);
    rota.assignments.push(Assignment { status: Status::Asked, ..held });
    let person = rota.people.iter_mut().find(|person| person.id == ev).unwrap();
    person.availability = vec![Available { span: wednesday, is: Availability::NotAvailable }];
    // Somebody else who may cover children is free.
    rota.people.iter_mut().find(|person| person.initials == "DM").unwrap().duties.clear();
    (rota, wednesday)
}

#[test]
fn who_stands_there_and_does_not_count_is_chosen_and_somebody_else_proposed_on_that_post() {
    let children =
        saved("norwich-2016-draft").posts.iter().find(|post| post.name.starts_with("Children")).unwrap().id.clone();
    let (rota, wednesday) = with_ev(children.as_str());
    let mut window = on(rota.clone());
    let mut gone = 0;
    for (at, finding) in findings(&window).iter().enumerate() {
        let is_it = finding.window.as_ref() == Some(&rota.windows[1].id)
            && matches!(finding.code, Code::Cov1 | Code::Cov2)
            && !needs_answer(finding, window.editor.doc().unwrap().report())
            && empty_places(&rota, finding).first().is_some_and(|first| first.post == children);
        if !is_it {
            continue;
        }
        gone += 1;
        for action in [Action::GoToFinding(at), Action::ChooseFinding(Some(at))] {
            window.act(action);
            let range = chosen(&window.editor);
            assert_eq!(range.last.row.post, children, "{}", finding.message);
            let block = window.editor.doc().unwrap().grid().window(&range.window).unwrap();
            let block = block.lane(&range.last.row).unwrap().block_in(range.span()).unwrap();
            assert_eq!(block.person.as_str(), "ev");
            let gap = &window.editor.who_could().unwrap().gap;
            assert_eq!(gap.post, children);
            assert!(wednesday.covers(gap.span) && finding.span.unwrap().covers(gap.span), "{}", finding.message);
        }
    }
    assert!(gone > 0);
    let who = window.editor.who_could().unwrap();
    let (gap, person) = (who.gap.clone(), who.could[0].person.clone());
    window.act(Action::Propose { person: person.clone(), gap: gap.clone(), asked: false });
    let is_theirs = |a: &&Assignment| a.person == person && a.post == children && a.span == gap.span;
    assert!(window.rota().assignments.iter().any(|a| is_theirs(&a)));
    assert_eq!(chosen(&window.editor).last.row.post, children);
}

#[test]
fn what_goes_on_after_the_walkout_is_the_last_hour_of_that_post_on_that_day() {
    let mut gone = 0;
    for name in ["dorset-2016", "nights-2025", "five-days-2025", "norwich-2016-draft"] {
        let mut window = on(saved(name));
        let rota = window.rota().clone();
        for (at, finding) in findings(&window).iter().enumerate().filter(|(_, f)| f.code == Code::Edg1) {
            window.act(Action::GoToFinding(at));
            let range = chosen(&window.editor);
            let day: &WindowId = finding.window.as_ref().unwrap();
            assert_eq!(&range.window, day);
            assert_eq!(range.last.until, rota.window(day).unwrap().span.to, "{}", finding.message);
            let post = rota.post(&range.last.row.post).unwrap();
            assert!(
                finding.message.contains(&format!("who covers {}", post.name)),
                "{}: {}",
                finding.message,
                post.name
            );
            assert_eq!(window.editor.view(), View::Posts);
            gone += 1;
        }
    }
    assert!(gone > 3, "{gone}");
}
