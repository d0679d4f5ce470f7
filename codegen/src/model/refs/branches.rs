//! The types of the branches of a one-of, whose views follow from those of the one-of.

use super::read::{flag, missing_view, name_part, named, read, unknown_type};
use crate::{
    diagnostic::Diagnostics,
    index::{BranchAt, Meant, SchemaAt},
    model::{
        Ty,
        table::{TypeTable, ty},
    },
    spec::View,
};

/// Reports the branches whose types mean nothing.
pub(in super::super) fn branches(table: &TypeTable<'_>, out: &mut Diagnostics) {
    for branch in table.cx.schemas().flat_map(SchemaAt::branches) {
        let (at, text, schema) = (branch.type_at(), &branch.spec.kind, branch.schema);
        let Some(ty) = read(table.cx, schema.home, text, at, out) else {
            continue;
        };
        flag(&ty.expr, at, out);
        let Some((group, name)) = named(&ty.expr) else {
            continue;
        };
        let meant = |view: &View| ty.in_view(*view);
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
                if let Some(of) = ty.schema {
                    out.push(missing_view(of, &lacks, name_part(text, name, at)));
                }
            }
        }
    }
}

/// The type of a branch, in a view of its one-of; `None` if it is invalid.
pub(in super::super) fn branch_type<'a>(
    table: &TypeTable<'a>,
    branch: BranchAt<'a>,
    view: View,
) -> Option<Ty> {
    let written = table.cx.branch(branch)?;
    let id = if written.is_named() {
        Some(table.meant(written.in_view(view))?)
    } else {
        None
    };
    ty(&written.expr, id, view != View::Read)
}
