//! The types in a document: each is parsed once, and the name in it is resolved once.

use std::{collections::HashMap, rc::Rc};

use super::{BranchAt, EndpointAt, FieldAt, Home, Index, Meant, SchemaAt, meaning::written};
use crate::{
    spec::{Map, Member, View},
    types::{TypeError, TypeExpr},
};

/// A valid type, with the meaning of the name in it.
#[derive(Debug)]
pub(crate) struct Typed<'a> {
    pub expr: TypeExpr,
    /// The schema that a field or a parameter means.
    pub schema: Option<SchemaAt<'a>>,
    /// What `takes`, `returns` and `payload` mean, where the name has the suffix of its view.
    pub written: Meant<'a>,
}

/// The types parsed so far, by the file that uses them.
pub(super) type Types<'a> = HashMap<(Home, &'a str), Result<Rc<Typed<'a>>, TypeError>>;

impl<'a> Typed<'a> {
    fn of(cx: &Index<'a>, home: Home, expr: TypeExpr) -> Self {
        let (schema, written) = match expr.leaf() {
            TypeExpr::Named { group, name } => {
                let group = group.as_deref();
                (
                    cx.resolve(home, group, name),
                    written(cx, home, group, name),
                )
            }
            _ => (None, Meant::Nothing),
        };
        Self {
            expr,
            schema,
            written,
        }
    }

    /// Whether it names a schema, existing or not.
    pub fn is_named(&self) -> bool {
        matches!(self.expr.leaf(), TypeExpr::Named { .. })
    }

    /// The schema, if the type is just its name.
    pub fn alone(&self) -> Option<SchemaAt<'a>> {
        let alone = matches!(self.expr, TypeExpr::Named { .. });
        self.schema.filter(|_| alone)
    }

    /// What a field means by the name, whose view follows from the field's views.
    pub fn in_view(&self, view: View) -> Meant<'a> {
        let Some(schema) = self.schema else {
            return Meant::Nothing;
        };
        if schema.is_plain() {
            return Meant::Choice(schema);
        }
        match schema.serves(view) {
            Some(view) => Meant::View(schema, view),
            None => Meant::NoView(schema, view),
        }
    }
}

impl<'a> Index<'a> {
    /// The type that this text means in `home`.
    pub(crate) fn read(&self, home: Home, text: &str) -> Result<Rc<Typed<'a>>, TypeError> {
        match self.types.get(&(home, text)) {
            Some(known) => known.clone(),
            None => self.typed(home, text),
        }
    }

    fn typed(&self, home: Home, text: &str) -> Result<Rc<Typed<'a>>, TypeError> {
        let expr = TypeExpr::parse(text)?;
        Ok(Rc::new(Typed::of(self, home, expr)))
    }

    /// The type of a field in this view, if it is valid.
    pub(crate) fn type_in(&self, field: FieldAt<'_>, view: View) -> Option<Rc<Typed<'a>>> {
        self.read(field.schema.home, field.type_in(view)?).ok()
    }

    /// The type of a field, apart from types of single views.
    pub(crate) fn plain_type(&self, field: FieldAt<'_>) -> Option<Rc<Typed<'a>>> {
        self.read(field.schema.home, field.spec.kind.as_deref()?)
            .ok()
    }

    /// The values of a field that is an enumeration of strings.
    pub(crate) fn words_of(&self, field: FieldAt<'a>) -> Option<&'a Map<Member>> {
        let named = self.plain_type(field).and_then(|ty| ty.alone());
        let named = named.and_then(|of| of.spec.values.as_ref());
        // Integers have no names that could be compared.
        let own = field.spec.values.as_ref();
        own.filter(|_| field.spec.kind.is_none()).or(named)
    }

    /// The type of a branch.
    pub(crate) fn branch(&self, branch: BranchAt<'_>) -> Option<Rc<Typed<'a>>> {
        self.read(branch.schema.home, &branch.spec.kind).ok()
    }

    /// The type of the response of a call, if it has one.
    pub(crate) fn answer(&self, endpoint: EndpointAt<'_>) -> Option<Rc<Typed<'a>>> {
        self.read(endpoint.home, endpoint.returned()?).ok()
    }

    /// Whether the type of the response is invalid, which is reported where it is written.
    pub(crate) fn is_unread(&self, endpoint: EndpointAt<'_>) -> bool {
        let returns = endpoint.returned();
        returns.is_some_and(|text| self.read(endpoint.home, text).is_err())
    }

    /// The type of the body of a call.
    pub(crate) fn body(&self, endpoint: EndpointAt<'_>) -> Option<Rc<Typed<'a>>> {
        self.read(endpoint.home, endpoint.spec.takes.as_deref()?)
            .ok()
    }
}

/// Parses all types of a document whose schemas are indexed.
pub(super) fn all<'a>(cx: &Index<'a>) -> Types<'a> {
    let mut types = Types::new();
    for (home, text) in texts(cx) {
        let known = types.entry((home, text));
        known.or_insert_with(|| cx.typed(home, text));
    }
    types
}

fn texts<'a>(cx: &Index<'a>) -> impl Iterator<Item = (Home, &'a str)> {
    let fields = cx.fields().flat_map(|field| {
        let spec = field.spec;
        let all = spec.types.iter().map(|(_, text)| text);
        let all = all.chain(&spec.kind);
        let all = all.chain(&spec.refers_to).chain(&spec.values_of);
        all.map(move |text| (field.schema.home, text.as_str()))
    });
    let updates = cx.schemas();
    let updates = updates.filter_map(|it| Some((it.home, it.spec.updates.as_deref()?)));
    let branches = cx.schemas().flat_map(SchemaAt::branches);
    let branches = branches.map(|branch| (branch.schema.home, branch.spec.kind.as_str()));
    let endpoints = cx.endpoints();
    let endpoints = endpoints.flat_map(|it| it.types().map(move |text| (it.home, text)));
    let paths = cx.path_parameters();
    let paths = paths.map(|(home, _, it, _)| (home, it.kind.as_str()));
    let events = &cx.document.events;
    let payloads = events.events.iter().map(|event| &event.payload);
    let payloads = payloads.chain([&events.delivery]);
    let payloads = payloads.map(|text| (Home::Events, text.as_str()));
    let all = fields.chain(updates).chain(branches).chain(endpoints);
    all.chain(paths).chain(payloads)
}
