//! Shortcuts of the registry, heard where they are meant.

use egui::{Context, Event, Key as EguiKey, KeyboardShortcut, Modifiers};

use crate::editor::{Action, Editor, Key, Shortcut, VERBS, Verb, Where};

/// Takes every shortcut of those places that was pressed in this frame, and asks for its verb.
///
/// Ctrl+C, Ctrl+X and Ctrl+V arrive as events of the clipboard; a paste carries its text.
pub(super) fn take_verbs(ctx: &Context, places: &[Where], editor: &Editor, actions: &mut Vec<Action>) {
    let is_typing = ctx.text_edit_focused();
    // Alt, and Ctrl with Alt, write letters on many keyboards.
    if !ctx.input(|input| input.modifiers.alt) {
        // A key without Shift would take the same key with Shift too, so those go first.
        for with_shift in [true, false] {
            let keys = VERBS.iter().flat_map(|row| row.keys.iter().map(move |key| (row.verb, *key)));
            for (verb, key) in keys.filter(|(_, key)| key.shift == with_shift && places.contains(&key.place)) {
                if is_typing && (key.place != Where::Everywhere || belongs_to_text(verb)) {
                    continue;
                }
                // A verb that cannot be used now says why.
                let says_why = editor.doc().is_some();
                if was_pressed(ctx, key, verb) && (says_why || editor.is_enabled(verb).is_ok()) {
                    actions.push(Action::Do(verb));
                }
            }
        }
    }
    if !is_typing && places.contains(&Where::Lists) {
        for text in take_pastes(ctx) {
            actions.push(Action::PasteText(text));
        }
    }
}

/// A key that is held down acts once. Keys that move the ring go on for as long as they are held, and so do those that
/// write and rub out in a field.
pub(super) fn drop_repeats(ctx: &Context) {
    let is_typing = ctx.text_edit_focused();
    let goes_on = |key: EguiKey| match key {
        EguiKey::Enter | EguiKey::Escape => false,
        _ if moves(key) => true,
        _ => is_typing && (key == EguiKey::F || !key.name().starts_with('F')),
    };
    ctx.input_mut(|input| {
        // The letter that a key writes comes right after the key.
        let mut was_dropped = false;
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, repeat: true, .. } => {
                was_dropped = !goes_on(*key);
                !was_dropped
            }
            Event::Text(_) => !std::mem::take(&mut was_dropped),
            _ => true,
        });
    });
}

/// Whether the key moves the ring or the keyboard.
fn moves(key: EguiKey) -> bool {
    use EguiKey::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, End, Home, PageDown, PageUp, Tab};
    matches!(key, ArrowDown | ArrowLeft | ArrowRight | ArrowUp | End | Home | PageDown | PageUp | Tab)
}

/// What a field being typed in does itself.
fn belongs_to_text(verb: Verb) -> bool {
    matches!(verb, Verb::Undo | Verb::Redo | Verb::SelectAll)
}

fn was_pressed(ctx: &Context, key: Shortcut, verb: Verb) -> bool {
    let event = match verb {
        Verb::Copy => Some(Event::Copy),
        Verb::Cut => Some(Event::Cut),
        _ => None,
    };
    ctx.input_mut(|input| {
        if let Some(event) = event {
            let before = input.events.len();
            input.events.retain(|e| *e != event);
            return input.events.len() < before;
        }
        egui_shortcut(key).is_some_and(|shortcut| input.consume_shortcut(&shortcut))
    })
}

/// Takes a paste that neither a field nor a list has taken.
pub(super) fn take_left_over_paste(ctx: &Context, editor: &Editor, actions: &mut Vec<Action>) {
    if editor.doc().is_some() && !ctx.text_edit_focused() {
        actions.extend(take_pastes(ctx).into_iter().map(Action::PasteText));
    }
}

/// Takes the texts that were pasted in this frame.
pub(super) fn take_pastes(ctx: &Context) -> Vec<String> {
    let mut texts = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Paste(text) => {
                texts.push(text.clone());
                false
            }
            _ => true,
        });
    });
    texts
}

/// The shortcut in egui's words; none for a key that a window never hears.
fn egui_shortcut(key: Shortcut) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    modifiers.shift = key.shift;
    if key.command {
        modifiers |= Modifiers::COMMAND;
    }
    let logical = match key.key {
        Key::Char(letter) => EguiKey::from_name(&letter.to_string())?,
        Key::F(number) => EguiKey::from_name(&format!("F{number}"))?,
        Key::Space => EguiKey::Space,
        Key::Delete => EguiKey::Delete,
        Key::Backspace => EguiKey::Backspace,
        Key::PageUp => EguiKey::PageUp,
        Key::PageDown => EguiKey::PageDown,
    };
    Some(KeyboardShortcut::new(modifiers, logical))
}

/// The first shortcut of a verb as this system writes it; empty if it has none.
pub(super) fn shortcut_text(ctx: &Context, verb: Verb) -> String {
    let is_mac = ctx.os().is_mac();
    verb.row().keys.first().map(|key| key.text(is_mac)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_registry_is_one_that_a_window_hears() {
        for row in VERBS {
            for key in row.keys {
                assert!(egui_shortcut(*key).is_some(), "{}: {}", row.label, key.text(false));
            }
        }
    }
}
