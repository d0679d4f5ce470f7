//! Which official operations are endpoints, and which are left out and why.

use std::collections::HashMap;

use serde::Serialize;

use super::{Api, Method};
use crate::{
    index::official::{self, OperationKey},
    spec,
};

/// The official descriptions.
#[derive(Clone, Debug)]
pub struct Official {
    /// The text about operations that are neither endpoints nor left out.
    pub later: Option<String>,
    /// The descriptions, in the order of the spec.
    pub files: Vec<Description>,
}

/// An official description.
#[derive(Clone, Debug)]
pub struct Description {
    /// Its file, without ending.
    pub file: String,
    /// Why it is left out, if it is.
    pub out: Option<spec::LeftOut>,
    /// Its paths as the spec lists them, with their methods.
    pub paths: spec::Map<String>,
    pub operations: Vec<Operation>,
}

/// An official operation.
#[derive(Clone, Debug)]
pub struct Operation {
    pub method: Method,
    /// The path, with the address before it if it is on another server than the store's.
    pub path: String,
    /// The positions of its endpoints in [`Api::endpoints`]; none if it has no endpoint.
    pub endpoints: Vec<usize>,
    /// Its ids among the calls that BigCommerce makes, which have no client code.
    pub inbound: Vec<String>,
}

/// How many operations are covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Those with endpoints.
    pub here: usize,
    /// All of them.
    pub all: usize,
}

impl Share {
    /// That of some operations.
    pub fn of<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> Self {
        let mut share = Self::default();
        for one in operations {
            share.all += 1;
            share.here += usize::from(!one.endpoints.is_empty());
        }
        share
    }
}

impl Official {
    /// The coverage of the operations on the store's own server, and of those on others, without what is left
    /// out and without the calls that BigCommerce makes.
    #[must_use]
    pub fn shares(&self) -> (Share, Share) {
        let taken = self.files.iter().filter(|file| file.out.is_none());
        let (store, others): (Vec<_>, Vec<_>) = taken
            .flat_map(|file| &file.operations)
            .filter(|one| one.inbound.is_empty())
            .partition(|one| one.is_of_the_store());
        (Share::of(store), Share::of(others))
    }

    /// How many of the operations are calls that BigCommerce makes.
    #[must_use]
    pub fn inbound(&self) -> usize {
        let all = self.files.iter().flat_map(|file| &file.operations);
        all.filter(|one| !one.inbound.is_empty()).count()
    }

    /// Each reason for leaving descriptions out, with its number of operations.
    #[must_use]
    pub fn left_out(&self) -> Vec<(&spec::LeftOut, usize)> {
        let mut all: Vec<(&spec::LeftOut, usize)> = Vec::new();
        for file in &self.files {
            let Some(out) = &file.out else { continue };
            let count = file.operations.len();
            match all.iter_mut().find(|(one, _)| one.title == out.title) {
                Some((_, all)) => *all += count,
                None => all.push((out, count)),
            }
        }
        all
    }
}

impl Operation {
    /// Whether it is on the store's own server.
    #[must_use]
    pub fn is_of_the_store(&self) -> bool {
        self.path.starts_with('/')
    }
}

/// Looks the endpoints of an API and of the providers up in the list.
pub(super) fn resolve(list: &spec::Official, providers: &[spec::Inbound], api: &Api) -> Official {
    let mut ours: HashMap<OperationKey, Vec<usize>> = HashMap::new();
    for (position, endpoint) in api.endpoints.iter().enumerate() {
        let server = endpoint.server.map(|id| api.service.servers.at(id.0).0);
        let method = endpoint.method.as_str();
        let key = official::key_of(&api.service, server, method, &endpoint.path);
        ours.entry(key).or_default().push(position);
    }
    let mut inbound: HashMap<OperationKey, Vec<String>> = HashMap::new();
    for (key, id, _) in official::inbound(providers) {
        inbound.entry(key).or_default().push(id);
    }
    let mut files: HashMap<&str, Vec<Operation>> = HashMap::new();
    for one in official::operations(list) {
        let method = Method::ALL.into_iter().find(|it| it.as_str() == one.method);
        // Anything else was reported.
        let Some(method) = method else { continue };
        files.entry(one.file).or_default().push(Operation {
            method,
            path: one.path.to_owned(),
            endpoints: ours.get(&one.key()).cloned().unwrap_or_default(),
            inbound: inbound.get(&one.key()).cloned().unwrap_or_default(),
        });
    }
    let description = |(file, paths): (&str, &spec::Map<String>)| Description {
        file: file.to_owned(),
        out: official::left_out(list, file).cloned(),
        paths: paths.clone(),
        operations: files.remove(file).unwrap_or_default(),
    };
    Official {
        later: list.later.clone(),
        files: list.files.iter().map(description).collect(),
    }
}
