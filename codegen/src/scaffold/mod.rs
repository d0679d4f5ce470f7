//! Scaffolds a part of the spec: what follows from its name is filled in, and what a person has to fill
//! in is `""` with a `todo:`, which a check reports. Every other line stays unchanged.

mod error;
mod event;
mod spell;

use std::collections::BTreeSet;

use serde_json::json;

pub use self::error::ScaffoldError;
use crate::{
    check::{is_event_scope, is_path},
    code_span::code,
    diagnostic::{At, Segment, SpecPath},
    import::{edit, known::stem, listed, paths},
    index::{official, place_of},
    spec::{Document, Endpoint, Group},
    upstream::edit::{Change, Edit, apply},
};

/// What to scaffold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New<'n> {
    /// A call of the API.
    Endpoint {
        /// Its id, with the group in front: `brands.list`.
        id: &'n str,
        /// The HTTP method, in lower case.
        method: &'n str,
        /// The path, with its parameters in braces.
        path: &'n str,
    },
    /// A group without an endpoint yet.
    Group {
        /// Its name in code.
        name: &'n str,
        /// The generation of the API.
        version: Option<&'n str>,
        /// The scope area.
        scope: Option<&'n str>,
        /// Its official description.
        source: Option<&'n str>,
    },
    /// A webhook event.
    Event {
        /// The scope to subscribe to.
        scope: &'n str,
    },
    /// A fact on which the sources disagree.
    Conflict {
        /// The endpoint, by its id, or the event, by its scope.
        on: &'n str,
        /// The fact.
        about: &'n str,
    },
}

/// The files of a spec, each with its path below the spec folder and its text.
pub type Files = Vec<(String, String)>;

/// The changed files of a spec with the scaffold, each as a whole. `document` is the contents of `files`;
/// open questions in it do not matter.
///
/// # Errors
///
/// If it already exists, if what it belongs to does not, or if a file has no place for it.
pub fn scaffold(new: &New<'_>, document: &Document, files: &Files) -> Result<Files, ScaffoldError> {
    let spec = Spec { document, files };
    match new {
        New::Endpoint { id, method, path } => spec.endpoint(id, method, path),
        New::Group {
            name,
            version,
            scope,
            source,
        } => spec.group(name, [*version, *scope, *source]),
        New::Event { scope } => spec.event(scope),
        New::Conflict { on, about } => spec.conflict(on, about),
    }
}

/// What the list of official operations lacks for a scaffolded endpoint: the line, and its description if the
/// list has it.
#[must_use]
pub fn unlisted(new: &New<'_>, document: &Document) -> Option<(String, Option<String>)> {
    let (New::Endpoint { id, method, path }, Some(list)) = (new, &document.official) else {
        return None;
    };
    let (group, _) = id.split_once('.')?;
    let group = document.groups.iter().find(|known| known.group == group)?;
    let server = group.server.as_deref();
    let key = official::key_of(&document.service, server, method, path);
    if official::operations(list).any(|one| one.key() == key) {
        return None;
    }
    let server = server.and_then(|name| document.service.servers.get(name));
    let base = server.map_or("", |server| server.base_url.trim_end_matches('/'));
    let path = format!("{base}{path}");
    let mut files = list.files.iter();
    let file = files.find(|(file, _)| stem(file) == stem(&group.source));
    let there = file.and_then(|(_, paths)| paths.get(&path));
    let there = there.map(String::as_str).unwrap_or_default();
    let mut methods: BTreeSet<String> = there.split_whitespace().map(str::to_owned).collect();
    methods.insert(method.to_ascii_uppercase());
    let file = file.map(|(file, _)| file.to_owned());
    Some((paths::line(&path, &methods), file))
}

struct Spec<'s> {
    document: &'s Document,
    files: &'s Files,
}

