//! Drafts files of the spec from an OpenAPI description: structure only, never prose. What it cannot
//! know becomes a `todo:` that a check reports.
//!
//! ```text
//! JSON --read--> shapes --classes--> one class per thing --assemble--> drafts --write--> YAML
//! ```

mod answer;
mod assemble;
mod classes;
mod coverage;
mod draft;
mod endpoint;
mod error;
mod fields;
mod merge;
mod methods;
mod names;
mod onto;
mod operation;
mod parameters;
mod paths;
mod read;
mod resolve;
mod shape;
mod shared;
#[cfg(test)]
mod tests;
mod types;
mod views;
mod write;
mod yaml;

pub use coverage::{Missing, coverage, coverage_of};
pub use error::ImportError;
pub use onto::{Extended, onto_shared};
pub use paths::paths_of;

use indexmap::IndexMap;
use serde_json::Value;

use self::{
    assemble::Plan,
    operation::{Official, Operation},
};

/// What to import, and as what.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The file the text comes from, as the spec's `source` should name it.
    pub source: String,
    /// Only these operations, by their id. Empty for all.
    pub operations: Vec<String>,
    /// Only the operations with one of these tags. Empty for all.
    pub tags: Vec<String>,
    /// The name of the one group to put everything in. Left out, each tag becomes a group.
    pub group: Option<String>,
}

/// A drafted file of the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedFile {
    /// Its place below the spec folder, such as `groups/brands.yaml`.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Drafts group files from the JSON of an OpenAPI description.
///
/// # Errors
///
/// When the text is not JSON or not an OpenAPI 3 description, or when an operation or tag that the
/// options name is not in it.
pub fn import(json_text: &str, options: &ImportOptions) -> Result<Vec<ImportedFile>, ImportError> {
    let root: Value = serde_json::from_str(json_text).map_err(ImportError::Json)?;
    let official = official(&root)?;
    let chosen = choose(&official, options)?;
    let mut plans: IndexMap<String, Plan<'_>> = IndexMap::new();
    for operation in chosen {
        let title = options.group.as_deref().unwrap_or(&operation.tag);
        let name = match names::snake(title) {
            name if name.is_empty() => "untagged".to_owned(),
            name => name,
        };
        let plan = plans.entry(name).or_insert_with_key(|name| Plan {
            name: name.clone(),
            title: match &options.group {
                Some(_) => names::sentence(name),
                None => title.to_owned(),
            },
            operations: Vec::new(),
        });
        plan.operations.push(operation);
    }
    let plans: Vec<Plan<'_>> = plans.into_values().collect();
    let source = if options.source.is_empty() {
        &official.title
    } else {
        &options.source
    };
    let (groups, shared) = assemble::groups(&official, &plans, source);
    let mut files: Vec<ImportedFile> = groups
        .iter()
        .map(|group| ImportedFile {
            name: format!("groups/{}.yaml", group.name),
            text: write::group(group),
        })
        .collect();
    if !shared.is_empty() {
        files.push(ImportedFile {
            name: "shared.yaml".to_owned(),
            text: write::shared(&shared),
        });
    }
    Ok(files)
}

/// Reads a file that claims to be an OpenAPI description.
fn official(root: &Value) -> Result<Official, ImportError> {
    let no = |why: &str| Err(ImportError::NotOpenApi(why.to_owned()));
    if !root.is_object() {
        return no("it is not an object");
    }
    match root.get("openapi").and_then(Value::as_str) {
        Some(version) if version.starts_with("3.") => {}
        Some(version) => return no(&format!("`openapi` is `{version}`, and only 3.x is read")),
        None if root.get("swagger").is_some() => {
            return no("it is Swagger 2, which has to be converted first");
        }
        None => return no("it has no `openapi` key"),
    }
    if root.get("paths").and_then(Value::as_object).is_none() {
        return no("it has no `paths`");
    }
    let source = resolve::Source::new(root);
    Ok(operation::read(read::Reader::new(source)))
}

/// The operations that the options ask for, in the order of the file.
fn choose<'o>(
    official: &'o Official,
    options: &ImportOptions,
) -> Result<Vec<&'o Operation>, ImportError> {
    let all = &official.operations;
    let asked = [("operation", &options.operations), ("tag", &options.tags)];
    for (what, names) in asked {
        let known = |o: &'o Operation| {
            if what == "tag" {
                o.tag.as_str()
            } else {
                o.id.as_str()
            }
        };
        for name in names {
            if !all.iter().any(|o| known(o) == name) {
                return Err(ImportError::Unknown {
                    what,
                    name: name.clone(),
                    nearest: nearest(name, all.iter().map(known)),
                });
            }
        }
    }
    let wanted = |o: &&Operation| {
        let any = options.operations.is_empty() && options.tags.is_empty();
        any || options.operations.contains(&o.id) || options.tags.contains(&o.tag)
    };
    Ok(all.iter().filter(wanted).collect())
}

fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let scored = known.map(|other| (strsim::jaro_winkler(name, other), other));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    (best.0 > 0.75).then(|| best.1.to_owned())
}
