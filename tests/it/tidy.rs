//! The house rules that a compiler does not know: layers, first sentences, lengths, words.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers in their order; each may use only what stands before it. `app` and `cli` are one rung: neither uses the
/// other, but for the renderer's name that the command line takes, and the work on several cores.
const LAYERS: &[&str] = &["model", "checker", "planner", "file", "exchange", "editor", "ui", "app", "cli"];

/// Crates that only some layers may name.
const CRATES: &[(&str, &[&str])] = &[
    ("egui", &["ui", "app"]),
    ("eframe", &["app"]),
    ("rfd", &["app"]),
    ("clap", &["cli", "app"]),
    ("ron", &["file", "exchange", "ui", "app"]),
    ("microlp", &["planner"]),
    ("tempfile", &["file", "app"]),
    ("serde_json", &["cli"]),
    ("csv", &["exchange", "editor"]),
];

/// What only `app` and `cli` may touch.
const OUTSIDE: &[&str] = &["SystemTime::now", "Utc::now", "Local::now", "std::thread", "std::env"];

pub fn sources(dir: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(dir)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn layer_of(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    LAYERS.contains(&first.trim_end_matches(".rs")).then(|| first.trim_end_matches(".rs").to_owned())
}

/// The code of a file without its tests and comments.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What a file says against the layers, given its layer and its code.
fn layer_faults(layer: &str, code: &str) -> Vec<String> {
    let rung = LAYERS.iter().position(|l| *l == layer).unwrap();
    let above = LAYERS[rung + 1..].iter().filter(|name| code.contains(&format!("crate::{name}")));
    let mut faults: Vec<String> = above.map(|name| format!("{layer} uses {name}")).collect();
    for (name, allowed) in CRATES {
        let names = [format!("{name}::"), format!("use {name};")];
        let is_named = names.iter().any(|n| {
            code.match_indices(n.as_str())
                .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
        });
        if is_named && !allowed.contains(&layer) {
            faults.push(format!("{layer} names the crate {name}"));
        }
    }
    if layer != "app" && layer != "cli" {
        // A file that another program holds for a moment is waited for: on the worker that saves, and nowhere else.
        let code = if layer == "file" { code.replace("std::thread::sleep(", "") } else { code.to_owned() };
        faults.extend(OUTSIDE.iter().filter(|w| code.contains(*w)).map(|w| format!("{layer} knows {w}")));
    }
    if (layer == "ui" || layer == "editor") && code.contains("std::fs") {
        faults.push(format!("{layer} touches the disk"));
    }
    faults
}

#[test]
fn a_layer_uses_only_what_stands_before_it() {
    let mut faults = Vec::new();
    for path in sources("src") {
        if let Some(layer) = layer_of(&path) {
            let text = fs::read_to_string(&path).unwrap();
            let told = layer_faults(&layer, &code_of(&text));
            faults.extend(told.into_iter().map(|fault| format!("{}: {fault}", path.display())));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_layer_test_sees_what_it_should() {
    assert_eq!(layer_faults("model", "use crate::checker::Report;"), ["model uses checker"]);
    assert_eq!(layer_faults("checker", "std::thread::sleep(x)"), ["checker knows std::thread"]);
    assert_eq!(layer_faults("editor", "egui::Key::A"), ["editor names the crate egui"]);
    assert_eq!(layer_faults("ui", "crate::ui::egui_thing::x; let c = egui::Key::A;"), [] as [&str; 0]);
}

#[test]
fn every_file_says_what_it_is_for() {
    for path in sources("src").into_iter().chain(sources("tests")).chain(sources("benches")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} begins with a //! sentence", path.display());
    }
}

#[test]
fn nothing_is_left_for_later() {
    let words = ["todo!(", "unimplemented!(", "FIXME", "TODO", "XXX:"];
    for path in sources("src") {
        let text = fs::read_to_string(&path).unwrap();
        for word in words {
            assert!(!text.contains(word), "{} says {word}", path.display());
        }
    }
}

#[test]
fn main_is_a_thin_door() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= 30);
}

#[test]
fn the_hazard_log_names_tests_that_exist_and_stands_in_the_readme() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let texts: Vec<String> =
        sources("src").into_iter().chain(sources("tests")).map(|path| fs::read_to_string(path).unwrap()).collect();
    for hazard in cover_rota::ui::dialogs::HAZARDS {
        let tests: Vec<String> = hazard.tests.iter().map(|name| format!("`{name}`")).collect();
        assert!(!tests.is_empty(), "{}: proved by nothing", hazard.harm);
        let row = format!("| {} | {} | {} |", hazard.harm, hazard.done, tests.join(", "));
        assert!(readme.lines().any(|line| line == row), "the README has the row\n{row}");
        for name in hazard.tests {
            let marked = format!("#[test]\nfn {name}(");
            let is_test = |text: &String| text.replace("\n    ", "\n").replace("\n    ", "\n").contains(&marked);
            assert!(texts.iter().any(is_test), "there is no test {name}");
        }
    }
}
