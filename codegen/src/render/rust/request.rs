//! Requests: a declaration for each endpoint, with a line for each parameter.

use std::fmt;

use super::{
    docs, examples,
    print::{Text, literal},
    ty,
};
use crate::{
    model::{Answer, Api, Body, Endpoint, Parameter, Role, Shape, Ty},
    spec::{Envelope, SortDirection},
};

/// An argument of a request: a path parameter, a required query parameter, or the body.
pub(super) struct Argument {
    pub name: String,
    /// How it is given.
    how: How,
    /// Of which type.
    pub ty: String,
    /// Where it is sent.
    place: Place,
    /// The parameter of the handle's method.
    pub taken: String,
    /// What the handle's method passes on.
    pub passed: String,
}

/// Where a value is sent.
enum Place {
    /// In the part with this name, such as `query`, under its own name.
    Named(&'static str, String),
    /// As the whole body.
    Body,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(part, wire) => write!(f, "{part} {}", literal(wire)),
            Self::Body => f.write_str("body"),
        }
    }
}

/// How a value is passed, and how it is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// As the type itself.
    Own,
    /// As a value that converts into the type.
    Into,
    /// As several, sent with commas between them.
    List,
    /// The same with values that convert into the type.
    ListInto,
    /// As several, each sent with its own name.
    Each,
    /// The same with values that convert into the type.
    EachInto,
    /// As a boolean, sent as 1 or 0.
    Flag,
    /// As a file.
    File,
}

impl How {
    /// Its name in the runtime's macros.
    const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Into => "into",
            Self::List => "list",
            Self::ListInto => "list_into",
            Self::Each => "each",
            Self::EachInto => "each_into",
            Self::Flag => "flag",
            Self::File => "file",
        }
    }
}

/// The arguments of an endpoint.
pub(super) fn arguments(api: &Api, endpoint: &Endpoint) -> Vec<Argument> {
    let mut arguments = Vec::new();
    for parameter in &endpoint.path_parameters {
        arguments.push(argument(api, parameter, "path"));
    }
    for parameter in endpoint.query.iter().filter(|parameter| parameter.required) {
        arguments.push(argument(api, parameter, "query"));
    }
    for header in endpoint.headers.iter().filter(|header| header.required) {
        arguments.push(argument(api, header, "header"));
    }
    for part in endpoint.form.iter().filter(|part| part.required) {
        arguments.push(argument(api, part, "form"));
    }
    if let Some(body) = endpoint.body.as_ref().filter(|body| !body.optional) {
        arguments.push(sent(api, body));
    }
    arguments
}

/// The parameters of a nested handle.
pub(super) fn held(api: &Api, parameters: &[Parameter]) -> Vec<Argument> {
    let arguments = parameters.iter();
    arguments.map(|it| argument(api, it, "path")).collect()
}

/// The request body as an argument.
fn sent(api: &Api, body: &Body) -> Argument {
    let (taken, converted) = body_argument(api, body);
    let name = body.rust.clone();
    Argument {
        passed: converted.map_or_else(|| name.clone(), |converted| format!("{name}{converted}")),
        name,
        how: How::Own,
        taken,
        ty: ty::value(api, &body.ty, None),
        place: Place::Body,
    }
}

/// How a request body is passed, and the conversion into its type.
fn body_argument(api: &Api, body: &Body) -> (String, Option<&'static str>) {
    let item = ty::value(api, body.item(), None);
    match &body.ty {
        Ty::List(of) if matches!(**of, Ty::Text | Ty::Uuid) => (
            format!("impl IntoIterator<Item = impl Into<{item}>>"),
            Some(".into_iter().map(Into::into).collect()"),
        ),
        Ty::List(_) => (
            format!("impl IntoIterator<Item = {item}>"),
            Some(".into_iter().collect()"),
        ),
        Ty::OneOrMany(_) => (format!("impl Into<OneOrMany<{item}>>"), Some(".into()")),
        _ => (item, None),
    }
}

