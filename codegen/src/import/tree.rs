//! The words of all paths as a tree, with their calls.

use indexmap::IndexMap;

use super::names;

/// The maximum number of words of a path. The API has fewer than half as many, and an unbounded tree could
/// overflow the stack.
const DEEPEST: usize = 32;

/// The calls at a word of the paths.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// How many calls there are, at the word itself or at single items.
    pub calls: usize,
    /// The generation of the first of them.
    pub generation: String,
    /// A call lists.
    pub lists: bool,
    /// A call reads everything at once, so it is not a list.
    pub whole: bool,
    /// There are single items below it.
    pub things: bool,
    /// The maximum number of parameters before it in a path.
    pub above: usize,
    pub below: IndexMap<String, Node>,
}

impl Node {
    /// Adds a call at the end of a path.
    pub(crate) fn add(&mut self, method: &str, path: &str, lists: bool) {
        if key(path).take(DEEPEST + 1).count() > DEEPEST {
            return;
        }
        let mut node = self;
        let mut parameters = 0;
        for segment in names::unversioned(path) {
            if segment.starts_with('{') {
                parameters += 1;
                node.things = true;
                continue;
            }
            node = node.below.entry(segment.to_owned()).or_default();
            node.above = node.above.max(parameters);
        }
        if node.calls == 0 {
            generation(path).clone_into(&mut node.generation);
        }
        node.calls += 1;
        let all = method == "get" && !path.ends_with('}');
        node.lists |= lists && all;
        node.whole |= !lists && all;
    }

    /// Whether the word is a collection, whose items have their own paths or are in a list.
    pub(crate) fn is_collection(&self, word: &str) -> bool {
        let last = names::words(word).pop().unwrap_or_default();
        let plural = names::singular(&last) != last;
        if ["count", SETTINGS].contains(&last.as_str()) {
            return false;
        }
        plural && (self.lists || self.things || self.calls > 1 && !self.whole)
    }
}

/// A plural that is read and changed as one resource.
pub(crate) const SETTINGS: &str = "settings";

/// The words of a path, without its generation and its parameters.
pub(crate) fn key(path: &str) -> impl Iterator<Item = &str> {
    names::unversioned(path).filter(|segment| !segment.starts_with('{'))
}

/// The generation at the start of a path.
pub(crate) fn generation(path: &str) -> &str {
    let first = path.split('/').find(|segment| !segment.is_empty());
    let first = first.unwrap_or_default();
    match names::unversioned(path).next() {
        Some(word) if word == first => "",
        _ => first,
    }
}
