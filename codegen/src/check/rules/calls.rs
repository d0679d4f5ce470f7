//! What calls send and return: bodies, batches, statuses, envelopes, limits.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index},
    spec::Envelope,
};

pub static PARTIAL: Code = Code::error(
    "E231",
    "partial",
    "If a 207 differs from a full success, it returns a list of the same type.",
);
pub static READ_WITH_BODY: Code = Code::error("E220", "read-with-body", "A GET has no body.");
pub static SAID_TO_READ: Code = Code::error(
    "E246",
    "said-to-read",
    "Only calls other than GET have `reads:`, and they do not have `repeat: { safe: true }` as well.",
);
pub static BATCH: Code = Code::error(
    "E221",
    "batch",
    "`batch:` is set for every body that is a list, and for no other body.",
);
pub static READ_OF_MONEY: Code = Code::error(
    "E245",
    "read-of-money",
    "A call that moves or commits money is a write.",
);
pub static OPTIONAL_BODY: Code = Code::error(
    "E232",
    "optional-body",
    "Only a request body that `takes` describes can be optional.",
);
pub static BAD_STATUS: Code = Code::error(
    "E222",
    "bad-status",
    "Statuses are from 100 to 599, success statuses from 200 to 299 and error statuses from 400 to 599, each listed once.",
);
pub static NO_CONTENT: Code = Code::warning(
    "W223",
    "no-content",
    "A call that returns nothing returns 204, and no other call does.",
);
pub static COUNTS: Code = Code::error(
    "E224",
    "counts",
    "Only calls that act on many things at once return only counts.",
);
pub static ENVELOPE: Code = Code::error(
    "E225",
    "envelope",
    "The envelope of a response fits what it returns.",
);
pub static ZERO_LIMIT: Code = Code::error("E228", "zero-limit", "A limit is at least 1.");

pub(super) fn reads(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let spec = endpoint.spec;
        if spec.reads.is_none() {
            continue;
        }
        let (at, id) = (endpoint.at.key("reads").name(), endpoint.full_id());
        if endpoint.is_get() {
            out.push(
                Diagnostic::new(&SAID_TO_READ, at, format!("`{id}` is a GET"))
                    .also(endpoint.at.key("get").name(), "a GET only reads")
                    .help("remove `reads:`"),
            );
        } else if spec.repeat.as_ref().is_some_and(|it| it.safe.allows()) {
            let repeat = endpoint.at.key("repeat").name();
            let message = format!("`{id}` only reads, so it is retried anyway");
            out.push(
                Diagnostic::new(&SAID_TO_READ, repeat, message)
                    .also(at, "only reads")
                    .help("remove `repeat:`"),
            );
        }
    }
}

pub(super) fn money(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        if endpoint.reads() && endpoint.spec.money.is_some() {
            let at = endpoint.at.key("money").name();
            let message = format!("`{}` only reads", endpoint.full_id());
            out.push(
                Diagnostic::new(&READ_OF_MONEY, at, message)
                    .also(endpoint.reading().name(), "only reads")
                    .help("remove `money:`, or move it to the call that moves the money"),
            );
        }
    }
}

