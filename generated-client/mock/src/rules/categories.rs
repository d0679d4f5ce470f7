//! Category trees: the parent and depth of a category, and the tree as a single response.

use std::sync::Arc;

use serde_json::{Value, json};

use super::fields::{get, items, or, says, slug, text};
use super::pictures::{removed, uploaded};
use super::{
    Context, Looking, Rules, Seeding, Settings, Special, Told, Write, Written, object, refuse,
};
use crate::refusal::Refusal;
use crate::state::{Key, Record};
use crate::values::key_of;

pub(super) struct Trees;
pub(super) struct Categories;

/// The maximum number of ancestors of a category.
const DEEPEST: usize = 6;

impl Rules for Trees {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/trees",
            name: "category_trees",
            file: Some("categories.rs"),
            ..Settings::USUAL
        }
    }

    fn write(&self, _: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if write.before.is_some() {
            return match write.sent("channels") {
                true => refuse("channels", "The channel of a tree cannot be changed"),
                false => Ok(()),
            };
        }
        if items(&write.body["channels"]).len() != 1 {
            return refuse("channels", "A new tree must be assigned to one channel");
        }
        match says(&write.body["name"]) {
            true => Ok(()),
            false => refuse("name", "A new tree must have a name"),
        }
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        (looking.field == "channel_id").then(|| get(record, "channels").clone())
    }

    fn channel(&self, _: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        let channel = items(get(record, "channels")).first()?.as_i64()?;
        Some((channel, Value::Null))
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        let tree = json!({ "name": "Default catalog tree", "channels": [1] });
        seeding.put("categories.trees", [tree])
    }
}

impl Rules for Categories {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/trees/categories",
            name: "categories",
            file: Some("categories.rs"),
            also: &["catalog/categories"],
            first: 18,
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        const OWN: &[Special] = &[
            Special {
                id: "categories.tree",
                file: "categories.rs",
                answer_all: Some(tree),
                ..Special::USUAL
            },
            uploaded("categories.create_image", "categories"),
            removed("categories.delete_image", "categories"),
        ];
        OWN
    }

    fn starts(&self, context: &Context<'_>, _: &Record) -> Value {
        json!({
            "category_uuid": context.uuid(), "layout_file": "category.html", "is_visible": true,
            "default_product_sort": "use_store_settings",
        })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        hang(context, write, &write.body["tree_id"])
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        let own = get(record, "url");
        let path = match text(&own["path"]) {
            "" => {
                let above = context.one("categories", get(record, "parent_id"));
                let above = above.map(|above| text(&get(&above, "url")["path"]).to_owned());
                let above = above.unwrap_or_else(|| "/".to_owned());
                format!("{above}{}/", slug(text(get(record, "name"))))
            }
            path => path.to_owned(),
        };
        let customized = own["is_customized"] == true;
        let url = json!({ "path": path, "is_customized": customized });
        record.insert("url".to_owned(), url);
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        if looking.field == "id" {
            return Some(get(record, "category_id").clone());
        }
        let texts = ["name", "description", "search_keywords"];
        (looking.parameter == "keyword")
            .then(|| texts.iter().map(|name| get(record, name).clone()).collect())
    }

    fn event(&self, _: &Context<'_>, scope: &str, written: &Written) -> Told {
        match scope {
            // The id is a string here, and only here.
            "store/category/deleted" => {
                Told::Data(json!({ "type": "category", "id": written.key.to_string() }))
            }
            _ => Told::Usual,
        }
    }

    fn channel(&self, context: &Context<'_>, record: &Record) -> Option<(i64, Value)> {
        // A tree belongs to at most one channel.
        let tree = context.one("category_trees", get(record, "tree_id"))?;
        let (channel, _) = Trees.channel(context, &tree)?;
        let (id, tree) = (get(record, "category_id"), get(record, "tree_id"));
        Some((channel, json!({ "category_id": id, "tree_id": tree })))
    }

    fn seed(&self, seeding: &mut Seeding<'_>) -> Result<(), Refusal> {
        // Three at the top, five below them, one below Kitchen.
        const TREE: [(&str, &str); 9] = [
            ("House", ""),
            ("Outdoors", ""),
            ("Wardrobe", ""),
            ("Kitchen", "House"),
            ("Bath", "House"),
            ("Desk", "House"),
            ("Garden", "Outdoors"),
            ("Walking", "Outdoors"),
            ("Tableware", "Kitchen"),
        ];
        let tree = seeding.every("category_trees", "id").into_iter().next();
        for (at, (name, parent)) in TREE.iter().enumerate() {
            let ids = seeding.every("categories", "category_id");
            let above = TREE.iter().position(|(name, _)| name == parent);
            let above = above.and_then(|above| ids.get(above)).cloned();
            let body = json!({
                "tree_id": tree, "name": name, "parent_id": above.unwrap_or_else(|| json!(0)),
                "sort_order": at + 1,
            });
            seeding.make("categories.create", [body])?;
        }
        Ok(())
    }
}

