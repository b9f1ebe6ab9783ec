//! The verdict bar: a card for each unit with its pill, one sentence, and a mark for each other window.

use std::fmt::Write as _;
use std::sync::Arc;

use egui::{Align, Context, Galley, Id, Layout, Popup, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder};
use egui::{WidgetInfo, pos2, vec2};

use crate::checker::Verdict;
use crate::editor::verdict_text::{VerdictCard, WindowMark, verdict_cards};
use crate::editor::{Action, Document, Editor, FileState, Selection, Verb};

use super::cached::{DocKey, cached};
use super::changed_file;
use super::icons;
use super::keys::shortcut_text;
use super::marks::Mark;
use super::panes::{self, Pane};
use super::state::{UiState, VerdictPlace, Verdicts};
use super::theme::{self, Type, sizes};
use super::verb_rows::verb_button;
use super::verdict_layout::{CardKind, CardWidths, LINE, LaidOutBar, MARKS_LINE, Marks, PADDING, lay_out};
use super::widgets::{self, PushButton, verdict_pill};

/// Windows lower than this give every card one line only.
const LOW: f32 = 400.0;
/// With more of the window's height than this the cards have one line too.
const SHARE_MOST: f32 = 0.4;
/// In narrower ones the cards need the room of the button, whose key and menu entry remain.
const BUTTON_FROM: f32 = 640.0;
const BUTTON_WIDTH: f32 = 152.0;
const SIDE: f32 = 8.0;

/// The cards and where they stand, for the width of the window.
#[derive(Clone)]
pub struct VerdictBar {
    cards: Arc<Vec<VerdictCard>>,
    bar: LaidOutBar,
    height: f32,
    /// So many lines a sentence has at most.
    lines: usize,
    is_current: bool,
}

impl VerdictBar {
    /// The cards of a document and their places, from which the height of the bar follows.
    pub fn new(ui: &Ui, doc: &Document) -> Self {
        let ctx = ui.ctx();
        let key = DocKey::of(doc);
        let id = Id::unique("cover-rota verdict cards");
        let cards = cached(ctx, id, key, || verdict_cards(doc.rota(), doc.report()));
        let room = vec2(ui.available_width(), ctx.content_rect().height());
        let is_current = doc.is_current();
        let rota = doc.rota();
        let surface = theme::tokens(ctx).surface;
        // Neither its first save, nor a change outside the program, nor another theme moves what lies under the bar.
        let place = VerdictPlace {
            rota: doc.number(),
            units: rota.units.len(),
            windows: rota.windows.len(),
            room: room.round().to_pos2(),
        };
        let kept = UiState::of(ctx, |state| state.verdicts.clone()).filter(|kept| kept.place == place);
        let most = kept.as_ref().map(|kept| kept.lines);
        let highest = kept.map(|kept| kept.height);
        let measured = (key, room.round().to_pos2(), surface, most, highest.map(f32::to_bits));
        let laid = cached(ctx, id.with("layout"), measured, || {
            let text = Texts { ctx, is_current, doc };
            let parts: Vec<CardWidths> = cards.iter().enumerate().map(|(at, card)| text.parts(card, at == 0)).collect();
            let button = if has_button(room.x) { BUTTON_WIDTH + sizes::GAP } else { 0.0 };
            let width = room.x - 2.0 * SIDE - button;
            let needed = |at: usize, room: f32| text.sentence(&cards[at], at == 0, room).rows.len();
            let lines = |at: usize, room: f32| needed(at, room).min(most.unwrap_or(usize::MAX));
            let bar = lay_out(&parts, width, room.y < LOW, &lines);
            // Many units of many days: whatever the sentences say, the view beneath needs more room.
            let bar = if bar.height > SHARE_MOST * room.y { lay_out(&parts, width, true, &lines) } else { bar };
            let bar = match highest {
                Some(most) if bar.height > most => {
                    let low = || lay_out(&parts, width, true, &lines);
                    let held = bar.clone().within(most).or_else(|| Some(low()).filter(|low| low.height <= most));
                    held.unwrap_or(bar)
                }
                _ => bar,
            };
            let of = |(what, rect): &(CardKind, Rect)| match what {
                CardKind::Full(at) => needed(*at, rect.width() - 2.0 * PADDING),
                CardKind::Short(_) | CardKind::Fold(_) => 1,
            };
            let lines = most.or_else(|| bar.cards.iter().map(of).max()).unwrap_or(1);
            (bar, lines)
        });
        let (bar, lines) = (laid.0.clone(), laid.1);
        // As many lines as there were at first, and as high as it was: an edit must not move the rows under the mouse.
        let height = highest.unwrap_or(bar.height).max(bar.height);
        UiState::of(ctx, |state| state.verdicts = Some(Verdicts { place, lines, height }));
        Self { cards, bar, height, lines, is_current }
    }

