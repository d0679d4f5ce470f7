//! The types of each side by their schemas, and which of both sides are one, whatever they are called now.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};

use super::{Place, Side, alike, pairs::Pairs, service, spell::Renamed};
use crate::{
    model::{Api, Kind, Role, TypeDef, TypeId},
    spec::View,
};

/// The types that are views of one schema, or a type that is not a view.
pub(super) struct Unit<'a> {
    pub module: String,
    /// The schema; for the values of a field, the type.
    pub name: &'a str,
    pub defs: Vec<&'a TypeDef>,
    /// Whether it is derived from other types, like the selectable fields of a call. Nobody edits it, so
    /// nothing is reported about it.
    pub follows: bool,
}

impl Unit<'_> {
    pub fn path(&self) -> String {
        format!("{}.{}", self.module, self.name)
    }

    pub fn place(&self, side: Side) -> Place {
        Place::Type(side, self.module.clone(), self.name.to_owned())
    }

    pub fn def(&self, view: Option<View>) -> Option<&TypeDef> {
        self.defs.iter().find(|def| def.view == view).copied()
    }

    /// The names of all its parts.
    fn parts(&self) -> impl Iterator<Item = &str> {
        self.defs.iter().flat_map(|def| part_names(&def.kind))
    }

    /// Its parts, just by their names.
    fn outline(&self) -> String {
        let mut text = String::new();
        for def in &self.defs {
            let _ = write!(text, "{:?} ", def.view);
            for name in part_names(&def.kind) {
                let _ = write!(text, "{name} ");
            }
        }
        text
    }
}

fn part_names(kind: &Kind) -> Vec<&str> {
    match kind {
        Kind::Object { fields, .. } => fields.iter().map(|it| it.wire.as_str()).collect(),
        Kind::Choice(members) | Kind::Integers(members) => {
            members.iter().map(|it| it.wire.as_str()).collect()
        }
        Kind::OneOf { branches, .. } => branches.iter().map(|it| it.name.as_str()).collect(),
    }
}

/// The types of one side.
pub(super) fn units(api: &Api) -> Vec<Unit<'_>> {
    let mut units: Vec<Unit<'_>> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    let parameters = api.endpoints.iter().flat_map(|it| &it.query);
    let selections = parameters.filter(|it| matches!(it.role, Role::Select { .. }));
    let selections: HashSet<TypeId> = selections.filter_map(|it| it.ty.named()).collect();
    for (id, def) in api.types.iter().enumerate() {
        let module = api.module(def.home);
        let name = if def.view.is_some() {
            &def.schema
        } else {
            &def.name
        };
        let at = *known.entry((module, name)).or_insert_with(|| {
            units.push(Unit {
                module: module.to_owned(),
                name,
                defs: Vec::new(),
                follows: selections.contains(&TypeId(id)),
            });
            units.len() - 1
        });
        units[at].defs.push(def);
    }
    units
}

/// The types of both sides that are one.
pub(super) fn pair<'u, 'a>(
    old: (&Api, &'u [Unit<'a>]),
    new: (&Api, &'u [Unit<'a>]),
) -> Pairs<'u, Unit<'a>> {
    let groups = service::pair_groups(old.0, new.0);
    let modules: HashMap<&str, &str> = groups
        .both
        .iter()
        .map(|(was, is)| (was.name.as_str(), is.name.as_str()))
        .collect();
    let mut pairs = Pairs::by(old.1, new.1, Unit::path);
    let module = |side, it: &Unit<'_>| match side {
        Side::Old => modules
            .get(it.module.as_str())
            .map_or_else(|| it.module.clone(), |it| (*it).to_owned()),
        Side::New => it.module.clone(),
    };
    pairs.again(|side, it| Some(format!("{}.{}", module(side, it), it.name)));
    // First the same name in another module, then another name with the same parts.
    pairs.again(|_, it| Some(format!("{} {}", it.name, it.outline())));
    pairs.again(|side, it| Some(format!("{} {}", module(side, it), it.outline())));
    // What was edited in addition to its name.
    pairs.alike(|was, is| {
        let same_place = module(Side::Old, was) == is.module && !was.follows && !is.follows;
        let score = same_place.then(|| alike::wholes(alike::TYPES, was.parts(), is.parts()));
        score.flatten()
    });
    pairs
}

/// The renamed types.
pub(super) fn renamed(old: &Api, new: &Api) -> Renamed {
    let (before, after) = (units(old), units(new));
    let mut renamed = Renamed::new();
    for (was, is) in pair((old, &before), (new, &after)).both {
        for (def, other) in was
            .defs
            .iter()
            .filter_map(|def| Some((def, is.def(def.view)?)))
        {
            let paths = (
                format!("{}.{}", was.module, def.name),
                format!("{}.{}", is.module, other.name),
            );
            if paths.0 != paths.1 {
                renamed.insert(paths.0, paths.1);
            }
        }
    }
    renamed
}
