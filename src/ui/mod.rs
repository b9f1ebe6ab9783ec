//! What is seen: views that draw the editor and ask for actions. They change nothing themselves.

pub mod cell_paint;
pub mod focus;
pub mod icons;
pub mod marks;
pub mod strokes;
pub mod theme;
pub mod widgets;
