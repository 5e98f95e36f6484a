//! Labelled facts about a recipient: `联系方式：…；方式：…`, or the cells of its row.

use super::reading::{Place, Reading};
use super::words::{has, words};
use super::write::on_one_line;

/// What the policy says of a recipient beside what the facts tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) company: Option<String>,
    pub(super) contact: Option<String>,
    pub(super) data: Option<String>,
    pub(super) purpose: Option<String>,
    pub(super) method: Option<String>,
    pub(super) country: Option<String>,
}

/// Longer values are no field but a text, in characters.
const LONGEST: usize = 120;

/// How many facts make an entry.
const ENOUGH: usize = 3;

impl Fields {
    /// What stands beside a name: in the same row of a table, or behind labels in the same clause.
    pub(super) fn beside(reading: &Reading<'_>, place: Place<'_>) -> Self {
        let mut fields = Self::default();
        let Some(at) = place.clause else {
            return fields;
        };
        let tables = &reading.document.tables;
        let table = tables.partition_point(|table| table.clauses[1] as usize <= at);
        let table = tables
            .get(table)
            .filter(|table| table.clauses[0] as usize <= at);
        let Some(table) = table else {
            fields.read_labels(place.text);
            return fields;
        };
        // Its row is the one that holds the cell's text.
        let row = table
            .rows
            .iter()
            .find(|row| row.iter().any(|cell| cell == place.text));
        for (label, value) in table.header.iter().zip(row.into_iter().flatten()) {
            fields.take(label, value);
        }
        fields
    }

    /// A recipient that a clause tells with labels: its name, and at least three facts, as in
    /// `某某有限公司，联系方式：…；目的：…；方式：…`.
    pub(super) fn labelled(text: &str) -> Option<(String, Self)> {
        let mut fields = Self::default();
        fields.read_labels(text);
        let told = [
            &fields.contact,
            &fields.purpose,
            &fields.method,
            &fields.data,
        ];
        if told.into_iter().flatten().count() < ENOUGH {
            return None;
        }
        let named = text.split(['；', ';', '。', '，', '\n']).find_map(|part| {
            let (label, value) = part.split_once(['：', ':'])?;
            words("field-name").contains(&label.trim()).then_some(value)
        });
        let opening = || text.split(['；', ';', '。', '，', '：']).next();
        let name = on_one_line(named.or_else(opening)?);
        let name = unnumbered(&name);
        let fits = (2..=LONGEST / 3).contains(&name.chars().count());
        // Words of facts that are told of nobody in particular begin with a label.
        let is_name = !words("field-purpose")
            .iter()
            .any(|word| name.ends_with(word))
            && !words("field-contact")
                .iter()
                .any(|word| name.ends_with(word));
        (fits && is_name).then(|| (name.to_owned(), fields))
    }

    /// Parts between `；`, `，` and `。`, each with a colon.
    fn read_labels(&mut self, text: &str) {
        for part in text.split(['；', ';', '。', '，', '\n']) {
            let Some((label, value)) = part.split_once(['：', ':']) else {
                continue;
            };
            match label.rsplit_once(['（', '(']) {
                Some((_, label)) => self.take(label, value.trim_end_matches(['）', ')'])),
                None => self.take(label, value),
            }
        }
    }

    /// A value goes to the first field whose label its own ends on or holds.
    fn take(&mut self, label: &str, value: &str) {
        let label = label.trim();
        let value = value.trim();
        if value.is_empty() || value == "/" || value == "-" || value.chars().count() > LONGEST {
            return;
        }
        // One column for both: 提供方及联系方式.
        let both = has(label, "field-contact") && has(label, "field-company");
        if let Some((company, contact)) = value.split_once(['，', ',']).filter(|_| both) {
            self.company
                .get_or_insert_with(|| company.trim().to_owned());
            self.contact
                .get_or_insert_with(|| contact.trim().to_owned());
            return;
        }
        let fits = |list: &str| words(list).iter().any(|word| label.ends_with(word));
        let slot = if fits("field-contact") {
            &mut self.contact
        } else if fits("field-company") {
            &mut self.company
        } else if fits("field-data") {
            &mut self.data
        } else if fits("field-method") {
            &mut self.method
        } else if fits("field-country") {
            &mut self.country
        } else if fits("field-purpose") {
            &mut self.purpose
        } else {
            return;
        };
        slot.get_or_insert_with(|| value.to_owned());
    }
}

