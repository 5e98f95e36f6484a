//! `zhiqing verify`.

use crate::args::Verify;
use crate::{input, keys, parse};
use anyhow::{Context, Result, bail};
use ed25519_dalek::VerifyingKey;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::io::{BufRead, Read};
use std::process::ExitCode;
use zhiqing_consent::Receipt;
use zhiqing_consent::receipt::Unverified;
use zhiqing_server::transfer::{Exported, Reader};

/// Something did not verify.
const FINDINGS: u8 = 1;

/// How the first line of an export begins.
const EXPORT: &[u8] = b"{\"export\":";

/// How many findings of an export are told one by one.
const TOLD: usize = 100;

pub(crate) fn run(args: &Verify) -> Result<ExitCode> {
    if args.key.is_empty() {
        bail!(
            "--key is missing: a receipt is only as good as the key it is checked with, so it must \
             come from elsewhere than the receipt; give the site's public key or its site.toml"
        );
    }
    let keys = args.key.iter().map(|key| keys::public(key));
    let keys = keys.collect::<Result<Vec<_>>>()?;
    let (mut receipts, mut exports) = (Vec::new(), Vec::new());
    for file in &args.files {
        let (name, mut input) = input::open(file)?;
        let start = input
            .fill_buf()
            .with_context(|| format!("cannot read {name}"))?;
        if start.starts_with(EXPORT) {
            exports.push(export(&name, input, &keys));
        } else {
            let mut bytes = Vec::new();
            let read = input.read_to_end(&mut bytes);
            read.with_context(|| format!("cannot read {name}"))?;
            receipts.extend(listed(&name, &bytes, &keys)?);
        }
    }
    let good = |result: &Value| result["good"] == Value::Bool(true);
    let is_good = receipts.iter().chain(&exports).all(good);
    let mut report = json!({ "receipts": receipts });
    if !exports.is_empty() {
        report["exports"] = exports.into();
    }
    parse::print((serde_json::to_string_pretty(&report)? + "\n").as_bytes())?;
    Ok(match is_good {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(FINDINGS),
    })
}

/// Verifies with whichever key fits; where none does, what the first one says.
fn verify(json: &[u8], keys: &[VerifyingKey]) -> Result<Receipt, Unverified> {
    let mut tried = keys.iter().map(|key| Receipt::verify(json, key));
    let first = tried.next().unwrap_or(Err(Unverified::Signature));
    match first {
        Err(Unverified::Signature) => tried.find(Result::is_ok).unwrap_or(first),
        _ => first,
    }
}

/// What there is to say of each receipt of a file.
fn listed(name: &str, bytes: &[u8], keys: &[VerifyingKey]) -> Result<Vec<Value>> {
    let receipts = receipts(bytes).with_context(|| format!("{name} is not JSON"))?;
    if receipts.is_empty() {
        eprintln!("zhiqing: {name}: holds no receipt");
        let why = "holds no receipt";
        return Ok(vec![json!({ "file": name, "good": false, "why": why })]);
    }
    let results = receipts.iter().enumerate().map(|(at, receipt)| {
        match verify(receipt.get().as_bytes(), keys) {
            Ok(receipt) => json!({
                "file": name, "at": at, "good": true,
                "record": receipt.record.id, "received_at": receipt.received_at,
            }),
            Err(error) => {
                eprintln!("zhiqing: {name}: receipt {at}: {error}");
                json!({ "file": name, "at": at, "good": false, "why": error.to_string() })
            }
        }
    });
    Ok(results.collect())
}

/// What there is to say of an export: whether it is whole, in order, and each receipt in it good.
fn export(name: &str, input: impl BufRead, keys: &[VerifyingKey]) -> Value {
    let (mut records, mut found, mut faults) = (0_u64, 0_u64, Vec::new());
    let mut fault = |why: String| {
        found += 1;
        if faults.len() < TOLD {
            eprintln!("zhiqing: {name}: {why}");
            faults.push(why);
        }
    };
    let read = read(input, keys, &mut records, &mut fault);
    let sites = read.unwrap_or_else(|error| {
        fault(format!("{error:#}"));
        Value::Null
    });
    json!({
        "file": name, "good": found == 0, "sites": sites, "records": records,
        "found": found, "faults": faults,
    })
}

/// Reads an export to its end, and tells of each line that is not good.
fn read(
    input: impl BufRead,
    keys: &[VerifyingKey],
    records: &mut u64,
    fault: &mut impl FnMut(String),
) -> Result<Value> {
    let mut reader = Reader::new(input)?;
    loop {
        let line = reader.line() + 1;
        match reader.read_line()? {
            Some(Exported::Receipt { site, json, .. }) => {
                *records += 1;
                match verify(json.get().as_bytes(), keys) {
                    Ok(receipt) if receipt.record.site == site => {}
                    Ok(receipt) => {
                        let of = receipt.record.site;
                        fault(format!("line {line}: a record of site {of}, not of {site}"));
                    }
                    Err(error) => fault(format!("line {line}: {error}")),
                }
            }
            Some(Exported::Notice(notice)) => {
                if notice.digest().is_none() {
                    let why = "the notice's digest is not that of its content";
                    fault(format!("line {line}: {why}"));
                }
            }
            None => return Ok(serde_json::to_value(&reader.header().sites)?),
        }
    }
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
