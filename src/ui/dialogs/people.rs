//! The preview of staff pasted from a spreadsheet: one list, in which initials are mended, contracts are chosen, and what
//! many people may cover is set at once.

use egui::style::ScrollAnimation;
use egui::{Label, Rect, Response, ScrollArea, Ui, UiBuilder, pos2, vec2};

use crate::editor::dialogs::{Part, PasteColumn, PasteDuplicate, PastePeopleDraft, PasteRow, Remedy};
use crate::editor::other_specialty::{posts_of_specialty, specialty_of};
use crate::editor::scope_words::scope_words;
use crate::model::{Instant, Rota, Rules, Tier, TierId, Unit, words};
use crate::ui::marks::Mark;
use crate::ui::theme::{Type, tokens};
use crate::ui::widgets::{NoticeKind, PushButton, Segment, dialog_room, line_edit, notice_bar, segments};

use super::Scene;
use super::form::{
    Form, cell_ui, choose_columns_ui, choose_ui, head_ui, hidden_ticked, hint_ui, pasted_text_ui, perhaps_ui,
    take_pasted_rows,
};

const ROW: f32 = 28.0;
/// So many rows above and below those in sight are drawn too: Tab goes on to them.
const MARGIN_ROWS: usize = 3;
/// So many rows of which something was not understood are told.
const UNKNOWN_SHOWN: usize = 20;
const TICK: f32 = 28.0;
const LINE: f32 = 28.0;
const INITIALS: f32 = 72.0;
const CONTRACT: f32 = 210.0;
const TEXTS: [(&str, f32); 4] = [("Name", 170.0), ("Grade", 110.0), ("Specialty", 130.0), ("Telephone", 104.0)];
const MAY_COVER: f32 = 190.0;
const WHAT: f32 = 150.0;
/// How many new people there are, the button that shows only some rows, and the one that ticks all.
const SUMMARY: f32 = 400.0;
const SHOW: f32 = 190.0;
const TICK_ALL: f32 = 210.0;
/// Whom the lists beside it are for, whether anybody is ticked or not.
const SET_FOR: f32 = 190.0;
const SET_CONTRACT: f32 = 270.0;
const SET_SCOPE: f32 = 220.0;
/// Between two rows of the list, and so many of them are there however little room there is.
const BETWEEN_ROWS: f32 = 2.0;
const ROWS_MIN: f32 = 4.0;
/// What stands under the list: a line about grades, and the hint.
const FOOT: f32 = 52.0;
/// The button beside the names of those who are hidden.
const UNTICK: f32 = 130.0;
/// The button that keeps what somebody may cover who is there already.
const KEEP: f32 = 140.0;
/// So many letters of a reason are shown.
const WHY_LETTERS_MAX: usize = 200;
/// What stands beside the texts where there is no contract to choose: why the row is left out, and a way out.
const WHY: f32 = CONTRACT + MAY_COVER + WHAT + 24.0;

/// Up to which grade of a unit, and whether also the posts that are not of the person's specialty.
type UpTo = (TierId, bool);

/// What was done to one row in this frame.
enum RowEdit {
    KeepCover(usize, bool),
    Tick(usize, bool),
    Initials(usize, String),
    Rules(usize, Option<Rules>),
    TakeRemedy(usize),
}

pub(super) fn paste_people_ui(scene: &mut Scene<'_>, draft: &PastePeopleDraft) {
    let rota = scene.rota;
    let now = rota.windows.first().map_or(Instant(0), |window| window.span.from);
    let pasted = take_pasted_rows(scene.ctx);
    let was_pasted = pasted.is_some();
    let main = draft.main_words(rota);
    let form = Form::new("Paste people", &main).width(1334.0).empty(draft.rows.is_empty());
    scene.form(form, draft, |ui, draft, marks| {
        let hint = "Name, grade, specialty, telephone, competencies; with headings in any order";
        let top = ui.cursor().top();
        if let Some(text) = pasted_text_ui(ui, pasted, &draft.text, draft.has_box.then_some(hint)) {
            draft.set_text(rota, &text, now);
            // The room is for the rows now; other rows can be pasted over them.
            draft.has_box &= !was_pasted;
        }
        marks.whole_ui(ui, Part::Rows);
        if draft.rows.is_empty() {
            return;
        }
        summary_ui(ui, draft);
        contracts_ui(ui, draft);
        columns_ui(ui, rota, draft, now);
        ui.separator();
        set_ui(ui, rota, draft);
        heads_ui(ui);
        // The list takes the room that is left, and alone scrolls: nothing else moves, whatever is found or said.
        let room = dialog_room(ui.ctx()) - (ui.cursor().top() - top) - FOOT - ui.spacing().item_spacing.y;
        rows_ui(ui, rota, draft, now, room.max(ROWS_MIN * (ROW + BETWEEN_ROWS)));
        foot_ui(ui, draft);
    });
}

