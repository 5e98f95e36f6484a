//! Lists of permissions: `权限（如蓝牙、位置、通知）`, `权限：相机、存储`.

use std::ops::Range;

use super::reach::{after, is_filler};
use super::scan::Hit;
use super::words;

/// What opens a list.
pub(super) const WORDS: [&str; 9] = [
    "权限：",
    "权限:",
    "权限（",
    "权限(",
    "权限包括",
    "权限，包括",
    "权限，如",
    "权限，例如",
    "权限如",
];

/// Calls `found` with each item that names a permission and with its place; gives where the list
/// ends.
pub(super) fn each(
    text: &str,
    hit: Hit,
    mut found: impl FnMut(&'static str, Range<usize>),
) -> usize {
    let list = after(text, hit.end(), 300);
    let end = list
        .find(['。', '；', '）', ')', ';', '，'])
        .unwrap_or(list.len());
    let mut at = hit.end();
    let apart = ['、', '/', '和', '及', '或', ','];
    for part in list[..end].split_inclusive(apart) {
        let item = part.trim_end_matches(apart);
        let word = item.trim_start_matches(is_filler);
        let lead = item.len() - word.len();
        let cut = [
            "包括", "例如", "如", "您的", "：", ":", "以", "手机", "设备",
        ]
        .iter()
        .find(|lead| word.starts_with(**lead))
        .map_or(0, |lead| lead.len());
        let word = word[cut..].trim_end_matches(is_filler);
        let word = word.strip_suffix("等").unwrap_or(word);
        let word = word.strip_suffix("权限").unwrap_or(word);
        if let Some(name) = words::item(word) {
            let start = at + lead + cut;
            found(name, start..start + word.len());
        }
        at += part.len();
    }
    hit.end() + end
}
