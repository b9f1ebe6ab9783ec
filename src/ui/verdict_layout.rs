//! Where each card of the verdict bar stands. No drawing here.
//!
//! The order of the units never changes. Covered units stack two high where there is little room, then fold into one
//! card at the end; a unit that is not covered is never hidden: the bar gets another row instead.

use egui::{Rect, pos2, vec2};

use super::theme::sizes;

/// Space inside a card at its sides.
pub const PADDING: f32 = 12.0;
/// Height of a card of one line, two of which stack.
pub const SHORT_CARD: f32 = 24.0;
/// Height of a card in a low window.
pub const LOW_CARD: f32 = 30.0;
/// Height of one line of a sentence.
pub const LINE: f32 = 18.0;
/// Height of the line of marks, where it is a line of its own.
pub const MARKS_LINE: f32 = 22.0;

const GAP: f32 = sizes::GAP;
const ROW_GAP: f32 = sizes::VERDICT_BAR - sizes::VERDICT_CARD - 4.0;
const FOLD_WIDTH: f32 = 148.0;
const NARROWEST: f32 = 232.0;

/// How wide the parts of a card are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CardWidths {
    /// Name and pill.
    pub head: f32,
    /// The marks of other windows with all their words, 0 if there are none.
    pub marks: f32,
    /// The same marks with the day alone.
    pub days: f32,
    /// The sentence on one line.
    pub sentence: f32,
    /// Covered or closed: needs no sentence.
    pub is_quiet: bool,
}

/// How the marks of a card are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// On the first line, with all their words.
    Whole,
    /// On the first line, with the day alone.
    Days,
    /// On a line of their own, with the day alone where there is no room for their words.
    Below,
}

impl CardWidths {
    fn with(self, marks: f32) -> f32 {
        self.head + if marks > 0.0 { 16.0 + marks } else { 0.0 }
    }

    fn whole(self) -> f32 {
        self.with(self.marks).max(self.sentence) + 2.0 * PADDING
    }

    fn marked(self) -> f32 {
        self.with(self.marks) + 2.0 * PADDING
    }

    fn wanted(self) -> f32 {
        self.with(self.days).max(self.sentence) + 2.0 * PADDING
    }

    fn least(self) -> f32 {
        (self.head.max(self.days) + 2.0 * PADDING).max(NARROWEST).min(self.wanted())
    }

    fn short(self) -> f32 {
        self.with(self.days) + 2.0 * PADDING
    }

    /// How the marks are written in a card of this width.
    pub fn marks_in(self, width: f32) -> Marks {
        let room = width - 2.0 * PADDING + 0.5;
        match (self.with(self.marks) <= room, self.with(self.days) <= room) {
            (true, _) => Marks::Whole,
            (false, true) => Marks::Days,
            (false, false) => Marks::Below,
        }
    }
}

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// A card with its sentence.
    Full(usize),
    /// A card of one line.
    Short(usize),
    /// So many covered units as one card, which opens a list.
    Fold(Vec<usize>),
}

/// The bar, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct LaidOutBar {
    /// Each card's place, from the upper left corner of the bar.
    pub cards: Vec<(CardKind, Rect)>,
    pub height: f32,
}

impl LaidOutBar {
    /// The bar no higher than `most`, if the bar is one row: the cards keep their heads and show fewer lines of their
    /// sentences. Nothing where there are more rows, or no room for a head.
    pub fn within(mut self, most: f32) -> Option<Self> {
        for (what, rect) in &mut self.cards {
            rect.max.y = rect.max.y.min(most - ROW_GAP);
            let is_in_first_row = matches!(what, CardKind::Short(_)) || rect.top() < 4.5;
            if rect.height() < SHORT_CARD || !is_in_first_row {
                return None;
            }
        }
        self.height = self.height.min(most);
        Some(self)
    }
}

/// A column of the bar before its place is known.
struct Column {
    what: Vec<CardKind>,
    /// A narrower column breaks.
    least: f32,
    /// From this width the marks have all their words, however long the sentence is.
    marked: f32,
    /// From this width the sentence stands on one line.
    wanted: f32,
    /// From this width the marks have all their words beside a sentence on one line.
    whole: f32,
    /// It takes what room is left.
    stretches: bool,
}

impl Column {
    fn full(at: usize, parts: CardWidths) -> Self {
        Self {
            what: vec![CardKind::Full(at)],
            least: parts.least(),
            marked: parts.marked(),
            wanted: parts.wanted(),
            whole: parts.whole(),
            stretches: true,
        }
    }

