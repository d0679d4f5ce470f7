//! The one picture of a thing: uploaded as a form, told by its address, and taken away.

use serde_json::{Value, json};

use super::fields::get;
use super::{Context, Special, Verb, Write};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

/// How the names of the pictures end that the API takes where it says nothing else.
pub(super) const ENDINGS: &[&str] = &["gif", "jpg", "jpeg", "png"];

/// The operation that uploads the picture of a record of this collection.
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

/// The operation that takes the picture of a record of this collection away.
pub(super) const fn removed(id: &'static str, collection: &'static str) -> Special {
    Special {
        write: Some(clear),
        ..uploaded(id, collection)
    }
}

/// The address follows from the file.
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
