//! What an update does with the fields and items that it omits.

use super::records::of_group;
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{Home, Index, Meant, SchemaAt},
    spec::View,
    types::TypeExpr,
};

pub static WHOLE: Code = Code::error(
    "E247",
    "whole",
    "`whole` is for updates of a schema with a read view whose nullable fields are in every response.",
);
pub static MERGES: Code = Code::error(
    "E325",
    "merges",
    "`merges` is for a list or a mapping in an update, and a merged list of objects requires a key.",
);

pub static UPDATES: Code = Code::error(
    "E335",
    "updates",
    "`updates` is for a schema that is only written, and names the schema of the records that it changes.",
);

pub(super) fn whole(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        if endpoint.spec.whole.is_none() {
            continue;
        }
        let (at, id) = (endpoint.at.key("whole").name(), endpoint.full_id());
        let updated = match cx.body(endpoint) {
            Some(body) if body.is_named() => match body.written {
                Meant::View(schema, View::Update) if schema.views().contains(&View::Read) => {
                    Some(schema)
                }
                // An unknown name is reported where it is written.
                Meant::NoView(..) | Meant::Nothing => continue,
                _ => None,
            },
            None if endpoint.spec.takes.is_some() => continue,
            _ => None,
        };
        let Some(schema) = updated else {
            let message = format!("`{id}` is not an update of a schema that is read");
            out.push(Diagnostic::new(&WHOLE, at, message).help(
                "remove `whole:`, or send the `update` view of a schema that has a read view",
            ));
            continue;
        };
        let at_times = schema.fields().find(|field| {
            field.spec.when.is_some()
                && field.is_read()
                && field.views().contains(&View::Update)
                && field.spec.nullable.holds_in(View::Update)
        });
        if let Some(field) = at_times {
            let message = format!(
                "`{id}` would clear `{}` if it was missing from the response",
                field.name
            );
            out.push(
                Diagnostic::new(&WHOLE, at, message)
                    .also(
                        field.at().key("when").name(),
                        "returned only under this condition",
                    )
                    .help("remove `whole:`, and state in `note:` what must be sent"),
            );
        }
    }
}

pub(super) fn merges(cx: &Index<'_>, out: &mut Diagnostics) {
    for field in cx.fields() {
        let Some(merges) = field.spec.merges else {
            continue;
        };
        let views = [View::Update, View::Write];
        let mut views = views
            .into_iter()
            .filter(|view| field.views().contains(view));
        let ty = views.find_map(|view| cx.type_in(field, view));
        let at = field.at().key("merges").name();
        let (message, help) = match ty.as_ref().map(|ty| (&ty.expr, ty.schema)) {
            Some((TypeExpr::Map(_), _)) => continue,
            Some((TypeExpr::List(_), item)) => {
                let is_told = |it: SchemaAt<'_>| {
                    it.is_plain() || it.field(it.key()).is_some_and(|it| it.is_read())
                };
                if !merges || item.is_none_or(is_told) {
                    continue;
                }
                (
                    format!("nothing identifies the items of `{}`", field.name),
                    "name the field that identifies the items in `key:`, or remove `merges:`",
                )
            }
            _ => (
                format!("`{}` is not a list or mapping of an update", field.name),
                "remove `merges:`, or use it on a list or a mapping in the view `update` or `write`",
            ),
        };
        let mut diagnostic = Diagnostic::new(&MERGES, at, message);
        if field.spec.kind.is_some() {
            diagnostic = diagnostic.also(field.at().key("type").value(), "its type");
        }
        out.push(diagnostic.help(help));
    }
}

pub(super) fn updates(cx: &Index<'_>, out: &mut Diagnostics) {
    let is_record =
        |it: &SchemaAt<'_>| it.spec.fields.is_some() && it.views().contains(&View::Read);
    for schema in cx.schemas() {
        let Some(name) = schema.spec.updates.as_deref() else {
            continue;
        };
        let at = schema.at().key("updates");
        if is_record(&schema) || !schema.views().contains(&View::Update) {
            let message = format!(
                "`{}` does not change the records of another schema",
                schema.name
            );
            let help =
                "remove `updates:`, which is for a schema with an `update` view but no `read` view";
            out.push(Diagnostic::new(&UPDATES, at.name(), message).help(help));
            continue;
        }
        let target = cx.read(schema.home, name).ok();
        let target = target.and_then(|ty| ty.alone());
        let Some(target) = target.filter(is_record) else {
            let message = match target {
                Some(_) => format!("no response has a `{name}`"),
                None => format!("there is no schema `{name}`"),
            };
            let all = cx.schemas().filter(is_record).map(|it| it.name);
            out.push(
                of_group(name, Diagnostic::new(&UPDATES, at.value(), message))
                    .help("name the schema of the records")
                    .meant(name, cx.candidates(all)),
            );
            continue;
        };
        let lacks = schema.fields().find(|field| {
            field.spec.required.contains(&View::Update)
                && target.field(field.name).is_none_or(|it| !it.is_read())
        });
        if let Some(field) = lacks {
            let message = format!("a `{name}` has no field `{}`", field.name);
            out.push(
                Diagnostic::new(&UPDATES, at.value(), message)
                    .also(field.at().name(), "an update requires it")
                    .help("remove `updates:`, since no update can be built from such records"),
            );
        } else if target.home != Home::Shared
            && feature(cx, target.home) != feature(cx, schema.home)
        {
            let message = format!("`{name}` belongs to another feature");
            out.push(
                Diagnostic::new(&UPDATES, at.value(), message)
                    .help("move one of the schemas, or remove `updates:`"),
            );
        }
    }
}

/// The cargo feature of what a file declares.
fn feature<'a>(cx: &Index<'a>, home: Home) -> Option<&'a str> {
    let Home::Group(group) = home else {
        return None;
    };
    let group = cx.document.groups.get(group.0)?;
    Some(group.feature.as_deref().unwrap_or(&group.group))
}
