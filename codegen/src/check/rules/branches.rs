//! The branches of a one-of: that a reader can distinguish them before it reads them.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{BranchAt, Index, SchemaAt},
    types::{Prim, TypeExpr},
};

pub static BRANCH_TYPE: Code = Code::error(
    "E333",
    "branch-type",
    "The branches of a one-of differ in their JSON type or by a field.",
);
pub static BRANCH_FIELD: Code = Code::error(
    "E334",
    "branch-field",
    "The field that identifies a branch belongs only to that branch, or to the one-of.",
);

pub(super) fn branches(cx: &Index<'_>, out: &mut Diagnostics) {
    for schema in cx.schemas().filter(|schema| schema.is_one_of()) {
        match &schema.spec.by {
            Some(by) => by_value(cx, schema, by, out),
            None => by_kind(cx, schema, out),
        }
    }
}

/// With `by`, each branch is an object that does not list that field.
fn by_value(cx: &Index<'_>, schema: SchemaAt<'_>, by: &str, out: &mut Diagnostics) {
    for branch in schema.branches() {
        if branch.spec.has.is_some() {
            out.push(
                Diagnostic::new(
                    &BRANCH_FIELD,
                    branch.at().key("has").name(),
                    format!("`{by}` already identifies this branch"),
                )
                .also(
                    schema.at().key("by").value(),
                    "the field that identifies the branch",
                )
                .help("remove `has:`"),
            );
        }
        let Some(ty) = cx.branch(branch) else {
            continue;
        };
        if ty.schema.is_none() && matches!(ty.expr, TypeExpr::Named { .. }) {
            continue;
        }
        let object = ty.alone();
        let Some(object) = object.filter(|object| object.spec.fields.is_some()) else {
            out.push(
                Diagnostic::new(
                    &BRANCH_TYPE,
                    branch.type_at().value(),
                    format!(
                        "the branch `{}` is not an object, so it has no `{by}`",
                        branch.name
                    ),
                )
                .also(
                    schema.at().key("by").value(),
                    "the field that identifies the branch",
                )
                .help("name an object, or remove `by:` from the one-of"),
            );
            continue;
        };
        if let Some(field) = object.field(by) {
            out.push(
                Diagnostic::new(
                    &BRANCH_FIELD,
                    field.at().name(),
                    format!("`{by}` belongs to the one-of `{}`", schema.name),
                )
                .also(
                    schema.at().key("by").value(),
                    "the field that identifies the branch",
                )
                .why("the one-of reads and writes it, with the name of the branch as its value")
                .help("remove the field"),
            );
        }
    }
}

/// Otherwise each has another JSON type, or is an object with a field that no other has.
fn by_kind(cx: &Index<'_>, schema: SchemaAt<'_>, out: &mut Diagnostics) {
    let mut first: BTreeMap<&str, BranchAt<'_>> = BTreeMap::new();
    let mut objects = Vec::new();
    for branch in schema.branches() {
        let Some(ty) = cx.branch(branch) else {
            continue;
        };
        let Some(kind) = kind(&ty.expr, ty.schema) else {
            continue;
        };
        match kind {
            Err((why, help)) => out.push(
                Diagnostic::new(
                    &BRANCH_TYPE,
                    branch.type_at().value(),
                    format!("a branch cannot be `{}`", branch.spec.kind),
                )
                .why(why)
                .help(help),
            ),
            Ok(OBJECT) => objects.push(branch),
            Ok(kind) => {
                not_an_object(branch, kind, out);
                if let Some(other) = first.insert(kind, branch) {
                    out.push(
                        Diagnostic::new(
                            &BRANCH_TYPE,
                            branch.type_at().value(),
                            format!("`{}` and `{}` are both {kind}", branch.name, other.name),
                        )
                        .also(other.type_at().value(), format!("also {kind}"))
                        .why("the JSON type of a value identifies its branch")
                        .help("keep one of the two"),
                    );
                }
            }
        }
    }
    if objects.len() > 1 || objects.iter().any(|branch| branch.spec.has.is_some()) {
        for branch in &objects {
            told_by_field(cx, *branch, &objects, out);
        }
    }
}

