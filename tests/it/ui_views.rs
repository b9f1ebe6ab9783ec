//! The People and Sessions views, their inspector and the start page, worked by what they say.

use std::fmt::Write;

use cover_rota::editor::selection_text::selection_text;
use cover_rota::editor::{
    Action, Answer, Dialog, Document, Effect, KeptWork, Moment, PeopleFilter, PeopleOrder, RecentFile, Selection,
    Settings, ThemeName, Verb, View, Zoom,
};
use cover_rota::model::{Assignment, AssignmentId, Instant, Rota, SessionState, Span, Status};
use cover_rota::ui::people::lines::PeopleLine;
use cover_rota::ui::people::list::Everybody;
use cover_rota::ui::people_view::model::PeopleModel;
use cover_rota::ui::people_view::row::hours;
use cover_rota::ui::sessions_view::model::SessionsModel;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::driver::{act, click_with, drag, press, press_with};
use crate::window::{Window, opened, saved, shown};

#[test]
fn list_view_and_status_bar_tell_the_same_hours_of_everybody() {
    let mut compared = 0;
    for path in crate::saved_rotas::rotas_in("saved_rotas") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let doc = Document::unsaved(saved(name));
        let rota = doc.rota();
        let view = PeopleModel::of(&doc);
        for (at, head) in view.windows.iter().enumerate() {
            let list = Everybody::of(&doc, Some(&rota.windows[head.at].id));
            for (person, row) in view.people.iter().enumerate() {
                let block = rota.assignments.iter().find(|a| {
                    let days = rota.windows.iter().map(|w| w.span).filter(|day| day.overlaps(a.span));
                    a.person == row.person && a.status != Status::Declined && days.min() == Some(head.span)
                });
                let Some(block) = block else { continue };
                let hours = row.hours[at].text();
                assert_eq!(list.person(person).unwrap().says, hours, "{name} {}", row.initials);
                let status = selection_text(&doc, &Selection::Assignments(vec![block.id.clone()]), Zoom::Hour);
                let said = format!("{} {hours} on {}", row.initials, head.day);
                assert!(status.contains(&said), "{name}: {said} in {status}");
                let of_all = selection_text(&doc, &Selection::Person(row.person.clone()), Zoom::Hour);
                assert!(of_all.contains(&format!(": {} on the rota", row.total.text())), "{name}: {of_all}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

/// Two days with a clinic on each for somebody who has not said whether they are available.
#[test]
fn a_rest_is_not_written_over_what_is_known_of_availability() {
    let mut rota = saved("five-days-2025");
    let zone = rota.zone();
    let person = rota.people[0].id.clone();
    rota.people[0].availability.clear();
    rota.people[0].usually = cover_rota::model::Availability::NotKnown;
    rota.assignments.retain(|held| held.person != person);
    let times: Vec<Span> = rota.windows.iter().map(|window| window.span).collect();
    for (session, window) in rota.sessions.iter_mut().zip(&times) {
        let from = zone.instant_or_next(zone.civil(window.from).local.date().and_hms_opt(9, 0, 0).unwrap());
        session.span = Span::new(from, from.plus(8 * 60));
        session.state = SessionState::Running;
        session.team = vec![person.clone()];
    }
    let window = in_view(rota, Verb::ViewPeople);
    let words = painted(&window, |text| text == "not known" || text == "free");
    let rests = painted(&window, |text| text.ends_with(" rest"));
    assert!(!words.is_empty() && !rests.is_empty(), "{words:?} {rests:?}");
    for (rest, at, _) in &rests {
        let over = words.iter().find(|(_, place, _)| place.intersects(*at));
        assert!(over.is_none(), "“{rest}” is written over {over:?}");
    }
}

/// What of the window's words says this, each with its place and what is in sight of it.
fn painted(window: &Harness<'_, Window>, says: impl Fn(&str) -> bool) -> Vec<(String, egui::Rect, egui::Rect)> {
    let shapes = window.output().shapes.iter();
    let text = shapes.filter_map(|clipped| match &clipped.shape {
        egui::Shape::Text(text) if says(text.galley.text()) => {
            Some((text.galley.text().to_owned(), text.visual_bounding_rect(), clipped.clip_rect))
        }
        _ => None,
    });
    text.collect()
}

#[test]
fn lengths_of_rest_are_whole_or_not_there() {
    let mut window = in_view(saved("five-days-2025"), Verb::ViewPeople);
    for scrolled in 0..12 {
        let found = painted(&window, |text| text.ends_with(" rest"));
        assert!(scrolled > 0 || !found.is_empty());
        for (text, rect, seen) in found {
            let in_sight = rect.left() >= seen.left() - 0.5 && rect.right() <= seen.right() + 0.5;
            assert!(in_sight, "“{text}” at {rect} is cut at {seen}");
        }
        let middle = Pos2::new(600.0, 400.0);
        window.event(Event::PointerMoved(middle));
        let delta = vec2(-37.0, 0.0);
        window.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta,
            modifiers: Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
        });
        window.run();
    }
}

fn in_view(rota: Rota, verb: Verb) -> Harness<'static, Window> {
    let mut window = opened(rota);
    act(&mut window, Action::Do(verb));
    window
}

fn people() -> Harness<'static, Window> {
    in_view(saved("norwich-2016-draft"), Verb::ViewPeople)
}

fn sessions() -> Harness<'static, Window> {
    in_view(saved("norwich-2016-draft"), Verb::ViewSessions)
}

/// Where something stands that says this.
fn at(window: &Harness<'_, Window>, says: &str) -> Pos2 {
    window.get_by_label_contains(says).rect().center()
}

