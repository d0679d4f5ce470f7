//! The paths in the official descriptions (bigcommerce/docs at 24f580ca, of 2026-04-01). The list is
//! generated from `spec/official.yaml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::spelling::{is_parameter, means, word, words};

/// One line per path: the path, its description, its methods, and after `DELETE?` the parameters of
/// which that method requires one.
const LIST: &str = include_str!("../generated/official.txt");

static PATHS: LazyLock<Vec<Official>> = LazyLock::new(|| LIST.lines().filter_map(read).collect());

/// The words in the paths.
static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let parts = PATHS.iter().flat_map(|path| &path.parts);
    let word = |part: &'static Part| match part {
        Part::Word(word) => Some(word.as_str()),
        Part::Parameter => None,
    };
    parts.filter_map(word).collect()
});

/// A path of the official descriptions.
#[derive(Debug)]
pub(crate) struct Official {
    /// The path as described, such as `/v3/carts/{cartId}`.
    pub(crate) path: &'static str,
    parts: Vec<Part>,
    /// The parameters of which a `DELETE` requires one; empty if it requires none.
    pub(crate) filters: Vec<&'static str>,
}

/// A segment of a path.
#[derive(Debug)]
enum Part {
    Word(String),
    Parameter,
}

impl Official {
    /// The path that a server could take these segments for, in any spelling. If several match, the one
    /// with the most literal segments in common.
    pub(crate) fn of(segments: &[String]) -> Option<&'static Self> {
        let fitting = PATHS.iter().filter(|path| path.fits(segments));
        fitting.min_by_key(|path| path.parameters())
    }

    /// The other path that a server could take a filled-in template for: one with a literal segment
    /// where the template has a parameter.
    pub(crate) fn instead_of(
        template: &str,
        parameters: &[(&'static str, String)],
    ) -> Option<&'static Self> {
        if !parameters.iter().any(|(_, value)| is_word(value)) {
            return None;
        }
        let parts: Vec<&str> = template.split('/').skip(1).collect();
        let filled = |part: &&str| {
            let name = part.strip_prefix('{')?.strip_suffix('}')?;
            let given = parameters.iter().find(|(given, _)| *given == name)?;
            Some(given.1.clone())
        };
        let segments = parts
            .iter()
            .map(|part| filled(part).unwrap_or_else(|| (*part).to_owned()));
        let segments: Vec<String> = segments.collect();
        let differs = |path: &&Self| {
            let mut pairs = path.parts.iter().zip(&parts);
            pairs.any(|(own, part)| matches!(own, Part::Word(_)) && is_parameter(part))
        };
        let fitting = PATHS.iter().filter(|path| path.fits(&segments));
        fitting.filter(differs).min_by_key(|path| path.parameters())
    }

    /// The number of its parameters.
    pub(crate) fn parameters(&self) -> usize {
        let parts = self.parts.iter();
        parts.filter(|part| matches!(part, Part::Parameter)).count()
    }

    fn fits(&self, segments: &[String]) -> bool {
        let mut pairs = self.parts.iter().zip(segments);
        self.parts.len() == segments.len()
            && pairs.all(|(part, segment)| match part {
                Part::Parameter => true,
                Part::Word(word) => means(segment, word),
            })
    }
}

/// Whether a server could take a value for a literal segment of some path.
fn is_word(value: &str) -> bool {
    let number = value.bytes().all(|byte| byte.is_ascii_digit());
    !number
        && words(value)
            .next()
            .is_some_and(|first| WORDS.contains(&*first))
}

fn read(line: &'static str) -> Option<Official> {
    let mut columns = line.split(' ');
    let path = columns.next()?;
    // A store's token does not reach what is below another base URL.
    let parts = path.strip_prefix('/')?.split('/');
    let part = |part: &str| match is_parameter(part) {
        true => Part::Parameter,
        false => Part::Word(word(part)),
    };
    let filters = columns.find_map(|column| column.strip_prefix("DELETE?"));
    Some(Official {
        path,
        parts: parts.map(part).collect(),
        filters: filters.map_or(Vec::new(), |names| names.split(',').collect()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read_and_found_again() {
        // Those below another base URL are absolute.
        let own = LIST.lines().filter(|line| line.starts_with('/')).count();
        assert!(own > 0 && PATHS.len() == own, "{own}");
        for line in LIST.lines() {
            let path = line.split(' ').next().unwrap_or_default();
            let Some(path) = path.strip_prefix('/') else {
                continue;
            };
            let segments: Vec<String> = path.split('/').map(str::to_owned).collect();
            let found = Official::of(&segments).map(Official::parameters);
            assert_eq!(found, Some(path.matches('{').count()), "{path}");
        }
    }

    #[test]
    fn no_parameter_makes_another_path_of_a_template() {
        let paths = PATHS.iter().map(|path| path.path);
        let templates: Vec<&str> = paths.filter(|path| path.contains('{')).collect();
        let mut found = 0;
        for template in &templates {
            let parts: Vec<&str> = template.split('/').collect();
            for other in PATHS.iter() {
                let words: Vec<&str> = other.path.split('/').collect();
                let mut pairs = parts.iter().zip(&words);
                let fits = parts.len() == words.len()
                    && pairs.all(|(part, word)| part == word || is_parameter(part));
                if !fits || *template == other.path {
                    continue;
                }
                let given = |spell: &dyn Fn(&str) -> String| {
                    let pairs = parts.iter().zip(&words);
                    let pairs = pairs.filter(|(part, _)| is_parameter(part));
                    let pairs =
                        pairs.map(|(part, word)| (part.trim_matches(['{', '}']), spell(word)));
                    let given: Vec<(&'static str, String)> = pairs.collect();
                    Official::instead_of(template, &given).map(|other| other.path)
                };
                if parts
                    .iter()
                    .zip(&words)
                    .all(|(part, word)| is_parameter(part) == is_parameter(word))
                {
                    continue; // The same path with other names.
                }
                found += 1;
                for spelled in [
                    given(&str::to_owned),
                    given(&str::to_uppercase),
                    given(&|word| format!("{word}.json")),
                    given(&|word| format!(" {word};x=1")),
                ] {
                    assert!(spelled.is_some(), "{template} as {}", other.path);
                }
                assert_eq!(given(&|_| "b20deef4-0f96".to_owned()), None);
                assert_eq!(given(&|_| "7".to_owned()), None);
            }
        }
        assert!(found > 30, "{found}");
    }
}
