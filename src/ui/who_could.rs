//! Who could fill the chosen gap: ranked, each with what it would cost; and why the others cannot.

use std::fmt::Write as _;
use std::sync::Arc;

use egui::{Galley, Id, Key, Modifiers, Response, Sense, Ui, UiBuilder, pos2, vec2};

use crate::checker::{Candidate, Gap, Lacks};
use crate::editor::assign::{initials, post_name};
use crate::editor::other_specialty::of_another_specialty;
use crate::editor::reach::{bleep_text, phone_text};
use crate::editor::suggest::nights_of_candidate;
use crate::editor::surnames::Surnames;
use crate::editor::why_not::{WhyNot, why_not};
use crate::editor::{Action, Document, Editor, WhoCould};
use crate::model::{Rota, words};

use super::cached::{DocKey, cached};
use super::icons;
use super::panes::Pane;
use super::row_list::{LaidLines, RowList};
use super::state::UiState;
use super::theme::{self, Sizes, Tokens, Type, sizes};
use super::widgets::{ListRow, PushButton};

const TEXT_LEFT: f32 = 28.0;
const BUTTON_WIDTH: f32 = 68.0;
/// In the place of the number, where others have theirs.
const NO_PHONE: &str = "no telephone number";

fn list_id() -> Id {
    Id::unique("cover-rota who could")
}

/// Draws the list of who could fill the chosen gap, under the problems.
pub fn who_could_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let (Some(doc), Some(who)) = (editor.doc(), editor.who_could()) else { return };
    head_ui(ui, doc, &who.gap);
    let open = UiState::of(ui, |state| state.lists.why_not);
    let width = ui.available_width();
    let key = (DocKey::of(doc), who.gap.post.clone(), who.gap.span, open, width.to_bits(), theme::tokens(ui).surface);
    let laid = cached(ui, list_id().with("rows"), key, || WhoCouldLine::all(ui, doc, who, open, width));
    WhoRows { doc, who, laid: &laid, open }.show(ui, actions);
}

/// `Who could: Majors middle grade`, and under it when, how many are short and how many are to agree.
fn head_ui(ui: &mut Ui, doc: &Document, gap: &Gap) {
    let t = theme::tokens(ui);
    let rota = doc.rota();
    let title = format!("Who could: {}", post_name(rota, &gap.post));
    let mut when = words::span(rota.zone(), gap.span);
    let lacks = lacks_on(doc, gap);
    if lacks != Lacks::default() {
        let was = if doc.is_current() { "" } else { "was " };
        let _ = write!(when, ", {was}{lacks}");
    }
    if let Some(bleep) = bleep_text(rota, &gap.post) {
        let _ = write!(when, ", {bleep}");
    }
    let frame = egui::Frame::new().fill(t.chrome).inner_margin(egui::Margin { left: 12, right: 12, top: 5, bottom: 5 });
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(egui::Label::new(Type::Panel.ink(title, t.text)).wrap());
        ui.add(egui::Label::new(Type::Small.ink(when, t.text2)).wrap());
    });
}

/// What the post itself lacks at the worst minute of the gap.
fn lacks_on(doc: &Document, gap: &Gap) -> Lacks {
    let rota = doc.rota();
    let Some(post) = rota.post(&gap.post) else { return Lacks::default() };
    let windows = rota.windows.iter().filter(|window| window.span.overlaps(gap.span));
    windows.map(|window| doc.lacks_on(&window.id, &post.unit, &gap.post, gap.span)).max().unwrap_or_default()
}

enum WhoCouldLine {
    /// Somebody who could, by their place.
    Could { at: usize, name: String, text: Arc<Galley>, phone: Option<String>, spoken: String },
    /// Nobody could.
    Nobody { text: Arc<Galley> },
    /// How many others could not.
    Others { count: usize },
    /// One reason against so many.
    Reason { reason: WhyNot, each: Vec<String>, detail: Arc<Galley> },
}

