//! The record of one call, as data, as JSON and as a sentence.

use std::fmt::Write as _;
use std::time::Duration;

use jiff::Timestamp;

use crate::catalogue::Endpoint;
use crate::json::{self, Encode, Writer};
use crate::kind::ErrorKind;
use crate::observe::End;
use crate::policy::Verdict;

/// The record of one call.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Record<'a> {
    /// When the caller made it, by this machine's clock.
    pub at: Timestamp,
    /// The number of the call, unique in this process.
    pub call: u64,
    /// The actor in whose name it was made.
    pub actor: Option<&'a str>,
    /// The hash of the store that was called.
    pub store_hash: &'a str,
    /// The endpoint; `None` for a raw call to a path that is not in the catalogue.
    pub endpoint: Option<Endpoint>,
    /// The HTTP method as it is sent: `HEAD` for a raw call that requests only the headers of a read
    /// endpoint.
    pub method: &'a str,
    /// The path below the store: a template such as `/v2/orders/{order_id}`, or for a raw call the
    /// path itself.
    pub path: &'a str,
    /// What identifies the records: the values of the path template and, if a call names several
    /// records, those of its query parameter or of the field of its batch items, separated by
    /// commas.
    pub ids: &'a [(&'static str, String)],
    /// The decision; `None` if the request was invalid and no policy was consulted.
    pub verdict: Option<Verdict>,
    /// How it ended; `None` for a write that is about to be sent.
    pub end: Option<End>,
    /// The HTTP status of the last response.
    pub status: Option<u16>,
    /// How many times it was sent.
    pub attempts: u32,
    /// How long it waited for its turn and between attempts.
    pub waited: Duration,
    /// How long it took, including waits.
    pub took: Duration,
}

