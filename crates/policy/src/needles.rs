//! Many words looked for at once, at the speed of reading: a bitmap tells whether two characters
//! can begin a word, a table which words may stand there.
//!
//! Chinese words differ in their first two characters almost always, so hardly a comparison fails.
//! The tables take some tens of kilobytes and are made in a fraction of a millisecond: an automaton
//! over the same words takes megabytes, because each of its states has an entry for every byte.

use std::ops::Range;

/// A word behind its first two characters.
#[derive(Debug)]
struct Needle {
    /// The first two characters; 0 for the second of a word of one.
    key: u32,
    /// The rest, in lower case.
    rest: Box<str>,
    number: u16,
}

impl Needle {
    /// A bit for the byte that must follow its first two characters, all of them where any may.
    fn next(&self) -> u64 {
        self.rest
            .as_bytes()
            .first()
            .map_or(u64::MAX, |byte| 1 << (byte & 63))
    }

    /// Whether these bytes begin with the rest of the word.
    fn goes_on(&self, behind: &[u8]) -> bool {
        let rest = self.rest.as_bytes();
        let Some(last) = rest.last() else {
            return true;
        };
        // Most words are told apart by their last byte, in less time than it takes to compare.
        behind.get(..rest.len()).is_some_and(|behind| {
            behind.last().map(u8::to_ascii_lowercase) == Some(*last)
                && behind.eq_ignore_ascii_case(rest)
        })
    }
}

/// A set of words; Latin letters match in any case.
#[derive(Debug)]
pub(crate) struct Needles {
    /// One bit for each hash of two characters: whether words may begin with them.
    pairs: Box<[u64; 1 << PAIRS >> 6]>,
    /// One bit for each character of the basic plane: whether it is a word by itself.
    singles: Box<[u64; 1 << 16 >> 6]>,
    /// By first two characters, the longest first.
    needles: Vec<Needle>,
    /// Ranges of `needles` with one key, found by hash: at least half of them are empty.
    slots: Box<[Slot]>,
    /// How far a hash is shifted to be a place among them.
    shift: u32,
}

/// The words that begin with the same two characters.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u32,
    begin: u16,
    /// 0 where the slot is empty.
    end: u16,
    /// One bit for the last six of each byte that may follow the two characters.
    next: u64,
}

/// Fewest slots, as a power of two: what a set of some hundred words needs.
const SLOTS: u32 = 12;
/// Bits of the hash that `pairs` is by: some hundred pairs leave nearly all of it empty.
const PAIRS: u32 = 15;

impl Needles {
    /// Words with their numbers. At most a few thousand; none may be empty or begin outside the
    /// basic plane.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = (&'a str, u16)>) -> Self {
        let mut needles: Vec<Needle> = words
            .into_iter()
            .map(|(word, number)| {
                let mut rest = word.chars();
                let first = rest.next().map_or(0, fold);
                let second = rest.next().map_or(0, fold);
                Needle {
                    key: key(first, second),
                    rest: rest.as_str().to_ascii_lowercase().into(),
                    number,
                }
            })
            .collect();
        needles.sort_by_key(|needle| (needle.key, std::cmp::Reverse(needle.rest.len())));
        let mut pairs = Box::new([0; 1 << PAIRS >> 6]);
        let mut singles = Box::new([0; 1 << 16 >> 6]);
        let keys = needles
            .chunk_by(|left, right| left.key == right.key)
            .count();
        let bits = (2 * keys).next_power_of_two().ilog2().max(SLOTS);
        let shift = 32 - bits;
        let mut slots = vec![Slot::default(); 1 << bits].into_boxed_slice();
        let mut begin = 0;
        for run in needles.chunk_by(|left, right| left.key == right.key) {
            let head = u16::try_from(run[0].key >> 16).unwrap_or(u16::MAX);
            if run[0].key & 0xFFFF == 0 {
                singles[usize::from(head >> 6)] |= 1 << (head & 63);
            } else {
                let bit = spread(run[0].key);
                pairs[bit >> 6] |= 1 << (bit & 63);
            }
            let end = begin + run.len();
            let mut slot = hash(run[0].key, shift);
            while slots[slot].end != 0 {
                slot = (slot + 1) % slots.len();
            }
            let place = |at: usize| u16::try_from(at).unwrap_or(0);
            slots[slot] = Slot {
                key: run[0].key,
                begin: place(begin),
                end: place(end),
                next: run.iter().fold(0, |next, needle| next | needle.next()),
            };
            begin = end;
        }
        Self {
            pairs,
            singles,
            needles,
            slots,
            shift,
        }
    }

    /// Calls `found` with begin, end and number of each word in the text, in the order of their
    /// begins and the longest first, until it says `false`.
    pub(crate) fn each(&self, text: &str, mut found: impl FnMut(usize, usize, u16) -> bool) {
        let bytes = text.as_bytes();
        // The character before and where it begins.
        let (mut start, mut head) = (0, 0);
        let mut at = 0;
        while let Some((here, size)) = decode(&bytes[at..]) {
            let pair = key(head, here);
            let bit = spread(pair);
            if self.pairs[bit >> 6] >> (bit & 63) & 1 != 0 {
                let behind = &bytes[at + size..];
                for needle in self.with(pair, behind) {
                    if needle.goes_on(behind)
                        && !found(start, at + size + needle.rest.len(), needle.number)
                    {
                        return;
                    }
                }
            }
            if !self.alone(start, at, head, &mut found) {
                return;
            }
            (start, head) = (at, here);
            at += size;
        }
        self.alone(start, bytes.len(), head, &mut found);
    }

    /// The same to the end, Latin words only as wholes: `ssl` is not in `lossless`.
    pub(crate) fn each_whole(&self, text: &str, mut found: impl FnMut(Range<usize>, u16)) {
        let bytes = text.as_bytes();
        let latin = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let cut = |at: usize| at > 0 && latin(at - 1) && latin(at);
        self.each(text, |start, end, number| {
            if !cut(start) && !cut(end) {
                found(start..end, number);
            }
            true
        });
    }

    /// Reports words of one character.
    #[inline]
    fn alone(
        &self,
        start: usize,
        end: usize,
        head: u16,
        found: &mut impl FnMut(usize, usize, u16) -> bool,
    ) -> bool {
        if self.singles[usize::from(head >> 6)] >> (head & 63) & 1 == 0 {
            return true;
        }
        let mut words = self.with(key(head, 0), &[]).iter();
        words.all(|needle| found(start, end, needle.number))
    }

    /// The words that begin with these two characters, unless the byte behind says that none does.
    fn with(&self, key: u32, behind: &[u8]) -> &[Needle] {
        let mut slot = hash(key, self.shift);
        loop {
            let Slot {
                key: other,
                begin,
                end,
                next,
            } = self.slots[slot];
            if end == 0 {
                return &[];
            }
            if other == key {
                // A word of two characters, or of one, sets all bits.
                let byte = behind.first().map_or(0, u8::to_ascii_lowercase);
                let words = usize::from(begin)..usize::from(end);
                let fits = next >> (byte & 63) & 1 != 0;
                return if fits { &self.needles[words] } else { &[] };
            }
            slot = (slot + 1) % self.slots.len();
        }
    }
}

