//! No two files need each other: what both need stands in a third, below them.
//!
//! A file needs another when its code, tests left out, names something that stands there; what a `mod.rs` only hands on
//! is followed to where it stands. A file may name what its own folder's `mod.rs` holds, and that `mod.rs` its files: a
//! folder is one thing from outside, and its `mod.rs` says what its files share.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::layers::{Named, imports, module_of, paths};
use crate::tidy::sources;

/// What the files of the program say of each other.
#[derive(Default)]
struct Files {
    /// What each file names, by its module.
    named: BTreeMap<Named, Vec<Named>>,
    /// What each file brings in under a name, and hands on if it is public.
    imports: BTreeMap<Named, BTreeMap<String, Named>>,
}

impl Files {
    fn of(files: &[(Named, String)]) -> Self {
        let mut all = Self::default();
        for (module, code) in files {
            all.named.insert(module.clone(), paths(code, module));
        }
        for (module, code) in files {
            let full = |path: Named| path.last().cloned().zip(all.whole(module, &path));
            let brought = imports(code, module).into_iter().filter_map(full).collect();
            all.imports.insert(module.clone(), brought);
        }
        all
    }

    /// A path of this crate from its root on, without `crate`.
    fn whole(&self, module: &Named, path: &Named) -> Option<Named> {
        if path[0] == "crate" {
            return Some(path[1..].to_vec());
        }
        let child: Named = module.iter().chain(&path[..1]).cloned().collect();
        (path.len() > 1 && self.named.contains_key(&child)).then(|| module.iter().chain(path).cloned().collect())
    }

    /// The file in which what a path names stands.
    fn home(&self, path: &Named) -> Option<Named> {
        let mut path = path.clone();
        // Handed on from file to file: more often than this it is handed on in a circle.
        for _ in 0..8 {
            let file = (1..=path.len()).rev().map(|n| &path[..n]).find(|part| self.named.contains_key(*part))?.to_vec();
            let next = path.get(file.len()).and_then(|name| self.imports.get(&file)?.get(name));
            match next {
                Some(next) if !path.starts_with(next) => {
                    path = next.iter().chain(&path[file.len() + 1..]).cloned().collect();
                }
                _ => return Some(file),
            }
        }
        None
    }

    /// The files that each file needs, without its own folders' `mod.rs`.
    fn needs(&self) -> BTreeMap<&Named, BTreeSet<Named>> {
        let of = |module: &Named, named: &[Named]| {
            let homes = named.iter().filter_map(|path| self.home(&self.whole(module, path)?));
            homes.filter(|home| !module.starts_with(home)).collect()
        };
        self.named.iter().map(|(module, named)| (module, of(module, named))).collect()
    }

    /// The files that need each other, by way of others too, in groups.
    fn circles(&self) -> Vec<Vec<String>> {
        let needs = self.needs();
        let reached = |from: &Named| {
            let mut reached: BTreeSet<&Named> = BTreeSet::new();
            let mut waiting: Vec<&Named> = needs[from].iter().collect();
            while let Some(file) = waiting.pop() {
                if reached.insert(file) {
                    waiting.extend(&needs[file]);
                }
            }
            reached
        };
        let reached: BTreeMap<&Named, BTreeSet<&Named>> = needs.keys().map(|file| (*file, reached(file))).collect();
        let mut circles = BTreeSet::new();
        for (file, of) in reached.iter().filter(|(file, of)| of.contains(*file)) {
            let together = of.iter().filter(|other| reached[**other].contains(*file));
            circles.insert(together.map(|other| other.join("/")).collect::<Vec<_>>());
        }
        circles.into_iter().collect()
    }
}

#[test]
fn no_two_files_need_each_other() {
    let read = |path: &std::path::PathBuf| (module_of(path), fs::read_to_string(path).unwrap());
    let files: Vec<_> = sources("src").iter().map(read).filter(|(module, _)| module[0] != "lib").collect();
    assert_eq!(Files::of(&files).circles(), [[""; 0]; 0]);
}

#[test]
fn the_circles_test_sees_what_it_should() {
    let circles = |files: &[(&str, &str)]| {
        let module = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
        let files: Vec<_> = files.iter().map(|(path, code)| (module(path), (*code).to_owned())).collect();
        Files::of(&files).circles().iter().map(|circle| circle.join(" ")).collect::<Vec<_>>()
    };
    let two = [("ui/a", "use super::b::X;"), ("ui/b", "fn f() { crate::ui::a::g() }")];
    assert_eq!(circles(&two), ["ui/a ui/b"]);
    let three = [("a", "use crate::b::B;"), ("b", "use crate::{c::C};"), ("c", "fn f(a: super::a::A) {}")];
    assert_eq!(circles(&three), ["a b c"]);
    let in_tests = [("a", "use crate::b::B;"), ("b", "#[cfg(test)]\nmod tests { use crate::a::A; }")];
    assert_eq!(circles(&in_tests), [""; 0]);
    let folder = [("ui", ""), ("ui/a", "use super::X; use crate::y::Y;"), ("y", "")];
    assert_eq!(circles(&folder), [""; 0], "what a folder's own mod.rs holds");
    let handed_on = [("m", "mod c; pub use c::C; use crate::s::S;"), ("m/c", ""), ("s", "use crate::m::C;")];
    assert_eq!(circles(&handed_on), [""; 0], "what a mod.rs only hands on");
    let held = [("m", "mod c; use crate::s::S; pub struct C;"), ("m/c", ""), ("s", "use crate::m::C;")];
    assert_eq!(circles(&held), ["m s"]);
    let by_a_child = [("m", "mod c; fn f() { c::g() }"), ("m/c", "use crate::s::S;"), ("s", "use crate::m::D;")];
    assert_eq!(circles(&by_a_child), ["m m/c s"]);
}
