//! The HTML site: the same views as the Markdown reference, in pages that need no server, no script and no
//! other host. It is built, not committed.

use std::{cell::RefCell, sync::Arc};

use serde::Serialize;

use super::{
    distinct,
    engine::{ASSETS, Engine},
    html::Seen,
    names::Names,
    view::{
        Links, Output, area, coverage, diagnostics, events, fields, frame, glossary, group, guides,
        inbound, links::page, matters, orientation, policy, rows, scope, scopes, search, service,
        sources, twins,
    },
};
use crate::{
    explain,
    model::{Api, ScopeId},
    render::{Defect, File},
    scopes::{Explained, Form, Told as _},
};

const ROOT: &str = "target/site";

/// Renders the HTML site.
///
/// # Errors
///
/// If a template fails, or a group has the name of another page.
pub fn site(api: &Api) -> Result<Vec<File>, Defect> {
    let site = Site {
        api,
        engine: Engine::new()?,
        names: Arc::new(Names::of(api)),
        seen: RefCell::default(),
    };
    let mut files = orientation(&site)?;
    for one in &api.groups {
        files.push(site.file("group", &one.name, |links| {
            (
                frame::group(links, one),
                Group {
                    group: group::view(links, one),
                },
            )
        })?);
    }
    files.extend(providers(&site)?);
    files.extend(reference(&site)?);
    files.extend(scope_pages(&site)?);
    files.extend(told(&links_to(api))?);
    files.extend(matters(&site)?);
    files.extend(guides(&site)?);
    files.extend(diagnostics(&site)?);
    if let Some(list) = &api.official {
        files.push(site.page(
            page::COVERAGE,
            "Coverage",
            "Every official operation, and whether it is here.",
            |links| coverage::view(links, list),
        )?);
    }
    files.extend(ASSETS.iter().map(|(name, text)| File {
        path: format!("{ROOT}/{}", name.rsplit('/').next().unwrap_or(name)),
        text: (*text).to_owned(),
    }));
    let links = links_to(api);
    files.push(File {
        path: format!("{ROOT}/search-index.js"),
        text: search::script(&links, &site.seen.borrow()),
    });
    files.push(File {
        path: format!("{ROOT}/endpoint-fields.js"),
        text: fields::script(api),
    });
    files.push(File {
        path: format!("{ROOT}/llms.txt"),
        text: twins::llms(&links),
    });
    files.push(File {
        path: format!("{ROOT}/sitemap.txt"),
        text: twins::sitemap(api, &files),
    });
    files.extend(twins::data(api, ROOT)?);
    distinct(files)
}

/// Links that are relative to no page in particular.
fn links_to(api: &Api) -> Links<'_> {
    Links {
        api,
        output: Output::Site,
        here: "",
        listed: None,
    }
}

/// The pages to start from.
fn orientation(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    let service = &site.api.service;
    Ok(vec![
        site.page(page::INDEX, &service.title, &service.does, |links| Index {
            about: orientation::view(links),
            first: orientation::first(links),
            topics: service::topics(links, crate::spec::Place::Index),
            map: service::topics(links, crate::spec::Place::Map),
            connections: service::connections(links),
            areas: area::all(links),
            providers: inbound::all(links),
        })?,
        site.page(
            page::AUTHENTICATION,
            "Connection and authentication",
            "Ways to connect and to authenticate, and the scopes of a token.",
            |links| Authentication {
                intro: service::topics(links, crate::spec::Place::Connect),
                after: service::topics(links, crate::spec::Place::Install),
                connections: service::connections(links),
                methods: service::authentication(links),
            },
        )?,
        site.file(page::NOT_FOUND, page::NOT_FOUND, |links| {
            let title = "There is no such page";
            let example = area::all(links).into_iter().next();
            let example = example.and_then(|area| area.groups.into_iter().next());
            (frame::page(links, title, title), NotFound { example })
        })?,
    ])
}

/// A page for each provider.
fn providers(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    let mut files = Vec::new();
    if let Some(inbound) = &site.api.inbound {
        for (one, provider) in inbound.providers() {
            files.push(site.file("provider", &one.name, |links| {
                let own = inbound::links(inbound, one, links);
                let provider = inbound::view(&own, one, provider);
                (frame::group(links, one), Provider { provider })
            })?);
        }
    }
    Ok(files)
}

