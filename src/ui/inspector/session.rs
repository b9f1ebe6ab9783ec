//! The inspector of a session: the card, what would be if it were postponed, and the buttons.

use egui::{Id, Label, Ui, vec2};

use super::{body, divider, field, wrapped};
use crate::checker::{Price, who_could};
use crate::editor::assign::{initials, post_name};
use crate::editor::selection_text::selection_text;
use crate::editor::{Action, Document, Editor, Verb};
use crate::model::{Session, SessionId, SessionState, words};
use crate::ui::cached::{DocKey, cached};
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::sessions_view::model::{Buys, Fills, SessionRow, SessionsModel};
use crate::ui::sessions_view::model_of;
use crate::ui::theme::{self, Type};
use crate::ui::verb_rows::verb_icon;
use crate::ui::widgets::{PushButton, panel_head};

/// Draws the inspector of one session, or of several together.
pub(super) fn sessions_ui(ui: &mut Ui, editor: &Editor, ids: &[SessionId], actions: &mut Vec<Action>) {
    let Some(doc) = editor.doc() else { return };
    let [id] = ids else {
        panel_head(ui, "Sessions", &ids.len().to_string(), |_| {});
        body(ui, |ui| {
            let text = selection_text(doc, editor.selection(), editor.zoom());
            wrapped(ui, Type::Body.ink(text, theme::tokens(ui).text));
            ui.add_space(8.0);
            state_buttons_ui(ui, editor, ids, None, actions);
        });
        return;
    };
    let Some(session) = doc.rota().session(id) else { return };
    let model = model_of(ui, doc);
    let Some(row) = model.row(id) else { return };
    panel_head(ui, &row.title, "", |ui| verb_icon(ui, Verb::EditSession, icons::NOTE_PENCIL, editor, actions));
    body(ui, |ui| {
        card_ui(ui, doc, session, row);
        divider(ui);
        buys_ui(ui, editor, doc, &model, row, actions);
        ui.add_space(8.0);
        state_buttons_ui(ui, editor, ids, Some(row), actions);
    });
}

fn card_ui(ui: &mut Ui, doc: &Document, session: &Session, row: &SessionRow) {
    field(ui, "State", session.state.words());
    field(ui, "When", &words::span(doc.rota().zone(), session.span));
    let specialty = words::safe(session.specialty.trim());
    field(ui, "Specialty", if specialty.is_empty() { "not entered" } else { &specialty });
    let team: Vec<String> = session
        .team
        .iter()
        .filter_map(|id| doc.rota().person(id))
        .map(|person| format!("{} {}", words::safe(&person.initials), words::safe(&person.family)))
        .collect();
    field(ui, "Team", if team.is_empty() { "nobody entered".to_owned() } else { team.join(", ") }.as_str());
    let patients = row.counts();
    field(ui, "Patients", if patients.is_empty() { "none".to_owned() } else { patients.join(", ") }.as_str());
    field(ui, "Protected", if session.protected { "yes" } else { "no" });
    if session.locked {
        field(ui, "Locked", "yes");
    }
    if !session.note.trim().is_empty() {
        field(ui, "Note", &words::safe_up_to(session.note.trim(), 400));
    }
}

/// A mark and a sentence beside it.
fn said(ui: &mut Ui, mark: Option<Mark>, text: &str) {
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        if let Some(mark) = mark {
            let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), egui::Sense::hover());
            mark.paint(ui.painter(), rect.center(), 15.0, t);
        }
        let ink = if mark.is_some() { t.text } else { t.text2 };
        ui.add(Label::new(Type::Body.ink(text, ink)).wrap());
    });
}

/// What could be won, with a person and a plus: red is for what is not covered.
fn wins(ui: &mut Ui, text: &str) {
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), egui::Sense::hover());
        icons::paint(ui.painter(), rect.center(), icons::USER_PLUS, icons::IN_ROW, t.text2);
        ui.add(Label::new(Type::Body.ink(text, t.text)).wrap());
    });
}

