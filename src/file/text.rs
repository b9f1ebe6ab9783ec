//! RON text out of plain values: without white space for the seal, and laid out for people.

use std::borrow::Cow;

/// A line of the file is at most this wide where it can be broken.
const WIDTH: usize = 120;
const INDENT: usize = 4;

/// Something that can stand in a rota file.
pub(super) trait Value {
    /// What it is, one level deep.
    fn shape(&self) -> Shape<'_>;
}

/// One level of a value.
pub(super) enum Shape<'a> {
    /// A header field that a hand-written file left out, or a later field that says nothing.
    Absent,
    /// A number, a word, `true` or `false`.
    Plain(Cow<'a, str>),
    /// A text in quotes.
    Quoted(&'a str),
    List(Vec<&'a dyn Value>),
    /// A record with its fields in the order of the format.
    Record(Vec<(&'static str, &'a dyn Value)>),
}

impl Value for bool {
    fn shape(&self) -> Shape<'_> {
        Shape::Plain(if *self { "true" } else { "false" }.into())
    }
}

impl Value for i64 {
    fn shape(&self) -> Shape<'_> {
        Shape::Plain(self.to_string().into())
    }
}

impl<T: Value> Value for Vec<T> {
    fn shape(&self) -> Shape<'_> {
        Shape::List(self.iter().map(|item| item as &dyn Value).collect())
    }
}

impl<T: Value> Value for Option<T> {
    fn shape(&self) -> Shape<'_> {
        self.as_ref().map_or(Shape::Absent, Value::shape)
    }
}

/// The text that the seal is over: no white space, every field. Frozen: it may never change for a file version.
pub(super) fn canonical(value: &dyn Value) -> String {
    let mut out = Flat { text: String::new(), left: usize::MAX, style: &CANONICAL };
    out.put(value);
    out.text
}

/// The text of a file: a record a line where it fits, and always the same for the same value.
pub(super) fn pretty(value: &dyn Value) -> String {
    let mut text = String::new();
    put_pretty(&mut text, value, 0, 0);
    text.push('\n');
    text
}

/// A text in quotes on one line, readable, with everything escaped that could hide or move other text.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(&mut out, text, PRETTY.escape_apostrophe);
    out
}

/// The two ways to write a value on one line.
struct FlatStyle {
    comma: &'static str,
    colon: &'static str,
    /// The canonical text escapes `'` because the RON library did when the seal was frozen; people would rather not.
    escape_apostrophe: bool,
}

const CANONICAL: FlatStyle = FlatStyle { comma: ",", colon: ":", escape_apostrophe: true };
const PRETTY: FlatStyle = FlatStyle { comma: ", ", colon: ": ", escape_apostrophe: false };

/// Text on one line that gives up when it gets too long.
struct Flat {
    text: String,
    left: usize,
    style: &'static FlatStyle,
}

impl Flat {
    /// Whether there was room.
    fn put(&mut self, value: &dyn Value) -> bool {
        match value.shape() {
            Shape::Absent => true,
            Shape::Plain(text) => self.push(&text),
            Shape::Quoted(text) => {
                let begin = self.text.len();
                quote(&mut self.text, text, self.style.escape_apostrophe);
                self.took(begin)
            }
            Shape::List(items) => {
                self.push("[")
                    && items.into_iter().enumerate().all(|(i, item)| (i == 0 || self.comma()) && self.put(item))
                    && self.push("]")
            }
            Shape::Record(fields) => {
                let mut present = fields.into_iter().filter(|(_, value)| !is_absent(*value)).enumerate();
                self.push("(")
                    && present.all(|(i, (name, value))| (i == 0 || self.comma()) && self.field(name, value))
                    && self.push(")")
            }
        }
    }

    fn field(&mut self, name: &str, value: &dyn Value) -> bool {
        self.push(name) && self.push(self.style.colon) && self.put(value)
    }

    fn comma(&mut self) -> bool {
        self.push(self.style.comma)
    }

    fn push(&mut self, text: &str) -> bool {
        let begin = self.text.len();
        self.text.push_str(text);
        self.took(begin)
    }

    /// Counts what was added since `begin` against the room that was left.
    fn took(&mut self, begin: usize) -> bool {
        if self.left == usize::MAX {
            return true;
        }
        let width = self.text[begin..].chars().count();
        let fits = width <= self.left;
        self.left = self.left.saturating_sub(width);
        fits
    }
}

fn is_absent(value: &dyn Value) -> bool {
    matches!(value.shape(), Shape::Absent)
}

/// The value on one line, if that takes at most `room` characters.
fn flat_within(value: &dyn Value, room: usize) -> Option<String> {
    let mut flat = Flat { text: String::new(), left: room.min(WIDTH), style: &PRETTY };
    flat.put(value).then_some(flat.text)
}

