//! Values that are missing from official lists: that they and their parameters exist.

use crate::{
    code_span::code,
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{EndpointAt, Index},
};

pub static UNLISTED: Code = Code::error(
    "E219",
    "unlisted",
    "A value in `unlisted:` is one that the parameter accepts.",
);

pub(super) fn unlisted(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        let at = endpoint.at.key("unlisted");
        for (parameter, members) in endpoint.spec.unlisted.iter() {
            // An unknown type is reported where it is written.
            let is_select = endpoint
                .spec
                .select
                .iter()
                .any(|select| select == parameter);
            let answer = cx.answer(endpoint);
            if is_select && answer.is_none_or(|answer| answer.schema.is_none()) {
                continue;
            }
            let Some(known) = known(cx, &endpoint, parameter) else {
                out.push(
                    Diagnostic::new(
                        &UNLISTED,
                        at.key(parameter).name(),
                        format!("`{parameter}` does not accept values of an enumeration here"),
                    )
                    .help("name `include`, or a parameter of `select`"),
                );
                continue;
            };
            for (index, member) in members.iter().enumerate() {
                if !known.contains(&member.as_str()) {
                    out.push(
                        Diagnostic::new(
                            &UNLISTED,
                            at.key(parameter).index(index).value(),
                            format!("`{parameter}` has no value {}", code(member)),
                        )
                        .meant(member, cx.candidates(known.iter().copied())),
                    );
                }
            }
        }
    }
}

/// The values of a parameter.
fn known<'a>(cx: &Index<'a>, endpoint: &EndpointAt<'a>, parameter: &str) -> Option<Vec<&'a str>> {
    let spec = endpoint.spec;
    if parameter == "include" {
        let ty = cx.read(endpoint.home, spec.include.as_deref()?).ok()?;
        return Some(ty.schema?.spec.values.as_ref()?.keys().collect());
    }
    if !spec.select.iter().any(|select| select == parameter) {
        return None;
    }
    let schema = cx.answer(*endpoint)?.schema?;
    Some(schema.fields().map(|field| field.name).collect())
}
