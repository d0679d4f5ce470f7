//! Drafts files of the spec from OpenAPI descriptions: structure, and the sentences that follow from it.
//! What it cannot know becomes a `todo:` that a check reports.
//!
//! ```text
//! JSON --read--> shapes --classes--> one class per thing --assemble--> drafts of each description
//!      --pool, settle--> one schema per thing, named and placed --write, edit--> YAML
//! ```
//!
//! It is independent of most of this crate: it only uses the spec's structures (`spec`, `types`), their
//! reader (`load`, `source`) and the names that no type may have (`bare_names`).

pub(crate) mod answer;
mod assemble;
mod base;
mod body;
mod branches;
pub(crate) mod classes;
mod draft;
pub(crate) mod edit;
mod endpoint;
mod error;
mod facts;
mod fields;
mod homes;
pub(crate) mod known;
pub(crate) mod listed;
mod listing;
mod merge;
mod methods;
mod names;
mod nest;
mod onto;
pub(crate) mod operation;
mod parameters;
mod path;
pub(crate) mod paths;
mod plan;
mod pool;
mod prose;
pub(crate) mod read;
mod refs;
mod report;
pub(crate) mod resolve;
mod same;
mod scopes;
mod settle;
pub(crate) mod shape;
mod taken;
mod template;
#[cfg(test)]
pub(crate) mod tests;
mod tree;
pub(crate) mod types;
pub(crate) mod views;
mod write;
pub(crate) mod yaml;

pub use error::ImportError;
pub use paths::paths_of;
pub use report::Report;

use indexmap::IndexMap;
use serde_json::Value;

use self::{
    draft::DraftGroup,
    facts::Facts,
    homes::Homes,
    known::Known,
    operation::{Official, Operation},
    path::PathNames,
    plan::Chosen,
    pool::Pool,
};

/// The file of schemas that several groups need.
const SHARED: &str = "shared.yaml";
/// The file with the list of groups.
const SERVICE: &str = "service.yaml";
/// The file of the scope areas.
const SCOPES: &str = "scopes.yaml";

/// An OpenAPI description.
#[derive(Clone, Copy, Debug)]
pub struct Description<'a> {
    /// Its file, as the spec's `source` should name it; its own title when empty.
    pub source: &'a str,
    /// The text, JSON or YAML.
    pub json: &'a str,
}

#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Only these operations, by their id. Empty for all.
    pub operations: Vec<String>,
    /// Only the operations with one of these tags. Empty for all.
    pub tags: Vec<String>,
    /// The name of a single group for everything. Without it, a description that is the source of a group
    /// extends that group, and each tag of any other becomes a group.
    pub group: Option<String>,
}

/// A file of the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedFile {
    /// Its path below the spec folder, such as `groups/brands.yaml`.
    pub name: String,
    pub text: String,
}

/// The result of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The new and extended files, each as a whole.
    pub files: Vec<ImportedFile>,
    /// What was done, in numbers.
    pub report: Report,
}

/// Checks that a text is a description, so that the caller can name the file otherwise.
///
/// # Errors
///
/// If it is neither JSON nor YAML, or not an OpenAPI 3 description.
pub fn is_readable(text: &str) -> Result<(), ImportError> {
    official(&value(text)?).map(drop)
}