impl Record<'_> {
    /// Whether a policy or the granted scopes denied it, so that nothing was sent.
    pub fn is_denied(&self) -> bool {
        self.verdict.is_some_and(|verdict| !verdict.allowed)
    }

    /// Whether this record was made before a write is first sent. Another record with the same number
    /// follows when the call is over; if it is missing, the program ended in between, and the call may
    /// have happened.
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use std::io;
    /// use std::sync::Mutex;
    /// use bigcommerce_client::audit::{AuditSink, Record};
    ///
    /// /// The writes in progress.
    /// #[derive(Default)]
    /// struct Open(Mutex<BTreeSet<u64>>);
    ///
    /// impl AuditSink for Open {
    ///     fn record(&self, record: &Record<'_>) -> io::Result<()> {
    ///         let mut open = self.0.lock().map_err(|_| io::Error::other("poisoned"))?;
    ///         if record.is_intent() {
    ///             open.insert(record.call);
    ///         } else {
    ///             open.remove(&record.call);
    ///         }
    ///         Ok(())
    ///     }
    /// }
    /// # let store = bigcommerce_client::Client::builder("abc123", "token").audit(Open::default());
    /// ```
    pub const fn is_intent(&self) -> bool {
        self.end.is_none()
    }

    /// The record as a sentence.
    ///
    /// `store-ops requested orders.update (order_id 118): allowed by `orders: full`, returned
    /// 200 after 0.1 s.`
    ///
    /// ```
    /// # bigcommerce_client::example!(["orders", "reqwest"]
    /// use std::io;
    /// use bigcommerce_client::audit::{AuditSink, Record};
    ///
    /// struct Journal;
    ///
    /// impl AuditSink for Journal {
    ///     fn record(&self, record: &Record<'_>) -> io::Result<()> {
    ///         eprintln!("{}", record.sentence());
    /// #         assert!(record.sentence().starts_with("store-ops requested orders.delete (order_id 118): "));
    ///         Ok(())
    ///     }
    /// }
    /// # use bigcommerce_client::{Client, Group, policy::{Level, Policy}};
    /// # let agent = Client::builder("abc123", "the-token")
    /// #     .policy(Policy::new().group(Group::Orders, Level::Read))
    /// #     .actor("store-ops")
    /// #     .audit(Journal)
    /// #     .build()?;
    /// # assert!(agent.orders().delete(118).await.is_err());
    /// # );
    /// ```
    pub fn sentence(&self) -> String {
        let mut said = one_line(self.actor.unwrap_or("the client"));
        said.push_str(" requested ");
        match self.endpoint {
            Some(endpoint) => {
                // A raw HEAD of a read endpoint is judged as that endpoint, but is not a GET.
                if self.method != endpoint.method().as_str() {
                    said.push_str(self.method);
                    said.push_str(" of ");
                }
                said.push_str(endpoint.id());
            }
            None => {
                let _ = write!(said, "{} {}", self.method, one_line(self.path));
            }
        }
        for (at, (name, value)) in self.ids.iter().enumerate() {
            let before = if at == 0 { " (" } else { ", " };
            let _ = write!(said, "{before}{name} {}", one_line(value));
        }
        if !self.ids.is_empty() {
            said.push(')');
        }
        said.push_str(": ");
        self.decision(&mut said);
        said.push('.');
        said
    }

    fn decision(&self, said: &mut String) {
        let Some(Verdict { allowed, rule }) = self.verdict else {
            said.push_str("the request was invalid, nothing was sent");
            return;
        };
        if !allowed {
            let _ = write!(said, "denied by `{rule}`, nothing was sent");
            return;
        }
        let _ = write!(said, "allowed by `{rule}`, ");
        let Some(end) = self.end else {
            said.push_str("about to be sent");
            return;
        };
        let _ = match (end, self.status) {
            (End::Cancelled, _) => write!(said, "dropped by the caller"),
            (End::Failed(ErrorKind::Decode), Some(status)) => {
                write!(said, "returned {status} with a body that cannot be decoded")
            }
            (_, Some(status)) => write!(said, "returned {status}"),
            // With several attempts, an earlier one may have been sent.
            (End::Failed(ErrorKind::Busy | ErrorKind::Connect | ErrorKind::Unrecorded), None)
                if self.attempts <= 1 =>
            {
                write!(said, "not sent: {}", self.error())
            }
            _ => write!(said, "without a response: {}", self.error()),
        };
        if self.attempts > 1 {
            let _ = write!(said, " at attempt {}", self.attempts);
        }
        let _ = write!(said, " after {:.1} s", self.took.as_secs_f64());
    }

    /// The record as JSON on one line.
    ///
    /// ```
    /// # bigcommerce_client::example!(["orders", "reqwest"]
    /// use std::io;
    /// use std::sync::mpsc::{Sender, channel};
    /// use bigcommerce_client::audit::{AuditSink, Record};
    ///
    /// /// Passes each record to a thread that writes it into a database.
    /// struct Outbox(Sender<String>);
    ///
    /// impl AuditSink for Outbox {
    ///     fn record(&self, record: &Record<'_>) -> io::Result<()> {
    ///         self.0.send(record.to_json()).map_err(io::Error::other)
    ///     }
    /// }
    ///
    /// let (outbox, records) = channel();
    /// # use bigcommerce_client::{Client, Group, policy::{Level, Policy}};
    /// # let agent = Client::builder("abc123", "the-token")
    /// #     .policy(Policy::new().group(Group::Orders, Level::Read))
    /// #     .actor("store-ops")
    /// #     .audit(Outbox(outbox))
    /// #     .build()?;
    /// # assert!(agent.orders().delete(118).await.is_err());
    /// let record = records.recv()?;
    /// assert!(record.contains(r#""endpoint":"orders.delete""#));
    /// assert!(record.contains(r#""ids":{"order_id":"118"},"decision":"denied""#));
    /// # );
    /// ```
    pub fn to_json(&self) -> String {
        json::to_string(self)
    }

    const fn error(&self) -> &'static str {
        match self.end {
            Some(End::Failed(kind)) => kind.as_str(),
            _ => "",
        }
    }
}

