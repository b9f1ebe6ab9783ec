//! The pages are true to the program: every code, field, verdict and objective stands in its page, and every page that
//! is named is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cover_rota::checker::{Code, RULES};
use cover_rota::file;
use cover_rota::model::Rules;
use cover_rota::planner::Objective;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::tidy::sources;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn text_of(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The cells of a page's table rows.
fn rows(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().filter(|line| line.starts_with("| "));
    let cells = |line: &str| {
        let line = line.trim_matches('|').replace("\\|", "\u{0}");
        line.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect()
    };
    rows.map(cells).collect()
}

/// What stands under a heading, up to the next heading of any kind.
fn section<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
    let begin = page.find(&format!("\n{heading}\n"))? + heading.len() + 2;
    let rest = &page[begin..];
    Some(&rest[..rest.find("\n#").unwrap_or(rest.len())])
}

/// A type of the file format or of the JSON, with its fields, and whether each has to be there.
#[derive(Debug, PartialEq, Eq)]
struct Record {
    name: String,
    fields: Vec<(String, bool)>,
}

/// The groups in braces of a source, each with the two words before it: `records !`, `struct Name`, `Rules`.
fn braces(tokens: TokenStream, found: &mut Vec<(Vec<String>, TokenStream)>) {
    let mut before: Vec<String> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let from = before.len().saturating_sub(2);
                found.push((before[from..].to_vec(), group.stream()));
                before.clear();
            }
            // The generics of a type stand between its name and its fields.
            TokenTree::Punct(mark) if matches!(mark.as_char(), '<' | '>' | '\'') => {}
            TokenTree::Ident(word) if word == "a" => {}
            TokenTree::Ident(_) | TokenTree::Punct(_) => before.push(token.to_string()),
            _ => {}
        }
    }
}

/// `name: type` pairs, with whether an attribute gives a default.
fn fields(body: TokenStream) -> Vec<(String, bool)> {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let mut found = Vec::new();
    let mut has_default = false;
    for (at, token) in tokens.iter().enumerate() {
        let is = |at: usize, sign: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == sign);
        match token {
            TokenTree::Group(group) if at > 0 && is(at - 1, '#') => {
                has_default |= group.stream().to_string().starts_with("serde (default");
            }
            TokenTree::Ident(name) if is(at + 1, ':') && !is(at + 2, ':') && (at == 0 || !is(at - 1, ':')) => {
                found.push((name.to_string(), !std::mem::take(&mut has_default)));
            }
            _ => {}
        }
    }
    found
}

/// The records of file version 1, as its own source declares them.
fn file_records() -> Vec<Record> {
    let mut top = Vec::new();
    braces(text_of("src/file/v1/mod.rs").parse().unwrap(), &mut top);
    let (_, body) = top.into_iter().find(|(before, _)| *before == ["records", "!"]).unwrap();
    let mut records = Vec::new();
    braces(body, &mut records);
    records.into_iter().map(|(name, body)| Record { name: name.concat(), fields: fields(body) }).collect()
}

/// The words that a field of the file may hold.
fn file_words() -> Vec<String> {
    let mut top = Vec::new();
    braces(text_of("src/file/v1/mod.rs").parse().unwrap(), &mut top);
    let (_, body) = top.into_iter().find(|(before, _)| *before == ["words", "!"]).unwrap();
    let mut kinds = Vec::new();
    braces(body, &mut kinds);
    let words = kinds.into_iter().flat_map(|(_, body)| body).filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    });
    words.collect()
}

/// `ShutHours` as a heading has it: `Shut hours`.
fn heading_of(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
            words.extend(letter.to_lowercase());
        } else {
            words.push(letter);
        }
    }
    words
}

