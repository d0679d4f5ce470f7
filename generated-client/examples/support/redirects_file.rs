//! A CSV file of redirects: with simple columns, or one of BigCommerce's own exports.

use std::{collections::HashMap, fmt};

use bigcommerce_client::redirects::{
    RedirectTarget, RedirectTargetType, RedirectTargetUpdate, RedirectUpdate,
};

use super::support::Failure;

/// The maximum length of a redirect's target URL.
const LONGEST: usize = 2_048;

/// A redirect in the file.
pub struct Row {
    pub line: u64,
    pub site: Site,
    pub from: String,
    pub to: Target,
}

/// The site of a row, as far as the file says.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Site {
    Unnamed,
    Id(i64),
    Host(String),
}

/// The target of a redirect.
#[derive(Clone, PartialEq)]
pub enum Target {
    /// A path or a full URL.
    Url(String),
    /// A resource of the store, wherever its page is.
    Thing(RedirectTargetType, i64),
}

/// The rows of the file, if all of them are valid.
pub fn read(path: &str) -> Result<Vec<Row>, Failure> {
    let named = |error: csv::Error| format!("{path}: {error}");
    let file = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_path(path);
    let mut file = file.map_err(named)?;
    let headers = file.headers().map_err(named)?.clone();
    let at = |names: [&str; 2]| {
        let mut headers = headers.iter();
        headers.position(|header| names.iter().any(|name| header.eq_ignore_ascii_case(name)))
    };
    let (from, to) = (at(["from", "Old Path"]), at(["to", "Manual URL/Path"]));
    let (Some(from), Some(to)) = (from, to) else {
        return Err(format!(
            "{path}: there are neither the columns from and to nor those of an export (Old Path and \
             Manual URL/Path)"
        )
        .into());
    };
    let site = at(["site_id", "Domain"]);
    let (kind, id) = (at(["Dynamic Target Type"; 2]), at(["Dynamic Target ID"; 2]));
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for row in file.records() {
        let row = row.map_err(named)?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default();
        let from = cell(Some(from)).to_owned();
        wrong.extend(wrong_path(&from).map(|why| format!("line {line}: {why}")));
        let to = match (cell(Some(to)), cell(kind)) {
            ("", "") => Err(format!("{from} has no target")),
            ("", kind) => thing(kind, cell(id)),
            (to, _) => target(to),
        };
        match to {
            Ok(to) => rows.push(Row {
                line,
                site: Site::of(cell(site)),
                from,
                to,
            }),
            Err(why) => wrong.push(format!("line {line}: {why}")),
        }
    }
    wrong.extend(twice(&rows));
    if wrong.is_empty() {
        // If two rows have the same path, the target is ambiguous.
        wrong = wrong_ways(&rows, |row| row.to.path(None), &HashMap::new());
    }
    match wrong.as_slice() {
        [] => Ok(rows),
        wrong => Err(told(path, wrong)),
    }
}

/// All errors in a file.
pub fn told(path: &str, wrong: &[String]) -> Failure {
    format!("{path} is wrong:\n  {}", wrong.join("\n  ")).into()
}

/// Why an old path is invalid.
fn wrong_path(from: &str) -> Option<String> {
    let why = if from.is_empty() {
        "there is no old path".to_owned()
    } else if from.contains("://") || from.starts_with("//") {
        format!("{from} is a full URL; the old path is only the part after the domain")
    } else if !from.starts_with('/') {
        format!("{from} does not begin with a slash")
    } else if from.contains('#') {
        format!("{from} has a #, and the part after it is never sent to a store")
    } else if from.contains(|it: char| it.is_whitespace() || it.is_control()) {
        format!("{from:?} has a space; write it as %20")
    } else {
        return None;
    };
    Some(why)
}

fn target(to: &str) -> Result<Target, String> {
    let is_path = to.starts_with('/') && !to.starts_with("//");
    let parts = to
        .split_once(':')
        .filter(|(_, rest)| !is_path && !rest.starts_with("//"));
    if let Some((kind, id)) = parts {
        return thing(kind, id);
    }
    if !is_path && !to.starts_with("https://") && !to.starts_with("http://") {
        return Err(format!(
            "{to} is neither a path nor a URL nor a resource such as product:118"
        ));
    }
    match to.chars().count() {
        length if length > LONGEST => Err(format!(
            "the target has {length} characters, and at most {LONGEST} are allowed"
        )),
        _ => Ok(Target::Url(to.to_owned())),
    }
}

