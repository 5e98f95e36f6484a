// Whether a platform of mini programs says that this is its web-view, by the ways that it documents: gives a
// function that tells which, once one has. They answer when they like, some only when asked.
zqModule.signs = () => {
  let told;
  const says = (name) => (answer) => {
    if (answer && answer.miniprogram) told = name;
  };
  // The page's own objects under these names may be anything.
  const ask = (from, name) => {
    try { from().getEnv(says(name)); } catch (_) { /* */ }
  };
  const agent = navigator.userAgent;
  if (/MicroMessenger/.test(agent)) {
    const wechat = () => {
      says('wechat')({ miniprogram: window.__wxjs_environment === 'miniprogram' });
      ask(() => window.wx.miniProgram, 'wechat');
    };
    wechat();
    // Before this event the platform has not said it.
    document.addEventListener('WeixinJSBridgeReady', wechat);
  }
  // Alipay's script is the page's to load; it may not be here yet.
  const alipay = () => ask(() => window.my, 'alipay');
  if (/AliApp/.test(agent)) {
    alipay();
    addEventListener('load', alipay);
  }
  return () => told;
};
