//! The facts of a field, and the choices between the fields of an object. They are derived from data, so
//! they cannot become stale.

use super::{
    Words,
    grammar::{capital, code_list, sentence, span},
};
use crate::{
    code_span::code,
    model::{Branch, Caller, Field, Kind, Told, TypeDef, TypeId, When},
    spec::{Format, Wire},
};

#[derive(Clone, Copy)]
pub(crate) enum FieldFact<'a> {
    /// Its type, and the limits of its value.
    Type(&'a Field),
    /// A regular expression that its value matches.
    Pattern(&'a str),
    /// The value used if it is absent.
    Default(&'a serde_json::Value),
    /// Null is a distinct value.
    Nullable,
    /// The meaning of an empty string.
    Empty(&'a str),
    /// The condition, or the parameter, under which a response has it.
    When(&'a When),
    /// Whether items that a written list or mapping omits are kept.
    Merges(bool),
    /// A request body must have it.
    Required,
    /// Only responses have it.
    ReadOnly,
    /// It must not be shown.
    Secret,
    /// Its values are those of a type that lists them.
    Values(TypeId),
}

/// The facts of a field, in a request body or in a response.
pub(crate) fn field_facts(field: &Field, written: bool) -> Vec<FieldFact<'_>> {
    let mut facts = vec![FieldFact::Type(field)];
    facts.extend(field.limits.pattern.as_deref().map(FieldFact::Pattern));
    facts.extend(field.values_of.map(FieldFact::Values));
    facts.extend(field.default.as_ref().map(FieldFact::Default));
    facts.extend(field.empty.as_deref().map(FieldFact::Empty));
    facts.extend(field.when.as_ref().map(FieldFact::When));
    facts.extend(field.merges.map(FieldFact::Merges));
    for (holds, fact) in [
        (field.nullable, FieldFact::Nullable),
        (field.required && written, FieldFact::Required),
        (field.read_only, FieldFact::ReadOnly),
        (field.secret, FieldFact::Secret),
    ] {
        facts.extend(holds.then_some(fact));
    }
    facts
}

impl Words<'_> {
    /// Facts of a field, one sentence each.
    pub(crate) fn field<'a>(&self, facts: impl IntoIterator<Item = FieldFact<'a>>) -> String {
        let facts = facts.into_iter().filter_map(|fact| self.field_fact(fact));
        let sentences: Vec<_> = facts.map(|fact| format!("{fact}.")).collect();
        sentences.join(" ")
    }

    /// `None` if there is nothing to say.
    fn field_fact(&self, fact: FieldFact<'_>) -> Option<String> {
        Some(match fact {
            FieldFact::Type(field) => return self.field_type(field),
            FieldFact::Pattern(pattern) => format!("Pattern: `{pattern}`"),
            FieldFact::Default(value) => format!("Default: `{value}`"),
            FieldFact::Nullable => "Nullable".to_owned(),
            FieldFact::Empty(meaning) => {
                format!("`\"\"` means {}", self.prose(meaning))
            }
            FieldFact::When(when) => {
                let returned = capital(self.returned());
                match when {
                    When::WithParameter(parameter) => format!("{returned} only with `{parameter}`"),
                    When::WithParameterAnd {
                        parameter, more, ..
                    } => {
                        let more = self.prose(more);
                        format!("{returned} only with `{parameter}`, {more}")
                    }
                    When::Holds(condition) => {
                        format!("{returned} only when {}", self.prose(condition))
                    }
                }
            }
            FieldFact::Merges(true) => "Items that an update omits may be kept".to_owned(),
            FieldFact::Merges(false) => "An update replaces it as a whole".to_owned(),
            FieldFact::Required => "Required".to_owned(),
            FieldFact::ReadOnly => "Read-only".to_owned(),
            FieldFact::Secret => "Secret".to_owned(),
            FieldFact::Values(id) => self.values(id),
        })
    }

    /// The type that lists the values of a field, or of the filter on it.
    pub(super) fn values(&self, id: TypeId) -> String {
        let def = self.api.ty(id);
        let named = || format!("`{}::{}`", self.api.module(def.home), def.name);
        let name = self.dialect.type_name(id).unwrap_or_else(named);
        format!("The values are those of {name}")
    }

    /// The fact of a field that every response has.
    pub(crate) fn always(&self) -> String {
        format!("always {}", self.returned())
    }

    /// The verb for values of a schema that is read. A provider receives some of its schemas and returns the
    /// others, so `sent` is true of all.
    const fn returned(&self) -> &'static str {
        match self.api.caller {
            Caller::Client => "returned",
            Caller::BigCommerce => "sent",
        }
    }

    fn field_type(&self, field: &Field) -> Option<String> {
        let parts = Some(self.field_kind(field)).filter(|head| !head.trim().is_empty());
        let parts: Vec<_> = parts.into_iter().chain(bounds(field)).collect();
        (!parts.is_empty()).then(|| capital(parts.join(", ").trim()))
    }

    /// The limits of the value of a field, as a sentence; nothing if there are none.
    pub(crate) fn field_bounds(&self, field: &Field) -> String {
        let bounds: Vec<_> = bounds(field).collect();
        match bounds.is_empty() {
            true => String::new(),
            false => sentence(&capital(&bounds.join(", "))),
        }
    }

    /// The type of a field, its unit and its format.
    pub(crate) fn field_kind(&self, field: &Field) -> String {
        let mut head = match field.spelling {
            Some(Wire::Rfc2822) => "date-time in RFC 2822 format".to_owned(),
            Some(Wire::Unix) => "date-time as a Unix timestamp in seconds".to_owned(),
            Some(Wire::OneZero) => "boolean".to_owned(),
            None if self.is_named_anyway(&field.ty) => String::new(),
            Some(Wire::Text) | None => self.ty(&field.ty),
        };
        let units = field.limits.format.map(format).into_iter();
        for unit in units.chain(field.unit.as_deref()) {
            head += &format!(" ({})", self.prose(unit));
        }
        head += match field.spelling {
            Some(Wire::Text) => ", encoded as a string",
            Some(Wire::OneZero) => ", encoded as 1 or 0",
            _ => "",
        };
        head
    }

    /// Of which fields a request body needs at least one, and of which it accepts only one.
    pub(crate) fn choices(&self, def: &TypeDef) -> Vec<String> {
        let Kind::Object {
            fields,
            needs_one_of,
            at_most_one_of,
            ..
        } = &def.kind
        else {
            return Vec::new();
        };
        let named = |set: &[usize]| {
            let fields = set.iter().filter_map(|at| fields.get(*at));
            code_list(fields.map(|field| field.wire.as_str()))
        };
        let needs = needs_one_of.iter();
        let needs = needs.map(|it| {
            let number = match at_most_one_of.contains(it) {
                true => "Exactly",
                false => "At least",
            };
            format!("{number} one of {} is required.", named(it))
        });
        let most = at_most_one_of.iter();
        let most = most.filter(|it| !needs_one_of.contains(it));
        let most = most.map(|it| format!("At most one of {} may be set.", named(it)));
        needs.chain(most).collect()
    }
}

