//! The way from a checked document to files, readable in one place.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::{
    model::{self, Api},
    render::{self, File, Region},
    schema_json,
    source::Sources,
    spec::Document,
};

/// Something the pipeline makes from the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// The Rust client.
    Client,
    /// The scope matrix.
    Scopes,
    /// The reference in Markdown and JSON.
    Docs,
    /// The JSON Schemas of the spec's own format.
    Format,
}

impl Output {
    /// Every one, in the order they are made.
    pub const ALL: [Self; 4] = [Self::Client, Self::Scopes, Self::Docs, Self::Format];

    /// The word for it on the command line and in the manifest.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Scopes => "scopes",
            Self::Docs => "docs",
            Self::Format => "format",
        }
    }
}

/// What the spec amounts to, with every file that is made from it.
#[derive(Debug)]
pub struct Rendered {
    /// The files, by the output they belong to.
    pub files: Vec<(Output, File)>,
    /// Parts of files that are otherwise kept by hand.
    pub regions: Vec<(Output, Region)>,
}

/// Why a document that passed its checks could not be rendered. Each is a defect of this crate.
#[derive(Debug)]
pub struct PipelineError(Box<dyn std::error::Error + Send + Sync>);

impl fmt::Display for PipelineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for PipelineError {}

/// Resolves a document into the model.
pub fn model(document: &Document) -> Result<Api, PipelineError> {
    model::build(document).map_err(|error| PipelineError(error.into()))
}

/// Renders the outputs asked for.
pub fn render(api: &Api, outputs: &[Output]) -> Result<Rendered, PipelineError> {
    let mut rendered = Rendered {
        files: Vec::new(),
        regions: Vec::new(),
    };
    for &output in outputs {
        let files = match output {
            Output::Client => {
                rendered.regions.push((output, render::rust::features(api)));
                render::rust::render(api).map_err(|error| PipelineError(error.into()))?
            }
            Output::Scopes => {
                render::scopes::render(api).map_err(|error| PipelineError(error.into()))?
            }
            Output::Docs => {
                let mut files =
                    render::catalogue::render(api).map_err(|error| PipelineError(error.into()))?;
                files.extend(
                    render::docs::markdown(api).map_err(|error| PipelineError(error.into()))?,
                );
                files
            }
            Output::Format => schema_json::files()
                .into_iter()
                .map(|(name, text)| File {
                    path: format!("spec/schema/{name}"),
                    text,
                })
                .collect(),
        };
        rendered
            .files
            .extend(files.into_iter().map(|file| (output, file)));
    }
    rendered.files.sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
    Ok(rendered)
}

/// The hash of a spec: of every file's path and text, in order.
pub fn hash(sources: &Sources) -> String {
    let mut hash = Sha256::new();
    for (path, text) in sources.iter() {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update(text.replace("\r\n", "\n").as_bytes());
        hash.update([0]);
    }
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
