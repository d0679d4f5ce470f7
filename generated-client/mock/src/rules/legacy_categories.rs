//! The deprecated calls for categories: those of one channel's tree, under other names.

use serde_json::{Value, json};

use super::categories::hang;
use super::fields::{get, items, says, with};
use super::{Context, Special, Write};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

/// The operations on the records of the trees.
pub(super) static ALL: &[Special] = &[
    of("legacy_categories.list"),
    of("legacy_categories.create"),
    of("legacy_categories.get"),
    of("legacy_categories.update"),
    of("legacy_categories.delete"),
    Special {
        kept: Some(kept),
        ..of("legacy_categories.delete_matching")
    },
];

/// The channel of these calls.
const CHANNEL: i64 = 1;

const fn of(id: &'static str) -> Special {
    Special {
        id,
        file: "legacy_categories.rs",
        collection: Some("categories"),
        write: Some(write),
        answer: Some(shown),
        ..Special::USUAL
    }
}

fn write(context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    if let Some(given) = write.body.get("custom_url") {
        let url = json!({ "path": given["url"], "is_customized": given["is_customized"] });
        write.set("url", url);
    }
    let own = match write.before.is_none() && !says(&write.body["parent_id"]) {
        true => tree(context),
        false => Value::Null,
    };
    hang(context, write, &own)
}

/// Products have to be moved to another category first.
fn kept(context: &Context<'_>, category: &Record) -> Option<String> {
    let like = [("categories", get(category, "category_id").clone())];
    let holds = context.first("products", &like).is_some();
    holds.then(|| "The category has products".to_owned())
}

/// The tree that the channel shows.
fn tree(context: &Context<'_>) -> Value {
    let trees = context.all("category_trees", &[]);
    let own = trees
        .iter()
        .find(|tree| items(get(tree, "channels")).contains(&json!(CHANNEL)));
    own.map_or(Value::Null, |tree| get(tree, "id").clone())
}

fn shown(_: &Context<'_>, wanted: &Wanted, record: &Record) -> Value {
    let url = get(record, "url");
    let named = json!({
        "id": get(record, "category_id"),
        "custom_url": { "url": url["path"], "is_customized": url["is_customized"] },
    });
    let Value::Object(mut all) = with(&Value::Object(record.clone()), named) else {
        return Value::Null;
    };
    all.retain(|name, _| {
        let is_own = !matches!(
            name.as_str(),
            "category_id" | "category_uuid" | "tree_id" | "url"
        );
        let chosen = wanted.fields.as_ref();
        let chosen = chosen.is_none_or(|fields| fields.contains(name));
        is_own && (name == "id" || (chosen && !wanted.without.contains(name)))
    });
    Value::Object(all)
}
