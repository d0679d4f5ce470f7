//! Handles: what `store.products()` and `store.products().images(118)` return. One type only reads; the other
//! adds the writes and dereferences to the first, so a read-only handle can be passed where nothing may be
//! changed.

use super::{
    bulk, docs, examples, job,
    print::{Text, literal},
    request::{self, Argument, arguments},
    ty,
};
use crate::model::{
    Api, Endpoint, Group, Narrowed, Nested, is_instructive, shown_narrowed, shown_nested,
    shown_on_handle,
};

/// The file of a group's handles.
pub(super) fn text(api: &Api, group: &Group) -> Text {
    // Nested groups are on its nested handle, if it has one.
    let children = group.nested.is_none();
    let own = api.has_own_handle(group);
    let own = own.then(|| Pair::own(api, group, children));
    let nested = group.nested.as_ref();
    let nested = nested.map(|nested| Pair::nested(api, group, nested));
    let mut body = Text::default();
    for (at, pair) in own.into_iter().chain(nested).enumerate() {
        if at > 0 {
            body.line("");
        }
        pair.print(&mut body);
    }
    let mut text = Text::default();
    text.line("use super::requests;");
    ty::import(&mut text, &body, &["Client"], "");
    text.append(&body);
    text
}

/// A full handle, and the read-only one.
struct Pair<'a> {
    api: &'a Api,
    group: &'a Group,
    handle: &'a str,
    reader: &'a str,
    /// What both are constructed with, in addition to the client.
    held: Vec<Argument>,
    endpoints: Vec<&'a Endpoint>,
    children: Vec<(&'a Group, &'a Nested)>,
    /// The method that narrows it to a single resource.
    narrowed: Option<&'a Narrowed>,
}

impl<'a> Pair<'a> {
    fn own(api: &'a Api, group: &'a Group, children: bool) -> Self {
        let endpoints = api.endpoints_of(group).iter();
        Self {
            api,
            group,
            handle: &group.handle,
            reader: &group.reader,
            held: Vec::new(),
            endpoints: endpoints.filter(|it| !it.nested).collect(),
            children: if children {
                api.under(group).collect()
            } else {
                Vec::new()
            },
            narrowed: group.narrowed.as_ref().filter(|_| children),
        }
    }

    fn nested(api: &'a Api, group: &'a Group, nested: &'a Nested) -> Self {
        let endpoints = api.endpoints_of(group).iter();
        Self {
            api,
            group,
            handle: &nested.handle,
            reader: &nested.reader,
            held: request::held(api, &nested.takes),
            endpoints: endpoints.filter(|it| it.nested).collect(),
            children: api.under(group).collect(),
            narrowed: group.narrowed.as_ref(),
        }
    }

    fn print(&self, body: &mut Text) {
        let (handle, reader) = (self.handle, self.reader);
        body.docs(&[format!(
            "The read-only part of [`{handle}`]: no call here changes the store."
        )]);
        body.line("#[derive(Clone, Debug)]");
        body.block(&format!("pub struct {reader}"), |body| {
            body.line("client: Client,");
            for it in &self.held {
                body.line(&format!("{}: {},", it.name, it.ty));
            }
        });
        body.line("");
        body.block(&format!("impl {reader}"), |body| {
            self.new_reader(body);
            for endpoint in self.endpoints.iter().filter(|it| !it.writes) {
                method(body, self.api, endpoint, "self");
                bulk::method(body, self.api, endpoint, "self");
                job::method(body, self.api, endpoint);
            }
            for (group, nested) in &self.children {
                self.child(body, group, nested, &nested.reader, "self");
            }
            self.narrowed(body, "self");
        });
        body.line("");
        let mut lines = self.lines();
        lines.extend(docs::on_the_site(self.api, self.group));
        if let Some(shown) = shown_on_handle(&self.endpoints) {
            lines.extend(examples::of_request(self.api, shown));
        }
        body.docs(&lines);
        body.line("#[derive(Clone, Debug)]");
        body.block(&format!("pub struct {handle}"), |body| {
            body.line(&format!("reader: {reader},"));
        });
        body.line("");
        body.block(&format!("impl {handle}"), |body| {
            self.new_full(body);
            for endpoint in self.endpoints.iter().filter(|it| it.writes) {
                method(body, self.api, endpoint, "self.reader");
                bulk::method(body, self.api, endpoint, "self.reader");
            }
            for (group, nested) in &self.children {
                self.child(body, group, nested, &nested.handle, "self.reader");
            }
            self.narrowed(body, "self.reader");
        });
        body.line("");
        body.block(&format!("impl std::ops::Deref for {handle}"), |body| {
            body.line(&format!("type Target = {reader};"));
            body.line("");
            body.block("fn deref(&self) -> &Self::Target", |body| {
                body.line("&self.reader");
            });
        });
    }

    fn lines(&self) -> Vec<String> {
        let group = self.group;
        let mut lines = vec![docs::prose(&format!("{}: {}", group.title, group.does))];
        if !group.warning.is_empty() {
            lines.extend([String::new(), docs::prose(&group.warning)]);
        }
        lines.extend([
            String::new(),
            format!(
                "Reads through [`{}`], to which it dereferences.",
                self.reader
            ),
        ]);
        lines
    }

