//! Changes of the parameters of a call: of its path, its query, its headers and its form.

use std::collections::HashMap;

use super::{Comparison, Kind, Place, Side, alike, kinds, pairs::Pairs, sets::Sets, spell::text};
use crate::model::{Api, Endpoint, Parameter, Role};

/// Compares the parameters of two matching endpoints.
pub(super) fn compare(cx: &mut Comparison<'_>, was: &Endpoint, is: &Endpoint) {
    let (before, after) = (own(cx.old, was), own(cx.new, is));
    let pairs = paired(cx, &before, &after);
    let new = cx.speller(Side::New);
    let mut told = Told {
        cx,
        was: &was.id,
        is: &is.id,
    };
    for line in lines(&pairs.removed) {
        let (kind, what) = if line[0].required {
            (&kinds::ARGUMENT_REMOVED, "argument")
        } else {
            (&kinds::PARAMETER_REMOVED, "parameter")
        };
        let names = listed(&line, |it| format!("`{}`", it.wire));
        let text = format!("no longer has the {what}{names}");
        told.tell(kind, Side::Old, line[0], text);
    }
    for line in lines(&pairs.added) {
        let (kind, what) = if line[0].required {
            (&kinds::ARGUMENT_ADDED, "requires the argument")
        } else {
            (&kinds::PARAMETER_ADDED, "has the new parameter")
        };
        let names = listed(&line, |it| format!("`{}` ({})", it.wire, new.parameter(it)));
        told.tell(kind, Side::New, line[0], format!("{what}{names}"));
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
            "has its arguments in another order",
            place,
        );
    }
}

/// The matching parameters of both sides.
fn paired<'p>(
    cx: &Comparison<'_>,
    before: &[&'p Parameter],
    after: &[&'p Parameter],
) -> Pairs<'p, Parameter> {
    let mut pairs = Pairs::by(before.iter().copied(), after.iter().copied(), |it| {
        format!("{} {}", place(it), it.wire)
    });
    // The name of a path parameter does not appear in a call: only its position and type matter.
    let (old, new) = (cx.speller(Side::Old), cx.speller(Side::New));
    let position = |side, it: &Parameter| {
        let (list, speller) = match side {
            Side::Old => (before, &old),
            Side::New => (after, &new),
        };
        let at = list.iter().position(|one| std::ptr::eq(*one, it))?;
        (it.role == Role::Path).then(|| format!("{at} {}", speller.rust_parameter(it)))
    };
    pairs.again(position);
    // First another name on the wire for the same method, then other names for the same role.
    pairs.again(|side, it| {
        let speller = if side == Side::Old { &old } else { &new };
        (it.role != Role::Path)
            .then(|| format!("{} {} {}", place(it), it.rust, speller.rust_parameter(it)))
    });
    let neighbours = pairs.places(before.to_vec(), after.to_vec());
    pairs.alike(|was, is| {
        let same = is_same_role(&was.role, &is.role)
            && was.required == is.required
            && old.parameter(was) == new.parameter(is);
        let (from, to) = (name(was), name(is));
        let score = same.then(|| alike::parameters((was, from), (is, to), neighbours(was, is)));
        score.flatten()
    });
    pairs
}

/// Whether two parameters have the same role, whatever their names.
fn is_same_role(was: &Role, is: &Role) -> bool {
    match (was, is) {
        (Role::Path, _) | (_, Role::Path) => false,
        (Role::Filter { op: was, .. }, Role::Filter { op: is, .. }) => was == is,
        _ => was == is,
    }
}

/// The sets of exclusive parameters of a call, on both sides.
pub(super) fn exclusive(cx: &Comparison<'_>, was: &Endpoint, is: &Endpoint) -> (Sets, Sets) {
    let (before, after) = (own(cx.old, was), own(cx.new, is));
    let both = paired(cx, &before, &after).both.into_iter();
    let renamed: HashMap<&str, &str> = both
        .map(|(was, is)| (was.wire.as_str(), is.wire.as_str()))
        .collect();
    let now = |name: &str| (*renamed.get(name).unwrap_or(&name)).to_owned();
    let set = |set: Vec<&str>| -> Vec<String> { set.into_iter().map(now).collect() };
    let old = Sets {
        sets: was.exclusive().into_iter().map(set).collect(),
        names: before.iter().map(|it| now(&it.wire)).collect(),
    };
    let new = Sets {
        sets: is
            .exclusive()
            .into_iter()
            .map(|set| set.into_iter().map(str::to_owned).collect())
            .collect(),
        names: after.iter().map(|it| it.wire.clone()).collect(),
    };
    (old, new)
}

/// The name of a parameter in the spec: for a filter, the field with all its operators.
const fn name(parameter: &Parameter) -> &str {
    match &parameter.role {
        Role::Filter { field, .. } => field.as_str(),
        _ => parameter.wire.as_str(),
    }
}

/// Parameters by their line in the spec: the operators of a filter are together.
fn lines<'p>(all: &[&'p Parameter]) -> Vec<Vec<&'p Parameter>> {
    let mut lines: Vec<Vec<&Parameter>> = Vec::new();
    let is_filter = |it: &Parameter| matches!(it.role, Role::Filter { .. });
    for &it in all {
        let known = lines.iter_mut().find(|line| {
            let first = line[0];
            let filters = is_filter(first) && is_filter(it);
            filters && name(first) == name(it) && first.required == it.required
        });
        match known {
            Some(line) => line.push(it),
            None => lines.push(vec![it]),
        }
    }
    lines
}

