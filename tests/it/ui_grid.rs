//! The Posts grid worked as people work it: by the sentences its cells speak, with keyboard, mouse and clipboard.

use std::time::Duration;

use cover_rota::editor::{Action, Cell, CellRange, Selection, Settings, ThemeName, Zoom};
use cover_rota::file;
use cover_rota::model::{Instant, Rota, Status};
use cover_rota::ui;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::driver::{act, activate, click, drag, labels, press, press_with, write};
use crate::window::{Window, shown};

const ROTA: &str = r#"(
    format: "cover-rota", version: 1,
    rota: (
        title: "Test", hospital: "Example District General", region: "", zone: "Europe/London",
        absent_group: "junior doctors",
        windows: [(id: "w1", label: "Day 1", from: "2016-04-26T08:00", to: "2016-04-26T17:00", normal: "weekday")],
        competencies: [],
        units: [(id: "ae", name: "A&E", tiers: [(id: "mg", name: "Middle grade"), (id: "cons", name: "Consultant")],
                 senior_from: "", handovers: ["13:00"], escalation: "")],
        posts: [
            (id: "cons", unit: "ae", name: "Consultant", tier: "cons", bleep: "2140"),
            (id: "mg", unit: "ae", name: "Middle grade", tier: "mg", bleep: "2145"),
        ],
        normals: [(id: "weekday", name: "Normal weekday", agreed_by: "", agreed_on: "", closed: [], staffing: [
            (post: "cons", from: "08:00", to: "17:00", count: 1), (post: "mg", from: "08:00", to: "17:00", count: 2),
        ])],
        people: [
            (id: "hg", initials: "HG", family: "Grant", given: "Helen", grade: "Consultant", specialty: "", phone: "",
             rules: Wtr, may_cover: [(unit: "ae", up_to: "cons")], competencies: [], usually: Available),
            (id: "kp", initials: "KP", family: "Pereira", given: "Keith", grade: "SAS", specialty: "", phone: "",
             rules: Wtr, may_cover: [(unit: "ae", up_to: "cons")], competencies: [], usually: Available),
            (id: "rs", initials: "RS", family: "Sethi", given: "Rohan", grade: "SAS", specialty: "", phone: "",
             rules: Wtr, may_cover: [(unit: "ae", up_to: "mg")], competencies: [], usually: Available),
        ],
        sessions: [],
        assignments: [(id: "a1", post: "cons", person: "hg", from: "2016-04-26T08:00", to: "2016-04-26T17:00", status: Agreed)],
    ),
)"#;

fn opened(rota: Rota, settings: Settings) -> Harness<'static, Window> {
    shown(Window::on(rota, settings), ThemeName::Light)
}

fn example() -> Rota {
    file::read(ROTA.as_bytes()).unwrap().rota
}

fn small() -> Harness<'static, Window> {
    opened(example(), Settings::default())
}

/// Every assignment as `mg KP 10:00–12:00 Proposed`, by post, start and person.
fn assignments(window: &Harness<'_, Window>) -> Vec<String> {
    let rota = window.state().rota();
    let mut all: Vec<_> = rota.assignments.iter().collect();
    all.sort_by_key(|a| (a.post.clone(), a.span.from, a.person.clone()));
    let time = |at: Instant| rota.zone().time_of_day(at);
    all.iter()
        .map(|a| format!("{} {} {}–{} {:?}", a.post, a.person, time(a.span.from), time(a.span.to), a.status))
        .collect()
}

/// A click of the pointer; on a cell one as assistive technology asks for it, which chooses that hour alone (the pointer
/// chooses all of a gap).
fn place(window: &Harness<'_, Window>, label: &str) -> Pos2 {
    window.get_by_label(label).rect().center()
}

const GAP_10: &str = "A&E Middle grade, Tue 26 Apr, 10:00: not covered, 2 short";

#[test]
fn typing_initials_fills_the_chosen_cell() {
    let mut window = small();
    click(&mut window, GAP_10);
    write(&mut window, "kp");
    press(&mut window, Key::Enter);
    window.get_by_label("A&E Middle grade, Tue 26 Apr, 10:00: KP, proposed, 1 short and 1 to agree");
    assert_eq!(assignments(&window)[1..], ["mg kp 10:00–11:00 Proposed"]);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    window.get_by_label(GAP_10);
}

