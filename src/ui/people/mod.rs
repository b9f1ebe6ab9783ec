//! The people of a rota in lists: the panel at the left, and what it has in common with the People view.

pub mod facts;
pub mod groups;
pub mod lines;
pub mod list;
pub mod panel;
pub mod shared;
