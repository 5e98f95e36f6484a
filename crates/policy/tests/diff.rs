//! One change planted into a whole policy must come out as that change alone, with its kind and
//! whether it is material: over five policies of our own, and over the five real ones where they
//! are at hand (nothing of whose text is repeated here: lines stand for it).

use std::fmt::Write as _;
use std::path::Path;

use zhiqing_policy::diff::{self, Diff};
use zhiqing_policy::{decode_vec, parse};

const LOCAL_LIFE: &str = include_str!("texts/local-life.txt");
const SHOP: &str = include_str!("texts/h5-shop.md");
const LIVE: &str = include_str!("texts/live-shopping.txt");
const CAR_HIRE: &str = include_str!("texts/car-hire.txt");
const TRAVEL: &str = include_str!("texts/travel-benefits.txt");

fn compare(old: &str, new: &str) -> Diff {
    diff::compare(&parse(old), &parse(new))
}

/// Kind and materiality of each change: `data !`, `wording -`.
fn told(diff: &Diff) -> String {
    let words = diff.changes.iter().map(|change| {
        let material = if change.material { "!" } else { "-" };
        format!("{} {material}", change.kind.name())
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The changes with their places, for a failing test.
fn shown(diff: &Diff) -> String {
    let mut text = String::new();
    for change in &diff.changes {
        let line = |place: &Option<diff::Place>| place.as_ref().map_or(0, |place| place.line);
        let lines = (line(&change.before), line(&change.after));
        let _ = writeln!(
            text,
            "{} {} {lines:?} {:?}",
            change.kind.name(),
            change.nature.name(),
            change.words
        );
    }
    text
}

/// Collects what went wrong, so that one run shows all of it.
#[derive(Default)]
struct Planted {
    count: usize,
    wrong: String,
}

impl Planted {
    fn plant(&mut self, what: &str, old: &str, new: &str, expected: &str) {
        self.count += 1;
        let diff = compare(old, new);
        if told(&diff) != expected {
            let _ = writeln!(
                self.wrong,
                "{what}: expected {expected:?}, found\n{}",
                shown(&diff)
            );
        }
        // Read backwards, what was put in is taken out, at the same places.
        let back = compare(new, old);
        let places = |diff: &Diff, back: bool| {
            let mut places: Vec<_> = diff
                .changes
                .iter()
                .map(|change| match back {
                    true => (change.after.clone(), change.before.clone()),
                    false => (change.before.clone(), change.after.clone()),
                })
                .map(|(a, b)| (a.map(|place| place.line), b.map(|place| place.line)))
                .collect();
            places.sort_unstable();
            places
        };
        let moved = diff
            .changes
            .iter()
            .any(|change| change.nature.name() == "moved");
        if !moved && places(&diff, false) != places(&back, true) {
            let _ = writeln!(self.wrong, "{what}: read backwards\n{}", shown(&back));
        }
    }

    #[track_caller]
    fn done(self, least: usize) {
        assert!(self.wrong.is_empty(), "\n{}", self.wrong);
        assert!(self.count >= least, "{} planted changes", self.count);
    }
}

#[test]
fn a_planted_change_is_told_as_what_it_is() {
    let mut planted = Planted::default();
    let mut case = |text: &str, from: &str, to: &str, expected: &str| {
        assert!(text.contains(from), "{from}");
        planted.plant(from, text, &text.replacen(from, to, 1), expected);
    };
    // Data.
    case(
        LOCAL_LIFE,
        "设备型号、系统版本、屏幕分辨率、",
        "设备型号、系统版本、屏幕分辨率、已安装应用列表、",
        "data !",
    );
    case(
        LOCAL_LIFE,
        "注册需要手机号码，",
        "注册需要手机号码和身份证号码，",
        "data !",
    );
    case(
        LOCAL_LIFE,
        "性别、生日、常居地、口味都可以不填",
        "性别、生日、常居地、口味、婚姻状况都可以不填",
        "data !",
    );
    case(
        SHOP,
        "IP 地址、浏览器类型、访问时间、搜索词",
        "IP 地址、浏览器类型、访问时间、搜索词、精确位置",
        "data !",
    );
    case(
        SHOP,
        "| 手机号码、订阅状态 |",
        "| 手机号码、订阅状态、通讯录 |",
        "data !",
    );
    case(
        SHOP,
        "沟通记录、凭证图片 | 处理",
        "沟通记录 | 处理",
        "data -",
    );
    case(
        SHOP,
        "- 相册：",
        "- 麦克风：点“语音找货”时询问，用于把语音转成文字。不允许的，改为打字。\n- 相册：",
        "data !",
    );
    case(
        TRAVEL,
        "我们收集手机号码，并向它发送验证码",
        "我们收集手机号码和人脸信息，并向它发送验证码",
        "data !",
    );
    case(
        TRAVEL,
        "权限名称：拨打电话",
        "权限名称：日历        权限用途：把出行日期写进您的日历        拒绝的影响：由您自己记下日期\n权限名称：拨打电话",
        "data !",
    );
    case(
        TRAVEL,
        "6. 【敏感】通讯录。",
        "6. 【敏感】声纹。电话核验时我们会收集您的声纹信息，比对后即删。\n7. 【敏感】通讯录。",
        "data !",
    );
    // Purposes.
    case(
        LOCAL_LIFE,
        "用于查单和售后。",
        "用于查单、售后和信用评估。",
        "purpose !",
    );
    case(
        TRAVEL,
        "这些信息只用于安全，不拿去做推荐或广告",
        "这些信息用于安全、推荐和广告",
        "purpose !",
    );
    case(
        SHOP,
        "用于计算到店距离。",
        "用于计算到店距离和推送广告。",
        "purpose !",
    );
    case(
        TRAVEL,
        "7. 【敏感】客服",
        "7. 客户画像。我们会使用您的浏览记录，用于评估您的消费能力。\n8. 【敏感】客服",
        "purpose !",
    );
    case(
        SHOP,
        "| 访问统计 | 扩展 | 访客编号、停留和点击记录 | 改进页面 |",
        "| 访问统计 | 扩展 | 访客编号、停留和点击记录 | 改进页面、衡量广告效果 |",
        "purpose !",
    );
    // Recipients.
    case(
        TRAVEL,
        "（6）寻径地图服务",
        "（6）云帆信用服务（上海）有限公司；联系方式：privacy@yunfan.example.com；目的：评估信用；方式：加密接口传输；信息种类：姓名、证件号码。拒绝提供的，须付押金。\n（7）寻径地图服务",
        "recipient !",
    );
    case(
        TRAVEL,
        "（二）委托处理",
        "4. 我们会把您的订单信息共享给广告联盟，用来结算佣金。\n（二）委托处理",
        "recipient !",
    );
    case(
        TRAVEL,
        "（2）拾光票务（上海）有限公司",
        "（2）拾光票务（成都）有限公司",
        "recipient !",
    );
    case(
        TRAVEL,
        "6. 鸿雁推送SDK（推送）。",
        "6. 蜂鸟崩溃分析SDK（排障）。提供方：蜂鸟软件（武汉）有限公司；联系方式：privacy@fengniao.example.com；使用目的：定位闪退原因；收集的信息：设备型号、错误日志；拒绝方法：关闭“访问统计”。\n7. 鸿雁推送SDK（推送）。",
        "recipient !",
    );
    case(
        SHOP,
        "| 北岸地图 |",
        "| 流萤推送 | 流萤信息（广州）有限公司，privacy@liuying.example.com | 送达通知 | 页面脚本 | 订阅状态 | 关闭“优惠通知” |\n| 北岸地图 |",
        "recipient !",
    );
    case(
        LOCAL_LIFE,
        "（5）鸽讯推送（广州）有限公司，",
        "（5）鸽讯推送（广州）有限公司、信鸽消息（深圳）有限公司，",
        "recipient !",
    );
    let line = line_of(TRAVEL, "3. 友盟aplus SDK");
    case(TRAVEL, &line, "", "recipient -");
    let line = line_of(LOCAL_LIFE, "（4）观澜数据");
    case(LOCAL_LIFE, &line, "", "recipient -");
    let line = line_of(SHOP, "| 拾星推荐 |");
    case(SHOP, &line, "", "recipient -");
    // Abroad.
    case(
        TRAVEL,
        "境内（浙江省杭州市）的服务器上",
        "境外（新加坡）的服务器上",
        "third_country !",
    );
    case(
        SHOP,
        "全部存放在中国境内（江苏省苏州市）的服务器，不向境外提供",
        "存放在中国境内（江苏省苏州市）和日本的服务器",
        "third_country !",
    );
    case(
        LOCAL_LIFE,
        "3、终止运营：",
        "3、为了灾备，您的订单信息会传输至香港的服务器保存。\n4、终止运营：",
        "third_country !",
    );
    // Retention.
    case(
        LOCAL_LIFE,
        "交易完成后三年",
        "交易完成后五年",
        "retention !",
    );
    case(
        LOCAL_LIFE,
        "客服录音和网络日志——六个月",
        "客服录音和网络日志——三个月",
        "retention -",
    );
    case(
        SHOP,
        "| 不统计 | 十二个月 |",
        "| 不统计 | 二十四个月 |",
        "retention !",
    );
    case(
        TRAVEL,
        "保存期限：核验完成为止",
        "保存期限：核验完成后三十日",
        "retention !",
    );
    // Rights.
    case(
        LOCAL_LIFE,
        "各项请求我们都在收到后15个工作日内办结",
        "各项请求我们都在收到后30个工作日内办结",
        "rights !",
    );
    case(
        LOCAL_LIFE,
        "15个工作日内答复。不满意",
        "10个工作日内答复。不满意",
        "rights -",
    );
    case(
        SHOP,
        "15 个工作日内办结并答复",
        "30 个工作日内办结并答复",
        "rights !",
    );
    let line = line_of(TRAVEL, "3. 复制：");
    case(TRAVEL, &line, "", "rights !");
    let line = line_of(SHOP, "- 注销账号：");
    case(SHOP, &line, "", "rights !");
    case(
        TRAVEL,
        "在“我的—设置—注销账户”提交",
        "写信到客服邮箱申请",
        "rights !",
    );
    case(
        TRAVEL,
        "11. 近亲属",
        "11. 限制处理：您可以要求我们暂停处理您的信息。\n12. 近亲属",
        "rights -",
    );
    case(
        LOCAL_LIFE,
        "订单信息——“我的订单”",
        "订单信息——“服务—历史订单”",
        "rights !",
    );
    case(
        LOCAL_LIFE,
        "至少提前30天用短信",
        "至少提前15天用短信",
        "rights !",
    );
    // Contacts and operator.
    case(
        LOCAL_LIFE,
        "（二）电话：400-555-0112",
        "（二）电话：400-555-0188",
        "contact !",
    );
    case(
        TRAVEL,
        "电子邮箱：dpo@youtu.example.com",
        "电子邮箱：dp@youtu.example.com",
        "contact !",
    );
    case(
        SHOP,
        "privacy@lansui.example.com",
        "hello@lansui.example.com",
        "contact !",
    );
    case(
        SHOP,
        "江苏省苏州市吴中区芦花街 26 号三楼",
        "江苏省苏州市姑苏区桃花街 8 号",
        "contact !",
    );
    planted.plant(
        "operator",
        TRAVEL,
        &TRAVEL.replace(
            "悠途权益科技（杭州）有限公司",
            "远途旅行科技（宁波）有限公司",
        ),
        "controller !",
    );
    planted.plant(
        "operator of the shop",
        SHOP,
        &SHOP.replace(
            "蓝穗小铺网络科技（苏州）有限公司",
            "青禾小铺网络科技（无锡）有限公司",
        ),
        "controller !",
    );
    planted.plant(
        "telephone in all places",
        LOCAL_LIFE,
        &LOCAL_LIFE.replace("400-555-0112", "400-555-0188"),
        "contact !",
    );
    let mut case = |text: &str, from: &str, to: &str, expected: &str| {
        assert!(text.contains(from), "{from}");
        planted.plant(from, text, &text.replacen(from, to, 1), expected);
    };
    // Technologies and minors.
    case(
        LOCAL_LIFE,
        "统计Cookie、推荐Cookie和存放",
        "统计Cookie、推荐Cookie、ETag和存放",
        "technology !",
    );
    case(
        SHOP,
        "9、**敏感个人信息**",
        "9、浏览器指纹\n\n为了识别刷单，我们会使用浏览器指纹辨认设备。\n\n10、**敏感个人信息**",
        "technology !",
    );
    case(
        LOCAL_LIFE,
        "（一）邻喜只供年满十四周岁的人注册",
        "（一）邻喜只供年满十六周岁的人注册",
        "minors !",
    );
    case(
        SHOP,
        "未满十八周岁的，请由父母",
        "未满十六周岁的，请由父母",
        "minors !",
    );
    let line = line_of(TRAVEL, "（三）【敏感】出行人不满十四周岁");
    case(TRAVEL, &line, "", "minors !");
    // Wording.
    case(
        TRAVEL,
        "哪里读不明白，请拨打",
        "有看不懂的地方，欢迎拨打",
        "wording -",
    );
    case(
        TRAVEL,
        "传输用TLS加密，敏感个人信息分库加密存放",
        "传输用TLS加密，敏感个人信息分开加密存放",
        "wording -",
    );
    case(
        LOCAL_LIFE,
        "空着，无非多写几个字",
        "空着，无非多写几个子",
        "wording -",
    );
    case(
        SHOP,
        "直接修改；改不动的，提交给客服",
        "可以直接修改；改不动的，请提交给客服",
        "wording -",
    );
    case(
        TRAVEL,
        "生效日期：2026年11月1日",
        "生效日期：2026年12月1日",
        "wording -",
    );
    case(
        SHOP,
        "最新更新日期: 2026年11月1日",
        "最新更新日期: 2026年11月9日",
        "wording -",
    );
    // Live shopping: bullets, heads with dashes.
    case(
        LIVE,
        "麦克风——开播",
        "日历——记下开播时间；关了就自己记。\n麦克风——开播",
        "data !",
    );
    case(
        LIVE,
        "（2）点赞、评论、打赏和购买的记录。",
        "（2）点赞、评论、打赏和购买的记录；\n（3）通讯录里的好友。",
        "data !",
    );
    case(
        LIVE,
        "南岸地图（重庆）有限公司，联系方式：privacy@nananmap",
        "南岸地图（重庆）有限公司，联系方式：hello@nananmap",
        "recipient !",
    );
    case(
        LIVE,
        "目的：送货；方式：加密接口",
        "目的：送货、推荐其他商品；方式：加密接口",
        "purpose !",
    );
    case(
        LIVE,
        "种类：设备编号、停留",
        "种类：设备编号、手机号码、停留",
        "data !",
    );
    case(
        LIVE,
        "网络日志和客服录音——六个月",
        "网络日志和客服录音——两年",
        "retention !",
    );
    case(LIVE, "邮箱——至退订；\n", "", "retention !");
    case(
        LIVE,
        "年满十四周岁、未满十八周岁的",
        "年满十六周岁、未满十八周岁的",
        "minors !",
    );
    case(
        LIVE,
        "不送往境外。将来若有需要",
        "必要时送往境外。将来若有需要",
        "third_country !",
    );
    case(LIVE, "至少提前30天用短信", "至少提前60天用短信", "rights -");
    case(
        LIVE,
        "（六）解释：",
        "（六）限制：你可以要求我们停止处理。\n（七）解释：",
        "rights -",
    );
    let line = line_of(LIVE, "（七）近亲属：");
    case(LIVE, &line, "", "rights !");
    case(LIVE, "不参与分析。", "也参与分析。", "purpose !");
    case(
        LIVE,
        "重庆市渝北区灯影路9号晚集大厦",
        "重庆市江北区观音路3号",
        "contact !",
    );
    case(LIVE, "我们不卖个人信息。合并", "合并", "recipient !");
    case(
        LIVE,
        "公布日期：2026年8月20日",
        "公布日期：2026年8月25日",
        "wording -",
    );
    case(
        LIVE,
        "4、国家机关依法调取的",
        "4、我们把观看记录提供给调查公司，用来测算收视。\n5、国家机关依法调取的",
        "recipient !",
    );
    planted.plant(
        "operator of the streams",
        LIVE,
        &LIVE.replace(
            "晚集互动科技（重庆）有限公司",
            "夜市互动科技（成都）有限公司",
        ),
        "controller !",
    );
    let mut case = |text: &str, from: &str, to: &str, expected: &str| {
        assert!(text.contains(from), "{from}");
        planted.plant(from, text, &text.replacen(from, to, 1), expected);
    };
    // Car hire: tables of one cell a line.
    case(
        CAR_HIRE,
        "浪花统计SDK\n",
        "潮音客服SDK\n潮音软件（烟台）有限公司，\n\t\tprivacy@chaoyin.example.com\n在线客服\nSDK采集\n聊天内容、图片\n改打电话\n\n\n浪花统计SDK\n",
        "recipient !",
    );
    case(
        CAR_HIRE,
        "随机安装编号、停留和点击记录\n",
        "随机安装编号、手机号码、停留和点击记录\n",
        "data !",
    );
    case(
        CAR_HIRE,
        "推送优惠和取车提醒\nSDK采集",
        "推送优惠、取车提醒和第三方广告\nSDK采集",
        "purpose !",
    );
    case(
        CAR_HIRE,
        "云程地图（杭州）有限公司",
        "云程地图（宁波）有限公司",
        "recipient !",
    );
    case(
        CAR_HIRE,
        "网络日志\n六个月",
        "网络日志\n三年",
        "retention !",
    );
    case(CAR_HIRE, "理赔结束后三年", "理赔结束后一年", "retention -");
    case(
        CAR_HIRE,
        "通知状态\n通知是否打开\n通知权限\n取车提醒、优惠\n提醒改用短信\n\n\n网络状态",
        "录音\n您对车机说的话\n麦克风权限\n语音叫车\n改为手动叫车\n\n\n通知状态\n通知是否打开\n通知权限\n取车提醒、优惠\n提醒改用短信\n\n\n网络状态",
        "data !",
    );
    case(
        CAR_HIRE,
        "手机号码和您自设的密码",
        "手机号码、身份证件号码和您自设的密码",
        "data !",
    );
    case(
        CAR_HIRE,
        "年满18周岁的人注册",
        "年满16周岁的人注册",
        "minors !",
    );
    case(
        CAR_HIRE,
        "以上请求都在收到后15个工作日内",
        "以上请求都在收到后30个工作日内",
        "rights !",
    );
    case(
        CAR_HIRE,
        "目前不向境外传输",
        "部分订单信息向境外传输",
        "third_country !",
    );
    case(
        CAR_HIRE,
        "统计Cookie等您打开",
        "统计Cookie和像素标签等您打开",
        "technology !",
    );
    planted.plant(
        "telephone of the car hire",
        CAR_HIRE,
        &CAR_HIRE.replace("400-555-0175", "400-555-0999"),
        "contact !",
    );
    let (head, rest) = CAR_HIRE
        .split_once("\t\t\t\t五、未成年人")
        .expect("the part");
    let (part, rest) = rest.split_once("\t\t\t\t六、声明").expect("the part");
    let moved = format!(
        "{head}\t\t\t\t五、声明{}",
        rest.replacen(
            "\t\t\t\t七、",
            &format!("\t\t\t\t六、未成年人{part}\t\t\t\t七、"),
            1
        )
    );
    planted.plant("a moved part", CAR_HIRE, &moved, "wording -");
    let column = SHOP
        .replace(
            "| 目的 | 不提供的结果 | 保存期限 |",
            "| 目的 | 存放地点 | 不提供的结果 | 保存期限 |",
        )
        .replace(
            "| --- | --- | --- | --- | --- | --- |\n| 浏览",
            "| --- | --- | --- | --- | --- | --- | --- |\n| 浏览",
        );
    let column: String = column
        .split_inclusive('\n')
        .map(|line| {
            let cells = line.matches(" | ").count();
            let first = [
                "| 浏览、",
                "| 登录",
                "| 下单",
                "| 付款",
                "| **人工",
                "| 售后",
                "| 访问统计",
                "| 个性化",
                "| 优惠",
                "| **附近",
                "| 晒单",
                "| 专属",
                "| 同意",
            ];
            match cells == 5
                && first.iter().any(|name| line.starts_with(name))
                && line.contains(" | 基本 | ") | line.contains(" | 扩展 | ")
            {
                true => {
                    let cut = line.match_indices(" | ").nth(3).expect("four cells").0;
                    format!("{} | 苏州{}", &line[..cut], &line[cut..])
                }
                false => line.to_owned(),
            }
        })
        .collect();
    planted.plant("a column", SHOP, &column, "wording -");
    planted.plant(
        "width",
        TRAVEL,
        &TRAVEL.replace('，', ",").replace('；', ";"),
        "",
    );
    planted.plant(
        "width of brackets",
        LOCAL_LIFE,
        &LOCAL_LIFE.replace('(', "（").replace(')', "）"),
        "",
    );
    planted.plant("windows", SHOP, &SHOP.replace('\n', "\r\n"), "");
    planted.plant(
        "blanks",
        TRAVEL,
        &TRAVEL.replace("我们收集", "我们 收集"),
        "",
    );
    planted.plant(
        "numbers",
        LOCAL_LIFE,
        &LOCAL_LIFE.replace("\n1、", "\n①").replace("\n2、", "\n②"),
        "wording -",
    );
    planted.done(90);
}

/// The line that begins so, with its break.
#[track_caller]
fn line_of(text: &str, start: &str) -> String {
    let line = text
        .split_inclusive('\n')
        .find(|line| line.starts_with(start));
    line.unwrap_or_else(|| panic!("no line begins with {start}"))
        .to_owned()
}

/// A real policy, if it is at hand.
fn seed(number: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds");
    let Ok(files) = Path::new(folder).read_dir() else {
        println!("seeds not present: {folder}");
        return None;
    };
    let mut paths = files.filter_map(Result::ok).map(|entry| entry.path());
    let file = paths.find(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy());
        name.is_some_and(|name| name.starts_with(number))
    });
    let bytes =
        std::fs::read(file.expect("the seed is in its folder")).expect("the seed can be read");
    Some(decode_vec(bytes).expect("the seed is text"))
}

/// An edit by lines, which are 1-based.
enum Edit {
    /// Puts a line of our own behind this one.
    Insert(usize, &'static str),
    /// Takes lines out.
    Delete(usize, usize),
    /// Puts words in place of others, in this line, where they first stand.
    Replace(usize, &'static str, &'static str),
    /// Puts words at the end of a line, before its last sign.
    Append(usize, &'static str),
    /// Moves lines behind another one.
    Move(usize, usize, usize),
    /// Breaks a line after so many characters.
    Break(usize, usize),
}

impl Edit {
    fn of(&self, text: &str) -> String {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        match *self {
            Self::Insert(line, words) => lines.insert(line, words.to_owned()),
            Self::Delete(from, to) => drop(lines.drain(from - 1..to)),
            Self::Replace(line, from, to) => {
                assert!(lines[line - 1].contains(from), "line {line} has no {from}");
                lines[line - 1] = lines[line - 1].replacen(from, to, 1);
            }
            Self::Append(line, words) => {
                let end = lines[line - 1].trim_end().len();
                let end = lines[line - 1][..end]
                    .char_indices()
                    .next_back()
                    .map_or(0, |(at, _)| at);
                lines[line - 1].insert_str(end, words);
            }
            Self::Move(from, to, behind) => {
                let moved: Vec<String> = lines[from - 1..to].to_vec();
                let at = if behind >= to {
                    behind - moved.len()
                } else {
                    behind
                };
                lines.drain(from - 1..to);
                lines.splice(at..at, moved);
            }
            Self::Break(line, count) => {
                let at = lines[line - 1]
                    .char_indices()
                    .nth(count)
                    .map_or(0, |(at, _)| at);
                let rest = lines[line - 1].split_off(at);
                lines.insert(line, rest);
            }
        }
        lines.join("\n")
    }
}

#[track_caller]
fn over_seed(number: &str, edits: &[(Edit, &str)]) {
    let Some(text) = seed(number) else { return };
    let mut planted = Planted::default();
    for (index, (edit, expected)) in edits.iter().enumerate() {
        planted.plant(
            &format!("{number}, edit {index}"),
            &text,
            &edit.of(&text),
            expected,
        );
    }
    let same = compare(&text, &text);
    assert!(same.changes.is_empty() && !same.material);
    planted.done(edits.len());
}

use Edit::{Append, Break, Delete, Insert, Move, Replace};

#[test]
fn local_life() {
    over_seed(
        "000",
        &[
            (
                Insert(
                    32,
                    "（四）声音信息。当您使用语音输入时，我们会收集您的声纹信息，用于识别您的指令。",
                ),
                "data !",
            ),
            (
                Insert(
                    77,
                    "保险公司。我们会将您的行程信息提供给保险公司，以便其核定保费。",
                ),
                "recipient !",
            ),
            (Replace(128, "30", "60"), "rights !"),
            (Replace(128, "30", "15"), "rights -"),
            (Replace(110, "30", "10"), "rights !"),
            (Delete(126, 126), "rights !"),
            (Delete(77, 77), "recipient -"),
            (
                Insert(
                    109,
                    "为了备份，我们会将您的订单信息传输至新加坡的服务器保存。",
                ),
                "third_country !",
            ),
            (
                Insert(67, "(3)我们使用ETag辨认您的浏览器。"),
                "technology !",
            ),
            (Insert(5, "客服热线：400-555-0101。"), "contact !"),
            (Move(61, 67, 101), "wording -"),
            (Break(113, 20), ""),
            (
                Insert(114, "我们每年请外部专家检查一次上述措施。"),
                "wording -",
            ),
        ],
    );
}

#[test]
fn generic_page() {
    over_seed(
        "001",
        &[
            (Replace(115, "15", "30"), "rights !"),
            (Replace(115, "15", "10"), "rights -"),
            (Replace(5, "11", "12"), "wording -"),
            (
                Insert(
                    83,
                    "6. 我们会将您的手机号码共享给征信机构，用于评估您的信用。",
                ),
                "recipient !",
            ),
            (
                Replace(65, "中国大陆地区", "境外的数据中心"),
                "third_country !",
            ),
            (
                Insert(57, "我们还会申请麦克风权限，用于收集您的语音信息。"),
                "data !",
            ),
            (Append(117, "，号码是400-555-0102"), "contact !"),
            (Delete(83, 83), "recipient -"),
            (Delete(53, 53), "purpose -"),
            (Insert(67, "4、日志的保存期限为五年。"), "retention -"),
            (Move(103, 106, 72), "wording -"),
            (
                Insert(
                    101,
                    "您还可以要求我们暂停处理您的个人信息，拒绝请求时我们会说明理由。",
                ),
                "rights -",
            ),
        ],
    );
}

#[test]
fn richest() {
    over_seed(
        "002",
        &[
            (Replace(217, "15", "30"), "rights !"),
            (Replace(26, "十四", "十六"), "minors !"),
            (Replace(220, "service@", "privacy@"), "contact !"),
            (Replace(222, "555", "777"), "contact !"),
            (Delete(183, 183), "rights !"),
            (Delete(144, 144), "retention !"),
            (Replace(57, "手机号", "手机号、身份证号码"), "data !"),
            (
                Insert(
                    91,
                    "权限名称：通讯录   功能：读取联系人   权限用途：用于选择同行人",
                ),
                "data !",
            ),
            (Insert(140, "7.为统计研究所必需。"), "rights !"),
            (Move(142, 152, 115), "wording -"),
            (Insert(215, "7.其他我们认为重要的变化。"), "wording -"),
            (Replace(224, "200135", "200120"), "contact !"),
        ],
    );
}

#[test]
fn live_shopping() {
    over_seed(
        "003",
        &[
            (Replace(6, "有限公司", "股份有限公司"), "controller !"),
            (
                Insert(30, "（4）评估你的信用状况，用于提供分期付款服务。"),
                "purpose !",
            ),
            (
                Insert(
                    74,
                    "调查公司。我们会将你的浏览记录提供给调查公司，用于市场调查。",
                ),
                "recipient !",
            ),
            (Replace(107, "15", "30"), "rights !"),
            (
                Replace(99, "存储在中国境内", "存储在中国境外"),
                "third_country !",
            ),
            (
                Insert(62, "我们还会使用浏览器指纹识别你的设备。"),
                "technology !",
            ),
            (Delete(29, 29), "purpose -"),
            (Move(91, 95, 103), "wording -"),
            (Replace(8, "14", "16"), "minors !"),
            (
                Insert(
                    38,
                    "步态信息：我们会通过传感器收集你的步态信息，用于识别操作者。",
                ),
                "data !",
            ),
            (Break(92, 30), ""),
        ],
    );
}

#[test]
fn car_hire() {
    over_seed(
        "004",
        &[
            (Replace(14, "07", "08"), "wording -"),
            (Replace(42, "400-0188-688", "400-555-0103"), "contact !"),
            (
                Replace(185, "近期运行应用列表", "近期运行应用列表、通讯录"),
                "data !",
            ),
            (Replace(215, "权限", "权限"), ""),
            (
                Insert(195, "（4）听潮语音SDK，收集录音信息，实现语音叫车。"),
                "recipient !",
            ),
            (Delete(194, 194), "recipient -"),
            (Replace(774, "18", "16"), "minors !"),
            (Replace(844, "三十", "六十"), "rights !"),
            (Replace(726, "15", "10"), "rights -"),
            (Delete(666, 666), "rights !"),
            (Replace(618, "30", "15"), "rights !"),
            (Replace(239, "辅助信息", "辅助信息和用户画像"), "purpose !"),
        ],
    );
}
