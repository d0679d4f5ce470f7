//! Compares official alternatives with the branches of a one-of.

use super::{Walk, alike};
use crate::{
    import::{
        classes::visible,
        shape::{Arena, Kind, Object, ObjectId, Shape},
    },
    spec::{Field, Wire},
    upstream::{
        Findings, Topic,
        branches::{self, Branch},
        findings::Key,
        ours::{Ours, Seen},
        say::{name, say},
    },
};

impl<'a> Walk<'a> {
    /// Compares alternatives with their branches.
    pub(super) fn one_of(
        &mut self,
        shape: &Shape,
        seen: &Seen<'a>,
        path: &str,
        found: &mut Findings<'a>,
    ) {
        let ours = self.spec.branches(seen);
        let mut theirs = Alternatives::default();
        theirs.add(shape, self.arena);
        for shape in &theirs.others {
            let mut alike = ours.iter().filter(|(_, _, branch)| alike(shape, branch));
            match (alike.next(), alike.next()) {
                (Some((_, _, branch @ Ours::List(_))), None) => {
                    self.value(shape, branch, path, found);
                }
                (Some(_), _) => {}
                (None, _) => {
                    let ours = name(&Ours::OneOf(seen.clone()));
                    let says = format!("is {} officially but {ours} here", say(shape));
                    found.add(Topic::Type, path, says);
                }
            }
        }
        let by = seen.schema.by.as_deref();
        let branches: Vec<Branch<'a>> = ours
            .iter()
            .filter_map(|&(name, branch, ref ours)| match ours {
                Ours::Object(seen) => Some(Branch {
                    name,
                    tells: by.is_none().then(|| branch.has.as_deref().unwrap_or(name)),
                    seen: seen.clone(),
                }),
                _ => None,
            })
            .collect();
        if let [(id, object)] = theirs.objects.as_slice()
            && branches::is_together(object, &branches, by)
        {
            self.together(*id, seen, &branches, path, found);
            return;
        }
        let is_choice = theirs.is_choice();
        self.apart(
            (theirs.objects.as_slice(), is_choice),
            seen,
            &branches,
            path,
            found,
        );
        if !is_choice {
            return;
        }
        for &(name, _, ref branch) in &ours {
            let is_object = matches!(branch, Ours::Object(_));
            if !is_object && !theirs.others.iter().any(|shape| alike(shape, branch)) {
                self.extra_branch(seen, name, path, found);
            }
        }
    }

