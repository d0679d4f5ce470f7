//! `coverage.json`: each official operation with its endpoints, or why it has none; and the same list for the
//! client, which identifies calls by it.

use serde::Serialize;

use super::{Defect, File, json_text};
use crate::model::{self, Api, Official, Share};

const JSON: &str = "generated-client/docs/coverage.json";
const LIST: &str = "generated-client/src/generated/official.txt";

/// Which official operations are covered.
#[derive(Serialize)]
struct Coverage<'a> {
    /// The version of the official description.
    version: &'a str,
    /// Those that an access token allows on the store's server.
    management: Share,
    /// The same on other servers.
    elsewhere: Share,
    /// How many of all operations BigCommerce calls. They are documented and have no client code.
    inbound: usize,
    /// Those that are left out.
    left_out: Vec<LeftOut<'a>>,
    /// Why the rest is not covered.
    later: Option<&'a str>,
    /// The official files.
    files: Vec<Description<'a>>,
}

#[derive(Serialize)]
struct Description<'a> {
    /// Without ending.
    file: &'a str,
    /// The title of the reason for leaving it out.
    left_out: Option<&'a str>,
    operations: Vec<Operation<'a>>,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    title: &'a str,
    why: &'a str,
    operations: usize,
}

#[derive(Serialize)]
struct Operation<'a> {
    method: &'static str,
    path: &'a str,
    /// Their ids in `api.json`.
    endpoints: Vec<&'a str>,
    /// Their ids among the calls that BigCommerce makes.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    inbound: &'a [String],
}

/// Renders `coverage.json`, if the spec lists official operations.
pub fn json(api: &Api) -> Result<Option<File>, Defect> {
    let Some(list) = &api.official else {
        return Ok(None);
    };
    let text = json_text::print(&coverage(api, list));
    Ok(Some(File {
        path: JSON.to_owned(),
        text: text.map_err(|cause| Defect::new("coverage.json", cause))?,
    }))
}

fn coverage<'a>(api: &'a Api, list: &'a Official) -> Coverage<'a> {
    let source = api.official_source();
    let (management, elsewhere) = list.shares();
    let left_out = list.left_out().into_iter();
    Coverage {
        version: source.map_or("", |source| &source.version),
        management,
        elsewhere,
        inbound: list.inbound(),
        left_out: left_out
            .map(|(out, operations)| LeftOut {
                title: &out.title,
                why: &out.why,
                operations,
            })
            .collect(),
        later: list.later.as_deref(),
        files: list.files.iter().map(|one| description(api, one)).collect(),
    }
}

fn description<'a>(api: &'a Api, file: &'a model::Description) -> Description<'a> {
    let operations = file.operations.iter().map(|one| {
        let endpoints = one.endpoints.iter().filter_map(|at| api.endpoints.get(*at));
        Operation {
            method: one.method.as_str(),
            path: &one.path,
            endpoints: endpoints.map(|it| it.id.as_str()).collect(),
            inbound: &one.inbound,
        }
    });
    Description {
        file: &file.file,
        left_out: file.out.as_ref().map(|out| out.title.as_str()),
        operations: operations.collect(),
    }
}

/// The paths of the official descriptions for the client, one per line; none if the spec does not list them.
pub fn list(api: &Api) -> File {
    let files = api.official.iter().flat_map(|official| &official.files);
    let lines = files.flat_map(|file| {
        let paths = file.paths.iter();
        paths.map(|(path, methods)| (path, &*file.file, methods))
    });
    let mut lines: Vec<_> = lines.collect();
    lines.sort_unstable();
    let lines = lines
        .iter()
        .map(|(path, file, methods)| format!("{path} {file} {methods}\n"));
    File {
        path: LIST.to_owned(),
        text: lines.collect(),
    }
}
