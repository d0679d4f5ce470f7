//! Drafts alternative objects as a one-of with a schema for each, if a field that only one of them has
//! identifies it, or the value of a field that all of them have. Otherwise they stay merged, with a `todo:`.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::{
    classes::{Class, Classes, Side, shows},
    draft::{DraftField, DraftSchema},
    merge::TOGETHER,
    names,
    shape::{Arena, Kind, Object, ObjectId, Property},
};

/// An object of a class with its alternatives.
struct Member<'a> {
    sides: &'a BTreeSet<Side>,
    branches: Vec<&'a Object>,
}

/// How the branches are distinguished: by the value of a field, or each by its own field.
struct Told {
    by: Option<String>,
    /// The name of each branch: the value or the field.
    names: Vec<String>,
}

/// Makes one-ofs of the schemas of classes whose branches can be distinguished. Classes with selectable
/// fields cannot be one-ofs.
pub(crate) fn apart(
    schemas: &mut Vec<DraftSchema>,
    classes: &Classes,
    chosen: &HashSet<ObjectId>,
    arena: &Arena,
) {
    let mut taken: HashSet<String> = schemas.iter().map(|one| one.name.clone()).collect();
    let mut more: Vec<DraftSchema> = Vec::new();
    for (schema, class) in schemas.iter_mut().zip(&classes.classes) {
        let is_chosen = class.members.iter().any(|(id, _)| chosen.contains(id));
        let is_united = schema.todo.iter().any(|todo| todo.ends_with(TOGETHER));
        if is_chosen || !is_united {
            continue;
        }
        let Some((told, branches)) = split(schema, class, arena) else {
            continue;
        };
        if branches.iter().any(|one| taken.contains(&one.name)) {
            continue;
        }
        taken.extend(branches.iter().map(|one| one.name.clone()));
        let types = branches.iter().map(|one| one.name.clone());
        schema.one_of = told.names.into_iter().zip(types).collect();
        schema.by = told.by;
        schema.fields.clear();
        schema.todo.retain(|todo| !todo.ends_with(TOGETHER));
        more.extend(branches);
    }
    schemas.extend(more);
}

/// How the branches of a class are distinguished, and the schema of each.
fn split(schema: &DraftSchema, class: &Class, arena: &Arena) -> Option<(Told, Vec<DraftSchema>)> {
    let members = class.members.iter();
    let members = members.map(|(id, sides)| Member::of(*id, sides, arena));
    let members: Vec<Member<'_>> = members.collect::<Option<_>>()?;
    let count = members.first()?.branches.len();
    if members.iter().any(|one| one.branches.len() != count) {
        return None;
    }
    let told = by_value(&members).or_else(|| by_field(&members))?;
    let mut branches = Vec::new();
    for (at, name) in told.names.iter().enumerate() {
        let objects = members.iter();
        let objects = objects.filter_map(|one| Some((one.sides, *one.branches.get(at)?)));
        let objects: Vec<(&BTreeSet<Side>, &Object)> = objects.collect();
        let fields = schema.fields.iter();
        let fields = fields.filter(|field| told.by.as_ref() != Some(&field.name));
        let fields = fields.filter_map(|field| narrowed(field, &schema.views, &objects));
        let branch = DraftSchema {
            name: type_name(name, &class.name)?,
            views: schema.views.clone(),
            official: objects.first().and_then(|(_, one)| one.official.clone()),
            fields: fields.collect(),
            ..DraftSchema::default()
        };
        // The spec has no objects without fields.
        if branch.fields.is_empty() {
            return None;
        }
        branches.push(branch);
    }
    let names: HashSet<&String> = branches.iter().map(|one| &one.name).collect();
    let is_distinct = names.len() == count;
    is_distinct.then_some((told, branches))
}

/// The name of a branch's schema: its own before that of the class, or after it if it starts with a digit. `None`
/// if a type cannot have the name.
fn type_name(branch: &str, class: &str) -> Option<String> {
    let own = names::camel(branch);
    let first = own.chars().next()?;
    own.chars()
        .all(|c| c.is_ascii_alphanumeric())
        .then(|| match first.is_ascii_digit() {
            true => format!("{class}{own}"),
            false => format!("{own}{class}"),
        })
}

