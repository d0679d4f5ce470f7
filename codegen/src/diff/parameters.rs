//! What changed about the parameters of a call: of its path, its query, its headers and its form.

use super::{Comparison, Kind, Place, Side, calls::text, kinds, pairs::Pairs};
use crate::model::{Api, Endpoint, Parameter, Role};

/// Compares the parameters of two endpoints that are one.
pub(super) fn compare(cx: &mut Comparison<'_>, was: &Endpoint, is: &Endpoint) {
    let (before, after) = (own(cx.old, was), own(cx.new, is));
    let mut pairs = Pairs::by(before.iter().copied(), after.iter().copied(), |it| {
        format!("{} {}", place(it), it.wire)
    });
    // What a path names has no name in a call: only its place and its type.
    let (old, new) = (cx.speller(Side::Old), cx.speller(Side::New));
    let position = |side, it: &Parameter| {
        let (list, speller) = match side {
            Side::Old => (&before, &old),
            Side::New => (&after, &new),
        };
        let at = list.iter().position(|one| std::ptr::eq(*one, it))?;
        (it.role == Role::Path).then(|| format!("{at} {}", speller.rust_parameter(it)))
    };
    pairs.again(position);
    // Another name on the wire for the same method.
    pairs.again(|side, it| {
        let speller = if side == Side::Old { &old } else { &new };
        (it.role != Role::Path)
            .then(|| format!("{} {} {}", place(it), it.rust, speller.rust_parameter(it)))
    });
    let mut told = Told {
        cx,
        was: &was.id,
        is: &is.id,
    };
    for it in &pairs.removed {
        let (kind, what) = if it.required {
            (&kinds::ARGUMENT_REMOVED, "the argument")
        } else {
            (&kinds::PARAMETER_REMOVED, "the parameter")
        };
        told.tell(
            kind,
            Side::Old,
            it,
            format!("no longer has {what} `{}`", it.wire),
        );
    }
    for it in &pairs.added {
        let ty = new.parameter(it);
        let (kind, what) = if it.required {
            (&kinds::ARGUMENT_ADDED, "needs the argument")
        } else {
            (&kinds::PARAMETER_ADDED, "has the parameter")
        };
        told.tell(kind, Side::New, it, format!("{what} `{}` ({ty})", it.wire));
    }
    for (was, is) in &pairs.both {
        told.both(was, is);
    }
    let order = |list: &[&Parameter],
                 of: &dyn Fn(&(&Parameter, &Parameter)) -> *const Parameter|
     -> Vec<usize> {
        let required = list.iter().filter(|it| it.required);
        required
            .filter_map(|it| {
                pairs
                    .both
                    .iter()
                    .position(|pair| std::ptr::eq(of(pair), *it))
            })
            .collect()
    };
    let both_required: Vec<usize> = (0..pairs.both.len())
        .filter(|at| pairs.both[*at].0.required && pairs.both[*at].1.required)
        .collect();
    let keep = |order: Vec<usize>| -> Vec<usize> {
        order
            .into_iter()
            .filter(|at| both_required.contains(at))
            .collect()
    };
    if keep(order(&before, &|pair| pair.0)) != keep(order(&after, &|pair| pair.1)) {
        let place = Place::Endpoint(Side::New, is.id.clone(), "");
        cx.tell(
            &kinds::ARGUMENTS_REORDERED,
            &is.id,
            "takes its arguments in another order",
            place,
        );
    }
}

/// The parameters that the method and its request have; those of a nested handle are told with its group.
fn own<'a>(api: &'a Api, endpoint: &'a Endpoint) -> Vec<&'a Parameter> {
    let held = api.held(endpoint);
    let path = endpoint.path_parameters.iter();
    let path = path.filter(|it| !held.iter().any(|held| held.wire == it.wire));
    let others = [&endpoint.query, &endpoint.headers, &endpoint.form];
    path.chain(others.into_iter().flatten()).collect()
}

const fn place(parameter: &Parameter) -> &'static str {
    match parameter.role {
        Role::Path => "path",
        Role::Header => "header",
        Role::Form => "form",
        _ => "query",
    }
}

struct Told<'c, 'a> {
    cx: &'c mut Comparison<'a>,
    was: &'c str,
    is: &'c str,
}