/// Whoever's contract is not known is asked for, and may be absent until then. The line stays once all are known.
fn contracts_ui(ui: &mut Ui, draft: &mut PastePeopleDraft) {
    let asked = draft.contract_asked_count();
    perhaps_ui(ui, draft.asked_contracts().then_some(()), |ui, ()| {
        let (kind, text) = match asked {
            0 => (NoticeKind::Note, "Every contract is known now.".to_owned()),
            _ => (
                NoticeKind::Warning,
                format!(
                    "Contract not known: {}. Until you choose a contract they are marked not available, with the limits of a trainee’s contract.",
                    words::people(asked)
                ),
            ),
        };
        notice_bar(ui, kind, &text, |ui| {
            if ui.add_enabled(asked > 0, PushButton::new("Tick them")).clicked() {
                draft.ticked = draft.rows.iter().filter(|row| row.asks_contract()).map(|row| row.line).collect();
                // They are to be seen before anything is set for them.
                draft.find.clear();
            }
        });
    });
}

fn summary(draft: &PastePeopleDraft) -> String {
    let new = match draft.new_count() {
        1 => "1 new person".to_owned(),
        many => format!("{many} new people"),
    };
    let mut parts = vec![new];
    if draft.existing_count() > 0 {
        parts.push(format!("{} already in the rota", draft.existing_count()));
    }
    if draft.error_count() > 0 {
        parts.push(format!("{} left out", words::count(draft.error_count() as u64, "row")));
    }
    format!("{}.", parts.join("; "))
}

/// How many there are, which of them want a look, and what becomes of those who are in the rota already.
fn summary_ui(ui: &mut Ui, draft: &mut PastePeopleDraft) {
    ui.horizontal(|ui| {
        text_cell(ui, SUMMARY, &summary(draft), tokens(ui).text);
        let many = draft.to_check_count();
        let rows = words::count(many as u64, "row");
        let label = if draft.only_to_check { "Show all rows".to_owned() } else { format!("Show {rows} to check") };
        let is_of_use = many > 0 || draft.only_to_check;
        // The place is kept where there is nothing to show.
        cell(ui, SHOW, |ui| {
            if is_of_use && ui.add(PushButton::new(&label).min_width(SHOW)).clicked() {
                draft.only_to_check = !draft.only_to_check;
            }
        });
        perhaps_ui(ui, (draft.existing_count() > 0).then_some(()), |ui, ()| {
            ui.label("People already in the rota:");
            let parts = [
                Segment::new(PasteDuplicate::Skip, "Leave unchanged"),
                Segment::new(PasteDuplicate::Update, "Update from the paste"),
            ];
            if let Some(chosen) = segments(ui, "People already in the rota", &parts, draft.duplicates) {
                draft.duplicates = chosen;
            }
        });
    });
}

/// What each pasted column is; wrong guesses are put right here.
fn columns_ui(ui: &mut Ui, rota: &Rota, draft: &mut PastePeopleDraft, now: Instant) {
    let (all, label) = (PasteColumn::ALL, PasteColumn::label);
    if let Some((place, column)) = choose_columns_ui(ui, &draft.columns, &draft.header, all, label) {
        draft.set_column(rota, place, column, now);
    }
    let told = draft.not_read_words();
    perhaps_ui(ui, (!told.is_empty()).then_some(told.join(" ")), |ui, told| hint_ui(ui, &told));
}

