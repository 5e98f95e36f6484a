//! Lines, blanks, emphasis, places.

use super::*;

#[test]
fn elements_and_breaks_make_blocks() {
    shape("<p>甲<p>乙", &["|甲", "|乙"]);
    shape("<div>甲</div><div>乙</div>", &["|甲", "乙"]);
    shape("甲<br>乙<br/><br>丙", &["|甲", "乙", "|丙"]);
    shape("<div>甲</div><div><br></div><div>乙</div>", &["|甲", "|乙"]);
    shape(
        "<div>甲</div><div>&nbsp;</div><div>乙</div>",
        &["|甲", "|乙"],
    );
    shape("<div>甲<br></div><div>乙</div>", &["|甲", "乙"]);
    shape("甲<hr>乙</p>丙</br>丁", &["|甲", "|乙", "|丙", "丁"]);
    shape("<td>甲</td><td>乙</td></div>", &["|甲", "乙"]);
    texts(
        "甲<span>乙</span><a href=x>丙</a><img alt=图><wbr>丁",
        &["甲乙丙丁"],
    );
    texts(
        "a < b & c <3 <用户> &lt;p&gt; &amp;nbsp; &#x4e2d;",
        &["a < b & c <3 <用户> <p> &nbsp; 中"],
    );
    texts("", &[]);
}

#[test]
fn blanks_collapse_as_in_a_browser() {
    texts("<p>\n  a  b\t\nc \n</p>", &["a b c"]);
    texts("<p>我们\n   收集</p>", &["我们收集"]);
    texts("<p>我们 收集</p>", &["我们 收集"]);
    texts("<p>使用\nApp\n服务</p>", &["使用 App 服务"]);
    texts(
        "<p><span>我们</span>\n<span>，</span>\n“您”</p>",
        &["我们，“您”"],
    );
    texts(
        "<p>\u{3000}\u{3000}甲&nbsp;&emsp;乙&nbsp; </p>",
        &["\u{3000}\u{3000}甲\u{a0}\u{2003}乙\u{a0}"],
    );
    texts("<p>a<b> </b>b <i> c</i></p>", &["a b c"]);
    texts(
        "<pre>\n甲\n  乙\t丙  \n\n丁</pre>戊",
        &["甲", "乙\t丙", "丁", "戊"],
    );
    shape("<pre>甲\n乙\n\n丙</pre>", &["|甲", "乙", "|丙"]);
    texts(
        "<p style='white-space:pre-wrap'>甲\n乙  丙</p>丁\n戊",
        &["甲", "乙  丙", "丁戊"],
    );
    texts(
        "<p style='white-space:pre-line'>甲\n乙  丙</p>",
        &["甲", "乙 丙"],
    );
}

#[test]
fn headings_lists_and_captions_are_known() {
    shape("<h1>题<br>目</h1>甲", &["|h1 题", "h1 目", "|甲"]);
    shape("<h2><p>题</p></h2><p>甲", &["|h2 题", "|甲"]);
    shape("<h2>题<p>甲<p>乙", &["|h2 题", "|甲", "|乙"]);
    shape(
        "<h2>题</h3>甲<h2>一<h2>二</h2>",
        &["|h2 题", "|甲", "|h2 一", "|h2 二"],
    );
    shape(
        "<ul><li>一<br>续<li><p>二</p><p>段</p><ol><li>子</li></ol>后</ul>外",
        &["|>- 一", ">续", "|>- 二", "|>段", "|>>- 子", "|>后", "|外"],
    );
    shape(
        "<dl><dt>词<dd>义<dt>词二</dl>",
        &["|>- 词", ">- 义", ">- 词二"],
    );
    shape(
        "<li></li>甲<figure><figcaption>图</figcaption></figure>",
        &["|甲", "|c 图"],
    );
    shape("<li><h3>题</h3>甲</li>", &["|h3 题", "|甲"]);
}

