//! The first purposes of the sample site in other languages: what the settings say, and what they say
//! there instead. A site's own words are nobody's to translate but its own.

/// A place in the settings and what stands there instead.
pub(crate) type Edits = &'static [(&'static str, &'static str)];

/// English.
pub(crate) const ENGLISH: Edits = &[
    ("locale = \"zh-CN\"", "locale = \"en\""),
    ("name = \"悠途\"", "name = \"Youtu\""),
    ("name = \"基本服务\"", "name = \"Basic service\""),
    (
        "让您能浏览、搜索、登录、下单、查单和找到客服，并保障交易安全。",
        "Lets you browse, search, sign in, order and reach us, and keeps payments safe.",
    ),
    ("name = \"访问统计\"", "name = \"Visit statistics\""),
    (
        "统计页面的访问量、停留时间和点击位置，找出难用的页面。",
        "Counts visits, time on a page and taps, to find pages that are hard to use.",
    ),
    ("name = \"个性化推荐\"", "name = \"Recommendations\""),
    (
        "根据您在悠途的浏览、收藏和订单，调整权益的先后顺序。",
        "Sorts offers by what you viewed, saved and ordered here.",
    ),
    ("name = \"广告与优惠\"", "name = \"Advertising and offers\""),
    (
        "展示与您兴趣有关的广告，衡量广告效果，并发送您可以随时退订的优惠消息。",
        "Shows ads that match your interests, measures them, and sends offers that you can stop at any time.",
    ),
    (
        "name = \"向境外住宿提供护照信息\"",
        "name = \"Passport details for stays abroad\"",
    ),
    (
        "预订日本住宿时，把入住人的护照信息交给境外接收方办理入住。您可以直接写信向它行使权利，也可以由我们代转。",
        "When you book a stay in Japan, your guests’ passport details go to the recipient abroad for check-in. \
         You can exercise your rights by writing to it, or through us.",
    ),
    (
        "data = [\"护照姓名\", \"护照号码\", \"入住日期\"]\nrecipients",
        "data = [\"Name in the passport\", \"Passport number\", \"Date of arrival\"]\nrecipients",
    ),
    (
        "不能经由悠途预订该处住宿，境内的权益一切如常。",
        "You cannot book that stay through Youtu; everything within China works as usual.",
    ),
    ("离店后双方都删", "Deleted by both sides after you leave"),
    (
        "data = [\"护照姓名\", \"护照号码\", \"入住日期\"]\npurpose = \"办理日本住宿的入住\"\nmethod = \"加密接口传输\"\ncountry = \"日本\"",
        "data = [\"Name in the passport\", \"Passport number\", \"Date of arrival\"]\npurpose = \"Check-in in Japan\"\nmethod = \"Encrypted transfer\"\ncountry = \"Japan\"",
    ),
];

/// Chinese in traditional characters.
pub(crate) const TRADITIONAL: Edits = &[
    ("locale = \"zh-CN\"", "locale = \"zh-Hant\""),
    ("name = \"基本服务\"", "name = \"基本服務\""),
    (
        "让您能浏览、搜索、登录、下单、查单和找到客服，并保障交易安全。",
        "讓您能瀏覽、搜尋、登入、下單、查單和找到客服，並保障交易安全。",
    ),
    ("name = \"访问统计\"", "name = \"訪問統計\""),
    (
        "统计页面的访问量、停留时间和点击位置，找出难用的页面。",
        "統計頁面的訪問量、停留時間和點擊位置，找出難用的頁面。",
    ),
    ("name = \"个性化推荐\"", "name = \"個人化推薦\""),
    (
        "根据您在悠途的浏览、收藏和订单，调整权益的先后顺序。",
        "根據您在悠途的瀏覽、收藏和訂單，調整權益的先後順序。",
    ),
    ("name = \"广告与优惠\"", "name = \"廣告與優惠\""),
    (
        "展示与您兴趣有关的广告，衡量广告效果，并发送您可以随时退订的优惠消息。",
        "展示與您興趣有關的廣告，衡量廣告效果，並發送您可以隨時退訂的優惠訊息。",
    ),
    (
        "name = \"向境外住宿提供护照信息\"",
        "name = \"向境外住宿提供護照資料\"",
    ),
    (
        "预订日本住宿时，把入住人的护照信息交给境外接收方办理入住。您可以直接写信向它行使权利，也可以由我们代转。",
        "預訂日本住宿時，把入住人的護照資料交給境外接收方辦理入住。您可以直接寫信向它行使權利，也可以由我們代轉。",
    ),
    (
        "data = [\"护照姓名\", \"护照号码\", \"入住日期\"]\nrecipients",
        "data = [\"護照姓名\", \"護照號碼\", \"入住日期\"]\nrecipients",
    ),
    (
        "不能经由悠途预订该处住宿，境内的权益一切如常。",
        "不能經由悠途預訂該處住宿，境內的權益一切如常。",
    ),
    ("离店后双方都删", "離店後雙方都刪除"),
    (
        "data = [\"护照姓名\", \"护照号码\", \"入住日期\"]\npurpose = \"办理日本住宿的入住\"\nmethod = \"加密接口传输\"\ncountry",
        "data = [\"護照姓名\", \"護照號碼\", \"入住日期\"]\npurpose = \"辦理日本住宿的入住\"\nmethod = \"加密介面傳輸\"\ncountry",
    ),
];