/// A character in lower case; those outside the basic plane are all one that no word has.
fn fold(c: char) -> u16 {
    u16::try_from(u32::from(c.to_ascii_lowercase())).unwrap_or(u16::MAX)
}

/// The character at the start of the bytes of a text, as [`fold`] has it, and its bytes.
fn decode(bytes: &[u8]) -> Option<(u16, usize)> {
    let tail = |byte: u8| u16::from(byte & 0x3F);
    match *bytes {
        // Nearly all characters.
        [first, second, third, ..] if first >> 4 == 0xE => {
            let c = u16::from(first) << 12 | tail(second) << 6 | tail(third);
            Some((c, 3))
        }
        [] => None,
        [first, ..] if first < 0x80 => Some((u16::from(first.to_ascii_lowercase()), 1)),
        [first, second, ..] if first >> 5 == 0b110 => {
            Some((u16::from(first & 0x1F) << 6 | tail(second), 2))
        }
        _ => Some((u16::MAX, bytes.len().min(4))),
    }
}

fn key(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

fn spread(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> (32 - PAIRS)) as usize
}

fn hash(key: u32, shift: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &[(usize, usize, u16)]) {
        let needles = Needles::new([
            ("位置", 1),
            ("位置信息", 2),
            ("gps", 3),
            ("天", 4),
            ("@", 5),
        ]);
        let mut all = Vec::new();
        needles.each(text, |start, end, number| {
            all.push((start, end, number));
            true
        });
        assert_eq!(all, expected, "{text}");
    }

    #[test]
    fn words_are_found_where_they_begin_the_longest_first() {
        case("您的位置信息", &[(6, 18, 2), (6, 12, 1)]);
        case("GPS，Gps", &[(0, 3, 3), (6, 9, 3)]);
        case("三天", &[(3, 6, 4)]);
        case("天@", &[(0, 3, 4), (3, 4, 5)]);
        case("位", &[]);
        case("𠀀gp", &[]);
        case("", &[]);
    }

    #[test]
    fn many_words_are_found_as_well() {
        let words: Vec<String> = ('一'..='龥').map(|c| format!("{c}信息")).collect();
        let numbered = words.iter().take(9_000).zip(0..);
        let needles = Needles::new(numbered.map(|(word, number)| (word.as_str(), number)));
        for (number, word) in words.iter().take(9_000).enumerate() {
            let mut found = Vec::new();
            needles.each_whole(word, |_, number| found.push(usize::from(number)));
            assert_eq!(found, [number], "{word}");
        }
    }

    #[test]
    fn latin_words_are_found_as_wholes() {
        let mut found = Vec::new();
        let needles = Needles::new([("gps", 1), ("位置", 2)]);
        needles.each_whole("GPS2、xGPS、GPS位置", |at, number| {
            found.push((at, number))
        });
        assert_eq!(found, [(14..17, 1), (17..23, 2)]);
    }

    #[test]
    fn characters_are_read_from_bytes() {
        for c in ['a', 'Z', 'é', '中', '，', '𠀀'] {
            let text = c.to_string();
            assert_eq!(
                decode(text.as_bytes()),
                Some((fold(c), c.len_utf8())),
                "{c}"
            );
        }
        assert_eq!(decode(b""), None);
    }

    #[test]
    fn a_search_can_stop() {
        let needles = Needles::new([("甲", 1)]);
        let mut count = 0;
        needles.each("甲甲甲", |_, _, _| {
            count += 1;
            count < 2
        });
        assert_eq!(count, 2);
    }
}
