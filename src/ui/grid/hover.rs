//! The card that comes when the pointer rests on a block, a have/need cell or a post: all it says is in their spoken
//! sentences too.

use egui::{Area, Event, Id, Order, Pos2, Rect, Ui, pos2, vec2};

use super::hit::GridPart;
use super::rows::{LaneRow, Row};
use super::view::GridView;
use super::{GridParts, GridState};
use crate::checker::{CoverStep, Family, Severity, reasons};
use crate::editor::{GridRow, block_facts, cells};
use crate::model::{AssignmentId, Person, PersonId, PostId, Rota, Span, Status, UnitId, Zone, words};
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{card_frame, keys_line};

/// Seconds until a card comes.
const DELAY: f64 = 0.4;
/// So much of a note is shown.
const NOTE_LETTERS: usize = 300;
/// Width of a card.
const WIDTH: f32 = 400.0;

/// What the pointer rests on, and since when.
#[derive(Clone, Default)]
pub(super) struct HoverState {
    on: Option<CardTopic>,
    since: f64,
    dismissed: bool,
    card: Option<Rect>,
}

#[derive(Clone, PartialEq)]
enum CardTopic {
    Block(AssignmentId),
    HaveNeed(UnitId, Span),
    Post(PostId, GridRow),
    Gap(GridRow, Span),
}

/// Shows the card of whatever the pointer rests on.
pub(super) fn hover_ui(ui: &Ui, parts: &GridParts<'_, '_>, state: &mut GridState) {
    let pointer = ui.input(|input| input.pointer.hover_pos());
    let busy = state.drag.is_some()
        || state.menu.is_some()
        || state.question.is_some()
        || state.landing.is_some()
        || parts.editor.typing().is_some()
        || parts.editor.dialog().is_some();
    // A press goes through the card to the cell under it, and puts the card away.
    let pressed = ui.input(|input| input.pointer.any_down());
    let moved = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::PointerMoved(_))));
    let on_card = !pressed && state.hover.card.zip(pointer).is_some_and(|(card, at)| card.contains(at));
    if !on_card {
        let free = parts.response.hovered() && !busy && !pressed;
        let on = pointer.filter(|_| free).and_then(|at| topic_at(parts, at));
        if on != state.hover.on {
            let since = ui.input(|input| input.time);
            // What comes to lie under a pointer that rests was not pointed at.
            state.hover = HoverState { on, since, dismissed: !moved, card: None };
        } else if moved && state.hover.dismissed {
            state.hover.since = ui.input(|input| input.time);
            state.hover.dismissed = false;
        }
    }
    // A person who goes on by keyboard does not want the card of what the pointer happens to rest on.
    // A verb has taken its press by now; that the key is down, or let go, is still to be seen.
    let typed = ui.input(|input| {
        !input.keys_down.is_empty() || input.events.iter().any(|e| matches!(e, Event::Key { .. } | Event::Text(_)))
    });
    if typed || busy {
        state.hover.dismissed = true;
    }
    let Some(target) = state.hover.on.clone().filter(|_| !state.hover.dismissed) else {
        state.hover.card = None;
        return;
    };
    let (rested, at_once) = ui.input(|input| (input.time - state.hover.since, input.modifiers.command));
    if rested < DELAY && !at_once && state.hover.card.is_none() {
        ui.request_repaint_after(std::time::Duration::from_secs_f64(DELAY - rested));
        return;
    }
    state.hover.card = anchor(parts, &target).map(|anchor| card_ui(ui, parts, &target, anchor));
}

fn topic_at(parts: &GridParts<'_, '_>, at: Pos2) -> Option<CardTopic> {
    if let Some((_, block, ..)) = parts.block_at(at) {
        return Some(CardTopic::Block(block.assignment.clone()));
    }
    match parts.part_at(at)? {
        GridPart::HaveNeed { index } => {
            let Row::HaveNeed(row) = &parts.painter.view.rows[index] else { return None };
            let at = parts.time_at(at);
            let step = parts.painter.view.cover_step(&row.unit.id, at)?;
            Some(CardTopic::HaveNeed(row.unit.id.clone(), step.span))
        }
        GridPart::Post(row) => Some(CardTopic::Post(row.post.id.clone(), row.row.clone())),
        GridPart::Cell { row, .. } => {
            row.lane.gap_at(parts.time_at(at)).map(|gap| CardTopic::Gap(row.row.clone(), gap))
        }
        GridPart::Unit { .. } => None,
    }
}

