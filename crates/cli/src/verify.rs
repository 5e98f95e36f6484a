//! `zhiqing verify`.

use crate::args::Verify;
use crate::{keys, parse};
use anyhow::{Context, Result};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::fs;
use std::process::ExitCode;
use zhiqing_consent::Receipt;

/// A receipt did not verify.
const FINDINGS: u8 = 1;

pub(crate) fn run(args: &Verify) -> Result<ExitCode> {
    let key = args.key.as_deref().context(
        "--key is missing: a receipt is only as good as the key it is checked with, so it must \
         come from elsewhere than the receipt; give the site's public key or its site.toml",
    )?;
    let key = keys::public(key)?;
    let mut results = Vec::new();
    for file in &args.files {
        let name = file.display().to_string();
        let bytes = fs::read(file).with_context(|| format!("cannot read {name}"))?;
        let receipts = receipts(&bytes).with_context(|| format!("{name} is not JSON"))?;
        for (at, receipt) in receipts.iter().enumerate() {
            let result = match Receipt::verify(receipt.get().as_bytes(), &key) {
                Ok(receipt) => json!({
                    "file": name, "at": at, "good": true,
                    "record": receipt.record.id, "received_at": receipt.received_at,
                }),
                Err(error) => {
                    eprintln!("zhiqing: {name}: receipt {at}: {error}");
                    json!({ "file": name, "at": at, "good": false, "why": error.to_string() })
                }
            };
            results.push(result);
        }
        if receipts.is_empty() {
            eprintln!("zhiqing: {name}: holds no receipt");
            results.push(json!({ "file": name, "good": false, "why": "holds no receipt" }));
        }
    }
    let good = results
        .iter()
        .all(|result| result["good"] == Value::Bool(true));
    parse::print(
        (serde_json::to_string_pretty(&json!({ "receipts": results }))? + "\n").as_bytes(),
    )?;
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FINDINGS)
    })
}

/// The receipts in a file, each as it stands there: one, a list, or the API's answer.
fn receipts(bytes: &[u8]) -> Result<Vec<Box<RawValue>>> {
    #[derive(serde::Deserialize)]
    struct Answer {
        receipts: Vec<Box<RawValue>>,
    }
    if let Ok(list) = serde_json::from_slice(bytes) {
        return Ok(list);
    }
    if let Ok(Answer { receipts }) = serde_json::from_slice(bytes) {
        return Ok(receipts);
    }
    Ok(vec![serde_json::from_slice(bytes)?])
}
