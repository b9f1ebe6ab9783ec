//! The columns of a paste: what each may be, as the preview calls it, choosing one by hand, and which are not read.

use crate::model::words;

/// So many rows are looked at to find the headings.
pub(super) const HEADINGS_WITHIN: usize = 12;

/// What the columns of one kind of paste may be, each with what the preview calls it.
macro_rules! columns {
    ($name:ident: $($column:ident $label:literal),*) => {
        /// What a column holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
        pub enum $name {
            #[default]
            #[doc = "Not read."]
            Ignored,
            $(#[doc = $label] $column,)*
        }

        impl $name {
            /// All of them, as the preview offers them.
            pub const ALL: &[Self] = &[Self::Ignored, $(Self::$column),*];

            /// As the preview calls it.
            pub fn label(self) -> &'static str {
                match self {
                    Self::Ignored => "Not read",
                    $(Self::$column => $label,)*
                }
            }
        }
    };
}

pub(super) use columns;

/// Another column is chosen for a place: no two are the same, but for those that are not read.
pub(super) fn choose_column<C: Copy + PartialEq + Default>(columns: &mut [C], place: usize, column: C) {
    if column != C::default() {
        columns.iter_mut().filter(|other| **other == column).for_each(|other| *other = C::default());
    }
    if let Some(at) = columns.get_mut(place) {
        *at = column;
    }
}

/// The columns that are not read, by their headings.
pub(super) fn not_read<C: PartialEq + Default>(columns: &[C], header: &[String]) -> Vec<String> {
    let unread = columns.iter().enumerate().filter(|(_, column)| **column == C::default());
    let name = |at: usize| header.get(at).map(|name| name.trim()).filter(|name| !name.is_empty());
    unread.filter_map(|(at, _)| Some(words::safe(name(at)?).into_owned())).collect()
}

/// What is not read of a paste, one sentence each: columns, and the rows above that of the headings.
pub(super) fn not_read_words<C: PartialEq + Default>(
    columns: &[C],
    header: &[String],
    heading: Option<usize>,
) -> Vec<String> {
    let names = not_read(columns, header);
    let unread = (!names.is_empty()).then(|| format!("Columns not read: {}.", names.join(", ")));
    let above = heading.filter(|above| *above > 0);
    let above =
        above.map(|above| format!("The headings are below {}, not read.", words::count(above as u64, "other row")));
    unread.into_iter().chain(above).collect()
}

#[cfg(test)]
mod tests {
    use super::super::people_columns::PasteColumn::{self, Grade, Ignored, Name};
    use super::*;

    #[test]
    fn columns_and_rows_that_are_not_read_are_told_one_sentence_each() {
        let told = |columns: &[PasteColumn], heading: Option<usize>| {
            let header = ["Name", " Room ", "", "Colour"].map(str::to_owned);
            not_read_words(columns, &header, heading)
        };
        assert_eq!(told(&[Name, Ignored, Ignored, Ignored], Some(0)), ["Columns not read: Room, Colour."]);
        assert_eq!(told(&[Name, Grade], Some(2)), ["The headings are below 2 other rows, not read."]);
        assert_eq!(
            told(&[Name, Ignored, Grade], Some(1)),
            ["Columns not read: Room.", "The headings are below 1 other row, not read."]
        );
        assert!(told(&[Name, Grade], None).is_empty());
    }
}
