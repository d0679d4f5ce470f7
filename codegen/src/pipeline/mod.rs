//! The whole pipeline from a folder of YAML to files: read, load, resolve, render. Nothing here writes.

mod left_open;
mod said;
mod stand_ins;
#[cfg(test)]
mod tests;
mod unread;

use std::{collections::HashSet, path::Path};

pub use self::said::said;
use self::{left_open::LeftOpen, stand_ins::StandIns, unread::Unread};
use crate::{
    check,
    diagnostic::Diagnostics,
    explain, inbound,
    index::Index,
    language,
    load::{self, Loaded, Memo},
    model::{self, Api, Inbound},
    render::{self, Defect, File, Region},
    schema_json,
    source::Sources,
    spec::{Document, Official},
};

/// A spec that has been read and resolved.
#[derive(Debug, Default)]
pub struct Spec {
    /// The API it describes, if there are no errors.
    pub api: Option<Api>,
    /// The document it was resolved from, if there are no errors.
    pub document: Option<Document>,
    /// The providers whose servers BigCommerce calls, as a separate document, if there are any.
    pub inbound: Option<Document>,
    /// The texts it was read from, to draw the diagnostics with.
    pub sources: Sources,
    /// The problems, errors and warnings.
    pub diagnostics: Diagnostics,
}

/// The files that are made from a spec.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The files, by output.
    pub files: Vec<(Output, File)>,
    /// Regions of files that are otherwise kept by hand.
    pub regions: Vec<(Output, Region)>,
}