/// What the card stands under.
fn anchor(parts: &GridParts<'_, '_>, target: &CardTopic) -> Option<Rect> {
    let (view, painter) = (parts.painter.view, &parts.painter);
    let body = painter.frame.body;
    let cell = |index: usize, span: Span| painter.frame.on_screen(painter.layout.block(index, span)).intersect(body);
    match target {
        CardTopic::Block(id) => {
            let (index, lane) = view.lane_row(&view.window.row_of(id)?)?;
            let block = lane.lane.blocks.iter().find(|block| block.assignment == *id)?;
            Some(cell(index, block.span))
        }
        CardTopic::HaveNeed(unit, span) => {
            let is_it = |row: &Row<'_>| matches!(row, Row::HaveNeed(row) if row.unit.id == *unit);
            Some(cell(view.rows.iter().position(is_it)?, *span))
        }
        CardTopic::Gap(row, gap) => Some(cell(view.lane_row(row)?.0, *gap)),
        CardTopic::Post(_, row) => {
            let (index, _) = view.lane_row(row)?;
            let (top, bottom) = painter.layout.y_range(index);
            let y = painter.frame.origin.y;
            Some(Rect::from_x_y_ranges(painter.frame.frozen().x_range(), y + top..=y + bottom))
        }
    }
}

/// Draws the card under its anchor, or above it where there is no room, and beside the ring.
fn card_ui(ui: &Ui, parts: &GridParts<'_, '_>, target: &CardTopic, anchor: Rect) -> Rect {
    let screen = ui.ctx().content_rect();
    let pointer = ui.input(|input| input.pointer.hover_pos()).unwrap_or(anchor.center());
    let ring = parts.chosen().and_then(|range| parts.painter.ring(range));
    let left = (pointer.x - 40.0).clamp(anchor.left(), anchor.right().max(anchor.left()));
    let left = left.min(screen.right() - WIDTH - 8.0).max(screen.left() + 4.0);
    let id = Id::unique("cover-rota grid card");
    let height = ui.memory(|memory| memory.area_rect(id)).map_or(140.0, |rect| rect.height());
    let below = Rect::from_min_size(pos2(left, anchor.bottom() + 3.0), vec2(WIDTH, height));
    let above = Rect::from_min_size(pos2(left, anchor.top() - 3.0 - height), vec2(WIDTH, height));
    let covers_ring = |card: Rect| ring.is_some_and(|ring| ring.intersects(card));
    let place =
        if below.bottom() > screen.bottom() || (covers_ring(below) && !covers_ring(above)) { above } else { below };
    let area = Area::new(id).order(Order::Tooltip).fixed_pos(place.min).constrain(true).interactable(false);
    let shown = area.show(ui, |ui| {
        card_frame(ui).show(ui, |ui| {
            ui.set_width(WIDTH - 26.0);
            match target {
                CardTopic::Block(id) => block_card(ui, parts, id),
                CardTopic::HaveNeed(unit, span) => have_need_card(ui, parts, unit, *span),
                CardTopic::Post(_, row) => post_card(ui, parts, row),
                CardTopic::Gap(row, gap) => gap_card(ui, parts, row, *gap),
            }
        });
    });
    shown.response.rect.union(anchor)
}

fn line(ui: &mut Ui, mark: Option<Mark>, text: &str) {
    line_with(ui, text, |ui, at| {
        if let Some(mark) = mark {
            mark.paint(ui.painter(), at, 14.0, theme::tokens(ui));
        }
    });
}

fn icon_line(ui: &mut Ui, icon: char, text: &str) {
    line_with(ui, text, |ui, at| icons::paint(ui.painter(), at, icon, icons::IN_BLOCK, theme::tokens(ui).text2));
}

/// A line of a card, with what `lead` paints before it.
fn line_with(ui: &mut Ui, text: &str, lead: impl FnOnce(&Ui, Pos2)) {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), egui::Sense::hover());
        lead(ui, pos2(rect.left() + 7.0, rect.center().y));
        ui.add(egui::Label::new(Type::Body.rich(text)).wrap());
    });
}

