//! What an update makes of what it leaves out.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{Index, Meant, SchemaAt, written},
    spec::View,
    types::TypeExpr,
};

pub static WHOLE: Code = Code::error(
    "E247",
    "whole",
    "`whole` is for an update of a record that is read, none of whose nullable fields is missing from some responses.",
);
pub static MERGES: Code = Code::error(
    "E325",
    "merges",
    "`merges` is for a list or a mapping in an update, and a list of objects that merges needs a key.",
);

pub(super) fn whole(cx: &Index<'_>, out: &mut Diagnostics) {
    for endpoint in cx.endpoints() {
        if endpoint.spec.whole.is_none() {
            continue;
        }
        let (at, id) = (endpoint.at.key("whole").name(), endpoint.full_id());
        let body = endpoint.body();
        let updated = match body.as_ref().map(TypeExpr::leaf) {
            Some(TypeExpr::Named { group, name }) => {
                match written(cx, endpoint.home, group.as_deref(), name) {
                    Meant::View(schema, View::Update) if schema.views().contains(&View::Read) => {
                        Some(schema)
                    }
                    // A name that means nothing is reported where it stands.
                    Meant::NoView(..) | Meant::Nothing => continue,
                    _ => None,
                }
            }
            None if endpoint.spec.takes.is_some() => continue,
            _ => None,
        };
        let Some(schema) = updated else {
            let message = format!("`{id}` takes no update of what is read");
            out.push(Diagnostic::new(&WHOLE, at, message).help(
                "remove `whole:`, or have it take the `update` view of a schema that is read",
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
            let message = format!("`{id}` would clear `{}` where it did not come", field.name);
            out.push(
                Diagnostic::new(&WHOLE, at, message)
                    .also(field.at().key("when").name(), "only comes at times")
                    .help("remove `whole:`, and say in `note:` what has to be sent"),
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
        let ty = views.find_map(|view| TypeExpr::parse(field.type_in(view)?).ok());
        let at = field.at().key("merges").name();
        let (message, help) = match ty {
            Some(TypeExpr::Map(_)) => continue,
            Some(list @ TypeExpr::List(_)) => {
                let item = match list.leaf() {
                    TypeExpr::Named { group, name } => {
                        cx.resolve(field.schema.home, group.as_deref(), name)
                    }
                    _ => None,
                };
                let is_told = |it: SchemaAt<'_>| {
                    it.is_plain() || it.field(it.key()).is_some_and(|it| it.is_read())
                };
                if !merges || item.is_none_or(is_told) {
                    continue;
                }
                (
                    format!("nothing tells the items of `{}` apart", field.name),
                    "name by `key:` the field of the items that does, or remove `merges:`",
                )
            }
            _ => (
                format!("`{}` is not a list or mapping of an update", field.name),
                "remove `merges:`, or say it of a list or a mapping in the view `update` or `write`",
            ),
        };
        let mut diagnostic = Diagnostic::new(&MERGES, at, message);
        if field.spec.kind.is_some() {
            diagnostic = diagnostic.also(field.at().key("type").value(), "its type");
        }
        out.push(diagnostic.help(help));
    }
}