/// Finding and ticking rows, and what is set for all that are ticked and listed.
fn set_ui(ui: &mut Ui, rota: &Rota, draft: &mut PastePeopleDraft) {
    find_ui(ui, draft);
    let many = draft.ticked_and_listed().len();
    ui.add_enabled_ui(many > 0, |ui| {
        ui.horizontal_wrapped(|ui| {
            let whom = match many {
                0 => "Tick rows, then set:".to_owned(),
                many => format!("Set for {} ticked:", words::people(many)),
            };
            cell(ui, SET_FOR, |ui| ui.label(whom));
            contract_of_ticked_ui(ui, draft);
            for unit in &rota.units {
                scope_of_ticked_ui(ui, rota, unit, draft);
            }
        });
    });
}

/// Finding and ticking rows; whoever is ticked and not listed is named.
fn find_ui(ui: &mut Ui, draft: &mut PastePeopleDraft) {
    ui.horizontal(|ui| {
        ui.add(line_edit(&mut draft.find).hint_text("Find by name, grade or specialty").desired_width(240.0))
            .accessible_name("Find rows to tick");
        let listed = draft.rows.iter().filter(|row| row.is_new() && draft.is_listed(row));
        let listed: Vec<usize> = listed.map(|row| row.line).collect();
        let hidden = draft.hidden();
        let all = !listed.is_empty() && listed.iter().all(|line| draft.ticked.contains(line));
        let label = match (all, hidden.is_empty()) {
            (true, true) => "Untick all".to_owned(),
            (true, false) => "Untick all, hidden ones too".to_owned(),
            (false, _) => format!("Tick all {}", listed.len()),
        };
        if ui.add_enabled(!listed.is_empty(), PushButton::new(&label).min_width(TICK_ALL)).clicked() {
            if all {
                draft.ticked.clear();
            } else {
                draft.ticked.extend(listed);
            }
        }
        perhaps_ui(ui, (!hidden.is_empty()).then_some(hidden), |ui, hidden| {
            let (text, untick) = hidden_ticked(&hidden);
            ui.scope(|ui| {
                ui.set_max_width((ui.available_width() - UNTICK).max(0.0));
                ui.add(Label::new(Type::SmallStrong.ink(text, tokens(ui).amber_text)).truncate());
            });
            if ui.add(PushButton::new(&untick)).clicked() {
                draft.untick_hidden();
            }
        });
    });
}

fn contract_of_ticked_ui(ui: &mut Ui, draft: &mut PastePeopleDraft) {
    let mut choices: Vec<(Option<Option<Rules>>, String)> = vec![(None, "Contract: choose…".to_owned())];
    choices.extend(contracts().into_iter().map(|(rules, name)| (Some(rules), name)));
    let common = draft.common(|row| row.rules);
    let mut chosen = common;
    cell(ui, SET_CONTRACT, |ui| choose_ui(ui, "Contract of everybody ticked", SET_CONTRACT, &mut chosen, &choices));
    if let (Some(rules), true) = (chosen, chosen != common) {
        draft.set_rules_of_ticked(rules);
    }
}

fn scope_of_ticked_ui(ui: &mut Ui, rota: &Rota, unit: &Unit, draft: &mut PastePeopleDraft) {
    let name = words::safe(&unit.name);
    let mut choices: Vec<(Option<Option<UpTo>>, String)> =
        vec![(None, format!("{name}: choose…")), (Some(None), format!("{name}: not at all"))];
    let up_to = |tier: &Tier| format!("{name}: up to {}", words::inside(&words::safe(&tier.name)));
    choices.extend(unit.tiers.iter().map(|tier| (Some(Some((tier.id.clone(), false))), up_to(tier))));
    let has_own = |row: &PasteRow| {
        let specialty = specialty_of(&row.specialty, &row.grade);
        posts_of_specialty(rota, unit, &specialty).is_some_and(|own| !own.is_empty())
    };
    let lines = draft.ticked_and_listed();
    if draft.rows.iter().any(|row| lines.contains(&row.line) && has_own(row)) {
        let all = |tier: &Tier| (Some(Some((tier.id.clone(), true))), format!("{}, all posts", up_to(tier)));
        choices.extend(unit.tiers.iter().map(all));
    }
    let of = |row: &PasteRow| {
        let scope = row.may_cover.iter().find(|scope| scope.unit == unit.id)?;
        Some((scope.up_to.clone()?, !scope.only_some && has_own(row)))
    };
    let common = draft.common(of);
    let mut chosen = common.clone();
    let spoken = format!("Everybody ticked may cover {name}");
    cell(ui, SET_SCOPE, |ui| choose_ui(ui, &spoken, SET_SCOPE, &mut chosen, &choices));
    if let (Some(up_to), true) = (&chosen, chosen != common) {
        match up_to {
            Some((tier, true)) => draft.set_all_posts_of_ticked(rota, &unit.id, tier),
            up_to => draft.set_scope_of_ticked(rota, &unit.id, up_to.as_ref().map(|(tier, _)| tier)),
        }
    }
}

