//! The **columns** of a table of all periods. Columns with the same name are one column where their
//! cells mean the same: their units and the meanings of their values agree, and there is a type
//! that holds both without changing a cell. Otherwise the earlier one is a column of its own.

use crate::calendar::Date;
use crate::dataset::{Column, ColumnType, Dataset};
use crate::text::Localized;

/// A column of the joined table.
pub(super) struct JoinedColumn {
    pub column: Column,
    /// For each dataset, the index of its column; `None` where it has none.
    pub source: Vec<Option<usize>>,
}

impl JoinedColumn {
    /// Is it the column `name` of every one of `members`?
    pub fn is_of_all(&self, members: &[&Dataset], name: &str) -> bool {
        self.source.iter().zip(members).all(|(source, member)| {
            source.is_some_and(|source| member.columns[source].name == name)
        })
    }
}

/// The columns of `members`, whose first and last days are `periods`, in the order of the latest
/// period; those that it does not have stand last.
pub(super) fn join(members: &[&Dataset], periods: &[(Date, Date)]) -> Vec<JoinedColumn> {
    let mut names: Vec<&str> = Vec::new();
    for member in members.iter().rev() {
        for column in &member.columns {
            if !names.contains(&column.name.as_str()) {
                names.push(&column.name);
            }
        }
    }
    let mut taken: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut joined = Vec::new();
    for name in names {
        let groups = groups(members, name);
        let mut others: Vec<String> = Vec::new();
        let mut columns: Vec<JoinedColumn> = Vec::new();
        for (number, source) in groups.into_iter().enumerate() {
            let mut column = merged(members, periods, &source);
            if number > 0 {
                column.name = free_name(name, &mut taken);
                column.title = in_periods(&column.title, periods, &source);
                others.push(column.name.clone());
            }
            columns.push(JoinedColumn { column, source });
        }
        if !others.is_empty() {
            let (ja, en) = (others.join("」「"), others.join("`, `"));
            say(
                &mut columns[0].column,
                &format!("型、単位または値の意味が異なる期間の値は、別の列「{ja}」にあります。"),
                &format!(
                    "Periods with another type, unit or meaning of the values have a column of \
                     their own: `{en}`."
                ),
            );
        }
        joined.extend(columns);
    }
    joined
}

/// The columns `name` of `members` in groups that are one column each: that of the latest period
/// first. A group has an index for each member.
fn groups(members: &[&Dataset], name: &str) -> Vec<Vec<Option<usize>>> {
    let mut groups: Vec<Vec<Option<usize>>> = Vec::new();
    for (number, member) in members.iter().enumerate().rev() {
        let Some(index) = member.columns.iter().position(|column| column.name == name) else {
            continue;
        };
        let fits = |group: &&mut Vec<Option<usize>>| {
            of(members, group).all(|column| agree(column, &member.columns[index]))
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group[number] = Some(index),
            None => {
                let mut group = vec![None; members.len()];
                group[number] = Some(index);
                groups.push(group);
            }
        }
    }
    groups
}

/// The columns of a group, the earliest period first.
fn of<'d>(
    members: &[&'d Dataset],
    source: &[Option<usize>],
) -> impl DoubleEndedIterator<Item = &'d Column> {
    let columns = members.iter().zip(source);
    columns
        .filter_map(|(member, index)| Some(&member.columns[(*index)?]))
        .collect::<Vec<_>>()
        .into_iter()
}

/// Do the cells of both columns mean the same?
fn agree(one: &Column, other: &Column) -> bool {
    let labelled = |column: &Column, value: &str| {
        let place = column.values.iter().position(|known| known == value)?;
        column.labels.get(place).map(|label| label.own.clone())
    };
    let contradict = |value: &String| {
        let labels = labelled(one, value).zip(labelled(other, value));
        labels.is_some_and(|(one, other)| one != other)
    };
    common(one.kind, other.kind).is_some()
        && one.unit == other.unit
        && !one.values.iter().any(contradict)
}

/// The type that holds the cells of both types as they are; `None` if there is none.
fn common(one: ColumnType, other: ColumnType) -> Option<ColumnType> {
    use ColumnType::{Code, FiscalYear, Integer, Number, Text, Url};
    match (one, other) {
        _ if one == other => Some(one),
        (Integer | FiscalYear, Integer | FiscalYear) => Some(Integer),
        (Integer | FiscalYear | Number, Integer | FiscalYear | Number) => Some(Number),
        (Text | Code | Url, Text | Code | Url) => Some(Text),
        _ => None,
    }
}