#[test]
fn several_letters_and_enter_in_one_frame_lose_nothing() {
    let mut window = small();
    click(&mut window, GAP_10);
    let key =
        Event::Key { key: Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    window.input_mut().events.extend([Event::Text("r".into()), Event::Text("s".into()), key]);
    window.run();
    assert_eq!(assignments(&window)[1..], ["mg rs 10:00–11:00 Proposed"]);
}

#[test]
fn chosen_cells_are_filled_to_the_right_and_cleared() {
    let mut window = small();
    click(&mut window, GAP_10);
    write(&mut window, "kp");
    press(&mut window, Key::Enter);
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    press_with(&mut window, Modifiers::COMMAND, Key::R);
    assert_eq!(assignments(&window)[1..], ["mg kp 10:00–13:00 Proposed"]);
    click(&mut window, "A&E Middle grade, Tue 26 Apr, 11:00: KP, proposed, 1 short and 1 to agree");
    press(&mut window, Key::Delete);
    assert_eq!(assignments(&window)[1..], ["mg kp 10:00–11:00 Proposed", "mg kp 12:00–13:00 Proposed"]);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(assignments(&window).len(), 1);
}

#[test]
fn what_is_copied_can_be_pasted_and_so_can_a_spreadsheet() {
    let mut window = small();
    click(&mut window, "A&E Consultant, Tue 26 Apr, 08:00: HG, agreed");
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    window.event(Event::Copy);
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(copied.as_deref(), Some("HG\tHG\n"));
    window.run();
    click(&mut window, GAP_10);
    window.event(Event::Paste("KP\tKP\nRS\t".to_owned()));
    window.run();
    assert_eq!(assignments(&window)[1..], ["mg kp 10:00–12:00 Proposed", "mg rs 10:00–11:00 Proposed"]);
}

#[test]
fn a_block_is_dragged_to_another_time_and_post() {
    let mut window = small();
    click(&mut window, GAP_10);
    write(&mut window, "kp");
    press(&mut window, Key::Enter);
    let from = place(&window, "KP Pereira: A&E Middle grade, Tue 26 Apr 10:00–11:00, proposed");
    let to = place(&window, "A&E Middle grade, lane 2, Tue 26 Apr, 14:00: not covered, 2 short");
    drag(&mut window, from, to);
    assert_eq!(assignments(&window)[1..], ["mg kp 14:00–15:00 Proposed"]);
    window.get_by_label("KP Pereira: A&E Middle grade, lane 2, Tue 26 Apr 14:00–15:00, proposed");
}

#[test]
fn an_edge_is_dragged_to_lengthen() {
    let mut window = small();
    click(&mut window, GAP_10);
    write(&mut window, "kp");
    press(&mut window, Key::Enter);
    let block = window.get_by_label("KP Pereira: A&E Middle grade, Tue 26 Apr 10:00–11:00, proposed").rect();
    let edge = block.right_center() - vec2(3.0, 0.0);
    // The fill handle of the chosen cell lies on its lower right corner: take the edge above it.
    let edge = edge - vec2(0.0, 6.0);
    drag(&mut window, edge, edge + vec2(2.0 * block.width(), 0.0));
    assert_eq!(assignments(&window)[1..], ["mg kp 10:00–13:00 Proposed"]);
}

#[test]
fn a_block_dropped_on_somebody_asks() {
    let mut window = small();
    click(&mut window, GAP_10);
    write(&mut window, "kp");
    press(&mut window, Key::Enter);
    let from = place(&window, "KP Pereira: A&E Middle grade, Tue 26 Apr 10:00–11:00, proposed");
    let to = place(&window, "A&E Consultant, Tue 26 Apr, 10:00: HG, agreed");
    drag(&mut window, from, to);
    assert_eq!(assignments(&window).len(), 2, "nothing happens before the answer");
    click(&mut window, "KP in place of HG");
    assert_eq!(
        assignments(&window),
        ["cons hg 08:00–10:00 Agreed", "cons kp 10:00–11:00 Proposed", "cons hg 11:00–17:00 Agreed"]
    );
}

#[test]
fn a_drop_that_is_not_possible_does_nothing() {
    let mut window = small();
    click(&mut window, GAP_10);
    write(&mut window, "rs");
    press(&mut window, Key::Enter);
    let from = place(&window, "RS Sethi: A&E Middle grade, Tue 26 Apr 10:00–11:00, proposed");
    let to = place(&window, "A&E Consultant, Tue 26 Apr, 10:00: HG, agreed");
    drag(&mut window, from, to);
    assert_eq!(assignments(&window)[1..], ["mg rs 10:00–11:00 Proposed"], "RS may cover up to middle grade only");
    let why = window.state().editor.notice().map(ToOwned::to_owned);
    assert!(why.as_deref().is_some_and(|why| why.starts_with("Not put there: ")), "{why:?}");
}

#[test]
fn the_pane_that_the_keyboard_goes_to_gets_it_and_what_was_typed_is_taken() {
    let mut window = small();
    click(&mut window, GAP_10);
    write(&mut window, "kp");
    press(&mut window, Key::F6);
    assert_eq!(assignments(&window)[1..], ["mg kp 10:00–11:00 Proposed"]);
    assert_eq!(window.state().editor.typing(), None);
    let focused = window.ctx.memory(egui::Memory::focused);
    assert!(focused.is_some() && focused != Some(ui::grid::grid_id()), "{focused:?}");
}

#[test]
fn a_post_is_spoken_with_its_grade() {
    small().get_by_label("Post A&E Middle grade, Middle grade, bleep 2145, need 2");
}

#[test]
fn a_click_into_another_field_takes_what_was_typed_or_says_why_not() {
    let mut window = small();
    let find = window.get_by_label("Find a person").rect().center();
    for (typed, there) in [("zz", 1), ("kp", 2)] {
        click(&mut window, GAP_10);
        write(&mut window, typed);
        window.hover_at(find);
        window.drag_at(find);
        window.drop_at(find);
        window.run();
        assert_eq!(window.state().editor.typing(), None);
        assert_eq!(assignments(&window).len(), there);
        let says = window.state().editor.toast().is_some_and(|toast| toast.text.contains("Nobody is called “zz”"));
        assert_eq!(says, typed == "zz");
    }
}

#[test]
fn a_click_on_a_line_of_the_list_puts_that_person_there() {
    let mut window = small();
    click(&mut window, GAP_10);
    write(&mut window, "s");
    // The list of people, at the left of it, has a row of that name too.
    let lines = window
        .query_all_by_role(Role::ListItem)
        .filter(|node| node.accesskit_node().label().is_some_and(|l| l.starts_with("RS Sethi,")));
    let at = lines.map(|line| line.rect().center()).max_by(|a, b| a.x.total_cmp(&b.x)).unwrap();
    window.hover_at(at);
    window.drag_at(at);
    window.drop_at(at);
    window.run();
    assert_eq!(assignments(&window)[1..], ["mg rs 10:00–11:00 Proposed"]);
}

#[test]
fn keys_move_the_ring_and_escape_then_tab_leaves() {
    let mut window = small();
    click(&mut window, GAP_10);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Tab);
    press(&mut window, Key::End);
    press(&mut window, Key::ArrowLeft);
    write(&mut window, "kp");
    press(&mut window, Key::Enter);
    assert_eq!(assignments(&window)[1..], ["mg kp 15:00–16:00 Proposed"]);
    let focused = |window: &Harness<'_, Window>| window.ctx.memory(egui::Memory::focused);
    assert_eq!(focused(&window), Some(ui::grid::grid_id()));
    press(&mut window, Key::Escape);
    press(&mut window, Key::Tab);
    assert_ne!(focused(&window), Some(ui::grid::grid_id()));
}

