//! What is in the bodies of calls: the schemas that the types of a call lead to, in whatever view.

use std::collections::HashSet;

use crate::index::{EndpointAt, Home, Index, Meant, SchemaAt};

/// The schemas that some types lead to.
#[derive(Default)]
pub(super) struct Within<'a> {
    pub schemas: Vec<SchemaAt<'a>>,
    seen: HashSet<(Home, &'a str)>,
    /// Whether a name could not be resolved, which is reported elsewhere: there may be more.
    pub is_lost: bool,
}

impl<'a> Within<'a> {
    /// Those of what a call returns.
    pub(super) fn response(cx: &Index<'a>, endpoint: EndpointAt<'a>) -> Self {
        let spec = endpoint.spec;
        let further = spec.partial.iter().chain(&spec.events).map(String::as_str);
        let mut within = Self::default();
        within.add(
            cx,
            endpoint.home,
            endpoint.returned().into_iter().chain(further),
        );
        within
    }

    /// Adds those of types that `home` states.
    pub(super) fn add<'t>(
        &mut self,
        cx: &Index<'a>,
        home: Home,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        let start = self.schemas.len();
        for text in texts {
            match cx.read(home, text) {
                Ok(typed) if typed.is_named() => self.meet(match typed.written {
                    Meant::Choice(schema) | Meant::View(schema, _) | Meant::NoView(schema, _) => {
                        Some(schema)
                    }
                    Meant::Nothing => None,
                }),
                Ok(_) => {}
                Err(_) => self.is_lost = true,
            }
        }
        let mut next = start;
        while let Some(schema) = self.schemas.get(next).copied() {
            next += 1;
            let fields = schema.fields().flat_map(|field| {
                let own = field.spec.types.iter().map(|(_, text)| text);
                own.chain(&field.spec.kind).map(String::as_str)
            });
            let branches = schema.branches().map(|branch| branch.spec.kind.as_str());
            for text in fields.chain(branches) {
                match cx.read(schema.home, text) {
                    Ok(typed) if typed.is_named() => self.meet(typed.schema),
                    Ok(_) => {}
                    Err(_) => self.is_lost = true,
                }
            }
        }
    }

    pub(super) fn contains(&self, schema: SchemaAt<'_>) -> bool {
        self.seen.contains(&(schema.home, schema.name))
    }

    fn meet(&mut self, schema: Option<SchemaAt<'a>>) {
        let Some(schema) = schema else {
            self.is_lost = true;
            return;
        };
        if self.seen.insert((schema.home, schema.name)) {
            self.schemas.push(schema);
        }
    }
}