pub(super) fn bodies(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let spec = endpoint.spec;
        if endpoint.is_get() && spec.takes.is_some() {
            out.push(
                Diagnostic::new(
                    &READ_WITH_BODY,
                    endpoint.at.key("takes").name(),
                    format!("`{}` is a GET, which has no body", endpoint.full_id()),
                )
                .also(endpoint.at.key("get").name(), "a GET")
                .help("move its parameters to `filters` or `query`"),
            );
        }
        if spec.optional_body && spec.takes.is_none() {
            out.push(
                Diagnostic::new(
                    &OPTIONAL_BODY,
                    endpoint.at.key("optional_body").name(),
                    format!("`{}` has no request body", endpoint.full_id()),
                )
                .help("remove it, or describe the body in `takes:`"),
            );
        }
        let Some(body) = cx.body(endpoint) else {
            // Deleting by a list of ids in the query is a batch without a body.
            if let (Some(_), None, None) = (&spec.batch, &spec.takes, &spec.delete) {
                out.push(
                    Diagnostic::new(
                        &BATCH,
                        endpoint.at.key("batch").name(),
                        format!("`{}` has no body that could be a batch", endpoint.full_id()),
                    )
                    .help("remove `batch:`, or describe the body in `takes:`"),
                );
            }
            continue;
        };
        if body.expr.is_list() && spec.batch.is_none() {
            out.push(
                Diagnostic::new(
                    &BATCH,
                    endpoint.at.key("takes").value(),
                    format!("`{}` sends a list without a limit", endpoint.full_id()),
                )
                .why("the client splits long lists into calls of this size")
                .help(
                    "add `batch: { max: N }`; add `unstated: true` if no source states the number",
                ),
            );
        }
        if !body.expr.is_list() && spec.batch.is_some() {
            out.push(
                Diagnostic::new(
                    &BATCH,
                    endpoint.at.key("batch").name(),
                    format!("`{}` sends one thing, not a batch", endpoint.full_id()),
                )
                .also(endpoint.at.key("takes").value(), "one thing")
                .help(format!(
                    "remove `batch:`, or write `takes: \"[{}]\"`",
                    body.expr
                )),
            );
        }
    }
}

/// The values of `returns` for responses without a value of a type.
const WITHOUT_VALUE: [&str; 4] = ["none", "counts", "file", "events"];

pub(super) fn partials(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let Some(partial) = &endpoint.spec.partial else {
            continue;
        };
        let at = endpoint.at.key("partial");
        if !endpoint.spec.success.contains(&207) {
            out.push(
                Diagnostic::new(&PARTIAL, at.name(), "this call does not return a 207")
                    .also(endpoint.at.key("success").value(), "207 is not among these")
                    .help("remove `partial:`, or add 207 to `success`"),
            );
        } else if WITHOUT_VALUE.contains(&endpoint.spec.returns.as_str()) {
            out.push(
                Diagnostic::new(
                    &PARTIAL,
                    at.name(),
                    format!(
                        "a 207 has no items if `returns` is `{}`",
                        endpoint.spec.returns
                    ),
                )
                .also(endpoint.at.key("returns").value(), "not a type")
                .help("remove `partial:`, or name the type of the response in `returns`"),
            );
        } else if *partial != format!("[{}]", endpoint.spec.returns) {
            out.push(
                Diagnostic::new(
                    &PARTIAL,
                    at.value(),
                    format!("a 207 cannot return `{partial}` here"),
                )
                .also(
                    endpoint.at.key("returns").value(),
                    "a full success returns this",
                )
                .why("the client reads a 207 as the type in `returns`, or as a list of it")
                .help(format!("write `partial: \"[{}]\"`", endpoint.spec.returns)),
            );
        }
    }
}

pub(super) fn statuses(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let success = endpoint.at.key("success");
        if endpoint.spec.success.is_empty() {
            out.push(
                Diagnostic::new(
                    &BAD_STATUS,
                    success.name(),
                    format!("`{}` cannot succeed", endpoint.full_id()),
                )
                .help("name the statuses that mean success, such as `[200]`"),
            );
        }
        status_list(
            &endpoint.spec.success,
            success,
            200..=299,
            "a success status is",
            out,
        );
        status_list(
            &endpoint.spec.errors,
            endpoint.at.key("errors"),
            400..=599,
            "an error status is",
            out,
        );
    }
}

pub(super) fn refusals(cx: &Index<'_>, out: &mut Diagnostics) {
    for (group, at) in cx.groups() {
        for status in group.refusals.keys() {
            if !status
                .parse()
                .is_ok_and(|status: u16| (400..=599).contains(&status))
            {
                let at = at.key("refusals").key(status).name();
                let message = format!("`{status}` is not the status of an error");
                out.push(
                    Diagnostic::new(&BAD_STATUS, at, message)
                        .help("write a status from 400 to 599"),
                );
            }
        }
    }
}