fn click(window: &mut Harness<'_, Window>, says: &str) {
    click_says(window, says, Modifiers::NONE);
}

fn click_says(window: &mut Harness<'_, Window>, says: &str, modifiers: Modifiers) {
    let at = at(window, says);
    click_with(window, at, PointerButton::Primary, modifiers);
}

fn rows(window: &Harness<'_, Window>) -> Vec<String> {
    let all = window.query_all(By::new().role(Role::Row));
    all.filter_map(|node| node.accesskit_node().label()).collect()
}

/// A person's assignments as `ae-majors-mg 08:00–17:00 Agreed`.
fn held(window: &Harness<'_, Window>, initials: &str) -> Vec<String> {
    let rota = window.state().rota();
    let person = rota.people.iter().find(|p| p.initials == initials).unwrap();
    let mut all: Vec<_> = rota.assignments.iter().filter(|a| a.person == person.id).collect();
    all.sort_by_key(|a| a.span.from);
    let zone = rota.zone();
    let times =
        |span: Span| format!("{}–{}", zone.civil(span.from).local.format("%a %H:%M"), zone.time_of_day(span.to));
    all.iter().map(|a| format!("{} {} {:?}", a.post, times(a.span), a.status)).collect()
}

fn state_of(window: &Harness<'_, Window>, title: &str) -> SessionState {
    window.state().rota().sessions.iter().find(|s| s.title == title).unwrap().state
}

fn effects<'a>(window: &'a Harness<'_, Window>) -> &'a [Effect] {
    &window.state().effects
}

#[test]
fn the_people_view_says_bars_rest_and_hours() {
    let doc = Document::unsaved(saved("norwich-2016-draft"));
    let model = PeopleModel::of(&doc);
    let zone = doc.rota().zone();
    let mut text = String::new();
    for line in model.lines(doc.rota(), PeopleFilter::All, PeopleOrder::Grade, "") {
        let at = match line {
            PeopleLine::Heading { title, count, .. } => {
                writeln!(text, "== {title} {count}").unwrap();
                continue;
            }
            PeopleLine::Person(at) => at,
        };
        let row = &model.people[at];
        writeln!(text, "{} {} ({})", row.initials, row.name, row.grade_in_group).unwrap();
        for bar in &row.bars {
            let below = if bar.below { " below" } else { "" };
            writeln!(text, "    {} | {} | {}{below}", bar.name, bar.short, bar.spoken).unwrap();
        }
        let when =
            |span: Span| format!("{}–{}", zone.civil(span.from).local.format("%a %H:%M"), zone.time_of_day(span.to));
        for words in &row.words {
            let word = if words.is_free { "free" } else { "not known" };
            writeln!(text, "    {word} {}", when(words.span)).unwrap();
        }
        for rest in &row.rests {
            let short = if rest.is_short { " short" } else { "" };
            writeln!(text, "    rest {} {}{short}", when(rest.span), rest.text).unwrap();
        }
        let figures = row.hours.iter().map(|held| held.said(hours)).collect::<Vec<_>>().join(" ");
        writeln!(text, "    {figures} | {} | {} {}", row.week, row.rest, row.owed).unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_sessions_view_says_what_each_session_buys() {
    let doc = Document::unsaved(saved("norwich-2016-draft"));
    let mut text = String::new();
    for group in SessionsModel::of(&doc).groups {
        let sum =
            |of: fn(&cover_rota::ui::sessions_view::model::SessionRow) -> u32| group.rows.iter().map(of).sum::<u32>();
        let (appointments, inpatient, day_case) =
            (sum(|row| row.appointments), sum(|row| row.inpatient), sum(|row| row.day_case));
        writeln!(text, "== {:?} {} | {} {} {}", group.state, group.rows.len(), appointments, inpatient, day_case)
            .unwrap();
        for row in group.rows {
            let protected = if row.protected { " (protected)" } else { "" };
            writeln!(text, "{}{protected} | {} | {} {} | {}", row.title, row.team, row.day, row.times, row.buys.text())
                .unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn chips_filter_people_and_say_how_many() {
    let mut window = people();
    let all = rows(&window).len();
    assert!(all >= 8, "{all} rows in sight");
    click(&mut window, "With problems 3");
    assert_eq!(window.state().editor.people_filter(), PeopleFilter::WithProblems);
    let shown = rows(&window);
    assert_eq!(shown.len(), 3, "{shown:?}");
    assert!(shown.iter().all(|row| row.contains("has an error") || row.contains("has a warning")), "{shown:?}");
    click(&mut window, "All 45");
    assert_eq!(rows(&window).len(), all);
}

#[test]
fn typing_finds_and_nobody_can_be_cleared() {
    let mut window = people();
    window.get_by_label("Find a person").focus();
    window.run();
    window.get_by_label("Find a person").type_text("rahm");
    window.run();
    let shown = rows(&window);
    assert_eq!(shown.len(), 1);
    assert!(
        shown[0].starts_with("LR Rahman, Laila, Consultant, Emergency medicine; Mon 25-Apr 17:00–23:30"),
        "{shown:?}"
    );
    window.get_by_label("Find a person").type_text("zzz");
    window.run();
    assert!(rows(&window).is_empty());
    window.get_by_label("Nobody matches.");
    // Both stand in the column of names, left of the time line.
    let names = window.get_by_label("Find a person").rect();
    assert!(window.get_by_label("Clear the filter").rect().right() <= names.right() + 8.0);
    click(&mut window, "Clear the filter");
    assert!(rows(&window).len() > 5);
}

#[test]
fn a_person_is_shown_with_card_rest_and_findings() {
    let mut window = people();
    click(&mut window, "LR Rahman, Laila");
    assert!(matches!(window.state().editor.selection(), Selection::Person(_)));
    window.get_by_label("Contract: Consultant or SAS: compensatory rest");
    window.get_by_label("May cover: A&E up to consultant");
    window.get_by_label("Telephone: 020 7946 0472");
    window.get_by_label("Tue 08:00–17:00: Resus consultant, agreed");
    window.get_by_label("rest 8 h 30 min");
    window.get_by_label("2 h 30 min owed");
    window.get_by_label_contains("Go there: LR Rahman: longest rest 8 h 30 min between 17:00–23:30");
    click(&mut window, "Unavailable from…");
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::NotFreeFrom(_))));
}

#[test]
fn a_bar_is_chosen_by_a_click_and_opened_in_posts_by_enter() {
    let mut window = people();
    click(&mut window, "LR, Tue 26-Apr 08:00–17:00: Resus consultant, agreed");
    assert!(matches!(window.state().editor.selection(), Selection::Assignments(ids) if ids.len() == 1));
    window.get_by_label("Status: agreed");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().editor.view(), View::Posts);
    let Selection::Cells(range) = window.state().editor.selection() else { panic!("no cells are chosen") };
    assert_eq!(range.last.row.post.as_str(), "ae-resus");
}

#[test]
fn ctrl_chooses_several_blocks() {
    let mut window = people();
    click(&mut window, "LR, Tue 26-Apr 08:00–17:00");
    click_says(&mut window, "LR, Wed 27-Apr 08:00–17:00", Modifiers::COMMAND);
    assert!(matches!(window.state().editor.selection(), Selection::Assignments(ids) if ids.len() == 2));
    click_says(&mut window, "LR, Wed 27-Apr 08:00–17:00", Modifiers::COMMAND);
    assert!(matches!(window.state().editor.selection(), Selection::Assignments(ids) if ids.len() == 1));
}

#[test]
fn the_keyboard_goes_from_person_to_person_and_from_bar_to_bar() {
    let mut window = people();
    click(&mut window, "EV Varga, Eszter");
    for key in [Key::ArrowUp, Key::ArrowDown, Key::ArrowRight, Key::ArrowRight] {
        press(&mut window, key);
    }
    assert_eq!(held(&window, "EV")[1], "ae-children-mg Wed 08:00–17:00 Asked");
    press(&mut window, Key::Space);
    assert_eq!(held(&window, "EV")[1], "ae-children-mg Wed 08:00–17:00 Agreed");
    press(&mut window, Key::Slash);
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::Declined(_))));
    press(&mut window, Key::Escape);
    window.key_press(Key::ArrowLeft);
    press(&mut window, Key::ArrowLeft);
    assert!(matches!(window.state().editor.selection(), Selection::Person(id) if id.as_str() == "ev"));
}

