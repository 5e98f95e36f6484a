//! What each crate costs the module: the bytes of its functions, by their names. A function of a generic
//! type of the standard library counts as the library's, whoever asked for it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// What is written of crates beyond the heaviest.
const SHOWN: usize = 14;

/// Bytes and number of functions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    bytes: usize,
    functions: usize,
}

/// The crates of a module that has its names, as aligned text, the heaviest first.
///
/// # Errors
/// Where the module cannot be read.
pub(crate) fn table(module: &[u8]) -> Result<String> {
    let weights = weights(module)?;
    let all: usize = weights.values().map(|weight| weight.bytes).sum();
    let mut rows: Vec<_> = weights.into_iter().collect();
    rows.sort_by_key(|(name, weight)| (usize::MAX - weight.bytes, name.clone()));
    let rest = rows.split_off(rows.len().min(SHOWN));
    let mut others = Weight::default();
    for (_, weight) in &rest {
        others.bytes += weight.bytes;
        others.functions += weight.functions;
    }
    if !rest.is_empty() {
        rows.push((format!("{} others", rest.len()), others));
    }
    let mut text = format!(
        "{:<22} {:>8} {:>10} {:>6}\n",
        "crate", "bytes", "functions", "share"
    );
    for (name, Weight { bytes, functions }) in rows {
        let share = 100.0 * bytes as f64 / all.max(1) as f64;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name:<22} {bytes:>8} {functions:>10} {share:>5.1}%");
    }
    let _ = writeln!(
        text,
        "{:<22} {all:>8}, of functions, before compression",
        "all"
    );
    Ok(text)
}

fn weights(module: &[u8]) -> Result<BTreeMap<String, Weight>> {
    let mut imports = 0;
    let mut bodies = Vec::new();
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imports += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.range().len()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    for name in section {
                        if let Name::Function(functions) = name? {
                            for naming in functions {
                                let naming = naming?;
                                names.insert(naming.index, naming.name);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut weights: BTreeMap<String, Weight> = BTreeMap::new();
    for (index, bytes) in (imports..).zip(bodies) {
        let name = names.get(&index).copied().unwrap_or_default();
        let weight = weights.entry(crate_of(name).to_owned()).or_default();
        weight.bytes += bytes;
        weight.functions += 1;
    }
    Ok(weights)
}

/// The crate of a demangled name: `<zhiqing_view[0]::html::Html>::text` is of `zhiqing_view`. What is
/// implemented for a type of the language itself is of `core`.
fn crate_of(name: &str) -> &str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut rest = name;
    loop {
        rest = rest.trim_start_matches(|c: char| !is_name(c));
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match word {
            "" => return "unnamed",
            "mut" | "dyn" | "const" | "impl" if after.starts_with(' ') => rest = after,
            "str" | "char" | "bool" | "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "f64" => {
                return "core";
            }
            // A path has a crate, and its disambiguator, in front.
            word if after.starts_with("::") || after.starts_with('[') => return word,
            _ => return "glue and start",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_crate() {
        #[track_caller]
        fn case(name: &str, expected: &str) {
            assert_eq!(crate_of(name), expected, "{name}");
        }
        case("<zhiqing_view[5a]::html::Html>::text", "zhiqing_view");
        case("zhiqing[1]::app::App::act", "zhiqing");
        case(
            "<&mut dyn core[0]::fmt::Write as core[0]::fmt::Write>::write_str",
            "core",
        );
        case("<[alloc[0]::string::String]>::join", "alloc");
        case("<str as core[0]::fmt::Debug>::fmt", "core");
        case("app_act", "glue and start");
        case("", "unnamed");
    }
}