impl WhoCouldLine {
    /// All lines for a panel of this width; `open` shows the reasons against the others.
    fn all(ui: &Ui, doc: &Document, who: &WhoCould, open: bool, width: f32) -> LaidLines<Self> {
        let (rota, t) = (doc.rota(), theme::tokens(ui));
        let text_width = (width - TEXT_LEFT - BUTTON_WIDTH - 28.0).max(60.0);
        let lay = |text: &str, role: Type, ink, width| ui.painter().layout(text.to_owned(), role.font(), ink, width);
        let has_phones = who.could.iter().any(|candidate| phone_text(rota, &candidate.person).is_some());
        let surnames = Surnames::of(&rota.people);
        let could = |(at, candidate): (usize, &Candidate)| {
            let nights = nights_of_candidate(rota, candidate, &who.gap);
            let cost = std::iter::once(candidate.text.as_str()).chain(nights.iter().map(String::as_str));
            let cost = cost.map(|text| text.trim_end_matches('.')).collect::<Vec<_>>().join(". ");
            let is_of_another =
                rota.person(&candidate.person).and_then(|p| of_another_specialty(rota, p, &who.gap.post)).is_some();
            let is_free = candidate.price.is_nothing() && nights.is_empty() && !is_of_another && doc.is_current();
            let (role, ink) = price_look(is_free, t);
            let initials_width = lay(&initials(rota, &candidate.person), Type::Strong, ink, f32::INFINITY).size().x;
            // The list is narrower than the panel by its scroll bar.
            let name_width = text_width - initials_width - 18.0;
            let (name, grade) = name_of(rota, &surnames, candidate);
            let comma = if grade.is_empty() || name.is_empty() { "" } else { ", " };
            let both = format!("{name}{comma}{}", words::inside(&grade));
            // A grade that has no room beside the name stands before the price: everybody has theirs.
            let fits = lay(&both, Type::Body, ink, f32::INFINITY).size().x <= name_width;
            let text = if fits || grade.is_empty() { cost.clone() } else { format!("{grade}. {cost}") };
            let text = lay(&text, role, ink, text_width);
            let shown = if fits { both.clone() } else { name };
            let phone = phone_text(rota, &candidate.person);
            let phone = phone.or_else(|| has_phones.then(|| NO_PHONE.to_owned()));
            let ring = phone
                .as_ref()
                .filter(|phone| *phone != NO_PHONE)
                .map_or_else(String::new, |phone| format!(". Telephone {phone}"));
            let who = initials(rota, &candidate.person);
            let spoken = format!("{}: {who} {both}. {cost}{ring}", at + 1);
            WhoCouldLine::Could { at, name: shown, text, phone, spoken }
        };
        let mut lines: Vec<WhoCouldLine> = who.could.iter().enumerate().map(could).collect();
        let whole = (width - 2.0 * sizes::PANEL_PADDING - 8.0).max(80.0);
        if lines.is_empty() {
            lines.push(WhoCouldLine::Nobody {
                text: lay("Nobody is available at present.", Type::Body, t.text2, whole),
            });
        }
        if !who.could_not.is_empty() {
            lines.push(WhoCouldLine::Others { count: who.could_not.len() });
        }
        if open {
            for reason in why_not(rota, &who.gap.post, &who.could_not) {
                let detail = lay(&reason.text, Type::Small, t.text2, (width - 44.0 - 20.0).max(60.0));
                let of_it = who.could_not.iter().filter(|candidate| reason.people.contains(&candidate.person));
                let each = of_it.map(|c| format!("{}: {}", initials(rota, &c.person), c.text)).collect();
                lines.push(WhoCouldLine::Reason { reason, each, detail });
            }
        }
        let list_row = Sizes::now(ui).list_row;
        LaidLines::new(lines, |line| line.height(list_row))
    }

    fn height(&self, list_row: f32) -> f32 {
        match self {
            Self::Could { text, phone, .. } => {
                28.0 + 18.0 * (text.rows.len().max(1) + usize::from(phone.is_some())) as f32
            }
            Self::Nobody { text } => 12.0 + 18.0 * text.rows.len() as f32,
            Self::Others { .. } => list_row + 4.0,
            Self::Reason { detail, .. } => 26.0 + 18.0 * detail.rows.len() as f32,
        }
    }
}

/// What costs nothing is said in green, while the rota is current.
fn price_look(is_free: bool, t: &Tokens) -> (Type, egui::Color32) {
    if is_free { (Type::SmallStrong, t.ok_text) } else { (Type::Small, t.text2) }
}

/// Name, with the given name where others have the family name, and grade, such as `Sethi` and `Specialty doctor`.
fn name_of(rota: &Rota, surnames: &Surnames, candidate: &Candidate) -> (String, String) {
    let Some(person) = rota.person(&candidate.person) else { return Default::default() };
    (surnames.name(person), words::safe(person.grade.trim()).into_owned())
}

struct WhoRows<'a> {
    doc: &'a Document,
    who: &'a WhoCould,
    laid: &'a LaidLines<WhoCouldLine>,
    open: bool,
}

