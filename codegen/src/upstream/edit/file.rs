//! The text of a file with one edit in it. The caller checks whether the result is what was intended.

use serde_json::Value;

use super::{
    Change, Edit, larger, look,
    spell::{blocked, entry, flowing},
};
use crate::{
    diagnostic::{Focus, Locator, Segment, SpecPath},
    import::yaml::scalar,
    source::Sources,
};

/// A file with the positions of its contents.
pub(super) struct File<'t> {
    text: &'t str,
    sources: Sources,
}

impl<'t> File<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            sources: Sources::from_texts([("file", text)]),
        }
    }

    fn start(&self, segments: Vec<Segment>, focus: Focus) -> Option<usize> {
        let path = SpecPath {
            file: "file".to_owned(),
            segments,
            focus,
        };
        Some(Locator::new(&self.sources).locate(&path)?.start)
    }

    fn below(&self, at: &[Segment], step: Segment, focus: Focus) -> Option<usize> {
        let mut way = at.to_vec();
        way.push(step);
        self.start(way, focus)
    }

    pub(super) fn edited(&self, edit: &Edit, before: &Value) -> Option<String> {
        let start = match edit.at.is_empty() {
            true => 0,
            false => self.start(edit.at.clone(), Focus::Value)?,
        };
        let flow = self.text.get(start..)?.starts_with(['{', '[']);
        let there = look(before, &edit.at)?;
        match &edit.change {
            Change::Set { key, value, .. } if there.get(key).is_some() => {
                let at = self.below(&edit.at, Segment::Key(key.clone()), Focus::Value)?;
                let end = value_end(self.text, at, flow)?;
                let is_quoted = self.text.get(at..)?.starts_with(['"', '\'']);
                match value {
                    // A path needs no quotes outside of braces.
                    Value::String(path) if !flow && !is_quoted && is_path(path) => {
                        self.replaced(at, end, path)
                    }
                    value => self.replaced(at, end, &flowing(value)),
                }
            }
            Change::Set { key, value, .. } if flow => {
                let entry = entry(key, value);
                if there.get("does").is_some() {
                    let does = Segment::Key("does".to_owned());
                    let at = self.below(&edit.at, does, Focus::Key)?;
                    return self.replaced(at, at, &format!("{entry}, "));
                }
                self.appended(start, &entry, there.as_object()?.is_empty())
            }
            Change::Set { key, value, behind } => {
                let column = self.column(start);
                let spelled = format!("{}:{}", scalar(key), blocked(value, column + 2));
                // Schemas are separated by empty lines.
                let apart = edit.at == [Segment::Key("schemas".to_owned())];
                let gap = if apart { "\n" } else { "" };
                let behind = behind.iter().rev().find(|key| there.get(**key).is_some());
                let at = match behind {
                    Some(behind) => {
                        let behind = Segment::Key((*behind).to_owned());
                        let key = self.below(&edit.at, behind, Focus::Key)?;
                        self.entry_end(key, column)
                    }
                    None => self.block_end(start, column),
                };
                self.inserted(at, &format!("{gap}{:column$}{spelled}", ""))
            }
            Change::Insert(number) => {
                let Some(index) = larger(there.as_array()?, *number) else {
                    let change = Change::Push((*number).into());
                    return self.edited(
                        &Edit {
                            change,
                            ..edit.clone()
                        },
                        before,
                    );
                };
                let at = self.below(&edit.at, Segment::Index(index), Focus::Value)?;
                if flow {
                    return self.replaced(at, at, &format!("{number}, "));
                }
                let column = self.column(start);
                let line = self.line_start(at);
                self.replaced(line, line, &format!("{:column$}- {number}\n", ""))
            }
            Change::Push(item) if flow => {
                self.appended(start, &flowing(item), there.as_array()?.is_empty())
            }
            Change::Push(item) => {
                let column = self.column(start);
                let spelled = blocked(item, column + 2);
                let spelled = format!("- {}", spelled.trim_start());
                let spelled = format!("{:column$}{spelled}", "");
                self.inserted(self.block_end(start, column), &spelled)
            }
            Change::Drop(key) => {
                let at = self.below(&edit.at, Segment::Key(key.clone()), Focus::Key)?;
                if flow {
                    let value = self.below(&edit.at, Segment::Key(key.clone()), Focus::Value)?;
                    return self.cut(start, at, value_end(self.text, value, true)?);
                }
                let column = self.column(at);
                self.replaced(self.line_start(at), self.entry_end(at, column), "")
            }
            Change::Take(item) => {
                let list = there.as_array()?;
                let index = Segment::Index(list.iter().position(|one| one == item)?);
                let at = self.below(&edit.at, index, Focus::Value)?;
                match flow {
                    true => self.cut(start, at, value_end(self.text, at, true)?),
                    // An item may have several lines.
                    false => {
                        let end = self.block_end(at, self.column(at));
                        self.replaced(self.line_start(at), end, "")
                    }
                }
            }
        }
    }

    fn replaced(&self, start: usize, end: usize, new: &str) -> Option<String> {
        Some(format!(
            "{}{new}{}",
            self.text.get(..start)?,
            self.text.get(end..)?
        ))
    }

    /// Adds an entry at the end of a flow collection.
    fn appended(&self, start: usize, entry: &str, empty: bool) -> Option<String> {
        let end = value_end(self.text, start, true)?.checked_sub(1)?;
        let inside = self.text.get(start + 1..end)?;
        let room =
            if inside.ends_with(' ') || inside.is_empty() && self.text[end..].starts_with('}') {
                " "
            } else {
                ""
            };
        let kept = start + 1 + inside.trim_end().len();
        let entry = entry.trim_end();
        let entry = match empty {
            true => format!("{room}{entry}{room}"),
            // A key without a value keeps its distance.
            false if inside.trim_end().ends_with(':') => format!(" , {entry}{room}"),
            false => format!(", {entry}{room}"),
        };
        self.replaced(kept, end, &entry)
    }

    /// Removes an entry with its comma from a flow collection.
    fn cut(&self, start: usize, from: usize, to: usize) -> Option<String> {
        let rest = self.text.get(to..)?;
        let gap = rest.len() - rest.trim_start().len();
        if rest.trim_start().starts_with(',') {
            let rest = rest.get(gap + 1..)?;
            let gap = gap + 1 + rest.len() - rest.trim_start().len();
            return self.replaced(from, to + gap, "");
        }
        let front = self.text.get(start..from)?.trim_end();
        let front = front.strip_suffix(',').unwrap_or(front);
        self.replaced(start + front.len(), to, "")
    }

    /// Inserts lines after those before `at`.
    fn inserted(&self, at: usize, lines: &str) -> Option<String> {
        let newline = match self.text.get(..at)? {
            "" => "",
            before if before.ends_with('\n') => "",
            _ => "\n",
        };
        self.replaced(at, at, &format!("{newline}{lines}\n"))
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n')
            .map_or(self.text.len(), |newline| at + newline + 1)
    }

    fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }

    /// After the lines of the block that starts at `start`.
    fn block_end(&self, start: usize, column: usize) -> usize {
        self.lines_while(start, |indent, _| indent >= column)
    }

    /// After the lines of the entry whose key is at `key`.
    fn entry_end(&self, key: usize, column: usize) -> usize {
        self.lines_while(key, |indent, line| {
            indent > column || indent == column && line.starts_with("- ")
        })
    }

    /// After the line of `start` and the lines that belong to it, without trailing blank lines and comments.
    fn lines_while(&self, start: usize, belongs: impl Fn(usize, &str) -> bool) -> usize {
        let mut end = self.line_end(start);
        let mut here = end;
        for line in self
            .text
            .get(end..)
            .unwrap_or_default()
            .split_inclusive('\n')
        {
            here += line.len();
            let bare = line.trim_start_matches(' ');
            if bare.trim().is_empty() || bare.starts_with('#') {
                continue;
            }
            if !belongs(line.len() - bare.len(), bare) {
                break;
            }
            end = here;
        }
        end
    }
}

