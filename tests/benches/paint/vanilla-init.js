CookieConsent.run({
  // A browser that a program drives is a bot to it, and is shown nothing.
  hideFromBots: false,
  guiOptions: {
    consentModal: { layout: 'box', position: 'bottom center', equalWeightButtons: true },
    preferencesModal: { equalWeightButtons: true },
  },
  categories: {
    service: { enabled: true, readOnly: true },
    analytics: { autoClear: { cookies: [{ name: /^Hm_/ }, { name: 'HMACCOUNT' }] } },
    personalisation: { autoClear: { cookies: [{ name: /^sensorsdata/ }] } },
    ads: {},
  },
  language: {
    default: 'zh',
    translations: {
      zh: {
        consentModal: {
          title: '您的隐私，由您决定',
          description: '悠途想在您同意后，把您的信息用于访问统计、个性化推荐、广告与优惠。拒绝不影响基本功能。详见<a href="#policy">隐私政策</a>',
          acceptAllBtn: '全部同意',
          acceptNecessaryBtn: '全部拒绝',
          showPreferencesBtn: '逐项选择',
        },
        preferencesModal: {
          title: '隐私设置',
          acceptAllBtn: '全部同意',
          acceptNecessaryBtn: '全部拒绝',
          savePreferencesBtn: '保存',
          closeIconLabel: '关闭',
          sections: [
            { title: '基本服务', description: '让您能浏览、搜索、登录、下单、查单和找到客服，并保障交易安全。', linkedCategory: 'service' },
            { title: '访问统计', description: '统计页面的访问量、停留时间和点击位置，找出难用的页面。', linkedCategory: 'analytics' },
            { title: '个性化推荐', description: '根据您在悠途的浏览、收藏和订单，调整权益的先后顺序。', linkedCategory: 'personalisation' },
            { title: '广告与优惠', description: '展示与您兴趣有关的广告，衡量广告效果，并发送您可以随时退订的优惠消息。', linkedCategory: 'ads' },
          ],
        },
      },
    },
  },
});
