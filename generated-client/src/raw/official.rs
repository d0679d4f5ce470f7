//! The paths that the official descriptions have (bigcommerce/docs at 24f580ca, of 2026-04-01), by
//! which the paths of raw calls are placed. The list is what `cargo xtask import --paths` makes of
//! the descriptions.

use std::sync::LazyLock;

use super::spelling::{is_parameter, means, word};

/// A line for each path: the path, its description, its methods, and after a `DELETE?` the parameters
/// of which that needs one.
const LIST: &str = include_str!("official.txt");

static PATHS: LazyLock<Vec<Official>> = LazyLock::new(|| LIST.lines().filter_map(read).collect());

/// A path of the official descriptions.
#[derive(Debug)]
pub(super) struct Official {
    parts: Vec<Part>,
    /// The parameters of which a `DELETE` needs one; none where it needs none.
    pub(super) filters: Vec<&'static str>,
}

/// A part of a path.
#[derive(Debug)]
enum Part {
    Word(String),
    Parameter,
}

impl Official {
    /// The path that a server could take these segments for, however they are spelled. Where several
    /// fit, that with the most words in common.
    pub(super) fn of(segments: &[String]) -> Option<&'static Self> {
        let fitting = PATHS.iter().filter(|path| path.fits(segments));
        fitting.min_by_key(|path| path.parameters())
    }

    /// How many parameters it has.
    pub(super) fn parameters(&self) -> usize {
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

fn read(line: &'static str) -> Option<Official> {
    let mut columns = line.split(' ');
    // What stands below another address is not reached by a store's token.
    let parts = columns.next()?.strip_prefix('/')?.split('/');
    let part = |part: &str| match is_parameter(part) {
        true => Part::Parameter,
        false => Part::Word(word(part)),
    };
    let filters = columns.find_map(|column| column.strip_prefix("DELETE?"));
    Some(Official {
        parts: parts.map(part).collect(),
        filters: filters.map_or(Vec::new(), |names| names.split(',').collect()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read_and_found_again() {
        assert_eq!(LIST.lines().count(), 343);
        let mut operations = 0;
        for line in LIST.lines() {
            operations += line.split(' ').skip(2).count();
            let path = line.split(' ').next().unwrap_or_default();
            let Some(path) = path.strip_prefix('/') else {
                continue;
            };
            let segments: Vec<String> = path.split('/').map(str::to_owned).collect();
            let found = Official::of(&segments).map(Official::parameters);
            assert_eq!(found, Some(path.matches('{').count()), "{path}");
        }
        assert_eq!(operations, 696);
    }
}