impl Argument {
    /// The value in a handle.
    pub(super) fn of(&self, holder: &str) -> String {
        let clone = if self.how == How::Into {
            ".clone()"
        } else {
            ""
        };
        format!("{holder}.{}{clone}", self.name)
    }

    /// The stored value, from the parameter of a method.
    pub(super) fn converted(&self) -> String {
        match self.how {
            How::Into => format!("{}.into()", self.name),
            _ => self.name.clone(),
        }
    }

    /// The line that converts the parameter of a method into the value's type, if necessary.
    pub(super) fn kept(&self) -> Option<String> {
        let (name, ty) = (&self.name, &self.ty);
        (self.how == How::Into).then(|| format!("let {name}: {ty} = {name}.into();"))
    }

    /// How a value in a handle changes a call, in a chain.
    pub(super) fn chained_of(&self, holder: &str) -> String {
        self.put(&self.of(holder))
    }

    /// How the argument changes a call, in a chain.
    pub(super) fn chained(&self) -> String {
        match self.how {
            How::Into => self.put(&format!("Into::<{}>::into({})", self.ty, self.name)),
            _ => self.put(&self.name),
        }
    }

    fn put(&self, value: &str) -> String {
        match &self.place {
            Place::Named(part, wire) => format!(".{part}({}, {value})", literal(wire)),
            Place::Body => format!(".body(&{value})"),
        }
    }
}

pub(super) fn argument(api: &Api, parameter: &Parameter, part: &'static str) -> Argument {
    let (how, ty) = given(api, parameter);
    Argument {
        name: parameter.rust.clone(),
        taken: match how {
            How::Into => format!("impl Into<{ty}>"),
            How::List | How::Each => format!("impl IntoIterator<Item = {ty}>"),
            How::ListInto | How::EachInto => format!("impl IntoIterator<Item = impl Into<{ty}>>"),
            How::Own | How::Flag | How::File => ty.clone(),
        },
        how,
        ty,
        place: Place::Named(part, wire(parameter)),
        passed: parameter.rust.clone(),
    }
}

/// A parameter's name for the runtime: that of a header is in lower case.
fn wire(parameter: &Parameter) -> String {
    match parameter.role {
        Role::Header => parameter.wire.to_ascii_lowercase(),
        _ => parameter.wire.clone(),
    }
}

/// How a parameter is passed, and as which type.
fn given(api: &Api, parameter: &Parameter) -> (How, String) {
    let converted = matches!(
        parameter.ty,
        Ty::Text | Ty::Uuid | Ty::Number | Ty::DateTime | Ty::Date | Ty::Id
    );
    let how = match (parameter.shape, converted) {
        (Shape::Flag, _) => How::Flag,
        (Shape::File, _) => return (How::File, "crate::upload::FilePart".to_owned()),
        (Shape::One, false) => How::Own,
        (Shape::One, true) => How::Into,
        (Shape::Many, false) => How::List,
        (Shape::Many, true) => How::ListInto,
        (Shape::Each, false) => How::Each,
        (Shape::Each, true) => How::EachInto,
    };
    (how, ty::value(api, &parameter.ty, None))
}