#[track_caller]
fn emphasis(html: &str, expected: &[&str]) {
    let source = read(html);
    let found: Vec<String> = source
        .blocks
        .iter()
        .flat_map(|block| {
            block.emphasis.iter().map(|&(start, end)| {
                let range = (end - start) as usize;
                block
                    .text
                    .chars()
                    .skip(start as usize)
                    .take(range)
                    .collect()
            })
        })
        .collect();
    assert_eq!(found, expected, "{html}");
}

#[test]
fn emphasis_is_what_stands_out() {
    emphasis(
        "甲<b>乙</b>丙<strong>丁</strong><u>戊</u><mark>己</mark>",
        &["乙", "丁戊己"],
    );
    emphasis(
        "<b>甲 </b>乙<em>丙</em><i>丁</i><a style='text-decoration:underline'>戊</a>",
        &["甲"],
    );
    emphasis("<b>甲</b> <b>乙&nbsp;丙</b>", &["甲 乙\u{a0}丙"]);
    emphasis(
        "<span style='font-weight: 700'>甲<span style='font-weight:normal'>乙</span></span>",
        &["甲"],
    );
    emphasis("<b style='font-weight:normal'>甲<b>乙</b></b>丙", &["乙"]);
    emphasis(
        "<font style='text-decoration:underline'>甲</font>乙",
        &["甲"],
    );
    emphasis("<p><b>甲</p><p>乙</b>丙", &["甲", "乙"]);
    emphasis("<b><span>甲</b>乙</span>丙", &["甲"]);
    emphasis("<p style=font-weight:bold>甲<p>乙", &["甲"]);
    emphasis("<table><tr><td><b>甲<td>乙</table>丙", &["甲"]);
    emphasis("<x-y style=font-weight:bold>甲<z>乙</x-y>丙</z>", &["甲乙"]);
    emphasis(
        "<b>&nbsp;</b>甲<h2 style='font-weight:bold'>乙</h2>",
        &["\u{a0}"],
    );
}

type Place<'a> = (u32, u32, &'a [(u32, u32)]);

#[track_caller]
fn place(html: &str, expected: &[Place<'_>]) {
    let source = read(html);
    let found: Vec<_> = source
        .blocks
        .iter()
        .map(|b| (b.number, b.column, b.breaks.as_slice()))
        .collect();
    assert_eq!(found, expected, "{html:?}");
}

#[test]
fn places_are_the_sources() {
    place(
        "<p>甲</p>\n <p>&nbsp;乙\n丙</p>",
        &[(1, 4, &[]), (2, 11, &[(5, 3)])],
    );
    place(
        "<p>\r\n甲</p>\r\n乙\r\n<b>丙</b>",
        &[(2, 1, &[]), (3, 1, &[(3, 4)])],
    );
    place("<!-- 一\n二 --><p\ntitle='\n'>甲", &[(4, 3, &[])]);
    place("&#8226;甲\n&lt;a\n\nb", &[(1, 1, &[(7, 2), (10, 4)])]);
    place("<pre>\n甲\n\n\t乙</pre>", &[(2, 1, &[]), (4, 2, &[])]);
    place("甲 <用户\n>", &[(1, 1, &[(12, 2)])]);
}

#[test]
fn what_editors_write_reads_well() {
    texts(
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span \
         lang=EN-US><span\nstyle='mso-list:Ignore'>1.<span style='font:7.0pt \"Times New Roman\"'>\
         &nbsp;&nbsp;\n</span></span></span><![endif]>我们如何<span\nlang=EN-US>收集</span>信\n息<o:p></o:p></p>\
         <!--[if gte mso 9]><xml>x</xml><![endif]--><p><o:p>&nbsp;</o:p></p>",
        &["1.\u{a0}\u{a0} 我们如何收集信息"],
    );
    texts(
        "<section><section style='visibility: hidden; opacity: 0'><p><span>隐</span><span>私</span>\
         <span>政策</span></p><section><br></section></section></section><section>正文</section>",
        &["隐私政策", "正文"],
    );
}
