//! Finds the lines of reported differences, in the spec and in a description. A description is read again
//! only if there is something to report.

use serde_json::Value;

use super::{
    findings::in_body,
    read::{self, Text, Theirs},
};
use crate::{
    diagnostic::{Focus, Locator, Segment, SpecPath},
    import::{
        operation::Operation,
        read::list,
        resolve::{pointer, reference},
    },
    source::Sources,
};

/// How deep a schema is searched for a property.
const DEPTH: usize = 24;

/// The lines of both sides.
pub(super) struct Lines<'s> {
    sources: &'s Sources,
    ours: Locator<'s>,
    texts: &'s [Text<'s>],
    theirs: Locator<'s>,
}

impl<'s> Lines<'s> {
    /// `described` contains the texts of the descriptions under their names.
    pub(super) fn new(sources: &'s Sources, texts: &'s [Text<'s>], described: &'s Sources) -> Self {
        Self {
            sources,
            ours: Locator::new(sources),
            texts,
            theirs: Locator::new(described),
        }
    }

    /// The file and the line of a place in the spec.
    pub(super) fn ours(&mut self, path: &SpecPath) -> String {
        let file = self.sources.display_path(&path.file);
        with_line(file, line(&mut self.ours, path))
    }

    /// The file and the line of that place in a description, or of its nearest existing parent.
    pub(super) fn theirs(&mut self, theirs: Theirs, place: &str) -> Option<String> {
        let text = self.texts.get(theirs.file)?;
        let operation = read::operation(self.texts, theirs)?;
        let path = SpecPath {
            file: text.file.to_owned(),
            segments: Way::new(text, operation).to(place),
            focus: Focus::Key,
        };
        let line = line(&mut self.theirs, &path);
        Some(with_line(text.file.to_owned(), line))
    }
}

/// The file and the line of one place in the spec.
pub(super) fn of_spec(sources: &Sources, path: &SpecPath) -> String {
    let line = line(&mut Locator::new(sources), path);
    with_line(sources.display_path(&path.file), line)
}

fn line(locator: &mut Locator<'_>, path: &SpecPath) -> Option<usize> {
    locator.position(path).map(|(line, _)| line)
}

fn with_line(file: String, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("{file}:{line}"),
        None => file,
    }
}

/// A path through a description, following references.
struct Way<'t> {
    root: &'t Value,
    operation: Vec<Segment>,
}

impl<'t> Way<'t> {
    fn new(text: &'t Text<'_>, operation: &Operation) -> Self {
        let bare = text.bare(operation);
        Self {
            root: &text.root,
            operation: vec![key("paths"), key(bare), key(operation.method)],
        }
    }

    /// The path to what a difference is about, from its place.
    fn to(&self, place: &str) -> Vec<Segment> {
        let (of, place) = in_body(place);
        let (kind, rest) = place.split_once(' ').unwrap_or((place, ""));
        let found = match kind {
            "parameter" | "header" => self.parameter(rest),
            "success" | "error" => rest.rsplit(' ').next().and_then(|status| {
                let way = self.below(&["responses", status]);
                self.at(&way).map(|_| way)
            }),
            "body" => self.body(rest.strip_prefix("field ").unwrap_or_default()),
            "field" => self.response(of, rest),
            "the" if rest.starts_with("body") => self.body(""),
            "the" => self.response(of, ""),
            _ => None,
        };
        found.unwrap_or_else(|| self.operation.clone())
    }

    fn below(&self, keys: &[&str]) -> Vec<Segment> {
        let mut way = self.operation.clone();
        way.extend(keys.iter().map(|one| key(one)));
        way
    }