fn block_card(ui: &mut Ui, parts: &GridParts<'_, '_>, id: &AssignmentId) {
    let (view, t) = (parts.painter.view, theme::tokens(ui));
    let Some(assignment) = view.rota.assignment(id) else { return };
    if let Some(person) = view.person(&assignment.person) {
        ui.horizontal_wrapped(|ui| {
            ui.label(
                Type::Strong
                    .ink(format!("{} {}", words::safe(&person.initials), words::safe(&person.full_name())), t.text),
            );
            ui.label(Type::Body.ink(grade(person), t.text2));
        });
        ui.separator();
    }
    line(ui, Some(Mark::of_status(assignment.status)), &block_facts::status_text(view.rota, assignment));
    let ring = block_facts::ring_text(view.rota, assignment);
    if !ring.is_empty() {
        icon_line(ui, icons::PHONE, &ring);
    }
    let post = view.rota.post(&assignment.post).map_or(String::new(), |post| words::safe(&post.name).into_owned());
    line(
        ui,
        None,
        &format!("{post}, {}, {}", when(view.zone(), assignment.span), words::length(assignment.span.minutes())),
    );
    if !assignment.note.is_empty() {
        line(ui, None, &words::safe_up_to(&assignment.note, NOTE_LETTERS));
    }
    for text in block_facts::postponed_texts(view.rota, assignment) {
        icon_line(ui, icons::CALENDAR_X, &text);
    }
    let rest = parts.editor.doc().map_or_else(String::new, |doc| block_facts::rest_text(doc, assignment));
    if !rest.is_empty() {
        line(ui, None, &rest);
    }
    for (severity, message) in findings(parts, id) {
        line(ui, Some(Mark::of_severity(severity)), message);
    }
    if parts.editable {
        ui.separator();
        let next = match assignment.status {
            Status::Proposed => Some(("Space", "asked")),
            Status::Asked => Some(("Space", "agreed")),
            Status::Agreed | Status::Declined => None,
        };
        let keys: Vec<(&str, &str)> =
            next.into_iter().chain([("/", "declined"), ("F2", "replace"), ("Del", "clear")]).collect();
        keys_line(ui, &keys);
    }
}

/// What the checker says about an assignment, worst first, a few of them.
fn findings<'a>(parts: &GridParts<'_, 'a>, id: &AssignmentId) -> Vec<(Severity, &'a str)> {
    const LINES_MAX: usize = 4;
    let Some(doc) = parts.editor.doc() else { return Vec::new() };
    let all =
        doc.report().findings.iter().filter(|f| f.assignments.contains(id) && f.code.rule().family != Family::Cover);
    let mut all: Vec<(Severity, &str)> = all.map(|f| (f.severity, f.message.as_str())).collect();
    all.sort_by_key(|(severity, _)| *severity);
    all.truncate(LINES_MAX);
    all
}

fn have_need_card(ui: &mut Ui, parts: &GridParts<'_, '_>, unit: &UnitId, span: Span) {
    let (view, t) = (parts.painter.view, theme::tokens(ui));
    let Some(step) = view.cover_step(unit, span.from) else { return };
    let name = view.rota.unit(unit).map_or("", |unit| unit.name.as_str());
    ui.horizontal_wrapped(|ui| {
        ui.label(Type::Strong.ink(words::safe(name), t.text));
        ui.label(Type::Body.ink(when(view.zone(), span), t.text2));
    });
    ui.separator();
    let waiting = step.have_if_agreed.saturating_sub(step.have);
    let more = if waiting > 0 { format!(", {waiting} more if all agree") } else { String::new() };
    line(ui, None, &format!("{} normally{}, {} agreed{more}", step.need, view.not_agreed(), step.have));
    let counts = people_of(step, |post| post.counts.clone());
    if !counts.is_empty() {
        line(ui, Some(Mark::Agreed), &format!("Count: {}", list(view.rota, &counts)));
    }
    let if_agreed = people_of(step, |post| post.counts_if_agreed.clone());
    let not_yet: Vec<PersonId> = if_agreed.into_iter().filter(|person| !counts.contains(person)).collect();
    if !not_yet.is_empty() {
        line(ui, Some(Mark::Waiting), &format!("Have not agreed: {}", list(view.rota, &not_yet)));
    }
    for post in &step.posts {
        for absent in post.not_counted.iter().filter(|person| !person.why.is_empty()) {
            let who = cells::initials(view.rota, &absent.person);
            let why = reasons(&absent.why);
            line(ui, Some(Mark::Error), &format!("{who} is named but does not count: {why}"));
        }
        let missing = post.need.saturating_sub(post.counts_if_agreed.len() as u32);
        if missing > 0 {
            let name = view.rota.post(&post.post).map_or("", |post| post.name.as_str());
            line(ui, Some(Mark::Short), &format!("{name}: {missing} short of {}", post.need));
        }
    }
}

