//! The contents of the existing spec: its calls, its groups with the names that are taken in them, and its
//! schemas.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::{
    ImportError, ImportedFile, SERVICE,
    draft::{DraftParameter, DraftSchema},
    operation::{Official, Operation},
};
use crate::{
    bare_path,
    load::load_sources,
    source::Sources,
    spec::{Branch, Endpoint, Group, InboundCall, Map, Schema, Server, View},
};

pub(crate) use crate::stem::stem;

/// The files that every spec has in addition to its groups.
const FILES: [&str; 4] = ["events.yaml", "scopes.yaml", "service.yaml", "shared.yaml"];

/// An existing spec, as far as a draft has to match it.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub groups: IndexMap<String, KnownGroup>,
    pub shared: Map<Schema>,
    /// The servers other than the store's.
    pub servers: Map<Server>,
    /// The method and the bare path of every call.
    pub calls: HashSet<(&'static str, String)>,
    /// Those of the calls that BigCommerce makes, with the addresses before them.
    inbound: HashSet<(&'static str, String)>,
}

/// An existing group.
#[derive(Debug)]
pub(crate) struct KnownGroup {
    pub spec: Group,
    /// The place of its file.
    pub file: String,
}

impl Known {
    /// Reads the files of a spec, as far as they can be understood.
    pub(crate) fn read(files: &[ImportedFile]) -> Result<Self, ImportError> {
        let empty = FILES
            .into_iter()
            .filter(|name| *name == SERVICE || files.iter().all(|file| file.name != *name));
        let empty = empty.map(|name| (name, "{}\n"));
        // The service file is only extended; a draft has nothing to match in it.
        let texts = files
            .iter()
            .filter(|file| file.name != SERVICE)
            .map(|file| (file.name.as_str(), file.text.as_str()));
        let loaded = load_sources(Sources::from_texts(texts.chain(empty)));
        let Some(document) = loaded.document else {
            let first = loaded.diagnostics.iter().find(|one| one.is_error());
            return Err(ImportError::File {
                file: first.map(|one| one.at.file.clone()).unwrap_or_default(),
                why: first.map(|one| one.message.clone()).unwrap_or_default(),
            });
        };
        let mut known = Self {
            shared: document.shared.schemas,
            servers: document.service.servers,
            ..Self::default()
        };
        for provider in &document.inbound {
            let calls = provider.endpoints.iter().flat_map(InboundCall::methods);
            let at = |path| bare_path::bare(&format!("{}{path}", provider.base_url));
            let calls = calls.map(|(method, path)| (method, at(path)));
            known.inbound.extend(calls);
        }
        let mut made = Vec::new();
        for spec in document.groups {
            let calls = spec.endpoints.iter().filter_map(call);
            known
                .calls
                .extend(calls.map(|(method, path)| (method, bare_path::bare(path))));
            if spec.made.is_some() || spec.file.starts_with("templates/") {
                // Made by a template, so it has no file to extend.
                made.push(spec);
                continue;
            }
            let file = spec.file.clone();
            known
                .groups
                .insert(spec.group.clone(), KnownGroup { spec, file });
        }
        for spec in &made {
            known.declare(spec, files);
        }
        Ok(known)
    }

    /// The name of the server at an address.
    pub(crate) fn server(&self, url: &str) -> Option<&str> {
        let at = |url: &str| bare_path::bare(url.trim_end_matches('/'));
        let mut servers = self.servers.iter();
        let (name, _) = servers.find(|(_, server)| at(&server.base_url) == at(url))?;
        Some(name)
    }

    /// Whether it is a call that BigCommerce makes to a provider of the spec.
    pub(crate) fn is_inbound(&self, official: &Official, operation: &Operation) -> bool {
        let server = official.elsewhere.as_deref().unwrap_or_default();
        let at = format!("{}{}", server.trim_end_matches('/'), operation.path);
        let call = (operation.method, bare_path::bare(&at));
        self.inbound.contains(&call)
    }

    /// Path parameters are in the file of the group that uses a template, even if only the template's paths
    /// have them.
    fn declare(&mut self, made: &Group, files: &[ImportedFile]) {
        let Some(by) = &made.made else { return };
        let file = files.iter().find(|file| file.name == by.file);
        let root = file.and_then(|file| serde_yaml::from_str::<serde_json::Value>(&file.text).ok());
        let mut groups = self.groups.values_mut();
        let Some((root, group)) = root.zip(groups.find(|group| group.file == by.file)) else {
            return;
        };
        let declared = made
            .path
            .iter()
            .filter(|(name, _)| root["path"].get(*name).is_some());
        for (name, parameter) in declared {
            group.spec.path.push(name, parameter.clone());
        }
    }

    /// The group that comes from a description.
    pub(crate) fn of_source(&self, source: &str) -> Option<&KnownGroup> {
        self.groups
            .values()
            .find(|group| stem(&group.spec.source) == stem(source))
    }
}

impl KnownGroup {
    /// Its path.
    pub(crate) fn base(&self) -> String {
        let paths = self.spec.endpoints.iter().filter_map(call);
        let paths: Vec<&str> = paths.map(|(_, path)| path).collect();
        super::base::base(&self.spec.group, paths.iter().copied())
    }

    /// The method names that are taken in it.
    pub(crate) fn methods(&self) -> HashSet<String> {
        let endpoints = &self.spec.endpoints;
        let all = endpoints
            .iter()
            .filter_map(|one| one.all.as_ref().map(|all| all.name.clone()));
        endpoints
            .iter()
            .map(|one| one.id.clone())
            .chain(all)
            .collect()
    }

    /// The names of the parameters at each position of its paths.
    pub(crate) fn places(&self) -> HashMap<String, String> {
        let mut places = HashMap::new();
        for (_, path) in self.spec.endpoints.iter().filter_map(call) {
            let mut here = String::new();
            for segment in path.split('/').skip(1) {
                let name = segment
                    .strip_prefix('{')
                    .and_then(|rest| rest.strip_suffix('}'));
                if let Some(name) = name {
                    places
                        .entry(here.clone())
                        .or_insert_with(|| name.to_owned());
                }
                here.push('/');
                here.push_str(if name.is_some() { "{}" } else { segment });
            }
        }
        places
    }

    /// The parameters that it declares.
    pub(crate) fn path(&self) -> IndexMap<String, DraftParameter> {
        let declared = self.spec.path.iter().map(|(name, parameter)| {
            let kept = DraftParameter {
                kind: parameter.kind.clone(),
                kept: true,
                ..DraftParameter::default()
            };
            (name.to_owned(), kept)
        });
        declared.collect()
    }
}

/// The method and the path of an endpoint.
pub(crate) fn call(endpoint: &Endpoint) -> Option<(&'static str, &str)> {
    let methods = [
        ("get", &endpoint.get),
        ("post", &endpoint.post),
        ("put", &endpoint.put),
        ("patch", &endpoint.patch),
        ("delete", &endpoint.delete),
    ];
    let mut methods = methods.into_iter();
    methods.find_map(|(method, path)| Some((method, path.as_deref()?)))
}

/// The existing schemas that a draft could use: one with its name or its official name.
pub(crate) fn namesake<'k>(
    draft: &DraftSchema,
    noun: &str,
    schemas: &'k Map<Schema>,
) -> Option<(&'k str, &'k Schema)> {
    let longer = format!("{noun}{}", draft.name);
    let by_name = |name: &str| schemas.iter().find(|(known, _)| *known == name);
    let official = || {
        let wanted = draft.official.as_deref()?;
        schemas
            .iter()
            .find(|(_, schema)| schema.official.as_deref() == Some(wanted))
    };
    official()
        .or_else(|| by_name(&draft.name))
        .or_else(|| by_name(&longer))
}

