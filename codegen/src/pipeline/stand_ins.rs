//! The places where reading a spec had to insert stand-ins for what it has reported.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Segment, SpecPath};

type Place<'a> = (&'a str, &'a [Segment]);

/// The places of stand-ins, indexed so that checking another place does not visit all of them.
#[derive(Default)]
pub(super) struct StandIns<'a> {
    places: HashSet<Place<'a>>,
    around: HashSet<Place<'a>>,
}

impl<'a> StandIns<'a> {
    pub fn new(places: &'a [SpecPath]) -> Self {
        let mut all = Self::default();
        for path in places {
            all.places.insert((&path.file, &path.segments));
            all.around.extend(ways(path));
        }
        all
    }

    /// Whether it is about a stand-in, where there is nothing to add.
    pub fn explain(&self, diagnostic: &Diagnostic) -> bool {
        let mut labels = diagnostic.labels.iter();
        self.hold(&diagnostic.at) || labels.any(|(at, _)| self.hold(at) || self.lie_within(at))
    }

    /// Whether the path is one of them or inside one.
    fn hold(&self, path: &SpecPath) -> bool {
        ways(path).any(|way| self.places.contains(&way))
    }

    /// Whether the path is one of them or contains one.
    fn lie_within(&self, path: &SpecPath) -> bool {
        self.around.contains(&(&*path.file, &*path.segments))
    }
}

/// The path and every parent.
fn ways(path: &SpecPath) -> impl Iterator<Item = Place<'_>> {
    (0..=path.segments.len()).map(|end| (&*path.file, &path.segments[..end]))
}