    /// The parameters of a constructor, and what it passes on.
    fn taken(&self) -> (Vec<String>, Vec<String>) {
        let taken = self.held.iter().map(|it| format!("{}: {}", it.name, it.ty));
        let passed = self.held.iter().map(|it| it.name.clone());
        let client = std::iter::once("client: &Client".to_owned());
        let given = std::iter::once("client".to_owned());
        (client.chain(taken).collect(), given.chain(passed).collect())
    }

    fn new_reader(&self, body: &mut Text) {
        let (taken, passed) = self.taken();
        body.call_block("pub(crate) fn new", &taken, " -> Self", |body| {
            let mut fields = vec!["client: client.clone()".to_owned()];
            fields.extend(passed.into_iter().skip(1));
            body.line(&format!("Self {{ {} }}", fields.join(", ")));
        });
    }

    fn new_full(&self, body: &mut Text) {
        let (taken, passed) = self.taken();
        let reader = self.reader;
        body.call_block("pub(crate) fn new", &taken, " -> Self", |body| {
            let made = format!("{reader}::new({})", passed.join(", "));
            body.line(&format!("Self {{ reader: {made} }}"));
        });
    }

    /// The method that returns the same handle for a single resource.
    fn narrowed(&self, body: &mut Text, held: &str) {
        let Some(narrowed) = self.narrowed else {
            return;
        };
        let (method, wire) = (&narrowed.method, &narrowed.parameter.wire);
        let argument = request::argument(self.api, &narrowed.parameter, "query");
        let name = &argument.name;
        body.line("");
        body.docs(&[
            docs::prose(&narrowed.does),
            String::new(),
            format!(
                "The handles below it are narrowed, too. A call without a `{wire}` parameter \
                 applies to the whole store: if `{name}` is set, it fails with an error before it \
                 is sent. So does a call with a different `{wire}`."
            ),
        ]);
        if let Some(shown) = shown_narrowed(&self.endpoints) {
            body.docs(&examples::of_narrowed(self.api, shown, narrowed));
        }
        let taken = format!("{name}: impl Into<Option<{}>>", argument.ty);
        let client = format!("{held}.client.narrowed({}, {name}.into())", literal(wire));
        let mut passed = vec![format!("&{client}")];
        passed.extend(self.held.iter().map(|it| it.of(held)));
        let head = format!("pub fn {method}");
        body.call_block(&head, &["&self".to_owned(), taken], " -> Self", |body| {
            body.call("Self::new", &passed, "");
        });
    }

    /// The method that returns the handle of a nested group.
    fn child(&self, body: &mut Text, group: &Group, nested: &Nested, handle: &str, held: &str) {
        let path = format!("crate::{}::{handle}", group.name);
        let own = request::held(self.api, nested.own());
        let taken = own.iter().map(|it| format!("{}: {}", it.name, it.taken));
        let taken: Vec<_> = std::iter::once("&self".to_owned()).chain(taken).collect();
        let mut passed = vec![format!("&{held}.client")];
        passed.extend(self.held.iter().map(|it| it.of(held)));
        passed.extend(own.iter().map(Argument::converted));
        body.line("");
        body.docs(&[docs::prose(&group.does)]);
        if let Some(shown) = shown_nested(self.api, group) {
            body.docs(&examples::of_request(self.api, shown));
        }
        if group.feature != self.group.feature {
            body.line(&format!("#[cfg(feature = {})]", literal(&group.feature)));
        }
        let (head, returns) = (format!("pub fn {}", nested.method), format!(" -> {path}"));
        body.call_block(&head, &taken, &returns, |body| {
            body.call(&format!("{path}::new"), &passed, "");
        });
    }
}

fn method(body: &mut Text, api: &Api, endpoint: &Endpoint, reader: &str) {
    let held = api.held(endpoint);
    let is_held = |it: &&Argument| held.iter().any(|held| held.rust == it.name);
    let arguments = arguments(api, endpoint);
    let taken = arguments.iter().filter(|it| !is_held(it));
    let taken = taken.map(|it| format!("{}: {}", it.name, it.taken));
    let taken: Vec<_> = std::iter::once("&self".to_owned()).chain(taken).collect();
    let passed = arguments.iter().map(|it| {
        if is_held(&it) {
            it.of(reader)
        } else {
            it.passed.clone()
        }
    });
    let passed: Vec<_> = std::iter::once(format!("&{reader}.client"))
        .chain(passed)
        .collect();
    let request = format!("requests::{}", endpoint.request);
    body.line("");
    docs::endpoint(body, api, endpoint);
    if is_instructive(endpoint) {
        body.docs(&examples::of_request(api, endpoint));
    }
    if let Some(deprecated) = docs::deprecated_text(endpoint.deprecated.as_ref()) {
        body.line(&deprecated);
    }
    let (head, returns) = (
        format!("pub fn {}", endpoint.call),
        format!(" -> {request}"),
    );
    body.call_block(&head, &taken, &returns, |body| {
        body.call(&format!("{request}::new"), &passed, "");
    });
}
