//! The types of the branches of a one-of, whose views follow from the one-of's own.

use super::read::{flag, missing_view, name_part, named, parse, unknown_type};
use crate::{
    diagnostic::Diagnostics,
    index::{BranchAt, Meant, SchemaAt, in_field},
    model::{
        Ty,
        table::{TypeTable, ty},
    },
    spec::View,
};

/// Reports the branches whose types mean nothing.
pub(in super::super) fn branches(table: &TypeTable<'_>, out: &mut Diagnostics) {
    for branch in table.cx.schemas().flat_map(SchemaAt::branches) {
        let at = branch.type_at();
        let Some(expr) = parse(&branch.spec.kind, at, out) else {
            continue;
        };
        flag(&expr, at, out);
        let Some((group, name)) = named(&expr) else {
            continue;
        };
        let (text, schema) = (&branch.spec.kind, branch.schema);
        let meant = |view: &View| in_field(table.cx, schema.home, group, name, *view);
        let views = schema.views();
        let lacks: Vec<View> = views
            .iter()
            .copied()
            .filter(|view| matches!(meant(view), Meant::NoView(..)))
            .collect();
        match views.first().map(meant) {
            Some(Meant::Nothing) => {
                out.push(unknown_type(table.cx, schema.home, text, (group, name), at));
            }
            _ if lacks.is_empty() => {}
            _ => {
                if let Some(of) = table.cx.resolve(schema.home, group, name) {
                    out.push(missing_view(of, &lacks, name_part(text, name, at)));
                }
            }
        }
    }
}

/// The type of a branch, seen from a view of its one-of; `None` where it means nothing.
pub(in super::super) fn branch_type<'a>(
    table: &TypeTable<'a>,
    branch: BranchAt<'a>,
    view: View,
) -> Option<Ty> {
    let expr = branch.expr()?;
    let id = match named(&expr) {
        Some((group, name)) => {
            let meant = in_field(table.cx, branch.schema.home, group, name, view);
            Some(table.meant(meant)?)
        }
        None => None,
    };
    ty(&expr, id, view != View::Read)
}