fn thing(kind: &str, id: &str) -> Result<Target, String> {
    let known = RedirectTargetType::from(kind.to_lowercase().as_str());
    match known {
        RedirectTargetType::Url | RedirectTargetType::Unknown(_) => Err(format!(
            "{kind:?} is not one of product, brand, category, page and post"
        )),
        kind => match id.parse::<i64>() {
            Ok(id @ 1..) => Ok(Target::Thing(kind, id)),
            _ => Err(format!("{id:?} is not the id of a {kind}")),
        },
    }
}

/// Paths with several rows.
fn twice(rows: &[Row]) -> Vec<String> {
    let mut first = HashMap::new();
    let found = rows.iter().filter_map(|row| {
        let before = *first.entry((&row.site, &row.from)).or_insert(row.line);
        let is_new = before == row.line;
        (!is_new).then(|| {
            format!(
                "line {}: {} is already in line {before}",
                row.line, row.from
            )
        })
    });
    found.collect()
}

/// Rows that lead back to themselves, directly or through other redirects of the file or the store. `next`
/// returns the path on its own site to which a row leads.
pub fn wrong_ways(
    rows: &[Row],
    next: impl Fn(&Row) -> Option<String>,
    others: &HashMap<(Site, String), Target>,
) -> Vec<String> {
    let known: HashMap<_, _> = rows
        .iter()
        .map(|row| ((&row.site, &*row.from), row))
        .collect();
    let mut wrong = Vec::new();
    for row in rows {
        let Some(mut path) = next(row) else { continue };
        let (mut over, mut chain) = (Vec::new(), None);
        loop {
            if path == row.from {
                // There is nowhere in a loop to lead it instead.
                chain = None;
                let by = match over.as_slice() {
                    [] => String::new(),
                    over => format!(" by way of {}", over.join(", ")),
                };
                wrong.push(format!(
                    "line {}: {} redirects to itself{by}",
                    row.line, row.from
                ));
                break;
            }
            let (by, who, on) = match known.get(&(&row.site, path.as_str())) {
                Some(other) => {
                    let line = format!("line {}", other.line);
                    (line.clone(), line, &other.to)
                }
                None => match others.get(&(row.site.clone(), path.clone())) {
                    Some(on) => (format!("the store's {path}"), "the store".to_owned(), on),
                    None => break,
                },
            };
            if over.contains(&by) {
                // It leads into a loop of others, which are reported.
                break;
            }
            if over.is_empty() {
                chain = Some(format!(
                    "line {}: {} redirects to {path}, which {who} redirects to {on}; use that target",
                    row.line, row.from
                ));
            }
            over.push(by);
            match on.path(None) {
                Some(on) => path = on,
                None => break,
            }
        }
        wrong.extend(chain);
    }
    wrong
}

impl Site {
    fn of(cell: &str) -> Self {
        match cell.parse() {
            Ok(id) => Self::Id(id),
            Err(_) if cell.is_empty() => Self::Unnamed,
            Err(_) => Self::Host(host(cell).to_lowercase()),
        }
    }
}

/// The host of a URL, or of something similar.
pub fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

impl Target {
    /// The target path on its own site, whose host may be known, as a browser requests it.
    pub fn path(&self, own: Option<&str>) -> Option<String> {
        let Self::Url(url) = self else { return None };
        // What follows a # is not sent.
        let url = url.split('#').next().unwrap_or_default();
        if url.starts_with('/') {
            return Some(url.to_owned());
        }
        let own = own.filter(|own| own.eq_ignore_ascii_case(host(url)))?;
        let (_, rest) = url.split_once("://")?;
        let path = rest.get(own.len()..)?;
        Some(match path.starts_with('/') {
            true => path.to_owned(),
            false => format!("/{path}"),
        })
    }

    /// In the store's format.
    pub fn of(target: &RedirectTarget) -> Option<Self> {
        match target.kind.clone()? {
            RedirectTargetType::Url => target.url.clone().map(Self::Url),
            kind => target.entity_id.map(|id| Self::Thing(kind, id)),
        }
    }
}

impl Row {
    /// The request body for it.
    pub fn redirect(&self, site: i64) -> RedirectUpdate {
        let target = RedirectTargetUpdate::new();
        let target = match &self.to {
            Target::Url(url) => target.kind(RedirectTargetType::Url).url(url),
            Target::Thing(kind, id) => target.kind(kind.clone()).entity_id(*id),
        };
        RedirectUpdate::new(site, &self.from).to(target)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => f.write_str(url),
            Self::Thing(kind, id) => write!(f, "{kind}:{id}"),
        }
    }
}