#[test]
fn dragging_along_the_row_changes_times_and_edges_lengthen() {
    let mut window = people();
    let bar = window.get_by_label_contains("TO, Tue 26-Apr 12:00–17:00").rect();
    let hour = bar.width() / 5.0;
    drag(&mut window, bar.center(), bar.center() - vec2(hour, 0.0));
    assert_eq!(held(&window, "TO"), ["ae-floor Tue 11:00–16:00 Proposed"]);
    let bar = window.get_by_label_contains("TO, Tue 26-Apr 11:00–16:00").rect();
    let edge = bar.right_center() - vec2(2.0, 0.0);
    drag(&mut window, edge, edge + vec2(hour, 0.0));
    assert_eq!(held(&window, "TO"), ["ae-floor Tue 11:00–17:00 Proposed"]);
    window.state_mut().act(Action::Do(Verb::Undo));
    assert_eq!(held(&window, "TO"), ["ae-floor Tue 11:00–16:00 Proposed"], "one step for each drop");
}

#[test]
fn dragging_onto_another_row_hands_over_or_asks() {
    let mut window = people();
    let from = at(&window, "DM, Tue 26-Apr 08:00–17:00");
    let to = at(&window, "RS Sethi, Rohan").y;
    drag(&mut window, from, Pos2::new(from.x, to - 9.0));
    assert_eq!(held(&window, "DM"), [""; 0]);
    assert_eq!(held(&window, "RS")[0], "ae-children-mg Tue 08:00–17:00 Proposed");
    let from = at(&window, "RS, Tue 26-Apr 08:00–17:00");
    let to = at(&window, "KP Pereira, Keith").y;
    drag(&mut window, from, Pos2::new(from.x, to - 9.0));
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::Drop(_))), "KP holds something then");
}

#[test]
fn escape_gives_a_drag_up() {
    let mut window = people();
    let from = at(&window, "DM, Tue 26-Apr 08:00–17:00");
    window.drag_at(from);
    window.run();
    window.event(Event::PointerMoved(from + vec2(60.0, 0.0)));
    window.run();
    press(&mut window, Key::Escape);
    window.drop_at(from + vec2(60.0, 0.0));
    window.run();
    assert_eq!(held(&window, "DM"), ["ae-children-mg Tue 08:00–17:00 Agreed"]);
}

#[test]
fn a_right_click_offers_what_fits() {
    let mut window = people();
    let name = window.get_by_label_contains("KP Pereira, Keith").rect().left_center() + vec2(40.0, 0.0);
    click_with(&mut window, name, PointerButton::Secondary, Modifiers::NONE);
    window.get_by_label("KP unavailable from…");
    window.get_by_role_and_label(Role::MenuItem, "Show KP in Posts").click();
    window.run();
    assert_eq!(window.state().editor.view(), View::Posts);
}

