//! What is seen: views that draw the editor and ask for actions. They change nothing themselves.

pub mod theme;
pub mod icons;
pub mod strokes;
pub mod marks;
pub mod focus;
pub mod cell_paint;
pub mod widgets;
pub mod keys;
pub mod panes;
pub mod cached;
pub mod row_list;
pub mod people_groups;
pub mod people_list;
pub mod file_state;
pub mod dialogs;
pub mod menu_bar;
pub mod view_bar;
pub mod status_bar;
pub mod verdict_layout;
pub mod verdict_bar;
pub mod problems_panel;
pub mod who_could;
pub mod notices;
pub mod picker;
pub mod palette;
pub mod find_bar;
pub mod grid;
pub mod people_panel;
pub mod view_menu;
pub mod people_view;
pub mod sessions_view;
pub mod inspector;
pub mod start_page;
mod root;

pub use panes::focus_next as focus_pane;
pub use root::{focus_find, root_ui, scroll_to_selection, take_scroll_request};
