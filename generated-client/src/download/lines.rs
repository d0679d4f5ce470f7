//! The lines of an event stream, and the events they form (HTML, 9.2.6).

use std::collections::VecDeque;
use std::time::Duration;

use super::event::ServerEvent;
use crate::secrets::Secrets;

/// The fields that a line may have.
const FIELDS: [&str; 4] = ["event", "data", "id", "retry"];

/// About how much of a response without events is kept for an error, in characters.
const SHOWN: usize = 4096;

/// The received lines, and the events they form.
#[derive(Default)]
pub(super) struct Lines {
    secrets: Secrets,
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, after which a line feed is ignored.
    returned: bool,
    /// Whether the first line has been received, before which a byte order mark is allowed.
    begun: bool,
    kind: String,
    data: String,
    any_data: bool,
    /// The id of the current event, and whether the event itself sets it.
    next_id: Option<String>,
    named: bool,
    /// The id of the last complete event.
    pub(super) id: Option<String>,
    pub(super) retry: Option<Duration>,
    pub(super) events: VecDeque<Come>,
    /// Whether an event was received, and the beginning of the lines with no known field.
    any: bool,
    foreign: String,
}

/// A received event.
#[derive(Debug, PartialEq)]
pub(super) struct Come {
    pub(super) event: ServerEvent,
    /// Whether the event itself sets its id, rather than an earlier one.
    pub(super) named: bool,
}

impl Lines {
    /// Redacts these secrets from the lines.
    pub(super) fn without(secrets: Secrets) -> Self {
        Self {
            secrets,
            ..Self::default()
        }
    }

    /// How many bytes of an incomplete event are buffered.
    pub(super) fn held(&self) -> usize {
        let id = self.next_id.as_ref().map_or(0, String::len);
        self.line.len() + self.data.len() + self.kind.len() + id
    }

    /// Whether part of an event has been received.
    pub(super) const fn is_within_event(&self) -> bool {
        !self.line.is_empty() || self.any_data
    }

    /// What was received in place of events, such as the page of a proxy: the beginning of the lines with no known
    /// field, if there was no event at all.
    pub(super) fn instead(&self) -> Option<String> {
        if self.any || self.any_data {
            return None;
        }
        let mut foreign = self.foreign.clone();
        let cut_off = String::from_utf8_lossy(&self.line);
        let (name, _) = cut_off.split_once(':').unwrap_or((&*cut_off, ""));
        if !FIELDS.iter().any(|field| field.starts_with(name)) {
            let cut_off = self.secrets.text(&cut_off);
            foreign.extend(cut_off.chars().take(SHOWN));
        }
        (!foreign.is_empty()).then_some(foreign)
    }

    /// Drops the received part of an event; what follows is another response.
    pub(super) fn restart(&mut self) {
        self.line.clear();
        self.kind.clear();
        self.data.clear();
        (self.any_data, self.named) = (false, false);
        (self.returned, self.begun) = (false, false);
        self.next_id.clone_from(&self.id);
        self.any = false;
        self.foreign.clear();
    }

    pub(super) fn read(&mut self, piece: &[u8]) {
        for &byte in piece {
            let after_return = std::mem::replace(&mut self.returned, byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => {
                    let line = std::mem::take(&mut self.line);
                    let line = match line.strip_prefix(b"\xef\xbb\xbf") {
                        Some(rest) if !self.begun => rest,
                        _ => &line,
                    };
                    self.begun = true;
                    // A secret contains no line break, so it is complete within a line.
                    let line = String::from_utf8_lossy(line);
                    let line = self.secrets.text(&line).into_owned();
                    self.field(&line);
                }
                byte => self.line.push(byte),
            }
        }
    }