    /// A card of one line; with more room than its marks need, a unit that is not covered says more.
    fn low(at: usize, parts: &[CardWidths]) -> Self {
        let it = parts[at];
        let pair = Self::pair(&[at], parts);
        let wanted = (it.with(it.sentence) + 2.0 * PADDING).max(pair.least);
        if it.is_quiet { pair } else { Self { wanted, whole: wanted, stretches: true, ..pair } }
    }

    fn pair(ats: &[usize], parts: &[CardWidths]) -> Self {
        let width = ats.iter().map(|at| parts[*at].short()).fold(0.0, f32::max);
        Self {
            what: ats.iter().copied().map(CardKind::Short).collect(),
            least: width,
            marked: width,
            wanted: width,
            whole: width,
            stretches: false,
        }
    }

    /// Two cards of one line; one alone has room for its sentence.
    fn stacked(ats: &[usize], parts: &[CardWidths]) -> Self {
        match ats {
            [at] => Self::full(*at, parts[*at]),
            pair => Self::pair(pair, parts),
        }
    }

    fn fold(ats: Vec<usize>) -> Self {
        Self {
            what: vec![CardKind::Fold(ats)],
            least: FOLD_WIDTH,
            marked: FOLD_WIDTH,
            wanted: FOLD_WIDTH,
            whole: FOLD_WIDTH,
            stretches: false,
        }
    }
}

/// Lays the cards out in so much width. `lines` says how many lines a card's sentence takes in that much width; `low`
/// is a window so low that every card gets one line only.
pub fn lay_out(parts: &[CardWidths], width: f32, low: bool, lines: &dyn Fn(usize, f32) -> usize) -> LaidOutBar {
    let rows = if low { low_rows(parts, width) } else { rows_of(parts, width) };
    let mut bar = LaidOutBar { cards: Vec::new(), height: 4.0 };
    for row in rows {
        let widths = shared_out(&row, width);
        let mut height = if low { LOW_CARD } else { sizes::VERDICT_CARD };
        for (column, card) in row.iter().zip(&widths) {
            if let [CardKind::Full(at)] = column.what.as_slice() {
                let below = parts[*at].marks > 0.0 && parts[*at].marks_in(*card) == Marks::Below;
                let marks = if below { MARKS_LINE } else { 0.0 };
                let sentence = lines(*at, card - 2.0 * PADDING).max(1) as f32 * LINE;
                height = height.max(sizes::VERDICT_CARD - LINE + marks + sentence);
            }
        }
        let mut left = 0.0;
        for (column, card) in row.into_iter().zip(widths) {
            let at = pos2(left, bar.height);
            place(&mut bar, column, at, vec2(card, height));
            left += card + GAP;
        }
        bar.height += height + ROW_GAP;
    }
    if bar.cards.is_empty() {
        bar.height += sizes::VERDICT_CARD + ROW_GAP;
    }
    bar
}

fn place(bar: &mut LaidOutBar, column: Column, at: egui::Pos2, size: egui::Vec2) {
    let stacked = column.what.len() > 1;
    let mut top = at.y;
    for what in column.what {
        let height = if stacked { SHORT_CARD } else { size.y };
        bar.cards.push((what, Rect::from_min_size(pos2(at.x, top), vec2(size.x, height))));
        top += SHORT_CARD + 4.0;
    }
}

/// Everything in one row if it fits; else covered ones stacked, then folded; else more rows.
fn rows_of(parts: &[CardWidths], width: f32) -> Vec<Vec<Column>> {
    let all = || 0..parts.len();
    let full: Vec<Column> = all().map(|at| Column::full(at, parts[at])).collect();
    if total(&full, |column| column.wanted) <= width {
        return vec![full];
    }
    let mut stacked: Vec<Column> = Vec::new();
    let mut quiet: Vec<usize> = Vec::new();
    for at in all() {
        if parts[at].is_quiet {
            quiet.push(at);
        } else {
            stacked.extend(quiet.chunks(2).map(|pair| Column::stacked(pair, parts)));
            quiet.clear();
            stacked.push(Column::full(at, parts[at]));
        }
    }
    stacked.extend(quiet.chunks(2).map(|pair| Column::stacked(pair, parts)));
    // A sentence on a second line makes the bar higher; folded cards do not, but hide what is covered.
    if total(&stacked, |column| column.least) <= width {
        return vec![stacked];
    }
    let loud: Vec<Column> = all().filter(|at| !parts[*at].is_quiet).map(|at| Column::full(at, parts[at])).collect();
    let quiet: Vec<usize> = all().filter(|at| parts[*at].is_quiet).collect();
    let mut columns = loud;
    if columns.is_empty() {
        columns = pairs_that_fit(&quiet, parts, width);
    } else if !quiet.is_empty() {
        columns.push(Column::fold(quiet));
    }
    wrapped(columns, width)
}

