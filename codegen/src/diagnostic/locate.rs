//! Finds the bytes a path means, by reading the file again with a probe that fails on purpose at the
//! node: the parser then tells where it stands. So nothing has to carry positions around, and the
//! parser that read the spec is the one that says where things are.

use std::{collections::HashMap, fmt, ops::Range};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Focus, Segment, SpecPath};
use crate::{
    load::scan::{Token, TokenKind, scan},
    source::Sources,
};

/// Finds places, remembering what it has found and scanned.
pub(super) struct Locator<'s> {
    sources: &'s Sources,
    tokens: HashMap<String, Vec<Token>>,
    found: HashMap<SpecPath, Option<Range<usize>>>,
}

impl<'s> Locator<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            tokens: HashMap::new(),
            found: HashMap::new(),
        }
    }

    /// The bytes of the file that `path` means; none for a file as a whole.
    pub(super) fn locate(&mut self, path: &SpecPath) -> Option<Range<usize>> {
        if let Some(found) = self.found.get(path) {
            return found.clone();
        }
        let found = self.find(path);
        self.found.insert(path.clone(), found.clone());
        found
    }

    fn find(&mut self, path: &SpecPath) -> Option<Range<usize>> {
        let text = self.sources.text(&path.file)?;
        match &path.focus {
            Focus::File => None,
            Focus::Bytes(range) => Some(one_line(text, range.clone())),
            Focus::Value => self.node(path, text, &steps(&path.segments)),
            Focus::Key => self.key(path, text, 0),
            Focus::RepeatedKey(times) => self.key(path, text, *times),
            Focus::Part(part) => {
                let whole = self.node(path, text, &steps(&path.segments))?;
                Some(within(text, &whole, part.clone()).unwrap_or(whole))
            }
        }
    }

    fn key(&mut self, path: &SpecPath, text: &str, times: usize) -> Option<Range<usize>> {
        let mut way = steps(&path.segments);
        if let Some(Step::Key(key)) = way.last().copied()
            && let Some(last) = way.last_mut()
        {
            *last = Step::KeyItself(key, times);
        }
        self.node(path, text, &way)
    }

    /// The node at the end of the way, or the nearest one around it that exists.
    fn node(&mut self, path: &SpecPath, text: &str, way: &[Step<'_>]) -> Option<Range<usize>> {
        if let Some(start) = probe(text, way) {
            return Some(self.extent(&path.file, text, start));
        }
        // What is not there is looked for where it should be: at the key or item around it.
        let (_, outer) = way.split_last()?;
        let mut outer = outer.to_vec();
        if let Some(last) = outer.last_mut()
            && let Step::Key(key) = *last
        {
            *last = Step::KeyItself(key, 0);
        }
        self.node(path, text, &outer)
    }

    /// The bytes of what starts at `start`: a scalar up to its end, a mapping's first line.
    fn extent(&mut self, file: &str, text: &str, start: usize) -> Range<usize> {
        let tokens = self
            .tokens
            .entry(file.to_owned())
            .or_insert_with(|| scan(text));
        let index = tokens.partition_point(|token| token.range.start < start);
        let line_end = text[start..]
            .find('\n')
            .map_or(text.len(), |length| start + length);
        let end = match tokens.get(index).filter(|token| token.range.start == start) {
            Some(token) if token.kind == TokenKind::FlowOpen => {
                closing(&tokens[index..]).unwrap_or(line_end)
            }
            Some(token) if token.kind == TokenKind::Block => line_end,
            Some(token) => token.range.end,
            None => line_end,
        };
        one_line(text, start..end)
    }
}

/// Where the flow collection ends whose opening comes first.
fn closing(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0_usize;
    for token in tokens {
        match token.kind {
            TokenKind::FlowOpen => depth += 1,
            TokenKind::FlowClose => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(token.range.end);
                }
            }
            _ => {}
        }
    }
    None
}

