//! The elements that are open, found by name in constant time.

use super::flow::Look;
use super::style::Space;
use super::tags::{Kind, Tag};

/// How deep elements nest; those deeper still leave only their text and their line breaks. Browsers
/// stop at 512.
pub(super) const DEPTH: usize = 2048;
/// Elements above one that is taken out of their midst; with more, all of them end.
const REACH: usize = 64;
/// Formatting elements that go on in the next block.
const CARRIED: usize = 8;

/// What an element itself says of the look of its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Manner {
    pub(super) bold: Option<bool>,
    pub(super) underlined: bool,
    pub(super) space: Option<Space>,
    /// A link to elsewhere.
    pub(super) away: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) tag: Tag,
    /// Tells apart what is [`Tag::Other`].
    pub(super) key: u32,
    manner: Manner,
    bold: bool,
    underlined: bool,
    space: Space,
    away: bool,
    /// Whether its end tag came while elements inside it were open.
    ended: bool,
}

pub(super) struct Stack {
    elements: Vec<Element>,
    /// For each name, where its open elements stand.
    places: Vec<Vec<u32>>,
    /// For each name, how many were too deep.
    deeper: Vec<u32>,
    /// Where tables, cells and captions stand: end tags inside do not reach beyond.
    scopes: Vec<u32>,
    carried: Vec<Element>,
}

impl Stack {
    pub(super) fn new() -> Self {
        Self {
            elements: Vec::new(),
            places: vec![Vec::new(); Tag::COUNT],
            deeper: vec![0; Tag::COUNT],
            scopes: Vec::new(),
            carried: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.elements.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Element> {
        self.elements.get(index)
    }

    /// Where the innermost open element of this name stands.
    pub(super) fn last(&self, tag: Tag) -> Option<usize> {
        self.places[tag as usize].last().map(|&at| at as usize)
    }

    /// The innermost of several names.
    pub(super) fn last_of(&self, tags: &[Tag]) -> Option<usize> {
        tags.iter().filter_map(|&tag| self.last(tag)).max()
    }

    pub(super) fn count(&self, tag: Tag) -> usize {
        self.places[tag as usize].len()
    }

    /// Where the innermost table, cell or caption stands.
    pub(super) fn scope(&self) -> Option<usize> {
        self.scopes.last().map(|&at| at as usize)
    }

    /// How text looks here.
    pub(super) fn look(&self) -> Look {
        self.elements
            .last()
            .map_or_else(Look::default, |element| Look {
                emphasised: element.bold || element.underlined,
                space: element.space,
                away: element.away,
            })
    }

    /// Opens an element; gives its place unless it is too deep to be kept.
    pub(super) fn push(&mut self, tag: Tag, key: u32, manner: Manner) -> Option<usize> {
        let index = self.elements.len();
        let place = u32::try_from(index).ok().filter(|_| index < DEPTH);
        let Some(place) = place else {
            let deeper = &mut self.deeper[tag as usize];
            *deeper = deeper.saturating_add(1);
            return None;
        };
        self.elements.push(Element {
            tag,
            key,
            manner,
            bold: false,
            underlined: false,
            space: Space::Collapsed,
            away: false,
            ended: false,
        });
        self.inherit(index);
        self.places[tag as usize].push(place);
        if matches!(tag, Tag::Table | Tag::Td | Tag::Th | Tag::Caption) {
            self.scopes.push(place);
        }
        Some(index)
    }

    /// Whether an end tag belongs to an element that was too deep; forgets that one.
    pub(super) fn was_too_deep(&mut self, tag: Tag) -> bool {
        let deeper = &mut self.deeper[tag as usize];
        let was = *deeper > 0;
        *deeper = deeper.saturating_sub(1);
        was
    }

    /// Takes the innermost element off.
    pub(super) fn pop(&mut self) -> Option<Element> {
        let element = self.elements.pop()?;
        if !element.ended {
            self.places[element.tag as usize].pop();
            if self.scope() == Some(self.elements.len()) {
                self.scopes.pop();
            }
        }
        Some(element)
    }

    /// Notes an element that was taken off with the block it stood in, to be opened again in the
    /// next (WHATWG HTML, 13.2.4.3): `<p><b>甲</p><p>乙` is bold twice.
    pub(super) fn carry(&mut self, element: Element) {
        if element.tag.carries_on() && !element.ended && self.carried.len() < CARRIED {
            self.carried.push(element);
        }
    }

    /// Opens those again, or forgets them where a cell ended: they do not reach beyond it.
    pub(super) fn reopen(&mut self, keep: bool) {
        while let Some(element) = self.carried.pop() {
            if keep {
                self.push(element.tag, element.key, element.manner);
            }
        }
    }

    /// Ends an inline element and leaves those inside it open. False if too many are.
    pub(super) fn end_within(&mut self, index: usize) -> bool {
        let Some(element) = self.elements.get_mut(index) else {
            return false;
        };
        let tag = element.tag;
        if self.elements.len() - index > REACH {
            return false;
        }
        let element = &mut self.elements[index];
        element.ended = true;
        element.manner = Manner::default();
        let places = &mut self.places[tag as usize];
        if let Some(at) = places.iter().rposition(|&at| at as usize == index) {
            places.remove(at);
        }
        for index in index..self.elements.len() {
            self.inherit(index);
        }
        true
    }

    /// The innermost open element of this name, and of this key where names do not tell.
    pub(super) fn find(&self, tag: Tag, key: u32) -> Option<usize> {
        if tag != Tag::Other {
            return self.last(tag);
        }
        self.places[tag as usize]
            .iter()
            .rev()
            .take(REACH)
            .map(|&at| at as usize)
            .find(|&at| self.get(at).is_some_and(|element| element.key == key))
    }

    fn inherit(&mut self, index: usize) {
        let outer = index.checked_sub(1).map(|at| self.elements[at]);
        let (bold, underlined, space, away) = match outer {
            Some(outer) => (outer.bold, outer.underlined, outer.space, outer.away),
            None => (false, false, Space::Collapsed, false),
        };
        let element = &mut self.elements[index];
        element.bold = element.manner.bold.unwrap_or(bold);
        element.underlined = element.manner.underlined || underlined;
        element.space = element.manner.space.unwrap_or(space);
        element.away = element.manner.away || away;
    }
}

impl Manner {
    /// What the element's name says, unless its style says otherwise. Links are underlined to be
    /// links, not for emphasis.
    pub(super) fn of(tag: Tag, attributes: &super::style::Attributes) -> Self {
        let style = &attributes.style;
        let underlined = match style.underline {
            Some(underlined) => underlined && tag != Tag::A,
            None => matches!(tag, Tag::U | Tag::Mark),
        };
        let bold = match tag {
            Tag::B | Tag::Strong => style.bold.or(Some(true)),
            // The boldness of headings goes without saying; what is said of it is not emphasis.
            _ if matches!(tag.kind(), Kind::Heading(_)) => None,
            _ => style.bold,
        };
        let kept = matches!(tag, Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext);
        Self {
            bold,
            underlined,
            space: style.space.or(kept.then_some(Space::Kept)),
            away: tag == Tag::A && attributes.leads_away,
        }
    }
}
