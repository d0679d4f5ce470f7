//! Nested items, as boxes within boxes.

use super::{About, LINE, Picture, Side, WIDTH, width_of};

/// An item, with the items inside it.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Node {
    pub name: String,
    pub inside: Vec<Node>,
}

/// The space around the contents of a box.
const PAD: i32 = 7;

/// The space between two boxes.
const GAP: i32 = 6;

/// The height of a box with just its name.
const ROW: i32 = LINE + 2 * 5;

/// The boxes of some items, one below the other.
pub(in super::super) fn boxes(nodes: &[Node], about: About<'_>) -> String {
    let mut picture = Picture::default();
    pile(&mut picture, nodes, (1, 1), WIDTH - 2, 0);
    picture.svg(about)
}

/// Places boxes below each other, and pairs of small ones side by side. Returns where they end.
fn pile(
    picture: &mut Picture,
    nodes: &[Node],
    (x, mut y): (i32, i32),
    width: i32,
    depth: usize,
) -> i32 {
    let half = (width - GAP) / 2;
    let is_small = |node: &Node| node.inside.is_empty() && width_of(&node.name) + 2 * PAD <= half;
    // Small ones come first, so there are no gaps between pairs.
    let (small, large): (Vec<_>, Vec<_>) = nodes.iter().partition(|node| is_small(node));
    let pairs = if depth == 0 { 1 } else { 2 };
    for row in small.chunks(pairs) {
        for (at, node) in (0..).zip(row) {
            let wide = if row.len() == 1 { width } else { half };
            let left = x + at * (half + GAP);
            leaf(picture, node, (left, y), wide, depth);
        }
        y += ROW + GAP;
    }
    for node in large {
        y = whole(picture, node, (x, y), width, depth) + GAP;
    }
    y - GAP
}

fn leaf(picture: &mut Picture, node: &Node, (x, y): (i32, i32), width: i32, depth: usize) {
    picture.rect((x, y), (width, ROW), class(depth));
    picture.text((x + PAD, y + ROW - 9), Side::Right, "", &node.name);
}

/// A box with its name on top. Returns where it ends.
fn whole(picture: &mut Picture, node: &Node, (x, y): (i32, i32), width: i32, depth: usize) -> i32 {
    if node.inside.is_empty() {
        leaf(picture, node, (x, y), width, depth);
        return y + ROW;
    }
    // The box is drawn before its contents and depends on their height, so they are measured first.
    let inner = (x + PAD, y + ROW);
    let wide = width - 2 * PAD;
    let end = pile(
        &mut Picture::default(),
        &node.inside,
        inner,
        wide,
        depth + 1,
    ) + PAD;
    picture.rect((x, y), (width, end - y), class(depth));
    picture.text((x + PAD, y + ROW - 9), Side::Right, "strong", &node.name);
    pile(picture, &node.inside, inner, wide, depth + 1);
    end
}

/// Boxes alternate in color, so each contrasts with the one around it.
fn class(depth: usize) -> &'static str {
    if depth.is_multiple_of(2) {
        "box"
    } else {
        "box inner"
    }
}
