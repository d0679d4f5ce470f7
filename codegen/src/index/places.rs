//! Endpoints, schemas and fields, with their places.

use super::Home;
use crate::{
    diagnostic::At,
    spec::{Branch, Endpoint, Field, Group, Map, Parameter, Schema, View},
    types::TypeExpr,
};

/// The default key of a schema.
pub const USUAL_KEY: &str = "id";

/// An endpoint and its place.
#[derive(Clone, Copy, Debug)]
pub struct EndpointAt<'a> {
    pub home: Home,
    pub group: &'a Group,
    pub spec: &'a Endpoint,
    pub at: At<'a>,
}

impl<'a> EndpointAt<'a> {
    /// The generation of the API it belongs to, and where that is written.
    pub fn version(self) -> (&'a str, At<'a>) {
        match &self.spec.version {
            Some(version) => (version, self.at.key("version")),
            None => (
                &self.group.version,
                At::root(&self.group.file).key("version"),
            ),
        }
    }

    /// A parameter of its path, and where it is declared.
    pub fn path_parameter(self, name: &str) -> Option<(&'a str, &'a Parameter, At<'a>)> {
        let (declared, at) = match self.spec.path.entry(name) {
            Some(own) => (own, self.at),
            None => (self.group.path.entry(name)?, At::root(&self.group.file)),
        };
        let (name, parameter) = declared;
        Some((name, parameter, at.key("path").key(name)))
    }
}

/// A schema and its place.
#[derive(Clone, Copy, Debug)]
pub struct SchemaAt<'a> {
    pub home: Home,
    pub name: &'a str,
    pub spec: &'a Schema,
    pub(super) file: &'a str,
}

/// A field and its place.
#[derive(Clone, Copy, Debug)]
pub struct FieldAt<'a> {
    pub schema: SchemaAt<'a>,
    pub name: &'a str,
    pub spec: &'a Field,
}

/// The scope an endpoint requires: the area, the level and where it is written.
#[derive(Clone, Copy, Debug)]
pub struct NeededScope<'a> {
    pub area: &'a str,
    pub level: &'a str,
    pub at: At<'a>,
    /// The position of the level in the text, if it is written there.
    pub level_from: Option<usize>,
}

impl<'a> NeededScope<'a> {
    /// The one that is written as `area.level`.
    #[must_use]
    pub fn written(scope: &'a str, at: At<'a>) -> Self {
        let (area, level) = scope.split_once('.').unwrap_or((scope, ""));
        Self {
            area,
            level,
            at,
            level_from: Some(area.len() + 1).filter(|from| *from <= scope.len()),
        }
    }
}

/// A branch of a one-of and its place.
#[derive(Clone, Copy, Debug)]
pub struct BranchAt<'a> {
    pub schema: SchemaAt<'a>,
    pub name: &'a str,
    pub spec: &'a Branch,
}

impl<'a> SchemaAt<'a> {
    /// Its place, computed on demand: every rule visits every schema and field, and needs the places of only
    /// the few that it reports.
    #[must_use]
    pub fn at(&self) -> At<'a> {
        At::root(self.file).key("schemas").key(self.name)
    }

    /// The fields; none for an enumeration.
    pub fn fields(self) -> impl Iterator<Item = FieldAt<'a>> {
        let fields = self
            .spec
            .fields
            .as_ref()
            .map(Map::iter)
            .into_iter()
            .flatten();
        fields.map(move |(name, spec)| FieldAt {
            schema: self,
            name,
            spec,
        })
    }

    /// The name of the field that identifies a value.
    #[must_use]
    pub fn key(&self) -> &'a str {
        self.spec.key.as_deref().unwrap_or(USUAL_KEY)
    }

    /// The field called `name`.
    pub fn field(self, name: &str) -> Option<FieldAt<'a>> {
        let fields = self.spec.fields.as_ref()?;
        let (name, spec) = fields.entry(name)?;
        Some(FieldAt {
            schema: self,
            name,
            spec,
        })
    }

    /// Whether it is an enumeration.
    #[must_use]
    pub const fn is_choice(&self) -> bool {
        self.spec.values.is_some() && self.spec.fields.is_none()
    }

    /// Whether it is a one-of.
    #[must_use]
    pub const fn is_one_of(&self) -> bool {
        let spec = self.spec;
        spec.one_of.is_some() && spec.fields.is_none() && spec.values.is_none()
    }

    /// The branches; none if it is not a one-of.
    pub fn branches(self) -> impl Iterator<Item = BranchAt<'a>> {
        let branches = self.spec.one_of.iter().filter(move |_| self.is_one_of());
        branches
            .flat_map(Map::iter)
            .map(move |(name, spec)| BranchAt {
                schema: self,
                name,
                spec,
            })
    }

    /// Whether it is the same in every view: an enumeration, or a one-of whose branches name no schema.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.is_choice() || (self.is_one_of() && self.branches().all(|branch| branch.is_plain()))
    }

    /// The views; the default is just `read`.
    #[must_use]
    pub fn views(&self) -> &'a [View] {
        if self.spec.views.is_empty() {
            &[View::Read]
        } else {
            &self.spec.views
        }
    }

    /// The view that serves as `wanted`: itself, or `write`.
    #[must_use]
    pub fn serves(&self, wanted: View) -> Option<View> {
        let views = self.views();
        let both = matches!(wanted, View::Create | View::Update).then_some(View::Write);
        [Some(wanted), both]
            .into_iter()
            .flatten()
            .find(|view| views.contains(view))
    }
}