/// The pages that list endpoints, scopes and events.
fn reference(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    Ok(vec![
        site.page(
            page::ENDPOINTS,
            "All endpoints",
            "Every endpoint with its method, path, access, scope and version.",
            |links| Endpoints {
                groups: rows::groups(links),
                areas: scopes::view(links).areas,
                methods: rows::methods(site.api),
                total: site.api.endpoints.len(),
            },
        )?,
        site.page(
            page::SCOPES,
            "Scopes",
            "The endpoints that each scope grants, and the scope that each endpoint needs.",
            |links| Scopes {
                scopes: scopes::view(links),
                groups: rows::groups(links),
                methods: rows::methods(site.api),
                total: site.api.endpoints.len(),
            },
        )?,
        site.page(
            page::ACCESS,
            "Access",
            "An access policy decides for each group what a program may do: nothing, read, or everything.",
            |links| Access {
                areas: rows::areas(links),
                total: site.api.endpoints.len(),
            },
        )?,
        site.page(
            page::EVENTS,
            "Webhook events",
            "Webhook events, the endpoints that fire them, and their payloads.",
            events::view,
        )?,
    ])
}

/// The pages on access and on each scope, for programs.
fn told(links: &Links<'_>) -> Result<Vec<File>, Defect> {
    let file = |name: &str, text| File {
        path: format!("{ROOT}/{name}"),
        text,
    };
    let mut files = vec![
        file("access.json", policy::json(links)?),
        file("access.md", policy::markdown(links)),
    ];
    for (at, one) in links.api.scopes.iter().enumerate() {
        let explained = Explained::of(links.api, ScopeId(at));
        for (kind, form) in [("json", Form::Json), ("md", Form::Markdown)] {
            let name = format!("{}.{kind}", page::scope(&one.wire));
            let text = explained
                .tell(form)
                .map_err(|cause| Defect::new(&name, cause))?;
            files.push(file(&name, text));
        }
    }
    Ok(files)
}

/// A page for each scope.
fn scope_pages(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    let scopes = site.api.scopes.iter().enumerate();
    let page = |(at, one): (usize, &crate::model::Scope)| {
        site.listed(page::SCOPES, "scope", &page::scope(&one.wire), |links| {
            let view = scope::view(links, ScopeId(at));
            let about = format!("{}: {}. {}", view.label, view.level, view.covers);
            (frame::page(links, &one.wire, &about), Scope { scope: view })
        })
    };
    scopes.map(page).collect()
}

/// The client's guides: a list of them, and a page for each.
fn guides(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    let all = guides::all(&links_to(site.api));
    let data = |name: &str, kind: &str, text: String| File {
        path: format!("{ROOT}/{name}.{kind}"),
        text,
    };
    let mut files = vec![
        data(page::GUIDES, "md", guides::markdown(&all)),
        data(page::GUIDES, "json", guides::json(&all)?),
    ];
    for guide in &all.guides {
        let name = guides::page_of(guide);
        files.push(data(&name, "md", guide.markdown.clone()));
        files.push(data(&name, "json", guides::json_of(guide)?));
        files.push(site.listed(page::GUIDES, "guide", &name, |links| {
            (
                frame::page(links, guide.title, &guide.when),
                Guide { guide },
            )
        })?);
    }
    files.push(site.page(
        page::GUIDES,
        "Guides",
        "Guides to the most common tasks with the client.",
        |_| all,
    )?);
    Ok(files)
}

/// The meaning of diagnostic codes: a list of them, and a page for each.
fn diagnostics(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    let all = diagnostics::all(&links_to(site.api));
    let data = |name: &str, kind: &str, text: String| File {
        path: format!("{ROOT}/{name}.{kind}"),
        text,
    };
    let mut files = vec![
        data(page::DIAGNOSTICS, "md", explain::page()),
        data(page::DIAGNOSTICS, "json", diagnostics::json()?),
    ];
    for code in explain::codes() {
        let name = diagnostics::page(code);
        files.push(data(&name, "md", explain::page_of(code)));
        files.push(data(&name, "json", diagnostics::json_of(code)?));
    }
    for code in &all.codes {
        files.push(
            site.listed(page::DIAGNOSTICS, "diagnostic", &code.page, |links| {
                let title = format!("{} {}", code.number, code.name);
                (frame::page(links, &title, &code.holds), Diagnostic { code })
            })?,
        );
    }
    files.push(site.page(
        page::DIAGNOSTICS,
        "Diagnostics",
        "The errors in a spec, each with an incorrect and a correct example.",
        |_| all,
    )?);
    Ok(files)
}