/// Smallest and largest length, value and number of items.
fn bounds(field: &Field) -> impl Iterator<Item = String> {
    let limits = &field.limits;
    let (length, items) = (limits.length, limits.items);
    let (low, high) = &limits.range;
    let bounds = [
        span(length.0, length.1, "character"),
        span(low.as_ref(), high.as_ref(), ""),
        span(items.0, items.1, "item"),
    ];
    bounds.into_iter().flatten()
}

/// What distinguishes a branch of a one-of from the others.
pub(crate) fn branch(branch: &Branch, by: Option<&str>) -> String {
    match (&branch.told, by) {
        (Told::Value(value), Some(by)) => format!("an object whose `{by}` is {}", code(value)),
        (Told::Value(name) | Told::Field(name), _) => format!("an object with `{name}`"),
        (Told::Kind(kind), _) => kind.phrase().to_owned(),
    }
}

/// What the client does with a value that matches no branch of a one-of, as a sentence.
pub(crate) const fn anything_else(in_requests_only: bool) -> &'static str {
    if in_requests_only {
        "Anything else can be sent as `Other`."
    } else {
        "Anything else is kept as received, as `Other`."
    }
}

/// The kind of string it is.
const fn format(format: Format) -> &'static str {
    match format {
        Format::Url => "URL",
        Format::Currency => "ISO 4217 code",
        Format::Country => "ISO 3166-1 alpha-2 code",
        Format::Email => "email address",
        Format::EventScope => "event scope",
    }
}