fn buys_ui(
    ui: &mut Ui,
    editor: &Editor,
    doc: &Document,
    model: &SessionsModel,
    row: &SessionRow,
    actions: &mut Vec<Action>,
) {
    let t = theme::tokens(ui);
    let title = if row.state == SessionState::Running { "If it were postponed" } else { "What postponing frees up" };
    ui.label(Type::Strong.ink(title, t.text));
    match &row.buys {
        Buys::Nothing(text) => said(ui, None, text),
        Buys::CouldRun(text) => said(ui, Some(Mark::Note), text),
        Buys::Covers { text, agreed, counts } => {
            let mark = match (counts, agreed) {
                (false, _) => Mark::Warning,
                (true, true) => Mark::Agreed,
                (true, false) => Mark::Waiting,
            };
            said(ui, Some(mark), text);
        }
        Buys::Frees { text, agreed } => {
            if *agreed {
                wins(ui, text);
            } else {
                said(ui, Some(Mark::Waiting), text);
            }
            said(ui, None, "A person on a post does not count there while the session runs.");
        }
        Buys::Fills(fills) => fills_ui(ui, editor, doc, model, row, fills, actions),
    }
}

fn fills_ui(
    ui: &mut Ui,
    editor: &Editor,
    doc: &Document,
    model: &SessionsModel,
    row: &SessionRow,
    fills: &Fills,
    actions: &mut Vec<Action>,
) {
    let (rota, t) = (doc.rota(), theme::tokens(ui));
    let who = initials(rota, &fills.person);
    let times = words::times(rota.zone(), fills.gap.span);
    let part_of = fills.part_of.map(|gap| format!(" of the gap {}", words::times(rota.zone(), gap)));
    let part_of = part_of.unwrap_or_default();
    let could = format!("{who} could cover {} {times}{part_of}.", post_name(rota, &fills.gap.post));
    let other = match model.cheaper_than(row, &fills.gap) {
        None => format!("No other session fills that for fewer than {}.", patients_words(row)),
        Some(other) => format!("{} fills it too, for {}.", other.title, patients_words(other)),
    };
    wins(ui, &format!("{could} {other}"));
    if fills.is_trainee {
        said(ui, Some(Mark::Warning), &format!("{who} is a trainee: check that {who} can work."));
    }
    if fills.price.not_known {
        said(ui, Some(Mark::Nothing), &format!("Availability of {who} is not known: ask first."));
    }
    let free = free_instead(ui, doc, fills);
    if let Some(free) = &free {
        said(ui, Some(Mark::Note), free);
    }
    if fills.price.sessions.len() > 1 {
        said(ui, Some(Mark::Warning), &format!("{}.", fills.text));
    }
    for tired in tired_words(&fills.price) {
        said(ui, Some(Mark::Warning), &format!("{who} would have {tired}."));
    }
    ui.add_space(4.0);
    if fills.price.sessions.len() == 1 {
        let spoken = format!("Mark for postponement and propose {who}");
        let width = ui.available_width();
        // A panel never becomes wider for what is chosen.
        let needed = ui.painter().layout_no_wrap(spoken.clone(), Type::Strong.font(), t.text).size().x + 24.0;
        let text = if needed <= width { spoken.clone() } else { format!("Mark to postpone, propose {who}") };
        let can = editor.is_enabled(Verb::SessionOn);
        // Blue is what to do next: not to postpone what is protected, nor what need not be postponed.
        let is_next = free.is_none() && doc.rota().session(&row.session).is_some_and(|session| !session.protected);
        let button = if is_next { PushButton::primary(&text) } else { PushButton::new(&text) };
        let button = ui.add_enabled(can.is_ok(), button.spoken(&spoken).min_width(width));
        if button.clicked() {
            actions.push(Action::PostponeAndPropose {
                session: row.session.clone(),
                person: fills.person.clone(),
                gap: fills.gap.clone(),
            });
        }
    }
}

