//! The next version, by cargo's rules.

use super::Bump;

/// The version after `version` (`1.2.3`) with these changes; `None` if it is not three numbers. A breaking
/// change raises the minor version below 1.0, and the patch below 0.1, as cargo interprets them.
#[must_use]
pub fn next(version: &str, bump: Bump) -> Option<String> {
    let mut parts = version.split('.').map(str::parse::<u64>);
    let mut part = || parts.next()?.ok();
    let (major, minor, patch) = (part()?, part()?, part()?);
    if parts.next().is_some() {
        return None;
    }
    let raised = match (bump, major, minor) {
        (Bump::None, ..) => (major, minor, patch),
        (Bump::Breaking, 0, 0) | (Bump::Patch, ..) | (Bump::Addition, 0, _) => {
            (major, minor, patch + 1)
        }
        (Bump::Breaking, 0, _) | (Bump::Addition, ..) => (major, minor + 1, 0),
        (Bump::Breaking, ..) => (major + 1, 0, 0),
    };
    Some(format!("{}.{}.{}", raised.0, raised.1, raised.2))
}

#[cfg(test)]
mod tests {
    use super::{Bump, next};

    #[test]
    fn each_change_raises_the_part_that_cargo_holds_compatible_or_not() {
        let cases = [
            ("0.1.4", Bump::Breaking, "0.2.0"),
            ("0.1.4", Bump::Addition, "0.1.5"),
            ("0.1.4", Bump::Patch, "0.1.5"),
            ("0.1.4", Bump::None, "0.1.4"),
            ("0.0.4", Bump::Breaking, "0.0.5"),
            ("1.2.3", Bump::Breaking, "2.0.0"),
            ("1.2.3", Bump::Addition, "1.3.0"),
            ("1.2.3", Bump::Patch, "1.2.4"),
        ];
        for (version, bump, expected) in cases {
            assert_eq!(
                next(version, bump).as_deref(),
                Some(expected),
                "{version} {bump:?}"
            );
        }
        for not_three_numbers in ["1.2", "1.2.3-rc.1", "1.2.3.4", ""] {
            assert_eq!(next(not_three_numbers, Bump::Patch), None);
        }
    }
}
