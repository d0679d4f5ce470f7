//! The names of endpoints: variants of `Endpoint`, methods of handles and types of requests.

use std::collections::{HashMap, HashSet};

use super::{
    claims::{OTHER_NAME, RENAME, Taken, Thing, What, reserved, what},
    field_name,
    reserved::HANDLE_METHODS,
    type_name,
};
use crate::{
    bare_names::is_taken_by_requests,
    diagnostic::{At, Diagnostics},
    index::EndpointAt,
    spec::Group,
};

/// The variants of `Endpoint`.
pub(in crate::model) struct Variants<'a> {
    taken: Taken<'a>,
    ids: HashSet<(&'a str, &'a str)>,
}

impl<'a> Variants<'a> {
    pub fn new() -> Self {
        Self {
            taken: Taken::new(what("`Endpoint`", [])),
            ids: HashSet::new(),
        }
    }

    /// Claims the variant of an endpoint.
    pub fn claim(&mut self, endpoint: EndpointAt<'a>, out: &mut Diagnostics) -> String {
        let (group, id) = (&*endpoint.group.group, &*endpoint.spec.id);
        let variant = type_name(&format!("{group}_{id}"));
        // A duplicate id is reported separately.
        if self.ids.insert((group, id)) {
            let thing = what("`{}.{}`", [group, id]).at_value(endpoint.at.key("id"));
            self.taken.take(&variant, thing, RENAME, out);
        }
        variant
    }
}

/// The methods on the handles of one group.
pub(in crate::model) struct Methods<'a> {
    taken: Taken<'a>,
    /// How many endpoints of the group have an id.
    times: HashMap<&'a str, usize>,
}

impl<'a> Methods<'a> {
    /// The methods of a group, with those that return its nested handles.
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
        let taken = Taken::new(what("the group's handle", []));
        let mut methods = Self { taken, times };
        for (method, group, at) in below {
            let thing = what("the handle of `{}`", [group]).at_value(at.key("handle"));
            methods.claim(method, thing, out);
        }
        if let Some(narrowed) = &group.narrowed {
            let at = place.key("narrowed").key("name");
            methods.claim(&narrowed.name, what("`narrowed`", []).at_value(at), out);
        }
        methods
    }

    /// Claims the method of an endpoint, and the type of its request.
    pub fn endpoint(
        &mut self,
        endpoint: EndpointAt<'a>,
        out: &mut Diagnostics,
    ) -> (String, String) {
        let id = &*endpoint.spec.id;
        let (call, request) = (field_name(id), type_name(id));
        // A duplicate id is reported separately.
        if self.times.get(id) == Some(&1) {
            let thing = of("`{}.{}`", endpoint).at_value(endpoint.at.key("id"));
            if is_taken_by_requests(&request) {
                let why = "generated code uses a type of that name where the request is declared";
                reserved(&request, why, OTHER_NAME, thing.place(), out);
            } else {
                self.claim(&call, thing, out);
            }
        }
        (call, request)
    }

    /// Claims the method for any number of items, for an endpoint that has one.
    pub fn all(&mut self, endpoint: EndpointAt<'a>, out: &mut Diagnostics) -> Option<String> {
        let name = field_name(&endpoint.spec.all.as_ref()?.name);
        let at = endpoint.at.key("all").key("name");
        let thing = of("`all` of `{}.{}`", endpoint).at_value(at);
        self.claim(&name, thing, out);
        Some(name)
    }

    /// Claims the method that waits for a job, for an endpoint that reads one.
    pub fn job(&mut self, endpoint: EndpointAt<'a>, out: &mut Diagnostics) -> Option<String> {
        let name = field_name(&endpoint.spec.job.as_ref()?.name);
        let at = endpoint.at.key("job").key("name");
        let thing = of("`job` of `{}.{}`", endpoint).at_value(at);
        self.claim(&name, thing, out);
        Some(name)
    }

    fn claim(&mut self, name: &str, thing: Thing<'a>, out: &mut Diagnostics) {
        if HANDLE_METHODS.contains(&name) {
            let why = "every handle has a method of that name";
            reserved(name, why, OTHER_NAME, thing.place(), out);
        } else {
            self.taken.take(name, thing, RENAME, out);
        }
    }
}

/// `form` for an endpoint, with its group and its id.
fn of<'a>(form: &'static str, endpoint: EndpointAt<'a>) -> What<'a> {
    what(form, [&endpoint.group.group, &endpoint.spec.id])
}
