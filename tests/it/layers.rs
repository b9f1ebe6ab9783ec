//! The layers hold: each module, its tests left out, uses only what stands before it, and only the crates that are its own.
//!
//! A file is read as Rust's own tokens, macros included, so that neither a comment nor a text in quotes counts, nor is
//! anything missed after a module of tests. Paths that begin with `crate`, `super` or `self` are followed to the module
//! they name.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::tidy::sources;

/// The layers in their order; each may use only what stands before it. `app` and `cli` are one rung: neither uses the
/// other, but for the renderer's name that the command line takes, and the work on several cores.
const LAYERS: &[&str] = &["model", "checker", "planner", "file", "exchange", "editor", "ui", "app", "cli"];

/// Layers that know nothing of each other, although one stands before the other.
const STRANGERS: &[(&str, &str)] = &[("planner", "checker")];

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
    ("icalendar", &["exchange"]),
];

/// What only `app` and `cli` may touch, as the path ends or goes on.
const OUTSIDE: &[&[&str]] =
    &[&["SystemTime", "now"], &["Utc", "now"], &["Local", "now"], &["std", "thread"], &["std", "env"]];

/// A path that code names, from the crate's root (`crate`, then the layer) or from an external crate.
pub(crate) type Named = Vec<String>;

/// Every path that a file's code names; `module` is the file's own, without `crate`.
pub(crate) fn paths(code: &str, module: &[String]) -> Vec<Named> {
    let mut found = Vec::new();
    gather(code.parse().unwrap(), module, &mut found);
    found
}

/// Every path that a file's `use` lines bring in.
pub(crate) fn imports(code: &str, module: &[String]) -> Vec<Named> {
    let tokens: Vec<TokenTree> = code.parse::<TokenStream>().unwrap().into_iter().collect();
    let is_use = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "use");
    let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';');
    let mut found = Vec::new();
    for at in (0..tokens.len()).filter(|at| is_use(&tokens[*at])) {
        let tree = tokens[at + 1..].iter().take_while(|token| !ends(token)).cloned().collect();
        branches(tree, &Vec::new(), module, &mut found);
    }
    found
}

fn gather(tokens: TokenStream, module: &[String], found: &mut Vec<Named>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        at = match &tokens[at] {
            TokenTree::Punct(hash) if hash.as_char() == '#' => {
                let is_inner = matches!(tokens.get(at + 1), Some(TokenTree::Punct(not)) if not.as_char() == '!');
                let body = at + 1 + usize::from(is_inner);
                match tokens.get(body) {
                    Some(TokenTree::Group(group)) if group.stream().to_string() == "cfg (test)" && is_inner => return,
                    Some(TokenTree::Group(group)) if group.stream().to_string() == "cfg (test)" => {
                        end_of_item(&tokens, body + 1)
                    }
                    _ => at + 1,
                }
            }
            TokenTree::Ident(word) if word == "mod" => match (tokens.get(at + 1), tokens.get(at + 2)) {
                (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) => {
                    let inside: Vec<String> = module.iter().cloned().chain([name.to_string()]).collect();
                    gather(body.stream(), &inside, found);
                    at + 3
                }
                _ => at + 1,
            },
            TokenTree::Ident(_) => path(&tokens, at, Vec::new(), module, found),
            TokenTree::Group(group) => {
                gather(group.stream(), module, found);
                at + 1
            }
            _ => at + 1,
        };
    }
}

/// After the item that begins there: past its body in braces, or its semicolon.
fn end_of_item(tokens: &[TokenTree], from: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    };
    let end = tokens[from..].iter().position(ends).map_or(tokens.len(), |end| from + end + 1);
    // The semicolon after the braces of a `use`.
    let is_semicolon = matches!(tokens.get(end), Some(TokenTree::Punct(mark)) if mark.as_char() == ';');
    end + usize::from(is_semicolon)
}

/// The path that begins with the word there, or, after `use`, the paths; where reading goes on.
fn path(tokens: &[TokenTree], from: usize, before: Named, module: &[String], found: &mut Vec<Named>) -> usize {
    let mut named = before;
    let mut at = from;
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        named.push(word.to_string());
        at += 1;
        if !is_separator(tokens, at) {
            break;
        }
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(_)) => at += 2,
            Some(TokenTree::Group(tree)) if tree.delimiter() == Delimiter::Brace => {
                branches(tree.stream(), &named, module, found);
                return at + 3;
            }
            _ => {
                at += 2;
                break;
            }
        }
    }
    found.push(from_the_root(named, module));
    at
}

/// The branches of `use a::{b, c::d};`.
fn branches(tree: TokenStream, before: &Named, module: &[String], found: &mut Vec<Named>) {
    let tokens: Vec<TokenTree> = tree.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        at = match &tokens[at] {
            TokenTree::Ident(word) if word == "as" => at + 2,
            TokenTree::Ident(_) => path(&tokens, at, before.clone(), module, found),
            _ => at + 1,
        };
    }
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon = |at| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    is_colon(at) && is_colon(at + 1)
}

