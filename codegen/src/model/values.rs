//! The values of a filter: those of the field that it restricts a list by.

use super::{Answer, Api, Endpoint, Kind, Parameter, Role, Ty, TypeId};

impl Api {
    /// The type that lists the values of a filter; `None` if nothing does, and for other parameters.
    #[must_use]
    pub fn values_of(&self, endpoint: &Endpoint, parameter: &Parameter) -> Option<TypeId> {
        let Role::Filter { field, .. } = &parameter.role else {
            return None;
        };
        let item = match &endpoint.answer {
            Answer::Page(item) => item,
            Answer::One(Ty::List(item)) => &**item,
            _ => return None,
        };
        let Kind::Object { fields, .. } = &self.ty(item.named()?).kind else {
            return None;
        };
        let field = fields.iter().find(|it| it.wire == *field)?;
        field.values_of
    }
}
