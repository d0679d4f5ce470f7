//! The segments of shopper profiles.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::rules::fields::get;
use crate::rules::{
    BatchRule, Context, Looking, Rules, Settings, Special, Verb, Work, Write, Written, object,
};
use crate::state::Record;
use crate::wanted::Wanted;

const FILE: &str = "customers/segments.rs";
const SEGMENTS: &str = "segments";
const PROFILES: &str = "shopper-profiles";
const MEMBERS: &str = "segment_members";

const OF_PROFILE: &str = "profile_segments";

/// A call that deletes all records if it names none.
const OF_ALL: Special = Special {
    file: FILE,
    optional: &["id:in"],
    ..Special::USUAL
};

/// A batch of which the others are done when some are there already.
const IN_PART: Special = Special {
    file: FILE,
    batch: Some(BatchRule::PartlyErrors(StatusCode::CONFLICT)),
    ..Special::USUAL
};

pub(in crate::rules) struct Members;
pub(in crate::rules) struct OfProfile;

impl Rules for Members {
    fn settings(&self) -> Settings {
        Settings {
            path: "segments/shopper-profiles",
            name: MEMBERS,
            file: Some(FILE),
            holds: Some("shopper_profiles.ShopperProfile"),
            refers: &[("shopper_profile_id", PROFILES)],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[
            Special {
                id: "segment_shopper_profiles.list",
                file: FILE,
                answer: Some(member),
                ..Special::USUAL
            },
            Special {
                id: "segment_shopper_profiles.remove",
                ..OF_ALL
            },
            Special {
                id: "segments.create",
                ..IN_PART
            },
            Special {
                id: "segments.delete",
                ..OF_ALL
            },
            Special {
                id: "shopper_profiles.delete",
                ..OF_ALL
            },
            Special {
                id: "segment_shopper_profiles.add",
                verb: Some(Verb::Create),
                answer: Some(member),
                ..IN_PART
            },
        ]
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        if existing(context, write.body).is_some() {
            let says = "The shopper profile is in the segment already";
            return Err(Refusal::new(StatusCode::CONFLICT, says));
        }
        write.set("shopper_profile_id", write.body.clone());
        Ok(())
    }

    fn after(&self, work: &mut Work<'_, '_>, written: &Written) -> Result<(), Refusal> {
        if written.before.is_some() {
            return Ok(());
        }
        let own = |name: &str| get(&written.record, name);
        let of_profile = json!({
            "member_id": written.key.value(),
            "segment_id": own("segment_id"),
            "shopper_profile_id": own("shopper_profile_id"),
        });
        work.make(OF_PROFILE, object(of_profile)).map(drop)
    }

    fn find(&self, _: &Context<'_>, record: &Record, looking: Looking<'_>) -> Option<Value> {
        (looking.field == "id").then(|| get(record, "shopper_profile_id").clone())
    }
}

impl Rules for OfProfile {
    fn settings(&self) -> Settings {
        Settings {
            path: "shopper-profiles/segments",
            name: OF_PROFILE,
            file: Some(FILE),
            holds: Some("segments.Segment"),
            refers: &[("member_id", MEMBERS), ("segment_id", SEGMENTS)],
            ..Settings::USUAL
        }
    }

    fn operations(&self) -> &'static [Special] {
        &[Special {
            id: "shopper_profile_segments.list",
            file: FILE,
            answer: Some(segment),
            ..Special::USUAL
        }]
    }
}

/// The existing membership.
fn existing(context: &Context<'_>, profile: &Value) -> Option<Arc<Record>> {
    let segment = context.parameter("segment_id").ok()?.value();
    let like = [
        ("segment_id", segment),
        ("shopper_profile_id", profile.clone()),
    ];
    context.first(MEMBERS, &like)
}

/// The profile of a member.
fn member(context: &Context<'_>, _: &Wanted, record: &Record) -> Value {
    let profile = context.one(PROFILES, get(record, "shopper_profile_id"));
    profile.map_or(Value::Null, |own| Value::Object(Record::clone(&own)))
}

/// The segment of a membership.
fn segment(context: &Context<'_>, _: &Wanted, record: &Record) -> Value {
    let segment = context.one(SEGMENTS, get(record, "segment_id"));
    segment.map_or(Value::Null, |own| Value::Object(Record::clone(&own)))
}

/// The profile of a customer.
pub(super) fn profile(context: &Context<'_>, customer: &Value) -> Option<Value> {
    let own = context.first(PROFILES, &[("customer_id", customer.clone())])?;
    Some(get(&own, "id").clone())
}

/// The segments that a customer is in.
pub(super) fn of_customer(context: &Context<'_>, customer: &Value) -> Value {
    let Some(profile) = profile(context, customer) else {
        return json!([]);
    };
    let members = context.all(MEMBERS, &[("shopper_profile_id", profile)]);
    let segments = members.iter().map(|own| get(own, "segment_id").clone());
    segments.collect::<Vec<_>>().into()
}