impl WhoRows<'_> {
    fn show(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let list = RowList {
            id: list_id(),
            pane: Pane::WhoCould,
            home: 0,
            tops: &self.laid.tops,
            stops: &|_| true,
            show: self.is_of_another_gap(ui).then_some(0).or_else(|| self.just_opened(ui)),
        };
        let heard = list.show(ui, |ui, row, id| self.line_ui(ui, row, id, actions));
        if let Some((row, _)) = heard.focused {
            self.keys(ui, actions);
            if heard.entered.is_some() {
                let asked = ui.input(|input| input.modifiers.command);
                self.enter(ui, row, asked, actions);
            }
        }
    }

    fn can_propose(&self) -> bool {
        !self.doc.is_read_only()
    }

    fn propose(&self, at: usize, asked: bool, actions: &mut Vec<Action>) {
        if let (Some(candidate), true) = (self.who.could.get(at), self.can_propose()) {
            let (person, gap) = (candidate.person.clone(), self.who.gap.clone());
            actions.push(Action::Propose { person, gap, asked });
        }
    }

    /// 1 to 9 propose.
    fn keys(&self, ui: &Ui, actions: &mut Vec<Action>) {
        const DIGITS: [Key; 9] =
            [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
        for (at, key) in DIGITS.into_iter().enumerate() {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                self.propose(at, false, actions);
            }
        }
    }

    fn enter(&self, ui: &Ui, row: usize, asked: bool, actions: &mut Vec<Action>) {
        match self.laid.lines.get(row) {
            Some(WhoCouldLine::Could { at, .. }) => self.propose(*at, asked, actions),
            Some(WhoCouldLine::Others { .. }) => self.fold(ui),
            _ => {}
        }
    }

    fn fold(&self, ui: &Ui) {
        UiState::of(ui, |state| {
            state.lists.why_not = !self.open;
            state.lists.why_not_just_opened = !self.open;
        });
    }

    /// Whether the list was last drawn for another gap: its first person must not stand out of sight, where a number
    /// would still reach them.
    fn is_of_another_gap(&self, ui: &Ui) -> bool {
        UiState::of(ui, |state| state.lists.who_could_of.replace(self.who.gap.clone()).as_ref() != Some(&self.who.gap))
    }

    /// Some of the reasons, once, when they have just been asked for: they are brought into sight.
    fn just_opened(&self, ui: &Ui) -> Option<usize> {
        let asked = UiState::of(ui, |state| std::mem::take(&mut state.lists.why_not_just_opened));
        let others = self.laid.lines.iter().position(|line| matches!(line, WhoCouldLine::Others { .. }))?;
        asked.then(|| (others + 3).min(self.laid.lines.len() - 1))
    }

    fn line_ui(&self, ui: &mut Ui, row: usize, id: Id, actions: &mut Vec<Action>) -> Response {
        match &self.laid.lines[row] {
            WhoCouldLine::Could { at, name, text, phone, spoken } => {
                self.could_ui(ui, (*at, name, text, phone.as_deref(), spoken), id, actions)
            }
            WhoCouldLine::Nobody { text } => {
                let rect = ui.max_rect();
                let response = ui.interact(rect, id, Sense::focusable_noninteractive());
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ListItem, true, text.text()));
                let ink = theme::tokens(ui).text2;
                ui.painter().galley(rect.min + vec2(sizes::PANEL_PADDING, 6.0), Arc::clone(text), ink);
                response
            }
            WhoCouldLine::Others { count } => self.others_ui(ui, *count, id),
            WhoCouldLine::Reason { reason, each, detail } => reason_ui(ui, reason, each, detail, id),
        }
    }

    fn could_ui(
        &self,
        ui: &mut Ui,
        (at, name, text, phone, spoken): (usize, &str, &Arc<Galley>, Option<&str>, &str),
        id: Id,
        actions: &mut Vec<Action>,
    ) -> Response {
        let t = theme::tokens(ui);
        let row = ui.max_rect();
        let candidate = &self.who.could[at];
        let response = ListRow::new(spoken, row.height()).id(id).show(ui, |_| {});
        let rect = response.rect;
        let painter = ui.painter();
        let line = |text: &str, role: Type, ink| painter.layout_no_wrap(text.to_owned(), role.font(), ink);
        painter.hline(rect.left() + 12.0..=rect.right() - 14.0, rect.bottom() - 0.5, (1.0, t.line));
        if at < 9 {
            let number = line(&(at + 1).to_string(), Type::Small, t.text2);
            painter.galley(pos2(rect.left() + 12.0, rect.top() + 5.0), number, t.text2);
        }
        let left = rect.left() + TEXT_LEFT;
        let who = line(&initials(self.doc.rota(), &candidate.person), Type::Strong, t.text);
        let name_at = left + who.size().x + 6.0;
        painter.galley(pos2(left, rect.top() + 4.0), who, t.text);
        let button_left = rect.right() - 14.0 - BUTTON_WIDTH;
        // Only a name that is too long by itself ends in "…".
        let name = Type::Body.elided(painter, name, t.text, (button_left - 6.0 - name_at).max(10.0));
        painter.galley(pos2(name_at, rect.top() + 4.0), name, t.text);
        painter.galley(pos2(left, rect.top() + 23.0), Arc::clone(text), t.text2);
        if let Some(phone) = phone {
            let top = rect.top() + 23.0 + 18.0 * text.rows.len().max(1) as f32;
            icons::paint(painter, pos2(left + 7.0, top + 9.0), icons::PHONE, icons::IN_BLOCK, t.text2);
            let (role, ink) = if phone == NO_PHONE { (Type::Small, t.text2) } else { (Type::SmallStrong, t.text) };
            painter.galley(pos2(left + 19.0, top), line(phone, role, ink), ink);
        }
        let button = egui::Rect::from_min_size(
            pos2(button_left, rect.center().y - 0.5 * sizes::BAR_CONTROL),
            vec2(BUTTON_WIDTH, sizes::BAR_CONTROL),
        );
        ui.scope_builder(UiBuilder::new().max_rect(button), |ui| {
            theme::in_bar(ui);
            ui.spacing_mut().interact_size.y = sizes::BAR_CONTROL;
            let name = format!("Propose {}", initials(self.doc.rota(), &candidate.person));
            let push = PushButton::new("Propose").spoken(&name).min_width(BUTTON_WIDTH);
            let enabled = self.can_propose();
            if ui
                .add_enabled(enabled, push)
                .on_hover_text("Puts them on the gap as Proposed; Ctrl+Enter marks them Asked too")
                .clicked()
            {
                self.propose(at, ui.input(|input| input.modifiers.command), actions);
            }
        });
        if response.clicked() {
            response.request_focus();
        }
        response.dnd_set_drag_payload(candidate.person.clone());
        response
    }

    fn others_ui(&self, ui: &mut Ui, count: usize, id: Id) -> Response {
        let t = theme::tokens(ui);
        let text = format!("Why not? ({})", words::people(count));
        let response = ListRow::new(&text, ui.max_rect().height()).id(id).show(ui, |_| {});
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(self.open));
        let rect = response.rect;
        let caret = if self.open { icons::CARET_DOWN } else { icons::CARET_RIGHT };
        icons::paint(ui.painter(), pos2(rect.left() + 18.0, rect.center().y), caret, icons::IN_BLOCK, t.text2);
        let words = ui.painter().layout_no_wrap(text, Type::Body.font(), t.link);
        ui.painter().galley(pos2(rect.left() + TEXT_LEFT, rect.center().y - 0.5 * words.size().y), words, t.link);
        let by_key = ui.input(|input| input.key_pressed(Key::Enter));
        if response.clicked() && !by_key {
            response.request_focus();
            self.fold(ui);
        }
        response
    }
}

fn reason_ui(ui: &mut Ui, reason: &WhyNot, each: &[String], detail: &Arc<Galley>, id: Id) -> Response {
    let t = theme::tokens(ui);
    let count = reason.people.len();
    let spoken = format!("{count}, {}: {}", reason.title, reason.text);
    let response = ListRow::new(&spoken, ui.max_rect().height()).id(id).show(ui, |_| {});
    let rect = response.rect;
    let painter = ui.painter();
    let count = painter.layout_no_wrap(count.to_string(), Type::Strong.font(), t.text);
    painter.galley(pos2(rect.left() + 34.0 - count.size().x, rect.top() + 3.0), count, t.text);
    let title = painter.layout_no_wrap(reason.title.clone(), Type::Strong.font(), t.text);
    painter.galley(pos2(rect.left() + 44.0, rect.top() + 3.0), title, t.text);
    painter.galley(pos2(rect.left() + 44.0, rect.top() + 21.0), Arc::clone(detail), t.text2);
    response.on_hover_ui(|ui| {
        for line in each.iter().take(30) {
            ui.label(Type::Small.rich(line));
        }
        if each.len() > 30 {
            ui.label(Type::Small.rich(format!("and {} more", each.len() - 30)));
        }
    })
}
