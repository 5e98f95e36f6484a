//! A site's key pair: beside its settings or in a folder of keys, the secret half for its owner's eyes only.
//!
//! `site.toml` has `site.key` (the secret, base64url) and `site.pub` (the public key, for anybody
//! who wants to verify a receipt); in a folder of keys they are `ID.key` and `ID.pub` by the site's id. They
//! are made at the first `serve`.

use anyhow::{Context, Result, bail};
use ed25519_dalek::{SigningKey, VerifyingKey};
use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use zhiqing_consent::{Secret, receipt};

/// The site's signing key, made if it is not there: in `folder`, or beside the settings.
pub(crate) fn signing(settings: &Path, id: &str, folder: Option<&Path>) -> Result<SigningKey> {
    let beside = settings.with_extension("key");
    let path = folder.map_or_else(|| beside.clone(), |folder| folder.join(format!("{id}.key")));
    let key = match fs::read_to_string(&path) {
        Ok(text) => {
            let secret = Secret::from_bearer(text.trim());
            let secret = secret.with_context(|| {
                format!(
                    "{} is no key; put back the one from your backup",
                    path.display()
                )
            })?;
            SigningKey::from_bytes(secret.bytes())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if path != beside && beside.exists() {
                bail!(
                    "the key of site {id} is beside its settings: move {} to {}, and its .pub with it; a new \
                     key would not verify the receipts that people have",
                    beside.display(),
                    path.display()
                );
            }
            if let Some(theirs) = published(&path.with_extension("pub")) {
                bail!(
                    "{key} is not there, and {public} is the half of it that verifies the receipts which people have \
                     ({theirs}): put {key} back from your backup, or if it is lost, keep {public} elsewhere, take it \
                     away and start with a new key",
                    key = path.display(),
                    public = path.with_extension("pub").display(),
                );
            }
            make(&path)?
        }
        Err(error) => {
            return Err(error).with_context(|| {
                format!(
                    "cannot read {}, which must be readable for the user that the server runs as",
                    path.display()
                )
            });
        }
    };
    publish(&path.with_extension("pub"), &key.verifying_key())?;
    Ok(key)
}

/// Keeps the public key in a file. A secret that was mounted alone has no place for one.
fn publish(path: &Path, key: &VerifyingKey) -> Result<()> {
    let text = receipt::key_text(key);
    match published(path) {
        Some(there) if there == text => return Ok(()),
        Some(_) => bail!(
            "{} is another key's, and receipts that it verifies may be with people: put back the key that it \
             belongs to, or keep it elsewhere and take it away",
            path.display()
        ),
        None => {}
    }
    if let Err(error) = fs::write(path, format!("{text}\n")) {
        let path = path.display();
        eprintln!("zhiqing: cannot write {path} ({error}): publish the key from the line below");
    }
    Ok(())
}

/// The public key in a file. One that a power cut left half written is none.
fn published(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let text = text.trim();
    receipt::public_key(text).ok().map(|_| text.to_owned())
}

/// A public key, the file that holds it, or the settings beside which it is.
pub(crate) fn public(given: &str) -> Result<VerifyingKey> {
    if let Ok(key) = receipt::public_key(given) {
        return Ok(key);
    }
    let file = Path::new(given);
    if !file.is_file() {
        bail!("--key {given}: neither a public key (43 characters of base64url) nor a file");
    }
    let path = match file.extension() {
        Some(extension) if extension == "pub" => file.to_owned(),
        _ => file.with_extension("pub"),
    };
    let text = fs::read_to_string(&path).with_context(|| {
        format!(
            "cannot read {}, which `zhiqing serve` writes beside the settings; start it once, give the public \
             key itself, or where --keys names a folder, its SITE.pub",
            path.display()
        )
    })?;
    receipt::public_key(text.trim()).with_context(|| path.display().to_string())
}

fn make(path: &Path) -> Result<SigningKey> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("the system gives no random numbers")?;
    let cannot = || {
        format!(
            "cannot write the site's key {}; make its folder writable once, or name one for keys with \
             --keys DIR (ZHIQING_KEYS, or keys in the file of --config)",
            path.display()
        )
    };
    if let Some(folder) = path.parent() {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).with_context(cannot)?;
    }
    let text = format!("{}\n", Secret::new(bytes).bearer());
    write(path, text.as_bytes()).with_context(cannot)?;
    eprintln!(
        "zhiqing: made {}; back it up, receipts are worth what it is worth",
        path.display()
    );
    Ok(SigningKey::from_bytes(&bytes))
}

/// Writes a secret file that is not there yet: whole and on the disk, or not at all. Receipts are signed with it
/// from now on, and records outlive a power cut. Readable by its owner alone.
fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new()
        .prefix(".site-key-")
        .tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    // Of two servers that start at once, one has the key and the other is told so.
    file.persist_noclobber(path)?;
    // The name is the folder's to keep; only Unix lets a folder be opened and synced.
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_whole_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("site.toml");
        let signing = || signing(&site, "demo", None);
        let key = signing().expect("a key");
        assert_eq!(signing().expect("the same").to_bytes(), key.to_bytes());
        let path = site.with_extension("key");
        let error = make(&path).expect_err("a key that is there");
        let reason = error.root_cause().downcast_ref::<io::Error>();
        assert_eq!(reason.map(io::Error::kind), Some(ErrorKind::AlreadyExists));
        assert_eq!(signing().expect("the same").to_bytes(), key.to_bytes());
        // Nothing but the two halves of the pair.
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(path).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
