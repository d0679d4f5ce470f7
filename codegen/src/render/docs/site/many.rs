//! The pages of which there are many of a kind: a page for each group, provider, scope, guide and diagnostic
//! code, and the lists of them.

use serde::Serialize;

use super::{ROOT, Site, links_to};
use crate::{
    explain,
    model::{self, ScopeId},
    render::{
        Defect, File,
        docs::view::{
            Links, diagnostics, frame, group, guides, inbound, links::page, policy, scope,
        },
    },
    scopes::{Explained, Form, Told as _},
};

/// A page for each group.
pub(super) fn groups(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    let page = |one: &model::Group| {
        site.file("group", &one.name, |links| {
            let group = group::view(links, one);
            (frame::group(links, one), Group { group })
        })
    };
    site.api.groups.iter().map(page).collect()
}

/// A page for each provider.
pub(super) fn providers(site: &Site<'_>) -> Result<Vec<File>, Defect> {
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

/// The pages on access and on each scope, for programs.
pub(super) fn told(links: &Links<'_>) -> Result<Vec<File>, Defect> {
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
pub(super) fn scopes(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    let scopes = site.api.scopes.iter().enumerate();
    let page = |(at, one): (usize, &model::Scope)| {
        site.listed(page::SCOPES, "scope", &page::scope(&one.wire), |links| {
            let view = scope::view(links, ScopeId(at));
            let about = format!("{}: {}. {}", view.label, view.level, view.covers);
            (frame::page(links, &one.wire, &about), Scope { scope: view })
        })
    };
    scopes.map(page).collect()
}

/// The client's guides: a list of them, and a page for each.
pub(super) fn guides(site: &Site<'_>) -> Result<Vec<File>, Defect> {
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
pub(super) fn diagnostics(site: &Site<'_>) -> Result<Vec<File>, Defect> {
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

#[derive(Serialize)]
struct Group {
    group: group::GroupView,
}

#[derive(Serialize)]
struct Provider {
    provider: inbound::ProviderView,
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