/// The file of an endpoint's request.
pub(super) fn text(api: &Api, endpoint: &Endpoint) -> Text {
    let mut head = vec![format!("Endpoint::{}", endpoint.variant)];
    for it in arguments(api, endpoint) {
        let how = it.how.name();
        head.push(format!("{}: {how} {} = {}", it.name, it.ty, it.place));
    }
    let mut returns = format!(" -> {}", answer(api, endpoint));
    for extra in extras(endpoint) {
        returns += &format!(", {extra}");
    }
    let mut body = Text::default();
    body.block("crate::declare::request!", |body| {
        let handle = examples::handle_link(api, endpoint);
        body.docs(&[format!(
            "{} Returned by {handle}.",
            docs::prose(&endpoint.does)
        )]);
        body.call_block(&endpoint.request, &head, &returns, |body| {
            let optional = endpoint.query.iter().filter(|it| !it.required);
            for parameter in optional {
                docs::parameter(body, api, endpoint, parameter);
                let (name, wire) = (&parameter.rust, literal(&parameter.wire));
                let (how, ty) = given(api, parameter);
                let how = how.name();
                body.line(&format!("{name} = {wire} ({how} {ty}),"));
            }
            sort(body, api, endpoint);
            let headers = endpoint.headers.iter().map(|it| ("header", it));
            let form = endpoint.form.iter().map(|it| ("form", it));
            for (place, it) in headers.chain(form).filter(|(_, it)| !it.required) {
                docs::parameter(body, api, endpoint, it);
                let (name, wire) = (&it.rust, literal(&wire(it)));
                let (how, ty) = given(api, it);
                let how = how.name();
                body.line(&format!("{name} = {place} {wire} ({how} {ty}),"));
            }
            if let Some(sent) = endpoint.body.as_ref().filter(|body| body.optional) {
                optional_body(body, api, sent);
            }
        });
    });
    let mut text = Text::default();
    ty::import(&mut text, &body, &[], &endpoint.request);
    text.append(&body);
    text
}

/// The method that sets the body of a request.
fn optional_body(text: &mut Text, api: &Api, body: &Body) {
    text.docs(&["The request body. Optional.".to_owned()]);
    let item = ty::value(api, body.item(), None);
    let (how, ty) = match &body.ty {
        Ty::List(of) if matches!(**of, Ty::Text | Ty::Uuid) => (How::ListInto, item),
        Ty::List(_) => (How::List, item),
        Ty::OneOrMany(_) => (How::Into, format!("OneOrMany<{item}>")),
        _ => (How::Own, item),
    };
    let how = how.name();
    text.line(&format!("{} = body \"\" ({how} {ty}),", body.rust));
}

fn sort(body: &mut Text, api: &Api, endpoint: &Endpoint) {
    let Some(sort) = &endpoint.sort else { return };
    let how = match sort.direction {
        SortDirection::Separate => "sort",
        SortDirection::Joined => "sort_joined",
    };
    body.docs(&[docs::words(api).order(sort)]);
    let by = ty::named(api, sort.by, None);
    body.line(&format!("sort = \"sort\" ({how} {by}),"));
}

/// How the call of an endpoint is finished, and the type of its result.
fn answer(api: &Api, endpoint: &Endpoint) -> String {
    let value = |ty: &Ty| ty::value(api, ty, None);
    match &endpoint.answer {
        Answer::Nothing => "nothing(())".to_owned(),
        Answer::Counts => "counts(Counts)".to_owned(),
        Answer::File => "download(crate::download::Download)".to_owned(),
        Answer::Events(None) => "events(crate::download::EventStream)".to_owned(),
        Answer::Events(Some(data)) => format!("events_of({})", value(data)),
        Answer::Page(item) => format!("page({})", value(item)),
        Answer::Outcome(ty) => format!("outcome({})", value(ty)),
        Answer::One(Ty::Nullable(ty)) => format!("maybe({})", value(ty)),
        Answer::One(ty @ Ty::Json) if endpoint.envelope == Envelope::Flat => {
            format!("any({})", value(ty))
        }
        Answer::One(ty) if endpoint.envelope == Envelope::Flat => format!("flat({})", value(ty)),
        Answer::One(ty) => format!("data({})", value(ty)),
    }
}

/// What a request supports in addition to all others.
fn extras(endpoint: &Endpoint) -> impl Iterator<Item = &'static str> {
    let walked = endpoint.page.is_some() && matches!(endpoint.answer, Answer::Page(_));
    let extras = [
        (endpoint.by_cursor, "by_cursor"),
        (walked, "stream"),
        (endpoint.job.is_some(), "call"),
        (endpoint.inherits.is_some(), "effective"),
        (endpoint.decoding, "decoding"),
    ];
    extras
        .into_iter()
        .filter(|(has, _)| *has)
        .map(|(_, name)| name)
}
