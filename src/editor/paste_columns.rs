//! The columns of a paste: what each may be, as the preview calls it, and choosing one by hand.

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
