//! The single image of a resource: uploaded as a form, returned as a URL, and deleted.

use serde_json::{Value, json};

use super::fields::get;
use super::{Context, Special, Verb, Write};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

/// The default file name extensions of images that the API accepts.
pub(super) const ENDINGS: &[&str] = &["gif", "jpg", "jpeg", "png"];

/// The operation that uploads the image of a record in this collection.
pub(super) const fn uploaded(id: &'static str, collection: &'static str) -> Special {
    Special {
        id,
        file: "pictures.rs",
        verb: Some(Verb::Update),
        collection: Some(collection),
        endings: ENDINGS,
        write: Some(keep),
        answer: Some(address),
        ..Special::USUAL
    }
}

/// The operation that deletes the image of a record in this collection.
pub(super) const fn removed(id: &'static str, collection: &'static str) -> Special {
    Special {
        write: Some(clear),
        ..uploaded(id, collection)
    }
}

/// The URL is derived from the file.
fn keep(_: &Context<'_>, _: &mut Write<'_>) -> Result<(), Refusal> {
    Ok(())
}

fn clear(_: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
    write.set("image_url", "");
    Ok(())
}

fn address(_: &Context<'_>, _: &Wanted, record: &Record) -> Value {
    json!({ "image_url": get(record, "image_url") })
}
