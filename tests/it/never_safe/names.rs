//! One doctor entered as two, who would be counted twice.

use cover_rota::model::Rota;

use super::made::name;
use super::{AS_MADE, Case};

/// Cat Cedar is called this, and the one at home that.
fn one_and(rota: &mut Rota, one: (&str, &str), other: (&str, &str)) {
    name(rota, "c", one.0, one.1);
    name(rota, "d", other.0, other.1);
}

/// Cat and Dan have names of their own.
const OTHERS: fn(&mut Rota) = |r| one_and(r, ("O'Brien-Elm", "Zoé Ann"), ("O'Brien-Ash", "Zoé Ann"));

pub(super) const CASES: &[Case] = &[
    ("the same name", AS_MADE, |r| one_and(r, ("Cedar", "Cat"), ("Cedar", "Cat"))),
    ("large letters", AS_MADE, |r| one_and(r, ("Cedar", "Cat"), ("CEDAR", "CAT"))),
    ("another apostrophe", OTHERS, |r| one_and(r, ("O'Brien", "Zoé"), ("O\u{2019}Brien", "Zoé"))),
    ("an accent by itself", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("Elm", "Zoe\u{301}"))),
    ("a blank that does not break", OTHERS, |r| one_and(r, ("Elm", "Zoé Ann"), ("Elm", "Zoé\u{a0}Ann"))),
    ("two blanks", OTHERS, |r| one_and(r, ("Elm", "Zoé Ann"), ("Elm", "Zoé  Ann"))),
    ("no blank", OTHERS, |r| one_and(r, ("Elm", "Zoé Ann"), ("Elm", "ZoéAnn"))),
    ("a letter that nobody sees", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("E\u{200b}lm", "Zoé"))),
    ("a soft hyphen", OTHERS, |r| one_and(r, ("Elmwood", "Zoé"), ("Elm\u{ad}wood", "Zoé"))),
    ("a mark of direction", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("\u{200f}Elm", "Zoé"))),
    ("another hyphen", OTHERS, |r| one_and(r, ("Elm-Ash", "Zoé"), ("Elm\u{2013}Ash", "Zoé"))),
    ("a blank for a hyphen", OTHERS, |r| one_and(r, ("Elm-Ash", "Zoé"), ("Elm Ash", "Zoé"))),
    ("a letter of another script", OTHERS, |r| one_and(r, ("Elm", "Anna"), ("Elm", "Ann\u{430}"))),
    ("a large letter of another script", OTHERS, |r| one_and(r, ("Birch", "Zoé"), ("\u{412}irch", "Zoé"))),
    ("a Greek letter", OTHERS, |r| one_and(r, ("Oak", "Zoé"), ("\u{39f}ak", "Zoé"))),
    ("two letters drawn as one", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("Elrn", "Zoé"))),
    ("a figure for a letter", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("E1m", "Zoé"))),
    ("letters full as wide", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("\u{ff25}lm", "Zoé"))),
    ("two letters in one", OTHERS, |r| one_and(r, ("Fir", "Zoé"), ("\u{fb01}r", "Zoé"))),
    ("family and given name exchanged", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("Zoé", "Elm"))),
    ("all in one field", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("", "Zoé Elm"))),
    ("all in the other field", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("Elm Zoé", ""))),
    ("a title", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("Elm", "Dr Zoé"))),
    ("a title with a stop", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("Prof. Elm", "Zoé"))),
    ("a title in large letters", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("Elm", "MRS Zoé"))),
    ("a title after the name", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("Elm Miss", "Zoé"))),
    ("a title with a letter that nobody sees", OTHERS, |r| one_and(r, ("Elm", "Zoé"), ("D\u{200b}r Elm", "Zoé"))),
    ("a title, and exchanged, and another apostrophe", OTHERS, |r| {
        one_and(r, ("O'Elm", "Zoé"), ("Ms Zoé", "O\u{2bc}Elm"));
    }),
];
