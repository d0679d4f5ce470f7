//! Finds the numbers in prose, each with its unit, in figures or in words: a limit may be stated only there.

use std::collections::{BTreeMap, BTreeSet};

/// The maximum length of a text that is reported although none of its numbers changed.
const SHORT: usize = 160;

/// The sentences of a text with one of these numbers.
pub(super) fn sentences(text: &str, wanted: &BTreeSet<String>) -> String {
    let all = text.lines().flat_map(|line| line.split_inclusive(". "));
    let all = all.map(|one| one.trim_start_matches(['*', '-', '#', '>', ' ']).trim());
    let all: Vec<&str> = all.filter(|one| !one.is_empty()).collect();
    let having = |is: &dyn Fn(&str) -> bool| {
        let told = all.iter().filter(|one| {
            let is_short = wanted.is_empty() && text.len() <= SHORT;
            is_short || numbers(one).iter().any(|number| is(number))
        });
        told.copied().collect::<Vec<_>>().join(" ")
    };
    let told = having(&|number| wanted.contains(number));
    if !told.is_empty() {
        return told;
    }
    // A line may end between a number and its unit.
    let figures: BTreeSet<&str> = wanted.iter().map(|number| figure(number)).collect();
    having(&|number| figures.contains(figure(number)))
}

/// A number without its unit.
fn figure(number: &str) -> &str {
    number.split_once(' ').map_or(number, |(figure, _)| figure)
}

/// The separate numbers in prose, or those with a unit; not those in names and addresses.
pub(super) fn numbers(text: &str) -> BTreeSet<String> {
    read(text).0.into_iter().collect()
}

/// The numbers that changed places in a text: sentences of the same words have other ones of them.
pub(super) fn exchanged(old: &str, new: &str) -> BTreeSet<String> {
    let by_words = |text: &str| {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for sentence in text.lines().flat_map(|line| line.split_inclusive(". ")) {
            let (numbers, words) = read(sentence);
            if !numbers.is_empty() {
                let words: Vec<&str> = words.iter().map(|word| plain(word)).collect();
                let key = words.join(" ").to_ascii_lowercase();
                all.entry(key).or_default().extend(numbers);
            }
        }
        all
    };
    let (before, now) = (by_words(old), by_words(new));
    let both = before
        .iter()
        .filter_map(|(words, numbers)| Some((numbers, now.get(words)?)));
    let other = both.filter(|(was, is)| was != is);
    other
        .flat_map(|(was, is)| was.iter().chain(is).cloned())
        .collect()
}

/// The numbers of a text and its other words, in order.
fn read(text: &str) -> (Vec<String>, Vec<&str>) {
    let words = text.split(|c: char| c.is_whitespace() || "()[]".contains(c));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let (mut found, mut others) = (Vec::new(), Vec::new());
    let mut rest = words.as_slice();
    while let [first, ..] = rest {
        let (number, unit, count) = match (figures(first), spelled(rest)) {
            (Some((number, unit)), _) => (number, unit, 1),
            (None, Some((number, count))) => (number.to_string(), None, count),
            (None, None) => {
                others.push(*first);
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
        };
        let last = count.checked_sub(1).and_then(|at| rest.get(at));
        rest = rest.get(count..).unwrap_or_default();
        let next = rest
            .first()
            .filter(|_| !last.is_some_and(|word| ends(word)));
        let unit = unit.or_else(|| measure(plain(next?)));
        found.push(match unit {
            Some(unit) => format!("{number} {unit}"),
            None => number,
        });
    }
    (found, others)
}

/// A word without the punctuation around it.
fn plain(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && !"/%".contains(c))
}

/// Whether something ends with a word, so that the next one is unrelated.
fn ends(word: &str) -> bool {
    word.ends_with([',', ';', '.', ':', '!', '?'])
}

/// A word as a number with its unit: `1,000` is `1000`, and `50-item` and `10MB` are also numbers.
fn figures(word: &str) -> Option<(String, Option<&'static str>)> {
    let word = plain(word);
    let is_number = |c: char| c.is_ascii_digit() || ",.:-–".contains(c);
    let end = word.find(|c: char| !is_number(c)).unwrap_or(word.len());
    let (number, rest) = word.split_at(end);
    let number = number.trim_end_matches(|c: char| !c.is_ascii_digit());
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let unit = measure(rest);
    let is_joined = word.get(number.len()..).is_some_and(|rest| {
        let joined = rest.strip_prefix('-').unwrap_or_default();
        !joined.is_empty() && joined.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    });
    let is_alone = rest.is_empty() || unit.is_some() || is_joined;
    is_alone.then(|| (number.replace(',', ""), unit))
}

/// The number in several words, and how many words it has: `two hundred and fifty`. `one` is more often a
/// pronoun.
fn spelled(words: &[&str]) -> Option<(u64, usize)> {
    let word = |at: usize| words.get(at).map(|word| plain(word).to_ascii_lowercase());
    let scaled = |at: usize| word(at).and_then(|word| scale(&word));
    let first = word(0)?;
    let is_last = |at: usize| words.get(at).is_some_and(|word| ends(word));
    // `twenty five` is written without a hyphen, too.
    let below = |at: usize| {
        let number = small(&word(at)?)?;
        let is_ten = number >= 20 && number % 10 == 0 && !is_last(at);
        let unit = word(at + 1).and_then(|word| unit(&word));
        Some(match unit.filter(|_| is_ten) {
            Some(unit) => (number + unit, 2),
            None => (number, 1),
        })
    };
    let (mut sum, mut count) = match below(0) {
        Some(number) => number,
        None => {
            (["a", "one"].contains(&first.as_str()) && scaled(1).is_some()).then_some((1, 1))?
        }
    };
    while !words.get(count - 1).is_some_and(|word| ends(word)) {
        if let Some(scale) = scaled(count) {
            sum = sum.saturating_mul(scale);
            count += 1;
            continue;
        }
        // What follows a hundred or a thousand belongs to it.
        let is_scaled = scaled(count - 1).is_some();
        let and = usize::from(word(count).as_deref() == Some("and"));
        match below(count + and).filter(|_| is_scaled) {
            Some((number, words)) => {
                sum = sum.saturating_add(number);
                count += and + words;
            }
            None => break,
        }
    }
    Some((sum, count))
}

