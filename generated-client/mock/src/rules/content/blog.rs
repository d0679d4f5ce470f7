//! The blog: its posts and their tags.

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::{get, items, says, slug, text};
use crate::rules::{Context, Looking, Rules, Settings, Special, Verb, Write};
use crate::state::{Key, Record};
use crate::values::canonical_time;

pub(in crate::rules) struct Posts;

const NAME: &str = "blog_posts";
const FILE: &str = "content/blog.rs";
/// The maximum length of a summary, in characters.
const SUMMARY: usize = 150;

impl Rules for Posts {
    fn settings(&self) -> Settings {
        Settings {
            path: "blog/posts",
            name: NAME,
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "blog_posts.list",
                file: FILE,
                // The latest posts come first.
                among: Some(|_, post| Some((-published(post)).into())),
                ..Special::USUAL
            },
            Special {
                id: "blog_posts.update",
                file: FILE,
                optional: &["is_published"],
                ..Special::USUAL
            },
            Special {
                id: "blog_tags.list",
                file: FILE,
                verb: Some(Verb::List),
                collection: Some(NAME),
                answer_all: Some(tags),
                ..Special::USUAL
            },
        ]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        // Without it a post is a draft.
        if !write.sent("is_published") {
            write.set("is_published", false);
        }
        let sent = canonical_time(&write.body["published_date"]);
        let before = write
            .before
            .map(|before| get(before, "published_date_iso8601").clone());
        let date = sent
            .map(Value::from)
            .or(before)
            .unwrap_or_else(|| context.now.as_str().into());
        write.set("published_date_iso8601", date.clone());
        write.set(
            "published_date",
            json!({ "date": date, "timezone_type": 1, "timezone": "+00:00" }),
        );
        if !says(get(write.record, "url")) {
            let url = format!("/blog/{}/", slug(text(get(write.record, "title"))));
            write.set("url", url);
        }
        Ok(())
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let summary: String = without_tags(text(get(record, "body")))
            .chars()
            .take(SUMMARY)
            .collect();
        let preview = format!(
            "{}{}?preview=1",
            context.setting.url,
            text(get(record, "url"))
        );
        record.insert("summary".to_owned(), summary.into());
        record.insert("preview_url".to_owned(), preview.into());
    }

    fn find(&self, context: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        match looking.field {
            "tag" => {
                let asked = context.query("tag").unwrap_or_default();
                let mut tags = items(get(record, "tags")).iter();
                let own = tags.find(|tag| text(tag).eq_ignore_ascii_case(asked));
                Some(own.cloned().unwrap_or_default())
            }
            "published_date" => Some(get(record, "published_date_iso8601").clone()),
            _ => None,
        }
    }
}

/// The publication time of a post, in seconds since 1970.
fn published(post: &Record) -> i64 {
    let date = text(get(post, "published_date_iso8601"));
    crate::values::unix(date).unwrap_or_default()
}

/// The text of HTML, without its tags.
fn without_tags(html: &str) -> String {
    let mut inside = false;
    let letters = html.chars().filter(|letter| match letter {
        '<' => {
            inside = true;
            false
        }
        '>' => !std::mem::take(&mut inside),
        _ => !inside,
    });
    letters.collect()
}

fn tags(_: &Context<'_>, found: &[(Key, Arc<Record>)], _: &[(&'static str, String)]) -> Value {
    let mut all: IndexMap<&str, Vec<&Value>> = IndexMap::new();
    for (_, post) in found {
        for tag in items(get(post, "tags")) {
            all.entry(text(tag)).or_default().push(get(post, "id"));
        }
    }
    all.into_iter()
        .map(|(tag, posts)| json!({ "tag": tag, "post_ids": posts }))
        .collect()
}
