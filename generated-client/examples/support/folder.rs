//! A folder of JSON lines files. A file gets its name when it is complete; until then it is a partial file,
//! next to a note of its progress.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::support::Failure;

pub struct Folder(PathBuf);

/// An incomplete file.
pub struct Part {
    /// Where to continue.
    pub next: u64,
    /// The number of records in it.
    pub records: u64,
    bytes: u64,
    file: File,
    part: PathBuf,
    note: PathBuf,
    whole: PathBuf,
}

impl Folder {
    /// The folder of a store's backup. That of another store is refused: its files would count as done.
    pub fn open(path: &str, store: &str) -> Result<Self, Failure> {
        let named = |error: io::Error| format!("{path}: {error}");
        fs::create_dir_all(path).map_err(named)?;
        let folder = Self(path.into());
        let (own, line) = (
            folder.path("store"),
            format!("{{\"store_hash\":\"{store}\"}}\n"),
        );
        match fs::read_to_string(&own) {
            Ok(known) if known == line => Ok(folder),
            Ok(known) => {
                let known = known.trim_end();
                Err(format!("{path} has the backup of another store, {known}").into())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::write(&own, line).map_err(named)?;
                Ok(folder)
            }
            Err(error) => Err(named(error).into()),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.jsonl"))
    }

    /// Whether the file is complete.
    pub fn has(&self, name: &str) -> bool {
        self.path(name).is_file()
    }

    /// The file as far as it was written. Anything after the last note is cut off.
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
    /// Appends records; the following ones begin at `next`.
    pub fn add(&mut self, lines: &[String], next: u64) -> io::Result<()> {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.file.write_all(text.as_bytes())?;
        self.file.sync_data()?;
        self.next = next;
        self.records += lines.len() as u64;
        self.bytes += text.len() as u64;
        // The note is written atomically.
        let new = self.note.with_extension("new");
        fs::write(&new, format!("{next} {} {}", self.records, self.bytes))?;
        fs::rename(new, &self.note)
    }

    /// Leaves the file for another run, or removes it if it has no records.
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
            // A file without records is not created.
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
