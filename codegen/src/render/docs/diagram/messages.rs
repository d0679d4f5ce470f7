//! Messages between parties, from the first to the last.

use super::{About, LINE, Picture, Side, WIDTH, lines};

#[derive(Clone, Debug)]
pub(in super::super) struct Message {
    pub from: String,
    pub to: String,
    pub text: String,
}

/// The height of the boxes with the names of the parties.
const HEAD: i32 = 28;

/// Messages, one below the other, between the lines of their senders and receivers.
pub(in super::super) fn messages(all: &[Message], about: About<'_>) -> String {
    let mut parties: Vec<&str> = Vec::new();
    for name in all.iter().flat_map(|one| [&*one.from, &*one.to]) {
        if !parties.contains(&name) {
            parties.push(name);
        }
    }
    let count = i32::try_from(parties.len()).unwrap_or(1).max(1);
    let lane = (WIDTH - 2) / count;
    let middle = |name: &str| {
        let at = parties.iter().position(|party| *party == name);
        let at = at.and_then(|at| i32::try_from(at).ok()).unwrap_or(0);
        1 + lane * at + lane / 2
    };
    let mut body = Picture::default();
    let mut y = HEAD + 8;
    for (number, one) in (1..).zip(all) {
        let told = format!("{number}. {}", one.text);
        y += 8;
        for line in lines(&told, WIDTH - 4) {
            y += LINE;
            body.text((2, y), Side::Right, "on-ground", &line);
        }
        y += 14;
        let (from, to) = (middle(&one.from), middle(&one.to));
        body.dot((from, y), "dot");
        if from != to {
            body.arrow(from, to, y, "arrow");
        }
        y += 4;
    }
    let mut picture = Picture::default();
    for party in &parties {
        let x = middle(party);
        picture.line(&[(x, HEAD), (x, y + 6)], "lane");
        picture.rect((x - lane / 2 + 3, 1), ((lane - 6).max(1), HEAD - 2), "box");
        picture.text((x, HEAD - 10), Side::Middle, "party", party);
    }
    picture.reaches(y + 6);
    picture.shapes.push_str(&body.shapes);
    picture.svg(about)
}
