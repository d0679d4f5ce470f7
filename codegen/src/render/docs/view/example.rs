//! The example of a call in Rust, with its types imported so that the call itself stays short.

use crate::{
    model::{Api, Call, Endpoint, call, call_of_all, call_of_job},
    render::rust_text::{Bare, Speller, formatted},
};

/// The lines of an endpoint's example.
pub(super) fn text(api: &Api, endpoint: &Endpoint) -> String {
    written(api, &call(api, endpoint))
}

/// The lines of the example of its call for any number of items.
pub(super) fn of_all(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let call = call_of_all(api, endpoint)?;
    Some(written(api, &call))
}

/// The lines of the example of the call that waits for its job.
pub(super) fn of_job(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let call = call_of_job(api, endpoint)?;
    Some(written(api, &call))
}

fn written(api: &Api, call: &Call<'_>) -> String {
    let mut speller = Speller::new(api, Bare::All);
    let call = speller.call(call);
    let mut text = String::new();
    for path in &speller.uses {
        text += &format!("use {path};\n");
    }
    if !speller.uses.is_empty() {
        text.push('\n');
    }
    text + &formatted(&format!("store.{call}.await?;")).join("\n")
}
