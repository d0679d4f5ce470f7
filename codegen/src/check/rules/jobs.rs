//! Jobs that the client waits for: that a call reads them, and that one of their fields says when they
//! have ended.

use super::{all, exclusions};
use crate::{
    code_span::code,
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, FieldAt, Index, SchemaAt},
    spec::Job,
    types::TypeExpr,
};

pub static BAD_JOB: Code = Code::error(
    "E240",
    "bad-job",
    "A job is read by a call that always returns it, lists it by its key or streams it as events, and one of its fields says when it has ended.",
);

pub(super) fn jobs(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let Some(job) = &endpoint.spec.job else {
            continue;
        };
        if !endpoint.is_get() {
            let message = format!("`{}` is not a GET", endpoint.full_id());
            out.push(
                Diagnostic::new(&BAD_JOB, endpoint.at.key("job").name(), message)
                    .why("the call is repeated until the job has ended")
                    .help("use it on the call that reads the job's progress"),
            );
        }
        bodiless(&endpoint, out);
        if let Some(schema) = returned(cx, &endpoint, job, out) {
            status(cx, schema, job, endpoint.at.key("job"), out);
        }
    }
}

/// Checks the success statuses of a call: each has to return the one job.
fn bodiless(endpoint: &EndpointAt<'_>, out: &mut Diagnostics) {
    for (index, status) in endpoint.spec.success.iter().enumerate() {
        let why = match status {
            204 => "a 204 has no body, so it cannot report the job's progress",
            207 => "a 207 is about several things, not one job",
            _ => continue,
        };
        let at = endpoint.at.key("success").index(index).value();
        let message = format!("a {status} does not contain a job");
        out.push(
            Diagnostic::new(&BAD_JOB, at, message)
                .also(endpoint.at.key("job").name(), "this call waits for it")
                .why(why)
                .help("remove the status, or `job:`"),
        );
    }
}

/// The schema of the job that the call returns or lists.
fn returned<'a>(
    cx: &Index<'a>,
    endpoint: &EndpointAt<'a>,
    job: &Job,
    out: &mut Diagnostics,
) -> Option<SchemaAt<'a>> {
    let at = endpoint.at.key("job");
    let page = endpoint.spec.page.as_deref();
    let paged = page.is_some_and(|page| page != "none");
    let streamed = endpoint.spec.events.as_deref();
    let streamed = streamed.filter(|_| endpoint.spec.returns == "events");
    let answer = match streamed {
        Some(data) => cx.read(endpoint.home, data).ok(),
        None => cx.answer(*endpoint),
    };
    let schema = answer.as_ref().and_then(|answer| answer.schema);
    let named = |one: &TypeExpr| schema.filter(|_| matches!(one, TypeExpr::Named { .. }));
    let (one, wrong) = match (answer.as_ref().map(|answer| &answer.expr), &job.by) {
        (Some(one @ TypeExpr::Named { .. }), None) => (one, None),
        (Some(TypeExpr::List(item)), Some(by)) if paged => {
            chosen(cx, endpoint, named(item), by, out);
            (&**item, None)
        }
        (Some(one @ TypeExpr::Named { .. }), Some(_)) => (
            one,
            Some((
                at.key("by").name(),
                "this call does not return a list",
                "remove `by`",
            )),
        ),
        (Some(TypeExpr::List(item)), None) if paged => (
            &**item,
            Some((
                at.name(),
                "nothing identifies the job in the list",
                "name the parameter that selects it in `by:`, as it is sent",
            )),
        ),
        _ => {
            out.push(
                Diagnostic::new(&BAD_JOB, at.name(), "this call does not return a job")
                    .also(endpoint.at.key("returns").value(), "the response")
                    .help("use it on a call that returns a job, a page of jobs or events of a job"),
            );
            return None;
        }
    };
    if let Some((at, message, help)) = wrong {
        let returns = endpoint.at.key("returns").value();
        out.push(
            Diagnostic::new(&BAD_JOB, at, message)
                .also(returns, "the response")
                .help(help),
        );
    }
    named(one)
}

/// Checks the parameter that selects a job in a list: it has a single value, the key of the job.
fn chosen(
    cx: &Index<'_>,
    endpoint: &EndpointAt<'_>,
    listed: Option<SchemaAt<'_>>,
    by: &String,
    out: &mut Diagnostics,
) {
    let at = endpoint.at.key("job").key("by").value();
    let lists = all::lists(cx, endpoint);
    let mut known = exclusions::parameters(cx, endpoint);
    known.retain(|name| !lists.contains(name));
    if !known.contains(by) {
        let message = format!("the query has no `{by}` with a single value");
        out.push(
            Diagnostic::new(&BAD_JOB, at, message)
                .meant(by, cx.candidates(known.iter().map(String::as_str))),
        );
        return;
    }
    let Some(schema) = listed else { return };
    let key = schema.key();
    let read = schema.field(key).is_some_and(|field| field.is_read());
    if by != key || !read {
        let message = format!("`{by}` does not identify a `{}`", schema.name);
        let help = match read {
            true => format!("name the parameter for the key, `{key}`"),
            false => "name the field that identifies it in `key:` of the schema".to_owned(),
        };
        out.push(
            Diagnostic::new(&BAD_JOB, at, message)
                .also(schema.at().name(), "the listed jobs")
                .why("the job is found in the list by its key")
                .help(help),
        );
    }
}

/// Checks the field and its final values.
fn status(cx: &Index<'_>, schema: SchemaAt<'_>, job: &Job, at: At<'_>, out: &mut Diagnostics) {
    let Some(field) = schema.field(&job.status).filter(FieldAt::is_read) else {
        let fields = schema.fields().filter(FieldAt::is_read);
        let fields: Vec<_> = fields.map(|field| field.name).collect();
        let message = format!(
            "the read view of `{}` has no field `{}`",
            schema.name, job.status
        );
        out.push(
            Diagnostic::new(&BAD_JOB, at.key("status").value(), message)
                .meant(&job.status, cx.candidates(fields)),
        );
        return;
    };
    let Some(values) = cx.words_of(field) else {
        let message = format!("`{}` is not an enumeration of strings", job.status);
        out.push(
            Diagnostic::new(&BAD_JOB, at.key("status").value(), message)
                .also(field.at().name(), "this field")
                .help("name a field whose type has `values`"),
        );
        return;
    };
    if job.done.is_empty() {
        out.push(
            Diagnostic::new(
                &BAD_JOB,
                at.key("done").value(),
                "no value means that the job is done",
            )
            .help("list at least one"),
        );
    }
    for (key, list) in [("done", &job.done), ("failed", &job.failed)] {
        for (index, value) in list.iter().enumerate() {
            let at = at.key(key).index(index).value();
            if !values.keys().any(|known| known == value) {
                let message = format!("`{}` has no value {}", job.status, code(value));
                out.push(
                    Diagnostic::new(&BAD_JOB, at, message)
                        .meant(value, cx.candidates(values.keys())),
                );
            } else if key == "failed" && job.done.contains(value) {
                let message = format!("{} already means that the job is done", code(value));
                out.push(
                    Diagnostic::new(&BAD_JOB, at, message).help("remove it from one of the two"),
                );
            }
        }
    }
}