    fn field(&mut self, line: &str) {
        if line.is_empty() {
            return self.dispatch();
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.kind),
            "data" => {
                if self.any_data {
                    self.data.push('\n');
                }
                self.any_data = true;
                self.data.push_str(value);
            }
            "id" if !value.contains('\0') => {
                self.next_id = Some(value.to_owned());
                self.named = true;
            }
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                // An invalid or excessive value is ignored.
                let retry = value.parse().ok().map(Duration::from_millis);
                self.retry = retry.or(self.retry);
            }
            // An unknown field, or a line that is not of an event at all; a comment is neither.
            _ if !name.is_empty() && !FIELDS.contains(&name) && self.foreign.len() < SHOWN => {
                self.foreign.extend(line.chars().take(SHOWN));
                self.foreign.push('\n');
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let (kind, data) = (
            std::mem::take(&mut self.kind),
            std::mem::take(&mut self.data),
        );
        self.id.clone_from(&self.next_id);
        let named = std::mem::take(&mut self.named);
        if std::mem::take(&mut self.any_data) {
            let kind = match kind.is_empty() {
                true => "message".to_owned(),
                false => kind,
            };
            let id = self.id.clone();
            let event = ServerEvent { kind, data, id };
            self.events.push_back(Come { event, named });
            self.any = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_however_their_lines_are_cut_and_ended() {
        let text = "\u{feff}: hello\nevent: progress\ndata: {\"done\":\r\ndata:  1}\rid: 7\r\n\r\n\
                    data\n\nretry: 250\nretry: x\nretry:\n\
                    retry: 99999999999999999999\nevent: ignored\n\ndata: last\n\nid\ndata: cut off";
        let event = |kind: &str, data: &str, id: &str| ServerEvent {
            kind: kind.to_owned(),
            data: data.to_owned(),
            id: Some(id.to_owned()),
        };
        let expected = [
            event("progress", "{\"done\":\n 1}", "7"),
            event("message", "", "7"),
            event("message", "last", "7"),
        ];
        for size in [1, 2, 3, 7, 1000] {
            let mut lines = Lines::default();
            for piece in text.as_bytes().chunks(size) {
                lines.read(piece);
            }
            assert!(lines.is_within_event(), "{size}");
            let events = lines.events.into_iter().map(|come| come.event);
            assert_eq!(events.collect::<Vec<_>>(), expected, "{size}");
            assert_eq!(lines.retry, Some(Duration::from_millis(250)));
            // The id of an incomplete event does not count.
            assert_eq!(lines.id.as_deref(), Some("7"));
        }
    }

    #[test]
    fn what_came_in_place_of_events_is_told_from_a_part_of_one_and_from_what_is_passed_over() {
        for (text, instead) in [
            ("<html>\n</html>\n", Some("<html>\n</html>\n")),
            ("\n{\n", Some("{\n")),
            ("{\"title\":\"Down\"}", Some("{\"title\":\"Down\"}")),
            ("", None),
            (": hello\nretry: 5\nid: 1\n\n", None),
            ("da", None),
            ("data: a", None),
            ("unknown: 1\ndata: a\n", None),
            ("unknown: 1\ndata: a\n\n", None),
        ] {
            let mut lines = Lines::default();
            lines.read(text.as_bytes());
            assert_eq!(lines.instead().as_deref(), instead, "{text:?}");
            lines.restart();
            assert_eq!(lines.instead(), None, "{text:?}");
        }
    }

    #[test]
    fn a_part_of_an_event_is_forgotten_when_another_response_follows() {
        let mut lines = Lines::default();
        lines.read(b"id: 1\ndata: a\n\nid: 2\nevent: x\ndata: b\nda");
        lines.restart();
        assert!(!lines.is_within_event());
        lines.read("\u{feff}data: c\n\nid: 3\ndata: d\n\n".as_bytes());
        let events: Vec<_> = lines.events.into_iter().collect();
        let come = |data: &str, id: &str, named| Come {
            event: ServerEvent {
                kind: "message".to_owned(),
                data: data.to_owned(),
                id: Some(id.to_owned()),
            },
            named,
        };
        assert_eq!(
            events,
            [
                come("a", "1", true),
                come("c", "1", false),
                come("d", "3", true)
            ]
        );
    }
}
