//! Reads the files of a spec into its types, strictly: everything that is not understood is reported, all
//! in one run. The meaning of the facts is checked in [`crate::check`].

mod convert;
mod disk;
mod invisible;
mod links;
mod memo;
pub(crate) mod node;
mod required;
mod syntax;
pub(crate) mod templates;
mod yaml;

use std::{collections::HashMap, path::Path, sync::Arc};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use self::{convert::Findings, node::Node};
pub use self::{disk::texts, memo::Memo};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Segment, SpecPath, codes},
    source::Sources,
    spec::{Document, Endpoint, Group, Inbound, Official, Template},
};

/// A spec as far as it could be read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The document, unless a file is missing or is not YAML. Missing and invalid values are empty stand-ins,
    /// so with errors it is good only for checking.
    pub document: Option<Document>,
    /// If there is no document, what could be read of it, which is good only for checking.
    pub rest: Option<Document>,
    /// The unreadable files, as far as they are known.
    pub unread: Vec<String>,
    /// The texts it was read from.
    pub sources: Sources,
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// The places of the stand-ins.
    pub stand_ins: Vec<SpecPath>,
}

/// Reads the spec in the folder `dir`.
#[must_use]
pub fn load(dir: &Path) -> Loaded {
    let (sources, mut diagnostics) = texts(dir);
    let mut loaded = load_sources(sources);
    if diagnostics.has_errors() {
        loaded.rest = loaded.document.take().or(loaded.rest);
        let unread = diagnostics
            .iter()
            .filter(|read| read.code != &codes::NOT_UTF8);
        for read in unread {
            // Without a folder, nobody knows what is missing.
            loaded.rest = loaded.rest.filter(|_| is_known(&read.at.file));
            loaded.unread.push(read.at.file.clone());
        }
        // An unreadable file is reported as such, and not also as missing.
        let unread = |path: &SpecPath| {
            diagnostics
                .iter()
                .any(|read| read.at.file.is_empty() || read.at.file == path.file)
        };
        loaded.diagnostics.retain(|diagnostic| {
            diagnostic.code != &codes::MISSING_FILE || !unread(&diagnostic.at)
        });
    }
    diagnostics.extend(loaded.diagnostics);
    loaded.diagnostics = diagnostics;
    loaded
}

/// Reads a spec whose texts are in memory already.
#[must_use]
pub fn load_sources(sources: Sources) -> Loaded {
    load_edited(&Memo::default(), sources)
}

/// The same for an edited spec: files that have not changed since `memo` are not read again.
#[must_use]
pub fn load_edited(memo: &Memo<'_>, sources: Sources) -> Loaded {
    let mut loader = Loader {
        memo,
        diagnostics: Diagnostics::default(),
        stand_ins: Vec::new(),
        unread: Vec::new(),
    };
    let mut trees: Vec<(&str, Tree<'_>)> = sources
        .iter()
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter(|(path, _)| is_known(path))
        .map(|(path, text)| {
            let read = || Arc::new(yaml::read(path, text));
            (path, memo.tree(path, text).unwrap_or_else(read))
        })
        .collect();
    for (path, _) in sources.iter().filter(|(path, _)| !is_known(path)) {
        loader.unexpected(path);
    }
    let service = loader.file("service.yaml", &mut trees);
    let scopes = loader.file("scopes.yaml", &mut trees);
    let events = loader.file("events.yaml", &mut trees);
    let shared = loader.file("shared.yaml", &mut trees);
    let official = loader.optional(Official::FILE, &mut trees);
    trees.sort_by_key(|(path, _)| *path);
    let (inbound, trees): (Vec<_>, Vec<_>) = trees
        .into_iter()
        .partition(|(path, _)| path.starts_with(INBOUND));
    let (templates, groups): (Vec<_>, Vec<_>) = trees
        .into_iter()
        .partition(|(path, _)| path.starts_with(TEMPLATES));
    let expanded = templates::expand(&groups, &templates);
    loader.diagnostics.extend(expanded.diagnostics);
    loader.stand_ins.extend(expanded.holes);
    for (path, tree) in templates {
        loader.diagnostics.extend(tree.1.iter().cloned());
        if tree.0.is_none() {
            loader.unread.push(path.to_owned());
        }
    }
    let mut kept = loader.all(groups, |group: &mut Group, file| {
        group.file = file;
        templates::place(&mut group.endpoints);
    });
    let mut listed = Vec::new();
    for templates::Listed { file, place, one } in expanded.listed {
        if one.is_none() {
            loader.stand_ins.push(templates::item(file, place));
        }
        let endpoints = one.and_then(|one| loader.listed(&one));
        listed.push((file, place, endpoints.unwrap_or_default()));
    }
    templates::list(&mut kept, listed);
    let made = expanded.uses.into_iter().filter_map(|one| loader.made(one));
    let made: Vec<Group> = made.collect();
    let groups = templates::adopt(kept, made);
    loader.hand_on(&groups);
    let inbound = loader.all(inbound, |provider: &mut Inbound, file| provider.file = file);
    let document = match (service, scopes, events, shared) {
        (Some(service), Some(scopes), Some(events), Some(shared)) => {
            let mut document = Document {
                service,
                scopes,
                events,
                shared,
                official,
                groups,
                inbound,
            };
            order_groups(&mut document);
            Some(document)
        }
        _ => None,
    };
    let Loader {
        diagnostics,
        stand_ins,
        unread,
        ..
    } = loader;
    let (document, rest) = match unread.is_empty() {
        true => (document, None),
        false => (None, document),
    };
    Loaded {
        document,
        rest,
        unread,
        sources,
        diagnostics,
        stand_ins,
    }
}

/// A file as a tree, unless it is not YAML, and the problems found in it.
type Parsed<'a> = (Option<Node<'a>>, Vec<Diagnostic>);
type Tree<'a> = Arc<Parsed<'a>>;

