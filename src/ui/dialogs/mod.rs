//! The dialogs as they are drawn: each edits a copy of its draft and says what was changed and pressed.

mod choice_rows;
mod export;
mod form;
mod hazards;
mod help;
mod left_out;
mod many;
mod new_posts;
mod normal;
mod other_name;
mod paste_sessions;
mod people;
mod person;
mod places;
mod posts;
mod questions;
mod renamed;
mod rota;
mod session;
mod several;
mod time;

use egui::Context;

use crate::editor::{Action, Dialog, Document, Editor};
use crate::model::Rota;
use crate::ui::state::forget_typing;
use crate::ui::widgets::{Dialog as Frame, DialogAnswer};

use form::Form;
pub use hazards::{HAZARDS, Hazard};

/// What a dialog is drawn with.
struct Scene<'a> {
    ctx: &'a Context,
    editor: &'a Editor,
    doc: Option<&'a Document>,
    rota: &'a Rota,
    actions: &'a mut Vec<Action>,
}

/// Draws what is open over the window. Finding and the palette are drawn by their own modules.
pub fn dialog_ui(ctx: &Context, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(dialog) = editor.dialog() else { return };
    let empty = Rota::empty();
    let doc = editor.doc();
    let rota = doc.map_or(&empty, Document::rota);
    let mut scene = Scene { ctx, editor, doc, rota, actions };
    draw(&mut scene, dialog);
}

fn draw(scene: &mut Scene<'_>, dialog: &Dialog) {
    match dialog {
        Dialog::RotaProperties(draft) => rota::properties_ui(scene, draft),
        Dialog::Windows(draft) => rota::windows_ui(scene, draft),
        Dialog::MovedDays(draft) => rota::moved_days_ui(scene, draft),
        Dialog::Competencies(draft) => places::competencies_ui(scene, draft),
        Dialog::Unit(draft) => places::unit_ui(scene, draft),
        Dialog::Post(draft) => posts::post_ui(scene, draft),
        Dialog::AddPosts(draft) => posts::add_posts_ui(scene, draft),
        Dialog::NewPosts(draft) => new_posts::new_posts_ui(scene, draft),
        Dialog::Normal(draft) => normal::normal_ui(scene, draft),
        Dialog::LeftOut(draft) => left_out::left_out_ui(scene, draft),
        Dialog::Discard(draft) => questions::discard_ui(scene, draft),
        Dialog::Person(draft) => person::person_ui(scene, draft),
        Dialog::Renamed(draft) => renamed::renamed_ui(scene, draft),
        Dialog::OtherName(draft) => other_name::other_name_ui(scene, draft),
        Dialog::Several(draft) => several::several_ui(scene, draft),
        Dialog::Session(draft) => session::session_ui(scene, draft),
        Dialog::PastePeople(draft) => people::paste_people_ui(scene, draft),
        Dialog::PasteSessions(draft) => paste_sessions::paste_sessions_ui(scene, draft),
        Dialog::NotFreeFrom(draft) => time::not_free_from_ui(scene, draft),
        Dialog::ChangeTime(draft) => time::change_time_ui(scene, draft),
        Dialog::SwapWith(draft) => time::swap_ui(scene, draft),
        Dialog::CopyDay(draft) => time::copy_day_ui(scene, draft),
        Dialog::AcceptFinding(draft) => questions::accept_ui(scene, draft),
        Dialog::ExplainRule(code) => help::explain_rule_ui(scene, *code),
        Dialog::Many(draft) => many::many_ui(scene, draft),
        Dialog::Declined(draft) => questions::declined_ui(scene, draft),
        Dialog::Drop(draft) => questions::drop_ui(scene, draft),
        Dialog::Postpone(draft) => questions::postpone_ui(scene, draft),
        Dialog::Remove(draft) => questions::remove_ui(scene, draft),
        Dialog::Unsaved(then) => questions::unsaved_ui(scene, then),
        Dialog::SealNotice => questions::seal_ui(scene),
        Dialog::ChangedOnDisk => questions::changed_on_disk_ui(scene),
        Dialog::Recover => questions::recover_ui(scene),
        Dialog::SaveAgain(draft) => questions::save_again_ui(scene, draft),
        Dialog::Export(draft) => export::export_ui(scene, draft),
        Dialog::TypedPath(draft) => questions::typed_path_ui(scene, draft),
        Dialog::New(draft) => questions::new_ui(scene, draft),
        Dialog::Examples => questions::examples_ui(scene),
        Dialog::Message(message) => questions::message_ui(scene, message),
        Dialog::Help => help::help_ui(scene),
        Dialog::About => help::about_ui(scene),
        Dialog::Find(_) | Dialog::Palette(_) => {}
    }
}

impl Scene<'_> {
    /// Draws something to be read or chosen from, with one button that closes it.
    fn message(&mut self, title: &str, close: &str, width: f32, content: impl FnOnce(&mut egui::Ui, &mut Vec<Action>)) {
        let answer = Frame::message(title, close).width(width).show(self.ctx, |ui| content(ui, self.actions));
        if answer == DialogAnswer::Cancel {
            self.actions.push(Action::CloseDialog);
        }
    }

    /// Draws a form over `draft`, hands its edits on, and OK, Cancel and the third button with them.
    fn form<D: Clone + PartialEq + Into<Dialog>>(
        &mut self,
        mut form: Form<'_>,
        draft: &D,
        content: impl FnOnce(&mut egui::Ui, &mut D, &form::Marks<'_>),
    ) {
        let mut edited = draft.clone();
        form.errors = self.editor.dialog_errors();
        let notice = self.editor.notice();
        let pressed = form.show(self.ctx, |ui, marks| {
            content(ui, &mut edited, marks);
            // Why it was not done stands here, not behind the dialog.
            if let Some(why) = notice {
                form::wrong_ui(ui, why);
            }
        });
        if edited != *draft {
            // Something else than a field changed it: a row may have gone, or another record come.
            if !self.ctx.text_edit_focused() {
                forget_typing(self.ctx);
            }
            self.actions.push(Action::DialogEdited(Box::new(edited.into())));
        }
        self.actions.extend(pressed);
    }
}
