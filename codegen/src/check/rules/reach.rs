//! Schemas and views that no endpoint and no event uses.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    index::{Home, Index, Meant, SchemaAt, view_suffix, view_word},
    spec::View,
};

pub static UNREACHABLE_SCHEMA: Code = Code::warning(
    "W330",
    "unreachable-schema",
    "Every schema is used by an endpoint or an event, or by a schema that is.",
);
pub static UNREACHABLE_VIEW: Code = Code::warning(
    "W331",
    "unreachable-view",
    "Every view of a schema is used.",
);

type Seen<'a> = BTreeSet<(Home, &'a str, Option<View>)>;

struct Walk<'c, 'a> {
    cx: &'c Index<'a>,
    seen: Seen<'a>,
    open: Vec<(SchemaAt<'a>, View)>,
    /// Whether a name could not be resolved.
    lost: bool,
}

impl<'a> Walk<'_, 'a> {
    fn meet(&mut self, meant: Meant<'a>) {
        match meant {
            Meant::Choice(schema) => {
                self.seen.insert((schema.home, schema.name, None));
            }
            Meant::NoView(..) | Meant::Nothing => self.lost = true,
            Meant::View(schema, view) => {
                if self.seen.insert((schema.home, schema.name, Some(view))) {
                    self.open.push((schema, view));
                }
            }
        }
    }

    fn written(&mut self, home: Home, text: &str) {
        match self.cx.read(home, text) {
            Ok(ty) if ty.is_named() => self.meet(ty.written),
            Ok(_) => {}
            Err(_) => self.lost = true,
        }
    }

    fn follow(&mut self) {
        while let Some((schema, view)) = self.open.pop() {
            let fields = schema.fields();
            let fields = fields.filter(|field| field.views().contains(&view));
            let fields = fields.filter_map(|field| field.type_in(view));
            let branches = schema.branches().map(|branch| branch.spec.kind.as_str());
            for text in fields.chain(branches) {
                match self.cx.read(schema.home, text) {
                    Ok(ty) if ty.is_named() => self.meet(ty.in_view(view)),
                    Ok(_) => {}
                    Err(_) => self.lost = true,
                }
            }
        }
    }
}

/// What is used; nothing if that is uncertain, because a misspelled use makes a schema look unused.
fn reached<'a>(cx: &Index<'a>) -> Option<Seen<'a>> {
    let mut walk = Walk {
        cx,
        seen: Seen::new(),
        open: Vec::new(),
        lost: false,
    };
    for endpoint in cx.endpoints() {
        for text in endpoint.types() {
            walk.written(endpoint.home, text);
        }
    }
    for (home, _, parameter, _) in cx.path_parameters() {
        walk.written(home, &parameter.kind);
    }
    let events = &cx.document.events;
    walk.written(Home::Events, &events.delivery);
    for event in &events.events {
        walk.written(Home::Events, &event.payload);
    }
    walk.follow();
    (!walk.lost).then_some(walk.seen)
}

pub(super) fn unreachable(cx: &Index<'_>, out: &mut Diagnostics) {
    let Some(seen) = reached(cx) else { return };
    for schema in cx.schemas() {
        let is_seen = |view| seen.contains(&(schema.home, schema.name, view));
        let unused: Vec<View> = schema
            .views()
            .iter()
            .copied()
            .filter(|view| !is_seen(Some(*view)))
            .collect();
        let whole = if schema.is_plain() {
            !is_seen(None)
        } else {
            unused.len() == schema.views().len()
        };
        if whole {
            out.push(
                Diagnostic::new(
                    &UNREACHABLE_SCHEMA,
                    schema.at().name(),
                    format!("nothing uses `{}`", schema.name),
                )
                .help("remove it, or use it where it belongs"),
            );
        } else if !schema.is_plain() {
            for view in unused {
                let index = schema.spec.views.iter().position(|other| *other == view);
                let at = index.map_or(schema.at(), |index| schema.at().key("views").index(index));
                out.push(
                    Diagnostic::new(
                        &UNREACHABLE_VIEW,
                        at.value(),
                        format!("nothing uses `{}{}`", schema.name, view_suffix(view)),
                    )
                    .help(format!(
                        "remove the view `{}`, or use it where it belongs",
                        view_word(view)
                    )),
                );
            }
        }
    }
}
