//! A site's key pair: beside its settings, the secret half for its owner's eyes only.
//!
//! `site.toml` has `site.key` (the secret, base64url) and `site.pub` (the public key, for anybody
//! who wants to verify a receipt). They are made at the first `serve`.

use anyhow::{Context, Result, bail};
use ed25519_dalek::{SigningKey, VerifyingKey};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;
use zhiqing_consent::{Secret, receipt};

/// The site's signing key, made if it is not there.
pub(crate) fn signing(site: &Path) -> Result<SigningKey> {
    let path = site.with_extension("key");
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
        Err(error) if error.kind() == ErrorKind::NotFound => make(&path)?,
        Err(error) => return Err(error).context(format!("cannot read {}", path.display())),
    };
    let public = site.with_extension("pub");
    let text = receipt::key_text(&key.verifying_key());
    if !fs::read_to_string(&public).is_ok_and(|there| there.trim() == text) {
        fs::write(&public, format!("{text}\n"))
            .with_context(|| format!("cannot write {}", public.display()))?;
    }
    Ok(key)
}

/// A public key, or the one beside a site's settings.
pub(crate) fn public(given: &str) -> Result<VerifyingKey> {
    if let Ok(key) = receipt::public_key(given) {
        return Ok(key);
    }
    let settings = Path::new(given);
    if !settings.is_file() {
        bail!("--key {given}: neither a public key (43 characters of base64url) nor a file");
    }
    let path = settings.with_extension("pub");
    let text = fs::read_to_string(&path).with_context(|| {
        format!(
            "cannot read {}, which `zhiqing serve` writes beside the settings; start it once, or give \
             the public key itself",
            path.display()
        )
    })?;
    receipt::public_key(text.trim()).with_context(|| path.display().to_string())
}

fn make(path: &Path) -> Result<SigningKey> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("the system gives no random numbers")?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(format!("{}\n", Secret::new(bytes).bearer()).as_bytes())
    });
    written.with_context(|| {
        format!(
            "cannot write the site's key {}; the folder must be writable once",
            path.display()
        )
    })?;
    eprintln!(
        "zhiqing: made {}; back it up, receipts are worth what it is worth",
        path.display()
    );
    Ok(SigningKey::from_bytes(&bytes))
}
