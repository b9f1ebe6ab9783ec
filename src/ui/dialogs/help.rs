//! Help: the keys, the rules, what is kept where; the explanation of one rule; about the program.

use egui::{CollapsingHeader, Grid, Label, RichText, Ui};

use crate::checker::Code;
use crate::editor::{Menu, Verb};
use crate::ui::keys::shortcut_text;
use crate::ui::theme::{Type, tokens};

use super::Scene;
use super::form::{heading_ui, hint_ui, sentence_ui};
use super::hazards::HAZARDS;

pub(super) fn explain_rule_ui(scene: &mut Scene<'_>, code: Code) {
    let title = format!("{code}: {}", code.rule().title);
    scene.message(&title, "Close", 640.0, |ui, _| rule_ui(ui, code));
}

fn rule_ui(ui: &mut Ui, code: Code) {
    let rule = code.rule();
    sentence_ui(ui, rule.why);
    hint_ui(ui, &format!("Severity: {}.", rule.severity.trim_end_matches('.')));
    hint_ui(ui, &format!("Source: {}", rule.source));
    heading_ui(ui, "Example");
    let text = RichText::new(rule.example.trim_matches('\n')).monospace().color(tokens(ui).text);
    egui::ScrollArea::horizontal().id_salt(code.as_str()).show(ui, |ui| ui.add(Label::new(text).extend()));
}

/// Keys that are not those of a verb.
const KEYS: [(&str, &str); 15] = [
    ("Arrows", "move in the grid; with Shift choose a rectangle, with Ctrl jump"),
    ("Home, End, PgUp, PgDn", "first or last slot, a page up or down"),
    ("Letters, F2", "type initials into the chosen cells"),
    (
        "Enter, Tab",
        "enter what is typed; Tab also moves right. Elsewhere only the whole initials of one person are entered",
    ),
    (
        "Ctrl+Enter",
        "enter the initials although the checker objects; in “Who could”: propose and mark as asked; in a suggestion: accept the ticked changes",
    ),
    ("1 to 9", "propose that person of “Who could” for the chosen gap"),
    ("Alt+F, E, R, V, H; F10", "open a menu; Left and Right go to the next"),
    ("Esc", "close or step back; from the grid, Esc then Tab goes on"),
    ("Drag", "on empty cells choose; a block to move it, with Ctrl to copy it, its edge to change its time"),
    ("Right click, Shift+F10", "menu of commands for what is under the pointer"),
    ("Space, Shift+Space", "in Sessions: next state towards postponed, or back towards running"),
    ("Ctrl+C, Ctrl+V", "copy and paste as text for spreadsheets: KP agreed, KP? asked, KP* proposed"),
    ("Ctrl+Enter", "in a dialog: its main button, wherever the keyboard is"),
    ("Space, Enter", "in a dialog: Space ticks a box, Enter is OK"),
    ("Any key held down", "acts only once, except for moving and typing"),
];

const WHAT_COUNTS: &str = "A doctor counts only once agreed, and with nothing preventing it: not on two posts at once, not marked “not \
     available”, cleared for the grade, with the competencies that the post requires, no clinic or list still running, \
     and no other duty. Proposed and Asked do not count yet. A unit is covered only if at every \
     minute of the walkout it has, at every grade and above, as many doctors as on its normal day. A post held on call from home \
     is judged by itself.";

const STORED: &str = "Rotas are kept where you save them, and nowhere else. In your own data folder the program keeps the list of recent \
     files, your settings, and copies of unsaved work; a copy goes when the work is saved, or 7 days \
     after it was discarded. Nobody else can open that folder. To erase \
     everything, delete that folder. The program never uses the network, and there is no field for who takes part in a \
     walkout.";

pub(super) fn help_ui(scene: &mut Scene<'_>) {
    scene.message("Help", "Close", 760.0, |ui, _| {
        heading_ui(ui, "What counts");
        sentence_ui(ui, WHAT_COUNTS);
        ui.add_space(8.0);
        CollapsingHeader::new("Keys").default_open(true).show(ui, keys_ui);
        CollapsingHeader::new("Rules").show(ui, |ui| {
            for code in Code::ALL.iter().copied() {
                let title = format!("{code}  {}", code.rule().title);
                CollapsingHeader::new(title).show(ui, |ui| rule_ui(ui, code));
            }
        });
        CollapsingHeader::new("Known hazards and safeguards").show(ui, |ui| {
            for hazard in HAZARDS {
                ui.label(Type::Strong.rich(hazard.harm));
                hint_ui(ui, hazard.done);
            }
            hint_ui(ui, "No claim of compliance with a clinical safety standard is made.");
        });
        CollapsingHeader::new("What is stored where").show(ui, |ui| sentence_ui(ui, STORED));
    });
}

fn keys_ui(ui: &mut Ui) {
    Grid::new("keys").num_columns(2).spacing([16.0, 4.0]).show(ui, |ui| {
        for (key, does) in KEYS {
            key_ui(ui, key, does);
        }
        for row in Menu::ALL.into_iter().flat_map(Verb::of_menu) {
            let key = shortcut_text(ui, row.verb);
            if !key.is_empty() {
                key_ui(ui, &key, row.tooltip);
            }
        }
    });
}

fn key_ui(ui: &mut Ui, key: &str, does: &str) {
    ui.label(Type::Strong.rich(key));
    ui.add(Label::new(Type::Body.rich(does)).wrap());
    ui.end_row();
}

pub(super) fn about_ui(scene: &mut Scene<'_>) {
    scene.message("About Cover Rota", "Close", 480.0, |ui, _| {
        ui.label(Type::Section.rich(format!("Cover Rota {}", env!("CARGO_PKG_VERSION"))));
        sentence_ui(ui, "Who covers which post in a walkout, and where it is short of a normal day.");
        hint_ui(ui, "MIT licence. Typeface Source Sans 3, SIL Open Font License 1.1. Icons Phosphor, MIT.");
        hint_ui(
            ui,
            "It compares with the normal staffing that your unit entered. It is no medical device and does not replace the judgement of the clinician who signs the rota off.",
        );
    });
}
