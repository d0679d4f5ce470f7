//! Changes of groups, events and the service as a whole.

use super::{
    Comparison, Place, Side, alike, kinds,
    pairs::Pairs,
    spell::{Renamed, Speller},
};
use crate::model::{Api, Event, Group};

/// Compares them.
pub(super) fn compare(cx: &mut Comparison<'_>) {
    groups(cx);
    events(cx);
    let (old, new) = (&cx.old.service, &cx.new.service);
    let mut fact = |kind, key: &'static str, was: String, is: String| {
        if was != is {
            cx.tell(
                kind,
                "the service",
                format!("has another `{key}`"),
                Place::Service(Side::New, key),
            );
        }
    };
    macro_rules! facts {
        ($($kind:ident: $($key:ident)*;)*) => {$($(
            fact(&kinds::$kind, stringify!($key), format!("{:?}", old.$key), format!("{:?}", new.$key));
        )*)*};
    }
    facts! {
        SERVICE_HOST: base_url login_url auth_header headers;
        SERVICE_SERVER: servers;
        SERVICE_GENERATION: generations;
        SERVICE_PAGES: pages;
        SERVICE_RATES: rates;
        FACTS: sources guide request_size statuses history conflicts;
        PROSE: name title does site rustdoc topics connections authentication questions glossary agents;
    }
}

/// The matching groups of both sides, which may be renamed.
pub(super) fn pair_groups<'a>(old: &'a Api, new: &'a Api) -> Pairs<'a, Group> {
    let mut pairs = Pairs::by(&old.groups, &new.groups, |group| group.name.clone());
    pairs.again(|side, group| {
        let api = if side == Side::Old { old } else { new };
        let calls = api.endpoints_of(group).iter();
        let mut calls: Vec<_> = calls.map(|it| it.operation.as_str()).collect();
        calls.sort_unstable();
        Some(calls.join(" "))
    });
    let calls = |api: &'a Api, group| {
        let calls = api.endpoints_of(group).iter();
        calls.map(|it| it.operation.as_str())
    };
    pairs.alike(|was, is| alike::wholes(alike::GROUPS, calls(old, was), calls(new, is)));
    pairs
}

/// Compares the groups.
pub(super) fn groups(cx: &mut Comparison<'_>) {
    let (old, new) = (cx.old, cx.new);
    let pairs = pair_groups(old, new);
    let with = |api: &Api, group: &Group| match api.endpoints_of(group).len() {
        1 => "with its endpoint".to_owned(),
        count => format!("with its {count} endpoints"),
    };
    for group in pairs.removed {
        let place = Place::Service(Side::Old, "groups");
        cx.tell(
            &kinds::GROUP_REMOVED,
            &group.name,
            format!("is removed, {}", with(old, group)),
            place,
        );
    }
    for group in pairs.added {
        let place = Place::Group(Side::New, group.name.clone());
        cx.tell(
            &kinds::GROUP_ADDED,
            &group.name,
            format!("is new, {}", with(new, group)),
            place,
        );
    }
    for (was, is) in pairs.both {
        let place = Place::Group(Side::New, is.name.clone());
        if was.name != is.name {
            let text = format!("is renamed from {}", was.name);
            cx.tell(&kinds::GROUP_RENAMED, &is.name, text, place.clone());
        }
        if was.feature != is.feature {
            let text = format!(
                "is compiled with the feature {}, previously {}",
                is.feature, was.feature
            );
            cx.tell(&kinds::GROUP_FEATURE, &is.name, text, place.clone());
        }
        let (before, after) = (handle(cx, Side::Old, was), handle(cx, Side::New, is));
        if before != after && was.name == is.name {
            let text = format!("is reached as {after}, previously {before}");
            cx.tell(&kinds::GROUP_HANDLE, &is.name, text, place.clone());
        }
        let narrowed = |it: &Group| {
            let narrowed = it.narrowed.as_ref()?;
            Some(format!(
                "`{}({})`",
                narrowed.method, narrowed.parameter.wire
            ))
        };
        match (narrowed(was), narrowed(is)) {
            (Some(before), after) if after.as_ref() != Some(&before) => {
                let text = format!("no longer has {before} for a single resource");
                cx.tell(&kinds::GROUP_HANDLE, &is.name, text, place.clone());
            }
            (None, Some(after)) => {
                let text = format!("has {after} for a single resource");
                cx.tell(&kinds::GROUP_ADDED, &is.name, text, place.clone());
            }
            _ => {}
        }
        let named = |api: &Api, group: &Group| match api.server(group) {
            Some((name, _)) => format!("the server {name}"),
            None => "the server of the store".to_owned(),
        };
        let (before, after) = (named(old, was), named(new, is));
        if before != after {
            let text = format!("is on {after}, previously on {before}");
            cx.tell(&kinds::GROUP_SERVER, &is.name, text, place.clone());
        }
        if format!("{:?}", was.refusals) != format!("{:?}", is.refusals) {
            cx.tell(
                &kinds::GROUP_REFUSALS,
                &is.name,
                "has other error bodies",
                place.clone(),
            );
        }
        let facts = |it: &Group| format!("{:?} {:?} {}", it.source, it.docs, it.generation.0);
        if facts(was) != facts(is) {
            cx.tell(
                &kinds::FACTS,
                &is.name,
                "has another source or docs page",
                place.clone(),
            );
        }
        let prose = |it: &Group| format!("{} {} {} {:?}", it.title, it.does, it.warning, it.notes);
        if prose(was) != prose(is) {
            cx.tell(&kinds::PROSE, &is.name, "has a new description", place);
        }
    }
}

