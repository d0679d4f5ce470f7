//! The initial records of a store that are created in the same way as by a client.

use serde_json::Value;

use super::Run;
use crate::exchange::Request;
use crate::refusal::Refusal;
use crate::rules::Seeding;
use crate::setting::Caller;
use crate::state::Change;

/// Creates a record for each body, as a call with these path parameters does.
pub(crate) fn make_seeds(
    seeding: &Seeding<'_>,
    endpoint: &str,
    path: &[(String, String)],
    bodies: &mut dyn Iterator<Item = Value>,
) -> Result<(), Refusal> {
    let endpoint = seeding.endpoint(endpoint)?;
    let (request, caller) = (Request::default(), Caller::default());
    let place = (
        seeding.catalogue,
        seeding.model,
        seeding.shelves,
        seeding.setting,
    );
    let run = Run::prepare(place, endpoint, path, &request, &caller)?;
    let mut change = Change::begin(seeding.shelves);
    for body in bodies {
        run.make_new(&mut change, body)?;
    }
    change.keep();
    Ok(())
}
