//! The window's program: the clock, the dialogs, the threads, and what the editor asks of them.

pub mod renderer;
