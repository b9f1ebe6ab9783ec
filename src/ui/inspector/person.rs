//! The inspector of a person: the card, work and rest, what the checker says, and the buttons.

use egui::{Frame, Label, Margin, Panel, Ui, vec2};

use super::{body, divider, field, wrapped};
use crate::checker::context::Judged;
use crate::checker::{Context, Family, MINUTES_IN_7_DAYS_MAX, PersonWork, Rest, WorkItem, hint, person_work, spans};
use crate::editor::assign::post_name;
use crate::editor::held_hours::HeldHours;
use crate::editor::scope_words::may_cover_words;
use crate::editor::{Action, Document, Editor, Verb};
use crate::model::{Assignment, Availability, DutyKind, Person, PersonId, Rota, Rules, Span, Status, words};
use crate::ui::cached::{DocKey, cached};
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::people_view::row::hours;
use crate::ui::theme::{self, Type, sizes};
use crate::ui::verb_rows::verb_icon;
use crate::ui::widgets::{PushButton, panel_head};

/// Draws the inspector of a person; `block` is the chosen block, where the person has one.
pub(super) fn person_ui(
    ui: &mut Ui,
    editor: &Editor,
    id: &PersonId,
    block: Option<&Assignment>,
    actions: &mut Vec<Action>,
) {
    let Some(doc) = editor.doc() else { return };
    let Some(person) = doc.rota().person(id) else { return };
    let title = format!("{} {}", words::safe(&person.initials), words::safe(&person.full_name()));
    panel_head(ui, title.trim(), "", |ui| verb_icon(ui, Verb::EditPerson, icons::NOTE_PENCIL, editor, actions));
    let work = cached(ui, egui::Id::unique("cover-rota inspector work"), (DocKey::of(doc), id.clone()), || {
        let ctx = Context::new(doc.rota());
        let place = doc.rota().people.iter().position(|p| p.id == *id);
        place.map_or_else(PersonWork::default, |at| person_work(&ctx, at, Judged::IfAllAgree))
    });
    // Always in sight, however much there is to say.
    let frame = Frame::new().inner_margin(Margin::same(sizes::PANEL_PADDING as i8));
    Panel::bottom("inspector buttons").frame(frame).show(ui, |ui| buttons_ui(ui, editor, actions));
    body(ui, |ui| {
        if let Some(block) = block {
            block_ui(ui, editor, doc, block, actions);
            divider(ui);
        }
        card_ui(ui, doc.rota(), person);
        divider(ui);
        work_ui(ui, doc.rota(), person, &work);
        findings_ui(ui, doc, id, actions);
    });
}

/// The chosen block.
fn block_ui(ui: &mut Ui, editor: &Editor, doc: &Document, block: &Assignment, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    let rota = doc.rota();
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(16.0, 18.0), egui::Sense::hover());
        Mark::of_status(block.status).paint(ui.painter(), rect.center(), 14.0, t);
        ui.add(Label::new(Type::Strong.ink(post_name(rota, &block.post), t.text)).wrap());
    });
    field(ui, "When", &words::span(rota.zone(), block.span));
    let locked = if block.locked { ", locked" } else { "" };
    field(ui, "Status", &format!("{}{locked}", block.status.words()));
    if !block.note.trim().is_empty() {
        field(ui, "Note", &words::safe_up_to(&block.note, 400));
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        for (verb, text) in
            [(Verb::MoveOn, "Next status"), (Verb::ChangeTime, "Change time…"), (Verb::ShowInPosts, "Show in Posts")]
        {
            verb_button(ui, editor, verb, text, actions);
        }
    });
}

fn verb_button(ui: &mut Ui, editor: &Editor, verb: Verb, text: &str, actions: &mut Vec<Action>) {
    let enabled = editor.is_enabled(verb);
    let response = ui.add_enabled(enabled.is_ok(), PushButton::new(text));
    let response = match enabled {
        Ok(()) => response.on_hover_text(verb.row().tooltip),
        Err(why) => response.on_disabled_hover_text(why.to_string()),
    };
    if response.clicked() {
        actions.push(Action::Do(verb));
    }
}

fn card_ui(ui: &mut Ui, rota: &Rota, person: &Person) {
    let grade: Vec<_> = [&person.grade, &person.specialty]
        .into_iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    let grade = words::safe(&grade.join(", ")).into_owned();
    let or = |text: String, else_: &str| if text.is_empty() { else_.to_owned() } else { text };
    field(ui, "Grade", &or(grade, "not entered"));
    field(ui, "Contract", person.rules.words());
    field(ui, "May cover", &or(may_cover_words(rota, person), "nothing yet"));
    field(ui, "Competencies", &or(can(rota, person), "None entered"));
    field(ui, "Telephone", &or(words::safe(person.phone.trim()).into_owned(), "not entered"));
    field(ui, "Available", &available(rota, person));
}

