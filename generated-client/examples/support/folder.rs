//! A folder of files in JSON lines. A file has its name once it is whole; until then it is a part, beside a
//! note of how far it got.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::support::Failure;

pub struct Folder(PathBuf);

/// A file that is not whole yet.
pub struct Part {
    /// Where to go on.
    pub next: u64,
    /// How many records it has.
    pub records: u64,
    bytes: u64,
    file: File,
    part: PathBuf,
    note: PathBuf,
    whole: PathBuf,
}

impl Folder {
    pub fn open(path: &str) -> Result<Self, Failure> {
        fs::create_dir_all(path).map_err(|error| format!("{path}: {error}"))?;
        Ok(Self(path.into()))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.jsonl"))
    }

    /// Whether the file is whole.
    pub fn has(&self, name: &str) -> bool {
        self.path(name).is_file()
    }

    /// The file as far as it was written. What came behind the last note is cut off.
    pub fn part(&self, name: &str) -> Result<Part, Failure> {
        let (part, note) = (
            self.0.join(format!("{name}.part")),
            self.0.join(format!("{name}.note")),
        );
        let text = fs::read_to_string(&note).unwrap_or_default();
        let numbers: Vec<u64> = text.split(' ').filter_map(|it| it.parse().ok()).collect();
        let [next, records, bytes] = numbers.as_slice().try_into().unwrap_or_default();
        let told = |error: io::Error| format!("{}: {error}", part.display());
        let file = File::options()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&part);
        let mut file = file.map_err(told)?;
        file.set_len(bytes).map_err(told)?;
        file.seek(SeekFrom::End(0)).map_err(told)?;
        Ok(Part {
            next,
            records,
            bytes,
            file,
            part,
            note,
            whole: self.path(name),
        })
    }
}

impl Part {
    /// Adds records, behind which the next begin at `next`.
    pub fn add(&mut self, lines: &[String], next: u64) -> io::Result<()> {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.file.write_all(text.as_bytes())?;
        self.file.sync_data()?;
        self.next = next;
        self.records += lines.len() as u64;
        self.bytes += text.len() as u64;
        // A note is there as a whole or not at all.
        let new = self.note.with_extension("new");
        fs::write(&new, format!("{next} {} {}", self.records, self.bytes))?;
        fs::rename(new, &self.note)
    }

    /// Leaves the file for another run, or nothing of it where it has no records.
    pub fn leave(self) -> io::Result<()> {
        match self.records {
            0 => fs::remove_file(self.part),
            _ => Ok(()),
        }
    }

    /// Gives the file its name.
    pub fn finish(self) -> io::Result<()> {
        fs::rename(&self.part, &self.whole)?;
        match fs::remove_file(&self.note) {
            // A file without records in it has none.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }
}

/// The lines of a file.
pub fn lines(path: &Path) -> Result<impl Iterator<Item = io::Result<String>>, Failure> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(BufReader::new(file).lines())
}
