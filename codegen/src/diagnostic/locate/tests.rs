//! Compares the scanner with the parser, and paths with what they underline.

use super::*;
use crate::{diagnostic::Segment, load::node::Node};

/// Every key and scalar of the tree: its path, and whether it may be empty.
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

/// Every mapping and list of the tree.
fn collections<'n>(node: &'n Node<'n>, way: &[Step<'n>], all: &mut Vec<Vec<Step<'n>>>) {
    let with = |step| way.iter().copied().chain([step]).collect::<Vec<_>>();
    match node {
        Node::Map(entries) => {
            all.push(way.to_vec());
            for (key, value) in entries {
                collections(value, &with(Step::Key(key)), all);
            }
        }
        Node::List(items) => {
            all.push(way.to_vec());
            for (index, item) in items.iter().enumerate() {
                collections(item, &with(Step::Index(index)), all);
            }
        }
        _ => {}
    }
}

/// What is found in a single pass is where a probe finds it. Returns whether there are starts.
fn starts_are_where_probes_find_them(text: &str, node: &Node<'_>) -> bool {
    let Some(starts) = Starts::of(text, &scan(text)) else {
        return false;
    };
    let mut all = Vec::new();
    collections(node, &[], &mut all);
    let mut scalars = Vec::new();
    ways(node, &[], &mut scalars);
    all.extend(scalars.into_iter().map(|(way, _)| way));
    let mut missing: Vec<Vec<Step<'_>>> = Vec::new();
    for way in &all {
        missing.push(way.iter().copied().chain([Step::Key("absent")]).collect());
        missing.push(way.iter().copied().chain([Step::Index(99)]).collect());
    }
    for way in all.iter().chain(&missing) {
        let probed = probe(text, way);
        match starts.find(way) {
            Found::At(start) => assert_eq!(Some(start), probed, "{text}"),
            Found::Nowhere => assert_eq!(None, probed, "{text}"),
            Found::Unknown => {}
        }
    }
    true
}

/// The scanner and the parser agree on where every key and scalar starts.
fn agree(text: &str) {
    let node = serde_yaml::from_str(text);
    let node: Node<'_> = node.unwrap_or_else(|error| panic!("{error} in\n{text}"));
    starts_are_where_probes_find_them(text, &node);
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
    // An empty scalar has the start of the next token.
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
    // Random lines; those that happen to be YAML are compared.
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
        // The path to a key's value leads to the first key of that name, so each has a unique name here.
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
        // Something missing is shown by its parent.
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

#[test]
fn the_starts_of_all_nodes_are_found_in_one_pass_in_whatever_style_they_are_written() {
    for text in [
        "a: 1\nb: [x, 'y', \"z\", {k: v, l: }]\nc:\n- 1\n- - 2\n  - 3\n",
        "# note\na: # note\n  # note\n  b: c # note\nd: ~\ne:\nf: null\ng: '#'\nh: x#y\n",
        "- - - a\n    - b\n  - c\n- d\n-\n  e\n-\n- null\n-\n  - f\n",
        "a: |\n  text: b\n  - c\nd: >-\n  x\n  # y\ne: over\n  two lines\nf: {}\ng: []\n",
        "{\n  \"a\": [1, null, true],\n  \"b\": { \"c\": {}, \"d\": \"e: f\" }\n}\n",
        "é: { ü: [ß] }\n'q r': -1\n\"s\": [ -2, 3 ]\n1: x\n",
    ] {
        let node: Node<'_> = serde_yaml::from_str(text).unwrap();
        assert!(starts_are_where_probes_find_them(text, &node), "{text}");
    }
}

#[test]
fn of_many_places_in_a_file_each_is_where_it_is_when_it_is_alone() {
    let lines: String = (0..200)
        .map(|n| format!("  - {{ id: {n}, name: é }}\n"))
        .collect();
    let text = format!("list:\n{lines}");
    let sources = Sources::from_texts([("f.yaml", &text)]);
    let mut locator = Locator::new(&sources);
    for n in 0..200 {
        let path = SpecPath {
            file: "f.yaml".into(),
            segments: vec![
                Segment::Key("list".into()),
                Segment::Index(n),
                Segment::Key("name".into()),
            ],
            focus: Focus::Value,
        };
        let found = locator.locate(&path);
        assert_eq!(found, Locator::new(&sources).locate(&path));
        assert_eq!(found.map(|range| &text[range]), Some("é"));
        let column = format!("  - {{ id: {n}, name: ").len() + 1;
        assert_eq!(locator.position(&path), Some((n + 2, column)));
    }
}

#[test]
fn the_nodes_of_each_file_of_the_spec_are_found_in_one_pass() {
    let spec = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let (sources, _) = crate::load::texts(&spec);
    let probed = sources
        .iter()
        .filter(|(_, text)| Starts::of(text, &scan(text)).is_none());
    let probed: Vec<&str> = probed.map(|(name, _)| name).collect();
    assert!(probed.is_empty(), "{probed:?}");
    assert!(sources.iter().len() > 10);
}