/// Several parameters behind a noun.
fn listed(line: &[&Parameter], spelled: impl Fn(&Parameter) -> String) -> String {
    let all: Vec<_> = line.iter().map(|it| spelled(it)).collect();
    let plural = if all.len() == 1 { "" } else { "s" };
    format!("{plural} {}", all.join(", "))
}

/// The parameters of the method and its request; those of a nested handle are reported with its group.
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
        let place = Place::Parameter(side, id.to_owned(), name(it).to_owned());
        // A person renames a filter once, whatever operators it has.
        let latest = self.cx.changes.iter().rev();
        let mut here = latest.take_while(|it| it.place == place);
        if !here.any(|it| it.kind == kind && it.text == text) {
            self.cx.tell(kind, self.is, text, place);
        }
    }

    fn both(&mut self, was: &Parameter, is: &Parameter) {
        let name = &is.wire;
        let mut tell = |kind, text: String| self.tell(kind, Side::New, is, text);
        let renamed = !was.required && !is.required && was.rust != is.rust;
        if was.wire != is.wire && !renamed {
            tell(
                &kinds::PARAMETER_RESPELLED,
                format!("sends `{name}`, previously `{}`", was.wire),
            );
        }
        match (was.required, is.required) {
            (false, true) => tell(
                &kinds::PARAMETER_REQUIRED,
                format!("requires `{name}` as an argument"),
            ),
            (true, false) => tell(
                &kinds::PARAMETER_OPTIONAL,
                format!("no longer requires `{name}`"),
            ),
            (false, false) if renamed && was.wire != is.wire => {
                let text = match (&was.role, &is.role) {
                    (Role::Filter { field: was, .. }, Role::Filter { field: is, .. })
                        if was != is =>
                    {
                        format!("filters by `{is}`, previously by `{was}`")
                    }
                    _ => format!("has the parameter `{name}`, previously `{}`", was.wire),
                };
                tell(&kinds::PARAMETER_RENAMED, text);
            }
            (false, false) if renamed => {
                tell(
                    &kinds::PARAMETER_RENAMED,
                    format!(
                        "sets `{name}` with `{}`, previously with `{}`",
                        is.rust, was.rust
                    ),
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
            tell(
                kind,
                format!("accepts {after} for `{name}`, previously {before}"),
            );
        }
        let range = |it: &Parameter| match &it.range {
            (None, None) => "any value".to_owned(),
            (from, to) => format!("{}..{}", end(from), end(to)),
        };
        let values = (&kinds::PARAMETER_TIGHTENED, &kinds::PARAMETER_LOOSENED);
        let calls = (&kinds::CALL_TIGHTENED, &kinds::CALL_LOOSENED);
        for (moved, (fewer, more), before, after) in [
            (bounds(&was.range, &is.range), values, range(was), range(is)),
            (files(was, is), calls, file(was), file(is)),
        ] {
            let text = format!("accepts {after} for `{name}`, previously {before}");
            // A moved range does both, and the rejected values are what programs notice.
            match moved {
                (true, _) => tell(fewer, text),
                (_, true) => tell(more, text),
                _ => {}
            }
        }
        if was.default != is.default {
            tell(
                &kinds::PARAMETER_DEFAULT,
                format!("has another default for `{name}`"),
            );
        }
        match (&was.deprecated, &is.deprecated) {
            (None, Some(_)) => tell(&kinds::PARAMETER_DEPRECATED, format!("deprecates `{name}`")),
            (Some(_), None) => tell(
                &kinds::PARAMETER_RESTORED,
                format!("no longer deprecates `{name}`"),
            ),
            _ => {}
        }
        let prose =
            |it: &Parameter| text_of(it, was.deprecated.is_some() && is.deprecated.is_some());
        if prose(was) != prose(is) {
            tell(&kinds::PROSE, format!("has a new description of `{name}`"));
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

/// Whether files that were accepted no longer are, and the reverse.
fn files(was: &Parameter, is: &Parameter) -> (bool, bool) {
    let rejects = |one: &Parameter, other: &Parameter| {
        let (types, others) = (&one.file_types, &other.file_types);
        // Without a list, any type is accepted.
        let fewer = others.is_empty() || others.iter().any(|it| !types.contains(it));
        let size = |it: &Parameter| it.max_bytes.unwrap_or(u64::MAX);
        (!types.is_empty() && fewer) || size(one) < size(other)
    };
    (rejects(is, was), rejects(was, is))
}

/// The files that a part of a form accepts.
fn file(part: &Parameter) -> String {
    let types: Vec<_> = part.file_types.iter().map(|it| it.as_str()).collect();
    let types = match types.as_slice() {
        [] => "any file".to_owned(),
        types => types.join(", "),
    };
    let most = part.max_bytes;
    types + &most.map_or_else(String::new, |most| format!(" of at most {most} bytes"))
}

/// Whether values that were within bounds no longer are, and the reverse.
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