/// Covered units alone: as many as there is room for, the rest folded.
fn pairs_that_fit(quiet: &[usize], parts: &[CardWidths], width: f32) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (place, pair) in quiet.chunks(2).enumerate() {
        let column = Column::pair(pair, parts);
        if total(&columns, |c| c.least) + GAP + column.least + GAP + FOLD_WIDTH > width {
            columns.push(Column::fold(quiet[place * 2..].to_vec()));
            break;
        }
        columns.push(column);
    }
    columns
}

/// Cards of one line; where they take more than one row, those that are covered fold.
fn low_rows(parts: &[CardWidths], width: f32) -> Vec<Vec<Column>> {
    let one = |at: usize| Column::low(at, parts);
    let rows = wrapped((0..parts.len()).map(one).collect(), width);
    let (quiet, loud): (Vec<usize>, Vec<usize>) = (0..parts.len()).partition(|at| parts[*at].is_quiet);
    if rows.len() < 2 || quiet.len() < 2 {
        return rows;
    }
    wrapped(loud.into_iter().map(one).chain([Column::fold(quiet)]).collect(), width)
}

fn wrapped(columns: Vec<Column>, width: f32) -> Vec<Vec<Column>> {
    let mut rows: Vec<Vec<Column>> = Vec::new();
    for column in columns {
        match rows.last_mut() {
            Some(row) if total(row, |c| c.least) + GAP + column.least <= width => row.push(column),
            _ => rows.push(vec![column]),
        }
    }
    rows
}

fn total(columns: &[Column], of: impl Fn(&Column) -> f32) -> f32 {
    columns.iter().map(of).sum::<f32>() + GAP * (columns.len().max(1) - 1) as f32
}

