//! The web analytics providers, by name. BigCommerce defines the list.

use bigcommerce_client::settings_analytics::AnalyticsProviderUpdate;
use serde_json::Map;

use super::settings::{self, Area, json, typed};

pub const AREA: Area = Area {
    name: "analytics",
    of_store: &[],
    required: &[],
    has_channels: true,
    read: |settings, _| {
        let request = settings.analytics().list();
        Box::pin(async move {
            let mut all = Map::new();
            for provider in request.await? {
                let Some(name) = provider.name.clone() else {
                    continue;
                };
                let mut provider = json(&provider)?;
                if let Some(fields) = provider.as_object_mut() {
                    fields.retain(|name, _| name != "id" && name != "channel_id");
                }
                all.insert(name, provider);
            }
            Ok(all.into())
        })
    },
    fit: |from, to| {
        let mut told = Vec::new();
        if let (Some(from), Some(to)) = (from.as_object_mut(), to.as_object()) {
            from.retain(|name, _| {
                let is_there = to.contains_key(name);
                if !is_there {
                    told.push(format!(
                        "{name}: the target does not have it, and no call adds one"
                    ));
                }
                is_there
            });
        }
        told
    },
    taken: |value| {
        let mut taken = Map::new();
        for (name, provider) in value.as_object().into_iter().flatten() {
            let mut provider = settings::taken::<AnalyticsProviderUpdate>(provider)?;
            if let Some(fields) = provider.as_object_mut() {
                // The owner of the account at the provider has to consent.
                fields.remove("is_oauth_connected");
            }
            taken.insert(name.clone(), provider);
        }
        Ok(taken.into())
    },
    write: |settings, _, value| {
        let analytics = settings.analytics();
        Box::pin(async move {
            for provider in analytics.list().await? {
                let (Some(id), Some(name)) = (provider.id, provider.name.as_deref()) else {
                    continue;
                };
                let Some(wanted) = value.get(name) else {
                    continue;
                };
                let now = settings::taken::<AnalyticsProviderUpdate>(&json(&provider)?)?;
                let is_same = wanted.as_object().into_iter().flatten();
                if is_same
                    .into_iter()
                    .all(|(field, value)| now[field] == *value)
                {
                    continue;
                }
                analytics.update(id, typed(wanted)?).await?;
            }
            Ok(())
        })
    },
};