    /// Compares objects with their branches, and reports those without a match: those of the spec only if
    /// there is an official choice.
    fn apart(
        &mut self,
        (theirs, is_choice): (&[(ObjectId, Object)], bool),
        seen: &Seen<'a>,
        branches: &[Branch<'a>],
        path: &str,
        found: &mut Findings<'a>,
    ) {
        let by = seen.schema.by.as_deref();
        let objects: Vec<Object> = theirs.iter().map(|(_, object)| object.clone()).collect();
        let pairs = branches::pairs(&objects, branches, by);
        for (place, object) in objects.iter().enumerate() {
            if !pairs.iter().any(|(one, _)| *one == place) {
                let says = format!(": {} is missing here", branches::called(object, by));
                let here = self.spec.at(seen);
                found.within(here, |found| found.add(Topic::Branch, path, says));
            }
        }
        let start = self.place(path, "");
        let is_shared = |place: &str| {
            let rest = place.strip_prefix(&start).unwrap_or_default();
            let name = rest.split(['.', '[', '{']).next().unwrap_or_default();
            branches.iter().filter(|one| one.has(name)).count() > 1
                || objects
                    .iter()
                    .filter(|one| one.property(name).is_some())
                    .count()
                    > 1
        };
        for (own, branch) in branches.iter().enumerate() {
            let mut all = pairs.iter().filter(|(_, one)| *one == own).peekable();
            match all.peek() {
                Some(_) => found.official(branch_key(seen, branch.name)),
                None if is_choice => self.extra_branch(seen, branch.name, path, found),
                None => {}
            }
            for (id, object) in all.filter_map(|(place, _)| theirs.get(*place)) {
                let object = told(object, branch, by);
                found.in_branch(branch.name, is_shared, |found| {
                    // The same object may be a separate type elsewhere.
                    let Seen {
                        home, name, view, ..
                    } = branch.seen;
                    if self
                        .walked
                        .insert((*id, home, name, view, Some(branch.name)))
                    {
                        self.properties(&object, &branch.seen, path, found);
                    }
                });
            }
        }
    }

    fn extra_branch(&self, seen: &Seen<'a>, name: &'a str, path: &str, found: &mut Findings<'a>) {
        let here = self.spec.at(seen).key("one_of").key(name);
        let key = branch_key(seen, name);
        found.within(here, |found| found.extra_branch(path, name, key));
    }

    /// Compares the properties of an object that merges all branches with the fields of all of them.
    /// Requirements and limits of a single branch are unknown then.
    fn together(
        &mut self,
        id: ObjectId,
        seen: &Seen<'a>,
        branches: &[Branch<'a>],
        path: &str,
        found: &mut Findings<'a>,
    ) {
        if !self
            .walked
            .insert((id, seen.home, seen.name, seen.view, None))
        {
            return;
        }
        let object = self.arena.get(id);
        let own: Vec<(&Seen<'a>, &'a str, &'a Field)> = branches
            .iter()
            .flat_map(|branch| {
                let seen = &branch.seen;
                seen.fields().map(move |(name, field)| (seen, name, field))
            })
            .collect();
        let key = |seen: &Seen<'a>, name: &str| {
            (seen.home, seen.name.to_owned(), seen.view, name.to_owned())
        };
        for branch in branches {
            found.official(branch_key(seen, branch.name));
        }
        for property in visible(object, self.side) {
            let place = self.place(path, &property.name);
            let known = own.iter().find(|(_, name, _)| *name == property.name);
            let Some(&(branch, name, field)) = known else {
                // The field that identifies the branch belongs to none of them.
                if seen.schema.by.as_ref() != Some(&property.name) {
                    let here = self.spec.at(seen);
                    found.within(here, |found| found.missing(Topic::Field, &place));
                }
                continue;
            };
            found.official(key(branch, name));
            if matches!(field.wire, Some(Wire::Unix | Wire::OneZero)) {
                continue;
            }
            let ours = self.spec.field(branch, name, field);
            let here = self.spec.at(branch).key("fields").key(name);
            found.within(here, |found| {
                self.value(&property.shape, &ours, &place, found);
            });
        }
        for &(branch, name, field) in &own {
            if object.property(name).is_none() && field.source.is_none() {
                let place = self.place(path, name);
                let here = self.spec.at(branch).key("fields").key(name);
                let key = key(branch, name);
                found.within(here, |found| found.extra_field(&place, key));
            }
        }
    }
}

/// The official alternative of a branch.
#[derive(Default)]
struct Alternatives {
    objects: Vec<(ObjectId, Object)>,
    others: Vec<Shape>,
    /// Any value is one of them.
    is_open: bool,
}

impl Alternatives {
    fn add(&mut self, shape: &Shape, arena: &Arena) {
        match &shape.kind {
            Kind::Any => self.is_open = true,
            Kind::Either(shapes) => shapes.iter().for_each(|one| self.add(one, arena)),
            Kind::Object(id) => self.objects.extend(alternatives(*id, arena)),
            _ => self.others.push(shape.clone()),
        }
    }

    /// Whether there are several, and nothing else is allowed.
    fn is_choice(&self) -> bool {
        !self.is_open && self.objects.len() + self.others.len() > 1
    }
}

/// The alternatives that were merged into an object, each with the common properties; otherwise the object
/// itself. An object that is still being read has no properties, and is not an alternative of itself.
fn alternatives(id: ObjectId, arena: &Arena) -> Vec<(ObjectId, Object)> {
    let whole = arena.get(id);
    if whole.properties.is_empty() {
        return Vec::new();
    }
    if whole.branches.is_empty() {
        return vec![(id, whole.clone())];
    }
    let branches = || whole.branches.iter().map(|id| (*id, arena.get(*id)));
    let apart = branches().map(|(id, branch)| {
        let mut object = branch.clone();
        for (name, property) in &whole.properties {
            let is_common = || !branches().any(|(_, one)| one.property(name).is_some());
            match object.properties.get_mut(name) {
                Some(own) => own.required |= property.required,
                None if is_common() => {
                    object.properties.insert(name.clone(), property.clone());
                }
                None => {}
            }
        }
        (id, object)
    });
    apart.collect()
}

/// An alternative without the field whose value identifies it. That a branch has this field is implied.
fn told(object: &Object, branch: &Branch<'_>, by: Option<&str>) -> Object {
    let mut object = object.clone();
    if let Some(by) = by {
        object.properties.shift_remove(by);
    }
    let Some(tells) = branch.tells else {
        return object;
    };
    let view = branch.seen.view;
    let mut fields = branch.seen.fields();
    let is_required = fields.any(|(name, field)| name == tells && field.required.contains(&view));
    if let Some(property) = object.properties.get_mut(tells) {
        property.required |= is_required;
    }
    object
}

/// What distinguishes a branch of a one-of from its own field.
fn branch_key(seen: &Seen<'_>, branch: &str) -> Key {
    let branch = format!("one_of {branch}");
    (seen.home, seen.name.to_owned(), seen.view, branch)
}
