//! Has a template of the spec make what was drafted. Where the calls of a drafted group are those of a
//! template, one line in the file of the group above takes the place of a file; where endpoints of a group are,
//! one item takes the place of them.

mod fit;
mod listed;
mod says;

use indexmap::IndexMap;
use serde_json::Value;

pub(crate) use self::listed::list;

use super::{
    ImportedFile,
    draft::{DraftGroup, DraftUse},
    known::{Known, KnownGroup},
};

/// Where templates stand.
const FOLDER: &str = "templates/";
/// The methods under which the path of a call stands.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// A template of the spec, as far as a draft can be held against it.
#[derive(Debug)]
pub(crate) struct Template {
    name: String,
    group: String,
    /// Its arguments in their order, each with what it is where a use does not say it.
    arguments: IndexMap<String, Option<String>>,
    calls: Vec<Call>,
}

/// A call of a template.
#[derive(Debug)]
struct Call {
    id: String,
    method: &'static str,
    /// The hole with which its path begins.
    hole: String,
    /// The path behind it.
    rest: String,
    operation: String,
    takes_list: bool,
}

/// The templates among the files of a spec.
pub(crate) fn read(there: &[ImportedFile]) -> Vec<Template> {
    let templates = files(there).filter_map(|(name, root)| Template::of(name, &root));
    templates.collect()
}

/// The files of templates, each with its name.
fn files(there: &[ImportedFile]) -> impl Iterator<Item = (&str, Value)> {
    there.iter().filter_map(|file| {
        let name = file.name.strip_prefix(FOLDER)?.strip_suffix(".yaml")?;
        let root: Value = serde_yaml::from_str(&file.text).ok()?;
        Some((name, root))
    })
}

/// The arguments of a template in their order, each with what it is where a use does not say it.
fn arguments(root: &Value) -> IndexMap<String, Option<String>> {
    let arguments = root["arguments"].as_object().into_iter().flatten();
    let arguments = arguments.map(|(name, argument)| {
        let default = argument["default"].as_str().map(str::to_owned);
        (name.clone(), default)
    });
    arguments.collect()
}

impl Template {
    /// `None` for one of endpoints, and for one whose paths do not each begin with a hole.
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

/// Puts a use in the place of each drafted group that a template makes, and says how many endpoints that
/// are.
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

/// Gives the group above the use, and the parameters of the paths that it has not.
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
