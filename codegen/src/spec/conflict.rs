//! Facts on which the sources disagree.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fact on which the sources disagree.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// The fact: the name of a field in backticks, or a word such as `path`, `scope`, `event`, `limit`, `status`
    /// or `batch`. Any word may be used; only `scope` and `example` have an effect, the others are just shown.
    #[schemars(with = "String")]
    pub about: About,
    /// What the reference guide says.
    #[serde(default)]
    pub guide: Option<String>,
    /// What the official API description says.
    #[serde(default)]
    pub official: Option<String>,
    /// Which of them the spec follows.
    pub holds: Holds,
    /// Why, and what to do about it.
    pub why: String,
    /// The differences from the official description that this conflict covers, as `cargo xtask upstream`
    /// reports them. They are recorded for this endpoint alone.
    #[serde(default)]
    pub differs: Vec<String>,
    /// Differences that this conflict covers in several endpoints of the group, or in others than its own.
    #[serde(default)]
    pub differs_at: Vec<DiffersAt>,
    /// An open question. Answer it in the spec and remove this.
    #[serde(default)]
    pub todo: Option<String>,
}

/// Differences from the official description that endpoints of the group have in common.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiffersAt {
    /// The endpoints that have them, by their ids.
    pub endpoints: Vec<String>,
    /// The differences, as `cargo xtask upstream` reports them. Each of them is recorded for these endpoints alone.
    pub differs: Vec<String>,
}

/// What the sources disagree on. Code depends on scopes and examples, so these have variants; anything else
/// is only shown. Fields need backticks because the word alone is ambiguous: `status` is more often that of a
/// response than that of an order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum About {
    /// The scope.
    Scope,
    /// An example, which a description may lack.
    Example,
    /// A field, by its name.
    Field(String),
    /// Another fact.
    Other(String),
}

impl About {
    const SCOPE: &str = "scope";
    const EXAMPLE: &str = "example";

    /// The word or the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Scope => Self::SCOPE,
            Self::Example => Self::EXAMPLE,
            Self::Field(topic) | Self::Other(topic) => topic,
        }
    }
}

impl From<String> for About {
    fn from(topic: String) -> Self {
        let field = topic.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
        let field = field.filter(|name| !name.contains('`'));
        match (topic.as_str(), field) {
            (Self::SCOPE, _) => Self::Scope,
            (Self::EXAMPLE, _) => Self::Example,
            (_, Some(field)) => Self::Field(field.to_owned()),
            _ => Self::Other(topic),
        }
    }
}

impl Default for About {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

/// Which source is followed.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// The reference guide.
    #[default]
    Guide,
    /// The official description.
    Official,
    /// Both, each in its own place.
    Both,
}

impl Holds {
    /// The value in the YAML.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::Official => "official",
            Self::Both => "both",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::About;

    #[test]
    fn a_name_between_backticks_is_that_of_a_field_and_anything_else_is_a_word() {
        let about = |topic: &str| About::from(topic.to_owned());
        assert_eq!(about("`id`"), About::Field("id".to_owned()));
        assert_eq!(about("scope"), About::Scope);
        for word in ["id", "", "`", "`width` and `height`"] {
            assert_eq!(about(word), About::Other(word.to_owned()));
        }
    }
}