#[test]
fn people_are_sorted_by_problems_hours_and_name() {
    let mut window = people();
    let order = |window: &Harness<'_, Window>| {
        let first = rows(window).into_iter().next().unwrap();
        (window.state().editor.people_order(), first.split(' ').next().unwrap().to_owned())
    };
    assert_eq!(order(&window), (PeopleOrder::Grade, "HG".to_owned()));
    click(&mut window, "Change the order of the people");
    assert_eq!(order(&window).0, PeopleOrder::Name);
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
    assert_eq!(order(&window).0, PeopleOrder::Hours);
    click(&mut window, "Change the order of the people");
    assert_eq!(order(&window).0, PeopleOrder::Problems);
    assert!(rows(&window)[0].contains("has an error"), "{:?}", rows(&window)[0]);
}

/// So many people, the first ones again and again under other names, and ten windows.
fn large() -> Rota {
    let mut rota = saved("norwich-2016-draft");
    let first = rota.windows[0].clone();
    rota.windows = (0..10)
        .map(|day| {
            let id = cover_rota::model::WindowId::new(&format!("d{day}")).unwrap();
            let move_on = |at: Instant| at.plus(day * 24 * 60);
            let span = Span::new(move_on(first.span.from), move_on(first.span.to));
            cover_rota::model::Window { id, span, ..first.clone() }
        })
        .collect();
    let people = rota.people.clone();
    rota.people = (0..500)
        .map(|n| {
            let person = people[n % people.len()].clone();
            let again = n / people.len();
            if again == 0 {
                return person;
            }
            let id = cover_rota::model::PersonId::new(&format!("{}-{again}", person.id)).unwrap();
            cover_rota::model::Person { id, initials: format!("{}{again}", person.initials), ..person }
        })
        .collect();
    rota
}

#[test]
fn of_five_hundred_people_and_ten_windows_only_what_is_in_sight_is_drawn() {
    let mut window = in_view(large(), Verb::ViewPeople);
    let in_sight = rows(&window).len();
    assert!((5..30).contains(&in_sight), "{in_sight} rows");
    let shapes = window.output().shapes.len();
    assert!((100..4_000).contains(&shapes), "{shapes} shapes");
    let first = at(&window, "HG Grant, Helen");
    click_with(&mut window, first, PointerButton::Primary, Modifiers::NONE);
    press(&mut window, Key::End);
    let Selection::Person(last) = window.state().editor.selection().clone() else { panic!("nobody is chosen") };
    let name = window.state().rota().person(&last).unwrap().initials.clone();
    assert_ne!(name, "HG");
    assert!(rows(&window).iter().any(|row| row.starts_with(&format!("{name} "))), "{name} is not in sight");
}

#[test]
fn an_empty_list_asks_for_staff() {
    let mut rota = saved("norwich-2016-draft");
    (rota.people, rota.assignments, rota.sessions) = (Vec::new(), Vec::new(), Vec::new());
    let mut window = in_view(rota, Verb::ViewPeople);
    window.get_by_label("No staff yet");
    click(&mut window, "Add person…");
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::Person(_))));
}

#[test]
fn space_moves_a_session_on_and_shift_space_back() {
    let mut window = sessions();
    click(&mut window, "Fracture clinic, running");
    press(&mut window, Key::Space);
    assert_eq!(state_of(&window, "Fracture clinic"), SessionState::ToPostpone);
    press(&mut window, Key::Space);
    let Some(Dialog::Postpone(draft)) = window.state().editor.dialog() else { panic!("patients will be told") };
    assert!(draft.lines.iter().any(|line| line.ends_with("patients will be told.")), "{:?}", draft.lines);
    act(&mut window, Action::DialogOk);
    assert_eq!(state_of(&window, "Fracture clinic"), SessionState::Postponed);
    click(&mut window, "Fracture clinic, postponed");
    press_with(&mut window, Modifiers::SHIFT, Key::Space);
    let Some(Dialog::Postpone(draft)) = window.state().editor.dialog() else { panic!("patients may have been told") };
    assert!(draft.is_back && draft.lines[1].contains("may have been told"), "{:?}", draft.lines);
    press(&mut window, Key::Enter);
    assert_eq!(state_of(&window, "Fracture clinic"), SessionState::Postponed, "Cancel has the ring");
    press_with(&mut window, Modifiers::SHIFT, Key::Space);
    act(&mut window, Action::DialogOk);
    assert_eq!(state_of(&window, "Fracture clinic"), SessionState::ToPostpone);
    // From the panel it is one button, which asks too.
    press(&mut window, Key::Space);
    act(&mut window, Action::DialogOk);
    click(&mut window, "Reinstate…");
    assert!(window.query_all_by_label_contains("Reinstate Fracture clinic?").count() > 0);
    assert_eq!(state_of(&window, "Fracture clinic"), SessionState::Postponed);
}

/// What has the keyboard.
fn focused(window: &Harness<'_, Window>) -> String {
    let node = window.query_all(By::new()).find(egui_kittest::Node::is_focused);
    let spoken = node.and_then(|node| node.accesskit_node().label().or_else(|| node.accesskit_node().value()));
    spoken.unwrap_or_default()
}

