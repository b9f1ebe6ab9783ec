//! Names of files that every system takes, made of names of people.

/// So many letters, at most: with folder and ending it stays far below what a system takes.
const LETTERS_MAX: usize = 60;

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The parts, one after another, without what a system does not take in a name; `otherwise` where nothing is left.
pub(super) fn file_name(parts: &[&str], otherwise: &str) -> String {
    let kept = |part: &str| -> String {
        let letters = part.chars().map(|letter| if is_kept(letter) { letter } else { ' ' });
        letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join("-")
    };
    let parts: Vec<String> = parts.iter().map(|part| kept(part)).filter(|part| !part.is_empty()).collect();
    let name: String = parts.join("-").chars().take(LETTERS_MAX).collect();
    let name = if name.is_empty() { kept(otherwise) } else { name };
    if DEVICES.contains(&name.to_lowercase().as_str()) { format!("{name}-") } else { name }
}

fn is_kept(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '\'' || letter == '-' || letter == '_'
}

/// The names made different from each other, also where a system does not tell capitals apart.
pub(super) fn made_different<'a>(names: impl Iterator<Item = &'a mut String>) {
    let mut taken = std::collections::BTreeSet::new();
    for name in names {
        let mut number = 2_usize;
        let first = name.clone();
        while !taken.insert(name.to_lowercase()) {
            *name = format!("{first}-{number}");
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_its_folder_or_is_a_device() {
        assert_eq!(file_name(&["HG", "O'Hara Smith"], "p1"), "HG-O'Hara-Smith");
        assert_eq!(file_name(&["../../etc", "passwd\0"], "p1"), "etc-passwd");
        assert_eq!(file_name(&["", "..."], "p1"), "p1");
        assert_eq!(file_name(&["NUL"], "p1"), "NUL-");
        assert_eq!(file_name(&["é漢"], "p1"), "é漢");
        assert_eq!(file_name(&[&"x".repeat(500)], "p1").len(), LETTERS_MAX);
    }

    #[test]
    fn names_that_differ_in_capitals_alone_are_made_different() {
        let mut names = ["KP", "kp", "KP", "kp-2"].map(str::to_owned);
        made_different(names.iter_mut());
        assert_eq!(names, ["KP", "kp-2", "KP-3", "kp-2-2"]);
    }
}
