//! The program's own words: one word for each thing, and none of those that its users would stumble over.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::tidy::sources;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The rows of the page's second table: what is not said, and what is said for it.
fn not_used() -> Vec<(String, String)> {
    let page = fs::read_to_string(Path::new(ROOT).join("docs/terms.md")).unwrap();
    let table = page.split("| not | but |").nth(1).unwrap();
    let cells = |line: &str| {
        let mut cells = line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned());
        Some((cells.next()?, cells.next()?))
    };
    table.lines().filter(|line| line.starts_with("| ")).filter_map(cells).collect()
}

/// Every text in quotes of a source file, comments and documentation left out.
fn texts(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    gather(source.parse().unwrap(), &mut found);
    found
}

fn gather(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) if !is_documentation(&group) => gather(group.stream(), found),
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    found.push(text.value());
                }
            }
            _ => {}
        }
    }
}

fn is_documentation(group: &Group) -> bool {
    let is_doc = |token: TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "doc");
    group.delimiter() == Delimiter::Bracket && group.stream().into_iter().next().is_some_and(is_doc)
}

/// Which phrases a text has in it, whatever their capitals.
fn phrases_in<'a>(text: &str, phrases: &'a [(String, String)]) -> Vec<&'a (String, String)> {
    let text = text.to_lowercase();
    phrases.iter().filter(|(not, _)| text.contains(&not.to_lowercase())).collect()
}

#[test]
fn no_text_says_what_the_page_of_words_leaves_out() {
    let phrases = not_used();
    assert!(phrases.len() > 100, "the table is read: {}", phrases.len());
    let mut faults = Vec::new();
    for path in sources("src") {
        for text in texts(&fs::read_to_string(&path).unwrap()) {
            for (not, but) in phrases_in(&text, &phrases) {
                faults.push(format!("{}: \"{not}\" in \"{text}\"; say \"{but}\"", path.display()));
            }
        }
    }
    for (number, line) in fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap().lines().enumerate() {
        for (not, but) in phrases_in(line, &phrases) {
            faults.push(format!("README.md, line {}: \"{not}\"; say \"{but}\"", number + 1));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn texts_are_found_in_macros_and_not_in_documentation() {
    let source = "/// Move on.\nfn f() { format!(\"Move {} \\\n   on\", x); g(r\"raw\") }";
    assert_eq!(texts(source), ["Move {} on", "raw"]);
}