/// The whole pipeline: reads the spec in the folder `dir`, and renders the requested outputs unless it has
/// errors. `say` is called with the next step.
///
/// # Errors
///
/// If this crate has a defect.
pub fn run(
    dir: &Path,
    outputs: &[Output],
    say: impl Fn(&'static str),
) -> Result<(Spec, Rendered), Defect> {
    say("reading the spec");
    let loaded = load::load(dir);
    say("resolving the spec");
    let spec = judge(loaded);
    say("rendering");
    let rendered = match &spec.api {
        Some(api) => render(api, outputs)?,
        None => Rendered::default(),
    };
    Ok((spec, rendered))
}

/// Reads and resolves the spec in the folder `dir`.
#[must_use]
pub fn read(dir: &Path) -> Spec {
    judge(load::load(dir))
}

/// Resolves a spec whose texts are in memory.
#[must_use]
pub fn of(sources: Sources) -> Spec {
    judge(load::load_sources(sources))
}

/// The same for an edited spec: files that have not changed since `memo` are not read again.
#[must_use]
pub fn of_edited(memo: &Memo<'_>, sources: Sources) -> Spec {
    judge(load::load_edited(memo, sources))
}

/// Resolves what was loaded. Stand-ins cause no further reports, and neither do unreadable files.
fn judge(loaded: Loaded) -> Spec {
    let Loaded {
        document,
        rest,
        unread,
        sources,
        mut diagnostics,
        stand_ins,
    } = loaded;
    // A file that is not a mapping says as little as an unreadable one.
    let empty = stand_ins.iter().filter(|place| place.segments.is_empty());
    let empty: Vec<String> = empty.map(|place| place.file.clone()).collect();
    let has_no_list = empty.iter().any(|file| file == Official::FILE);
    let unread: Vec<String> = unread.into_iter().chain(empty).collect();
    let unread = Unread::new(&unread);
    diagnostics.retain(|diagnostic| !unread.hides_template(diagnostic));
    let unread = unread.without_templates(&diagnostics);
    let mut document = document.or(rest);
    // A list that cannot be read is treated as missing, not as empty.
    if let Some(document) = document.as_mut().filter(|_| has_no_list) {
        document.official = None;
    }
    let mut api = None;
    let inbound = document.as_ref().and_then(inbound::document);
    if let Some(document) = &document {
        let (resolved, mut found) = resolve_both(document, inbound.as_ref(), &sources);
        let (filled, open) = (StandIns::new(&stand_ins), LeftOpen::new(&stand_ins));
        found.retain(|diagnostic| {
            let is_consequence = filled.explain(diagnostic) || open.explain(diagnostic);
            !is_consequence && !unread.explain(diagnostic)
        });
        diagnostics.extend(found);
        api = resolved;
    }
    // A mistake in a template is in each group that it makes, and is reported once.
    let mut told = HashSet::new();
    diagnostics.retain(|one| told.insert((one.code.number, one.at.clone(), one.message.clone())));
    let sound = !diagnostics.has_errors();
    Spec {
        api: api.filter(|_| sound),
        inbound,
        document: document.filter(|_| sound),
        sources,
        diagnostics,
    }
}

/// Resolves a document into the API it describes, and reports everything that is wrong with it. There is no
/// API if there are errors.
#[must_use]
pub fn resolve(document: &Document, sources: &Sources) -> (Option<Api>, Diagnostics) {
    let inbound = inbound::document(document);
    resolve_both(document, inbound.as_ref(), sources)
}

/// The same, with the document of the providers.
fn resolve_both(
    document: &Document,
    inbound: Option<&Document>,
    sources: &Sources,
) -> (Option<Api>, Diagnostics) {
    let index = Index::new(document, sources);
    let mut found = Diagnostics::default();
    let mut api = model::resolve(&index, &mut found);
    check::check(&index, &mut found);
    if let Some(inbound) = inbound {
        let mut index = Index::new(inbound, sources);
        let mut problems = Diagnostics::default();
        let resolved = model::resolve(&index, &mut problems);
        index.leave_out_common();
        check::check(&index, &mut problems);
        problems.retain(inbound::concerns);
        found.extend(problems);
        api = api.zip(resolved).map(|(ours, api)| {
            let providers = document.inbound.clone();
            let inbound = Some(Box::new(Inbound { api, providers }));
            Api { inbound, ..ours }
        });
    }
    let sound = !found.has_errors();
    (api.filter(|_| sound), found)
}

/// Renders the requested outputs.
///
/// # Errors
///
/// If this crate has a defect.
pub fn render(api: &Api, outputs: &[Output]) -> Result<Rendered, Defect> {
    let mut rendered = Rendered::default();
    for &output in outputs {
        let files = match output {
            Output::Client => {
                rendered.regions.push((output, render::rust::features(api)));
                let mut files = render::rust::render(api)?;
                files.push(render::coverage::list(api));
                files
            }
            Output::Scopes => render::scopes::render(api)?,
            Output::Docs => {
                let mut files = render::catalogue::render(api)?;
                files.extend(render::docs::markdown(api)?);
                files.extend(render::coverage::json(api)?);
                files
            }
            Output::Format => schema_json::files()
                .into_iter()
                .map(|(name, text)| File {
                    path: format!("spec/schema/{name}"),
                    text,
                })
                .chain([File {
                    path: explain::PAGE.to_owned(),
                    text: explain::page(),
                }])
                .chain([File {
                    path: language::PAGE.to_owned(),
                    text: language::page(),
                }])
                .collect(),
        };
        rendered
            .files
            .extend(files.into_iter().map(|file| (output, file)));
    }
    rendered.files.sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
    Ok(rendered)
}

/// Something the pipeline makes from the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// The Rust client.
    Client,
    /// The scope matrix.
    Scopes,
    /// The reference in Markdown and JSON.
    Docs,
    /// The JSON Schemas of the spec's format, and the meaning of its diagnostics.
    Format,
}

impl Output {
    /// Every output, in the order in which they are made.
    pub const ALL: [Self; 4] = [Self::Client, Self::Scopes, Self::Docs, Self::Format];

    /// Its name on the command line and in the manifest.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Scopes => "scopes",
            Self::Docs => "docs",
            Self::Format => "format",
        }
    }
}
