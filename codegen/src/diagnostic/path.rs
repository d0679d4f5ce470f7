//! Places in the spec: a file and the keys and indices that lead to a node. They are cheap and know
//! no line numbers; [`super::locate`] finds those when there is something to report.

use std::ops::Range;

/// A step into a mapping or a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// The entry of this key.
    Key(String),
    /// The item at this index.
    Index(usize),
}

/// Which part of a node is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The whole file; nothing in it is underlined.
    File,
    Value,
    /// The key that leads to the value.
    Key,
    /// The key's repetition: 1 is the second time it stands there.
    RepeatedKey(usize),
    /// These bytes of the value's text.
    Part(Range<usize>),
    /// These bytes of the file, whatever stands there.
    Bytes(Range<usize>),
}

/// A place in the spec.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SpecPath {
    /// The file, relative to the spec folder.
    pub file: String,
    /// The way to the node.
    pub segments: Vec<Segment>,
    /// Which part of the node is meant.
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

    /// Whether `self` is `other` or lies within it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.file == other.file && self.segments.starts_with(&other.segments)
    }
}

/// The longest way any rule goes, such as that to a form inside the forms of a store's seeds.
const MAX_STEPS: usize = 12;

/// The way to a node while rules walk the document. It is copied instead of allocated, since
/// nearly all of the nodes it names turn out to be in order.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    file: &'a str,
    steps: [Step<'a>; MAX_STEPS],
    len: usize,
    moved: Option<Moved<'a>>,
}

/// Keys of a node that stand somewhere else.
#[derive(Clone, Copy, Debug)]
pub struct Moved<'a> {
    /// The file.
    pub file: &'a str,
    /// The way to where they stand.
    pub way: &'a [Segment],
    /// The keys below it that are the node's, with the way to them.
    pub keys: (&'a [Segment], &'a [String]),
    /// Keys of the node, each with the one below `way` that has its value.
    pub given: &'a [(String, String)],
}

impl<'a> Moved<'a> {
    /// Where a key stands, unless it is in its place.
    fn key(&self, key: &str) -> Option<At<'a>> {
        let (below, keys) = self.keys;
        if let Some(own) = keys.iter().find(|own| *own == key) {
            return Some(self.at(below).key(own));
        }
        let (_, given) = self.given.iter().find(|(own, _)| own == key)?;
        Some(self.at(&[]).key(given))
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

    /// The node, of which some keys stand somewhere else.
    #[must_use]
    pub const fn moved(self, moved: Moved<'a>) -> Self {
        Self {
            moved: Some(moved),
            ..self
        }
    }

    /// The file it lies in.
    #[must_use]
    pub const fn file(&self) -> &'a str {
        self.file
    }

    /// The entry called `key`.
    #[must_use]
    pub fn key(self, key: &'a str) -> Self {
        let moved = self.moved.and_then(|moved| moved.key(key));
        moved.unwrap_or_else(|| self.step(Step::Key(key)))
    }

    /// The item at `index`.
    #[must_use]
    pub fn index(self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    fn step(mut self, step: Step<'a>) -> Self {
        self.moved = None;
        // A way longer than any rule's own would only point at a node further out.
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

    /// The key that leads to the node; for an item of a list, its first line.
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

    /// The node with a focus of its own.
    #[must_use]
    pub fn with(self, focus: Focus) -> SpecPath {
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
