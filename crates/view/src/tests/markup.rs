//! Rendered HTML, read back. It reads what this crate writes, no more: every tag ends at its first
//! `>`, every value stands in double quotes.

/// A tag as it was written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// The element's name, behind `/` for an end tag.
    pub(crate) name: String,
    /// Names and values; a boolean attribute has an empty value.
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// The text content of a fragment; panics unless every element is closed in order.
#[track_caller]
pub(crate) fn content(html: &str) -> String {
    let mut open: Vec<String> = Vec::new();
    let mut content = String::new();
    read(html, |text, tag| {
        content.push_str(&unescaped(text));
        let Some(tag) = tag else { return };
        match tag.name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop().as_deref(), Some(name), "{html}"),
            None if matches!(tag.name.as_str(), "input" | "meta" | "wbr") => {}
            None => open.push(tag.name),
        }
    });
    assert!(open.is_empty(), "left open: {open:?} in {html}");
    content
}

/// The tags of a fragment, in order.
#[track_caller]
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    read(html, |_, tag| tags.extend(tag));
    tags
}

/// The start tag that carries this hook.
#[track_caller]
pub(crate) fn control(html: &str, hook: &str) -> Tag {
    let mut found = tags(html)
        .into_iter()
        .filter(|tag| tag.get("data-zq") == Some(hook));
    let control = found.next();
    assert!(found.next().is_none(), "two controls {hook}");
    control.unwrap_or_else(|| panic!("no control {hook} in {html}"))
}

/// Names of elements and attributes in order: what no text may change. Where a line may end is part of
/// the text.
#[track_caller]
pub(crate) fn skeleton(html: &str) -> Vec<String> {
    let outline = |tag: Tag| {
        let names = tag.attributes.into_iter().map(|(name, _)| name);
        let names: Vec<String> = std::iter::once(tag.name).chain(names).collect();
        names.join(" ")
    };
    let tags = tags(html).into_iter().filter(|tag| tag.name != "wbr");
    tags.map(outline).collect()
}

/// Calls `each` with every run of text and the tag behind it.
#[track_caller]
fn read(html: &str, mut each: impl FnMut(&str, Option<Tag>)) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').expect("a tag ends");
        let (name, attributes) = match rest[at + 1..end].split_once(' ') {
            Some((name, attributes)) => (name, attributes),
            None => (&rest[at + 1..end], ""),
        };
        let tag = Tag {
            name: name.to_owned(),
            attributes: read_attributes(attributes),
        };
        let letters = tag.name.strip_prefix('/').unwrap_or(&tag.name);
        assert!(
            letters.bytes().all(|b| b.is_ascii_alphanumeric()) && !letters.is_empty(),
            "no tag of ours: {tag:?}"
        );
        each(&rest[..at], Some(tag));
        rest = &rest[end + 1..];
    }
    each(rest, None);
}

#[track_caller]
fn read_attributes(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let name = &rest[..end];
        assert!(
            name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !name.is_empty(),
            "no attribute of ours: {name:?} in {text}"
        );
        let mut value = "";
        rest = &rest[end..];
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').expect("a value ends");
            value = &quoted[..end];
            rest = &quoted[end + 1..];
        }
        attributes.push((name.to_owned(), unescaped(value)));
        assert!(rest.is_empty() || rest.starts_with(' '), "{text}");
        rest = rest.trim_start_matches(' ');
    }
    attributes
}

/// Text as a browser reads it.
fn unescaped(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#13;", "\r"),
        // Last, so that what an escaped `&` stands before is not read again.
        ("&amp;", "&"),
    ];
    entities
        .into_iter()
        .fold(text.to_owned(), |text, (entity, character)| {
            text.replace(entity, character)
        })
}