    /// How high the bar is.
    pub fn height(&self) -> f32 {
        self.height
    }

    pub fn show(&self, ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
        let Some(doc) = editor.doc() else { return };
        let area = ui.max_rect();
        let origin = pos2(area.left() + SIDE, area.top());
        let show = CardPainter { bar: self, doc };
        let mut first = None;
        for (what, rect) in &self.bar.cards {
            let rect = rect.translate(origin.to_vec2());
            let response = match what {
                CardKind::Full(at) => show.full(ui, *at, rect, actions),
                CardKind::Short(at) => show.short(ui, *at, rect, actions),
                CardKind::Fold(ats) => show.fold(ui, ats, rect, actions),
            };
            first = first.or(Some(response.id));
        }
        if self.cards.is_empty() {
            first = Some(no_units_ui(ui, area, editor, actions).id);
        } else if has_button(area.width()) {
            for button in buttons_ui(ui, area, editor, actions) {
                first = first.or(Some(button.id));
            }
        }
        if let Some(first) = first {
            panes::register(ui, Pane::Verdicts, area, first);
        }
    }
}

fn has_button(width: f32) -> bool {
    width >= BUTTON_FROM
}

/// Nothing to give a verdict on yet: what to do.
fn no_units_ui(ui: &mut Ui, area: Rect, editor: &Editor, actions: &mut Vec<Action>) -> Response {
    let t = theme::tokens(ui);
    let line = area.shrink2(vec2(SIDE + 4.0, 0.0));
    let place = UiBuilder::new().max_rect(line).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(place, |ui| {
        let response = verb_button(ui, Verb::AddUnit, PushButton::new(Verb::AddUnit.row().label), editor, actions);
        ui.add_space(4.0);
        let text = "Enter the units to be covered, such as A&E. This bar then shows whether each is covered.";
        ui.add(egui::Label::new(Type::Body.ink(text, t.text2)).truncate());
        response
    })
    .inner
}

/// `Suggest cover` over `Next problem`; in a low window, where cards have one line, the latter alone.
fn buttons_ui(ui: &mut Ui, area: Rect, editor: &Editor, actions: &mut Vec<Action>) -> Vec<Response> {
    let room = sizes::VERDICT_BAR.min(area.height());
    let left = area.right() - SIDE - BUTTON_WIDTH;
    let (high, between) = (sizes::BAR_CONTROL, 4.0);
    let column = 2.0 * high + between;
    let key = shortcut_text(ui, Verb::NextProblem);
    let next = PushButton::new("Next problem").key(&key);
    let mut button = |top: f32, push: PushButton<'_>, verb: Verb| {
        let rect = Rect::from_min_size(pos2(left, area.top() + top), vec2(BUTTON_WIDTH, high));
        let shown = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            ui.spacing_mut().interact_size.y = high;
            let enabled = editor.is_enabled(verb);
            let response = ui.add_enabled(enabled.is_ok(), push.min_width(BUTTON_WIDTH));
            match enabled {
                Ok(()) => response.on_hover_text(verb.row().tooltip),
                Err(why) => response.on_disabled_hover_text(why.to_string()),
            }
        });
        if shown.inner.clicked() {
            actions.push(Action::Do(verb));
        }
        shown.inner
    };
    if room < column {
        return vec![button(0.5 * (room - high), next, Verb::NextProblem)];
    }
    let top = 0.5 * (room - column);
    let suggest = PushButton::primary("Suggest cover").icon(icons::MAGIC_WAND);
    vec![button(top, suggest, Verb::SuggestCover), button(top + high + between, next, Verb::NextProblem)]
}