/// What of the range stands on its first line: underlining more helps nobody.
fn one_line(text: &str, range: Range<usize>) -> Range<usize> {
    let start = range.start.min(text.len());
    let end = range.end.clamp(start, text.len());
    let Some(part) = text.get(start..end) else {
        return start..start;
    };
    let line = part.split('\n').next().unwrap_or(part).trim_end();
    start..start + line.len()
}

/// The bytes of the file that are bytes `part` of the scalar at `whole`. None when the scalar's
/// spelling is not its value: with escapes, or folded over several lines.
fn within(text: &str, whole: &Range<usize>, part: Range<usize>) -> Option<Range<usize>> {
    let spelled = text.get(whole.clone())?;
    let quote = match spelled.chars().next()? {
        '|' | '>' => return None,
        '"' if spelled.contains('\\') => return None,
        '\'' if spelled[1..].trim_end_matches('\'').contains("''") => return None,
        '"' | '\'' => 1,
        _ => 0,
    };
    let limit = whole.end.checked_sub(quote)?;
    let start = whole.start.checked_add(quote)?.checked_add(part.start)?;
    let end = whole.start.checked_add(quote)?.checked_add(part.end)?;
    if start > end || end > limit {
        return None;
    }
    // Nothing can be drawn under no bytes, so a gap is shown by the character before it.
    let start = if start == end && start > whole.start {
        start - text.get(..start)?.chars().next_back()?.len_utf8()
    } else {
        start
    };
    text.get(start..end).map(|_| start..end)
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
    /// The key itself, the how-manieth time it stands there.
    KeyItself(&'a str, usize),
}

fn steps(segments: &[Segment]) -> Vec<Step<'_>> {
    segments
        .iter()
        .map(|segment| match segment {
            Segment::Key(key) => Step::Key(key),
            Segment::Index(index) => Step::Index(*index),
        })
        .collect()
}

/// Where the node at the end of the way starts.
fn probe(text: &str, way: &[Step<'_>]) -> Option<usize> {
    let document = serde_yaml::Deserializer::from_str(text).next()?;
    let error = Probe(way).deserialize(document).err()?;
    // Any other error is the parser's own: the node was not reached.
    if !error.to_string().contains(FOUND) {
        return None;
    }
    let start = error.location()?.index();
    text.is_char_boundary(start).then_some(start)
}

const FOUND: &str = "\u{1}found\u{1}";

struct Probe<'a>(&'a [Step<'a>]);

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.0.is_empty() {
            deserializer.deserialize_any(Found)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((step, rest)) = self.0.split_first() else {
            return Ok(());
        };
        let mut seen = 0;
        loop {
            let key = match *step {
                Step::KeyItself(key, times) => KeyName {
                    fails_at: Some((key, times, &mut seen)),
                },
                _ => KeyName { fails_at: None },
            };
            let Some(key) = map.next_key_seed(key)? else {
                return Ok(());
            };
            match *step {
                Step::Key(wanted) if wanted == key => map.next_value_seed(Probe(rest))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Some((step, rest)) = self.0.split_first() else {
            return Ok(());
        };
        for index in 0.. {
            let more = match *step {
                Step::Index(wanted) if wanted == index => {
                    list.next_element_seed(Probe(rest))?.is_some()
                }
                _ => list.next_element::<IgnoredAny>()?.is_some(),
            };
            if !more {
                break;
            }
        }
        Ok(())
    }
}

/// Fails inside the node's own visitor, so that the parser notes that node's place.
struct Found;

macro_rules! found {
    ($($method:ident($kind:ty),)*) => {$(
        fn $method<E: Error>(self, _: $kind) -> Result<(), E> {
            Err(E::custom(FOUND))
        }
    )*};
}

impl<'de> Visitor<'de> for Found {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node")
    }

    found! {
        visit_bool(bool), visit_i64(i64), visit_u64(u64), visit_i128(i128), visit_u128(u128),
        visit_f64(f64), visit_str(&str),
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Err(E::custom(FOUND))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom(FOUND))
    }
    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom(FOUND))
    }
    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom(FOUND))
    }
}

/// Reads a key, or fails on it when it is the one looked for.
struct KeyName<'a> {
    fails_at: Option<(&'a str, usize, &'a mut usize)>,
}

