//! Draws the heading and the rows of the Sessions view.

use egui::{Align2, Color32, Painter, Rect, Stroke, Ui, pos2, vec2};

use super::model::{Buys, Group, NO_GAP, SessionRow};
use crate::editor::suggest::SessionMark;
use crate::model::{SessionState, words};
use crate::ui::cell_paint::plan_number;
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::strokes::Dashes;
use crate::ui::theme::sizes::PANEL_PADDING;
use crate::ui::theme::{self, Type, icon_font};

/// Height of the heading.
pub const HEADER: f32 = 32.0;
/// Text is cut off no narrower than this; all of it is in the row's hover.
const LEAST: f32 = 8.0;

/// Where the columns are, from the left of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    /// Icon and word of the state.
    pub state: f32,
    pub session: f32,
    pub team: f32,
    pub time: f32,
    /// Right edge of the appointments.
    pub appointments: f32,
    /// Right edge of the inpatient operations.
    pub inpatient: f32,
    /// Right edge of the day-case operations.
    pub day_case: f32,
    pub buys: f32,
    pub end: f32,
}

impl Columns {
    /// The columns in so much room: titles and what they buy share what is left over; `with_day` writes the day too.
    pub fn new(width: f32, with_day: bool) -> Self {
        let narrow = width < 860.0;
        let state = if narrow { 104.0 } else { 124.0 };
        let time = if with_day { 170.0 } else { 92.0 };
        let numbers = if narrow { [52.0, 62.0, 62.0] } else { [56.0, 68.0, 64.0] };
        let fixed = state + 60.0 + time + numbers.iter().sum::<f32>() + 24.0 + PANEL_PADDING;
        let left = (width - PANEL_PADDING - fixed).max(240.0);
        let title = (left * 0.42).clamp(120.0, 640.0);
        let session = PANEL_PADDING + state;
        let team = session + title;
        let time_at = team + 60.0;
        let appointments = time_at + time + numbers[0] - 12.0;
        let inpatient = appointments + numbers[1];
        let day_case = inpatient + numbers[2];
        Self {
            state: PANEL_PADDING,
            session,
            team,
            time: time_at,
            appointments,
            inpatient,
            day_case,
            buys: day_case + 24.0,
            end: width - PANEL_PADDING,
        }
    }
}

/// The heading of the table.
pub fn header(ui: &Ui, rect: Rect, columns: &Columns) {
    let t = theme::tokens(ui);
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, t.head);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.line2));
    let middle = rect.center().y;
    for (x, text) in [
        (columns.state, "State"),
        (columns.session, "Session"),
        (columns.team, "Team"),
        (columns.time, "Time"),
        (columns.buys, "What postponing frees up"),
    ] {
        painter.text(pos2(rect.left() + x, middle), Align2::LEFT_CENTER, text, Type::SmallStrong.font(), t.text2);
    }
    for (x, text) in [(columns.appointments, "Appts"), (columns.inpatient, "Inpatient"), (columns.day_case, "Day case")]
    {
        painter.text(pos2(rect.left() + x, middle), Align2::RIGHT_CENTER, text, Type::SmallStrong.font(), t.text2);
    }
}

pub const fn group_title(state: SessionState) -> &'static str {
    match state {
        SessionState::Running => "Running",
        SessionState::ToPostpone => "To postpone",
        SessionState::Postponed => "Postponed",
    }
}

/// How many of a group are shown, and how many a filter hides: `8 sessions on Tue 26-Apr, 3 more on other days`.
pub fn group_count(group: &Group, shown: usize, filter: &str) -> String {
    let (all, hidden) = (group.rows.len(), group.rows.len() - shown);
    let sessions = |number: usize| words::count(number as u64, "session");
    match (shown, hidden) {
        (_, 0) => sessions(all),
        (0, _) => format!("no sessions on {filter}, {hidden} on other days"),
        _ => format!("{} on {filter}, {hidden} more on other days", sessions(shown)),
    }
}