fn can(rota: &Rota, person: &Person) -> String {
    let names = person.competencies.iter().filter_map(|id| rota.competency(id));
    names.map(|competency| words::safe(&competency.name).into_owned()).collect::<Vec<_>>().join(", ")
}

/// For each window what is known, in one line where it is the same all the time.
fn available(rota: &Rota, person: &Person) -> String {
    let zone = rota.zone();
    let mut parts: Vec<(String, String)> = Vec::new();
    for window in &rota.windows {
        let day = zone.civil(window.span.from).local.format("%a").to_string();
        let text = match person.availability_in(window.span).as_slice() {
            [(_, Availability::Available)] => "all day".to_owned(),
            [(_, is)] => is.words().to_owned(),
            parts => {
                let texts = parts.iter().map(|(span, is)| format!("{} {}", words::times(zone, *span), is.words()));
                texts.collect::<Vec<_>>().join(", ")
            }
        };
        match parts.iter_mut().find(|(_, other)| *other == text) {
            Some((days, _)) => *days = format!("{days}, {day}"),
            None => parts.push((day, text)),
        }
    }
    parts.into_iter().map(|(days, text)| format!("{days}: {text}")).collect::<Vec<_>>().join("; ")
}

/// Each piece of work with the rest after it, and between them the times on call from home, which are no work.
fn work_ui(ui: &mut Ui, rota: &Rota, person: &Person, work: &PersonWork) {
    let t = theme::tokens(ui);
    ui.label(Type::Strong.ink("Work and rest", t.text));
    let on_call = on_call(rota, person);
    if work.spells.is_empty() && on_call.is_empty() {
        wrapped(ui, Type::Body.ink("No shifts recorded.", t.text2));
    }
    let mut calls = on_call.iter().peekable();
    for (at, spell) in work.spells.iter().enumerate() {
        for (span, item) in &spell.items {
            while let Some((span, item)) = calls.next_if(|(call, _)| call.from < span.from) {
                item_ui(ui, rota, person, *span, item);
            }
            item_ui(ui, rota, person, *span, item);
        }
        while let Some((span, item)) = calls.next_if(|(call, _)| call.from < spell.span.to) {
            item_ui(ui, rota, person, *span, item);
        }
        if let Some(rest) = work.rests.get(at) {
            rest_ui(ui, person, rest, &on_call);
        }
    }
    for (span, item) in calls {
        item_ui(ui, rota, person, *span, item);
    }
    if !person.duties.is_empty() || !on_call.is_empty() {
        wrapped(ui, Type::Small.ink(crate::ui::people_view::REST_COUNTS, t.text2));
    }
    let over = work.most_in_7_days > MINUTES_IN_7_DAYS_MAX;
    let limit = words::length(MINUTES_IN_7_DAYS_MAX);
    let held = rota.assignments.iter().filter(|a| a.person == person.id);
    let on_rota: HeldHours = rota.windows.iter().map(|day| HeldHours::of(rota, held.clone(), day.span)).sum();
    // What is worked before and after the walkout, other duties and sessions are work too.
    let more = if on_rota.work < work.most_in_7_days && on_rota.work > 0 {
        format!("; {} of all work is on the rota and inside the walkout’s times", hours(on_rota.work))
    } else {
        String::new()
    };
    let text = format!("{} in 7 days (limit {limit}), if all agree{more}", hours(work.most_in_7_days));
    wrapped(ui, Type::Body.ink(text, if over { t.amber_text } else { t.text2 }));
}

/// The times on call from home, as post or as duty, in order.
fn on_call(rota: &Rota, person: &Person) -> Vec<(Span, WorkItem)> {
    let is_held = |a: &&Assignment| a.person == person.id && a.status != Status::Declined;
    let is_on_call = |a: &&Assignment| rota.post(&a.post).is_some_and(|post| post.on_call);
    let held = rota.assignments.iter().filter(is_held).filter(is_on_call);
    let posts = held.map(|a| (a.span, WorkItem::Assignment(a.id.clone())));
    let duties = person.duties.iter().enumerate().filter(|(_, duty)| duty.kind == DutyKind::OnCall);
    let mut all: Vec<_> = posts.chain(duties.map(|(at, duty)| (duty.span, WorkItem::Duty(at)))).collect();
    all.sort_by_key(|(span, _)| *span);
    all
}

