//! Date-times and dates as the API spells them: RFC 2822 in V2, two forms of RFC 3339 in V3,
//! seconds since 1970 for webhooks, and some days without a time.

use std::fmt;

use jiff::Timestamp;
use jiff::civil;

use super::stamp::Stamp;

/// A date-time that preserves its spelling.
///
/// ```
/// use bigcommerce_client::DateTime;
///
/// let v2 = DateTime::from_wire("Tue, 05 Mar 2019 21:40:11 +0000");
/// let v3 = DateTime::from_wire("2019-03-05T21:40:11Z");
/// assert_eq!(v2.timestamp(), v3.timestamp());
/// assert_ne!(v2, v3);
/// ```
///
/// Two date-times are equal if their spelling is equal; to compare the points in time, compare
/// their timestamps.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime(pub(crate) Stamp);

impl DateTime {
    /// A date-time as the API spells it. The string is not validated.
    ///
    /// ```
    /// use bigcommerce_client::{DateTime, json};
    ///
    /// // It is sent exactly as written.
    /// let moment = DateTime::from_wire("2024-01-31T10:00:00-06:00");
    /// assert_eq!(json::to_string(&moment), r#""2024-01-31T10:00:00-06:00""#);
    /// ```
    pub fn from_wire(text: &str) -> Self {
        Self(Stamp::Text(text.into()))
    }

    /// A Unix timestamp in seconds, written as a number.
    ///
    /// ```
    /// use bigcommerce_client::{DateTime, json};
    ///
    /// let moment = DateTime::from_unix(1_561_479_335);
    /// assert_eq!(json::to_string(&moment), "1561479335");
    /// assert_eq!(moment.timestamp(), DateTime::from_wire("2019-06-25T16:15:35Z").timestamp());
    /// ```
    pub fn from_unix(seconds: i64) -> Self {
        Self(Stamp::Number(seconds.to_string().into()))
    }

    /// The spelling of the value.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The point in time.
    ///
    /// Supports RFC 2822, RFC 3339, a date without an offset or without a time (both in UTC) and
    /// Unix timestamps in seconds. `None` for any other string, such as an all-zero date.
    ///
    /// ```
    /// use bigcommerce_client::DateTime;
    ///
    /// let shipped = DateTime::from_wire("Tue, 05 Mar 2019 21:40:11 +0000").timestamp();
    /// assert_eq!(shipped.map(|it| it.as_second()), Some(1_551_822_011));
    /// // An order that is not shipped yet may have this.
    /// assert_eq!(DateTime::from_wire("0000-00-00 00:00:00").timestamp(), None);
    /// ```
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.0.timestamp()
    }

    /// The same date-time in the format of V2, RFC 2822 in UTC; unchanged if it is not a date-time.
    ///
    /// ```
    /// use bigcommerce_client::DateTime;
    ///
    /// let moment = DateTime::from_wire("2019-03-05T21:40:11Z").into_rfc2822();
    /// assert_eq!(moment.as_str(), "Tue, 05 Mar 2019 21:40:11 +0000");
    /// ```
    #[must_use]
    pub fn into_rfc2822(self) -> Self {
        let spelled = self.timestamp().map(|timestamp| {
            let utc = timestamp.to_zoned_datetime(jiff::tz::TimeZone::UTC);
            utc.strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
        });
        spelled.map_or(self, |text| Self(Stamp::Text(text.into())))
    }

    /// The same date-time as a Unix timestamp, the format of some webhook fields; unchanged if it is
    /// not a date-time. Fractions of a second are dropped.
    ///
    /// ```
    /// use bigcommerce_client::{DateTime, json};
    ///
    /// let moment = DateTime::from_wire("2019-03-05T21:40:11Z").into_unix();
    /// assert_eq!(json::to_string(&moment), "1551822011");
    /// ```
    #[must_use]
    pub fn into_unix(self) -> Self {
        let seconds = self.timestamp().map(Timestamp::as_second);
        seconds.map_or(self, |seconds| {
            Self(Stamp::Number(seconds.to_string().into()))
        })
    }
}

/// Writes RFC 3339 in UTC.
impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self(Stamp::Text(timestamp.to_string().into()))
    }
}

/// A date that preserves its spelling.
///
/// ```
/// use bigcommerce_client::{Date, jiff::civil};
///
/// let date = Date::from_wire("2024-01-31T00:00:00+00:00");
/// assert_eq!(date.date(), Some(civil::date(2024, 1, 31)));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date(pub(crate) Stamp);

impl Date {
    /// A date as the API spells it. The string is not validated.
    ///
    /// ```
    /// use bigcommerce_client::{Date, jiff::civil, json};
    ///
    /// // Use `Date::from` for a calendar date; this is for an existing string.
    /// let day = Date::from_wire("2024-01-31");
    /// assert_eq!(day, Date::from(civil::date(2024, 1, 31)));
    /// assert_eq!(json::to_string(&day), r#""2024-01-31""#);
    /// ```
    pub fn from_wire(text: &str) -> Self {
        Self(Stamp::Text(text.into()))
    }

