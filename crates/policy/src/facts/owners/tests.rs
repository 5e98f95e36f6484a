use crate::facts::over;

#[track_caller]
fn case(text: &str, expected: &[&str]) {
    let found = over(text).facts.contacts;
    let found: Vec<_> = found.iter().map(|contact| &*contact.value).collect();
    assert_eq!(found, expected, "{text}");
}

const OURS: &str = "\n甲甲甲甲科技有限公司（以下简称“我们”）重视隐私。";

#[test]
fn contacts_behind_the_name_of_another_company_are_its_own() {
    for text in [
        "承运的是乙乙快运有限公司（联系方式：400-000-0000）。",
        "（2）乙乙快运（南宁）有限公司，联系电话：400-000-0000；目的：送货。",
        "乙乙快运有限公司（下称乙乙），电话：400-000-0000，邮箱：b@example.com。",
        "乙乙快运有限公司，地址：某省某市某路1号，邮箱：b@example.com。",
        "#对外提供\nYiyi Express Pte. Ltd.（新加坡），联系方式：b@example.com。",
        "接收方：Yiyi（新加坡），联系方式：b@example.com；目的：送货。",
        "入住人的姓名交给Yukimi Inn株式会社（日本；联系方式：b@example.com），用来登记。",
        "接收方名称：Yiyi\n联系方式：b@example.com",
        "境外接收方的联系方式：b@example.com",
        "商城由乙乙快运有限公司（注册地址/办公地址：某市（某区）某路2号第6层，联系方式：【 400-000-0000】）提供。",
        "关联公司指乙乙快运有限公司，地址某市某区某路6号，联系方式400-000-0000 ，邮箱b@example.com 。",
        "本应用部分功能由乙乙快运有限公司提供，联系电话：400-000-0000。",
        "快递由乙乙快运有限公司提供，联系电话：400-000-0000。",
        "#联系方式\n我们委托乙乙快运有限公司（电话：400-000-0000）处理退货。",
    ] {
        case(&format!("{text}{OURS}"), &[]);
    }
}

#[test]
fn contacts_of_the_operator_stay() {
    let mail: &[&str] = &["b@example.com"];
    for text in [
        "甲甲甲甲科技有限公司，联系方式：b@example.com。",
        "甲甲甲甲科技有限公司上海分公司（邮箱：b@example.com）。",
        "#如何联系我们\n公司名称：丙丙有限公司 邮箱：b@example.com",
        "快递由乙乙快运有限公司承运，我们的邮箱：b@example.com。",
        "与第三方有关的问题请联系：b@example.com。",
        "接收方：乙乙快运有限公司。投诉邮箱：b@example.com。",
        "接收方：乙乙快运有限公司，投诉请写信给我们：b@example.com。",
        "Jiajia Technology Co., Ltd.，邮箱：b@example.com。",
        "甲甲甲甲科技有限公司，地址某市某区某路6号，邮箱b@example.com 。",
        "本应用由甲甲甲甲科技有限公司提供，联系邮箱：b@example.com。",
        "本产品由乙乙云服务有限公司提供，客服邮箱：b@example.com。",
        "快递由乙乙快运有限公司提供，如有疑问请联系客服：b@example.com。",
        "快递由乙乙快运有限公司提供，您可联系邮箱：b@example.com。",
        "我们委托乙乙快运有限公司处理退货，我们的地址某市某路6号，邮箱b@example.com。",
    ] {
        case(&format!("{text}{OURS}"), mail);
    }
    case("丁丁有限公司，邮箱：b@example.com。", mail);
    case("#共享\n丁丁有限公司，邮箱：b@example.com。", &[]);
}

#[test]
fn hotlines_are_of_those_named_before_them() {
    case(
        &format!("手机运营商（电信客服10000/移动客服10086）{OURS}"),
        &[],
    );
    case(&format!("合作银行（某某银行客服95000）{OURS}"), &[]);
    case(&format!("客服热线：95000{OURS}"), &["95000"]);
    case(
        "某某银行股份有限公司（以下简称“我们”）重视隐私。\n某某银行客服电话95000",
        &["95000"],
    );
    case(
        "中国电信股份有限公司（以下简称“我们”）重视隐私。\n请拨打电信客服10000",
        &["10000"],
    );
}

#[test]
fn telephones_of_authorities_are_theirs() {
    for text in [
        "可向某区人民法院起诉，法院电话：0755-26000000。",
        "仲裁委员会的联系电话：021-63000000",
        "#如何联系我们\n向某区人民法院起诉，法院电话: 0755-26000000。",
    ] {
        case(&format!("{text}{OURS}"), &[]);
    }
    case(
        &format!("法院外，客服电话：0755-26000000{OURS}"),
        &["0755-26000000"],
    );
}

#[test]
fn each_company_keeps_its_own() {
    case(
        &format!(
            "甲甲甲甲科技有限公司（电话：400-000-0000）与乙乙有限公司（电话：400-111-1111）。{OURS}"
        ),
        &["400-000-0000"],
    );
    case(
        &format!("乙乙有限公司，电话：400-000-0000。\n我们的电话：400-000-0000{OURS}"),
        &["400-000-0000"],
    );
}

#[test]
fn a_place_before_a_company_is_its_own() {
    let place = "某市某区某路9号5号楼301室";
    let ours = format!("个人信息处理者是位于{place}的甲甲甲甲科技有限公司（以下简称“我们”）。");
    case(&ours, &[place]);
    case(
        &format!("发货的是位于{place}的乙乙快运有限公司。{OURS}"),
        &[],
    );
    case(&format!("门店位于{place}。{OURS}"), &[]);
    case(&format!("位于{place}的用户可以到店。{OURS}"), &[]);
}

#[test]
fn those_who_manage_the_house_have_telephones_of_their_own() {
    let phone = "小区物业管理处电话：010-00000000";
    case(&format!("{phone}{OURS}"), &[]);
    let own = "\n甲甲物业服务有限公司（以下简称“我们”）重视隐私。";
    case(&format!("{phone}{own}"), &["010-00000000"]);
}