    fn at(&self, way: &[Segment]) -> Option<&'t Value> {
        way.iter().try_fold(self.root, |here, step| match step {
            Segment::Key(key) => here.get(key),
            Segment::Index(index) => here.get(index),
        })
    }

    /// The path and the value after following references.
    fn follow(&self, mut way: Vec<Segment>) -> Option<(Vec<Segment>, &'t Value)> {
        for _ in 0..DEPTH {
            let here = self.at(&way)?;
            match reference(here) {
                Some(target) => way = pointer(target).into_iter().map(|k| key(&k)).collect(),
                None => return Some((way, here)),
            }
        }
        None
    }

    fn parameter(&self, name: &str) -> Option<Vec<Segment>> {
        let name = name.split(' ').next().unwrap_or(name);
        let item = self.operation.get(..2)?.to_vec();
        for owner in [self.operation.clone(), item] {
            let (owner, value) = self.follow(owner)?;
            for index in 0..list(value, "parameters").len() {
                let mut way = owner.clone();
                way.extend([key("parameters"), Segment::Index(index)]);
                if let Some((mut way, parameter)) = self.follow(way)
                    && parameter.get("name").and_then(Value::as_str) == Some(name)
                {
                    way.push(key("name"));
                    return Some(way);
                }
            }
        }
        None
    }

    fn body(&self, names: &str) -> Option<Vec<Segment>> {
        let (way, _) = self.follow(self.below(&["requestBody"]))?;
        Some(self.property(self.content(way)?, names))
    }

    /// In the response of a status, or of the first success.
    fn response(&self, of: Option<&str>, names: &str) -> Option<Vec<Segment>> {
        let responses = self.at(&self.below(&["responses"]))?.as_object()?;
        let is_meant = |status: &&String| match of {
            Some(of) => *status == of,
            None => status.starts_with('2'),
        };
        let status = responses.keys().find(is_meant)?;
        let (way, _) = self.follow(self.below(&["responses", status]))?;
        let schema = self.content(way)?;
        // The compared value is in the envelope if there is one.
        let inner = self.step(schema.clone(), "data", DEPTH);
        Some(self.property(inner.unwrap_or(schema), names))
    }

    /// The schema of the content as JSON, otherwise of the first one.
    fn content(&self, mut way: Vec<Segment>) -> Option<Vec<Segment>> {
        way.push(key("content"));
        let content = self.at(&way)?.as_object()?;
        let json = content.keys().find(|media| media.contains("json"));
        way.push(key(json.or_else(|| content.keys().next())?));
        way.push(key("schema"));
        self.at(&way).map(|_| way)
    }

    /// The path to `a.b[].c` in a schema, as far as it exists.
    fn property(&self, schema: Vec<Segment>, names: &str) -> Vec<Segment> {
        let mut here = schema;
        for name in names.split('.') {
            let name = name.trim_end_matches("[]").trim_end_matches("{}");
            if name.is_empty() {
                continue;
            }
            match self.step(here.clone(), name, DEPTH) {
                Some(next) => here = next,
                None => break,
            }
        }
        here
    }

    /// The path to the property of this name, through references, parts, alternatives and items.
    fn step(&self, way: Vec<Segment>, name: &str, depth: usize) -> Option<Vec<Segment>> {
        let depth = depth.checked_sub(1)?;
        let (way, schema) = self.follow(way)?;
        let below = |steps: &[Segment]| {
            let mut way = way.clone();
            way.extend_from_slice(steps);
            way
        };
        if schema
            .pointer("/properties")
            .is_some_and(|all| all.get(name).is_some())
        {
            return Some(below(&[key("properties"), key(name)]));
        }
        let parts = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|word| {
            let count = list(schema, word).len();
            (0..count).map(move |index| vec![key(word), Segment::Index(index)])
        });
        let inner = ["items", "additionalProperties"].into_iter();
        let inner = inner.filter(|word| schema.get(word).is_some_and(Value::is_object));
        let inner = inner.map(|word| vec![key(word)]);
        let all: Vec<Vec<Segment>> = parts.chain(inner).collect();
        all.iter()
            .find_map(|steps| self.step(below(steps), name, depth))
    }
}

fn key(name: &str) -> Segment {
    Segment::Key(name.to_owned())
}