/// How much of a mark is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkWords {
    All,
    /// The day and the number.
    Brief,
    Day,
}

impl MarkWords {
    fn of(self, mark: &WindowMark) -> &str {
        match self {
            Self::All => &mark.text,
            Self::Brief => &mark.brief,
            Self::Day => &mark.day,
        }
    }
}

/// The words of a card as they are measured and drawn.
struct Texts<'a> {
    ctx: &'a Context,
    is_current: bool,
    doc: &'a Document,
}

impl Texts<'_> {
    fn layout(&self, text: &str, role: Type, width: f32) -> Arc<Galley> {
        let ink = egui::Color32::PLACEHOLDER;
        self.ctx.fonts_mut(|fonts| fonts.layout(unbroken(text), role.font(), ink, width))
    }

    fn width(&self, text: &str, role: Type) -> f32 {
        self.layout(text, role, f32::INFINITY).size().x
    }

    fn parts(&self, card: &VerdictCard, is_first: bool) -> CardWidths {
        let pill = card.pill_text(self.is_current);
        let role = if self.is_current { Type::Pill } else { Type::Strong };
        CardWidths {
            head: self.width(&card.name, Type::Unit).min(NAME_MOST) + 12.0 + self.width(&pill, role) + 38.0,
            marks: self.marks_width(card, MarkWords::All),
            days: self.marks_width(card, MarkWords::Brief),
            sentence: self.width(&sentence_of(card, self.doc, is_first), Type::Body) + 1.0,
            is_quiet: self.is_current && card.is_quiet(),
        }
    }

    fn marks_width(&self, card: &VerdictCard, words: MarkWords) -> f32 {
        let all = card.marks.iter().map(|mark| self.mark_width(words.of(mark)));
        if self.is_current { all.sum() } else { 0.0 }
    }

    fn mark_width(&self, text: &str) -> f32 {
        14.0 + 6.0 + self.width(text, Type::Body) + 10.0
    }

    /// As much of it as so many lines hold, whole parts first, in fewer words if there are any; and whether that is all.
    /// What is left out is not left out silently, and is there on hover.
    fn fitted(&self, whole: &str, shorter: &[String], width: f32, lines: usize) -> (Arc<Galley>, bool) {
        let lay = |text: &str| self.layout(text, Type::Body, width);
        let fits = |galley: &Arc<Galley>| galley.rows.len() <= lines;
        let all = lay(whole);
        if fits(&all) {
            return (all, true);
        }
        if let Some(galley) = shorter.iter().map(|text| lay(text)).find(fits) {
            return (galley, false);
        }
        let mut text = whole;
        while let Some(at) = text.trim_end_matches('.').rfind(". ") {
            text = &text[..=at];
            let galley = lay(&format!("{text} …"));
            if fits(&galley) {
                return (galley, false);
            }
        }
        let mut job =
            egui::text::LayoutJob::simple(unbroken(text), Type::Body.font(), egui::Color32::PLACEHOLDER, width);
        job.wrap.max_rows = lines;
        (self.ctx.fonts_mut(|fonts| fonts.layout_job(job)), false)
    }

    fn sentence(&self, card: &VerdictCard, is_first: bool, width: f32) -> Arc<Galley> {
        self.layout(&sentence_of(card, self.doc, is_first), Type::Body, width)
    }
}

/// The text with lengths that no line divides: `7 h`, `30 min`.
fn unbroken(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find(' ') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        let unit = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_length = before.ends_with(|c: char| c.is_ascii_digit()) && matches!(unit, "h" | "min");
        out.push_str(before);
        out.push(if is_length { '\u{a0}' } else { ' ' });
        rest = after;
    }
    out + rest
}

