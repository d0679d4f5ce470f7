//! What a store keeps and enforces, as the catalogue has it. What a key means is said where the
//! spec's format is described; these are the same facts, read.

use indexmap::IndexMap;
use serde::Deserialize;

use super::call::Call;
use super::collection::Collection;
use crate::forms::Form;

pub(super) type Forms = IndexMap<String, Form>;

/// All the rules.
#[derive(Debug, Default, Deserialize)]
pub struct Rules {
    /// The records, by the names of their collections.
    #[serde(default)]
    pub collections: IndexMap<String, Collection>,
    /// What each call does, by the endpoint's id.
    #[serde(default)]
    pub calls: IndexMap<String, Call>,
    /// The bodies of refusals: by group, then by status, `usual` for the others.
    #[serde(default)]
    pub refusals: IndexMap<String, IndexMap<String, RefusalBody>>,
}

/// The form of a refusal's body.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum RefusalBody {
    /// `{"status", "title", "type", "errors"}`
    #[default]
    Problem,
    /// `[{"status", "message"}]`
    List,
    /// `{"errors": [{"status", "title", "type"}]}`
    Errors,
    /// A text.
    Text,
    /// Nothing.
    Empty,
}
