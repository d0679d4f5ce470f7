//! The operations of the official descriptions, with their places.

use crate::{
    bare_path::bare,
    diagnostic::At,
    spec::{Inbound, LeftOut, Official, Service},
};

/// An operation of the official descriptions.
#[derive(Clone, Copy, Debug)]
pub struct OperationAt<'a> {
    /// The description.
    pub file: &'a str,
    pub path: &'a str,
    /// As it is sent.
    pub method: &'a str,
    /// The place of the path's methods.
    pub at: At<'a>,
}

/// What identifies an operation, whatever the names of its parameters.
pub type OperationKey = (String, String);

impl OperationAt<'_> {
    pub fn key(self) -> OperationKey {
        (self.method.to_owned(), bare(self.path))
    }
}

/// Every operation of the descriptions, in the order of the file.
pub fn operations(official: &Official) -> impl Iterator<Item = OperationAt<'_>> {
    let files = At::root(Official::FILE).key("files");
    let lines = official.files.iter().flat_map(move |(file, paths)| {
        let at = files.key(file);
        paths
            .iter()
            .map(move |(path, methods)| (file, path, methods.as_str(), at.key(path)))
    });
    lines.flat_map(|(file, path, methods, at)| {
        methods.split_whitespace().map(move |method| OperationAt {
            file,
            path,
            method: method.split_once('?').map_or(method, |(method, _)| method),
            at,
        })
    })
}

/// The key of an endpoint.
pub fn key_of(service: &Service, server: Option<&str>, method: &str, path: &str) -> OperationKey {
    let server = server.and_then(|name| service.servers.get(name));
    let base = server.map_or("", |server| server.base_url.trim_end_matches('/'));
    (method.to_ascii_uppercase(), bare(&format!("{base}{path}")))
}

/// The keys of the calls to providers, each with the id and the place of the call.
pub fn inbound(providers: &[Inbound]) -> impl Iterator<Item = (OperationKey, String, At<'_>)> {
    providers.iter().flat_map(|provider| {
        let base = provider.base_url.trim_end_matches('/');
        let at = At::root(&provider.file).key("endpoints");
        let calls = provider.endpoints.iter().enumerate();
        calls.flat_map(move |(index, call)| {
            call.methods().map(move |(method, path)| {
                let key = (method.to_ascii_uppercase(), bare(&format!("{base}{path}")));
                (key, provider.id_of(call), at.index(index).key(method))
            })
        })
    })
}

/// Why a description is left out, if it is.
pub fn left_out<'a>(official: &'a Official, file: &str) -> Option<&'a LeftOut> {
    let mut out = official.out.iter();
    out.find(|out| out.files.iter().any(|name| name == file))
}
