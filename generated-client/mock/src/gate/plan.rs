//! The plan of a store, which determines its quota.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::catalogue::Catalogue;

/// The plan of a store: how many requests it allows per window.
///
/// ```
/// use std::time::Duration;
/// use bigcommerce_mock::Plan;
///
/// assert_eq!("pro".parse(), Ok(Plan::Pro));
/// // Small enough to be used up in a test, with a short window.
/// let tiny = Plan::Of { requests: 5, window: Duration::from_millis(200) };
/// # let _ = tiny;
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Plan {
    /// The quota of the plans Standard and Plus.
    #[default]
    Standard,
    /// The quota of the plan Pro.
    Pro,
    /// No quota, and none of its headers.
    Enterprise,
    /// A custom quota.
    Of {
        /// How many requests the window allows.
        requests: u32,
        /// The length of the window.
        window: Duration,
    },
}

impl Plan {
    /// The requests and the window, from the catalogue.
    pub(crate) fn quota(self, catalogue: &Catalogue) -> Option<(u32, Duration)> {
        let wanted = match self {
            Self::Of { requests, window } => return Some((requests, window)),
            Self::Standard => "Standard",
            Self::Pro => "Pro",
            Self::Enterprise => "Enterprise",
        };
        let mut plans = catalogue.service.rates.iter().flat_map(|rate| &rate.plans);
        let plan = plans.find(|plan| plan.name.split(',').any(|name| name.trim() == wanted))?;
        let window = Duration::from_secs(plan.window_seconds?);
        Some((u32::try_from(plan.requests?).unwrap_or(u32::MAX), window))
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standard => f.write_str("standard"),
            Self::Pro => f.write_str("pro"),
            Self::Enterprise => f.write_str("enterprise"),
            Self::Of { requests, window } => write!(f, "{requests} in {window:?}"),
        }
    }
}

impl FromStr for Plan {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "standard" | "plus" => Ok(Self::Standard),
            "pro" => Ok(Self::Pro),
            "enterprise" => Ok(Self::Enterprise),
            _ => Err(format!(
                "there is no plan `{name}`; use standard, pro or enterprise"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quotas_are_those_of_the_catalogue() {
        let catalogue = Catalogue::shared().unwrap();
        let window = Duration::from_secs(30);
        assert_eq!(Plan::Standard.quota(catalogue), Some((150, window)));
        assert_eq!(Plan::Pro.quota(catalogue), Some((450, window)));
        assert_eq!(Plan::Enterprise.quota(catalogue), None);
    }

    #[test]
    fn an_unknown_plan_is_told_which_there_are() {
        let said = "gold".parse::<Plan>().unwrap_err();
        assert_eq!(
            said,
            "there is no plan `gold`; use standard, pro or enterprise"
        );
    }
}
