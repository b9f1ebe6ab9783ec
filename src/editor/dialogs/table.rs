//! What is made of the table of dialogs: `Dialog`, `Ask`, `Choice`, and what every dialog can be asked and told.

/// Reads the table in `mod.rs`. A row of `drafts` is `Name(Draft) "what it is"`, then `asked Name(what: Type) |at| …` if
/// it is opened with an `Ask` (a draft, or an `Option` of one, made of what there is), `ok` and what its main button
/// does, and its other buttons, `Name "what it says" => Editor::…`. In a row of `notices` nothing is typed: no draft.
///
/// `ok` is one of `command` (a [`CommandDraft`](super::CommandDraft)), `seen_first` (the same, asked about where cover
/// would go out of sight or less be needed), `closes`, `stays` (only its other buttons do something) and
/// `by(Editor::…)`, which is given the draft and says whether the dialog closes.
macro_rules! dialogs {
    (
        drafts {$(
            $name:ident($draft:ty) $what:literal
            $(, asked $ask:ident $(($of:ident: $of_type:ty))? |$at:ident| $open:expr)?
            , ok $ok:ident $(($by:path))?
            $(, $choice:ident $says:literal => $press:path)*;
        )*}
        notices {$(
            $notice:ident $about:literal
            , ok $notice_ok:ident $(($notice_by:path))?
            $(, $button:ident $tells:literal => $act:path)*;
        )*}
    ) => {
        /// What is open over the window. One at a time.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Dialog {
            $(#[doc = $what] $name($draft),)*
            $(#[doc = $about] $notice,)*
        }

        /// A dialog to open.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Ask {
            $($(#[doc = $what] $ask $(($of_type))?,)?)*
        }

        /// A button of a dialog that has more than one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Choice {
            $($(#[doc = $says] $choice,)*)*
            $($(#[doc = $tells] $button,)*)*
        }

        impl Ask {
            /// The dialog, its draft made from the rota; none where what it is about is gone.
            pub(in crate::editor) fn open(self, at: &At<'_>) -> Option<Dialog> {
                match self {
                    $($(Self::$ask $(($of))? => {
                        let $at = at;
                        <Option<$draft>>::from($open).map(Dialog::$name)
                    })?)*
                }
            }
        }

        impl Dialog {
            /// What is typed, chosen or asked in it.
            pub(in crate::editor) fn draft(&self) -> &dyn DialogDraft {
                match self {
                    $(Self::$name(draft) => draft,)*
                    $(Self::$notice => &(),)*
                }
            }

            /// The same, to be changed; none where there is nothing to change.
            pub(in crate::editor) fn draft_mut(&mut self) -> Option<&mut dyn DialogDraft> {
                match self {
                    $(Self::$name(draft) => Some(draft),)*
                    $(Self::$notice => None,)*
                }
            }

            /// The draft whose command its main button runs, if it runs one.
            pub(in crate::editor) fn command_draft(&self) -> Option<&dyn CommandDraft> {
                match self {
                    $(Self::$name(_draft) => dialogs!(@command $ok _draft),)*
                    $(Self::$notice => None,)*
                }
            }

            /// Does what its main button is for; `false` leaves it open.
            pub(in crate::editor) fn ok(&self, editor: &mut Editor, env: &mut Env<'_>) -> bool {
                match self {
                    $(Self::$name(_draft) => dialogs!(@ok $ok $($by)?, _draft, editor, env),)*
                    $(Self::$notice => dialogs!(@notice $notice_ok $($notice_by)?, editor),)*
                }
            }

            /// Does what another of its buttons is for; `false` where it has no such button.
            pub(in crate::editor) fn press(&self, choice: Choice, editor: &mut Editor, env: &mut Env<'_>) -> bool {
                match (self, choice) {
                    $($((Self::$name(draft), Choice::$choice) => { $press(editor, draft, env); })*)*
                    $($((Self::$notice, Choice::$button) => { $act(editor); })*)*
                    _ => return false,
                }
                true
            }
        }

        $(impl From<$draft> for Dialog {
            fn from(draft: $draft) -> Self {
                Self::$name(draft)
            }
        })*
    };
    (@ok command, $draft:expr, $editor:expr, $env:expr) => { $editor.accept_command($draft, $env) };
    (@ok seen_first, $draft:expr, $editor:expr, $env:expr) => { $editor.accept_seen($draft, $env) };
    (@ok closes, $draft:expr, $editor:expr, $env:expr) => { true };
    (@ok stays, $draft:expr, $editor:expr, $env:expr) => { false };
    (@ok by $by:path, $draft:expr, $editor:expr, $env:expr) => { $by($editor, $draft, $env) };
    (@notice closes, $editor:expr) => { true };
    (@notice stays, $editor:expr) => { false };
    (@notice by $by:path, $editor:expr) => { $by($editor) };
    (@command command $draft:ident) => { Some($draft) };
    (@command seen_first $draft:ident) => { Some($draft) };
    (@command $other:ident $draft:ident) => { None };
}

pub(super) use dialogs;