/// Puts a value that begins at column `indent`. Depth 0 is the file, 1 the rota in it, 2 the lists of the rota.
fn put_pretty(out: &mut String, value: &dyn Value, depth: usize, indent: usize) {
    let shape = value.shape();
    let is_list_of_records = depth == 2 && matches!(&shape, Shape::List(items) if !items.is_empty());
    if !is_list_of_records && let Some(flat) = flat_within(value, room(out)) {
        out.push_str(&flat);
        return;
    }
    match shape {
        Shape::Absent => {}
        Shape::Plain(text) => out.push_str(&text),
        Shape::Quoted(text) => quote(out, text, PRETTY.escape_apostrophe),
        Shape::List(items) => {
            out.push_str("[\n");
            for item in items {
                spaces(out, indent + INDENT);
                put_pretty(out, item, depth + 1, indent + INDENT);
                out.push_str(",\n");
            }
            spaces(out, indent);
            out.push(']');
        }
        Shape::Record(fields) if depth < 2 => {
            out.push_str("(\n");
            for (name, value) in fields.into_iter().filter(|(_, value)| !is_absent(*value)) {
                spaces(out, indent + INDENT);
                out.push_str(name);
                out.push_str(": ");
                put_pretty(out, value, depth + 1, indent + INDENT);
                out.push_str(",\n");
            }
            spaces(out, indent);
            out.push(')');
        }
        Shape::Record(fields) => fill(out, fields, depth, indent),
    }
}

/// A record that is too long for one line: as many fields on each line as fit, a long list on lines of its own.
fn fill(out: &mut String, fields: Vec<(&'static str, &dyn Value)>, depth: usize, indent: usize) {
    out.push('(');
    let mut wants_new_line = false;
    for (i, (name, value)) in fields.into_iter().filter(|(_, value)| !is_absent(*value)).enumerate() {
        if i > 0 {
            out.push(',');
        }
        let room = room(out).saturating_sub(name.len() + 4);
        let mut flat = if wants_new_line { None } else { flat_within(value, room) };
        if flat.is_some() {
            out.push_str(if i > 0 { " " } else { "" });
        } else {
            if i > 0 {
                out.push('\n');
                spaces(out, indent + 1);
            }
            flat = flat_within(value, WIDTH.saturating_sub(indent + name.len() + 4));
        }
        out.push_str(name);
        out.push_str(": ");
        wants_new_line = flat.is_none();
        match flat {
            Some(flat) => out.push_str(&flat),
            None => put_pretty(out, value, depth + 1, indent + 1),
        }
    }
    out.push(')');
}

/// How many characters are left on the last line, with one kept for a comma.
fn room(out: &str) -> usize {
    let line = out.rfind('\n').map_or(out, |at| &out[at + 1..]);
    WIDTH.saturating_sub(line.chars().count() + 1)
}

fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

fn quote(out: &mut String, text: &str, escape_apostrophe: bool) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            '\'' if escape_apostrophe => out.push_str("\\'"),
            c if is_hidden(c) => out.push_str(&c.escape_unicode().to_string()),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Characters that show nothing or change the direction of what follows. The list is frozen with the seal, so it is
/// written out here and does not follow the Unicode tables of a compiler.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Pair(&'static str, Vec<i64>);

    impl Value for &str {
        fn shape(&self) -> Shape<'_> {
            Shape::Quoted(self)
        }
    }

    impl Value for Pair {
        fn shape(&self) -> Shape<'_> {
            Shape::Record(vec![("name", &self.0), ("none", &None::<bool>), ("list", &self.1)])
        }
    }

    #[test]
    fn the_canonical_text_has_no_white_space_of_its_own() {
        assert_eq!(canonical(&Pair("O'B \"x\"\n", vec![1, -2])), r#"(name:"O\'B \"x\"\n",list:[1,-2])"#);
    }

    #[test]
    fn what_is_short_stays_on_one_line() {
        assert_eq!(pretty(&Pair("O'B", vec![1])), "(name: \"O'B\", list: [1])\n");
    }

    #[test]
    fn what_is_long_is_broken_and_reads_the_same() {
        let long = pretty(&Pair("x", (0..200).collect()));
        assert!(long.lines().all(|line| line.len() <= WIDTH), "{long}");
        assert!(long.starts_with("(\n    name: \"x\",\n    list: [\n        0,\n"), "{long}");
    }

    #[test]
    fn a_record_on_several_lines_leaves_out_what_is_absent() {
        let mut text = String::new();
        put_pretty(&mut text, &Pair("x", (0..200).collect()), 2, 0);
        assert!(text.starts_with("(name: \"x\",\n list: [\n"), "{text}");
    }

    #[test]
    fn hidden_characters_are_escaped() {
        assert_eq!(quoted("a\u{202e}b\u{7}é"), r#""a\u{202e}b\u{7}é""#);
        assert_eq!(ron::from_str::<String>(&quoted("\0\r\n\t\u{feff}\u{e0041}'\"\\")).unwrap(), {
            "\0\r\n\t\u{feff}\u{e0041}'\"\\"
        });
    }
}
