//! The message of an error: one sentence with the call, what happened, and what to do about it.

use std::fmt;

use http::StatusCode;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use super::excerpt::excerpt;
use super::{Answer, Error, ErrorKind};
use crate::body::text;
use crate::catalogue::Scope;
use crate::json::{self, Tree};
use crate::secrets::Secrets;
use crate::target::Target;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = Said(self).to_string();
        f.write_str(&self.0.secrets.text(&said))
    }
}

/// The message, before secrets are redacted.
struct Said<'a>(&'a Error);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(error) = self;
        error.sentence(f)?;
        if error.0.earlier {
            f.write_str("; an earlier attempt may have happened")?;
        }
        match error.0.attempts {
            0 | 1 => Ok(()),
            times => write!(f, " (tried {times} times)"),
        }
    }
}

impl Error {
    fn sentence(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        match &inner.target {
            Some(target) => write!(f, "{target} ")?,
            None if matches!(inner.kind, ErrorKind::Request | ErrorKind::Partial) => {
                f.write_str("the call ")?;
            }
            None if inner.kind == ErrorKind::Job => f.write_str("the job ")?,
            None => f.write_str("the client ")?,
        }
        match inner.kind {
            ErrorKind::Build => {
                write!(f, "could not be built: {}", inner.reason)?;
                self.because(f)
            }
            ErrorKind::Request => write!(f, "was not sent: {}", inner.reason),
            ErrorKind::Denied => {
                f.write_str("was not sent: the access policy ")?;
                match &inner.rule {
                    Some(rule) => f.write_str(&rule.said()),
                    None => f.write_str("denies it"),
                }
            }
            ErrorKind::Scope => {
                f.write_str("was not sent: the token lacks ")?;
                self.scope(f)
            }
            ErrorKind::Unrecorded => {
                f.write_str("was not sent: a required audit sink could not record it before")?;
                self.because(f)
            }
            ErrorKind::Busy => match &inner.answer {
                Some(answer) => {
                    self.refusal(f, answer)?;
                    write!(f, "; {}", inner.reason)
                }
                None => write!(f, "was not sent: {}", inner.reason),
            },
            ErrorKind::Connect => {
                f.write_str("was not sent: no connection was made")?;
                self.because(f)
            }
            ErrorKind::Unprocessed => {
                f.write_str("was refused before it was processed")?;
                self.because(f)
            }
            ErrorKind::Timeout => {
                match &inner.answer {
                    Some(answer) => {
                        f.write_str("got ")?;
                        named(f, answer.status)?;
                        f.write_str(", but not the whole response in time")?;
                    }
                    None => f.write_str("got no response in time")?,
                }
                f.write_str(MAYBE)
            }
            ErrorKind::Transport => {
                match &inner.answer {
                    Some(answer) => {
                        f.write_str("got ")?;
                        named(f, answer.status)?;
                        f.write_str(", but its response could not be read to the end")?;
                    }
                    None => f.write_str("got no response: the connection failed")?,
                }
                self.because(f)?;
                f.write_str(MAYBE)
            }
            ErrorKind::File => {
                f.write_str("succeeded, but the file could not be written")?;
                self.because(f)
            }
            ErrorKind::TooLarge => {
                f.write_str("got a response that is too large")?;
                self.because(f)?;
                if let Some(answer) = &inner.answer {
                    f.write_str("; its status is ")?;
                    named(f, answer.status)?;
                }
                f.write_str(MAYBE)
            }
            ErrorKind::Decode => match &inner.answer {
                Some(answer) if text(&answer.body).is_empty() => {
                    f.write_str("succeeded with ")?;
                    named(f, answer.status)?;
                    f.write_str(", but its response is unexpectedly empty")
                }
                Some(answer) if !answer.problems.is_empty() => {
                    f.write_str("returned ")?;
                    named(f, answer.status)?;
                    f.write_str(", but its response is an error")?;
                    answer.problems.first().map_or(Ok(()), |it| said(f, it))
                }
                Some(answer) if !is_json(&answer.body) => not_json(f, answer, &inner.secrets),
                None => {
                    f.write_str("could not decode a value")?;
                    self.because(f)
                }
                Some(_) => {
                    f.write_str("succeeded, but its response cannot be decoded")?;
                    self.because(f)
                }
            },
            ErrorKind::Contradiction => {
                write!(f, "cannot be read to its end: {}", inner.reason)
            }
            ErrorKind::Partial => {
                f.write_str("was not completed")?;
                self.because(f)
            }
            ErrorKind::Job => f.write_str(&inner.reason),
            ErrorKind::Status => match &inner.answer {
                Some(answer) => self.refusal(f, answer),
                None => f.write_str("was refused"),
            },
        }
    }