#[test]
fn the_keyboard_stops_at_no_group_without_a_session() {
    let mut rota = saved("five-days-2025");
    let (sunday, monday) = (rota.windows[2].id.clone(), rota.windows[3].id.clone());
    let in_it = |s: &cover_rota::model::Session| s.span.overlaps(rota.windows[3].span);
    let one =
        rota.sessions.iter().find(|s| in_it(s) && s.state == SessionState::Running && !s.protected).unwrap().clone();
    rota.sessions = vec![one];
    let mut window = in_view(rota, Verb::ViewSessions);
    // Nothing on that day: what there is to press.
    act(&mut window, Action::ShowWindow(sunday));
    let stops: Vec<String> = (0..8)
        .map(|_| {
            press(&mut window, Key::F6);
            focused(&window)
        })
        .collect();
    assert!(!stops.iter().any(|stop| stop.contains("0 sessions") || stop.contains("no sessions")), "{stops:?}");
    assert!(stops.contains(&"Add session…".to_owned()), "{stops:?}");
    // The last session of its group moves on, and the ring with it.
    act(&mut window, Action::ShowWindow(monday));
    click(&mut window, ", running,");
    press(&mut window, Key::Space);
    window.run();
    assert!(focused(&window).contains(", to postpone,"), "{}", focused(&window));
}

#[test]
fn a_protected_session_asks_why() {
    let mut window = sessions();
    click(&mut window, "Colorectal cancer list, running");
    press(&mut window, Key::Space);
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::Postpone(draft)) if draft.asks_reason));
}

#[test]
fn put_to_postpone_and_propose_is_one_step() {
    let mut window = sessions();
    click(&mut window, "ED follow-up clinic, running");
    window.get_by_label("Patients: 9 appointments");
    window.get_by_label_contains("No other session fills that for fewer than 9 appointments");
    window.get_by_label("Availability of JF is not known: ask first.");
    click(&mut window, "Mark for postponement and propose JF");
    assert_eq!(state_of(&window, "ED follow-up clinic"), SessionState::ToPostpone);
    assert!(
        held(&window, "JF").contains(&"ae-majors-sho Tue 13:00–15:00 Proposed".to_owned()),
        "{:?}",
        held(&window, "JF")
    );
    act(&mut window, Action::Do(Verb::Undo));
    assert_eq!(state_of(&window, "ED follow-up clinic"), SessionState::Running);
    assert!(!held(&window, "JF").iter().any(|a| a.contains("13:00–15:00")));
}

