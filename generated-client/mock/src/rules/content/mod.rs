//! What storefronts show in addition to the catalog: pages, redirects, scripts, widgets and the blog.

mod blog;
mod jobs;
mod pages;
mod places;
mod redirects;
mod scripts;
mod widgets;

pub(super) use self::blog::Posts;
pub(super) use self::jobs::Jobs;
pub(super) use self::pages::Pages;
pub(super) use self::places::{PageWidgets, Placements, Regions};
pub(super) use self::redirects::Redirects;
pub(super) use self::scripts::Scripts;
pub(super) use self::widgets::{Templates, Widgets};