fn not_an_object(branch: BranchAt<'_>, kind: &str, out: &mut Diagnostics) {
    if branch.spec.has.is_some() {
        let message = format!("`{}` is {kind}, which has no fields", branch.name);
        out.push(
            Diagnostic::new(&BRANCH_FIELD, branch.at().key("has").name(), message)
                .help("remove `has:`"),
        );
    }
}

/// An object among others has a field that none of them has.
fn told_by_field(
    cx: &Index<'_>,
    branch: BranchAt<'_>,
    objects: &[BranchAt<'_>],
    out: &mut Diagnostics,
) {
    let field = branch.has();
    let at = match branch.spec.has {
        Some(_) => branch.at().key("has").value(),
        None => branch.at().name(),
    };
    let has = |branch: &BranchAt<'_>| object(cx, *branch).map(|it| it.field(field).is_some());
    if has(&branch) == Some(false) {
        let mut diagnostic = Diagnostic::new(
            &BRANCH_FIELD,
            at,
            format!("`{}` has no field `{field}`", branch.spec.kind),
        )
        .why("objects are distinguished by a field that only one of them has");
        diagnostic = match branch.spec.has {
            Some(_) => {
                let names = object(cx, branch).into_iter().flat_map(SchemaAt::fields);
                diagnostic.meant(field, cx.candidates(names.map(|field| field.name)))
            }
            None => diagnostic.help(
                "name one in `has:`, or name the field that identifies every branch in `by:`",
            ),
        };
        out.push(diagnostic);
        return;
    }
    let shares = |other: &&BranchAt<'_>| other.name != branch.name && has(other) == Some(true);
    if let Some(other) = objects.iter().find(shares) {
        out.push(
            Diagnostic::new(
                &BRANCH_FIELD,
                at,
                format!("`{}` also has a field `{field}`", other.name),
            )
            .also(other.type_at().value(), "the other object")
            .why("objects are distinguished by a field that only one of them has")
            .help("name another field in `has:`, or name the field that identifies every branch in `by:`"),
        );
    }
}

/// The object that a branch names.
fn object<'a>(cx: &Index<'a>, branch: BranchAt<'a>) -> Option<SchemaAt<'a>> {
    cx.branch(branch)?.alone()
}

const OBJECT: &str = "an object";

/// The JSON type of a branch, or why it has none; `None` for an unknown name.
fn kind(
    expr: &TypeExpr,
    named: Option<SchemaAt<'_>>,
) -> Option<Result<&'static str, (&'static str, &'static str)>> {
    Some(match expr {
        TypeExpr::List(_) => Ok("a list"),
        TypeExpr::Map(_) => Ok(OBJECT),
        TypeExpr::Prim(Prim::Int | Prim::Decimal) => Ok("a number"),
        TypeExpr::Prim(Prim::String | Prim::DateTime | Prim::Date | Prim::Uuid) => Ok("a string"),
        TypeExpr::Prim(Prim::Bool) => Ok("a boolean"),
        TypeExpr::Prim(Prim::Id) => Err((
            "an id is a number or a string",
            "write two branches, `int` and `string`",
        )),
        TypeExpr::Prim(Prim::Json) => Err((
            "values that match no branch are kept anyway",
            "remove the branch",
        )),
        TypeExpr::Link(_) => Err((
            "a link is an object or what it links to",
            "make the link the type of the field, or name what it links to",
        )),
        TypeExpr::OneOrMany(_) => Err((
            "`one_or_many` has two JSON types",
            "write two branches, `T` and `[T]`",
        )),
        // Reported where types are read.
        TypeExpr::Prim(Prim::Flag) | TypeExpr::Nullable(_) => return None,
        TypeExpr::Named { .. } => {
            let named = named?;
            if named.is_one_of() {
                Err((
                    "a one-of cannot be a branch of another",
                    "list its branches here",
                ))
            } else if named.spec.kind.is_some() {
                Ok("a number")
            } else if named.is_choice() {
                Ok("a string")
            } else {
                Ok(OBJECT)
            }
        }
    })
}