#[test]
fn space_moves_on_and_the_menu_sets_a_status() {
    let mut window = small();
    click(&mut window, GAP_10);
    write(&mut window, "kp");
    press(&mut window, Key::Enter);
    let status = |window: &Harness<'_, Window>| window.state().rota().assignments[1].status;
    press(&mut window, Key::Space);
    assert_eq!(status(&window), Status::Asked);
    press_with(&mut window, Modifiers::SHIFT, Key::F10);
    window.get_by_role_and_label(Role::MenuItem, "Mark as agreed").click();
    window.run();
    assert_eq!(status(&window), Status::Agreed);
}

#[test]
fn assistive_technology_can_choose_cells_blocks_and_gaps() {
    let mut window = small();
    let chosen = |window: &Harness<'_, Window>| match window.state().editor.selection() {
        cover_rota::editor::Selection::Cells(range) => range.span().minutes(),
        _ => 0,
    };
    activate(&mut window, "HG Grant: A&E Consultant, Tue 26 Apr 08:00–17:00, agreed");
    assert_eq!(chosen(&window), 540);
    activate(&mut window, "A&E Consultant, Tue 26 Apr, 08:00: HG, agreed");
    assert_eq!(chosen(&window), 60);
    activate(&mut window, "Gap: A&E Middle grade, lane 2, Tue 26 Apr 08:00–17:00, not covered");
    assert_eq!(chosen(&window), 540);
    window
        .get_by_label("A&E, have and need, Tue 26 Apr 08:00–17:00: 1 agreed, 3 normally, 2 short whatever they answer");
}

#[test]
fn a_file_that_is_not_current_has_no_live_gaps_or_figures() {
    let window = Window::unsealed(example(), Settings::default());
    let mut window = shown(window, ThemeName::Light);
    press(&mut window, Key::Escape);
    let figures = "A&E, have and need, Tue 26 Apr 08:00–17:00: ";
    window.get_by_label("Gap: A&E Middle grade, Tue 26 Apr 08:00–17:00, not current, was not covered");
    let was = format!("{figures}not current, was 1 agreed, 3 normally, 2 short whatever they answer");
    window.get_by_label(&was);
    act(&mut window, cover_rota::editor::Action::ConfirmSeal);
    window.get_by_label(&format!("{figures}1 agreed, 3 normally, 2 short whatever they answer"));
}

