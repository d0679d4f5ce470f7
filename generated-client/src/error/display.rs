//! What an error says: one sentence with the call, what happened, and what to do about it.

use std::fmt;

use super::{Answer, Error, ErrorKind};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        match inner.endpoint {
            Some(endpoint) => write!(f, "{endpoint} ")?,
            None if inner.kind == ErrorKind::Request => f.write_str("the call ")?,
            None => f.write_str("the client ")?,
        }
        match inner.kind {
            ErrorKind::Build => write!(f, "could not be made: {}", inner.reason),
            ErrorKind::Request => write!(f, "was not sent: {}", inner.reason),
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
            ErrorKind::Timeout => f.write_str("got no answer in time; the call may have happened"),
            ErrorKind::Transport => {
                f.write_str("got no answer: the connection failed")?;
                self.because(f)
            }
            ErrorKind::TooLarge => {
                f.write_str("got an answer that was not read")?;
                self.because(f)
            }
            ErrorKind::Decode => {
                f.write_str("succeeded, but its answer cannot be read")?;
                self.because(f)
            }
            ErrorKind::Status => match &inner.answer {
                Some(answer) => self.refusal(f, answer),
                None => f.write_str("was refused"),
            },
        }
    }
}

impl Error {
    fn because(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }

    fn refusal(&self, f: &mut fmt::Formatter<'_>, answer: &Answer) -> fmt::Result {
        write!(f, "was refused with {}", answer.status.as_u16())?;
        if let Some(reason) = answer.status.canonical_reason() {
            write!(f, " {reason}")?;
        }
        if let Some(problem) = answer.problems.first() {
            said(f, problem)?;
        }
        if answer.problems.len() > 1 {
            write!(f, " and {} more", answer.problems.len() - 1)?;
        }
        self.advice(f, answer.status.as_u16())
    }

    fn advice(&self, f: &mut fmt::Formatter<'_>, status: u16) -> fmt::Result {
        let advice = match status {
            300..=399 => "redirects are not followed, so that the token stays with its host",
            401 => "check that the token is valid and belongs to this store",
            403 => {
                let Some(endpoint) = self.0.endpoint else {
                    return Ok(());
                };
                let scope = endpoint.scope();
                let (label, level) = (scope.label(), scope.level());
                return write!(f, "; give the token the scope `{scope}` ({label}: {level})");
            }
            404 => "check the ids and the store hash",
            409 => "read the resource again before repeating the change",
            413 => "send fewer items or ask for a smaller page",
            429 => "wait until the quota is renewed",
            500..=599 => "the API itself failed; try again later",
            _ => return Ok(()),
        };
        write!(f, "; {advice}")
    }
}

fn said(f: &mut fmt::Formatter<'_>, problem: &super::Problem) -> fmt::Result {
    let words = [&problem.title, &problem.detail];
    let mut words: Vec<String> = words
        .into_iter()
        .flatten()
        .map(|text| one_line(text))
        .collect();
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

/// A text on one line, without control characters.
fn one_line(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(300)
        .collect();
    text.trim().trim_end_matches('.').to_owned()
}