#[test]
fn sessions_are_copied_as_a_table() {
    let mut window = sessions();
    click(&mut window, "ED follow-up clinic, running");
    click_says(&mut window, "Fracture clinic, running", Modifiers::COMMAND);
    window.event(Event::Copy);
    window.run();
    let copied = effects(&window).iter().find_map(|effect| match effect {
        Effect::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(copied.starts_with("State\tSession\t"), "{copied}");
    assert_eq!(copied.lines().count(), 3, "{copied}");
    assert!(copied.contains("ED follow-up clinic") && copied.contains("Fracture clinic"), "{copied}");
}

#[test]
fn shift_and_arrows_choose_several_sessions() {
    let mut window = sessions();
    click(&mut window, "ED follow-up clinic, running");
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    assert!(matches!(window.state().editor.selection(), Selection::Session(ids) if ids.len() == 3));
    press(&mut window, Key::ArrowUp);
    assert!(matches!(window.state().editor.selection(), Selection::Session(ids) if ids.len() == 1));
}

#[test]
fn totals_are_of_all_rows_and_the_filter_is_named() {
    let mut window = sessions();
    let heading = |window: &Harness<'_, Window>| {
        let rota = window.state().rota();
        let first = rota.windows[0].span;
        let of_state = rota.sessions.iter().filter(|s| s.state == SessionState::ToPostpone && s.span.overlaps(first));
        let sum = of_state.map(|s| s.appointments).sum::<u32>();
        format!("2 sessions on Tue 26-Apr, 2 more on other days: {sum} appointments")
    };
    window.get_by_label_contains(&heading(&window));
    window.get_by_label_contains("To postpone, 2 sessions on Tue 26-Apr, 2 more on other days");
    assert!(window.query_by_label_contains("Fracture clinic, running, Tue 26-Apr").is_some());
    click(&mut window, "To postpone, 2 sessions on Tue 26-Apr");
    assert!(window.query_by_label_contains("Orthopaedic list, to postpone").is_none(), "folded");
    click(&mut window, "To postpone, 2 sessions on Tue 26-Apr");
    assert!(window.query_by_label_contains("Orthopaedic list, to postpone").is_some());
}

#[test]
fn a_session_is_of_the_walkout_day_that_it_overlaps() {
    let mut rota = saved("five-days-2025");
    let windows: Vec<_> = rota.windows.iter().map(|window| window.id.clone()).collect();
    // From seven to seven: the night after Monday is of Monday, and what lies over the edge is of both days.
    let early = rota.sessions.iter().position(|s| s.state == SessionState::Running).unwrap();
    let tuesday = rota.windows[4].span.from;
    rota.sessions[early].span = Span::new(tuesday.plus(-60), tuesday.plus(60));
    rota.sessions[early].title = "Early list".to_owned();
    let of_day = |at: usize| rota.sessions.iter().filter(|s| s.span.overlaps(rota.windows[at].span)).count();
    let (sunday, monday, after) = (of_day(2), of_day(3), of_day(4));
    let mut window = in_view(rota.clone(), Verb::ViewSessions);
    for (at, count) in [(2, sunday), (3, monday), (4, after)] {
        act(&mut window, Action::ShowWindow(windows[at].clone()));
        assert_eq!(window.state().editor.sessions_shown().len(), count, "day {at}");
    }
    assert_eq!(sunday, 0);
    window.get_by_label_contains("Early list, running, Tue 29-Jul 06:00–08:00");
    assert!(painted(&window, |text| text.starts_with("Tue 29-Jul ")).is_empty(), "the heading has that day");
    act(&mut window, Action::ShowWindow(windows[3].clone()));
    assert_eq!(painted(&window, |text| text == "Tue 29-Jul 06:00–08:00").len(), 1, "not the heading's day");
    assert!(painted(&window, |text| text.starts_with("Mon 28-Jul ")).is_empty());
    act(&mut window, Action::ShowWindow(windows[2].clone()));
    let none = "Running, no sessions on Sun 27-Jul";
    assert_eq!(window.get_by_label_contains(none).accesskit_node().role(), Role::Label);
    // Outside the walkout altogether: of the day that begins on its date.
    rota.windows.truncate(1);
    let evening = Span::new(rota.windows[0].span.from.plus(-60), rota.windows[0].span.from);
    rota.sessions.truncate(1);
    rota.sessions[0].span = evening;
    let window = in_view(rota, Verb::ViewSessions);
    assert_eq!(window.state().editor.sessions_shown().len(), 1);
}

/// The nights of A&E with CD on call for all of them, proposed.
fn on_call_nights() -> Rota {
    let mut rota = saved("nights-2025");
    let person = rota.people.iter().find(|person| person.initials == "CD").unwrap().id.clone();
    let post = rota.posts.iter().find(|post| post.on_call).unwrap().id.clone();
    let (zone, windows) = (rota.zone(), rota.windows.clone());
    for window in &windows {
        let id = AssignmentId::new(&format!("call-{}", zone.civil(window.span.from).local.format("%d"))).unwrap();
        let (person, post) = (person.clone(), post.clone());
        let (status, span, note) = (Status::Proposed, window.span, String::new());
        rota.assignments.push(Assignment { id, post, person, span, status, locked: false, note });
    }
    rota
}

#[test]
fn nights_on_call_stand_in_the_list_of_work_and_rest() {
    let rota = on_call_nights();
    let person = rota.people.iter().find(|person| person.initials == "CD").unwrap().id.clone();
    let mut window = in_view(rota, Verb::ViewPeople);
    act(&mut window, Action::Select(Selection::Person(person)));
    for night in ["Fri", "Sat", "Sun", "Mon"] {
        window.get_by_label_contains(&format!("{night} 20:00–08:00: Consultant on call"));
    }
    window.get_by_label("rest 40 h, 24 h of it on call");
    window.get_by_label_contains("least rest 40 h, on call from home counted as rest");
    // Between the nights it is day, and what is worked then says so.
    assert!(!painted(&window, |text| text == "Sat daytime").is_empty());
    assert!(painted(&window, |text| text == "Sat night").is_empty());
    assert!(!painted(&window, |text| text == "at work" || text == "Day in A&E").is_empty());
    // On call and on a post of the unit are told apart, however narrow the block.
    let on_blocks = painted(&window, |text| text == "on call" || text.starts_with("Consult"));
    assert!(!on_blocks.is_empty());
}

#[test]
fn hours_that_differ_by_what_lies_outside_the_walkout_say_why() {
    let rota = saved("five-days-2025");
    let person = rota.people.iter().find(|person| person.initials == "PH").unwrap().id.clone();
    let mut window = in_view(rota, Verb::ViewPeople);
    act(&mut window, Action::Select(Selection::Person(person)));
    let why = "30 h 15 in 7 days (limit 72 h), if all agree; 30 h of all work is on the rota and inside the walkout’s";
    window.get_by_label_contains(why);
}

#[test]
fn a_filter_is_of_its_view() {
    let mut window = in_view(saved("dorset-2016"), Verb::ViewPeople);
    window.state_mut().act(Action::FilterPeople(PeopleFilter::WithProblems));
    act(&mut window, Action::Do(Verb::ViewPosts));
    assert_eq!(window.state().editor.people_filter(), PeopleFilter::All);
    assert!(window.query_by_label("Nobody matches.").is_none());
    window.state_mut().act(Action::FilterPeople(PeopleFilter::OnTheRota));
    act(&mut window, Action::Do(Verb::ViewPeople));
    assert_eq!(window.state().editor.people_filter(), PeopleFilter::WithProblems);
}

#[test]
fn that_no_gap_is_there_is_not_said_in_every_row() {
    let window = in_view(saved("james-paget-2016"), Verb::ViewSessions);
    let none = "No gap at that time";
    assert!(window.get_all_by_label_contains(none).count() > 0, "spoken");
    assert!(painted(&window, |text| text == none).is_empty(), "not written");
}

#[test]
fn without_sessions_it_says_what_is_missing() {
    let mut rota = saved("norwich-2016-draft");
    rota.sessions.clear();
    let mut window = in_view(rota, Verb::ViewSessions);
    window.get_by_label("No sessions yet");
    window.get_by_label("Without sessions the program cannot say what cover costs.");
    click(&mut window, "Add session…");
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::Session(_))));
}

fn start(answers: Vec<Answer>) -> Harness<'static, Window> {
    let mut window = Window::empty(Settings::default());
    for answer in answers {
        window.answer(answer);
    }
    shown(window, ThemeName::Light)
}

fn recent(title: &str, verdict: &str, unreachable: Option<&str>) -> RecentFile {
    RecentFile {
        path: format!("/rotas/{title}.ron").into(),
        title: title.to_owned(),
        hospital: "Example District General".to_owned(),
        saved_at: Some(Instant(24_353_691)),
        saved_by: "p.okoro".to_owned(),
        verdict: verdict.to_owned(),
        unreachable: unreachable.map(ToOwned::to_owned),
    }
}

