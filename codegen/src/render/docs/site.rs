//! The HTML site: the same views as the Markdown reference, in pages that need no server, no script and no
//! other host. It is built, not committed.

mod many;
mod single;

use std::{cell::RefCell, sync::Arc};

use serde::Serialize;

use super::{
    distinct,
    engine::{ASSETS, Engine},
    html::Seen,
    names::Names,
    view::{Links, Output, fields, frame, search, twins},
};
use crate::{
    model::Api,
    render::{Defect, File},
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
    let links = links_to(api);
    let mut files = single::orientation(&site)?;
    files.extend(many::groups(&site)?);
    files.extend(many::providers(&site)?);
    files.extend(single::reference(&site)?);
    files.extend(many::scopes(&site)?);
    files.extend(many::told(&links)?);
    files.extend(single::matters(&site)?);
    files.extend(many::guides(&site)?);
    files.extend(many::diagnostics(&site)?);
    files.extend(single::coverage(&site)?);
    files.extend(ASSETS.iter().map(|(name, text)| File {
        path: format!("{ROOT}/{}", name.rsplit('/').next().unwrap_or(name)),
        text: (*text).to_owned(),
    }));
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
