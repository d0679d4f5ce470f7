//! By what an item of a list is known again: its id, or all of it where it has none.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::body::text;
use crate::envelope::is_wrapped;
use crate::json::{self, Decode, DecodeError, Reader, Shape};

/// What an item is known by, as it stands in the response.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Identity {
    hash: u64,
    own: bool,
}

impl Identity {
    fn of(raw: &str, own: bool) -> Self {
        let mut hasher = DefaultHasher::new();
        raw.hash(&mut hasher);
        let hash = hasher.finish();
        Self { hash, own }
    }

    /// Whether it is an id. Items without one may be equal and still be two.
    pub(super) const fn is_own(self) -> bool {
        self.own
    }
}

impl Decode for Identity {
    const KIND: &'static str = "value";
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let start = r.mark();
        let mut id = None;
        if r.peek()? == b'{' {
            r.begin()?;
            while let Some(key) = r.key()? {
                let value = r.raw()?;
                if key == "id" {
                    id = Some(Self::of(value, true));
                }
            }
            r.end();
        }
        match id {
            Some(id) => Ok(id),
            None => {
                r.back(&start);
                r.raw().map(|raw| Self::of(raw, false))
            }
        }
    }
}

/// The items of a list, in their order.
struct Identities(Vec<Identity>);

impl Decode for Identities {
    const KIND: &'static str = "list";
    const SHAPE: Shape = Shape::Any;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if !is_wrapped(r)? {
            return listed(r).map(Self);
        }
        let mut items = Vec::new();
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "data" if r.peek()? == b'[' => items = listed(r)?,
                _ => drop(r.raw()?),
            }
        }
        r.end();
        Ok(Self(items))
    }
}

fn listed(r: &mut Reader<'_>) -> Result<Vec<Identity>, DecodeError> {
    let mut items = Vec::new();
    r.begin_list()?;
    while r.item()? {
        items.push(Identity::decode(r)?);
    }
    Ok(items)
}

/// By what the items of a page are known; none where it cannot be read so.
pub(super) fn identities(body: &[u8]) -> Vec<Identity> {
    json::from_slice(text(body)).map_or_else(|_| Vec::new(), |Identities(items)| items)
}