#[test]
fn every_field_of_the_file_stands_in_its_page_with_whether_it_may_be_left_out() {
    let page = text_of("docs/file-format.md");
    let records = file_records();
    assert!(records.len() >= 20, "the records are read: {records:?}");
    for record in &records {
        let heading = format!("### {}", heading_of(&record.name));
        let told = rows(section(&page, &heading).unwrap_or_else(|| panic!("no section {heading}")));
        let told: Vec<(String, bool)> = told
            .iter()
            .filter(|cells| cells[0].starts_with('`'))
            .map(|cells| (cells[0].trim_matches('`').to_owned(), cells[1] == "required"))
            .collect();
        assert_eq!(told, record.fields, "{heading}: each field, in the order of the file, and whether it is required");
    }
    for word in file_words() {
        assert!(page.contains(&format!("`{word}`")), "the values name {word}");
    }
}

#[test]
fn the_sample_in_the_page_of_the_file_is_a_rota_with_a_wrong_seal() {
    let page = text_of("docs/file-format.md");
    let sample = page.split_once("```ron\n").unwrap().1.split_once("```").unwrap().0;
    let opened = file::read(sample.as_bytes()).unwrap();
    assert_eq!(opened.sealed, Some(false));
    assert_eq!(opened.rota.people.len(), 1);
}

#[test]
fn the_fields_of_a_record_are_read_with_their_defaults() {
    let source = "records! { Post { id: Text<'a>, #[serde(default)] #[cfg_attr(test, x(\"a::b\"))] note: Text<'a>, }
        Tier { id: std::Text } }";
    let mut top = Vec::new();
    braces(source.parse().unwrap(), &mut top);
    let mut records = Vec::new();
    braces(top.remove(0).1, &mut records);
    let read: Vec<Record> =
        records.into_iter().map(|(name, body)| Record { name: name.concat(), fields: fields(body) }).collect();
    let field = |name: &str, required: bool| (name.to_owned(), required);
    assert_eq!(
        read,
        [
            Record { name: "Post".into(), fields: vec![field("id", true), field("note", false)] },
            Record { name: "Tier".into(), fields: vec![field("id", true)] },
        ]
    );
    assert_eq!(heading_of("ShutHours"), "Shut hours");
}

#[test]
fn every_field_of_the_json_stands_in_the_page_of_the_file() {
    let page = text_of("docs/file-format.md");
    for call in ["check", "plan"] {
        let told = section(&page, &format!("### `{call} --json`")).unwrap();
        let mut top = Vec::new();
        braces(text_of(&format!("src/cli/{call}_json.rs")).parse().unwrap(), &mut top);
        let structs = top.into_iter().filter(|(before, _)| before.first().is_some_and(|word| word == "struct"));
        let names: Vec<String> = structs.flat_map(|(_, body)| fields(body)).map(|(name, _)| name).collect();
        assert!(names.len() > 15, "{call}: the fields are read: {names:?}");
        for name in names {
            assert!(told.contains(&format!("\"{name}\"")), "`{call} --json` has the field {name}");
        }
    }
}

#[test]
fn every_rule_stands_in_the_page_of_the_checker_in_its_place() {
    let page = text_of("docs/checker.md");
    let told: Vec<String> =
        rows(section(&page, "## 4. The rules").unwrap()).into_iter().map(|row| row[0].clone()).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).filter(|cell| *cell != "code, rule").collect();
    let rules: Vec<String> = Code::ALL.iter().map(|code| format!("{code} {}", code.rule_name())).collect();
    assert_eq!(told, rules);
    assert_eq!(RULES.len(), told.len());
    for rules in Rules::ALL {
        assert!(page.contains(&format!("{rules:?}")), "the page says what holds under {rules:?}");
    }
}

#[test]
fn every_objective_stands_in_the_page_of_the_planner_in_its_place() {
    let page = text_of("docs/planner.md");
    let told: Vec<String> = rows(section(&page, "## 2. What it minimises").unwrap())
        .into_iter()
        .filter(|row| row[0] != "#")
        .map(|row| format!("{} {}", row[0], row[1].trim_matches('`')))
        .collect();
    let all: Vec<String> =
        Objective::ALL.iter().enumerate().map(|(at, objective)| format!("{} {}", at + 1, objective.name())).collect();
    assert_eq!(told, all);
}