/// The widths of a row's columns: whole marks first, then sentences on one line, then the rest to those with a sentence.
fn shared_out(row: &[Column], width: f32) -> Vec<f32> {
    let mut widths: Vec<f32> = row.iter().map(|column| column.least).collect();
    let mut spare = (width - total(row, |column| column.least)).max(0.0);
    for goal in [|column: &Column| column.marked, |column: &Column| column.wanted, |column: &Column| column.whole] {
        let missing: f32 = row.iter().zip(&widths).map(|(column, card)| (goal(column) - card).max(0.0)).sum();
        let part = if missing > 0.0 { (spare / missing).min(1.0) } else { 0.0 };
        for (card, column) in widths.iter_mut().zip(row) {
            *card += (goal(column) - *card).max(0.0) * part;
        }
        spare = (spare - missing * part).max(0.0);
    }
    let many = row.iter().filter(|column| column.stretches).count();
    let each = if many == 0 { 0.0 } else { spare / many as f32 };
    for (card, column) in widths.iter_mut().zip(row) {
        if column.stretches {
            *card += each;
        }
        *card = card.min(width).floor();
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loud(sentence: f32) -> CardWidths {
        CardWidths { head: 160.0, marks: 100.0, days: 60.0, sentence, is_quiet: false }
    }

    fn quiet() -> CardWidths {
        CardWidths { head: 180.0, marks: 0.0, days: 0.0, sentence: 240.0, is_quiet: true }
    }

    fn messages(parts: &[CardWidths], width: f32) -> (Vec<CardKind>, f32) {
        let bar = lay_out(parts, width, false, &|at, room| (parts[at].sentence / room).ceil() as usize);
        for (i, (_, rect)) in bar.cards.iter().enumerate() {
            assert!(rect.right() <= width && rect.bottom() <= bar.height, "{rect:?}");
            for (_, other) in &bar.cards[i + 1..] {
                assert!(!rect.shrink(0.5).intersects(*other), "{rect:?} overlaps {other:?}");
            }
        }
        (bar.cards.into_iter().map(|(what, _)| what).collect(), bar.height)
    }

    #[test]
    fn three_units_fill_one_row_in_their_order() {
        let (cards, height) = messages(&[loud(360.0), loud(200.0), quiet()], 1190.0);
        assert_eq!(cards, [CardKind::Full(0), CardKind::Full(1), CardKind::Full(2)]);
        assert!((height - sizes::VERDICT_BAR).abs() < 0.1);
    }

    #[test]
    fn covered_units_stack_two_high_and_then_fold() {
        let six = [loud(360.0), loud(300.0), quiet(), quiet(), quiet(), quiet()];
        let (cards, height) = messages(&six, 1190.0);
        assert_eq!(cards[2..], [CardKind::Short(2), CardKind::Short(3), CardKind::Short(4), CardKind::Short(5)]);
        assert!((height - sizes::VERDICT_BAR).abs() < 0.1);
        let (cards, _) = messages(&six, 800.0);
        assert_eq!(cards, [CardKind::Full(0), CardKind::Full(1), CardKind::Fold(vec![2, 3, 4, 5])]);
        let (cards, _) = messages(&[quiet(); 12], 800.0);
        // Three columns of two fit beside what opens the list of the others.
        assert_eq!(cards.last(), Some(&CardKind::Fold((6..12).collect())));
    }

    #[test]
    fn a_covered_unit_alone_between_others_keeps_its_sentence() {
        let (cards, _) = messages(&[loud(900.0), loud(900.0), quiet()], 1190.0);
        assert_eq!(cards, [CardKind::Full(0), CardKind::Full(1), CardKind::Full(2)]);
        let (cards, _) = messages(&[loud(900.0), quiet(), loud(900.0)], 1190.0);
        assert_eq!(cards, [CardKind::Full(0), CardKind::Full(1), CardKind::Full(2)]);
    }

    #[test]
    fn what_is_not_covered_is_never_hidden() {
        for width in [300.0, 500.0, 640.0, 900.0, 1190.0, 3000.0] {
            let parts = [loud(700.0), quiet(), loud(500.0), loud(90.0), quiet(), loud(300.0), loud(300.0), loud(400.0)];
            let (cards, _) = messages(&parts, width);
            for at in [0, 2, 3, 5, 6, 7] {
                assert!(cards.contains(&CardKind::Full(at)), "{at} at {width}");
            }
        }
    }

    #[test]
    fn a_long_sentence_takes_another_line_and_the_bar_grows() {
        let (_, height) = messages(&[loud(1000.0)], 600.0);
        assert!((height - sizes::VERDICT_BAR - LINE).abs() < 0.1, "{height}");
    }

    #[test]
    fn a_bar_that_may_not_grow_shows_fewer_lines() {
        let long = [loud(1000.0), quiet()];
        let bar = lay_out(&long, 600.0, false, &|_, _| 3);
        assert!(bar.height > sizes::VERDICT_BAR + LINE);
        let most = sizes::VERDICT_BAR;
        let held = bar.clone().within(most).unwrap();
        assert!((held.height - most).abs() < 0.1);
        for ((what, now), (_, was)) in held.cards.iter().zip(&bar.cards) {
            assert!(now.bottom() <= most && now.min == was.min && now.height() >= SHORT_CARD, "{what:?} {now:?}");
        }
        let rows = lay_out(&[loud(700.0); 6], 600.0, false, &|_, _| 1);
        assert_eq!(rows.within(most), None, "cards of more rows are not cut");
    }

    #[test]
    fn a_low_window_has_one_line_a_card() {
        let bar = lay_out(&[loud(900.0), loud(900.0), quiet()], 640.0, true, &|_, _| 9);
        assert_eq!(bar.cards.len(), 3);
        assert!(bar.cards.iter().all(|(_, rect)| rect.height() <= LOW_CARD && rect.right() <= 640.0));
        assert!(bar.height <= 2.0 * (LOW_CARD + ROW_GAP) + 4.0);
        let parts = [loud(900.0), quiet(), loud(900.0), quiet(), quiet()];
        let bar = lay_out(&parts, 400.0, true, &|_, _| 9);
        let cards: Vec<CardKind> = bar.cards.into_iter().map(|(what, _)| what).collect();
        assert_eq!(
            cards,
            [CardKind::Short(0), CardKind::Short(2), CardKind::Fold(vec![1, 3, 4])],
            "none that is not covered"
        );
    }
}