/// How a group's handle is reached.
fn handle(cx: &Comparison<'_>, side: Side, group: &Group) -> String {
    let api = if side == Side::Old { cx.old } else { cx.new };
    let Some(nested) = &group.nested else {
        return format!("`{}()`, a `{}`", group.name, group.handle);
    };
    let speller = cx.speller(side);
    let takes: Vec<_> = nested
        .own()
        .iter()
        .map(|it| speller.rust_parameter(it))
        .collect();
    let under = &api.group(nested.under).name;
    format!(
        "`{under}.{}({})`, a `{}`",
        nested.method,
        takes.join(", "),
        nested.handle
    )
}

/// The matching events of both sides, which may be renamed.
fn pair_events<'a>(old: &'a Api, new: &'a Api, renamed: &Renamed) -> Pairs<'a, Event> {
    let mut pairs = Pairs::by(&old.events, &new.events, |event| event.scope.clone());
    let (before, after) = (
        Speller {
            api: old,
            renamed: Some(renamed),
        },
        Speller {
            api: new,
            renamed: None,
        },
    );
    let place = pairs.places(old.events.iter().collect(), new.events.iter().collect());
    pairs.alike(|was, is| {
        let same_payload = before.ty(&was.payload) == after.ty(&is.payload);
        let score = same_payload.then(|| alike::events(was, is, place(was, is)));
        score.flatten()
    });
    pairs
}

/// The renamed events.
pub(super) fn renamed_events(old: &Api, new: &Api, renamed: &Renamed) -> Renamed {
    let both = pair_events(old, new, renamed).both.into_iter();
    both.filter(|(was, is)| was.scope != is.scope)
        .map(|(was, is)| (was.scope.clone(), is.scope.clone()))
        .collect()
}

fn events(cx: &mut Comparison<'_>) {
    let (old, new) = (cx.old, cx.new);
    let pairs = pair_events(old, new, cx.renamed);
    let place = |side, scope: &str| Place::Event(side, scope.to_owned());
    for event in pairs.removed {
        cx.tell(
            &kinds::EVENT_REMOVED,
            &event.scope,
            "is removed",
            place(Side::Old, &event.scope),
        );
    }
    for event in pairs.added {
        cx.tell(
            &kinds::EVENT_ADDED,
            &event.scope,
            "is new",
            place(Side::New, &event.scope),
        );
    }
    for (was, is) in pairs.both {
        let at = place(Side::New, &is.scope);
        if was.scope != is.scope {
            let text = format!("is renamed from {}", was.scope);
            cx.tell(&kinds::EVENT_RENAMED, &is.scope, text, at.clone());
        } else if was.variant != is.variant {
            let text = format!(
                "is `Event::{}`, previously `Event::{}`",
                is.variant, was.variant
            );
            cx.tell(&kinds::EVENT_RENAMED, &is.scope, text, at.clone());
        }
        let spelled = (
            cx.speller(Side::Old).ty(&was.payload),
            cx.speller(Side::New).ty(&is.payload),
        );
        if spelled.0 != spelled.1 {
            let text = format!("has the payload {}, previously {}", spelled.1, spelled.0);
            cx.tell(&kinds::EVENT_RETYPED, &is.scope, text, at.clone());
        }
        if was.per_channel != is.per_channel {
            let text = match is.per_channel {
                true => "is only for hooks of a channel",
                false => "is no longer only for hooks of a channel",
            };
            cx.tell(&kinds::EVENT_CHANNEL, &is.scope, text, at.clone());
        }
        let prose = |it: &Event| {
            format!(
                "{} {} {:?} {:?} {:?} {}",
                it.subject, it.does, it.note, it.guide, it.conflicts, it.unstated
            )
        };
        if prose(was) != prose(is) {
            cx.tell(&kinds::PROSE, &is.scope, "has a new description", at);
        }
    }
    let wildcards = Pairs::by(&old.wildcards, &new.wildcards, |it| it.scope.clone());
    for it in wildcards.removed {
        cx.tell(
            &kinds::WILDCARD_REMOVED,
            &it.scope,
            "is removed",
            place(Side::Old, &it.scope),
        );
    }
    for it in wildcards.added {
        cx.tell(
            &kinds::WILDCARD_ADDED,
            &it.scope,
            "is new",
            place(Side::New, &it.scope),
        );
    }
    let delivery = (
        cx.speller(Side::Old).named(old.delivery),
        cx.speller(Side::New).named(new.delivery),
    );
    if delivery.0 != delivery.1 {
        let text = format!("is {}, previously {}", delivery.1, delivery.0);
        cx.tell(
            &kinds::EVENT_RETYPED,
            "the body of a webhook delivery",
            text,
            Place::Event(Side::New, String::new()),
        );
    }
    let prose = |api: &Api| {
        let (does, notes) = (&api.events_do, &api.event_notes);
        format!("{does} {notes:?} {:?} {:?}", api.signing, api.retries)
    };
    if prose(old) != prose(new) {
        cx.tell(
            &kinds::PROSE,
            "events",
            "have a new description",
            Place::Event(Side::New, String::new()),
        );
    }
}
