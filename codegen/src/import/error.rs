//! Why a file could not be imported.

use std::fmt;

/// Why a file could not be imported.
#[derive(Debug)]
#[non_exhaustive]
pub enum ImportError {
    /// The text is not JSON.
    Json(serde_json::Error),
    /// The text is not YAML.
    Description(serde_yaml::Error),
    /// The importer's own data is not YAML.
    Yaml(serde_yaml::Error),
    /// An existing file of the spec cannot be read, or has no place for additions.
    File {
        /// Its place below the spec folder.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// It is JSON, but not an OpenAPI description.
    NotOpenApi(String),
    /// A requested operation or tag is not in the file.
    Unknown {
        /// What was requested: `operation` or `tag`.
        what: &'static str,
        name: String,
        /// The most similar name in the file.
        nearest: Option<String>,
    },
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "the file is not JSON: {error}"),
            Self::Description(error) => write!(f, "the file is not YAML: {error}"),
            Self::Yaml(error) => write!(f, "the importer's facts are not YAML: {error}"),
            Self::File { file, why } => write!(f, "{file} cannot be extended: {why}"),
            Self::NotOpenApi(why) => write!(f, "the file is not an OpenAPI 3 description: {why}"),
            Self::Unknown {
                what,
                name,
                nearest,
            } => {
                write!(f, "the file has no {what} `{name}`")?;
                match nearest {
                    Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
                    None => Ok(()),
                }
            }
        }
    }
}

// Its own message contains that of the error that caused it.
impl std::error::Error for ImportError {}