#[test]
fn the_first_template_has_the_keyboard_and_arrows_walk_the_cards() {
    let mut window = start(Vec::new());
    assert!(window.get_by_label_contains("Two days, 26 and 27 April 2016").is_focused());
    window.get_by_label("Rotas you open will be listed here.");
    press(&mut window, Key::ArrowDown);
    assert!(window.get_by_label_contains("Five days. 24 hours each, 07:00–07:00").is_focused());
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::Enter);
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::New(_))), "it asks for the first day");
    press_with(&mut window, egui::Modifiers::COMMAND, Key::Enter);
    let rota = window.state().rota();
    assert_eq!((rota.windows.len(), rota.people.len()), (2, 0));
    assert!(rota.properties.title.ends_with("26 and 27 April 2016"), "left empty, it is the template's own");
}

#[test]
fn a_template_that_can_be_moved_asks_for_its_day() {
    let mut window = start(Vec::new());
    click(&mut window, "One day");
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::New(_))));
}

#[test]
fn examples_open_unsaved() {
    let mut window = start(Vec::new());
    click(&mut window, "Example, half done");
    assert!(window.state().rota().properties.title.contains("26 and 27 April 2016"));
    assert!(window.state().editor.doc().unwrap().path().is_none());
}

#[test]
fn kept_work_comes_first_and_says_both_times() {
    let at = |minute: i64, second: u8| Some(Moment { at: Instant(24_353_640 + minute), second });
    let kept = KeptWork {
        kept_path: "/kept/1.kept.ron".into(),
        title: "Walkout cover".to_owned(),
        kept: at(58, 5),
        path: Some("/rotas/a.ron".into()),
        saved: at(51, 40),
        changes: 4,
    };
    let mut window = start(vec![Answer::Kept(vec![kept])]);
    let kept =
        window.query_all_by_label_contains("kept Thu 21-Apr-2016 07:58:05; the file was last saved 07:51. 4 changes");
    assert_eq!(kept.count(), 2, "the notice and its text");
    click(&mut window, "Review…");
    // Pressing once moves nothing, so a second press in haste finds what was there.
    let before = ["Open Walkout cover", "Not now"].map(|label| window.get_all_by_label(label).last().unwrap().rect());
    let button = window.get_by_label("Discard").rect();
    click(&mut window, "Discard");
    assert_eq!(window.get_by_label("Click again to discard").rect(), button);
    let after = ["Open Walkout cover", "Not now"].map(|label| window.get_all_by_label(label).last().unwrap().rect());
    assert_eq!(after, before);
    assert!(button.left() - before[0].right() >= 20.0, "it stands apart");
    click(&mut window, "Open Walkout cover");
    assert!(effects(&window).iter().any(|e| matches!(e, Effect::ReadKept(path) if path.ends_with("1.kept.ron"))));
    click(&mut window, "Not now");
    assert!(window.query_by_label_contains("Unsaved changes found").is_none());
}

#[test]
fn two_people_of_one_family_name_are_told_apart_in_list_blocks_and_questions() {
    let told = |helen: &str, text: &str| {
        let mut rota = saved("norwich-2016-draft");
        for (initials, given) in [("HG", helen), ("KP", "Keith")] {
            let person = rota.people.iter_mut().find(|person| person.initials == initials).unwrap();
            (person.family, person.given) = ("Evans".to_owned(), given.to_owned());
        }
        painted(&opened(rota), |said| said == text).len()
    };
    assert_eq!(told("Helen", "Evans, Helen"), 2, "the list and the block");
    assert_eq!(told("Helen", "Evans, Keith"), 2);
    assert_eq!((told("Helen", "Evans"), told("Helen", "Whitlock")), (0, 2));
    let long = "Helen Wilhelmina Alexandra Margaret Theodora Josephine";
    assert_eq!(told(long, "Evans"), 1, "a block without room has the family name");
}

#[test]
fn ctrl_enter_opens_kept_work_and_newer_work_on_the_open_file_is_called_that() {
    let kept = |n: u8| KeptWork {
        kept_path: format!("/kept/{n}.kept.ron").into(),
        title: format!("Rota {n}"),
        kept: Some(Moment { at: Instant(24_353_640), second: n }),
        path: Some("test.ron".into()),
        saved: None,
        changes: 4,
    };
    let mut window = opened(saved("norwich-2016-draft"));
    window.state_mut().answer(Answer::Kept(vec![kept(1), kept(2)]));
    window.run();
    window.get_by_label_contains("Not current: newer work on this file is kept. Review.");
    let read = |window: &Harness<'_, Window>| {
        let path = |effect: &Effect| match effect {
            Effect::ReadKept(path) => Some(path.display().to_string()),
            _ => None,
        };
        effects(window).iter().filter_map(path).collect::<Vec<_>>()
    };
    act(&mut window, Action::Do(Verb::Recover));
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(read(&window), ["/kept/2.kept.ron"], "the first that is offered");
    act(&mut window, Action::Do(Verb::Recover));
    window.get_by_label("Open Rota 1").focus();
    window.run();
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(read(&window).last().map(String::as_str), Some("/kept/1.kept.ron"));
}

#[test]
fn what_was_thrown_away_is_offered_in_the_file_menu() {
    let thrown = KeptWork {
        kept_path: "/kept/1.thrown.ron".into(),
        title: "Walkout cover".to_owned(),
        kept: None,
        path: None,
        saved: None,
        changes: 14,
    };
    let mut window = start(vec![Answer::ThrownAway(vec![thrown])]);
    assert!(window.query_by_label_contains("never saved to a file").is_none(), "nobody is asked about it");
    act(&mut window, Action::Do(Verb::Recover));
    click(&mut window, "Bring back Walkout cover");
    assert!(effects(&window).iter().any(|e| matches!(e, Effect::ReadKept(path) if path.ends_with("1.thrown.ron"))));
}

