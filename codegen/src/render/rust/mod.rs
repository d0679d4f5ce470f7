//! The client: one folder per group with small files, the catalogue of endpoints, scopes and events, and the
//! module with all of them. Files are independent, so they are made in parallel.

mod bulk;
mod catalogue;
mod client;
mod conflicts;
mod docs;
mod emit;
mod event_data;
mod examples;
mod facts;
mod group;
mod handle;
mod job;
mod model;
mod one_of;
mod print;
mod reach;
mod registry;
mod request;
mod service;
mod setter;
mod turns;
mod ty;

use rayon::prelude::*;

use self::emit::{Emit, Source};
use super::{Defect, File, Region};
use crate::model::{Api, Feature, Home};

const ROOT: &str = "generated-client/src/generated";

/// Renders the client.
pub fn render(api: &Api) -> Result<Vec<File>, Defect> {
    let mut sources = client::sources(api);
    sources.extend(catalogue::sources(api));
    for group in &api.groups {
        sources.extend(group::sources(api, group));
    }
    sources.extend(group::shared_sources(api, Home::Shared, "shared.yaml"));
    sources.extend(group::shared_sources(api, Home::Events, "events.yaml"));
    sources.extend(registry::sources(api));
    sources.into_par_iter().map(Source::format).collect()
}

/// The cargo features of the groups, which are in a manifest that is otherwise kept by hand.
pub fn features(api: &Api) -> Region {
    let mut text = String::from("# Every group.\nall = [\n");
    for feature in &api.features {
        text += &format!("    \"{}\",\n", feature.name);
    }
    text += "]\n";
    for feature in &api.features {
        let needs = needed(api, feature).map(|it| format!("\"{it}\""));
        let needs: Vec<_> = needs.collect();
        text += &format!("{} = [{}]\n", feature.name, needs.join(", "));
    }
    let path = "generated-client/Cargo.toml".to_owned();
    Region {
        path,
        name: "features".to_owned(),
        text,
    }
}

/// The features of the groups whose handles return those of a feature.
fn needed<'a>(api: &'a Api, feature: &'a Feature) -> impl Iterator<Item = &'a str> {
    let own = feature.groups.iter().map(|id| api.group(*id));
    let above = own.filter_map(|group| Some(&*api.group(group.nested.as_ref()?.under).feature));
    let mut above: Vec<_> = above.filter(|it| *it != feature.name).collect();
    above.sort_unstable();
    above.dedup();
    above.into_iter()
}

/// A file whose tokens are made when its turn comes, so that each thread has only one in memory.
fn source<'a, E: Into<Emit>>(
    path: String,
    spec: &'a str,
    emit: impl Fn() -> E + Send + Sync + 'a,
) -> Source<'a> {
    Source {
        path: format!("{ROOT}/{path}"),
        spec,
        emit: Box::new(move || emit().into()),
    }
}