/// A group's heading with the totals of the rows that stand under it; a caret where there are any.
pub fn group(
    ui: &Ui,
    rect: Rect,
    columns: &Columns,
    state: SessionState,
    sum: [u64; 3],
    count: &str,
    folded: Option<bool>,
) {
    let t = theme::tokens(ui);
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, t.sunken);
    painter.hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, t.line2));
    let middle = rect.center().y;
    if let Some(folded) = folded {
        let caret = if folded { icons::CARET_RIGHT } else { icons::CARET_DOWN };
        icons::paint(painter, pos2(rect.left() + PANEL_PADDING + 6.0, middle), caret, icons::IN_BLOCK, t.text2);
    }
    let title = painter.text(
        pos2(rect.left() + PANEL_PADDING + 18.0, middle),
        Align2::LEFT_CENTER,
        group_title(state),
        Type::Strong.font(),
        t.text,
    );
    let room = rect.left() + columns.appointments - 40.0 - (title.right() + 8.0);
    // Whole parts go, the least telling first: how many there are on other days.
    let mut galley = Type::Body.elided(painter, count, t.text2, room.max(LEAST));
    if galley.elided
        && let Some((shown, suggested)) = count.split_once("; ")
    {
        let shown = shown.split(", ").next().unwrap_or(shown);
        galley = Type::Body.elided(painter, format!("{shown}; {suggested}"), t.text2, room.max(LEAST));
        if galley.elided {
            galley = Type::Body.elided(painter, suggested, t.text2, room.max(LEAST));
        }
    }
    painter.galley(pos2(title.right() + 8.0, middle - 0.5 * galley.size().y), galley, t.text2);
    for (x, sum) in [(columns.appointments, sum[0]), (columns.inpatient, sum[1]), (columns.day_case, sum[2])] {
        number(painter, rect.left() + x, middle, sum, Type::Strong, (t.text, t.text2));
    }
}

fn number(painter: &Painter, right: f32, middle: f32, number: u64, role: Type, (ink, zero): (Color32, Color32)) {
    let (role, ink) = if number == 0 { (Type::Body, zero) } else { (role, ink) };
    painter.text(pos2(right, middle), Align2::RIGHT_CENTER, number.to_string(), role.font(), ink);
}

/// One session, with what a suggestion would do to it.
pub fn row(
    ui: &Ui,
    rect: Rect,
    columns: &Columns,
    (row, mark): (&SessionRow, Option<&SessionMark>),
    chosen: bool,
    with_day: bool,
) {
    let t = theme::tokens(ui);
    let painter = ui.painter();
    let middle = rect.center().y;
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.line));
    let (icon, ink) = match row.state {
        SessionState::Running => (icons::CALENDAR_CHECK, t.text),
        SessionState::ToPostpone => (icons::HOURGLASS_MEDIUM, t.amber_text),
        SessionState::Postponed => (icons::CALENDAR_X, t.text),
    };
    let left = rect.left() + columns.state;
    if mark.is_some() {
        let cell = Rect::from_x_y_ranges(left - 6.0..=rect.left() + columns.session - 6.0, rect.y_range())
            .shrink2(vec2(0.0, 2.0));
        suggested_ground(ui, cell);
    }
    let icon_ink = if row.state == SessionState::ToPostpone { ink } else { t.text2 };
    painter.text(pos2(left + 8.0, middle), Align2::CENTER_CENTER, icon, icon_font(icons::IN_ROW), icon_ink);
    painter.text(pos2(left + 24.0, middle), Align2::LEFT_CENTER, row.state.words(), Type::Body.font(), ink);

    let put = |x: f32, end: f32, text: &str, role: Type, ink: Color32| {
        let galley = role.elided(painter, text, ink, (end - x).max(LEAST));
        let right = rect.left() + x + galley.size().x;
        painter.galley(pos2(rect.left() + x, middle - 0.5 * galley.size().y), galley, ink);
        right
    };
    let strong = if chosen { Type::Strong } else { Type::Body };
    let flags = flags(row);
    let flag = painter.layout_no_wrap(flags.clone(), Type::Small.font(), t.text2);
    let flag_width = if flags.is_empty() { 0.0 } else { flag.size().x + 32.0 };
    let title_end = (columns.team - 12.0 - flag_width).max(columns.session + 40.0);
    let end = put(columns.session, title_end, &row.title, strong, t.text);
    if !flags.is_empty() {
        let icon = if row.protected { icons::SHIELD_STAR } else { icons::LOCK_SIMPLE };
        painter.text(pos2(end + 20.0, middle), Align2::CENTER_CENTER, icon, icon_font(icons::IN_BLOCK), t.text2);
        painter.galley(pos2(end + 30.0, middle - 0.5 * flag.size().y), flag, t.text2);
    }
    put(columns.team, columns.time - 8.0, &row.team, Type::Strong, t.text);
    let when = if with_day { format!("{} {}", row.day, row.times) } else { row.times.clone() };
    put(columns.time, columns.appointments - 30.0, &when, Type::Body, t.text);
    for (x, of) in
        [(columns.appointments, row.appointments), (columns.inpatient, row.inpatient), (columns.day_case, row.day_case)]
    {
        number(painter, rect.left() + x, middle, u64::from(of), Type::Body, (t.text, t.text2));
    }
    if let Some(mark) = mark {
        suggested(ui, rect, columns, mark);
        return;
    }
    let (mark, ink) = match &row.buys {
        Buys::Nothing(_) => (None, t.text2),
        Buys::CouldRun(_) => (Some(Mark::Note), t.text),
        Buys::Covers { counts: false, .. } => (Some(Mark::Warning), t.text),
        Buys::Covers { agreed: true, .. } => (Some(Mark::Agreed), t.text),
        Buys::Covers { .. } | Buys::Frees { agreed: false, .. } => (Some(Mark::Waiting), t.text),
        Buys::Frees { .. } | Buys::Fills(_) => (None, t.text),
    };
    let mut at = columns.buys;
    // Red means that something is not covered, and nothing else: what could be won has a person with a plus.
    let wins = matches!(row.buys, Buys::Frees { agreed: true, .. } | Buys::Fills(_));
    if wins {
        let center = pos2(rect.left() + at + 7.0, middle);
        icons::paint(painter, center, icons::USER_PLUS, icons::IN_ROW, t.text2);
        at += 20.0;
    }
    if let Some(mark) = mark {
        mark.paint(painter, pos2(rect.left() + at + 7.0, middle), 14.0, t);
        at += 20.0;
    }
    let role = if mark.is_some() || wins { strong } else { Type::Body };
    // Most rows say that there is no gap: a dash stands for that sentence, which the panel and the hover have.
    let text = if row.buys.text() == NO_GAP { "–" } else { row.buys.text() };
    let fits = role.elided(painter, text, ink, (columns.end - at).max(LEAST));
    let short = text.replace("availability not known", "not known");
    let short = match &row.buys {
        Buys::Fills(fills) if fills.free > 0 => fills.free_in_short.clone(),
        _ => short,
    };
    put(at, columns.end, if fits.elided { &short } else { text }, role, ink);
}