impl Told<'_, '_> {
    fn tell(&mut self, kind: &'static Kind, side: Side, it: &Parameter, text: String) {
        let id = if side == Side::Old { self.was } else { self.is };
        let name = match &it.role {
            Role::Filter { field, .. } => field,
            _ => &it.wire,
        };
        let place = Place::Parameter(side, id.to_owned(), name.clone());
        self.cx.tell(kind, self.is, text, place);
    }

    fn both(&mut self, was: &Parameter, is: &Parameter) {
        let name = &is.wire;
        let mut tell = |kind, text: String| self.tell(kind, Side::New, is, text);
        if was.wire != is.wire {
            tell(
                &kinds::PARAMETER_RESPELLED,
                format!("sends `{name}`, before `{}`", was.wire),
            );
        }
        match (was.required, is.required) {
            (false, true) => tell(
                &kinds::PARAMETER_REQUIRED,
                format!("needs `{name}` as an argument"),
            ),
            (true, false) => tell(
                &kinds::PARAMETER_OPTIONAL,
                format!("can be made without `{name}`"),
            ),
            (false, false) if was.rust != is.rust => {
                tell(
                    &kinds::PARAMETER_RENAMED,
                    format!("sets `{name}` by `{}`, before by `{}`", is.rust, was.rust),
                );
            }
            _ => {}
        }
        let (old, new) = (self.cx.speller(Side::Old), self.cx.speller(Side::New));
        let (before, after) = (old.parameter(was), new.parameter(is));
        let mut tell = |kind, text: String| self.tell(kind, Side::New, is, text);
        if before != after {
            let same = old.rust_parameter(was) == new.rust_parameter(is);
            let kind = if same {
                &kinds::PARAMETER_RESPELLED
            } else {
                &kinds::PARAMETER_RETYPED
            };
            tell(kind, format!("takes {after} for `{name}`, before {before}"));
        }
        let range = |it: &Parameter| format!("{}..{}", end(&it.range.0), end(&it.range.1));
        let (tightened, loosened) = bounds(&was.range, &is.range);
        let text = format!("takes {} for `{name}`, before {}", range(is), range(was));
        if tightened {
            tell(&kinds::PARAMETER_TIGHTENED, text.clone());
        }
        if loosened {
            tell(&kinds::PARAMETER_LOOSENED, text);
        }
        if was.default != is.default {
            tell(
                &kinds::PARAMETER_DEFAULT,
                format!("has another default for `{name}`"),
            );
        }
        match (&was.deprecated, &is.deprecated) {
            (None, Some(_)) => tell(
                &kinds::PARAMETER_DEPRECATED,
                format!("has `{name}` deprecated"),
            ),
            (Some(_), None) => tell(
                &kinds::PARAMETER_RESTORED,
                format!("no longer has `{name}` deprecated"),
            ),
            _ => {}
        }
        let prose =
            |it: &Parameter| text_of(it, was.deprecated.is_some() && is.deprecated.is_some());
        if prose(was) != prose(is) {
            tell(&kinds::PROSE, format!("has `{name}` described anew"));
        }
    }
}

fn text_of(it: &Parameter, deprecated: bool) -> String {
    let deprecated = it.deprecated.as_ref().filter(|_| deprecated);
    text(&[&it.does, &it.unlisted, &deprecated])
}

pub(super) fn end(end: &Option<String>) -> &str {
    end.as_deref().unwrap_or_default()
}

/// Whether values that were in bounds are no longer, and the other way round.
pub(super) fn bounds(
    was: &(Option<String>, Option<String>),
    is: &(Option<String>, Option<String>),
) -> (bool, bool) {
    let number = |end: &Option<String>, open: f64| {
        end.as_deref()
            .and_then(|it| it.parse().ok())
            .unwrap_or(open)
    };
    let of = |it: &(Option<String>, Option<String>)| {
        (
            number(&it.0, f64::NEG_INFINITY),
            number(&it.1, f64::INFINITY),
        )
    };
    let (was, is) = (of(was), of(is));
    (is.0 > was.0 || is.1 < was.1, is.0 < was.0 || is.1 > was.1)
}