#[test]
fn recent_files_say_what_they_were_and_can_be_forgotten() {
    let files = vec![recent("One", "SHORT 4 h", None), recent("Two", "COVERED", Some("the file is not there"))];
    let mut window = start(vec![Answer::Recent(files)]);
    window.get_by_label("One, Example District General. Saved by p.okoro, Thu 21-Apr-2016 07:51. was short 4 h");
    window.get_by_label("Two, Example District General. Not reachable: the file is not there. cannot check");
    click(&mut window, "One, Example District General");
    let opens = |window: &Harness<'_, Window>, view: bool| {
        effects(window).iter().any(|e| matches!(e, Effect::ReadFile { view_only, .. } if *view_only == view))
    };
    assert!(opens(&window, false));
    click(&mut window, "More about One");
    click(&mut window, "Open to view");
    assert!(opens(&window, true));
    click(&mut window, "More about Two");
    click(&mut window, "Forget");
    let left: Vec<&str> = window.state().editor.recent().iter().map(|file| file.title.as_str()).collect();
    assert_eq!(left, ["One"]);
}

#[test]
fn view_only_changes_nothing() {
    let mut window = Window::empty(Settings::default());
    let opened = cover_rota::editor::OpenedFile {
        rota: saved("norwich-2016-draft"),
        sealed: Some(true),
        read_only: true,
        saved_at: None,
        saved_by: String::new(),
    };
    window.answer(Answer::FileRead { path: "a.ron".into(), result: Ok(Box::new(opened)) });
    window.act(Action::Do(Verb::ViewPeople));
    let mut window = shown(window, ThemeName::HighContrast);
    let before = window.state().rota().clone();
    let from = at(&window, "DM, Tue 26-Apr 08:00–17:00");
    drag(&mut window, from, from + vec2(60.0, 44.0));
    click(&mut window, "DM, Tue 26-Apr 08:00–17:00");
    for key in [Key::Space, Key::Delete] {
        press(&mut window, key);
    }
    assert_eq!(*window.state().rota(), before);
    assert!(before.assignments.iter().any(|a| a.status == Status::Asked));
}

/// What a session could fill, as the Sessions view says it: text, hours and whether it is a trainee.
fn fills(rota: Rota) -> Vec<(String, Span)> {
    let model = SessionsModel::of(&Document::unsaved(rota));
    let rows = model.groups.into_iter().flat_map(|group| group.rows);
    let fills = rows.filter_map(|row| match row.buys {
        cover_rota::ui::sessions_view::model::Buys::Fills(fills) => Some((fills.text, fills.gap.span)),
        _ => None,
    });
    fills.collect()
}

#[test]
fn a_clinic_of_a_few_hours_frees_nobody_for_a_day_and_a_night() {
    let mut rota = saved("norwich-2016-draft");
    let (unit, rules) = ("ae", cover_rota::model::Rules::Trainee2016);
    let day = rota.windows[0].span;
    let night = Span::new(day.from, day.from.plus(24 * 60));
    let midnight = cover_rota::model::TimeOfDay::from_minutes(0).unwrap();
    rota.windows.truncate(1);
    rota.windows[0].span = night;
    rota.assignments.clear();
    let normal = rota.windows[0].normal.clone();
    for line in rota.normals.iter_mut().filter(|of| of.id == normal).flat_map(|of| &mut of.staffing) {
        (line.from, line.to) = (midnight, midnight);
    }
    rota.units.iter_mut().filter(|it| it.id.as_str() != unit).for_each(|it| it.handovers.clear());
    for person in &mut rota.people {
        person.availability.clear();
    }
    rota.people.iter_mut().filter(|person| person.initials == "JF").for_each(|person| person.rules = rules);
    let fills = fills(rota);
    assert!(!fills.is_empty());
    for (text, span) in &fills {
        assert!(span.minutes() <= 13 * 60, "{text}");
        assert!(text.starts_with("Fills ") && !text.contains(" gap "), "{text}");
    }
    let of_trainee = fills.iter().find(|(text, _)| text.contains("with JF")).expect("JF could");
    assert!(of_trainee.0.contains("(trainee"), "{}", of_trainee.0);
    assert!(fills.iter().any(|(text, _)| text.contains("availability not known")), "{fills:?}");
}

#[test]
fn choosing_a_session_leaves_the_panel_as_wide_as_it_was() {
    let mut window = sessions();
    let width = |window: &Harness<'_, Window>| {
        let right = window.query_all_by_role(Role::ListItem).map(|row| row.rect().right()).fold(0.0, f32::max);
        right.round()
    };
    let before = width(&window);
    assert!(before > 400.0, "{before}");
    click(&mut window, "Fracture clinic, running");
    window.get_by_label("Mark for postponement and propose AN");
    assert!((width(&window) - before).abs() < 1.0, "{} and {before}", width(&window));
}

#[test]
fn a_group_with_nothing_on_the_day_says_so_and_does_not_unfold() {
    let mut rota = saved("norwich-2016-draft");
    let second = rota.windows[1].span;
    for session in rota.sessions.iter_mut().filter(|s| s.state == SessionState::Running) {
        session.span = Span::new(second.from.plus(60), second.from.plus(120));
    }
    let window = in_view(rota, Verb::ViewSessions);
    let heading = "Running, no sessions on Tue 26-Apr, 11 on other days: 0 appointments, ";
    let node = window.get_by_label_contains(heading);
    assert_eq!(node.accesskit_node().role(), Role::Label);
}