/// How long a rest is, and how much of it is on call.
fn rest_ui(ui: &mut Ui, person: &Person, rest: &Rest, on_call: &[(Span, WorkItem)]) {
    let t = theme::tokens(ui);
    let calls = spans::union(on_call.iter().filter_map(|(span, _)| span.overlap(rest.span)).collect());
    let called: i64 = calls.iter().map(|span| span.minutes()).sum();
    let of_it = if called > 0 { format!(", {} of it on call", words::length(called)) } else { String::new() };
    let text = format!("rest {}{of_it}", words::length(rest.span.minutes()));
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        if rest.missing > 0 {
            ui.label(Type::Strong.ink(text, t.amber_text));
            let how = if person.rules == Rules::Compensatory { "owed" } else { "short" };
            ui.label(Type::Body.ink(format!("{} {how}", words::length(rest.missing)), t.amber_text));
            let (place, _) = ui.allocate_exact_size(vec2(16.0, 18.0), egui::Sense::hover());
            Mark::Warning.paint(ui.painter(), place.center(), 14.0, t);
        } else {
            ui.label(Type::Body.ink(text, t.text2));
        }
    });
}

fn item_ui(ui: &mut Ui, rota: &Rota, person: &Person, span: Span, item: &WorkItem) {
    let t = theme::tokens(ui);
    let zone = rota.zone();
    let when = format!("{} {}", zone.civil(span.from).local.format("%a"), words::times(zone, span));
    let (what, mark) = match item {
        WorkItem::Assignment(id) => {
            let block = rota.assignment(id);
            let post = block.and_then(|block| rota.post(&block.post));
            let name = block.map(|block| post_name(rota, &block.post)).unwrap_or_default();
            let what = if post.is_some_and(|post| post.on_call) { called(&name) } else { name };
            (what, block.map(|block| Mark::of_status(block.status)))
        }
        WorkItem::Duty(at) => {
            let duty = person.duties.get(*at);
            let label = duty.map(|duty| words::safe(duty.label.trim()).into_owned()).unwrap_or_default();
            let is_on_call = duty.is_some_and(|duty| duty.kind == DutyKind::OnCall);
            let what = match (is_on_call, label.is_empty()) {
                (true, _) => called(&label),
                (false, true) => "at work".to_owned(),
                (false, false) => label,
            };
            (what, None)
        }
        WorkItem::Session(id) => {
            let title = rota.session(id).map(|session| words::safe(&session.title).into_owned());
            (title.unwrap_or_default(), None)
        }
    };
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(112.0, 18.0), egui::Sense::hover());
        ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, &when, Type::Body.font(), t.text);
        if let Some(mark) = mark {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 18.0), egui::Sense::hover());
            mark.paint(ui.painter(), rect.center(), 13.0, t);
        }
        let said = mark.map_or(String::new(), |mark| format!(", {}", mark.word()));
        let response = ui.add(Label::new(Type::Body.ink(&what, t.text)).wrap());
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(format!("{when}: {what}{said}")));
    });
}

/// What is on call from home says so, by its name or after it.
fn called(name: &str) -> String {
    match name {
        "" => "on call".to_owned(),
        name if name.to_lowercase().contains("on call") => name.to_owned(),
        name => format!("{name}, on call"),
    }
}

/// What the checker says of the person: title, sentence, and who does not count and why.
fn findings_ui(ui: &mut Ui, doc: &Document, id: &PersonId, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    let about =
        |finding: &crate::checker::Finding| finding.people.contains(id) && finding.code.rule().family != Family::Cover;
    let found = doc.report().findings.iter().enumerate().filter(|(_, finding)| about(finding));
    for (at, finding) in found {
        divider(ui);
        let accepted = doc.is_accepted(at);
        let mark = if accepted { Mark::Note } else { Mark::of_severity(finding.severity) };
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), egui::Sense::hover());
            mark.paint(ui.painter(), rect.center(), 15.0, t);
            ui.vertical(|ui| {
                let title = finding.code.rule().title;
                let title = if accepted { format!("{title} (accepted)") } else { title.to_owned() };
                wrapped(ui, Type::Strong.ink(title, t.text));
                wrapped(ui, Type::Body.ink(finding.message.as_str(), t.text2));
                if let Some(hint) = hint(finding, doc.rota()) {
                    wrapped(ui, Type::Body.ink(hint, t.text2));
                }
                let spoken = format!("Go there: {}", finding.message);
                if ui.add(PushButton::link("Go there").spoken(&spoken)).clicked() {
                    actions.push(Action::GoToFinding(at));
                }
            });
        });
    }
}

fn buttons_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        for (verb, text) in
            [(Verb::NotFreeFrom, "Unavailable from…"), (Verb::SwapPeople, "Swap with…"), (Verb::EditPerson, "Edit…")]
        {
            verb_button(ui, editor, verb, text, actions);
        }
    });
}
