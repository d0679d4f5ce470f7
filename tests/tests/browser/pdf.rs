//! The text of a PDF that a browser printed. It supports PDF only as Chromium writes it: consecutive objects,
//! deflated streams, and glyphs as hexadecimal numbers that a table of their font maps to characters.

use std::{collections::HashMap, io::Read as _};

use flate2::read::ZlibDecoder;

/// The characters of a font's glyphs.
type Glyphs = HashMap<u16, String>;

/// The text of all pages, without spaces: word boundaries are not always written.
pub fn text(pdf: &[u8]) -> String {
    let objects = objects(pdf);
    let dictionary = |number: u32| {
        objects
            .get(&number)
            .map_or("", |object| &*object.dictionary)
    };
    let mut fonts: HashMap<u32, Glyphs> = HashMap::new();
    for (number, object) in &objects {
        let table = reference(&object.dictionary, "/ToUnicode ").and_then(|it| objects.get(&it));
        if let Some(table) = table {
            fonts.insert(*number, glyphs(&table.stream));
        }
    }
    let mut pages: Vec<(&u32, &Object)> = objects
        .iter()
        .filter(|(_, object)| object.dictionary.contains("/Type /Page\n"))
        .collect();
    pages.sort_by_key(|(number, _)| **number);
    let mut out = String::new();
    for (_, page) in pages {
        let named = page.dictionary.split("/Font <<").nth(1).unwrap_or_default();
        let named = named.split(">>").next().unwrap_or_default();
        let contents = reference(&page.dictionary, "/Contents ").and_then(|it| objects.get(&it));
        let drawn = contents.map_or("", |contents| &*contents.stream);
        read(
            drawn,
            |font| {
                let number = reference(named, &format!("/{font} "))?;
                // Fonts of another kind draw no text.
                dictionary(number).contains("/Type0").then_some(())?;
                fonts.get(&number)
            },
            &mut out,
        );
    }
    out
}

/// An object: its dictionary, and its stream, if any.
#[derive(Default)]
struct Object {
    dictionary: String,
    stream: String,
}

fn objects(pdf: &[u8]) -> HashMap<u32, Object> {
    let mut found = HashMap::new();
    let mut at = 0;
    while let Some(start) = position(&pdf[at..], b" 0 obj\n") {
        let digits = pdf[..at + start].iter().rev();
        let digits: Vec<u8> = digits.copied().take_while(u8::is_ascii_digit).collect();
        let number: String = digits.into_iter().rev().map(char::from).collect();
        let body = at + start + b" 0 obj\n".len();
        let end = position(&pdf[body..], b"endobj").map_or(pdf.len(), |end| body + end);
        let head = position(&pdf[body..end], b"stream\n").map(|it| body + it);
        let mut object = Object {
            dictionary: String::from_utf8_lossy(&pdf[body..head.unwrap_or(end)]).into_owned(),
            stream: String::new(),
        };
        at = end;
        if let Some(head) = head {
            let from = head + b"stream\n".len();
            let length = number_behind(&object.dictionary, "/Length ").unwrap_or_default() as usize;
            let bytes = pdf.get(from..from + length).unwrap_or_default();
            let mut inflated = Vec::new();
            if ZlibDecoder::new(bytes).read_to_end(&mut inflated).is_ok() {
                object.stream = String::from_utf8_lossy(&inflated).into_owned();
            }
            at = from + length;
        }
        if let Ok(number) = number.parse() {
            found.insert(number, object);
        }
    }
    found
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

fn number_behind(text: &str, key: &str) -> Option<u32> {
    let rest = text.split_once(key)?.1;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The object that a key refers to: `/Contents 7 0 R`.
fn reference(dictionary: &str, key: &str) -> Option<u32> {
    let number = number_behind(dictionary, key)?;
    dictionary
        .contains(&format!("{key}{number} 0 R"))
        .then_some(number)
}

/// The table of a font: single glyphs, and ranges of glyphs.
fn glyphs(table: &str) -> Glyphs {
    let mut found = Glyphs::new();
    let mut ranges = false;
    for line in table.lines() {
        if line.ends_with("beginbfchar") || line.ends_with("beginbfrange") {
            ranges = line.ends_with("range");
        }
        let numbers: Vec<&str> = line
            .split(['<', '>'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let glyph = |at: usize| u16::from_str_radix(numbers.get(at)?, 16).ok();
        match (numbers.len(), ranges) {
            (2, false) => {
                if let Some(one) = glyph(0) {
                    found.insert(one, characters(numbers[1]));
                }
            }
            (3, true) => {
                if let (Some(from), Some(to), Some(first)) = (glyph(0), glyph(1), glyph(2)) {
                    let all = (from..=to).zip(first..=u16::MAX);
                    found.extend(all.map(|(one, unit)| (one, characters(&format!("{unit:04X}")))));
                }
            }
            _ => {}
        }
    }
    found
}

/// Characters in hexadecimal UTF-16. A ligature is returned as its letters.
fn characters(digits: &str) -> String {
    let text = String::from_utf16_lossy(&units(digits));
    let text = text.replace('\u{fb00}', "ff").replace('\u{fb01}', "fi");
    let text = text.replace('\u{fb02}', "fl").replace('\u{fb03}', "ffi");
    text.replace('\u{fb04}', "ffl")
}

fn units(digits: &str) -> Vec<u16> {
    let digits = digits.as_bytes().chunks(4);
    digits
        .filter_map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok())
        .collect()
}

/// Reads the drawn text: `/F4 12 Tf` selects a font, and `<00240025>` draws its glyphs.
fn read<'a>(drawn: &str, font: impl Fn(&str) -> Option<&'a Glyphs>, out: &mut String) {
    let mut glyphs = None;
    let mut words: Vec<&str> = Vec::new();
    for line in drawn.lines() {
        words.clear();
        words.extend(line.split_whitespace());
        let chosen = words.windows(3).find(|three| three[2] == "Tf");
        if let Some(name) = chosen.and_then(|three| three[0].strip_prefix('/')) {
            glyphs = font(name);
        }
        let draws = words
            .last()
            .is_some_and(|last| last.ends_with("Tj") || last.ends_with("TJ"));
        let Some(glyphs) = glyphs.filter(|_| draws) else {
            continue;
        };
        for part in line.split('<').skip(1) {
            let digits = part.split('>').next().unwrap_or_default();
            for unit in units(digits) {
                let told = glyphs.get(&unit).map_or("", String::as_str);
                out.extend(told.chars().filter(|c| !c.is_whitespace()));
            }
        }
    }
}