/// The pages about all endpoints.
fn matters(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    Ok(vec![
        site.page(
            page::LIMITS,
            "Limits and pagination",
            "Rate limits, pagination, filters, request size, and limits of single endpoints.",
            matters::limits,
        )?,
        site.page(
            page::ERRORS,
            "Errors and status codes",
            "The meaning of each status and how to handle it.",
            matters::errors,
        )?,
        site.page(
            page::VERSIONS,
            "Versions",
            "The versions of the API and its changelog.",
            matters::versions,
        )?,
        site.page(
            page::QUESTIONS,
            "Questions",
            "Frequently asked questions.",
            matters::questions,
        )?,
        site.page(
            page::GLOSSARY,
            "Glossary",
            "The terms of this API, with links to the details.",
            glossary::view,
        )?,
        site.page(
            page::SOURCES,
            "Sources and disagreements",
            "Where the facts of this reference come from, and where the sources disagree.",
            sources::view,
        )?,
    ])
}

struct Site<'a> {
    api: &'a Api,
    engine: Engine,
    names: Arc<Names>,
    /// The subject of each rendered page.
    seen: RefCell<Vec<Seen>>,
}

impl Site<'_> {
    fn page<V: Serialize>(
        &self,
        name: &'static str,
        title: &str,
        description: &str,
        view: impl FnOnce(&Links<'_>) -> V,
    ) -> Result<File, Defect> {
        self.file(name, name, |links| {
            (frame::page(links, title, description), view(links))
        })
    }

    /// A page of a kind with many, which the page `list` lists.
    fn listed<V: Serialize>(
        &self,
        list: &'static str,
        template: &str,
        name: &str,
        view: impl FnOnce(&Links<'_>) -> (frame::Frame, V),
    ) -> Result<File, Defect> {
        let links = Links {
            here: name,
            listed: Some(list),
            ..links_to(self.api)
        };
        self.render(template, links, view)
    }

    fn file<V: Serialize>(
        &self,
        template: &str,
        name: &str,
        view: impl FnOnce(&Links<'_>) -> (frame::Frame, V),
    ) -> Result<File, Defect> {
        let links = Links {
            here: name,
            ..links_to(self.api)
        };
        self.render(template, links, view)
    }

    fn render<V: Serialize>(
        &self,
        template: &str,
        links: Links<'_>,
        view: impl FnOnce(&Links<'_>) -> (frame::Frame, V),
    ) -> Result<File, Defect> {
        let (name, (frame, view)) = (links.here, view(&links));
        let template = format!("site/{template}.html");
        let view = Page { frame, view };
        let (text, headings) = self.engine.page(&template, name, &self.names, &view)?;
        let page = format!("{name}.html");
        let path = format!("{ROOT}/{page}");
        self.seen.borrow_mut().push(Seen {
            page,
            title: view.frame.title,
            about: view.frame.description,
            headings,
        });
        Ok(File { path, text })
    }
}

#[derive(Serialize)]
struct Page<V> {
    frame: frame::Frame,
    #[serde(flatten)]
    view: V,
}

#[derive(Serialize)]
struct Index {
    about: orientation::Orientation,
    first: Option<orientation::First>,
    topics: Vec<service::TopicView>,
    map: Vec<service::TopicView>,
    connections: Vec<service::Way>,
    areas: Vec<area::Area>,
    providers: Vec<inbound::Provider>,
}

#[derive(Serialize)]
struct NotFound {
    example: Option<area::Part>,
}

#[derive(Serialize)]
struct Authentication {
    intro: Vec<service::TopicView>,
    after: Vec<service::TopicView>,
    connections: Vec<service::Way>,
    methods: Vec<service::Way>,
}

#[derive(Serialize)]
struct Group {
    group: group::GroupView,
}

#[derive(Serialize)]
struct Provider {
    provider: inbound::ProviderView,
}

#[derive(Serialize)]
struct Endpoints {
    groups: Vec<rows::RowGroup>,
    areas: Vec<scopes::AreaView>,
    methods: Vec<&'static str>,
    total: usize,
}

#[derive(Serialize)]
struct Scopes {
    scopes: scopes::ScopesView,
    groups: Vec<rows::RowGroup>,
    methods: Vec<&'static str>,
    total: usize,
}

#[derive(Serialize)]
struct Access {
    areas: Vec<rows::RowArea>,
    total: usize,
}

#[derive(Serialize)]
struct Scope {
    scope: scope::ScopePage,
}

#[derive(Serialize)]
struct Guide<'a> {
    guide: &'a guides::Guide,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    code: &'a diagnostics::CodeView,
}
