//! The house rules that a compiler does not know: first sentences, nothing left for later, hazards with their tests.

use std::fs;
use std::path::{Path, PathBuf};

/// The Rust files of a folder of the project, in the order of their paths.
pub(crate) fn sources(dir: &str) -> Vec<PathBuf> {
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
fn the_window_remembers_in_one_place() {
    // Each of these says beside it why it asks egui's memory itself; everything else goes through `UiState`.
    let known = [("src/ui/cached.rs", 2), ("src/ui/state.rs", 3)];
    let words = [".data(|", ".data_mut(|", ".get_temp", ".insert_temp", ".get_persisted", ".insert_persisted"];
    let mut found = Vec::new();
    for path in sources("src") {
        let text = fs::read_to_string(&path).unwrap();
        let of = |word: &str| text.matches(word).count();
        let count = (of(words[0]) + of(words[1])).max(words[2..].iter().map(|word| of(word)).sum());
        if count > 0 {
            let inside = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
            found.push((inside.to_string_lossy().replace('\\', "/"), count));
        }
    }
    let found: Vec<(&str, usize)> = found.iter().map(|(path, count)| (path.as_str(), *count)).collect();
    assert_eq!(found, known);
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