impl<'a> Member<'a> {
    /// `None` if it has more than its alternatives, or they disagree on a field.
    fn of(id: ObjectId, sides: &'a BTreeSet<Side>, arena: &'a Arena) -> Option<Self> {
        let object = arena.get(id);
        let branches = object.branches.iter().map(|branch| arena.get(*branch));
        let branches: Vec<&Object> = branches.collect();
        let all = |name: &str| -> Vec<&Property> {
            let all = branches.iter().filter_map(|one| one.property(name));
            all.collect()
        };
        let is_one = object.properties.keys().all(|name| {
            let all = all(name);
            let first = all.first().map(|one| &one.shape.kind);
            first.is_some_and(|first| all.iter().all(|one| one.shape.kind == *first))
        });
        (branches.len() > 1 && is_one).then_some(Self { sides, branches })
    }

    /// Whether a property is always present.
    fn always(&self, property: &Property) -> bool {
        let mut sides = self.sides.iter();
        property.required && sides.all(|side| shows(property, *side))
    }

    /// Whether the field distinguishes the branch at a position from all others.
    fn is_told(&self, at: usize, name: &str) -> bool {
        let mut branches = self.branches.iter().enumerate();
        branches.all(|(place, branch)| match branch.property(name) {
            Some(property) => place == at && self.always(property),
            None => place != at,
        })
    }

    /// The only value of a field in each of the branches.
    fn values(&self, name: &str) -> Option<Vec<String>> {
        let values = self.branches.iter().map(|branch| {
            let property = branch.property(name).filter(|one| self.always(one))?;
            match (&property.shape.kind, property.shape.values.as_slice()) {
                (Kind::Text, [Value::String(value)]) if !value.is_empty() => Some(value.clone()),
                _ => None,
            }
        });
        values.collect()
    }
}

fn by_value(members: &[Member<'_>]) -> Option<Told> {
    let first = members.first()?;
    let mut names = first.branches.first()?.properties.keys();
    names.find_map(|name| {
        let values = first.values(name)?;
        let is_same = members
            .iter()
            .all(|one| one.values(name).as_ref() == Some(&values));
        let distinct = values.iter().collect::<HashSet<_>>().len();
        (is_same && distinct == values.len()).then(|| Told {
            by: Some(name.clone()),
            names: values,
        })
    })
}

fn by_field(members: &[Member<'_>]) -> Option<Told> {
    let first = members.first()?;
    let names = first.branches.iter().enumerate().map(|(at, branch)| {
        let mut names = branch.properties.keys();
        names
            .find(|name| members.iter().all(|one| one.is_told(at, name)))
            .cloned()
    });
    Some(Told {
        by: None,
        names: names.collect::<Option<_>>()?,
    })
}

/// The field in the branch.
fn narrowed(
    field: &DraftField,
    views: &[&'static str],
    objects: &[(&BTreeSet<Side>, &Object)],
) -> Option<DraftField> {
    let all = objects.iter();
    let all = all.filter_map(|(_, object)| object.property(&field.name));
    let all: Vec<&Property> = all.collect();
    all.first()?;
    let own: &[&'static str] = match (field.views.as_slice(), views) {
        ([], []) => &["read"],
        ([], views) => views,
        (own, _) => own,
    };
    let is_required = |view: &&'static str| {
        let met = objects
            .iter()
            .filter(|(sides, _)| sides_of(view).iter().any(|side| sides.contains(side)));
        let mut met = met.map(|(_, object)| object.property(&field.name));
        let first = met.next().flatten();
        first.is_some_and(|one| one.required) && met.all(|one| one.is_some_and(|it| it.required))
    };
    let mut branch = field.clone();
    branch.required = own.iter().copied().filter(|it| is_required(it)).collect();
    let members = all.iter().flat_map(|one| &one.shape.values);
    let members: HashSet<&str> = members.filter_map(Value::as_str).collect();
    if !members.is_empty() {
        branch.values.retain(|one| members.contains(one.as_str()));
    }
    Some(branch)
}

/// The uses that define a view.
fn sides_of(view: &str) -> &'static [Side] {
    match view {
        "read" => &[Side::Read],
        "create" => &[Side::Create],
        "update" => &[Side::Update],
        _ => &[Side::Create, Side::Update],
    }
}