fn status_list(
    list: &[u16],
    at: At<'_>,
    range: std::ops::RangeInclusive<u16>,
    what: &str,
    out: &mut Diagnostics,
) {
    let mut seen = BTreeSet::new();
    for (index, status) in list.iter().enumerate() {
        let at = at.index(index).value();
        if !range.contains(status) {
            let message = format!(
                "{status} is not possible: {what} from {} to {}",
                range.start(),
                range.end()
            );
            out.push(Diagnostic::new(&BAD_STATUS, at, message).help("correct it, or remove it"));
        } else if !seen.insert(status) {
            let message = format!("{status} is listed twice");
            out.push(Diagnostic::new(&BAD_STATUS, at, message).help("keep one of the two"));
        }
    }
}

pub(super) fn answers(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let spec = endpoint.spec;
        let nothing = spec.returns == "none";
        let (returns, success) = (endpoint.at.key("returns"), endpoint.at.key("success"));
        // A provider may well return success without a body as 200.
        let bodiless =
            matches!(spec.envelope, None | Some(Envelope::None)) && !endpoint.group.inbound;
        if nothing && bodiless && !spec.success.is_empty() && !spec.success.contains(&204) {
            out.push(
                Diagnostic::new(
                    &NO_CONTENT,
                    success.value(),
                    format!(
                        "`{}` returns nothing, but not with status 204",
                        endpoint.full_id()
                    ),
                )
                .also(returns.value(), "nothing")
                .help("check what the response contains; `none` discards the body"),
            );
        }
        if !nothing && spec.success == [204] {
            out.push(
                Diagnostic::new(
                    &NO_CONTENT,
                    success.value(),
                    format!(
                        "`{}` returns a value, but a 204 has no body",
                        endpoint.full_id()
                    ),
                )
                .also(returns.value(), "something")
                .help("write `returns: none`, or add the status of the response with the body"),
            );
        }
        let many = spec.batch.is_some()
            || !spec.filters.is_empty()
            || cx.body(endpoint).is_some_and(|body| body.expr.is_list());
        if spec.returns == "counts" && (endpoint.reads() || !many) {
            out.push(
                Diagnostic::new(
                    &COUNTS,
                    returns.value(),
                    format!(
                        "`{}` does not act on many things at once",
                        endpoint.full_id()
                    ),
                )
                .why("`counts` are the totals of a batch: total, success, failed")
                .help("name the type of the response, or `none`"),
            );
        }
        envelope(&endpoint, out);
    }
}

fn envelope(endpoint: &EndpointAt<'_>, out: &mut Diagnostics) {
    let at = endpoint.at.key("envelope").value();
    let returns = endpoint.at.key("returns").value();
    let message = match (endpoint.spec.envelope, endpoint.spec.returns.as_str()) {
        // An envelope without a value differs from no body.
        (None | Some(Envelope::None | Envelope::DataMeta), "none")
        | (None | Some(Envelope::Meta), "counts")
        | (None, "file" | "events") => return,
        (Some(_), "none") => "a call that returns nothing has no body, or an empty `data_meta`",
        (Some(_), "file" | "events") => "files and events have no envelope",
        (Some(_), "counts") => "counts are in the envelope `meta`",
        (Some(Envelope::None), _) => {
            "a call that returns a value has an envelope; in `flat`, the body is the value"
        }
        (Some(Envelope::Meta), _) => "the envelope `meta` has counts, but no value",
        _ => return,
    };
    out.push(
        Diagnostic::new(&ENVELOPE, at, message)
            .also(returns, "what it returns")
            .help("remove `envelope:`, or correct `returns:`"),
    );
}

pub(super) fn limits(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let spec = endpoint.spec;
        let batch = spec.batch.as_ref().map(|batch| (batch.max, "batch"));
        let concurrency = spec
            .concurrency
            .as_ref()
            .map(|limit| (limit.max, "concurrency"));
        for (max, key) in batch.into_iter().chain(concurrency) {
            if max == 0 {
                out.push(
                    Diagnostic::new(
                        &ZERO_LIMIT,
                        endpoint.at.key(key).key("max").value(),
                        format!(
                            "with this limit, `{}` could never be called",
                            endpoint.full_id()
                        ),
                    )
                    .help(format!("correct the number, or remove `{key}:`")),
                );
            }
        }
    }
}