/// A name without the number before it.
fn unnumbered(name: &str) -> &str {
    let digits = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let bare = name.trim_start_matches(['（', '(', '·', '-', '•', '*', '【', ' ']);
    let rest = bare.trim_start_matches(digits);
    let rest = if rest.len() < bare.len() {
        rest.trim_start_matches(['）', ')', '.', '．', '、', ' '])
    } else {
        bare
    };
    // 360 is a name, and so is 三六零: only what is set apart is a number.
    if rest.len() == bare.trim_start_matches(digits).len() && bare.len() == name.len() {
        name
    } else {
        rest.trim()
    }
}

/// An enumeration's parts: apart by `、` and commas outside brackets.
pub(super) fn enumerated(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '、' | '，' | ',' | '；' | ';' | '。' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts.push(part);
    let plain = |part: &String| {
        let part = part.trim();
        let part = part.strip_prefix("【敏感】").unwrap_or(part);
        let part = part.strip_prefix("另有").unwrap_or(part);
        part.trim().to_owned()
    };
    parts
        .iter()
        .map(plain)
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_fields() {
        let text = "（2）某某支付（深圳）有限公司，联系方式：a@b.cn；目的：收款退款；方式：跳转页面；种类：订单号、金额；拒绝的结果：到店付款。";
        let mut fields = Fields::default();
        fields.read_labels(text);
        assert_eq!(fields.contact.as_deref(), Some("a@b.cn"));
        assert_eq!(fields.method.as_deref(), Some("跳转页面"));
        assert_eq!(fields.data.as_deref(), Some("订单号、金额"));
        assert_eq!(fields.purpose.as_deref(), Some("收款退款"));
        assert_eq!(fields.country, None);
    }

    #[test]
    fn entries_name_recipients() {
        let (name, fields) = Fields::labelled(
            "（2）某某支付（深圳）有限公司，联系方式：a@b.cn；目的：收款；方式：跳转页面。",
        )
        .unwrap();
        assert_eq!(name, "某某支付（深圳）有限公司");
        assert_eq!(fields.purpose.as_deref(), Some("收款"));
        let abroad =
            "您预订时。接收方：A Stays Ltd.（新加坡），联系方式：a@b.sg；目的：入住；方式：接口";
        let (name, _) = Fields::labelled(abroad).unwrap();
        assert_eq!(name, "A Stays Ltd.（新加坡）");
        assert!(Fields::labelled("360有限公司，目的：收款").is_none());
        assert_eq!(unnumbered("360有限公司"), "360有限公司");
        assert_eq!(unnumbered("1. 某某公司"), "某某公司");
    }

    #[test]
    fn cells_name_fields() {
        let policy = zhiqing_policy::parse(
            "一、SDK目录\n| SDK名称 | 公司名称 | 使用目的 | 收集的信息 | 隐私政策链接 |\n| --- | --- | --- | --- | --- |\n\
             | 甲统计SDK | 甲公司 | 统计访问 | 设备型号 | https://a.example/p |\n",
        );
        let reading = Reading::new(&policy);
        let fields = Fields::beside(&reading, reading.place(4, "甲统计SDK"));
        assert_eq!(fields.company.as_deref(), Some("甲公司"));
        assert_eq!(fields.contact.as_deref(), Some("https://a.example/p"));
    }

    #[test]
    fn enumerations() {
        assert_eq!(
            enumerated("【敏感】姓名、设备（型号、版本），另有地址"),
            ["姓名", "设备（型号、版本）", "地址"]
        );
        assert_eq!(enumerated(" "), Vec::<String>::new());
    }
}
