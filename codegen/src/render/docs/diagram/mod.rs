//! Diagrams as inline SVG: nested boxes, messages between parties, the waits between attempts, a quota over
//! time. They are laid out from data, as wide as the narrowest screen and as high as necessary, so no text
//! has to shrink. Colors come from the stylesheet. The page also has the contents of each diagram as text.

mod boxes;
mod messages;
mod quota;
mod waits;

use std::fmt::Write as _;

pub(super) use self::{
    boxes::{Node, boxes},
    messages::{Message, messages},
    quota::{Quota, quota},
    waits::{Wait, waits},
};
use super::html::escape;

/// The width of every diagram: that of a page on a screen of 320 pixels.
const WIDTH: i32 = 288;

/// How high a line of text is.
const LINE: i32 = 17;

/// How wide a character is at most on average, in tenths.
const CHARACTER: i32 = 66;

/// A description of a diagram, for those who do not see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    /// The prefix of the ids of its elements.
    pub id: &'a str,
    pub title: &'a str,
    pub does: &'a str,
}

/// A diagram that is being drawn.
#[derive(Debug, Default)]
struct Picture {
    shapes: String,
    height: i32,
}

/// The alignment of a text.
#[derive(Clone, Copy, Debug)]
enum Side {
    Right,
    Middle,
    Left,
}

impl Picture {
    /// A box with round corners.
    fn rect(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), class: &str) {
        let _ = writeln!(
            self.shapes,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"5\"/>"
        );
        self.reaches(y + height);
    }

    /// A line through these points.
    fn line(&mut self, points: &[(i32, i32)], class: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let _ = writeln!(
            self.shapes,
            "<polyline class=\"{class}\" points=\"{}\"/>",
            points.join(" ")
        );
    }

    /// An arrow from left to right or from right to left.
    fn arrow(&mut self, from: i32, to: i32, y: i32, class: &str) {
        let back = if to > from { -6 } else { 6 };
        self.line(&[(from, y), (to, y)], class);
        self.line(&[(to + back, y - 4), (to, y), (to + back, y + 4)], class);
        self.reaches(y + 5);
    }

    fn dot(&mut self, (x, y): (i32, i32), class: &str) {
        let _ = writeln!(
            self.shapes,
            "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>"
        );
        self.reaches(y + 5);
    }

    /// A line of text; `y` is its baseline.
    fn text(&mut self, (x, y): (i32, i32), side: Side, class: &str, text: &str) {
        let anchor = match side {
            Side::Right => "start",
            Side::Middle => "middle",
            Side::Left => "end",
        };
        let _ = writeln!(
            self.shapes,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>",
            escape(text)
        );
        self.reaches(y + 5);
    }

    fn reaches(&mut self, y: i32) {
        self.height = self.height.max(y);
    }

    /// The diagram as an element of a page.
    fn svg(self, about: About<'_>) -> String {
        let About { id, title, does } = about;
        let height = self.height + 1;
        format!(
            "<svg class=\"picture\" role=\"img\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-desc\" \
             viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\">\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{}</svg>",
            escape(title),
            escape(does),
            self.shapes
        )
    }
}

/// How wide a text is at most.
fn width_of(text: &str) -> i32 {
    let count = i32::try_from(text.chars().count()).unwrap_or(i32::MAX / CHARACTER);
    count * CHARACTER / 10
}

/// The lines of a text that fit into a width. A wider word has its own line.
fn lines(text: &str, width: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width_of(line) + width_of(word) + CHARACTER / 10 <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_they_may_be_and_words_stay_whole() {
        let text =
            "Agrees to the scopes of the app in the control_panel_of_the_store_that_installs_it.";
        let found = lines(text, 120);
        assert_eq!(found[0], "Agrees to the");
        assert!(found.iter().any(|line| line.starts_with("control_panel")));
        assert_eq!(found.join(" "), text);
    }

    #[test]
    fn what_a_picture_says_is_escaped_and_it_is_as_high_as_what_is_in_it() {
        let mut picture = Picture::default();
        picture.text((0, 20), Side::Right, "", "a < b & c");
        let about = About {
            id: "it",
            title: "\"It\"",
            does: "<i>",
        };
        let svg = picture.svg(about);
        assert!(svg.contains("a &lt; b &amp; c"));
        assert!(svg.contains("&quot;It&quot;"));
        assert!(svg.contains("viewBox=\"0 0 288 26\""));
    }
}