/// Drafts what the descriptions have and the spec lacks. The lines of `there`, the files of that spec, stay
/// unchanged, byte for byte; groups and schemas are added to them.
///
/// # Errors
///
/// If a string is neither JSON nor YAML, or not an OpenAPI 3 description, if a requested operation or tag is
/// in none of them, or if an existing file cannot be extended.
pub fn import(
    descriptions: &[Description<'_>],
    there: &[ImportedFile],
    options: &ImportOptions,
) -> Result<Imported, ImportError> {
    let facts = Facts::read()?;
    let known = Known::read(there)?;
    let mut all: Vec<Official> = Vec::new();
    for description in descriptions {
        let root = value(description.json)?;
        all.push(official(&root)?);
    }
    let wanted = choose(&all, options)?;
    let mut report = Report {
        descriptions: all.len(),
        operations: wanted.iter().map(Vec::len).sum(),
        ..Report::default()
    };
    let chosen = all.iter().zip(descriptions).zip(wanted);
    let chosen: Vec<Chosen<'_>> = chosen
        .map(|((official, description), mut operations)| {
            let all = operations.len();
            operations.retain(|operation| !known.is_inbound(official, operation));
            report.inbound += all - operations.len();
            operations.retain(|operation| !plan::is_there(operation, &known));
            Chosen {
                official,
                source: match description.source {
                    "" => &official.title,
                    source => source,
                },
                operations,
            }
        })
        .collect();
    let left: usize = chosen.iter().map(|one| one.operations.len()).sum();
    report.there = report.operations - report.inbound - left;
    let mut groups: IndexMap<String, DraftGroup> = IndexMap::new();
    let mut schemas = Vec::new();
    let met = all.iter().filter(|official| official.elsewhere.is_none());
    let met = met.flat_map(|official| {
        let operations = official.operations.iter();
        operations.map(move |operation| (official, operation))
    });
    let met = met.map(|(official, operation)| {
        let answer = answer::read(operation, &official.arena);
        homes::Met {
            method: operation.method,
            path: &operation.path,
            lists: endpoint::lists(operation, &answer, &official.arena),
        }
    });
    let met: Vec<homes::Met<'_>> = met.collect();
    let homes = Homes::new(&met, &known);
    let paths = all.iter().flat_map(|official| &official.operations);
    let names = PathNames::new(paths.map(|operation| operation.path.as_str()), &known);
    let context = assemble::Context {
        known: &known,
        homes: &homes,
        names: &names,
        facts: &facts,
    };
    let plans = plan::plans(&chosen, &known, &homes, options);
    for (home, (chosen, plans)) in chosen.iter().zip(&plans).enumerate() {
        let (drafts, theirs) = assemble::groups(chosen.official, plans, chosen.source, &context);
        schemas.push(theirs);
        for mut draft in drafts {
            draft.come_from(home);
            match groups.get_mut(&draft.name) {
                Some(group) => group.join(draft),
                None => {
                    groups.insert(draft.name.clone(), draft);
                }
            }
        }
    }
    for group in groups.values_mut() {
        let there = known.groups.get(&group.name);
        let taken = there.map(known::KnownGroup::methods).unwrap_or_default();
        let mut endpoints: Vec<_> = group.endpoints.iter_mut().collect();
        methods::name(&mut endpoints, &taken);
        scopes::settle(group, there, &facts);
        nest::own(group, there);
    }
    nest::under(&mut groups, &homes, &known);
    report.made = template::apply(&mut groups, &template::read(there), &known);
    let mut settled = settle::settle(groups.into_values().collect(), &Pool::new(schemas), &known);
    report.count(&settled);
    report.made += template::list(&mut settled.groups, there, &known);
    let files = onto::files(&settled, there, &known, &facts, &mut report)?;
    Ok(Imported { files, report })
}

/// The value of a text: JSON if it starts like an object, otherwise YAML.
pub(crate) fn value(text: &str) -> Result<Value, ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(ImportError::Json);
    }
    serde_yaml::from_str(text).map_err(ImportError::Description)
}

/// Reads a file that claims to be an OpenAPI description.
pub(crate) fn official(root: &Value) -> Result<Official, ImportError> {
    let no = |why: &str| Err(ImportError::NotOpenApi(why.to_owned()));
    if !root.is_object() {
        return no("it is not an object");
    }
    match root.get("openapi").and_then(Value::as_str) {
        Some(version) if version.starts_with("3.") => {}
        Some(version) => {
            return no(&format!(
                "`openapi` is `{version}`, but only 3.x is supported"
            ));
        }
        None if root.get("swagger").is_some() => {
            return no("it is Swagger 2; convert it to OpenAPI 3 first");
        }
        None => return no("it has no `openapi` key"),
    }
    if root.get("paths").and_then(Value::as_object).is_none() {
        return no("it has no `paths`");
    }
    let source = resolve::Source::new(root);
    Ok(operation::read(read::Reader::new(source)))
}

/// The requested operations of each description, in the order of the file.
fn choose<'o>(
    all: &'o [Official],
    options: &ImportOptions,
) -> Result<Vec<Vec<&'o Operation>>, ImportError> {
    let asked = [("operation", &options.operations), ("tag", &options.tags)];
    for (what, names) in asked {
        let known = |o: &'o Operation| {
            if what == "tag" {
                o.tag.as_str()
            } else {
                o.id.as_str()
            }
        };
        let operations = || all.iter().flat_map(|official| &official.operations);
        for name in names {
            if !operations().any(|o| known(o) == name) {
                return Err(ImportError::Unknown {
                    what,
                    name: name.clone(),
                    nearest: nearest(name, operations().map(known)),
                });
            }
        }
    }
    let wanted = |o: &&Operation| {
        let any = options.operations.is_empty() && options.tags.is_empty();
        any || options.operations.contains(&o.id) || options.tags.contains(&o.tag)
    };
    let of = |official: &'o Official| official.operations.iter().filter(wanted).collect();
    Ok(all.iter().map(of).collect())
}

fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let scored = known.map(|other| (strsim::jaro_winkler(name, other), other));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    (best.0 > 0.75).then(|| best.1.to_owned())
}
