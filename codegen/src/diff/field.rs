//! Changes of one field, or of another part of a type: presence, limits and deprecation.

use super::{
    Kind as ChangeKind, kinds,
    parameters::{bounds, end},
    spell::text,
};
use crate::{
    model::{Field, Limits},
    spec::Deprecated,
};

/// Records a change of one part, by its kind.
pub(super) type Tell<'t> = dyn FnMut(&'static ChangeKind, String) + 't;

/// Whether a field is present, and whether it may be null.
pub(super) fn presence(was: &Field, is: &Field, written: bool, tell: &mut Tell<'_>) {
    let said = |certain: bool| {
        if certain {
            "always present"
        } else {
            "not always present"
        }
    };
    if !written {
        match (was.is_certain(), is.is_certain()) {
            (true, false) => tell(&kinds::FIELD_OPTIONAL, format!("is {}", said(false))),
            (false, true) => tell(&kinds::FIELD_REQUIRED, format!("is {}", said(true))),
            _ if was.nullable != is.nullable || was.required != is.required => {
                tell(
                    &kinds::FACTS,
                    "may be absent or null in other cases".to_owned(),
                );
            }
            _ => {}
        }
        return;
    }
    match (was.required, is.required) {
        (true, false) => tell(&kinds::FIELD_OPTIONAL, "is not required".to_owned()),
        (false, true) => tell(&kinds::FIELD_REQUIRED, "is required".to_owned()),
        (required, _) => match (was.nullable, is.nullable) {
            (false, true) if required => tell(&kinds::FIELD_NULL_TYPE, "may be null".to_owned()),
            (false, true) => tell(&kinds::FIELD_NULL_ADDED, "may be null".to_owned()),
            (true, false) => tell(&kinds::FIELD_NULL_REMOVED, "may not be null".to_owned()),
            _ => {}
        },
    }
}

pub(super) fn limits(was: &Field, is: &Field, written: bool, tell: &mut Tell<'_>) {
    let (before, after) = (&was.limits, &is.limits);
    let text = |range: &(Option<u64>, Option<u64>)| {
        (
            range.0.map(|it| it.to_string()),
            range.1.map(|it| it.to_string()),
        )
    };
    let all = |it: &Limits| {
        [
            ("length", text(&it.length)),
            ("range", it.range.clone()),
            ("items", text(&it.items)),
        ]
    };
    for ((name, was), (_, is)) in all(before).iter().zip(&all(after)) {
        let said = |it: &(Option<String>, Option<String>)| match it {
            (None, None) => None,
            (from, to) => Some(format!("{}..{}", end(from), end(to))),
        };
        let text = match (said(was), said(is)) {
            (None, None) => continue,
            (Some(was), None) => format!("no longer has the {name} {was}"),
            (None, Some(is)) => format!("has the {name} {is}, previously any"),
            (Some(was), Some(is)) => format!("has the {name} {is}, previously {was}"),
        };
        let (tightened, loosened) = bounds(was, is);
        told(tightened, loosened, written, text, tell);
    }
    let pattern = before.pattern != after.pattern || before.format != after.format;
    if pattern {
        let loosened = after.pattern.is_none() && after.format.is_none();
        told(
            !loosened,
            loosened,
            written,
            "has another pattern or format".to_owned(),
            tell,
        );
    }
}

/// Limits do not apply to reading. A limit that moved rejects some values and accepts others: a person
/// changed it once, and the rejected values are what programs notice.
fn told(tightened: bool, loosened: bool, written: bool, text: String, tell: &mut Tell<'_>) {
    match (tightened || loosened, written) {
        (false, _) => {}
        (true, false) => tell(&kinds::FACTS, text),
        (true, true) if tightened => tell(&kinds::FIELD_TIGHTENED, text),
        (true, true) => tell(&kinds::FIELD_LOOSENED, text),
    }
}

/// Whether a part is deprecated; `told` are the kinds of a new and of a removed deprecation.
pub(super) fn deprecated(
    was: &Option<Deprecated>,
    is: &Option<Deprecated>,
    told: [&'static ChangeKind; 2],
    tell: &mut Tell<'_>,
) {
    let [deprecated, restored] = told;
    match (was, is) {
        (None, Some(it)) => {
            let instead = it
                .instead
                .as_ref()
                .map_or_else(String::new, |it| format!("; use {it}"));
            tell(deprecated, format!("is deprecated{instead}"));
        }
        (Some(_), None) => tell(restored, "is no longer deprecated".to_owned()),
        (Some(was), Some(is)) if text(&[was]) != text(&[is]) => {
            tell(&kinds::PROSE, "has a new deprecation notice".to_owned());
        }
        _ => {}
    }
}
