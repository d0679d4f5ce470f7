//! The areas of the API: each has the groups that one cargo feature enables.

use serde::Serialize;

use super::{
    super::text::{capital, prose},
    Links,
};
use crate::model::{Feature, GroupId};

/// An area of the API.
#[derive(Debug, Serialize)]
pub(in super::super) struct Area {
    pub name: String,
    /// Its name in the docs.
    pub title: String,
    /// The heading of the page that lists all of them.
    pub heading: String,
    /// Whether it has the name of one of its groups, whose page the search finds by that name.
    pub named_by_group: bool,
    /// How many endpoints its groups have.
    pub total: usize,
    pub groups: Vec<Part>,
}

/// A group of an area.
#[derive(Debug, Serialize)]
pub(in super::super) struct Part {
    #[serde(skip)]
    pub id: GroupId,
    pub name: String,
    pub text: String,
    pub href: String,
    pub does: String,
    pub total: usize,
}

/// The areas, in the order of their first groups.
pub(in super::super) fn all(links: &Links<'_>) -> Vec<Area> {
    let areas = links.api.features.iter().map(|feature| {
        let groups = feature.groups.iter().map(|id| part(links, *id));
        let groups: Vec<Part> = groups.collect();
        let (own, is_group) = title(links, feature);
        Area {
            name: feature.name.clone(),
            heading: format!("Area: {own}"),
            named_by_group: is_group,
            title: own,
            total: groups.iter().map(|group| group.total).sum(),
            groups,
        }
    });
    areas.collect()
}

fn part(links: &Links<'_>, id: GroupId) -> Part {
    let group = links.api.group(id);
    Part {
        id,
        name: group.name.clone(),
        text: prose(group.short_title()),
        href: links.file(&group.name),
        does: prose(&group.does),
        total: group.endpoints.len(),
    }
}

/// Its title, and whether that is the title of one of its groups.
fn title(links: &Links<'_>, feature: &Feature) -> (String, bool) {
    match feature.titled_by {
        Some(id) => (links.api.group(id).short_title().to_owned(), true),
        None => (capital(&feature.name.replace('_', " ")), false),
    }
}