/// The fields and values of a draft that a schema lacks; nothing if it lacks the views.
pub(crate) fn lacking(draft: &DraftSchema, schema: &Schema) -> Option<Vec<String>> {
    let branches = |one_of: &Map<Branch>| {
        one_of.len() == draft.one_of.len()
            && draft
                .one_of
                .iter()
                .all(|(_, kind)| one_of.iter().any(|(_, it)| it.kind == *kind))
    };
    if !draft.one_of.is_empty() {
        let same = schema.one_of.as_ref().is_some_and(branches);
        return same.then(Vec::new);
    }
    if let Some(values) = &schema.values {
        let missing = draft
            .values
            .iter()
            .filter(|value| values.get(value).is_none());
        return draft.fields.is_empty().then(|| missing.cloned().collect());
    }
    let fields = schema.fields.as_ref().filter(|_| draft.values.is_empty())?;
    let views: &[View] = if schema.views.is_empty() {
        &[View::Read]
    } else {
        &schema.views
    };
    let has = |view: &str| match view {
        "read" => views.contains(&View::Read),
        "create" => views.contains(&View::Create) || !draft.root && views.contains(&View::Write),
        "update" => views.contains(&View::Update) || !draft.root && views.contains(&View::Write),
        _ => {
            views.contains(&View::Write)
                || views.contains(&View::Create) && views.contains(&View::Update)
        }
    };
    let wanted: &[&str] = if draft.views.is_empty() {
        &["read"]
    } else {
        &draft.views
    };
    if !wanted.iter().all(|view| has(view)) {
        return None;
    }
    let missing = draft
        .fields
        .iter()
        .filter(|field| fields.get(&field.name).is_none());
    Some(missing.map(|field| field.name.clone()).collect())
}