impl<'a> BranchAt<'a> {
    /// Its place.
    #[must_use]
    pub fn at(&self) -> At<'a> {
        self.schema.at().key("one_of").key(self.name)
    }

    /// The place of its type.
    #[must_use]
    pub fn type_at(&self) -> At<'a> {
        if self.spec.is_bare {
            self.at()
        } else {
            self.at().key("type")
        }
    }

    /// Whether it names no schema. The meaning of names depends on it, so it is determined first.
    fn is_plain(&self) -> bool {
        let expr = TypeExpr::parse(&self.spec.kind);
        !expr.is_ok_and(|expr| matches!(expr.leaf(), TypeExpr::Named { .. }))
    }

    /// The field that distinguishes this branch from other objects: the stated one, or the default.
    #[must_use]
    pub fn has(&self) -> &'a str {
        self.spec.has.as_deref().unwrap_or(self.name)
    }
}

impl<'a> FieldAt<'a> {
    /// Its place.
    #[must_use]
    pub fn at(&self) -> At<'a> {
        self.schema.at().key("fields").key(self.name)
    }

    /// The views that have the field.
    #[must_use]
    pub fn views(&self) -> &'a [View] {
        self.spec
            .views
            .as_deref()
            .unwrap_or_else(|| self.schema.views())
    }

    /// Whether responses have it.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.views().contains(&View::Read)
    }

    /// The text of the type in this view.
    #[must_use]
    pub fn type_in(&self, view: View) -> Option<&'a str> {
        let own = self.spec.types.get(view_word(view));
        own.or(self.spec.kind.as_ref()).map(String::as_str)
    }

    /// The place of that.
    #[must_use]
    pub fn type_at(&self, view: View) -> At<'a> {
        let word = view_word(view);
        if self.spec.types.contains(word) {
            self.at().key("types").key(word)
        } else {
            self.at().key("type")
        }
    }
}

impl<'a> EndpointAt<'a> {
    /// The scope it requires, by name.
    #[must_use]
    pub fn needed_scope(&self) -> NeededScope<'a> {
        let usual = if self.reads() { "read" } else { "modify" };
        match &self.spec.scope {
            Some(scope) => NeededScope::written(scope, self.at.key("scope")),
            None => NeededScope {
                area: &self.group.scope,
                level: usual,
                at: At::root(&self.group.file).key("scope"),
                level_from: None,
            },
        }
    }

    /// The scope that is sufficient instead, by name.
    #[must_use]
    pub fn or_scope(&self) -> Option<NeededScope<'a>> {
        let scope = self.spec.or_scope.as_ref()?;
        Some(NeededScope::written(scope, self.at.key("or_scope")))
    }

    /// Its methods, with their keys and paths; a valid endpoint has one.
    pub fn methods(&self) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a> {
        let Endpoint {
            get,
            post,
            put,
            patch,
            delete,
            ..
        } = self.spec;
        [
            ("get", get),
            ("post", post),
            ("put", put),
            ("patch", patch),
            ("delete", delete),
        ]
        .into_iter()
        .filter_map(|(key, path)| Some((key, path.as_deref()?)))
    }

    /// The parameters that it describes individually, each with its key.
    pub fn parameters(
        &self,
    ) -> impl Iterator<Item = (&'static str, &'a str, &'a Parameter)> + use<'a> {
        let query = self.spec.query.iter().map(|(name, it)| ("query", name, it));
        let headers = self.spec.headers.iter();
        let form = self.spec.form.iter().map(|(name, it)| ("form", name, it));
        query
            .chain(headers.map(|(name, it)| ("headers", name, it)))
            .chain(form)
    }

    /// The type of the response, if it has one.
    #[must_use]
    pub fn returned(&self) -> Option<&'a str> {
        let returns = self.spec.returns.as_str();
        (!["none", "counts", "file", "events"].contains(&returns)).then_some(returns)
    }

    /// The types that it states, except those of its path.
    pub fn types(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let spec = self.spec;
        let filters = spec.filters.iter().map(|(_, filter)| &filter.kind);
        let parameters = self.parameters().map(|(.., it)| &it.kind);
        let sorts = spec.sort.iter().map(|sort| &sort.by);
        let given = filters.chain(parameters).chain(sorts);
        let given = given.filter(|text| *text != "file");
        let all = given.chain(&spec.takes).chain(&spec.events);
        let all = all.chain(&spec.include).map(String::as_str);
        all.chain(self.returned())
    }

    /// Whether it only reads: by its method, or because the spec says so.
    #[must_use]
    pub const fn reads(&self) -> bool {
        self.is_get() || self.spec.reads.is_some()
    }

    /// Whether it is a GET, which has no body.
    #[must_use]
    pub const fn is_get(&self) -> bool {
        self.spec.get.is_some()
    }

    /// The key that makes it a read.
    #[must_use]
    pub fn reading(&self) -> At<'a> {
        let key = if self.is_get() { "get" } else { "reads" };
        self.at.key(key)
    }

    /// The id with the group in front.
    #[must_use]
    pub fn full_id(&self) -> String {
        format!("{}.{}", self.group.group, self.spec.id)
    }
}

#[must_use]
pub const fn view_word(view: View) -> &'static str {
    match view {
        View::Read => "read",
        View::Create => "create",
        View::Update => "update",
        View::Write => "write",
    }
}

/// The suffix of a view in the name of a type.
#[must_use]
pub const fn view_suffix(view: View) -> &'static str {
    match view {
        View::Read => "",
        View::Create => "Create",
        View::Update => "Update",
        View::Write => "Input",
    }
}

/// The views, by name.
pub const VIEWS: [View; 4] = [View::Read, View::Create, View::Update, View::Write];

/// The names between braces in a path.
pub(crate) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
}
