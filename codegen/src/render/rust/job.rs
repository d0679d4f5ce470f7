//! Calls that wait for a job, built on an endpoint that reads one.

use super::{docs, examples, print::Text, request, ty};
use crate::{
    model::{Answer, Api, Endpoint, JobField},
    spec::Envelope,
};

/// Prints the method of a handle, for an endpoint that has such a call.
pub(super) fn method(body: &mut Text, api: &Api, endpoint: &Endpoint) {
    let Some(job) = &endpoint.job else { return };
    let (Answer::Page(of) | Answer::One(of) | Answer::Events(Some(of))) = &endpoint.answer else {
        return;
    };
    let held = api.held(endpoint);
    let mut taken = vec!["&self".to_owned()];
    let mut passed = vec!["&self.client".to_owned()];
    for it in request::arguments(api, endpoint) {
        if held.iter().any(|held| held.rust == it.name) {
            passed.push(it.of("self"));
        } else {
            taken.push(format!("{}: {}", it.name, it.taken));
            passed.push(it.passed);
        }
    }
    let mut call = format!("requests::{}::new({})", endpoint.request, passed.join(", "));
    let mut key = None;
    if let Some(by) = &job.by
        && let Some(parameter) = endpoint.query.get(by.parameter)
    {
        let it = request::argument(api, parameter, "query");
        if !parameter.required {
            taken.push(format!("{}: {}", it.name, it.taken));
            call += &format!(".{0}({0})", it.name);
        }
        key = Some((it, &by.field));
    }
    body.line("");
    body.docs(&lines(api, endpoint));
    if let Some(deprecated) = docs::deprecated_text(endpoint.deprecated.as_ref()) {
        body.line(&deprecated);
    }
    let head = format!("pub fn {}", job.name);
    let returns = format!(" -> crate::job::JobWait<{}>", ty::value(api, of, None));
    let status = reads(&job.field, "crate::Choice::as_str");
    body.call_block(&head, &taken, &returns, |body| {
        let (made, how) = match &key {
            Some((argument, field)) => {
                if let Some(kept) = argument.kept() {
                    body.line(&kept);
                }
                let key = format!("let job_key = crate::job::key(&{});", argument.name);
                body.line(&key);
                let read = reads(field, "crate::job::key");
                ("listed", vec!["job_key".to_owned(), read])
            }
            None if is_followed(endpoint) => ("followed", Vec::new()),
            None if endpoint.envelope == Envelope::Flat => ("one", vec!["Call::flat".to_owned()]),
            None => ("one", vec!["Call::data".to_owned()]),
        };
        body.line(&format!("let call = {call}.into_call();"));
        let given = ["call".to_owned()].into_iter().chain(how).chain([status]);
        let given: Vec<String> = given.collect();
        body.call(&format!("crate::job::JobWait::{made}"), &given, "");
    });
}

/// Whether the job is not read but reported in events.
const fn is_followed(endpoint: &Endpoint) -> bool {
    matches!(endpoint.answer, Answer::Events(_))
}

/// A closure that reads a field of a job, if it is present.
fn reads(field: &JobField, read: &str) -> String {
    let JobField { name, certain } = field;
    match certain {
        true => format!("|job| Some({read}(&job.{name}))"),
        false => format!("|job| job.{name}.as_ref().map({read})"),
    }
}

fn lines(api: &Api, endpoint: &Endpoint) -> Vec<String> {
    let (_, reader) = api.handles_of(endpoint);
    let call = &endpoint.call;
    let read = format!("[`{call}`]({reader}::{call})");
    let how = match is_followed(endpoint) {
        true => format!("Follows {read}, and repeats the call each time its stream ends."),
        false => format!("Polls it with {read}."),
    };
    let mut lines = vec![
        format!("Wait for a {} to end.", docs::prose(&endpoint.acts_on)),
        String::new(),
        how,
    ];
    if let Some(job) = &endpoint.job {
        let ends = docs::words(api).job_ends(job);
        lines.extend([String::new(), format!("- **Ends:** {ends}")]);
    }
    lines.extend(examples::of_job(api, endpoint));
    lines
}
