//! The YAML parser for the tree of a policy. A policy only contains mappings of plain and quoted
//! scalars, so everything else in YAML is rejected instead of interpreted.

use saphyr_parser::{Event, Marker, Parser, Span};

use super::error::{PolicyError, PolicyProblem};
use super::tree::{Entry, LineColumn, Node, Value};

type Events<'a> = Box<dyn Iterator<Item = Result<(Event<'a>, Span), PolicyError>> + 'a>;

/// How deep mappings may nest; a policy has two levels.
const DEEPEST: usize = 16;

pub(super) fn tree(text: &str) -> Result<Node, PolicyError> {
    let mut events: Events<'_> = Box::new(Parser::new_from_str(text).map(|event| {
        event.map_err(|error| {
            wrong(
                place(error.marker()),
                format!("this is not YAML: {}", error.info()),
            )
        })
    }));
    let mut root = None;
    while let Some(event) = events.next() {
        let (event, span) = event?;
        match event {
            Event::DocumentStart(_) if root.is_some() => {
                let what = "a policy is a single document, but another one begins here";
                return Err(wrong(place(&span.start), what));
            }
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::Nothing => {}
            event => root = Some(node(event, span, &mut events, 0)?),
        }
    }
    root.ok_or_else(|| PolicyError::whole("it is empty; start with `groups:`"))
}

fn node(
    event: Event<'_>,
    span: Span,
    events: &mut Events<'_>,
    depth: usize,
) -> Result<Node, PolicyError> {
    let at = place(&span.start);
    if depth > DEEPEST {
        return Err(wrong(at, "it is nested too deeply for a policy"));
    }
    let value = match event {
        Event::Scalar(text, _, 0, None) => Value::Text(text.into_owned()),
        Event::SequenceStart(0, None) => {
            skip(events)?;
            Value::List
        }
        Event::MappingStart(0, None) => Value::Map(entries(events, depth)?),
        Event::Alias(_) => return Err(wrong(at, "an alias is not allowed in a policy")),
        _ => return Err(wrong(at, "an anchor or a tag is not allowed in a policy")),
    };
    Ok(Node { at, value })
}

fn entries(events: &mut Events<'_>, depth: usize) -> Result<Vec<Entry>, PolicyError> {
    let mut entries = Vec::new();
    while let Some(event) = events.next() {
        let (event, span) = event?;
        if matches!(event, Event::MappingEnd) {
            break;
        }
        let Node { at, value: key } = node(event, span, events, depth + 1)?;
        let Value::Text(key) = key else {
            return Err(wrong(at, "expected a name"));
        };
        let Some(event) = events.next() else {
            break;
        };
        let (event, span) = event?;
        let value = node(event, span, events, depth + 1)?;
        entries.push(Entry { key, at, value });
    }
    Ok(entries)
}

/// Skips a list.
fn skip(events: &mut Events<'_>) -> Result<(), PolicyError> {
    let mut open = 1;
    while open > 0 {
        match events.next().transpose()? {
            Some((Event::SequenceStart(..) | Event::MappingStart(..), _)) => open += 1,
            Some((Event::SequenceEnd | Event::MappingEnd, _)) => open -= 1,
            Some(_) => {}
            None => break,
        }
    }
    Ok(())
}

fn place(marker: &Marker) -> LineColumn {
    LineColumn {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

fn wrong(at: LineColumn, message: impl Into<String>) -> PolicyError {
    PolicyError::new(vec![PolicyProblem {
        line: at.line,
        column: at.column,
        path: String::new(),
        message: message.into(),
    }])
}
