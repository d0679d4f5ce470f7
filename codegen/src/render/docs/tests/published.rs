//! The site and the documentation of the client link to each other.

use super::*;
use crate::render::rust;

/// The URLs of a published site and of the client's documentation.
const SITE: &str = "https://docs.example.com/api/";
const RUSTDOC: &str = "https://docs.example.com/rust/";

#[test]
fn the_site_and_the_documentation_of_the_client_lead_to_each_other() {
    let mut api = api();
    api.service.site = Some(SITE.to_owned());
    api.service.rustdoc = Some(RUSTDOC.to_owned());
    let (pages, rust) = (site(&api).unwrap(), rust::render(&api).unwrap());
    let text = |files: &[crate::render::File], path: &str| {
        let file = files.iter().find(|file| file.path == path);
        file.map(|file| file.text.clone())
    };
    for group in &api.groups {
        let name = &group.name;
        let folder = format!("generated-client/src/generated/{name}");
        let module = text(&rust, &format!("{folder}/mod.rs")).unwrap();
        let handles = text(&rust, &format!("{folder}/handle.rs")).unwrap();
        let page = text(&pages, &format!("target/site/{name}.html")).unwrap();
        // A link to an existing item of each.
        let (head, below) = page.split_once("<h2 id=\"").unwrap();
        let links = |part| {
            let links = values(part, " href=\"");
            links.filter_map(|href| href.strip_prefix(RUSTDOC))
        };
        let types = links(below);
        let links: Vec<&str> = links(head).collect();
        assert_eq!(links.first(), Some(&&*format!("{name}/index.html")));
        assert!(links.len() > 1, "{name} has no handle");
        for link in &links[1..] {
            let item = link.strip_prefix(&format!("{name}/struct.")).unwrap();
            let item = item.strip_suffix(".html").unwrap();
            assert!(handles.contains(&format!("pub struct {item} {{")), "{link}");
        }
        // A link to each type, which is declared in the module that the link names.
        for link in types {
            let (module, item) = link.split_once('/').unwrap();
            let item = item.strip_suffix(".html").unwrap();
            let (_, item) = item.split_once('.').unwrap();
            let folder = format!("generated-client/src/generated/{module}/");
            let mut files = rust.iter().filter(|file| file.path.starts_with(&folder));
            let declared = [" {", "("].map(|behind| format!(" {item}{behind}"));
            let declares = |text: &str| declared.iter().any(|part| text.contains(part));
            assert!(files.any(|file| declares(&file.text)), "{link}");
        }
        // And back to the page.
        let back = format!("]({SITE}{name}.html)");
        assert!(module.contains(&back), "{name}: {module}");
        assert_eq!(handles.matches(&back).count(), links.len() - 1, "{name}");
    }
    let map = text(&pages, "target/site/sitemap.txt").unwrap();
    assert!(map.lines().count() > api.groups.len());
    for line in map.lines() {
        let page = line.strip_prefix(SITE).unwrap();
        assert!(
            text(&pages, &format!("target/site/{page}")).is_some(),
            "{line}"
        );
    }
    // Nothing links to an unpublished site.
    api.service.site = None;
    let rust = rust::render(&api).unwrap();
    assert!(
        rust.iter()
            .all(|file| !file.text.contains("on the docs site"))
    );
}
