//! What an update does with the fields and items that it omits.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{Index, Meant, SchemaAt},
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