fn contracts() -> Vec<(Option<Rules>, String)> {
    let mut choices = vec![(None, "Contract not known".to_owned())];
    choices.extend(Rules::ALL.map(|rules| (Some(rules), rules.words().to_owned())));
    choices
}

fn heads_ui(ui: &mut Ui) {
    ui.horizontal(|ui| {
        head_ui(ui, "", TICK);
        head_ui(ui, "Row", LINE);
        head_ui(ui, "Initials", INITIALS);
        for (text, width) in &TEXTS {
            head_ui(ui, text, *width);
        }
        head_ui(ui, "Contract", CONTRACT);
        head_ui(ui, "May cover", MAY_COVER);
    });
}

fn rows_ui(ui: &mut Ui, rota: &Rota, draft: &mut PastePeopleDraft, now: Instant, room: f32) {
    let listed: Vec<&PasteRow> = draft.rows.iter().filter(|row| draft.is_listed(row)).collect();
    let contracts = contracts();
    let mut edits = Vec::new();
    let pitch = ROW + BETWEEN_ROWS;
    let list = ScrollArea::vertical().id_salt("pasted rows").max_height(room).min_scrolled_height(room);
    list.auto_shrink([false, false]).show_viewport(ui, |ui, in_sight| {
        let (_, all) = ui.allocate_space(vec2(ui.available_width(), pitch * listed.len() as f32));
        let first = ((in_sight.min.y / pitch).floor().max(0.0) as usize).saturating_sub(MARGIN_ROWS);
        let last = ((in_sight.max.y / pitch).ceil().max(0.0) as usize + MARGIN_ROWS).min(listed.len());
        // Fields keep their ids, and the keyboard, however many rows above them are not drawn.
        ui.skip_ahead_auto_ids(first);
        for (at, row) in listed.iter().enumerate().take(last).skip(first) {
            let top = all.top() + pitch * at as f32;
            let place = Rect::from_x_y_ranges(all.x_range(), top..=top + ROW);
            ui.scope_builder(UiBuilder::new().id_salt(("pasted row", row.line)).max_rect(place), |ui| {
                row_ui(ui, rota, row, draft, &contracts, &mut edits);
            });
        }
        let below = Rect::from_min_max(all.left_bottom(), pos2(all.right(), all.bottom() + room));
        ui.scope_builder(UiBuilder::new().id_salt("not understood").max_rect(below), |ui| told_ui(ui, draft));
    });
    for edit in edits {
        match edit {
            RowEdit::Tick(line, true) => drop(draft.ticked.insert(line)),
            RowEdit::Tick(line, false) => drop(draft.ticked.remove(&line)),
            RowEdit::Initials(line, initials) => draft.set_initials(rota, line, &initials, now),
            RowEdit::Rules(line, rules) => draft.set_rules(line, rules),
            RowEdit::KeepCover(line, keeps) => draft.keep_cover(line, keeps),
            RowEdit::TakeRemedy(line) => draft.take_remedy(rota, line, now),
        }
    }
}

