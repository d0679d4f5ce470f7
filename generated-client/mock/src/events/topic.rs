//! Which events a hook is subscribed to. This module knows the format of topics, but no events.

/// The scope under which a hook with this topic receives an event, if it does.
///
/// An event in a channel also exists below `store/channel/{id}/`, where its scope names the channel.
pub(super) fn delivered_as(topic: &str, scope: &str, channel: Option<i64>) -> Option<String> {
    let topic = topic.trim_end_matches('/');
    let scope = scope.trim_end_matches('/');
    if matches(topic, scope) {
        return Some(scope.to_owned());
    }
    let below = scope
        .strip_prefix("store/")
        .filter(|_| split(scope).is_none())?;
    let in_channel = format!("store/channel/{}/{below}", channel?);
    matches(topic, &in_channel).then_some(in_channel)
}

/// Whether a hook with this topic can ever receive such an event, in any channel.
pub(crate) fn is_met_by(topic: &str, scope: &str) -> bool {
    let channel = split(topic).and_then(|(id, _)| id.parse().ok());
    delivered_as(topic, scope, Some(channel.unwrap_or(1))).is_some()
}

fn matches(topic: &str, scope: &str) -> bool {
    match (split(topic), split(scope)) {
        (None, None) => covers(topic, scope),
        (Some((wanted, topic)), Some((came, scope))) => {
            (wanted == came || wanted == "*" || came == "*") && covers(topic, scope)
        }
        _ => false,
    }
}

/// Whether a scope equals the topic or, for a wildcard, is below it.
fn covers(topic: &str, scope: &str) -> bool {
    match topic.strip_suffix('*') {
        None => topic == scope,
        Some(above) if above.ends_with('/') || above.is_empty() => {
            topic == scope
                || scope
                    .strip_prefix(above)
                    .is_some_and(|rest| !rest.is_empty())
        }
        Some(_) => false,
    }
}

/// The channel of a scope below `store/channel/{id}/`, and the rest. An event about a channel, such as
/// its creation, has a word in place of the id and is not one of these.
fn split(scope: &str) -> Option<(&str, &str)> {
    let (id, rest) = scope.strip_prefix("store/channel/")?.split_once('/')?;
    let any = id == "*" || (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
    any.then_some((id, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(topic: &str, scope: &str, channel: Option<i64>) -> Option<String> {
        delivered_as(topic, scope, channel)
    }

    #[test]
    fn a_topic_is_met_by_itself_and_a_wildcard_by_all_below_it() {
        for (topic, scope, meets) in [
            ("store/thing/created", "store/thing/created", true),
            ("store/thing/created/", "store/thing/created", true),
            ("store/thing/created", "store/thing/updated", false),
            ("store/thing/*", "store/thing/created", true),
            ("store/thing/*", "store/thing/part/created", true),
            ("store/thing/*", "store/things/created", false),
            ("store/thing/*", "store/thing", false),
            ("store/th*", "store/thing/created", false),
        ] {
            assert_eq!(
                given(topic, scope, None).is_some(),
                meets,
                "{topic} {scope}"
            );
        }
    }

    #[test]
    fn an_event_of_a_channel_reaches_hooks_of_that_channel_under_its_scope() {
        let scope = "store/thing/created";
        let two = Some("store/channel/2/thing/created".to_owned());
        assert_eq!(given("store/channel/2/thing/created", scope, Some(2)), two);
        assert_eq!(given("store/channel/2/thing/*", scope, Some(2)), two);
        assert_eq!(given("store/channel/*/thing/created", scope, Some(2)), two);
        assert_eq!(given("store/channel/3/thing/created", scope, Some(2)), None);
        assert_eq!(given("store/channel/2/thing/created", scope, None), None);
        assert_eq!(given(scope, scope, Some(2)).as_deref(), Some(scope));
    }

    #[test]
    fn an_event_that_channels_alone_have_keeps_its_scope() {
        let scope = "store/channel/1/stock/changed";
        for topic in [
            "store/channel/*/stock/changed",
            "store/channel/1/stock/*",
            scope,
        ] {
            assert_eq!(given(topic, scope, None).as_deref(), Some(scope), "{topic}");
        }
        assert_eq!(given("store/channel/2/stock/changed", scope, None), None);
        assert_eq!(given("store/stock/*", scope, None), None);
        let any = "store/channel/*/stock/changed";
        assert_eq!(given(scope, any, None).as_deref(), Some(any));
    }

    #[test]
    fn an_event_about_a_channel_is_an_event_of_the_store() {
        let scope = "store/channel/created";
        assert_eq!(
            given("store/channel/*", scope, None).as_deref(),
            Some(scope)
        );
        assert_eq!(given(scope, scope, None).as_deref(), Some(scope));
    }
}
