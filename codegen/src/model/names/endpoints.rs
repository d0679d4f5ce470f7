//! The names of endpoints: variants of `Endpoint`, methods of handles and types of requests.

use std::collections::{HashMap, HashSet};

use super::{
    claims::{OTHER_NAME, RENAME, Taken, reserved},
    field_name,
    reserved::HANDLE_METHODS,
    type_name,
};
use crate::{
    bare_names::is_taken_by_requests,
    diagnostic::{At, Diagnostics, SpecPath},
    index::EndpointAt,
    spec::Group,
};

/// The variants of `Endpoint`.
pub(in crate::model) struct Variants {
    taken: Taken,
    ids: HashSet<String>,
}

impl Variants {
    pub fn new() -> Self {
        Self {
            taken: Taken::new("`Endpoint`"),
            ids: HashSet::new(),
        }
    }

    /// Claims the variant of an endpoint.
    pub fn claim(&mut self, endpoint: EndpointAt<'_>, out: &mut Diagnostics) -> String {
        let id = endpoint.full_id();
        let variant = type_name(&format!("{}_{}", endpoint.group.group, endpoint.spec.id));
        let (what, at) = (format!("`{id}`"), endpoint.at.key("id").value());
        // An id given twice is told by itself.
        if self.ids.insert(id) {
            self.taken.take(variant.clone(), what, at, RENAME, out);
        }
        variant
    }
}

/// The methods on the handles of one group.
pub(in crate::model) struct Methods<'a> {
    taken: Taken,
    /// How many endpoints of the group have an id.
    times: HashMap<&'a str, usize>,
}

impl<'a> Methods<'a> {
    /// The methods of a group, with those that lead to the handles under it.
    pub fn of_group(
        group: &'a Group,
        place: At<'a>,
        below: impl Iterator<Item = (&'a str, &'a str, At<'a>)>,
        out: &mut Diagnostics,
    ) -> Self {
        let mut times = HashMap::new();
        for endpoint in &group.endpoints {
            *times.entry(&*endpoint.id).or_default() += 1;
        }
        let taken = Taken::new("the group's handle");
        let mut methods = Self { taken, times };
        for (method, group, at) in below {
            let what = format!("the handle of `{group}`");
            methods.claim(method, what, at.key("handle").value(), out);
        }
        if let Some(narrowed) = &group.narrowed {
            let at = place.key("narrowed").key("name").value();
            methods.claim(&narrowed.name, "`narrowed`".to_owned(), at, out);
        }
        methods
    }

    /// Claims the method of an endpoint, and the type of the request that it returns.
    pub fn endpoint(
        &mut self,
        endpoint: EndpointAt<'_>,
        out: &mut Diagnostics,
    ) -> (String, String) {
        let id = &*endpoint.spec.id;
        let (call, request) = (field_name(id), type_name(id));
        // An id given twice is told by itself.
        if self.times.get(id) == Some(&1) {
            let at = endpoint.at.key("id").value();
            if is_taken_by_requests(&request) {
                let why = "generated code uses a type of that name where the request is declared";
                reserved(&request, why, OTHER_NAME, at, out);
            } else {
                self.claim(&call, format!("`{}`", endpoint.full_id()), at, out);
            }
        }
        (call, request)
    }

    /// Claims the method that takes any number of items, for an endpoint that has one.
    pub fn all(&mut self, endpoint: EndpointAt<'_>, out: &mut Diagnostics) -> Option<String> {
        let name = field_name(&endpoint.spec.all.as_ref()?.name);
        let at = endpoint.at.key("all").key("name").value();
        let what = format!("`all` of `{}`", endpoint.full_id());
        self.claim(&name, what, at, out);
        Some(name)
    }

    /// Claims the method that waits for a job, for an endpoint that reads one.
    pub fn job(&mut self, endpoint: EndpointAt<'_>, out: &mut Diagnostics) -> Option<String> {
        let name = field_name(&endpoint.spec.job.as_ref()?.name);
        let at = endpoint.at.key("job").key("name").value();
        let what = format!("`job` of `{}`", endpoint.full_id());
        self.claim(&name, what, at, out);
        Some(name)
    }

    fn claim(&mut self, name: &str, what: String, at: SpecPath, out: &mut Diagnostics) {
        if HANDLE_METHODS.contains(&name) {
            let why = "every handle has a method of that name";
            reserved(name, why, OTHER_NAME, at, out);
        } else {
            self.taken.take(name.to_owned(), what, at, RENAME, out);
        }
    }
}
