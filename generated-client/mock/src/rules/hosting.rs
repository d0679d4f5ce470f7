//! Storefronts on BigCommerce's own hosting: projects and deployments.

use http::StatusCode;
use serde_json::{Value, json};

use super::fields::{get, text};
use super::{Context, Looking, Rules, Settings, Special, Verb, Write, refuse_with};
use crate::refusal::Refusal;
use crate::state::Record;
use crate::wanted::Wanted;

pub(super) struct Projects;
pub(super) struct Uploads;
pub(super) struct Deployments;

const PROJECTS: &str = "hosting_projects";
const UPLOADS: &str = "hosting_uploads";
const DEPLOYMENTS: &str = "hosting_deployments";
const FILE: &str = "hosting.rs";

/// The steps of a deployment, each with its progress.
const STEPS: [(&str, i64); 7] = [
    ("initializing", 0),
    ("downloading", 15),
    ("unzipping", 30),
    ("processing", 45),
    ("deploying", 70),
    ("finalizing", 90),
    ("complete", 100),
];

impl Rules for Projects {
    fn settings(&self) -> Settings {
        Settings {
            path: "infrastructure/projects",
            name: PROJECTS,
            file: Some(FILE),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        // Only entries logged during the call are returned, and nobody visits a storefront of the mock.
        &[Special {
            id: "hosting_logs.tail",
            file: FILE,
            verb: Some(Verb::Stream),
            collection: Some(PROJECTS),
            answer: Some(|_, _, _| json!([])),
            ..Special::USUAL
        }]
    }

    fn find(&self, _: &Context<'_>, own: &Record, looking: Looking<'_>) -> Option<Value> {
        (looking.field == "project_uuid").then(|| get(own, "uuid").clone())
    }
}

impl Rules for Uploads {
    fn settings(&self) -> Settings {
        Settings {
            path: "infrastructure/deployments/uploads",
            name: UPLOADS,
            file: Some(FILE),
            holds: Some("hosting_deployments.HostingUpload"),
            ..Settings::USUAL
        }
    }

    fn starts(&self, context: &Context<'_>, _: &Record) -> Value {
        let uuid = context.uuid();
        let name = text(&uuid);
        let url = format!(
            "{}/uploads/{name}?signature={}",
            context.setting.url,
            crate::secret::draw(32)
        );
        json!({ "upload_uuid": uuid, "upload_url": url })
    }
}

impl Rules for Deployments {
    fn settings(&self) -> Settings {
        Settings {
            path: "infrastructure/deployments",
            name: DEPLOYMENTS,
            file: Some(FILE),
            holds: Some("hosting_deployments.HostingDeploymentStarted"),
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "hosting_deployments.events",
            file: FILE,
            verb: Some(Verb::Stream),
            collection: Some(DEPLOYMENTS),
            find: Some(|context, _| {
                let uuid = context.parameter("deployment_uuid").ok()?.value();
                context.first(DEPLOYMENTS, &[("deployment_uuid", uuid)])
            }),
            answer: Some(events),
            ..Special::USUAL
        }]
    }

    fn starts(&self, context: &Context<'_>, _: &Record) -> Value {
        json!({ "deployment_uuid": context.uuid() })
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let missing = |field: &str, says: &str| refuse_with(StatusCode::NOT_FOUND, field, says);
        if context.one(PROJECTS, &write.body["project_uuid"]).is_none() {
            return missing("project_uuid", "There is no such project");
        }
        let like = [("upload_uuid", write.body["upload_uuid"].clone())];
        if context.first(UPLOADS, &like).is_none() {
            return missing("upload_uuid", "There is no such upload");
        }
        Ok(())
    }
}

/// A deployment from its first step to its last.
fn events(context: &Context<'_>, _: &Wanted, deployment: &Record) -> Value {
    let url = format!(
        "{}/deployments/{}",
        context.setting.url,
        crate::values::plain(get(deployment, "deployment_uuid"))
    );
    let all = STEPS.iter().map(|(step, progress)| {
        let is_last = *progress == 100;
        json!({
            "deployment_status": if is_last { "completed" } else { "in_progress" },
            "deployment_uuid": get(deployment, "deployment_uuid"),
            "event": { "step": step, "progress": progress },
            "deployment_url": if is_last { Value::from(url.as_str()) } else { Value::Null },
        })
    });
    all.collect()
}