/// A longer name ends in "…"; hover and the spoken name have all of it.
const NAME_MOST: f32 = 260.0;

/// What a card says; while the verdicts are not current, why.
fn sentence_of(card: &VerdictCard, doc: &Document, is_first: bool) -> String {
    if doc.is_current() {
        return card.sentence.clone();
    }
    if !is_first {
        return "Not current.".to_owned();
    }
    match doc.file_state() {
        FileState::ChangedOnDisk { .. } => changed_file::not_current(doc),
        FileState::Gone { .. } => "Not current: the file was moved, renamed or deleted.".to_owned(),
        FileState::CannotCheck { .. } => "Not current: the file cannot be read.".to_owned(),
        FileState::NotConfirmed(_) => "Not current: the last save was not confirmed.".to_owned(),
        _ if doc.has_newer_kept() => "Not current: newer work on this file is kept. Review.".to_owned(),
        _ => "Not current: the file was changed outside the program. Review.".to_owned(),
    }
}

/// Draws cards.
struct CardPainter<'a> {
    bar: &'a VerdictBar,
    doc: &'a Document,
}

impl CardPainter<'_> {
    fn card(&self, at: usize) -> &VerdictCard {
        &self.bar.cards[at]
    }

    /// The frame of a card; the whole of it is one button.
    fn frame(&self, ui: &Ui, card: &VerdictCard, at: usize, rect: Rect) -> Response {
        let t = theme::tokens(ui);
        let response =
            ui.interact(rect, Id::unique("cover-rota verdict card").with(card.unit.as_str()), Sense::click());
        let is_current = self.bar.is_current;
        let mut spoken =
            format!("{}: {}. {}", card.name, card.pill_text(is_current), sentence_of(card, self.doc, at == 0));
        if is_current {
            for mark in &card.marks {
                let _ = write!(spoken, " {}.", mark.spoken);
            }
        }
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        let hovered = response.hovered();
        let (fill, edge) = match (is_current, hovered) {
            (_, true) => (t.accent_soft, Stroke::new(1.0, t.accent)),
            (true, false) => (t.surface, Stroke::new(1.0, t.line2)),
            (false, false) => (t.chrome, Stroke::new(1.0, t.line2)),
        };
        ui.painter().rect(rect, sizes::CORNER, fill, edge, StrokeKind::Inside);
        response
    }

    /// Name and pill on one line.
    fn head(&self, ui: &mut Ui, card: &VerdictCard, line: Rect) {
        let t = theme::tokens(ui);
        let is_current = self.bar.is_current;
        let ink = if is_current { t.text } else { t.text2 };
        ui.scope_builder(UiBuilder::new().max_rect(line).layout(Layout::left_to_right(Align::Center)), |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            ui.set_clip_rect(line.expand2(vec2(2.0, 4.0)).intersect(ui.clip_rect()));
            let name = Type::Unit.elided(ui.painter(), card.name.as_str(), ink, NAME_MOST);
            let (rect, _) = ui.allocate_exact_size(vec2(name.size().x, line.height()), Sense::hover());
            ui.painter().galley(pos2(rect.left(), rect.center().y - 0.5 * name.size().y), name, ink);
            verdict_pill(ui, Some(card.verdict).filter(|_| is_current), &card.pill_text(is_current));
        });
    }

    fn full(&self, ui: &mut Ui, at: usize, rect: Rect, actions: &mut Vec<Action>) -> Response {
        let t = theme::tokens(ui);
        let card = self.card(at);
        let response = self.frame(ui, card, at, rect);
        let inside = rect.shrink2(vec2(PADDING, 0.0));
        let head = Rect::from_min_size(pos2(inside.left(), rect.top() + 4.0), vec2(inside.width(), 24.0));
        self.head(ui, card, head);
        let text = Texts { ctx: ui.ctx(), is_current: self.bar.is_current, doc: self.doc };
        let parts = text.parts(card, at == 0);
        let marks = parts.marks_in(rect.width());
        // A bar that may not grow has no room for all lines under the marks.
        let lines_from = |top: f32| ((rect.bottom() - 2.0 - top).max(0.0) / LINE).floor() as usize;
        let mut top = head.bottom() + 1.0;
        let is_below = parts.marks > 0.0 && marks == Marks::Below;
        // What is short comes before what waits on other days: the marks give way to the sentence.
        let gives_way = is_below && lines_from(top + MARKS_LINE) == 0;
        let below = Rect::from_min_size(head.left_bottom(), vec2(inside.width(), MARKS_LINE));
        if is_below && !gives_way {
            top += MARKS_LINE;
        }
        let whole = sentence_of(card, self.doc, at == 0);
        let lines = self.bar.lines.min(lines_from(top));
        let (sentence, is_whole) =
            text.fitted(&whole, if self.bar.is_current { &card.shorter } else { &[] }, inside.width(), lines.max(1));
        let right = |width: f32| pos2(inside.right() + 10.0 - width, head.top());
        let day_width = text.marks_width(card, MarkWords::Day);
        let (words, at_marks) = match marks {
            Marks::Whole => (Some(MarkWords::All), right(parts.marks)),
            Marks::Days => (Some(MarkWords::Brief), right(parts.days)),
            Marks::Below if gives_way => {
                let fits = parts.head + 16.0 + day_width <= inside.width() + 10.0;
                (fits.then_some(MarkWords::Day), right(day_width))
            }
            // On a line of their own there may be room for their words.
            Marks::Below if parts.marks > inside.width() + 10.0 => (Some(MarkWords::Brief), below.left_top()),
            Marks::Below => (Some(MarkWords::All), below.left_top()),
        };
        let marks_height = if is_below && !gives_way { MARKS_LINE } else { head.height() };
        let clicked_mark = words.is_some_and(|words| self.marks(ui, card, words, at_marks, marks_height, actions));
        let ink = if self.bar.is_current { t.text } else { t.text2 };
        if lines > 0 {
            ui.painter().galley_with_override_text_color(pos2(inside.left(), top), sentence, ink);
        }
        if response.clicked() && !clicked_mark {
            actions.extend(go_to(card));
        }
        if is_whole && lines > 0 { response } else { response.on_hover_text(whole) }
    }

    /// The marks of other windows from `at` on; whether one was clicked.
    fn marks(
        &self,
        ui: &Ui,
        card: &VerdictCard,
        words: MarkWords,
        at: egui::Pos2,
        height: f32,
        actions: &mut Vec<Action>,
    ) -> bool {
        if !self.bar.is_current {
            return false;
        }
        let text = Texts { ctx: ui.ctx(), is_current: true, doc: self.doc };
        let (mut left, mut clicked) = (at.x, false);
        for mark in &card.marks {
            let words = words.of(mark);
            let width = text.mark_width(words);
            let place = Rect::from_min_size(pos2(left, at.y), vec2(width, height));
            clicked |= window_mark(ui, card, mark, words, place, actions);
            left += width;
        }
        clicked
    }

    fn short(&self, ui: &mut Ui, at: usize, rect: Rect, actions: &mut Vec<Action>) -> Response {
        let card = self.card(at);
        let response = self.frame(ui, card, at, rect);
        let inside = Rect::from_center_size(rect.center(), vec2(rect.width() - 2.0 * PADDING, 24.0));
        self.head(ui, card, inside);
        let text = Texts { ctx: ui.ctx(), is_current: self.bar.is_current, doc: self.doc };
        let parts = text.parts(card, at == 0);
        let whole = sentence_of(card, self.doc, at == 0);
        let is_short = self.bar.is_current && card.verdict == Verdict::Short;
        let mut clicked_mark = false;
        let mut room = inside.width() - parts.head;
        if is_short {
            // What is short comes before what waits on other days, which is on hover where there is no room for it.
            let day_width = text.marks_width(card, MarkWords::Day);
            if !card.marks.is_empty() && parts.sentence + 16.0 + day_width <= room + 10.0 {
                let at_marks = pos2(inside.right() + 10.0 - day_width, inside.top());
                clicked_mark = self.marks(ui, card, MarkWords::Day, at_marks, inside.height(), actions);
                room -= day_width + 16.0;
            }
            let (sentence, _) = text.fitted(&whole, &[], room, 1);
            let at_sentence = pos2(inside.left() + parts.head, inside.center().y - 0.5 * sentence.size().y);
            ui.painter().galley_with_override_text_color(at_sentence, sentence, theme::tokens(ui).text);
        } else {
            let at_marks = pos2(inside.right() + 10.0 - parts.days, inside.top());
            clicked_mark |= self.marks(ui, card, MarkWords::Brief, at_marks, inside.height(), actions);
        }
        if response.clicked() && !clicked_mark {
            actions.extend(go_to(card));
        }
        response.on_hover_text(whole)
    }

    fn fold(&self, ui: &mut Ui, ats: &[usize], rect: Rect, actions: &mut Vec<Action>) -> Response {
        let t = theme::tokens(ui);
        let text = format!("{} covered", ats.len());
        let response = ui.interact(rect, Id::unique("cover-rota covered units"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{text}: show the list")));
        let edge = if response.hovered() { t.accent } else { t.line2 };
        ui.painter().rect(rect, sizes::CORNER, t.surface, (1.0, edge), StrokeKind::Inside);
        let line =
            UiBuilder::new().max_rect(rect.shrink2(vec2(PADDING, 0.0))).layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(line, |ui| {
            verdict_pill(ui, Some(Verdict::Covered), &text);
        });
        Popup::menu(&response).show(|ui| {
            for at in ats {
                let card = self.card(*at);
                let text = format!("{}: {}", card.name, card.sentence);
                if widgets::menu_entry(ui, widgets::Lead::Mark(Mark::of_verdict(card.verdict)), &text, "").clicked() {
                    actions.extend(go_to(card));
                    ui.close();
                }
            }
        });
        response
    }
}

/// A mark with the name of another window; leads there.
fn window_mark(
    ui: &Ui,
    card: &VerdictCard,
    mark: &WindowMark,
    words: &str,
    place: Rect,
    actions: &mut Vec<Action>,
) -> bool {
    let t = theme::tokens(ui);
    let id = Id::unique("cover-rota window mark").with((card.unit.as_str(), mark.window.as_str()));
    let response = ui.interact(place, id, Sense::click());
    let spoken = format!("{}, {}: show that day", card.name, mark.spoken);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    let middle = place.center().y;
    Mark::of_verdict(mark.verdict).paint(ui.painter(), pos2(place.left() + 7.0, middle), 14.0, t);
    let ink = if response.hovered() { t.link } else { t.text };
    let words = ui.painter().layout_no_wrap(words.to_owned(), Type::Body.font(), ink);
    ui.painter().galley(pos2(place.left() + 20.0, middle - 0.5 * words.size().y), words, ink);
    let clicked = response.clicked();
    if clicked {
        actions.push(Action::GoToUnit { unit: card.unit.clone(), window: Some(mark.window.clone()) });
    }
    response.on_hover_text(&mark.spoken);
    clicked
}

/// To the unit's first problem in the window shown; where nothing is compared, to what has to be entered or confirmed.
fn go_to(card: &VerdictCard) -> Vec<Action> {
    if card.verdict == Verdict::NoNormalStaffing {
        let unit = Selection::Unit(card.unit.clone());
        return vec![Action::Select(unit), Action::Do(Verb::NormalStaffing)];
    }
    vec![Action::GoToUnit { unit: card.unit.clone(), window: None }]
}

#[cfg(test)]
mod tests {
    use super::unbroken;

    #[test]
    fn no_line_divides_a_length() {
        assert_eq!(unbroken("7 h 30 min more, 2 h. At 17 home"), "7\u{a0}h 30\u{a0}min more, 2\u{a0}h. At 17 home");
    }
}