/// Adds a category to a tree, or below another category.
pub(super) fn hang(
    context: &Context<'_>,
    write: &mut Write<'_>,
    given: &Value,
) -> Result<(), Refusal> {
    let parent = write.body["parent_id"].clone();
    let hangs = says(&parent);
    let above = || context.above("categories", &parent, "parent_id");
    if let Some(before) = write.before {
        return stays(context, write, before);
    }
    if hangs && above().len() > DEEPEST {
        return refuse("parent_id", "Categories nest at most 8 levels deep");
    }
    let parents = context.one("categories", &parent);
    let of_parent = parents.map(|parent| get(&parent, "tree_id").clone());
    let of_parent = of_parent.unwrap_or_default();
    if hangs && says(given) && *given != of_parent {
        return refuse("parent_id", "The parent category is in another tree");
    }
    let tree = or([given, &of_parent]);
    if !says(&tree) && !hangs {
        return refuse("tree_id", "There is no such tree");
    }
    write.set("tree_id", tree);
    write.set("parent_id", or([&parent, &json!(0)]));
    Ok(())
}

/// Rejects moving a category into itself, to a place where its subcategories would be too deep, or away from
/// them. The tree follows from the parent.
fn stays(context: &Context<'_>, write: &mut Write<'_>, before: &Record) -> Result<(), Refusal> {
    let own = get(before, "category_id");
    let parent = get(write.record, "parent_id").clone();
    let above = context.above("categories", &parent, "parent_id");
    if says(&parent) && (parent == *own || above.contains(own)) {
        return refuse("parent_id", "A category cannot be moved into itself");
    }
    let moves = parent != *get(before, "parent_id");
    if says(&parent) && moves && above.len() + height(context, own, DEEPEST + 1) > DEEPEST {
        return refuse("parent_id", "Categories nest at most 8 levels deep");
    }
    let of_parent = context.one("categories", &parent);
    let of_parent = of_parent.map(|parent| get(&parent, "tree_id").clone());
    if let Some(tree) = of_parent {
        if write.sent("tree_id") && *get(write.record, "tree_id") != tree {
            return refuse("parent_id", "The parent category is in another tree");
        }
        write.set("tree_id", tree);
    }
    let changes_tree = get(write.record, "tree_id") != get(before, "tree_id");
    if changes_tree && height(context, own, 1) > 0 {
        return refuse("tree_id", "Its subcategories are in its current tree");
    }
    Ok(())
}

/// How many levels of subcategories a category has, counted up to a maximum.
fn height(context: &Context<'_>, category: &Value, most: usize) -> usize {
    let Some(most) = most.checked_sub(1) else {
        return 0;
    };
    let below = context.all("categories", &[("parent_id", category.clone())]);
    let below = below
        .iter()
        .map(|own| 1 + height(context, get(own, "category_id"), most));
    below.max().unwrap_or_default()
}

/// The categories of a tree, with subcategories in `children`, by `sort_order`.
fn tree(
    context: &Context<'_>,
    found: &[(Key, Arc<Record>)],
    asked: &[(&'static str, String)],
) -> Value {
    let depth = asked.iter().find(|(parameter, _)| *parameter == "depth");
    let depth = depth.and_then(|(_, depth)| depth.parse().ok());
    let mut sorted: Vec<&Arc<Record>> = found.iter().map(|(_, record)| record).collect();
    sorted.sort_by_key(|record| get(record, "sort_order").as_i64());
    below(
        context,
        &sorted,
        &Key::Number(0),
        depth.unwrap_or(usize::MAX),
    )
}

fn below(context: &Context<'_>, sorted: &[&Arc<Record>], above: &Key, depth: usize) -> Value {
    let own = sorted
        .iter()
        .filter(|record| key_of(get(record, "parent_id")).as_ref() == Some(above));
    let node = |record: &&Arc<Record>| {
        let id = get(record, "category_id");
        let path = context.above("categories", id, "parent_id");
        let children = match (depth, key_of(id)) {
            (1.., Some(key)) => below(context, sorted, &key, depth - 1),
            _ => json!([]),
        };
        Value::Object(object(json!({
            "id": id,
            "parent_id": get(record, "parent_id"),
            "depth": path.len(),
            "path": path,
            "name": get(record, "name"),
            "is_visible": get(record, "is_visible"),
            "url": get(record, "url")["path"],
            "children": children,
        })))
    };
    own.map(node).collect()
}
