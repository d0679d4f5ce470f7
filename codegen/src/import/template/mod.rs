//! Replaces drafts by uses of the spec's templates. If the calls of a drafted group are those of a template,
//! one line in the file of the parent group replaces a file; if endpoints of a group are, one item replaces
//! them.

mod fit;
mod listed;
mod says;

use indexmap::IndexMap;
use serde_json::{Map, Value};

pub(crate) use self::listed::list;

use super::{
    ImportedFile,
    draft::{DraftGroup, DraftUse},
    known::{Known, KnownGroup},
};

/// The folder of templates.
const FOLDER: &str = "templates/";
/// The methods with the path of a call.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// A template of the spec, as far as drafts are compared with it.
#[derive(Debug)]
pub(crate) struct Template {
    name: String,
    group: String,
    /// Its arguments in order, each with its default.
    arguments: IndexMap<String, Option<String>>,
    calls: Vec<Call>,
}

/// A call of a template.
#[derive(Debug)]
struct Call {
    id: String,
    method: &'static str,
    /// The placeholder at the start of its path.
    hole: String,
    /// The path after it.
    rest: String,
    operation: String,
    takes_list: bool,
}

/// The templates among the files of a spec.
pub(crate) fn read(there: &[ImportedFile]) -> Vec<Template> {
    let templates = files(there).filter_map(|(name, root)| Template::of(name, &root));
    templates.collect()
}

/// The files of templates, each with its name. Defaults that are not strings are filled in: no draft has other
/// values of such arguments.
fn files(there: &[ImportedFile]) -> impl Iterator<Item = (&str, Value)> {
    there.iter().filter_map(|file| {
        let name = file.name.strip_prefix(FOLDER)?.strip_suffix(".yaml")?;
        let root: Value = serde_yaml::from_str(&file.text).ok()?;
        Some((name, with_defaults(root)))
    })
}

fn with_defaults(mut root: Value) -> Value {
    let mut defaults = Map::new();
    if let Some(arguments) = root.get_mut("arguments").and_then(Value::as_object_mut) {
        arguments.retain(|name, argument| {
            let default = argument.get("default").filter(|it| !it.is_string());
            defaults.extend(default.map(|default| (name.clone(), default.clone())));
            default.is_none()
        });
    }
    filled(root, &defaults)
}

fn filled(value: Value, defaults: &Map<String, Value>) -> Value {
    match value {
        Value::String(text) => {
            let hole = text.strip_prefix("${").and_then(|it| it.strip_suffix('}'));
            let default = hole.and_then(|name| defaults.get(name)).cloned();
            default.unwrap_or(Value::String(text))
        }
        Value::Array(items) => items.into_iter().map(|it| filled(it, defaults)).collect(),
        Value::Object(entries) => {
            let entries = entries.into_iter();
            entries
                .map(|(key, value)| (key, filled(value, defaults)))
                .collect()
        }
        other => other,
    }
}

/// The arguments of a template in order, each with its default.
fn arguments(root: &Value) -> IndexMap<String, Option<String>> {
    let arguments = root["arguments"].as_object().into_iter().flatten();
    let arguments = arguments.map(|(name, argument)| {
        let default = argument["default"].as_str().map(str::to_owned);
        (name.clone(), default)
    });
    arguments.collect()
}

impl Template {
    /// `None` for a template of endpoints, and for one whose paths do not each start with a placeholder.
    fn of(name: &str, root: &Value) -> Option<Self> {
        root["group"].as_str()?;
        let text = |of: &Value, key: &str| of[key].as_str().unwrap_or_default().to_owned();
        let calls = root["endpoints"].as_array()?.iter().map(|endpoint| {
            let mut methods = METHODS.into_iter();
            let (method, path) =
                methods.find_map(|method| Some((method, endpoint[method].as_str()?)))?;
            let (hole, rest) = path.strip_prefix("${")?.split_once('}')?;
            Some(Call {
                id: text(endpoint, "id"),
                method,
                hole: hole.to_owned(),
                rest: rest.to_owned(),
                operation: text(endpoint, "operation"),
                takes_list: text(endpoint, "takes").starts_with('['),
            })
        });
        Some(Self {
            name: name.to_owned(),
            group: text(root, "group"),
            arguments: arguments(root),
            calls: calls.collect::<Option<_>>()?,
        })
    }
}

/// Replaces each drafted group that a template makes by a use, and returns how many endpoints that are.
pub(crate) fn apply(
    groups: &mut IndexMap<String, DraftGroup>,
    templates: &[Template],
    known: &Known,
) -> usize {
    let names: Vec<String> = groups.keys().cloned().collect();
    let mut made = 0;
    for name in names {
        let group = groups
            .get(&name)
            .filter(|_| !known.groups.contains_key(&name));
        let Some((group, (above, _))) = group.and_then(|it| Some((it, it.under.clone()?))) else {
            continue;
        };
        let parent = match (groups.get(&above), known.groups.get(&above)) {
            (Some(draft), _) => Some((draft.version.clone(), draft.source.clone())),
            (None, Some(there)) => Some((there.spec.version.clone(), there.spec.source.clone())),
            (None, None) => None,
        };
        let Some((version, source)) = parent else {
            continue;
        };
        let mut fits = templates.iter().filter_map(|template| {
            let fit = fit::fit(template, group)?;
            says::of(template, group, &fit, (&version, &source))
        });
        let Some(one) = fits.next() else { continue };
        let Some(gone) = groups.shift_remove(&name) else {
            continue;
        };
        made += gone.endpoints.len();
        adopt(groups, known, &above, &gone, one);
    }
    made
}

/// Adds the use to the parent group, with the path parameters that it lacks.
fn adopt(
    groups: &mut IndexMap<String, DraftGroup>,
    known: &Known,
    above: &str,
    gone: &DraftGroup,
    one: DraftUse,
) {
    let parent = groups
        .entry(above.to_owned())
        .or_insert_with(|| DraftGroup {
            name: above.to_owned(),
            path: known
                .groups
                .get(above)
                .map(KnownGroup::path)
                .unwrap_or_default(),
            ..DraftGroup::default()
        });
    let is_above = |name: &str| {
        let inside = format!("{{{name}}}/");
        gone.endpoints
            .iter()
            .any(|endpoint| endpoint.path.contains(&inside))
    };
    for (name, parameter) in gone.path.iter().filter(|(name, _)| is_above(name)) {
        parent
            .path
            .entry(name.clone())
            .or_insert_with(|| parameter.clone());
    }
    parent.templates.push(one);
}
