//! The images of products: the renditions of each, and which of them is the thumbnail.

use std::sync::Arc;

use serde_json::{Value, json};

use super::owner::stays;
use crate::refusal::Refusal;
use crate::rules::fields::{get, says, slug, text, with};
use crate::rules::{Context, Rules, Settings, Told, Write, Written, object, refuse};
use crate::state::Record;
use crate::wanted::Wanted;

pub(in crate::rules) struct Images;

/// The source of an image: a URL, or the name of a file.
const SOURCE: &str = "source";
/// The order in which an image was set as the thumbnail; 0 if it was not.
const CLAIM: &str = "claim";
/// The maximum number of images of a product.
const MOST: usize = 1000;

impl Rules for Images {
    fn settings(&self) -> Settings {
        Settings {
            path: "catalog/products/images",
            name: "product_images",
            file: Some("products/images.rs"),
            // No response contains it.
            absent: &["image_url"],
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        stays(context, write)?;
        if write.before.is_none() {
            let product = context.parameter("product_id")?.value();
            let all = context.all("product_images", &[("product_id", product)]);
            if all.len() >= MOST {
                return refuse("images", "A product can have at most 1,000 images");
            }
        }
        if write.sent("image_file") {
            write.set(SOURCE, write.body["image_file"].clone());
        }
        if write.sent("is_thumbnail") {
            write.set(CLAIM, Value::Null);
        }
        Ok(())
    }

    fn derive(&self, context: &Context<'_>, record: &mut Record) {
        if let Some(url) = record.shift_remove("image_url").filter(says) {
            record.insert(SOURCE.to_owned(), url);
        }
        if get(record, CLAIM).is_null() {
            let claim = match says(get(record, "is_thumbnail")) {
                true => context.count("thumbnails"),
                false => 0,
            };
            record.insert(CLAIM.to_owned(), claim.into());
        }
        let source = text(get(record, SOURCE));
        let name = source.split(['?', '#']).next().unwrap_or_default();
        let name = name.rsplit('/').next().unwrap_or_default();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "jpg"));
        let (stem, ending) = (slug(stem), slug(ending));
        let (id, product) = (get(record, "id"), get(record, "product_id"));
        let address = |size: &str| {
            let root = &context.setting.url;
            format!("{root}/files/products/{product}/images/{id}/{stem}.{size}.{ending}")
        };
        record.extend(object(json!({
            "image_file": format!("sample/{stem}__{id}.{ending}"),
            "url_zoom": address("1280.1280"), "url_standard": address("560.850"),
            "url_thumbnail": address("330.500"), "url_tiny": address("66.100"),
        })));
    }

    fn show(
        &self,
        context: &Context<'_>,
        _: &Wanted,
        record: &Record,
        field: &str,
    ) -> Option<Value> {
        (field == "is_thumbnail").then(|| is_thumbnail(context, record).into())
    }

    fn event(&self, context: &Context<'_>, _: &str, written: &Written) -> Told {
        // Only the first thumbnail of a product fires an event, and that is its first image.
        let product = get(&written.record, "product_id");
        let others = context.all("product_images", &[("product_id", product.clone())]);
        match (&written.before, others.len()) {
            (None, 1) => Told::Data(json!({ "type": "product", "id": product })),
            _ => Told::Nothing,
        }
    }
}

/// The image that was set as the thumbnail last; the first one if none was.
pub(in crate::rules) fn first(context: &Context<'_>, product: &Value) -> Option<Arc<Record>> {
    let all = context.all("product_images", &[("product_id", product.clone())]);
    let claim = |image: &Arc<Record>| get(image, CLAIM).as_i64().unwrap_or_default();
    // Of several equal ones, `max_by_key` returns the last.
    all.into_iter().rev().max_by_key(claim)
}

/// The thumbnail of a product, as returned.
pub(super) fn thumbnail(context: &Context<'_>, product: &Value) -> Option<Value> {
    first(context, product).map(|image| shown(context, &image))
}

/// An image as the product returns it.
pub(super) fn shown(context: &Context<'_>, image: &Record) -> Value {
    let own = Value::Object(image.clone());
    with(
        &own,
        json!({ "is_thumbnail": is_thumbnail(context, image) }),
    )
}

fn is_thumbnail(context: &Context<'_>, image: &Record) -> bool {
    let first = first(context, get(image, "product_id"));
    first.is_some_and(|first| get(&first, "id") == get(image, "id"))
}
