//! The parts of a path.

use crate::catalogue::Endpoint;
use crate::rules::ALL;

/// The parts of a path.
#[derive(Debug)]
pub(super) struct Place {
    /// Its literal segments, without version and parameters, at the collection's own path.
    pub(super) path: String,
    /// The parameters for parent records, and the paths of their collections.
    pub(super) above: Vec<(String, String)>,
    /// The parameter for the record itself.
    pub(super) key: Option<String>,
}

impl Place {
    pub(super) fn of(endpoint: &Endpoint) -> Self {
        let mut words: Vec<&str> = Vec::new();
        let mut above = Vec::new();
        let mut key: Option<String> = None;
        let mut path = endpoint.path.trim_matches('/');
        if endpoint.counts() || endpoint.stream.is_some() {
            // These are about the records at the path before them.
            path = path.rsplit_once('/').map_or(path, |(before, _)| before);
        }
        // Another server has no versions in its paths.
        let version = |first: &&str| matches!(*first, "v2" | "v3");
        let skipped = usize::from(path.split('/').next().as_ref().is_some_and(version));
        for segment in path.split('/').skip(skipped) {
            let parameter = segment
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'));
            match parameter {
                Some(name) => key = Some(name.to_owned()),
                None => {
                    above.extend(key.take().map(|name| (name, own_path(words.join("/")))));
                    words.push(segment);
                }
            }
        }
        Self {
            path: own_path(words.join("/")),
            above,
            key,
        }
    }
}

/// The path of the collection at this path, which may be an alias.
fn own_path(path: String) -> String {
    let mut known = ALL.iter().map(|rules| rules.settings());
    let own = known.find(|settings| settings.also.contains(&path.as_str()));
    own.map_or(path, |settings| settings.path.to_owned())
}