/// Where and when nobody is, against a normal day; who could, where that is known because the gap is chosen.
fn gap_card(ui: &mut Ui, parts: &GridParts<'_, '_>, row: &GridRow, gap: Span) {
    const SHOWN: usize = 3;
    let (view, t) = (parts.painter.view, theme::tokens(ui));
    let Some((_, lane)) = view.lane_row(row) else { return };
    ui.horizontal_wrapped(|ui| {
        ui.label(Type::Strong.ink(words::safe(&lane.post.name), t.text));
        ui.label(Type::Body.ink(format!("{}, {}", when(view.zone(), gap), words::length(gap.minutes())), t.text2));
    });
    ui.separator();
    let mark = if view.is_current() { Mark::Short } else { Mark::NotCurrent };
    line(ui, Some(mark), &view.gap_figures(lane, gap));
    let declined = view.declined_in(lane.lane, gap);
    if !declined.is_empty() {
        line(ui, Some(Mark::Declined), &format!("Declined: {declined}"));
    }
    let known = parts.editor.who_could().filter(|who| who.gap.post == row.post && gap.covers(who.gap.span));
    let Some(who) = known else {
        line(ui, None, "Click to see who could");
        return;
    };
    if who.could.is_empty() {
        line(ui, None, "Nobody in the list could");
    }
    for candidate in who.could.iter().take(SHOWN) {
        let (initials, family) = view.names(&candidate.person);
        line(ui, None, &format!("{initials} {family}: {}", candidate.text));
    }
}

fn people_of(step: &CoverStep, of: impl Fn(&crate::checker::PostStep) -> Vec<PersonId>) -> Vec<PersonId> {
    step.posts.iter().flat_map(of).collect()
}

fn list(rota: &Rota, people: &[PersonId]) -> String {
    people.iter().map(|person| cells::initials(rota, person)).collect::<Vec<_>>().join(", ")
}

fn post_card(ui: &mut Ui, parts: &GridParts<'_, '_>, row: &GridRow) {
    let (view, t) = (parts.painter.view, theme::tokens(ui));
    let Some((_, lane)) = view.lane_row(row) else { return };
    let post = lane.post;
    let tier = lane.unit.tiers.iter().find(|tier| tier.id == post.tier).map_or("", |tier| tier.name.as_str());
    ui.horizontal_wrapped(|ui| {
        ui.label(Type::Strong.ink(words::safe(&post.name), t.text));
        ui.label(Type::Body.ink(format!("{}, {tier}", lane.unit.name), t.text2));
    });
    ui.separator();
    let bleep = if post.bleep.is_empty() { "No bleep".to_owned() } else { format!("Bleep {}", post.bleep) };
    line(ui, None, &format!("{bleep}. {}", need_words(lane, view)));
    let mut marks: Vec<String> = Vec::new();
    if post.is_essential() {
        marks.push("essential".to_owned());
    }
    if post.on_call {
        marks.push("held from home, does not count as present".to_owned());
    }
    if post.exclusive {
        marks.push("whoever holds it may do nothing else at the same time".to_owned());
    }
    let requires = post.requires.iter().filter_map(|id| view.rota.competency(id)).map(|c| c.name.clone());
    let requires: Vec<String> = requires.collect();
    if !requires.is_empty() {
        marks.push(format!("requires {}", requires.join(", ")));
    }
    if !marks.is_empty() {
        line(ui, None, &marks.join("; "));
    }
    if !post.note.is_empty() {
        line(ui, None, &words::safe_up_to(&post.note, NOTE_LETTERS));
    }
}

fn need_words(lane: &LaneRow<'_>, view: &GridView<'_>) -> String {
    let steps = lane.of.need.iter().filter(|step| step.count > 0);
    let words: Vec<String> =
        steps.map(|step| format!("{} {}", step.count, cells::times(view.zone(), step.span))).collect();
    if words.is_empty() {
        "Not normally staffed".to_owned()
    } else {
        format!("Normally {}{}", words.join(", "), view.not_agreed())
    }
}

fn grade(person: &Person) -> String {
    let parts = [person.grade.as_str(), person.specialty.as_str()];
    words::safe(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")).into_owned()
}

fn when(zone: Zone, span: Span) -> String {
    let (first, last) = (words::date(zone, span.from), words::date(zone, span.to.plus(-1)));
    let times = words::times_told(zone, span);
    if first == last { format!("{times} {first}") } else { format!("{times} {first} to {last}") }
}