    /// Whether the message contains that of the cause.
    pub(super) fn says_cause(&self) -> bool {
        match (self.0.kind, &self.0.answer) {
            (ErrorKind::Decode, Some(answer)) => {
                !text(&answer.body).is_empty()
                    && answer.problems.is_empty()
                    && is_json(&answer.body)
            }
            // The cause of a timeout is omitted, since it would only repeat the message.
            _ => true,
        }
    }

    fn because(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }

    fn refusal(&self, f: &mut fmt::Formatter<'_>, answer: &Answer) -> fmt::Result {
        f.write_str("was refused with ")?;
        named(f, answer.status)?;
        if let Some(problem) = answer.problems.first() {
            said(f, problem)?;
        }
        if answer.problems.len() > 1 {
            write!(f, " and {} more", answer.problems.len() - 1)?;
        }
        if self.0.source.is_some() {
            f.write_str(", but its response could not be read to the end")?;
            self.because(f)?;
        }
        self.advice(f, answer)
    }

    fn advice(&self, f: &mut fmt::Formatter<'_>, answer: &Answer) -> fmt::Result {
        let advice = match answer.status.as_u16() {
            status if self.is_of_a_file() => match about_a_file(status) {
                Some(advice) => advice,
                None => return Ok(()),
            },
            301..=303 | 307 | 308 => {
                "redirects are not followed, so that the token stays with its host"
            }
            401 => "check that the token is valid and belongs to this store",
            403 => {
                if self.endpoint().is_none() {
                    return f.write_str("; check the scopes of the token");
                }
                f.write_str("; grant the token ")?;
                self.scope(f)?;
                return self.also_needed(f);
            }
            400 | 422 if answer.problems.is_empty() => "no reason is given",
            400 | 422 => "correct the named fields and send it again",
            404 => "check the ids and the store hash",
            405 | 406 | 415 => {
                "the API does not support this method, content type or response type here"
            }
            409 => "read the resource again before retrying the change",
            413 => "send fewer items or request a smaller page",
            414 => "the URL is too long; request fewer ids or values per call",
            423 => "it is locked; wait and retry a few times",
            429 => "wait until the quota is renewed",
            501 | 505 => "the API cannot do this, and retrying does not help",
            507 => "a limit of the store's plan is reached, and retrying does not help",
            503 if self.is_final() => "retrying does not help; ask the store's owner",
            304 => "remove the conditional request headers",
            431 => "its headers are too large; send fewer of your own",
            500..=599 if self.may_not_repeat() => {
                "the API itself failed; the call may have happened, so check before retrying it"
            }
            500..=599 => match self.retry_after() {
                Some(wait) => {
                    return write!(f, "; the API itself failed; try again in {wait:.0?}");
                }
                None => "the API itself failed; try again later",
            },
            _ => return Ok(()),
        };
        write!(f, "; {advice}")
    }

    /// Whether sending the call again would do harm if it has already happened.
    fn may_not_repeat(&self) -> bool {
        let repeatable = |target: &Target| target.repeatable();
        let known = self.0.idempotent;
        !known.unwrap_or_else(|| self.0.target.as_ref().is_none_or(repeatable))
    }
}

/// Advice if the host of a file does not return it. The advice for the API would be misleading: the host
/// knows neither the token nor the store.
const fn about_a_file(status: u16) -> Option<&'static str> {
    match status {
        301..=303 | 307 | 308 => Some("redirects are not followed"),
        400 | 401 | 403 | 404 | 410 => {
            Some("the URL may have expired; repeat the call that returned it")
        }
        429 | 500..=599 => Some("the host cannot serve it now; try again later"),
        _ => None,
    }
}

/// What is known about a call without a complete response.
const MAYBE: &str = "; the call may have happened";

/// Whether a body is JSON, or at least looks like an attempt.
fn is_json(body: &[u8]) -> bool {
    let text = text(body);
    text.starts_with(b"{") || text.starts_with(b"[") || json::from_slice::<Tree>(text).is_ok()
}