impl<'de> DeserializeSeed<'de> for KeyName<'_> {
    type Value = String;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeyName<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        if let Some((wanted, times, seen)) = self.fails_at
            && key == wanted
        {
            if *seen == times {
                return Err(E::custom(FOUND));
            }
            *seen += 1;
        }
        Ok(key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::node::Node;

    /// Every key and scalar of the tree: the way to it, and whether it may be spelled by nothing.
    fn ways<'n>(node: &'n Node<'n>, way: &[Step<'n>], all: &mut Vec<(Vec<Step<'n>>, bool)>) {
        match node {
            Node::Map(entries) => {
                for (index, (key, value)) in entries.iter().enumerate() {
                    let times = entries[..index]
                        .iter()
                        .filter(|(other, _)| other == key)
                        .count();
                    let with = |step| way.iter().copied().chain([step]).collect::<Vec<_>>();
                    all.push((with(Step::KeyItself(key, times)), false));
                    if times == 0 {
                        ways(value, &with(Step::Key(key)), all);
                    }
                }
            }
            Node::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    let way: Vec<_> = way.iter().copied().chain([Step::Index(index)]).collect();
                    ways(item, &way, all);
                }
            }
            node => all.push((way.to_vec(), *node == Node::Null)),
        }
    }

    fn repeats_a_key(node: &Node<'_>) -> bool {
        match node {
            Node::Map(entries) => entries.iter().enumerate().any(|(index, (key, value))| {
                entries[..index].iter().any(|(other, _)| other == key) || repeats_a_key(value)
            }),
            Node::List(items) => items.iter().any(repeats_a_key),
            Node::Tagged(inner) => repeats_a_key(inner),
            _ => false,
        }
    }

    /// The scanner and the parser agree on where every key and scalar starts.
    fn agree(text: &str) {
        let node = serde_yaml::from_str(text);
        let node: Node<'_> = node.unwrap_or_else(|error| panic!("{error} in\n{text}"));
        let mut all = Vec::new();
        ways(&node, &[], &mut all);
        // To the parser, a value starts with its tag.
        let mut tag = None;
        let mut scanned = Vec::new();
        for token in scan(text) {
            match token.kind {
                TokenKind::Tag => tag = tag.or(Some(token.range.start)),
                TokenKind::Plain | TokenKind::Quoted | TokenKind::Block => {
                    scanned.push(tag.take().unwrap_or(token.range.start));
                }
                _ => {}
            }
        }
        let mut parsed = Vec::new();
        for (way, may_be_nothing) in all {
            let Some(start) = probe(text, &way) else {
                assert!(may_be_nothing, "not found in {text}");
                continue;
            };
            if scanned.contains(&start) || !may_be_nothing {
                parsed.push(start);
            }
        }
        // Nothing is said to start where the next thing does.
        parsed.sort_unstable();
        parsed.dedup();
        assert_eq!(parsed, scanned, "{text}");
    }

    #[test]
    fn the_scanner_sees_what_the_parser_sees() {
        for text in [
            "a: 1\nb: [x, 'y', \"z\", {k: v, l: }]\nc:\n- 1\n- - 2\n  - 3\n",
            "a: plain over\n  two & * ! lines\nb: |\n  - block\n\n  : x\nc: >-\n  folded\nd: 1\n",
            "é: ü\nñ: [ö, ä]\n漢字: |\n  多\nx: 'ß'\n",
            "a: 'it''s'\nb: \"q\\\"\\u00e9\"\nc: \"over\n\n  lines\"\nd: x:y\ne: x#y\nf: a - b\n",
            "? a\n: b\n? |\n  c\n: d\n",
            "a:\n  b:\n    c: |2\n        deeper\n      text\n  d: 1\n",
            "- - - a\n    - b\n  - c\n- d\n-\n  e\n-\n  - f\n",
            "a: # note\n  # note\n  b # note\nc: ~\nd:\ne: null\n",
            "{a: [1, 2\n  , 3], b: plain\n  text, 'c': d}\n",
            "k: |\n\n  \n  text\n   more\n\n\nl: >+\n  x\n\nm: 1\n",
            "- |\n a\n- k: >\n   b\n  l: c\n- 'd': |-\n    e\n",
            "k:\n  |\n  *x\nl: 1\n",
            "url: http://x/*y?z=&q#!f\nneg: -1\nq: ?y\nr: :z\n",
            "a: |\n  ---\n  ...\nb: 1\n",
            "a: x\n# c\nb:\n# c\n  y\n",
        ] {
            agree(text);
        }
    }

    #[test]
    fn the_scanner_sees_what_the_parser_sees_in_texts_of_any_shape() {
        // Lines put together at random; those that happen to be YAML are compared.
        let lines = [
            "a: 1",
            "b: |",
            "c: >-",
            "  text & more",
            "  - x",
            "- y",
            "  d: 'q'",
            "    e: \"w\"",
            "",
            "# note",
            "  f: [1, {g: h}]",
            "- i: |",
            "    * j",
            "      k",
            "l:",
            "  m",
            "   n # o",
            "p: q r",
            "  s t",
            "- - u",
            "- |2",
            "   ! v",
            "'w x': y",
            "? z",
            ": aa",
            "  ",
            "bb: 'cc",
            "  dd'",
            "ee: {ff: gg,",
            "  hh}",
        ];
        let mut seed = 11_u64;
        let mut compared = 0;
        for _ in 0..30_000 {
            let mut text = String::new();
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            for _ in 0..3 + (seed >> 60) % 5 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(lines[(seed >> 33) as usize % lines.len()]);
                text.push('\n');
            }
            // The way to a key's value leads to the first of its name, so each has one name here.
            let node = serde_yaml::from_str::<Node<'_>>(&text);
            if node.is_ok_and(|node| !repeats_a_key(&node)) {
                agree(&text);
                compared += 1;
            }
        }
        assert!(compared > 1_000, "{compared}");
    }

    fn underlined(text: &str, segments: &[Segment], focus: Focus) -> String {
        let sources = Sources::from_texts([("f.yaml", text)]);
        let path = SpecPath {
            file: "f.yaml".into(),
            segments: segments.to_vec(),
            focus,
        };
        let range = Locator::new(&sources).locate(&path).unwrap();
        text[range].to_owned()
    }

    #[test]
    fn a_path_underlines_what_it_means() {
        let key = |key: &str| Segment::Key(key.to_owned());
        let text = "é: { a: \"x yé\", b: [1, 'two'] }\nlist:\n  - id: first # note\n    t: |\n      long\nlist2: plain\na: 1\na: 2\n";
        for (segments, focus, expected) in [
            (vec![key("é"), key("a")], Focus::Value, "\"x yé\""),
            (vec![key("é"), key("a")], Focus::Part(2..3), "y"),
            (vec![key("é"), key("a")], Focus::Part(2..2), " "),
            (vec![key("é"), key("b")], Focus::Value, "[1, 'two']"),
            (
                vec![key("é"), key("b"), Segment::Index(1)],
                Focus::Value,
                "'two'",
            ),
            (vec![key("list"), Segment::Index(0)], Focus::Value, "id"),
            (
                vec![key("list"), Segment::Index(0), key("id")],
                Focus::Value,
                "first",
            ),
            (
                vec![key("list"), Segment::Index(0), key("t")],
                Focus::Value,
                "|",
            ),
            (
                vec![key("list"), Segment::Index(0), key("t")],
                Focus::Part(0..2),
                "|",
            ),
            (vec![key("list2")], Focus::Key, "list2"),
            (vec![key("a")], Focus::RepeatedKey(1), "a"),
            // What is not there is shown by what should hold it.
            (
                vec![key("list"), Segment::Index(0), key("nothing")],
                Focus::Value,
                "id",
            ),
            (vec![key("é"), key("nothing"), key("more")], Focus::Key, "é"),
        ] {
            assert_eq!(
                underlined(text, &segments, focus.clone()),
                expected,
                "{segments:?} {focus:?}"
            );
        }
    }
}