/// The contents of a file.
trait FromFile: DeserializeOwned + Clone + Send + Sync + 'static {}

impl<T: DeserializeOwned + Clone + Send + Sync + 'static> FromFile for T {}

const FILES: [&str; 4] = ["service.yaml", "scopes.yaml", "events.yaml", "shared.yaml"];

const GROUPS: &str = "groups/";
pub(crate) const TEMPLATES: &str = "templates/";
pub(crate) const INBOUND: &str = "inbound/";

/// The name of a file of a group, a template or a provider.
pub(crate) fn group_name(path: &str) -> Option<&str> {
    let name = [GROUPS, TEMPLATES, INBOUND]
        .into_iter()
        .find_map(|folder| path.strip_prefix(folder))?
        .strip_suffix(".yaml")?;
    (!name.contains('/')).then_some(name)
}

/// Whether a spec has a file at this path.
pub(crate) fn is_known(path: &str) -> bool {
    FILES.contains(&path) || path == Official::FILE || group_name(path).is_some()
}

struct Loader<'a> {
    memo: &'a Memo<'a>,
    diagnostics: Diagnostics,
    stand_ins: Vec<SpecPath>,
    unread: Vec<String>,
}

impl Loader<'_> {
    /// The file at `path`, which every spec has.
    fn file<T: FromFile>(&mut self, path: &str, trees: &mut Vec<(&str, Tree<'_>)>) -> Option<T> {
        let Some(index) = trees.iter().position(|(file, _)| *file == path) else {
            self.diagnostics.push(
                Diagnostic::new(
                    &codes::MISSING_FILE,
                    SpecPath::file(path),
                    format!("the spec has no file `{path}`"),
                )
                .help("a spec has service.yaml, scopes.yaml, events.yaml, shared.yaml and a file for each group below groups/"),
            );
            return self.without(path);
        };
        let (_, tree) = trees.swap_remove(index);
        self.convert(path, &tree).or_else(|| self.without(path))
    }

    /// The stand-in for a required file that could not be read.
    fn without<T: FromFile>(&mut self, path: &str) -> Option<T> {
        self.unread.push(path.to_owned());
        self.stand_ins.push(SpecPath::file(path));
        convert::convert(path, &Node::Map(Vec::new())).0
    }

    /// The file at `path`, if the spec has it.
    fn optional<T: FromFile>(
        &mut self,
        path: &str,
        trees: &mut Vec<(&str, Tree<'_>)>,
    ) -> Option<T> {
        let index = trees.iter().position(|(file, _)| *file == path)?;
        let (_, tree) = trees.swap_remove(index);
        let read = self.convert(path, &tree);
        if read.is_none() {
            self.unread.push(path.to_owned());
        }
        read
    }

    /// The files of one folder, without those that are not YAML.
    fn all<T: FromFile>(
        &mut self,
        mut trees: Vec<(&str, Tree<'_>)>,
        name: impl Fn(&mut T, String),
    ) -> Vec<T> {
        trees.sort_by_key(|(path, _)| *path);
        let mut files = Vec::new();
        for (path, tree) in trees {
            match self.convert::<T>(path, &tree) {
                Some(mut file) => {
                    name(&mut file, path.to_owned());
                    files.push(file);
                }
                None => self.unread.push(path.to_owned()),
            }
        }
        files
    }

    fn convert<T: FromFile>(&mut self, path: &str, tree: &Tree<'_>) -> Option<T> {
        let (node, problems) = &**tree;
        self.diagnostics.extend(problems.iter().cloned());
        let node = node.as_ref()?;
        let read = || {
            let (value, mut findings) = convert::convert::<T>(path, node);
            templates::pass_over(path, node, &mut findings);
            (value, findings)
        };
        let (
            value,
            Findings {
                diagnostics,
                stand_ins,
            },
        ) = self.memo.value(path, tree, read);
        self.diagnostics.extend(diagnostics);
        self.stand_ins.extend(stand_ins);
        value
    }

    /// Marks path parameters as unknown in groups made by a template if they are unknown in the group that uses it.
    fn hand_on(&mut self, groups: &[Group]) {
        let mut shared = Vec::new();
        for group in groups {
            let Some(made) = &group.made else { continue };
            let theirs = self.stand_ins.iter().filter(|place| {
                let first = place.segments.first();
                let is_path = matches!(first, Some(Segment::Key(key)) if key == "path");
                place.file == made.file && is_path
            });
            shared.extend(theirs.map(|place| SpecPath {
                file: group.file.clone(),
                ..place.clone()
            }));
        }
        self.stand_ins.extend(shared);
    }

    /// The group that a use of a template makes.
    fn made(&mut self, one: templates::Use<'_>) -> Option<Group> {
        let mut group = self.filled::<Group>(&one)?;
        group.file = one.template.to_owned();
        templates::finish(&mut group.endpoints, &one);
        group.made = one.made;
        Some(group)
    }

    /// The endpoints that a use of a template makes.
    fn listed(&mut self, one: &templates::Use<'_>) -> Option<Vec<Endpoint>> {
        let mut endpoints = self.filled::<Template>(one)?.endpoints;
        templates::finish(&mut endpoints, one);
        for endpoint in &mut endpoints {
            endpoint.made_of = Some(one.template.to_owned());
        }
        Some(endpoints)
    }

    /// A template with its holes filled.
    fn filled<T: DeserializeOwned>(&mut self, one: &templates::Use<'_>) -> Option<T> {
        let (value, mut findings) = convert::convert::<T>(one.template, &one.node);
        let (mut way, found) = (Vec::new(), &mut findings.diagnostics);
        links::unsafe_links(one.template, &one.node, &mut way, found);
        templates::relocate(&mut findings, one);
        // An unfilled placeholder is not checked.
        let holes = &self.stand_ins;
        let is_hole = |at: &SpecPath| holes.iter().any(|hole| at.is_within(hole));
        // A problem with a key of the group is already reported in the group.
        let is_told = |found: &Diagnostic| {
            let mut places = one.own.iter().filter(|(way, _)| *way == found.at.segments);
            places.any(|(_, own)| {
                let mut told = self.diagnostics.iter();
                told.any(|told| {
                    let is_there = told.at.file == own.file && told.at.segments == own.segments;
                    is_there && told.code == found.code
                })
            })
        };
        let is_news = |found: &Diagnostic| !is_hole(&found.at) && !is_told(found);
        findings.diagnostics.retain(is_news);
        self.diagnostics.extend(findings.diagnostics);
        self.stand_ins.extend(findings.stand_ins);
        value
    }

    fn unexpected(&mut self, path: &str) {
        let diagnostic = Diagnostic::new(
            &codes::UNEXPECTED_FILE,
            SpecPath::file(path),
            format!("nothing reads `{path}`"),
        )
        .why("a spec has service.yaml, scopes.yaml, events.yaml, shared.yaml, official.yaml, one file for each group below groups/, templates below templates/, and providers below inbound/");
        let name = path.rsplit('/').next().unwrap_or(path);
        self.diagnostics.push(match name.rsplit_once('.') {
            Some((stem, end)) if end != "yaml" => diagnostic.help(format!("name it `{stem}.yaml`")),
            _ => diagnostic.help("move it out of the spec folder, or into groups/"),
        });
    }
}

/// Sorts the groups in the order of the service file; unlisted ones come last.
fn order_groups(document: &mut Document) {
    let listed = document.service.groups.iter().enumerate();
    // The first of a name that is listed twice.
    let order: HashMap<&str, usize> = listed.rev().map(|(at, name)| (name.as_str(), at)).collect();
    let made_by = |group: &Group| group.made.as_ref().map(|made| made.by.clone());
    let place = |file: &str, group: &str| {
        let name = group_name(file).unwrap_or(group);
        order.get(name).copied().unwrap_or(usize::MAX)
    };
    document.groups.sort_by_key(|group| match made_by(group) {
        Some(by) => place(&by, &by),
        None => place(&group.file, &group.group),
    });
}