fn row_ui(
    ui: &mut Ui,
    rota: &Rota,
    row: &PasteRow,
    draft: &PastePeopleDraft,
    contracts: &[(Option<Rules>, String)],
    edits: &mut Vec<RowEdit>,
) {
    let colours = tokens(ui);
    let ink = if row.error.is_some() { colours.gap_text } else { colours.text };
    let what_is = format!("row {}", row.line);
    ui.horizontal(|ui| {
        let mut ticked = draft.ticked.contains(&row.line);
        let tick = cell(ui, TICK, |ui| ui.add_enabled(row.is_new(), egui::Checkbox::without_text(&mut ticked)));
        follow(&tick);
        if tick.accessible_name(format!("Tick {what_is}")).changed() {
            edits.push(RowEdit::Tick(row.line, ticked));
        }
        text_cell(ui, LINE, &row.line.to_string(), colours.text2);
        let mut initials = row.initials.clone();
        let wrong = row.error.as_ref().filter(|error| error.why.is_of_initials());
        let wrong = wrong.map(|error| error.text.as_str());
        let field = cell_ui(ui, &format!("{what_is}: initials"), &mut initials, INITIALS, wrong);
        follow(&field);
        if field.changed() {
            edits.push(RowEdit::Initials(row.line, initials));
        }
        let name = if row.given.is_empty() { row.family.clone() } else { format!("{}, {}", row.family, row.given) };
        for (text, (_, width)) in [&name, &row.grade, &row.specialty, &row.phone].into_iter().zip(TEXTS) {
            text_cell(ui, width, text, ink);
        }
        if row.is_new() {
            let mut rules = row.rules;
            let contract = cell(ui, CONTRACT, |ui| {
                choose_ui(ui, &format!("{what_is}: contract"), CONTRACT - 8.0, &mut rules, contracts)
            });
            follow(&contract);
            if rules != row.rules {
                edits.push(RowEdit::Rules(row.line, rules));
            }
            text_cell(ui, MAY_COVER, &may_cover(rota, row), ink);
            result_ui(ui, row);
        } else {
            why_ui(ui, row, draft.duplicates, edits);
        }
    });
}

/// The list goes along with the keyboard, at once: Tab held down would be faster than a list that glides, and would leave
/// it at the last row that is drawn.
fn follow(field: &Response) {
    if field.gained_focus() {
        field.scroll_to_me_animation(None, ScrollAnimation::none());
    }
}

fn may_cover(rota: &Rota, row: &PasteRow) -> String {
    if row.grade_doubt().is_some() {
        return "nothing chosen: will not count".to_owned();
    }
    if row.covers_nothing() {
        return match row.unit_without_grade(rota) {
            Some(unit) => {
                format!("{} has no grade for {}: will not count", words::safe(&unit.name), words::safe(&row.grade))
            }
            None => "no unit chosen: will not count".to_owned(),
        };
    }
    let scopes = row.may_cover.iter().filter_map(|s| {
        let only: &[_] = if s.only_some { &s.only } else { &[] };
        scope_words(rota, &s.unit, s.up_to.as_ref()?, only)
    });
    scopes.collect::<Vec<_>>().join("; ")
}

/// What is to be said of somebody new.
fn result_ui(ui: &mut Ui, row: &PasteRow) {
    let mut said: Vec<String> = row.grade_doubt().into_iter().chain(row.remarks.clone()).collect();
    if !row.unknown.is_empty() {
        said.push("competency not known".to_owned());
    }
    if row.above_grade.is_some() {
        said.push("above the grade".to_owned());
    }
    said.extend(row.all_of_another.clone());
    let mark = match said.is_empty() {
        _ if row.rules.is_none() => {
            said.push("not available yet".to_owned());
            Some(Mark::Warning)
        }
        false => Some(Mark::Warning),
        // What is wrong stands under what may be covered.
        true if row.will_not_count() => Some(Mark::Warning),
        true if row.initials_made => {
            said.push("initials made up".to_owned());
            Some(Mark::Note)
        }
        true => None,
    };
    mark_ui(ui, mark);
    text_cell(ui, WHAT, &said.join("; "), tokens(ui).text2).on_hover_text(said.join("; "));
}