    /// The spelling of the value.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The date as written; for a Unix timestamp, the date in UTC. `None` for any other string.
    ///
    /// ```
    /// use bigcommerce_client::{Date, jiff::civil};
    ///
    /// // The offset does not shift it to the next day.
    /// let day = Date::from_wire("2024-01-31T23:00:00-08:00").date();
    /// assert_eq!(day, Some(civil::date(2024, 1, 31)));
    /// assert_eq!(Date::from_wire("soon").date(), None);
    /// ```
    pub fn date(&self) -> Option<civil::Date> {
        self.0.date()
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(Stamp::Text(date.to_string().into()))
    }
}

macro_rules! stamped {
    ($($type:ident: $read:ident $what:literal),*) => {
        $(
            impl $type {
                /// Why it must not be sent: the API rejects or ignores a string that is not a date.
                pub(crate) fn mistake(&self) -> Option<String> {
                    let known = self.$read().is_some();
                    (!known).then(|| format!(concat!("`{}` is not a ", $what), self.as_str()))
                }
            }

            impl fmt::Display for $type {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad(self.as_str())
                }
            }

            impl fmt::Debug for $type {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(self.as_str())
                }
            }

            impl From<&str> for $type {
                fn from(text: &str) -> Self {
                    Self::from_wire(text)
                }
            }

            impl From<&$type> for $type {
                fn from(stamp: &$type) -> Self {
                    stamp.clone()
                }
            }
        )*
    };
}

stamped!(DateTime: timestamp "date-time", Date: date "date");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn every_form_gives_the_moment_and_comes_back() {
        let forms = [
            (
                r#""Tue, 05 Mar 2019 21:40:11 +0000""#,
                "2019-03-05T21:40:11Z",
            ),
            (
                r#""Mon, 05 Mar 2019 21:40:11 +0000""#,
                "2019-03-05T21:40:11Z",
            ),
            (r#""5 Mar 2019 21:40:11 GMT""#, "2019-03-05T21:40:11Z"),
            (r#""2018-08-15T14:48:46+00:00""#, "2018-08-15T14:48:46Z"),
            (r#""2018-08-15T14:48:46-05:00""#, "2018-08-15T19:48:46Z"),
            (r#""2022-02-26T17:33:11Z""#, "2022-02-26T17:33:11Z"),
            (r#""2022-02-26T17:33:11""#, "2022-02-26T17:33:11Z"),
            (r#""2022-02-26 17:33:11""#, "2022-02-26T17:33:11Z"),
            (r#""2024-01-31""#, "2024-01-31T00:00:00Z"),
            ("1743570000", "2025-04-02T05:00:00Z"),
            (r#""1743570000""#, "2025-04-02T05:00:00Z"),
            ("1743570000.5", "2025-04-02T05:00:00.5Z"),
            ("0", "1970-01-01T00:00:00Z"),
        ];
        for (body, moment) in forms {
            let value: DateTime = json::from_str(body).unwrap();
            assert_eq!(
                value.timestamp().map(|t| t.to_string()).as_deref(),
                Some(moment),
                "{body}"
            );
            assert_eq!(json::to_string(&value), body);
        }
    }

    #[test]
    fn a_text_that_is_no_date_is_kept_without_a_moment() {
        for text in [
            "0000-00-00 00:00:00",
            "soon",
            "2024-13-01",
            "1e400",
            "99999999999999999",
        ] {
            let value = DateTime::from_wire(text);
            assert_eq!(value.timestamp(), None, "{text}");
            assert_eq!(value.to_string(), text);
            assert_eq!(Date::from_wire(text).date(), None, "{text}");
        }
        assert!(json::from_str::<DateTime>(r#""""#).is_err());
        assert!(json::from_str::<DateTime>("true").is_err());
    }

    #[test]
    fn a_day_is_taken_as_it_is_written() {
        let day = jiff::civil::date(2024, 1, 31);
        for text in [
            "2024-01-31",
            "2024-01-31T23:00:00-08:00",
            "Wed, 31 Jan 2024 23:00:00 -0800",
        ] {
            assert_eq!(Date::from_wire(text).date(), Some(day), "{text}");
        }
        assert_eq!(
            json::from_str::<Date>("1706659200").unwrap().date(),
            Some(day)
        );
        assert_eq!(Date::from(day).as_str(), "2024-01-31");
    }

    #[test]
    fn a_timestamp_is_written_in_utc() {
        let moment: Timestamp = "2024-01-31T10:00:00Z".parse().unwrap();
        assert_eq!(
            json::to_string(&DateTime::from(moment)),
            r#""2024-01-31T10:00:00Z""#
        );
        assert_eq!(DateTime::from_unix(7).timestamp().unwrap().as_second(), 7);
    }
}
