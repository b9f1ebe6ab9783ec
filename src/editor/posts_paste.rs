//! Reading posts out of rows of a spreadsheet: which column is the name, the tier, the bleep.

use super::grades::read_grade;
use super::paste_columns::HEADINGS_WITHIN;
use super::same_text::plain;
use crate::model::Tier;

/// What a pasted column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PostColumn {
    /// The post's name.
    Name,
    /// One of the unit's tiers, by its name.
    Tier,
    Bleep,
}

impl PostColumn {
    /// As it is told.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Tier => "grade",
            Self::Bleep => "bleep",
        }
    }

    /// The column that a heading names.
    fn named(heading: &str) -> Option<Self> {
        Some(match plain(heading).as_str() {
            "name" | "post" | "posts" | "postname" | "role" | "position" => Self::Name,
            "tier" | "level" | "grade" | "rank" => Self::Tier,
            "bleep" | "bleepno" | "bleepnumber" | "pager" | "dect" | "extension" | "ext" => Self::Bleep,
            _ => return None,
        })
    }
}

/// What the columns of pasted rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PostColumns {
    /// One for each column; none where it is not read.
    pub columns: Vec<Option<PostColumn>>,
    /// The row that names them, if one does; rows above it are no posts.
    pub heading: Option<usize>,
}

/// The tier of that name, also where it is shortened or in the plural.
pub(super) fn find_tier<'a>(tiers: &'a [Tier], typed: &str) -> Option<&'a Tier> {
    let text = plain(typed);
    if let Some(tier) = tiers.iter().find(|tier| plain(&tier.name) == text) {
        return Some(tier);
    }
    let is_like = |tier: &&Tier| {
        let name = plain(&tier.name);
        name.len() >= 3 && text.len() >= 3 && (name.starts_with(&text) || text.strip_suffix('s') == Some(&name))
    };
    let mut like = tiers.iter().filter(is_like);
    like.next().filter(|_| like.next().is_none()).or_else(|| tier_of_grade(tiers, typed))
}

/// The one tier that is as senior as a grade that staff write in other words: `reg` is a registrar or a middle grade.
fn tier_of_grade<'a>(tiers: &'a [Tier], text: &str) -> Option<&'a Tier> {
    let grade = read_grade(text);
    let level = grade.sure_level().filter(|_| grade.specialty.is_empty())?;
    let mut like = tiers.iter().filter(|tier| read_grade(&tier.name).level == Some(level));
    like.next().filter(|_| like.next().is_none())
}

/// What the columns are: by their headings, else by what stands in them, else name, tier, bleep in that order.
pub(super) fn find_post_columns(rows: &[(usize, Vec<String>)], tiers: &[Tier]) -> PostColumns {
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    for (at, (_, cells)) in rows.iter().enumerate().take(HEADINGS_WITHIN) {
        let mut columns: Vec<Option<PostColumn>> = Vec::new();
        for heading in cells {
            let column = PostColumn::named(heading).filter(|column| !columns.contains(&Some(*column)));
            columns.push(column);
        }
        let known = columns.iter().flatten().count();
        // A post alone may well be called as a heading is, but not in the first row with others under it.
        let is_name_alone = at == 0 && known == 1 && columns.contains(&Some(PostColumn::Name)) && rows.len() > 1;
        if known >= 2 || is_name_alone {
            columns.resize(width, None);
            return PostColumns { columns, heading: Some(at) };
        }
    }
    PostColumns { columns: by_content(rows, width, tiers), heading: None }
}

fn by_content(rows: &[(usize, Vec<String>)], width: usize, tiers: &[Tier]) -> Vec<Option<PostColumn>> {
    let mostly = |at: usize, fits: &dyn Fn(&str) -> bool| {
        let cells = rows.iter().filter_map(|(_, cells)| cells.get(at)).map(|cell| cell.trim());
        let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        2 * cells.iter().filter(|cell| fits(cell)).count() > cells.len()
    };
    let is_tier =
        |cell: &str| tiers.iter().any(|tier| plain(&tier.name) == plain(cell)) || tier_of_grade(tiers, cell).is_some();
    let is_bleep = |cell: &str| 2 * cell.chars().filter(char::is_ascii_digit).count() > cell.chars().count();
    let mut columns = vec![None; width];
    let order = [PostColumn::Tier, PostColumn::Bleep];
    // A single column is of names, whatever they are.
    for column in order.into_iter().filter(|_| width > 1) {
        let fits: &dyn Fn(&str) -> bool = if column == PostColumn::Tier { &is_tier } else { &is_bleep };
        // A post may be called as its tier is: the name stands first.
        if let Some(at) = (0..width).rev().find(|at| columns[*at].is_none() && mostly(*at, fits)) {
            columns[at] = Some(column);
        }
    }
    let order = [PostColumn::Name, PostColumn::Tier, PostColumn::Bleep];
    for column in order {
        if !columns.contains(&Some(column))
            && let Some(free) = columns.iter_mut().find(|column| column.is_none())
        {
            *free = Some(column);
        }
    }
    columns
}
