//! Places in the spec: a file with the keys and indices that lead to a node. They are cheap and have no
//! line numbers; [`super::locate`] finds those when there is something to report.

use std::ops::Range;

/// A step into a mapping or a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// The entry of this key.
    Key(String),
    /// The item at this index.
    Index(usize),
}

/// The part of a node that is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The whole file, without underlining anything.
    File,
    Value,
    /// The key of the value.
    Key,
    /// The repetition of the key: 1 is its second occurrence.
    RepeatedKey(usize),
    /// These bytes of the value's text.
    Part(Range<usize>),
    /// These bytes of the file, whatever they contain.
    Bytes(Range<usize>),
}

/// A place in the spec.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SpecPath {
    /// The file, relative to the spec folder.
    pub file: String,
    /// The path to the node.
    pub segments: Vec<Segment>,
    /// The part of the node that is meant.
    pub focus: Focus,
}

impl SpecPath {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            segments: Vec::new(),
            focus: Focus::File,
        }
    }

    /// Some bytes of a file.
    pub fn bytes(file: impl Into<String>, range: Range<usize>) -> Self {
        Self {
            file: file.into(),
            segments: Vec::new(),
            focus: Focus::Bytes(range),
        }
    }

    /// Whether `self` is `other` or inside it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.file == other.file && self.segments.starts_with(&other.segments)
    }
}

/// The longest path of any rule, such as that to a form inside the forms of a store's seeds.
const MAX_STEPS: usize = 12;

/// The path to a node while rules traverse the document. It is copied rather than allocated, because nearly
/// all nodes turn out to be valid.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    file: &'a str,
    steps: [Step<'a>; MAX_STEPS],
    len: usize,
    /// The keys that are written somewhere else, with the number of steps to the node that has them.
    moved: Option<(usize, Moved<'a>)>,
}

/// Keys of a node that are written somewhere else.
#[derive(Clone, Copy, Debug)]
pub struct Moved<'a> {
    /// The file.
    pub file: &'a str,
    /// The path to them.
    pub way: &'a [Segment],
    /// The keys below it that belong to the node, each with its path.
    pub keys: (&'a [Segment], &'a [String]),
    /// Paths from the node to values, each with the key below `way` that has the value.
    pub given: &'a [(Vec<Segment>, String)],
}

impl<'a> Moved<'a> {
    /// The place of a key, if it is written somewhere else.
    fn key(&self, key: &str) -> Option<At<'a>> {
        let (below, keys) = self.keys;
        let own = keys.iter().find(|own| *own == key)?;
        Some(self.at(below).key(own))
    }

    fn at(&self, below: &'a [Segment]) -> At<'a> {
        let way = self.way.iter().chain(below);
        way.fold(At::root(self.file), |at, step| match step {
            Segment::Key(key) => at.key(key),
            Segment::Index(index) => at.index(*index),
        })
    }
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Step<'_> {
    fn is(self, segment: &Segment) -> bool {
        match (self, segment) {
            (Self::Key(key), Segment::Key(other)) => key == other,
            (Self::Index(index), Segment::Index(other)) => index == *other,
            _ => false,
        }
    }
}

impl<'a> At<'a> {
    /// The root of a file.
    #[must_use]
    pub const fn root(file: &'a str) -> Self {
        Self {
            file,
            steps: [Step::Index(0); MAX_STEPS],
            len: 0,
            moved: None,
        }
    }

    /// The node, with some keys that are written somewhere else.
    #[must_use]
    pub const fn moved(self, moved: Moved<'a>) -> Self {
        Self {
            moved: Some((self.len, moved)),
            ..self
        }
    }

    /// The entry called `key`.
    #[must_use]
    pub fn key(self, key: &'a str) -> Self {
        let moved = self.moved.filter(|(from, _)| *from == self.len);
        let moved = moved.and_then(|(_, moved)| moved.key(key));
        moved.unwrap_or_else(|| self.step(Step::Key(key)))
    }

    /// The item at `index`.
    #[must_use]
    pub fn index(self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    fn step(mut self, step: Step<'a>) -> Self {
        // A path longer than that of any rule would only point to a parent.
        if let Some(free) = self.steps.get_mut(self.len) {
            *free = step;
            self.len += 1;
        }
        self
    }

    /// The node's value.
    #[must_use]
    pub fn value(self) -> SpecPath {
        self.with(Focus::Value)
    }

    /// The key of the node; for an item of a list, its first line.
    #[must_use]
    pub fn name(self) -> SpecPath {
        match self.steps[..self.len].last() {
            Some(Step::Key(_)) => self.with(Focus::Key),
            Some(Step::Index(_)) | None => self.with(Focus::Value),
        }
    }

    /// Some bytes of the node's text.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> SpecPath {
        self.with(Focus::Part(range))
    }

    /// The node with another focus. A value that is an argument of a template is in the use that sets it.
    #[must_use]
    pub fn with(self, focus: Focus) -> SpecPath {
        self.given().unwrap_or(self).in_file(focus)
    }

    /// The node's value in the file that has the node, even if the value is an argument of a template: what an
    /// edit of just this node changes.
    #[must_use]
    pub fn own_value(self) -> SpecPath {
        self.in_file(Focus::Value)
    }

    /// The same place in the argument that is the value of the node, or of one around it.
    fn given(&self) -> Option<Self> {
        let (from, moved) = self.moved?;
        let below = self.steps.get(from..self.len)?;
        let mut given = moved.given.iter();
        let (way, argument) = given.find(|(way, _)| {
            let mut steps = way.iter().zip(below);
            way.len() <= below.len() && steps.all(|(own, step)| step.is(own))
        })?;
        let rest = below.get(way.len()..)?;
        let argument = moved.at(&[]).key(argument);
        Some(rest.iter().fold(argument, |at, step| at.step(*step)))
    }

    fn in_file(self, focus: Focus) -> SpecPath {
        let segments = self.steps[..self.len]
            .iter()
            .map(|step| match *step {
                Step::Key(key) => Segment::Key(key.to_owned()),
                Step::Index(index) => Segment::Index(index),
            })
            .collect();
        SpecPath {
            file: self.file.to_owned(),
            segments,
            focus,
        }
    }
}
