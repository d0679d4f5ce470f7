//! Calls that wait for a job, made of an endpoint that reads one.

use super::{docs, examples, print::Text, request, ty};
use crate::{
    model::{Answer, Api, Endpoint},
    spec::Envelope,
};

/// Prints the method of a handle, for an endpoint that has such a call.
pub(super) fn method(body: &mut Text, api: &Api, endpoint: &Endpoint) {
    let Some(job) = &endpoint.job else { return };
    let (of, made) = match &endpoint.answer {
        Answer::Page(ty) => (ty, "listed"),
        Answer::One(ty) => (ty, "one"),
        _ => return,
    };
    let by = job.by.and_then(|at| endpoint.query.get(at));
    let by = by.filter(|it| !it.required);
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
    if let Some(by) = by {
        let it = request::argument(api, by, "query");
        taken.push(format!("{}: {}", it.name, it.taken));
        call += &format!(".{}({})", it.name, it.name);
    }
    body.line("");
    body.docs(&lines(api, endpoint));
    if let Some(deprecated) = docs::deprecated_text(endpoint.deprecated.as_ref()) {
        body.line(&deprecated);
    }
    let head = format!("pub fn {}", job.name);
    let returns = format!(" -> crate::job::JobWait<{}>", ty::value(api, of, None));
    let status = match job.certain {
        true => format!("|job| Some(crate::Choice::as_str(&job.{}))", job.field),
        false => format!(
            "|job| job.{}.as_ref().map(crate::Choice::as_str)",
            job.field
        ),
    };
    let read = match (made, endpoint.envelope) {
        ("listed", _) => "",
        (_, Envelope::Flat) => "Call::flat, ",
        _ => "Call::data, ",
    };
    body.call_block(&head, &taken, &returns, |body| {
        body.line(&format!("let call = {call}.into_call();"));
        body.line(&format!(
            "crate::job::JobWait::{made}(call, {read}{status})"
        ));
    });
}

fn lines(api: &Api, endpoint: &Endpoint) -> Vec<String> {
    let (_, reader) = api.handles_of(endpoint);
    let call = &endpoint.call;
    let mut lines = vec![
        format!("Wait for a {} to end.", docs::prose(&endpoint.acts_on)),
        String::new(),
        format!("Reads it by [`{call}`]({reader}::{call}), again and again."),
    ];
    if let Some(job) = &endpoint.job {
        let ends = docs::words(api).job_ends(job);
        lines.extend([String::new(), format!("- **Ends:** {ends}")]);
    }
    lines.extend(examples::of_job(api, endpoint));
    lines
}
