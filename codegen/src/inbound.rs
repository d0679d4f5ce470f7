//! The providers whose servers BigCommerce calls, as a separate document: each is a group whose endpoints
//! work in the other direction. The code that reads, checks, resolves, compares and shows groups also handles
//! them; no client is generated for them.

use crate::{
    diagnostic::Diagnostic,
    load::INBOUND,
    spec::{
        Area, Document, Endpoint, Envelope, Events, Generation, Group, Inbound, InboundAuth,
        InboundCall, Scope, Server,
    },
};

/// A placeholder for the generation and the area, which such calls do not have.
const NO: &str = "inbound";

/// The document of the providers; `None` if there are none.
pub(crate) fn document(of: &Document) -> Option<Document> {
    if of.inbound.is_empty() {
        return None;
    }
    let mut document = Document {
        service: of.service.clone(),
        scopes: of.scopes.clone(),
        // Providers have no events; the envelope of every delivery is a type of the model.
        events: Events {
            delivery: of.events.delivery.clone(),
            schemas: of.events.schemas.clone(),
            ..Events::default()
        },
        shared: of.shared.clone(),
        official: None,
        groups: of.inbound.iter().map(group).collect(),
        inbound: Vec::new(),
    };
    let service = &mut document.service;
    // Its terms lead to groups that are not in this document, and its texts are checked with the main one.
    service.glossary.clear();
    service.topics.clear();
    service.questions.clear();
    service.history.clear();
    service.groups = of.inbound.iter().map(|it| it.group.clone()).collect();
    let generation = Generation {
        envelope: Envelope::Flat,
        ..Generation::default()
    };
    service.generations.push(NO, generation);
    for provider in &of.inbound {
        service.servers.push(&provider.group, server(provider));
    }
    let level = |writes| Scope {
        wire: NO.to_owned(),
        writes,
        ..Scope::default()
    };
    let mut area = Area::default();
    area.levels.push("read", level(false));
    area.levels.push("modify", level(true));
    document.scopes.areas.push(NO, area);
    Some(document)
}

/// Whether a problem of that document is in a provider, and not in what providers share with the groups.
pub(crate) fn concerns(problem: &Diagnostic) -> bool {
    problem.at.file.starts_with(INBOUND)
}

/// The provider's server, as a server other than the store's.
fn server(provider: &Inbound) -> Server {
    let header = match provider.auth {
        InboundAuth::Basic => "Authorization",
        InboundAuth::None => "",
    };
    Server {
        does: provider.server.clone(),
        base_url: provider.base_url.clone(),
        auth_header: header.to_owned(),
        token: provider.credentials.clone(),
        ..Server::default()
    }
}

fn group(provider: &Inbound) -> Group {
    let endpoints = provider.endpoints.iter().enumerate();
    Group {
        file: provider.file.clone(),
        group: provider.group.clone(),
        title: provider.title.clone(),
        does: provider.does.clone(),
        version: NO.to_owned(),
        server: Some(provider.group.clone()),
        scope: NO.to_owned(),
        source: provider.source.clone(),
        docs: provider.docs.clone(),
        notes: provider.notes.clone(),
        path: provider.path.clone(),
        endpoints: endpoints
            .map(|(place, call)| endpoint(place, call))
            .collect(),
        schemas: provider.schemas.clone(),
        todo: provider.todo.clone(),
        inbound: true,
        ..Group::default()
    }
}

fn endpoint(place: usize, call: &InboundCall) -> Endpoint {
    Endpoint {
        place,
        id: call.id.clone(),
        get: call.get.clone(),
        post: call.post.clone(),
        put: call.put.clone(),
        patch: call.patch.clone(),
        delete: call.delete.clone(),
        operation: call.operation.clone(),
        does: call.does.clone(),
        note: call.note.clone(),
        acts_on: "provider".to_owned(),
        query: call.query.clone(),
        headers: call.headers.clone(),
        takes: call.takes.clone(),
        optional_body: call.optional_body,
        returns: call.returns.clone(),
        success: call.success.clone(),
        errors: call.errors.clone(),
        deprecated: call.deprecated.clone(),
        conflicts: call.conflicts.clone(),
        todo: call.todo.clone(),
        ..Endpoint::default()
    }
}
