//! The numbers of the service as a whole: that statuses and limits are possible.

pub(super) use super::calls::{BAD_STATUS, ZERO_LIMIT};
use crate::{
    diagnostic::{At, Diagnostic, Diagnostics},
    index::Index,
};

pub(super) fn statuses(cx: &Index<'_>, out: &mut Diagnostics) {
    let service = &cx.document.service;
    let root = At::root("service.yaml");
    for (index, one) in service.statuses.iter().enumerate() {
        let at = root.key("statuses").index(index).key("status").value();
        let status = one.status;
        if !(100..=599).contains(&status) {
            let message = format!("{status} is not possible: a status is from 100 to 599");
            out.push(Diagnostic::new(&BAD_STATUS, at, message).help("correct it, or remove it"));
        }
    }
    for (name, style) in service.pages.iter() {
        let at = root.key("pages").key(name).key("too_large");
        if let Some(status) = style.too_large.filter(|it| !(400..=599).contains(it)) {
            let message = format!("{status} is not possible: an error status is from 400 to 599");
            out.push(
                Diagnostic::new(&BAD_STATUS, at.value(), message).help("correct it, or remove it"),
            );
        }
    }
}

pub(super) fn plans(cx: &Index<'_>, out: &mut Diagnostics) {
    let rates = At::root("service.yaml").key("rates");
    for (name, rate) in cx.document.service.rates.iter() {
        for (index, plan) in rate.plans.iter().enumerate() {
            let at = rates.key(name).key("plans").index(index);
            for (key, number) in [
                ("requests", plan.requests),
                ("window_seconds", plan.window_seconds),
                ("per_hour", plan.per_hour),
            ] {
                if number == Some(0) {
                    let message =
                        format!("with this limit, the plan `{}` allows no call", plan.name);
                    out.push(
                        Diagnostic::new(&ZERO_LIMIT, at.key(key).value(), message)
                            .help(format!("correct the number, or remove `{key}:`")),
                    );
                }
            }
        }
    }
}
