//! The menu bar as people use it: every path that README and the window's own words name, by label and by pointer.

use cover_rota::editor::{Group, Menu, Settings, ThemeName, VERBS, Verb, VerbRow};
use cover_rota::ui;
use cover_rota::ui::theme;
use egui::accesskit::Role;
use egui::{Event, Pos2, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::driver::{click_at, press, press_with};
use crate::window::{Window, saved, shown};

fn draft() -> Harness<'static, Window> {
    shown(Window::on(saved("norwich-2016-draft"), Settings::default()), ThemeName::Light)
}

/// What stands between the bars of Markdown or the quotes of a string: a menu, a submenu and an entry.
struct Path {
    menu: Menu,
    submenu: Option<&'static str>,
    row: &'static VerbRow,
}

impl Path {
    fn all() -> Vec<Self> {
        VERBS.iter().map(|row| Self { menu: row.group.menu(), submenu: row.group.submenu(), row }).collect()
    }

    fn text(&self, arrow: &str) -> String {
        let parts = [Some(self.menu.label()), self.submenu, Some(self.row.label)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(arrow)
    }
}

/// The paths that a text names, as `Rota → People → Paste people…` or `File > Recover…`.
fn named_in(text: &str) -> Vec<Path> {
    let mut found = Vec::new();
    for arrow in [" → ", " > "] {
        for menu in Menu::ALL {
            for (at, start) in text.match_indices(&format!("{}{arrow}", menu.label())) {
                let rest = &text[at..];
                let fitting = Path::all().into_iter().filter(|path| rest.starts_with(&path.text(arrow)));
                let path = fitting.max_by_key(|path| path.text(arrow).len());
                let shown: String = rest.chars().take(60).collect();
                found.push(path.unwrap_or_else(|| panic!("no menu has “{start}” as in “{shown}”")));
            }
        }
    }
    found
}

fn texts() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = vec![std::fs::read_to_string(root.join("README.md")).unwrap()];
    let mut folders = vec![root.join("src/ui"), root.join("src/editor"), root.join("src/checker")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                texts.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    texts
}

fn entry(window: &Harness<'_, Window>, label: &str) -> Rect {
    let is_it = By::new().role(Role::MenuItem).label(label);
    let all: Vec<Rect> = window.query_all(is_it).map(|node| node.rect()).collect();
    assert_eq!(all.len(), 1, "{label} stands once among the open menus");
    all[0]
}

fn entries(window: &Harness<'_, Window>) -> Vec<String> {
    window.query_all(By::new().role(Role::MenuItem)).filter_map(|node| node.accesskit_node().label()).collect()
}

/// Moves the pointer there as a hand does: many small steps, each of them drawn.
fn glide(window: &mut Harness<'_, Window>, from: Pos2, to: Pos2) {
    for step in 1_u8..=12 {
        window.event(Event::PointerMoved(from.lerp(to, f32::from(step) / 12.0)));
        window.step();
    }
    window.run();
}

/// Opens a menu by its word in the bar, and gives where that is.
fn open(window: &mut Harness<'_, Window>, menu: Menu) -> Pos2 {
    let bar: Vec<Rect> = window.query_all_by_label(menu.label()).map(|node| node.rect()).collect();
    let at = bar.iter().min_by(|a, b| a.top().total_cmp(&b.top())).expect("it stands in the bar").center();
    glide(window, at + vec2(40.0, 200.0), at);
    click_at(window, at);
    at
}

#[test]
fn every_menu_path_that_a_text_names_is_walked_by_pointer_and_does_what_it_says() {
    let paths: Vec<Path> = texts().iter().flat_map(|text| named_in(text)).collect();
    let named: Vec<String> = paths.iter().map(|path| path.text(" → ")).collect();
    for known in ["File → New…", "File → Recover…", "Rota → People → Paste people…"] {
        assert!(named.iter().any(|path| path == known), "README names {known}: {named:?}");
    }
    for path in paths {
        let mut window = draft();
        walk(&mut window, &path);
    }
}

#[test]
fn after_a_menu_by_pointer_the_keys_go_to_the_view_again() {
    let mut window = draft();
    press(&mut window, egui::Key::F8);
    press_with(&mut window, egui::Modifiers::COMMAND, egui::Key::A);
    let at = open(&mut window, Menu::Rota);
    click_at(&mut window, at);
    assert!(entries(&window).is_empty(), "the menu is closed again");
    press(&mut window, egui::Key::Space);
    assert_eq!(window.state().verbs.last().copied(), Some(Verb::MoveOn));
}

fn walk(window: &mut Harness<'_, Window>, path: &Path) {
    let verb = path.row.verb;
    let can = window.state().editor.is_enabled(verb).is_ok();
    let label = window.state().editor.label(verb);
    let mut at = open(window, path.menu);
    if let Some(name) = path.submenu {
        let to = entry(window, name).center();
        glide(window, at, to);
        at = to;
    }
    let to = entry(window, &label);
    assert!(window.ctx.content_rect().contains_rect(to), "{label} is in the window");
    let target = pos_in(to, at);
    if path.submenu.is_some() {
        // Into the list beside first, then down it.
        glide(window, at, Pos2::new(target.x, at.y));
        at.x = target.x;
    }
    glide(window, at, target);
    assert_eq!(entry(window, &label), to, "{label} stays where it is under the pointer");
    click_at(window, pos_in(to, at));
    let done = window.state().verbs.last().copied();
    assert_eq!(done, can.then_some(verb), "{}", path.text(" → "));
}

/// The place in an entry that a hand coming from the left reaches first.
fn pos_in(rect: Rect, from: Pos2) -> Pos2 {
    Pos2::new(from.x.clamp(rect.left() + 24.0, rect.right() - 24.0), rect.center().y)
}

#[test]
fn each_entry_of_a_menu_opens_its_own_list_as_the_pointer_goes_down() {
    for menu in Menu::ALL {
        let mut window = draft();
        let mut at = open(&mut window, menu);
        let inside = entries(&window);
        for group in Group::ALL.iter().filter(|group| group.menu() == menu) {
            let Some(name) = group.submenu() else { continue };
            let to = entry(&window, name).center();
            glide(&mut window, at, to);
            at = to;
            let opened: Vec<String> = entries(&window).into_iter().filter(|label| !inside.contains(label)).collect();
            let editor = &window.state().editor;
            let rows = Verb::of_menu(menu).filter(|row| row.group.submenu() == Some(name));
            let belongs: Vec<String> = rows.map(|row| editor.label(row.verb)).collect();
            assert_eq!(opened, belongs, "{} → {name}", menu.label());
        }
    }
}

#[test]
fn no_list_of_the_menus_is_longer_than_600_points() {
    for menu in Menu::ALL {
        let names = Group::ALL.iter().filter(|group| group.menu() == menu).filter_map(|group| group.submenu());
        for submenu in std::iter::once(None).chain(names.map(Some)) {
            let mut window = Harness::builder()
                .with_size(vec2(1366.0, 1400.0))
                .with_context_setup(|ctx| {
                    ui::install(ctx);
                    theme::apply(ctx, ThemeName::Light, false);
                })
                .build_ui_state(
                    |ui, window: &mut Window| window.frame(ui),
                    Window::on(saved("norwich-2016-draft"), Settings::default()),
                );
            window.run();
            let at = open(&mut window, menu);
            let before = entries(&window);
            if let Some(name) = submenu {
                let to = entry(&window, name).center();
                glide(&mut window, at, to);
            }
            let new = entries(&window).into_iter().filter(|label| submenu.is_none() || !before.contains(label));
            let list = new.map(|label| entry(&window, &label)).reduce(egui::Rect::union).expect("it is open");
            assert!(list.height() + 16.0 <= 600.0, "{} {submenu:?} is {} high", menu.label(), list.height());
        }
    }
}
