//! How items are put into a call, and which of them a problem is about.

use crate::call::{Call, blank_value, is_blank};
use crate::error::{FieldProblem, Problem};
use crate::json::{self, Tree};

/// Inserts items into an array of a body that has other fields too.
pub(super) type Fill<I> = Box<dyn Fn(Call, &[&I]) -> Call + Send + Sync>;

/// How items are put into a call.
pub(super) enum Put<I> {
    /// As its body, each with its JSON, and the reason if one must not be sent.
    Body(
        fn(Call, &[&I]) -> Call,
        fn(&I) -> Vec<u8>,
        fn(&I) -> Option<String>,
    ),
    /// In the array of its body with this name, each with its JSON, and the reason if one must not be sent.
    Field(
        &'static str,
        Fill<I>,
        fn(&I) -> Vec<u8>,
        fn(&I) -> Option<String>,
    ),
    /// In a query parameter, separated by commas.
    Query(&'static str, fn(&I) -> String),
    /// In the query, each with the parameter's name.
    Each(&'static str, fn(&I) -> String),
}

impl<I> Put<I> {
    pub(super) fn fill(&self, mut call: Call, items: &[&I]) -> Call {
        match self {
            Self::Body(put, ..) => put(call, items),
            Self::Field(_, fill, ..) => fill(call, items),
            Self::Query(key, text) => {
                call.query_list(key, items.iter().map(|item| text(item)));
                call
            }
            Self::Each(key, text) => {
                call.query_each(key, items.iter().map(|item| text(item)));
                call
            }
        }
    }

    /// Why nothing is sent: an item is invalid, and by the time its batch was rejected, other batches would
    /// have been applied.
    pub(super) fn mistake(&self, items: &[I]) -> Option<String> {
        match self {
            Self::Body(_, _, mistake) | Self::Field(_, _, _, mistake) => {
                items.iter().enumerate().find_map(|(at, item)| {
                    let reason = mistake(item)?;
                    Some(format!("in item {at}, counted from 0: {reason}"))
                })
            }
            Self::Query(key, text) | Self::Each(key, text) => {
                let blank = items.iter().any(|item| is_blank(&text(item)));
                blank.then(|| blank_value(key))
            }
        }
    }

    /// Which of the items each problem names by what it is, if it is one alone.
    pub(super) fn named(&self, items: &[&I], problems: &[Problem]) -> Vec<Option<usize>> {
        let written = match self {
            Self::Body(_, written, _) | Self::Field(_, _, written, _) => *written,
            Self::Query(..) | Self::Each(..) => return vec![None; problems.len()],
        };
        // Each item is written to be looked at, once for all of the problems and only if one names any.
        let mut read: Option<Vec<Option<Tree>>> = None;
        let place = |problem: &Problem| {
            if problem.about.is_empty() {
                return None;
            }
            let read = read.get_or_insert_with(|| {
                let tree = |item: &&I| json::from_slice(&written(item)).ok();
                items.iter().map(tree).collect()
            });
            let is_named = |item: &Option<Tree>| item.as_ref().is_some_and(|it| problem.names(it));
            let mut places = (0..).zip(&*read).filter(|(_, item)| is_named(item));
            match (places.next(), places.next()) {
                (Some((place, _)), None) => Some(place),
                _ => None,
            }
        };
        problems.iter().map(place).collect()
    }

    /// The index of the item that a problem's field belongs to: `3` for `3.email`, and for `items.3.sku` or
    /// `items[3].sku` if the items are in an array with that name.
    pub(super) fn place(&self, field: &FieldProblem) -> Option<usize> {
        let Self::Field(name, ..) = self else {
            return field.index();
        };
        let Some(behind) = field.field.strip_prefix(name) else {
            return field.index();
        };
        let digits = behind.strip_prefix(['.', '[', '/'])?;
        let end = digits.find(|c: char| !c.is_ascii_digit());
        digits.get(..end.unwrap_or(digits.len()))?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn items_are_written_once_for_all_problems_of_a_batch_and_only_if_one_names_any() {
        static WRITTEN: AtomicUsize = AtomicUsize::new(0);

        fn written(id: &i64) -> Vec<u8> {
            WRITTEN.fetch_add(1, Ordering::Relaxed);
            format!(r#"{{"id":{id},"kind":"part"}}"#).into_bytes()
        }

        let about = |key: &str, value: &str| Problem {
            about: vec![(key.to_owned(), value.to_owned())],
            ..Problem::default()
        };
        let put = Put::Body(|call, _: &[&i64]| call, written, |_| None);
        let untold = [Problem::default(), Problem::default()];
        assert_eq!(put.named(&[&7, &8, &9], &untold), [None, None]);
        assert_eq!(WRITTEN.load(Ordering::Relaxed), 0);
        let told = [
            about("id", "9"),
            Problem::default(),
            about("kind", "part"),
            about("id", "7"),
            about("id", "5"),
        ];
        let named = put.named(&[&7, &8, &9], &told);
        assert_eq!(named, [Some(2), None, None, Some(0), None]);
        assert_eq!(WRITTEN.load(Ordering::Relaxed), 3);
    }
}