/// What would be too much, such as `30 min too little rest`.
fn tired_words(price: &Price) -> Vec<String> {
    let all = [
        (price.rest_owed_minutes, "too little rest"),
        (price.shift_over_minutes, "too long a shift"),
        (price.week_over_minutes, "over 72 h in 7 days"),
    ];
    all.into_iter()
        .filter(|(over, _)| *over > 0)
        .map(|(over, what)| format!("{} {what}", words::length(over)))
        .collect()
}

fn patients_words(row: &SessionRow) -> String {
    match (row.appointments, row.inpatient.saturating_add(row.day_case)) {
        (appointments, 0) => words::count(appointments, "appointment"),
        (0, operations) => words::count(operations, "operation"),
        (appointments, operations) => {
            format!("{} and {}", words::count(appointments, "appointment"), words::count(operations, "operation"))
        }
    }
}

/// Who could fill the gap without postponing anything.
fn free_instead(ui: &Ui, doc: &Document, fills: &Fills) -> Option<String> {
    let key = (DocKey::of(doc), fills.gap.post.clone(), fills.gap.span);
    let free = cached(ui, Id::unique("cover-rota inspector free instead"), key, || {
        let all = who_could(doc.rota(), &fills.gap);
        let fits = all.iter().filter(|c| c.obstacles.is_empty() && c.price.is_nothing());
        fits.take(3).map(|c| initials(doc.rota(), &c.person)).collect::<Vec<_>>()
    });
    (!free.is_empty()).then(|| format!("{} could cover it and would postpone nothing.", words::list(&free)))
}

/// What is left to do with the session, as far as the panel can tell: the button for it is blue.
fn next_state(row: &SessionRow) -> Option<SessionState> {
    match (&row.buys, row.state) {
        (Buys::CouldRun(_), SessionState::ToPostpone) => Some(SessionState::Running),
        (Buys::Covers { .. }, SessionState::ToPostpone) => Some(SessionState::Postponed),
        (Buys::Frees { agreed: true, .. }, SessionState::Running) if !row.protected => Some(SessionState::ToPostpone),
        _ => None,
    }
}

/// The other states, side by side and as wide as each other.
fn state_buttons_ui(
    ui: &mut Ui,
    editor: &Editor,
    ids: &[SessionId],
    row: Option<&SessionRow>,
    actions: &mut Vec<Action>,
) {
    let can = editor.is_enabled(Verb::SessionOn);
    let session = |id: &SessionId| editor.doc().and_then(|doc| doc.rota().session(id));
    let is_postponed = ids.iter().filter_map(session).any(|session| session.state == SessionState::Postponed);
    let all = [
        (SessionState::ToPostpone, if is_postponed { "To postpone…" } else { "To postpone" }),
        (SessionState::Running, if is_postponed { "Reinstate…" } else { "Keep running" }),
        (SessionState::Postponed, "Postponed…"),
    ];
    let others = all.into_iter().filter(|(to, _)| row.is_none_or(|row| row.state != *to));
    let next = row.and_then(next_state);
    let others: Vec<(SessionState, &str)> = others.collect();
    let gap = ui.spacing().item_spacing.x;
    let least = (ui.available_width() - gap * (others.len() - 1) as f32) / others.len() as f32;
    ui.horizontal_wrapped(|ui| {
        for (to, text) in others {
            let button = if next == Some(to) { PushButton::primary(text) } else { PushButton::new(text) };
            let response = ui.add_enabled(can.is_ok(), button.min_width(least.floor()));
            let response = match &can {
                Ok(()) => response,
                Err(why) => response.on_disabled_hover_text(why.to_string()),
            };
            if response.clicked() {
                actions.push(Action::SetSessions(ids.to_vec(), to));
            }
        }
    });
}