/// Not in the rota yet: the ground and the dashes of a suggestion.
fn suggested_ground(ui: &Ui, cell: Rect) {
    let t = theme::tokens(ui);
    ui.painter().rect_filled(cell, 0.0, t.plan_fill);
    let dashes = Dashes { on: 5.0, off: 3.0, stroke: Stroke::new(2.0, t.plan) };
    ui.painter().add(dashes.shape(cell, 1.0 / ui.pixels_per_point()));
}

/// What a suggestion would do, with the number of its change.
fn suggested(ui: &Ui, rect: Rect, columns: &Columns, mark: &SessionMark) {
    let t = theme::tokens(ui);
    let cell = Rect::from_x_y_ranges(rect.left() + columns.buys - 4.0..=rect.left() + columns.end, rect.y_range());
    suggested_ground(ui, cell.shrink2(vec2(0.0, 2.0)));
    let center = pos2(cell.left() + 12.0, cell.center().y);
    plan_number(ui, center, mark.number);
    let room = (cell.width() - 30.0).max(LEAST);
    let lay = |text: &str| Type::Body.elided(ui.painter(), format!("suggested: {text}"), t.plan_text, room);
    let words = lay(&mark.text);
    let words = if words.elided { lay(&mark.short) } else { words };
    ui.painter().galley(pos2(cell.left() + 24.0, center.y - 0.5 * words.size().y), words, t.plan_text);
}

fn flags(row: &SessionRow) -> String {
    match (row.protected, row.locked) {
        (true, true) => "protected, locked".to_owned(),
        (true, false) => "protected".to_owned(),
        (false, true) => "locked".to_owned(),
        (false, false) => String::new(),
    }
}

/// What the hover of a row says, where the row may not say all of it.
pub fn hover_text(row: &SessionRow, mark: Option<&SessionMark>) -> String {
    let suggested = mark.map(|mark| format!("\n{}", mark.spoken())).unwrap_or_default();
    format!("{}\n{} {}, {}\n{}{suggested}", row.title, row.day, row.times, row.team, row.buys.text())
}