const UNITS: [&str; 20] = [
    "",
    "",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// The position of a word in a list of numbers.
fn place(all: &[&str], word: &str) -> Option<u64> {
    let found = all.iter().position(|one| !one.is_empty() && *one == word);
    found.and_then(|at| u64::try_from(at).ok())
}

/// A number below a hundred in one word.
fn small(word: &str) -> Option<u64> {
    let ten = |word: &str| place(&TENS, word).map(|ten| ten * 10);
    let alone = place(&UNITS, word).or_else(|| ten(word));
    alone.or_else(|| {
        let (tens, one) = word.split_once('-')?;
        Some(ten(tens)? + unit(one)?)
    })
}

/// A number below ten in a word after a ten.
fn unit(word: &str) -> Option<u64> {
    match word {
        "one" => Some(1),
        word => place(&UNITS[..10], word),
    }
}

fn scale(word: &str) -> Option<u64> {
    match word {
        "hundred" => Some(100),
        "thousand" => Some(1_000),
        "million" => Some(1_000_000),
        _ => None,
    }
}

/// A word as a unit, however it is written.
fn measure(word: &str) -> Option<&'static str> {
    let units: [(&str, &[&str]); 16] = [
        ("%", &["%", "percent"]),
        ("x", &["x", "times"]),
        ("ms", &["ms", "millisecond", "milliseconds"]),
        ("s", &["s", "sec", "secs", "second", "seconds"]),
        ("min", &["min", "mins", "minute", "minutes"]),
        ("h", &["h", "hour", "hours"]),
        ("d", &["day", "days"]),
        ("weeks", &["week", "weeks"]),
        ("months", &["month", "months"]),
        ("years", &["year", "years"]),
        ("bytes", &["byte", "bytes"]),
        ("kb", &["kb", "kilobyte", "kilobytes"]),
        ("mb", &["mb", "megabyte", "megabytes"]),
        ("gb", &["gb", "gigabyte", "gigabytes"]),
        ("px", &["px", "pixel", "pixels"]),
        ("characters", &["char", "chars", "character", "characters"]),
    ];
    let word = word.to_ascii_lowercase();
    let mut units = units.into_iter();
    let found = units.find(|(_, names)| names.contains(&word.as_str()));
    found.map(|(unit, _)| unit)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{exchanged, numbers, sentences};

    #[test]
    fn numbers_are_told_from_names_and_addresses_and_are_one_however_they_are_written() {
        for (text, told) in [
            (
                "Up to 1,000 items (50 at once), 10MB each.",
                "10 mb|1000|50",
            ),
            (
                "A 255-character name; see v3, 2FA and /v3/things/9.",
                "255 characters",
            ),
            ("Gone after 2026-03-31, at 17:00.", "17:00|2026-03-31"),
            ("Up to 10 KB, or 10 MB.", "10 kb|10 mb"),
            ("A 30-second wait, or a 50-item page.", "30 s|50"),
            ("Of 5, seconds count, and so do 20%.", "20 %|5"),
            (
                "Two hundred and fifty items, twenty-five at once.",
                "25|250",
            ),
            (
                "One of them, at most two thousand, or a hundred.",
                "100|2000",
            ),
            ("Twelve hours; two, three or ten times.", "10 x|12 h|2|3"),
            (
                "Twenty five items, one hundred and thirty two names, twenty, five or sixty ten.",
                "10|132|20|25|5|60",
            ),
        ] {
            let told: BTreeSet<String> = told.split('|').map(str::to_owned).collect();
            assert_eq!(numbers(text), told, "{text}");
        }
        assert_eq!(numbers("Ten KB in 1 minute."), numbers("10KB in 1-minute."));
    }

    #[test]
    fn numbers_that_change_places_are_told_and_sentences_that_change_places_are_not() {
        for (old, new, told) in [
            (
                "Takes 50 items or 250 ids.",
                "Takes 250 items or 50 ids.",
                "250|50",
            ),
            (
                "Create up to 50. Delete up to 250.",
                "Create up to 250. Delete up to 50.",
                "250|50",
            ),
            (
                "Create up to 50. Delete up to 250.",
                "Delete up to 250. Create up to 50.",
                "",
            ),
            ("Waits 5 s, then 10 s.", "Waits for 5 s, then 10 s.", ""),
        ] {
            let told: BTreeSet<String> = told
                .split('|')
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect();
            assert_eq!(exchanged(old, new), told, "{old} -> {new}");
        }
    }

    #[test]
    fn the_sentences_with_a_number_are_told_even_where_a_line_ends_before_its_unit() {
        let text = "A file. It has 10\nMB at most. It may be an image.";
        let wanted = BTreeSet::from(["10 mb".to_owned()]);
        assert_eq!(sentences(text, &wanted), "It has 10");
        let text = "It has 10 KB. It has 10 MB.";
        assert_eq!(sentences(text, &wanted), "It has 10 MB.");
    }
}