/// Whether it is a path that may be a plain scalar.
fn is_path(text: &str) -> bool {
    text.starts_with('/') && !text.contains([' ', '#'])
}

/// The end of a value in flow style or on one line.
fn value_end(text: &str, start: usize, flow: bool) -> Option<usize> {
    let rest = text.get(start..)?;
    let trimmed = |at: usize| Some(start + rest.get(..at)?.trim_end().len());
    // Braces in the middle of a plain scalar are a part of it.
    let is_plain = !flow && !rest.starts_with(['{', '[', '"', '\'']);
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), c) if c == open && !escaped => {
                quote = None;
                if depth == 0 {
                    return Some(start + at + 1);
                }
            }
            (Some(_), _) => {}
            (None, '"' | '\'') if at == 0 || depth > 0 => quote = Some(c),
            (None, '{' | '[') if !is_plain => depth += 1,
            (None, '}' | ']') if depth == 0 && flow => return trimmed(at),
            (None, '}' | ']') if depth == 0 => {}
            (None, '}' | ']') => {
                depth -= 1;
                if depth == 0 {
                    return Some(start + at + 1);
                }
            }
            (None, ',') if depth == 0 && flow => return trimmed(at),
            (None, '\n') if depth == 0 => return trimmed(at),
            (None, '#') if depth == 0 && rest.get(..at)?.ends_with(' ') => return trimmed(at),
            _ => {}
        }
        escaped = false;
    }
    None
}
