//! Which column of a pasted staff list is what: by its headings, wherever they stand, else by what is in it.

use super::grades::named_in;
use super::paste_columns::{HEADINGS_WITHIN, columns};
use super::people_names::is_title;
use super::same_text::plain;

/// What the columns of pasted rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// One for each column.
    pub columns: Vec<PasteColumn>,
    /// The row that names them, if one does; rows above it are no people.
    pub heading: Option<usize>,
}

columns! {
    PasteColumn:
    Initials "Initials", Name "Name", Family "Family name", Given "Given name", Grade "Grade", Specialty "Specialty",
    Phone "Telephone", Competencies "Competencies"
}

type Rows = [(usize, Vec<String>)];

/// What a heading may be called, the clearest first: where two columns could be the same, the clearer one is.
const HEADINGS: &[(PasteColumn, &[&str])] = &[
    (PasteColumn::Initials, &["initials", "inits", "rotainitials", "init", "initial", "code", "ini"]),
    (
        PasteColumn::Name,
        &[
            "name",
            "fullname",
            "surnameforename",
            "surnamefirstname",
            "surnamegivenname",
            "lastnamefirstname",
            "familynamegivenname",
            "surnameforenames",
            "nameofdoctor",
            "doctorname",
            "doctorsname",
            "staffname",
            "staffmember",
            "employeename",
            "employee",
            "clinicianname",
            "doctor",
            "clinician",
            "staff",
            "person",
            "namesurname",
            "forenamesurname",
            "firstnamesurname",
            "firstnamelastname",
        ],
    ),
    (PasteColumn::Family, &["familyname", "family", "surname", "lastname", "last"]),
    (
        PasteColumn::Given,
        &[
            "givenname",
            "given",
            "firstname",
            "forename",
            "forenames",
            "first",
            "firstnames",
            "givennames",
            "knownas",
            "preferredname",
            "christianname",
        ],
    ),
    (
        PasteColumn::Grade,
        &[
            "grade",
            "gradelevel",
            "currentgrade",
            "jobtitle",
            "jobrole",
            "position",
            "role",
            "level",
            "rank",
            "band",
            "job",
            "gr",
            "grd",
            "title",
        ],
    ),
    (
        PasteColumn::Specialty,
        &[
            "specialty",
            "speciality",
            "specialties",
            "specialities",
            "spec",
            "specialism",
            "mainspecialty",
            "mainspeciality",
            "basespecialty",
            "parentspecialty",
            "department",
            "dept",
            "dep",
            "depart",
            "directorate",
            "dir",
            "division",
            "div",
            "service",
            "team",
        ],
    ),
    (
        PasteColumn::Phone,
        &[
            "mobile",
            "mobileno",
            "mobilenumber",
            "mobiletel",
            "mobilephone",
            "mob",
            "ph",
            "telephone",
            "telephoneno",
            "telephonenumber",
            "tel",
            "telno",
            "phone",
            "phoneno",
            "phonenumber",
            "contactno",
            "contactnumber",
            "contacttel",
            "contact",
            "cell",
            "bleep",
            "bleepno",
            "bleepnumber",
            "pager",
            "dect",
            "ext",
            "extension",
        ],
    ),
    (
        PasteColumn::Competencies,
        &[
            "competencies",
            "competency",
            "competences",
            "comps",
            "comp",
            "skills",
            "skill",
            "can",
            "signedoff",
            "courses",
            "qualifications",
        ],
    ),
];

/// What a heading names, and how clearly: the lower, the clearer.
fn named(heading: &str) -> Option<(PasteColumn, usize)> {
    let plain = plain(heading);
    let whole = |plain: &str| {
        let place =
            |(column, all): &(PasteColumn, &[&str])| Some((*column, all.iter().position(|word| *word == plain)?));
        HEADINGS.iter().find_map(place)
    };
    if let Some(named) = whole(&plain) {
        return Some(named);
    }
    // "Tel / bleep", "Name (surname first)": what its parts name, where that is one column.
    let parts = heading.split(['/', '(', ')', ',', '&', '-', '+']).map(self::plain);
    let mut parts = parts.filter_map(|part| whole(&part));
    let (column, rank) = parts.next()?;
    parts.all(|(other, _)| other == column).then_some((column, rank + LESS_CLEAR))
}

/// A heading that only has a part that is known is less clear than any that is known as a whole.
const LESS_CLEAR: usize = 100;