/// Describes a body that is not JSON.
fn not_json(f: &mut fmt::Formatter<'_>, answer: &Answer, secrets: &Secrets) -> fmt::Result {
    f.write_str("succeeded, but its response cannot be decoded: it came with ")?;
    named(f, answer.status)?;
    for (what, name) in [("of type", CONTENT_TYPE), ("encoded as", CONTENT_ENCODING)] {
        if let Some(Ok(value)) = answer.headers.get(name).map(|value| value.to_str()) {
            write!(f, ", {what} `{}`", one_line(value))?;
        }
    }
    f.write_str(", and is not JSON")?;
    // The excerpt is truncated, so secrets are redacted first: none may be cut in half.
    match excerpt(&secrets.bytes(&answer.body)) {
        Some(beginning) => write!(f, ": {beginning}"),
        None => write!(f, ": {} bytes that are not text", answer.body.len()),
    }
}

impl Error {
    /// The scope that the call needs, and how the granted ones compare with it.
    fn scope(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(needed) = self.missing_scope() else {
            return f.write_str("the scope that the call needs");
        };
        write!(f, "the scope {}", Labelled(needed))?;
        let or = self.endpoint().and_then(|it| it.facts().or_scope);
        if let Some(or) = or {
            write!(f, " or {}", Labelled(or))?;
        }
        let Some(shortfall) = &self.0.shortfall else {
            return Ok(());
        };
        if shortfall.covered {
            let it = if or.is_some() { "one of them" } else { "it" };
            let what = "so the token may be a different one or the store may have reached a limit";
            return write!(f, "; the granted scopes include {it}, {what}");
        }
        match &*shortfall.short {
            [] if or.is_some() => f.write_str("; none of the granted scopes covers either of them"),
            [] => f.write_str("; none of the granted scopes covers it"),
            short => {
                f.write_str("; the granted ")?;
                for (at, scope) in short.iter().enumerate() {
                    let between = if at == 0 { "" } else { " and " };
                    write!(f, "{between}{}", Labelled(*scope))?;
                }
                f.write_str(if short.len() == 1 { " is" } else { " are" })?;
                f.write_str(" not sufficient")
            }
        }
    }

    /// The scopes that the call needs only with some values, of which the sent ones may be some. Those that are
    /// known to be granted are omitted.
    fn also_needed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(endpoint) = self.endpoint() else {
            return Ok(());
        };
        let held: &[Scope] = match &self.0.shortfall {
            Some(shortfall) => &shortfall.held,
            None => &[],
        };
        for (scope, when) in endpoint.facts().also_needs {
            if !held.contains(scope) {
                write!(f, "; when {when}, it also needs {}", Labelled(*scope))?;
            }
        }
        Ok(())
    }
}

/// A scope with its scope string and its label.
struct Labelled(Scope);

impl fmt::Display for Labelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(scope) = self;
        write!(f, "`{scope}` ({}: {})", scope.label(), scope.level())
    }
}

/// A status with its number and its name.
fn named(f: &mut fmt::Formatter<'_>, status: StatusCode) -> fmt::Result {
    match status.canonical_reason() {
        Some(reason) => write!(f, "{} {reason}", status.as_u16()),
        None => write!(f, "{}", status.as_u16()),
    }
}

pub(super) fn said(f: &mut fmt::Formatter<'_>, problem: &super::Problem) -> fmt::Result {
    let words = [&problem.title, &problem.detail];
    let mut words: Vec<String> = words
        .into_iter()
        .flatten()
        .map(|text| one_line(text))
        .collect();
    let ids = problem
        .about
        .iter()
        .filter(|(name, _)| name.ends_with("id"));
    words.extend(
        ids.take(3)
            .map(|(name, id)| one_line(&format!("{name} {id}"))),
    );
    for refused in problem.fields.iter().take(5) {
        let message = one_line(&refused.message);
        words.push(match &*refused.field {
            "" => message,
            field => format!("`{}` {message}", one_line(field)),
        });
    }
    if words.is_empty() {
        Ok(())
    } else {
        write!(f, " ({})", words.join("; "))
    }
}

/// A string on one line, without control characters.
fn one_line(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(300)
        .collect();
    text.trim().trim_end_matches('.').to_owned()
}