/// The calls of the command line with their arguments, as it spells them.
fn calls() -> Vec<(String, Vec<String>)> {
    let mut top = Vec::new();
    braces(text_of("src/cli/mod.rs").parse().unwrap(), &mut top);
    let (_, body) = top.into_iter().find(|(before, _)| *before == ["enum", "Call"]).unwrap();
    let mut calls: Vec<(String, Vec<String>)> = Vec::new();
    for token in body {
        match token {
            TokenTree::Ident(name) => {
                calls.push((heading_of(&name.to_string()).to_lowercase().replace(' ', "-"), Vec::new()));
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let names = fields(group.stream()).into_iter().map(|(name, _)| name.replace('_', "-"));
                calls.last_mut().unwrap().1.extend(names);
            }
            _ => {}
        }
    }
    calls
}

#[test]
fn every_call_stands_in_the_readme_in_the_page_of_the_file_and_in_the_help() {
    let calls = calls();
    assert!(calls.len() >= 3, "the calls are read: {calls:?}");
    let help = text_of("src/cli/mod.rs");
    for (call, arguments) in &calls {
        for page in ["README.md", "docs/file-format.md"] {
            let rows = rows(&text_of(page));
            let is_its =
                |cell: &String| cell.split([' ', '`']).collect::<Vec<_>>().starts_with(&["", "cover-rota", call]);
            let row = rows.iter().map(|row| &row[0]).find(|cell| is_its(cell));
            let row = row.unwrap_or_else(|| panic!("{page} has a row for `cover-rota {call}`"));
            for argument in arguments {
                let spellings = [format!("--{argument}"), argument.to_uppercase()];
                assert!(spellings.iter().any(|spelling| row.contains(spelling)), "{page}: {row} names {argument}");
            }
        }
        assert!(help.contains(&format!("\n  cover-rota {call} ")), "the examples show {call}");
        assert!(help.contains(&format!("\nExit status of {call}: ")), "the help says how {call} ends");
    }
}

/// The words in quotes that a function of a source gives.
fn texts_of_function(path: &str, begins: &str) -> Vec<String> {
    let source = text_of(path);
    let body = source.split_once(begins).unwrap_or_else(|| panic!("{path} has {begins}")).1;
    let body = &body[..body.find("\n    }\n").unwrap()];
    body.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_verdict_and_every_reason_stands_in_its_page() {
    let checker = text_of("docs/checker.md");
    let verdicts = ["covered", "if-agreed", "errors", "no-normal-staffing", "short", "closed"];
    for verdict in verdicts {
        assert!(rows(&checker).iter().any(|row| row[0] == format!("`{verdict}`")), "{verdict}");
        assert!(text_of("src/cli/check_json.rs").contains(&format!("\"{verdict}\"")), "{verdict} is what check says");
    }
    let planner = text_of("docs/planner.md");
    let reasons = texts_of_function("src/planner/reason.rs", "pub fn code(self) -> &'static str {");
    assert!(reasons.len() > 8, "{reasons:?}");
    for reason in reasons {
        assert!(rows(&planner).iter().any(|row| row.get(1) == Some(&format!("`{reason}`"))), "{reason}");
    }
}

#[test]
fn every_layer_is_described_at_the_head_of_the_code_and_in_the_page() {
    let lib = text_of("src/lib.rs");
    let modules: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(modules.len(), 9, "{modules:?}");
    for (at, module) in modules.iter().enumerate() {
        let begins = [format!("//! {}. [`{module}`]", at + 1), format!("//! {}. [`mod@{module}`]", at + 1)];
        assert!(lib.lines().any(|line| begins.iter().any(|begin| line.starts_with(begin))), "{module}");
    }
    let page = text_of("docs/architecture.md");
    let told: Vec<String> =
        rows(section(&page, "## 1. The layers").unwrap()).into_iter().map(|row| row[0].clone()).collect();
    let told: Vec<&str> = told.iter().filter_map(|cell| cell.strip_prefix('`')?.strip_suffix('`')).collect();
    assert_eq!(told, modules);
}

/// What the top of the project holds: the source, what goes with it, and the customary pages.
#[test]
fn the_top_of_the_project_holds_what_is_customary() {
    let customary = [
        "CHANGELOG",
        "CONTRIBUTING",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README",
        "assets",
        "benches",
        "deny.toml",
        "docs",
        "saved_rotas",
        "src",
        "target",
        "tests",
    ];
    for entry in fs::read_dir(ROOT).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let plain = name.strip_suffix(PAGE).unwrap_or(&name);
        assert!(name.starts_with('.') || customary.contains(&plain), "{name} stands at the top of the project");
    }
}

