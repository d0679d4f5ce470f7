//! The rules of a store: that they speak of groups, calls, collections and fields that there are. A
//! mock store would find out only when the call is made.

mod calls;
mod fields;
mod forms;
mod names;

use crate::{
    diagnostic::At,
    index::{EndpointAt, GroupId, Home, Index, SchemaAt, VIEWS, view_suffix},
    spec::{Call, Collection, StoreRules},
};

pub(super) use self::{
    calls::{
        CALL_FIRES, CALL_PARAMETER, ONE_VERB, UNKNOWN_CALL, events, parameters, unknown_calls,
        verbs,
    },
    fields::{UNKNOWN_FIELD, UNKNOWN_RECORD, fields, records},
    forms::{BAD_EXPRESSION, UNKNOWN_NAME, expressions},
    names::{STORE_GROUP, UNKNOWN_COLLECTION, collections, groups},
};

/// A collection and where it stands.
#[derive(Clone, Copy)]
struct CollectionAt<'a> {
    store: &'a StoreRules,
    name: &'a str,
    spec: &'a Collection,
    at: At<'a>,
}

/// What a call does, and where it says so.
#[derive(Clone, Copy)]
struct CallAt<'a> {
    store: &'a StoreRules,
    id: &'a str,
    spec: &'a Call,
    at: At<'a>,
}

fn all_collections<'a>(cx: &Index<'a>) -> impl Iterator<Item = CollectionAt<'a>> + use<'a> {
    cx.document.stores.iter().flat_map(|store| {
        let map = At::root(&store.file).key("collections");
        store
            .collections
            .iter()
            .map(move |(name, spec)| CollectionAt {
                store,
                name,
                spec,
                at: map.key(name),
            })
    })
}

fn all_calls<'a>(cx: &Index<'a>) -> impl Iterator<Item = CallAt<'a>> + use<'a> {
    cx.document.stores.iter().flat_map(|store| {
        let map = At::root(&store.file).key("calls");
        store.calls.iter().map(move |(id, spec)| CallAt {
            store,
            id,
            spec,
            at: map.key(id),
        })
    })
}

impl<'a> CallAt<'a> {
    /// The endpoint it is about.
    fn endpoint(&self, cx: &Index<'a>) -> Option<EndpointAt<'a>> {
        cx.endpoints()
            .find(|at| at.group.group == self.store.group && at.spec.id == self.id)
    }

    /// The collection it works on.
    fn collection(&self, cx: &Index<'a>) -> Option<CollectionAt<'a>> {
        let (_, name) = self.spec.verbs().next()?;
        all_collections(cx).find(|collection| collection.name == name)
    }
}

impl<'a> CollectionAt<'a> {
    /// The schema of its records, whatever view of it the type's name stands for.
    fn schema(&self, cx: &Index<'a>) -> Option<SchemaAt<'a>> {
        let home = self.home(cx)?;
        let (group, name) = match self.spec.holds.split_once('.') {
            Some((group, name)) => (Some(group), name),
            None => (None, &*self.spec.holds),
        };
        VIEWS
            .into_iter()
            .filter_map(|view| name.strip_suffix(view_suffix(view)))
            .find_map(|name| cx.resolve(home, group, name))
    }

    /// The file that declares the types of its group.
    fn home(&self, cx: &Index<'a>) -> Option<Home> {
        let mut groups = cx.document.groups.iter();
        let index = groups.position(|group| group.group == self.store.group)?;
        Some(Home::Group(GroupId(index)))
    }
}
