//! What is not shown, and that nothing else goes with it.

use super::*;

#[test]
fn what_is_not_shown_is_skipped() {
    texts(
        "<!doctype html><html><head><title>题</title><style>p{}</style><script>'<p>'</script>\
         <noscript>无</noscript></head><body>甲<!-- 注 --><textarea>框</textarea><select><option>选\
         </select><iframe>架</iframe><svg><title>图</title><text>字</text></svg>乙</body></html>",
        &["甲乙"],
    );
    texts(
        "甲<template><p>模</p></template><video>旧</video>乙",
        &["甲", "乙"],
    );
    texts(
        "甲<svg/>乙<svg><style/><script/><svg></svg>丙</svg>丁",
        &["甲乙丁"],
    );
    texts(
        "甲<span hidden>乙</span>丙<span style='display: none'>丁</span>戊",
        &["甲丙戊"],
    );
    texts("<div hidden><p>甲</p><ul><li>乙</ul></div><p>丙", &["丙"]);
    texts(
        "<p hidden>甲<p>乙<ul><li hidden>丙<li>丁</ul>",
        &["乙", "丁"],
    );
    texts(
        "<div hidden=until-found>甲</div><div style='display:none'/>乙",
        &["甲", "乙"],
    );
    texts("<span hidden>甲<br>乙<div>丙</div>丁</span>戊", &["戊"]);
    shape("<li><div hidden>甲</div>乙", &["|- 乙"]);
}

#[test]
fn what_is_not_closed_hides_little() {
    texts("<p><span hidden>甲</p><p>乙</p>", &["乙"]);
    texts("<span hidden>甲<p>乙</p><p>丙</p>", &["乙", "丙"]);
    texts("<div><span hidden>甲<p>乙</p></div>丙", &["乙", "丙"]);
    texts("<div hidden><p>甲</p><p>乙</p><p>丙", &["乙", "丙"]);
    texts("<section><div hidden>甲<p>乙</section><p>丙", &["丙"]);
    texts("<select><option>甲<p>乙</p>丙", &["乙", "丙"]);
    texts("<svg><text>甲<p>乙</p>丙</svg>丁", &["乙", "丙丁"]);
    // A page that hides everything until a script has run.
    texts("<body style='display:none'><p>甲</body>", &["甲"]);
    texts(
        "<div id=app style='display:none'><p>甲</p><p>乙</p></div>",
        &["甲", "乙"],
    );
}