/// The column of a group: title and description are those of the latest period, and its rules are
/// those that the cells of all periods keep.
fn merged(members: &[&Dataset], periods: &[(Date, Date)], source: &[Option<usize>]) -> Column {
    let all: Vec<&Column> = of(members, source).collect();
    let latest = all[all.len() - 1];
    let everywhere = source.iter().all(Option::is_some);
    let kind = all.iter().fold(latest.kind, |kind, one| common(kind, one.kind).unwrap_or(kind));
    let same = |is: &dyn Fn(&Column) -> bool| all.iter().all(|&column| is(column));
    let narrative = kind == ColumnType::Text && all.iter().any(|column| column.narrative);
    let (values, labels) = vocabulary(&all);
    let bound = |of: fn(&Column) -> Option<&String>, is_wider: fn(std::cmp::Ordering) -> bool| {
        let bounds: Option<Vec<&String>> = all.iter().map(|column| of(column)).collect();
        let widest = bounds?
            .into_iter()
            .reduce(|one, other| if is_wider(kind.compare(other, one)) { other } else { one });
        widest.cloned()
    };
    let mut column = Column {
        kind,
        required: everywhere && same(&|column| column.required),
        unique: false,
        values,
        labels,
        minimum: bound(|column| column.minimum.as_ref(), std::cmp::Ordering::is_lt),
        maximum: bound(|column| column.maximum.as_ref(), std::cmp::Ordering::is_gt),
        pattern: latest
            .pattern
            .clone()
            .filter(|_| same(&|column| column.pattern == latest.pattern)),
        blank: latest
            .blank
            .clone()
            .filter(|_| everywhere && same(&|column| column.blank == latest.blank)),
        narrative,
        end_of_day: latest
            .end_of_day
            .filter(|_| same(&|column| column.end_of_day == latest.end_of_day)),
        worded: same(&|column| column.worded),
        ..latest.clone()
    };
    say_types(&mut column, members, periods, source);
    say_absence(&mut column, periods, source);
    column
}

/// The vocabulary of all periods, with its labels if every value has one; empty if any period has
/// none.
fn vocabulary(all: &[&Column]) -> (Vec<String>, Vec<Localized>) {
    if all.iter().any(|column| column.values.is_empty()) {
        return Default::default();
    }
    let (mut values, mut labels) = (Vec::new(), Vec::new());
    // The words are those of the latest period.
    for column in all.iter().rev() {
        for (place, value) in column.values.iter().enumerate() {
            if !values.contains(value) {
                values.push(value.clone());
                labels.push(column.labels.get(place).cloned());
            }
        }
    }
    (values, labels.into_iter().collect::<Option<Vec<_>>>().unwrap_or_default())
}

fn say_types(
    column: &mut Column,
    members: &[&Dataset],
    periods: &[(Date, Date)],
    source: &[Option<usize>],
) {
    let kinds: Vec<ColumnType> = of(members, source).map(|column| column.kind).collect();
    if kinds.iter().all(|kind| *kind == kinds[0]) {
        return;
    }
    let starts = periods.iter().zip(source).filter(|(_, source)| source.is_some());
    let each = || starts.clone().map(|((start, _), _)| start).zip(&kinds);
    let ja: Vec<String> =
        each().map(|(start, kind)| format!("{start}から：{}", kind.as_str())).collect();
    let en: Vec<String> =
        each().map(|(start, kind)| format!("{} from {start}", kind.as_str())).collect();
    let (ja, en) = (ja.join("、"), en.join(", "));
    say(
        column,
        &format!("型は期間により異なります（{ja}）。"),
        &format!("The type differs between periods ({en})."),
    );
}

fn say_absence(column: &mut Column, periods: &[(Date, Date)], source: &[Option<usize>]) {
    let absent = periods.iter().zip(source).filter(|(_, source)| source.is_none());
    let starts: Vec<String> = absent.map(|((start, _), _)| start.to_string()).collect();
    if starts.is_empty() {
        return;
    }
    let ja: Vec<String> = starts.iter().map(|start| format!("{start}から")).collect();
    let (ja, en) = (ja.join("、"), starts.join(", "));
    say(
        column,
        &format!("次の期間では空欄です：{ja}。"),
        &format!("Blank in the periods from {en}."),
    );
}

/// Adds a sentence to the description of `column`. In English it is added where the description is
/// in English, or where there is none.
fn say(column: &mut Column, ja: &str, en: &str) {
    column.description = Some(match column.description.take() {
        None => Localized::with_english(ja, en),
        Some(said) => {
            let stop = if said.own.ends_with(['。', '．', '.', '\n']) { "" } else { "。" };
            let point = |text: &str| if text.ends_with(['.', '\n']) { " " } else { ". " };
            Localized {
                own: format!("{}{stop}{ja}", said.own),
                en: said.en.as_ref().map(|text| format!("{text}{}{en}", point(text))),
                ..said
            }
        }
    });
}

/// `title` with the days that the periods of a group span.
fn in_periods(title: &Localized, periods: &[(Date, Date)], source: &[Option<usize>]) -> Localized {
    let mut there = periods.iter().zip(source).filter(|(_, source)| source.is_some());
    let (first, last) = (there.clone().next(), there.next_back());
    let Some((((start, _), _), ((_, end), _))) = first.zip(last) else { return title.clone() };
    Localized {
        own: format!("{}（{start}から{end}まで）", title.own),
        en: title.en.as_ref().map(|title| format!("{title} ({start} to {end})")),
        ..title.clone()
    }
}

/// A name for a further column called `name`, which is added to those that are taken.
fn free_name(name: &str, taken: &mut Vec<String>) -> String {
    let names = (2..).map(|number| format!("{name}_{number}"));
    let free = names.into_iter().find(|name| !taken.contains(name)).unwrap_or_default();
    taken.push(free.clone());
    free
}