/// How the name of a page ends.
const PAGE: &str = ".md";

/// Every page that a text names, as it is written there.
fn pages_in(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !"_-./".contains(letter));
    let words = words.map(|word| word.trim_end_matches('.'));
    words.filter(|word| word.strip_suffix(PAGE).is_some_and(|stem| stem.ends_with(char::is_alphanumeric))).collect()
}

#[test]
fn every_page_that_is_named_is_there() {
    let root = Path::new(ROOT);
    let mut files: Vec<PathBuf> = ["src", "tests", "benches"].iter().flat_map(|dir| sources(dir)).collect();
    files.extend(["assets/theme.ron", "Cargo.toml", ".ci/run", ".ci/tour"].map(|path| root.join(path)));
    files.extend(pages());
    let mut missing = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        // From the top of the project, or from where it is named.
        let is_there = |page: &&str| root.join(page).exists() || file.with_file_name(page).exists();
        missing.extend(
            pages_in(&text).into_iter().filter(|page| !is_there(page)).map(|page| (file.clone(), page.to_owned())),
        );
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn pages_are_found_in_sentences_links_and_paths() {
    let text = ["See `docs/a", ".md`, [b](../b", ".md), C_D", ".md 2.1 and e", ".md.\n*", ".md x.mdx"].concat();
    let found = ["docs/a", "../b", "C_D", "e"].map(|page| page.to_owned() + PAGE);
    assert_eq!(pages_in(&text), found);
}

/// Every path in backticks that begins with a folder of the project.
fn paths_in(page: &str) -> Vec<&str> {
    let folders = ["src/", "tests/", "benches/", "docs/", "assets/", "saved_rotas/", ".ci/"];
    let quoted = page.split('`').skip(1).step_by(2);
    quoted
        .filter(|text| folders.iter().any(|folder| text.starts_with(folder)) && !text.contains(['<', '*', ' ']))
        .collect()
}

#[test]
fn every_file_that_a_page_names_is_there() {
    let mut missing = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for path in paths_in(&text).into_iter().filter(|path| !Path::new(ROOT).join(path).exists()) {
            missing.push(format!("{}: {path}", page.display()));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Every word of a text that could be a name in the code.
fn names_in(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect()
}

#[test]
fn every_name_in_the_page_of_the_architecture_is_in_the_code() {
    let code: Vec<String> = ["src", "tests", "benches"]
        .iter()
        .flat_map(|dir| sources(dir))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let known: BTreeSet<&str> = code.iter().flat_map(|text| names_in(text)).collect();
    let page = text_of("docs/architecture.md");
    let is_name = |text: &&str| text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_:".contains(letter));
    let quoted = page.split('`').skip(1).step_by(2).filter(is_name);
    let unknown: Vec<&str> = quoted.flat_map(names_in).filter(|name| !known.contains(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// The pages of the project: those at its top, and those of `docs`.
fn pages() -> Vec<PathBuf> {
    let folders = [Path::new(ROOT).to_owned(), Path::new(ROOT).join("docs")];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.sort();
    assert!(pages.len() >= 8, "{pages:?}");
    pages
}