#[test]
fn a_unit_is_folded_by_keys_by_mouse_and_by_assistive_technology() {
    let mut window = small();
    let is_folded = |window: &Harness<'_, Window>| window.query_by_label(GAP_10).is_none();
    click(&mut window, GAP_10);
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::U);
    assert!(is_folded(&window));
    press(&mut window, Key::ArrowRight);
    assert!(!is_folded(&window));
    press(&mut window, Key::ArrowLeft);
    assert!(is_folded(&window));
    press(&mut window, Key::Enter);
    assert!(!is_folded(&window));
    press_with(&mut window, Modifiers::SHIFT, Key::F10);
    window.get_by_role_and_label(Role::MenuItem, "Fold unit").click();
    window.run();
    assert!(is_folded(&window));
    let heading = window.get_by_role_and_label(Role::RowHeader, "A&E").accesskit_node().locate();
    let ask = egui::accesskit::ActionRequest {
        action: egui::accesskit::Action::Expand,
        target_tree: heading.1,
        target_node: heading.0,
        data: None,
    };
    window.event(Event::AccessKitActionRequest(ask));
    window.run();
    assert!(!is_folded(&window));
}

#[test]
fn an_idle_grid_asks_for_no_frames() {
    let mut window = opened(example(), Settings { zoom: Zoom::Quarter, ..Settings::default() });
    click(&mut window, GAP_10);
    window.remove_cursor();
    window.run();
    window.step();
    let delay = window.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    assert!(delay >= Some(Duration::from_secs(1)), "{delay:?}");
    assert!(!window.root().accesskit_node().data().children().is_empty());
}

#[test]
fn somebody_is_dragged_from_the_list_onto_a_gap() {
    let mut window = small();
    let row = window.query_all_by_label_contains("KP Pereira").next().map(|node| node.rect().center());
    let gap = place(&window, GAP_10);
    drag(&mut window, row.unwrap(), gap);
    assert_eq!(assignments(&window)[1..], ["mg kp 08:00–17:00 Proposed"], "all of the gap");
}

#[test]
fn a_need_that_nobody_has_agreed_says_so_beside_every_figure() {
    let mut rota = example();
    let words = |window: &Harness<'_, Window>| {
        let mut all = labels(window, Role::RowHeader);
        all.extend(labels(window, Role::GridCell).into_iter().filter(|label| label.contains("have and need")));
        all
    };
    let agreed = words(&opened(rota.clone(), Settings::default()));
    assert!(agreed.iter().any(|label| label.ends_with("need 2")), "{agreed:?}");
    assert!(!agreed.iter().any(|label| label.contains("not agreed")), "{agreed:?}");
    rota.normals[0].example = true;
    let example = words(&opened(rota, Settings::default()));
    assert!(example.iter().any(|label| label.ends_with("need 2 (not agreed)")), "{example:?}");
    let figures =
        "A&E, have and need, Tue 26 Apr 08:00–17:00: 1 agreed, 3 normally (not agreed), 2 short whatever they answer";
    assert!(example.iter().any(|label| label == figures), "{example:?}");
}

#[test]
fn the_list_of_names_never_lies_on_the_field_that_is_typed_in() {
    let mut window = opened(crate::window::saved("james-paget-2016"), Settings::default());
    let shown = window.state().editor.doc().unwrap().grid().windows[0].clone();
    let mut was_above = false;
    for height in [696.0, 480.0] {
        window.set_size(vec2(1366.0, height));
        window.run();
        for row in &shown.rows {
            let cell = |at: Instant, until: Instant| Cell { row: row.clone(), at, until };
            let hour = |at: Instant, minutes: i64| Instant(at.0 + minutes);
            let range = CellRange {
                window: shown.id.clone(),
                anchor: cell(shown.span.from, hour(shown.span.from, 30)),
                last: cell(hour(shown.span.to, -30), shown.span.to),
            };
            act(&mut window, Action::Select(Selection::Cells(range)));
            window.ctx.memory_mut(|memory| memory.request_focus(ui::grid::grid_id()));
            press(&mut window, Key::F2);
            let field = window.get_by_label_contains("Initials for ").rect();
            let list = ui::grid::grid_id().with("typing list");
            let list = window.ctx.memory(|memory| memory.area_rect(list)).unwrap();
            was_above |= list.bottom() <= field.top();
            assert!(list.top() >= field.bottom() || list.bottom() <= field.top(), "{field:?} {list:?}");
            assert!(window.ctx.content_rect().expand(1.0).contains_rect(list), "{field:?} {list:?}");
            press(&mut window, Key::Escape);
        }
    }
    assert!(was_above, "some fields have room for the list above them alone");
}