/// `super` and `self` followed, so that a path of this crate begins with `crate`.
fn from_the_root(named: Named, module: &[String]) -> Named {
    let ups = named.iter().take_while(|word| *word == "super").count();
    let is_here = named[0] == "self" && named.len() > 1;
    if ups == 0 && !is_here {
        return named;
    }
    let kept = &module[..module.len().saturating_sub(ups)];
    let rest = named[if is_here { 1 } else { ups }..].iter();
    ["crate".to_owned()].iter().chain(kept).chain(rest).cloned().collect()
}

/// The module of a file: the folders, and its own name unless it is `mod.rs`.
pub(crate) fn module_of(path: &Path) -> Vec<String> {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap().with_extension("");
    let mut module: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    module.retain(|part| part != "mod");
    module
}

/// Whether the words stand in the path one after another.
fn has(named: &[String], words: &[&str]) -> bool {
    named.windows(words.len()).any(|part| part.iter().zip(words).all(|(a, b)| a == b))
}

/// What code of a module says against the layers; nothing for a module that is no layer.
fn faults(module: &[&str], code: &str) -> Vec<String> {
    let Some(rung) = LAYERS.iter().position(|layer| *layer == module[0]) else { return Vec::new() };
    let layer = LAYERS[rung];
    let is_outer = layer == "app" || layer == "cli";
    let module: Vec<String> = module.iter().map(|part| (*part).to_owned()).collect();
    let mut faults = Vec::new();
    for named in paths(code, &module) {
        let words: Vec<&str> = named.iter().map(String::as_str).collect();
        match words[..] {
            ["crate" | "cover_rota", other, ..] => {
                let is_above = LAYERS.iter().position(|layer| *layer == other).is_some_and(|other| other > rung);
                if is_above || STRANGERS.contains(&(layer, other)) {
                    faults.push(format!("{layer} uses {other}"));
                }
            }
            [first, _, ..] => {
                let owners = CRATES.iter().find(|(name, _)| *name == first);
                if owners.is_some_and(|(_, owners)| !owners.contains(&layer)) {
                    faults.push(format!("{layer} names the crate {first}"));
                }
            }
            _ => {}
        }
        // A file that another program holds for a moment is waited for: on the worker that saves, and nowhere else.
        let waits = layer == "file" && has(&named, &["std", "thread", "sleep"]);
        if !is_outer && !waits {
            let outside = OUTSIDE.iter().filter(|words| has(&named, words));
            faults.extend(outside.map(|words| format!("{layer} knows {}", words.join("::"))));
        }
        if matches!(layer, "ui" | "editor") && has(&named, &["std", "fs"]) {
            faults.push(format!("{layer} touches the disk"));
        }
    }
    faults.dedup();
    faults
}

#[test]
fn a_layer_uses_only_what_stands_before_it() {
    let mut told = Vec::new();
    for path in sources("src") {
        let module = module_of(&path);
        let module: Vec<&str> = module.iter().map(String::as_str).collect();
        let code = fs::read_to_string(&path).unwrap();
        told.extend(faults(&module, &code).into_iter().map(|fault| format!("{}: {fault}", path.display())));
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn the_layers_test_sees_what_it_should() {
    let nothing: [&str; 0] = [];
    assert_eq!(faults(&["model"], "use crate::checker::Report;"), ["model uses checker"]);
    assert_eq!(faults(&["model"], "use crate::{model::Rota, file as saved};"), ["model uses file"]);
    assert_eq!(faults(&["model"], "use crate::{model::Rota, file::{load}};"), ["model uses file"]);
    assert_eq!(faults(&["model", "rota"], "use super::super::ui::paint;"), ["model uses ui"]);
    assert_eq!(faults(&["model", "rota"], "mod x { use super::super::super::ui::paint; }"), ["model uses ui"]);
    assert_eq!(faults(&["model", "rota"], "fn f() { write!(t, \"{}\", crate::cli::x()) }"), ["model uses cli"]);
    assert_eq!(faults(&["planner"], "fn f(x: crate::checker::Code) {}"), ["planner uses checker"]);
    assert_eq!(faults(&["checker"], "std::thread::sleep(x)"), ["checker knows std::thread"]);
    assert_eq!(faults(&["checker"], "use std::{fmt, thread::sleep};"), ["checker knows std::thread"]);
    assert_eq!(faults(&["file"], "std::thread::sleep(x)"), nothing);
    assert_eq!(faults(&["editor"], "egui::Key::A"), ["editor names the crate egui"]);
    assert_eq!(faults(&["editor"], "chrono::Utc::now()"), ["editor knows Utc::now"]);
    assert_eq!(faults(&["ui"], "crate::ui::egui::x; // std::fs\nlet c = \"std::fs::x\";"), nothing);
    assert_eq!(faults(&["ui"], "use std::fs;"), ["ui touches the disk"]);
    let after = "#[cfg(test)]\nmod tests { use crate::ui::x; }\nuse crate::checker::x;";
    assert_eq!(faults(&["model"], after), ["model uses checker"], "what comes after the tests is read too");
    assert_eq!(faults(&["model"], "#[cfg(test)]\nuse crate::{ui::x};\nfn f() {}"), nothing);
    assert_eq!(faults(&["main"], "use crate::app::x;"), nothing);
}