/// What the columns are: by their headings, else by what stands in them.
pub(super) fn find_columns(rows: &Rows) -> Columns {
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let named_in = |cells: &[String]| {
        let mut kinds: Vec<PasteColumn> = cells.iter().filter_map(|cell| named(cell)).map(|(kind, _)| kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    };
    let first = rows.first().map(|(_, cells)| named_in(cells)).unwrap_or_default();
    let is_name = |c: &PasteColumn| matches!(c, PasteColumn::Name | PasteColumn::Family | PasteColumn::Initials);
    let heading = match first.as_slice() {
        [one] if is_name(one) => Some(0),
        _ => rows.iter().take(HEADINGS_WITHIN).position(|(_, cells)| named_in(cells).len() >= 2),
    };
    let Some(heading) = heading else { return Columns { columns: by_content(rows, width), heading: None } };
    let below = rows.get(heading + 1..).unwrap_or_default();
    Columns { columns: by_headings(&rows[heading].1, below, width), heading: Some(heading) }
}

/// Of columns that could be the same, the clearer one is; a column of "Dr" and "Mr" is no grade, and one of the first
/// letters of given names no initials.
fn by_headings(headings: &[String], below: &Rows, width: usize) -> Vec<PasteColumn> {
    let names = headings.iter().enumerate().filter_map(|(at, heading)| Some((at, named(heading)?)));
    let mut best: Vec<(PasteColumn, usize, usize)> = names
        .filter(|(at, (kind, _))| *kind != PasteColumn::Grade || !mostly(below, *at, is_title))
        .map(|(at, (kind, rank))| (kind, rank, at))
        .collect();
    best.sort_unstable();
    best.dedup_by_key(|(kind, ..)| *kind);
    let mut columns = vec![PasteColumn::Ignored; width.max(headings.len())];
    for (kind, _, at) in &best {
        columns[*at] = *kind;
    }
    let place = |kind| columns.iter().position(|column| *column == kind);
    let initials = place(PasteColumn::Initials).zip(place(PasteColumn::Family));
    if let (Some((initials, family)), None, None) = (initials, place(PasteColumn::Given), place(PasteColumn::Name))
        && are_of_given_names(below, initials, family)
    {
        columns[initials] = PasteColumn::Given;
    }
    columns
}

/// Whether most "initials" do not end as the family name beside them begins.
fn are_of_given_names(below: &Rows, initials: usize, family: usize) -> bool {
    let letter = |c: Option<char>| c.map(|c| c.to_lowercase().to_string());
    let pairs = below.iter().filter_map(|(_, cells)| {
        let last = cells.get(initials)?.chars().rev().find(|c| c.is_alphanumeric());
        let first = cells.get(family)?.chars().find(|c| c.is_alphabetic());
        (last.is_some() && first.is_some()).then(|| letter(last) == letter(first))
    });
    let (all, of_both) = pairs.fold((0, 0), |(all, same), is| (all + 1, same + usize::from(is)));
    all > 0 && of_both * 2 < all
}

/// Whether most cells of a column that are not blank fit.
fn mostly(rows: &Rows, at: usize, fits: impl Fn(&str) -> bool) -> bool {
    let cells = rows.iter().filter_map(|(_, cells)| cells.get(at)).map(|c| c.trim()).filter(|c| !c.is_empty());
    let (all, good) = cells.fold((0, 0), |(all, good), cell| (all + 1, good + usize::from(fits(cell))));
    all > 0 && good * 2 > all
}

/// Without headings: initials first if they look like initials, then name, grade, specialty; what looks like telephone
/// numbers or grades is that.
fn by_content(rows: &Rows, width: usize) -> Vec<PasteColumn> {
    use PasteColumn::{Family, Given, Grade, Ignored, Initials, Name, Phone, Specialty};
    let is_initials = |cell: &str| {
        let one_case = !cell.chars().any(char::is_lowercase) || !cell.chars().any(char::is_uppercase);
        cell.chars().count() <= 4 && cell.chars().all(char::is_alphanumeric) && one_case
    };
    let is_phone = |cell: &str| {
        cell.chars().filter(char::is_ascii_digit).count() >= 5
            && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '-'))
    };
    let is_grade = |cell: &str| {
        let said = named_in(cell);
        said.level.is_some() || said.contract.is_some()
    };
    let is_word = |cell: &str| !cell.contains([' ', ',']);
    let phone = (0..width).find(|at| mostly(rows, *at, is_phone));
    let starts_with_initials = mostly(rows, 0, is_initials) && !mostly(rows, 0, is_grade);
    let from = usize::from(starts_with_initials);
    let grade = (from..width).find(|at| Some(*at) != phone && mostly(rows, *at, is_grade));
    let text = |at: usize| at < width && Some(at) != phone && Some(at) != grade;
    let are_words = |at: usize| mostly(rows, at, is_word);
    // "Bell, Ann" without quotes comes apart at its comma.
    let is_apart = text(from)
        && text(from + 1)
        && are_words(from)
        && are_words(from + 1)
        && (width == from + 2 || grade == Some(from + 2));
    let mut wanted = if is_apart { vec![Specialty, Given, Family] } else { vec![Specialty, Grade, Name] };
    if grade.is_some() {
        wanted.retain(|column| *column != Grade);
    }
    if starts_with_initials {
        wanted.push(Initials);
    }
    let column = |at: usize| match at {
        at if Some(at) == phone => Phone,
        at if Some(at) == grade => Grade,
        at if mostly(rows, at, is_phone) => Ignored,
        _ => wanted.pop().unwrap_or(Ignored),
    };
    (0..width).map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows::numbered_rows;
    use super::*;
    use PasteColumn::{Competencies, Family, Given, Grade, Ignored, Initials, Name, Phone, Specialty};

    fn found(text: &str) -> (Vec<PasteColumn>, Option<usize>) {
        let found = find_columns(&numbered_rows(text));
        (found.columns, found.heading)
    }

    #[test]
    fn short_headings_are_known_too() {
        let shorts = [
            (Specialty, &["Spec", "Spec.", "Speciality", "Specialties", "Dept", "Dept.", "Dep", "Dir", "Div"][..]),
            (Grade, &["Gr", "Gr.", "Grd", "Grade/Level", "Job role"]),
            (Phone, &["Tel.", "Mob", "Mob.", "Ph", "Ph.", "Mobile #"]),
            (Competencies, &["Comps", "Comp."]),
        ];
        for (column, headings) in shorts {
            for heading in headings {
                assert_eq!(found(&format!("Name\t{heading}\nAnn Bell\tx")).0, [Name, column], "{heading}");
            }
        }
        for (heading, column) in [("Tel / bleep", Phone), ("Name (surname first)", Name), ("Grade/specialty", Ignored)]
        {
            assert_eq!(found(&format!("Initials\t{heading}\tSkills\nAB\tx\ty")).0, [Initials, column, Competencies]);
        }
        assert_eq!(found("Name\tBleep\nAnn Bell\t0412").0, [Name, Phone]);
        assert_eq!(found("Name\tBleep\tMobile\nAnn Bell\t0412\t07700 900123").0, [Name, Ignored, Phone]);
        assert_eq!(found("Inits.\tFirst\tSurname\nAB\tAnn\tBell").0, [Initials, Given, Family]);
    }

    #[test]
    fn headings_may_stand_below_a_title() {
        let text = "Emergency Department staff, August 2026;;;\n;;;\nSurname, Forename;Grade;Bleep;Mobile No.\nBell, Ann;ST5+;2145;07700 900123";
        assert_eq!(found(text), (vec![Name, Grade, Ignored, Phone], Some(1)));
    }

    #[test]
    fn of_two_columns_the_clearer_is_taken() {
        assert_eq!(
            found("Title\tSurname\tFirst name\tJob title\tTel\tMobile\nDr\tBell\tAnn\tST4\t01603 286286\t07700 900123")
                .0,
            [Ignored, Family, Given, Grade, Ignored, Phone]
        );
        assert_eq!(found("Name\tTitle\nAnn Bell\tConsultant").0, [Name, Grade]);
        assert_eq!(found("Surname\tInitial\tGrade\nBell\tA\tST4\nBurr\tJP\tST5").0, [Family, Given, Grade]);
        assert_eq!(found("Surname\tInitials\tSkills\nBell\tAB\tALS\nBurr\tJB\t").0, [Family, Initials, Competencies]);
    }

    #[test]
    fn without_headings_what_is_in_a_column_tells() {
        assert_eq!(found("Bell, Ann\nFord, Jo\nHay, Al").0, [Family, Given]);
        assert_eq!(
            found("Ann Bell\t07700 900123\tST4\tED\nJo Ford\t07700 900124\tReg\tED").0,
            [Name, Phone, Grade, Specialty]
        );
        assert_eq!(found("AB\tAnn Bell\tED\nJF\tJo Ford\tED").0, [Initials, Name, Grade]);
        assert_eq!(found("Bell\tST4\nFord\tST5\nHay\tCons").0, [Name, Grade], "a short name is no initials");
    }
}
