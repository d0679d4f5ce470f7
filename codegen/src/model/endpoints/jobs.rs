//! How jobs are awaited.

use crate::{
    model::{Answer, Endpoint, Field, Job, JobField, JobKey, Kind, TypeDef},
    spec,
};

/// A job with only the name of its call.
pub(super) fn begun(name: String) -> Job {
    Job {
        name,
        by: None,
        status: String::new(),
        field: JobField::default(),
        done: Vec::new(),
        failed: Vec::new(),
    }
}

/// Adds what follows from the rest of the endpoint.
pub(super) fn complete(endpoint: &mut Endpoint, spec: &spec::Job, types: &[TypeDef]) -> Option<()> {
    let of = match &endpoint.answer {
        Answer::Page(ty) | Answer::One(ty) | Answer::Events(Some(ty)) => ty.named()?,
        _ => return None,
    };
    let Kind::Object { fields, .. } = &types.get(of.0)?.kind else {
        return None;
    };
    let by = match &spec.by {
        Some(by) => Some(JobKey {
            parameter: endpoint.query.iter().position(|it| it.wire == *by)?,
            field: field(fields, by)?,
        }),
        None => None,
    };
    let job = endpoint.job.as_mut()?;
    (job.by, job.field) = (by, field(fields, &spec.status)?);
    job.status.clone_from(&spec.status);
    job.done.clone_from(&spec.done);
    job.failed.clone_from(&spec.failed);
    Some(())
}

fn field(fields: &[Field], wire: &str) -> Option<JobField> {
    let field = fields.iter().find(|field| field.wire == wire)?;
    Some(JobField {
        name: field.rust.clone(),
        certain: field.is_certain(),
    })
}
