//! The examples that the program carries: invented people, real shape, to look around in.

/// A rota to look at.
#[derive(Debug)]
pub struct Example {
    /// Its file's name without the ending.
    pub name: &'static str,
    /// As the start page calls it.
    pub title: &'static str,
    /// What is to be seen there.
    pub about: &'static str,
    /// The file.
    pub text: &'static str,
}

macro_rules! examples {
    ($($name:literal $title:literal $about:literal),* $(,)?) => {
        &[$(Example {
            name: $name,
            title: $title,
            about: $about,
            text: include_str!(concat!("../../saved_rotas/", $name, ".ron")),
        }),*]
    };
}

impl Example {
    /// All of them, the one for the tour first.
    pub const ALL: &'static [Self] = examples![
        "norwich-2016-draft" "Example, half done" "one hospital, gaps and all",
        "dorset-2016" "Example, covered" "two days, A&E and Maternity, with what it cost",
        "james-paget-2016" "A&E as on a normal day" "the same number of doctors, both days",
        "nearest-free-2016" "The nearest free doctor" "what a plan saves against filling gap after gap",
        "nights-2025" "Nights nobody can cover" "where no plan covers, and why",
        "five-days-2025" "Five days" "nights, handovers and on-call posts",
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_opens() {
        for example in Example::ALL {
            assert!(crate::file::read(example.text.as_bytes()).is_ok(), "{}", example.name);
        }
    }
}
