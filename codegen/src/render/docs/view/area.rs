//! Groups of groups: those that one cargo feature compiles are one area of the API.

use serde::Serialize;

use super::{
    super::text::{capital, prose},
    Links,
};

/// An area of the API.
#[derive(Debug, Serialize)]
pub(in super::super) struct Area {
    pub name: String,
    pub title: String,
    /// The title as a heading of a page that has others: one that no other heading has.
    pub heading: String,
    /// How many endpoints its groups have.
    pub total: usize,
    pub groups: Vec<Part>,
}

/// A group of an area.
#[derive(Debug, Serialize)]
pub(in super::super) struct Part {
    pub name: String,
    pub text: String,
    pub href: String,
    pub does: String,
    pub total: usize,
}

/// The areas, in the order of their first groups.
pub(in super::super) fn all(links: &Links<'_>) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    for group in &links.api.groups {
        let part = Part {
            name: group.name.clone(),
            text: prose(group.short_title()),
            href: links.file(&group.name),
            does: prose(&group.does),
            total: group.endpoints.len(),
        };
        match areas.iter_mut().find(|area| area.name == group.feature) {
            Some(area) => {
                area.total += part.total;
                area.groups.push(part);
            }
            None => areas.push(Area {
                title: title(links, &group.feature),
                heading: format!("Area: {}", title(links, &group.feature)),
                name: group.feature.clone(),
                total: part.total,
                groups: vec![part],
            }),
        }
    }
    areas
}

fn title(links: &Links<'_>, feature: &str) -> String {
    let mut groups = links.api.groups.iter();
    match groups.find(|group| group.name == feature) {
        Some(group) => group.short_title().to_owned(),
        None => capital(&feature.replace('_', " ")),
    }
}
