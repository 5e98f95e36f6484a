// ---- Google's Consent Mode -----------------------------------------------------------------

// In the guard of sites that have a tag of Google's. The default has to stand before any of them runs,
// so it is told here; www/loader/tools.js tells other tools. What one of several purposes denies is denied, and
// so is storage where cookies are refused.
let signalled;
signal = () => {
  const types = {};
  config.consent_mode.forEach((row) => row[1].forEach((type) => {
    types[type] = types[type] !== 'denied' && allows(row[0], 'cookie') ? 'granted' : 'denied';
  }));
  const text = JSON.stringify(types);
  if (text === signalled) return;
  quietly(() => {
    const layer = page.dataLayer = page.dataLayer || [];
    (function () { layer.push(arguments); })('consent', signalled ? 'update' : 'default', types);
    signalled = text;
  });
};
signal();