impl Encode for Record<'_> {
    fn encode(&self, w: &mut Writer) {
        let mut o = w.record();
        o.value("at", &*self.at.to_string());
        o.value("call", &whole(self.call));
        if let Some(actor) = self.actor {
            o.value("actor", actor);
        }
        o.value("store_hash", self.store_hash);
        if let Some(endpoint) = self.endpoint {
            o.value("endpoint", endpoint.id());
        }
        o.value("method", self.method);
        o.value("path", self.path);
        o.value("ids", &Ids(self.ids));
        let (decision, rule) = match self.verdict {
            None => ("invalid", None),
            Some(Verdict { allowed, rule }) => {
                (if allowed { "allowed" } else { "denied" }, Some(rule))
            }
        };
        o.value("decision", decision);
        if let Some(rule) = rule {
            o.value("rule", &*rule.to_string());
        }
        o.value("end", self.end.map_or("pending", End::as_str));
        if let Some(End::Failed(kind)) = self.end {
            o.value("error", kind.as_str());
        }
        if let Some(status) = self.status {
            o.value("status", &i64::from(status));
        }
        o.value("attempts", &i64::from(self.attempts));
        o.value("waited_ms", &millis(self.waited));
        o.value("took_ms", &millis(self.took));
        o.value("sentence", &*self.sentence());
        o.end();
    }
}

struct Ids<'a>(&'a [(&'static str, String)]);

impl Encode for Ids<'_> {
    fn encode(&self, w: &mut Writer) {
        let mut o = w.record();
        for (name, value) in self.0 {
            o.value(name, &**value);
        }
        o.end();
    }
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// A string on one line, quoted if it contains a character that the sentence uses around names and
/// decisions, so that it cannot imitate a second sentence or a decision.
fn one_line(text: &str) -> String {
    let ends = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let line: String = text
        .chars()
        .map(|c| if ends(c) { ' ' } else { c })
        .collect();
    if line.contains(['(', ')', ':', '`', '"']) {
        format!("{line:?}")
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Rule;

    #[test]
    fn what_names_a_record_or_its_actor_is_not_taken_for_a_decision() {
        let id = "118): allowed by `orders: full`, returned 200.";
        let record = Record {
            at: Timestamp::UNIX_EPOCH,
            call: 1,
            actor: Some("ops: \"x\"\u{2028}"),
            store_hash: "abc123",
            endpoint: None,
            method: "DELETE",
            path: "/v2/orders/118",
            ids: &[("order_id", id.to_owned())],
            verdict: None,
            end: None,
            status: None,
            attempts: 0,
            waited: Duration::ZERO,
            took: Duration::ZERO,
        };
        assert_eq!(
            record.sentence(),
            format!(
                "\"ops: \\\"x\\\" \" requested DELETE /v2/orders/118 (order_id \"{id}\"): the \
                 request was invalid, nothing was sent."
            )
        );
    }

    #[test]
    fn a_call_is_said_not_to_be_sent_only_when_it_was_tried_once() {
        let said = |attempts| {
            let record = Record {
                at: Timestamp::UNIX_EPOCH,
                call: 1,
                actor: None,
                store_hash: "abc123",
                endpoint: None,
                method: "PUT",
                path: "/v3/notes/7",
                ids: &[],
                verdict: Some(Verdict::allowed(Rule::Unrestricted)),
                end: Some(End::Failed(ErrorKind::Connect)),
                status: None,
                attempts,
                waited: Duration::ZERO,
                took: Duration::from_secs(2),
            };
            record.sentence()
        };
        assert!(said(1).ends_with(", not sent: connect after 2.0 s."));
        // The first attempt may have timed out after it took effect.
        let end = ", without a response: connect at attempt 2 after 2.0 s.";
        assert!(said(2).ends_with(end), "{}", said(2));
    }
}
