//! What the scanner finds, and what it ignores.

use super::*;

/// The tokens that a spec must not have, as they are written.
fn forbidden(text: &str) -> Vec<&str> {
    scan(text)
        .iter()
        .filter(|token| match token.kind {
            TokenKind::Plain => token.is_key && &text[token.range.clone()] == "<<",
            TokenKind::Quoted | TokenKind::Block | TokenKind::FlowOpen | TokenKind::FlowClose => {
                false
            }
            _ => true,
        })
        .map(|token| &text[token.range.clone()])
        .collect()
}

#[test]
fn anchors_aliases_tags_and_merge_keys_are_found_wherever_a_value_can_start() {
    for (text, found) in [
        ("a: &x 1\nb: *x\n", &["&x", "*x"][..]),
        ("a: &x\n  b: 1\nc:\n  <<: *x\n", &["&x", "<<", "*x"]),
        (
            "- &a 1\n- *a\n- !!str 2\n- !t {a: *a}\n",
            &["&a", "*a", "!!str", "!t", "*a"],
        ),
        (
            "[&a 1, *a, {b: *a, <<: *a}]\n",
            &["&a", "*a", "*a", "<<", "*a"],
        ),
        ("&a k: v\n", &["&a"]),
        ("*a : v\n", &["*a"]),
        ("a: !!str &x v\n", &["!!str", "&x"]),
        (
            "a: !<tag:yaml.org,2002:str> v\n",
            &["!<tag:yaml.org,2002:str>"],
        ),
        ("k:\n  !t\n  v\n", &["!t"]),
        ("a: 1\n---\nb: 2\n...\n", &["---", "..."]),
        ("%YAML 1.2\n---\na: 1\n", &["%YAML 1.2", "---"]),
        ("a: |\n  text\nb: *x\n", &["*x"]),
        ("a: 'it''s'\nb: *x\n", &["*x"]),
        ("a: \"q\\\"\"\nb: *x\n", &["*x"]),
        ("a: [b,\n  c]\nd: *x\n", &["*x"]),
        ("a: b # *no\nc: *x\n", &["*x"]),
    ] {
        assert_eq!(forbidden(text), found, "{text}");
    }
}

#[test]
fn what_only_looks_like_one_is_left_alone() {
    for text in [
        "a: b & c * d ! e << f\n",
        "a: x&y\nb: x*y\nc: x!y\n",
        "a: '&x *y !z <<: q'\n",
        "a: \"&x *y !z\"\n",
        "a: \"multi\n  &line *y\n  !z\"\n",
        "a: 'multi\n  &line ''\n  *y'\n",
        "a: plain over\n  &two *lines\n  !too\nb: 1\n",
        "- plain over\n  &two lines\n- 2\n",
        "- a: plain over\n    *two lines\n  b: 2\n",
        "# &comment *x !y\na: 1 # &x\n",
        "a: |\n  &x\n  *y: !z\n  <<: *q\n\n  --- no\nb: 1\n",
        "a: >-\n  &x\n\n  *y\nb: 1\n",
        "a: |2\n    &deeper\n  *x\nb: 1\n",
        "a: |+\n\n  &x\n\n",
        "a: >-2 # comment\n  *x\nb: 1\n",
        "- |\n *x\n- - |\n   *y\n  - 1\n",
        "- k: |\n    *x\n  l: >\n    &y\n",
        "k:\n  |\n  *x\nl: 1\n",
        "k: # note\n  >\n  *x\n",
        "k:\n- |\n *x\n",
        "? |\n  *x\n: |\n  &y\n",
        "a: [b*c, d&e, 'f, *g', \"h, &i\", j !k]\n",
        "a: {b: c *d, e: f}\n",
        "{a: |b}\n",
        "a: ---\nb: x --- y\n",
        "a: |\n  ---\n  ...\n  %YAML\nb: 1\n",
        "a: b\n  %c\n",
        "'<<': 1\n\"<<\": 2\n",
        "a: <<\n",
        "a: |\n  tab\there\n\tb\n"[..16].trim_end(),
        "a:\tb\n",
        "a: 'x\n\ty'\n",
        "a: [\n\tb,\n\tc ]\n",
        "---\n# only the start\na: 1\n"[4..].trim_end(),
        "a: http://x/*y?z=&q#!f\n",
        "a: -1\nb: -x\nc: ?y\nd: :z\n",
        "é: *",
        "",
    ] {
        let found = forbidden(text);
        assert!(found.is_empty() || text == "é: *", "{text}: {found:?}");
    }
}

#[test]
fn a_tab_is_found_only_where_indentation_counts() {
    assert_eq!(forbidden("a:\n\tb: 1\n"), ["\t"]);
    assert_eq!(forbidden("a:\n  b: 1\n \tc: 1\n"), [" \t"]);
    assert!(forbidden("a: 1\n\t# note\n\t\nb: 2\n").is_empty());
}

#[test]
fn any_text_ends() {
    let parts = [
        "a", ":", " ", "\n", "-", "&", "*", "!", "|", ">", "'", "\"", "[", "}", "#", "\t", "é",
        "?", "%", ",",
    ];
    // A small deterministic generator, so that failures can be reproduced.
    let mut seed = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push_str(parts[(seed >> 33) as usize % parts.len()]);
        }
        for token in scan(&text) {
            assert!(token.range.end <= text.len(), "{text:?}");
        }
    }
}