impl Spec<'_> {
    fn text(&self, file: &str) -> Result<&str, ScaffoldError> {
        let found = self.files.iter().find(|(name, _)| name == file);
        let text = found.map(|(_, text)| text.as_str());
        text.ok_or_else(|| ScaffoldError::new(format!("there is no {file}")))
    }

    /// The group of this name, and the rest of an id.
    fn group_of<'i>(&self, id: &'i str) -> Result<(&Group, &'i str), ScaffoldError> {
        let Some((group, name)) = id.split_once('.') else {
            let why = format!("`{id}` is not an endpoint id");
            return Err(ScaffoldError::new(why).help("write `group.method`, as in `brands.list`"));
        };
        let groups = &self.document.groups;
        if let Some(found) = groups.iter().find(|known| known.group == group) {
            return Ok((found, name));
        }
        snake(group)?;
        let names = groups.iter().map(|known| known.group.as_str());
        Err(ScaffoldError::unknown("group", group, names)
            .help(format!("add it with `cargo xtask new group {group}`")))
    }

    fn endpoint(&self, id: &str, method: &str, path: &str) -> Result<Files, ScaffoldError> {
        let (group, name) = self.group_of(id)?;
        snake(name)?;
        if !path.starts_with('/') {
            let why = format!("the path `{path}` does not start with `/`");
            let help = "write it without the server, as in `/v3/catalog/brands/{brand_id}`";
            return Err(ScaffoldError::new(why).help(help));
        }
        if !is_path(path) {
            let why = format!("`{path}` is not a path");
            let help = "write it as in `/v3/catalog/brands/{brand_id}`";
            return Err(ScaffoldError::new(why).help(help));
        }
        for other in &self.document.groups {
            for known in &other.endpoints {
                let same_id = other.group == group.group && known.id == name;
                let same_call = calls(known).any(|(m, p)| m == method && bare(p) == bare(path));
                if same_id || same_call {
                    let what = match same_id {
                        true => format!("`{id}` already exists"),
                        false => format!(
                            "{} {path} already exists, as `{}.{}`",
                            method.to_uppercase(),
                            other.group,
                            known.id
                        ),
                    };
                    return Err(ScaffoldError::new(what).at(place(other, known)));
                }
            }
        }
        if let Some(made) = &group.made {
            let why = format!("`{}` comes from a template for `{}`", group.group, made.by);
            return Err(ScaffoldError::new(why).help(format!("add the endpoint to {}", group.file)));
        }
        let mut generations = self.document.service.generations.keys();
        let version = generations
            .find(|name| path.starts_with(&format!("/{name}/")))
            .filter(|name| *name != group.version);
        let parameters = spell::parameters(path, |name| group.path.contains(name));
        let endpoint = spell::endpoint(name, method, path, version);
        let text = self.text(&group.file)?;
        let grown = edit::append(text, "path", &parameters, Some("endpoints"))
            .and_then(|text| edit::append(&text, "endpoints", &endpoint, Some("schemas")));
        Ok(vec![changed(&group.file, grown)?])
    }

    fn group(&self, name: &str, known: [Option<&str>; 3]) -> Result<Files, ScaffoldError> {
        snake(name)?;
        let [version, scope, _] = known;
        let generations = &self.document.service.generations;
        if let Some(unknown) = version.filter(|name| !generations.contains(name)) {
            let known = generations.keys();
            return Err(ScaffoldError::unknown("generation", unknown, known));
        }
        let areas = &self.document.scopes.areas;
        if let Some(unknown) = scope.filter(|name| !areas.contains(name)) {
            return Err(ScaffoldError::unknown(
                "area of scopes",
                unknown,
                areas.keys(),
            ));
        }
        let file = format!("groups/{name}.yaml");
        let mut groups = self.document.groups.iter();
        if let Some(there) = groups.find(|there| there.group == name) {
            let why = format!("the group `{name}` already exists");
            let made = there.made.as_ref().map_or(&there.file, |made| &made.file);
            return Err(ScaffoldError::new(why).at(SpecPath::file(made)));
        }
        if self.text(&file).is_ok() {
            return Err(ScaffoldError::new("the file already exists").at(SpecPath::file(&file)));
        }
        let mut files = vec![(file, spell::group(name, known))];
        if !self.document.service.groups.iter().any(|one| one == name) {
            let service = "service.yaml";
            let listed = listed::append(self.text(service)?, "groups", &[name]);
            files.push(changed(service, listed)?);
        }
        Ok(files)
    }

    fn event(&self, scope: &str) -> Result<Files, ScaffoldError> {
        let file = "events.yaml";
        if !is_event_scope(scope) {
            let why = format!("`{scope}` cannot be the scope of an event");
            let help = "write words with `/` between them, as in `store/order/created`";
            return Err(ScaffoldError::new(why).help(help));
        }
        let events = &self.document.events.events;
        if let Some(index) = events.iter().position(|event| event.scope == scope) {
            let why = format!("the event `{scope}` already exists");
            let at = At::root(file).key("events").index(index).key("scope");
            return Err(ScaffoldError::new(why).at(at.value()));
        }
        let scopes: Vec<&str> = events.iter().map(|event| event.scope.as_str()).collect();
        let grown = event::insert(self.text(file)?, &scopes, scope);
        Ok(vec![changed(file, grown)?])
    }

    fn conflict(&self, on: &str, about: &str) -> Result<Files, ScaffoldError> {
        let (mut at, there) = self.subject(on)?;
        if about.trim().is_empty() {
            let why = "the fact is not named";
            return Err(ScaffoldError::new(why).help("name it, as in `limit` or `scope`"));
        }
        // Neither source is wrong until somebody has checked.
        let conflict = json!({
            "about": about, "guide": "", "official": "", "holds": "both", "why": "",
            "todo": "what each source says, without those that say nothing; which of them is right, and why",
        });
        let change = match there {
            0 => Change::set("conflicts", json!([conflict])),
            _ => {
                at.segments.push(Segment::Key("conflicts".to_owned()));
                Change::Push(conflict)
            }
        };
        let edit = Edit {
            file: at.file.clone(),
            at: at.segments,
            change,
        };
        let grown = apply(self.text(&edit.file)?, &edit);
        Ok(vec![changed(&edit.file, grown)?])
    }

    /// The place of the subject of a conflict, and how many conflicts it has.
    fn subject(&self, on: &str) -> Result<(SpecPath, usize), ScaffoldError> {
        let events = &self.document.events.events;
        if on.contains('/') {
            let Some(index) = events.iter().position(|event| event.scope == on) else {
                let scopes = events.iter().map(|event| event.scope.as_str());
                return Err(ScaffoldError::unknown("event", on, scopes));
            };
            let at = At::root("events.yaml").key("events").index(index);
            let there = events.get(index).map_or(0, |event| event.conflicts.len());
            return Ok((at.value(), there));
        }
        let (group, name) = self.group_of(on)?;
        let of_group = group.made.as_ref().map(|made| &made.file);
        match group.endpoints.iter().find(|known| known.id == name) {
            // In the template, it would be a conflict of every endpoint that it makes.
            Some(known) if known.made_of.is_some() || of_group.is_some() => {
                let why = format!("`{on}` comes from a template");
                let help = format!(
                    "write it in {}: `{name}` with its `conflicts`, under `endpoints` of the use",
                    of_group.unwrap_or(&group.file)
                );
                Err(ScaffoldError::new(why).at(place(group, known)).help(help))
            }
            Some(known) => Ok((place(group, known), known.conflicts.len())),
            None => {
                let ids = group.endpoints.iter().map(|known| known.id.as_str());
                let what = format!("endpoint of {}", group.group);
                Err(ScaffoldError::unknown(&what, name, ids))
            }
        }
    }
}

fn changed(file: &str, grown: Result<String, String>) -> Result<(String, String), ScaffoldError> {
    match grown {
        Ok(text) => Ok((file.to_owned(), text)),
        Err(why) => Err(ScaffoldError::new(why).at(SpecPath::file(file))),
    }
}

fn place(group: &Group, endpoint: &Endpoint) -> SpecPath {
    place_of(group, endpoint).value()
}

/// The method and the path of a call; two only if the spec is invalid.
fn calls(endpoint: &Endpoint) -> impl Iterator<Item = (&'static str, &str)> {
    [
        ("get", &endpoint.get),
        ("post", &endpoint.post),
        ("put", &endpoint.put),
        ("patch", &endpoint.patch),
        ("delete", &endpoint.delete),
    ]
    .into_iter()
    .filter_map(|(method, path)| Some((method, path.as_deref()?)))
}

/// A path without the names of its parameters, which do not identify a call.
fn bare(path: &str) -> Vec<&str> {
    path.split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .collect()
}

fn snake(name: &str) -> Result<(), ScaffoldError> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(fits) {
        return Ok(());
    }
    let why = format!("{} is not a valid name in code", code(name));
    Err(ScaffoldError::new(why).help("write it in snake_case, as in `price_lists`"))
}
