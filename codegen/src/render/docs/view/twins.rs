//! The pages in the formats that programs read: the Markdown reference and parts of the catalogue, and the
//! lists of all pages.

use super::{Links, area, frame, inbound, links::page};
use crate::{
    model::Api,
    render::{
        Defect, File,
        catalogue::{self, Part},
        coverage,
        docs::markdown,
        json_text, scopes,
    },
};

/// The files for programs: the committed ones, and a part of the catalogue for each page.
pub(in super::super) fn data(api: &Api, root: &str) -> Result<Vec<File>, Defect> {
    let mut files = catalogue::render(api)?;
    files.extend(scopes::render(api)?);
    files.extend(coverage::json(api)?);
    files.extend(markdown(api)?);
    for file in &mut files {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        file.path = format!("{root}/{name}");
    }
    let mut twin = |name: &str, part: serde_json::Result<Part>| -> Result<(), Defect> {
        let path = format!("{root}/{name}.json");
        let text = part.and_then(|part| json_text::print(&part));
        let text = text.map_err(|cause| Defect::new(&path, cause))?;
        files.push(File { path, text });
        Ok(())
    };
    let parts = catalogue::Parts::of(api);
    twin(page::AUTHENTICATION, parts.authentication())?;
    twin(page::EVENTS, parts.events())?;
    twin(page::LIMITS, parts.limits())?;
    twin(page::ERRORS, parts.errors())?;
    twin(page::VERSIONS, parts.versions())?;
    twin(page::QUESTIONS, parts.questions())?;
    twin(page::GLOSSARY, parts.glossary())?;
    twin(page::SOURCES, parts.sources())?;
    if let Some(inbound) = &api.inbound {
        for (group, provider) in inbound.providers() {
            let part = parts.provider(&inbound.api, group, provider);
            twin(&group.name, part)?;
        }
    }
    for group in &api.groups {
        twin(&group.name, parts.group(group))?;
    }
    Ok(files)
}

/// The list of pages, for models that read Markdown.
pub(in super::super) fn llms(links: &Links<'_>) -> String {
    let service = &links.api.service;
    let does = service
        .does
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let mut text = format!("# {}\n\n> {does}\n\n## Pages\n\n", service.title);
    for (name, title) in frame::pages(links.api) {
        if ![page::ENDPOINTS, page::SCOPES].contains(&name) {
            text += &format!("- [{title}]({name}.md)\n");
        }
    }
    text += "- [Scope matrix](scope-matrix.md): every endpoint with the least scope it needs\n";
    text += "- [api.json](api.json): everything, as JSON\n";
    for area in area::all(links) {
        text += &format!("\n## {}\n\n", area.title);
        for group in area.groups {
            text += &format!("- [{}]({}.md): {}\n", group.text, group.name, group.does);
        }
    }
    let providers = inbound::all(links);
    if !providers.is_empty() {
        text += &format!("\n## {}\n\n", inbound::TITLE);
    }
    for one in providers {
        text += &format!("- [{}]({}.md): {}\n", one.title, one.name, one.does);
    }
    text
}

/// The pages by their addresses, one per line: absolute if the site is published.
pub(in super::super) fn sitemap(api: &Api, files: &[File]) -> String {
    let names = files.iter().filter_map(|file| file.path.rsplit('/').next());
    let pages = names.filter(|name| name.ends_with(".html") && *name != "404.html");
    let address = |name: &str| api.page_of_site(name).unwrap_or_else(|| name.to_owned());
    pages.map(|name| address(name) + "\n").collect()
}