/// Why a row is left out, or that the person is there already; and what can be done about it.
fn why_ui(ui: &mut Ui, row: &PasteRow, duplicates: PasteDuplicate, edits: &mut Vec<RowEdit>) {
    let mut text = match (&row.error, duplicates) {
        (Some(error), _) => words::safe_up_to(&error.text, WHY_LETTERS_MAX).into_owned(),
        (None, PasteDuplicate::Update) => "already there: updated".to_owned(),
        (None, PasteDuplicate::Skip) => "already there: unchanged".to_owned(),
    };
    let outgrown = row.outgrown.as_ref().filter(|_| row.error.is_none() && duplicates == PasteDuplicate::Update);
    if let Some(outgrown) = outgrown {
        let (was, becomes) = (&outgrown.was, &outgrown.becomes_words);
        text = if row.set.keeps_cover {
            format!("{text}; {was} stays")
        } else {
            format!("{text}; may cover {becomes} now, before: {was}")
        };
    }
    for remark in &row.remarks {
        text = format!("{text}; {remark}");
    }
    let mark = match &row.error {
        Some(_) => Some(Mark::Error),
        None => outgrown.filter(|_| !row.set.keeps_cover).map(|_| Mark::Warning),
    };
    mark_ui(ui, mark);
    let button = match &row.remedy {
        Some(Remedy::Initials(initials)) => Some(format!("Use {}", words::safe(initials))),
        Some(Remedy::SomebodyElse) => Some("Add as somebody else".to_owned()),
        None => None,
    };
    let ink = if row.error.is_some() { tokens(ui).gap_text } else { tokens(ui).text2 };
    let room = if button.is_some() { WHY - 176.0 } else { WHY - 24.0 };
    let room = if outgrown.is_some() { room - KEEP } else { room };
    let said = text_cell(ui, room, &text, ink).on_hover_text(&text);
    let spoken = format!("Row {}: {text}", row.line);
    ui.ctx().accesskit_node_builder(said.id, |node| node.set_value(spoken));
    if outgrown.is_some() {
        let label = if row.set.keeps_cover { "Do not keep cover" } else { "Keep cover" };
        let pressed = ui.add(PushButton::new(label).min_width(KEEP - 8.0));
        follow(&pressed);
        if pressed.accessible_name(format!("row {}: {label}", row.line)).clicked() {
            edits.push(RowEdit::KeepCover(row.line, !row.set.keeps_cover));
        }
    }
    if let Some(button) = button {
        let pressed = ui.add(PushButton::new(&button));
        follow(&pressed);
        if pressed.accessible_name(format!("row {}: {button}", row.line)).clicked() {
            edits.push(RowEdit::TakeRemedy(row.line));
        }
    }
}

fn mark_ui(ui: &mut Ui, mark: Option<Mark>) {
    let (rect, _) = ui.allocate_exact_size(vec2(16.0, ROW), egui::Sense::hover());
    if let Some(mark) = mark {
        mark.paint(ui.painter(), rect.center(), 13.0, tokens(ui));
    }
}

/// A cell of the list, always as wide.
fn cell<T>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> T) -> T {
    let shown = ui.allocate_ui(vec2(width, ROW), |ui| {
        ui.set_min_size(vec2(width, ROW));
        ui.horizontal_centered(add).inner
    });
    shown.inner
}

fn text_cell(ui: &mut Ui, width: f32, text: &str, ink: egui::Color32) -> Response {
    cell(ui, width, |ui| {
        ui.set_max_width(width);
        ui.add(Label::new(Type::Body.ink(words::safe_up_to(text, WHY_LETTERS_MAX), ink)).truncate())
    })
}

/// Under the list, always as high: whoever may cover above the grade, and what the reader has to see to.
fn foot_ui(ui: &mut Ui, draft: &PastePeopleDraft) {
    ui.allocate_ui(vec2(ui.available_width(), FOOT), |ui| {
        ui.set_min_height(FOOT);
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal(|ui| {
            let above = draft.above_grade();
            mark_ui(ui, above.as_ref().map(|_| Mark::Warning));
            ui.add(Label::new(Type::Body.ink(above.unwrap_or_default(), tokens(ui).text)).truncate());
        });
        hint_ui(
            ui,
            "What new people may cover is guessed from grade and specialty: check it. Anyone with nothing set will not \
             count. Whether new people are available is not known until you say.",
        );
    });
}

/// What was not understood of rows that are taken.
fn told_ui(ui: &mut Ui, draft: &PastePeopleDraft) {
    let unknown = draft.rows.iter().filter(|row| row.error.is_none() && !row.unknown.is_empty());
    for row in unknown.take(UNKNOWN_SHOWN) {
        let names: Vec<_> = row.unknown.iter().map(|name| format!("“{}”", words::safe(name))).collect();
        hint_ui(ui, &format!("Row {}: no competency is called {}; left out.", row.line, words::list(&names)));
    }
}
