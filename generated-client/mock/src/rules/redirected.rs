//! Redirects from an old URL to its resource, created when a change of the URL requests them.

use serde_json::{Value, json};

use super::channels::site_of;
use super::fields::get;
use super::{Work, Written, object};
use crate::refusal::Refusal;
use crate::state::Record;

const REDIRECTS: &str = "redirects";

/// Redirects the old URL of a resource to it, if requested.
pub(super) fn keep(work: &mut Work<'_, '_>, kind: &str, written: &Written) -> Result<(), Refusal> {
    let url = |record: &Record| get(record, "custom_url")["url"].clone();
    let Some(before) = written.before.as_deref().map(url) else {
        return Ok(());
    };
    let now = url(&written.record);
    if written.body["custom_url"]["create_redirect"] != true || before == now {
        return Ok(());
    }
    let context = work.context();
    let from = |path: &Value| context.first(REDIRECTS, &[("from_path", path.clone())]);
    // A redirect from the new URL would create a loop.
    let (known, away) = (from(&before), from(&now));
    let site = site_of(context, &json!(1));
    let to = json!({ "type": kind, "entity_id": written.key.value() });
    if let Some(away) = away {
        work.remove(REDIRECTS, get(&away, "id"))?;
    }
    match known {
        Some(known) => work.amend(REDIRECTS, get(&known, "id"), json!({ "to": to })),
        None => {
            let own = json!({ "site_id": site, "from_path": before, "to": to });
            work.make(REDIRECTS, object(own)).map(drop)
        }
    }
}
